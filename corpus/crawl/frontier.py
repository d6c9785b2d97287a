"""What is still to ask, on disk: a job goes on exactly where it was, whatever ended it.

Scrapy's own job folder takes a request out of its queue before it is answered and writes its state only at an orderly
end: a kill loses what was under way. Here a request leaves the queue in the one transaction that also writes what its
answer leads to, so that nothing is lost, and it is known by what it asks for, so that nothing is asked twice.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from corpus.crawl.fetch import Fetch

OLDEST_JOB = timedelta(days=7)  # a list read longer ago than this is read again

_SCHEMA = """
CREATE TABLE IF NOT EXISTS job (wanted TEXT NOT NULL, started TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS request (
    position INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    item TEXT NOT NULL,
    is_list INTEGER NOT NULL,
    fetch TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued',
    attempts INTEGER NOT NULL DEFAULT 0,
    snapshot TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS by_state ON request (state, attempts, is_list, position);
CREATE INDEX IF NOT EXISTS by_item ON request (source, item);
CREATE TABLE IF NOT EXISTS item (
    source TEXT NOT NULL, key TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'open', PRIMARY KEY (source, key)
);
"""


@dataclass(frozen=True, slots=True)
class ItemPages:
    """An item all of whose pages came: the names of their snapshots, in order."""

    source: str
    key: str
    snapshots: tuple[str, ...]


class Frontier:
    """The requests of one job: queued, answered (``done``), refused for good, not there and not needed (``absent``), ``dropped``."""

    def __init__(self, path: Path | None, source: str) -> None:
        """Open the file, made where needed; None keeps the job in memory, for a dry run."""
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path or ":memory:", isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.executescript(_SCHEMA)
        self._source = source
        self._under_way: set[str] = set()
        self._blocked: set[str] = set()
        self.limit = 0

    def is_open(self, wanted: str, now: datetime) -> bool:
        """Whether an unfinished job for exactly this is there, and not too old to go on with."""
        row = self._connection.execute("SELECT wanted, started FROM job").fetchone()
        if row is None or row[0] != wanted or now - datetime.fromisoformat(row[1]) > OLDEST_JOB:
            return False
        return bool(self.remaining or self._count("SELECT count(*) FROM item WHERE state = 'open'"))

    def begin(self, wanted: str, first: Iterable[Fetch]) -> None:
        """Start a new job in place of the old one."""
        fetches = list(first)
        with self._transaction():
            for table in ("job", "request", "item"):
                self._connection.execute(f"DELETE FROM {table}")  # noqa: S608  # names from the line above
            self._connection.execute("INSERT INTO job VALUES (?, ?)", (wanted, datetime.now(UTC).isoformat()))
            self._add(fetches)

    def next(self, *, lists_only: bool = False, most: int = 1) -> Fetch | None:
        """The next request, which is under way from then on: what failed before comes last, lists after items.

        None while ``most`` are under way: an answer is looked at before more is asked, for it may stop its source.
        """
        if len(self._under_way) >= most:
            return None
        query = "SELECT fingerprint, source, fetch FROM request WHERE state = 'queued'"
        query += " AND is_list" if lists_only else ""
        for fingerprint, source, fetch in self._connection.execute(f"{query} ORDER BY attempts, is_list, position"):
            if fingerprint not in self._under_way and source not in self._blocked:
                self._under_way.add(fingerprint)
                return Fetch.of_values(json.loads(fetch))
        return None

    def done(self, fetch: Fetch, snapshot: str, follows: Iterable[Fetch]) -> None:
        """The answer is kept as ``snapshot`` and leads to ``follows``: one transaction."""
        with self._transaction():
            self._set(fetch, "done", snapshot)
            self._add(follows)
        self._under_way.discard(fetch.fingerprint)

    def refused(self, fetch: Fetch, snapshot: str, *, stops: bool) -> None:
        """The answer is refused: for good, or, where it stops its source, until the job goes on another day."""
        with self._transaction():
            self._set(fetch, "queued" if stops else "absent" if fetch.optional else "refused", snapshot)
            if not stops and fetch.item and not fetch.optional:
                self.settle(fetch.source or self._source, [fetch.item], "refused")
        self._under_way.discard(fetch.fingerprint)
        if stops:
            self._blocked.add(fetch.source or self._source)

    def has_next(self, *, lists_only: bool = False) -> bool:
        """Whether something is under way or can be asked."""
        if self._under_way:
            return True
        fetch = self.next(lists_only=lists_only)
        self._under_way.clear()
        return fetch is not None

    def complete(self) -> Iterator[ItemPages]:
        """Items not stored yet all of whose requests were answered."""
        query = """
            SELECT source, key FROM item WHERE state = 'open' AND NOT EXISTS (
                SELECT 1 FROM request WHERE request.source = item.source AND request.item = key AND request.state NOT IN ('done', 'absent'))
            ORDER BY rowid"""
        yield from (self._pages(source, key) for source, key in self._connection.execute(query).fetchall())

    def every_item(self) -> Iterator[ItemPages]:
        """All items whose pages came, stored or not."""
        query = "SELECT source, key FROM item WHERE state IN ('open', 'stored') ORDER BY rowid"
        yield from (self._pages(source, key) for source, key in self._connection.execute(query).fetchall())

    def settle(self, source: str, keys: Iterable[str], state: str) -> None:
        """Say of items that they are ``stored`` or ``refused``."""
        rows = [(state, source, key) for key in keys]
        self._connection.executemany("UPDATE item SET state = ? WHERE source = ? AND key = ?", rows)

    def planned(self) -> Iterator[Fetch]:
        """What would be asked next, for a dry run."""
        for (fetch,) in self._connection.execute("SELECT fetch FROM request WHERE state = 'queued' ORDER BY position"):
            yield Fetch.of_values(json.loads(fetch))

    @property
    def remaining(self) -> int:
        """Requests still to be answered, as far as known."""
        return self._count("SELECT count(*) FROM request WHERE state = 'queued'")

    @property
    def answered(self) -> int:
        """Requests answered or refused for good."""
        return self._count("SELECT count(*) FROM request WHERE state IN ('done', 'absent', 'refused')")

    @property
    def was_refused(self) -> bool:
        """Whether anything of the job was refused."""
        return bool(self._blocked) or self._count("SELECT count(*) FROM request WHERE state = 'refused'") > 0

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _add(self, fetches: Iterable[Fetch]) -> None:
        for fetch in fetches:
            source = fetch.source or self._source
            if fetch.item and not self._admits(source, fetch.item):
                continue
            told = json.dumps(fetch.as_values(), ensure_ascii=False)
            self._connection.execute(
                "INSERT OR IGNORE INTO request (fingerprint, source, item, is_list, fetch) VALUES (?, ?, ?, ?, ?)",
                (fetch.fingerprint, source, fetch.item, not fetch.item, told),
            )
        if self.limit and self._items() >= self.limit:
            self._connection.execute("UPDATE request SET state = 'dropped' WHERE state = 'queued' AND is_list")

    def _admits(self, source: str, key: str) -> bool:
        known = self._connection.execute("SELECT 1 FROM item WHERE source = ? AND key = ?", (source, key)).fetchone()
        if known is None:
            if self.limit and self._items() >= self.limit:
                return False
            self._connection.execute("INSERT INTO item (source, key) VALUES (?, ?)", (source, key))
        return True

    def _items(self) -> int:
        return self._count("SELECT count(*) FROM item")

    def _set(self, fetch: Fetch, state: str, snapshot: str) -> None:
        self._connection.execute(
            "UPDATE request SET state = ?, snapshot = ?, attempts = attempts + 1 WHERE fingerprint = ?",
            (state, snapshot, fetch.fingerprint),
        )

    def _pages(self, source: str, key: str) -> ItemPages:
        query = "SELECT snapshot FROM request WHERE source = ? AND item = ? AND state = 'done' ORDER BY position"
        return ItemPages(source, key, tuple(name for (name,) in self._connection.execute(query, (source, key))))

    def _count(self, query: str) -> int:
        count: int = self._connection.execute(query).fetchone()[0]
        return count

    def _transaction(self) -> _Transaction:
        return _Transaction(self._connection)


class _Transaction:
    """All or nothing, also against another process that holds the file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self._connection.execute("COMMIT" if kind is None else "ROLLBACK")
