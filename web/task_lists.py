"""The task ledger of a day as its pages ask it: what is wanted by the address, and in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from kb.collation import sort_key
from kb.errors import NotFoundError
from kb.ledger.indicators import Reconciliation, reconcile
from kb.ledger.tasks.ledger import TaskEntry, TaskFilter, TaskLedger, count_by_state
from kb.model import Bottleneck, Status, TaskState
from kb.store import Store
from kb.text import fold
from web.errors import RefusedError
from web.fields import Field, Form, Given, Option, options_of, today

PATH = "/nhiem-vu"
_MOST_OFFERED = 12
_SELECTIONS = 64

_SORTS: Mapping[str, tuple[str, Callable[[TaskEntry], Any]]] = {
    "thoi-han": ("thời hạn, gần trước", lambda entry: entry.task.deadline or date.max),
    "thoi-han-xa": ("thời hạn, xa trước", lambda entry: -(entry.task.deadline or date.min).toordinal()),
    "noi-dung": ("nội dung, theo vần chữ cái", lambda entry: sort_key(entry.task.summary)),
    "co-quan": ("cơ quan chủ trì, theo vần", lambda entry: (not entry.task.lead, sort_key(entry.task.lead))),
    "van-ban": ("văn bản giao", lambda entry: (sort_key(entry.source_name), sort_key(entry.task.place))),
    "ma": ("mã nhiệm vụ", lambda _: 0),  # the order of the ledger
    "lien-quan": ("gần với cơ quan được hỏi", lambda entry: entry.task.deadline or date.max),
}
_NEAREST = "lien-quan"

_PAGE = {
    "owner": "co-quan",
    "state": "trang-thai",
    "deadline_from": "tu",
    "deadline_to": "den",
    "source": "van-ban",
    "standing": "hieu-luc",
    "bottleneck": "diem-nghen",
    "overdue": "qua-han",
    "fallen": "het-hieu-luc",
    "on": "ngay",
    "sort": "sap-xep",
}
"""What an address of the page calls each thing that can be asked for; programs call it as the command line does."""


@dataclass(frozen=True, slots=True)
class TasksAsked:
    """What an address of the list asks for."""

    form: Form
    wanted: TaskFilter
    on: date
    sort: str


def tasks_asked(parameters: Mapping[str, str]) -> TasksAsked:
    """Read an address of the page; raises ``RefusedError`` for a value that cannot be meant."""
    asked = _asked(PATH, parameters, _PAGE)
    return replace(asked, sort=asked.sort or (_NEAREST if asked.wanted.owner else "thoi-han"))


def tasks_asked_by_program(path: str, parameters: Mapping[str, str]) -> TasksAsked:
    """Read an address for programs: parameters are named as the options of ``dean06 tasks``, the order is its order."""
    asked = _asked(path, parameters, {name: name for name in _PAGE})
    return replace(asked, sort=asked.sort or "ma")


def _asked(path: str, parameters: Mapping[str, str], named: Mapping[str, str]) -> TasksAsked:
    given = Given(parameters)
    sorts = [Option(name, label) for name, (label, _) in _SORTS.items()]
    fields = {
        "owner": given.text(named["owner"], "Cơ quan chủ trì hoặc phối hợp"),
        "state": given.choice(named["state"], "Trạng thái", options_of(TaskState)),
        "deadline_from": given.day(named["deadline_from"], "Thời hạn từ"),
        "deadline_to": given.day(named["deadline_to"], "Thời hạn đến"),
        "source": given.text(named["source"], "Văn bản giao hoặc liệt kê"),
        "standing": given.choice(named["standing"], "Hiệu lực văn bản giao", options_of(Status)),
        "bottleneck": given.choice(named["bottleneck"], "Điểm nghẽn", options_of(Bottleneck)),
        "overdue": given.flag(named["overdue"], "Đang quá hạn"),
        "fallen": given.flag(named["fallen"], "Văn bản giao không còn hiệu lực"),
        "on": given.day(named["on"], "Xét đến ngày", narrows=False),
        "sort": given.choice(named["sort"], "Sắp xếp", sorts, narrows=False),
    }
    form = Form(path, tuple(fields.values()))
    return TasksAsked(form, _filter(fields), fields["on"].day or today(), fields["sort"].value)


def _filter(fields: Mapping[str, Field]) -> TaskFilter:
    state, bottleneck, standing = (fields[name].value for name in ("state", "bottleneck", "standing"))
    return TaskFilter(
        owner=fields["owner"].value,
        state=TaskState(state) if state else None,
        deadline_from=fields["deadline_from"].day,
        deadline_to=fields["deadline_to"].day,
        overdue=bool(fields["overdue"].value),
        bottleneck=Bottleneck(bottleneck) if bottleneck else None,
        source=fields["source"].value,
        standing=Status(standing) if standing else None,
        fallen=bool(fields["fallen"].value),
    )


class TaskLists:
    """The ledger of one day with what its pages show again and again; made for ``Library.remembered``."""

    def __init__(self, store: Store, on: date) -> None:
        self.ledger = TaskLedger(store, on)
        self._figures = store.indicators()
        self._order = lru_cache(len(_SORTS))(self._ordered)
        self._select = lru_cache(_SELECTIONS)(self._selected)

    def select(self, asked: TasksAsked) -> tuple[TaskEntry, ...]:
        """The tasks that are asked for, in order; raises ``RefusedError`` for an owner that is none, or one of several."""
        try:
            return self._select(asked.wanted, asked.sort)
        except NotFoundError as error:
            raise self._unknown_owner(asked.wanted.owner, asked.form, error) from error

    def by_state(self, asked: TasksAsked) -> dict[TaskState, int]:
        """How many tasks of the result are in each state, whatever state is asked for."""
        return count_by_state(self.select(replace(asked, wanted=replace(asked.wanted, state=None))))

    @cached_property
    def reconciliation(self) -> Reconciliation | None:
        """What is reported beside what is held; None where the store has no figures of the report."""
        try:
            return reconcile(self._figures, self.ledger.entries)
        except NotFoundError:
            return None

    @cached_property
    def owners(self) -> tuple[Option, ...]:
        """Names of agencies, old and new, in Vietnamese order."""
        return tuple(Option(agency.name, agency.name) for agency in self.ledger.agencies.all)

    @cached_property
    def sources(self) -> tuple[Option, ...]:
        """Numbers of the documents that list tasks, those of most tasks first."""
        numbers = Counter(entry.task.source.identity.number for entry in self.ledger.entries)
        return tuple(Option(number, f"{number} ({count})") for number, count in numbers.most_common() if number)

    def _selected(self, wanted: TaskFilter, sort: str) -> tuple[TaskEntry, ...]:
        places = self._order(sort)
        found = sorted(self.ledger.select(wanted), key=lambda entry: places[entry.id])
        return tuple(sorted(found, key=_nearness) if sort == _NEAREST else found)

    def _ordered(self, sort: str) -> Mapping[str, int]:
        _, key = _SORTS[sort]
        return {entry.id: place for place, entry in enumerate(sorted(self.ledger.entries, key=key))}

    def _unknown_owner(self, asked: str, form: Form, error: NotFoundError) -> RefusedError:
        words = fold(asked)
        fitting = [agency.name for agency in self.ledger.agencies.all if words in fold(agency.name)]
        return RefusedError(
            error.problem,
            error.remedy,
            told=f"“{asked}” hợp với nhiều cơ quan." if fitting else f"Kho không có cơ quan nào tên “{asked}”.",
            way="Hãy chọn một:" if fitting else "Hãy ghi tên như văn bản in, cũ hay mới đều được, ví dụ Bộ Công an.",
            links=[(name, form.address({_PAGE["owner"]: name})) for name in fitting[:_MOST_OFFERED]],
        )


def _nearness(entry: TaskEntry) -> tuple[object, ...]:
    """The less the more a task is the owner's own: named before a group, leading before coordinating."""
    return (*entry.tie.distance, entry.role != "lead") if entry.tie else ()
