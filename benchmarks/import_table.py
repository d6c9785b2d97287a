"""Write docs/import_codification.md: what importing the official codification costs and gives, and how it agrees with other facts.

    python benchmarks/import_table.py BoPhapDienDienTu.zip [OUTPUT]

The import runs in a process of its own, into a fresh store. Memory is the sum over its processes of what is their own
(PSS), sampled ten times a second. Where ``phapdien_documents.csv`` and ``phapdien_amendments.csv`` stand beside the
package (facts that another parser read from it), the notes are compared with them row by row.
"""

from __future__ import annotations

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpus.codification.note import Note, Reference, parse_note
from corpus.codification.page import parse_subject_page
from kb.numbers import number_key
from kb.text import canonical

_ROOT = Path(__file__).resolve().parent.parent
_EXAMPLES = 3
_CUT_NUMBER = "a number that they cut off or left in the title"
_JOINT = "'Thông tư số liên tịch', which they read as Thông tư"
_NO_AMENDER = "an amender's number that they cut off or did not find"
_NO_DAY = "an amender's day, written in words, that they did not find"
_THEIRS = frozenset({_CUT_NUMBER, _JOINT, _NO_AMENDER, _NO_DAY})
_IMPORT = """
import json, sys, time
from pathlib import Path
from corpus.ingest import import_path
from kb.store import open_store

if __name__ == "__main__":
    home, until = Path(sys.argv[2]), {}
    with open_store(f"sqlite:///{home / 'store.sqlite'}") as store:
        started = time.monotonic()
        note = lambda step, done, total: until.__setitem__(step, time.monotonic() - started)
        first = import_path(Path(sys.argv[1]), store, home=home, progress=note).as_json()
        again = import_path(Path(sys.argv[1]), store, home=home).as_json()
        counts = store.counts()
    held = {name: getattr(counts, name) for name in ("documents", "cited_only", "articles", "relations", "unresolved_relations")}
    print(json.dumps({"first": first, "again": again, "until": until, "held": held}))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """An import: what it printed, its memory at the highest and the size of the store in MB, its CPU time in seconds."""

    printed: dict[str, Any]
    memory: float
    store: float
    cpu: float


def main() -> None:
    """Measure and write the page."""
    package = Path(sys.argv[1])
    output = Path(sys.argv[2]) if len(sys.argv) > 2 else _ROOT / "docs" / "import_codification.md"
    page = "\n".join(_page(package, run_import(package))) + "\n"
    output.write_text(page, encoding="utf-8")
    print(page)


def run_import(package: Path) -> Run:
    """Import into a fresh store."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        script = home / "run_import.py"
        script.write_text(_IMPORT, encoding="utf-8")
        command = [sys.executable, str(script), str(package), folder]
        environment = os.environ | {"PYTHONPATH": str(_ROOT)}
        before = _cpu_seconds()
        with (home / "printed").open("w+", encoding="utf-8") as printed:
            memory = _watch(subprocess.Popen(command, stdout=printed, env=environment))
        outcome = json.loads((home / "printed").read_text(encoding="utf-8"))
        store = (home / "store.sqlite").stat().st_size
        return Run(outcome, memory / 1e6, store / 1e6, _cpu_seconds() - before)


def _cpu_seconds() -> float:
    """CPU time of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(process: subprocess.Popen[bytes]) -> int:
    """The most bytes that a process and those it started held at once."""
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(_memory, _family(process.pid))))
        time.sleep(0.1)
    if process.returncode:
        raise SystemExit(process.returncode)
    return peak


def _family(parent: int) -> list[int]:
    found = [parent]
    for number in found:
        children = Path(f"/proc/{number}/task/{number}/children")
        if children.exists():
            found += [int(child) for child in children.read_text().split()]
    return found


def _memory(number: int) -> int:
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _page(package: Path, run: Run) -> Iterator[str]:
    yield from (
        "# Importing the codification",
        "",
        f"Made by `python benchmarks/import_table.py {package.name}`; the package is the official one as a user downloads it.",
        "",
    )
    yield from _costs(package, run)
    yield from _contents(run)
    yield from _unused(run)
    documents, amendments = (package.with_name(f"phapdien_{name}.csv") for name in ("documents", "amendments"))
    if documents.exists() and amendments.exists():
        yield from _agreement(list(_notes(package)), _rows(documents), _rows(amendments))


def _costs(package: Path, run: Run) -> Iterator[str]:
    until = run.printed["until"]
    yield from (
        "## What it costs",
        "",
        f"{os.cpu_count()} cores, Python {sys.version_info.major}.{sys.version_info.minor}, SQLite.",
        "",
        "| | |",
        "|---|---:|",
        f"| package | {package.stat().st_size / 1e6:.1f} MB |",
        f"| check all entries | {until['check']:.1f} s |",
        f"| parse all pages, two processes | {until['parse'] - until['check']:.1f} s |",
        f"| put together and load | {run.printed['first']['seconds'] - until['parse']:.1f} s |",
        f"| **whole import** | **{run.printed['first']['seconds']:.1f} s** |",
        f"| CPU time of it, all processes | {run.cpu:.0f} s |",
        f"| the same package again | {run.printed['again']['seconds']:.1f} s, nothing changed |",
        f"| memory at the highest, all processes | {run.memory:.0f} MB |",
        f"| the store afterwards | {run.store:.0f} MB |",
        "",
    )


def _contents(run: Run) -> Iterator[str]:
    held = run.printed["held"]
    yield from ("## What came in", "", "| | |", "|---|---:|")
    yield from (f"| {name} | {count:,} |" for name, count in run.printed["first"]["counts"].items())
    yield from (f"| held: {name.replace('_', ' ')} | {count:,} |" for name, count in held.items())
    yield ""


def _unused(run: Run) -> Iterator[str]:
    yield from (
        "## What could not be used, or only in part",
        "",
        "| how many | what and why | for example |",
        "|---:|---|---|",
    )
    for group in run.printed["first"]["unused"]:  # the place of an example, never the words that stand there
        example = group["examples"][0].partition(": ")[0].replace("|", "/")
        yield f"| {group['count']:,} | {group['why']} | {example[:110]} |"
    yield ""


def _notes(package: Path) -> Iterator[tuple[str, str, Note]]:
    """(code, ItemID, note) of every article that has a note."""
    with zipfile.ZipFile(package) as archive:
        for name in archive.namelist():
            if name.startswith("demuc/"):
                for article in parse_subject_page(archive.read(name).decode("utf-8-sig"), name).articles:
                    if article.note:
                        item = article.note_links[0].item_id if article.note_links else ""
                        yield article.code.removeprefix("Điều "), item, parse_note(article.note)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _agreement(
    notes: list[tuple[str, str, Note]], documents: list[dict[str, str]], amendments: list[dict[str, str]]
) -> Iterator[str]:
    yield from (
        "## Agreement with the facts that another parser read",
        "",
        "Rows compared by the fields that both give; a row whose article or document is not in this package (its page holds",
        "a title only) is left out. *Theirs* are rows that the note itself shows the other parser to have cut off or not found.",
        "",
        "| rows | compared | agree | theirs | open | agree or theirs |",
        "|---|---:|---:|---:|---:|---:|",
    )
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    name = "documents: type, number, effective day"
    yield _line(name, _documents_agree(notes, documents, kinds), kinds)
    before = {kind: len(examples) for kind, examples in kinds.items()}
    name = "amendments: article, number and day of the amender, acts"
    agreement = _amendments_agree(notes, amendments, kinds)
    yield _line(name, agreement, {kind: examples[before.get(kind, 0) :] for kind, examples in kinds.items()})
    yield from ("", "| disagreement | rows | for example, theirs: ours |", "|---|---:|---|")
    for kind, examples in sorted(kinds.items(), key=lambda item: -len(item[1])):
        yield f"| {kind} | {len(examples)} | {'; '.join(examples[:_EXAMPLES])} |"
    yield ""


def _line(name: str, agreement: tuple[int, int], kinds: dict[str, list[str]]) -> str:
    agreeing, compared = agreement
    theirs = sum(len(examples) for kind, examples in kinds.items() if kind in _THEIRS)
    left = compared - agreeing - theirs
    return f"| {name} | {compared:,} | {agreeing:,} | {theirs:,} | {left:,} | {(agreeing + theirs) / compared:.2%} |"


def _documents_agree(
    notes: list[tuple[str, str, Note]], rows: list[dict[str, str]], kinds: dict[str, list[str]]
) -> tuple[int, int]:
    named: defaultdict[str, Counter[Reference]] = defaultdict(Counter)
    for _, item, note in notes:
        if note.source:
            named[item][Reference((), note.source.type, note.source.number, effective=note.source.effective)] += 1
    compared = [(row, named[row["item_id"]].most_common(1)[0][0]) for row in rows if row["item_id"] in named]
    found = [_document_difference(row, ours) for row, ours in compared]
    for difference in filter(None, found):
        kinds[difference[0]].append(difference[1])
    return found.count(None), len(found)


def _document_difference(row: dict[str, str], ours: Reference) -> tuple[str, str] | None:
    theirs = number_key(row["number"])
    number = number_key(ours.number) if ours.number else ""
    shown = f"{row['type']} {row['number'] or '(none)'}: {ours.type} {ours.number or '(none)'}"
    if theirs != number and not (theirs == "khong-so" and not number):
        cut = number.startswith(theirs)
        return (_CUT_NUMBER if cut else "another number: one id, two spellings in its notes", shown)
    if canonical(row["type"]) != canonical(ours.type):
        return _JOINT, shown
    if _day(row["effective_date"]) != ours.effective:
        return "another effective day (several in the notes of one document)", f"{shown}, {ours.effective}"
    return None


def _amendments_agree(
    notes: list[tuple[str, str, Note]], rows: list[dict[str, str]], kinds: dict[str, list[str]]
) -> tuple[int, int]:
    ours: defaultdict[str, list[tuple[str, date | None, str]]] = defaultdict(list)
    codes = set()
    for code, _, note in notes:
        codes.add(code)
        for one in note.amendments:
            ours[code].append((number_key(one.by.number), one.by.effective, one.wording))
    compared = [row for row in rows if row["code"] in codes]
    found = [_amendment_difference(row, ours[row["code"]]) for row in compared]
    for row, difference in zip(compared, found, strict=True):
        if difference:
            kinds[difference].append(f"{row['code']}: {row['by_number'] or '(none)'} {row['by_effective_date']}")
    return found.count(""), len(found)


def _amendment_difference(row: dict[str, str], ours: list[tuple[str, date | None, str]]) -> str:
    number, day, acts = number_key(row["by_number"]), _day(row["by_effective_date"]), row["action"].replace(" | ", ", ")
    if not row["by_number"] or number not in [one[0] for one in ours]:
        return _NO_AMENDER
    if day not in [one[1] for one in ours if one[0] == number]:
        return _NO_DAY if not row["by_effective_date"] else "another day of an amender"
    same = [one[2] for one in ours if one[0] == number and one[1] == day]
    return "" if any(set(acts.split(", ")) <= set(wording.split(", ")) for wording in same) else "acts told otherwise"


def _day(text: str) -> date | None:
    parts = [int(part) for part in text.split("/") if part.isdigit()]
    return date(parts[2], parts[1], parts[0]) if len(parts) == 3 else None


if __name__ == "__main__":
    main()
