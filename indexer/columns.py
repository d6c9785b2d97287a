"""The small facts of each unit: filters over them, and exact counts of them (facets)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from indexer.plan import FILTERS, Filter
from indexer.segment import Segment
from kb.errors import UnusableInputError
from kb.model import HitKind, Status
from kb.text import fold

Mask = npt.NDArray[np.bool_]
Units = npt.NDArray[np.int64]

MOST_VALUES = 50
"""How many values of a facet are listed, the most frequent first."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: as a filter takes it, as a page shows it, and how many matches have it."""

    value: str
    label: str
    count: int


class Columns:
    """The columns of one segment by which hits are filtered and counted."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._codes = {name: segment.column(name) for name in FILTERS}

    def typed(self, condition: Filter) -> Mask:
        """The units that a filter typed in a query lets through: an issuer or field may be named in part."""
        if condition.name == "year":
            return self._years(condition)
        same = _contains if condition.name in ("issuer", "field") else _equals
        return self._having(condition.name, condition.values, same)

    def chosen(self, name: str, values: Sequence[str]) -> Mask:
        """The units with one of these values, as facets give them; issuers and fields named in part where none is the same.

        A kind or status may also be given by its Vietnamese name. Raises UnusableInputError for a filter that does not
        exist, a year that is none, or a kind or status that there is not.
        """
        if name not in self._codes:
            raise UnusableInputError(f"There is no filter {name!r}.", f"Filters are {', '.join(FILTERS)}.")
        if name == "year":
            return np.isin(self._codes[name], [_year(value) for value in values])
        if name in _CLOSED:
            values = [_member(name, value) for value in values]
        exact = self._having(name, values, _equals)
        return self._having(name, values, _contains) if name in ("issuer", "field") and not exact.any() else exact

    def facets(self, held: Mask, filters: Mapping[str, Mask]) -> dict[str, tuple[FacetValue, ...]]:
        """How many of the units that match have each value; a facet counts under all filters but its own."""
        whole = np.flatnonzero(np.logical_and.reduce([held, *filters.values()]))
        return {
            name: self._facet(name, self._others(name, held, filters) if name in filters else whole) for name in FILTERS
        }

    def _others(self, name: str, held: Mask, filters: Mapping[str, Mask]) -> Units:
        """The units that match under all filters but this one."""
        return np.flatnonzero(
            np.logical_and.reduce([held, *(mask for other, mask in filters.items() if other != name)])
        )

    def _facet(self, name: str, units: Units) -> tuple[FacetValue, ...]:
        counts = np.bincount(self._codes[name][units])
        often = np.argsort(-counts, kind="stable")[: MOST_VALUES + 1].tolist()  # one of them may be "not known"
        values = [(self._value(name, code), int(counts[code])) for code in often]
        known = [FacetValue(value, _label(name, value), count) for value, count in values if value and count]
        return tuple(known[:MOST_VALUES])

    def _value(self, name: str, code: int) -> str:
        if name == "year":
            return str(code) if code else ""
        return self._values[name][code]

    @cached_property
    def _values(self) -> dict[str, list[str]]:
        return {name: self._segment.values(name) for name in FILTERS if name != "year"}

    @cached_property
    def _folded(self) -> dict[str, list[str]]:
        return {name: [fold(value) for value in values] for name, values in self._values.items()}

    def _having(self, name: str, wanted: Iterable[str], same: Callable[[str, str], bool]) -> Mask:
        folded = [fold(value) for value in wanted]
        chosen = [any(same(held, value) for value in folded) for held in self._folded[name]]
        return np.array(chosen or [False])[self._codes[name]]

    def _years(self, condition: Filter) -> Mask:
        years = self._codes["year"]
        if condition.values:
            return np.isin(years, [_year(value) for value in condition.values])
        first, last = condition.first or 1, condition.last or 9999
        return (years >= first) & (years <= last)


def _equals(held: str, wanted: str) -> bool:
    return held == wanted


def _contains(held: str, wanted: str) -> bool:
    return f" {wanted} " in f" {held.replace(',', ' ').replace(';', ' ')} "


_CLOSED: Mapping[str, type[HitKind | Status]] = {"kind": HitKind, "status": Status}


def _member(name: str, value: str) -> str:
    """The value of a closed list that is meant: by itself, or by its label, accents or not."""
    for member in _CLOSED[name]:
        if fold(value) in {fold(member.value), fold(member.label)}:
            return member.value
    known = ", ".join(member.value for member in _CLOSED[name])
    raise UnusableInputError(f"There is no {name} {value!r}.", f"Choose one of {known}.")


def _year(value: str) -> int:
    if not value.isdecimal() or len(value) > 4:
        raise UnusableInputError(f"{value!r} is not a year.", "Give four digits, such as 2023.")
    return int(value)


def _label(name: str, value: str) -> str:
    if name == "kind":
        return HitKind(value).label
    return Status(value).label if name == "status" else value
