"""Provisions of a named document in a run of words: "khoản 2 điều 10 luật căn cước 2023", "nđ 59/2022 đ5".

Looser than the grammar of kb.citation, which reads legal prose: kinds are shortened, accents left out, and the document may
come first. The address that results is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.abbreviations import expand
from indexer.plan import Number, ProvisionOf
from indexer.query.numbers import YEAR, Found, Run, number_at
from indexer.query.words import WordReader
from indexer.vietnamese import syllables_of
from kb.citation import ProvisionPath, find_citations
from kb.text import fold


def provisions_in(run: Run, numbers: Sequence[Found], reader: WordReader) -> list[Found]:
    """The provisions whose document is named beside them, with the span of both; ``numbers`` are those in the run."""
    found: list[Found] = []
    for place in _places(run):
        named = _named_after(run, place.end, numbers) or _named_before(run, place.start, numbers)
        if named is not None and not any(other.start < named.end and named.start < other.end for other in found):
            start, end = min(place.start, named.start), max(place.end, named.end)
            found.append(Found(_provision(run, place, named, (start, end), reader), start, end))
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    """A path as typed, and where."""

    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Document:
    """How a document is named, and where: by number, or by type, title and year."""

    start: int
    end: int
    number: Number | None = None
    type: str = ""
    title: str = ""
    year: int | None = None


_UNIT = re.compile(
    r"\b(?:(?:dieu|d)\s{0,3}\.?\s{0,3}(?P<article>\d{1,3}[a-z]{0,2})"
    r"|(?:khoan|k)\s{0,3}\.?\s{0,3}(?P<clause>\d{1,3}[a-z]?)"
    r"|diem\s{1,3}(?P<point>[a-z]{1,2}\d?|\d{1,2}(?:\.\d{1,2}){0,2}))\b\)?"
)
_BETWEEN_UNITS = re.compile(r"[\s,]*(?:cua\s+)?")
_TO_DOCUMENT = re.compile(r"[\s,]*(?:(?:cua|tai|trong|theo|thuoc)\s+)?")
_TITLED = {
    fold(name): name
    for name in ("Bộ luật", "Luật", "Pháp lệnh", "Hiến pháp", "Nghị định", "Nghị quyết", "Quyết định", "Thông tư")
}
_TYPE = re.compile(
    rf"\b(?<!phap )(?P<type>{'|'.join(name.replace(' ', '[ ]') for name in _TITLED)})\b(?!\s{{1,3}}(?:nay|so)\b)"
)
_TITLE_END = re.compile(r"[,;:?!.()]|\b(?:quy\s+dinh|la\s+gi|nhu\s+the\s+nao|noi\s+(?:gi|ve)|ve\s+viec)\b")
_AMENDING = re.compile(r"[a-z]+(?:\s[a-z]+)?\s+(?:sua\s+doi|bo\s+sung)\b[^;:.]{0,60}\bcua\s+")
_TITLE_YEAR = re.compile(rf"(?:\bnam\s{{1,3}})?\b(?P<year>{YEAR})")
_LONGEST_TITLE = 120


def _places(run: Run) -> Iterator[_Place]:
    """Units side by side that together name one article, at most one clause and one point of it."""
    units: list[re.Match[str]] = []
    for unit in _UNIT.finditer(run.folded):
        if units and not _BETWEEN_UNITS.fullmatch(run.folded, units[-1].end(), unit.start()):
            yield from _place(run, units)
            units = []
        units.append(unit)
    yield from _place(run, units)


def _place(run: Run, units: Sequence[re.Match[str]]) -> Iterator[_Place]:
    named = [str(unit.lastgroup) for unit in units]
    if "article" not in named or len(set(named)) < len(named):
        return
    labels = {level: run.text[slice(*unit.span(level))].lower() for level, unit in zip(named, units, strict=True)}
    yield _Place(ProvisionPath(**labels).path, units[0].start(), units[-1].end())


def _named_after(run: Run, place: int, numbers: Sequence[Found]) -> _Document | None:
    lead = _TO_DOCUMENT.match(run.folded, place)
    start = lead.end() if lead else place
    if start == len(run.text):
        return None
    for found in numbers:
        if found.start == start and isinstance(found.node, Number):
            return _Document(start, found.end, found.node)
    number = number_at(run, start)
    if number is not None and isinstance(number.node, Number):
        return _Document(start, number.end, number.node)
    return _titled(run, start, len(run.text)) or _abbreviated(run, start)


def _named_before(run: Run, place: int, numbers: Sequence[Found]) -> _Document | None:
    end = len(run.folded[:place].rstrip(" ,:-"))
    for found in numbers:
        if found.end == end and isinstance(found.node, Number):
            return _Document(found.start, end, found.node)
    start = _last_title(run, max(0, end - _LONGEST_TITLE), end)
    titled = _titled(run, start, end) if start is not None else None
    return titled if titled is not None and titled.end == end else None


def _last_title(run: Run, first: int, end: int) -> int | None:
    """Where the last document named before ``end`` begins; a law that amends another is named before it."""
    begins = [kind.start() for kind in _TYPE.finditer(run.folded, first, end)]
    if len(begins) > 1 and _AMENDING.fullmatch(run.folded, begins[-2], begins[-1]):
        return begins[-2]
    return begins[-1] if begins else None


def _titled(run: Run, start: int, stop: int) -> _Document | None:
    """A document by its type and title, starting at ``start``; the year, or the end of the title, ends it."""
    kind = _TYPE.match(run.folded, start, stop)
    if kind is None:
        return None
    limit = min(stop, kind.end() + _LONGEST_TITLE)
    stopped = _TITLE_END.search(run.folded, max(kind.end(), _end_of_law(run, start, limit)), limit)
    end = stopped.start() if stopped else limit
    year = _TITLE_YEAR.search(run.folded, kind.end(), end)
    title = run.text[kind.end() : year.start() if year else end].strip()
    name = _TITLED[kind["type"]]
    if name == "Hiến pháp":
        title = name
    if not syllables_of(title):
        return None
    last = year.end() if year else len(run.folded[:end].rstrip())
    return _Document(start, last, None, name, title, int(year["year"]) if year else None)


def _end_of_law(run: Run, start: int, stop: int) -> int:
    """How far the name of a law surely goes: its titles hold commas, which the grammar of citations knows.

    Without accents it does not, and a comma is more likely one of the title.
    """
    comma = run.text.rfind(",", start, stop)
    if comma < 0 or run.text.isascii():
        return max(start, comma + 1)
    lead = "điều 1 "  # what follows a provision is a law even in small letters
    named = find_citations(f"{lead}{run.text[start:stop]}")
    return start + named[0].end - len(lead) if named and named[0].start == 0 else start


def _abbreviated(run: Run, start: int) -> _Document | None:
    """A law by its abbreviation: "điều 5 BLHS 2015"."""
    word = re.compile(r"\w+").match(run.text, start)
    for meaning in expand(word[0]) if word else ():
        kind = _TYPE.match(fold(meaning))
        if kind is None or word is None:
            continue
        year = re.compile(rf"\s+{_TITLE_YEAR.pattern}").match(run.folded, word.end())
        end = year.end() if year else word.end()
        title = meaning[kind.end() :].strip() or meaning
        return _Document(start, end, None, _TITLED[kind["type"]], title, int(year["year"]) if year else None)
    return None


def _provision(run: Run, place: _Place, named: _Document, span: tuple[int, int], reader: WordReader) -> ProvisionOf:
    title = tuple(syllables_of(named.title))
    number = named.number
    return ProvisionOf(
        path=place.path,
        number_key=number.key if number else "",
        title=title,
        text=" ".join(run.text[slice(*span)].split()),
        accented=reader.accented(title),
        partial=number.partial if number else None,
        type=number.partial.type if number and number.partial else named.type,
        year=number.issued if number else named.year,
    )
