"""Plans to simplify procedures: what each item changes, in which documents, and how far it is on a day, by its evidence.

That no plan is held for a procedure says nothing of the procedure: the lists of plans held are not all there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kb.ledger.procedures.legal_bases import Basis, LegalBases
from kb.model import DocumentReference, Indicator, LegalBasis, PlanState, Simplification
from kb.store import DocumentView, Store

REPORTED_PROCEDURES = "procedures_to_simplify"
REPORTED_DOCUMENTS = "documents_of_procedures"
"""Ids of the figures of the report of 9 October 2024: procedures whose plans are being carried out, documents to be amended."""


@dataclass(frozen=True, slots=True)
class PlanItem:
    """An item of a plan on a day.

    ``plan`` is the approving document where it is known; ``amends`` and ``implemented_by`` are documents with what has become
    of each; ``state`` is what the evidence shows for the day and ``why`` that evidence, in Vietnamese.
    """

    item: Simplification
    on: date
    plan: DocumentView | None
    amends: tuple[Basis, ...]
    implemented_by: tuple[Basis, ...]
    state: PlanState
    why: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The reported figure beside what is held: neither explains the other.

    ``named`` are the items held, ``with_codes`` those tied to a procedure, ``codes`` how many procedures that is; ``proven``
    of them are known to be among the reported ones.
    """

    reported: Indicator | None
    reported_documents: Indicator | None
    named: int
    with_codes: int
    codes: int
    documents: int
    proven: int = 0


class Plans:
    """The plans of a store on one day."""

    def __init__(self, store: Store, on: date, bases: LegalBases | None = None) -> None:
        self._store = store
        self._on = on
        self._bases = bases or LegalBases(store, on)

    @cached_property
    def all(self) -> tuple[PlanItem, ...]:
        """All items, by id."""
        return tuple(map(self._item, self._store.simplifications()))

    @cached_property
    def by_code(self) -> Mapping[str, tuple[PlanItem, ...]]:
        """The items that name a procedure by its code."""
        found: defaultdict[str, list[PlanItem]] = defaultdict(list)
        for item in self.all:
            for code in item.item.codes:
                found[code].append(item)
        return {code: tuple(items) for code, items in found.items()}

    def state_of(self, code: str) -> PlanState:
        """How far the plans for a procedure are: the least far of them, unknown where none is held."""
        states = [item.state for item in self.by_code.get(code, ())]
        return min(states, key=_ORDER.index, default=PlanState.UNKNOWN)

    def reconciled(self) -> Reconciliation:
        """The figures of the report with how many items are held by name."""
        figures = {figure.id: figure for figure in self._store.indicators()}
        items = self._store.simplifications()
        return Reconciliation(
            reported=figures.get(REPORTED_PROCEDURES),
            reported_documents=figures.get(REPORTED_DOCUMENTS),
            named=len(items),
            with_codes=sum(bool(item.codes) for item in items),
            codes=len({code for item in items for code in item.codes}),
            documents=len({reference.identity.number for item in items for reference in item.amends}),
        )

    def _item(self, item: Simplification) -> PlanItem:
        found = self._store.resolve(item.plan) if item.plan else []
        plan = found[0] if len(found) == 1 else None
        implemented = self._of(item.implemented_by)
        state, why = self._state(item, plan, implemented)
        return PlanItem(item, self._on, plan, self._of(item.amends), implemented, state, why)

    def _of(self, references: Iterable[DocumentReference]) -> tuple[Basis, ...]:
        return self._bases.of(LegalBasis("", one.identity.number or one.title, one) for one in references)

    def _state(
        self, item: Simplification, plan: DocumentView | None, implemented: tuple[Basis, ...]
    ) -> tuple[PlanState, str]:
        """The state on the day: what the source states, unless the plan or what carries it out came only later."""
        issued = (plan.issued if plan else None) or (item.plan.identity.issued if item.plan else None)
        if issued and self._on < date(issued.year, issued.month or 1, issued.day or 1):
            when = f"ngày {issued.label}" if issued.exact else issued.label
            return PlanState.NO_PLAN, f"phương án được phê duyệt {when}, sau ngày đang xem"
        if item.state is PlanState.CARRIED_OUT and (late := self._not_yet(implemented)):
            return PlanState.APPROVED, f"{late.citation} chưa có hiệu lực vào ngày đang xem"
        if item.state is not PlanState.UNKNOWN:
            return item.state, item.state_wording
        if item.plan is not None:
            named = item.plan.identity.number or item.plan.title
            return PlanState.APPROVED, f"phương án tại {named}; nguồn không nêu đã thực thi hay chưa"
        return PlanState.UNKNOWN, item.state_wording

    def _not_yet(self, implemented: tuple[Basis, ...]) -> DocumentView | None:
        """A document that carries the item out and has no effect on the day yet."""
        views = (basis.document for basis in implemented if basis.document)
        return next((view for view in views if view.effective and view.effective > self._on), None)


_ORDER = (PlanState.NO_PLAN, PlanState.UNKNOWN, PlanState.APPROVED, PlanState.AMENDING, PlanState.CARRIED_OUT)
