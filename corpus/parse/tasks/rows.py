r"""The rows of the tables in a text: as the format gives them, or gathered from a text that holds one cell a line.

Three shapes of such texts are known: cells between lines that hold a bar only (a row opens with a bar and each of its
cells closes with one), a row on each line with bars between the cells, and a cell on each line, the header too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from corpus.blocks import BlockKind, Content, Row
from corpus.parse.tasks.columns import Column, Header, plain, read_header
from corpus.parse.tasks.deadlines import read_deadline
from corpus.parse.tasks.piped import piped_rows
from corpus.parse.tasks.words import AGENCY
from kb.model import DeadlineKind
from kb.text import fold

_ORDINAL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2}){0,3}|[IVX]{1,5}(?:\.\d{1,2}){0,3}|[A-ZĐ]|[a-zđ])\)?[.)]?")
_MOST_COLUMNS = 12
_LONGEST_ROW = 60  # lines of a row whose cells stand one a line


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the span of the text that it covers; ``above`` are the last words before it."""

    rows: tuple[Row, ...]
    start: int
    end: int
    above: str

    @property
    def width(self) -> int:
        """The most cells of a row that say something: 1 for a frame around running text."""
        return max((sum(bool(plain(cell)) for cell in row) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell between bars: how many bars stand before it, and whether a blank line sets it apart from them."""

    bars: int
    text: str
    end: int
    stands_apart: bool


def find_tables(content: Content) -> list[Table]:
    """All tables of a content and of the texts in it, in the order of its text."""
    found: list[Table] = []
    starts = list(accumulate((len(block.text) + 1 for block in content.blocks), initial=0))
    text = content.text
    taken = []
    for block, start in zip(content.blocks, starts, strict=False):
        if block.kind is BlockKind.TABLE and block.rows:
            end = start + len(block.text)
            found.append(Table(block.rows, start, end, _above(text, start)))
            taken.append((start, end))
    free = _Lines(text, taken)
    found.extend(free.barred())
    found.extend(free.piped())
    found.extend(free.one_cell_a_line([(table.start, table.end) for table in found]))
    return sorted(found, key=lambda table: table.start)


def is_ordinal(cell: str) -> bool:
    """Whether a cell is a number of a list: "1", "1.1", "III", "a)"."""
    return _ORDINAL.fullmatch(plain(cell)) is not None


class _Lines:
    """The lines of a text with their offsets, those of known tables left out."""

    def __init__(self, text: str, taken: list[tuple[int, int]]) -> None:
        self._text = text
        self._lines: list[tuple[int, str]] = []
        start = 0
        for line in text.split("\n"):
            if not any(first <= start < end for first, end in taken):
                self._lines.append((start, line))
            start += len(line) + 1

    def barred(self) -> Iterator[Table]:
        """Tables whose cells stand between lines that hold a bar only."""
        index = 0
        while index < len(self._lines):
            if self._is_bar(index) and index + 1 < len(self._lines) and _is_number_word(self._lines[index + 1][1]):
                rows, end = self._barred_rows(index)
                if rows:
                    yield self._table(rows, index, end)
                    index = end
                    continue
            index += 1

    def piped(self) -> Iterator[Table]:
        """Tables with a row on each line and bars between the cells."""
        index = 0
        while index < len(self._lines):
            found = piped_rows(self._lines, index)
            if found is not None:
                yield self._table(found[0], index, found[1])
            index = found[1] if found else index + 1

    def one_cell_a_line(self, taken: list[tuple[int, int]]) -> Iterator[Table]:
        """Tables with a cell on each line: a header whose words are known, then rows that begin with a number."""
        index = 0
        while index < len(self._lines):
            start = self._lines[index][0]
            if _is_number_word(self._lines[index][1]) and not any(first <= start < end for first, end in taken):
                found = self._loose_rows(index)
                if found is not None:
                    rows, end = found
                    yield self._table(rows, index, end)
                    index = end
                    continue
            index += 1

    def _table(self, rows: list[Row], first: int, end: int) -> Table:
        start = self._lines[first][0]
        last = self._lines[end - 1]
        return Table(tuple(rows), start, last[0] + len(last[1]), _above(self._text, start))

    def _is_bar(self, index: int) -> bool:
        return self._lines[index][1].strip() == "|"

    def _barred_rows(self, first: int) -> tuple[list[Row], int]:
        cells = list(self._cells(first))
        rows: list[Row] = []
        row: list[str] = []
        width, end = 0, first
        for index, cell in enumerate(cells):
            if row and cell.bars == 1 and (len(row) == width or cell.stands_apart):
                break
            end = cell.end
            if row and cell.bars > 1 and not (width and self._goes_on(row, cells, index, width)):
                rows.append(tuple(row))
                leading = cell.bars - 2 if len(row) == width else 0
                width = width or len(row)
                row = [""] * leading
            elif row:
                row.extend([""] * (cell.bars - 1))
            row.append(cell.text)
        if row:
            rows.append(tuple(row))
        return (_aligned(rows), end) if len(rows) > 1 else ([], first)

    def _cells(self, index: int) -> Iterator[_Cell]:
        """The cells from a bar on, each with the bars before it; what follows a text without a bar is none."""
        bars, apart = 0, False
        while index < len(self._lines):
            if self._is_bar(index):
                bars += 1
            elif not self._lines[index][1].strip():
                apart = apart or bars > 0
            else:
                start = index
                while index < len(self._lines) and not self._is_bar(index):
                    index += 1
                yield _Cell(bars, "\n".join(line for _, line in self._lines[start:index]).strip(), index + 1, apart)
                bars, apart = 0, False
                continue
            index += 1

    def _goes_on(self, row: list[str], cells: list[_Cell], index: int, width: int) -> bool:
        """Whether more than one bar before a cell means empty cells in the same row, not a new row."""
        if len(row) == 1 or is_ordinal(cells[index].text) or _is_number_word(cells[index].text):
            return False
        run = 1
        while index + run < len(cells) and cells[index + run].bars == 1:
            run += 1
        return len(row) + cells[index].bars - 1 + run <= width

    def _loose_rows(self, first: int) -> tuple[list[Row], int] | None:
        said = [i for i in range(first, min(first + 4 * _MOST_COLUMNS, len(self._lines))) if plain(self._lines[i][1])]
        for count in range(min(_MOST_COLUMNS, len(said) - 1), 2, -1):
            if plain(self._lines[said[count]][1]).rstrip(".") not in {"1", "01", "I", "A", "(1)"}:
                continue
            cells = [self._lines[i][1] for i in said[:count]]
            header = read_header(cells)
            if header is not None:
                return self._loose_body(header, tuple(cells), said[count])
        return None

    def _loose_body(self, header: Header, cells: Row, index: int) -> tuple[list[Row], int] | None:
        rows: list[Row] = [cells]
        names = [fold(plain(cell)) for cell in cells]
        while index < len(self._lines):
            if fold(plain(self._lines[index][1])) == names[0]:
                index = self._past_header(index, names)
            end = self._row_end(index, names[0])
            lines = [plain(self._lines[i][1]) for i in range(index, end) if plain(self._lines[i][1])]
            if not lines or not is_ordinal(lines[0]):
                break
            if end - index > _LONGEST_ROW or end == len(self._lines):
                lines, end = self._until_full(header, index, end)
            rows.append(align(header, lines))
            index = end
        return (rows, index) if len(rows) > 1 else None

    def _past_header(self, index: int, names: list[str]) -> int:
        for name in names:
            while index < len(self._lines) and not plain(self._lines[index][1]):
                index += 1
            if index < len(self._lines) and fold(plain(self._lines[index][1])) == name:
                index += 1
        return index

    def _row_end(self, index: int, first_name: str) -> int:
        index += 1
        while index < len(self._lines):
            line = plain(self._lines[index][1])
            if line and (is_ordinal(line) or fold(line) == first_name):
                return index
            index += 1
        return index

    def _until_full(self, header: Header, first: int, end: int) -> tuple[list[str], int]:
        """The last row ends with its last cell; what follows in the text is no part of it."""
        lines: list[str] = []
        for index in range(first, end):
            line = plain(self._lines[index][1])
            if line:
                lines.append(line)
            if len(lines) == len(header.columns):
                return lines, index + 1
        return lines, end


def _aligned(rows: list[Row]) -> list[Row]:
    """Rows that lack cells, merged with those above, with the others under their columns."""
    header = read_header(rows[0])
    if header is None:
        return rows
    width = len(header.columns)
    return [
        align(header, list(row))
        if 1 < len(row) < width and not (is_ordinal(row[0]) and len(row) == 2) and all(row)
        else row
        for row in rows
    ]


def align(header: Header, lines: list[str]) -> Row:
    """Lines of one row dealt out to its columns in order, by what each column can hold.

    With as many lines as columns each takes one. Else an agency begins a cell of agencies, a time one of deadlines, and
    what cannot begin a cell goes on with the one before.
    """
    columns = header.columns
    if len(lines) == len(columns):
        return tuple(lines)
    best = _Alignment(columns, lines).best()
    cells = [""] * len(columns)
    for line, place in zip(lines, best, strict=True):
        cells[place] = f"{cells[place]}\n{line}" if cells[place] else line
    return tuple(cells)


class _Alignment:
    """The best way to deal lines out to columns, none going back: dynamic programming over (line, column)."""

    def __init__(self, columns: tuple[Column, ...], lines: list[str]) -> None:
        self._columns = columns
        self._lines = lines

    def best(self) -> list[int]:
        """The column of each line."""
        width = len(self._columns)
        scores: list[list[float]] = [[self._begin(0, j) - j for j in range(width)]]
        origins: list[list[int]] = [[0] * width]
        for i in range(1, len(self._lines)):
            row, origin = [], []
            for j in range(width):
                options = [(scores[-1][k] + self._begin(i, j) - (j - k - 1), k) for k in range(j)]
                options.append((scores[-1][j] + self._continue(i, j), j))
                score, k = max(options)
                row.append(score)
                origin.append(k)
            scores.append(row)
            origins.append(origin)
        place = max(range(width), key=lambda j: scores[-1][j] - (width - 1 - j) / 2)
        path = [place]
        for origin in reversed(origins[1:]):
            place = origin[place]
            path.append(place)
        return path[::-1]

    def _begin(self, line: int, column: int) -> float:
        text, kind = self._lines[line], self._columns[column]
        if kind is Column.NUMBER:
            return 5 if is_ordinal(text) else -9
        if is_ordinal(text) and line == 0:
            return -5
        if kind in {Column.LEAD, Column.COORDINATING}:
            return 3 if AGENCY.match(text) else -3
        if kind is Column.DEADLINE:
            return (
                4
                if read_deadline(text).kind not in {DeadlineKind.UNKNOWN, DeadlineKind.NONE} and len(text) < 80
                else -4
            )
        return 0 if text[:1].isupper() or text[:1] in "-+(" else -2

    def _continue(self, line: int, column: int) -> float:
        text, kind = self._lines[line], self._columns[column]
        if kind is Column.NUMBER:
            return -9
        return 1 if text[:1].islower() or self._lines[line - 1].endswith((",", "và", "-")) else -1.5


def _is_number_word(line: str) -> bool:
    return re.fullmatch(r"(?:so )?(?:stt|tt)|so thu tu", fold(plain(line))) is not None


def _above(text: str, start: int) -> str:
    """The last lines of text before a table."""
    before = [plain(line) for line in text[max(0, start - 400) : start].split("\n")]
    said = [line for line in before if line]
    return " ".join(said[-3:])
