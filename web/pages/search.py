"""The search page: one box, the hits, and facets as removable chips."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from indexer.results import SearchResult
from indexer.search import Sort
from kb.errors import UnusableInputError
from web.dependencies import library
from web.library import Library
from web.paging import last_page, page_links, page_number
from web.rendering import link, templates

router = APIRouter()

FACETS = {
    "kind": "Loại kết quả",
    "type": "Loại văn bản",
    "status": "Tình trạng hiệu lực",
    "year": "Năm ban hành",
    "issuer": "Cơ quan ban hành",
    "field": "Lĩnh vực",
}
SORTS: Mapping[Sort, str] = {
    "relevance": "liên quan nhất",
    "newest": "mới nhất",
    "oldest": "cũ nhất",
    "number": "số ký hiệu",
}
_LISTED = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: query, filters by facet, sort."""

    query: str
    filters: Mapping[str, Sequence[str]]
    sort: Sort

    @property
    def parameters(self) -> dict[str, object]:
        """As parameters of an address; the default sort is left out."""
        return {"q": self.query, **self.filters, "sort": "" if self.sort == "relevance" else self.sort}

    def address(self, **changed: object) -> str:
        """The address of this search with some parameters changed; paging starts anew."""
        return link("/", {**self.parameters, **changed})

    def with_value(self, facet: str, value: str) -> str:
        """The address with one more value of a facet."""
        return self.address(**{facet: [*self.filters.get(facet, ()), value]})

    def without_value(self, facet: str, value: str) -> str:
        """The address without one value of a facet."""
        return self.address(**{facet: [other for other in self.filters.get(facet, ()) if other != value]})


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that narrows, widens or sorts the result."""

    label: str
    url: str
    name: str = ""
    count: int = 0
    chosen: bool = False


def asked(  # noqa: PLR0913, PLR0917 - one parameter a facet
    q: Annotated[str, Query()] = "",
    kind: Annotated[list[str] | None, Query()] = None,
    type: Annotated[list[str] | None, Query()] = None,  # noqa: A002 - the name in the address
    issuer: Annotated[list[str] | None, Query()] = None,
    year: Annotated[list[str] | None, Query()] = None,
    status: Annotated[list[str] | None, Query()] = None,
    field: Annotated[list[str] | None, Query()] = None,
    sort: Annotated[str, Query()] = "relevance",
) -> Asked:
    """Read the search from the address; raise ``UnusableInputError`` for a sort that does not exist."""
    given = {"kind": kind, "type": type, "issuer": issuer, "year": year, "status": status, "field": field}
    for known in SORTS:
        if sort == known:
            filters = {name: [value for value in values if value] for name, values in given.items() if values}
            return Asked(q.strip(), filters, known)
    raise UnusableInputError(f"Không có cách sắp xếp {sort!r}.", f"Chọn một trong: {', '.join(SORTS)}.")


@router.get("/")
def search_page(
    request: Request,
    search: Annotated[Asked, Depends(asked)],
    library: Annotated[Library, Depends(library)],
    trang: str = "1",
) -> Response:
    """The box; with a query or a filter, its hits."""
    context = {"request_query": search.query, "counts": library.store.counts(), "result": None, "page": 1}
    if search.query or search.filters:
        context |= _found(library, search, trang)
    return templates.TemplateResponse(request, "search.html", context)


def run(library: Library, search: Asked, *, limit: int, offset: int) -> SearchResult:
    """Ask the index; raise ``UnusableInputError`` for a query longer than the setting allows."""
    longest = library.settings.query_length
    if len(search.query) > longest:
        raise UnusableInputError(f"Câu tìm dài {len(search.query)} ký tự.", f"Dài nhất là {longest} ký tự.")
    return library.index.search(search.query, filters=search.filters, sort=search.sort, limit=limit, offset=offset)


def _found(library: Library, search: Asked, wanted: str) -> dict[str, object]:
    size, deepest = library.settings.page_size, library.settings.deepest_hit
    guess = page_number(wanted, deepest, size)
    result = run(library, search, limit=size, offset=(guess - 1) * size)
    reachable = min(result.total, deepest)
    page = page_number(wanted, reachable, size)
    if page != guess:  # a page that the result does not have shows the first one
        result = run(library, search, limit=size, offset=0)
    return {
        "result": result,
        "page": page,
        "pages": page_links("/", search.parameters, page, last_page(reachable, size)),
        "understood": [step.meaning for step in result.understood],
        "facets": _facets(search, result),
        "chosen": _chosen(search, result),
        "sorts": [
            Choice(label, search.address(sort=sort), chosen=sort == search.sort) for sort, label in SORTS.items()
        ],
    }


def _facets(search: Asked, result: SearchResult) -> list[dict[str, object]]:
    shown: list[dict[str, object]] = []
    for name, label in FACETS.items():
        chosen = search.filters.get(name, ())
        values = [value for value in result.facets.get(name, ()) if value.value not in chosen]
        choices = [
            Choice(value.label, search.with_value(name, value.value), count=value.count) for value in values[:_LISTED]
        ]
        if choices:
            shown.append({"label": label, "values": choices})
    return shown


def _chosen(search: Asked, result: SearchResult) -> list[Choice]:
    labels = {(name, value.value): value.label for name, values in result.facets.items() for value in values}
    return [
        Choice(labels.get((name, value), value), search.without_value(name, value), name=FACETS[name])
        for name, values in search.filters.items()
        for value in values
    ]
