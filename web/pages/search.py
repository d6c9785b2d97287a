"""The search page: one box, the hits, and facets as removable chips."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from indexer.nothing import Nothing
from indexer.results import SearchResult
from indexer.search import Sort
from kb.store import Store
from web.asked import Asked, asked, check_length
from web.dependencies import library
from web.facets import chosen_of, facets_of
from web.library import Library
from web.paging import Pages, page_number
from web.rendering import templates

router = APIRouter()

SORTS: Mapping[Sort, str] = {
    "relevance": "liên quan nhất",
    "newest": "mới nhất",
    "oldest": "cũ nhất",
    "number": "số ký hiệu",
}


@router.get("/")
def search_page(
    request: Request,
    search: Annotated[Asked, Depends(asked)],
    library: Annotated[Library, Depends(library)],
    trang: str = "1",
    loc: str = "",
) -> Response:
    """The box; with a query or a filter, its hits. ``loc`` names the facet that is listed whole."""
    context: dict[str, object] = {"asked": search, "counts": library.remembered(Store.counts)}
    if not (search.query or search.filters):
        return templates.TemplateResponse(request, "home.html", context)
    return templates.TemplateResponse(request, "search.html", context | _found(library, search, trang, loc))


def run(library: Library, search: Asked, *, limit: int, offset: int) -> SearchResult:
    """Ask the index; raise ``RefusedError`` for a query longer than the setting allows."""
    check_length(search.query, library.settings.query_length)
    return library.index.search(search.query, filters=search.filters, sort=search.sort, limit=limit, offset=offset)


def _found(library: Library, search: Asked, wanted: str, whole: str) -> dict[str, object]:
    size, deepest = library.settings.page_size, library.settings.deepest_hit
    guess = page_number(wanted, deepest, size)
    result = run(library, search, limit=size, offset=(guess - 1) * size)
    pages = Pages.of("/", search.parameters, wanted, min(result.total, deepest), size)
    if pages.number != guess:  # a page that the result does not have shows the first one
        result = run(library, search, limit=size, offset=0)
    return {
        "result": result,
        "pages": pages,
        "facets": facets_of(search, result, whole),
        "chosen": chosen_of(search, result),
        "sorts": [(label, "" if sort == search.sort else search.address(sort=sort)) for sort, label in SORTS.items()],
        "looser": _looser(search, result.nothing),
    }


def _looser(search: Asked, nothing: Nothing | None) -> list[tuple[str, str, int]]:
    """Searches that ask for less and find something: what they give up, their address, and how much they find."""
    if nothing is None:
        return []
    return [
        (
            f"{one.query} (bỏ {one.gives_up})" if one.query != search.query else f"bỏ {one.gives_up}",
            Asked(one.query, search.filters if one.filtered else {}, search.sort).address(),
            one.count,
        )
        for one in nothing.looser
    ]
