"""A document: its facts, its text, its relations, and a permanent address for every provision."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from kb.addresses import document_address, procedure_address, provision_address, task_address
from kb.citation import parse_path
from kb.errors import NotFoundError
from kb.lookup import Choices, DocumentDetail, Shown, detail, lookup
from kb.model import Procedure, Task
from kb.store import ArticleView, DocumentView
from kb.validity import provision_standing_of
from web.dependencies import library
from web.errors import RefusedError
from web.library import Library
from web.paging import Pages
from web.reading import blocks_of
from web.relations import groups_of
from web.rendering import link, templates

router = APIRouter()

_NEIGHBOURS = 50


@router.get("/so/{number:path}")
def by_number(request: Request, number: str, library: Annotated[Library, Depends(library)]) -> Response:
    """The document with this number; where several carry it, the choice."""
    found = lookup(library.store, number)
    if isinstance(found, Choices):
        context = {"number": number, "documents": found.documents}
        return templates.TemplateResponse(request, "choices.html", context, status_code=300)
    return RedirectResponse(_address(found), status_code=303)


@router.get("/van-ban/{slug}")
def document(request: Request, slug: str, library: Annotated[Library, Depends(library)], ban: str = "") -> Response:
    """A document with its whole text, if one is held; ``ban`` names the edition."""
    found = detail(library.store, slug, ban)
    if found.document.slug != slug:
        return RedirectResponse(link(found.document.url, {"ban": ban}), status_code=301)
    editions = {edition.name: edition for edition in found.editions}
    edition = editions.get(ban) or next(iter(editions.values()), None)
    context = {
        "document": found.document,
        "standing": found.standing,
        "facts": found.facts,
        "editions": found.editions,
        "edition": edition,
        "contents": found.contents,
        "blocks": blocks_of(library.store.text(slug, edition.name), slug) if edition else [],
        "groups": groups_of(found.relations, slug),
    }
    return templates.TemplateResponse(request, "document.html", context)


@router.get("/van-ban/{slug}/luoc-do")
def relations(
    request: Request, slug: str, library: Annotated[Library, Depends(library)], nhom: str = "", trang: str = "1"
) -> Response:
    """The relations of a document in pages; ``nhom`` names the group, by default the first."""
    shown = library.store.document(slug)
    groups = groups_of(library.store.relations(slug), shown.slug)
    chosen = next((group for group in groups if group.name == nhom), groups[0] if groups else None)
    neighbours = chosen.neighbours if chosen else ()
    path, parameters = f"{shown.url}/luoc-do", {"nhom": chosen.name if chosen else ""}
    pages = Pages.of(path, parameters, trang, len(neighbours), _NEIGHBOURS)
    context = {
        "document": shown,
        "groups": groups,
        "chosen": chosen,
        "neighbours": pages.cut(neighbours),
        "pages": pages,
    }
    return templates.TemplateResponse(request, "relations.html", context)


@router.get("/van-ban/{slug}/{path}")
def provision(
    request: Request, slug: str, path: str, library: Annotated[Library, Depends(library)], ban: str = ""
) -> Response:
    """A điều on a page of its own; the address of a khoản or điểm shows its điều with that place marked."""
    shown = library.store.document(slug)
    if shown.slug != slug:
        return RedirectResponse(link(provision_address(shown.slug, path), {"ban": ban}), status_code=301)
    article = _article(library, shown, path, ban)
    relations = library.store.relations(slug)
    place = article.place or article.provision.path
    asked = {node.path for node in article.provision.walk()}
    others = library.store.article(shown.slug, path.partition("@")[0]).editions  # without a name: all that hold it
    context = {
        "article": article,
        "others": [name for name in others if name != article.edition.name],
        "name": _name(article.place) or "",
        "standing": provision_standing_of(shown, place, library.store.facts(slug), relations),
        "blocks": blocks_of((article.provision,), slug, level=2),
        "groups": groups_of(relations, slug, asked),
    }
    return templates.TemplateResponse(request, "article.html", context)


def _address(found: Shown) -> str:
    if isinstance(found, Procedure):
        return procedure_address(found.code)
    if isinstance(found, Task):
        return task_address(found.id)
    return found.document.url if isinstance(found, DocumentDetail) else _article_address(found)


def _article_address(found: ArticleView | Choices) -> str:
    return found.url if isinstance(found, ArticleView) else "/"


def _article(library: Library, shown: DocumentView, path: str, edition: str) -> ArticleView:
    try:
        return library.store.article(shown.slug, path, edition)
    except NotFoundError as error:
        raise RefusedError(
            error.problem,
            error.remedy,
            code=404,
            told=f"Kho không có {_name(path) or 'phần này'} của {shown.citation}.",
            way="Hãy xem mục lục của văn bản.",
            links=[(shown.citation, document_address(shown.slug))],
        ) from error


def _name(path: str) -> str:
    place = parse_path(path.partition("@")[0])
    return place.label if place else ""
