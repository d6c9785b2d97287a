"""Rows on their way into the database: numbered, buffered, and written in bulk in the order that references need."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import Column, Connection, Table, bindparam, func, insert, select, update

from kb.model import Provenance
from kb.store.codec import Row, provenance_row
from kb.store.tables import metadata, provenance

_BUFFERED_ROWS = 20_000
_IN_ONE_QUERY = 500


class Rows:
    """The buffered writes of one transaction.

    ``source`` and ``run`` (the id of the import) sign every row that has a history. ``changes`` counts rows that came or
    went, by table: empty means that nothing changed; ``gained`` and ``lost`` tell them apart.
    """

    def __init__(self, connection: Connection, source: str, run: int) -> None:
        self.connection = connection
        self.source = source
        self.run = run
        self.changes: Counter[str] = Counter()
        self.gained: Counter[str] = Counter()
        self.lost: Counter[str] = Counter()
        self.addresses: set[str] = set()
        self._pending: defaultdict[Table, list[Row]] = defaultdict(list)
        self._ending: defaultdict[Table, list[int]] = defaultdict(list)
        self._waiting = 0
        self._next_ids: dict[Table, int] = {}
        self._places: set[int] = set()
        self._new_places: dict[int, Row] = {}

    def new_id(self, table: Table) -> int:
        """The next free id; the one writer numbers for itself, so that rows can refer to rows still buffered."""
        if table not in self._next_ids:
            self._next_ids[table] = (self.connection.execute(select(func.max(table.c.id))).scalar() or 0) + 1
        number = self._next_ids[table]
        self._next_ids[table] = number + 1
        return number

    def add(self, table: Table, row: Row) -> None:
        """Buffer a row."""
        self.add_many(table, [row])

    def add_many(self, table: Table, rows: list[Row]) -> None:
        """Buffer rows of one table."""
        self.changes[table.name] += len(rows)
        self.gained[table.name] += len(rows)
        self._pending[table].extend(rows)
        self._waiting += len(rows)
        if self._waiting >= _BUFFERED_ROWS:
            self.flush()

    def add_dated(self, table: Table, row: Row) -> None:
        """Buffer a row that has a history: stated by this source since this import."""
        self.add(table, {**row, "source": self.source, "since_import": self.run, "until_import": None})

    def place(self, seen: Provenance) -> int:
        """The id of a place, which is written if it is new."""
        self.addresses.add(seen.address)
        row = provenance_row(seen)
        number: int = row["id"]
        if number not in self._places:
            self._places.add(number)
            self._new_places[number] = row
        return number

    def flush(self) -> None:
        """Write all that is buffered: what ends first, so that its place is free for what follows it."""
        self._write_places()
        for table, ids in self._ending.items():
            ended = update(table).where(table.c.id == bindparam("b_id")).values(until_import=self.run)
            self.connection.execute(ended, [{"b_id": number} for number in ids])
        self._ending.clear()
        for table in metadata.sorted_tables:
            rows = self._pending.pop(table, None)
            if rows:
                self.connection.execute(insert(table), rows)
        self._waiting = 0

    def close(self, table: Table, ids: Iterable[int]) -> None:
        """End rows: from this import on, the source no longer says so."""
        closed = list(ids)
        if closed:
            self.changes[table.name] += len(closed)
            self.lost[table.name] += len(closed)
            self._ending[table].extend(closed)

    def change(self, table: Table, rows: list[Row], *, counted: bool = True) -> None:
        """Update written rows by ``b_id``; every other key of a row is a column with its new value."""
        if rows:
            self.changes[table.name] += len(rows) if counted else 0
            columns: Row = {name: bindparam(name) for name in rows[0] if name != "b_id"}
            self.connection.execute(update(table).where(table.c.id == bindparam("b_id")).values(columns), rows)

    def _write_places(self) -> None:
        if not self._new_places:
            return
        known = set(existing(self.connection, provenance.c.id, self._new_places))
        fresh = [row for number, row in self._new_places.items() if number not in known]
        if fresh:
            self.connection.execute(insert(provenance), fresh)
        self._new_places.clear()


def existing(connection: Connection, column: Column[int], values: Iterable[int]) -> Iterator[int]:
    """Those of the values that a column holds."""
    for chunk in chunks(values):
        yield from connection.execute(select(column).where(column.in_(chunk))).scalars()


def chunks(values: Iterable[int]) -> Iterator[list[int]]:
    """Sorted values in lists short enough for one query."""
    ordered = sorted(values)
    for start in range(0, len(ordered), _IN_ONE_QUERY):
        yield ordered[start : start + _IN_ONE_QUERY]
