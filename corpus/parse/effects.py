"""From when and until when an act has effect, as its own clauses say.

Every day is one that the text states, or is counted from a day that is known and says so; nothing is inferred. The wordings
are those of Điều 151 and 154 Luật 80/2015/QH13 and of the forms of Nghị định 34/2016/NĐ-CP, older ones included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from corpus.parse.amendments.statements import Statement, is_consolidated, read_speech
from corpus.parse.structure import Structure
from kb.citation import Context, find_citations, parse_path
from kb.citation import ProvisionPath as Place
from kb.model import PartialDate


class Basis(StrEnum):
    """How a day is known."""

    STATED = "stated"  # the text states the day
    COUNTED = "counted"  # the text states how far it is from a day that is known: issue, signing, effect
    UNKNOWN = "unknown"  # the text names an event whose day it does not state


@dataclass(frozen=True, slots=True)
class EffectDay:
    """A day with the provision that says it.

    ``day`` is None where ``basis`` is UNKNOWN; ``path`` the provision, ``wording`` its phrase, ``span`` where that stands
    in the text of the structure.
    """

    day: date | None
    basis: Basis
    path: str
    wording: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class PartEffect:
    """Provisions of the act that take effect on a day of their own."""

    paths: tuple[str, ...]
    effective: EffectDay


@dataclass(frozen=True, slots=True)
class Transition:
    """A day until which a clause lets something hold: "được tiếp tục sử dụng đến hết ngày …"."""

    until: EffectDay


@dataclass(frozen=True, slots=True)
class Effects:
    """What an act says of its own effect; ``day_of`` gives that of one provision.

    ``parts`` have a day of their own, whatever "trừ trường hợp quy định tại khoản 2 Điều này" points at. ``ending`` are the
    places at which the act ends others, and when: ``find_amendments`` reads whom.
    """

    effective: EffectDay | None = None
    expires: EffectDay | None = None
    parts: tuple[PartEffect, ...] = ()
    transitions: tuple[Transition, ...] = ()
    ending: tuple[EffectDay, ...] = ()

    def day_of(self, path: str) -> date | None:
        """The day from which the provision at ``path`` has effect: its own where one is stated, else the act's."""
        for part in self.parts:
            if any(path == own or path.startswith(f"{own}.") for own in part.paths):
                return part.effective.day
        return self.effective.day if self.effective else None


def find_effects(structure: Structure, issued: PartialDate | None = None) -> Effects:
    """Read the effect clauses of a document; ``issued`` is its day of issue, for "kể từ ngày ký". Never raises."""
    if is_consolidated(structure):
        return Effects()
    signed = issued.exact if issued else None
    found = _Found()
    for speech in read_speech(structure):
        for statement in speech.walk():
            if "hieu luc" in statement.folded or "het ngay" in statement.folded or "thi hanh" in statement.folded:
                found.read(statement, signed)
    return found.effects()


_DAY = (
    r"ngay\s(?P<day>\d{1,2})\s?(?:thang\s|[/.-])\s?(?P<month>\d{1,2})[\s,.]{0,2}(?:nam\s|[/.-])\s?(?P<year>\d{4})(?!\d)"
)
_KIND = r"(?:bo luat|luat|phap lenh|nghi quyet|nghi dinh|quyet dinh|thong tu|chi thi|lenh|van ban|quy che|quy dinh)"
_ITSELF = rf"{_KIND}(?:\slien tich)?\snay"
_TAKES = re.compile(
    r"(?P<subject>[^.;:¤]{0,300}?)\b(?:co|bat dau co|phat sinh)\shieu\sluc(?:\s(?:thi hanh|phap luat|ap dung))?\s?,?\s?"
    r"(?:(?:ke\s?)?tu|sau)\s(?=ngay\b|\d)"
)
_SELF = re.compile(rf"\b{_ITSELF}(?:\sban hanh|\sduoc ban hanh)?\s*,?\s*\Z")
_SINCE = re.compile(
    r"(?:(?P<count>\d{1,3})\s?(?:\([^)]{1,40}\)\s)?ngay\s?,?\s(?:ke\s)?tu\s)?"
    rf"(?:(?P<stated>{_DAY})|ngay\s(?:duoc\s)?(?P<event>ky|ban hanh|thong qua)\b(?!\s(?:cong bo|dang)))"
)
_EVENT = re.compile(r"(?:\d{1,3}\s?(?:\([^)]{1,40}\)\s)?ngay\s?,?\s(?:lam viec\s?,?\s)?(?:ke\s)?tu\s)?ngay\s(?!\d)")
_HISTORY = re.compile(r"\b(?:duoc|bi)\s(?:sua doi|bo sung|thay the|bai bo|huy bo|dinh chinh)\b")
_UNTIL = re.compile(rf"\bden\s(?:het\s)?(?P<stated>{_DAY})")
_HOLDS = re.compile(r"\b(?:tiep tuc|co gia tri|duoc su dung|duoc ap dung|ap dung|thuc hien|keo dai|co hieu luc)\b")
_EXPIRES = re.compile(
    rf"(?<!ngay\s)\b{_ITSELF}\s(?:co hieu luc(?:\sthi hanh)?\s(?:(?:ke\s)?tu\s.{{4,60}}?\s?(?:,|va|den))?\s?)?"
    rf"(?:(?:va\s)?(?:duoc\s)?(?:thuc hien|ap dung|thi hanh)(?:\strong\s.{{1,40}}?)?,?\s(?:(?:ke\s)?tu\s.{{4,60}}?)?)?"
    rf"(?:\s?den\s)?(?<=den\s)(?:het\s)?(?P<stated>{_DAY})"
)
_ENDS = re.compile(r"\b(?:het|cham dut|ngung|tam ngung)\shieu\sluc\b")
_THEN = re.compile(rf"ngay\s{_ITSELF}\sco\shieu\sluc")
_FROM = re.compile(rf"\btu\s(?P<stated>{_DAY})")
_PROVISION = re.compile(r"\b(?:khoan|diem|dieu|muc|chuong|phan|phu luc)\s\w")
_EDGES = " ,;.:/-"
_EXCEPT = re.compile(r".*\btru\s")


class _Found:
    """What was read so far."""

    def __init__(self) -> None:
        self._effective: EffectDay | None = None
        self._expires: EffectDay | None = None
        self._parts: list[PartEffect] = []
        self._transitions: list[Transition] = []
        self._ending: list[EffectDay] = []

    def read(self, statement: Statement, signed: date | None) -> None:
        for match in _TAKES.finditer(statement.folded):
            when = _day(statement, match, signed)
            if when is not None:
                self._take(statement, match, when)
        expires = _EXPIRES.search(statement.folded)
        if expires is not None and self._expires is None and (day := _stated(expires)):
            self._expires = _fact(statement, day, Basis.STATED, expires.span())
        if (ends := _ENDS.search(statement.folded)) and (ending := _ending(statement, ends.start())):
            self._ending.append(ending)
        if _HOLDS.search(statement.folded):
            self._transitions += _transitions(statement)

    def _take(self, statement: Statement, match: re.Match[str], when: EffectDay) -> None:
        said, start = match["subject"], match.start("subject")
        if _HISTORY.search(said):
            return
        exception = _EXCEPT.match(said)
        place = start + exception.end() if exception else start
        if _PROVISION.search(statement.folded, place, match.end("subject")):
            paths = _paths(statement.text[place : match.end("subject")], statement.path)
            self._parts += [PartEffect(paths, when)] if paths else []
        elif _SELF.search(said) and self._effective is None:
            self._effective = when

    def effects(self) -> Effects:
        effective = self._effective.day if self._effective else None
        ending = tuple(one if one.day else replace(one, day=effective) for one in self._ending)
        return Effects(self._effective, self._expires, tuple(self._parts), tuple(self._transitions), ending)


def _day(statement: Statement, match: re.Match[str], signed: date | None) -> EffectDay | None:
    """The day that follows "có hiệu lực từ"; None where what follows is neither a day nor an event."""
    since = _SINCE.match(statement.folded, match.end())
    if since is None:
        event = _EVENT.match(statement.folded, match.end())
        return _fact(statement, None, Basis.UNKNOWN, (match.start(), len(statement.text))) if event else None
    base = _stated(since) if since["stated"] else signed
    span = match.start(), since.end()
    if base is None:
        return _fact(statement, None, Basis.UNKNOWN, span)
    basis = Basis.COUNTED if since["count"] or not since["stated"] else Basis.STATED
    return _fact(statement, base + timedelta(days=int(since["count"] or 0)), basis, span)


def _stated(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _fact(statement: Statement, day: date | None, basis: Basis, span: tuple[int, int]) -> EffectDay:
    wording = statement.text[span[0] : span[1]].strip(_EDGES)
    return EffectDay(day, basis if day else Basis.UNKNOWN, statement.path, wording, (statement.start, statement.end))


def _ending(statement: Statement, place: int) -> EffectDay | None:
    """The end of others: on a day that is stated, or with the day of the act; None where it says neither."""
    stated = _FROM.search(statement.folded, place)
    day = _stated(stated) if stated else None
    if day is not None:
        return _fact(statement, day, Basis.STATED, (place, len(statement.text)))
    if not _THEN.search(statement.folded):
        return None
    wording = statement.text[place:].strip(_EDGES)
    return EffectDay(None, Basis.COUNTED, statement.path, wording, (statement.start, statement.end))


def _transitions(statement: Statement) -> Iterator[Transition]:
    for match in _UNTIL.finditer(statement.folded):
        if (day := _stated(match)) is not None:
            yield Transition(_fact(statement, day, Basis.STATED, match.span()))


def _paths(subject: str, path: str) -> tuple[str, ...]:
    here = parse_path(path) or Place()
    found = [
        place.path
        for citation in find_citations(subject, Context(path=here))
        if citation.document is None
        for place in citation.provisions
        if place.is_rooted
    ]
    return tuple(dict.fromkeys(found))
