"""Numbered lines ("1.", "a)") and the order they must come in.

Lines that merely look numbered are common: lists inside a point, quoted clauses of another act, a wrapped "khoản" whose
number starts the next line. A number therefore counts only where it continues the sequence.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from corpus.parse.quotations import find_quotations

LINE_START = r"^[ \t\f\u00a0|>]*[*_\\]*"
_MARK = re.compile(
    LINE_START
    + r"""
    (?P<label> \d{1,3} [a-zđ]?        # 1  1a
             | [a-zđ] \d{0,2} )       # a  đ  a1
    (?: \[\d{1,3}\] )?               # the mark of a footnote
    (?: [\ \u00a0]? \\? | \n(?=\.\s) )     # some pages break the line before the full stop
    (?P<close> \.[.)] | /\. | [.)/] | ,(?=[\ \u00a0]) | [-–](?=[\ \u00a0*]) | (?<=[0-9])(?=[\ ][^\W\d_]{2}) )
    (?![\d.,/)])
    [*_]* [ \t\u00a0]*
    (?P<next> \S? )
    """,
    re.MULTILINE | re.VERBOSE,
)
_MAY_REFER = ("khoản", "điểm", "Điều", "Mục", "mục", "Chương", "chương", " và", " hoặc")
_REFERS = re.compile(
    r"(?:(?:\b(?:tại|các|theo|và|hoặc|với|của|đến|từ|trừ|là)|,)\s+(?:khoản|điểm|mục|chương)|Điều|Mục|Chương|[^;]\s(?:và|hoặc))\Z"
)  # not "tài khoản", "địa điểm"
_PARAGRAPH_ENDS = tuple('.;:!?…"”)*|]/')
_QUOTATION_MARK = re.compile(r"[\"“”„«»]|''")
_TAIL = 60  # characters before a line that tell whether it starts a paragraph
_UNUSUAL = frozenset({",", "-", "–", ""})  # closing a number, but more often found in running text
_WIDEST_GAP = 5  # more missing numbers than this are not a gap but another list

_LETTERS = "abcdđefghijklmnopqrstuvwxyz"
_UNUSED = frozenset("đfjwz")  # letters that a lettered list may step over: the law's alphabet lacks f, j, w, z


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that starts like a khoản (``order`` 1, 2, 3 …) or a điểm (``order`` 1 for a)."""

    start: int
    label: str
    order: int
    inserted: str  # the "a" of "1a", the "1" of "a1"
    close: str
    is_letter: bool


def find_marks(text: str) -> list[Mark]:
    """All lines of ``text`` outside quotations that start like a khoản or điểm, in order."""
    matches = list(_MARK.finditer(text))
    if matches and _QUOTATION_MARK.search(text):
        quotations = find_quotations(text)
        matches = [match for match in matches if not quotations.holds(match.start("close"))]
    return [mark for match in matches if (mark := _mark(match, text)) is not None]


def _mark(match: re.Match[str], text: str) -> Mark | None:
    label, close, start = match["label"], match["close"], match.start()
    is_letter = not label[0].isdigit()
    if close in _UNUSUAL and (is_letter or not (match["next"].isupper() and _starts_paragraph(text, start))):
        return None
    if close == "." and is_letter and match["next"].islower() and match.end() == match.end("close") + 1:  # "v.v"
        return None
    if _refers_back(text, start, is_letter=is_letter):
        return None
    if is_letter:
        return Mark(start, label, _LETTERS.index(label[0]) + 1, label[1:], close, is_letter)
    number = label.rstrip(_LETTERS)
    return Mark(start, label, int(number), label[len(number) :], close, is_letter)


def _refers_back(text: str, start: int, *, is_letter: bool) -> bool:
    """Whether the line before breaks off in the middle of a reference: "… tại khoản" before "2. …"."""
    line = text[max(0, start - _TAIL) : start]
    before = line.rstrip()
    if line.count("\n", len(before)) > 1:
        return False
    if is_letter:
        return before.endswith(("tại điểm", "các điểm", "và điểm", ", điểm"))
    return before.endswith(_MAY_REFER) and _REFERS.search(before) is not None


def _starts_paragraph(text: str, start: int) -> bool:
    """Whether the text before ends a paragraph, by a blank line or by its last character."""
    before = text[max(0, start - _TAIL) : start]
    ending = before.rstrip()
    return not ending or ending.endswith(_PARAGRAPH_ENDS) or before.count("\n", len(ending)) > 1


def _follows_heading(text: str, start: int) -> bool:
    """Whether the text before ends a paragraph or is a single line, the heading."""
    return _starts_paragraph(text, start) or "\n" not in text[:start].strip()


def number_chain(marks: list[Mark], text: str) -> list[Mark]:
    """The marks that are khoản of the article: those that continue 1, 2, 3 … in one style of number."""
    first = next((index for index, mark in enumerate(marks) if mark.order == 1 and not mark.inserted), None)
    if first is None:
        first = next((i for i, m in enumerate(marks) if m.order <= 3 and _follows_heading(text, m.start)), None)
    if first is None or all(not mark.close for mark in marks):
        return []
    return _follow(_in_one_style(marks[first:]), text)


def _in_one_style(marks: list[Mark]) -> list[Mark]:
    """The marks closed like the first ("1." or "1)"), and others where the style has no such number ("2 Text")."""
    style = marks[0].close or Counter(mark.close for mark in marks if mark.close).most_common(1)[0][0]
    labels = {mark.label for mark in marks if mark.close == style}
    return [mark for mark in marks if mark.close == style or mark.label not in labels]


def _follow(marks: list[Mark], text: str) -> list[Mark]:
    chain = [marks[0]]
    inner = 0  # last number of a list inside the current khoản, 0 where there is none
    for index, mark in enumerate(marks[1:], 1):
        last = chain[-1]
        if _continues(last, mark):
            if inner and mark.order == inner + 1 and _comes_again(marks, index):
                inner = mark.order
            else:
                chain.append(mark)
                inner = 0
        elif mark.order == 1 and not mark.inserted:
            inner = 1
        elif inner:
            inner = mark.order if mark.order == inner + 1 else inner
        elif _is_gap_or_repeat(marks, index, last, text):
            chain.append(mark)
    return chain


def _continues(last: Mark, mark: Mark) -> bool:
    """Whether ``mark`` is the next number, or one inserted by amendment: 1a after 1, 1b after 1a, 2 after 1b."""
    if mark.inserted:
        return mark.order == last.order and mark.inserted > last.inserted
    return mark.order == last.order + 1


def _comes_again(marks: list[Mark], index: int) -> bool:
    """Whether the same number follows once more before a new list starts: then this one is the inner list's."""
    for later in marks[index + 1 :]:
        if later.order == 1:
            return False
        if later.label == marks[index].label:
            return True
    return False


def _is_gap_or_repeat(marks: list[Mark], index: int, last: Mark, text: str) -> bool:
    """Whether the source itself steps over a number or prints one twice."""
    mark = marks[index]
    if not mark.close or not _starts_paragraph(text, mark.start) or not 0 <= mark.order - last.order <= _WIDEST_GAP:
        return False
    return mark.order == last.order or not any(later.order == last.order + 1 for later in marks[index + 1 :])


def letter_chain(letters: list[Mark], before: int, text: str) -> list[Mark]:
    """The marks that are điểm: from a) on in order, up to where a second list of letters starts."""
    first = next((index for index, mark in enumerate(letters) if mark.label == "a"), None)
    if first is None:
        return []
    chain = [letters[first]]
    for mark in _in_one_style(letters[first:])[1:]:
        if mark.start >= before or mark.label == "a":
            break
        if _next_letter(chain[-1], mark) or _is_letter_gap(letters, chain[-1], mark, text):
            chain.append(mark)
    return chain if chain[0].start < before else []


def _next_letter(last: Mark, mark: Mark) -> bool:
    if mark.inserted:
        return mark.order == last.order and int(mark.inserted) > int(last.inserted or 0)
    if mark.order == last.order:
        return mark.label == "d"  # đ read as d by OCR
    return mark.order > last.order and _UNUSED.issuperset(_LETTERS[last.order : mark.order - 1])


def _is_letter_gap(letters: list[Mark], last: Mark, mark: Mark, text: str) -> bool:
    """Whether the source itself steps over a letter."""
    if mark.inserted or not 0 < mark.order - last.order <= _WIDEST_GAP or not _starts_paragraph(text, mark.start):
        return False
    return not any(later.start > mark.start and _next_letter(last, later) for later in letters)
