"""Write docs/structure.md: what the structure and head parsers read in every file of a folder of full texts.

    python benchmarks/structure_table.py DATA_FOLDER [OUTPUT]

DATA_FOLDER holds ``fulltext/INDEX.json``, which states of each file its number, type, title, date and signer.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.parse.head import Head, parse_head
from corpus.parse.structure import Structure, parse_structure
from kb.numbers import number_key
from kb.text import fold

FIELDS = ("number", "type", "date", "title", "signer")

# (file, field): why the statement of INDEX.json cannot be read in the text, or is not what the text prints.
EXCEPTIONS = {
    ("6225_BVHTTDL-VP.txt", "number"): "the page lost the letterhead; the number stands in the file's name only",
    ("6225_BVHTTDL-VP.txt", "type"): "the page lost the letterhead, and a công văn names its kind nowhere else",
    ("Hiến_pháp_2013.txt", "number"): "the Constitution has no number; the index gives its name",
    ("Hiến_pháp_2013.txt", "title"): "the index abbreviates the name of the State, the text prints it whole",
    ("2083_QĐ-UBND.txt", "title"): "the index paraphrases the title",
    ("24_2008_QH12__PHAPDIEN.txt", "date"): "the codification's own note prints 14/11/2008, the index has 2008-11-13",
    (
        "01_2020_TT-BTP__PHAPDIEN.txt",
        "date",
    ): "the article whose note states the date is missing from the reconstruction",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One file: what was read, and of each field how that compares with the index."""

    name: str
    is_scan: bool
    structure: Structure
    verdicts: dict[str, str]


def main() -> None:
    """Read the folder named on the command line and write the table."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    data = Path(sys.argv[1])
    output = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent.parent / "docs" / "structure.md"
    rows = list(read_rows(data))
    output.write_text("\n".join(page(rows)) + "\n", encoding="utf-8")
    print(f"{output}: {len(rows)} files")


def read_rows(data: Path) -> Iterator[Row]:
    """Parse every file that the index lists."""
    for entry in json.loads((data / "fulltext" / "INDEX.json").read_text(encoding="utf-8")):
        text = (data / entry["file"]).read_text(encoding="utf-8")
        head, name = parse_head(text), Path(entry["file"]).name
        verdicts = {field: verdict(name, field, expected(entry, field), read(head, field)) for field in FIELDS}
        yield Row(name, head.is_ocr, parse_structure(text), verdicts)


def expected(entry: dict[str, str], field: str) -> str:
    """What the index states of a field, empty where it states nothing."""
    if field == "signer":
        return entry["note"].removeprefix("signer ").strip() if entry["note"].startswith("signer") else ""
    return entry["issue_date" if field == "date" else field]


def read(head: Head, field: str) -> str:
    """What the parser read for it."""
    if field == "date":
        return str(head.issued or "")
    return str(getattr(head, field))


def verdict(name: str, field: str, stated: str, found: str) -> str:
    """``right``, ``wrong``, ``absent`` (stated by the index, not read), ``excepted``, or empty: nothing to compare with."""
    if not stated:
        return ""
    if agrees(field, stated, found):
        return "right"
    if (name, field) in EXCEPTIONS:
        return "excepted"
    return "wrong" if found else "absent"


def agrees(field: str, stated: str, found: str) -> bool:
    """Whether both say the same: numbers by their key, names folded, a title also where one holds the other."""
    if field == "number":
        return number_key(stated) == number_key(found)
    mine, theirs = fold(found), fold(stated)
    if field == "title":
        theirs = theirs.removeprefix("luat ")
        return bool(mine) and (theirs in mine or mine.removeprefix("luat ") in theirs)
    return mine == theirs


def page(rows: list[Row]) -> Iterator[str]:
    """The lines of the page."""
    clean, scans = [row for row in rows if not row.is_scan], [row for row in rows if row.is_scan]
    yield "# What the parsers read in the full texts"
    yield ""
    yield "Written by `python benchmarks/structure_table.py DATA_FOLDER`. Articles: the document's own, those of its annexes,"
    yield "and those inside quotations. A gap is a number stepped over or printed twice, as found in the text; texts put"
    yield "together from the codification (`__PHAPDIEN`) lack whole articles, scans (`__OCR`) lose numbers."
    yield ""
    yield "| files | fields stated by the index | right | wrong | absent | excepted | right of all stated | right without exceptions |"
    yield "|---|---|---|---|---|---|---|---|"
    yield sums("not scanned", clean)
    yield sums("scanned", scans)
    yield ""
    yield "| file | own | annex | quoted | chapters | clauses | points | gaps | " + " | ".join(FIELDS) + " |"
    yield "|---|---|---|---|---|---|---|---|" + "---|" * len(FIELDS)
    for row in sorted(rows, key=lambda row: row.name):
        yield table_row(row)
    yield table_sum(rows)
    yield ""
    yield "## Exceptions"
    yield ""
    yield "Where the index does not state what the text prints:"
    yield ""
    for (name, field), reason in sorted(EXCEPTIONS.items()):
        yield f"- `{name}`, {field}: {reason}."
    yield ""
    yield "## Article gaps in files that are neither scans nor reconstructions"
    yield ""
    found = [line for row in clean if "PHAPDIEN" not in row.name for line in gap_lines(row)]
    yield from found or ["None."]


def sums(title: str, rows: list[Row]) -> str:
    """One row of the table of sums."""
    verdicts = Counter(verdict for row in rows for verdict in row.verdicts.values() if verdict)
    stated, judged = sum(verdicts.values()), sum(verdicts.values()) - verdicts["excepted"]
    shares = [f"{100 * verdicts['right'] / total:.1f}%" if total else "-" for total in (stated, judged)]
    counts = [verdicts[name] for name in ("right", "wrong", "absent", "excepted")]
    return f"| {title}: {len(rows)} | {stated} | " + " | ".join(map(str, [*counts, *shares])) + " |"


def counts(structure: Structure) -> list[int]:
    """Own, annex and quoted articles, chapters, clauses, points, gaps."""
    kinds = Counter(node.kind.value for node in structure.walk())
    return [
        structure.own_articles,
        structure.annex_articles,
        structure.quoted_articles,
        kinds["chapter"],
        kinds["clause"],
        kinds["point"],
        len(structure.gaps),
    ]


def table_row(row: Row) -> str:
    """One file."""
    cells = [*map(str, counts(row.structure)), *(row.verdicts[field] for field in FIELDS)]
    return f"| `{row.name}` | " + " | ".join(cells) + " |"


def table_sum(rows: list[Row]) -> str:
    """The sums of the counts, and of each field how many are right of those stated."""
    totals = [sum(column) for column in zip(*(counts(row.structure) for row in rows), strict=True)]
    shares = []
    for field in FIELDS:
        stated = [row.verdicts[field] for row in rows if row.verdicts[field]]
        shares.append(f"{stated.count('right')} of {len(stated)}")
    return "| **sum** | " + " | ".join([*map(str, totals), *shares]) + " |"


def gap_lines(row: Row) -> Iterator[str]:
    """The article gaps of one file."""
    for gap in row.structure.gaps:
        if gap.kind.value == "article":
            yield f"- `{row.name}`: {gap.problem.value} between `{gap.after or 'start'}` and `{gap.before}`."


if __name__ == "__main__":
    main()
