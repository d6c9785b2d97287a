"""The task ledger as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kb.collation import sort_key
from kb.ledger.indicators import Reconciliation
from kb.ledger.tasks.governing import Act, Foundation, Role
from kb.ledger.tasks.ledger import TaskDetail, TaskEntry, count_by_state
from kb.ledger.tasks.tables import TELLING

UNKNOWN = "chưa xác định"


def list_lines(entries: Sequence[TaskEntry], on: date) -> Iterator[str]:
    """A line a task, then the sums with what is not known among them."""
    for entry in entries:
        deadline = (
            f"{entry.task.deadline:%d/%m/%Y}"
            if entry.task.deadline
            else entry.task.deadline_wording or entry.task.deadline_kind.label
        )
        lead = entry.task.lead or UNKNOWN
        fallen = " [văn bản giao đã hết hiệu lực]" if entry.fallen else ""
        yield f"{entry.id}\t{entry.progress.state.label}\t{deadline}\t{lead}\t{entry.task.summary}{fallen}"
    counts = count_by_state(entries)
    yield f"{len(entries)} = " + " + ".join(f"{count} {state.label}" for state, count in counts.items())
    if unreported := sum(entry.progress.past_unreported for entry in entries):
        yield f"Quá thời hạn tính đến {on:%d/%m/%Y} mà chưa có báo cáo nào nói trạng thái: {unreported}"


def reconciliation_lines(found: Reconciliation) -> Iterator[str]:
    """What is reported and what is held: always both."""
    yield found.reported_line
    yield found.held_line


def detail_lines(detail: TaskDetail, on: date) -> Iterator[str]:
    """A task on one screen."""
    entry, task = detail.entry, detail.entry.task
    yield f"{entry.id}: {task.summary} ({TELLING[task.wording]})"
    if entry.exact and entry.exact is not task:
        sure = f"; {entry.sameness.label}" if entry.sameness else ""
        yield f"Nguyên văn ({entry.exact.place}{sure}): {entry.exact.summary}"
    yield f"Chủ trì: {task.lead or UNKNOWN}"
    yield f"Phối hợp: {task.coordinating or UNKNOWN}"
    yield f"Thời hạn: {task.deadline_wording or task.deadline_kind.label}" + (
        f" ({task.deadline:%d/%m/%Y})" if task.deadline else ""
    )
    yield f"Nguồn: {entry.source_name}, {task.place or UNKNOWN} ({task.provenance.address})"
    yield from _progress_lines(entry, on)
    for role in Role:
        for foundation in detail.of(role):
            yield from _foundation_lines(foundation)


def _progress_lines(entry: TaskEntry, on: date) -> Iterator[str]:
    progress = entry.progress
    told = f" (báo cáo gần nhất: {progress.as_of:%d/%m/%Y})" if progress.as_of else ""
    late = (
        f", quá hạn {progress.days_late} ngày tính đến {on:%d/%m/%Y}" if progress.overdue and progress.days_late else ""
    )
    yield f"Trạng thái: {progress.state.label}{told}{late}"
    for report in progress.history:
        yield f"  {report.as_of:%d/%m/%Y}: {report.wording or report.state.label} ({report.provenance.address}, {report.provenance.place})"
        for bottleneck in report.bottlenecks:
            yield f"    điểm nghẽn {bottleneck.label}: {report.reason}"


def _foundation_lines(each: Foundation) -> Iterator[str]:
    name = each.document.citation if each.document else each.wording
    where = f", {each.path}" + ("" if each.held else " (chưa có trong kho)") if each.path else ""
    known = "" if each.document else " (chưa có trong kho)" if not each.candidates else " (nhiều văn bản cùng số)"
    yield f"[{each.role.label}] {name}{where}{known}: {each.status.label}"
    if each.link:
        yield f"    {each.link.confirmed_by} xác nhận ngày {each.link.confirmed_on:%d/%m/%Y}"
    if each.note:
        yield f"    {each.note}"
    if each.successor:
        yield f"    hiện thay bằng {each.successor.citation}"
    yield from _act_lines("    ", each.endings or each.acts)


def _act_lines(indent: str, acts: Iterable[Act]) -> Iterator[str]:
    """A line for what one document did on one day, with its clauses."""
    grouped: dict[tuple[str, str, date | None], list[Act]] = {}
    for act in acts:
        grouped.setdefault((act.kind.passive_label, act.by.citation, act.since), []).append(act)
    for (verb, citation, since), group in grouped.items():
        when = f" từ {since:%d/%m/%Y}" if since else ", ngày chưa rõ"
        yield f"{indent}{verb} {citation}{_places(act.path for act in group)}{when}{_on(act.target for act in group)}"


def _places(paths: Iterable[str]) -> str:
    named = sorted({path for path in paths if path}, key=sort_key)
    return f", {', '.join(named)}" if named else ""


def _on(targets: Iterable[str]) -> str:
    named = sorted({target for target in targets if target}, key=sort_key)
    return f" tại {', '.join(named)}" if named else ""
