"""Records known by a key (agencies, figures, procedures, tasks …) on their way in: another version ends the one before."""

from __future__ import annotations

from collections import Counter, defaultdict

from sqlalchemy import Table, select

from kb.model import Provenance
from kb.store.codec import Row, digest
from kb.store.rows import Rows


class RecordWriter:
    """Takes in records; ``seen`` are the ids of rows, by table, that this import states again."""

    def __init__(self, rows: Rows, counts: Counter[str]) -> None:
        self._rows = rows
        self._counts = counts
        self._held: dict[Table, dict[str, tuple[int, int]]] = {}
        self._came: defaultdict[Table, dict[str, int]] = defaultdict(dict)
        self.seen: defaultdict[Table, set[int]] = defaultdict(set)

    def state(self, table: Table, key: str, columns: Row, seen_at: Provenance) -> bool:
        """Take in a record; False where the import gave another one under the same key before: the first is kept."""
        content = digest(key, *columns.values(), seen_at)
        if key in self._came[table]:
            return self._came[table][key] == content
        self._came[table][key] = content
        self._counts[f"{table.name} records"] += 1
        place = self._rows.place(seen_at)
        row_id, held = self._stored(table).get(key, (None, None))
        if row_id is not None:
            self.seen[table].add(row_id)
            if held == content:
                return True
            self._rows.close(table, [row_id])
        row = {"id": self._rows.new_id(table), "key": key, "digest": content, "provenance_id": place}
        self._rows.add_dated(table, row | columns)
        return True

    def _stored(self, table: Table) -> dict[str, tuple[int, int]]:
        if table not in self._held:
            columns = table.c
            rows = self._rows.connection.execute(
                select(columns.key, columns.id, columns.digest).where(
                    columns.source == self._rows.source, columns.until_import.is_(None)
                )
            )
            self._held[table] = {row.key: (row.id, row.digest) for row in rows}
        return self._held[table]
