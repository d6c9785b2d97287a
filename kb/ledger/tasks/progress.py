"""How far a task is on a day, in the words of the reports; never guessed: what no report states is "chưa xác định"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kb.model import Bottleneck, DeadlineKind, Task, TaskReport, TaskState
from kb.text import fold

_FINISHED = frozenset({TaskState.DONE, TaskState.DONE_LATE})
_OPEN = frozenset({TaskState.UNDER_WAY, TaskState.OVERDUE})
_NOT_DONE = re.compile(r"\b(?:chua|khong) (?:duoc )?(?:hoan thanh|xong|thuc hien xong)\b")
_DONE = re.compile(r"\b(?:hoan thanh|thuc hien xong|da xong)\b")
_LATE = re.compile(r"\b(?:qua han|cham|muon|tre han|sau thoi han)\b")
_UNDER_WAY = re.compile(
    r"\b(?:dang|tiep tuc) (?:duoc )?(?:trien khai|thuc hien|hoan thanh|hoan thien|xu ly|xay dung)\b|\btrong han\b"
)
_RECURRING = re.compile(r"\b(?:thuong xuyen|hang (?:nam|thang|quy|tuan|ngay)|lien tuc)\b")
_DATA_UNTIL = re.compile(
    r"(?:dữ liệu|số liệu|tính)\s+(?:tính\s+)?đến\s+(?:hết\s+)?(?:ngày\s+)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})",
    re.IGNORECASE,
)


def state_named_in(wording: str, *, deadline: date | None = None, as_of: date | None = None) -> TaskState:
    """The state that a report's words name; unknown where they name none.

    "Chưa hoàn thành" alone is late where the deadline lay before the day that the report speaks of, else under way.

    >>> state_named_in("quá hạn chưa hoàn thành (dữ liệu đến 07/11/2025)"), state_named_in("Đã hoàn thành quá hạn")
    (<TaskState.OVERDUE: 'overdue'>, <TaskState.DONE_LATE: 'done_late'>)
    >>> state_named_in("Chưa hoàn thành", deadline=date(2025, 10, 31), as_of=date(2025, 11, 7))
    <TaskState.OVERDUE: 'overdue'>
    """
    words = " ".join(fold(wording).split())
    late = bool(_LATE.search(words))
    if _NOT_DONE.search(words):
        passed = bool(deadline and as_of and deadline < as_of)
        return TaskState.OVERDUE if late or passed else TaskState.UNDER_WAY
    if _UNDER_WAY.search(words):
        return TaskState.OVERDUE if late else TaskState.UNDER_WAY
    if _DONE.search(words):
        return TaskState.DONE_LATE if late else TaskState.DONE
    if _RECURRING.search(words):
        return TaskState.RECURRING
    return TaskState.OVERDUE if late and "qua han" in words else TaskState.UNKNOWN


def day_stated_in(wording: str) -> date | None:
    """The day up to which a report's words say that its data reach; None where they say none.

    >>> day_stated_in("quá hạn chưa hoàn thành (dữ liệu đến 07/11/2025)")
    datetime.date(2025, 11, 7)
    """
    match = _DATA_UNTIL.search(wording)
    if match is None:
        return None
    day, month, year = map(int, match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def report_of(task: Task) -> TaskReport | None:
    """What the document that lists a task says of its state, as a report of that document; None where it says nothing.

    The day is the one that the words name, else that of the document; a document without a day reports nothing.
    """
    if not task.state_wording:
        return None
    issued = task.source.identity.issued
    as_of = day_stated_in(task.state_wording) or (issued.exact if issued else None)
    if as_of is None:
        return None
    state = state_named_in(task.state_wording, deadline=task.deadline, as_of=as_of)
    return TaskReport(task.id, state, as_of, task.provenance, wording=task.state_wording, result=task.result)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task is on the day ``on``.

    ``report`` is the one that says so, None where none does; ``history`` all reports up to the day, the newest first;
    ``conflicting`` are others of the same day that name another state. ``days_late`` counts from the deadline: to the day of
    completion, or to ``on`` while the last report says that the task is open; None where that is not known.
    """

    state: TaskState
    on: date
    deadline: date | None
    report: TaskReport | None = None
    history: tuple[TaskReport, ...] = ()
    conflicting: tuple[TaskReport, ...] = ()

    @property
    def as_of(self) -> date | None:
        """The day that the state was reported for."""
        return self.report.as_of if self.report else None

    @property
    def days_late(self) -> int | None:
        """Days after the deadline, 0 where in time; None where no report says when it was done, or whether."""
        if self.deadline is None or self.report is None:
            return None
        until = self.on if self.state in _OPEN else self.report.done_on
        known = self.state in _OPEN or self.state in _FINISHED
        return max(0, (until - self.deadline).days) if known and until else None

    @property
    def overdue(self) -> bool:
        """Whether the last report says that the task is open, and its deadline has passed or the report says so."""
        return self.state is TaskState.OVERDUE or (self.state is TaskState.UNDER_WAY and bool(self.days_late))

    @property
    def past_unreported(self) -> bool:
        """Whether the deadline has passed and nothing says whether the task was done."""
        return self.state is TaskState.UNKNOWN and self.deadline is not None and self.deadline < self.on

    @property
    def bottlenecks(self) -> tuple[Bottleneck, ...]:
        """The obstacles that the report names."""
        return self.report.bottlenecks if self.report else ()


def progress_of(task: Task, reports: Iterable[TaskReport], on: date) -> Progress:
    """How far a task is on a day, from what reports say of it; what its document says itself is one of them.

    The newest report up to the day decides, the most trusted of those of one day. Without any, a task that its document
    makes a recurring one is that, and any other is unknown. A task reported done after its deadline is done late.
    """
    told = [report for report in (*_own(task), *reports) if report.as_of <= on]
    told.sort(key=lambda report: (-report.as_of.toordinal(), report.provenance.evidence.trust))
    if not told:
        recurring = task.deadline_kind is DeadlineKind.RECURRING
        return Progress(TaskState.RECURRING if recurring else TaskState.UNKNOWN, on, task.deadline)
    last = told[0]
    state = _weighed(last, task.deadline)
    others = [report for report in told[1:] if report.as_of == last.as_of and _weighed(report, task.deadline) != state]
    return Progress(state, on, task.deadline, last, tuple(told), tuple(others))


def _own(task: Task) -> Iterator[TaskReport]:
    if (own := report_of(task)) is not None:
        yield own


def _weighed(report: TaskReport, deadline: date | None) -> TaskState:
    late = bool(report.done_on and deadline and report.done_on > deadline)
    return TaskState.DONE_LATE if report.state is TaskState.DONE and late else report.state
