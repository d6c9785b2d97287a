"""Tasks as tables and as values: what is listed, exported and filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from kb.agencies import Mention
from kb.export import Cell, Column, ColumnKind, Row, Table
from kb.ledger.tasks.governing import Act, Foundation
from kb.ledger.tasks.ledger import TaskDetail, TaskEntry
from kb.model import Bottleneck, Provenance, TaskReport, TaskState, Wording
from kb.values import as_values

TELLING = {Wording.RESTATED: "tóm tắt lại", Wording.VERBATIM: "nguyên văn"}
"""Whose words a task is told in, as pages and tables say it."""


def task_table(entries: Iterable[TaskEntry], on: date, *, title: str = "Nhiệm vụ") -> Table:
    """The tasks as a table for export; each row carries the place that it was read at."""
    rows = (Row([read(entry) for _, read in _FIELDS], entry.task.provenance) for entry in entries)
    return Table(title, tuple(column for column, _ in _FIELDS), rows, on)


STATES = {state.label: state for state in TaskState}
"""The words that a filled-in table may name a state with."""

TEMPLATE_COLUMNS = (
    Column("id", "Mã nhiệm vụ", width=14),
    Column("task", "Nhiệm vụ", width=60),
    Column("lead", "Cơ quan chủ trì", width=28),
    Column("deadline", "Thời hạn", ColumnKind.DAY, 12),
    Column("source_document", "Văn bản nguồn", width=28),
    Column("place", "Vị trí", width=28),
    Column("state", "Trạng thái", width=24, choices=tuple(STATES)),
    Column("done_on", "Ngày hoàn thành", ColumnKind.DAY, 14),
    Column("result", "Kết quả", width=40),
    Column("bottlenecks", "Điểm nghẽn", ColumnKind.LIST, 24),
    Column("reason", "Lý do vướng mắc", width=40),
)
"""What ``dean06 tasks template`` writes and ``dean06 tasks update`` reads; the last five are for the reporter to fill in."""


def template(entries: Iterable[TaskEntry], on: date) -> Table:
    """The tasks with the state that is known of them, to be changed where it has changed."""
    return Table("Cập nhật nhiệm vụ", TEMPLATE_COLUMNS, map(_template_row, entries), on)


def task_values(entry: TaskEntry, on: date) -> dict[str, object]:
    """A task as JSON values: what is not known is null, never left out."""
    task, progress, seen = entry.task, entry.progress, entry.task.provenance
    return {
        "id": entry.id,
        "ids": list(entry.ids),
        "url": entry.url,
        "task": task.summary,
        "wording": task.wording.value,
        "exact_wording": entry.exact.summary if entry.exact else None,
        "sameness": entry.sameness.value if entry.sameness else None,
        "lead": task.lead or None,
        "lead_agencies": _slugs(entry.lead),
        "coordinating": task.coordinating or None,
        "coordinating_agencies": _slugs(entry.coordinating),
        "deadline": _day(task.deadline),
        "deadline_wording": task.deadline_wording or None,
        "deadline_kind": task.deadline_kind.value,
        "product": task.product or None,
        "source_document": entry.source_name,
        "source_document_url": entry.document.url if entry.document else None,
        "place": task.place or None,
        "path": task.path or None,
        "number": task.number or None,
        "assigned_in": task.assigned_in or None,
        "state": progress.state.value,
        "state_label": progress.state.label,
        "state_wording": _report(entry, lambda report: report.wording),
        "state_as_of": _day(progress.as_of),
        "state_source": _report(entry, lambda report: report.provenance.address),
        "days_late": progress.days_late,
        "overdue": progress.overdue,
        "past_unreported": progress.past_unreported,
        "bottlenecks": [one.value for one in progress.bottlenecks],
        "bottleneck_reason": _report(entry, lambda report: report.reason),
        "standing": entry.standing.value,
        "standing_label": entry.standing.label,
        "standing_of": entry.assigning.document.citation if entry.assigning.document else entry.assigning.wording,
        "fallen": entry.fallen,
        "successor": _successor(entry.assigning),
        "concerns": _tie_values(entry),
        "as_of": on.isoformat(),
        "source": seen.source,
        "address": seen.address,
        "source_place": seen.place or None,
    }


def detail_values(detail: TaskDetail, on: date) -> dict[str, object]:
    """A task on one screen as JSON values."""
    return {
        **task_values(detail.entry, on),
        "foundations": [_foundation_values(each) for each in detail.foundations],
        "history": [as_values(report) for report in detail.entry.progress.history],
        "told": [as_values(task) for task in detail.entry.told],
    }


def _template_row(entry: TaskEntry) -> Row:
    task, report = entry.task, entry.progress.report
    seen = report.provenance if report else Provenance("", "", task.provenance.evidence)
    cells: tuple[Cell, ...] = (
        entry.id,
        task.summary,
        task.lead or None,
        task.deadline,
        entry.source_name,
        task.place or None,
        entry.progress.state.label,
        report.done_on if report else None,
        (report.result or None) if report else None,
        [one.label for one in entry.progress.bottlenecks],
        (report.reason or None) if report else None,
    )
    return Row(cells, seen)


def _foundation_values(each: Foundation) -> dict[str, object]:
    return {
        "role": each.role.value,
        "role_label": each.role.label,
        "wording": each.wording,
        "document": each.document.slug if each.document else None,
        "citation": each.document.citation if each.document else None,
        "title": (each.document.title or None) if each.document else None,
        "candidates": [document.slug for document in each.candidates],
        "path": each.path or None,
        "held": each.held,
        "text": each.text or None,
        "url": each.url or None,
        "standing": each.status.value,
        "standing_label": each.status.label,
        "sure": each.standing.sure if each.standing else False,
        "reasons": [as_values(reason) for reason in each.standing.reasons] if each.standing else [],
        "acts": [_act_values(act) for act in each.acts],
        "fallen": each.fallen,
        "endings": [_act_values(act) for act in each.endings],
        "successor": each.successor.slug if each.successor else None,
        "confirmed_by": each.link.confirmed_by if each.link else None,
        "confirmed_on": _day(each.link.confirmed_on) if each.link else None,
        "note": each.note or None,
    }


def _act_values(act: Act) -> dict[str, object]:
    return {
        "kind": act.kind.value,
        "label": act.kind.passive_label,
        "by": act.by.slug,
        "citation": act.by.citation,
        "path": act.path or None,
        "target": act.target or None,
        "since": _day(act.since),
        "url": act.url,
    }


def _report(entry: TaskEntry, read: Callable[[TaskReport], str]) -> str | None:
    report = entry.progress.report
    return (read(report) or None) if report else None


def _successor(foundation: Foundation) -> str | None:
    return foundation.successor.citation if foundation.successor else None


def _slugs(mentions: Iterable[Mention]) -> list[str]:
    return list(dict.fromkeys(agency.slug for mention in mentions for agency in mention.agencies))


def _tie_words(entry: TaskEntry) -> str | None:
    if entry.tie is None:
        return None
    role = {"lead": "chủ trì", "coordinating": "phối hợp"}[entry.role]
    part = f" ({entry.tie.part})" if entry.tie.part else ""
    via = "" if not entry.tie.steps else f": {entry.tie.agency.name}"
    return f"{role}; {entry.tie.kind.label}{part}{via}"


def _tie_values(entry: TaskEntry) -> dict[str, object] | None:
    if entry.tie is None:
        return None
    return {
        "role": entry.role,
        "tie": entry.tie.kind.value,
        "label": entry.tie.kind.label,
        "named": entry.tie.mention.wording,
        "agency": entry.tie.agency.name,
        "part": entry.tie.part or None,
        "successions": [as_values(step) for step in entry.tie.steps],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


BOTTLENECKS = {one.label: one for one in Bottleneck}
"""The words that a filled-in table may name an obstacle with."""


_Field = tuple[Column, Callable[[TaskEntry], Cell]]

_FIELDS: tuple[_Field, ...] = (
    (Column("id", "Mã nhiệm vụ", width=14), lambda entry: entry.id),
    (Column("task", "Nhiệm vụ", width=60), lambda entry: entry.task.summary),
    (Column("telling", "Lời văn", width=12), lambda entry: TELLING[entry.task.wording]),
    (
        Column("exact_wording", "Nguyên văn trong văn bản", width=60),
        lambda entry: entry.exact.summary if entry.exact else None,
    ),
    (Column("lead", "Cơ quan chủ trì", width=28), lambda entry: entry.task.lead or None),
    (Column("coordinating", "Cơ quan phối hợp", width=28), lambda entry: entry.task.coordinating or None),
    (Column("deadline", "Thời hạn", ColumnKind.DAY, 12), lambda entry: entry.task.deadline),
    (
        Column("deadline_wording", "Thời hạn như văn bản ghi", width=24),
        lambda entry: entry.task.deadline_wording or None,
    ),
    (Column("deadline_kind", "Loại thời hạn", width=18), lambda entry: entry.task.deadline_kind.label),
    (Column("product", "Sản phẩm", width=24), lambda entry: entry.task.product or None),
    (Column("source_document", "Văn bản nguồn", width=28), lambda entry: entry.source_name),
    (Column("place", "Vị trí", width=28), lambda entry: entry.task.place or None),
    (Column("assigned_in", "Văn bản giao nhiệm vụ", width=28), lambda entry: entry.task.assigned_in or None),
    (Column("state", "Trạng thái", width=22), lambda entry: entry.progress.state.label),
    (Column("state_as_of", "Trạng thái tính đến", ColumnKind.DAY, 12), lambda entry: entry.progress.as_of),
    (
        Column("state_wording", "Trạng thái như nguồn ghi", width=28),
        lambda entry: _report(entry, lambda told: told.wording),
    ),
    (Column("days_late", "Số ngày quá hạn", ColumnKind.NUMBER, 10), lambda entry: entry.progress.days_late),
    (
        Column("bottlenecks", "Điểm nghẽn", ColumnKind.LIST, 18),
        lambda entry: [one.label for one in entry.progress.bottlenecks],
    ),
    (Column("bottleneck_reason", "Lý do vướng mắc", width=28), lambda entry: _report(entry, lambda told: told.reason)),
    (Column("standing", "Tình trạng hiệu lực của văn bản giao", width=20), lambda entry: entry.standing.label),
    (Column("successor", "Văn bản thay thế", width=28), lambda entry: _successor(entry.assigning)),
    (Column("concerns", "Liên quan đến cơ quan được hỏi", width=28), _tie_words),
)
