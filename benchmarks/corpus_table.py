"""Write docs/measured_corpus.md: one table of how everything in a folder of real data is read.

    python benchmarks/corpus_table.py DATA_FOLDER [OUTPUT]

Each part is measured by the program of its own table (``structure_table.py``, ``gazette_table.py``, ``sources_table.py``,
``procedures_table.py``, ``amendments_table.py``, ``crawl_table.py``), which has the single files and how facts were read by eye.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import amendments_table
import crawl_table
import gazette_table
import procedures_table
import sources_table
import structure_table

from corpus.documents import without_notes
from corpus.ingest import import_path
from corpus.parse.procedures import read_rendered
from corpus.parse.structure import Structure
from kb.model import ProvisionKind
from kb.register import load_register
from kb.store import open_store

_SLOW = 1.0  # seconds from which an import names a file
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A row of the table: the files of one kind, and what came of them; '' where a column does not apply."""

    name: str
    files: int
    records: str
    facts: str = ""
    articles: str = ""
    seconds: tuple[float, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """The row as Markdown."""
        times = f"{median(self.seconds):.2f}, {max(self.seconds):.1f}" if self.seconds else ""
        why = "; ".join(self.refused[:_SHOWN]) + ("; …" if len(self.refused) > _SHOWN else "")
        refused = f"{len(self.refused)}{f': {why}' if why else ''}".replace("|", "/")
        cells = (self.name, str(self.files), self.records, self.facts, self.articles, times, refused)
        return f"| {' | '.join(cells)} |"


def main() -> None:
    """Measure every part, tell of each as it is done, and write the page."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    data = Path(sys.argv[1])
    output = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent.parent / "docs" / "measured_corpus.md"
    lines = []
    for line in page(data):
        print(line, flush=True)
        lines.append(line)
    output.write_text("\n".join(lines) + "\n", encoding="utf-8")


def page(data: Path) -> Iterator[str]:
    """The lines of the page."""
    yield "# How the corpus is read"
    yield ""
    yield "Written by `python benchmarks/corpus_table.py DATA_FOLDER` over a folder of real data. Seconds a file are the median and the most."
    yield "Facts of heads were read by eye or stated by an index; a gap is an article number stepped over or printed twice."
    yield ""
    yield "| files | in | records out | head fields right | articles, gaps | seconds a file | refused, or no answer of a source |"
    yield "|---|---|---|---|---|---|---|"
    texts, gazette = list(_timed(structure_table.read_rows(data))), list(gazette_table.read_rows(data))
    yield from (part.line for part in (*_full_texts(texts), _gazette(gazette), *_sources(data)))
    yield from (part.line for part in _imported(data))
    yield ""
    yield from _counted_by_hand(gazette)
    yield from _procedures(data)
    yield from _amendments(data, gazette)
    yield from _crawls(data)


def _timed(rows: Iterable[structure_table.Row]) -> Iterator[tuple[structure_table.Row, float]]:
    started = perf_counter()
    for row in rows:
        yield row, perf_counter() - started
        started = perf_counter()


def _full_texts(rows: list[tuple[structure_table.Row, float]]) -> Iterator[Part]:
    kinds: dict[str, Callable[[structure_table.Row], bool]] = {
        "full texts": lambda row: not row.is_scan and "PHAPDIEN" not in row.name,
        "full texts put together from the codification, articles missing": lambda row: "PHAPDIEN" in row.name,
        "full texts recognised from scans by others": lambda row: row.is_scan,
    }
    for name, belongs in kinds.items():
        some = [(row, seconds) for row, seconds in rows if belongs(row)]
        said = [verdict for row, _ in some for verdict in row.verdicts.values() if verdict not in {"", "excepted"}]
        facts, times = _right(said.count("right"), len(said)), tuple(seconds for _, seconds in some)
        yield Part(name, len(some), f"{len(some)} documents", facts, _articles(row.structure for row, _ in some), times)


def _gazette(rows: list[gazette_table.Row]) -> Part:
    read = [row for row in rows if row.structure is not None]
    right, total = sum(row.verdicts.count("right") for row in read), len(gazette_table.FIELDS) * len(read)
    return Part(
        "gazette PDFs",
        len(rows),
        f"{len(read)} documents",
        _right(right, total),
        _articles(row.structure for row in read if row.structure is not None),
        tuple(row.seconds for row in rows),
        tuple(f"`{row.name}`: {row.refusal}" for row in rows if row.refusal),
    )


def _sources(data: Path) -> Iterator[Part]:
    for source in sources_table.SOURCES:
        rows = list(sources_table.rows_of(data / "sources" / source))
        read = [row for row in rows if row.facts]
        refused = (*(row for row in rows if row.refused), *(row for row in rows if not row.facts and not row.refused))
        yield Part(
            f"answers of {source}",
            len(rows),
            f"{sum(row.records for row in read)} documents and rows",
            f"{_right(sum(row.right for row in read), sum(row.facts for row in read))}, of all facts",
            seconds=tuple(row.seconds for row in read),
            refused=tuple(f"`{row.name}`: {row.refused or row.kind}" for row in refused),
        )


def _imported(data: Path) -> Iterator[Part]:
    """What the import door makes of the rest: whole folders, with whatever lies in them."""
    with TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/store.sqlite") as store:
        load_register(store)
        for name in ("sources/dichvucong", "procedures/procedures.jsonl.gz", "procedures/official_lists.csv"):
            report = import_path(data / name, store, home=Path(folder))
            files = report.counts.get("files", 1)
            records = ", ".join(
                f"{count:,} {kind}" for kind, count in report.counts.items() if kind not in {"files", "taken"}
            )
            told = tuple(f"{group.count} × {group.why}" for group in report.unused)
            yield Part(f"`{name}`, imported", files, records, seconds=(report.seconds / files,), refused=told)


def _counted_by_hand(rows: list[gazette_table.Row]) -> Iterator[str]:
    counted = [row for row in rows if row.counted]
    slow = sum(row.seconds > _SLOW for row in rows)
    yield "Gazette PDFs:"
    yield f"articles equal to the count by hand in {sum(row.found == row.counted for row in counted)} of {len(counted)};"
    yield f"{slow} of {len(rows)} take more than {_SLOW:g} s, opening, layout and recognition included."
    yield ""


def _procedures(data: Path) -> Iterator[str]:
    source = data / "procedures" / "procedures.jsonl.gz"
    records = procedures_table.read_records(source)
    procedures = [read_rendered(record) for record in records]
    with TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/store.sqlite") as store:
        held, _ = procedures_table.import_all(data, source, store, Path(folder))
        resolved = procedures_table.resolve(procedures, store, held)
    yield f"## {len(procedures):,} procedures of the national portal"
    yield ""
    yield from procedures_table.table(("part", "filled", "%"), procedures_table.parts_filled(procedures))
    yield ""
    yield from procedures_table.table(("what", "count"), procedures_table.methods_and_fees(records, procedures))
    yield ""
    yield "Legal bases:"
    yield ""
    yield from procedures_table.table(("outcome", "count"), resolved.outcomes.most_common())
    yield ""
    yield procedures_table.share_resolved(resolved)
    yield ""


def _amendments(data: Path, gazette: list[gazette_table.Row]) -> Iterator[str]:
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted((data / "fulltext").glob("*.txt"))}
    for row in gazette:
        if row.content is not None and (data / "congbao" / "docs" / f"{row.name}.pdf").is_file():
            texts[f"{row.name}.pdf"] = without_notes(row.content).text
    found = {name: amendments_table.instructions(text) for name, text in texts.items()}
    yield "## Instructions of amending acts"
    yield ""
    yield f"{sum(map(len, found.values()))} instructions in {len(texts)} files, {sum(map(bool, found.values()))} of which hold some."
    yield f"Of {amendments_table.SAMPLE} paragraphs read by eye:"
    yield ""
    yield "| texts | paragraphs with instructions | targets right | wrong | missed | precision | recall |"
    yield "|---|---|---|---|---|---|---|"
    for part in ("seen", "held out"):
        for scans in (False, True):
            one = amendments_table.score(texts, found, part, scans=scans)
            counts = " | ".join(map(str, (one.instructions, one.right, one.wrong, one.missed)))
            name = f"{part}, {'scans' if scans else 'born digital'}"
            precision, recall = _bounded(one.right, one.right + one.wrong), _bounded(one.right, one.right + one.missed)
            yield f"| {name} | {counts} | {precision} | {recall} |"
    yield ""
    yield "In brackets what 95 of 100 samples of this size would allow (Wilson's interval): few paragraphs were held out, so it is wide."
    yield ""


def _crawls(data: Path) -> Iterator[str]:
    yield "## Crawls, answered by a loopback server, in peace and killed in the middle"
    yield ""
    yield f"| {' | '.join(crawl_table.COLUMNS)} |"
    yield "|---" * len(crawl_table.COLUMNS) + "|"
    for row in crawl_table.rows(data):
        yield f"| {' | '.join(map(str, row))} |"


def _right(right: int, total: int) -> str:
    return f"{right} of {total} ({right / total:.1%})" if total else ""


def _bounded(right: int, total: int) -> str:
    """A share with Wilson's interval at 95%."""
    if not total:
        return ""
    share, z = right / total, 1.96
    middle, width = share + z * z / (2 * total), z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    low, high = ((middle + side * width) / (1 + z * z / total) for side in (-1, 1))
    return f"{share:.1%} ({low:.0%} to {high:.0%})"


def _articles(structures: Iterable[Structure]) -> str:
    held = list(structures)
    gaps = sum(gap.kind is ProvisionKind.ARTICLE for one in held for gap in one.gaps)
    return f"{sum(one.own_articles for one in held):,}, {gaps}"


if __name__ == "__main__":
    main()
