"""Numbers of documents (số ký hiệu): one grammar for all spellings, their lookup keys, and numbers in running text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kb._abbreviations import AGENCIES, DOCUMENT_TYPES
from kb._number_grammar import Parts, canonical_suffix, fold_suffix, is_known_token, read
from kb.text import canonical_mapped, fold

__all__ = [
    "AGENCIES",
    "DOCUMENT_TYPES",
    "DocumentNumber",
    "NumberMatch",
    "PartialNumber",
    "find_numbers",
    "number_key",
    "numbers_in_canonical",
    "parse_number",
    "partial_key",
    "type_of_number",
]

_UNNUMBERED = "Không số"


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document's number; ``str`` gives its canonical form, ``key`` the one that all spellings share.

    ========  ==============================================================================
    serial    ``59``, ``66.7``, ``522b``: at least two digits; empty for a document without number
    year      4 digits, None where the number has none (``06/QĐ-TTg``)
    suffix    ``NĐ-CP``, ``TC/TCT``, with its own separators; empty where there is none
    joint     what stands before the suffix: ``/``, in older numbers ``-`` (``119-CP``)
    raw       the text it was read from; not part of its identity
    ========  ==============================================================================

    >>> str(DocumentNumber("59", 2022, "NĐ-CP")), str(DocumentNumber("82", None, "TC/TCT", "-"))
    ('59/2022/NĐ-CP', '82-TC/TCT')
    """

    serial: str
    year: int | None = None
    suffix: str = ""
    joint: str = "/"
    raw: str = field(default="", compare=False)

    @property
    def key(self) -> str:
        """Lower-case ASCII, no leading zeros, ``/`` around the year, ``-`` elsewhere: ``59/2022/nd-cp``."""
        if not self.serial:
            return "khong-so"
        year = [str(self.year)] if self.year else []
        suffix = [fold_suffix(self.suffix)] if self.suffix else []
        return "/".join([self.serial.lstrip("0") or "0", *year, *suffix])

    def __str__(self) -> str:
        if not self.serial:
            return _UNNUMBERED
        head = f"{self.serial}/{self.year}" if self.year else self.serial
        return f"{head}{self.joint}{self.suffix}" if self.suffix else head


@dataclass(frozen=True, slots=True)
class NumberMatch:
    """A number in running text: ``text == source[start:end]``."""

    text: str
    start: int
    end: int
    number: DocumentNumber


@dataclass(frozen=True, slots=True)
class PartialNumber:
    """What has been typed of a number: enough to offer choices.

    ``serial`` without leading zeros; ``type`` the kind named beside it ("Nghị định") or empty; ``suffix`` the beginning of
    the suffix in key form (``nd-c``) or empty.
    """

    serial: str
    year: int | None = None
    type: str = ""
    suffix: str = ""

    def matches(self, number: DocumentNumber | str) -> bool:
        """Whether a number, or its key, goes on as typed; the kind counts where the number shows its own."""
        whole = number if isinstance(number, DocumentNumber) else parse_number(number)
        if whole is None or (whole.serial.lstrip("0") or "0") != self.serial:
            return False
        if self.year is not None and whole.year != self.year:
            return False
        shown = type_of_number(whole)
        if self.type and shown and shown != self.type:
            return False
        return fold_suffix(whole.suffix).startswith(self.suffix)


def parse_number(text: str) -> DocumentNumber | None:
    """Read one number in any spelling, with or without the kind before it; None if the text is not a number.

    >>> str(parse_number("nđ 59 /2022")), str(parse_number("59-2022-nd-cp")), str(parse_number("6/qd-ttg"))
    ('59/2022/NĐ-CP', '59/2022/NĐ-CP', '06/QĐ-TTg')
    """
    parts = read(text)
    return None if parts is None else _number(parts, text)


def number_key(text: str) -> str:
    """The lookup key of a number, the same for every spelling; total: other text gives its folded self without blanks.

    >>> number_key("Nghị định số 59/2022/NÐ – CP"), number_key("082-TC/TCT")
    ('59/2022/nd-cp', '82/tc-tct')
    """
    number = parse_number(text)
    return number.key if number else re.sub(r"\s+", "", fold(text))


def partial_key(text: str) -> PartialNumber | None:
    """What of a number the text gives, None where it is none: a lone figure needs the kind or "số" beside it.

    >>> partial_key("quyết định 06")
    PartialNumber(serial='6', year=None, type='Quyết định', suffix='')
    >>> partial_key("59/2022/n")
    PartialNumber(serial='59', year=2022, type='', suffix='n')
    """
    parts = read(text)
    if parts is None or not parts.serial:
        return None
    if not (parts.year or parts.suffix or parts.named):
        return None
    return PartialNumber(
        parts.serial.lstrip("0") or "0", parts.year, parts.type, fold_suffix(canonical_suffix(parts.suffix))
    )


def type_of_number(number: DocumentNumber | str) -> str:
    """The kind of document a number shows, '' where it shows none (``QH15``: a law or a resolution).

    >>> type_of_number("59/2022/NĐ-CP"), type_of_number("452/TTg-KSTT"), type_of_number("26/2023/QH15")
    ('Nghị định', 'Công văn', '')
    """
    suffix = (number if isinstance(number, DocumentNumber) else parse_number(number) or DocumentNumber("")).suffix
    first, *others = re.split(r"[-/]", suffix)
    if first in _TYPE_OF:
        return _TYPE_OF[first]
    return "Công văn" if others and first in _WRITES_DISPATCHES else ""


_TYPE_OF = {abbreviation: name for name, abbreviations in DOCUMENT_TYPES for abbreviation in abbreviations}
# NĐ 30/2020/NĐ-CP, Phụ lục I, mục II: the number of a công văn begins with the agency, followed by the unit.
_WRITES_DISPATCHES = frozenset({"VPCP", "TTg", "UBND", "NHNN", "TTCP"}) | {
    abbreviation for abbreviation, name in AGENCIES.items() if name.startswith("Bộ ")
}


def find_numbers(text: str) -> list[NumberMatch]:
    """Every document number in running text, in order, without overlap; dates and fractions are none."""
    mapped = canonical_mapped(text)
    found = []
    for match in numbers_in_canonical(mapped.text):
        start, end = mapped.span(match.start, match.end)
        found.append(NumberMatch(text[start:end], start, end, match.number))
    return found


def numbers_in_canonical(text: str) -> list[NumberMatch]:
    """``find_numbers`` for text that is canonical already."""
    found = []
    for begin in _BEGINNING.finditer(text):
        end = _end_of_number(text, begin)
        number = parse_number(text[begin.start() : end]) if end else None
        if number is not None:
            found.append(NumberMatch(text[begin.start() : end], begin.start(), end, number))
    return found


_BEGINNING = re.compile(  # the first figure comes before what must not precede it, so that the search leaps to figures
    r"\d(?<![\w/\-]\d)(?<!\d[.,]\d)\d{0,5}(?:\.\d{1,4})?[a-hA-H]?"  # 59, 66.7, 522b
    r"(?=\s?[/-]|\s[A-ZĐ]|\snăm\s)"
    r"(?:(?:\s?/\s?|\snăm\s)(?P<year>(?:19[4-9]|20\d)\d)(?!\d))?"  # /2022
    r"(?:\s?(?P<joint>[/-])(?=\s?[A-ZĐa-zđ])|(?P<blank>\s)(?=[A-ZĐ]{1,6}/[A-ZĐ]))?"  # "60 TC/TCT" after "số" only
)
_TOKEN = re.compile(r"\s?(?P<token>[A-ZĐƯa-zđư][A-ZĐƯa-zđư&]{0,19}\d{0,3}|(?<=L-)\d{3})(?!\w)")  # 102-SL/L-004
_SEPARATOR = re.compile(r"\s?(?P<sign>[-/])(?=\s?[A-ZĐƯa-zđư]|(?<=L-)\d)|(?P<dot>\.)(?=[A-ZĐ])")
_NAMED_BEFORE = re.compile(
    r"\b(?:số|nghị định|thông tư|thông tư liên tịch|số liên tịch|nghị quyết|pháp lệnh|luật|nđ|nd|tt|ttlt|nq|qđ)\s*:?\s*\Z",
    re.IGNORECASE,
)


def _end_of_number(text: str, begin: re.Match[str]) -> int:
    """Where the number that begins here ends; 0 if it is no number after all."""
    named = _is_named(text, begin.start())
    end = begin.end("year") if begin["year"] and named else 0
    if not begin["joint"] and not (begin["blank"] and named):
        return end
    tokens, stop = _suffix_tokens(text, begin.end())
    if not tokens:
        return end
    return stop if _is_convincing(begin, tokens, named=named) else 0


def _suffix_tokens(text: str, place: int) -> tuple[list[str], int]:
    """The abbreviations of a suffix and where it ends: after a blank or a dot only what is known belongs to it."""
    tokens: list[str] = []
    end, loose = place, False
    while (token := _TOKEN.match(text, place)) is not None:
        known = is_known_token(token["token"]) or token["token"].isdigit()
        loose = loose or token.start("token") != token.start()
        if not known and (loose or not _looks_like_abbreviation(token["token"])):
            break
        tokens.append(token["token"])
        end = token.end()
        separator = _SEPARATOR.match(text, end)
        if separator is None:
            break
        place = separator.end()
        loose = separator["sign"] is None or separator.start("sign") != separator.start()
    return tokens, end


def _is_named(text: str, start: int) -> bool:
    return _NAMED_BEFORE.search(text, max(0, start - 40), start) is not None


def _looks_like_abbreviation(token: str) -> bool:
    capitals = sum(letter.isupper() for letter in token)
    return capitals > sum(letter.islower() for letter in token)


def _is_convincing(begin: re.Match[str], tokens: list[str], *, named: bool) -> bool:
    """Whether the parts make a number: without a year it takes abbreviations that are known, and more than a unit ("5/L")."""
    if begin["year"] or named:
        return True
    if tokens == ["L"] or begin["joint"] == "-":
        return all(map(is_known_token, tokens)) and tokens != ["L"]
    return is_known_token(tokens[0]) or (len(tokens) > 1 and is_known_token(tokens[-1]))


def _number(parts: Parts, raw: str) -> DocumentNumber:
    suffix = canonical_suffix(parts.suffix)
    if not suffix and parts.year and parts.type == "Nghị định":
        suffix = "NĐ-CP"  # only the Government issues a nghị định
    serial = parts.serial
    if serial.startswith("66.") and suffix.startswith("QH"):
        serial = serial.removeprefix("66.")  # vanban.chinhphu.vn prints a list's prefix before numbers of laws
    return DocumentNumber(_padded(serial), parts.year, suffix, parts.joint or "/", raw)


def _padded(serial: str) -> str:
    """At least two digits, no other leading zeros (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.3)."""
    digits = re.match(r"\d*", serial)
    assert digits is not None
    return serial and (digits[0].lstrip("0") or "0").zfill(2) + serial[digits.end() :]
