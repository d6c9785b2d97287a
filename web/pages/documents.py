"""A document: its facts, its text, its relations, and a permanent address for every provision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from kb.addresses import document_address, provision_address
from kb.citation import parse_path
from kb.lookup import Choices, DocumentDetail, detail, lookup
from kb.model import Provenance, Provision
from kb.store import DocumentView, RelationView
from web.dependencies import library
from web.library import Library
from web.rendering import templates

router = APIRouter()

FACT_LABELS = {
    "type": "Loại văn bản",
    "number": "Số, ký hiệu",
    "issuer": "Cơ quan ban hành",
    "issued": "Ngày ban hành",
    "title": "Trích yếu",
    "effective": "Ngày có hiệu lực",
    "expires": "Ngày hết hiệu lực",
    "signer": "Người ký",
    "place": "Nơi ban hành",
    "status": "Tình trạng hiệu lực",
    "status_wording": "Tình trạng theo lời nguồn",
    "relevance": "Liên quan đến Đề án 06",
    "field": "Lĩnh vực",
}


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another document, and at which places the two meet; ``count`` relations say so."""

    url: str
    citation: str
    title: str
    places: str
    effective: date | None
    count: int
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class NeighbourGroup:
    """Neighbours by the kind of relation, read from the document shown."""

    label: str
    count: int
    entries: tuple[Neighbour, ...]


@router.get("/so/{number:path}")
def by_number(request: Request, number: str, library: Annotated[Library, Depends(library)]) -> Response:
    """The document with this number; where several carry it, the choice."""
    found = lookup(library.store, number)
    if isinstance(found, Choices):
        context = {"asked": number, "documents": found.documents}
        return templates.TemplateResponse(request, "choices.html", context, status_code=300)
    target = found.document.url if isinstance(found, DocumentDetail) else "/"
    return RedirectResponse(target, status_code=303)


@router.get("/van-ban/{slug}")
def document(request: Request, slug: str, library: Annotated[Library, Depends(library)], ban: str = "") -> Response:
    """A document with its whole text, if one is held; ``ban`` names the edition."""
    found = detail(library.store, slug, ban)
    if found.document.slug != slug:
        return RedirectResponse(found.document.url, status_code=301)
    editions = {edition.name: edition for edition in found.editions}
    edition = editions.get(ban) or next(iter(editions.values()), None)
    context = {
        "document": found.document,
        "standing": found.standing,
        "facts": found.facts,
        "fact_labels": FACT_LABELS,
        "editions": found.editions,
        "edition": edition,
        "contents": found.contents,
        "units": library.store.text(slug, edition.name) if edition else (),
        "relations": neighbours(found.relations, slug),
    }
    return templates.TemplateResponse(request, "document.html", context)


@router.get("/van-ban/{slug}/{path}")
def provision(
    request: Request, slug: str, path: str, library: Annotated[Library, Depends(library)], ban: str = ""
) -> Response:
    """A điều on a page of its own; the address of a khoản or điểm shows its điều with that place marked."""
    article = library.store.article(slug, path, ban)
    if article.document.slug != slug:
        return RedirectResponse(provision_address(article.document.slug, path), status_code=301)
    relations = library.store.relations(slug)
    context = {
        "article": article,
        "relations": neighbours(_touching(relations, slug, article.provision), slug),
    }
    return templates.TemplateResponse(request, "article.html", context)


def neighbours(relations: Iterable[RelationView], slug: str) -> list[NeighbourGroup]:
    """The relations of a document by kind and direction, those to one other document together."""
    sided = sorted(relations, key=lambda one: (one.kind, one.object.slug == slug, _other(one, slug).slug))
    groups = []
    for (kind, passive), members in groupby(sided, key=lambda one: (one.kind, one.object.slug == slug)):
        held = list(members)
        entries = tuple(
            _neighbour(list(same), slug) for _, same in groupby(held, key=lambda one: _other(one, slug).slug)
        )
        groups.append(NeighbourGroup(kind.passive_label if passive else kind.label, len(held), entries))
    return groups


def _neighbour(relations: list[RelationView], slug: str) -> Neighbour:
    other = _other(relations[0], slug)
    own = sorted({_own_path(one, slug) for one in relations} - {""})
    days = {one.effective for one in relations}
    return Neighbour(
        url=document_address(other.slug),
        citation=other.citation,
        title=other.title,
        places=", ".join(_label(path) for path in own[:12]) + (" …" if len(own) > 12 else ""),
        effective=days.pop() if len(days) == 1 else None,
        count=len(relations),
        provenance=relations[0].provenances[0],
    )


def _label(path: str) -> str:
    place = parse_path(path)
    return place.label if place else path


def _other(relation: RelationView, slug: str) -> DocumentView:
    return relation.object if relation.subject.slug == slug else relation.subject


def _own_path(relation: RelationView, slug: str) -> str:
    return relation.subject_path if relation.subject.slug == slug else relation.object_path


def _touching(relations: Iterable[RelationView], slug: str, provision: Provision) -> list[RelationView]:
    """The relations that name this provision or something in it."""
    inside = {node.path for node in provision.walk()}
    return [one for one in relations if _own_path(one, slug) in inside]
