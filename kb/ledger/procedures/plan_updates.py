"""A ministry's list of simplification on its way in: what it changes, and what of it is not understood, line by line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kb.export import read_sheet
from kb.ledger.procedures.plan_reading import PlanReader
from kb.ledger.procedures.plan_words import NotUnderstoodError
from kb.ledger.procedures.unsimplified import ProcedureLedger
from kb.ledger.tasks.updates import Refusal, RefusedRowsError
from kb.model import Evidence, Provenance, Simplification
from kb.store import Store

SOURCE = "simplification_lists"


@dataclass(frozen=True, slots=True)
class Difference:
    """A column that a row says otherwise: its heading, and the words before and after, '' for nothing."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A row that says something new; ``before`` is None for an item that was not held. ``notes`` are what a reader should see."""

    line: int
    before: Simplification | None
    after: Simplification
    differences: tuple[Difference, ...]
    notes: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """The change in one line."""
        kind = "" if self.before else "mục mới; "
        told = "; ".join(f"{one.column}: {one.before or '(trống)'} → {one.after}" for one in self.differences)
        notes = "".join(f" [{note}]" for note in self.notes)
        return f"{self.after.id} ({self.after.name}): {kind}{told}{notes}"


@dataclass(frozen=True, slots=True)
class PlanUpdate:
    """What a list says: ``unchanged`` counts the rows that say what is known already, or nothing yet.

    ``unread`` are the headings of columns that mean nothing here.
    """

    name: str
    sha256: str
    changes: tuple[PlanChange, ...]
    refusals: tuple[Refusal, ...]
    unchanged: int
    unread: tuple[str, ...]


def read_plan_update(path: Path, ledger: ProcedureLedger, *, as_of: date | None = None, source: str = "") -> PlanUpdate:
    """What a list would change; nothing is written.

    ``as_of`` is the day that the list speaks of, where not given each row's own; ``source`` names the list, else the file does.
    Raises ``UnusableInputError`` for a file that is no such list.
    """
    sheet = read_sheet(path)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    seen = Provenance(SOURCE, source or path.name, Evidence.DOCUMENT, sha256=sha256)
    reader = PlanReader(sheet, ledger, as_of, seen)
    changes: list[PlanChange] = []
    refusals: list[Refusal] = []
    unchanged = 0
    for row in sheet.rows:
        try:
            read = reader.read(row)
        except NotUnderstoodError as error:
            refusals.append(Refusal(row.line, str(error)))
            continue
        if read is None:
            unchanged += 1
            continue
        told = tuple(Difference(*each) for each in read.differences)
        changes.append(PlanChange(row.line, read.before, read.after, told, read.notes))
    return PlanUpdate(path.name, sha256, tuple(changes), tuple(refusals), unchanged, reader.unread)


def apply_plan_update(store: Store, update: PlanUpdate, *, partial: bool = False) -> int:
    """Write the changes in one import and give their number; what the same list said before and says no more stays.

    Raises ``RefusedRowsError`` where a row is not understood, unless ``partial`` allows to leave such rows out.
    """
    if update.refusals and not partial:
        lines = "; ".join(f"line {refusal.line}: {refusal.why}" for refusal in update.refusals)
        raise RefusedRowsError(
            f"{update.name} was not taken in. {lines}", "Mend the lines, or leave them out with --partial."
        )
    if not update.changes:
        return 0
    told = [change.after for change in update.changes]
    with store.importing(source=SOURCE, name=update.name, sha256=update.sha256) as batch:
        for item in (*_still_said(store, told), *told):
            batch.simplification(item)
    return len(told)


def _still_said(store: Store, told: Iterable[Simplification]) -> list[Simplification]:
    """What lists said before of other items at the same address."""
    items = list(told)
    addresses, ids = {item.provenance.address for item in items}, {item.id for item in items}
    return [
        held
        for held in store.simplifications()
        if held.provenance.source == SOURCE and held.provenance.address in addresses and held.id not in ids
    ]
