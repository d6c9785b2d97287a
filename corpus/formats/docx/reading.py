"""Word files (.docx, .docm) as blocks.

The parts are read as they are rather than through python-docx, which loses automatic numbers, notes, text boxes and the
difference between what was inserted and what was deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from corpus.blocks import Block, BlockKind, Content
from corpus.formats.docx.inline import Inline
from corpus.formats.docx.numbering import Numbering
from corpus.formats.docx.package import W, WordParts, open_word
from corpus.formats.docx.styles import Styles, value
from corpus.formats.tables import Cell, numbered, table_blocks

DEEPEST_TABLE = 12  # tables in tables beyond this are read as plain paragraphs
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_LARGEST_SPAN = 200
_REMARKS = (
    ("images", "{} images are not text and are not kept."),
    ("deleted", "{} tracked deletions were left out."),
    ("inserted", "{} tracked insertions were taken as the text."),
    ("hidden", "{} pieces of hidden text were left out."),
)


def read_docx(data: bytes, name: str) -> Content:
    """A Word file; raises ``UnusableInputError`` where it is damaged or made to harm.

    Running heads and feet are left out; notes stand at the end, each with the mark that it has in the text ("[1]").
    """
    parts = open_word(data, name)
    styles = Styles.of(parts.styles)
    reader = _Reader(styles, Numbering(styles, parts.numbering), Inline(styles))
    body = parts.document.find(f"{W}body")
    blocks = list(reader.blocks(body)) if body is not None else []
    blocks += reader.notes(parts)
    return Content("docx", numbered(blocks), remarks=tuple(_remarks(reader, parts)))


def _remarks(reader: _Reader, parts: WordParts) -> Iterator[str]:
    for what, remark in _REMARKS:
        if count := reader.inline.seen[what]:
            yield remark.format(count)
    if parts.has_macros:
        yield "The file holds macros; they were not looked at."
    if parts.has_foreign_chunks or reader.foreign:
        yield "The file holds parts in another format, which are not read."


@dataclass(slots=True)
class _Reader:
    """Reads the body from top to bottom: numbers count on, and a deleted paragraph mark joins two paragraphs."""

    styles: Styles
    numbering: Numbering
    inline: Inline
    depth: int = 0
    foreign: bool = False
    carried: list[str] = field(default_factory=list)

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        """The paragraphs and tables in a body, cell, note or text box."""
        outer, self.carried = self.carried, []
        yield from self._blocks(container)
        if self.carried:
            yield Block(BlockKind.PARAGRAPH, "".join(self.carried).strip(), 0)
        self.carried = outer

    def _blocks(self, container: etree._Element) -> Iterator[Block]:
        for child in container:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag == f"{W}altChunk":
                self.foreign = True
            elif child.tag in _DELETED:
                self.inline.seen["deleted"] += 1
            elif child.tag not in {f"{W}tcPr", f"{W}sdtPr", f"{W}sectPr"}:
                yield from self._blocks(child)

    def notes(self, parts: WordParts) -> Iterator[Block]:
        """The notes that the text has marks for, in the order of the marks."""
        roots = {"footnotes": parts.footnotes, "endnotes": parts.endnotes}
        by_id = {
            (part, note.get(f"{W}id", "")): note for part, root in roots.items() if root is not None for note in root
        }
        for part, note_id, mark in tuple(self.inline.notes):
            note = by_id.get((part, note_id))
            if note is not None:
                text = "\n".join(block.text for block in self.blocks(note) if block.text)
                yield Block(BlockKind.FOOTNOTE, f"[{mark}] {text}", 0)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        properties = paragraph.find(f"{W}pPr")
        self.carried.append(self.inline.text(paragraph))
        boxes = self.inline.take_boxes()
        mark = properties.find(f"{W}rPr") if properties is not None else None
        if mark is not None and any(mark.find(tag) is not None for tag in _DELETED):
            self.carried = [text for text in self.carried if text]
        else:
            text, self.carried = "".join(self.carried), []
            yield self._block(text, properties)
        for box in boxes:
            yield from self.blocks(box)

    def _block(self, text: str, properties: etree._Element | None) -> Block:
        label, level = self.numbering.label(properties)
        text = (label + text.strip()).strip()
        if heading := self.styles.heading_level(properties):
            return Block(BlockKind.HEADING, text, 0, level=heading)
        return Block(BlockKind.LIST_ITEM if level else BlockKind.PARAGRAPH, text, 0, level=level)

    def _table(self, table: etree._Element) -> list[Block]:
        if self.depth >= DEEPEST_TABLE:
            return [block for paragraph in table.iter(f"{W}p") for block in self._paragraph(paragraph)]
        self.depth += 1
        rows = [list(self._cells(row)) for row in _rows(table)]
        self.depth -= 1
        return table_blocks(rows)

    def _cells(self, row: etree._Element) -> Iterator[Cell]:
        properties = row.find(f"{W}trPr")
        if before := _span(properties, "gridBefore"):
            yield Cell((), columns=before)
        for cell in _within(row, f"{W}tc"):
            settings = cell.find(f"{W}tcPr")
            blocks = tuple(self.blocks(cell))
            is_continued = any(_continues(settings, merge) for merge in ("vMerge", "hMerge"))
            yield Cell(() if is_continued else blocks, columns=_span(settings, "gridSpan") or 1)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for row in _within(table, f"{W}tr"):
        properties = row.find(f"{W}trPr")
        if properties is None or properties.find(f"{W}del") is None:
            yield row


def _within(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also where something is wrapped around them."""
    children: Iterable[etree._Element] = element
    for child in children:
        if child.tag == tag:
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"}:
            yield from _within(child, tag)


def _continues(settings: etree._Element | None, merge: str) -> bool:
    """Whether the cell is the rest of one above or before it."""
    found = settings.find(f"{W}{merge}") if settings is not None else None
    return found is not None and found.get(f"{W}val", "continue") == "continue"


def _span(settings: etree._Element | None, name: str) -> int:
    printed = value(settings, name)
    return min(int(printed), _LARGEST_SPAN) if printed.isdecimal() and len(printed) < 6 else 0
