"""The lines of a text as the parsers look at them: where they stand, and what they say without marks of layout."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from corpus.parse.gazette import is_furniture
from kb.text import fold

_BLANKS = " \t\u00a0\r\f\v"
_EDGE = _BLANKS + "|*_#>\\"
_EMPHASIS = re.compile(r"\*+|__+")
_BROKEN_KEYWORDS = frozenset(
    {"dieu", "chuong", "muc", "tieu", "tieu muc", "phan", "phan thu", "phu", "phu luc", "mau", "mau so"}
)
_LONGEST_BROKEN = 12
_FEWEST_WRAPPED = 5  # lines that go on below, fewer are accidents
_MID_SENTENCE = re.compile(
    r"(?:,|\b(?:tại|theo|và|hoặc|với|của|các|đến|từ|trừ|là|này|khoản|điểm|điều|chương|mục|phần|số|thuộc|trong|ở)"
    r"(?:\s(?:\d+[a-zđ]?|[a-zđ]))?)\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line: ``source[start:end]``, its line break included.

    ``text`` is what it says, without Markdown marks, table bars and blanks around it, and starts at
    ``said_at`` of the source; ``indent`` counts the blanks before it; ``bold_goes_on`` tells that Markdown bold is not closed on the line;
    ``furniture`` tells a page header, page mark or signature stamp, which belongs to the page, not the law.
    """

    start: int
    end: int
    text: str
    said_at: int
    indent: int
    bold: bool
    bold_goes_on: bool
    furniture: bool


def read_lines(source: str) -> list[Line]:
    """All lines of ``source``; joining their spans gives it back."""
    lines = []
    start = 0
    while start < len(source):
        end = source.find("\n", start) + 1 or len(source)
        lines.append(_line(source[start:end], start, end))
        start = end
    return lines


def _line(raw: str, start: int, end: int) -> Line:
    said = raw.lstrip(_EDGE)
    text = unicodedata.normalize("NFC", _EMPHASIS.sub("", raw)).replace("\u00a0", " ").strip(_EDGE + "\n")
    indent = len(raw) - len(raw.lstrip(_BLANKS))
    bold = raw.lstrip(_BLANKS + "|").startswith("**")
    goes_on = raw.count("**") % 2 == 1 and not raw.rstrip().endswith("**")
    return Line(start, end, text, start + len(raw) - len(said), indent, bold, goes_on, is_furniture(text))


def keyword_with_number(lines: list[Line], index: int) -> tuple[str, int]:
    """The text of line ``index``, with the next where a page breaks it within "PHỤ LỤC I" or "Điều 5."; and its last line."""
    text = lines[index].text
    if len(text) > _LONGEST_BROKEN or index + 1 >= len(lines):
        return text, index
    following = lines[index + 1].text
    if following and (fold(text) in _BROKEN_KEYWORDS or (following[0] in ".:" and text[-1:].isalnum())):
        return f"{text} {following}", index + 1
    return text, index


def previous_said(lines: list[Line], index: int) -> int:
    """The index of the last line before ``index`` that says something; -1 if there is none."""
    index -= 1
    while index >= 0 and (not lines[index].text or lines[index].furniture):
        index -= 1
    return index


def next_said(lines: list[Line], index: int) -> int:
    """The index of the first line after ``index`` that says something; ``len(lines)`` if there is none."""
    index += 1
    while index < len(lines) and (not lines[index].text or lines[index].furniture):
        index += 1
    return index


def breaks_off_before(lines: list[Line], index: int) -> bool:
    """Whether the line before breaks off in mid-sentence, so that line ``index`` goes on with it: "… quy định tại"."""
    return index > 0 and breaks_off(lines[index - 1].text)


def breaks_off(text: str) -> bool:
    """Whether a text ends in mid-sentence: "… quy định tại", "… số"."""
    return _MID_SENTENCE.search(text) is not None


def wrap_width(lines: list[Line]) -> int:
    """The width, in characters, at which the source wraps its lines; 0 where it does not.

    Measured on lines that go on in lower case on the next.
    """
    wrapped = sorted(
        line.indent + len(line.text) for line, below in pairwise(lines) if line.text and below.text[:1].islower()
    )
    return wrapped[len(wrapped) * 9 // 10] if len(wrapped) > _FEWEST_WRAPPED else 0


def is_capitals(text: str) -> bool:
    """Whether a text is set in capitals, as headings of chapters and titles are."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 1 and sum(letter.isupper() for letter in letters) >= 0.9 * len(letters)
