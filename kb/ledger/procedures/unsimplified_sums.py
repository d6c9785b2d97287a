"""The sums of the analyst's list: each adds up to the procedures that are asked for, with what could not be judged among them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kb.collation import sort_key
from kb.ledger.procedures.legal_bases import Basis
from kb.ledger.procedures.signal_rules import RULES
from kb.ledger.procedures.simplification import PlanItem
from kb.ledger.procedures.unsimplified import ProcedureRow, Verdict
from kb.ledger.procedures.waiting import PENDING, Ground, Wait, key_of, name_of, stated_by
from kb.model import PlanState

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Sum:
    """Procedures by what can be said of them; the three parts are all there are."""

    reasons: int
    none_seen: int
    not_judged: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.reasons + self.none_seen + self.not_judged

    @property
    def line(self) -> str:
        """The sum as a page shows it: "2642 = 758 có lý do … + 1488 chưa thấy lý do + 396 chưa có nội dung để xét"."""
        counts = zip((self.reasons, self.none_seen, self.not_judged), Verdict, strict=True)
        return f"{self.total} = " + " + ".join(f"{count} {verdict.label}" for count, verdict in counts)

    @classmethod
    def of(cls, rows: Iterable[ProcedureRow], signals: Sequence[str] = ()) -> Sum:
        """The sum of some procedures; ``signals`` are the reasons that count, all where none is named."""
        counts = Counter(row.verdict_on(signals) for row in rows)
        return cls(*(counts[verdict] for verdict in Verdict))


@dataclass(frozen=True, slots=True)
class SignalCount:
    """How often a rule is met: ``hits`` places in ``procedures`` procedures."""

    id: str
    label: str
    law: str
    procedures: int
    hits: int


@dataclass(frozen=True, slots=True)
class Queue:
    """A document that must be amended, with the procedures that wait for it.

    ``basis`` is None for the procedures with a reason of which no document is known. ``waits`` are by code, ``items`` those
    of the plans that state the document and name no procedure of the list.
    """

    basis: Basis | None
    rows: tuple[ProcedureRow, ...]
    waits: Mapping[str, tuple[Wait, ...]]
    items: tuple[PlanItem, ...] = ()

    @property
    def name(self) -> str:
        """How the document is named."""
        return name_of(self.basis) if self.basis else "chưa xác định văn bản phải sửa"

    @property
    def stated(self) -> tuple[PlanItem, ...]:
        """The items of plans that state the document, each once."""
        named = [wait.item for waits in self.waits.values() for wait in waits if wait.item]
        return tuple({item.item.id: item for item in (*named, *self.items)}.values())

    @property
    def grounds(self) -> dict[Ground, int]:
        """How many procedures wait for it on each ground, each procedure on its surest."""
        counts = Counter(min((wait.ground for wait in waits), key=list(Ground).index) for waits in self.waits.values())
        return {ground: counts[ground] for ground in Ground if counts[ground]}

    @property
    def duty_bearers(self) -> tuple[str, ...]:
        """Who must amend it, as plans state."""
        return _each(item.item.duty_bearer for item in self.stated)

    @property
    def deadlines(self) -> tuple[str, ...]:
        """Until when, as plans state."""
        return _each(
            f"{item.item.deadline:%d/%m/%Y}" if item.item.deadline else item.item.deadline_wording
            for item in self.stated
        )


@dataclass(frozen=True, slots=True)
class ByDocument:
    """The procedures with a reason by the document that they wait for.

    A procedure that waits for two documents stands in both queues and is counted once in ``distinct``; ``entries`` is the sum of
    the queues.
    """

    queues: tuple[Queue, ...]
    unknown: Queue
    distinct: int

    @property
    def entries(self) -> int:
        """The sum over the documents, those that count twice twice."""
        return sum(len(queue.rows) for queue in self.queues)

    @property
    def line(self) -> str:
        """How the queues add up."""
        known = self.distinct - len(self.unknown.rows)
        return (
            f"{self.distinct} thủ tục = {known} đã biết văn bản phải sửa + {len(self.unknown.rows)} chưa xác định; "
            f"{known} thủ tục ấy là {self.entries} lượt trong {len(self.queues)} văn bản: "
            "thủ tục thuộc nhiều văn bản chỉ tính một lần trong tổng"
        )


def by_ministry(rows: Iterable[ProcedureRow], signals: Sequence[str] = ()) -> dict[str, Sum]:
    """The sum of each ministry, in Vietnamese order; '' for procedures that no source names one of, last."""
    groups = _grouped(rows, lambda row: row.entry.ministry)
    return {name: Sum.of(groups[name], signals) for name in sorted(groups, key=lambda name: (not name, sort_key(name)))}


def by_plan_state(rows: Iterable[ProcedureRow]) -> dict[PlanState, int]:
    """How many procedures are in each state of their plans; that none is held is the unknown one."""
    counts = Counter(row.state for row in rows)
    return {state: counts[state] for state in PlanState}


def by_signal(rows: Iterable[ProcedureRow]) -> tuple[SignalCount, ...]:
    """How often each rule is met, in the order of the rules; a procedure may meet several."""
    hits = Counter[str]()
    procedures = Counter[str]()
    for row in rows:
        hits.update(hit.id for hit in row.hits)
        procedures.update(row.signals)
    return tuple(
        SignalCount(rule.id, rule.label, rule.law.citation, procedures[rule.id], hits[rule.id]) for rule in RULES
    )


def by_document(
    rows: Iterable[ProcedureRow], items: Iterable[PlanItem] = (), signals: Sequence[str] = ()
) -> ByDocument:
    """The procedures with a reason by the document they wait for; ``items`` are those of plans without a procedure."""
    waiting = [row for row in rows if row.verdict_on(signals) is Verdict.REASONS]
    bases: dict[str, Basis] = {}
    queued: defaultdict[str, list[tuple[ProcedureRow, tuple[Wait, ...]]]] = defaultdict(list)
    for row in waiting:
        for key, waits in _grouped(row.waits, lambda wait: wait.key).items():
            bases.setdefault(key, waits[0].basis)
            queued[key].append((row, tuple(waits)))
    loose: defaultdict[str, list[PlanItem]] = defaultdict(list)
    for wait in stated_by(items):
        assert wait.item is not None
        bases.setdefault(key_of(wait.basis), wait.basis)
        loose[wait.key].append(wait.item)
    queues = [_queue(basis, queued[key], loose[key]) for key, basis in bases.items()]
    unknown = tuple(row for row in waiting if not row.waits)
    return ByDocument(
        tuple(sorted(queues, key=lambda queue: (not queue.stated, -len(queue.rows), sort_key(queue.name)))),
        Queue(None, unknown, {}, tuple(item for item in items if item.state in PENDING and not item.amends)),
        len(waiting),
    )


def _queue(basis: Basis, queued: Iterable[tuple[ProcedureRow, tuple[Wait, ...]]], items: Iterable[PlanItem]) -> Queue:
    found = list(queued)
    return Queue(basis, tuple(row for row, _ in found), {row.code: waits for row, waits in found}, tuple(items))


_Thing = TypeVar("_Thing")


def _grouped(things: Iterable[_Thing], key: Callable[[_Thing], Key]) -> dict[Key, list[_Thing]]:
    groups: defaultdict[Key, list[_Thing]] = defaultdict(list)
    for thing in things:
        groups[key(thing)].append(thing)
    return groups


def _each(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, words)))
