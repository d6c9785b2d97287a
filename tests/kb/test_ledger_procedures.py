"""The procedure ledger shows each procedure once, what has become of its legal bases, its changes and its plans. Data is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kb.errors import NotFoundError
from kb.ledger.procedures.catalogue import Procedures
from kb.ledger.procedures.completeness import PARTS, PartState
from kb.ledger.procedures.legal_bases import LegalBases, Movement
from kb.ledger.procedures.simplification import Plans
from kb.model import (
    Channel,
    Component,
    Confidence,
    DocumentReference,
    DossierCase,
    Evidence,
    Fee,
    FeeState,
    Form,
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
    Status,
    TimeLimit,
    TimeUnit,
)
from kb.register import load_register, simplifications
from kb.store import Store

DAY = date(2026, 7, 20)
CODE = "1.000001"
FULL = ProcedureParts(
    steps="Bước 1: nộp hồ sơ",
    methods=(Method(Channel.ONLINE, TimeLimit(None, TimeUnit.UNKNOWN, "trong ngày"), (Fee(FeeState.FREE),)),),
    dossier=(DossierCase("", (Component("Đơn", 1, 0, (Form("mau.doc"),)),)),),
    subjects=("Công dân",),
    executing=("Công an cấp xã",),
    results=("Giấy chứng nhận",),
    conditions="Không",
)


def seen(source: str = "dichvucong", address: str = "https://example.vn/1") -> Provenance:
    return Provenance(source, address, Evidence.OFFICIAL_LIST, Confidence.VERIFIED)


def document(number: str, effective: date | None = date(2020, 1, 1), issued: str = "2019-12-01") -> ObservedDocument:
    return ObservedDocument(
        Identity("Nghị định", number, "Chính phủ", PartialDate.parse(issued)), seen("x", number), effective=effective
    )


def named(number: str) -> DocumentReference:
    return DocumentReference(Identity("Nghị định", number))


def act(
    kind: RelationKind, by: str, on: str, day: date | None, path: str = "", clause: str = "dieu-9"
) -> ObservedRelation:
    wording = "thay thế" if kind is RelationKind.REPLACES else "bãi bỏ"
    return ObservedRelation(kind, named(by), named(on), seen("x", by), clause, path, day, wording)


def procedure(
    parts: ProcedureParts | None = None, name: str = "Cấp giấy", source: str = "dichvucong", **more: object
) -> Procedure:
    told: dict[str, object] = {"issuer": "", "executing": "", "field": "", "provenance": seen(source)} | more
    return Procedure(code=CODE, name=name, parts=parts, **told)  # type: ignore[arg-type]  # fields by their names


def fill(store: Store, *records: object, source: str = "x", name: str = "a") -> None:
    with store.importing(source=source, name=name, sha256=f"{len(records)}{records!r}"[:64]) as batch:
        for record in records:
            if isinstance(record, ObservedDocument):
                batch.document(record)
            elif isinstance(record, ObservedRelation):
                batch.relation(record)
            elif isinstance(record, Procedure):
                batch.procedure(record)
            elif isinstance(record, Simplification):
                batch.simplification(record)


def movement(store: Store, number: str, on: date = DAY) -> Movement:
    return LegalBases(store, on).one(LegalBasis("", number, named(number))).movement


def test_sources_of_one_code_become_one_entry(store: Store) -> None:
    fill(store, procedure(FULL, "Thủ tục cấp giấy"), source="dichvucong")
    fill(
        store,
        procedure(None, "Cấp giấy", "list", issuer="Bộ Công an", field="Cư trú", legal_bases=("01/2020/NĐ-CP",)),
        source="list",
    )
    (entry,) = Procedures(store).all()
    assert (entry.name, entry.other_names, entry.ministry) == ("Cấp giấy", ("Thủ tục cấp giấy",), "Bộ Công an")
    assert entry.parts == FULL
    assert [basis.code for basis in entry.legal_bases] == ["01/2020/NĐ-CP"]
    assert len(entry.told) == 2


def test_an_unknown_code_is_not_found(store: Store) -> None:
    with pytest.raises(NotFoundError, match=r"9\.9"):
        Procedures(store).one("9.9")


def test_a_procedure_with_every_part_lacks_none(store: Store) -> None:
    fill(store, procedure(FULL), source="dichvucong")
    entry = Procedures(store).one(CODE)
    assert {state for _, state in entry.completeness} == {PartState.GIVEN}
    assert entry.missing == ()


def test_what_is_not_given_is_missing_only_where_every_procedure_must_have_it(store: Store) -> None:
    fill(store, procedure(ProcedureParts(methods=(Method(Channel.DIRECT, TimeLimit()),))), source="dichvucong")
    states = {part.id: state for part, state in Procedures(store).one(CODE).completeness}
    assert {part for part, state in states.items() if state is PartState.MISSING} == {
        "steps", "dossier", "copies", "time", "subjects", "agency"
    }  # fmt: skip
    assert {part for part, state in states.items() if state is PartState.UNKNOWN} == {
        "forms",
        "results",
        "conditions",
        "fees",
    }


def test_without_parts_nothing_is_said_to_be_missing(store: Store) -> None:
    fill(store, procedure(None), source="list")
    assert {state for _, state in Procedures(store).one(CODE).completeness} == {PartState.UNKNOWN}


def test_every_part_names_its_point_of_the_decree() -> None:
    assert [part.clause.split()[1] for part in PARTS] == ["b", "c", "d", "d", "đ", "e", "g", "h", "h", "h", "h"]


MOVEMENTS = [
    ((), Movement.UNMOVED),
    ((act(RelationKind.AMENDS, "05/2025/NĐ-CP", "01/2020/NĐ-CP", date(2025, 3, 1), "dieu-5"),), Movement.AMENDED),
    ((act(RelationKind.REPEALS, "05/2025/NĐ-CP", "01/2020/NĐ-CP", date(2025, 3, 1)),), Movement.REPEALED),
    ((act(RelationKind.REPLACES, "05/2025/NĐ-CP", "01/2020/NĐ-CP", date(2025, 3, 1)),), Movement.REPLACED),
    ((act(RelationKind.REPLACES, "05/2025/NĐ-CP", "01/2020/NĐ-CP", date(2027, 3, 1)),), Movement.UNMOVED),
    ((act(RelationKind.REPEALS, "05/2025/NĐ-CP", "01/2020/NĐ-CP", None),), Movement.UNMOVED),
    ((act(RelationKind.REPEALS, "05/2025/NĐ-CP", "01/2020/NĐ-CP", date(2025, 3, 1), "dieu-5"),), Movement.AMENDED),
]  # fmt: skip


@pytest.mark.parametrize(("acts", "expected"), MOVEMENTS)
def test_a_legal_basis_moves_as_acts_upon_it_prove(
    store: Store, acts: tuple[ObservedRelation, ...], expected: Movement
) -> None:
    fill(store, document("01/2020/NĐ-CP"), document("05/2025/NĐ-CP", date(2025, 3, 1), "2025-01-10"), *acts)
    assert movement(store, "01/2020/NĐ-CP") is expected


def test_a_replaced_basis_names_its_successor_and_the_clause(store: Store) -> None:
    replaced = act(RelationKind.REPLACES, "05/2025/NĐ-CP", "01/2020/NĐ-CP", date(2025, 3, 1))
    fill(store, document("01/2020/NĐ-CP"), document("05/2025/NĐ-CP", date(2025, 3, 1), "2025-01-10"), replaced)
    basis = LegalBases(store, DAY).one(LegalBasis("", "01/2020/NĐ-CP", named("01/2020/NĐ-CP")))
    assert basis.successor is not None
    assert basis.successor.number == "05/2025/NĐ-CP"
    assert basis.ended is not None
    assert (basis.ended.clause, basis.ended.since) == ("dieu-9", date(2025, 3, 1))
    assert basis.ended.url.endswith("/dieu-9")
    assert movement(store, "01/2020/NĐ-CP", date(2024, 1, 1)) is Movement.UNMOVED


def test_an_amendment_without_a_day_of_its_own_holds_from_that_of_its_document(store: Store) -> None:
    amends = act(RelationKind.AMENDS, "05/2025/NĐ-CP", "01/2020/NĐ-CP", None, "dieu-5")
    fill(store, document("01/2020/NĐ-CP"), document("05/2025/NĐ-CP", date(2025, 3, 1), "2025-01-10"), amends)
    basis = LegalBases(store, DAY).one(LegalBasis("", "01/2020/NĐ-CP", named("01/2020/NĐ-CP")))
    assert (basis.movement, basis.changes[0].since) == (Movement.AMENDED, date(2025, 3, 1))
    assert movement(store, "01/2020/NĐ-CP", date(2025, 2, 1)) is Movement.UNMOVED


def test_a_basis_that_a_source_says_has_ended_names_what_replaced_it(store: Store) -> None:
    stated = replace(document("01/2020/NĐ-CP"), status=Status.EXPIRED, status_wording="hết hiệu lực")
    replaces = act(RelationKind.REPLACES, "05/2025/NĐ-CP", "01/2020/NĐ-CP", None)
    fill(store, stated, document("05/2025/NĐ-CP", date(2025, 3, 1), "2025-01-10"), replaces)
    basis = LegalBases(store, DAY).one(LegalBasis("", "01/2020/NĐ-CP", named("01/2020/NĐ-CP")))
    assert basis.movement is Movement.REPLACED
    assert basis.successor is not None
    assert basis.successor.number == "05/2025/NĐ-CP"


def test_a_basis_that_is_no_document_is_unresolved(store: Store) -> None:
    bases = LegalBases(store, DAY)
    assert bases.one(LegalBasis("Một văn bản", "x")).movement is Movement.UNRESOLVED
    assert movement(store, "99/2020/NĐ-CP") is Movement.UNRESOLVED


def test_a_number_that_fits_several_documents_keeps_them_side_by_side(store: Store) -> None:
    for issuer in ("Hội đồng nhân dân thành phố Huế", "Hội đồng nhân dân tỉnh Đồng Nai"):
        identity = Identity("Nghị quyết", "01/2026/NQ-HĐND", issuer, PartialDate.parse("2026-01-05"))
        fill(store, ObservedDocument(identity, seen("x", issuer)), name=issuer)
    reference = DocumentReference(Identity("Nghị quyết", "01/2026/NQ-HĐND"))
    basis = LegalBases(store, DAY).one(LegalBasis("", "01/2026/NQ-HĐND", reference))
    assert basis.movement is Movement.UNRESOLVED
    assert len(basis.candidates) == 2


def test_changes_are_told_by_part_and_where_it_was_seen_is_none(store: Store) -> None:
    fill(store, procedure(FULL), source="dichvucong", name="a")
    elsewhere = replace(seen(), sha256="f" * 64, place="dòng 7")
    fill(store, procedure(FULL, provenance=elsewhere), source="dichvucong", name="b")
    assert Procedures(store).history(CODE) == ()
    fill(store, procedure(ProcedureParts(steps="Bước mới"), "Tên mới"), source="dichvucong", name="c")
    changes = {change.what: (change.before, change.after) for change in Procedures(store).history(CODE)}
    assert changes["tên thủ tục"] == ("Cấp giấy", "Tên mới")
    assert changes["trình tự thực hiện"] == ("Bước 1: nộp hồ sơ", "Bước mới")
    assert "lĩnh vực" not in changes


def test_a_withdrawn_procedure_is_told_as_such(store: Store) -> None:
    fill(store, procedure(FULL), source="dichvucong")
    with store.importing(source="dichvucong", name="b", sha256="2" * 64, whole=True):
        pass
    assert [(change.what, change.after) for change in Procedures(store).history(CODE)] == [("thủ tục", "")]


def plan(state: PlanState, **more: object) -> Simplification:
    told: dict[str, object] = {"codes": (CODE,), "plan": named("02/2024/NĐ-CP"), "state_wording": "nguồn nêu"} | more
    return Simplification("p1", "Cấp giấy", "Bộ Công an", "Bỏ giấy", seen("x"), state=state, **told)  # type: ignore[arg-type]  # fields by their names


def test_a_plan_is_as_far_as_its_evidence_shows_for_the_day(store: Store) -> None:
    done = plan(PlanState.CARRIED_OUT, implemented_by=(named("05/2025/NĐ-CP"),))
    fill(
        store,
        document("02/2024/NĐ-CP", None, "2024-05-01"),
        document("05/2025/NĐ-CP", date(2025, 3, 1), "2025-01-10"),
        done,
    )
    states = {day: Plans(store, day).state_of(CODE) for day in (date(2024, 1, 1), date(2024, 12, 1), DAY)}
    assert list(states.values()) == [PlanState.NO_PLAN, PlanState.APPROVED, PlanState.CARRIED_OUT]


def test_a_plan_whose_state_nobody_states_is_approved_and_says_so(store: Store) -> None:
    fill(store, plan(PlanState.UNKNOWN))
    (item,) = Plans(store, DAY).all
    assert item.state is PlanState.APPROVED
    assert "không nêu" in item.why


def test_no_plan_held_says_nothing(store: Store) -> None:
    assert Plans(store, DAY).state_of("9.999999") is PlanState.UNKNOWN


def test_the_shipped_items_stand_beside_the_reported_figures(store: Store) -> None:
    load_register(store)
    plans = Plans(store, DAY)
    line = plans.reconciled()
    assert line.reported is not None
    assert line.reported_documents is not None
    assert [int(figure.numerator) for figure in (line.reported, line.reported_documents)] == [317, 65]
    assert (line.named, line.proven) == (14, 0)
    assert all(item.plan is not None for item in plans.all)
    assert all(item.why for item in plans.all)


def test_the_shipped_codes_are_of_the_official_lists_and_the_states_have_their_evidence() -> None:
    for item in simplifications():
        assert item.state in {PlanState.APPROVED, PlanState.CARRIED_OUT}
        assert item.state_wording
        assert item.measures
        assert item.state is PlanState.APPROVED or item.implemented_by
