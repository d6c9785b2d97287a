"""The task ledger: who owes what, how far it is, and whether what assigns it still stands."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from kb.errors import Dean06Error, NotFoundError, UnusableInputError
from kb.export import export_table, read_sheet
from kb.ledger.tasks.governing import Role, Suggestion, subject_of
from kb.ledger.tasks.ledger import TaskFilter, TaskLedger, count_by_state
from kb.ledger.tasks.links import link_task, unlink_task
from kb.ledger.tasks.progress import day_stated_in, progress_of, report_of, state_named_in
from kb.ledger.tasks.sameness import Sameness, pair_up
from kb.ledger.tasks.tables import TEMPLATE_COLUMNS, task_table, task_values, template
from kb.ledger.tasks.updates import RefusedRowsError, apply_update, read_update
from kb.model import Bottleneck, DeadlineKind, Status, TaskState
from kb.store import Store
from tests.kb.task_samples import BASIS, GOVERNING, fill, report, task, verbatim

DAY = date(2025, 11, 24)


@pytest.mark.parametrize(
    ("wording", "state"),
    [
        ("quá hạn chưa hoàn thành (dữ liệu đến 07/11/2025)", TaskState.OVERDUE),
        ("Chưa hoàn thành, quá hạn", TaskState.OVERDUE),
        ("Đã hoàn thành", TaskState.DONE),
        ("hoàn thành", TaskState.DONE),
        ("Đã hoàn thành quá hạn", TaskState.DONE_LATE),
        ("Hoàn thành chậm", TaskState.DONE_LATE),
        ("Đang thực hiện", TaskState.UNDER_WAY),
        ("Đang hoàn thành", TaskState.UNDER_WAY),
        ("đang triển khai", TaskState.UNDER_WAY),
        ("Đang triển khai (quá hạn)", TaskState.OVERDUE),
        ("Thực hiện thường xuyên", TaskState.RECURRING),
        ("chua hoan thanh", TaskState.UNDER_WAY),
        ("", TaskState.UNKNOWN),
        ("Có 34/34 đơn vị cấp tỉnh nghiêm túc quán triệt", TaskState.UNKNOWN),
    ],
)
def test_a_state_is_what_the_report_says_and_never_guessed(wording: str, state: TaskState) -> None:
    assert state_named_in(wording) is state


def test_not_done_is_late_only_where_the_deadline_lay_before_the_report() -> None:
    assert state_named_in("Chưa hoàn thành", deadline=date(2025, 10, 31), as_of=date(2025, 11, 7)) is TaskState.OVERDUE
    assert (
        state_named_in("Chưa hoàn thành", deadline=date(2025, 12, 31), as_of=date(2025, 11, 7)) is TaskState.UNDER_WAY
    )


def test_the_day_of_the_data_goes_before_that_of_the_document() -> None:
    assert day_stated_in("(số liệu tính đến ngày 7/11/2025)") == date(2025, 11, 7)
    assert day_stated_in("dữ liệu đến 31/02/2025") is None
    own = report_of(task("t", state_wording="Đã hoàn thành"))
    assert own is not None
    assert own.as_of == date(2023, 2, 1)
    assert report_of(task("t")) is None


def test_the_newest_report_up_to_the_day_decides() -> None:
    reports = [
        report("t", TaskState.UNDER_WAY, date(2023, 6, 1)),
        report("t", TaskState.DONE, date(2024, 2, 1), done_on=date(2024, 1, 15)),
    ]
    before = progress_of(task("t"), reports, date(2024, 1, 10))
    assert (before.state, before.days_late, before.overdue) == (TaskState.UNDER_WAY, 10, True)
    after = progress_of(task("t"), reports, DAY)
    assert (after.state, after.days_late, after.overdue) == (TaskState.DONE_LATE, 15, False)
    assert [told.as_of for told in after.history] == [date(2024, 2, 1), date(2023, 6, 1)]
    assert progress_of(task("t"), reports, date(2023, 5, 31)).state is TaskState.UNKNOWN


def test_without_a_report_nothing_is_known_but_that_a_task_recurs() -> None:
    unknown = progress_of(task("t"), [], DAY)
    assert (unknown.state, unknown.days_late, unknown.overdue, unknown.past_unreported) == (
        TaskState.UNKNOWN,
        None,
        False,
        True,
    )
    recurring = task("t", deadline_kind=DeadlineKind.RECURRING, deadline=None)
    assert progress_of(recurring, [], DAY).state is TaskState.RECURRING


def test_two_reports_of_one_day_that_differ_stand_side_by_side() -> None:
    reports = [report("t", TaskState.DONE, DAY), report("t", TaskState.UNDER_WAY, DAY)]
    found = progress_of(task("t"), reports, DAY)
    assert found.report is not None
    assert [told.state for told in found.conflicting] == [TaskState.UNDER_WAY]


def test_one_task_told_twice_is_one_row_with_the_documents_own_words(store: Store) -> None:
    fill(store, task("T1", path=""), verbatim("chi-thi.1", coordinating="Bộ Cũ", lead="Bộ Công an"))
    (entry,) = TaskLedger(store, DAY).entries
    assert (entry.id, entry.ids, entry.sameness) == ("T1", ("T1", "chi-thi.1"), Sameness.CERTAIN)
    assert entry.task.summary.startswith("Xây dựng")
    assert entry.exact is not None
    assert entry.exact.summary.startswith("Chủ trì xây dựng")
    assert (entry.task.coordinating, entry.task.path) == ("Bộ Cũ", "dieu-1.khoan-1")
    assert TaskLedger(store, DAY).entry("chi-thi.1").id == "T1"


def test_tasks_of_other_words_and_places_stay_apart() -> None:
    other = verbatim(
        "x", summary="Bố trí kinh phí cho đào tạo cán bộ cơ sở", place="Điều 7", lead="Bộ Cũ", deadline=None
    )
    assert pair_up([task("T1")], [other]) == []
    (pair,) = pair_up([task("T1", place="")], [verbatim("y", place="Điều 3")])
    assert pair.sameness is Sameness.LIKELY


def test_a_fallen_source_is_flagged_with_what_stands_in_its_place(store: Store) -> None:
    fill(store, task("T1"))
    entry = TaskLedger(store, DAY).entry("T1")
    assert (entry.standing, entry.fallen) == (Status.EXPIRED, True)
    assert entry.assigning.successor is not None
    assert entry.assigning.successor.number == "903/CT-TTg"
    assert [(act.by.number, act.path, act.since) for act in entry.assigning.endings] == [
        ("902/CT-TTg", "dieu-9", date(2024, 3, 1)),
        ("903/CT-TTg", "", date(2025, 3, 1)),
    ]
    between = TaskLedger(store, date(2024, 6, 1)).entry("T1").assigning.successor
    assert between is not None
    assert between.number == "902/CT-TTg"
    assert TaskLedger(store, date(2024, 2, 1)).entry("T1").standing is Status.UNKNOWN


def test_a_task_on_one_screen_has_clause_bases_citations_and_suggestions(store: Store) -> None:
    fill(store, task("T1"))
    asked: list[str] = []

    def suggest(subject: str) -> list[Suggestion]:
        asked.append(subject)
        return [Suggestion("luat-990-2020-qh14", "", "vì sao"), Suggestion("khong-co")]

    detail = TaskLedger(store, DAY).detail("T1", suggest)
    (clause,) = detail.of(Role.ASSIGNED_BY)
    assert (clause.held, clause.text[:2], clause.url) == (
        True,
        "1.",
        clause.document and f"{clause.document.url}/dieu-1.khoan-1",
    )
    assert [each.document and each.document.number for each in detail.of(Role.CITED)] == ["991/2022/NĐ-CP"]
    assert [each.document and each.document.number for each in detail.of(Role.BASIS)] == ["990/2020/QH14"]
    assert [each.note for each in detail.of(Role.SUGGESTED)] == ["vì sao"]
    assert asked == ["hệ thống thử"]


def test_a_clause_that_is_not_held_says_so(store: Store) -> None:
    fill(store, task("T1", path="dieu-8.khoan-1"), task("T2", assigned_in="Kế hoạch 02"))
    ledger = TaskLedger(store, DAY)
    assert (ledger.entry("T1").assigning.held, ledger.entry("T1").assigning.text) == (False, "")
    unknown = ledger.entry("T2").assigning
    assert (unknown.wording, unknown.document, unknown.status) == ("Kế hoạch 02", None, Status.UNKNOWN)


def test_the_document_that_a_list_names_assigns_the_task(store: Store) -> None:
    fill(store, task("T1", assigned_in="902/CT-TTg (01/02/2024)"))
    detail = TaskLedger(store, DAY).detail("T1")
    assert [each.document and each.document.number for each in detail.of(Role.ASSIGNED_BY)] == ["902/CT-TTg"]
    assert [each.document and each.document.number for each in detail.of(Role.LISTED_IN)] == ["901/CT-TTg"]


def test_what_a_person_confirms_is_kept_with_who_and_when_and_can_be_taken_back(store: Store) -> None:
    fill(store, task("T1"), task("T2", place="Điều 2"))
    ledger = TaskLedger(store, DAY)
    link_task(store, ledger.entry("T1"), "991/2022/nđ-cp", by="Nguyễn A", on=DAY, note="đúng lĩnh vực")
    link_task(store, ledger.entry("T2"), "luat-990-2020-qh14", by="Nguyễn A", on=DAY)
    suggest = [Suggestion("nghi-dinh-991-2022-nd-cp")]
    detail = TaskLedger(store, DAY).detail("T1", lambda _: suggest)
    (confirmed,) = detail.of(Role.CONFIRMED)
    assert confirmed.link is not None
    assert (confirmed.link.confirmed_by, confirmed.link.confirmed_on, confirmed.note) == (
        "Nguyễn A",
        DAY,
        "đúng lĩnh vực",
    )
    assert detail.of(Role.SUGGESTED) == ()
    assert len(unlink_task(store, ledger.entry("T1"), GOVERNING.number)) == 1
    assert [link.task_id for link in store.task_links()] == ["T2"]
    with pytest.raises(NotFoundError, match="Nobody"):
        unlink_task(store, ledger.entry("T1"), GOVERNING.number)


@pytest.mark.parametrize(
    ("document", "by", "path"), [("999/2001/NĐ-CP", "A", ""), (BASIS.number, " ", ""), ("901/CT-TTg", "A", "dieu-77")]
)
def test_what_cannot_be_told_is_not_confirmed(store: Store, document: str, by: str, path: str) -> None:
    fill(store, task("T1"))
    with pytest.raises(Dean06Error):
        link_task(store, TaskLedger(store, DAY).entry("T1"), document, by=by, path=path)
    assert store.task_links() == ()


def test_filters_choose_and_the_unknown_is_counted(store: Store) -> None:
    late = report(
        "T2", TaskState.UNDER_WAY, date(2024, 5, 1), bottlenecks=(Bottleneck.LAW,), reason="chưa có nghị định"
    )
    fill(
        store,
        task("T1"),
        task("T2", place="Điều 2", lead="Bộ Cũ"),
        task("T3", place="Điều 3", lead="Bộ Tài", coordinating="Các bộ", deadline=None),
        reports=(late,),
    )
    ledger = TaskLedger(store, DAY)

    def ids(**wanted: Any) -> list[str]:
        return [entry.id for entry in ledger.select(TaskFilter(**wanted))]

    assert ids() == ["T1", "T2", "T3"]
    assert ids(owner="Bộ Mới") == ["T2", "T3"]
    assert ids(owner="Bộ Cũ") == ["T2", "T3"]
    assert ids(state=TaskState.UNKNOWN) == ["T1", "T3"]
    assert ids(overdue=True) == ids(bottleneck=Bottleneck.LAW) == ["T2"]
    assert ids(deadline_to=date(2023, 12, 31)) == ["T1", "T2"]
    assert ids(deadline_from=date(2024, 1, 1)) == []
    assert ids(source="901/ct-ttg") == ids(fallen=True) == ids(standing=Status.EXPIRED) == ["T1", "T2", "T3"]
    assert ids(source="902/CT-TTg") == []
    counts = count_by_state(ledger.entries)
    assert sum(counts.values()) == 3
    assert counts[TaskState.UNKNOWN] == 2
    tied = ledger.select(TaskFilter(owner="Bộ Mới"))[0]
    assert tied.tie is not None
    assert (tied.role, tied.tie.agency.name, tied.tie.steps[0].provenance.address) == ("lead", "Bộ Cũ", "chi-thi-901")


def test_values_say_null_for_what_is_not_known(store: Store) -> None:
    fill(store, task("T1", lead="", deadline=None, deadline_wording=""))
    values = task_values(TaskLedger(store, DAY).entry("T1"), DAY)
    assert {"id", "task", "lead", "coordinating", "deadline", "source_document", "place", "state", "standing"} <= set(
        values
    )
    assert (values["lead"], values["coordinating"], values["deadline"], values["state"]) == (
        None,
        None,
        None,
        "unknown",
    )
    assert (values["standing"], values["successor"]) == ("expired", "Chỉ thị số 903/CT-TTg")
    assert (values["as_of"], values["source"], values["address"]) == ("2025-11-24", "sample", "chi-thi-901")


def filled(store: Store, path: Path) -> TaskLedger:
    fill(
        store,
        task("T1"),
        task("T2", place="Điều 2"),
        task("T3", place="Điều 3", state_wording="Chưa hoàn thành"),
        reports=(
            report(
                "T2",
                TaskState.UNDER_WAY,
                date(2024, 5, 1),
                bottlenecks=(Bottleneck.DATA, Bottleneck.LAW),
                reason="thiếu dữ liệu",
                result="=đang làm",
            ),
        ),
    )
    ledger = TaskLedger(store, DAY)
    export_table(template(ledger.entries, DAY), path)
    return ledger


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_the_template_reads_back_as_it_was_written(store: Store, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"mau.{suffix}"
    ledger = filled(store, path)
    found = read_update(path, ledger)
    assert (found.changes, found.refusals, found.unchanged) == ((), (), 3)
    assert apply_update(store, found) == 0
    assert {column.title for column in TEMPLATE_COLUMNS} <= set(read_sheet(path).headings)


def test_a_filled_in_template_changes_what_it_says_and_nothing_else(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    ledger = filled(store, path)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, columns["Trạng thái"], "Hoan thanh")
    sheet.cell(2, columns["Ngày hoàn thành"], datetime(2023, 12, 20))  # noqa: DTZ001 - a cell of a sheet has no zone
    sheet.cell(2, columns["Kết quả"], "Nghị định đã ban hành")
    sheet.cell(4, columns["Trạng thái"], "quá hạn chưa hoàn thành")
    sheet.cell(4, columns["Điểm nghẽn"], "pháp lý; nguồn lực")
    sheet.cell(4, columns["Lý do vướng mắc"], "chờ luật")
    book.save(path)
    found = read_update(path, ledger, as_of=date(2025, 11, 20), source="Báo cáo 12")
    assert [(change.line, change.entry.id, change.report.state) for change in found.changes] == [
        (2, "T1", TaskState.DONE),
        (4, "T3", TaskState.OVERDUE),
    ]
    assert store.task_reports()[0].task_id == "T2"
    assert apply_update(store, found) == 2
    after = TaskLedger(store, DAY)
    done = after.entry("T1").progress
    assert (done.state, done.days_late, done.as_of) == (TaskState.DONE, 0, date(2025, 11, 20))
    assert done.report is not None
    assert (done.report.provenance.address, done.report.provenance.place, done.report.result) == (
        "Báo cáo 12",
        "dòng 2",
        "Nghị định đã ban hành",
    )
    assert after.entry("T3").progress.bottlenecks == (Bottleneck.LAW, Bottleneck.RESOURCES)
    assert after.entry("T2").progress.state is TaskState.UNDER_WAY


def test_an_update_of_the_same_source_adds_to_the_history(store: Store, tmp_path: Path) -> None:
    fill(store, task("T1"), task("T2", place="Điều 2"))
    path = tmp_path / "bao-cao.csv"
    for line, as_of in (
        ("T1,Đang triển khai", "01/05/2025"),
        ("T1,Hoàn thành", "01/06/2025"),
        ("T2,Hoàn thành", "01/07/2025"),
    ):
        path.write_text(f"Mã nhiệm vụ,Trạng thái,Tính đến ngày\n{line},{as_of}\n", encoding="utf-8")
        apply_update(store, read_update(path, TaskLedger(store, DAY)))
    ledger = TaskLedger(store, DAY)
    assert [told.state for told in ledger.entry("T1").progress.history] == [TaskState.DONE, TaskState.UNDER_WAY]
    assert ledger.entry("T2").progress.state is TaskState.DONE


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("T9,Hoàn thành,,,", "no task"),
        (",Hoàn thành,,,", "no task is named"),
        ("T1,,,,", "no state"),
        ("T1,xong phim,,,", "names no state"),
        ("T1,Hoàn thành,31/02/2025,,", "is no day"),
        ("T1,Hoàn thành,2026,,", "is no day"),
        ("T1,Đang triển khai,01/01/2025,,", "day of completion"),
        ("T1,Hoàn thành,01/01/2027,,", "after the day"),
        ("T1,Đang triển khai,,kinh phí,vì", "none of the bottlenecks"),
        ("T1,Đang triển khai,,pháp lý,", "without a reason"),
    ],
)
def test_a_row_that_is_not_understood_is_refused_with_its_line_and_nothing_is_written(
    store: Store, tmp_path: Path, line: str, why: str
) -> None:
    fill(store, task("T1"), task("T2", place="Điều 2"))
    path = tmp_path / "bao-cao.csv"
    head = "Mã nhiệm vụ,Trạng thái,Ngày hoàn thành,Điểm nghẽn,Lý do vướng mắc"
    path.write_text(f"{head}\nT2,Hoàn thành,,,\n{line}\n", encoding="utf-8")
    found = read_update(path, TaskLedger(store, DAY), as_of=DAY)
    (refusal,) = found.refusals
    assert (refusal.line, why in refusal.why) == (3, True), refusal
    with pytest.raises(RefusedRowsError, match="line 3"):
        apply_update(store, found)
    assert store.task_reports() == ()
    assert apply_update(store, found, partial=True) == 1


def test_a_task_named_twice_and_a_table_without_a_day_are_refused(store: Store, tmp_path: Path) -> None:
    fill(store, task("T1"))
    path = tmp_path / "bao-cao.csv"
    path.write_text("Mã nhiệm vụ,Trạng thái\nT1,Hoàn thành\nT1,Hoàn thành\n", encoding="utf-8")
    assert [refusal.line for refusal in read_update(path, TaskLedger(store, DAY), as_of=DAY).refusals] == [3]
    assert "--as-of" in read_update(path, TaskLedger(store, DAY)).refusals[0].why
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UnusableInputError, match="Mã nhiệm vụ, Trạng thái"):
        read_update(path, TaskLedger(store, DAY))


def test_a_sheet_that_is_not_the_template_but_has_its_headings_is_read(store: Store, tmp_path: Path) -> None:
    fill(store, task("T1"))
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["ma nhiem vu", "TRẠNG THÁI", "Ghi chú riêng"])
    sheet.append(["T1", "done", "x"])
    book.save(tmp_path / "khac.xlsx")
    found = read_update(tmp_path / "khac.xlsx", TaskLedger(store, DAY), as_of=DAY)
    assert [change.report.state for change in found.changes] == [TaskState.DONE]


def test_the_export_carries_every_task_with_its_source(store: Store, tmp_path: Path) -> None:
    fill(store, task("T1"), task("T2", place="Điều 2", summary="=HYPERLINK(1)"))
    path = tmp_path / "nhiem-vu.csv"
    export_table(task_table(TaskLedger(store, DAY).entries, DAY), path)
    rows = read_sheet(path).rows
    assert [row.cells["Mã nhiệm vụ"] for row in rows] == ["T1", "T2"]
    assert rows[1].cells["Nhiệm vụ"] == "=HYPERLINK(1)"
    assert (rows[0].cells["Tính đến ngày"], rows[0].cells["Địa chỉ nguồn"]) == ("2025-11-24", "chi-thi-901")


def test_the_subject_of_a_task_leaves_out_the_documents_it_names() -> None:
    assert subject_of("Thực hiện “số hóa” theo Luật số 26/2023/QH15") == "số hóa"
    assert subject_of("Tổ chức triển khai thực hiện") == "Tổ chức triển khai thực hiện"
