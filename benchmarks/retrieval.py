"""The product's search beside its lexical peers, all in one run: ``python benchmarks/retrieval.py BENCH_DIR > docs/retrieval-table.md``.

Every engine indexes the same benchmark (BEIR form) and answers the same questions; quality is judged on 100 hits, time is
taken for 10. Peers, chosen with ``--peers``: ``whoosh`` (as it comes, one field of plain words), ``fts5`` (SQLite, words with
their accents, titles three times), ``tantivy`` (pyvi words, titles three times), ``bm25s`` (syllables and bigrams, titles three
times). ``--sample N`` limits stock Whoosh, which takes seconds a question, to N questions drawn at random.
"""

from __future__ import annotations

import argparse
import platform
import random
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.build import build_index
from indexer.evaluate import Benchmark, metrics, named, percentile, read_benchmark
from indexer.search import SearchIndex, open_index
from indexer.segmentation import Segmenter
from indexer.vietnamese import bigrams, syllables_of
from kb.model import Searchable

Search = Callable[[str, int], Sequence[str]]


@dataclass
class Row:
    """A line of the table."""

    engine: str
    build: float
    size: float
    queries: int
    times: list[float]
    quality: dict[str, float] = field(default_factory=dict)

    def __str__(self) -> str:
        quality = " | ".join(f"{self.quality.get(name, 0):.3f}" for name in ("nDCG@10", "R@1", "R@10", "R@100"))
        speed = f"{percentile(self.times, 50):.2f} | {percentile(self.times, 95):.2f}"
        return f"| {self.engine} | {quality} | {self.build:.0f} | {self.size:.0f} | {speed} | {self.queries} |"


class Ours:
    """The product, as ``dean06 eval`` runs it."""

    name = "dean06, ranking alone"

    def build(self, records: Iterator[Searchable], folder: Path) -> Search:
        """Index the records in a folder and give the search."""
        build_index(records, folder, revision="benchmark")
        self.index: SearchIndex = open_index(folder)
        return lambda text, depth: [hit for hit, _ in self.index.rank(text, depth)]


class Whoosh:
    """Whoosh as it comes: one field of plain words, BM25F, any of the words."""

    name = "Whoosh, plain words"

    def build(self, records: Iterator[Searchable], folder: Path) -> Search:
        """Index the records in a folder and give the search."""
        from whoosh.fields import ID, TEXT, Schema
        from whoosh.index import create_in
        from whoosh.qparser import OrGroup, QueryParser

        schema = Schema(name=ID(stored=True), text=TEXT)
        index = create_in(folder, schema)
        with index.writer(limitmb=256) as writer:
            for record in records:
                writer.add_document(name=record.id, text=f"{record.title}\n{record.text}")
        searcher, parser = index.searcher(), QueryParser("text", schema, group=OrGroup)

        def search(text: str, depth: int) -> list[str]:
            hits = searcher.search(parser.parse(" ".join(re.findall(r"\w+", text))), limit=depth)
            return [hit["name"] for hit in hits]

        return search


class Fts5:
    """SQLite's full-text index; accents count."""

    name = "SQLite FTS5, words"

    def build(self, records: Iterator[Searchable], folder: Path) -> Search:
        """Index the records in a folder and give the search."""
        database = sqlite3.connect(folder / "fts5.sqlite")
        database.execute(
            "create virtual table t using fts5(name unindexed, title, body, tokenize='unicode61 remove_diacritics 0')"
        )
        database.executemany("insert into t values (?, ?, ?)", ((r.id, r.title, r.text) for r in records))
        database.commit()
        ask = "select name from t where t match ? order by bm25(t, 0, 3, 1) limit ?"

        def search(text: str, depth: int) -> list[str]:
            words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", text.lower()))
            return [name for (name,) in database.execute(ask, (words, depth))]

        return search


class Tantivy:
    """Tantivy over pyvi words."""

    name = "tantivy, pyvi words"

    def build(self, records: Iterator[Searchable], folder: Path) -> Search:
        """Index the records in a folder and give the search."""
        import tantivy

        whole = tantivy.SchemaBuilder().add_text_field("name", stored=True, tokenizer_name="raw")
        whole = whole.add_text_field("text", tokenizer_name="whitespace")
        index = tantivy.Index(whole.build(), path=str(folder))
        writer, segmenter = index.writer(256_000_000), Segmenter()
        for record in records:
            words = [*words_of(record.title, segmenter) * 3, *words_of(record.text, segmenter)]
            writer.add_document(tantivy.Document(name=record.id, text=" ".join(words)))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        searcher = index.searcher()

        def search(text: str, depth: int) -> list[str]:
            words = " ".join(f'"{word}"' for word in words_of(text, segmenter))
            query = index.parse_query(words, ["text"])
            return [searcher.doc(address)["name"][0] for _, address in searcher.search(query, depth).hits]

        return search


class Bm25s:
    """bm25s over syllables and their bigrams; the title counted three times."""

    name = "bm25s, syllables and bigrams"

    def build(self, records: Iterator[Searchable], folder: Path) -> Search:
        """Index the records in a folder and give the search."""
        import bm25s

        names, numbers, documents = [], {}, []
        for record in records:
            names.append(record.id)
            terms = [*terms_of(record.title) * 3, *terms_of(record.text)]
            documents.append([numbers.setdefault(term, len(numbers)) for term in terms])
        engine = bm25s.BM25(k1=1.2, b=0.75)
        engine.index((documents, numbers), show_progress=False)
        engine.save(folder)

        def search(text: str, depth: int) -> list[str]:
            asked = [[numbers[term] for term in terms_of(text) if term in numbers]]
            found, _ = engine.retrieve(asked, k=depth, show_progress=False)
            return [names[number] for number in found[0]]

        return search


PEERS = {"whoosh": Whoosh, "fts5": Fts5, "tantivy": Tantivy, "bm25s": Bm25s}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="BENCH_DIR")
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=[*PEERS])
    parser.add_argument("--sample", type=int, default=100)
    chosen = parser.parse_args()
    benchmark = read_benchmark(chosen.folder)
    questions = {name: text for name, text in benchmark.queries.items() if name in benchmark.relevance}
    drawn = random.Random(6).sample(sorted(questions), min(chosen.sample, len(questions)))
    few = {name: questions[name] for name in drawn}
    print(
        f"{len(questions)} questions; Python {platform.python_version()}, {platform.machine()}, {platform.system()}.\n"
    )
    print("| engine | nDCG@10 | R@1 | R@10 | R@100 | build s | MB | p50 ms | p95 ms | questions |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    ours = Ours()
    row = measured(ours, benchmark, questions)
    print(row, flush=True)
    whole = [ours.index.search(text, limit=10).took_ms for text in questions.values()]
    print(Row("dean06, whole search", row.build, row.size, row.queries, whole, row.quality), flush=True)
    for peer in chosen.peers:
        print(measured(PEERS[peer](), benchmark, few if peer == "whoosh" else questions), flush=True)


def measured(engine: Any, benchmark: Benchmark, questions: dict[str, str]) -> Row:  # noqa: ANN401  # any of the classes above
    """Build, ask every question for its quality, then again for its time."""
    with tempfile.TemporaryDirectory() as scratch:
        started = time.perf_counter()
        search = engine.build(benchmark.records(), Path(scratch))
        build = time.perf_counter() - started
        size = sum(path.stat().st_size for path in Path(scratch).rglob("*") if path.is_file()) / 1e6
        ranked = {name: [named(hit) for hit in search(text, 100)] for name, text in questions.items()}
        times = []
        for text in questions.values():
            started = time.perf_counter()
            search(text, 10)
            times.append((time.perf_counter() - started) * 1000)
    return Row(engine.name, build, size, len(questions), times, metrics(ranked, benchmark.relevance))


def terms_of(text: str) -> list[str]:
    """Syllables and bigrams."""
    syllables = syllables_of(text)
    return [*syllables, *bigrams(syllables)]


def words_of(text: str, segmenter: Segmenter) -> list[str]:
    """A text as words: those of several syllables as pyvi joins them, and the syllables between."""
    syllables, found, at = syllables_of(text), [], 0
    compounds = iter([*(word.split(" ") for word in segmenter.segment([text])[0]), []])
    compound = next(compounds)
    while at < len(syllables):
        if compound and syllables[at : at + len(compound)] == compound:
            found.append("_".join(compound))
            at += len(compound)
            compound = next(compounds)
        else:
            found.append(syllables[at])
            at += 1
    return found


if __name__ == "__main__":
    main()
