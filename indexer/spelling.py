"""Did you mean: a syllable that the collection does not know, or not between its neighbours, and what may be meant.

A syllable is meant by another that is spelled the same without accents, or with one letter more, less, changed or swapped.
Which one is told by how often the collection has it beside the neighbours. Nothing here changes a query: it is offered.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.text import fold


@dataclass(frozen=True, slots=True)
class Correction:
    """``meant`` for ``typed``, the syllable at place ``at`` of the query."""

    at: int
    typed: str
    meant: str


_COMMON = 20  # so often neighbours are no accident; and by so much another must be seen more often to be meant


class Speller:
    """Knows the syllables of a collection with their counts, and those of neighbours as ``"một hai"``.

    Both are in the form in which queries will ask: canonical with accents, or folded for accent-free queries.
    """

    def __init__(self, counts: Mapping[str, int], pair_counts: Mapping[str, int] | None = None) -> None:
        self._counts = counts
        self._pairs = pair_counts or {}
        self._by_fold: dict[str, list[str]] = {}
        for syllable in counts:
            self._by_fold.setdefault(fold(syllable), []).append(syllable)

    def knows(self, syllable: str) -> bool:
        """Whether the collection holds the syllable."""
        return bool(self._counts.get(syllable))

    def correct(self, syllables: Sequence[str]) -> tuple[Correction, ...]:
        """What each doubtful syllable may be meant for, the best of all; nothing for those that are in place."""
        meant = list(syllables)
        corrections = []
        for at, typed in enumerate(syllables):
            better = self._better(meant, at) if self._is_doubtful(meant, at) else None
            if better is not None:
                meant[at] = better
                corrections.append(Correction(at, typed, better))
        return tuple(corrections)

    def _is_doubtful(self, syllables: Sequence[str], at: int) -> bool:
        """Unknown, or hardly ever beside one of its neighbours; figures are left alone."""
        if any(map(str.isdigit, syllables[at])):
            return False
        pairs = self._pair_counts(syllables, at, syllables[at]) if self._pairs else []
        return not self._counts.get(syllables[at]) or min(pairs, default=_COMMON) < _COMMON

    def _better(self, syllables: Sequence[str], at: int) -> str | None:
        typed = syllables[at]
        candidates = [other for other in self._near(typed) if other != typed]
        if self._counts.get(typed):
            needed = _COMMON * (1 + min(self._pair_counts(syllables, at, typed), default=0))
            candidates = [other for other in candidates if min(self._pair_counts(syllables, at, other)) >= needed]
        return max(candidates, key=lambda other: self._likelihood(syllables, at, other), default=None)

    def _near(self, typed: str) -> Iterator[str]:
        for folded in dict.fromkeys(_within_one_edit(fold(typed))):
            yield from self._by_fold.get(folded, ())

    def _likelihood(self, syllables: Sequence[str], at: int, other: str) -> tuple[float, str]:
        """Orders candidates: seen beside the neighbours, often seen at all, spelled alike; the word itself breaks ties."""
        pairs = sum(math.log1p(count) for count in self._pair_counts(syllables, at, other))
        edits = (fold(other) != fold(syllables[at])) + _differences(other, syllables[at]) / 4
        return 2 * pairs + math.log1p(self._counts[other]) - 3 * edits, other

    def _pair_counts(self, syllables: Sequence[str], at: int, syllable: str) -> list[int]:
        before = [f"{syllables[at - 1]} {syllable}"] if at else []
        after = [f"{syllable} {syllables[at + 1]}"] if at + 1 < len(syllables) else []
        return [self._pairs.get(pair, 0) for pair in (*before, *after)]


def correct(
    syllables: Sequence[str], vocabulary_counts: Mapping[str, int], pair_counts: Mapping[str, int] | None = None
) -> tuple[Correction, ...]:
    """One look with a vocabulary used once; see Speller.

    >>> correct(("căn", "cướcc"), {"căn": 90, "cước": 70, "cược": 1})
    (Correction(at=1, typed='cướcc', meant='cước'),)
    """
    return Speller(vocabulary_counts, pair_counts).correct(syllables)


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONGEST = 12  # no syllable is longer; what is, is not worth some hundred look-ups a letter


def _within_one_edit(word: str) -> Iterator[str]:
    yield word
    if len(word) > _LONGEST:
        return
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in _LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in _LETTERS)


def _differences(one: str, other: str) -> int:
    return abs(len(one) - len(other)) + sum(a != b for a, b in zip(one, other, strict=False))
