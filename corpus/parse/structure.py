"""The structure of a legal text: from plain text to the tree of its provisions."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from corpus.parse.annexes import AnnexHeading
from corpus.parse.captions import annex_title, article_heading, container_heading
from corpus.parse.gaps import Gap, find_gaps
from corpus.parse.gazette import is_continued_from_issue
from corpus.parse.headings import Heading, find_heading
from corpus.parse.items import split_items, split_programme
from corpus.parse.lines import read_lines, wrap_width
from corpus.parse.quotations import find_quotations
from corpus.parse.regions import Region, find_regions
from corpus.parse.sequence import follow
from kb.citation import label_slug
from kb.model import Provision, ProvisionKind

_RANK = {
    ProvisionKind.PART: 0,
    ProvisionKind.CHAPTER: 1,
    ProvisionKind.SECTION: 2,
    ProvisionKind.SUBSECTION: 3,
    ProvisionKind.ARTICLE: 4,
}


@dataclass(frozen=True, slots=True)
class Structure:
    """A text as a tree: the texts of all nodes, in order, give it back to the letter.

    ``own_articles`` counts the điều of the document itself, ``annex_articles`` those of what is issued with it,
    ``quoted_articles`` those in quotations, which belong to the act that is amended.
    """

    roots: tuple[Provision, ...]
    gaps: tuple[Gap, ...] = ()
    own_articles: int = 0
    annex_articles: int = 0
    quoted_articles: int = 0

    def walk(self) -> Iterator[Provision]:
        """All nodes in the order of the text."""
        for root in self.roots:
            yield from root.walk()


def parse_structure(text: str) -> Structure:
    r"""Split a document into phần, chương, mục, điều, khoản, điểm, its signature and annexes; never raises.

    >>> structure = parse_structure("LUẬT\nĐiều 1. Phạm vi\n1. Một.\n2. Hai.\nĐiều 2. Hiệu lực\nTừ nay.\n")
    >>> [node.path for node in structure.walk()]
    ['mo-dau', 'dieu-1', 'dieu-1.khoan-1', 'dieu-1.khoan-2', 'dieu-2']
    """
    if not text:
        return Structure(())
    return _Parser(text).parse()


class _Parser:
    """One parse of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = read_lines(text)
        self._width = wrap_width(self._lines)
        quotations = find_quotations(text)
        self._quoted = [quotations.holds(line.said_at + 3) for line in self._lines]
        headings = [found for i in range(len(self._lines)) if (found := find_heading(self._lines, i)) is not None]
        self._own = [heading for heading in headings if not self._quoted[heading.line]]
        self._own_lines = [heading.line for heading in self._own]
        self._quoted_articles = [h for h in headings if h.kind is ProvisionKind.ARTICLE and self._quoted[h.line]]

    def parse(self) -> Structure:
        articles = [heading for heading in self._own if heading.kind is ProvisionKind.ARTICLE]
        regions = find_regions(self._lines, articles, self._quoted)
        roots = _with_unique_paths(tuple(self._roots(regions)))
        nodes = [node for root in roots for node in root.walk()]
        in_annexes = sum(
            node.kind is ProvisionKind.ARTICLE
            for root in roots
            if root.kind is ProvisionKind.ANNEX
            for node in root.walk()
        )
        total = sum(node.kind is ProvisionKind.ARTICLE for node in nodes)
        return Structure(roots, find_gaps(roots), total - in_annexes, in_annexes, len(self._quoted_articles))

    def _roots(self, regions: list[Region]) -> Iterator[Provision]:
        numbers = _free_numbers(regions)
        annexes: list[Provision] = []
        for region in regions:
            if region.kind is ProvisionKind.SIGNATURE:
                text = self._slice(region.first, region.end)
                yield Provision(ProvisionKind.SIGNATURE, "", ProvisionKind.SIGNATURE.slug, "", text)
            elif region.annex is None:
                yield from self._body(region)
            elif region.annex.is_form and annexes and not annexes[-1].path.startswith("mau-"):
                form = self._annex(region, region.annex, f"{annexes[-1].path}.{region.annex.slug}")
                annexes[-1] = replace(annexes[-1], children=(*annexes[-1].children, form))
            else:
                slug = region.annex.slug or f"{ProvisionKind.ANNEX.slug}-{next(numbers)}"
                annexes.append(self._annex(region, region.annex, slug))
        yield from annexes

    def _body(self, region: Region) -> Iterator[Provision]:
        lead, units = self._units(region.first, region.end, "")
        if units:
            if lead:
                yield _preamble(lead)
            yield from units
            return
        lead, items = split_items(lead, "")
        if lead:
            yield _preamble(lead)
        yield from items

    def _annex(self, region: Region, annex: AnnexHeading, path: str) -> Provision:
        lead, units = self._units(region.first, region.end, path)
        title = annex_title(self._lines, annex.last_line + 1, region.end)
        return Provision(ProvisionKind.ANNEX, annex.label, path, title, lead, tuple(units))

    def _units(self, first: int, end: int, path: str) -> tuple[str, list[Provision]]:
        """The text before the first unit of the lines ``first`` to ``end``, and the trees of its units."""
        headings = self._accepted(first, end)
        edges = [*(heading.line for heading in headings), end]
        flat = [self._unit(heading, stop) for heading, stop in zip(headings, edges[1:], strict=True)]
        return self._slice(first, edges[0]), _nest(flat, path)

    def _accepted(self, first: int, end: int) -> list[Heading]:
        inside = self._own[bisect_left(self._own_lines, first) : bisect_left(self._own_lines, end)]
        articles = follow([heading for heading in inside if heading.kind is ProvisionKind.ARTICLE])
        lines = {article.line for article in articles}
        last_article = articles[-1].line if articles else end
        kept: list[Heading] = []
        for heading in inside:
            if heading.kind is ProvisionKind.ARTICLE:
                if heading.line in lines:
                    kept.append(heading)
            elif heading.line < last_article and not self._continues_chapter(kept, heading):
                kept.append(heading)
        return kept

    def _continues_chapter(self, before: list[Heading], heading: Heading) -> bool:
        """Whether the next issue of the Công báo repeats the heading of the chapter it goes on with."""
        last = next((earlier for earlier in reversed(before) if earlier.kind is heading.kind), None)
        if last is None or last.order != heading.order:
            return False
        return is_continued_from_issue(self._slice(before[-1].line, heading.line))

    def _unit(self, heading: Heading, end: int) -> Provision:
        text = self._slice(heading.line, end)
        if heading.kind is ProvisionKind.ARTICLE:
            title = article_heading(self._lines, heading, end, self._width)
        else:
            title = container_heading(self._lines, heading, end)
        return Provision(heading.kind, heading.label, "", title, text)

    def _slice(self, first: int, end: int) -> str:
        if first >= end:
            return ""
        return self._text[self._lines[first].start : self._lines[end - 1].end]


def _free_numbers(regions: list[Region]) -> Iterator[int]:
    """Numbers for annexes without one: those that no annex of the text bears."""
    taken = {region.annex.slug for region in regions if region.annex is not None}
    return (number for number in count(1) if f"{ProvisionKind.ANNEX.slug}-{number}" not in taken)


def _preamble(text: str) -> Provision:
    return Provision(ProvisionKind.PREAMBLE, "", ProvisionKind.PREAMBLE.slug, "", text)


def _nest(units: Sequence[Provision], path: str) -> list[Provision]:
    """Put each unit under the last one of higher rank: điều under mục, mục under chương, chương under phần."""
    roots: list[Provision] = []
    index = 0
    while index < len(units):
        unit = units[index]
        stop = index + 1
        while stop < len(units) and _RANK[units[stop].kind] > _RANK[unit.kind]:
            stop += 1
        roots.append(_placed(unit, units[index + 1 : stop], path))
        index = stop
    return roots


def _placed(unit: Provision, below: Sequence[Provision], path: str) -> Provision:
    stem = f"{path}." if path else ""
    own = f"{stem}{unit.kind.slug}-{label_slug(unit.label)}"
    if unit.kind is ProvisionKind.ARTICLE:
        lead, children = split_programme(unit.text, own)
        return replace(unit, path=own, text=lead, children=children)
    if not below:
        lead, children = split_items(unit.text, own)
        return replace(unit, path=own, text=lead, children=children)
    return replace(unit, path=own, children=tuple(_nest_in_container(below, path, own)))


def _nest_in_container(units: Sequence[Provision], path: str, container: str) -> list[Provision]:
    """Chương and mục stand under their container's address; điều do not, whatever container they stand in."""
    return [
        node if node.kind is ProvisionKind.ARTICLE else _moved(node, path, container) for node in _nest(units, path)
    ]


def _moved(node: Provision, path: str, container: str) -> Provision:
    tail = node.path.removeprefix(f"{path}." if path else "")
    children = tuple(
        child if child.kind is ProvisionKind.ARTICLE else _moved(child, path, container) for child in node.children
    )
    return replace(node, path=f"{container}.{tail}", children=children)


def _with_unique_paths(roots: tuple[Provision, ...]) -> tuple[Provision, ...]:
    """The same trees, a path that came before marked "~2", together with the paths below it."""
    seen: Counter[str] = Counter()
    return tuple(_unique(root, "", "", seen) for root in roots)


def _unique(node: Provision, old_stem: str, new_stem: str, seen: Counter[str]) -> Provision:
    path = node.path
    if old_stem and path.startswith(f"{old_stem}."):
        path = new_stem + path[len(old_stem) :]
    seen[path] += 1
    if seen[path] > 1:
        path = f"{path}~{seen[path]}"
    children = tuple(_unique(child, node.path, path, seen) for child in node.children)
    return replace(node, path=path, children=children) if path != node.path or children != node.children else node
