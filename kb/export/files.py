"""A table into a file of the format that its name says."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from kb.errors import Dean06Error, UnusableInputError
from kb.export.csv_file import write_csv
from kb.export.json_file import write_json
from kb.export.table import Table


class Format(StrEnum):
    """A format that tables are written in."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"

    @classmethod
    def of(cls, path: Path) -> Format:
        """The format that a file's name says; raises ``UnusableInputError`` where it says none of them."""
        try:
            return cls(path.suffix.lower().removeprefix("."))
        except ValueError:
            raise UnusableInputError(f"{path.name} says no format.", "Name it .csv, .xlsx or .json.") from None

    @property
    def media_type(self) -> str:
        """What a browser is told."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSON: "application/json",
}


def export_table(table: Table, target: Path | BinaryIO, format: Format | None = None) -> None:  # noqa: A002 - the field's word
    """Write the table; into a path whole or not at all. ``format`` may be left to a path's name.

    Raises ``UnusableInputError`` for a name that says no format, ``Dean06Error`` where the file cannot be written.
    """
    if not isinstance(target, Path):
        _writer(format or Format.CSV)(table, target)
        return
    write = _writer(format or Format.of(target))
    try:
        _write_beside(target, lambda file: write(table, file))
    except OSError as error:
        raise Dean06Error(f"{target} cannot be written: {error.strerror}.", "Choose another file.") from error


def export_workbook(tables: Sequence[Table], target: Path) -> None:
    """Write tables as the sheets of one workbook, whole or not at all; raises as ``export_table`` does."""
    from kb.export.xlsx_file import write_xlsx

    first, *more = tables
    try:
        _write_beside(target, lambda file: write_xlsx(first, file, *more))
    except OSError as error:
        raise Dean06Error(f"{target} cannot be written: {error.strerror}.", "Choose another file.") from error


def _write_beside(target: Path, write: Callable[[BinaryIO], None]) -> None:
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
        Path(beside).chmod(0o666 & ~_umask())
        Path(beside).replace(target)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _writer(format: Format) -> Callable[[Table, BinaryIO], None]:  # noqa: A002 - the field's word
    if format is Format.XLSX:
        from kb.export.xlsx_file import write_xlsx

        return write_xlsx
    return write_csv if format is Format.CSV else write_json
