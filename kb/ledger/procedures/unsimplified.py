"""The list of the analyst: each procedure with what shows that it is not simplified yet, as of a day; and what is asked of it.

A procedure is on the list with a reason: a signal of its own text or its legal bases, or a plan that is approved and not carried
out. Without a reason it is not simplified for that; one whose parts no source gives is not judged at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from kb.agencies import Agencies, Mention, Tie
from kb.errors import NotFoundError
from kb.ledger.procedures.asked_documents import AskedDocument, asked_document
from kb.ledger.procedures.catalogue import ProcedureEntry, Procedures
from kb.ledger.procedures.legal_bases import Basis, LegalBases, Movement
from kb.ledger.procedures.signals import Hit, Signals
from kb.ledger.procedures.simplification import PlanItem, Plans
from kb.ledger.procedures.waiting import PENDING, Wait, waits_of
from kb.model import PlanState
from kb.store import Store
from kb.text import fold

_MOVED = frozenset(Movement) - {Movement.UNMOVED, Movement.UNRESOLVED}


class Verdict(StrEnum):
    """What can be said of a procedure."""

    REASONS = "reasons"
    NONE_SEEN = "none_seen"
    NOT_JUDGED = "not_judged"

    @property
    def label(self) -> str:
        """What the page calls it."""
        return _VERDICT_LABELS[self]


_VERDICT_LABELS = {
    Verdict.REASONS: "có lý do cho thấy chưa đơn giản hóa",
    Verdict.NONE_SEEN: "chưa thấy lý do",
    Verdict.NOT_JUDGED: "chưa có nội dung để xét",
}


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """A procedure on a day with all that tells whether it is simplified.

    ``hits`` are its signals, each once; ``plans`` the items that name it, ``waits`` the documents it waits for. ``tie`` tells why
    it concerns the ministry asked for, ``roles`` how it comes to the document asked for.
    """

    entry: ProcedureEntry
    bases: tuple[Basis, ...]
    hits: tuple[Hit, ...]
    plans: tuple[PlanItem, ...]
    state: PlanState
    waits: tuple[Wait, ...]
    tie: Tie | None = field(default=None, compare=False)
    roles: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """Its code."""
        return self.entry.code

    @property
    def pending(self) -> tuple[PlanItem, ...]:
        """The items that name it and are not carried out."""
        return tuple(item for item in self.plans if item.state in PENDING)

    @property
    def moved(self) -> tuple[Basis, ...]:
        """The legal bases that something has become of."""
        return tuple(basis for basis in self.bases if basis.movement in _MOVED)

    @property
    def signals(self) -> tuple[str, ...]:
        """The names of the rules that it meets, each once."""
        return tuple(dict.fromkeys(hit.id for hit in self.hits))

    @property
    def verdict(self) -> Verdict:
        """What can be said of it."""
        return self.verdict_on(())

    def verdict_on(self, signals: Iterable[str]) -> Verdict:
        """What can be said of it where only these signals count as reasons; all reasons where none is named."""
        asked = set(signals)
        if asked & set(self.signals) if asked else self.hits or self.pending:
            return Verdict.REASONS
        return Verdict.NONE_SEEN if self.entry.parts is not None else Verdict.NOT_JUDGED


@dataclass(frozen=True, slots=True)
class ProcedureFilter:
    """What procedures are asked for; what is empty or None asks for nothing.

    ``signals`` say which reasons count; the others choose among the procedures. ``ministry`` under any name it held; ``field``
    words of it; ``document`` a number in any spelling, a title or an address.
    """

    ministry: str = ""
    field: str = ""
    document: str = ""
    signals: tuple[str, ...] = ()
    plan_state: PlanState | None = None


class ProcedureLedger:
    """All procedures of a store as of the day ``on`` (today by default); reads the store once."""

    def __init__(self, store: Store, on: date | None = None) -> None:
        self._store = store
        self.on = on or _today()
        self._bases = LegalBases(store, self.on)
        self._signals = Signals(store, self.on, self._bases)
        self.plans = Plans(store, self.on, self._bases)
        self.procedures = Procedures(store)
        self._tied: dict[tuple[str, date], tuple[Mention, ...]] = {}
        self._made: dict[str, ProcedureRow] = {}

    @cached_property
    def agencies(self) -> Agencies:
        """Agencies over time."""
        return Agencies(self._store)

    @property
    def rows(self) -> tuple[ProcedureRow, ...]:
        """Every procedure once, by ministry and name in Vietnamese order."""
        return tuple(map(self._row, self._all))

    def row(self, code: str) -> ProcedureRow:
        """The procedure of a code; raises ``NotFoundError``."""
        return self._row(self.procedures.one(code))

    def select(self, wanted: ProcedureFilter) -> list[ProcedureRow]:
        """The procedures that are asked for, whatever can be said of them; the signals asked for do not choose here.

        Raises ``NotFoundError`` for a ministry, a field or a document that nothing is known of.
        """
        rows: Iterable[ProcedureRow] = map(self._row, self._of_field(wanted.field))
        if wanted.ministry:
            rows = self._of_ministry(wanted)
        if wanted.document:
            rows = _of_document(rows, asked_document(self._store, wanted.document))
        return [row for row in rows if wanted.plan_state in {None, row.state}]

    def items_without_procedure(self, wanted: ProcedureFilter) -> list[PlanItem]:
        """The items of plans that no procedure of the list is tied to, of the ministry, document and state asked for."""
        if wanted.field:
            return []
        held = {entry.code for entry in self._all}
        items = [item for item in self.plans.all if not held & set(item.item.codes)]
        if wanted.ministry:
            items = [item for item in items if self.tie_to(wanted.ministry, item.item.ministry)]
        if wanted.document:
            asked = asked_document(self._store, wanted.document)
            items = [item for item in items if asked.roles_in((), (item,), ())]
        return [item for item in items if wanted.plan_state in {None, item.state}]

    def tie_to(self, asked: str, named: str, told: date | None = None) -> Tie | None:
        """Why a ministry as a list of the day ``told`` names it is the one asked for, under whatever name; None if it is not."""
        day = told or _today()
        key = (named, day)
        if key not in self._tied:
            self._tied[key] = self.agencies.resolve(named, day) if named else ()
        return self.agencies.tie(self.agencies.find(asked), self._tied[key], day, max(self.on, _today()))

    @cached_property
    def _all(self) -> tuple[ProcedureEntry, ...]:
        return self.procedures.all()

    def _row(self, entry: ProcedureEntry) -> ProcedureRow:
        if entry.code not in self._made:
            bases = self._bases.of(entry.legal_bases)
            hits = tuple({(hit.id, hit.part, hit.words): hit for hit in self._signals.of(entry)}.values())
            items = self.plans.by_code.get(entry.code, ())
            state, waits = self.plans.state_of(entry.code), waits_of(bases, hits, items)
            self._made[entry.code] = ProcedureRow(entry, bases, hits, items, state, waits)
        return self._made[entry.code]

    def _of_ministry(self, wanted: ProcedureFilter) -> Iterator[ProcedureRow]:
        self.agencies.find(wanted.ministry)
        for entry in self._of_field(wanted.field):
            tie = self.tie_to(wanted.ministry, entry.ministry, entry.provenance.retrieved)
            if tie is not None:
                yield replace(self._row(entry), tie=tie)

    def _of_field(self, asked: str) -> Iterable[ProcedureEntry]:
        """The procedures of the fields of this name, else of those that hold the words; all where none is asked for."""
        if not asked:
            return self._all
        wanted = _bare(asked)
        known = {name: _bare(name) for entry in self._all for name in entry.fields}
        fitting = {name for name, bare in known.items() if bare == wanted}
        fitting = fitting or {name for name, bare in known.items() if wanted and wanted in bare}
        if not fitting:
            raise NotFoundError(
                f"No procedure is of the field {asked!r}.", "`dean06 procedures --json` names the fields."
            )
        return [entry for entry in self._all if fitting & set(entry.fields)]


def _of_document(rows: Iterable[ProcedureRow], asked: AskedDocument) -> Iterator[ProcedureRow]:
    for row in rows:
        roles = asked.roles_in(row.bases, row.plans, row.waits)
        if roles:
            yield replace(row, roles=roles)


def _bare(words: str) -> str:
    return " ".join(fold(words).split())


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the reader's own day is meant
