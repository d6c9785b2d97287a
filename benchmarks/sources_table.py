"""Read every sample of the sources: ``python benchmarks/sources_table.py DATA_FOLDER``.

For each source: files in, records out, facts right (of those that were read by eye), refused with the reason, seconds a
file. A file without expected facts is named with what it is: no parser of a source is meant for it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kb.errors import Dean06Error
from tests.corpus.sources.facts import expected, facts_of

SOURCES = ("congbao", "congbao_sonla", "vanban_chinhphu", "vbpl")


@dataclass(frozen=True, slots=True)
class Row:
    """A sample: what came of it."""

    name: str
    kind: str
    records: int = 0
    right: int = 0
    facts: int = 0
    wrong: tuple[str, ...] = ()
    refused: str = ""
    seconds: float = 0.0


def rows_of(folder: Path) -> Iterator[Row]:
    """Every file of a source's folder, in the order of its manifest."""
    told = expected(folder.name)
    for entry in json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8")):
        yield _row(folder, entry, told.get(entry["file"]))


def _row(folder: Path, entry: dict[str, Any], sample: dict[str, Any] | None) -> Row:
    kind = f"{entry['kind']}; not an answer of a source" if sample is None else entry["kind"]
    if sample is None:
        return Row(entry["file"], kind)
    if sample.get("scan"):
        return Row(
            entry["file"], kind, refused="a scan without text: it needs OCR (`benchmarks/gazette_table.py` reads it)"
        )
    started = perf_counter()
    try:
        found = facts_of(folder / entry["file"], sample["reader"], sample.get("address", ""))
    except Dean06Error as error:
        return Row(entry["file"], kind, refused=error.problem, seconds=perf_counter() - started)
    seconds, facts = perf_counter() - started, sample["facts"]
    found = json.loads(json.dumps(found))
    wrong = tuple(name for name in {**facts, **found} if facts.get(name) != found.get(name))
    return Row(entry["file"], kind, _records(found), len(facts) - len(wrong), len(facts), wrong, seconds=seconds)


def _records(found: dict[str, Any]) -> int:
    """Documents, rows, issues or provisions that a sample gave."""
    for name in ("rows", "paths"):
        if name in found:
            return len(found[name])
    return int(found.get("count", 1))


def main() -> None:
    """Print the table."""
    data = Path(sys.argv[1]) / "sources"
    for source in SOURCES:
        rows = list(rows_of(data / source))
        read = [row for row in rows if row.facts or row.refused]
        facts, right = sum(row.facts for row in read), sum(row.right for row in read)
        print(f"\n{source}: {len(rows)} files, {len(read)} of them answers or pages; {sum(row.records for row in read)} records; "
              f"{right} of {facts} facts right; {sum(bool(row.refused) for row in read)} refused; "
              f"{sum(row.seconds for row in read) / max(len(read), 1):.2f} s a file")  # fmt: skip
        for row in rows:
            said = row.refused or (f"wrong: {', '.join(row.wrong)}" if row.wrong else "")
            print(
                f"  {row.name:58} {row.records:4} {row.right:3}/{row.facts:<3} {row.seconds:6.2f} s  {said or row.kind}"
            )


if __name__ == "__main__":
    main()
