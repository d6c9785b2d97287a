"""Pages of a long list: which one is asked for, and the links to its neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from web.rendering import link


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to a page of the list; ``label`` is what stands on it."""

    label: str
    url: str
    current: bool = False


def page_number(asked: str, total: int, size: int) -> int:
    """The page that was asked for; anything that is not a page of the list gives the first one.

    >>> page_number("3", 100, 20), page_number("9", 100, 20), page_number("x", 100, 20)
    (3, 1, 1)
    """
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    return number if 1 <= number <= last_page(total, size) else 1


def last_page(total: int, size: int) -> int:
    """The number of the last page; an empty list still has one."""
    return max(1, -(-total // size))


def page_links(path: str, parameters: Mapping[str, object], page: int, last: int) -> list[PageLink]:
    """Links to the first, the neighbouring and the last pages, in order; none for a list of one page."""
    if last == 1:
        return []
    near = {1, last, *range(max(1, page - 2), min(last, page + 2) + 1)}
    return [
        PageLink(str(number), link(path, {**parameters, "trang": number if number > 1 else ""}), number == page)
        for number in sorted(near)
    ]
