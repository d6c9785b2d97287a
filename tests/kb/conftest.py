"""A store on each database that the program supports."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from kb.store import Store, open_store
from tests.left_out import left_out


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store; on PostgreSQL each process that runs tests has a database of its own."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite'}"
    url = os.environ.get("DEAN06_TEST_POSTGRES", "")
    if not url:
        reason = "no PostgreSQL to test with (DEAN06_TEST_POSTGRES is the address of an empty database, which is wiped)"
        left_out(reason)
    return _wiped(url, os.environ.get("PYTEST_XDIST_WORKER", ""))


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty store."""
    with open_store(store_url) as opened:
        yield opened


def _wiped(url: str, worker: str) -> str:
    """The address of an empty database: the one given, or beside it one for each process of a parallel run."""
    address = make_url(url)
    if worker:
        address = address.set(database=f"{address.database}_{worker}")
        _make(url, str(address.database))
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return address.render_as_string(hide_password=False)


def _make(url: str, database: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        held = connection.execute(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": database})
        if held.first() is None:
            connection.execute(text(f"CREATE DATABASE \"{database}\" ENCODING 'UTF8' TEMPLATE template0"))
    engine.dispose()
