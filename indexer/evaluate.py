"""Measures search on a benchmark in the BEIR form: how good the first hits are, and how fast they come.

The form (Thakur et al., "BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of Information Retrieval Models", 2021):
``corpus.jsonl`` with _id, title, text; ``queries.jsonl`` with _id, text; ``qrels.tsv`` (or ``qrels/test.tsv``) with query-id,
corpus-id, score below a line of headings. The first two may be gzipped. Where an article's ``metadata`` has ``law_id``, those of one
law are indexed as one document, as the product has them.
"""

from __future__ import annotations

import gzip
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Any

from indexer.build import Progress, build_index
from indexer.generations import Generations
from indexer.search import open_index
from kb.errors import UnusableInputError
from kb.model import HitKind, Searchable

DEPTH = 100
"""How many hits are judged."""
PAGE = 10
"""How many hits a timed search gives."""

Relevance = Mapping[str, Mapping[str, int]]
"""For each query the documents that answer it, with their grade (> 0)."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A benchmark's queries and judgements; ``records`` reads its corpus."""

    folder: Path
    queries: Mapping[str, str]
    relevance: Relevance

    def records(self) -> Iterator[Searchable]:
        """The corpus as records, read anew each time; ``named`` gives the name in the benchmark back from their ids."""
        for document in _json_lines(_one_of(self.folder, "corpus.jsonl"), ("_id", "text")):
            name = str(document["_id"])
            title = str(document.get("title") or "")
            identifier = f"{_law(document) or _slug(name)}/{name}"
            yield Searchable(HitKind.ARTICLE, identifier, name, title, str(document["text"]), "")


def named(identifier: str) -> str:
    """The name that a record has in its benchmark."""
    return identifier.partition("/")[2]


def evaluate(folder: Path, *, progress: Progress | None = None) -> dict[str, float]:
    """Index a benchmark in a scratch place, as the product does, and measure.

    Gives R@1, R@10, R@100, MRR@10, nDCG@10 (means over the judged queries), build_s, index_mb, p50_ms and p95_ms of a whole
    search for ten hits, and the number of queries. Raises UnusableInputError for a file that is missing or malformed.
    """
    benchmark = read_benchmark(folder)
    with tempfile.TemporaryDirectory(prefix="dean06-eval-") as scratch:
        started = time.perf_counter()
        build_index(benchmark.records(), Path(scratch), revision="eval", progress=progress)
        build = time.perf_counter() - started
        index = open_index(Path(scratch))
        judged = {name: text for name, text in benchmark.queries.items() if name in benchmark.relevance}
        ranked = {name: [named(hit) for hit, _ in index.rank(text, DEPTH)] for name, text in judged.items()}
        times = [index.search(text, limit=PAGE).took_ms for text in judged.values()]
        size = Generations(Path(scratch)).current().size / 1e6
    return {
        **metrics(ranked, benchmark.relevance),
        "build_s": round(build, 2),
        "index_mb": round(size, 1),
        "p50_ms": round(percentile(times, 50), 3),
        "p95_ms": round(percentile(times, 95), 3),
        "queries": len(judged),
    }


def read_benchmark(folder: Path) -> Benchmark:
    """Read queries and judgements; raise UnusableInputError where a file is missing or malformed, with its line."""
    queries = {
        str(query["_id"]): str(query["text"])
        for query in _json_lines(_one_of(folder, "queries.jsonl"), ("_id", "text"))
    }
    relevance = _read_relevance(_one_of(folder, "qrels.tsv", "qrels/test.tsv"))
    if not queries.keys() & relevance.keys():
        raise UnusableInputError(
            f"No query of {folder} is judged.", "The identifiers in qrels and queries must be the same."
        )
    _one_of(folder, "corpus.jsonl")
    return Benchmark(folder, queries, relevance)


def metrics(ranked: Mapping[str, Sequence[str]], relevance: Relevance) -> dict[str, float]:
    """The means over all queries in ``ranked`` of recall, reciprocal rank and discounted gain."""
    rows = [_measures(documents, relevance[query]) for query, documents in ranked.items()]
    return {name: round(sum(row[name] for row in rows) / len(rows), 4) for name in rows[0]}


def percentile(values: Sequence[float], part: float) -> float:
    """The smallest value that ``part`` percent of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * part // 100).__trunc__() - 1)]


def _law(document: Mapping[str, Any]) -> str:
    """The document that an article belongs to, "" where the corpus does not say."""
    facts = document.get("metadata")
    return _slug(str(facts.get("law_id") or "")) if isinstance(facts, dict) else ""


def _slug(name: str) -> str:
    return name.replace("/", "-")


def _measures(documents: Sequence[str], grades: Mapping[str, int]) -> dict[str, float]:
    places = [place for place, document in enumerate(documents, 1) if document in grades]
    gain = sum(_gain(grades[documents[place - 1]], place) for place in places if place <= 10)
    best = sum(_gain(grade, place) for place, grade in enumerate(sorted(grades.values(), reverse=True)[:10], 1))
    recalls = {f"R@{depth}": sum(place <= depth for place in places) / len(grades) for depth in (1, 10, 100)}
    first = places[0] if places and places[0] <= 10 else None
    return {**recalls, "MRR@10": 1 / first if first else 0.0, "nDCG@10": gain / best}


def _gain(grade: int, place: int) -> float:
    """Järvelin and Kekäläinen's cumulated gain with the linear grade, as the BEIR results have it."""
    return grade / log2(place + 1)


def _read_relevance(path: Path) -> dict[str, dict[str, int]]:
    relevance: dict[str, dict[str, int]] = defaultdict(dict)
    for number, line in _lines(path):
        fields = line.split("\t")
        if number == 1 and fields[:1] == ["query-id"]:
            continue
        if len(fields) != 3 or not fields[2].strip().lstrip("-").isdecimal():
            raise UnusableInputError(
                f"{path}, line {number}: {line[:80]!r} is not query-id, corpus-id and score with tabs between.",
                "See the BEIR form of qrels.",
            )
        if int(fields[2]) > 0:
            relevance[fields[0]][fields[1]] = int(fields[2])
    return dict(relevance)


def _json_lines(path: Path, required: Sequence[str]) -> Iterator[dict[str, Any]]:
    for number, line in _lines(path):
        try:
            record = json.loads(line)
        except ValueError as error:
            raise UnusableInputError(
                f"{path}, line {number}: not JSON ({error}).", "Give one JSON object a line."
            ) from error
        missing = [name for name in required if not isinstance(record, dict) or name not in record]
        if missing:
            raise UnusableInputError(f"{path}, line {number}: {', '.join(missing)} is missing.", "See the BEIR form.")
        yield record


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers."""
    opened = gzip.open if path.suffix == ".gz" else open
    number = 0
    try:
        with opened(path, "rt", encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise UnusableInputError(
            f"{path}, after line {number}: cannot be read ({error}).", "Fetch the file again."
        ) from error


def _one_of(folder: Path, *names: str) -> Path:
    for name in names:
        for path in (folder / name, folder / f"{name}.gz"):
            if path.is_file():
                return path
    raise UnusableInputError(
        f"{folder} holds no {names[0]}.", "Give a folder in the BEIR form: corpus, queries and qrels."
    )
