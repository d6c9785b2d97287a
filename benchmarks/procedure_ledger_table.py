"""Write the measured section of docs/procedures.md: legal bases, completeness, signals, sums that add up, the template's round trip.

    python benchmarks/procedure_ledger_table.py DATA_FOLDER [--home HOME] [--on DATE]

DATA_FOLDER holds ``procedures/procedures.jsonl.gz``; it is imported beside the register into a store made for the purpose. With
``--home`` the store there is read instead, as it is (with the codification imported, say). What stands between the two marks in the
page is written anew.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from corpus.procedure_files import import_procedures
from kb.export import export_table
from kb.ledger.procedures.completeness import PARTS, PartState
from kb.ledger.procedures.legal_bases import Movement
from kb.ledger.procedures.plan_tables import plan_template
from kb.ledger.procedures.plan_updates import read_plan_update
from kb.ledger.procedures.unsimplified import ProcedureFilter, ProcedureLedger, ProcedureRow
from kb.ledger.procedures.unsimplified_answer import Answer
from kb.ledger.procedures.unsimplified_sums import by_plan_state
from kb.ledger.tasks.updates import day_of
from kb.register import load_register
from kb.store import Store, open_store

PAGE = Path(__file__).resolve().parent.parent / "docs" / "procedures.md"
BEGIN = "<!-- measured: python benchmarks/procedure_ledger_table.py DATA_FOLDER -->"
END = "<!-- end of what is measured -->"
COLLECTED = date(2026, 7, 20)  # when the pages were collected
RENAMED = (
    ("Bộ Tài chính", "Bộ Kế hoạch và Đầu tư"),
    ("Bộ Xây dựng", "Bộ Giao thông vận tải"),
    ("Bộ Nông nghiệp và Môi trường", "Bộ Tài nguyên và Môi trường"),
    ("Bộ Nông nghiệp và Môi trường", "Bộ Nông nghiệp và Phát triển nông thôn"),
)


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--on", type=day_of, default=COLLECTED)
    given = parser.parse_args()
    with _store(given.data, given.home) as store:
        text = "\n".join(section(store, given.on))
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")
    print(text)


def section(store: Store, on: date) -> Iterator[str]:
    """The section line by line."""
    started = time.process_time()
    ledger = ProcedureLedger(store, on)
    answer = Answer.of(ledger, ProcedureFilter())
    assert answer.documents
    seconds = time.process_time() - started
    yield ""
    yield f"As of {on:%d/%m/%Y}, {len(answer.rows):,} procedures, the whole list with its sums in {seconds:.1f} s of processor time."
    yield from ("", f"    {answer.sum.line}", *(f"    {line}" for line in answer.reported_lines))
    yield from ("", "### By ministry", "")
    yield from _table(("ministry", "procedures", "with a reason", "none seen", "no parts held"), _ministries(answer))
    yield from ("", "### By document that must be amended", "")
    yield from (f"    {answer.documents.line}", "")
    yield from _table(("how it is known", "procedures", "documents"), _grounds(answer))
    yield from ("", "### By state of the plan", "")
    yield from _table(
        ("state", "procedures"), ((state.label, count) for state, count in by_plan_state(answer.rows).items())
    )
    yield from ("", "### Signals", "")
    yield from _table(("signal", "says", "procedures", "hits"), _signals(answer))
    yield from ("", "### Legal bases", "")
    yield from _table(("what has become of it", "legal bases", "documents"), _bases(answer.rows))
    yield from ("", "### Completeness by khoản 2 Điều 8 Nghị định 63/2010/NĐ-CP", "")
    yield from _table(("part", "given", "missing", "not known"), _completeness(answer.rows))
    yield from ("", "### Under a name of before 2025", "")
    yield from _table(("asked", "or", "procedures"), _renamed(ledger))
    yield from ("", "### The template, out and back", "")
    yield from _table(("file", "rows", "changes read", "refused"), _round_trips(ledger))
    yield ""


def _ministries(answer: Answer) -> Iterator[tuple[object, ...]]:
    for name, one in (*answer.ministries.items(), ("**together**", answer.sum)):
        yield name or "not known", one.total, one.reasons, one.none_seen, one.not_judged


def _grounds(answer: Answer) -> Iterator[tuple[object, ...]]:
    procedures, documents = Counter[str](), Counter[str]()
    for queue in answer.documents.queues:
        for ground, count in queue.grounds.items():
            procedures[ground.label] += count
            documents[ground.label] += 1
    yield from ((label, count, documents[label]) for label, count in procedures.most_common())
    yield "not known", len(answer.documents.unknown.rows), "—"


def _signals(answer: Answer) -> Iterator[tuple[object, ...]]:
    yield from ((f"`{one.id}`", one.label, one.procedures, one.hits) for one in answer.signals)


def _bases(rows: Iterable[ProcedureRow]) -> Iterator[tuple[object, ...]]:
    bases = [basis for row in rows for basis in row.bases]
    counts = Counter(basis.movement for basis in bases)
    documents = {(basis.movement, basis.document.slug) for basis in bases if basis.document}
    for movement in Movement:
        yield movement.label, counts[movement], sum(kind is movement for kind, _ in documents) or "—"
    resolved = sum(basis.document is not None for basis in bases)
    yield f"**resolved to one document: {resolved / len(bases):.1%}**", f"{resolved} of {len(bases)}", len(documents)


def _completeness(rows: Iterable[ProcedureRow]) -> Iterator[tuple[object, ...]]:
    counts = Counter((part.id, state) for row in rows for part, state in row.entry.completeness)
    for part in PARTS:
        given = (counts[part.id, state] for state in (PartState.GIVEN, PartState.MISSING, PartState.UNKNOWN))
        yield f"{part.label} ({part.clause.split(' khoản')[0]})", *given


def _renamed(ledger: ProcedureLedger) -> Iterator[tuple[object, ...]]:
    for new, old in RENAMED:
        counts = [len(ledger.select(ProcedureFilter(ministry=name))) for name in (new, old)]
        yield new, old, " / ".join(map(str, counts))


def _round_trips(ledger: ProcedureLedger) -> Iterator[tuple[object, ...]]:
    everything = ProcedureFilter()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("mau.xlsx", "mau.csv"):
            path = Path(folder) / name
            table = plan_template(ledger.select(everything), ledger.items_without_procedure(everything), ledger.on)
            export_table(table, path)
            found = read_plan_update(path, ledger)
            yield name, found.unchanged + len(found.changes), len(found.changes), len(found.refusals)


def _table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    yield from (
        "| " + " | ".join(f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row) + " |" for row in rows
    )


@contextmanager
def _store(data: Path, home: Path | None) -> Iterator[Store]:
    if home is not None:
        with open_store(f"sqlite:///{home / 'store.sqlite'}") as store:
            yield store
        return
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/store.sqlite") as store:
        load_register(store)
        import_procedures(data / "procedures" / "procedures.jsonl.gz", store)
        yield store


if __name__ == "__main__":
    main()
