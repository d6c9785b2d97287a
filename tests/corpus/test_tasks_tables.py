"""Tasks in tables of every shape: what a reader sees in the row is what the task says. The tables are made up, but for the rows of one real annex."""

from __future__ import annotations

from datetime import date
from html import escape
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from corpus.blocks import Block, BlockKind, Content
from corpus.formats import read_content
from corpus.parse.tasks.columns import Column, read_header
from kb.model import DeadlineKind, Task
from tests.corpus.tasks_made_up import END, HEAD, PLAN, read, read_whole, table

HEADER = ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn hoàn thành", "Sản phẩm")
FIRST = ("1", "Xây dựng nghị định thử", "Bộ Công an", "Bộ Tư pháp; các bộ, ngành", "Quý II/2024", "Nghị định")
SECOND = ("2", "Xây dựng thông tư thử", "Bộ Y tế", "", "30/6/2024", "Thông tư")


def _said(task: Task) -> tuple[str, str, str, str, date | None, str]:
    return (task.number, task.summary, task.lead, task.coordinating, task.deadline, task.product)


EXPECTED = [
    ("1", "Xây dựng nghị định thử", "Bộ Công an", "Bộ Tư pháp; các bộ, ngành", date(2024, 6, 30), "Nghị định"),
    ("2", "Xây dựng thông tư thử", "Bộ Y tế", "", date(2024, 6, 30), "Thông tư"),
]


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (HEADER, "number task lead coordinating deadline product"),
        (("TT", "Nội dung công việc", "Đơn vị thực hiện", "Tiến độ"), "number task lead deadline"),
        (
            ("STT", "Nhiệm vụ", "Văn bản giao nhiệm vụ", "Cơ quan chủ trì thực hiện", "Thời hạn"),
            "number task assigned_in lead deadline",
        ),
        (
            ("STT", "Tên nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "Kết quả thực hiện", "Tiến độ"),
            "number task lead deadline result state",
        ),
        (("TT", "Nhiệm vụ, giải pháp", "Cơ quan chủ trì", "Kết quả", "Thời gian"), "number task lead product deadline"),
        (("STT", "Tên văn bản", "Cơ quan chủ trì soạn thảo", "Thời hạn trình"), "number task lead deadline"),
        (("Thời gian", "Chủ trì", "Phối hợp", "Nội dung"), "deadline lead coordinating task"),
    ],
)
def test_a_header_is_known_by_its_words_in_any_order(header: tuple[str, ...], columns: str) -> None:
    found = read_header(header)
    assert found is not None
    assert found.columns == tuple(Column(name) for name in columns.split())


@pytest.mark.parametrize(
    "header",
    [
        ("STT", "Mã TTHC", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Cơ quan thực hiện"),
        ("TT", "Chỉ tiêu", "Đơn vị", "Kết quả", "Cơ quan chủ trì theo dõi, đánh giá"),
        ("STT", "Tiêu chí thi đua", "Điểm chuẩn", "Hướng dẫn chấm điểm"),
        ("STT", "Bộ, ngành", "Tổng số", "Tỷ lệ"),
        ("1", "Xây dựng nghị định", "Bộ Công an", "Quý II"),
    ],
)
def test_other_tables_are_no_lists_of_tasks(header: tuple[str, ...]) -> None:
    assert read_header(header) is None


def test_each_row_is_a_task() -> None:
    assert [_said(task) for task in table([HEADER, FIRST, SECOND])] == EXPECTED


def test_columns_may_stand_in_any_order() -> None:
    order = (4, 1, 5, 0, 3, 2)
    rows = [[row[column] for column in order] for row in (HEADER, FIRST, SECOND)]
    assert [_said(task) for task in table(rows)] == EXPECTED


def test_a_header_repeated_on_each_page_and_a_row_of_column_numbers_are_no_tasks() -> None:
    numbers = ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)")
    assert [_said(task) for task in table([HEADER, numbers, FIRST], [HEADER, SECOND])] == EXPECTED


def test_the_next_page_may_lack_the_header() -> None:
    assert [_said(task) for task in table([HEADER, FIRST], [SECOND])] == EXPECTED


def test_a_row_broken_by_a_page_goes_on_in_the_next_row() -> None:
    tail = ("", "trong toàn quốc", "", "", "", "được ban hành")
    first, second = table([HEADER, FIRST, tail, SECOND])
    assert first.summary == "Xây dựng nghị định thử trong toàn quốc"
    assert first.product == "Nghị định được ban hành"
    assert second.number == "2"


def test_a_page_of_a_pdf_may_end_within_a_cell_before_a_capital() -> None:
    first = ("1", "Xây dựng đề án của Ban", *FIRST[2:])
    tail = ("", "Chỉ đạo thử nghiệm", "", "", "", "")
    group = ("", "Nhiệm vụ giao Bộ trưởng Bộ Y tế chỉ đạo", "", "", "", "")
    tasks = table([HEADER, first, tail, group, SECOND], format_="pdf")
    assert [task.summary for task in tasks] == ["Xây dựng đề án của Ban Chỉ đạo thử nghiệm", "Xây dựng thông tư thử"]


def test_group_rows_head_the_tasks_below_them() -> None:
    group = ("I", "Nhóm nhiệm vụ về thể chế", "", "", "", "")
    other = ("II. Nhóm nhiệm vụ về hạ tầng", "", "", "", "", "")
    tasks = table([HEADER, group, FIRST, other, ("1", *SECOND[1:])])
    assert [task.place for task in tasks] == ["Phụ lục, mục I, STT 1", "Phụ lục, mục II, STT 1"]
    assert len({task.id for task in tasks}) == 2


def test_a_group_that_names_an_agency_leads_its_tasks_where_no_column_does() -> None:
    rows = [("STT", "Nhiệm vụ", "Thời hạn"), ("I", "Bộ Công an", ""), ("1", "Làm thử", "30/6/2024")]
    assert [task.lead for task in table(rows)] == ["Bộ Công an"]


def test_a_cell_merged_over_rows_holds_for_all_of_them() -> None:
    merged = ("2", "Xây dựng thông tư thử", "", "", "", "Thông tư")
    first, second = table([HEADER, FIRST, merged])
    assert (second.lead, second.coordinating, second.deadline) == (first.lead, first.coordinating, first.deadline)


def test_further_agencies_of_one_task_stand_in_rows_of_their_own() -> None:
    further = ("", "", "Bộ Y tế", "", "", "")
    assert [task.lead for task in table([HEADER, FIRST, further])] == ["Bộ Công an; Bộ Y tế"]


def test_numbers_repeat_and_jump_and_ids_stay_apart() -> None:
    rows = [HEADER, FIRST, ("1", *SECOND[1:]), ("7", *FIRST[1:]), ("7", *FIRST[1:])]
    tasks = table(rows)
    assert [task.number for task in tasks] == ["1", "1", "7", "7"]
    assert len({task.id for task in tasks}) == 4
    assert [task.id for task in tasks] == [task.id for task in table(rows)]


def test_a_header_may_take_two_rows() -> None:
    rows = [
        ("STT", "Nhiệm vụ", "Cơ quan thực hiện", "", "Thời gian", ""),
        ("", "", "Chủ trì", "Phối hợp", "Bắt đầu", "Kết thúc"),
        ("1", "Làm thử", "Bộ Y tế", "Bộ Tư pháp", "01/2024", "12/2024"),
    ]
    (task,) = table(rows)
    assert (task.lead, task.coordinating, task.deadline) == ("Bộ Y tế", "Bộ Tư pháp", date(2024, 12, 31))


@pytest.mark.parametrize(
    "cell",
    [
        "Bộ Y tế chủ trì, phối hợp với Bộ Tư pháp",
        "Chủ trì: Bộ Y tế; phối hợp: Bộ Tư pháp",
        "Chủ trì: Bộ Y tế\nPhối hợp: Bộ Tư pháp",
    ],
)
def test_one_column_may_name_who_leads_and_who_coordinates(cell: str) -> None:
    rows = [("STT", "Nhiệm vụ", "Cơ quan chủ trì, phối hợp", "Thời hạn"), ("1", "Làm thử", cell, "2024")]
    assert [(task.lead, task.coordinating) for task in table(rows)] == [("Bộ Y tế", "Bộ Tư pháp")]


def test_a_frame_of_one_cell_is_prose() -> None:
    (task,) = table([("1. Bộ Y tế xây dựng đề án thử.",)], above="PHỤ LỤC\nKẾ HOẠCH THỬ")
    assert task.lead == "Bộ Y tế"


def test_a_report_gives_state_result_and_the_document_the_tasks_come_from() -> None:
    header = ("STT", "Tên nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "Kết quả thực hiện", "Tiến độ")
    row = ("1", "Làm thử", "Bộ Y tế", "30/6/2024", "Đã trình", "Đã hoàn thành quá hạn")
    above = "PHỤ LỤC\nKẾT QUẢ THỰC HIỆN NHIỆM VỤ TẠI THÔNG BÁO SỐ 77/TB-VPCP NGÀY 01/02/2024"
    (task,) = table([header, row], above=above)
    assert (task.result, task.state_wording) == ("Đã trình", "Đã hoàn thành quá hạn")
    assert task.assigned_in == "THÔNG BÁO SỐ 77/TB-VPCP NGÀY 01/02/2024"


@pytest.mark.parametrize("bars", [True, False], ids=["bars", "lines"])
def test_a_text_with_a_cell_on_each_line_is_a_table(*, bars: bool) -> None:
    rows = [HEADER, FIRST, (*SECOND[:3], "các địa phương", *SECOND[4:])]
    lines = "|\n" + "|\n".join("".join(f"{cell}\n|\n" for cell in row) for row in rows) if bars else None
    text = lines or "\n".join(cell for row in rows for cell in row)
    tasks = read(f"{HEAD}{END}PHỤ LỤC\nDANH MỤC NHIỆM VỤ\n{text}\n", PLAN)
    assert [_said(task)[:3] for task in tasks] == [said[:3] for said in EXPECTED]
    assert [task.deadline for task in tasks] == [date(2024, 6, 30)] * 2
    assert [task.coordinating for task in tasks] == ["Bộ Tư pháp; các bộ, ngành", "các địa phương"]


def test_cells_that_wrap_over_lines_find_their_columns() -> None:
    text = "STT\nNhiệm vụ\nCơ quan chủ trì\nThời hạn\n1\nXây dựng nghị định\nvề việc thử\nBộ Công an\nQuý II/2024\n2\nLàm thử\nBộ Y tế\n2025\n"
    first, second = read(f"{HEAD}{END}PHỤ LỤC\nDANH MỤC NHIỆM VỤ\n{text}", PLAN)
    assert (first.summary, first.lead, first.deadline) == (
        "Xây dựng nghị định về việc thử",
        "Bộ Công an",
        date(2024, 6, 30),
    )
    assert (second.lead, second.deadline_kind) == ("Bộ Y tế", DeadlineKind.YEAR)


def _docx() -> bytes:
    document = Document()
    for line in f"{HEAD}{END}PHỤ LỤC\nDANH MỤC NHIỆM VỤ".split("\n"):
        document.add_paragraph(line)
    group = ("I", "Nhóm nhiệm vụ về thể chế", "", "", "", "")
    cells = document.add_table(rows=4, cols=6)
    for row, words in enumerate((HEADER, group, FIRST, SECOND)):
        for column, cell in enumerate(words):
            cells.cell(row, column).text = cell
    cells.cell(1, 1).merge(cells.cell(1, 5))
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _html() -> bytes:
    group = '<tr><td>I</td><td colspan="5">Nhóm nhiệm vụ về thể chế</td></tr>'
    rows = [f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (HEADER, FIRST, SECOND)]
    lines = "".join(f"<p>{line}</p>" for line in f"{HEAD}{END}PHỤ LỤC\nDANH MỤC NHIỆM VỤ".split("\n"))
    page = f"<html><body>{lines}<table>{rows[0]}{group}{rows[1]}{rows[2]}</table></body></html>"
    return page.encode()


@pytest.mark.parametrize(("data", "name"), [(_docx(), "thu.docx"), (_html(), "thu.html")])
def test_tables_of_files_are_read_alike(data: bytes, name: str) -> None:
    tasks = read_whole(read_content(data, name))
    assert [_said(task) for task in tasks] == EXPECTED
    assert [task.place for task in tasks] == ["Phụ lục, mục I, STT 1", "Phụ lục, mục I, STT 2"]


def _file_of(rows: list[tuple[str, ...]], name: str) -> bytes:
    lines = f"{HEAD}{END}PHỤ LỤC\nDANH MỤC NHIỆM VỤ".split("\n")
    if name.endswith(".html"):
        cells = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows]
        body = "".join(f"<p>{line}</p>" for line in lines) + f"<table><tr>{'</tr><tr>'.join(cells)}</tr></table>"
        return f"<html><body>{body}</body></html>".encode()
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    grid = document.add_table(rows=0, cols=len(HEADER))
    for row in rows:
        for cell, said in zip(grid.add_row().cells, row, strict=True):
            cell.text = said
    file = BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize("name", ["thu.html", "thu.docx"])
def test_the_rows_of_a_real_annex_keep_every_field_in_a_file(real_data: Path, name: str) -> None:
    text = (real_data / "fulltext" / "2629_QĐ-TTg.txt").read_text(encoding="utf-8").partition("\n")[2]
    tasks = read_whole(Content("text", (Block(BlockKind.PARAGRAPH, text, 0),)))
    rows = [
        (task.number, task.summary, task.lead, task.coordinating, task.deadline_wording, task.product)
        for task in tasks
        if task.path == "phu-luc-2"
    ]
    again = read_whole(read_content(_file_of([HEADER, *rows], name), name))
    assert len(rows) == 75
    assert [
        (task.number, task.summary, task.lead, task.coordinating, task.deadline_wording, task.product) for task in again
    ] == rows
