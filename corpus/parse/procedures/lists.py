"""The official lists of procedures: a title row, a header row, a row a procedure (XLSX), or the same as CSV."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from corpus.parse.procedures.values import (
    NotAProcedureError,
    code_of,
    is_code,
    objects_in,
    one_line,
    portal_page,
    seen_on_portal,
    split_names,
    text_of,
    unique,
)
from kb.model import Evidence, Procedure, Provenance
from kb.text import fold

LIST_SOURCE = "dichvucong-list"

_COLUMNS = {
    "code": ("ma so", "ma_so", "ma thu tuc", "ma_thu_tuc", "ma tthc"),
    "name": ("ten", "ten thu tuc", "ten_thu_tuc", "ten thu tuc hanh chinh"),
    "issuer": ("co quan ban hanh", "co_quan_ban_hanh", "co quan cong bo"),
    "executing": ("co quan thuc hien", "co_quan_thuc_hien"),
    "field": ("linh vuc", "linh_vuc"),
}
_ROWS_BEFORE_HEADER = 20
Cells = Sequence[object]


def is_list(rows: Iterable[Cells]) -> bool:
    """Whether rows of a sheet are an official list: codes and names stand under their headers."""
    return _header(list(rows)[:_ROWS_BEFORE_HEADER]) is not None


def read_list(rows: Iterable[Cells], address: str, sha256: str | None = None) -> Iterator[Procedure | tuple[int, str]]:
    """The procedures of a list, each row in its turn; (row, reason) for a row that is none. Rows count from 1."""
    cells = list(rows)
    found = _header(cells[:_ROWS_BEFORE_HEADER])
    if found is None:
        return
    header, columns = found
    for number, row in enumerate(cells[header + 1 :], start=header + 2):
        said = {key: row[column] if column < len(row) else None for key, column in columns.items()}
        if not any(one_line(value) for value in row):
            continue
        code = _whole_code(one_line(said["code"]))
        if not is_code(code) or not one_line(said["name"]):
            yield number, "a row without a code or a name"
            continue
        yield Procedure(
            code=code,
            name=one_line(said["name"]),
            issuer=one_line(said.get("issuer")),
            executing="; ".join(split_names(said.get("executing"))),
            field="; ".join(split_names(said.get("field"))),
            provenance=Provenance(LIST_SOURCE, address, Evidence.OFFICIAL_LIST, sha256=sha256, place=f"dòng {number}"),
        )


def _whole_code(cell: str) -> str:
    """A code with the zeros at its end, which a sheet drops from a cell that holds a number: all codes have six figures."""
    return f"{cell:0<8}" if re.fullmatch(r"\d\.\d{1,5}", cell) else cell


def read_item(item: Mapping[str, object], provenance: Provenance | None = None) -> Procedure:
    """A line of the portal's list (``list-all-formality-by-citizen``): code, name, fields and agencies, no parts.

    Raises ``NotAProcedureError`` where it is something else.
    """
    code = code_of(item.get("code") or item.get("codeNotation"), "The line of the list")
    name = one_line(item.get("name"))
    if not name:
        raise NotAProcedureError(f"The line of {code}", "it has no name")
    return Procedure(
        code=code,
        name=name,
        issuer="",
        executing="; ".join(_names(item.get("departments"))),
        field="; ".join(_names(item.get("categories"))),
        provenance=provenance or seen_on_portal(portal_page(text_of(item.get("id"))), LIST_SOURCE),
    )


def _names(value: object) -> tuple[str, ...]:
    return unique(one_line(one.get("name")) for one in objects_in(value))


def _header(rows: Sequence[Cells]) -> tuple[int, dict[str, int]] | None:
    for position, row in enumerate(rows):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            name = next((key for key, names in _COLUMNS.items() if fold(one_line(cell)) in names), None)
            if name:
                columns.setdefault(name, column)
        if {"code", "name"} <= columns.keys():
            return position, columns
    return None
