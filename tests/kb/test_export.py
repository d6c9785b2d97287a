"""Tables on their way out and back in."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import tracemalloc
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from kb.errors import Dean06Error, UnusableInputError
from kb.export import Cell, Column, ColumnKind, Format, Link, Row, Table, export_table, read_sheet
from kb.export.neutral import neutralised, printable, restored
from kb.export.xlsx_file import LONGEST_CELL
from kb.model import Evidence, Provenance

SEEN = Provenance("register", "https://example.vn/van-ban", Evidence.PAGE, place="Phụ lục I, STT 1")  # made up
COLUMNS = (
    Column("name", "Tên"),
    Column("count", "Số", ColumnKind.NUMBER),
    Column("day", "Ngày", ColumnKind.DAY),
    Column("link", "Liên kết", ColumnKind.LINK),
    Column("parts", "Các phần", ColumnKind.LIST),
)
DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "＝1",
    "＋1",
    "－1",
    "＠A",
    "\u200b=1",
    "−1",
    "'=1",
]


def table(*rows: tuple[Cell, ...], as_of: date = date(2025, 11, 7)) -> Table:
    return Table("Bảng thử", COLUMNS, [Row(cells, SEEN) for cells in rows], as_of)


def row(name: str) -> tuple[Cell, ...]:
    return name, 3, date(2025, 10, 31), Link("xem", "https://example.vn/a"), ("a", "b")


def written(made: Table, kind: Format) -> bytes:
    target = io.BytesIO()
    export_table(made, target, kind)
    return target.getvalue()


def sheet_of(made: Table) -> Any:
    return load_workbook(io.BytesIO(written(made, Format.XLSX))).worksheets[0]


def test_csv_opens_in_excel_and_follows_rfc_4180() -> None:
    data = written(table(row('Tên "có" dấu, phẩy')), Format.CSV)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 2
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert lines[0] == [
        "Tên",
        "Số",
        "Ngày",
        "Liên kết",
        "Các phần",
        "Tính đến ngày",
        "Nguồn",
        "Địa chỉ nguồn",
        "Vị trí trong nguồn",
    ]
    assert lines[1] == [
        'Tên "có" dấu, phẩy',
        "3",
        "2025-10-31",
        "xem",
        "a; b",
        "2025-11-07",
        "register",
        SEEN.address,
        SEEN.place,
    ]


def test_every_row_carries_its_day_its_source_and_the_address() -> None:
    made = Table("Bảng", COLUMNS[:1], [Row(("a",), SEEN), Row(("b",), SEEN, date(2024, 1, 1))], date(2025, 11, 7))
    told = json.loads(written(made, Format.JSON))
    assert [each["as_of"] for each in told] == ["2025-11-07", "2024-01-01"]
    assert {(each["source"], each["source_address"]["address"], each["source_place"]) for each in told} == {
        ("register", SEEN.address, SEEN.place)
    }


def test_a_workbook_keeps_numbers_days_and_links_as_such() -> None:
    sheet = sheet_of(table(row("Bộ Công an"), ("-", Decimal("-37.5"), None, None, None)))
    name, count, day, link, parts = sheet[2][:5]
    assert (name.value, count.value, day.value.date(), parts.value) == ("Bộ Công an", 3, date(2025, 10, 31), "a; b")
    assert (count.data_type, day.is_date, day.number_format) == ("n", True, "dd/mm/yyyy")
    assert (link.value, link.hyperlink.target) == ("xem", "https://example.vn/a")
    assert sheet["B3"].value == -37.5
    assert sheet["C3"].value is None
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:I3")
    assert sheet.column_dimensions["A"].width == 20


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "/van-ban/a"])
def test_only_addresses_of_the_web_can_be_followed_from_a_sheet(address: str) -> None:
    assert sheet_of(table(("a", None, None, Link("xem", address), None)))["D2"].hyperlink is None


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_looks_like_a_formula_is_text_in_csv_and_xlsx_and_comes_back(text: str, tmp_path: Path) -> None:
    made = table((text, -5, None, Link(text, text), (text, "b")))
    sheet = sheet_of(made)
    for cell in ("A2", "D2", "E2"):
        assert sheet[cell].data_type == "s"
        assert sheet[cell].value.startswith("'")
    assert sheet["B2"].value == -5
    line = list(csv.reader(io.StringIO(written(made, Format.CSV).decode("utf-8-sig"), newline="")))[1]
    assert line[0].startswith("'")
    assert line[1] == "-5"
    for kind in (Format.CSV, Format.XLSX):
        path = tmp_path / f"bang.{kind}"
        export_table(made, path)
        read = str(read_sheet(path).rows[0].cells["Tên"])
        assert read.replace("\r", "\n") == text.replace("\r", "\n")  # XML knows one line break
    assert json.loads(written(made, Format.JSON))[0]["name"] == text


def test_headings_are_neutralised_too() -> None:
    made = Table("Bảng", (Column("a", "=1+1"),), [Row(("a",), SEEN)], date(2025, 1, 1))
    assert sheet_of(made)["A1"].value == "'=1+1"
    assert written(made, Format.CSV).startswith(b'\xef\xbb\xbf"\'=1+1"')


@given(st.text())
def test_neutralising_can_always_be_undone(text: str) -> None:
    assert restored(neutralised(text)) == text
    assert not neutralised(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text())
def test_printable_text_is_left_alone_the_second_time(text: str) -> None:
    assert printable(printable(text)) == printable(text)


def test_control_characters_and_broken_halves_do_not_stop_an_export(tmp_path: Path) -> None:
    made = table(("a\x00b\x0bc\ud800d\uffff", 1, None, None, None))
    for kind in (Format.CSV, Format.XLSX):
        path = tmp_path / f"bang.{kind}"
        export_table(made, path)
        assert read_sheet(path).rows[0].cells["Tên"] == "a␀b␋c\ufffdd\ufffd"
    assert json.loads(written(made, Format.JSON))


def test_a_text_longer_than_a_cell_is_cut_where_it_is_seen() -> None:
    value = sheet_of(table(("a" * 40_000, 1, None, None, None)))["A2"].value
    assert (len(value), value[-4:]) == (LONGEST_CELL, " […]"[-4:])


def test_numbers_beyond_what_a_sheet_keeps_stay_whole_as_text() -> None:
    assert sheet_of(table(("a", 12345678901234567890, None, None, None)))["B2"].value == "12345678901234567890"


@pytest.mark.parametrize("kind", [Format.CSV, Format.JSON])
def test_many_rows_need_no_more_memory_than_a_few(kind: Format) -> None:
    def rows() -> Iterator[Row]:
        return (Row(row(f"Nhiệm vụ {number}"), SEEN) for number in range(10_000))

    class Sink(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            return len(data)

    tracemalloc.start()
    try:
        export_table(Table("Bảng", COLUMNS, rows(), date(2025, 1, 1)), Sink(), kind)  # type: ignore[arg-type]  # a stream that keeps nothing
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_a_row_that_does_not_fit_the_columns_is_an_error() -> None:
    with pytest.raises(ValueError, match="2 cells in a row of 5"):
        written(table(("a", 1)), Format.CSV)


def test_a_failed_export_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "bang.csv"
    path.write_text("cũ", encoding="utf-8")
    with pytest.raises(ValueError, match="cells in a row"):
        export_table(table(("a", 1)), path)
    assert path.read_text(encoding="utf-8") == "cũ"
    assert list(tmp_path.iterdir()) == [path]


def test_a_name_without_a_known_format_says_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="xlsx"):
        export_table(table(), tmp_path / "bang.docx")
    with pytest.raises(Dean06Error, match="cannot be written"):
        export_table(table(), tmp_path / "no" / "bang.csv")


def test_no_rows_are_a_table_all_the_same(tmp_path: Path) -> None:
    assert json.loads(written(table(), Format.JSON)) == []
    for kind in (Format.CSV, Format.XLSX):
        path = tmp_path / f"bang.{kind}"
        export_table(table(), path)
        assert read_sheet(path).rows == ()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_excel_saves_anywhere_is_read(separator: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "bang.csv"
    path.write_bytes(f'Mã{separator}Tên\r\n1{separator}"a\r\nb"\r\n\r\n2{separator}c\r\n'.encode(encoding))
    sheet = read_sheet(path)
    assert sheet.headings == ("Mã", "Tên")
    assert [(each.line, each.cells["Mã"]) for each in sheet.rows] == [(2, "1"), (5, "2")]
    assert sheet.heading("ten") == "Tên"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "no table"),
        (b"PK\x03\x04 not a workbook", "not a workbook"),
        (b"a,a\r\n1,2\r\n", "twice"),
        (b"\xff\xfa\xf0", "not UTF-8"),
        (b'a,b\r\n"1,2\r\n', "line"),
        (b"a\x00b", "not text"),
    ],
)
def test_what_is_no_table_is_refused_by_its_name(data: bytes, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "tep.csv"
    path.write_bytes(data)
    with pytest.raises(UnusableInputError, match=problem) as refused:
        read_sheet(path)
    assert "tep.csv" in refused.value.problem
    with pytest.raises(UnusableInputError, match="cannot be read"):
        read_sheet(tmp_path / "no.csv")


@given(st.binary(max_size=200) | st.binary(max_size=200).map(lambda data: b"PK\x03\x04" + data))
def test_any_file_is_a_table_or_refused(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tep"
        path.write_bytes(data)
        try:
            assert read_sheet(path).headings
        except UnusableInputError as refused:
            assert "tep" in refused.problem  # noqa: PT017 - either outcome is right
