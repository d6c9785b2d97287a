"""A document that a person asks procedures by, in any spelling, and how a procedure comes to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.errors import NotFoundError
from kb.ledger.procedures.legal_bases import Basis
from kb.ledger.procedures.simplification import PlanItem
from kb.ledger.procedures.waiting import Wait
from kb.model import DocumentReference
from kb.numbers import number_key, parse_number, partial_key
from kb.store import Store

_PREFIX = "/van-ban/"


@dataclass(frozen=True, slots=True)
class AskedDocument:
    """What was asked for: the slugs it may be, and the number that a source may print for it."""

    slugs: frozenset[str]
    numbers: frozenset[str]

    def roles_in(self, bases: Iterable[Basis], items: Iterable[PlanItem], waits: Iterable[Wait]) -> tuple[str, ...]:
        """How a procedure comes to the document, in Vietnamese; nothing where it does not."""
        return tuple(dict.fromkeys(self._roles(bases, items, waits)))

    def _roles(self, bases: Iterable[Basis], items: Iterable[PlanItem], waits: Iterable[Wait]) -> Iterator[str]:
        yield from (f"văn bản phải sửa ({wait.ground.label})" for wait in waits if self._is(wait.basis))
        for basis in bases:
            if self._is(basis):
                yield "căn cứ pháp lý"
            if basis.successor and basis.successor.slug in self.slugs:
                yield "văn bản thay thế căn cứ pháp lý"
            if any(change.by.slug in self.slugs for change in basis.changes):
                yield "văn bản sửa đổi, bãi bỏ căn cứ pháp lý"
        for item in items:
            if item.plan.slug in self.slugs if item.plan else self._is_named(item.item.plan):
                yield "văn bản phê duyệt phương án"
            if any(map(self._is, item.amends)):
                yield "văn bản phải sửa theo phương án"
            if any(map(self._is, item.implemented_by)):
                yield "văn bản thực thi phương án"

    def _is(self, basis: Basis) -> bool:
        if basis.document:
            return basis.document.slug in self.slugs
        if basis.candidates:
            return any(document.slug in self.slugs for document in basis.candidates)
        return bool(basis.printed.code) and number_key(basis.printed.code) in self.numbers

    def _is_named(self, reference: DocumentReference | None) -> bool:
        return bool(reference and reference.identity.number and number_key(reference.identity.number) in self.numbers)


def asked_document(store: Store, asked: str) -> AskedDocument:
    """The document of an address, a number in any spelling, the beginning of a number, or a title.

    Raises ``NotFoundError`` where the words are none of these, or are one that nothing is held of.
    """
    text = asked.strip()
    slug = text.removeprefix(_PREFIX)
    found = list(store.documents([slug]))
    if not found and (number := parse_number(text)) is not None:
        return AskedDocument(frozenset(document.slug for document in store.find(text)), frozenset({number.key}))
    if not found and (partial := partial_key(text)) is not None:
        found = store.find(partial=partial)
    found = found or store.by_title(text)
    if not found:
        raise NotFoundError(f"No document is known as {asked!r}.", "Give its number, in any spelling, or its title.")
    numbers = frozenset(number_key(document.number) for document in found if document.number)
    return AskedDocument(frozenset(document.slug for document in found), numbers)
