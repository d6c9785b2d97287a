"""Where syllables stand next to each other, or near each other in order: exact, by array operations."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from indexer.forms import Forms
from indexer.segment import Numbers, Segment

Places = npt.NDArray[np.int64]
"""Places in the stream of a segment, ascending."""

NOWHERE: Places = np.empty(0, np.int64)


def phrase_places(segment: Segment, phrase: Sequence[Forms]) -> Places:
    """Where a phrase starts: only the places of its rarest pair are looked at, and their neighbours compared."""
    if not phrase or any(not len(forms) for forms in phrase):
        return NOWHERE
    if len(phrase) == 1:
        return _places_of(segment, phrase[0])
    pairs = [segment.pairs(first, second) for first, second in pairwise(phrase)]
    rarest = min(range(len(pairs)), key=lambda at: sum(map(segment.pair_frequency, pairs[at])))
    starts = _joined([segment.pair_places(pair) for pair in pairs[rarest]]) - rarest
    starts = starts[(starts >= 0) & (starts + len(phrase) <= len(segment.stream))]
    for at, forms in enumerate(phrase):
        if at not in (rarest, rarest + 1):
            starts = starts[_any_of(segment.stream[starts + at], forms)]
    return np.sort(starts)


def near_places(segment: Segment, phrase: Sequence[Forms], slop: int) -> Places:
    """Where the last syllable stands of those that follow in order, at most ``slop`` others between each two."""
    if not phrase or any(not len(forms) for forms in phrase):
        return NOWHERE
    reached = _places_of(segment, phrase[0])
    for forms in phrase[1:]:
        if not len(reached):
            return NOWHERE
        candidates = _places_of(segment, forms)
        before = np.searchsorted(reached, candidates) - 1
        nearest = reached[np.maximum(before, 0)]
        near = (before >= 0) & (candidates - nearest <= slop + 1)
        candidates, nearest = candidates[near], nearest[near]
        reached = candidates[_zone(segment, candidates) == _zone(segment, nearest)]
    return reached


def _places_of(segment: Segment, forms: Forms) -> Places:
    return np.sort(_joined([segment.places(int(form)) for form in forms]))


def _joined(parts: Sequence[Numbers]) -> Places:
    return np.concatenate(parts).astype(np.int64) if parts else NOWHERE


def _any_of(syllables: Numbers, forms: Forms) -> npt.NDArray[np.bool_]:
    return syllables == forms[0] if len(forms) == 1 else np.isin(syllables, forms)


def _zone(segment: Segment, places: Places) -> npt.NDArray[np.int64]:
    return np.searchsorted(segment.zones, places, side="right")
