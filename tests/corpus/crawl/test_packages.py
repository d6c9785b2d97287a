"""The codification's package: downloaded whole, continued where it stopped, imported, and asked for again only if it changed."""

from __future__ import annotations

import hashlib
import io
import signal
import time
import zipfile
from pathlib import Path

import pytest

from corpus.snapshot import Snapshots
from kb.store import open_store
from tests.corpus.crawl.replay import Answer, Replay, crawl, run
from tests.corpus.crawl.test_resume import interrupt

PACKAGE = "/TraCuuPhapDien/Files/BoPhapDienDienTu.zip"
PAGE = """<html><head><meta charset="utf-8"></head><body><h3>Đề mục 1.1 <br/> Dựng để kiểm thử</h3>
<p class="pDieu"><a name="01000000000000000001">Điều 1.1.QĐ.1. Dựng để kiểm thử</a></p>
<p class="pGhiChu">(Điều 1 Quyết định số 1/2020/QĐ-TTg dựng để kiểm thử ngày 01/01/2020 của Thủ tướng Chính phủ, có hiệu lực thi hành kể từ ngày 01/02/2020)</p>
<p class="pNoiDung"><p>Nội dung dựng để kiểm thử.</p></p></body></html>"""


def package(padding: int = 0) -> bytes:
    """A made-up package of one page, with so many bytes that cannot be compressed beside it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("BoPhapDien.html", PAGE.replace("1.1", "1.2"))
        archive.writestr("demuc/11111111-1111-1111-1111-111111111111.html", PAGE)
        noise = b"".join(hashlib.sha256(str(number).encode()).digest() for number in range(padding // 32))
        archive.writestr("images/noise.bin", noise)
    return file.getvalue()


def test_the_package_is_downloaded_and_imported_and_not_sent_again(home: Path) -> None:
    data = package()
    with Replay({PACKAGE: Answer(data, type="application/zip", etag='"v1"')}) as server:
        first = crawl(home, server, "phapdien").report
        again = crawl(home, server, "phapdien").report
    assert (first["stored"], first["kept"], first["refused"]) == (1, 1, [])
    assert (again["kept"], again["unchanged"], again["refused"]) == (0, 1, [])
    assert server.pages[1].headers["if-none-match"] == '"v1"'
    (snapshot,) = Snapshots(home).all()
    assert snapshot.sha256 == hashlib.sha256(data).hexdigest()
    assert not list((home / "crawl").glob("*.part"))
    with open_store(f"sqlite:///{home / 'store.sqlite'}") as store:
        assert store.find("1/2020/QĐ-TTg")


@pytest.mark.parametrize("validator", [{"etag": '"v1"'}, {"modified": "Thu, 01 Jan 2026 00:00:00 GMT"}])
def test_a_download_that_was_killed_goes_on_where_it_was(validator: dict[str, str], home: Path) -> None:
    data = package(4_000_000)
    slow = Answer(data, type="application/zip", drip=0.1, ranges=True, **validator)  # type: ignore[arg-type]  # strings alone
    with Replay({PACKAGE: [slow, Answer(data, type="application/zip", ranges=True, **validator)]}) as server:  # type: ignore[arg-type]  # as above
        interrupt(home, server, lambda: server.sent > 1_000_000, signal.SIGKILL, "phapdien")
        (part,) = (home / "crawl").glob("*.part")
        came = part.stat().st_size
        assert 0 < came < len(data)
        report = crawl(home, server, "phapdien").report
    last = server.pages[-1].headers
    assert last["range"] == f"bytes={came}-"
    assert last["if-range"] == next(iter(validator.values()))
    assert (report["stored"], report["resumed"]) == (1, True)
    (snapshot,) = Snapshots(home).all()
    assert Snapshots(home).read(snapshot) == data


def test_a_package_that_changed_meanwhile_is_taken_from_the_start(home: Path) -> None:
    old, new = package(4_000_000), package(3_000_000)
    slow = Answer(old, type="application/zip", drip=0.1, ranges=True, etag='"v1"')
    with Replay({PACKAGE: [slow, Answer(new, type="application/zip", ranges=True, etag='"v2"')]}) as server:
        interrupt(home, server, lambda: server.sent > 1_000_000, signal.SIGKILL, "phapdien")
        assert crawl(home, server, "phapdien").report["stored"] == 1
    (snapshot,) = Snapshots(home).all()
    assert Snapshots(home).read(snapshot) == new


def test_a_download_that_breaks_off_goes_on_within_the_same_crawl(home: Path) -> None:
    data = package(1_000_000)
    whole = {"type": "application/zip", "ranges": True, "etag": '"v1"'}
    broken = Answer(data, cut=500_000, **whole)  # type: ignore[arg-type]  # of several types
    with Replay({PACKAGE: [broken, Answer(data, **whole)]}) as server:  # type: ignore[arg-type]  # as above
        report = crawl(home, server, "phapdien").report
    assert (report["stored"], report["retries"]) == (1, 1)
    assert server.pages[1].headers["range"].startswith("bytes=")
    (snapshot,) = Snapshots(home).all()
    assert Snapshots(home).read(snapshot) == data


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer("<html><title>404 - File not found</title></html>", type="application/zip"), "wrong kind"),
        (Answer("<html><title>Request Rejected</title></html>", type="application/zip"), "request rejected"),
        (Answer(b"%PDF-1.7", type="application/zip"), "wrong kind"),
        (Answer("", 404), "not there"),
        (Answer(endless=True, type="application/zip"), "too large"),
        (Answer(package(100_000), type="application/zip", drip=3), "too slow"),
    ],
)
def test_what_is_no_package_is_refused(answer: Answer, kind: str, home: Path) -> None:
    with Replay({PACKAGE: answer}) as server:
        ended = crawl(home, server, "phapdien", largest_package=2_000_000, timeout=1, retries=0)
    assert ended.kinds == [kind]
    assert ended.report["stored"] == 0
    assert server.sent < 40_000_000


def test_a_damaged_package_leaves_the_store_as_it_was(home: Path) -> None:
    with Replay({PACKAGE: Answer(package()[:-30], type="application/zip")}) as server:
        ended = crawl(home, server, "phapdien")
    assert ended.kinds == ["unusable"]
    assert ended.status == 1
    assert ended.report["stored"] == 0


def test_reading_again_gives_the_same_and_a_dry_run_changes_nothing(home: Path) -> None:
    with Replay({PACKAGE: Answer(package(), type="application/zip")}) as server:
        crawl(home, server, "phapdien")
    for words in (["--dry-run"], []):
        report = run(home, None, "reparse", "phapdien", "--no-index", "--json", *words).report
        assert report["items"] == 1
        assert (sum(report["gained"].values()), sum(report["lost"].values())) == (0, 0)


def test_an_import_that_is_killed_is_made_whole_by_the_next_run(home: Path) -> None:
    with Replay({PACKAGE: Answer(package(200_000), type="application/zip")}) as server:
        kept = home / "snapshots" / "records" / "phapdien"
        interrupt(home, server, lambda: kept.is_dir() and bool(list(kept.glob("*.json"))), signal.SIGKILL, "phapdien")
        time.sleep(0.1)
        report = crawl(home, server, "phapdien").report
    assert report["stored"] == 1
    with open_store(f"sqlite:///{home / 'store.sqlite'}") as store:
        assert store.find("1/2020/QĐ-TTg")
