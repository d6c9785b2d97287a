"""What an act itself says, paragraph by paragraph: its body without quotations, annexes and forms.

The new wording that an amending act quotes belongs to the act that is amended, and what stands in an annex or a form orders
nothing; so both are taken out before instructions and effect clauses are read.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.parse.lines import read_lines
from corpus.parse.quotations import find_quotations
from corpus.parse.structure import Structure
from kb.model import Provision, ProvisionKind
from kb.text import canonical, fold

QUOTE = "¤"  # stands for one quotation: no letter, so that no word or number is read across it

_NOT_BODY = frozenset({ProvisionKind.SIGNATURE, ProvisionKind.ANNEX, ProvisionKind.PREAMBLE})
_OTHER_DOCUMENT = re.compile(r"~\d+\Z")
_PARAGRAPH_END = re.compile(
    r"(?<=[.:])[^\S\n]*\n(?!\s*¤)|(?<=;)[^\S\n]*\n(?!\s*(?:¤|[a-zà-ỹ]{2}))|\n[^\S\n]*\n(?!\s*¤|[\W_]*[a-zà-ỹ]{2})|\n(?=[^\S\n]*(?:[-+•*]|[a-zđ]{1,2}\)|\d{1,3}[a-zđ]?[.)])\s)"
)
_QUOTED_END = re.compile(rf"(?<={QUOTE})[^\w\n;,]*\n(?!\s*{QUOTE})")
_NOTE = re.compile(  # what the codification prints under a heading, and its own number in it
    r"\((?:Điều|Mục|Chương|Phụ lục)\s[^()]{5,600}hiệu lực thi hành kể từ ngày[^()]{0,600}\)|\[?pháp điển:[^\]]{0,60}\]"
)
_AMENDED_BY = re.compile(r"co hieu luc (?:thi hanh )?(?:ke )?tu ngay [^;:]{6,60} duoc sua doi[^;:]{0,20} boi\s?:")
_MARKS = str.maketrans(f"*|{QUOTE}", "   ")
_BLANKS = re.compile(r"\s+")
_ONLY_LABEL = re.compile(r"\W*(?:(?:\d{1,3}[a-zđ]?|[a-zđ]{1,2})[.)]\W*)?")
_LINK = re.compile(r"\[([^\]\n]{1,80})\]\s?\([^()\n]{1,400}\)")
_UNITS = {"dieu": "điều", "diem": "điểm", "khoan": "khoản", "so": "số", "mau": "mẫu"}
_MISREAD = re.compile(
    r"(?<!\w)(?:[ĐđDd]i[êeếềểễệ]u(?=\s\d)|[đd]i[êeếềểễệ]m(?=\s[a-zđ](?!\w))|[Kk]ho[aáàảãạ]n(?=\s\d)"
    r"|s[ôoồổỗộ](?=\s\d{1,4}/\d{4})|(?<=\s[Mm][aâấầẩẫậăắ]u\s)s[ôoồổỗộ](?=\s?\d)|[Mm][aâấầẩậă]u(?=\ss\w\s?\d))(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A paragraph of a provision: ``text`` canonical on one line, ``folded`` the same without accents, letter for letter.

    Each quotation in it is the one sign ``QUOTE``; ``quotations`` are their spans in the text of the structure, in order,
    marks included. ``start`` and ``end`` are the span of the whole paragraph there. ``is_heading`` tells the heading of
    an article.
    """

    path: str
    start: int
    end: int
    text: str
    folded: str
    quotations: tuple[tuple[int, int], ...]
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Speech:
    """A provision with its own statements and those of the provisions below it."""

    provision: Provision
    statements: tuple[Statement, ...]
    below: tuple[Speech, ...]

    def walk(self) -> Iterator[Statement]:
        """All statements in the order of the text."""
        yield from self.statements
        for speech in self.below:
            yield from speech.walk()


def whole_text(structure: Structure) -> str:
    """The text that all offsets are counted in."""
    return "".join(root.whole for root in structure.roots)


def read_speech(structure: Structure) -> tuple[Speech, ...]:
    """The body of the first document of a text; never raises."""
    return _Reader(whole_text(structure)).roots(structure)


def statement_of(text: str) -> Statement:
    """A text that stands in no structure, as a statement."""
    said = _one_line(text.translate(_MARKS))
    return Statement("", 0, len(text), said, _folded(said), ())


def is_consolidated(structure: Structure) -> bool:
    """Whether the text is a consolidation (văn bản hợp nhất), which orders nothing itself."""
    preamble = next((root.text for root in structure.roots if root.kind is ProvisionKind.PREAMBLE), "")
    said = fold(_BLANKS.sub(" ", preamble))
    return "vbhn" in said or "van ban hop nhat" in said[:1000] or _AMENDED_BY.search(said) is not None


class _Reader:
    """Cuts one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._quotations = find_quotations(text).spans
        self._starts = [start for start, _ in self._quotations]

    def roots(self, structure: Structure) -> tuple[Speech, ...]:
        speeches, place = [], 0
        for root in structure.roots:
            is_other = structure.other_documents and _OTHER_DOCUMENT.search(root.path)
            if root.kind not in _NOT_BODY and not is_other:
                speeches.append(self._speech(root, place))
            place += len(root.whole)
        return tuple(speeches)

    def _speech(self, provision: Provision, start: int) -> Speech:
        statements = tuple(self._statements(provision, start))
        below, place = [], start + len(provision.text)
        for child in provision.children:
            if child.kind is not ProvisionKind.ANNEX:
                below.append(self._speech(child, place))
            place += len(child.whole)
        return Speech(provision, statements, tuple(below))

    def _statements(self, provision: Provision, start: int) -> Iterator[Statement]:
        said = self._said(start, start + len(provision.text))
        heading = _heading_end(said.letters, provision) if provision.kind is ProvisionKind.ARTICLE else 0
        for first, end in _paragraphs(said.letters, heading):
            text = _one_line(said.letters[first:end])
            if not any(letter.isalnum() or letter == QUOTE for letter in text):
                continue
            span = said.places[first], said.places[end - 1]
            quotations = said.quotations[said.letters.count(QUOTE, 0, first) : said.letters.count(QUOTE, 0, end)]
            last = max([span[1] + 1, *(quoted for _, quoted in quotations)])
            folded = _folded(text)
            yield Statement(provision.path, span[0], last, text, folded, quotations, is_heading=end <= heading)

    def _said(self, start: int, end: int) -> _Said:
        """The letters of a span with quotations as one sign each and without the furniture of pages."""
        letters: list[str] = []
        places: list[int] = []
        quotations: list[tuple[int, int]] = []
        place = start
        for first, last in self._quoted(start, end):
            self._add(letters, places, place, first)
            letters.append(QUOTE)
            places.append(first)
            quotations.append((first, last))
            place = last
        self._add(letters, places, place, end)
        return _Said("".join(letters), places, tuple(quotations))

    def _quoted(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        for index in range(bisect_left(self._starts, start), bisect_right(self._starts, end - 1)):
            first, last = self._quotations[index]
            yield first, min(last, end)

    def _add(self, letters: list[str], places: list[int], start: int, end: int) -> None:
        for line in read_lines(self._text[start:end]):
            if not line.furniture:
                letters += self._text[start + line.start : start + line.end].translate(_MARKS)
                places += range(start + line.start, start + line.end)


@dataclass(frozen=True, slots=True)
class _Said:
    """``places[i]`` is where ``letters[i]`` stands in the whole text."""

    letters: str
    places: list[int]
    quotations: tuple[tuple[int, int], ...]


def _paragraphs(letters: str, heading: int) -> Iterator[tuple[int, int]]:
    """Spans of paragraphs; the heading of an article is one."""
    ends = {match.end() for pattern in (_PARAGRAPH_END, _QUOTED_END) for match in pattern.finditer(letters, heading)}
    edges = sorted({0, heading, len(letters)} | ends)
    begin = 0
    for _, end in pairwise(edges):
        if _ONLY_LABEL.fullmatch(letters, begin, end) is None:
            yield begin, end
            begin = end


def _heading_end(letters: str, provision: Provision) -> int:
    """Where the heading of an article ends, 0 where the text does not begin with it."""
    wanted = _squeezed(provision.heading)
    begin = letters.find(provision.label) + len(provision.label) if provision.label else 0
    if not wanted or QUOTE in wanted:
        return 0
    place = begin
    for letter in wanted:
        while place < len(letters) and not letters[place].isalnum():
            place += 1
        if place >= len(letters) or letters[place] != letter:
            return 0
        place += 1
    while place < len(letters) and letters[place] != "\n" and not letters[place].isalnum() and letters[place] != QUOTE:
        place += 1
    return place


def _one_line(text: str) -> str:
    """Canonical, on one line, without the addresses of Markdown links, and with units as the law spells them.

    Scans lose accents ("điêm a", "Điêu 5"), and a word of these before a label can be no other.
    """
    line = _NOTE.sub(" ", _LINK.sub(r"\1", _BLANKS.sub(" ", canonical(text))))
    line = _BLANKS.sub(" ", line).strip()
    return _MISREAD.sub(lambda match: match[0][0] + _UNITS[fold(match[0])][1:], line)


def _squeezed(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def _folded(text: str) -> str:
    folded = fold(text)
    return folded if len(folded) == len(text) else "".join(fold(letter)[:1] or " " for letter in text)
