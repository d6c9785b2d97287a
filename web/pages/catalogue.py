"""The lists of tasks and procedures, and a page for each of their entries."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from web.dependencies import library
from web.library import Library
from web.paging import last_page, page_links, page_number
from web.rendering import templates

router = APIRouter()

_ROWS = 100


@router.get("/thu-tuc")
def procedures(request: Request, library: Annotated[Library, Depends(library)], trang: str = "1") -> Response:
    """The official list of procedures."""
    held = library.store.procedures()
    page = page_number(trang, len(held), _ROWS)
    context = {
        "procedures": held[(page - 1) * _ROWS : page * _ROWS],
        "total": len(held),
        "page": page,
        "pages": page_links("/thu-tuc", {}, page, last_page(len(held), _ROWS)),
    }
    return templates.TemplateResponse(request, "procedures.html", context)


@router.get("/thu-tuc/{code}")
def procedure(request: Request, code: str, library: Annotated[Library, Depends(library)]) -> Response:
    """One procedure."""
    return templates.TemplateResponse(request, "procedure.html", {"procedure": library.store.procedure(code)})


@router.get("/nhiem-vu")
def tasks(request: Request, library: Annotated[Library, Depends(library)], trang: str = "1") -> Response:
    """The tasks held by name."""
    held = library.store.tasks()
    page = page_number(trang, len(held), _ROWS)
    context = {
        "tasks": held[(page - 1) * _ROWS : page * _ROWS],
        "total": len(held),
        "page": page,
        "pages": page_links("/nhiem-vu", {}, page, last_page(len(held), _ROWS)),
    }
    return templates.TemplateResponse(request, "tasks.html", context)


@router.get("/nhiem-vu/{task_id}")
def task(request: Request, task_id: str, library: Annotated[Library, Depends(library)]) -> Response:
    """One task, with the document that assigns it."""
    held = library.store.task(task_id)
    context = {"task": held, "source_documents": library.store.resolve(held.source)}
    return templates.TemplateResponse(request, "task.html", context)
