"""The words of a ministry's list as values: codes, measures, documents, deadlines, states."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal

from kb.export import Cell
from kb.export.table import as_text
from kb.ledger.procedures.plan_tables import MEASURES, STATES
from kb.ledger.tasks.governing import citations_in
from kb.ledger.tasks.updates import day_of
from kb.model import DocumentReference, Measure, PlanState
from kb.text import fold

_SEPARATORS = re.compile(r"[;\n]")
_CODE = re.compile(r"(\d\.\d{6})(?:\.\d+)?")
_SHORTENED = re.compile(r"(\d)[.,](\d{1,5})")  # a spreadsheet takes 1.004220 for a number and drops the last 0
_MONTH = re.compile(r"(?:thang )?(\d{1,2})(?: ?[/.-] ?| nam )(\d{4})")
_QUARTER = re.compile(r"quy (i{1,3}|iv|[1-4])(?: ?[/.,-] ?| nam |, nam | )(\d{4})")
_YEAR = re.compile(r"(?:nam )?(\d{4})")
_BEFORE = re.compile(r"^(?:trong|den het|den|het|truoc ngay|truoc|cham nhat|hoan thanh|ngay)\s+")
_FIGURES_ONLY = re.compile(r"[\d\s/.,-]+")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_OTHER_MEASURES = {
    "bai bo thu tuc": Measure.ABOLISH,
    "bo thu tuc hanh chinh": Measure.ABOLISH,
    "cat giam thu tuc": Measure.ABOLISH,
    "bo thanh phan ho so": Measure.DROP_PAPER,
    "cat giam thanh phan ho so": Measure.DROP_PAPER,
    "cat giam giay to": Measure.DROP_PAPER,
    "rut ngan thoi han": Measure.SHORTEN,
    "giam thoi gian": Measure.SHORTEN,
    "cat giam thoi han giai quyet": Measure.SHORTEN,
    "giam thoi han giai quyet": Measure.SHORTEN,
    "dich vu cong truc tuyen": Measure.DIGITISE,
    "truc tuyen": Measure.DIGITISE,
    "khai thac du lieu": Measure.USE_DATA,
    "thay the bang du lieu": Measure.USE_DATA,
    "phan cap, phan quyen": Measure.DECENTRALISE,
    "phan cap giai quyet": Measure.DECENTRALISE,
}


class NotUnderstoodError(ValueError):
    """Why a row is refused."""


def cell_words(cell: Cell, *, code: bool = False) -> str:
    """A cell as one text with single blanks; a code that a spreadsheet took for a number is written out again."""
    if code and isinstance(cell, int | Decimal):
        return f"{cell:.6f}"
    return " ".join(as_text(cell).split())


def codes_in(words: str) -> tuple[str, ...]:
    """The codes of procedures; raises ``NotUnderstoodError`` for anything else.

    >>> codes_in("1.000894; 2.000806"), codes_in("1.00422")
    (('1.000894', '2.000806'), ('1.004220',))
    """
    return tuple(dict.fromkeys(_code(part) for part in re.split(r"[;,\s]+(?=\d\.|\Z)", words) if part))


def _code(part: str) -> str:
    whole = _CODE.fullmatch(part)
    if whole:
        return whole[1]
    short = _SHORTENED.fullmatch(part)
    if short:
        return f"{short[1]}.{short[2]:0<6}"
    raise NotUnderstoodError(f"{part!r} is no code of a procedure (1.004222)")


def measures_in(words: str) -> tuple[Measure, ...]:
    """The measures that the words name, by their labels, their codes or other words of the plans, accents or not."""
    known = {bare(label): value for label, value in MEASURES.items()} | {one.value: one for one in Measure}
    known |= _OTHER_MEASURES
    found = []
    for part in filter(None, map(bare, re.split(r"[;,\n]", words))):
        if part not in known:
            raise NotUnderstoodError(f"{part!r} names no measure; known are {'; '.join(MEASURES)}")
        found.append(known[part])
    return tuple(dict.fromkeys(found))


def documents_in(words: str) -> tuple[DocumentReference, ...]:
    """The documents that the words name, several set apart by semicolons."""
    return tuple(dict.fromkeys(_documents(words)))


def _documents(words: str) -> list[DocumentReference]:
    found = []
    for part in filter(None, map(str.strip, _SEPARATORS.split(words))):
        named = [reference for reference, _ in citations_in(part)]
        if not named:
            raise NotUnderstoodError(f"{part!r} names no document: give its number")
        found += named
    return found


def state_in(words: str) -> PlanState:
    """The state that the words name, by its label or code, accents or not."""
    known = {bare(label): value for label, value in STATES.items()} | {bare(one.value): one for one in PlanState}
    if bare(words) not in known:
        raise NotUnderstoodError(f"{words!r} names no state; known are {'; '.join(STATES)}")
    return known[bare(words)]


def deadline_in(words: str) -> tuple[date | None, str]:
    """The last day that the words allow, None where they name none, with the words.

    Raises ``NotUnderstoodError`` for figures that are no day.

    >>> deadline_in("30/6/2026")[0], deadline_in("Quý IV/2025")[0], deadline_in("khi sửa Luật")
    (datetime.date(2026, 6, 30), datetime.date(2025, 12, 31), (None, 'khi sửa Luật'))
    """
    text = _BEFORE.sub("", _BEFORE.sub("", bare(words)))
    day = day_of(words) or day_of(text) or _last_day(text)
    if day is None and _FIGURES_ONLY.fullmatch(words):
        raise NotUnderstoodError(f"{words!r} is no day (dd/mm/yyyy)")
    return day, "" if day_of(words) else words


def _last_day(text: str) -> date | None:
    if (quarter := _QUARTER.fullmatch(text)) is not None:
        month, year = 3 * (_QUARTERS.get(quarter[1]) or int(quarter[1])), int(quarter[2])
    elif (found := _MONTH.fullmatch(text)) is not None:
        month, year = int(found[1]), int(found[2])
    elif (only := _YEAR.fullmatch(text)) is not None:
        month, year = 12, int(only[1])
    else:
        return None
    return date(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 and year >= 1900 else None


def bare(words: str) -> str:
    """Words without accents, capitals, underscores and superfluous blanks."""
    return " ".join(fold(words).replace("_", " ").split())
