"""Document numbers and procedure codes named in a run of words, whole or begun, with their spans.

What a number is stays with kb.numbers; here is only how a query leads up to one ("số", a kind) and what may follow it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.plan import Number, ProcedureCode, ProvisionOf
from kb.numbers import DOCUMENT_TYPES, find_numbers, parse_number, partial_key
from kb.text import fold


@dataclass(frozen=True, slots=True)
class Found:
    """Something named outright, and where: ``run.text[start:end]``."""

    node: Number | ProvisionOf | ProcedureCode
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Words side by side in a query; ``folded`` has as many characters as ``text``, so that spans are the same in both."""

    text: str
    folded: str


def run_of(text: str) -> Run:
    """A canonical text with its letters folded one by one."""
    return Run(text, text.translate(_FOLDED))


TYPES = {fold(name): name for name, _ in DOCUMENT_TYPES} | {
    fold(short): name for name, shorts in DOCUMENT_TYPES for short in shorts
}
YEAR = r"(?:19[4-9]|20\d)\d(?!\d)"

# Repetitions are bounded, so that every search is linear in the run.
_KIND = "|".join(word.replace(" ", r"\s{1,3}") for word in sorted(TYPES, key=len, reverse=True))
_LEAD = rf"\b(?:(?:{_KIND})[\s.:]{{0,3}}(?:so[\s.:]{{1,3}})?|so[\s.:]{{1,3}})"
_LEAD_BEFORE = re.compile(rf"{_LEAD}\Z")
_SHORT = rf"\d{{1,6}}[a-h]?(?:\s?/\s?|,?\s{{1,3}}nam\s{{1,3}}){YEAR}(?:\s?/\s?[a-z][a-z0-9-]{{0,20}})?"
_NAMED_SHORT = re.compile(rf"{_LEAD}{_SHORT}")
_SHORT_OR_SERIAL = re.compile(rf"{_LEAD}{_SHORT}|{_SHORT}|{_LEAD}\d{{1,4}}\b(?![/.]\d)")
_BLANK_NUMBER = re.compile(
    rf"\s*(?:{_LEAD})?(?P<serial>\d{{1,6}})\s{{1,3}}(?P<year>{YEAR})\s{{1,3}}"
    r"(?P<suffix>(?P<type>[a-z]{2,4})(?:\s{1,3}[a-z]{2,9}){1,3})\s*"
)
_ISSUED = re.compile(
    rf"\s?,?\s{{1,3}}(?:ngay\s{{1,3}}\d{{1,2}}(?:[/.-]|\s{{1,3}}thang\s{{1,3}})\d{{1,2}}(?:[/.-]|,?\s{{1,3}}nam\s{{1,3}})"
    rf"|nam\s{{1,3}})?(?P<year>{YEAR})"
)
# A year after the letters of the suffix is that of issue, no part of the number: "06/QĐ-TTg năm 2022".
_ISSUED_INSIDE = re.compile(rf"(?:[a-z]|[/-][a-z]{{1,9}}\d{{1,3}})\s{{1,3}}(?:nam\s{{1,3}}){YEAR}\W*\Z")
_UNKNOWN_AGENCIES = re.compile(r"(?:[/-][a-z][a-z0-9]{0,19}){1,8}(?!\w)")
_LONGEST_LEAD = 40
_CODE = re.compile(r"(?<![\w./])(?P<code>\d\.\d{6})(?:\.\d{3}\.\d{2}\.\d{2}\.h\d{2})?(?![\w/]|\.\d)")
_CODE_LEAD = re.compile(
    r"\b(?:(?:thu\s{1,3}tuc(?:\s{1,3}hanh\s{1,3}chinh)?|tthc)\s{1,3})?(?:ma\s{1,3})?(?:so\s{1,3})?\Z"
)
_CODE_BEGUN = re.compile(r"\d\.\d{2,5}")


def codes_in(run: Run) -> list[Found]:
    """The procedure codes, each with the words that lead up to it; alone, a code may be only begun."""
    found = [
        Found(ProcedureCode(match["code"], match["code"]), _led(_CODE_LEAD, run, match.start()), match.end())
        for match in _CODE.finditer(run.folded)
    ]
    return found or _begun_code(run)


def numbers_in(run: Run) -> list[Found]:
    """The document numbers: whole ones anywhere, shortened ones after a kind or "số", any when nothing else is there."""
    alone = number_from(run.text) or _blank_number(run)
    if alone is not None and not _ISSUED_INSIDE.search(run.folded):
        return [Found(alone, 0, len(run.text))]
    found = list(_whole_numbers(run))
    for match in _NAMED_SHORT.finditer(run.folded):
        number = number_from(match_text(run, match))
        if number is not None and not any(other.start < match.end() and match.start() < other.end for other in found):
            found.append(Found(number, match.start(), match.end()))
    return found


def number_at(run: Run, place: int) -> Found | None:
    """A number that starts at ``place``, where a document must be named: "59/2022" or "nghị định 59" will do."""
    match = _SHORT_OR_SERIAL.match(run.folded, place)
    number = number_from(match_text(run, match)) if match else None
    return Found(number, place, match.end()) if match and number else None


def number_from(text: str) -> Number | None:
    """The number that a text is, None if it is none; its key is whole only with what follows the serial and the year."""
    partial, number = partial_key(text), parse_number(text)
    if partial is None or number is None or _is_a_year(partial.serial, bare=not (partial.year or partial.suffix)):
        return None
    return Number(number.key if number.suffix else "", " ".join(text.split()), partial)


def match_text(run: Run, match: re.Match[str]) -> str:
    """What stands in the run where the pattern matched the folded one."""
    return run.text[match.start() : match.end()]


def _whole_numbers(run: Run) -> Iterator[Found]:
    for match in find_numbers(run.text):
        unknown = _UNKNOWN_AGENCIES.match(run.folded, match.end)
        start, end = _led(_LEAD_BEFORE, run, match.start), unknown.end() if unknown else match.end
        number = number_from(run.text[start:end])
        issued = _ISSUED.match(run.folded, end) if number is not None and number.key else None
        if issued is not None and number is not None:
            end = issued.end()
            number = replace(number, text=" ".join(run.text[start:end].split()), issued=int(issued["year"]))
        if number is not None:
            yield Found(number, start, end)


def _blank_number(run: Run) -> Number | None:
    """A number typed with blanks for its signs, and nothing beside it: "26 2023 NĐ CP"."""
    match = _BLANK_NUMBER.fullmatch(run.folded)
    if match is None or match["type"] not in TYPES:
        return None
    serial, year, suffix = (run.text[slice(*match.span(name))] for name in ("serial", "year", "suffix"))
    number = number_from(f"{serial}/{year}/{'-'.join(suffix.split())}")
    return replace(number, text=" ".join(run.text.split())) if number else None


def _led(lead: re.Pattern[str], run: Run, place: int) -> int:
    """Where the words that lead up to ``place`` begin."""
    match = lead.search(run.folded, max(0, place - _LONGEST_LEAD), place)
    return match.start() if match else place


def _begun_code(run: Run) -> list[Found]:
    lead, _, code = run.folded.strip(" .,;:?").rpartition(" ")
    if not _CODE_BEGUN.fullmatch(code) or (lead and not _CODE_LEAD.fullmatch(f"{lead} ")):
        return []
    return [Found(ProcedureCode(code, code, partial=True), 0, len(run.text))]


def _is_a_year(serial: str, *, bare: bool) -> bool:
    """A lone figure after a kind that is a year rather than a serial: "luật 2023"."""
    return bare and re.fullmatch(YEAR, serial) is not None


class _FoldedLetters(dict[int, str]):
    """For ``str.translate``: each letter folded, where that is one letter again."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        folded = fold(letter)
        self[code] = only = folded if len(folded) == 1 else letter
        return only


_FOLDED = _FoldedLetters()
