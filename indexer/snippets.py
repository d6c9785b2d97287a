"""Snippets: the passage of a hit that best shows why it matches, highlighted at the letters of the source's own text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

import numpy as np
import numpy.typing as npt

from indexer.forms import Forms
from indexer.segment import Numbers, Segment
from indexer.vietnamese import Analysis, analyse, piece_of

Places = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

WINDOW = 50
"""The most syllables of a passage, about 240 letters."""
LONGEST = 320
"""The most letters of a passage, where there are few syllables among them."""
LEAD = 6
"""How many syllables stand before the first that is asked, where the passage cannot start with its line."""

_REPEATED = 0.2  # what a syllable tells that stood within a window before
_MOST = 0.7  # of what a passage tells must lie in a khoản or điểm for the link to lead there
_CLOSING = ".,;:!?)]}”»\"'"
_LONGEST_SYLLABLE = 30
_ENOUGH = LONGEST + 2 * _LONGEST_SYLLABLE
"""Letters in which the longest passage ends, but for those without blanks."""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Syllables to show: for each place the forms that match there; ``together`` if only side by side."""

    forms: tuple[Forms, ...]
    together: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage in fragments (text, highlighted); joined, they are ``text[start:end]`` of the unit.

    ``clause`` is the path below the unit of the khoản or điểm that holds what matched (``khoan-2.diem-a``), "" where the unit
    has none, or no single one holds it.
    """

    fragments: tuple[tuple[str, bool], ...]
    start: int
    end: int
    length: int
    clause: str = ""

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
    """Cuts snippets for one query: ``weights`` says how much each syllable of the segment tells, 0 where not asked.

    ``named`` are the paths of what was asked for by name below some units: where the unit has it, the passage is its beginning.
    """

    def __init__(
        self,
        segment: Segment,
        asked: Sequence[Asked],
        weights: npt.NDArray[np.float32],
        named: Mapping[int, str] | None = None,
    ) -> None:
        self._named = named or {}
        self._segment = segment
        self._asked = [_Spelled.of(one, segment.syllables.terms) for one in asked]
        self._together = [one.forms for one in asked if one.together]
        self._paths = segment.values("clause")
        self._weights = weights
        self._alone = weights if not self._together else _of_single(weights, asked)

    def snippet(self, unit: int) -> Snippet:
        """The best passage of a unit: where the syllables asked stand closest, from the start of the line if it is near."""
        first, end = self._segment.body(unit)
        characters, places = self._segment.lines(unit)
        text = self._segment.text(unit)
        if not len(places):
            return Snippet(((text[:LONGEST], False),), 0, min(len(text), LONGEST), len(text))
        clause, place = self._begun(unit, self._named.get(unit, ""))
        if not clause:
            tell = self._tell(self._segment.stream[first:end])
            clause, at = self._clause(unit, first, tell, densest(tell))
            place = first + at
        line = int(np.searchsorted(places, place, side="right")) - 1
        return replace(self._cut(text, int(characters[line]), place - int(places[line])), clause=clause)

    def _tell(self, syllables: Numbers) -> Floats:
        """How much each syllable of a text tells here: of a phrase only where it stands as one; of repetitions little."""
        tell = self._alone[syllables].astype(np.float64)
        for forms in self._together:
            starts = _starts(syllables, forms)
            for at in range(len(forms)):
                tell[starts + at] = self._weights[syllables[starts + at]]
        asked = np.flatnonzero(tell)
        tell[asked[_repeated(syllables[asked], asked)]] *= _REPEATED
        return tell

    def _begun(self, unit: int, named: str) -> tuple[str, int]:
        """The khoản or điểm of this path, or what it lies in, and where it starts in the stream; "" where the unit has none."""
        if not named:
            return "", 0
        firsts, _, paths = self._segment.clauses(unit)
        places = {self._paths[path]: place for path, place in zip(paths.tolist(), firsts.tolist(), strict=True)}
        while named and named not in places:
            named = named.rpartition(".")[0]
        return named, places.get(named, 0)

    def _clause(self, unit: int, first: int, tell: Floats, at: int) -> tuple[str, int]:
        """The innermost khoản or điểm that holds most of what the passage from ``at`` on tells, and where it tells first."""
        firsts, stops, paths = self._segment.clauses(unit)
        sums = np.append(0, np.cumsum(tell[at : at + WINDOW]))
        within = [np.clip(bounds.astype(np.int64) - first - at, 0, len(sums) - 1) for bounds in (firsts, stops)]
        holding = np.flatnonzero(sums[within[1]] - sums[within[0]] > _MOST * sums[-1])
        if not len(holding):
            return "", at
        begin = at + int(within[0][holding[-1]])
        path = self._paths[int(paths[holding[-1]])]
        return path, begin + int(np.argmax(tell[begin : at + WINDOW] > 0))

    def highlighted(self, text: str) -> tuple[tuple[str, bool], ...]:
        """A whole text, such as a heading, in fragments."""
        analysis = analyse(text)
        return tuple(_fragments(text, 0, len(text), analysis, bright_spans(analysis.syllables, self._asked)))

    def _cut(self, text: str, start: int, skipped: int) -> Snippet:
        """A passage that shows the syllable ``skipped`` after the start of a line."""
        near = skipped <= WINDOW // 2
        place, before = (0, 0) if near else piece_of(text[start:], skipped - LEAD)
        start, head = start + place, 0 if near else skipped - LEAD - before
        part = text[start : start + _ENOUGH]
        analysis = analyse(part)
        begin = 0 if near or head >= len(analysis) else analysis.starts[head]
        if len(analysis) <= head + 1 or begin + LONGEST > len(part) - _LONGEST_SYLLABLE:
            part = text[start:]  # letters without blanks, or the end
            analysis = analyse(part)
            begin = 0 if near else analysis.starts[head]
        tail = (
            bisect_right(analysis.ends, begin + LONGEST, head + 1, max(min(len(analysis), head + WINDOW), head + 1)) - 1
        )
        stop = analysis.ends[tail]
        while stop < len(part) and part[stop] in _CLOSING:
            stop += 1
        bright = bright_spans(analysis.syllables[head : tail + 1], self._asked)
        shown = [(first + head, last + head) for first, last in bright]
        fragments = tuple(_fragments(part, begin, stop, analysis, shown))
        return Snippet(fragments, start + begin, start + stop, len(text))


def densest(tell: Floats) -> int:
    """Where the passage with the most telling syllables starts, given how much each tells; neighbours tell more."""
    asked = np.flatnonzero(tell)
    if not len(asked):
        return 0
    told = tell[asked]
    told[1:] += np.where(np.diff(asked) == 1, np.minimum(told[1:], told[:-1]), 0)
    sums = np.append(0, np.cumsum(told))
    ends = np.searchsorted(asked, asked + WINDOW)
    return int(asked[np.argmax(sums[ends] - sums[:-1])])


def bright_spans(syllables: Sequence[str], asked: Sequence[_Spelled]) -> list[tuple[int, int]]:
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


@dataclass(frozen=True, slots=True)
class _Spelled:
    """What is asked, as syllables instead of their numbers."""

    forms: tuple[frozenset[str], ...]
    together: bool

    @classmethod
    def of(cls, asked: Asked, terms: Sequence[str]) -> _Spelled:
        return cls(tuple(frozenset(terms[form] for form in forms) for forms in asked.forms), asked.together)


def _of_single(weights: npt.NDArray[np.float32], asked: Sequence[Asked]) -> npt.NDArray[np.float32]:
    """The weights of syllables that are asked by themselves."""
    alone = np.zeros_like(weights)
    for one in asked:
        for forms in one.forms if not one.together else ():
            alone[forms] = weights[forms]
    return alone


def _starts(syllables: Numbers, forms: Sequence[Forms]) -> Places:
    """Where the forms stand side by side."""
    count = len(syllables) - len(forms) + 1
    if count <= 0:
        return np.empty(0, np.int64)
    fits = np.ones(count, bool)
    for at, any_of in enumerate(forms):
        fits &= np.isin(syllables[at : at + count], any_of)
    return np.flatnonzero(fits)


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
