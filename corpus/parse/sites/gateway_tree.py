"""The gateway's provision tree as provisions: each node's own text, split by its children, none of it lost.

A node's content holds that of its children ("Điều 3. …<br>1. …<br>2. …" and below it "1. …", "2. …"), so that a child is a
span of its parent; a child whose words its parent does not hold stands below the parent's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.formats.html import render
from corpus.parse.captions import article_heading, container_heading
from corpus.parse.clauses import unique_paths
from corpus.parse.headings import find_heading
from corpus.parse.lines import read_lines
from corpus.parse.sites.gateway_json import Record, as_record, read_answer, records
from corpus.parse.sites.values import plain_text
from kb.citation import label_slug
from kb.errors import UnusableInputError
from kb.model import Provision, ProvisionKind

_DEEPEST = 12  # levels; the law knows seven
_MOST_NODES = 50_000
_LABELS = (
    (ProvisionKind.PART, re.compile(r"phần\s+(?:thứ\s+)?(\w+)", re.IGNORECASE)),
    (ProvisionKind.CHAPTER, re.compile(r"chương\s+(\w+)", re.IGNORECASE)),
    (ProvisionKind.SUBSECTION, re.compile(r"tiểu\s+mục\s+(\w+)", re.IGNORECASE)),
    (ProvisionKind.SECTION, re.compile(r"mục\s+(\w+)", re.IGNORECASE)),
    (ProvisionKind.ARTICLE, re.compile(r"điều\s+(\d+[a-zđ]{0,2})(?!\w)", re.IGNORECASE)),
    (ProvisionKind.CLAUSE, re.compile(r"khoản\s+(\d+[a-zđ]?)(?!\w)", re.IGNORECASE)),
    (ProvisionKind.POINT, re.compile(r"điểm\s+([a-zđ]{1,2})(?!\w)", re.IGNORECASE)),
    (ProvisionKind.ANNEX, re.compile(r"phụ\s+lục\s*(?:số\s+)?(\w*)", re.IGNORECASE)),
    (ProvisionKind.CLAUSE, re.compile(r"(\d{1,3}[a-zđ]?)[.)](?:\s|$)")),
    (ProvisionKind.POINT, re.compile(r"([a-zđ]{1,2})[.)](?:\s|$)")),
)
_ROOTED = frozenset({ProvisionKind.ARTICLE, ProvisionKind.ANNEX})


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A node as the gateway gives it: ``text`` is its whole content on lines, its children's included."""

    id: str
    title: str
    text: str
    children: tuple[TreeNode, ...] = ()

    @property
    def articles(self) -> int:
        """How many điều the node and those below it are."""
        is_article = _named(self.title or self.text)[0] is ProvisionKind.ARTICLE
        return is_article + sum(child.articles for child in self.children)


def read_tree(data: bytes, name: str) -> tuple[TreeNode, ...]:
    """The roots of an answer of ``/doc/provision/tree/{id}``, in order; none where the source holds no tree.

    Raises ``UnusableInputError`` for an answer of another shape, or deeper or larger than any law.
    """
    answer = read_answer(data, name)
    if answer is not None and not isinstance(answer, list):
        raise UnusableInputError(f"{name} is no tree: its data is not a list.", "Nothing was stored.")
    return _Reader(name).nodes(answer, 0)


def provisions_of(roots: Sequence[TreeNode]) -> tuple[Provision, ...]:
    r"""The tree as provisions; joining their texts gives the nodes' lines back, each ended by ``\n``."""
    wholes = [_ended(node) for node in roots]
    return _siblings(list(zip(roots, wholes, strict=True)), "", "")


class _Reader:
    """One reading of one answer, within the guards."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._seen: set[str] = set()
        self._count = 0

    def nodes(self, value: object, depth: int) -> tuple[TreeNode, ...]:
        if depth > _DEEPEST:
            raise UnusableInputError(f"{self._name} nests deeper than any law.", "Nothing was stored.")
        items = sorted(records(value), key=_order)
        return tuple(node for item in items if (node := self._node(item, depth)) is not None)

    def _node(self, item: Record, depth: int) -> TreeNode | None:
        self._count += 1
        if self._count > _MOST_NODES:
            raise UnusableInputError(f"{self._name} has more than {_MOST_NODES:,} nodes.", "Nothing was stored.")
        own_id = plain_text(item.get("id") or item.get("key"))
        if own_id and own_id in self._seen:
            return None
        self._seen.add(own_id)
        title = plain_text(item.get("title"))
        children = self.nodes(item.get("children"), depth + 1)
        text = _text_of(item) or title
        return TreeNode(own_id, title, text, children) if text or children else None


def _order(item: Record) -> float:
    order = item.get("orderIndex")
    return order if isinstance(order, int | float) and not isinstance(order, bool) else float("inf")


def _text_of(item: Record) -> str:
    content = as_record(item.get("content")).get("content")
    return "\n".join(render(content).lines) if isinstance(content, str) else ""


def _siblings(nodes: Sequence[tuple[TreeNode, str]], article_stem: str, stem: str) -> tuple[Provision, ...]:
    """The nodes with their texts; điều stand under ``article_stem``, whatever chapter they are in, all else under ``stem``."""
    named = [_named(node.title or node.text) for node, _ in nodes]
    paths = unique_paths(
        [
            f"{(base := article_stem if kind in _ROOTED else stem)}{'.' if base else ''}{kind.slug}-{label_slug(label) or n}"
            for n, (kind, label) in enumerate(named, 1)
        ]
    )
    return tuple(
        _provision(node, text, kind, label, path, article_stem)
        for (node, text), (kind, label), path in zip(nodes, named, paths, strict=True)
    )


def _provision(  # noqa: PLR0913, PLR0917  # the parts of a provision
    node: TreeNode, text: str, kind: ProvisionKind, label: str, path: str, article_stem: str
) -> Provision:
    own, children = _split(node, text)
    stem = path if kind is ProvisionKind.ANNEX else article_stem
    return Provision(kind, label, path, _heading(node, kind), own, _siblings(children, stem, path))


def _split(node: TreeNode, text: str) -> tuple[str, list[tuple[TreeNode, str]]]:
    """The node's own text and its children with theirs: spans of ``text``, or below it where it does not hold them."""
    starts = list(_starts(node.children, text))
    if starts and len(starts) == len(node.children):
        ends = [*starts[1:], len(text)]
        spans = zip(node.children, starts, ends, strict=True)
        return text[: starts[0]], [(child, text[start:end]) for child, start, end in spans]
    return text, [(child, _ended(child)) for child in node.children]


def _ended(node: TreeNode) -> str:
    return f"{node.text}\n" if node.text else ""


def _starts(children: Sequence[TreeNode], text: str) -> Iterator[int]:
    place = 0
    for child in children:
        found = text.find(child.text, place)
        if found < 0 or (found and text[found - 1] != "\n"):
            return
        yield found
        place = found + len(child.text)


def _named(title: str) -> tuple[ProvisionKind, str]:
    for kind, pattern in _LABELS:
        if match := pattern.match(title):
            return kind, match[1]
    return ProvisionKind.ITEM, ""


def _heading(node: TreeNode, kind: ProvisionKind) -> str:
    lines = read_lines(node.text)
    heading = find_heading(lines, 0) if lines else None
    if heading is None or heading.kind is not kind:
        return ""
    if kind is ProvisionKind.ARTICLE:
        return article_heading(lines, heading, len(lines), 0)
    return container_heading(lines, heading, len(lines))
