"""Reading everything again takes what the newest good answers say, and says what came and what ended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.crawl.fetch import Expects, Fetch
from corpus.reparse import reparse
from corpus.snapshot import Snapshots
from corpus.sources.dichvucong import DETAIL
from kb.store import Store, open_store
from tests.corpus.crawl.portal import made_up

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{home / 'store.sqlite'}") as opened:
        yield opened


def keep(home: Path, number: int, data: bytes, day: int, status: int = 201) -> None:
    """Keep an answer for a made-up procedure, as of a day."""
    item = f"id-{number}"
    fetch = Fetch(DETAIL, "detail", item, Expects.JSON, "POST", json.dumps({"id": item}), number=f"9.{number:06}")
    at = START + timedelta(days=day)
    Snapshots(home).keep(
        data, source="dichvucong", address=DETAIL, retrieved=at, status=status, headers={}, fetch=fetch
    )


def answer(number: int, name: str = "") -> bytes:
    """The portal's answer for a made-up procedure."""
    return json.dumps({"code": "OK", "data": made_up(number, name)}).encode()


def test_what_was_fetched_is_gained_and_a_second_time_nothing(home: Path, store: Store) -> None:
    for number in range(3):
        keep(home, number, answer(number), day=0)
    revision = store.revision
    tried = reparse(store, home, dry_run=True)
    assert (tried.items, tried.gained["procedures"], store.revision) == (3, 3, revision)
    done = reparse(store, home)
    assert (done.items, done.gained["procedures"], done.lost["procedures"]) == (3, 3, 0)
    assert done.after["procedures"] - done.before["procedures"] == 3
    assert store.revision == revision + 1
    again = reparse(store, home, source="dichvucong")
    assert (again.gained["procedures"], again.lost["procedures"], store.revision) == (0, 0, revision + 1)
    assert json.loads(json.dumps(done.as_json()))["gained"]["procedures"] == 3
    assert any("3 gained" in line for line in done.lines())


def test_the_newest_answer_counts_and_the_one_before_is_history(home: Path, store: Store) -> None:
    keep(home, 1, answer(1, "Tên cũ"), day=0)
    reparse(store, home)
    keep(home, 1, answer(1, "Tên mới"), day=1)
    report = reparse(store, home)
    assert (report.gained["procedures"], report.lost["procedures"]) == (1, 1)
    assert [version.record.name for version in store.procedure_history("9.000001")] == ["Tên mới", "Tên cũ"]


@pytest.mark.parametrize(
    ("data", "status"),
    [(b"<html><title>Request Rejected</title></html>", 200), (b"", 503), (b'{"code": "OK"', 201)],
)
def test_a_wrong_page_that_came_last_takes_nothing_away(data: bytes, status: int, home: Path, store: Store) -> None:
    keep(home, 1, answer(1), day=0)
    keep(home, 1, data, day=1, status=status)
    report = reparse(store, home)
    assert (report.items, report.refused, store.procedure("9.000001").code) == (1, [], "9.000001")


def test_what_cannot_be_read_is_listed_and_the_rest_is_taken(home: Path, store: Store) -> None:
    keep(home, 1, answer(1), day=0)
    keep(home, 2, json.dumps({"code": "OK", "data": {"id": "id-2"}}).encode(), day=0)
    report = reparse(store, home)
    assert (report.items, [refused.kind for refused in report.refused]) == (1, ["unusable"])


def test_a_damaged_snapshot_is_named_and_the_one_before_is_read(home: Path, store: Store) -> None:
    keep(home, 1, answer(1, "Tên cũ"), day=0)
    keep(home, 1, answer(1, "Tên mới"), day=1)
    newest = list(Snapshots(home).all())[-1]
    (home / "snapshots" / "objects" / newest.sha256[:2] / f"{newest.sha256}.gz").write_bytes(b"damaged")
    report = reparse(store, home)
    assert store.procedure("9.000001").name == "Tên cũ"
    assert [refused.address for refused in report.refused] == [newest.name]


def test_nothing_fetched_is_nothing_gained(home: Path, store: Store) -> None:
    report = reparse(store, home)
    assert (report.items, sum(report.gained.values()), report.before == report.after) == (0, 0, True)
    assert "nothing gained, nothing lost" in report.lines()[1]
