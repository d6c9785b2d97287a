"""Tables of any format: cells with their spans to rows, and layout told from data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.blocks import CELL_BREAK, Block, BlockKind, Row
from corpus.formats.notices import is_letterhead
from kb.text import fold

MOST_COLUMNS = 200  # the widest real table has about 40; a span can say anything
_MOST_CELLS = 400_000  # of one table
_LAYOUT_COLUMNS = 3  # a letterhead or a signature has two columns, sometimes an empty one between them
_LAYOUT_ROWS = 8
_ARTICLE = re.compile(r"Điều\s+\d+[a-zđ]?\s*[.:]")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the file has it: what stands in it, and over how many rows and columns it goes."""

    blocks: tuple[Block, ...]
    rows: int = 1
    columns: int = 1

    @property
    def text(self) -> str:
        """All of it, a paragraph a line."""
        return "\n".join(block.text for block in self.blocks).strip("\n")


def table_blocks(table: Sequence[Sequence[Cell]]) -> list[Block]:
    """What a table says: one block with rows, or the blocks of its cells one after the other where it is mere layout.

    Letterheads, signatures, frames around a text and whole pages stand in tables: their paragraphs are the document's.
    """
    rows = [row for row in table if row]
    if _is_layout(rows):
        return [block for row in rows for cell in row for block in cell.blocks]
    grid = _grid(rows)
    if not any(any(row) for row in grid):
        return []
    return [Block(BlockKind.TABLE, _text_of(grid), 0, rows=grid)]


def numbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with their positions, without blank ones at the ends or two in a row."""
    kept: list[Block] = []
    for block in blocks:
        if block.text or (kept and kept[-1].text):
            kept.append(replace(block, position=len(kept)) if block.text else Block(BlockKind.PARAGRAPH, "", len(kept)))
    if kept and not kept[-1].text:
        kept.pop()
    return tuple(kept)


def row_text(row: Row) -> str:
    r"""A row on one line.

    >>> row_text(("1", "Bộ Công an\nchủ trì", ""))
    '1 | Bộ Công an chủ trì | '
    """
    return CELL_BREAK.join(" ".join(cell.split()) for cell in row)


def _text_of(grid: tuple[Row, ...]) -> str:
    return "\n".join(row_text(row) for row in grid)


def _is_layout(rows: Sequence[Sequence[Cell]]) -> bool:
    widest = max((len(row) for row in rows), default=0)
    if widest <= 1:
        return True
    if widest > _LAYOUT_COLUMNS or len(rows) > _LAYOUT_ROWS:
        return False
    texts = [cell.text for row in rows for cell in row]
    if len(rows) == 1 and any("\n" in text for text in texts):
        return True
    return any(_is_of_document(text) for text in texts)


def _is_of_document(text: str) -> bool:
    """Whether a cell holds a letterhead, a signature or running articles, which a table of data never does."""
    if is_letterhead(text):
        return True
    lines = text.split("\n")
    return (
        any(fold(line).startswith(("noi nhan", "kinh gui")) for line in lines)
        or sum(map(bool, map(_ARTICLE.match, lines))) > 1
    )


def _grid(rows: Sequence[Sequence[Cell]]) -> tuple[Row, ...]:
    """The cells in their places; a cell that spans several stands in the first, the others are empty."""
    taken: set[tuple[int, int]] = set()
    placed: list[dict[int, str]] = []
    width = 0
    for index, row in enumerate(rows):
        column, here = 0, dict[int, str]()
        for cell in row:
            while (index, column) in taken:
                column += 1
            if column >= MOST_COLUMNS:
                break
            here[column] = cell.text
            columns = max(1, min(cell.columns, MOST_COLUMNS - column))
            for below in range(1, min(max(cell.rows, 1), len(rows) - index)):
                if len(taken) < _MOST_CELLS:
                    taken.update((index + below, column + right) for right in range(columns))
            column += columns
        width = max(width, max(here, default=-1) + 1)
        placed.append(here)
    return tuple(tuple(here.get(column, "") for column in range(width)) for here in placed)
