"""One task told twice: restated by us in the register, and in its document's own words once that is imported."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from kb.ledger.tasks.progress import day_stated_in, state_named_in
from kb.model import DeadlineKind, Task
from kb.text import fold


class Sameness(StrEnum):
    """How sure it is that two tellings are of one task."""

    CERTAIN = "certain"
    LIKELY = "likely"

    @property
    def label(self) -> str:
        """What the page calls it."""
        return _LABELS[self]


_LABELS = {
    Sameness.CERTAIN: "cùng văn bản, cùng vị trí, nội dung khớp",
    Sameness.LIKELY: "cùng văn bản, nội dung khớp; vị trí chưa đối chiếu được",
}
_LIKELY, _CERTAIN = 0.4, 0.3
_COMMON = frozenset(
    re.findall(r"\w+", "va cac cua cho trong theo tai ve de duoc la co voi nam thang ngay truoc trien khai thuc hien")
)
_ROMAN = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "x": "10",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Our telling of a task and the document's own."""

    restated: Task
    verbatim: Task
    sameness: Sameness

    @property
    def joined(self) -> Task:
        """One task: our summary, and for all else the document's words where it has any, ours where it has none."""
        ours, own = self.restated, self.verbatim
        dated = own.deadline_kind not in {DeadlineKind.UNKNOWN, DeadlineKind.NONE}
        return replace(
            ours,
            source=own.source,
            path=own.path or ours.path,
            number=own.number or ours.number,
            lead=own.lead or ours.lead,
            coordinating=own.coordinating or ours.coordinating,
            deadline=own.deadline if dated else ours.deadline,
            deadline_wording=own.deadline_wording if dated else ours.deadline_wording,
            deadline_kind=own.deadline_kind if dated else ours.deadline_kind,
            product=own.product or ours.product,
            result=own.result or ours.result,
            assigned_in=(ours.assigned_in if own.assigned_in.isupper() else own.assigned_in)
            or own.assigned_in
            or ours.assigned_in,
            state_wording=_state_words(own.state_wording, ours.state_wording),
        )


def _state_words(own: str, ours: str) -> str:
    """The document's words for the state; ours where only they keep the day that its heading gives the data."""
    if own and not (day_stated_in(ours) and not day_stated_in(own) and state_named_in(own) is state_named_in(ours)):
        return own
    return ours


def pair_up(tasks: Iterable[Task], others: Iterable[Task]) -> list[Pair]:
    """Which of our tellings and which of the document's are one task; both are of one document.

    Each is in one pair at most, the best matches first. What says it is: the share of our words that the document's
    telling has, with the number in the list, the place, the deadline and the agency for or against.
    """
    ours, own = list(map(_Telling.of, tasks)), list(map(_Telling.of, others))
    scored = sorted(
        (
            (score, one, other)
            for one in range(len(ours))
            for other in range(len(own))
            if (score := _score(ours[one], own[other]))
        ),
        key=lambda found: (-found[0].total, found[1], found[2]),
    )
    pairs, used, taken = [], set(), set()
    for score, one, other in scored:
        if one not in used and other not in taken:
            used.add(one)
            taken.add(other)
            pairs.append(Pair(ours[one].task, own[other].task, Sameness.CERTAIN if score.placed else Sameness.LIKELY))
    return pairs


@dataclass(frozen=True, slots=True)
class _Score:
    words: float
    placed: bool
    other: float

    @property
    def total(self) -> float:
        return self.words + self.placed + self.other


@dataclass(frozen=True, slots=True)
class _Telling:
    """A task with what it is compared by."""

    task: Task
    words: frozenset[str]
    labels: tuple[str, ...]
    deadline: str
    lead: str

    @classmethod
    def of(cls, task: Task) -> _Telling:
        return cls(task, _words(task.summary), _labels(task.place), str(task.deadline or ""), fold(task.lead))


def _score(ours: _Telling, own: _Telling) -> _Score | None:
    """How well two tellings agree; None where they cannot be of one task."""
    share = len(ours.words & own.words) / len(ours.words) if ours.words else 0.0
    placed = _same_place(ours.labels, own.labels)
    other = _agreement(ours.deadline, own.deadline) + _agreement(ours.lead, own.lead)
    if share < (_CERTAIN if placed else _LIKELY) and not (placed and other > 0.5):
        return None
    return _Score(share, placed, other) if share + placed + other >= 0.5 else None


def _agreement(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    return 0.3 if one == other else -0.3


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", fold(text))) - _COMMON


def _labels(place: str) -> tuple[str, ...]:
    """The numbers of a place from the whole to the part, Roman ones as Arabic: "Phụ lục II, mục III, TT 8" is 2, 3, 8."""
    words = (_ROMAN.get(word, word) for word in re.findall(r"\w+", fold(place)))
    return tuple(word for word in words if word.isdigit())


def _same_place(ours: tuple[str, ...], own: tuple[str, ...]) -> bool:
    """Whether two places begin and end alike, and one only says more on the way: one label alone holds many tasks."""
    shorter, longer = sorted((ours, own), key=len)
    if len(shorter) < 2 or shorter[0] != longer[0] or shorter[-1] != longer[-1]:
        return False
    rest = iter(longer)
    return all(label in rest for label in shorter)
