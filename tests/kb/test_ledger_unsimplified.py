"""The analyst's list adds up, tells its reasons and what is not known. Procedures and plans are made up."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kb.errors import NotFoundError
from kb.export import export_table, export_workbook, read_sheet
from kb.ledger.procedures.catalogue import merged
from kb.ledger.procedures.legal_bases import Basis
from kb.ledger.procedures.rule_table import Laws, rule_lines, rule_values
from kb.ledger.procedures.signal_rules import BY_ID, RULES
from kb.ledger.procedures.signals import Hit
from kb.ledger.procedures.simplification import Reconciliation
from kb.ledger.procedures.unsimplified import ProcedureFilter, ProcedureLedger, ProcedureRow, Verdict
from kb.ledger.procedures.unsimplified_answer import Answer
from kb.ledger.procedures.unsimplified_sums import Sum, by_document, by_ministry, by_plan_state, by_signal
from kb.ledger.procedures.unsimplified_tables import answer_tables, document_table, ministry_table
from kb.ledger.procedures.unsimplified_values import answer_values
from kb.ledger.procedures.waiting import Ground, Wait
from kb.model import DocumentReference, Identity, LegalBasis, PartialDate, PlanState, ProcedureParts
from kb.store import Store
from tests.kb.procedure_samples import DAY, NEW, OLD, fill, parts, plan, procedure, sample_records


@pytest.fixture
def ledger(store: Store) -> ProcedureLedger:
    fill(store, sample_records())
    return ProcedureLedger(store, DAY)


def codes(ledger: ProcedureLedger, **wanted: object) -> list[str]:
    return [row.code for row in ledger.select(ProcedureFilter(**wanted))]  # type: ignore[arg-type]  # fields by their names


def answer(ledger: ProcedureLedger, **wanted: object) -> Answer:
    return Answer.of(ledger, ProcedureFilter(**wanted))  # type: ignore[arg-type]  # fields by their names


def test_each_procedure_has_a_verdict_and_its_reasons(ledger: ProcedureLedger) -> None:
    told = {row.code: (row.verdict, row.signals, [item.item.id for item in row.pending]) for row in ledger.rows}
    assert told == {
        "1.000001": (Verdict.REASONS, ("household_book",), []),
        "1.000002": (Verdict.REASONS, ("household_book", "temporary_book"), ["p1"]),
        "1.000003": (Verdict.REASONS, ("repealed_basis",), []),
        "1.000004": (Verdict.REASONS, (), ["p1"]),
        "1.000005": (Verdict.NONE_SEEN, (), []),
        "1.000006": (Verdict.NOT_JUDGED, (), []),
    }


def test_the_list_is_in_vietnamese_order(ledger: ProcedureLedger) -> None:
    names = [row.entry.name for row in ledger.rows if row.entry.ministry == NEW]
    assert names == ["Ăn ở", "Ấp trứng", "Cấp phép đã đơn giản", "Chỉ có trong danh mục", "Đo đạc"]


def test_the_sum_shows_what_could_not_be_judged(ledger: ProcedureLedger) -> None:
    found = answer(ledger)
    assert (found.sum.reasons, found.sum.none_seen, found.sum.not_judged) == (4, 1, 1)
    assert found.sum.line.startswith("6 = 4 ")
    assert found.sum.line.endswith("1 chưa có nội dung để xét")
    assert len(found.listed) == found.sum.reasons


def test_only_the_signals_asked_for_count_and_the_unjudged_stay(ledger: ProcedureLedger) -> None:
    found = answer(ledger, signals=("temporary_book",))
    assert [row.code for row in found.listed] == ["1.000002"]
    assert (found.sum.reasons, found.sum.none_seen, found.sum.not_judged) == (1, 4, 1)


FILTERS = [
    ({"ministry": NEW}, {1, 2, 3, 4, 5, 6}),
    ({"ministry": OLD}, {1, 2, 3, 4, 5, 6}),
    ({"ministry": "bo giao thong van tai"}, {1, 2, 3, 4, 5, 6}),
    ({"ministry": "BXD"}, {1, 2, 3, 4, 5, 6}),
    ({"field": "dat dai"}, {3}),
    ({"field": "đường"}, {1, 2, 4, 5, 6}),
    ({"plan_state": PlanState.APPROVED}, {2, 4}),
    ({"plan_state": PlanState.UNKNOWN}, {1, 3, 5, 6}),
    ({"document": "nđ 01/2020"}, {1, 2, 4, 5}),
    ({"document": "01/2020/nd-cp"}, {1, 2, 4, 5}),
    ({"document": "/van-ban/nghi-dinh-03-2021-nd-cp"}, {3}),
    ({"document": "05/2025/NĐ-CP"}, {2, 3, 4}),
    ({"document": "Nghị định số 02/2024/NĐ-CP"}, {2, 4}),
    ({"document": "88/1999/NĐ-CP"}, set()),
    ({"document": "01/2020/NĐ-CP", "plan_state": PlanState.APPROVED, "ministry": NEW, "field": "đường bộ"}, {2, 4}),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "expected"), FILTERS)
def test_filters_choose_by_any_name_and_spelling(
    ledger: ProcedureLedger, wanted: dict[str, object], expected: set[int]
) -> None:
    assert set(codes(ledger, **wanted)) == {f"1.{number:06d}" for number in expected}


@pytest.mark.parametrize("wanted", [{"ministry": "Bộ Phép thuật"}, {"field": "phép thuật"}, {"document": "phép thuật"}])
def test_what_nothing_is_known_of_is_an_error(ledger: ProcedureLedger, wanted: dict[str, object]) -> None:
    with pytest.raises(NotFoundError):
        codes(ledger, **wanted)


def test_one_who_asks_is_told_how_a_procedure_comes_to_the_ministry_and_the_document(ledger: ProcedureLedger) -> None:
    (old,) = [row for row in ledger.select(ProcedureFilter(ministry=NEW)) if row.entry.ministry == OLD]
    assert old.tie is not None
    assert old.tie.kind.value == "predecessor"
    (row,) = ledger.select(ProcedureFilter(document="03/2021/NĐ-CP"))
    assert "căn cứ pháp lý" in row.roles


def test_documents_that_must_be_amended_are_stated_or_marked_as_computed(ledger: ProcedureLedger) -> None:
    grounds = {(row.code, wait.name): wait.ground for row in ledger.rows for wait in row.waits}
    assert grounds == {
        ("1.000001", "Nghị định số 01/2020/NĐ-CP"): Ground.ONLY_BASIS,
        ("1.000002", "Nghị định số 01/2020/NĐ-CP"): Ground.STATED,
        ("1.000002", "Nghị định số 05/2025/NĐ-CP"): Ground.STATED,
        ("1.000003", "Nghị định số 03/2021/NĐ-CP"): Ground.FALLEN_BASIS,
        ("1.000004", "Nghị định số 01/2020/NĐ-CP"): Ground.STATED,
        ("1.000004", "Nghị định số 05/2025/NĐ-CP"): Ground.STATED,
    }


def test_a_document_that_the_words_of_a_signal_cite_is_waited_for(store: Store) -> None:
    paper = "Bản sao sổ hộ khẩu theo quy định tại Nghị định số 01/2020/NĐ-CP"
    fill(store, [procedure("1.000001", "Cấp giấy", held=parts((paper,), ("01/2020/NĐ-CP", "05/2025/NĐ-CP")))])
    (row,) = ProcedureLedger(store, DAY).rows
    assert [(wait.key, wait.ground) for wait in row.waits] == [("1/2020/nd-cp", Ground.CITED)]


def test_several_bases_that_nothing_tells_apart_leave_the_document_unknown(store: Store) -> None:
    fill(store, [procedure("1.000001", "Cấp giấy", held=parts(("Sổ hộ khẩu",), ("01/2020/NĐ-CP", "05/2025/NĐ-CP")))])
    found = by_document(ProcedureLedger(store, DAY).rows)
    assert (found.queues, len(found.unknown.rows), found.distinct) == ((), 1, 1)


def test_a_procedure_in_two_queues_is_counted_once_in_the_total(ledger: ProcedureLedger) -> None:
    found = answer(ledger).documents
    counts = {queue.name: len(queue.rows) for queue in found.queues}
    assert counts == {
        "Nghị định số 01/2020/NĐ-CP": 3,
        "Nghị định số 05/2025/NĐ-CP": 2,
        "99/2019/NĐ-CP": 0,
        "Nghị định số 03/2021/NĐ-CP": 1,
    }
    assert (found.distinct, found.entries, len(found.unknown.rows)) == (4, 6, 0)
    assert "chỉ tính một lần" in found.line


def test_a_queue_names_who_must_amend_it_and_until_when(ledger: ProcedureLedger) -> None:
    queues = {queue.name: queue for queue in answer(ledger).documents.queues}
    assert queues["Nghị định số 01/2020/NĐ-CP"].duty_bearers == (NEW,)
    assert queues["Nghị định số 01/2020/NĐ-CP"].grounds == {Ground.STATED: 2, Ground.ONLY_BASIS: 1}
    assert queues["99/2019/NĐ-CP"].deadlines == ("31/12/2026",)
    assert [item.item.id for item in queues["99/2019/NĐ-CP"].items] == ["p2"]


def test_before_its_plan_and_its_law_a_procedure_has_no_reason(store: Store) -> None:
    fill(store, sample_records())
    early = ProcedureLedger(store, date(2022, 1, 1))
    assert {row.code: row.verdict for row in early.rows}["1.000001"] is Verdict.NONE_SEEN
    assert {row.code: row.signals for row in early.rows}["1.000003"] == ()


def test_a_plan_is_of_no_day_before_the_year_it_was_approved_in(store: Store) -> None:
    approved = DocumentReference(Identity("Nghị quyết", "58/NQ-CP", "Chính phủ", PartialDate(2017)))
    fill(store, [procedure("1.000001", "Cấp giấy", held=parts()), plan("p", "1.000001", plan=approved)])
    states = {year: ProcedureLedger(store, date(year, 6, 1)).row("1.000001").state for year in (2016, 2017)}
    assert states == {2016: PlanState.NO_PLAN, 2017: PlanState.APPROVED}


def test_an_item_carried_out_is_no_reason(store: Store) -> None:
    fill(store, [procedure("1.000001", "Cấp giấy", held=parts()), plan("p", "1.000001", state=PlanState.CARRIED_OUT)])
    (row,) = ProcedureLedger(store, DAY).rows
    assert (row.state, row.verdict, row.waits) == (PlanState.CARRIED_OUT, Verdict.NONE_SEEN, ())


def test_signals_are_counted_by_procedure_and_by_place(ledger: ProcedureLedger) -> None:
    counts = {one.id: (one.procedures, one.hits) for one in by_signal(ledger.rows)}
    assert counts["household_book"] == (2, 2)
    assert counts["repealed_basis"] == (1, 1)
    assert list(counts) == [rule.id for rule in RULES]


def row_of(
    number: int, ministry: str, signals: list[str], documents: list[str], *, held: bool, state: PlanState
) -> ProcedureRow:
    entry = merged(
        (procedure(f"1.{number:06d}", "Cấp giấy", ministry=ministry, held=ProcedureParts() if held else None),)
    )
    hits = tuple(Hit(BY_ID[signal], "phần", "lời", BY_ID[signal].law, BY_ID[signal].law.since) for signal in signals)
    waits = tuple(Wait(Basis(LegalBasis("", one), DAY), Ground.CITED) for one in documents) if hits else ()
    return ProcedureRow(entry, (), hits, (), state, waits)


RANDOM_ROWS = st.lists(
    st.builds(
        row_of,
        st.integers(0, 999_999),
        st.sampled_from(["", NEW, OLD]),
        st.lists(st.sampled_from(sorted(BY_ID)), max_size=4),
        st.lists(st.sampled_from(["01/2020/NĐ-CP", "02/2021/TT-BTC", "03/2022/QH15"]), max_size=3, unique=True),
        held=st.booleans(),
        state=st.sampled_from(PlanState),
    ),
    max_size=30,
    unique_by=lambda row: row.code,
)


@settings(max_examples=100, deadline=None)
@given(RANDOM_ROWS, st.lists(st.sampled_from(sorted(BY_ID)), max_size=3))
def test_whatever_the_ledger_all_sums_add_up(rows: list[ProcedureRow], signals: list[str]) -> None:
    total = Sum.of(rows, signals)
    assert total.total == len(rows)
    ministries = by_ministry(rows, signals).values()
    for part in ("total", "reasons", "none_seen", "not_judged"):
        assert sum(getattr(one, part) for one in ministries) == getattr(total, part)
    assert sum(by_plan_state(rows).values()) == len(rows)
    documents = by_document(rows, (), signals)
    assert documents.distinct == total.reasons
    queued = {row.code for queue in documents.queues for row in queue.rows}
    assert len(queued) + len(documents.unknown.rows) == documents.distinct
    assert documents.entries == sum(sum(queue.grounds.values()) for queue in documents.queues)
    assert all(one.hits >= one.procedures for one in by_signal(rows))


def test_the_values_are_json_with_every_row_its_reasons_and_links(ledger: ProcedureLedger, store: Store) -> None:
    values = json.loads(json.dumps(answer_values(answer(ledger), Laws(store))))
    assert values["sum"]["total"] == 6
    assert [row["code"] for row in values["procedures"]] == [row.code for row in answer(ledger).listed]
    book = next(row for row in values["procedures"] if row["code"] == "1.000001")
    (reason,) = book["reasons"]
    assert reason["words"] == "Bản sao sổ hộ khẩu"
    assert reason["law"] == "khoản 3 Điều 38 Luật Cư trú số 68/2020/QH14"
    assert (book["url"], book["legal_bases"][0]["url"]) == ("/thu-tuc/1.000001", "/van-ban/nghi-dinh-01-2020-nd-cp")
    moved = next(row for row in values["procedures"] if row["code"] == "1.000003")["moved_bases"]
    assert (moved[0]["successor"], moved[0]["ended"]["clause"]) == ("Nghị định số 05/2025/NĐ-CP", "dieu-9")
    assert values["reported"]["lines"][0] == "Báo cáo: chưa có số liệu trong kho"


def test_the_workbook_reads_back_with_a_sheet_a_sum(ledger: ProcedureLedger, tmp_path: Path) -> None:
    path = tmp_path / "danh-sach.xlsx"
    export_workbook(answer_tables(answer(ledger)), path)
    book = load_workbook(path, read_only=True)
    assert book.sheetnames == [
        "Thủ tục chưa đơn giản hóa",
        "Theo bộ",
        "Theo văn bản",
        "Thủ tục theo văn bản",
        "Theo dấu hiệu",
    ]
    rows = read_sheet(path).rows
    assert [row.cells["Mã thủ tục"] for row in rows] == [row.code for row in answer(ledger).listed]
    assert {"Tính đến ngày", "Nguồn", "Địa chỉ nguồn"} <= set(rows[0].cells)
    assert len(list(book["Thủ tục theo văn bản"].rows)) == 1 + 6
    book.close()


@pytest.mark.parametrize("table", [ministry_table, document_table])
def test_each_sum_is_a_table_of_its_own(ledger: ProcedureLedger, table: object, tmp_path: Path) -> None:
    path = tmp_path / "bang.csv"
    export_table(table(answer(ledger)), path)  # type: ignore[operator]  # one of the two
    assert read_sheet(path).rows


def test_a_name_that_looks_like_a_formula_is_neutralised(store: Store, tmp_path: Path) -> None:
    fill(store, [procedure("1.000001", "=cmd|' /C calc'!A0", held=parts(("Sổ hộ khẩu",)))])
    path = tmp_path / "danh-sach.csv"
    export_table(answer_tables(answer(ProcedureLedger(store, DAY)))[0], path)
    assert "\"'=cmd" in path.read_text(encoding="utf-8-sig")


def test_the_reported_figure_never_stands_without_what_is_known_by_name(ledger: ProcedureLedger) -> None:
    reported, held = answer(ledger).reported_lines
    assert reported
    assert held.startswith("Biết tên trong kho: 2 mục phương án")
    assert isinstance(answer(ledger).reconciled, Reconciliation)


def test_every_rule_is_shown_with_its_law(store: Store) -> None:
    values = rule_values(Laws(store))
    assert [rule["id"] for rule in values] == [rule.id for rule in RULES]
    assert all(rule["law"] and rule["since"] for rule in values)
    assert len(list(rule_lines())) == len(RULES)
