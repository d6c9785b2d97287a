"""The table model: typed columns, and rows that say where they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kb.model import Provenance


class ColumnKind(StrEnum):
    """What the cells of a column are; any of them may be None, which is "not known"."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    LINK = "link"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to an address."""

    text: str
    address: str


Cell = str | int | Decimal | date | Link | Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``name`` is its key in JSON, ``title`` its Vietnamese heading, ``width`` in characters.

    ``choices`` are the words that a person who fills the table in may choose from.
    """

    name: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 20
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row in the order of the columns; ``as_of`` only where the row speaks of another day than the table."""

    cells: Sequence[Cell]
    provenance: Provenance
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; ``as_of`` is the day that the table speaks of. The rows may be a stream: they are read once."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Row] = field(compare=False)
    as_of: date

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """The columns with those that close every table."""
        return (*self.columns, *SOURCE_COLUMNS)

    def all_cells(self) -> Iterator[tuple[Cell, ...]]:
        """The rows with the cells that close each; raises ``ValueError`` for a row that does not fit the columns."""
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"{self.title}: {len(row.cells)} cells in a row of {len(self.columns)} columns")
            seen = row.provenance
            yield (*row.cells, row.as_of or self.as_of, seen.source, Link(seen.address, seen.address), seen.place)


SOURCE_COLUMNS = (
    Column("as_of", "Tính đến ngày", ColumnKind.DAY, 14),
    Column("source", "Nguồn", ColumnKind.TEXT, 14),
    Column("source_address", "Địa chỉ nguồn", ColumnKind.LINK, 40),
    Column("source_place", "Vị trí trong nguồn", ColumnKind.TEXT, 30),
)
"""What every row carries, whatever the table."""

LIST_SEPARATOR = "; "


def as_text(cell: Cell) -> str:
    """A cell as one text, for formats without types: days in ISO form, lists with semicolons, nothing for None."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, Link):
        return cell.text
    return LIST_SEPARATOR.join(cell) if isinstance(cell, Sequence) else str(cell)
