"""The verbs of amending acts: which words of a sentence order a change, and of what kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from corpus.parse.amendments.statements import QUOTE, Statement


class Action(StrEnum):
    """What an instruction orders, by its verb."""

    AMEND = "amend"  # sửa đổi; sửa đổi, bổ sung
    SUPPLEMENT = "supplement"  # bổ sung
    REPLACE = "replace"  # thay thế
    REPEAL = "repeal"  # bãi bỏ, hủy bỏ, bỏ, hết hiệu lực, chấm dứt hiệu lực
    SUSPEND = "suspend"  # ngưng hiệu lực, đình chỉ thi hành
    CORRECT = "correct"  # đính chính


@dataclass(frozen=True, slots=True)
class Act:
    """A verb with what it governs: targets stand in ``first`` to ``last``.

    ``start`` and ``end`` are the verb's own. ``passive`` tells that its targets stand before it.
    """

    action: Action
    start: int
    end: int
    first: int
    last: int
    passive: bool = False


def find_acts(statement: Statement) -> list[Act]:
    """The acts of a statement in order; a verb that reports, plans or describes is none. Never raises."""
    return [act for start, end in _sentences(statement) for act in _acts(statement, start, end)]


def lead_end(folded: str, start: int, end: int) -> int:
    """Past the number and the words before the first target of a sentence without a verb of its own."""
    lead = _LEAD.match(folded, start, end)
    assert lead is not None
    return lead.end()


def sentences(statement: Statement) -> list[tuple[int, int]]:
    """Spans of the sentences of a statement, also cut at semicolons."""
    return _sentences(statement)


_SENTENCE_END = re.compile(rf"[.;]\s+(?=[^\W\d_a-zđ]|[a-zđ])|(?<={QUOTE})\s*[.;]\s*|;\s*")
_CAPITAL = re.compile(r"\.\s+(?=[^\W\d_])")
_AMEND = (
    r"sua doi(?:\s?,?\s?(?:va\s)?bo\ss\w{2,3})?(?:\s?,\s(?:thay the|bai bo|bo sung|huy bo))*"
    r"(?:\s(?:va|hoac)\s(?:bo sung|thay the|bai bo)(?=\s(?:mot so|cac|noi dung|toan bo)\b))?"
)
_VERB = re.compile(
    rf"(?<!\w)(?:(?P<amend>{_AMEND})|(?P<supplement>bo sung)|(?P<replace>thay the|thay(?=\s(?:cac\s)?(?:cum\s)?tu\b))|(?P<repeal>bai bo|huy bo)"
    r"|(?P<drop>bo)(?=\s(?:cum|tu\b|cac cum|noi dung|doan|khoan|diem|dieu|muc|chuong|mau|phu luc|tieu de))"
    r"|(?P<suspend>(?:tam\s)?(?:ngung|dinh chi)\s(?:viec\s)?(?:hieu luc|thi hanh|ap dung)(?:\sthi hanh)?)"
    r"|(?P<correct>dinh chinh))(?!\w)"
)
_KIND = (
    r"(?:bo luat|luat|phap lenh|nghi quyet|nghi dinh|quyet dinh|thong tu|chi thi|lenh|van ban|quy che)(?:\slien tich)?"
)
_LEAD = re.compile(
    r"[\W_]*(?:(?:dieu|khoan)\s\d+[a-z]{0,2}\s?[.:]\s*)?(?:(?:\d{1,3}[a-z]{0,2}\s?[.),:]|[a-z]{1,2}\s?[.)])\W*)?"
    rf"(?:(?:va|dong thoi|nay|cung|rieng)\s)?(?:ke tu ngay\s{_KIND}\snay co hieu luc(?:\sthi hanh)?\s?[,:]?\s?)?"
    rf"(?:{_KIND}\snay co hieu luc[^,;:]{{0,80}},\s(?=cac\b|nhung\b|toan bo\b|danh muc\b|{_KIND}\sso\b))?"
)
_BEFORE = re.compile(
    rf"(?:\b{_KIND}\snay(?:\sse)?|\bnay co hieu luc(?:\sthi hanh)?(?:\s(?:ke\s)?tu\s[^.;:]{{4,60}})?\s?[,]?(?:\s(?:va|dong thoi))?)\s*\Z"
)
_GOES_ON = re.compile(r"(?:,|\bva|\bdong thoi|;)\s*\Z")
_IN_FORCE = re.compile(r"\bnay co hieu luc\b")
_PASSIVE = re.compile(
    r"(?<!\w)(?:(?P<end>(?:het|cham dut)\shieu\sluc(?:\sthi hanh)?)|(?P<halt>(?:tam\s)?ngung\shieu\sluc(?:\sthi hanh)?)"
    r"|(?<!da\s)(?:duoc|bi)\s(?P<repeal>bai bo|huy bo)\b(?!\s(?:theo|boi|tai)\b)"
    r"|(?<!da\s)(?:duoc\s)?(?P<amend>sua doi(?:\s?,?\s?(?:va\s)?bo sung)?)(?=\s(?:lai\s)?(?:nhu sau|thanh\s?[:¤]))"
    r"|(?<!da\s)(?:duoc\s)(?P<supplement>bo sung)(?=\s(?:vao\s[^.;:¤]{1,60}\s)?nhu sau)"
    r"|(?<!da\s)(?:duoc|bi)\s(?P<replace>thay the)(?=\snhu sau|\sbang\s(?:¤|(?:cac\s)?(?:mau|phu luc|dieu|khoan|nghi dinh|thong tu|quyet dinh|luat)\b)))"
)
_CONDITION = re.compile(
    r"\W*(?:truong hop|neu|khi|doi voi|trong truong hop|cac to chuc|ho so|viec|co quan|nguoi|thoi han|quyet dinh nay|sau khi)\b"
)


def _sentences(statement: Statement) -> list[tuple[int, int]]:
    folded, text = statement.folded, statement.text
    edges = [0]
    for match in _SENTENCE_END.finditer(folded):
        is_stop = folded[match.start() : match.start() + 1] == "."
        if is_stop and text[match.end() : match.end() + 1].islower():
            continue
        if is_stop and re.search(r"(?:^|\W)(?:\d{1,3}[a-z]?|[a-z])\Z", folded[: match.start()]) and match.start() < 12:
            continue
        edges.append(match.end())
    edges.append(len(folded))
    return [(start, end) for start, end in pairwise(edges) if folded[start:end].strip()]


def _acts(statement: Statement, start: int, end: int) -> list[Act]:
    acts: list[Act] = []
    folded = statement.folded
    for verb in _VERB.finditer(folded, start, end):
        goes_on_above = not start and verb.start() == 0 and statement.text[0].islower()
        is_ministry = verb["drop"] and statement.text[verb.start() : verb.end()].lower() == "bộ"
        if is_ministry or goes_on_above or not _orders(folded, start, verb, acts):
            continue
        if acts:
            acts[-1] = replace(acts[-1], last=verb.start())
        acts.append(Act(_action(verb), verb.start(), verb.end(), verb.end(), end))
    return acts or list(_passive(folded, start, end))


def _action(verb: re.Match[str]) -> Action:
    name = verb.lastgroup or ""
    return Action.REPEAL if name == "drop" else Action(name)


def _orders(folded: str, start: int, verb: re.Match[str], acts: list[Act]) -> bool:
    if lead_end(folded, start, verb.start()) == verb.start():
        return True
    before = folded[start : verb.start()]
    if _BEFORE.search(before):
        return _CONDITION.match(before) is None
    if not _GOES_ON.search(before):
        return False
    return bool(acts) or _IN_FORCE.search(before) is not None


def _passive(folded: str, start: int, end: int) -> Iterator[Act]:
    if _CONDITION.match(folded, start, end):
        return
    for match in _PASSIVE.finditer(folded, start, end):
        name = match.lastgroup or ""
        action = {"end": Action.REPEAL, "halt": Action.SUSPEND}.get(name) or Action(name)
        yield Act(
            action, match.start(), match.end(), lead_end(folded, start, match.start()), match.start(), passive=True
        )
        return
