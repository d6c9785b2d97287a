"""The structure of a legal text: from plain text to the tree of its provisions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, count, pairwise

from corpus.parse.annexes import AnnexHeading
from corpus.parse.captions import annex_title, article_heading, container_heading
from corpus.parse.documents import split_documents
from corpus.parse.gaps import Gap, find_gaps
from corpus.parse.gazette import is_continued_from_issue
from corpus.parse.headings import Heading, find_heading
from corpus.parse.items import split_annex, split_items
from corpus.parse.lines import read_lines, wrap_width
from corpus.parse.quotations import find_quotations
from corpus.parse.regions import Region, find_regions
from corpus.parse.sequence import follow
from corpus.parse.tree import nest, with_unique_paths
from kb.model import Provision, ProvisionKind


@dataclass(frozen=True, slots=True)
class Structure:
    """A text as a tree: the texts of all nodes, in order, give it back to the letter.

    ``own_articles`` counts the điều of the document itself, ``annex_articles`` those of what is issued with it,
    ``quoted_articles`` those in quotations, which belong to the act that is amended. Where the text holds further
    documents, ``other_documents`` tells how many: the counts are those of the first, the paths of the others end in "~2".
    """

    roots: tuple[Provision, ...]
    gaps: tuple[Gap, ...] = ()
    own_articles: int = 0
    annex_articles: int = 0
    quoted_articles: int = 0
    other_documents: int = 0

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
    documents = [_Parser(part) for part in split_documents(text) if part]
    trees = [tuple(document.roots()) for document in documents]
    roots = with_unique_paths([root for tree in trees for root in tree])
    edges = [0, *accumulate(len(tree) for tree in trees)]
    gaps = [gap for first, end in pairwise(edges) for gap in find_gaps(roots[first:end])]
    own = roots[: len(trees[0])] if trees else ()
    articles = sum(_count_articles(root) for root in own)
    in_annexes = sum(_count_articles(root) for root in own if root.kind is ProvisionKind.ANNEX)
    return Structure(
        roots,
        tuple(gaps),
        own_articles=articles - in_annexes,
        annex_articles=in_annexes,
        quoted_articles=documents[0].quoted_articles if documents else 0,
        other_documents=max(0, len(documents) - 1),
    )


def _count_articles(root: Provision) -> int:
    return sum(node.kind is ProvisionKind.ARTICLE for node in root.walk())


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
        self._in_quotations = [heading for heading in headings if self._quoted[heading.line]]

    @property
    def quoted_articles(self) -> int:
        """How many headings of articles stand in quotations."""
        return sum(heading.kind is ProvisionKind.ARTICLE for heading in self._in_quotations)

    def roots(self) -> Iterator[Provision]:
        """The trees in the order of the text, their paths not yet unique."""
        articles = [heading for heading in self._own if heading.kind is ProvisionKind.ARTICLE]
        return self._roots(find_regions(self._lines, articles, self._quoted))

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
        if units:
            return Provision(ProvisionKind.ANNEX, annex.label, path, title, lead, tuple(units))
        lead, items = split_annex(lead, path)
        return Provision(ProvisionKind.ANNEX, annex.label, path, title, lead, items)

    def _units(self, first: int, end: int, path: str) -> tuple[str, list[Provision]]:
        """The text before the first unit of the lines ``first`` to ``end``, and the trees of its units."""
        headings = self._accepted(first, end)
        edges = [*(heading.line for heading in headings), end]
        flat = [self._unit(heading, stop) for heading, stop in zip(headings, edges[1:], strict=True)]
        return self._slice(first, edges[0]), nest(flat, path)

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
