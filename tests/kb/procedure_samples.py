"""Made-up procedures, plans and documents for the tests of the procedure ledger; nothing here is a real procedure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kb.model import (
    Agency,
    AgencyLevel,
    Channel,
    Component,
    Confidence,
    DocumentReference,
    DossierCase,
    Evidence,
    Fee,
    FeeState,
    Identity,
    LegalBasis,
    Method,
    ObservedDocument,
    ObservedRelation,
    PartialDate,
    PlanState,
    Procedure,
    ProcedureParts,
    Provenance,
    RelationKind,
    Simplification,
    Succession,
    TimeLimit,
    TimeUnit,
)
from kb.store import Store

DAY = date(2026, 7, 20)
NEW, OLD = "Bộ Xây dựng", "Bộ Giao thông vận tải"
BOOK = "Bản sao sổ hộ khẩu"
ONLINE = Method(Channel.ONLINE, TimeLimit(None, TimeUnit.UNKNOWN, "trong ngày"), (Fee(FeeState.FREE),))


def seen(address: str = "https://example.vn/1", source: str = "x") -> Provenance:
    """Where a made-up record was seen."""
    return Provenance(source, address, Evidence.OFFICIAL_LIST, Confidence.VERIFIED)


def named(number: str) -> DocumentReference:
    """A reference to a made-up decree."""
    return DocumentReference(Identity("Nghị định", number))


def parts(papers: Iterable[str] = ("Đơn",), bases: Iterable[str] = (), **more: object) -> ProcedureParts:
    """Parts that meet no rule but for what they are given."""
    told: dict[str, object] = {
        "steps": "Bước 1: nộp hồ sơ trực tuyến",
        "methods": (ONLINE,),
        "dossier": (DossierCase("", tuple(Component(paper, 1, 0) for paper in papers)),),
        "legal_bases": tuple(LegalBasis("", number, named(number)) for number in bases),
    } | more
    return ProcedureParts(**told)  # type: ignore[arg-type]  # fields by their names


def procedure(
    code: str, name: str, *, ministry: str = NEW, held: ProcedureParts | None = None, **more: object
) -> Procedure:
    """A procedure of a ministry."""
    told: dict[str, object] = {"executing": "", "field": "Đường bộ"} | more
    return Procedure(code, name, ministry, provenance=seen(f"https://example.vn/{code}"), parts=held, **told)  # type: ignore[arg-type]  # fields by their names


def plan(item: str, *codes: str, state: PlanState = PlanState.APPROVED, **more: object) -> Simplification:
    """An item of a plan."""
    told: dict[str, object] = {"plan": named("02/2024/NĐ-CP"), "state_wording": "nguồn nêu"} | more
    return Simplification(
        item, f"Thủ tục {item}", NEW, "Bỏ giấy", seen(f"plan-{item}"), codes=codes, state=state, **told
    )  # type: ignore[arg-type]  # fields by their names


def sample_records() -> list[object]:
    """Six procedures: two old and new signals, one on fallen law, one planned, one clean, one without parts."""
    return [
        Agency("bo-giao-thong-van-tai", OLD, AgencyLevel.CENTRAL, seen("a"), ("BGTVT",), None, date(2025, 2, 28)),
        Agency("bo-xay-dung", NEW, AgencyLevel.CENTRAL, seen("a"), ("BXD",)),
        Succession("bo-giao-thong-van-tai", "bo-xay-dung", date(2025, 3, 1), seen("a")),
        document("01/2020/NĐ-CP"),
        document("03/2021/NĐ-CP"),
        document("05/2025/NĐ-CP", "2025-01-10", date(2025, 3, 1)),
        ObservedRelation(
            RelationKind.REPLACES,
            named("05/2025/NĐ-CP"),
            named("03/2021/NĐ-CP"),
            seen("x"),
            "dieu-9",
            "",
            date(2025, 3, 1),
            "thay thế",
        ),
        procedure("1.000001", "Cấp giấy phép xe", ministry=OLD, held=parts((BOOK,), ("01/2020/NĐ-CP",))),
        procedure("1.000002", "Ăn ở", held=parts((BOOK, "Sổ tạm trú"), ("01/2020/NĐ-CP", "05/2025/NĐ-CP"))),
        procedure("1.000003", "Đo đạc", held=parts(bases=("03/2021/NĐ-CP",)), field="Đất đai"),
        procedure("1.000004", "Ấp trứng", held=parts(bases=("01/2020/NĐ-CP",))),
        procedure("1.000005", "Cấp phép đã đơn giản", held=parts(bases=("01/2020/NĐ-CP",))),
        procedure("1.000006", "Chỉ có trong danh mục"),
        plan("p1", "1.000004", "1.000002", amends=(named("01/2020/NĐ-CP"), named("05/2025/NĐ-CP")), duty_bearer=NEW),
        plan("p2", state=PlanState.APPROVED, amends=(named("99/2019/NĐ-CP"),), deadline=date(2026, 12, 31)),
    ]


def document(number: str, issued: str = "2019-12-01", effective: date = date(2020, 1, 1)) -> ObservedDocument:
    """A made-up decree."""
    identity = Identity("Nghị định", number, "Chính phủ", PartialDate.parse(issued))
    return ObservedDocument(identity, seen(number), effective=effective)


def fill(store: Store, records: Iterable[object], name: str = "a") -> None:
    """Take the records in."""
    with store.importing(source="x", name=name, sha256=name * 8) as batch:
        writers = {
            Agency: batch.agency,
            Succession: batch.succession,
            ObservedDocument: batch.document,
            ObservedRelation: batch.relation,
            Procedure: batch.procedure,
            Simplification: batch.simplification,
        }
        for record in records:
            writers[type(record)](record)  # type: ignore[operator]  # each writer takes its own kind
