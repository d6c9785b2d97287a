"""A ministry's list of plans is taken in whole or not at all, and what was written comes back unchanged. The lists are made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from kb.errors import UnusableInputError
from kb.export import export_table
from kb.ledger.procedures.plan_tables import MEASURES, STATES, plan_template
from kb.ledger.procedures.plan_updates import PlanUpdate, apply_plan_update, read_plan_update
from kb.ledger.procedures.plan_words import (
    NotUnderstoodError,
    codes_in,
    deadline_in,
    documents_in,
    measures_in,
    state_in,
)
from kb.ledger.procedures.unsimplified import ProcedureFilter, ProcedureLedger
from kb.ledger.tasks.updates import RefusedRowsError
from kb.model import Measure, PlanState
from kb.register import procedures, simplifications
from kb.store import Store
from tests.kb.procedure_samples import DAY, fill, named, plan, procedure, sample_records

HEAD = "Mã thủ tục;Tên thủ tục;Biện pháp;Văn bản phê duyệt phương án;Văn bản phải sửa;Thời hạn sửa;Tình trạng;Văn bản thực thi"


@pytest.fixture
def filled(store: Store) -> Store:
    fill(store, [*sample_records(), procedure("1.000420", "Đăng ký thử"), procedure("1.000007", "Ăn ở")])
    return store


def read(store: Store, tmp_path: Path, *lines: str, head: str = HEAD, **more: Any) -> PlanUpdate:
    path = tmp_path / "danh-sach.csv"
    path.write_text("\n".join((head, *lines)), encoding="utf-8")
    return read_plan_update(path, ProcedureLedger(store, DAY), **more)


def why(store: Store, tmp_path: Path, line: str, head: str = HEAD) -> str:
    (refusal,) = read(store, tmp_path, line, head=head).refusals
    return refusal.why


def test_the_template_comes_back_unchanged(filled: Store, tmp_path: Path) -> None:
    ledger = ProcedureLedger(filled, DAY)
    everything = ProcedureFilter()
    for name in ("mau.xlsx", "mau.csv"):
        table = plan_template(ledger.select(everything), ledger.items_without_procedure(everything), DAY)
        export_table(table, tmp_path / name)
        found = read_plan_update(tmp_path / name, ledger)
        # Six procedures without an item, the item of two procedures once, the item without procedure.
        assert (found.changes, found.refusals, found.unchanged, found.unread) == ((), (), 8, ())


def test_the_shipped_items_come_back_unchanged(store: Store, tmp_path: Path) -> None:
    items = list(simplifications())
    named = {code for item in items for code in item.codes}
    fill(store, [*items, *(one for one in procedures() if one.code in named)])
    ledger = ProcedureLedger(store, DAY)
    rows = [row for row in ledger.select(ProcedureFilter()) if row.plans]
    for name in ("mau.xlsx", "mau.csv"):
        export_table(plan_template(rows, ledger.items_without_procedure(ProcedureFilter()), DAY), tmp_path / name)
        found = read_plan_update(tmp_path / name, ledger)
        assert (found.changes, found.refusals, found.unchanged) == ((), (), 14)


def test_a_new_item_is_written_with_its_source_and_known_again(filled: Store, tmp_path: Path) -> None:
    line = "1.000420;Đăng ký thử;Bỏ giấy tờ, điện tử hóa;Quyết định số 12/QĐ-TTg ngày 05/06/2025;01/2020/NĐ-CP;quý IV/2026;đang sửa văn bản;"
    found = read(filled, tmp_path, line, as_of=date(2026, 7, 1), source="Bộ thử")
    assert (len(found.changes), found.refusals) == (1, ())
    assert apply_plan_update(filled, found) == 1
    (item,) = ProcedureLedger(filled, DAY).plans.by_code["1.000420"]
    assert item.item.measures == (Measure.DROP_PAPER, Measure.DIGITISE)
    assert (item.state, item.item.deadline, item.item.deadline_wording) == (
        PlanState.AMENDING,
        date(2026, 12, 31),
        "quý IV/2026",
    )
    assert item.item.plan is not None
    assert item.item.plan.identity.number == "12/QĐ-TTg"
    seen = item.item.provenance
    assert (seen.address, seen.place, seen.retrieved) == ("Bộ thử", "dòng 2", date(2026, 7, 1))
    again = read(filled, tmp_path, line, as_of=date(2026, 7, 2))
    assert (again.changes, again.unchanged) == ((), 1)


def test_only_what_a_row_says_otherwise_changes(filled: Store, tmp_path: Path) -> None:
    found = read(filled, tmp_path, "p1;đã thực thi;07/2026/NĐ-CP", head="Mã mục phương án;Tình trạng;Văn bản thực thi")
    (change,) = found.changes
    assert change.before is not None
    assert [each.column for each in change.differences] == ["Văn bản thực thi", "Tình trạng"]
    assert (change.after.amends, change.after.codes, change.after.summary) == (
        change.before.amends,
        change.before.codes,
        change.before.summary,
    )
    assert "đã phê duyệt phương án → đã thực thi" in change.summary
    apply_plan_update(filled, found)
    assert {item.item.id: item.item.state for item in ProcedureLedger(filled, DAY).plans.all} == {
        "p1": PlanState.CARRIED_OUT,
        "p2": PlanState.APPROVED,
    }


def test_an_item_is_known_by_its_procedure_and_plan(filled: Store, tmp_path: Path) -> None:
    (change,) = read(filled, tmp_path, "1.000002;;;nđ 02/2024/nđ-cp;;;đang sửa văn bản;").changes
    assert change.after.id == "p1"
    assert change.after.codes == ("1.000004", "1.000002")
    (other,) = read(filled, tmp_path, "1.000002;;;09/2026/NĐ-CP;;;đang sửa văn bản;").changes
    assert other.before is None


REFUSED = [
    ("1.999999;;;;;;đang sửa văn bản;", "no procedure is held"),
    ("abc;;;;;;đang sửa văn bản;", "no code"),
    (";;;;;;đang sửa văn bản;", "no procedure is named"),
    (";Ăn ở;bỏ giấy tờ;;;;;", "several procedures"),
    ("1.000001;Phép thuật bay lượn;bỏ giấy tờ;;;;;", "not 'Phép thuật"),
    ("1.000001;;bay lượn;;;;;", "names no measure"),
    ("1.000001;;;không rõ;;;;", "names no document"),
    ("1.000001;;;;Thông tư nọ;;;", "names no document"),
    ("1.000001;;bỏ giấy tờ;;;31/02/2026;;", "no day"),
    ("1.000001;;bỏ giấy tờ;;;;xong;", "names no state"),
    ("1.000001;;;;;;đã phê duyệt phương án;", "no document is named"),
    ("1.000001;;;;;;đã thực thi;", "without evidence"),
    ("1.000001;;;12/QĐ-TTg;;;chưa có phương án;", "a plan is named"),
    ("1.000001;;;;01/2020/NĐ-CP;;;", "neither a plan"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "reason"), REFUSED)
def test_a_row_that_is_not_understood_is_refused_with_its_line(
    filled: Store, tmp_path: Path, line: str, reason: str
) -> None:
    found = read(filled, tmp_path, "1.000420;;bỏ giấy tờ;12/QĐ-TTg;;;;", line)
    (refusal,) = found.refusals
    assert refusal.line == 3
    assert reason in refusal.why
    with pytest.raises(RefusedRowsError, match="line 3"):
        apply_plan_update(filled, found)
    assert "1.000420" not in ProcedureLedger(filled, DAY).plans.by_code
    assert apply_plan_update(filled, found, partial=True) == 1


def test_an_unknown_item_and_one_named_twice_are_refused(filled: Store, tmp_path: Path) -> None:
    head = "Mã mục;Tình trạng"
    assert "no item is held" in why(filled, tmp_path, "p9;đang sửa văn bản", head)
    found = read(filled, tmp_path, "p1;đang sửa văn bản", "p1;chưa xác định", head=head)
    assert [(one.line, "line 2 already" in one.why) for one in found.refusals] == [(3, True)]


def test_a_row_that_fits_two_items_must_name_one(filled: Store, tmp_path: Path) -> None:
    fill(filled, [plan("p3", "1.000002", place="mục 3")], name="b")
    line = "1.000002;;;02/2024/NĐ-CP;;;đang sửa văn bản;"
    assert "p1, p3" in why(filled, tmp_path, line)
    found = read(filled, tmp_path, line + ";mục 3", head=HEAD + ";Điều, khoản, điểm")
    assert [change.after.id for change in found.changes] == ["p3"]


def test_an_older_list_does_not_undo_a_newer_one(filled: Store, tmp_path: Path) -> None:
    head = "Mã mục;Tình trạng;Tính đến ngày"
    apply_plan_update(filled, read(filled, tmp_path, "p1;đang sửa văn bản;01/07/2026", head=head))
    assert "01/06/2026" in why(filled, tmp_path, "p1;chưa xác định;01/06/2026", head)
    assert "no day" in why(filled, tmp_path, "p1;chưa xác định;nay", head)


def test_what_a_list_said_of_other_items_stays(filled: Store, tmp_path: Path) -> None:
    head = "Mã mục;Tình trạng"
    apply_plan_update(filled, read(filled, tmp_path, "p1;đang sửa văn bản", head=head, source="Bộ thử"))
    apply_plan_update(filled, read(filled, tmp_path, "p2;đang sửa văn bản", head=head, source="Bộ thử"))
    assert {item.item.state for item in ProcedureLedger(filled, DAY).plans.all} == {PlanState.AMENDING}


def test_a_procedure_known_by_name_only_is_kept_and_said_so(filled: Store, tmp_path: Path) -> None:
    (change,) = read(filled, tmp_path, ";Thủ tục không có trong danh mục;bỏ thủ tục;12/QĐ-TTg;;;;").changes
    assert (change.after.codes, len(change.notes)) == ((), 1)
    (found,) = read(filled, tmp_path, ";dang ky thu;bỏ thủ tục;12/QĐ-TTg;;;;").changes
    assert (found.after.codes, found.notes) == (("1.000420",), ())


def test_headings_are_read_in_other_words_and_without_accents(filled: Store, tmp_path: Path) -> None:
    found = read(filled, tmp_path, "1.000420;bo giay to;12/QD-TTg;1", head="ma tthc;bien phap;VAN BAN PHE DUYET;STT")
    assert (len(found.changes), found.unread) == (1, ("STT",))


def test_a_code_that_a_spreadsheet_took_for_a_number_is_whole_again(filled: Store, tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Mã thủ tục", "Biện pháp", "Văn bản phê duyệt"])
    book.active.append([1.00042, "bỏ giấy tờ", "12/QĐ-TTg"])
    book.save(tmp_path / "so.xlsx")
    (change,) = read_plan_update(tmp_path / "so.xlsx", ProcedureLedger(filled, DAY)).changes
    assert change.after.codes == ("1.000420",)


@pytest.mark.parametrize("head", ["Tên;Ghi chú", "STT;Tình trạng", "Mã thủ tục;Tên thủ tục"])
def test_a_table_that_says_nothing_of_plans_is_refused(filled: Store, tmp_path: Path, head: str) -> None:
    with pytest.raises(UnusableInputError):
        read(filled, tmp_path, "a;b", head=head)


DEADLINES = [
    ("30/6/2026", date(2026, 6, 30)),
    ("2026-06-30", date(2026, 6, 30)),
    ("trước ngày 30/6/2026", date(2026, 6, 30)),
    ("tháng 6/2026", date(2026, 6, 30)),
    ("Trong tháng 6 năm 2026", date(2026, 6, 30)),
    ("02/2028", date(2028, 2, 29)),
    ("Quý IV/2026", date(2026, 12, 31)),
    ("quý 2 năm 2026", date(2026, 6, 30)),
    ("năm 2026", date(2026, 12, 31)),
    ("2026", date(2026, 12, 31)),
    ("khi sửa đổi Luật", None),
]  # fmt: skip


@pytest.mark.parametrize(("words", "day"), DEADLINES)
def test_deadlines_are_read_to_their_last_day(words: str, day: date | None) -> None:
    assert deadline_in(words)[0] == day


@pytest.mark.parametrize("words", ["31/02/2026", "13/2026", "99"])
def test_figures_that_are_no_day_are_refused(words: str) -> None:
    with pytest.raises(NotUnderstoodError):
        deadline_in(words)


def test_labels_and_codes_name_measures_and_states() -> None:
    assert {measures_in(label) for label in MEASURES} == {(measure,) for measure in Measure}
    assert {state_in(label.upper()) for label in STATES} == {state_in(state.value) for state in PlanState}
    assert measures_in("bai bo thu tuc; rút ngắn thời hạn") == (Measure.ABOLISH, Measure.SHORTEN)
    assert (
        documents_in("01/2020/NĐ-CP; Thông tư số 02/2021/TT-BTC")[0].identity.number
        == named("01/2020/NĐ-CP").identity.number
    )


@given(st.text(max_size=60))
def test_any_words_are_understood_or_refused(words: str) -> None:
    for understand in (codes_in, measures_in, documents_in, state_in, deadline_in):
        try:
            understand(words)
        except NotUnderstoodError:
            continue
