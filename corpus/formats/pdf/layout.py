"""Pages to blocks: tables and footnotes apart, furniture left out, the rest as paragraphs that may run over pages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.blocks import Block, BlockKind, Row
from corpus.formats.notices import is_letterhead
from corpus.formats.pdf.cells import joined_rows, read_cells, same_columns, table_text
from corpus.formats.pdf.footnotes import cut_footnotes, text_size
from corpus.formats.pdf.furniture import Cleared, PageRows, clear_pages
from corpus.formats.pdf.lines import Line, Segment, order_lines, read_rows, spell_raised
from corpus.formats.pdf.page import Box, Page, Word
from corpus.formats.pdf.paragraphs import Measure, Paragraph, find_paragraphs, goes_on_over_page
from corpus.formats.pdf.tables import Grid, find_grids
from kb.text import fold

_LAYOUT_EDGES = 4  # columns or rows of a letterhead at most, and one
_WHOLE = (0.0, 0.0)  # the column of a line that stands in none
_ROOM = 2.2  # em between baselines
_AT_FOOT = 0.75  # of the page's height: a table that ends below may go on


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of all pages, and what was left out of them."""

    blocks: tuple[Block, ...]
    remarks: tuple[str, ...]


@dataclass(slots=True)
class _Table:
    page: int
    grid: Grid
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _PageParts:
    """A page in pieces: what it shows in order, the lines of its footnotes, its measure."""

    page: Page
    parts: list[Paragraph | _Table]
    measure: Measure
    notes: list[Line]


def lay_out(pages: Sequence[Page]) -> Layout:
    """The blocks of the pages: the text with its tables, then all footnotes, each with the page on which it stands."""
    tables = [_tables(page) for page in pages]
    cleared = clear_pages([_free_rows(page, held) for page, held in zip(pages, tables, strict=True)])
    lines = [list(order_lines(clean.rows, _WHOLE)) for clean in cleared]
    size = text_size(lines)
    parts: list[_PageParts] = []
    for page, held, shown, clean in zip(pages, tables, lines, cleared, strict=True):
        text, notes = cut_footnotes(shown, page.rules, page.width, size, goes_on=bool(parts and parts[-1].notes))
        parts.append(_PageParts(page, *_body(page, held, text, clean.turned), notes))
    marks = frozenset(line.raised_start for page in parts for line in _starts(page)) - {""}
    blocks = [_spelled(block, marks) for block in (*_spaced(_over_pages(parts)), *_footnotes(parts))]
    placed = [replace(block, position=position) for position, block in enumerate(_without_doubled_blanks(blocks))]
    return Layout(tuple(placed), tuple(_remarks(pages, cleared)))


def _without_doubled_blanks(blocks: Iterable[Block]) -> Iterator[Block]:
    before = ""
    for block in blocks:
        if block.text.strip() or before:
            yield block
        before = block.text.strip()


def _starts(page: _PageParts) -> Iterator[Line]:
    """The lines that may start a footnote, at the foot of the page or below a form."""
    yield from page.notes
    yield from (part.lines[0] for part in page.parts if isinstance(part, Paragraph))


def _spaced(parts: Iterable[Paragraph | _Table]) -> Iterator[Block]:
    """The blocks, with a blank one where the page leaves room between two: what stands apart belongs apart."""
    last: Paragraph | _Table | None = None
    for part in parts:
        if isinstance(last, Paragraph) and isinstance(part, Paragraph) and _is_apart(last.lines[-1], part.lines[0]):
            yield Block(BlockKind.PARAGRAPH, "", 0, part.page)
        yield _block(part)
        last = part


def _is_apart(above: Line, below: Line) -> bool:
    """Whether there is room for a line between two, or the second starts a column beside the first."""
    step = below.baseline - above.baseline
    return step > _ROOM * max(above.size, below.size) or (step < 0 and above.column != below.column)


def _spelled(block: Block, notes: frozenset[str]) -> Block:
    rows = tuple(tuple(spell_raised(cell, notes) for cell in row) for row in block.rows)
    return replace(block, text=spell_raised(block.text, notes), rows=rows)


def _tables(page: Page) -> list[tuple[Grid, list[Word]]]:
    """The ruled tables of a page with the words in each; those of a table in a table belong to the inner one."""
    grids = [grid for grid in find_grids(page.rules) if grid.is_table]
    inner_first = sorted(range(len(grids)), key=lambda index: _area(grids[index].box))
    held: list[list[Word]] = [[] for _ in grids]
    for word in page.words:
        index = next((index for index in inner_first if grids[index].holds(word)), None)
        if index is not None:
            held[index].append(word)
    return [(grid, words) for grid, words in zip(grids, held, strict=True) if words and not _is_layout(grid, words)]


def _is_layout(grid: Grid, words: list[Word]) -> bool:
    """Whether a grid only holds a letterhead or a signature in place, as a table of data never does."""
    if len(grid.columns) > _LAYOUT_EDGES or len(grid.rows) > _LAYOUT_EDGES:
        return False
    text = " ".join(word.text for word in words)
    return is_letterhead(text) or fold(text).startswith("noi nhan")


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _free_rows(page: Page, tables: list[tuple[Grid, list[Word]]]) -> PageRows:
    held = {id(word) for _, words in tables for word in words}
    free = [word for word in page.words if id(word) not in held]
    turned = tuple(Segment((word,), index) for index, word in enumerate(free) if word.turned)
    return PageRows(page.number, page.height, read_rows([word for word in free if not word.turned]), turned)


def _body(
    page: Page, tables: list[tuple[Grid, list[Word]]], lines: list[Line], turned: Iterable[Segment]
) -> tuple[list[Paragraph | _Table], Measure]:
    """What a page's text consists of, its tables where they stand, and the measure of its lines."""
    measure = Measure.of([line for line in lines if len(line.segments) == 1], page.width)
    parts: list[Paragraph | _Table] = []
    rest = lines
    for grid, words in tables:
        above = [line for line in rest if line.baseline <= grid.box[1] + line.size / 2]
        rest = [line for line in rest if line.baseline > grid.box[1] + line.size / 2]
        parts += find_paragraphs(above, measure, page.number)
        parts.append(_Table(page.number, grid, read_cells(grid, words)))
    parts += find_paragraphs(rest, measure, page.number)
    parts += [Paragraph(page.number, [Line((segment,), _WHOLE)]) for segment in turned]
    return parts, measure


def _over_pages(pages: Sequence[_PageParts]) -> Iterator[Paragraph | _Table]:
    """The parts of all pages, those that a page breaks in one."""
    last: Paragraph | _Table | None = None
    above: _PageParts | None = None
    for page in pages:
        for index, part in enumerate(page.parts):
            if last is not None and above is not None and index == 0 and _continued(last, part, above, page):
                continue
            if last is not None:
                yield last
            last = part
        above = page if page.parts else above
    if last is not None:
        yield last


def _continued(last: Paragraph | _Table, part: Paragraph | _Table, above: _PageParts, below: _PageParts) -> bool:
    """Put ``part`` to the end of ``last`` if it goes on with it; whether it did."""
    if isinstance(last, Paragraph) and isinstance(part, Paragraph):
        if not goes_on_over_page(last, part.lines[0], above.measure, below.measure):
            return False
        last.lines += part.lines
        return True
    if isinstance(last, _Table) and isinstance(part, _Table) and same_columns(last.grid, part.grid):
        if last.grid.box[3] < _AT_FOOT * above.page.height:
            return False
        last.rows, last.grid = joined_rows(last.rows, part.rows), part.grid
        return True
    return False


def _footnotes(pages: Sequence[_PageParts]) -> Iterator[Block]:
    """A block a footnote; what stands before the first number of a page goes on with the last of the page before."""
    texts: list[str] = []
    first: Paragraph | None = None
    for page in pages:
        for paragraph in find_paragraphs(page.notes, Measure.of(page.notes, page.page.width), page.page.number):
            if first is not None and not paragraph.lines[0].raised_start:
                texts.append(paragraph.text)
                continue
            if first is not None:
                yield _note(first, texts)
            first, texts = paragraph, [paragraph.text]
    if first is not None:
        yield _note(first, texts)


def _note(first: Paragraph, texts: list[str]) -> Block:
    text = unicodedata.normalize("NFC", "\n".join(texts))
    return Block(BlockKind.FOOTNOTE, text, 0, first.page, box=_box(first))


def _block(part: Paragraph | _Table) -> Block:
    if isinstance(part, _Table):
        return Block(BlockKind.TABLE, table_text(part.rows), 0, part.page, rows=part.rows, box=_rounded(part.grid.box))
    return Block(BlockKind.PARAGRAPH, unicodedata.normalize("NFC", part.text), 0, part.page, box=_box(part))


def _box(paragraph: Paragraph) -> Box:
    """The box of the lines on the paragraph's first page: those of later pages start higher."""
    boxes = [paragraph.lines[0].box]
    for line in paragraph.lines[1:]:
        if line.box[1] < boxes[-1][1]:
            break
        boxes.append(line.box)
    return _rounded((min(b[0] for b in boxes), boxes[0][1], max(b[2] for b in boxes), max(b[3] for b in boxes)))


def _rounded(box: Box) -> Box:
    return round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)


def _remarks(pages: Sequence[Page], cleared: Sequence[Cleared]) -> Iterator[str]:
    for page, clean in zip(pages, cleared, strict=True):
        if clean.stamps:
            yield f"page {page.number}: the stamp of a digital signature is left out: {' / '.join(clean.stamps)}"
        if clean.imprint:
            yield f"page {page.number}: the publisher's imprint is left out"
        if page.slanted:
            yield f"page {page.number}: text set aslant is left out: {page.slanted[:80]}"
