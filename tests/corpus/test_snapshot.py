"""Snapshots are what came, byte for byte, for good; damage is found and named."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.crawl.fetch import Expects, Fetch
from corpus.snapshot import Snapshot, Snapshots
from kb.errors import NotFoundError, UnusableInputError

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def keep(snapshots: Snapshots, data: bytes, address: str = "https://example.vn/a", at: datetime = NOW) -> Snapshot:
    told = {"Content-Type": "text/html", "Set-Cookie": "secret", "ETag": '"1"'}
    return snapshots.keep(data, source="example", address=address, retrieved=at, status=200, headers=told)


def files_of(home: Path, folder: str) -> list[Path]:
    return sorted(path for path in (home / "snapshots" / folder).rglob("*") if path.is_file())


@settings(max_examples=30, deadline=None)
@given(data=st.binary(max_size=2000))
def test_what_is_kept_is_read_back_to_the_byte(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    snapshots = Snapshots(tmp_path_factory.mktemp("home"))
    snapshot = keep(snapshots, data)
    assert snapshots.read(snapshot) == data
    assert snapshots.get(snapshot.name) == snapshot
    assert snapshots.head(snapshot, 10) == data[:10]
    assert list(snapshots.verify()) == []


def test_a_record_says_where_when_and_how_and_keeps_no_secrets(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    fetch = Fetch("https://example.vn/a", "detail", "7", Expects.JSON, "POST", '{"id": 7}', context={"seen": "1"})
    here = NOW.astimezone(timezone(timedelta(hours=7)))
    snapshot = snapshots.keep(
        b"{}",
        source="example",
        address="https://example.vn/b",
        retrieved=here,
        status=201,
        headers={"Cookie": "x"},
        fetch=fetch,
    )
    (record,) = files_of(tmp_path, "records")
    told = json.loads(record.read_text())
    assert (told["address"], told["status"], told["retrieved"]) == ("https://example.vn/b", 201, NOW.isoformat())
    assert told["headers"] == {}
    assert next(snapshots.all()).fetch == fetch
    assert snapshot.retrieved == NOW


def test_the_same_bytes_are_kept_once_and_every_answer_has_its_record(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    keep(snapshots, b"same")
    (before,) = files_of(tmp_path, "objects")
    written = before.stat().st_mtime_ns
    keep(snapshots, b"same", "https://example.vn/b", NOW + timedelta(seconds=1))
    (after,) = files_of(tmp_path, "objects")
    assert (after, after.stat().st_mtime_ns) == (before, written)
    assert len(list(snapshots.all())) == 2
    assert not list(tmp_path.rglob(".new-*"))


def test_bytes_are_compressed_the_same_way_each_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        keep(Snapshots(tmp_path / name), b"x" * 10_000)
    first, second = (files_of(tmp_path / name, "objects")[0].read_bytes() for name in ("a", "b"))
    assert first == second
    assert len(first) < 200


def test_a_file_is_kept_as_its_bytes_are(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    path = tmp_path / "package.zip"
    path.write_bytes(b"PK\x03\x04" + bytes(3_000_000))
    told = {"source": "example", "address": "https://example.vn/p", "retrieved": NOW, "status": 200}
    snapshot = snapshots.keep_file(path, **told, headers={}, fetch=Fetch("https://example.vn/p", "package"))  # type: ignore[arg-type]  # of several types
    snapshots.copy_to(snapshot, tmp_path / "copy.zip")
    assert (tmp_path / "copy.zip").read_bytes() == path.read_bytes() == snapshots.read(snapshot)


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5])


def exchange(path: Path) -> None:
    path.write_bytes(gzip.compress(b"something else"))


@pytest.mark.parametrize("damage", [flip, cut, exchange, Path.unlink])
def test_a_damaged_object_is_named_and_never_read(damage: object, tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    good, bad = keep(snapshots, b"good" * 50), keep(snapshots, b"bad" * 50, at=NOW + timedelta(seconds=1))
    (path,) = (path for path in files_of(tmp_path, "objects") if path.name.startswith(bad.sha256))
    damage(path)  # type: ignore[operator]  # one of the functions above
    (problem,) = snapshots.verify()
    assert bad.name in problem
    assert bad.sha256 in problem
    assert snapshots.read(good) == b"good" * 50
    with pytest.raises(UnusableInputError):
        snapshots.read(bad)


@pytest.mark.parametrize("damage", [flip, cut, lambda path: path.write_text("{}"), lambda path: path.write_text("[]")])
def test_a_damaged_record_is_named(damage: object, tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    keep(snapshots, b"good")
    (path,) = files_of(tmp_path, "records")
    damage(path)  # type: ignore[operator]  # one of the functions above
    (problem,) = snapshots.verify()
    assert path.name in problem
    with pytest.raises(UnusableInputError):
        list(snapshots.all())


def test_the_newest_of_a_request_comes_first_and_same_answers_count_from_the_first(tmp_path: Path) -> None:
    snapshots = Snapshots(tmp_path)
    old, same, newest = (
        keep(snapshots, data, at=NOW + timedelta(days=day)) for day, data in enumerate((b"a", b"b", b"b"))
    )
    (names,) = snapshots.newest("example").values()
    assert names == (newest.name, same.name, old.name)
    assert snapshots.first_alike(newest, names[1:]) == same
    assert snapshots.first_alike(old, ()) == old


def test_what_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        Snapshots(tmp_path).get("example/nothing")
    assert list(Snapshots(tmp_path).all()) == []
