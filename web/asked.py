"""What the address of a search asks for, and the addresses of the searches next to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, get_args

from fastapi import Query

from indexer.plan import FILTERS
from indexer.search import Sort
from web.errors import RefusedError
from web.rendering import link

MOST_VALUES = 60
"""How many values of all filters together an address may name: more than any page offers."""


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

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Parameters that go along when the words in the box change."""
        chosen = [(name, value) for name, values in self.filters.items() for value in values]
        return chosen if self.sort == "relevance" else [*chosen, ("sort", self.sort)]

    def address(self, **changed: object) -> str:
        """The address of this search with some parameters changed; paging starts anew."""
        return link("/", {**self.parameters, **changed})

    def with_value(self, facet: str, value: str) -> str:
        """The address with one more value of a facet."""
        return self.address(**{facet: [*self.filters.get(facet, ()), value]})

    def without_value(self, facet: str, value: str) -> str:
        """The address without one value of a facet."""
        return self.address(**{facet: [other for other in self.filters.get(facet, ()) if other != value]})


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
    """Read the search from the address; raise ``RefusedError`` for a sort or year that does not exist."""
    given = dict(zip(FILTERS, (kind, type, issuer, year, status, field), strict=True))
    chosen = {name: list(dict.fromkeys(value for value in values if value)) for name, values in given.items() if values}
    filters = {name: values for name, values in chosen.items() if values}
    _check(filters)
    for known in get_args(Sort):
        if sort == known:
            return Asked(q.strip(), filters, known)
    raise RefusedError(
        f"Hits cannot be sorted by {sort[:40]!r}.",
        f"Choose {', '.join(get_args(Sort))}.",
        told=f"Không có cách sắp xếp “{sort[:40]}”.",
        way="Hãy chọn cách sắp xếp ở đầu trang kết quả.",
    )


def _check(filters: Mapping[str, Sequence[str]]) -> None:
    for year in filters.get("year", ()):
        if not (year.isascii() and year.isdecimal() and len(year) <= 4):
            raise RefusedError(
                f"{year[:40]!r} is not a year.",
                "Give four digits, such as 2023.",
                told=f"“{year[:40]}” không phải là một năm.",
                way="Hãy ghi năm bằng bốn chữ số, ví dụ 2023.",
            )
    if sum(map(len, filters.values())) > MOST_VALUES:
        raise RefusedError(
            f"More than {MOST_VALUES} values of filters.",
            "Name fewer.",
            told=f"Địa chỉ nêu hơn {MOST_VALUES} điều kiện lọc.",
            way="Hãy bớt điều kiện lọc.",
        )


def check_length(query: str, longest: int) -> None:
    """Raise ``RefusedError`` for a query longer than the setting allows."""
    if len(query) > longest:
        raise RefusedError(
            f"The query has {len(query):,} characters.",
            f"The longest that is searched has {longest:,} (DEAN06_QUERY_LENGTH).",
            told=f"Câu tìm dài {len(query)} ký tự; dài nhất là {longest} ký tự.",
            way="Hãy rút gọn câu tìm.",
        )
