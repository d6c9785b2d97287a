"""Write docs/gazette.md: what is read in every gazette PDF of a folder, against facts read by eye.

    python benchmarks/gazette_table.py DATA_FOLDER [OUTPUT]

DATA_FOLDER holds ``congbao/docs/*.pdf`` and ``sources/congbao/*/*.pdf``. ``gazette_facts.csv`` states of each file what its
pages print: number, kind, issuer and date, read on the rendered first page, of a consolidation on that of its
authentication, of laws and resolutions at their end; and for some the articles, counted by hand: every printed line that
starts with "Điều" and a number was read, page by page, and put down as the document's own, an annex's, or quoted.
"""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.blocks import Content
from corpus.formats.pdf.reading import read_pdf
from corpus.parse.head import Head, parse_head
from corpus.parse.structure import Structure, parse_structure
from kb.errors import UnusableInputError

FIELDS = ("number", "type", "issuer", "date")
COUNTS = ("own", "annex", "quoted")
FACTS = Path(__file__).with_name("gazette_facts.csv")


@dataclass(frozen=True, slots=True)
class Row:
    """One file as read, or why it was refused; ``facts`` is its line of the table of facts."""

    name: str
    seconds: float
    facts: dict[str, str]
    refusal: str = ""
    content: Content | None = None
    head: Head | None = None
    structure: Structure | None = None

    @property
    def verdicts(self) -> list[str]:
        """Of each field ``right``, or what was read; ``-`` where nothing was."""
        if self.head is None:
            return ["-"] * len(FIELDS)
        read = (self.head.number, self.head.type, self.head.issuer, str(self.head.issued or ""))
        pairs = zip(FIELDS, read, strict=True)
        return ["right" if self.facts.get(field) == value else value or "-" for field, value in pairs]

    @property
    def counted(self) -> str:
        """The articles counted by hand, empty if they were not."""
        return ", ".join(self.facts[name] for name in COUNTS) if self.facts.get("own") else ""

    @property
    def found(self) -> str:
        """The articles found, in the same order."""
        if self.structure is None:
            return ""
        return f"{self.structure.own_articles}, {self.structure.annex_articles}, {self.structure.quoted_articles}"


def main() -> None:
    """Read the folder named on the command line and write the table."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    output = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent.parent / "docs" / "gazette.md"
    rows = list(read_rows(Path(sys.argv[1])))
    output.write_text("\n".join(page(rows)) + "\n", encoding="utf-8")
    print(f"{output}: {len(rows)} files")


def read_rows(data: Path) -> Iterator[Row]:
    """Every gazette PDF, each name once."""
    with FACTS.open(encoding="utf-8", newline="") as file:
        facts = {line["file"]: line for line in csv.DictReader(file)}
    files = [*data.glob("congbao/docs/*.pdf"), *data.glob("sources/congbao/*/*.pdf")]
    for path in sorted({path.stem: path for path in reversed(files)}.values(), key=lambda path: path.stem):
        yield read_row(path, facts.get(path.stem, {}))


def read_row(path: Path, facts: dict[str, str]) -> Row:
    """One file."""
    start = time.perf_counter()
    try:
        content = read_pdf(path.read_bytes(), path.name)
    except UnusableInputError as error:
        return Row(path.stem, time.perf_counter() - start, facts, str(error))
    structure = parse_structure(content.text)
    head = parse_head(content.text, structure)
    return Row(path.stem, time.perf_counter() - start, facts, "", content, head, structure)


def page(rows: list[Row]) -> Iterator[str]:
    """The lines of the page."""
    born = [row for row in rows if row.content is not None and row.content.layer == "born"]
    yield "# What is read in gazette PDFs"
    yield ""
    yield "Written by `python benchmarks/gazette_table.py DATA_FOLDER`. Facts: `benchmarks/gazette_facts.csv`, read by eye on the"
    yield "rendered pages. Articles: own, in annexes, quoted; by hand: each printed line that starts with “Điều” and a number,"
    yield "read page by page. A gap is an article number stepped over or printed twice. Seconds: opening, layout and parsing."
    yield ""
    yield from sums(rows, born)
    yield ""
    yield "| file | layer | " + " | ".join(FIELDS) + " | articles | by hand | gaps | tables | footnotes | s | remarks |"
    yield "|---|---|" + "---|" * (len(FIELDS) + 7)
    for row in rows:
        yield table_row(row)


def sums(rows: list[Row], born: list[Row]) -> Iterator[str]:
    """The sums over all files, and over those that hold their letters."""
    counted = [row for row in rows if row.counted]
    seconds = sorted(row.seconds for row in born) or [0.0]
    right = {id(row): row.verdicts.count("right") for row in rows}
    yield "| measure | value |"
    yield "|---|---|"
    yield f"| files: with a text layer, recognised, refused | {len(rows)}: {len(born)}, {sum_of_scans(rows)}, {sum(bool(row.refusal) for row in rows)} |"
    for name, some in (("with a text layer", born), ("all", rows)):
        total = len(FIELDS) * len(some)
        share = 100 * sum(right[id(row)] for row in some) / max(total, 1)
        yield f"| head fields right, {name} | {sum(right[id(row)] for row in some)} of {total} ({share:.1f}%) |"
    yield f"| articles equal to the count by hand | {sum(row.found == row.counted for row in counted)} of {len(counted)} |"
    yield f"| seconds a file with a text layer: median, most | {seconds[len(seconds) // 2]:.1f}, {seconds[-1]:.1f} |"


def sum_of_scans(rows: list[Row]) -> int:
    """How many files were recognised from images."""
    return sum(row.content is not None and row.content.layer == "ocr" for row in rows)


def table_row(row: Row) -> str:
    """One file."""
    if row.content is None or row.structure is None:
        return (
            f"| `{row.name}` | refused | "
            + " | ".join(["-"] * (len(FIELDS) + 5))
            + f" | {row.seconds:.1f} | {row.refusal} |"
        )
    kinds = [block.kind.value for block in row.content.blocks]
    gaps = sum(gap.kind.value == "article" for gap in row.structure.gaps)
    layer = row.content.layer.value + (f" {row.content.confidence:.2f}" if row.content.confidence is not None else "")
    cells = [
        *row.verdicts,
        row.found,
        row.counted,
        gaps,
        kinds.count("table"),
        kinds.count("footnote"),
        f"{row.seconds:.1f}",
    ]
    return f"| `{row.name}` | {layer} | " + " | ".join(map(str, cells)) + f" | {'; '.join(row.content.remarks)} |"


if __name__ == "__main__":
    main()
