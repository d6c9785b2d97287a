"""Between the tree of a text and its rows.

A heading (phần, chương, mục, an annex of articles) is a row with its own text; below the headings, each unit (điều, preamble,
annex, item) is one row with its whole text. What lies within a unit (khoản, điểm) is a span of that text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.model import Provision, ProvisionKind

_HEADINGS = frozenset({ProvisionKind.PART, ProvisionKind.CHAPTER, ProvisionKind.SECTION, ProvisionKind.SUBSECTION})
_GROUPS = ((ProvisionKind.PREAMBLE, "0"), (ProvisionKind.SIGNATURE, "2"), (ProvisionKind.ANNEX, "3"))


@dataclass(frozen=True, slots=True)
class Span:
    """A khoản, điểm or item within a unit.

    ``path`` goes on from the unit's (``khoan-1.diem-c``); ``depth`` is 1 directly below the unit; the text is
    ``unit.text[start:stop]``, with all that is below.
    """

    depth: int
    kind: ProvisionKind
    label: str
    path: str
    heading: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Unit:
    """What becomes one row, with the path of the heading it stands under ('' for none) and the spans within it."""

    kind: ProvisionKind
    label: str
    path: str
    parent_path: str
    heading: str
    text: str
    spans: tuple[Span, ...] = ()


def units(provision: Provision, parent_path: str = "") -> Iterator[Unit]:
    """The rows of a tree in the order of the text: joining their texts gives the whole."""
    kind, label, path, heading = provision.kind, provision.label, provision.path, provision.heading
    if not _is_heading(provision):
        spans: list[Span] = []
        _collect(provision, path, 0, 1, spans)
        yield Unit(kind, label, path, parent_path, heading, provision.whole, tuple(spans))
        return
    yield Unit(kind, label, path, parent_path, heading, provision.text)
    for child in provision.children:
        yield from units(child, path)


def tree(unit: Unit) -> Provision:
    """The unit as a tree again; ``tree(u).whole == u.text``."""
    children, _ = _children(unit, 0, 1)
    first = unit.spans[0].start if unit.spans else len(unit.text)
    return Provision(unit.kind, unit.label, unit.path, unit.heading, unit.text[:first], children)


def natural_order(path: str, kind: ProvisionKind) -> str:
    """A key that sorts provisions of one document by number: Điều 2, Điều 5, Điều 5a, Điều 10; annexes last.

    >>> paths = ["dieu-10", "dieu-5a", "dieu-5", "dieu-2"]
    >>> sorted(paths, key=lambda path: natural_order(path, ProvisionKind.ARTICLE))
    ['dieu-2', 'dieu-5', 'dieu-5a', 'dieu-10']
    """
    group = dict(_GROUPS).get(kind, "3" if path.startswith(ProvisionKind.ANNEX.slug) else "1")
    return group + re.sub(r"\d+", lambda digits: digits[0].zfill(8), path)


def _is_heading(provision: Provision) -> bool:
    if not provision.children or provision.kind is ProvisionKind.ARTICLE:
        return False
    return provision.kind in _HEADINGS or any(
        part.kind is ProvisionKind.ARTICLE for child in provision.children for part in child.walk()
    )


def _collect(provision: Provision, unit_path: str, start: int, depth: int, spans: list[Span]) -> int:
    """Add the spans of all that is below a provision whose text starts at ``start``; where that text stops."""
    place = start + len(provision.text)
    for child in provision.children:
        below: list[Span] = []
        stop = _collect(child, unit_path, place, depth + 1, below)
        path = child.path.removeprefix(unit_path + ".")
        spans.append(Span(depth, child.kind, child.label, path, child.heading, place, stop))
        spans.extend(below)
        place = stop
    return place


def _children(unit: Unit, number: int, depth: int) -> tuple[tuple[Provision, ...], int]:
    """The provisions of the spans from ``number`` on at ``depth``, and the number of the first span after them."""
    found: list[Provision] = []
    while number < len(unit.spans) and unit.spans[number].depth == depth:
        span, first = unit.spans[number], number + 1
        below, number = _children(unit, first, depth + 1)
        own = unit.text[span.start : unit.spans[first].start if below else span.stop]
        found.append(Provision(span.kind, span.label, f"{unit.path}.{span.path}", span.heading, own, below))
    return tuple(found), number
