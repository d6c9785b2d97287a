"""The relations of a document (lược đồ) as a page lists them: by kind and side, those to one other document together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from kb.addresses import provision_address
from kb.citation import parse_path
from kb.model import Provenance, RelationKind
from kb.store import DocumentView, RelationView
from kb.validity import CHANGES


@dataclass(frozen=True, slots=True)
class Place:
    """A provision at one end of a relation."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another document, and all that one kind of relation says of the two.

    ``own`` and ``others`` are the places here and there, ``days`` those from which the relations take effect, as far as
    stated; ``count`` of them there are, seen in ``provenances``.
    """

    document: DocumentView
    own: tuple[Place, ...]
    others: tuple[Place, ...]
    days: tuple[date, ...]
    count: int
    provenances: tuple[Provenance, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbours by one kind of relation on one side; ``name`` is its name in an address."""

    name: str
    label: str
    count: int
    neighbours: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    """A relation read from one of its ends."""

    kind: RelationKind
    passive: bool
    own_path: str
    other: DocumentView
    other_path: str
    relation: RelationView


def groups_of(relations: Iterable[RelationView], slug: str, paths: Collection[str] | None = None) -> list[Group]:
    """The relations of a document, those that change what stands first; ``paths`` leaves those at these provisions.

    A relation within the document is read from the end that acts, unless only the other is at ``paths``.
    """
    sorted_out: defaultdict[tuple[RelationKind, bool, bool], list[_Side]] = defaultdict(list)
    for side in (_side(relation, slug, paths) for relation in relations):
        if paths is None or side.own_path in paths:
            sorted_out[side.kind, side.passive, side.other.slug == slug].append(side)
    return [_group(sorted_out[key], slug) for key in sorted(sorted_out, key=_precedence)]


def places_of(slug: str, paths: Iterable[str]) -> tuple[Place, ...]:
    """Provisions of a document by their paths, each once, in the order of the text; the whole document is none."""
    return tuple(
        Place(place_label(path), provision_address(slug, path))
        for path in sorted(set(paths) - {""}, key=_reading_order)
    )


def place_label(path: str) -> str:
    """How a text names a provision, or an item that only has a number; its path where it is neither.

    >>> place_label("dieu-5.khoan-1"), place_label("y-ii.y-1.y-1-2.y-a"), place_label("bang-1")
    ('khoản 1 Điều 5', 'mục II, 1.2, a', 'bang-1')
    """
    place = parse_path(path)
    if place:
        return place.label
    steps = path.split(".")
    return f"mục {', '.join(_numbers(steps))}" if all(step.startswith("y-") for step in steps) else path


def _numbers(steps: list[str]) -> list[str]:
    """The numbers of items one below the other; one that the next repeats is left out ("1" before "1.2")."""
    numbers = [step.removeprefix("y-").replace("-", ".") for step in steps]
    shown = [one for one, below in zip(numbers, [*numbers[1:], ""], strict=True) if not below.startswith(f"{one}.")]
    return [one.upper() if set(one) <= set("ivx") else one for one in shown]


def _side(relation: RelationView, slug: str, paths: Collection[str] | None) -> _Side:
    ends = (relation.subject, relation.subject_path), (relation.object, relation.object_path)
    acts = relation.subject.slug == slug
    if acts and relation.object.slug == slug and paths is not None:
        acts = relation.subject_path in paths
    (_, own_path), (other, other_path) = ends if acts else ends[::-1]
    return _Side(relation.kind, not acts, own_path, other, other_path, relation)


def _precedence(key: tuple[RelationKind, bool, bool]) -> tuple[bool, bool, bool, int]:
    kind, passive, within = key
    return kind is RelationKind.RELATED, within, not (passive and kind in CHANGES), list(RelationKind).index(kind)


def _group(sides: list[_Side], slug: str) -> Group:
    first = sides[0]
    within = first.other.slug == slug
    label = first.kind.passive_label if first.passive else first.kind.label
    by_document: defaultdict[str, list[_Side]] = defaultdict(list)
    for side in sides:
        by_document[side.other.slug].append(side)
    neighbours = sorted((_neighbour(same, slug) for same in by_document.values()), key=_age, reverse=True)
    name = f"{first.kind.value}-{'in' if first.passive else 'out'}{'-within' if within else ''}"
    return Group(name, f"{label} (trong chính văn bản)" if within else label, len(sides), tuple(neighbours))


def _age(neighbour: Neighbour) -> tuple[str, str]:
    """The latest effect and the day of issue: what is later is greater, what is unknown the least."""
    return str(max(neighbour.days, default="")), str(neighbour.document.issued or "")


def _neighbour(sides: list[_Side], slug: str) -> Neighbour:
    other = sides[0].other
    return Neighbour(
        document=other,
        own=places_of(slug, (side.own_path for side in sides)),
        others=places_of(other.slug, (side.other_path for side in sides)),
        days=tuple(sorted({side.relation.effective for side in sides if side.relation.effective})),
        count=len(sides),
        provenances=tuple(dict.fromkeys(seen for side in sides for seen in side.relation.provenances)),
    )


def _reading_order(path: str) -> list[tuple[int, str]]:
    """Article 2 before article 10: figures by their value."""
    steps = path.replace(".", "-").split("-")
    return [(int(step[: len(step) - len(step.lstrip("0123456789"))] or 0), step) for step in steps]
