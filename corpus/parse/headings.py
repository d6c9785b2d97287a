"""Lines that look like the heading of a unit: phần, chương, mục, tiểu mục, điều.

Looking like one is not being one: whether it counts is decided by what it follows (see ``corpus.parse.sequence``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.parse.lines import Line, breaks_off_before, is_capitals, keyword_with_number, next_said
from kb.model import ProvisionKind
from kb.text import fold

_NOISE = "-–. "  # what scans show before a heading
_ARTICLE = re.compile(
    r"(?P<quote>[\"“”„'‘(\[]*)(?P<word>[DĐÐ][^\W\d_]{3})[ \u00a0]*(?P<number>\d{1,3})[ ]?(?P<inserted>[a-zđ]?)(?![\w/])"
    r"(?:\[\d{1,3}\])?[ \u00a0]?(?P<close>[.:]?)(?:\[\d{1,3}\])?[ \t\u00a0]*(?P<rest>.*)",
    re.DOTALL,
)
_CONTAINER = re.compile(
    r"(?P<word>phần|chương|tiểu[ ]mục|mục)[ \u00a0]+(?:thứ[ ])?(?P<label>[^\W_]{1,5})(?:\[\d{1,3}\])?(?P<close>[ ]?[.:–-]?)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_CONTAINERS = {
    "phần": ProvisionKind.PART,
    "chương": ProvisionKind.CHAPTER,
    "mục": ProvisionKind.SECTION,
    "tiểu mục": ProvisionKind.SUBSECTION,
}
_ORDINALS = {
    word: order
    for order, words in enumerate(("nhất", "hai", "ba", "tư bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"), 1)
    for word in words.split()
}
_ROMAN = re.compile(r"[IVXLC]+")
_INSERTED = re.compile(r"(?P<number>[IVXLC]+|\d{1,3})(?P<letter>[a-zđ])")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_POINTS_ELSEWHERE = re.compile(
    r"(?:Luật|Bộ luật|Hiến pháp|Pháp lệnh|Nghị|Thông tư|Quyết định|Quy chế|Quy định|Chương|Mục|Điều)\b"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that looks like a heading.

    It stands on ``line``, or where the page breaks its number on the lines up to ``last_line``. ``label`` is the number as printed ("5a", "II", "nhất"), ``order`` its value, 0 where it cannot be read; ``rest`` the
    text after it. ``sure`` is False where the line could as well be the wrapped rest of a sentence.
    """

    kind: ProvisionKind
    line: int
    last_line: int
    label: str
    order: int
    inserted: str
    rest: str
    sure: bool

    @property
    def key(self) -> tuple[int, str]:
        """Its place in the numbering: 5 before 5a before 5b before 6."""
        return self.order, self.inserted


def find_heading(lines: list[Line], index: int) -> Heading | None:
    """The heading that line ``index`` looks like, if any."""
    initial = lines[index].text.lstrip(_NOISE)[:1]
    if initial in "DĐÐ\"“”„'‘([":
        return _article(lines, index)
    if initial in "PpCcMmTt":
        return _container(lines, index)
    return None


def roman_value(numeral: str) -> int:
    """The value of a Roman numeral as laws write it, 0 if it is none.

    >>> roman_value("XIV"), roman_value("IIX"), roman_value("H")
    (14, 0, 0)
    """
    if not _ROMAN.fullmatch(numeral):
        return 0
    values = [_ROMAN_VALUES[digit] for digit in numeral]
    value = sum(-v if v < following else v for v, following in zip(values, [*values[1:], 0], strict=True))
    return value if _to_roman(value) == numeral else 0


def number_value(label: str) -> int:
    """The value of a number as printed, in digits, Roman or words ("II", "thứ nhất" without "thứ"); 0 if it is none.

    >>> number_value("12"), number_value("IV"), number_value("nhất"), number_value("5a")
    (12, 4, 1, 0)
    """
    if label.isdecimal():
        return int(label)
    return roman_value(label) or _ORDINALS.get(label.lower(), 0)


def _to_roman(value: int) -> str:
    digits = ""
    for weight, symbol in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        digits += symbol * (value // weight)
        value %= weight
    return digits


def _article(lines: list[Line], index: int) -> Heading | None:
    text, last_line = keyword_with_number(lines, index)
    match = _ARTICLE.match(text.lstrip(_NOISE))
    if match is None or fold(match["word"]) != "dieu" or not _may_be_heading(match["close"], match["rest"]):
        return None
    sure = bool(match["close"]) and not breaks_off_before(lines, index)
    label = match["number"] + match["inserted"]
    order = int(match["number"])
    return Heading(ProvisionKind.ARTICLE, index, last_line, label, order, match["inserted"], match["rest"], sure)


def _may_be_heading(close: str, rest: str) -> bool:
    """Whether the rest can be a heading's at all: "Điều 5" alone, "Điều 5 Phạm vi"; not "Điều 5 của", "Điều 5 Luật …"."""
    if close:
        return not rest[:1].islower()
    return not rest or (rest[0].isupper() and not _POINTS_ELSEWHERE.match(rest))


def _container(lines: list[Line], index: int) -> Heading | None:
    text, last_line = keyword_with_number(lines, index)
    match = _CONTAINER.match(text.lstrip(_NOISE))
    if match is None or not match["word"][0].isupper():
        return None
    label, rest = match["label"], match["rest"].strip(" .:–-")
    inserted = _INSERTED.fullmatch(label)  # "Chương IIa", added between II and III
    order = number_value(inserted["number"] if inserted else label)
    alone = not rest
    if not alone and not (is_capitals(rest) or (match["close"].strip() and rest[:1].isupper())):
        return None
    if not order and not (alone and _reads_as_scanned_numeral(lines, last_line, label)):
        return None
    sure = not breaks_off_before(lines, index)
    kind, letter = _CONTAINERS[" ".join(match["word"].lower().split())], inserted["letter"] if inserted else ""
    return Heading(kind, index, index, label, order, letter, rest, sure) if sure else None


def _container_order(label: str) -> int:
    return int(label) if label.isdecimal() else roman_value(label) or _ORDINALS.get(label.lower(), 0)


def _reads_as_scanned_numeral(lines: list[Line], index: int, label: str) -> bool:
    """Whether a scan shows a numeral it could not read ("Chương H"), with a heading in capitals below."""
    following = next_said(lines, index)
    return label.isupper() and len(label) <= 3 and following < len(lines) and is_capitals(lines[following].text)
