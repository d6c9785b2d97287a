"""Which part of a page is the document, and which what the site puts around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.blocks import Block
from corpus.formats.notices import is_letterhead

_AROUND_NAMES = frozenset({"nav", "header", "footer", "aside", "menu"})
_AROUND_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog", "alert"}
)
_AROUND = (
    "nav navbar navigation menu submenu megamenu breadcrumb breadcrumbs footer header sidebar topbar toolbar pagination pager toc"
    " paging social share sharing comment comments related login signin search banner ads advert copyright hotline cookie popup"
    " modal skip sitemap widget"
)
_AROUND_WORDS = frozenset(_AROUND.split())
_SECTION = re.compile(r"(?:Word)?Section\d+", re.IGNORECASE)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_MARKERS = re.compile(
    r"Điều\s+\d+[a-zđ]?\s*[.:]|Căn\s+cứ\s|Nơi\s+nhận|Số\s*:\s*\d|PHỤ\s+LỤC\b|Phụ\s+lục\s+[IVX\d]|Mẫu\s+số|Kính\s+gửi"
    r"|(?:CHƯƠNG|Chương)\s+[IVX\d]+\b|(?:TM|KT)\.\s"
)
_ARTICLE = re.compile(r"Điều\s+\d+[a-zđ]?\s*[.:]")
_FEWEST_MARKERS = 3
_NEARLY_ALL = 0.9  # of the letters
_LONG_PROSE = 400  # characters without links: too much for a footer
_LINKED_PROSE = 0.2


@dataclass(frozen=True, slots=True)
class Placed(Block):
    """A block of a page: the number of the element that it stands in, how many of its letters are links, and how many links."""

    home: int = 0
    linked: int = 0
    links: int = 0

    @property
    def is_link(self) -> bool:
        """Whether nearly all of it is links."""
        return self.linked >= _NEARLY_ALL * len(self.text)

    @property
    def plain(self) -> Block:
        """The block itself."""
        return Block(self.kind, self.text, self.position, level=self.level, rows=self.rows)


def is_around(name: str, values: dict[str, str]) -> bool:
    """Whether an element says of itself, by its name, role or class, that it belongs to the site.

    >>> is_around("div", {"class": "main-menu"}), is_around("div", {"class": "content"}), is_around("div", {"id": "topBar"})
    (True, False, True)
    """
    if name in {"body", "form", "main"}:
        return False
    if name in _AROUND_NAMES or values.get("role", "").lower() in _AROUND_ROLES:
        return True
    named = f"{values.get('class', '')} {values.get('id', '')}"
    words = {word.lower() for word in _WORDS.findall(named)} | set(re.split(r"[\W_]+", named.lower()))
    return not words.isdisjoint(_AROUND_WORDS)


def is_section(values: dict[str, str]) -> bool:
    """Whether an element is a section of a Word file saved as a page: its sections are one document."""
    return _SECTION.fullmatch(values.get("class", "")) is not None


def holds_document(blocks: Sequence[Placed]) -> bool:
    """Whether blocks hold the head of a document or several of its articles, and not mere links to them."""
    articles = sum(_ARTICLE.match(block.text) is not None for block in blocks if not block.is_link)
    return articles > 1 or any(is_letterhead(block.text) for block in blocks)


def without_surroundings(blocks: list[Placed], parents: Sequence[int]) -> tuple[list[Placed], int]:
    """The blocks within the innermost element that holds all marks of a document, and how many others there were.

    ``parents`` gives of each element the one around it. Outside of it, long prose stays: an annex may stand there.
    """
    marked = [block.home for block in blocks if _is_marker(block.text)]
    if len(marked) < _FEWEST_MARKERS:
        return blocks, 0
    main = _common(marked, parents)
    if not main:
        return blocks, 0
    inside = _inside(main, parents)
    others = [block for block in blocks if not inside[block.home] and block.text]
    if not others or _is_prose(others):
        return blocks, 0
    return [block for block in blocks if inside[block.home]], len(others)


def _is_marker(text: str) -> bool:
    return _MARKERS.match(text) is not None or is_letterhead(text[:200])


def _common(homes: Iterable[int], parents: Sequence[int]) -> int:
    """The innermost element around all of ``homes``; 0 if that is the page."""
    chains = [_chain(home, parents) for home in set(homes)]
    common = 0
    for level in zip(*chains, strict=False):
        if len(set(level)) > 1:
            break
        common = level[0]
    return common


def _chain(home: int, parents: Sequence[int]) -> list[int]:
    chain = [home]
    while chain[-1]:
        chain.append(parents[chain[-1]])
    return chain[::-1]


def _inside(main: int, parents: Sequence[int]) -> list[bool]:
    """Of each element, whether it is ``main`` or in it; an element's parent has a smaller number."""
    inside = [False] * len(parents)
    for home in range(1, len(parents)):
        inside[home] = home == main or inside[parents[home]]
    return inside


def _is_prose(blocks: Sequence[Placed]) -> bool:
    length = sum(len(block.text) for block in blocks)
    linked = sum(block.linked for block in blocks)
    return length - linked >= _LONG_PROSE and linked <= _LINKED_PROSE * length
