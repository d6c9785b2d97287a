"""What every format gives: blocks of text in reading order, each with where it stood."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    FOOTNOTE = "footnote"


class TextLayer(StrEnum):
    """Where the letters of a content come from."""

    BORN = "born"  # the file holds them
    OCR = "ocr"  # recognised from images
    NONE = "none"  # images only: kept as "needs OCR"


Row = tuple[str, ...]

CELL_BREAK = " | "  # between the cells of a table's row in a block's text


@dataclass(frozen=True, slots=True)
class Block:
    r"""A paragraph, heading, list item, footnote or table.

    ``text`` is what a reader sees, without a line end at either side; a line break inside a paragraph is ``\n``. Of a
    table it is a line a row, the cells joined by ``CELL_BREAK``. ``rows`` are the cells of a table: a cell that spans
    several rows or columns stands in the first of them, the others are empty. ``page`` counts from 1, None where the
    format has no pages; ``position`` is the block's place in the content, from 0. ``level`` is the depth of a heading
    or list item as the format states it, 0 where it does not. ``box`` is (left, top, right, bottom) in points from the top left
    of the page.
    """

    kind: BlockKind
    text: str
    position: int
    page: int | None = None
    level: int = 0
    rows: tuple[Row, ...] = ()
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """A file as blocks.

    ``format`` is ``html``, ``docx``, ``doc``, ``pdf``, ``image``, ``xlsx``, ``csv`` or ``text``. ``confidence`` is the mean of the
    recogniser's own, from 0 to 1, for OCR only. ``remarks`` say what a reader must know (images left out, damaged pages).
    """

    format: str
    blocks: tuple[Block, ...]
    layer: TextLayer = TextLayer.BORN
    confidence: float | None = None
    remarks: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All blocks, each on lines of its own."""
        return "\n".join(block.text for block in self.blocks)

    @property
    def tables(self) -> Iterator[Block]:
        """The tables, in order."""
        return (block for block in self.blocks if block.kind is BlockKind.TABLE)

    def block_at(self, offset: int) -> Block:
        """The block in which the character at ``offset`` of ``text`` stands; raises ``IndexError`` outside of it."""
        starts = list(accumulate((len(block.text) + 1 for block in self.blocks), initial=0))
        if not 0 <= offset < max(starts[-1] - 1, 1) or not self.blocks:
            raise IndexError(f"no character {offset} in a text of {max(starts[-1] - 1, 0)}")
        return self.blocks[bisect_right(starts, offset) - 1]
