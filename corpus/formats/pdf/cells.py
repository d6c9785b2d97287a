"""What stands in a ruled table: the text of each cell, and tables that go on over pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from corpus.blocks import Row
from corpus.formats.pdf.lines import GAP, read_rows
from corpus.formats.pdf.page import Word
from corpus.formats.pdf.paragraphs import join_lines
from corpus.formats.pdf.tables import Grid
from corpus.formats.tables import row_text

_STARTS = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[-–+•*])\s+\S")
_ENDS = re.compile(r"[.;:]$")
_SAME_EDGE = 4.0  # points between the columns of a table on two pages
_MOST_HEADERS = 3


def read_cells(grid: Grid, words: Sequence[Word]) -> tuple[Row, ...]:
    """The cells of a table, row by row; a cell over several squares stands in the first, the others are empty."""
    held: defaultdict[tuple[int, int], list[Word]] = defaultdict(list)
    for word in words:
        held[grid.cell_of(word)].append(word)
    return tuple(
        tuple(_text(held.get((row, column), ())) for column in range(len(grid.columns) - 1))
        for row in range(len(grid.rows) - 1)
    )


def table_text(rows: Sequence[Row]) -> str:
    """The table as text, a line a row."""
    return "\n".join(map(row_text, rows))


def same_columns(one: Grid, other: Grid) -> bool:
    """Whether two grids have their columns at the same places, as the parts of a table on two pages have."""
    pairs = zip(one.columns, other.columns, strict=False)
    return len(one.columns) == len(other.columns) and all(abs(a - b) <= _SAME_EDGE for a, b in pairs)


def joined_rows(above: Sequence[Row], below: Sequence[Row]) -> tuple[Row, ...]:
    """The rows of a table that goes on over a page: headers that are repeated once, a row that the page breaks in one."""
    headers = 0
    while (
        headers < min(len(above), len(below), _MOST_HEADERS)
        and above[headers] == below[headers]
        and any(above[headers])
    ):
        headers += 1
    rest = list(below[headers:])
    if above and rest and _is_broken_row(above[-1], rest[0]):
        return (
            *above[:-1],
            tuple(join_lines(filter(None, cells)) for cells in zip(above[-1], rest[0], strict=True)),
            *rest[1:],
        )
    return (*above, *rest)


def _is_broken_row(above: Row, below: Row) -> bool:
    """Whether every text of a page's first row goes on with one in mid-sentence at the end of the page before."""
    texts = [(a, b) for a, b in zip(above, below, strict=True) if b]
    return bool(texts) and not below[0] and all(a and b[0].islower() and not _ENDS.search(a) for a, b in texts)


def _text(words: Sequence[Word]) -> str:
    lines = [GAP.join(segment.text for segment in row) for row in read_rows(words)]
    texts: list[list[str]] = []
    for line in lines:
        if texts and not _STARTS.match(line):
            texts[-1].append(line)
        else:
            texts.append([line])
    return "\n".join(map(join_lines, texts))
