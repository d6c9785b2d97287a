"""The heading (tên) of a unit, on one line, from the lines below its number."""

from __future__ import annotations

import re

from corpus.parse.headings import Heading
from corpus.parse.lines import Line, breaks_off, is_capitals, next_said
from kb.text import fold, unwrap

_LONGEST = 300
_HEADING_LINES = 8
_TITLE_LINES = 8  # lines of an annex among which its title stands
_STARTS_UNIT = re.compile(r"(?:\d{1,3}[a-zđ]?|[a-zđ]|[IVX]+)\s?[.)]|[-–+•]|[\"“(]?[ĐD]iều\s\d|\(Điều\s")
_FIRST_CLAUSE = re.compile(r"1\s?[.)]\D")
_ENDS_SENTENCE = (".", ";", ":")
_CODIFIED = re.compile(r"\s*\[pháp điển:[^\]]*\]\s*\Z")
_ISSUED_WITH = re.compile(r"\W*(?:Ban\s+hành\s+)?kèm\s+theo\b", re.IGNORECASE)


def article_heading(lines: list[Line], heading: Heading, end: int, width: int) -> str:
    """The heading of an article; empty where its first paragraph is a sentence, as in decisions.

    ``end`` is the line after the article's last, ``width`` that at which the source wraps its lines.
    """
    first = heading.last_line
    words = [heading.rest]
    if not heading.rest:
        first = next_said(lines, first)
        if first >= end or _STARTS_UNIT.match(lines[first].text):
            return ""
        words = [lines[first].text]
    index = first
    while index + 1 < end and _goes_on(lines, index, width):
        index += 1
        words.append(lines[index].text)
        if index - first > _HEADING_LINES:
            return ""
    text = unwrap(_CODIFIED.sub("", " ".join(words)))
    if not heading.rest and next_said(lines, index) >= end:
        return ""  # the only paragraph is the article itself
    below = next_said(lines, index)
    if text.endswith(".") and below < end and _FIRST_CLAUSE.match(lines[below].text):
        text = text[:-1]  # a heading closed like a sentence: its clauses tell that it is none
    return "" if text.endswith(_ENDS_SENTENCE) or len(text) > _LONGEST else text


def container_heading(lines: list[Line], heading: Heading, end: int) -> str:
    """The heading of a phần, chương or mục: what stands between its number and the next unit on line ``end``."""
    words = [heading.rest] if heading.rest else []
    for line in lines[heading.last_line + 1 : end]:
        if _STARTS_UNIT.match(line.text) or (words and line.text and not is_capitals(line.text)):
            break
        if line.text and not line.furniture:
            words.append(line.text)
    text = unwrap(" ".join(words)).strip(" .:")
    return text if len(text) <= _LONGEST else ""


def annex_title(lines: list[Line], first: int, end: int) -> str:
    """The title of an annex: the lines in capitals at its start, up to "(Ban hành kèm theo …)"; not a form's letterhead."""
    words: list[str] = []
    for line in lines[first : min(end, first + _TITLE_LINES)]:
        if fold(line.text).startswith("cong hoa xa hoi"):
            return ""
        if _ISSUED_WITH.match(line.text) or (words and line.text and not is_capitals(line.text)):
            break
        if line.text and not line.furniture and is_capitals(line.text):
            words.append(line.text)
    text = unwrap(" ".join(words))
    return text if len(text) <= _LONGEST else ""


def _goes_on(lines: list[Line], index: int, width: int) -> bool:
    """Whether the paragraph of line ``index`` goes on below: the next line neither starts one nor had room above."""
    line, below = lines[index], lines[index + 1]
    if not below.text or below.furniture or _STARTS_UNIT.match(below.text):
        return False
    if 0 < line.indent <= below.indent or line.text.endswith(_ENDS_SENTENCE):
        return False
    if line.bold_goes_on or below.text[0].islower() or breaks_off(line.text):
        return True
    word = below.text.split(maxsplit=1)[0]
    return width > 0 and line.indent + len(line.text) + 1 + len(word) > 0.85 * width
