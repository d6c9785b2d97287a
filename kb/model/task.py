"""Tasks (nhiệm vụ) that documents assign, what reports say of their progress, and what people link them to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.model.document import DocumentReference
from kb.model.provenance import Provenance


class DeadlineKind(StrEnum):
    """What kind of time limit (thời hạn) a document sets for a task."""

    DAY = "day"  # "trước ngày 30/6/2024"
    MONTH = "month"  # "trong tháng 6/2024"
    QUARTER = "quarter"  # "quý III/2024"
    YEAR = "year"  # "năm 2025", "giai đoạn 2025-2026"
    RECURRING = "recurring"  # "thường xuyên", "hằng tháng"
    RELATIVE = "relative"  # "sau 15 ngày kể từ ngày Nghị định được ban hành"
    NONE = "none"  # the document sets none
    UNKNOWN = "unknown"  # it says something that is not understood

    @property
    def label(self) -> str:
        """What the page calls it."""
        return _DEADLINE_LABELS[self]


_DEADLINE_LABELS = {
    DeadlineKind.DAY: "theo ngày",
    DeadlineKind.MONTH: "theo tháng",
    DeadlineKind.QUARTER: "theo quý",
    DeadlineKind.YEAR: "theo năm",
    DeadlineKind.RECURRING: "thường xuyên",
    DeadlineKind.RELATIVE: "tính theo sự kiện khác",
    DeadlineKind.NONE: "văn bản không nêu thời hạn",
    DeadlineKind.UNKNOWN: "chưa xác định",
}


class Wording(StrEnum):
    """Whose words a task is told in."""

    RESTATED = "restated"  # ours: the document's own stand at ``place``
    VERBATIM = "verbatim"  # the document's


@dataclass(frozen=True, slots=True)
class Task:
    """A task as a document assigns it.

    ``summary`` is the document's wording, or ours where ``wording`` says so. ``source`` is the document that the task was
    read in; ``place`` points at the clause or the row there in words, ``path`` is the address of the provision where that
    is known (``dieu-2.khoan-1``, ``phu-luc-1``), ``number`` the number in the list as printed: numbers repeat and jump.
    ``assigned_in`` is the document that the list says the task comes from, as printed; empty where the source itself
    assigns it. ``lead`` and ``coordinating`` are agencies as printed. ``deadline_wording`` is the source's phrase,
    ``deadline`` its last day where it names one.
    """

    id: str
    summary: str
    source: DocumentReference
    place: str
    provenance: Provenance
    lead: str = ""
    coordinating: str = ""
    deadline: date | None = None
    deadline_wording: str = ""
    assigned_in: str = ""
    state_wording: str = ""
    deadline_kind: DeadlineKind = DeadlineKind.UNKNOWN
    path: str = ""
    number: str = ""
    product: str = ""
    result: str = ""
    wording: Wording = Wording.RESTATED


class TaskState(StrEnum):
    """Where a task stands, in the words of the reports."""

    DONE = "done"
    DONE_LATE = "done_late"
    UNDER_WAY = "under_way"
    OVERDUE = "overdue"
    RECURRING = "recurring"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """What the reports call it."""
        return _STATE_LABELS[self]


_STATE_LABELS = {
    TaskState.DONE: "hoàn thành",
    TaskState.DONE_LATE: "hoàn thành quá hạn",
    TaskState.UNDER_WAY: "đang triển khai",
    TaskState.OVERDUE: "quá hạn chưa hoàn thành",
    TaskState.RECURRING: "thường xuyên",
    TaskState.UNKNOWN: "chưa xác định",
}


class Bottleneck(StrEnum):
    """The five kinds of obstacle (điểm nghẽn) that the report of 9 October 2024 names."""

    LAW = "law"
    INFRASTRUCTURE = "infrastructure"
    DATA = "data"
    SECURITY = "security"
    RESOURCES = "resources"

    @property
    def label(self) -> str:
        """What the report calls it."""
        return _BOTTLENECK_LABELS[self]


_BOTTLENECK_LABELS = {
    Bottleneck.LAW: "pháp lý",
    Bottleneck.INFRASTRUCTURE: "hạ tầng",
    Bottleneck.DATA: "dữ liệu",
    Bottleneck.SECURITY: "an ninh, an toàn",
    Bottleneck.RESOURCES: "nguồn lực",
}


@dataclass(frozen=True, slots=True)
class TaskReport:
    """What one report says of a task on a day.

    ``as_of`` is the day that the report speaks of; ``done_on`` the day of completion where it is stated. ``reason`` goes
    with ``bottlenecks``. ``wording`` is the report's own word for the state.
    """

    task_id: str
    state: TaskState
    as_of: date
    provenance: Provenance
    wording: str = ""
    done_on: date | None = None
    result: str = ""
    bottlenecks: tuple[Bottleneck, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TaskLink:
    """A person's word that ``document`` (``path`` of it, if given) governs the subject of a task."""

    task_id: str
    document: DocumentReference
    confirmed_by: str
    confirmed_on: date
    provenance: Provenance
    path: str = ""
    note: str = ""
