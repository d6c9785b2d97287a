"""Snippets: the passage of a hit that best shows why it matches, highlighted at the letters of the source's own text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import numpy.typing as npt

from indexer.segment import Numbers, Segment
from indexer.vietnamese import Analysis, analyse

Places = npt.NDArray[np.int64]

WINDOW = 50
"""The most syllables of a passage, about 240 letters."""
LONGEST = 320
"""The most letters of a passage, where there are few syllables among them."""
LEAD = 6
"""How many syllables stand before the first that is asked, where the passage cannot start with its line."""

_REPEATED = 0.2
_CLOSING = ".,;:!?)]}”»\"'"
_LETTERS_A_SYLLABLE = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """Syllables to show: for each place the forms that match there; ``together`` if only side by side."""

    forms: tuple[frozenset[str], ...]
    together: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage in fragments (text, highlighted); joined, they are ``text[start:end]`` of the unit."""

    fragments: tuple[tuple[str, bool], ...]
    start: int
    end: int
    length: int

    @property
    def text(self) -> str:
        """The passage without highlights."""
        return "".join(text for text, _ in self.fragments)

    @property
    def html(self) -> str:
        """The passage as HTML: escaped, highlights as ``<mark>``, an ellipsis where it is cut out of more."""
        marked = "".join(f"<mark>{escape(text)}</mark>" if bright else escape(text) for text, bright in self.fragments)
        return ("…" if self.start else "") + marked + ("…" if self.end < self.length else "")


class SnippetMaker:
    """Cuts snippets for one query: ``weights`` says how much each syllable of the segment tells, 0 where not asked."""

    def __init__(self, segment: Segment, asked: Sequence[Asked], weights: npt.NDArray[np.float32]) -> None:
        self._segment = segment
        self._asked = asked
        self._weights = weights

    def snippet(self, unit: int) -> Snippet:
        """The best passage of a unit: where the syllables asked stand closest, from the start of the line if it is near."""
        first, end = self._segment.body(unit)
        place = first + densest(self._segment.stream[first:end], self._weights)
        characters, places = self._segment.lines(unit)
        text = self._segment.text(unit)
        if not len(places):
            return Snippet(((text[:LONGEST], False),), 0, min(len(text), LONGEST), len(text))
        line = int(np.searchsorted(places, place, side="right")) - 1
        return self._cut(text, int(characters[line]), place - int(places[line]))

    def highlighted(self, text: str) -> tuple[tuple[str, bool], ...]:
        """A whole text, such as a heading, in fragments."""
        analysis = analyse(text)
        return tuple(_fragments(text, 0, len(text), analysis, bright_spans(analysis.syllables, self._asked)))

    def _cut(self, text: str, start: int, skipped: int) -> Snippet:
        """A passage that shows the syllable ``skipped`` after the start of a line."""
        part = text[start : start + (skipped + WINDOW + 1) * _LETTERS_A_SYLLABLE]
        analysis = analyse(part)
        if len(analysis) <= skipped + 1:
            part = text[start:]
            analysis = analyse(part)
        near = skipped <= WINDOW // 2
        head = 0 if near else skipped - LEAD
        begin = 0 if near else analysis.starts[head]
        tail = head
        while tail + 1 < min(len(analysis), head + WINDOW) and analysis.ends[tail + 1] <= begin + LONGEST:
            tail += 1
        stop = analysis.ends[tail]
        while stop < len(part) and part[stop] in _CLOSING:
            stop += 1
        bright = bright_spans(analysis.syllables[head : tail + 1], self._asked)
        shown = [(first + head, last + head) for first, last in bright]
        fragments = tuple(_fragments(part, begin, stop, analysis, shown))
        return Snippet(fragments, start + begin, start + stop, len(text))


def densest(syllables: Numbers, weights: npt.NDArray[np.float32]) -> int:
    """Where the passage with the most telling syllables starts; one that stands there again tells little more."""
    asked = np.flatnonzero(weights[syllables])
    if not len(asked):
        return 0
    tell = weights[syllables[asked]].astype(np.float64)
    tell[_repeated(syllables[asked], asked)] *= _REPEATED
    tell[1:] += np.where(np.diff(asked) == 1, np.minimum(tell[1:], tell[:-1]), 0)
    sums = np.append(0, np.cumsum(tell))
    ends = np.searchsorted(asked, asked + WINDOW)
    return int(asked[np.argmax(sums[ends] - sums[:-1])])


def bright_spans(syllables: Sequence[str], asked: Sequence[Asked]) -> list[tuple[int, int]]:
    """The (first, last) syllables of what is to be highlighted, ascending, without overlap."""
    bright: set[tuple[int, int]] = set()
    for one in asked:
        if one.together:
            bright.update(_runs(syllables, one.forms))
        else:
            wanted = frozenset[str]().union(*one.forms)
            bright.update((at, at) for at, syllable in enumerate(syllables) if syllable in wanted)
    spans: list[tuple[int, int]] = []
    for first, last in sorted(bright):
        if spans and first <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    return spans


def _repeated(syllables: Numbers, places: Places) -> npt.NDArray[np.bool_]:
    """Which of the syllables stood less than a window before."""
    order = np.lexsort((places, syllables))
    again = np.zeros(len(places), bool)
    same = syllables[order][1:] == syllables[order][:-1]
    again[order[1:]] = same & (np.diff(places[order]) < WINDOW)
    return again


def _runs(syllables: Sequence[str], forms: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    count = len(forms)
    for at in range(len(syllables) - count + 1):
        if all(syllables[at + place] in forms[place] for place in range(count)):
            yield at, at + count - 1


def _fragments(
    text: str, begin: int, stop: int, analysis: Analysis, bright: Sequence[tuple[int, int]]
) -> list[tuple[str, bool]]:
    """``text[begin:stop]`` in fragments; bright spans with only blanks between them are one."""
    fragments: list[tuple[str, bool]] = []
    place = begin
    for start, end in _merged(text, [(analysis.starts[first], analysis.ends[last]) for first, last in bright]):
        if start > place:
            fragments.append((text[place:start], False))
        fragments.append((text[start:end], True))
        place = end
    if place < stop:
        fragments.append((text[place:stop], False))
    return fragments


def _merged(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and not text[merged[-1][1] : start].strip(" \u00a0"):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged
