"""Footnotes: what stands in smaller letters below a short line at the foot of a page, or starts with a raised number there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from corpus.formats.pdf.lines import Line
from corpus.formats.pdf.page import Rule

_SMALLER = 0.95  # of the text's size
_RULE_SHARE = (0.08, 0.5)  # of the page's width
_ABOVE = 40.0  # points between the line and the first footnote at most
_INTO_RULE = 4.0  # points by which the box of a line may reach over the rule
_SAME_EDGE = 8.0  # points
_GOOD_SHARE = 0.12


def text_size(pages: Iterable[Sequence[Line]]) -> float:
    """The size of a document's text: the largest in which a good share of its lines is set."""
    sizes = Counter(round(line.size, 1) for lines in pages for line in lines)
    return max((size for size, count in sizes.items() if count >= _GOOD_SHARE * sizes.total()), default=0.0)


def cut_footnotes(
    lines: Sequence[Line], rules: Sequence[Rule], width: float, size: float, *, goes_on: bool
) -> tuple[list[Line], list[Line]]:
    """The lines of a page's text and those of its footnotes.

    ``size`` is that of the document's text. Where a footnote ``goes_on`` from the page before, the line above it may be as wide as the text.
    """
    least, most = _RULE_SHARE[0] * width, (1.0 if goes_on else _RULE_SHARE[1]) * width
    by_height = sorted(lines, key=lambda line: line.baseline)
    for rule in sorted(rules, key=lambda rule: rule.top):
        if rule.is_horizontal and least <= rule.right - rule.left <= most:
            below = [line for line in by_height if line.box[1] >= rule.top - _INTO_RULE and line.baseline > rule.bottom]
            if below and _starts_below(rule, below[0]) and (below[0].raised_start or _are_small(below, rule, size)):
                return _parted(lines, below)
    for index, line in enumerate(by_height):
        if line.raised_start and max(below.size for below in by_height[index:]) <= _SMALLER * size:
            return _parted(lines, by_height[index:])
    return list(lines), []


def _starts_below(rule: Rule, first: Line) -> bool:
    return first.box[1] - rule.bottom <= _ABOVE and first.box[0] <= rule.right


def _are_small(notes: list[Line], rule: Rule, size: float) -> bool:
    """Whether all are in smaller letters than the text and start at the rule, as the rest of a footnote does."""
    left = min(line.box[0] for line in notes)
    return max(line.size for line in notes) <= _SMALLER * size and abs(rule.left - left) <= _SAME_EDGE


def _parted(lines: Sequence[Line], notes: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    ids = set(map(id, notes))
    return [line for line in lines if id(line) not in ids], list(notes)
