"""Quotations that hold whole paragraphs: the new wording that an amending act puts between quotation marks.

What stands in one belongs to the act that is amended, so a "Điều 5" or "1." there is no unit of the text around it.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

_MARK = re.compile(r"[\"“”„‟«»]|''")
_OPENS_AFTER = re.compile(r"(?:^|[\s(\[:*_|>])\Z")
_CLOSES_BEFORE = re.compile(r"\s|[.,;:)\]*_|…]|\Z")
_STARTS_BLOCK = re.compile(r"(?:^|[\n:])[ \t\u00a0*_|>\\(-]*\Z")
_PARAGRAPH_END = re.compile(r"[.;:!?…][*_ \t\u00a0]*\n|\n[ \t\u00a0\f]*\n")
_BEFORE = 40  # characters looked at before a mark: enough for indentation


@dataclass(frozen=True, slots=True)
class Quotations:
    """The spans of a text that lie between quotation marks, in order, none inside another."""

    spans: tuple[tuple[int, int], ...]

    def holds(self, position: int) -> bool:
        """Whether ``position`` lies inside a quotation, after its opening mark."""
        index = bisect.bisect_left(self.spans, (position, -1)) - 1
        return index >= 0 and position < self.spans[index][1]


@dataclass(slots=True)
class _Opening:
    start: int
    block: bool  # it starts a paragraph or follows a colon, so it may run over paragraphs


def find_quotations(text: str) -> Quotations:
    """Find the quotations of ``text``; an opening mark that is never closed quotes nothing.

    Sources mix “ ” and straight marks and forget some, so a mark is read by what stands around it, and one that opens
    within a sentence is given up at the end of its paragraph.
    """
    open_marks: list[_Opening] = []
    spans: list[tuple[int, int]] = []
    for mark in _MARK.finditer(text):
        if _opens(text, mark.start(), mark.end(), mark.group()):
            open_marks.append(_Opening(mark.start(), _starts_block(text, mark.start())))
            continue
        _give_up_sentences(text, open_marks, mark.start())
        if open_marks:
            spans.append((open_marks.pop().start, mark.end()))
    return Quotations(_outermost(spans))


def _opens(text: str, start: int, end: int, mark: str) -> bool:
    after = bool(_OPENS_AFTER.search(text, max(0, start - 1), start)) or start == 0
    before = bool(_CLOSES_BEFORE.match(text, end))
    if after != before:
        return after
    return mark in "“„«"


def _starts_block(text: str, start: int) -> bool:
    return bool(_STARTS_BLOCK.search(text[max(0, start - _BEFORE) : start])) or not text[:start].strip()


def _give_up_sentences(text: str, open_marks: list[_Opening], position: int) -> None:
    """Drop the innermost marks that opened within a sentence and whose paragraph has ended before ``position``."""
    while open_marks and not open_marks[-1].block and _PARAGRAPH_END.search(text, open_marks[-1].start, position):
        open_marks.pop()


def _outermost(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    kept: list[tuple[int, int]] = []
    for span in sorted(spans):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return tuple(kept)
