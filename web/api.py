"""The same for programs: JSON under ``/api``, one error shape."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from kb.errors import UnusableInputError
from kb.lookup import lookup
from kb.values import as_values
from web.dependencies import library
from web.library import Library
from web.pages.search import Asked, asked, run

router = APIRouter(prefix="/api")


@router.get("/search")
def search(
    search: Annotated[Asked, Depends(asked)],
    library: Annotated[Library, Depends(library)],
    limit: Annotated[int, Query(ge=0, le=100)] = 20,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> dict[str, Any]:
    """The result of a search, as ``dean06 search --json`` prints it."""
    deepest = library.settings.deepest_hit
    if limit + offset > deepest:
        raise UnusableInputError(
            f"offset {offset} is too deep.", f"Hits can be paged to the {deepest:,}th; narrow the query."
        )
    return run(library, search, limit=limit, offset=offset).as_json()


@router.get("/show/{asked:path}")
def show(asked: str, library: Annotated[Library, Depends(library)]) -> dict[str, Any]:
    """One thing with its sources, as ``dean06 show --json`` prints it."""
    values: dict[str, Any] = as_values(lookup(library.store, asked))
    return values
