"""Searches, and one thing with its sources."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from kb.errors import UnusableInputError
from kb.lookup import Choices, lookup
from kb.values import as_values
from web.asked import Asked, asked
from web.dependencies import library
from web.library import Library
from web.pages.search import run

router = APIRouter()


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
            f"Offset {offset:,} is too deep.",
            f"Hits can be paged to the {deepest:,}th (DEAN06_DEEPEST_HIT); narrow the query.",
        )
    return run(library, search, limit=limit, offset=offset).as_json()


@router.get("/show/{name:path}")
def show(name: str, library: Annotated[Library, Depends(library)], response: Response) -> dict[str, Any]:
    """One thing with its sources, as ``dean06 show --json`` prints it; choices come with status 300."""
    found = lookup(library.store, name)
    if isinstance(found, Choices):
        response.status_code = 300
    values: dict[str, Any] = as_values(found)
    return values
