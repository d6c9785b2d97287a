"""What a procedure waits for: the documents that must be amended before it can be simpler, and how each is known.

A plan states them. Where none does they are computed, and say so, from the legal basis that the text of a signal rests on: the one
that its words cite, or the only one that the procedure has. Where neither tells, nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from kb.ledger.procedures.legal_bases import Basis
from kb.ledger.procedures.signals import Hit
from kb.ledger.procedures.simplification import PlanItem
from kb.ledger.tasks.governing import citations_in
from kb.model import PlanState
from kb.numbers import number_key

PENDING = frozenset({PlanState.APPROVED, PlanState.AMENDING})
"""States of an item whose procedures still wait for the law to change."""


class Ground(StrEnum):
    """How it is known that a procedure waits for a document, the surest first."""

    STATED = "stated"
    CITED = "cited"
    ONLY_BASIS = "only_basis"
    FALLEN_BASIS = "fallen_basis"

    @property
    def label(self) -> str:
        """What the page calls it."""
        return _LABELS[self]

    @property
    def computed(self) -> bool:
        """Whether the program concludes it, where no plan states it."""
        return self is not Ground.STATED


_LABELS = {
    Ground.STATED: "phương án nêu phải sửa",
    Ground.CITED: "tính ra: lời văn có dấu hiệu dẫn văn bản này",
    Ground.ONLY_BASIS: "tính ra: căn cứ pháp lý duy nhất của thủ tục",
    Ground.FALLEN_BASIS: "tính ra: căn cứ đã hết hiệu lực, thủ tục chưa theo văn bản hiện hành",
}


@dataclass(frozen=True, slots=True)
class Wait:
    """A document that a procedure waits for; ``item`` is the item of the plan that states it, None where it is computed."""

    basis: Basis
    ground: Ground
    item: PlanItem | None = None

    @property
    def key(self) -> str:
        """What tells the document from others: its slug where it is known, else its number."""
        return key_of(self.basis)

    @property
    def name(self) -> str:
        """How the document is named."""
        return name_of(self.basis)


def key_of(basis: Basis) -> str:
    """What tells a document from others: its slug where it is known, else its number or name."""
    return basis.document.slug if basis.document else number_key(basis.printed.code or basis.printed.name)


def name_of(basis: Basis) -> str:
    """How a document is named: its citation where it is known, else as printed."""
    return basis.document.citation if basis.document else basis.printed.code or basis.printed.name


def stated_by(items: Iterable[PlanItem]) -> Iterator[Wait]:
    """What the items that are not carried out say must be amended."""
    for item in items:
        if item.state in PENDING:
            yield from (Wait(basis, Ground.STATED, item) for basis in item.amends)


def waits_of(bases: tuple[Basis, ...], hits: tuple[Hit, ...], items: tuple[PlanItem, ...]) -> tuple[Wait, ...]:
    """All documents that a procedure waits for, each once with its surest ground and once for each item that states it."""
    pending = any(item.state in PENDING for item in items)
    found = list(stated_by(items))
    found += [Wait(basis, Ground.CITED) for basis in _cited(bases, hits)]
    if len(bases) == 1 and (pending or any(hit.basis is None for hit in hits)):
        found.append(Wait(bases[0], Ground.ONLY_BASIS))
    found += [Wait(hit.basis, Ground.FALLEN_BASIS) for hit in hits if hit.basis and hit.basis.movement.fallen]
    return tuple(_surest(found))


def _cited(bases: tuple[Basis, ...], hits: tuple[Hit, ...]) -> Iterator[Basis]:
    """The legal bases that the words of a signal cite."""
    words = [hit.words for hit in hits if hit.basis is None and hit.rule.pattern is not None]
    cited = {number_key(reference.identity.number) for text in words for reference, _ in citations_in(text)}
    for basis in bases if cited else ():
        if basis.printed.code and number_key(basis.printed.code) in cited:
            yield basis


def _surest(waits: Iterable[Wait]) -> Iterator[Wait]:
    seen: dict[str, Wait] = {}
    for wait in waits:
        first = seen.setdefault(wait.key, wait)
        if first is wait or wait.ground is Ground.STATED:
            yield wait
