"""JSON: an array of objects, written row by row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from kb.export.table import Cell, Link, Table

_Value = str | int | float | list[str] | dict[str, str] | None


def write_json(table: Table, target: BinaryIO) -> None:
    """Write the rows as objects by column name: days in ISO form, a link as its text and address, None for not known."""
    names = [column.name for column in table.all_columns]
    objects = (dict(zip(names, map(_value, cells), strict=True)) for cells in table.all_cells())
    write_objects(objects, target)


def write_objects(objects: Iterable[dict[str, object]] | Iterable[dict[str, _Value]], target: BinaryIO) -> None:
    """Write objects as one array, an object a line."""
    separator = "["
    for each in objects:
        line = separator + json.dumps(each, ensure_ascii=False)
        target.write(line.encode("utf-8", "replace"))
        separator = ",\n"
    target.write(b"]\n" if separator != "[" else b"[]\n")


def _value(cell: Cell) -> _Value:
    if cell is None or isinstance(cell, str | int):
        return cell
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    if isinstance(cell, Link):
        return {"text": cell.text, "address": cell.address}
    return list(cell) if isinstance(cell, Sequence) else str(cell)
