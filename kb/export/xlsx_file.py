"""XLSX with typed cells: numbers as numbers, days as days shown dd/mm/yyyy, links that can be followed; streamed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from kb.errors import UnusableInputError
from kb.export.neutral import neutralised, printable
from kb.export.table import Cell, Column, Link, Table, as_text

MOST_ROWS = 1_048_576
"""Rows that a sheet can hold, the heading included."""
LONGEST_CELL = 32_767
"""Characters that a cell can hold."""
_CUT = " […]"
_MOST_LINKS = 20_000  # Excel repairs a sheet with more than 65,530; each is held in memory until the end
_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number
_Sheet = Any  # the published types of a sheet that is only written lack what it shares with others
_DAY_FORMAT = "dd/mm/yyyy"
_LONGEST_LIST = 255  # characters of a list of choices that a sheet takes
_FIRST_DAY = date(1900, 3, 1)  # spreadsheets disagree on days before it
_FOLLOWED = re.compile(r"https?://\S+")
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")


def write_xlsx(table: Table, target: BinaryIO, *more: Table) -> None:
    """Write the table as one sheet, and ``more`` as sheets behind it: heading frozen, filter on, columns as wide as they say.

    A text longer than a cell can be is cut and ends in "[…]"; links beyond the first 20,000 of a sheet stay as text. Raises
    ``UnusableInputError`` for more rows than a sheet can hold.
    """
    book = Workbook(write_only=True)
    for each in (table, *more):
        _write_sheet(book, each)
    book.save(target)


def _write_sheet(book: Workbook, table: Table) -> None:
    sheet = book.create_sheet(_title(table.title))
    columns = table.all_columns
    _prepare(sheet, columns)
    count = 0
    for count, cells in enumerate(_rows(sheet, table), start=1):
        if count > MOST_ROWS:
            raise UnusableInputError(f"{table.title}: more rows than a sheet can hold.", "Export as CSV.")
        sheet.append(cells)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"


def _prepare(sheet: _Sheet, columns: tuple[Column, ...]) -> None:
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        listed = ",".join(column.choices)
        if listed and len(listed) <= _LONGEST_LIST and not any("," in choice for choice in column.choices):
            choice = DataValidation("list", formula1=f'"{listed}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}{MOST_ROWS}")
            sheet.data_validations.append(choice)


def _rows(sheet: _Sheet, table: Table) -> Iterator[list[SheetCell | None]]:
    yield [_heading(sheet, column.title) for column in table.all_columns]
    links = 0
    for cells in table.all_cells():
        made = [_cell(sheet, cell) for cell in cells]
        for cell, given in zip(made, cells, strict=True):
            if cell and isinstance(given, Link) and links < _MOST_LINKS and _FOLLOWED.fullmatch(given.address):
                cell.hyperlink = given.address
                links += 1
        yield made


def _heading(sheet: _Sheet, title: str) -> SheetCell:
    cell = _text(sheet, title)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: _Sheet, given: Cell) -> SheetCell | None:
    if given is None:
        return None
    if isinstance(given, int | Decimal) and -_EXACT < given < _EXACT:
        return _typed(sheet, given)
    if isinstance(given, date) and given >= _FIRST_DAY:
        cell = _typed(sheet, given)
        cell.number_format = _DAY_FORMAT
        return cell
    return _text(sheet, as_text(given))


def _typed(sheet: _Sheet, value: Any) -> SheetCell:  # noqa: ANN401 - the published types leave out what is taken
    cell: SheetCell = WriteOnlyCell(sheet, value)
    return cell


def _text(sheet: _Sheet, text: str) -> SheetCell:
    """A cell that is text whatever it looks like: the type is set after the value, which would be guessed from it."""
    shown = neutralised(printable(text))
    if len(shown) > LONGEST_CELL:
        shown = shown[: LONGEST_CELL - len(_CUT)] + _CUT
    cell = _typed(sheet, shown)
    cell.data_type = "s"
    return cell


def _title(title: str) -> str:
    return _NOT_IN_A_TITLE.sub(" ", printable(title)).strip("' ")[:31] or "Bảng"
