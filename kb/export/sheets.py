"""Tables on their way back in: a CSV or XLSX that a person has filled in, row by row with its line number."""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from kb.errors import UnusableInputError
from kb.export.neutral import restored
from kb.text import fold

SheetCell = str | date | int | Decimal | None
_SEPARATORS = ",;\t"
_MOST_COLUMNS = 200
_MOST_BYTES = 100_000_000
_MOST_UNPACKED = 1_000_000_000


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A filled row: ``line`` as a spreadsheet counts it, ``cells`` by the heading as printed; empty cells are left out."""

    line: int
    cells: Mapping[str, SheetCell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first table of a file: its headings and its rows; empty rows are left out."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]

    def heading(self, *names: str) -> str | None:
        """The heading that is one of the names, whatever its case, accents and blanks; None where there is none."""
        wanted = {_bare(name) for name in names}
        return next((heading for heading in self.headings if _bare(heading) in wanted), None)


def read_sheet(path: Path) -> Sheet:
    """Read the first sheet of an XLSX file or a CSV file (comma, semicolon or tab; UTF-8, with or without mark, or UTF-16).

    What it is follows from its content, not from its name. Raises ``UnusableInputError`` where it is neither.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnusableInputError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error
    if len(data) > _MOST_BYTES:
        raise UnusableInputError(f"{path.name} is larger than {_MOST_BYTES:,} bytes.", "Split it.")
    lines = _xlsx_lines(data, path.name) if data.startswith(b"PK\x03\x04") else _csv_lines(data, path.name)
    return _sheet(path.name, lines)


_Line = tuple[int, list[SheetCell]]


def _sheet(name: str, lines: Iterable[_Line]) -> Sheet:
    filled = ((number, cells) for number, cells in lines if any(map(_is_filled, cells)))
    first = next(filled, None)
    if first is None:
        raise UnusableInputError(f"{name} holds no table.", "The first row must be the headings.")
    headings = tuple(str(cell or "").strip() for cell in first[1])
    named = tuple(filter(None, headings))
    if len(set(named)) != len(named):
        raise UnusableInputError(f"{name} has one heading twice.", "Each column needs a heading of its own.")
    return Sheet(name, named, tuple(_row(number, headings, cells) for number, cells in filled))


def _row(number: int, headings: tuple[str, ...], cells: list[SheetCell]) -> SheetRow:
    pairs = zip(headings, cells, strict=False)
    return SheetRow(number, {heading: cell for heading, cell in pairs if heading and _is_filled(cell)})


def _is_filled(cell: SheetCell) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


def _xlsx_lines(data: bytes, name: str) -> Iterator[_Line]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    _check_size(data, name)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True, max_col=_MOST_COLUMNS)
        yield from ((number, [_typed(value) for value in row]) for number, row in enumerate(rows, start=1))
    except (*_DAMAGED, InvalidFileException) as error:
        raise UnusableInputError(f"{name} is not a workbook that can be read.", "Save it as .xlsx or .csv.") from error


# What the reader of workbooks lets through where a part of the file is missing, cut or scrambled.
_DAMAGED = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zlib.error,
)


def _check_size(data: bytes, name: str) -> None:
    """Refuse what would unpack to more than a table can be."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except _DAMAGED as error:
        raise UnusableInputError(f"{name} is not a workbook that can be read.", "Save it as .xlsx or .csv.") from error
    if unpacked > _MOST_UNPACKED:
        raise UnusableInputError(f"{name} unpacks to more than {_MOST_UNPACKED:,} bytes.", "Split it.")


def _typed(value: object) -> SheetCell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float):
        return int(value) if value.is_integer() else Decimal(str(value))
    if value is None or (isinstance(value, int | date) and not isinstance(value, bool)):
        return value
    return restored(str(value))


def _csv_lines(data: bytes, name: str) -> Iterator[_Line]:
    text = _decoded(data, name)
    first = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        start = 1
        for cells in reader:
            yield start, [restored(cell) for cell in cells]
            start = reader.line_num + 1
    except csv.Error as error:
        raise UnusableInputError(f"{name}, line {reader.line_num}: {error}.", "Save it as .xlsx or .csv.") from error


def _decoded(data: bytes, name: str) -> str:
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnusableInputError(f"{name} is not UTF-8.", 'Save it as "CSV UTF-8", or as .xlsx.') from error
    if "\x00" in text:
        raise UnusableInputError(f"{name} is not text.", "Give a .csv or .xlsx file.")
    return text


def _bare(heading: str) -> str:
    return " ".join(fold(heading).split())
