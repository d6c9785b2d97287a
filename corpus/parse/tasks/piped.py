"""Rows of a text that stand on a line each, with bars between their cells: "TT | Nhiệm vụ | Cơ quan chủ trì"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.blocks import Row
from corpus.parse.tasks.columns import plain, read_header

_RULE = re.compile(r"[\s|:=-]+")  # the line of Markdown below a header
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_FEWEST = 3  # cells of a row of the narrowest list of tasks


def piped_rows(lines: Sequence[tuple[int, str]], first: int) -> tuple[list[Row], int] | None:
    """The rows from line ``first`` on and the line behind them; None where it is no header of a list of tasks.

    Blank lines may stand between the rows; a cell merged over the columns, which repeats in them, is said once.
    """
    header = _cells(lines[first][1])
    if len(header) < _FEWEST or read_header(header) is None:
        return None
    rows, end = [header], first + 1
    for index in range(first + 1, len(lines)):
        line = lines[index][1]
        if not line.strip():
            continue
        cells = _cells(line)
        if len(cells) < _FEWEST:
            break
        end = index + 1
        if not _RULE.fullmatch(line):
            rows.append(_once(cells))
    return (rows, end) if len(rows) > 1 else None


def _cells(line: str) -> Row:
    if "|" not in line:
        return ()
    said = line.strip().removeprefix("|").removesuffix("|")
    return tuple(plain(_BREAK.sub(" ", cell)) for cell in said.split("|"))


def _once(cells: Row) -> Row:
    number, *others = cells
    is_merged = bool(others[0]) and len(set(others)) == 1
    return (number, others[0], *[""] * (len(others) - 1)) if is_merged else cells
