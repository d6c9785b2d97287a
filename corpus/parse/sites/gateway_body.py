"""The gateway's body of a document: HTML whose classes (``prov-article``, ``prov-clause`` …) may mark the provisions.

The marks are followed where they leave no điều out. Many bodies have none, and most mark the act itself but not what is
issued with it: everything outside of the marks is split as any other text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from corpus.blocks import Content
from corpus.parse.captions import article_heading, container_heading
from corpus.parse.clauses import unique_paths
from corpus.parse.gaps import find_gaps
from corpus.parse.headings import find_heading
from corpus.parse.lines import Line, read_lines
from corpus.parse.structure import Structure, parse_structure
from corpus.parse.tree import nest, with_unique_paths
from kb.citation import label_slug
from kb.model import Provision, ProvisionKind

_CLASSES = {
    "part": ProvisionKind.PART,
    "chapter": ProvisionKind.CHAPTER,
    "section": ProvisionKind.SECTION,
    "subsection": ProvisionKind.SUBSECTION,
    "article": ProvisionKind.ARTICLE,
    "clause": ProvisionKind.CLAUSE,
    "item": ProvisionKind.POINT,
    "point": ProvisionKind.POINT,
}
_TAG = re.compile(r"<[a-z][^<>]{0,2000}>", re.IGNORECASE)
_MARKED = re.compile(
    rf"\bclass\s{{0,9}}=\s{{0,9}}[\"']?[^\"'<>]{{0,200}}\bprov-(?P<kind>{'|'.join(_CLASSES)})(?![\w-])", re.IGNORECASE
)
_ID = re.compile(r"\bid\s{0,9}=\s{0,9}[\"']?([\w-]+)", re.IGNORECASE)
_FIRST_SIGN = 0xF8D0  # private use: a mark rides through the reader of HTML as one letter that no text holds
_SIGNS = {chr(_FIRST_SIGN + order): name for order, name in enumerate(_CLASSES)}
_SIGN_OF = {name: sign for sign, name in _SIGNS.items()}
_ANY_SIGN = re.compile(f"[{''.join(_SIGNS)}]")
_CLAUSE = re.compile(r"\W{0,2}(\d{1,3}[a-zđ]?)\s?[.)]")
_POINT = re.compile(r"\W{0,2}([a-zđ]{1,2})\s?[.)]")
_BELOW_ARTICLE = frozenset({ProvisionKind.CLAUSE, ProvisionKind.POINT})
_BEHIND = frozenset({ProvisionKind.SIGNATURE, ProvisionKind.ANNEX})


@dataclass(frozen=True, slots=True)
class Body:
    """A body as text: the tree of its provisions, and what a reader must know of it."""

    content: Content
    structure: Structure
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mark:
    """A marked provision: where its line starts, and its number as printed."""

    kind: ProvisionKind
    start: int
    label: str


def read_body(html: str, read: Callable[[bytes], Content]) -> Body:
    """Split a body; ``read`` is the reader of HTML. Raises what ``read`` raises where it holds no text."""
    content = read(_signed(html).encode())
    signed = content.text
    blocks = tuple(
        replace(block, text=_ANY_SIGN.sub("", block.text), rows=_unsigned(block.rows)) for block in content.blocks
    )
    content = replace(content, blocks=blocks)
    text = content.text
    by_text, marks = parse_structure(text), tuple(_marks(signed, text))
    if not any(mark.kind is ProvisionKind.ARTICLE for mark in marks):
        return Body(content, by_text)
    return _chosen(content, by_text, _by_marks(text, marks, by_text))


def _chosen(content: Content, by_text: Structure, by_marks: Structure) -> Body:
    """The marks, unless they leave a điều out that the text has; where the two differ, that is said."""
    followed, name = by_marks, "marks are"
    if any(gap.kind is ProvisionKind.ARTICLE for gap in by_marks.gaps) and len(by_text.gaps) < len(by_marks.gaps):
        followed, name = by_text, "text is"
    if by_marks.own_articles == by_text.own_articles:
        return Body(content, followed)
    counts = f"the source marks {by_marks.own_articles} điều, the text shows {by_text.own_articles}"
    return Body(content, followed, (f"{counts}; the {name} followed",))


def _signed(html: str) -> str:
    """The body with a sign before each marked provision; a chapter's second paragraph bears the first one's id."""
    seen: set[str] = set()

    def sign(tag: re.Match[str]) -> str:
        mark, own_id = _MARKED.search(tag[0]), _ID.search(tag[0])
        if mark is None or (own_id and own_id[1] in seen):
            return tag[0]
        if own_id:
            seen.add(own_id[1])
        return tag[0] + _SIGN_OF[mark["kind"].lower()]

    return _TAG.sub(sign, _ANY_SIGN.sub("", html))


def _unsigned(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_ANY_SIGN.sub("", cell) for cell in row) for row in rows)


def _marks(signed: str, text: str) -> Iterator[_Mark]:
    """The marks that stand at the start of a line and bear a number."""
    for before, found in enumerate(_ANY_SIGN.finditer(signed)):
        start = found.start() - before
        line_start = text.rfind("\n", 0, start) + 1
        kind = _CLASSES[_SIGNS[found[0]]]
        label = _label(kind, text[start : start + 200])
        if label and not text[line_start:start].strip():
            yield _Mark(kind, line_start, label)


def _label(kind: ProvisionKind, text: str) -> str:
    if kind in _BELOW_ARTICLE:
        match = (_CLAUSE if kind is ProvisionKind.CLAUSE else _POINT).match(text)
        return match[1] if match else ""
    lines = read_lines(text.lstrip().split("\n", 1)[0])
    heading = find_heading(lines, 0) if lines else None
    return heading.label if heading is not None and heading.kind is kind else ""


def _by_marks(text: str, marks: Sequence[_Mark], by_text: Structure) -> Structure:
    """The tree that the marks tell; what stands behind them (signature, annexes) is that of the text."""
    end, behind = _behind(by_text, marks[-1].start, len(text))
    upper = [mark for mark in marks if mark.kind not in _BELOW_ARTICLE]
    lower = [mark for mark in marks if mark.kind in _BELOW_ARTICLE]
    lines = read_lines(text)
    ends = [*(mark.start for mark in upper[1:]), end]
    units = [_unit(text, lines, mark, stop) for mark, stop in zip(upper, ends, strict=True)]
    head = text[: upper[0].start]
    own = [Provision(ProvisionKind.PREAMBLE, "", ProvisionKind.PREAMBLE.slug, "", head)] if head else []
    roots = with_unique_paths([*own, *_with_marked_children(nest(units, ""), len(head), lower), *behind])
    articles = sum(mark.kind is ProvisionKind.ARTICLE for mark in marks)
    return replace(by_text, roots=roots, gaps=find_gaps(roots), own_articles=articles)


def _behind(by_text: Structure, last: int, end: int) -> tuple[int, tuple[Provision, ...]]:
    """Where the signature or the first annex behind the last mark starts, and all roots from there on."""
    starts = list(accumulate((len(root.whole) for root in by_text.roots), initial=0))
    for index, (root, start) in enumerate(zip(by_text.roots, starts, strict=False)):
        if start > last and root.kind in _BEHIND:
            return start, by_text.roots[index:]
    return end, ()


def _unit(text: str, lines: list[Line], mark: _Mark, end: int) -> Provision:
    first, last = _line_at(lines, mark.start), _line_at(lines, end - 1) + 1
    heading = find_heading(lines, first)
    if heading is None:
        title = ""
    elif mark.kind is ProvisionKind.ARTICLE:
        title = article_heading(lines, heading, last, 0)
    else:
        title = container_heading(lines, heading, last)
    return Provision(mark.kind, mark.label, "", title, text[mark.start : end])


def _line_at(lines: list[Line], offset: int) -> int:
    return max(0, bisect_right(lines, offset, key=lambda line: line.start) - 1)


def _with_marked_children(nodes: Sequence[Provision], start: int, lower: Sequence[_Mark]) -> list[Provision]:
    """The trees, the first of which starts at ``start``, with the khoản and điểm that are marked in their articles."""
    done = []
    for node in nodes:
        if node.kind is ProvisionKind.ARTICLE:
            done.append(_article(node, start, lower))
        else:
            below = _with_marked_children(node.children, start + len(node.text), lower)
            done.append(replace(node, children=tuple(below)))
        start += len(node.whole)
    return done


def _article(node: Provision, start: int, lower: Sequence[_Mark]) -> Provision:
    """The article with its marked parts, unless the text shows more khoản than are marked."""
    whole = node.whole
    first, last = (bisect_right(lower, edge, key=lambda mark: mark.start) for edge in (start, start + len(whole) - 1))
    inside = [replace(mark, start=mark.start - start) for mark in lower[first:last]]
    clauses = [mark for mark in inside if mark.kind is ProvisionKind.CLAUSE]
    if not inside or sum(child.kind is ProvisionKind.CLAUSE for child in node.children) > len(clauses):
        return node
    lead, children = _spans(whole, (0, len(whole)), clauses or inside, inside, node.path)
    return replace(node, text=lead, children=children)


def _spans(
    text: str, span: tuple[int, int], outer: Sequence[_Mark], inside: Sequence[_Mark], path: str
) -> tuple[str, tuple[Provision, ...]]:
    """The text of a span before the first of the outer marks, and a provision for each, with the điểm inside."""
    if not outer:
        return text[slice(*span)], ()
    paths = unique_paths([f"{path}.{mark.kind.slug}-{label_slug(mark.label)}" for mark in outer])
    children = []
    for mark, part, own in zip(outer, pairwise([*(mark.start for mark in outer), span[1]]), paths, strict=True):
        points = [point for point in inside if point.kind is ProvisionKind.POINT and part[0] < point.start < part[1]]
        lead, below = _spans(text, part, points if mark.kind is ProvisionKind.CLAUSE else (), (), own)
        children.append(Provision(mark.kind, mark.label, own, "", lead, below))
    return text[span[0] : outer[0].start], tuple(children)
