"""The filters of a search: what can be chosen, with counts, and what is chosen, as chips to remove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.columns import FacetValue
from indexer.results import SearchResult
from kb.model import HitKind, Status
from web.asked import Asked

LABELS = {
    "kind": "Loại kết quả",
    "status": "Tình trạng hiệu lực",
    "type": "Loại văn bản",
    "issuer": "Cơ quan ban hành",
    "year": "Năm ban hành",
    "field": "Lĩnh vực",
}
"""The facets in the order of the page, by what the page calls them."""

_LISTED = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that narrows or widens the result; ``name`` is the facet, ``count`` what there would be of the value."""

    label: str
    url: str
    count: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """Values to choose from, the most frequent first; ``whole`` leads to all of them where some are left out."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    whole: str


def facets_of(asked: Asked, result: SearchResult, whole: str = "") -> list[Facet]:
    """The facets with something left to choose; the one named ``whole`` with all its values."""
    shown = []
    for name, label in LABELS.items():
        chosen = asked.filters.get(name, ())
        values = [value for value in result.facets.get(name, ()) if value.value not in chosen]
        if not _narrows(values, result.total, chosen):
            continue
        listed = values if name == whole else values[:_LISTED]
        choices = tuple(Choice(value.label, asked.with_value(name, value.value), value.count) for value in listed)
        shown.append(Facet(name, label, choices, asked.address(loc=name) if len(listed) < len(values) else ""))
    return shown


def chosen_of(asked: Asked, result: SearchResult) -> list[Choice]:
    """The values in force, each with the address of the search without it."""
    known = {(name, value.value): value for name, values in result.facets.items() for value in values}
    chips = []
    for name, value in ((name, value) for name, values in asked.filters.items() for value in values):
        held = known.get((name, value))
        label = held.label if held else _label(name, value)
        count = held.count if held else 0
        chips.append(Choice(label, asked.without_value(name, value), count, LABELS[name]))
    return chips


def _narrows(values: Sequence[FacetValue], total: int, chosen: Sequence[str]) -> bool:
    """Whether choosing changes anything: one value that every hit has does not."""
    return bool(values) and (bool(chosen) or len(values) > 1 or values[0].count != total)


def _label(name: str, value: str) -> str:
    """What the page calls a value that no hit has."""
    try:
        if name == "kind":
            return HitKind(value).label
        return Status(value).label if name == "status" else value
    except ValueError:
        return value
