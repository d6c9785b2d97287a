"""CSV as RFC 4180 has it (comma, quotation marks, CRLF), in UTF-8 with the mark that Excel needs to see it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import BinaryIO

from kb.export.neutral import neutralised, printable
from kb.export.table import Cell, Table, as_text

_MARK = b"\xef\xbb\xbf"


def write_csv(table: Table, target: BinaryIO) -> None:
    """Write the table row by row; every text is quoted, so that no separator of another locale splits it."""
    target.write(_MARK)
    target.writelines(line.encode("utf-8") for line in _lines(table))


def _lines(table: Table) -> Iterator[str]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([neutralised(column.title) for column in table.all_columns])
    for cells in table.all_cells():
        yield _taken(buffer)
        writer.writerow([_value(cell) for cell in cells])
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _value(cell: Cell) -> object:
    return cell if isinstance(cell, int | Decimal) else neutralised(printable(as_text(cell)))
