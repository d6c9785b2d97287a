"""Small made-up descriptions to fill a store with; the numbers and dates of named documents are real."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

from kb.model import (
    DocumentReference,
    Edition,
    EditionKind,
    Evidence,
    Identity,
    ObservedDocument,
    ObservedRelation,
    PartialDate,
    Provenance,
    Provision,
    ProvisionKind,
    RelationKind,
    SourcedProvision,
)
from kb.store import Batch, Store

LAW = Identity("Luật", "26/2023/QH15", "Quốc hội", PartialDate(2023, 11, 27))
DECISION_2022 = Identity("Quyết định", "06/QĐ-TTg", "Thủ tướng Chính phủ", PartialDate(2022, 1, 6))
DECISION_2025 = Identity("Quyết định", "06/QĐ-TTg", "Thủ tướng Chính phủ", PartialDate(2025, 1, 2))
HUE = Identity("Nghị quyết", "01/2026/NQ-HĐND", "Hội đồng nhân dân thành phố Huế", PartialDate(2026, 3, 31))
DONG_NAI = Identity("Nghị quyết", "01/2026/NQ-HĐND", "Hội đồng nhân dân thành phố Đồng Nai", PartialDate(2026, 4, 10))


def seen(address: str = "page", place: str = "", evidence: Evidence = Evidence.CODIFICATION, **more: Any) -> Provenance:
    """A place of a made-up source."""
    return Provenance("sample", address, evidence, place=place, **more)


def importing(
    store: Store, name: str = "file", *, source: str = "sample", whole: bool = False
) -> AbstractContextManager[Batch]:
    """One import; its name stands for the content of the file."""
    return store.importing(source=source, name=name, sha256=name.encode().hex(), whole=whole)


def described(identity: Identity, provenance: Provenance | None = None, **facts: Any) -> ObservedDocument:
    """A description of a document."""
    return ObservedDocument(identity, provenance or seen(), **facts)


def reference(number: str, kind: str = "", **more: Any) -> DocumentReference:
    """A reference by number."""
    return DocumentReference(Identity(kind, number, more.pop("issuer", ""), more.pop("issued", None)), **more)


def relation(subject: DocumentReference, target: DocumentReference, **more: Any) -> ObservedRelation:
    """The first amends the second."""
    kind = more.pop("kind", RelationKind.AMENDS)
    return ObservedRelation(kind, subject, target, more.pop("provenance", seen()), **more)


def article(number: str, words: str = "abc", clauses: int = 2, *, within: str = "") -> Provision:
    """A made-up article with clauses, the first of which has two points."""
    path = f"{within}dieu-{number}"
    parts = []
    for count in range(1, clauses + 1):
        own = f"{path}.khoan-{count}"
        points = tuple(
            Provision(ProvisionKind.POINT, label, f"{own}.diem-{label}", "", f"{label}) {words}\n") for label in "ab"
        )
        below = points if count == 1 else ()
        parts.append(Provision(ProvisionKind.CLAUSE, str(count), own, "", f"{count}. {words}\n", below))
    return Provision(
        ProvisionKind.ARTICLE, number, path, f"Tên {number}", f"Điều {number}. Tên {number}\n", tuple(parts)
    )


def edition(
    provisions: Iterable[Provision], kind: EditionKind = EditionKind.CODIFIED, at: Provenance | None = None, **more: Any
) -> Edition:
    """A text of the given provisions."""
    place = at or seen()
    return Edition(kind, place, tuple(SourcedProvision(each, place, **more) for each in provisions))


def take_in(store: Store, *documents: ObservedDocument, name: str = "file", source: str = "sample") -> list[str | None]:
    """Import descriptions of documents."""
    with importing(store, name, source=source) as batch:
        return [batch.document(each) for each in documents]
