"""Lists as tables: Excel workbooks, and text with separators."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from corpus.archive import PackedBytes, check_archive
from corpus.blocks import Block, BlockKind, Content, Row
from corpus.formats.tables import MOST_COLUMNS, numbered, row_text
from corpus.formats.text import decode_repaired
from kb.errors import UnusableInputError

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_ROWS = 200_000  # the largest official list has 2,700
_DELIMITERS = "\t;|,"  # where two divide alike, the comma is more likely to be text
_SAMPLE_LINES = 200
_MOST_BLANK = 1_000  # rows without a word after which a list is over
_SAVE_AGAIN = "Open it in a spreadsheet program, save it as .xlsx and import it again; nothing was changed."


def read_xlsx(data: bytes, name: str) -> Content:
    """A workbook: a heading and a table a sheet, the cells as they read; hidden sheets are read, and said to be hidden.

    Raises ``UnusableInputError`` where the file is damaged, made to harm or longer than any list.
    """
    import openpyxl

    check_archive(PackedBytes(name, data))
    _refuse_doctype(data, name)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        with closing(book):
            sheets = [(sheet, _rows(sheet, name)) for sheet in book.worksheets]
    except UnusableInputError:
        raise
    except Exception as error:  # the library's parsers raise what they meet
        raise UnusableInputError(f"{name} is damaged: {error}.", _SAVE_AGAIN) from error
    held = [(sheet, rows) for sheet, rows in sheets if rows]
    blocks = [block for sheet, rows in held for block in _sheet_blocks(sheet.title, rows, titled=len(held) > 1)]
    hidden = [sheet.title for sheet, _ in held if sheet.sheet_state != "visible"]
    remarks = (f"Hidden sheets were read as well: {', '.join(hidden)}.",) if hidden else ()
    return Content("xlsx", numbered(blocks), remarks=remarks)


def read_separated(data: bytes, name: str) -> Content:
    """A CSV or TSV file as one table, its separator told by what divides the lines alike.

    Raises ``UnusableInputError`` for letters that cannot be told, or quotes that never close.
    """
    text, remarks = decode_repaired(data, name)
    text = text.removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # Excel's own way to name it
        return _table(rest, first.strip()[4], name, remarks)
    return _table(text, delimiter_of(text) or ",", name, remarks)


def delimiter_of(text: str) -> str:
    r"""The separator of a table; empty where nothing divides its lines alike.

    >>> delimiter_of("STT;Nhiệm vụ\n1;Rà soát, sửa đổi\n"), delimiter_of("Điều 1. Phạm vi\nLuật này, quy định")
    (';', '')
    """
    scores = {delimiter: _evenness(text, delimiter) for delimiter in _DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > 0 else ""


def _evenness(text: str, delimiter: str) -> float:
    """How many rows have the commonest number of cells, at least two, weighed by that number; 0 where few do."""
    sample = "\n".join(text.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES])
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row]
    except csv.Error:
        return 0
    if not widths:
        return 0
    commonest = max(set(widths), key=widths.count)
    share = widths.count(commonest) / len(widths)
    return share * commonest if commonest > 1 and share > 0.6 else 0


def _table(text: str, delimiter: str, name: str, remarks: tuple[str, ...]) -> Content:
    try:
        rows = _trimmed(list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))
    except csv.Error as error:
        raise UnusableInputError(f"{name} is not a table of separated cells: {error}.", _SAVE_AGAIN) from error
    if len(rows) > MOST_ROWS:
        raise UnusableInputError(f"{name} has more than {MOST_ROWS:,} rows.", _SAVE_AGAIN)
    return Content("csv", numbered(_sheet_blocks("", rows, titled=False)), remarks=remarks)


def _rows(sheet: Worksheet, name: str) -> tuple[Row, ...]:
    """The rows that hold something; a sheet may be set in a font down to its millionth row."""
    held: list[list[str]] = []
    blank = 0
    for cells in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
        row = [cell_text(value) for value in cells]
        blank = 0 if any(row) else blank + 1
        if blank > _MOST_BLANK:
            break
        held += [row] if any(row) else []
        if len(held) > MOST_ROWS:
            raise UnusableInputError(f"{name}: sheet {sheet.title!r} has more than {MOST_ROWS:,} rows.", _SAVE_AGAIN)
    return _trimmed(held)


def cell_text(value: Any) -> str:  # noqa: ANN401 - what openpyxl gives for a cell
    """A typed cell as it reads in Vietnamese; empty for a blank one.

    >>> cell_text(3.0), cell_text(datetime(2024, 6, 30)), cell_text(True), cell_text(0.25), cell_text(None)
    ('3', '30/6/2024', 'TRUE', '0.25', '')
    """
    if isinstance(value, date):
        day = f"{value.day}/{value.month}/{value.year}"
        return f"{day} {value:%H:%M}" if isinstance(value, datetime) and value.time() != time() else day
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    return "" if value is None else str(value).replace("_x000D_", "").strip()


def _trimmed(rows: list[list[str]]) -> tuple[Row, ...]:
    """The rows without blank ones at the end and columns that are blank throughout."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    width = max((index + 1 for row in filled for index, cell in enumerate(row) if cell.strip()), default=0)
    width = min(width, MOST_COLUMNS)
    return tuple(tuple(row[:width]) + ("",) * (width - len(row)) for row in filled)


def _sheet_blocks(title: str, rows: tuple[Row, ...], *, titled: bool) -> Iterator[Block]:
    if titled:
        yield Block(BlockKind.HEADING, title, 0, level=1)
    if rows:
        yield Block(BlockKind.TABLE, "\n".join(map(row_text, rows)), 0, rows=rows)


def _refuse_doctype(data: bytes, name: str) -> None:
    """Parts of a workbook are small XML: a DOCTYPE in one is there to harm."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if entry.filename.endswith((".xml", ".rels")):
                with archive.open(entry) as part:
                    if b"<!DOCTYPE" in part.read(4096):
                        raise UnusableInputError(f"{name} declares a DOCTYPE: it was not read.", _SAVE_AGAIN)
