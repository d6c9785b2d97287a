"""Tasks, procedures, plans and agencies for the pages of the ledgers: all made up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kb.model import (
    Agency,
    AgencyLevel,
    Bottleneck,
    Channel,
    Component,
    DeadlineKind,
    DocumentReference,
    DossierCase,
    Evidence,
    Fee,
    FeeState,
    Form,
    Identity,
    LegalBasis,
    Measure,
    Method,
    PlanState,
    Procedure,
    ProcedureParts,
    Provenance,
    Simplification,
    Succession,
    Task,
    TaskLink,
    TaskReport,
    TaskState,
    TimeLimit,
    TimeUnit,
    Wording,
)
from kb.store import Batch

LIST = Provenance("mau", "https://mau.example/danh-muc", Evidence.OFFICIAL_LIST, retrieved=date(2026, 5, 4))
REPORT = Provenance("mau", "https://mau.example/bao-cao", Evidence.OFFICIAL_LIST, place="dòng 3")
TOLD = "9.000002"
PLANNED = "9.000003"
PROCEDURES = 102


def fill_ledgers(batch: Batch, law: Identity, old_law: Identity, decision: Identity) -> None:
    """Four tasks, 102 procedures of which one has its parts, two plans, three agencies."""
    _agencies(batch)
    _tasks(batch, law, old_law, decision)
    for serial in range(1, PROCEDURES + 1):
        batch.procedure(_procedure(f"9.{serial:06}", serial, old_law))
    _plans(batch, law, decision)


def _agencies(batch: Batch) -> None:
    changed = date(2021, 1, 1)
    batch.agency(Agency("bo-mau", "Bộ Mẫu", AgencyLevel.CENTRAL, LIST, ("BM",), held_from=changed))
    batch.agency(Agency("bo-mau-cu", "Bộ Mẫu Cũ", AgencyLevel.CENTRAL, LIST, held_to=date(2020, 12, 31)))
    batch.agency(Agency("bo-khac-mau", "Bộ Khác Mẫu", AgencyLevel.CENTRAL, LIST))
    batch.succession(Succession("bo-mau-cu", "bo-mau", changed, REPORT))


def _tasks(batch: Batch, law: Identity, old_law: Identity, decision: Identity) -> None:
    batch.task(
        Task(
            "M1",
            "Dữ liệu mẫu",
            DocumentReference(decision),
            "mục 1",
            LIST,
            lead="Bộ Mẫu",
            deadline=date(2026, 12, 31),
            deadline_wording="Quý IV/2026",
            state_wording="đang làm",
        )
    )
    batch.task(Task("M2", "Việc mẫu chưa rõ", DocumentReference(Identity("", "06/QĐ-TTg")), "mục 2", LIST))
    batch.task(
        Task(
            "M3",
            "Ăn mừng việc mẫu đã cũ",
            DocumentReference(old_law),
            "Điều 3",
            LIST,
            lead="Bộ Mẫu Cũ",
            coordinating="Bộ Khác Mẫu",
            deadline=date(2011, 6, 30),
            deadline_kind=DeadlineKind.DAY,
        )
    )
    batch.task(
        Task(
            "luat-mau.dieu-10.1",
            "Dữ liệu mẫu được cập nhật hằng năm",
            DocumentReference(law),
            "khoản 1 Điều 10",
            LIST,
            lead="Bộ Mẫu",
            deadline_kind=DeadlineKind.RECURRING,
            path="dieu-10.khoan-1",
            wording=Wording.VERBATIM,
        )
    )
    batch.report(
        TaskReport(
            "M3",
            TaskState.OVERDUE,
            date(2012, 1, 31),
            REPORT,
            wording="quá hạn, mẫu",
            bottlenecks=(Bottleneck.DATA,),
            reason="thiếu dữ liệu mẫu",
        )
    )
    batch.link(TaskLink("M3", DocumentReference(law), "Trần Thị Mẫu", date(2026, 5, 5), REPORT, note="cùng nội dung"))


def _procedure(code: str, serial: int, old_law: Identity) -> Procedure:
    return Procedure(
        code,
        f"Cấp giấy mẫu số {serial}",
        "Bộ Mẫu",
        "Ủy ban mẫu",
        "Giấy mẫu" if serial > 1 else "Thẻ mẫu",
        LIST,
        other_names=("Đổi giấy mẫu",) if code == TOLD else (),
        parts=_parts(old_law) if code == TOLD else None,
    )


def _parts(old_law: Identity) -> ProcedureParts:
    """Every kind of fee and time limit, papers with and without numbers, a paper that the law has ended, a basis that fell."""
    working = TimeLimit(Decimal(5), TimeUnit.WORKING_DAY)
    return ProcedureParts(
        steps="Bước 1: nộp hồ sơ mẫu.\nBước 2: nhận giấy mẫu.",
        methods=(
            Method(Channel.DIRECT, working, (Fee(FeeState.AMOUNT, Decimal(20000), "VNĐ", kind="Lệ phí"),)),
            Method(Channel.ONLINE, TimeLimit(Decimal(7)), (Fee(FeeState.BY_NOTE, note="theo quy định mẫu"),)),
            Method(Channel.POSTAL, TimeLimit(), (Fee(FeeState.UNKNOWN),)),
            Method(None, TimeLimit(note="trong ngày"), (Fee(FeeState.FREE),), "Cách khác"),
        ),
        dossier=(
            DossierCase(
                "Trường hợp cấp lại",
                (
                    Component("Tờ khai mẫu", 1, 0, (Form("Mẫu 01", "https://mau.example/01"),)),
                    Component("Bản sao sổ hộ khẩu"),
                    Component("Ghi chú mẫu", is_note=True),
                ),
            ),
        ),
        executing=("Ủy ban mẫu",),
        results=("Giấy mẫu",),
        legal_bases=(LegalBasis("Luật Dữ liệu mẫu cũ", old_law.number, DocumentReference(old_law)),),
        decision="1/QĐ-MAU",
    )


def _plans(batch: Batch, law: Identity, decision: Identity) -> None:
    batch.simplification(
        Simplification(
            "P1",
            "cấp giấy mẫu số 3",
            "Bộ Mẫu",
            "Bỏ giấy tờ mẫu",
            LIST,
            codes=(PLANNED,),
            measures=(Measure.DROP_PAPER,),
            plan=DocumentReference(decision),
            amends=(DocumentReference(law),),
            duty_bearer="Bộ Mẫu",
            deadline=date(2027, 6, 30),
            state=PlanState.APPROVED,
            state_wording="đã duyệt, mẫu",
        )
    )
    batch.simplification(Simplification("P2", "mục mẫu không mã", "Bộ Mẫu", "", LIST, plan=DocumentReference(decision)))
