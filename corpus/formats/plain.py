"""Plain text as blocks: a line each, so that joining them gives the text back."""

from __future__ import annotations

from corpus.blocks import Block, BlockKind, Content
from corpus.formats.text import decode_repaired


def read_plain(data: bytes, name: str) -> Content:
    """The lines of a text file, blank ones too; raises ``UnusableInputError`` for letters that cannot be told.

    Lines are not joined here: whether one goes on below is known to the parsers, which see what a line is.
    """
    text, remarks = decode_repaired(data, name)
    lines = text.removesuffix("\n").split("\n")
    blocks = (Block(BlockKind.PARAGRAPH, line, position) for position, line in enumerate(lines))
    return Content("text", tuple(blocks), remarks=remarks)
