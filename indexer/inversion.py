"""Inversion: from the syllables of all units in order to postings, by sorting whole arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.ranking import BODY, CONTEXT, HEADING, Floats, impacts, occurrence_weights

Array = npt.NDArray[Any]
Arrays = Iterator[tuple[str, Array]]
"""Arrays with their names in a segment (see indexer.segment), each made when it is asked for and then let go."""


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Terms in order of place: which term, in which unit, and what it counts there."""

    terms: Array
    units: Array
    weights: Floats


@dataclass(frozen=True, slots=True)
class ZonedTerms:
    """The terms of one zone of all units, joined: ``lengths[u]`` of them belong to unit u."""

    terms: Array
    lengths: npt.NDArray[np.int64]

    def occurrences(self, zone: int) -> Occurrences:
        """The terms with their units and what they count in this zone."""
        units = np.repeat(np.arange(len(self.lengths), dtype=np.uint32), self.lengths)
        return Occurrences(self.terms, units, np.repeat(occurrence_weights(self.lengths, zone), self.lengths))


def invert_stream(stream: Array, zones: Array, context: ZonedTerms, syllables: int) -> Arrays:
    """Positions, bigrams and the postings of syllables and bigrams.

    A bigram counts where it stands in heading or text; a syllable also where it stands in the title of the document.
    """
    placed = _placed(stream, zones)
    yield from _positional(placed)
    extra = context.occurrences(CONTEXT)
    joined = Occurrences(
        np.concatenate([extra.terms, placed.terms]).astype(np.uint32),
        np.concatenate([extra.units, placed.units]),
        np.concatenate([extra.weights, placed.weights]),
    )
    yield from _without_boundaries(invert("syllable", joined, syllables))


def invert_words(headings: ZonedTerms, bodies: ZonedTerms, words: int) -> Arrays:
    """The postings of the words."""
    first, second = headings.occurrences(HEADING), bodies.occurrences(BODY)
    joined = Occurrences(
        np.concatenate([first.terms, second.terms]),
        np.concatenate([first.units, second.units]),
        np.concatenate([first.weights, second.weights]),
    )
    yield from invert("word", joined, words)


def invert(field: str, occurrences: Occurrences, terms: int) -> Arrays:
    """The postings of a field: units ascending for every term."""
    order = np.argsort(occurrences.terms.astype(np.uint64) << np.uint64(32) | occurrences.units)
    yield from _postings(field, occurrences.terms[order], occurrences.units[order], occurrences.weights[order], terms)


def _placed(stream: Array, zones: Array) -> Occurrences:
    lengths: npt.NDArray[np.int64] = (zones[1:] - zones[:-1]).astype(np.int64)
    weights = np.empty(len(lengths), np.float32)
    weights[0::2] = occurrence_weights(lengths[0::2] - 1, HEADING)
    weights[1::2] = occurrence_weights(lengths[1::2] - 1, BODY)
    units = np.repeat(np.arange(len(lengths), dtype=np.uint32) // 2, lengths)
    return Occurrences(stream, units, np.repeat(weights, lengths))


def _positional(placed: Occurrences) -> Arrays:
    keys = placed.terms.astype(np.uint64) << np.uint64(32)
    keys[:-1] |= placed.terms[1:]
    order = np.argsort(keys, kind="stable").astype(np.uint32)
    keys = keys[order]
    inside = keys >> np.uint64(32) != 0  # no pair starts at the boundary of a zone
    order, keys = order[inside], keys[inside]
    new = np.ones(len(keys), bool)
    new[1:] = keys[1:] != keys[:-1]
    first = np.flatnonzero(new)
    yield "positions", order
    yield "bigrams", keys[first]
    yield "bigram_places", np.append(first, len(keys)).astype(np.uint32)
    ranks = np.cumsum(new, dtype=np.uint32) - np.uint32(1)
    whole = keys.astype(np.uint32) != 0  # nor ends there
    del keys, new
    order, ranks = order[whole], ranks[whole]
    yield from _postings("bigram", ranks, placed.units[order], placed.weights[order], len(first))


def _postings(field: str, terms: Array, units: Array, weights: Floats, count: int) -> Arrays:
    new = np.ones(len(terms), bool)
    new[1:] = (terms[1:] != terms[:-1]) | (units[1:] != units[:-1])
    first = np.flatnonzero(new)
    frequencies = np.add.reduceat(weights, first) if len(first) else weights
    yield f"{field}_postings.units", units[first].astype(np.uint32)
    yield f"{field}_postings.impacts", impacts(frequencies)
    yield f"{field}_postings.starts", np.searchsorted(terms[first], np.arange(count + 1)).astype(np.uint64)


def _without_boundaries(arrays: Arrays) -> Arrays:
    """Leaves out the postings of syllable 0, the boundary of a zone, which are the first."""
    held = dict(arrays)
    starts = held["syllable_postings.starts"]
    boundary = int(starts[1])
    yield "syllable_postings.starts", np.maximum(starts, np.uint64(boundary)) - np.uint64(boundary)
    yield "syllable_postings.units", held["syllable_postings.units"][boundary:]
    yield "syllable_postings.impacts", held["syllable_postings.impacts"][boundary:]
