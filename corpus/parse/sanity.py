"""What is wrong with a document as it was read: some findings refuse it, the others are shown beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.parse.effects import Effects, find_effects
from corpus.parse.gaps import Gap, Problem
from corpus.parse.head import Head
from corpus.parse.structure import Structure
from kb.model import ProvisionKind
from kb.numbers import number_key, parse_number
from kb.text import fold

SHORTEST_DOCUMENT = 500  # characters; the shortest real document measured has 1,400, pages of refusal have fewer
FIRST_YEAR = 1945  # the State's first documents
_SAME_CENTURY = 20  # years ahead
_FEWEST_NAVIGATION = 3  # different navigation lines that make a page of what has no article


class Check(StrEnum):
    """What a finding is about."""

    TOO_SHORT = "too_short"
    WRONG_DOCUMENT = "wrong_document"
    NAVIGATION = "navigation"
    ARTICLE_GAP = "article_gap"
    FEWER_ARTICLES = "fewer_articles"
    WRONG_CENTURY = "wrong_century"
    EFFECT_BEFORE_ISSUE = "effect_before_issue"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: ``fatal`` refuses the document, else it is a flag.

    ``text`` says what, ``line`` where: from 1, 0 for the document as a whole.
    """

    check: Check
    text: str
    fatal: bool = False
    line: int = 0


def check_document(  # noqa: PLR0913 - what is known beside the document, each optional
    head: Head,
    structure: Structure,
    text: str,
    *,
    asked: str = "",
    effects: Effects | None = None,
    today: date | None = None,
) -> tuple[Finding, ...]:
    """Everything that is wrong with a document, the fatal first; never raises.

    ``asked`` is the number that the source was asked for, where it was; ``effects`` what its clauses say, read here if not
    given; ``today`` the reader's day.
    """
    effects = effects or find_effects(structure, head.issued)
    findings = [
        *_length(text),
        *_identity(head, asked),
        *_navigation(structure, text),
        *_centuries(head, effects, (today or date.today()).year),  # noqa: DTZ011 - the reader's own day is meant
        *_order(head, effects),
        *_gaps(structure),
        *_contents(text),
    ]
    return tuple(sorted(findings, key=lambda finding: not finding.fatal))


def _length(text: str) -> Iterator[Finding]:
    length = len(text.strip())
    if length < SHORTEST_DOCUMENT:
        said = f"{length} characters are too few for a document, at least {SHORTEST_DOCUMENT} are needed"
        yield Finding(Check.TOO_SHORT, said, fatal=True)


def _identity(head: Head, asked: str) -> Iterator[Finding]:
    if not asked:
        return
    if not head.number:
        yield Finding(Check.WRONG_DOCUMENT, f"asked for {asked}, but the text shows no number")
    elif number_key(asked) != number_key(head.number):
        yield Finding(Check.WRONG_DOCUMENT, f"asked for {asked}, the text is {head.number}", fatal=True)


# Lines of site menus and of the frames around a text. No real text of a document holds one of them alone on a line.
_NAVIGATION = re.compile(
    r"(?:trang chu|dang nhap|dang ky|dang xuat|quen mat khau|lien he|so do (?:trang|site|cong)|gioi thieu|tin tuc|hoi dap"
    r"|tim kiem(?: nang cao| van ban)?|in (?:trang|bai viet)|quay lai|ve dau trang|len dau trang|chia se(?: qua.*)?"
    r"|tai (?:ve|xuong|file)|xem (?:them|tiep|chi tiet)|thuoc tinh|luoc do|van ban (?:goc|lien quan|tieng anh)|ban (?:pdf|in)"
    r"|english|facebook|zalo|twitter|menu|home|login|search|rss|bo qua|luot (?:xem|truy cap).{0,30}|so luot .{0,30}"
    r"|dang truy cap.{0,30}|copyright.{0,60}|(?:©\s?(?:19|20)\d\d|ban quyen (?:thuoc|cua)).{0,80}|trang chu\s?[>»/|].{0,100})"
)
_EDGES = " \t|>»•·*_#.:-"
_MENU_BAR = re.compile(r"\s*[|•·>»]\s*")


def _navigation(structure: Structure, text: str) -> Iterator[Finding]:
    found = [
        (number, line.strip())
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip() and len(line) < 200 and _is_navigation(line)
    ]
    kinds = {fold(said) for _, said in found}
    is_page = not structure.own_articles and len(kinds) >= _FEWEST_NAVIGATION
    for number, said in found:
        yield Finding(Check.NAVIGATION, f"line {number} is of a site, not of a law: '{said[:60]}'", is_page, number)


def _is_navigation(line: str) -> bool:
    if line.lstrip(_EDGES)[:1].islower():  # the rest of a sentence
        return False
    said = fold(line).strip(_EDGES)
    if _NAVIGATION.fullmatch(said):
        return True
    parts = [part for part in _MENU_BAR.split(said) if part]
    hits = sum(_NAVIGATION.fullmatch(part) is not None for part in parts)
    return hits > 0 and 2 * hits >= len(parts)


def _centuries(head: Head, effects: Effects, this_year: int) -> Iterator[Finding]:
    if head.issued and not FIRST_YEAR <= head.issued.year <= this_year + 1:
        is_century = not FIRST_YEAR <= head.issued.year <= this_year + _SAME_CENTURY  # nearer, a clock may be wrong
        said = f"issued on {head.issued.label}: no such year for a document"
        yield Finding(Check.WRONG_CENTURY, said, fatal=is_century)
    number = parse_number(head.number) if head.number else None
    if head.issued and number and number.year and abs(number.year - head.issued.year) > 1:
        yield Finding(Check.WRONG_CENTURY, f"number {head.number} and the date {head.issued.label} are years apart")
    for fact in (effects.effective, *(part.effective for part in effects.parts)):
        if fact and fact.day and not FIRST_YEAR <= fact.day.year <= this_year + 20:
            yield Finding(Check.WRONG_CENTURY, f"in effect from {fact.day:%d/%m/%Y} by {fact.path}: no such year")


def _order(head: Head, effects: Effects) -> Iterator[Finding]:
    day = effects.effective.day if effects.effective else None
    if day and head.issued and head.issued.exact and day < head.issued.exact:
        said = f"in effect from {day:%d/%m/%Y}, before its issue on {head.issued.label}"
        yield Finding(Check.EFFECT_BEFORE_ISSUE, said)


def _gaps(structure: Structure) -> Iterator[Finding]:
    for gap in structure.gaps:
        in_body = gap.before.startswith(ProvisionKind.ARTICLE.slug)
        if gap.kind is ProvisionKind.ARTICLE and (in_body or _is_missing_in_annex(gap)):
            yield Finding(Check.ARTICLE_GAP, f"{gap.after or 'start'} … {gap.before}: articles {gap.problem}")


def _is_missing_in_annex(gap: Gap) -> bool:
    """A regulation issued with the document numbers its articles through; forms print the articles of several acts."""
    return gap.problem is Problem.MISSING and gap.before.startswith(ProvisionKind.ANNEX.slug)


_CONTENTS = re.compile(r"^[\W_]*M\s?Ụ\s?C\s+L\s?Ụ\s?C[\W_]*$", re.MULTILINE)
_ARTICLE = re.compile(r"^[ \t|*_#]*(?:Điều|ĐIỀU)\s+(\d{1,4})(?![\w])", re.MULTILINE)


def _contents(text: str) -> Iterator[Finding]:
    """Compare the articles that a table of contents lists with those that follow it."""
    contents = _CONTENTS.search(text)
    if contents is None:
        return
    numbers = [int(match[1]) for match in _ARTICLE.finditer(text, contents.end())]
    restart = next((index for index in range(1, len(numbers)) if numbers[index] == 1), len(numbers))
    listed, held = set(numbers[:restart]), set(numbers[restart:])
    if missing := sorted(listed - held):
        said = f"the table of contents lists {len(listed)} articles, {len(missing)} of them are not in the text"
        yield Finding(Check.FEWER_ARTICLES, f"{said}: {', '.join(map(str, missing[:10]))}")
