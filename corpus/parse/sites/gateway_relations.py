"""References and diagrams of the vbpl gateway as relations: the raw kind stays beside what it is taken for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from corpus.parse.sites.gateway_codes import relation_kind, relation_wording, why_unmapped
from corpus.parse.sites.gateway_json import Record, as_record, read_answer, records
from corpus.parse.sites.values import own_title, plain_text, vietnamese_day
from kb.model import DocumentReference, Identity, ObservedRelation, PartialDate, Provenance
from kb.numbers import DOCUMENT_TYPES, find_numbers, type_of_number
from kb.store import Unused

SOURCE = "vbpl"
_PUBLISHED = "Publish"
_YOUNGER = "the document referred to was issued later: which of the two acts on the other is not told"
_TYPE_NAMES = sorted((name for name, _ in DOCUMENT_TYPES), key=len, reverse=True)


@dataclass(frozen=True, slots=True)
class Reference:
    """One line of a document's references: the raw kind, None where it is no number, and the document it points at."""

    reference_type: int | None
    target: DocumentReference
    note: str = ""

    @property
    def target_id(self) -> str:
        """The target's id at the source."""
        return self.target.source_id[1] if self.target.source_id else ""


@dataclass(frozen=True, slots=True)
class Relations:
    """What references come to: relations, and those listed because their kind is disputed or not known."""

    relations: tuple[ObservedRelation, ...] = ()
    unused: tuple[Unused, ...] = ()


def references_of(value: object, types: Mapping[str, str]) -> Iterator[Reference]:
    """The ``references`` of a detail; ``types`` are names of kinds of documents by the ids that targets bear."""
    for item in records(value):
        target = as_record(item.get("targetDocument"))
        if plain_text(target.get("id")) or plain_text(target.get("docNum")):
            yield Reference(_number(item.get("referenceType")), _target(target, types), _note(item, target))


def read_diagram(data: bytes, name: str) -> tuple[Reference, ...]:
    """The lines of an answer of ``/doc/{id}/diagram``, by kind. Raises ``UnusableInputError`` for another shape.

    Only ``documentNamesByType`` is read: which of two documents acts on the other is not known of ``documentNamesBySource``.
    """
    by_type = as_record(as_record(read_answer(data, name)).get("documentNamesByType"))
    return tuple(
        Reference(_number(kind), _named(item))
        for kind, items in by_type.items()
        for item in records(items)
        if plain_text(item.get("id")) or plain_text(item.get("name"))
    )


def relations_of(subject: DocumentReference, found: Iterable[Reference], seen: Provenance) -> Relations:
    """Each reference once, as a relation of ``subject`` to its target, or listed where it cannot be told what it says."""
    once: dict[tuple[int | None, str], Reference] = {}
    for one in found:
        once.setdefault((one.reference_type, one.target_id or one.target.identity.number), one)
    relations, unused = [], []
    for one in once.values():
        if one.target.source_id == subject.source_id:
            continue
        kind = relation_kind(one.reference_type) if one.reference_type is not None else None
        if kind is None or one.reference_type is None or _is_younger(one.target, subject):
            target = one.target.identity.number or one.target.title or one.target_id
            why = _YOUNGER if kind else why_unmapped(one.reference_type)
            unused.append(Unused(f"{subject.identity.number} → {target}", why))
        else:
            wording = relation_wording(one.reference_type, one.note)
            relations.append(ObservedRelation(kind, subject, one.target, seen, wording=wording))
    return Relations(tuple(relations), tuple(unused))


def _is_younger(target: DocumentReference, subject: DocumentReference) -> bool:
    """Whether the target was issued after the document that is said to act on it: then it is not told who acts on whom."""
    mine, theirs = subject.identity.issued, target.identity.issued
    return bool(mine and theirs and mine.exact and theirs.exact and theirs.exact > mine.exact)


def _number(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 6 else None


def _target(target: Record, types: Mapping[str, str]) -> DocumentReference:
    number, title = plain_text(target.get("docNum")), plain_text(target.get("title"))
    kind = types.get(plain_text(target.get("docType")), "") or type_of_number(number) or _type_before(title)
    day = vietnamese_day(target.get("issueDate"))
    identity = Identity(kind, number, issued=PartialDate.of(day) if day else None)
    return _reference(target, identity, title)


def _named(item: Record) -> DocumentReference:
    """What a line of a diagram names: "Thông tư số 28/2025/TT-NHNN Sửa đổi …"."""
    name = plain_text(item.get("name"))
    number = next((str(found.number) for found in find_numbers(name)), "")
    return _reference(item, Identity(type_of_number(number) or _type_before(name), number), name)


def _reference(item: Record, identity: Identity, title: str) -> DocumentReference:
    own_id = plain_text(item.get("id"))
    own = own_title(title, identity.type, identity.number)
    return DocumentReference(identity, own, wording=title, source_id=(SOURCE, own_id) if own_id else None)


def _type_before(title: str) -> str:
    return next((name for name in _TYPE_NAMES if title.casefold().startswith(f"{name.casefold()} ")), "")


def _note(item: Record, target: Record) -> str:
    state = plain_text(target.get("status"))
    parts = [f"target not published ({state})"] if state and state != _PUBLISHED else []
    if provisions := item.get("referenceProvisions"):
        parts.append(f"provisions: {str(provisions)[:200]}")
    return "; ".join(parts)
