"""Footnotes: what stands in smaller letters below a short line at the foot of a page, or starts with a raised number there."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from corpus.formats.pdf_lines import Line
from corpus.formats.pdf_page import Rule

_SMALLER = 0.95  # of the text's size
_RULE_SHARE = (0.08, 0.5)  # of the page's width
_ABOVE = 40.0  # points between the line and the first footnote at most


def cut_footnotes(lines: Sequence[Line], rules: Sequence[Rule], width: float) -> tuple[list[Line], list[Line]]:
    """The lines of a page's text and those of its footnotes."""
    by_height = sorted(lines, key=lambda line: line.baseline)
    for rule in sorted(rules, key=lambda rule: rule.top):
        if _RULE_SHARE[0] * width <= rule.right - rule.left <= _RULE_SHARE[1] * width and rule.is_horizontal:
            below = [line for line in by_height if line.box[1] >= rule.top - 4 and line.baseline > rule.bottom]
            if _are_notes(below, lines, rule):
                return _parted(lines, below)
    for index, line in enumerate(by_height):
        if line.raised_start and _are_small(by_height[index:], by_height[:index]):
            return _parted(lines, by_height[index:])
    return list(lines), []


def _parted(lines: Sequence[Line], notes: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    ids = set(map(id, notes))
    return [line for line in lines if id(line) not in ids], list(notes)


def _are_notes(below: list[Line], lines: Sequence[Line], rule: Rule) -> bool:
    if not below or below[0].box[1] - rule.bottom > _ABOVE or below[0].box[0] > rule.right:
        return False
    others = [line for line in lines if line.baseline <= rule.bottom]
    return bool(below[0].raised_start) or (_are_small(below, others) and rule.left <= min(line.box[0] for line in below) + 6)


def _are_small(notes: Sequence[Line], others: Sequence[Line]) -> bool:
    if not others:
        return bool(notes[0].raised_start)
    return max(line.size for line in notes) <= _SMALLER * median(line.size for line in others)
