"""Quotations that hold whole paragraphs: the new wording that an amending act puts between quotation marks.

What stands in one belongs to the act that is amended, so a "Điều 5" or "1." there is no unit of the text around it.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

_MARK = re.compile(r"[\"“”‟«»]|''")
_OPENS_AFTER = re.compile(r"(?:^|[\s(\[:*_|>])\Z")
_CLOSES_BEFORE = re.compile(r"\s|[.,;:)\]*_|…/]|\Z")
_ANNOUNCED = re.compile(r"(?::|như sau|[”\"]\W?)[^\w”\"]*(?:\w{1,2}[^\w”\"]+){0,2}\Z")
_PAGE_BREAK = re.compile(r"^[ \t]*(?:\[\[TRANG.*|\d*[ \t]*CÔNG BÁO/.*|\d{1,4}[ \t]*)$", re.MULTILINE)
_QUOTED_ARTICLES = re.compile(r"[*_\s]*(?:Điều|ĐIỀU|Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC|Tiểu mục)\b")
_ARTICLE_LINE = re.compile(r"(?<!:)(?:[ \t\u00a0]*\n)+[ \t\u00a0*_|]*(?:Điều|ĐIỀU) \d{1,3}[a-zđ]?[.:]")
_QUOTED_START = re.compile(r"[*_\s]*\w")
_QUOTED_UNIT = re.compile(r"[*_\s]*(?:Điều\s\d|Chương\s[IVX\d]|Mục\s\d|Phụ lục\b|\d{1,3}[a-zđ]?\.\s|[a-zđ]\)\s)")
_LINE_START = re.compile(r"(?:^|\n)[ \t\u00a0*_|>\\]*\Z")
_PARAGRAPH_END = re.compile(r"[.;:!?…][*_ \t\u00a0]*\n|\n[ \t\u00a0\f]*\n")
_LINE_ENDS = re.compile(r"[^\w\n]*(?:\w{1,2}[^\w\n]*)?(?:\n|\Z)")
_BEFORE = 160  # characters looked at before a mark: enough for a page header


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
    block: bool  # announced by a colon or "như sau", so it may run over paragraphs
    articles: bool  # it starts with an article or a larger unit, so it may run over articles


def find_quotations(text: str) -> Quotations:
    """Find the quotations of ``text``; an opening mark that is never closed quotes nothing.

    Sources mix “ ” and straight marks, forget some, and scans show marks where there are none. So a mark is read by what
    stands around it; only a quotation that the text announces runs over paragraphs, and only the end of a line closes it.
    """
    open_marks: list[_Opening] = []
    spans: list[tuple[int, int]] = []
    for mark in _MARK.finditer(text):
        _give_up(text, open_marks, mark.start())
        if _opens(text, mark.start(), mark.end(), mark.group()):
            articles = _QUOTED_ARTICLES.match(text, mark.end()) is not None
            open_marks.append(_Opening(mark.start(), _is_announced(text, mark.start(), mark.end()), articles))
        elif open_marks and (not open_marks[-1].block or _closes_block(text, open_marks[-1].start, mark)):
            spans.append((open_marks.pop().start, mark.end()))
    return Quotations(_outermost(spans))


def _opens(text: str, start: int, end: int, mark: str) -> bool:
    after = start == 0 or bool(_OPENS_AFTER.search(text, start - 1, start))
    before = bool(_CLOSES_BEFORE.match(text, end))
    if after != before:
        return after
    return mark in "“«"


def _is_announced(text: str, start: int, end: int) -> bool:
    """Whether the mark opens a quotation of paragraphs: after a colon or "như sau", or before a unit on a line of its own."""
    before = text[max(0, start - _BEFORE) : start]
    if not _QUOTED_START.match(text, end):
        return False
    if not before.strip() or (_QUOTED_UNIT.match(text, end) and _LINE_START.search(before)):
        return True
    return bool(_ANNOUNCED.search(_PAGE_BREAK.sub("", before)))


def _give_up(text: str, open_marks: list[_Opening], position: int) -> None:
    """Drop the innermost marks whose quotation cannot run on to ``position``.

    One within a sentence ends with its paragraph; one that starts with a clause or less ends before the next article.
    """
    while open_marks and not open_marks[-1].articles:
        over = _ARTICLE_LINE if open_marks[-1].block else _PARAGRAPH_END
        if not over.search(text, open_marks[-1].start, position):
            return
        open_marks.pop()


def _closes_block(text: str, start: int, mark: re.Match[str]) -> bool:
    """Whether a closing mark ends the announced quotation from ``start``: at the end of a line or of a sentence.

    Within one paragraph any closing mark does.
    """
    if _LINE_ENDS.match(text, mark.end()) or text[: mark.start()].rstrip()[-1:] in ".;:":
        return True
    return not _PARAGRAPH_END.search(text, start, mark.start())


def _outermost(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    kept: list[tuple[int, int]] = []
    for span in sorted(spans):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return tuple(kept)
