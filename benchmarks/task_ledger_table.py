"""Write docs/task_ledger.md: what the task ledger knows of each task, and what it does not.

    python benchmarks/task_ledger_table.py HOME [OUTPUT] [--on DATE]

HOME holds a store with the register, the codification and the full texts at hand
(``dean06 --home HOME import BoPhapDienDienTu.zip TEXTS``). Nothing in it is changed.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from kb.export import export_table
from kb.ledger.indicators import reconcile
from kb.ledger.tasks.governing import Role
from kb.ledger.tasks.ledger import TaskEntry, TaskFilter, TaskLedger, count_by_state
from kb.ledger.tasks.tables import template
from kb.ledger.tasks.updates import day_of, read_update
from kb.model import Status, Wording
from kb.store import Store, open_store

NOTICE = "624/TB-VPCP"
RENAMED = (
    ("Bộ Khoa học và Công nghệ", "Bộ Thông tin và Truyền thông"),
    ("Bộ Tài chính", "Bộ Kế hoạch và Đầu tư"),
    ("Bộ Xây dựng", "Bộ Giao thông vận tải"),
    ("Bộ Nội vụ", "Bộ Lao động - Thương binh và Xã hội"),
    ("Bộ Nông nghiệp và Môi trường", "Bộ Nông nghiệp và Phát triển nông thôn"),
    ("Bộ Nông nghiệp và Môi trường", "Bộ Tài nguyên và Môi trường"),
    ("Bộ Công an", "Bộ Công an"),
    ("Ủy ban nhân dân tỉnh Phú Thọ", "Ủy ban nhân dân tỉnh Hòa Bình"),
)
_ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Read the ledger and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("output", type=Path, nargs="?", default=_ROOT / "docs" / "task_ledger.md")
    parser.add_argument("--on", type=day_of, default=date.today())  # noqa: DTZ011 - the reader's own day is meant
    given = parser.parse_args()
    with open_store(f"sqlite:///{given.home / 'store.sqlite'}") as store:
        given.output.write_text("\n".join(page(store, given.on)) + "\n", encoding="utf-8")
    print(given.output.read_text(encoding="utf-8"))


def page(store: Store, on: date) -> Iterator[str]:
    """The page line by line."""
    started = time.monotonic()
    ledger = TaskLedger(store, on)
    entries = ledger.entries
    seconds = time.monotonic() - started
    yield "# The task ledger, measured"
    yield ""
    yield f"Made by `python benchmarks/task_ledger_table.py HOME`, as of {on:%d/%m/%Y}: {len(entries)} tasks, {seconds:.1f} s."
    found = reconcile(store.indicators(), entries)
    yield from ("", f"- {found.reported_line}", f"- {found.held_line}")
    yield from ("", "## What is known of them", "")
    yield from _table(("of the tasks", "count"), _known(ledger, entries))
    yield from ("", "## By document", "")
    yield from _table(("document", "tasks", "clause held", "told twice", "state known"), _by_document(entries))
    yield from ("", "## By state", "")
    yield from _table(("state", "all", f"the register's tasks of {NOTICE}"), _by_state(ledger))
    yield from ("", "## Under today's name", "")
    yield from _table(("asked", "formerly", "tasks", "why"), _asked(ledger))
    yield from ("", "## The template, out and back", "")
    yield from _table(("file", "rows", "changes read", "refused"), _round_trips(ledger))


def _known(ledger: TaskLedger, entries: Iterable[TaskEntry]) -> Iterator[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for entry in entries:
        counts.update(_facts(ledger, entry))
    yield from ((fact, counts[fact]) for fact in _FACTS)


_FACTS = (
    "in the document's own words",
    "restated by us only",
    "told by both, one row",
    "of these by place and content",
    "the assigning document is stored",
    "its clause is known by address",
    "that provision's text is held",
    "only a list names the assigning document",
    "with a governing document (cited, basis or confirmed) that is stored",
    "standing of the assigning document known",
    "standing of some governing document known",
    "the assigning document has fallen",
    "a governing document has fallen",
    "lead agency resolved to records",
    "lead agency left open, or unknown to the register",
    "no lead agency named",
    "deadline as a day",
)


def _facts(ledger: TaskLedger, entry: TaskEntry) -> Iterator[str]:
    assigning = entry.assigning
    detail = ledger.detail(entry.id)
    governing = [each for each in detail.foundations if each.role in {Role.CITED, Role.BASIS, Role.CONFIRMED}]
    stored = [each for each in governing if each.document]
    told = {
        "in the document's own words": entry.exact is not None,
        "restated by us only": entry.exact is None,
        "told by both, one row": len(entry.told) > 1,
        "of these by place and content": bool(entry.sameness and entry.sameness.value == "certain"),
        "the assigning document is stored": assigning.document is not None,
        "its clause is known by address": bool(assigning.path),
        "that provision's text is held": bool(assigning.held),
        "only a list names the assigning document": bool(entry.task.assigned_in),
        "with a governing document (cited, basis or confirmed) that is stored": bool(stored),
        "standing of the assigning document known": entry.standing is not Status.UNKNOWN,
        "standing of some governing document known": any(each.status is not Status.UNKNOWN for each in stored),
        "the assigning document has fallen": entry.fallen,
        "a governing document has fallen": any(each.fallen for each in stored),
        "lead agency resolved to records": any(mention.agencies for mention in entry.lead),
        "lead agency left open, or unknown to the register": bool(entry.lead)
        and not any(mention.agencies for mention in entry.lead),
        "no lead agency named": not entry.lead,
        "deadline as a day": entry.task.deadline is not None,
    }
    return (fact for fact, holds in told.items() if holds)


def _by_document(entries: Iterable[TaskEntry]) -> Iterator[tuple[object, ...]]:
    documents: dict[str, list[TaskEntry]] = {}
    for entry in entries:
        documents.setdefault(entry.source_name, []).append(entry)
    for name, held in sorted(documents.items(), key=lambda found: (-len(found[1]), found[0])):
        yield (
            name,
            len(held),
            sum(
                bool(entry.task.path) and any(task.wording is Wording.VERBATIM for task in entry.told) for entry in held
            ),
            sum(len(entry.told) > 1 for entry in held),
            sum(entry.progress.report is not None for entry in held),
        )


def _by_state(ledger: TaskLedger) -> Iterator[tuple[object, ...]]:
    listed = [
        entry
        for entry in ledger.select(TaskFilter(source=NOTICE))
        if any(task.wording is Wording.RESTATED for task in entry.told)
    ]
    everyone, notice = count_by_state(ledger.entries), count_by_state(listed)
    for state, count in everyone.items():
        yield state.label, count, notice[state]
    yield "together", sum(everyone.values()), sum(notice.values())


def _asked(ledger: TaskLedger) -> Iterator[tuple[object, ...]]:
    for asked, formerly in RENAMED:
        found = ledger.select(TaskFilter(owner=asked))
        why = Counter(entry.tie.kind.value for entry in found if entry.tie)
        yield asked, formerly, len(found), ", ".join(f"{count} {kind}" for kind, count in sorted(why.items()))


def _round_trips(ledger: TaskLedger) -> Iterator[tuple[object, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("mau.xlsx", "mau.csv"):
            path = Path(folder) / name
            export_table(template(ledger.entries, ledger.on), path)
            found = read_update(path, ledger)
            yield name, found.unchanged + len(found.changes), len(found.changes), len(found.refusals)


def _table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    yield from ("| " + " | ".join(map(str, row)) + " |" for row in rows)


if __name__ == "__main__":
    main()
