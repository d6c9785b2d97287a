"""How complete a procedure is: the parts that the decree on control of procedures asks for, each with its clause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from kb.model import Identity, ProcedureParts

REQUIRED_BY = Identity("Nghị định", "63/2010/NĐ-CP", "Chính phủ")
"""The decree whose Điều 8 khoản 2 names the parts of a procedure."""


class PartState(StrEnum):
    """Whether a part that the decree asks for is given."""

    GIVEN = "given"
    MISSING = "missing"
    UNKNOWN = "unknown"  # the source does not say, and the procedure need not have it, or no source gives parts

    @property
    def label(self) -> str:
        """What the page calls it."""
        return {"given": "có", "missing": "thiếu", "unknown": "chưa xác định"}[self.value]


@dataclass(frozen=True, slots=True)
class Part:
    """A part that makes up a procedure; ``clause`` asks for it, ``always`` unless it is for procedures that have it only."""

    id: str
    label: str
    clause: str
    always: bool
    given: Callable[[ProcedureParts], bool]


def state_of(part: Part, parts: ProcedureParts | None) -> PartState:
    """Whether a part is given; unknown where no source gives the parts, or the procedure need not have it."""
    if parts is None:
        return PartState.UNKNOWN
    if part.given(parts):
        return PartState.GIVEN
    return PartState.MISSING if part.always else PartState.UNKNOWN


def _has_papers(parts: ProcedureParts) -> bool:
    return any(not paper.is_note for case in parts.dossier for paper in case.components)


def _has_numbers(parts: ProcedureParts) -> bool:
    return any(paper.originals or paper.copies for case in parts.dossier for paper in case.components)


def _has_time(parts: ProcedureParts) -> bool:
    return any(method.time.value is not None or method.time.note for method in parts.methods)


def _has_forms(parts: ProcedureParts) -> bool:
    return any(paper.forms for case in parts.dossier for paper in case.components)


def _has_fees(parts: ProcedureParts) -> bool:
    return any(method.fees for method in parts.methods)


_CLAUSE = "điểm {} khoản 2 Điều 8"

PARTS: tuple[Part, ...] = (
    Part("steps", "trình tự thực hiện", _CLAUSE.format("b"), always=True, given=lambda parts: bool(parts.steps)),
    Part("methods", "cách thức thực hiện", _CLAUSE.format("c"), always=True, given=lambda parts: bool(parts.methods)),
    Part("dossier", "thành phần hồ sơ", _CLAUSE.format("d"), always=True, given=_has_papers),
    Part("copies", "số lượng hồ sơ", _CLAUSE.format("d"), always=True, given=_has_numbers),
    Part("time", "thời hạn giải quyết", _CLAUSE.format("đ"), always=True, given=_has_time),
    Part("subjects", "đối tượng thực hiện", _CLAUSE.format("e"), always=True, given=lambda parts: bool(parts.subjects)),
    Part(
        "agency",
        "cơ quan giải quyết",
        _CLAUSE.format("g"),
        always=True,
        given=lambda parts: bool(parts.executing or parts.authority),
    ),
    Part("forms", "mẫu đơn, mẫu tờ khai", _CLAUSE.format("h"), always=False, given=_has_forms),
    Part("results", "kết quả thực hiện", _CLAUSE.format("h"), always=False, given=lambda parts: bool(parts.results)),
    Part(
        "conditions",
        "yêu cầu, điều kiện",
        _CLAUSE.format("h"),
        always=False,
        given=lambda parts: bool(parts.conditions),
    ),
    Part("fees", "phí, lệ phí", _CLAUSE.format("h"), always=False, given=_has_fees),
)
"""The parts of Điều 8 khoản 2 Nghị định 63/2010/NĐ-CP (as amended by 92/2017/NĐ-CP); its điểm a, the name, all have."""
