"""A made-up directive that assigns tasks, replaced later; made-up tasks and reports of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from kb.model import (
    Agency,
    AgencyLevel,
    DeadlineKind,
    DocumentReference,
    Evidence,
    Identity,
    PartialDate,
    Provenance,
    RelationKind,
    Succession,
    Task,
    TaskReport,
    TaskState,
    Wording,
)
from kb.store import Store
from tests.kb.store_samples import article, described, edition, importing, reference, relation

OLD = Identity("Chỉ thị", "901/CT-TTg", "Thủ tướng Chính phủ", PartialDate(2023, 2, 1))
MIDDLE = Identity("Chỉ thị", "902/CT-TTg", "Thủ tướng Chính phủ", PartialDate(2024, 2, 1))
NEW = Identity("Chỉ thị", "903/CT-TTg", "Thủ tướng Chính phủ", PartialDate(2025, 2, 1))
BASIS = Identity("Luật", "990/2020/QH14", "Quốc hội", PartialDate(2020, 6, 1))
GOVERNING = Identity("Nghị định", "991/2022/NĐ-CP", "Chính phủ", PartialDate(2022, 9, 5))

SEEN = Provenance("sample", "chi-thi-901", Evidence.DOCUMENT)


def task(task_id: str, **more: Any) -> Task:
    """A made-up task of the old directive."""
    facts: dict[str, Any] = {
        "summary": "Xây dựng hệ thống thử theo Nghị định số 991/2022/NĐ-CP",
        "source": DocumentReference(OLD),
        "place": "Điều 1, khoản 1",
        "provenance": SEEN,
        "lead": "Bộ Công an",
        "deadline": date(2023, 12, 31),
        "deadline_wording": "trước ngày 31/12/2023",
        "deadline_kind": DeadlineKind.DAY,
        "path": "dieu-1.khoan-1",
    }
    return Task(task_id, **(facts | more))


def report(task_id: str, state: TaskState, as_of: date, **more: Any) -> TaskReport:
    """A made-up report."""
    seen = Provenance("sample", f"bao-cao-{as_of}", Evidence.DOCUMENT, place=task_id)
    return TaskReport(task_id, state, as_of, more.pop("provenance", seen), **more)


def fill(store: Store, *tasks: Task, reports: tuple[TaskReport, ...] = ()) -> None:
    """The documents with their chain, two agencies with a succession, and the given tasks and reports."""
    with importing(store, "tasks") as batch:
        for identity in (BASIS, GOVERNING, MIDDLE, NEW):
            batch.document(described(identity))
        slug = batch.document(described(OLD))
        assert slug is not None
        batch.edition(slug, edition([article("1"), article("2")]))
        batch.relation(
            relation(
                _to(MIDDLE), _to(OLD), kind=RelationKind.REPLACES, effective=date(2024, 3, 1), subject_path="dieu-9"
            )
        )
        batch.relation(relation(_to(NEW), _to(MIDDLE), kind=RelationKind.REPLACES, effective=date(2025, 3, 1)))
        batch.relation(relation(_to(OLD), _to(BASIS), kind=RelationKind.BASED_ON))
        for agency in AGENCIES:
            batch.agency(agency)
        batch.succession(Succession("bo-cu", "bo-moi", date(2025, 3, 1), SEEN))
        for each in tasks:
            batch.task(each)
        for each_report in reports:
            batch.report(each_report)


def _to(identity: Identity) -> DocumentReference:
    return reference(identity.number, identity.type, issued=identity.issued)


AGENCIES = (
    Agency("bo-cong-an", "Bộ Công an", AgencyLevel.CENTRAL, SEEN),
    Agency("bo-cu", "Bộ Cũ", AgencyLevel.CENTRAL, SEEN, held_to=date(2025, 2, 28)),
    Agency("bo-moi", "Bộ Mới", AgencyLevel.CENTRAL, SEEN, held_from=date(2025, 3, 1)),
)


def verbatim(task_id: str, **more: Any) -> Task:
    """The same task in its document's own words."""
    summary = "Chủ trì xây dựng hệ thống thử nghiệm theo Nghị định số 991/2022/NĐ-CP và đưa vào vận hành."
    return task(task_id, **({"summary": summary, "wording": Wording.VERBATIM} | more))
