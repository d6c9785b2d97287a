"""The lists of tasks and procedures, and a page for each of their entries."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from kb.store import Store
from kb.validity import standing_of
from web.dependencies import library
from web.library import Library
from web.paging import Pages
from web.rendering import templates

router = APIRouter()

_ROWS = 100


@router.get("/thu-tuc")
def procedures(request: Request, library: Annotated[Library, Depends(library)], trang: str = "1") -> Response:
    """The official list of procedures."""
    held = library.remembered(Store.procedures)
    pages = Pages.of("/thu-tuc", {}, trang, len(held), _ROWS)
    context = {"procedures": pages.cut(held), "total": len(held), "pages": pages}
    return templates.TemplateResponse(request, "procedures.html", context)


@router.get("/thu-tuc/{code}")
def procedure(request: Request, code: str, library: Annotated[Library, Depends(library)]) -> Response:
    """One procedure."""
    return templates.TemplateResponse(request, "procedure.html", {"procedure": library.store.procedure(code)})


@router.get("/nhiem-vu")
def tasks(request: Request, library: Annotated[Library, Depends(library)], trang: str = "1") -> Response:
    """The tasks held by name, and of how many the source states deadline and state."""
    held = library.remembered(Store.tasks)
    pages = Pages.of("/nhiem-vu", {}, trang, len(held), _ROWS)
    context = {
        "tasks": pages.cut(held),
        "total": len(held),
        "dated": sum(bool(task.deadline or task.deadline_wording) for task in held),
        "stated": sum(bool(task.state_wording) for task in held),
        "pages": pages,
    }
    return templates.TemplateResponse(request, "tasks.html", context)


@router.get("/nhiem-vu/{task_id}")
def task(request: Request, task_id: str, library: Annotated[Library, Depends(library)]) -> Response:
    """One task, with the document that assigns it and whether that stands."""
    store = library.store
    held = store.task(task_id)
    sources = store.resolve(held.source)
    source = sources[0] if len(sources) == 1 else None
    standing = standing_of(source, store.facts(source.slug), store.relations(source.slug)) if source else None
    context = {"task": held, "source": source, "choices": sources if not source else [], "standing": standing}
    return templates.TemplateResponse(request, "task.html", context)
