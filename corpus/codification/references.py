"""Cross-references of the codification ("có nội dung liên quan đến") as relations between documents.

A link goes to a place of the codification, by its anchor or, where the source lost that, by its code; or to a document of
vbpl.vn. Of a run of links into one document only the last names it: "Điều 7. …; Điều 8. … của Nghị định 110/2014/NĐ-CP …
ban hành ngày 20/11/2014".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from corpus.codification.documents import SourceArticle
from corpus.codification.note import DOCUMENT_TYPES, provision_paths
from corpus.codification.page import CODE, Link
from corpus.codification.records import VBPL, Placed, provenance_of
from kb.model import DocumentReference, Identity, ObservedRelation, PartialDate, RelationKind
from kb.numbers import parse_number
from kb.text import fold

WORDING = "có nội dung liên quan đến"
_NAMED = re.compile(
    rf"\bcủa\s+(?P<type>{'|'.join(DOCUMENT_TYPES)})\s+(?:số\s+)?(?P<number>\d\S*)(?P<title>.*)\s"
    r"ban hành ngày (?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})\s*$"
)
_PRINTED_CODE = re.compile(rf"(?P<code>{CODE})\.?\s*(?P<heading>.*)")
_PART = re.compile(r"\s*(?:Phần|Chương|Mục|Tiểu mục|Điều)\s+\w+")


@dataclass(frozen=True, slots=True)
class Place:
    """An article of a document of the package."""

    document: DocumentReference
    path: str
    heading: str


@dataclass(slots=True)
class Places:
    """The articles of the package by anchor and by code; ``chapters`` are the anchors of chapters."""

    by_anchor: dict[str, Place] = field(default_factory=dict)
    by_code: dict[str, list[Place]] = field(default_factory=dict)
    chapters: set[str] = field(default_factory=set)

    def add(self, document: DocumentReference, placed: Iterable[Placed]) -> None:
        """Take in the articles of a document."""
        for one in placed:
            article = one.article.article
            place = Place(document, one.path, fold(article.heading))
            for anchor in article.anchors:
                self.by_anchor.setdefault(anchor, place)
            self.by_code.setdefault(article.code, []).append(place)

    def find(self, link: Link) -> Place | None:
        """Where a link goes: by its anchor, else by its code if the heading beside it is the same."""
        if found := self.by_anchor.get(link.target):
            return found
        match = _PRINTED_CODE.match(link.wording)
        if match is None:
            return None
        heading = fold(match["heading"])
        fitting = [place for place in self.by_code.get(match["code"], ()) if heading.startswith(place.heading)]
        return fitting[0] if len(fitting) == 1 and fitting[0].heading else None


@dataclass(frozen=True, slots=True)
class LostReference:
    """A cross-reference that leads nowhere, and why."""

    article: SourceArticle
    link: Link
    why: str


def related(document: DocumentReference, placed: Placed, places: Places) -> Iterator[ObservedRelation | LostReference]:
    """The cross-references of an article."""
    article = placed.article
    links = article.article.references
    names = _document_names(links)
    for link, name in zip(links, names, strict=True):
        place = places.find(link)
        target = place.document if place else _named_document(link, name)
        if target is None:
            yield LostReference(article, link, _why_lost(link, places))
            continue
        yield ObservedRelation(
            kind=RelationKind.RELATED,
            subject=document,
            object=target,
            provenance=provenance_of(article),
            subject_path=placed.path,
            object_path=place.path if place else _path_in(link),
            wording=WORDING,
        )


def _document_names(links: tuple[Link, ...]) -> list[re.Match[str] | None]:
    """For each link the name of its document, which the last link of a run into one document carries."""
    names: list[re.Match[str] | None] = []
    following: re.Match[str] | None = None
    item_id: str | None = None
    for link in reversed(links):
        name = _NAMED.search(link.wording)
        if name or link.target or link.item_id != item_id:
            following, item_id = name, None if link.target else link.item_id
        names.append(following)
    return names[::-1]


def _named_document(link: Link, name: re.Match[str] | None) -> DocumentReference | None:
    """The document of vbpl.vn that a link leads to."""
    if link.target or not (link.item_id or name):
        return None
    source_id = (VBPL, link.item_id) if link.item_id else None
    if name is None:
        return DocumentReference(Identity("", ""), wording=link.wording, source_id=source_id)
    number = parse_number(name["number"])
    issued = PartialDate.of(date(int(name["year"]), int(name["month"]), int(name["day"])))
    identity = Identity(name["type"], str(number or name["number"]), issued=issued)
    return DocumentReference(identity, name["title"].strip(), link.wording, source_id)


def _path_in(link: Link) -> str:
    """The provision that the wording of a link names, empty where it gives the codification's code instead."""
    if _PRINTED_CODE.match(link.wording):
        return ""
    part = _PART.match(link.wording)
    return next(iter(provision_paths(part[0])), "") if part else ""


def _why_lost(link: Link, places: Places) -> str:
    if link.target in places.chapters:
        return "leads to a chapter of the codification, which is no part of a document"
    if link.target:
        return "leads to a place that the package does not hold"
    return "names no document"
