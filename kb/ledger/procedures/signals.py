"""Evidence that a procedure is not simplified: which rules its own text and its legal bases meet, and the words that show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kb.ledger.procedures.catalogue import ProcedureEntry
from kb.ledger.procedures.legal_bases import Basis, LegalBases
from kb.ledger.procedures.signal_rules import BY_ID, PROVINCES, RULES, Law, Look, Rule
from kb.model import AgencyLevel, Channel, FeeState, ProcedureParts
from kb.store import DocumentView, Store
from kb.text import canonical, canonical_mapped

_AROUND = 110
_STOP = re.compile(r"[.;](?=\s|\Z)|\n")  # "1.000 đồng" and "TT-BTC;Mẫu" do not end a sentence
_ONLINE_WORDS = re.compile(
    r"trực tuyến|môi trường điện tử|điện tử|dịch vụ công|VNeID|định danh quốc gia|một cửa quốc gia|email|thư điện tử|qua mạng|hệ thống",
    re.IGNORECASE,
)
_BY_POST = re.compile(r"(?:nộp|gửi)[^.;]{0,80}(?:bưu\s+chính|bưu\s+điện)", re.IGNORECASE)
_TIME_WORDS = re.compile(
    r"\d+\s*(?:\([^)]{1,30}\)\s*)?(?:ngày|giờ|tháng|phút|năm)|(?<!\w)ngay(?!\w)|trong\s+ngày|thời\s+hạn|thời\s+gian\s+giải\s+quyết",
    re.IGNORECASE,
)
_FEE_WORDS = re.compile(r"\bphí\b|lệ\s+phí|chi\s+phí|thu\s+tiền", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that a procedure meets.

    ``part`` is where, in Vietnamese; ``words`` show it: the sentence around the hit as printed, or what the procedure lacks.
    ``law`` is what the rule rests on, ``since`` the day from which it holds; ``basis`` the legal basis that has moved, where that
    is the reason.
    """

    rule: Rule
    part: str
    words: str
    law: Law
    since: date
    basis: Basis | None = None

    @property
    def id(self) -> str:
        """The name of the rule."""
        return self.rule.id


class Signals:
    """The signals of a store's procedures on one day."""

    def __init__(self, store: Store, on: date, bases: LegalBases | None = None) -> None:
        self._store = store
        self._on = on
        self._bases = bases or LegalBases(store, on)

    def of(self, entry: ProcedureEntry) -> tuple[Hit, ...]:
        """Every rule that the procedure meets on the day, each place once; none of its text where no source gives the parts."""
        bases = self._bases.of(entry.legal_bases)
        found = [*self._in_words(entry.parts), *self._in_parts(entry.parts), *self._in_bases(entry.parts, bases)]
        return tuple(hit for hit in found if hit.since <= self._on)

    def _in_words(self, parts: ProcedureParts | None) -> Iterator[Hit]:
        if parts is None:
            return
        places = [(look, text, canonical(text).lower()) for look, text in dict.fromkeys(_places(parts)) if text]
        whole = "\n".join(small for _, _, small in places)
        for rule in RULES:
            pattern, cues = (self._ended, self._ended_names) if rule.id == "ended_agency" else (rule.pattern, rule.cues)
            here = [cue for cue in cues if cue in whole]
            if pattern is None or not here:
                continue
            for look, text, small in places:
                if (
                    look in rule.looks
                    and any(cue in small for cue in here)
                    and (hit := _hit(rule, pattern, look, text))
                ):
                    yield hit

    @cached_property
    def _ended_names(self) -> tuple[str, ...]:
        """The full names, in small letters, of ministries and provinces' committees that ended before the day."""
        agencies = [one for one in self._store.agencies() if one.level is not AgencyLevel.DISTRICT]
        held = {agency.name for agency in agencies if not agency.held_to or agency.held_to >= self._on}
        ended = {agency.name for agency in agencies} - held
        return tuple(sorted((canonical(name).lower() for name in ended), key=len, reverse=True))

    @cached_property
    def _ended(self) -> re.Pattern[str] | None:
        names = "|".join(map(re.escape, self._ended_names))
        return re.compile(rf"(?:{names})(?!\w)", re.IGNORECASE) if names else None

    def _in_parts(self, parts: ProcedureParts | None) -> Iterator[Hit]:
        if parts is None:
            return
        channels = {method.channel for method in parts.methods}
        told = " ".join([parts.steps, parts.receiving, *(method.wording for method in parts.methods)])
        named = ", ".join(sorted(channel.label for channel in channels if channel)) or "không nêu"
        if parts.methods and Channel.ONLINE not in channels and not _ONLINE_WORDS.search(told):
            yield _lack("no_online", Look.METHOD.label, f"chỉ có: {named}")
            if channels == {Channel.DIRECT} and not _BY_POST.search(told):
                yield _lack("paper_only", Look.METHOD.label, f"chỉ có: {named}")
        timed = any(method.time.value is not None or method.time.note for method in parts.methods)
        if parts.methods and not timed and not _TIME_WORDS.search(told):
            yield _lack("missing_time", "thời hạn giải quyết", "không nguồn nào nêu thời hạn")
        known = any(fee.state is not FeeState.UNKNOWN or fee.note for method in parts.methods for fee in method.fees)
        if parts.methods and not known and not _FEE_WORDS.search(told):
            yield _lack("missing_fee", "phí, lệ phí", "không nguồn nào nêu phí, lệ phí hay miễn phí")

    def _in_bases(self, parts: ProcedureParts | None, bases: tuple[Basis, ...]) -> Iterator[Hit]:
        for basis in bases:
            if basis.movement.fallen:
                rule = BY_ID["repealed_basis"]
                since = (basis.ended.since if basis.ended else None) or rule.law.since
                yield Hit(rule, "căn cứ pháp lý", _told(basis), rule.law, since, basis)
        if parts is None or parts.decided is None:
            return
        for basis in bases:
            for change in basis.changes_since(parts.decided)[:1]:
                rule = BY_ID["stale_decision"]
                words = f"{parts.decision} ngày {parts.decided:%d/%m/%Y}; {_named(basis)} {change.kind.passive_label} {change.by.citation} từ {change.since:%d/%m/%Y}"
                yield Hit(rule, "quyết định công bố", words, rule.law, change.since or self._on, basis)


def _places(parts: ProcedureParts) -> Iterator[tuple[Look, str]]:
    """The texts of a procedure, with the kind of part each stands in."""
    for case in parts.dossier:
        yield Look.PAPER, case.name
        yield from ((Look.PAPER, paper.name) for paper in case.components)
    yield from ((Look.STEP, line) for line in parts.steps.split("\n"))
    yield from ((Look.METHOD, method.wording) for method in parts.methods)
    yield from ((Look.CONDITION, line) for line in parts.conditions.split("\n"))
    agencies: Iterable[str] = (*parts.executing, *parts.authority, *parts.authorized, *parts.coordinating)
    yield from ((Look.AGENCY, agency) for agency in agencies)
    yield Look.RECEIVING, parts.receiving


def _hit(rule: Rule, pattern: re.Pattern[str], look: Look, text: str) -> Hit | None:
    """The first place in a text that shows the rule: a second one in the same paper says no more."""
    mapped = canonical_mapped(text)
    for match in pattern.finditer(mapped.text):
        if _counts(rule, mapped.text, match):
            law = (
                PROVINCES if rule.id == "ended_agency" and match[0].lower().startswith("ủy ban nhân dân") else rule.law
            )
            return Hit(rule, look.label, _excerpt(text, *mapped.span(*match.span())), law, law.since)
    return None


def _counts(rule: Rule, text: str, match: re.Match[str]) -> bool:
    """Whether a place says what the rule is about, by the sentence that it stands in."""
    start, end = _sentence(text, match)
    if rule.never is not None and rule.never.search(text, *((0, len(text)) if rule.whole else (start, end))):
        return False
    if rule.not_after is not None and rule.not_after.search(text[start : match.start()]):
        return False
    return rule.not_before is None or not rule.not_before.search(text[match.end() : end])


def _sentence(text: str, match: re.Match[str]) -> tuple[int, int]:
    starts = [stop.end() for stop in _STOP.finditer(text, 0, match.start())]
    stop = _STOP.search(text, match.end())
    return (starts[-1] if starts else 0), (stop.end() if stop else len(text))


def _excerpt(text: str, start: int, end: int) -> str:
    """The words around a place, cut at blanks."""
    left = max(0, start - _AROUND)
    right = min(len(text), end + _AROUND)
    cut = text[left:right]
    if left:
        cut = "…" + cut.split(" ", 1)[-1]
    if right < len(text):
        cut = cut.rsplit(" ", 1)[0] + "…"
    return " ".join(cut.split())


def _lack(rule_id: str, part: str, words: str) -> Hit:
    rule = BY_ID[rule_id]
    return Hit(rule, part, words, rule.law, rule.law.since)


def _named(basis: Basis) -> str:
    document: DocumentView | None = basis.document
    return document.citation if document else basis.printed.code or basis.printed.name


def _told(basis: Basis) -> str:
    reasons = basis.standing.reasons if basis.standing else ()
    why = reasons[0].text if reasons else basis.movement.label
    return f"{_named(basis)}: {why}"
