"""Pages of a long list: which one is asked for, and the links to its neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from web.rendering import link

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to a page of the list; ``after_gap`` where pages are left out before it."""

    number: int
    url: str
    after_gap: bool = False


@dataclass(frozen=True, slots=True)
class Pages:
    """The page of a list that is shown, of how many, and where the others are."""

    number: int
    last: int
    size: int
    links: tuple[PageLink, ...]

    @classmethod
    def of(cls, path: str, parameters: Mapping[str, object], asked: str, total: int, size: int) -> Pages:
        """The pages of a list of ``total`` entries at ``path``; a list of one page has no links."""
        last = last_page(total, size)
        number = page_number(asked, total, size)
        near = sorted({1, last, *range(max(1, number - 2), min(last, number + 2) + 1)}) if last > 1 else []
        links = tuple(
            PageLink(page, link(path, {**parameters, "trang": page if page > 1 else ""}), after_gap=page - before > 1)
            for before, page in zip([0, *near], near, strict=False)
        )
        return cls(number, last, size, links)

    def cut(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """The entries on this page."""
        return entries[(self.number - 1) * self.size : self.number * self.size]

    @property
    def previous(self) -> str:
        """The address of the page before, empty on the first."""
        return self._address(self.number - 1)

    @property
    def following(self) -> str:
        """The address of the page after, empty on the last."""
        return self._address(self.number + 1)

    def _address(self, number: int) -> str:
        return next((one.url for one in self.links if one.number == number), "")


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
