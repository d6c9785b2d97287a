"""Numbers that a text steps over or prints twice: reported, never smoothed over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.parse.headings import number_value
from kb.model import Provision, ProvisionKind

_CONTAINERS = (ProvisionKind.PART, ProvisionKind.CHAPTER, ProvisionKind.SECTION, ProvisionKind.SUBSECTION)
_INSERTED = re.compile(r"[a-zđ]\Z")


class Problem(StrEnum):
    """What is wrong between two neighbours."""

    MISSING = "missing"
    REPEATED = "repeated"
    OUT_OF_ORDER = "out_of_order"


@dataclass(frozen=True, slots=True)
class Gap:
    """A break in the numbering of one kind of unit, between the units at paths ``after`` and ``before``.

    ``after`` is empty where the numbering does not start at 1.
    """

    kind: ProvisionKind
    after: str
    before: str
    problem: Problem = Problem.MISSING


def find_gaps(roots: Sequence[Provision]) -> tuple[Gap, ...]:
    """Every break in the numbering of điều, of phần, chương and mục, and of khoản, in the body and in each annex."""
    own = [root for root in roots if root.kind is not ProvisionKind.ANNEX]
    gaps = list(_region_gaps(own))
    for annex in (node for root in roots for node in root.walk() if node.kind is ProvisionKind.ANNEX):
        gaps += _region_gaps([child for child in annex.children if child.kind is not ProvisionKind.ANNEX])
    return tuple(gaps)


def _region_gaps(nodes: Iterable[Provision]) -> Iterator[Gap]:
    units = [node for root in nodes for node in root.walk()]
    articles = [unit for unit in units if unit.kind is ProvisionKind.ARTICLE]
    yield from _breaks(articles)
    for kind in _CONTAINERS:
        yield from _container_breaks([unit for unit in units if unit.kind is kind])
    for article in articles:
        yield from _breaks([child for child in article.children if child.kind is ProvisionKind.CLAUSE])


def _breaks(units: list[Provision]) -> Iterator[Gap]:
    last_key, last_path = (0, ""), ""
    for unit in units:
        key = _key(unit.label)
        if problem := _problem(last_key, key):
            yield Gap(unit.kind, last_path, unit.path, problem)
        last_key, last_path = key, unit.path


def _problem(last: tuple[int, str], key: tuple[int, str]) -> Problem | None:
    if key == last:
        return Problem.REPEATED
    if key[1]:
        return None if key[0] == last[0] and key[1] > last[1] else Problem.MISSING
    if key[0] == last[0] + 1:
        return None
    return Problem.MISSING if key > last else Problem.OUT_OF_ORDER


def _container_breaks(units: list[Provision]) -> Iterator[Gap]:
    """Like ``_breaks``, but each phần may start its chương at I again, and a number that cannot be read is let be."""
    last, last_path = 0, ""
    for unit in units:
        order = number_value(unit.label)
        if order not in (0, 1, last + 1) and (last or not last_path):
            problem = Problem.REPEATED if order == last else Problem.MISSING if order > last else Problem.OUT_OF_ORDER
            yield Gap(unit.kind, last_path, unit.path, problem)
        last, last_path = order, unit.path


def _key(label: str) -> tuple[int, str]:
    inserted = _INSERTED.search(label)
    number = label[: inserted.start()] if inserted else label
    return int(number) if number.isdecimal() else 0, inserted.group() if inserted else ""
