"""A filled-in table of tasks as reports: what it changes, and what of it is not understood, line by line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from kb.errors import Dean06Error, NotFoundError, UnusableInputError
from kb.export import Sheet, SheetRow, read_sheet
from kb.export.sheets import SheetCell
from kb.ledger.tasks.ledger import TaskEntry, TaskLedger
from kb.ledger.tasks.progress import state_named_in
from kb.ledger.tasks.tables import BOTTLENECKS, STATES, TEMPLATE_COLUMNS
from kb.model import Bottleneck, Evidence, Provenance, TaskReport, TaskState
from kb.store import Store
from kb.text import fold

SOURCE = "task_reports"
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_TITLES = {column.name: column.title for column in TEMPLATE_COLUMNS} | {"as_of": "Tính đến ngày"}
_FINISHED = frozenset({TaskState.DONE, TaskState.DONE_LATE})


class RefusedRowsError(Dean06Error):
    """A table that holds rows which are not understood; nothing was written."""


@dataclass(frozen=True, slots=True)
class Change:
    """A row that says something new: what it says, and what was known before."""

    line: int
    entry: TaskEntry
    report: TaskReport

    @property
    def summary(self) -> str:
        """The change in one line: "T0001: chưa xác định → hoàn thành"."""
        before, after = self.entry.progress.state.label, self.report.state.label
        return f"{self.entry.id}: {before} → {after}" if before != after else f"{self.entry.id}: {after}, chi tiết khác"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that is not understood, and why."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Update:
    """What a table says of tasks: ``unchanged`` counts the rows that say what is known already."""

    name: str
    sha256: str
    changes: tuple[Change, ...]
    refusals: tuple[Refusal, ...]
    unchanged: int


def read_update(path: Path, ledger: TaskLedger, *, as_of: date | None = None, source: str = "") -> Update:
    """What a table would change; nothing is written.

    ``as_of`` is the day that the report speaks of, where not given each row's own; ``source`` names the report, else the
    file does. Raises ``UnusableInputError`` for a file that is no such table.
    """
    sheet = read_sheet(path)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    reader = _Reader(sheet, ledger, as_of, Provenance(SOURCE, source or path.name, Evidence.DOCUMENT, sha256=sha256))
    changes: list[Change] = []
    refusals: list[Refusal] = []
    for row in sheet.rows:
        try:
            changes.append(reader.read(row))
        except _NotUnderstoodError as error:
            refusals.append(Refusal(row.line, str(error)))
    news = tuple(change for change in changes if _says_more(change))
    return Update(path.name, sha256, news, tuple(refusals), len(changes) - len(news))


def apply_update(store: Store, update: Update, *, partial: bool = False) -> int:
    """Write the changes in one import and give their number; reports of the same source that stood before stay.

    Raises ``RefusedRowsError`` where a row is not understood, unless ``partial`` allows to leave such rows out.
    """
    if update.refusals and not partial:
        lines = "; ".join(f"line {refusal.line}: {refusal.why}" for refusal in update.refusals)
        raise RefusedRowsError(
            f"{update.name} was not taken in. {lines}", "Mend the lines, or leave them out with --partial."
        )
    if not update.changes:
        return 0
    reports = [change.report for change in update.changes]
    address = reports[0].provenance.address
    told_anew = {(report.task_id, report.as_of) for report in reports}
    with store.importing(source=SOURCE, name=update.name, sha256=update.sha256) as batch:
        for held in store.task_reports():
            seen = held.provenance
            if seen.source == SOURCE and seen.address == address and (held.task_id, held.as_of) not in told_anew:
                batch.report(held)
        for report in reports:
            batch.report(report)
    return len(reports)


class _NotUnderstoodError(ValueError):
    """Why a row is refused."""


class _Reader:
    """Reads the rows of one table."""

    def __init__(self, sheet: Sheet, ledger: TaskLedger, as_of: date | None, seen: Provenance) -> None:
        self._ledger = ledger
        self._as_of = as_of
        self._seen = seen
        self._headings = {name: sheet.heading(title, name) for name, title in _TITLES.items()}
        missing = [_TITLES[name] for name in ("id", "state") if self._headings[name] is None]
        if missing:
            raise UnusableInputError(
                f"{sheet.name} lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}.",
                "Fill in the table that `dean06 tasks template` writes.",
            )
        self._lines: dict[str, int] = {}

    def read(self, row: SheetRow) -> Change:
        """The change that a row says; raises ``_NotUnderstoodError``."""
        entry = self._entry(row)
        as_of = self._as_of or self._day(row, "as_of")
        if as_of is None:
            raise _NotUnderstoodError("no day that the report speaks of (Tính đến ngày, or --as-of)")
        report = TaskReport(
            task_id=entry.id,
            state=self._state(row, entry, as_of),
            as_of=as_of,
            provenance=replace(self._seen, place=f"dòng {row.line}"),
            wording=self._text(row, "state"),
            done_on=self._day(row, "done_on"),
            result=self._text(row, "result"),
            bottlenecks=self._bottlenecks(row),
            reason=self._text(row, "reason"),
        )
        _check(report)
        return Change(row.line, entry, report)

    def _entry(self, row: SheetRow) -> TaskEntry:
        name = self._text(row, "id")
        if not name:
            raise _NotUnderstoodError("no task is named (Mã nhiệm vụ)")
        try:
            entry = self._ledger.entry(name)
        except NotFoundError:
            raise _NotUnderstoodError(f"no task is held under {name!r}") from None
        first = self._lines.setdefault(entry.id, row.line)
        if first != row.line:
            raise _NotUnderstoodError(f"{name} stands on line {first} already")
        return entry

    def _state(self, row: SheetRow, entry: TaskEntry, as_of: date) -> TaskState:
        words = self._text(row, "state")
        if not words:
            raise _NotUnderstoodError("no state is named (Trạng thái)")
        known = _by_words(STATES).get(_bare(words))
        if known is None:
            known = state_named_in(words, deadline=entry.task.deadline, as_of=as_of)
            if known is TaskState.UNKNOWN:
                raise _NotUnderstoodError(f"{words!r} names no state; known are {', '.join(STATES)}")
        return known

    def _bottlenecks(self, row: SheetRow) -> tuple[Bottleneck, ...]:
        known = _by_words(BOTTLENECKS)
        found: list[Bottleneck] = []
        for words in filter(None, map(str.strip, re.split(r"[;\n]", self._text(row, "bottlenecks")))):
            if _bare(words) not in known:
                raise _NotUnderstoodError(f"{words!r} is none of the bottlenecks {'; '.join(BOTTLENECKS)}")
            found.append(known[_bare(words)])
        return tuple(dict.fromkeys(found))

    def _day(self, row: SheetRow, name: str) -> date | None:
        cell = self._cell(row, name)
        if cell is None or isinstance(cell, date):
            return cell
        day = day_of(str(cell))
        if day is None:
            raise _NotUnderstoodError(f"{_TITLES[name]} {str(cell)!r} is no day (dd/mm/yyyy)")
        return day

    def _text(self, row: SheetRow, name: str) -> str:
        cell = self._cell(row, name)
        return "" if cell is None else str(cell).strip()

    def _cell(self, row: SheetRow, name: str) -> SheetCell:
        heading = self._headings[name]
        return row.cells.get(heading) if heading else None


def day_of(text: str) -> date | None:
    """The day that ``dd/mm/yyyy`` or ISO text names; None where it names none.

    >>> day_of("7/11/2025"), day_of("2025-11-07"), day_of("31/02/2025")
    (datetime.date(2025, 11, 7), datetime.date(2025, 11, 7), None)
    """
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return None
    day, month, year, *iso = match.groups()
    try:
        return date(*map(int, iso)) if iso[0] else date(int(year), int(month), int(day))
    except ValueError:
        return None


def _check(report: TaskReport) -> None:
    """Refuse what contradicts itself."""
    if report.done_on and report.state not in _FINISHED:
        raise _NotUnderstoodError(f"a day of completion, but the state is {report.state.label!r}")
    if report.done_on and report.done_on > report.as_of:
        raise _NotUnderstoodError("the day of completion lies after the day that the report speaks of")
    if report.bottlenecks and not report.reason:
        raise _NotUnderstoodError("a bottleneck without a reason (Lý do vướng mắc)")


def _says_more(change: Change) -> bool:
    """Whether a row says anything else than what is known: the template filled in as it was written says nothing new."""
    told, known = change.report, change.entry.progress.report
    if known is None:
        said = (told.done_on, told.result, told.bottlenecks, told.reason)
        return told.state is not change.entry.progress.state or any(said)
    same_state = told.state is change.entry.progress.state
    return not same_state or (told.done_on, told.result, told.bottlenecks, told.reason) != (
        known.done_on,
        known.result.strip(),
        known.bottlenecks,
        known.reason.strip(),
    )


_Named = TypeVar("_Named", TaskState, Bottleneck)


def _by_words(labels: Mapping[str, _Named]) -> dict[str, _Named]:
    """The values by the words and by the code that may name them."""
    return {_bare(label): value for label, value in labels.items()} | {value.value: value for value in labels.values()}


def _bare(words: str) -> str:
    return " ".join(re.findall(r"\w+", fold(words)))
