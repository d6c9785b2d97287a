"""Connections: the same behaviour from SQLite and from PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError

from kb.errors import StoreError

_WRITER_WAITS_MS = 30_000
_WRITING = "dean06_writing"
_ADVISORY_LOCK = 6_2022  # any fixed number: it stands for "the writer of this database"


def connect(url: str) -> Engine:
    """An engine for ``sqlite:///path`` or ``postgresql+psycopg://…``; raises ``StoreError`` for any other address."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreError(f"The address of the store cannot be read: {url!r}.", _ADDRESSES) from error
    if address.drivername == "sqlite":
        return _sqlite(url, address.database)
    if address.drivername in {"postgresql", "postgresql+psycopg"}:
        return _create(address.set(drivername="postgresql+psycopg").render_as_string(hide_password=False))
    raise StoreError(f"The store cannot live in {address.drivername!r}.", _ADDRESSES)


_ADDRESSES = "Give sqlite:///path/to/store.sqlite or postgresql+psycopg://user:password@host/database."


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees one state of the store from beginning to end."""
    level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with engine.connect().execution_options(**level) as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """The one writing transaction: committed at the end, undone by any exception; a second writer waits its turn.

    Raises ``StoreError`` when another writer does not finish within half a minute.
    """
    with engine.connect().execution_options(**{_WRITING: True}) as connection:
        try:
            transaction = connection.begin()
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_WRITER_WAITS_MS}")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
        except OperationalError as error:
            raise StoreError("Another import is being written.", "Try again when it has finished.") from error
        with transaction:
            yield connection


def integrity_problems(connection: Connection) -> list[str]:
    """What SQLite's own checks find wrong: pages, indexes, references. PostgreSQL has no such check to ask for."""
    if connection.dialect.name != "sqlite":
        return []
    found = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
    broken = [
        f"a row of {row[0]} names a missing row of {row[2]}"
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
    ]
    return [f"store: {problem}" for problem in found + broken]


def _sqlite(url: str, path: str | None) -> Engine:
    if not path or path == ":memory:":
        raise StoreError(f"The store needs a file: {url!r} names none.", _ADDRESSES)
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder of the store cannot be made: {path}.", "Choose another with --home.") from error
    engine = _create(url)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _create(url: str) -> Engine:
    try:
        return create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    except (SQLAlchemyError, ImportError) as error:
        raise StoreError(f"The store cannot be opened: {error}.", "For PostgreSQL install dean06[postgres].") from error


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401  # the driver's own connection
    """Readers never wait (WAL), references hold, and the driver leaves transactions to us."""
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {_WRITER_WAITS_MS}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "cache_size = -65536",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once: waiting is possible only before the first statement."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITING) else "BEGIN")
