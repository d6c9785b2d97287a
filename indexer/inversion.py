"""Inversion: from the syllables of all units in order to postings, by sorting whole arrays.

The terms are taken in ranges that hold about as many occurrences each, so that memory stays bounded by one range.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.ranking import BODY, CONTEXT, HEADING, IMPACT_STEPS, Floats, impacts, occurrence_weights

Array = npt.NDArray[Any]
Counts = npt.NDArray[np.int64]
Arrays = Iterator[tuple[str, Array]]
"""Arrays with their names in a segment (see indexer.segment)."""

AT_ONCE = 1_000_000
"""About how many occurrences are sorted together."""

_SHIFT = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Terms in order of place: which term, in which unit, and what it counts there."""

    terms: Array
    units: Array
    weights: Floats

    def those(self, chosen: Array) -> Occurrences:
        """Some of them, by place."""
        return Occurrences(self.terms[chosen], self.units[chosen], self.weights[chosen])


@dataclass(frozen=True, slots=True)
class ZonedTerms:
    """The terms of one zone of all units, joined: ``lengths[u]`` of them belong to unit u."""

    terms: Array
    lengths: Counts

    def occurrences(self, zone: int) -> Occurrences:
        """The terms with their units and what they count in this zone."""
        units = np.repeat(np.arange(len(self.lengths), dtype=np.uint32), self.lengths)
        return Occurrences(self.terms, units, np.repeat(occurrence_weights(self.lengths, zone), self.lengths))


@dataclass(frozen=True, slots=True)
class _Inverted:
    """Postings of consecutive terms: units and impacts of one term after the other, ``counts[t]`` of them each."""

    units: Array
    impacts: npt.NDArray[np.uint8]
    counts: Counts


@dataclass(frozen=True, slots=True)
class _Part:
    """All that is derived for a range of syllables."""

    positions: Array
    pairs: npt.NDArray[np.uint64]
    pair_counts: Counts
    bigrams: _Inverted
    syllables: _Inverted


def invert_stream(stream: Array, zones: Array, context: ZonedTerms, syllables: int) -> Arrays:
    """Positions, bigrams and the postings of syllables and bigrams.

    A bigram counts where it stands in heading or text; a syllable also where it stands in the title of the document.
    """
    placed, titles = _placed(stream, zones), context.occurrences(CONTEXT)
    parts = [_part(placed, titles, *bounds) for bounds in _ranges(stream, syllables)]
    yield "positions", _joined((part.positions for part in parts), np.uint32)
    yield "bigrams", _joined((part.pairs for part in parts), np.uint64)
    yield "bigram_places", _starts(part.pair_counts for part in parts).astype(np.uint32)
    yield from _saved("bigram", [part.bigrams for part in parts])
    boundary = _Inverted(np.empty(0, np.uint32), np.empty(0, np.uint8), np.zeros(1, np.int64))
    yield from _saved("syllable", [boundary, *(part.syllables for part in parts)])


def invert_words(headings: ZonedTerms, bodies: ZonedTerms, words: int) -> Arrays:
    """The postings of the words."""
    both = _together(headings.occurrences(HEADING), bodies.occurrences(BODY))
    yield from _saved("word", [_inverted(both, 0, words)])


def invert_headings(stream: Array, zones: Array, documents: Array, syllables: int) -> Arrays:
    """The postings of syllables in headings by document (see indexer.segment), given the document of each unit."""
    lengths = (zones[1:] - zones[:-1]).astype(np.int64)
    lengths[1::2] = 0  # bodies
    starts = np.repeat(zones[:-1] - (np.cumsum(lengths) - lengths), lengths)
    terms = stream[starts + np.arange(len(starts))]
    units = np.repeat(np.arange(len(lengths)) // 2, lengths)
    each = np.unique(terms.astype(np.uint64) << _SHIFT | units.astype(np.uint64))  # once a heading
    each = each[each >> _SHIFT != 0]
    held = documents[(each & np.uint64(0xFFFFFFFF)).astype(np.int64)].astype(np.uint64)
    keys, counts = np.unique(each >> _SHIFT << _SHIFT | held, return_counts=True)
    terms, held = (keys >> _SHIFT).astype(np.int64), (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    shares = np.rint(counts / np.bincount(documents)[held] * IMPACT_STEPS) if len(held) else counts
    yield from _saved(
        "heading",
        [_Inverted(held, np.clip(shares, 1, IMPACT_STEPS).astype(np.uint8), np.bincount(terms, minlength=syllables))],
    )


def _ranges(stream: Array, syllables: int) -> Iterator[tuple[int, int]]:
    """Bounds of ranges of syllables, without 0, the boundary of a zone."""
    counts = np.zeros(syllables, np.int64)
    for start in range(0, len(stream), AT_ONCE):
        counts += np.bincount(stream[start : start + AT_ONCE], minlength=syllables)
    before = np.append(0, np.cumsum(counts[1:]))
    wanted = np.arange(AT_ONCE, before[-1], AT_ONCE)
    bounds = np.unique([0, *np.searchsorted(before, wanted).tolist(), syllables - 1])
    yield from zip((bounds[:-1] + 1).tolist(), (bounds[1:] + 1).tolist(), strict=True)


def _part(placed: Occurrences, titles: Occurrences, low: int, high: int) -> _Part:
    places = np.flatnonzero((placed.terms >= low) & (placed.terms < high))
    keys = placed.terms[places].astype(np.uint64) << _SHIFT | placed.terms[places + 1]
    order = np.argsort(keys, kind="stable")
    places, keys = places[order], keys[order]
    new = _is_new(keys)
    first = np.flatnonzero(new)
    ranks = np.cumsum(new) - 1
    whole = np.flatnonzero(keys & np.uint64(0xFFFFFFFF))  # no pair ends at the boundary of a zone
    here = placed.those(places)
    pairs = Occurrences(ranks[whole], here.units[whole], here.weights[whole])
    named = titles.those(np.flatnonzero((titles.terms >= low) & (titles.terms < high)))
    return _Part(
        positions=places.astype(np.uint32),
        pairs=keys[first],
        pair_counts=np.diff(np.append(first, len(keys))),
        bigrams=_summed(pairs, 0, len(first)),
        syllables=_inverted(_together(named, here), low, high),
    )


def _placed(stream: Array, zones: Array) -> Occurrences:
    lengths: Counts = (zones[1:] - zones[:-1]).astype(np.int64)
    weights = np.empty(len(lengths), np.float32)
    weights[0::2] = occurrence_weights(lengths[0::2] - 1, HEADING)
    weights[1::2] = occurrence_weights(lengths[1::2] - 1, BODY)
    units = np.repeat(np.arange(len(lengths), dtype=np.uint32) // np.uint32(2), lengths)
    return Occurrences(stream, units, np.repeat(weights, lengths))


def _together(one: Occurrences, other: Occurrences) -> Occurrences:
    return Occurrences(
        np.concatenate([one.terms, other.terms]).astype(np.uint32),
        np.concatenate([one.units, other.units]),
        np.concatenate([one.weights, other.weights]),
    )


def _inverted(occurrences: Occurrences, low: int, high: int) -> _Inverted:
    order = np.argsort(occurrences.terms.astype(np.uint64) << _SHIFT | occurrences.units, kind="stable")
    return _summed(occurrences.those(order), low, high)


def _summed(ordered: Occurrences, low: int, high: int) -> _Inverted:
    """Occurrences by term, then unit: what a term counts in a unit is added up."""
    new = _is_new(ordered.terms) | _is_new(ordered.units)
    first = np.flatnonzero(new)
    frequencies = np.add.reduceat(ordered.weights, first) if len(first) else ordered.weights
    counts = np.bincount(ordered.terms[first] - low, minlength=high - low)
    return _Inverted(ordered.units[first].astype(np.uint32), impacts(frequencies), counts)


def _is_new(values: Array) -> npt.NDArray[np.bool_]:
    """Where a value differs from the one before."""
    new = np.ones(len(values), bool)
    new[1:] = values[1:] != values[:-1]
    return new


def _saved(field: str, parts: list[_Inverted]) -> Arrays:
    yield f"{field}_postings.units", _joined((part.units for part in parts), np.uint32)
    yield f"{field}_postings.impacts", _joined((part.impacts for part in parts), np.uint8)
    yield f"{field}_postings.starts", _starts(part.counts for part in parts).astype(np.uint64)


def _starts(counts: Iterable[Counts]) -> Counts:
    return np.append(0, np.cumsum(_joined(counts, np.int64)))


def _joined(parts: Iterable[Array], dtype: type[np.generic]) -> Array:
    return np.concatenate([np.empty(0, dtype), *parts])
