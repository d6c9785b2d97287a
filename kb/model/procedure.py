"""Administrative procedures (thủ tục hành chính): the list, the parts, and the plans to simplify them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kb.model.document import DocumentReference
from kb.model.provenance import Provenance


class Channel(StrEnum):
    """How a dossier is handed in (cách thức thực hiện)."""

    ONLINE = "online"
    DIRECT = "direct"
    POSTAL = "postal"

    @property
    def label(self) -> str:
        """What the portal calls it."""
        return {"online": "trực tuyến", "direct": "trực tiếp", "postal": "dịch vụ bưu chính"}[self.value]


class TimeUnit(StrEnum):
    """The unit of a time limit; UNKNOWN where the source gives a number without one."""

    WORKING_DAY = "working_day"
    DAY = "day"
    HOUR = "hour"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """What the portal calls it."""
        return _UNIT_LABELS[self]


_UNIT_LABELS = {
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.DAY: "ngày",
    TimeUnit.HOUR: "giờ",
    TimeUnit.MONTH: "tháng",
    TimeUnit.YEAR: "năm",
    TimeUnit.UNKNOWN: "chưa rõ đơn vị",
}


class FeeState(StrEnum):
    """What a source says of a fee: never free unless it says so and nothing beside it contradicts."""

    FREE = "free"
    AMOUNT = "amount"
    BY_NOTE = "by_note"  # the note names amounts or a rule, whatever the number says
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """What the page calls it."""
        return _FEE_LABELS[self]


_FEE_LABELS = {
    FeeState.FREE: "miễn phí",
    FeeState.AMOUNT: "có mức cụ thể",
    FeeState.BY_NOTE: "theo ghi chú",
    FeeState.UNKNOWN: "chưa xác định",
}


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee or charge: ``amount`` in ``currency`` only where ``state`` is AMOUNT; ``note`` as printed."""

    state: FeeState
    amount: Decimal | None = None
    currency: str = ""
    note: str = ""
    kind: str = ""  # phí, lệ phí, as the source says


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A time limit (thời hạn giải quyết); ``value`` None where the source gives none; ``note`` as printed."""

    value: Decimal | None = None
    unit: TimeUnit = TimeUnit.UNKNOWN
    note: str = ""


@dataclass(frozen=True, slots=True)
class Method:
    """One way to hand in a dossier, with its time limit and fees; ``channel`` None where the source's word is not known."""

    channel: Channel | None
    time: TimeLimit
    fees: tuple[Fee, ...] = ()
    wording: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form (mẫu đơn, tờ khai) by its name; ``file`` its id or address at the source."""

    name: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Component:
    """A paper of a dossier; ``originals`` and ``copies`` None where not stated; a note among the papers has ``is_note``."""

    name: str
    originals: int | None = None
    copies: int | None = None
    forms: tuple[Form, ...] = ()
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class DossierCase:
    """The papers for one case (trường hợp); ``name`` is empty where there is one case only."""

    name: str
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A legal basis (căn cứ pháp lý) as printed; ``reference`` is what the grammar makes of it, None where it cannot."""

    name: str
    code: str
    reference: DocumentReference | None = None


@dataclass(frozen=True, slots=True)
class ProcedureParts:
    """The parts of a procedure that Điều 8 Nghị định 63/2010/NĐ-CP asks for, as one source gives them.

    An empty part is one that the source does not give. ``decision`` is the decision of publication as printed,
    ``decided`` its day, ``published`` the day on the portal: Vietnamese days.
    """

    steps: str = ""
    methods: tuple[Method, ...] = ()
    dossier: tuple[DossierCase, ...] = ()
    subjects: tuple[str, ...] = ()
    executing: tuple[str, ...] = ()
    authority: tuple[str, ...] = ()
    authorized: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    receiving: str = ""
    results: tuple[str, ...] = ()
    conditions: str = ""
    legal_bases: tuple[LegalBasis, ...] = ()
    levels: tuple[str, ...] = ()
    kind: str = ""
    related: str = ""
    decision: str = ""
    decided: date | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure as one source gives it; ``code`` such as ``1.004222``; ``parts`` None where it gives the list only.

    ``legal_bases`` are numbers of documents that the list names; ``other_names`` what else the source calls it.
    """

    code: str
    name: str
    issuer: str
    executing: str
    field: str
    provenance: Provenance
    other_names: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    parts: ProcedureParts | None = None


class Measure(StrEnum):
    """What a plan does to a procedure."""

    ABOLISH = "abolish"
    DROP_PAPER = "drop_paper"
    SHORTEN = "shorten"
    DIGITISE = "digitise"
    USE_DATA = "use_data"
    DECENTRALISE = "decentralise"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words of the plans for it."""
        return _MEASURE_LABELS[self]


_MEASURE_LABELS = {
    Measure.ABOLISH: "bỏ thủ tục",
    Measure.DROP_PAPER: "bỏ giấy tờ",
    Measure.SHORTEN: "giảm thời hạn",
    Measure.DIGITISE: "điện tử hóa",
    Measure.USE_DATA: "thay giấy tờ bằng dữ liệu",
    Measure.DECENTRALISE: "phân cấp",
    Measure.OTHER: "biện pháp khác",
}


class PlanState(StrEnum):
    """How far the simplification of a procedure has come."""

    NO_PLAN = "no_plan"
    APPROVED = "approved"
    AMENDING = "amending"
    CARRIED_OUT = "carried_out"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """What the page calls it."""
        return _PLAN_LABELS[self]


_PLAN_LABELS = {
    PlanState.NO_PLAN: "chưa có phương án",
    PlanState.APPROVED: "đã phê duyệt phương án",
    PlanState.AMENDING: "đang sửa văn bản",
    PlanState.CARRIED_OUT: "đã thực thi",
    PlanState.UNKNOWN: "chưa xác định",
}


@dataclass(frozen=True, slots=True)
class Simplification:
    """An item of a plan to simplify procedures, as one source gives it.

    ``codes`` may be empty: a plan often names procedures only by ``name``. ``plan`` is the approving document and
    ``place`` the clause; ``amends`` are the documents that must be amended, ``implemented_by`` those that did it.
    """

    id: str
    name: str
    ministry: str
    summary: str
    provenance: Provenance
    codes: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    plan: DocumentReference | None = None
    place: str = ""
    amends: tuple[DocumentReference, ...] = ()
    implemented_by: tuple[DocumentReference, ...] = ()
    duty_bearer: str = ""
    deadline: date | None = None
    deadline_wording: str = ""
    state: PlanState = PlanState.UNKNOWN
    state_wording: str = ""
