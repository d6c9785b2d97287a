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
_AS_FOLLOWS = re.compile(r"\bsau\s*:?\s*\Z")
_PAGE_BREAK = re.compile(r"^[ \t]*(?:\[\[TRANG.*|\d*[ \t]*CÔNG BÁO/.*|\d{1,4}[ \t]*)$", re.MULTILINE)
_QUOTED_ARTICLES = re.compile(r"[*_\s]*(?:Điều|ĐIỀU|Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC|Tiểu mục)\b")
_ARTICLE_LINE = re.compile(r"^[ \t\u00a0*_|]*(?:Điều|ĐIỀU) (?P<number>\d{1,3})[a-zđ]?[.:]", re.MULTILINE)
_OWN_ARTICLE = re.compile(r"[*_\s]*(?:Điều|ĐIỀU) (?P<number>\d{1,3})")
_QUOTED_START = re.compile(r"[*_\s]{0,9}\w")
_QUOTED_UNIT = re.compile(r"[*_\s]{0,9}(?:Điều\s\d|Chương\s[IVX\d]|Mục\s\d|Phụ lục\b|\d{1,3}[a-zđ]?\.\s|[a-zđ]\)\s)")
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
    """An opening mark not closed yet; ``seen`` is how far the text after it has been looked at.

    ``number`` is that of the article it starts with, 0 where it starts with something else.
    """

    start: int
    block: bool  # announced by a colon or "như sau", so it may run over paragraphs
    articles: bool  # it starts with an article or a larger unit, so it may run over articles
    seen: int
    number: int = 0
    paragraph_over: bool = False
    article_met: bool = False

    def look(self, text: str, position: int) -> None:
        """Look at the text up to ``position``, each piece once."""
        if not self.paragraph_over:
            self.paragraph_over = _PARAGRAPH_END.search(text, self.seen, position) is not None
        if self.block and (self.number or not self.articles) and not self.article_met:
            self.article_met = any(
                not _tail(text, match.start()).endswith(":")
                for match in _ARTICLE_LINE.finditer(text, self.seen, position)
                if not self.articles or int(match["number"]) < self.number
            )
        self.seen = max(self.seen, text.rfind("\n", self.seen, position))

    @property
    def is_over(self) -> bool:
        """Whether the quotation cannot run on, so that the mark was none.

        One within a sentence ends with its paragraph; one that starts with a clause or less ends before the next article, and
        one that starts with an article before an article of a lower number, which stands in the act around it.
        """
        return self.article_met if self.block else self.paragraph_over


def find_quotations(text: str) -> Quotations:
    """Find the quotations of ``text``; an opening mark that is never closed quotes nothing.

    Sources mix “ ” and straight marks, forget some, and scans show marks where there are none. So a mark is read by what
    stands around it; only a quotation that the text announces runs over paragraphs, and only the end of a line closes it.
    """
    open_marks: list[_Opening] = []
    spans: list[tuple[int, int]] = []
    for mark in _MARK.finditer(text):
        _drop_those_over(text, open_marks, mark.start())
        if _opens(text, mark):
            articles = _QUOTED_ARTICLES.match(text, mark.end()) is not None
            own = _OWN_ARTICLE.match(text, mark.end())
            number = int(own["number"]) if own else 0
            open_marks.append(_Opening(mark.start(), _is_announced(text, mark), articles, mark.end(), number))
        elif open_marks and (not open_marks[-1].block or _closes_block(text, open_marks[-1], mark)):
            spans.append((open_marks.pop().start, mark.end()))
    return Quotations(_outermost(spans))


def _drop_those_over(text: str, open_marks: list[_Opening], position: int) -> None:
    while open_marks:
        open_marks[-1].look(text, position)
        if not open_marks[-1].is_over:
            return
        open_marks.pop()


def _opens(text: str, mark: re.Match[str]) -> bool:
    start = mark.start()
    after = start == 0 or bool(_OPENS_AFTER.search(text, start - 1, start))
    before = bool(_CLOSES_BEFORE.match(text, mark.end()))
    if after != before:
        return after
    return mark.group() in "“«"


def _is_announced(text: str, mark: re.Match[str]) -> bool:
    """Whether the mark opens a quotation of paragraphs: after a colon or "như sau", or before a unit on a line of its own."""
    before = text[max(0, mark.start() - _BEFORE) : mark.start()]
    if not _QUOTED_START.match(text, mark.end()):
        return False
    is_unit, on_own_line = _QUOTED_UNIT.match(text, mark.end()) is not None, _LINE_START.search(before) is not None
    if not before.strip() or (is_unit and on_own_line):
        return True
    if not is_unit and not on_own_line:  # a colon within a sentence announces words: "gồm: “A”, “B”"
        return _AS_FOLLOWS.search(before) is not None
    return _ANNOUNCED.search(_PAGE_BREAK.sub("", before)) is not None


def _closes_block(text: str, opening: _Opening, mark: re.Match[str]) -> bool:
    """Whether a closing mark ends an announced quotation: at the end of a line or sentence, or in its first paragraph."""
    if _LINE_ENDS.match(text, mark.end()) or _tail(text, mark.start()).endswith((".", ";", ":")):
        return True
    return not opening.paragraph_over


def _tail(text: str, position: int) -> str:
    """The text right before ``position``, without the blanks there."""
    return text[max(0, position - _BEFORE) : position].rstrip()


def _outermost(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    kept: list[tuple[int, int]] = []
    for span in sorted(spans):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return tuple(kept)
