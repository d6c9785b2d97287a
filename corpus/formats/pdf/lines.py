"""Words to lines in reading order: what stands side by side is read as the file wrote it, the rest from top to bottom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from corpus.formats.pdf.page import Box, Word

GAP = "    "  # between texts that stand apart on one line
_SAME_LINE = 0.35  # of an em between baselines
_WIDE_GAP = 1.5  # of an em: apart, unless the whole line is spaced out so
_SPACED_OUT = 2.0  # times the usual gap of the line
_CLOSE_GAP = 0.5  # of an em: no gap, though the file drew them at different times
_RAISED_SIZE = 0.95
_RAISED_BY = (0.15, 0.75)  # of an em above the line
_OVERLAP = 0.3  # of the lower height: two lines stand beside each other
_RAISED_ZERO = 0xF0000  # private use
_RAISED_END = chr(_RAISED_ZERO + 10)
_RAISED = re.compile(f"([{chr(_RAISED_ZERO)}-{chr(_RAISED_ZERO + 9)}]+){_RAISED_END}")
_EXPONENTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_UNIT_OF_MEASURE = re.compile(r"(?:^|[\s\d(/])[kcdm]?m$")
_NEXT_LINE = 2.6  # em below: still side by side with what stands above


@dataclass(frozen=True)
class Segment:
    """Words on one line without a wide gap; ``order`` is the place of the first in the file."""

    words: tuple[Word, ...]
    order: int

    @cached_property
    def box(self) -> Box:
        """The box around its words."""
        return box_around(self.words)

    @cached_property
    def main(self) -> Word:
        """The word that gives the line its place: the first of the largest."""
        return max(self.words, key=lambda word: word.size)

    @cached_property
    def text(self) -> str:
        """Its words; a raised number in marks of its own (see ``raised_mark``) without a blank before it."""
        parts: list[str] = []
        for word in self.words:
            raised = self.is_raised(word)
            blank = " " * bool(parts and not word.glued and not raised)
            parts.append(blank + (raised_mark(word.text) if raised else word.text))
        return "".join(parts)

    def is_raised(self, word: Word) -> bool:
        """Whether a word is a number set small above the line, as the mark of a footnote is."""
        if not word.text.isdecimal() or word.size > _RAISED_SIZE * self.main.size:
            return False
        return _RAISED_BY[0] <= (self.main.baseline - word.baseline) / self.main.size <= _RAISED_BY[1]


@dataclass(frozen=True)
class Line:
    """A line as it is read; ``column`` is (left, right) of what it stands in."""

    segments: tuple[Segment, ...]
    column: tuple[float, float]

    @cached_property
    def box(self) -> Box:
        """The box around its words."""
        return box_around([word for segment in self.segments for word in segment.words])

    @cached_property
    def text(self) -> str:
        """Its segments with a wide gap between them."""
        return GAP.join(segment.text for segment in self.segments)

    @cached_property
    def baseline(self) -> float:
        """Where its letters stand."""
        return self.segments[0].main.baseline

    @cached_property
    def size(self) -> float:
        """Its em."""
        return self.segments[0].main.size

    @cached_property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(word.bold for segment in self.segments for word in segment.words if word.text[0].isalnum())

    @cached_property
    def raised_start(self) -> str:
        """The raised number it starts with, as a footnote does; empty if none."""
        first = self.segments[0]
        return first.words[0].text if first.is_raised(first.words[0]) else ""


Row = list[Segment]


def raised_mark(number: str) -> str:
    """A number as characters that no text has, until it is known whether a footnote bears it."""
    return "".join(chr(_RAISED_ZERO + int(digit)) for digit in number) + _RAISED_END


def spell_raised(text: str, notes: frozenset[str]) -> str:
    """The text with raised numbers as ``[2]`` where a footnote of ``notes`` bears it, else as the exponent it is.

    >>> spell_raised("luật" + raised_mark("2") + " 5 m" + raised_mark("2"), frozenset({"2"}))
    'luật[2] 5 m²'
    """

    def spelled(match: re.Match[str]) -> str:
        number = "".join(str(ord(mark) - _RAISED_ZERO) for mark in match[1])
        if not _UNIT_OF_MEASURE.search(text[max(0, match.start() - 5) : match.start()]) and (
            marks := _marks(number, notes)
        ):
            return "".join(f"[{mark}]" for mark in marks)
        return "".join(_EXPONENTS[int(digit)] for digit in number)

    return _RAISED.sub(spelled, text)


def _marks(number: str, notes: frozenset[str]) -> list[str]:
    """The footnotes that a raised number stands for: itself, or two that follow each other, set without a blank."""
    if number in notes:
        return [number]
    cuts = [(number[:cut], number[cut:]) for cut in range(1, len(number))]
    return next(([one, two] for one, two in cuts if {one, two} <= notes and int(two) == int(one) + 1), [])


def box_around(words: Sequence[Word]) -> Box:
    """The smallest box that holds all words."""
    return (
        min(word.left for word in words),
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
    )


def read_rows(words: Sequence[Word]) -> list[Row]:
    """The segments of a page by the line they stand on, from top to bottom, each row from left to right."""
    segments = sorted(_segments(words), key=lambda segment: segment.main.baseline)
    rows: list[Row] = []
    for segment in segments:
        if rows and _on_line(rows[-1][0].main, segment.main):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [_closed_up(sorted(row, key=lambda segment: segment.box[0])) for row in rows]


def order_lines(rows: list[Row], column: tuple[float, float]) -> Iterator[Line]:
    """The lines of the rows as they are read."""
    for band in _bands(rows):
        if len(band) == 1 or not _is_columnar(band):
            yield from (Line(tuple(row), column) for row in band)
        else:
            yield from _columns(band)


def _segments(words: Sequence[Word]) -> Iterator[Segment]:
    run: list[Word] = []
    start = 0
    for index, word in enumerate(words):
        if run and not _goes_on(run, word):
            yield from _apart(run, start)
            run, start = [], index
        run.append(word)
    if run:
        yield from _apart(run, start)


def _goes_on(run: list[Word], word: Word) -> bool:
    main = max(run, key=lambda earlier: earlier.size)
    if word.turned or main.turned or word.left < run[-1].right - main.size:
        return False
    if _on_line(main, word):
        return True
    small, large = (word, main) if word.size < main.size else (main, word)
    raised = (large.baseline - small.baseline) / large.size
    near = word.left - run[-1].right < main.size and small.size <= _RAISED_SIZE * large.size
    return near and -0.3 <= raised <= _RAISED_BY[1]


def _on_line(one: Word, other: Word) -> bool:
    return abs(one.baseline - other.baseline) <= _SAME_LINE * max(one.size, other.size)


def _apart(run: list[Word], start: int) -> Iterator[Segment]:
    """The run cut at gaps that are wide for it: a justified line may be spaced out as a whole."""
    gaps = [after.left - before.right for before, after in pairwise(run)]
    em = max(word.size for word in run)
    first = 0
    for index, gap in enumerate(gaps, 1):
        others = gaps[: index - 1] + gaps[index:]
        if gap > _WIDE_GAP * em and gap > _SPACED_OUT * median(others or [0.0]):
            yield Segment(tuple(run[first:index]), start + first)
            first = index
    yield Segment(tuple(run[first:]), start + first)


def _closed_up(row: Row) -> Row:
    """The row with what the file drew at different times, but without a gap, in one piece."""
    closed = row[:1]
    for segment in row[1:]:
        last = closed[-1]
        if segment.box[0] - last.box[2] < _CLOSE_GAP * segment.main.size and not segment.main.turned:
            closed[-1] = Segment((*last.words, *segment.words), min(last.order, segment.order))
        else:
            closed.append(segment)
    return closed


def _bands(rows: list[Row]) -> Iterator[list[Row]]:
    """Consecutive rows that stand side by side with a free strip between, or single rows."""
    index = 0
    while index < len(rows):
        end, strip = index + 1, _strip(rows[index])
        if strip is None and end < len(rows) and _beside(rows[index], rows[end]):
            strip = _strip(sorted([*rows[index], *rows[end]], key=lambda segment: segment.box[0]))
        while strip is not None and end < len(rows) and _near(rows[end - 1], rows[end]):
            narrowed = _narrowed(strip, rows[end])
            if narrowed is None:
                break
            strip, end = narrowed, end + 1
        yield rows[index:end]
        index = end


def _strip(row: Row) -> tuple[float, float] | None:
    """The widest gap of a row."""
    gaps = [(before.box[2], after.box[0]) for before, after in pairwise(row)]
    return max(gaps, key=lambda gap: gap[1] - gap[0], default=None)


def _beside(above: Row, below: Row) -> bool:
    top, bottom = max(s.box[1] for s in below), min(s.box[3] for s in above)
    height = min(s.box[3] - s.box[1] for s in [*above, *below])
    apart = above[-1].box[2] < below[0].box[0] or below[-1].box[2] < above[0].box[0]
    return apart and bottom - top > _OVERLAP * height


def _near(above: Row, below: Row) -> bool:
    return below[0].main.baseline - above[0].main.baseline <= _NEXT_LINE * max(above[0].main.size, below[0].main.size)


def _narrowed(strip: tuple[float, float], row: Row) -> tuple[float, float] | None:
    """What is left of the free strip beside the segments of another row; None if one stands in it."""
    left, right = strip
    for segment in row:
        if segment.box[0] >= right or segment.box[2] <= left:
            continue
        if (segment.box[0] + segment.box[2]) / 2 > (left + right) / 2:
            right = min(right, segment.box[0])
        else:
            left = max(left, segment.box[2])
    return (left, right) if right - left > _CLOSE_GAP * row[0].main.size else None


def _is_columnar(band: list[Row]) -> bool:
    """Whether the file wrote one side after the other, rather than line by line."""
    written = sorted((segment for row in band for segment in row), key=lambda segment: segment.order)
    return any(
        after.main.baseline < before.main.baseline - _SAME_LINE * before.main.size
        for before, after in pairwise(written)
    )


def _columns(band: list[Row]) -> Iterator[Line]:
    segments = sorted((segment for row in band for segment in row), key=lambda segment: segment.order)
    strip = next(filter(None, map(_strip, band)), None)
    middle = sum(strip) / 2 if strip else 0.0
    sides = [
        [s for s in segments if (s.box[0] + s.box[2]) / 2 <= middle],
        [s for s in segments if (s.box[0] + s.box[2]) / 2 > middle],
    ]
    edges = [(min(s.box[0] for s in side), max(s.box[2] for s in side)) if side else (0.0, 0.0) for side in sides]
    for segment in segments:
        yield Line((segment,), edges[(segment.box[0] + segment.box[2]) / 2 > middle])
