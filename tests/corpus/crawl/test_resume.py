"""A crawl that is killed, stopped or refused goes on where it was: nothing is lost, nothing is doubled."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.snapshot import Snapshots
from kb.store import open_store
from tests.corpus.crawl.portal import DETAIL, LIST, Portal, made_up
from tests.corpus.crawl.replay import Answer, Crawled, Replay, command, crawl, environment

COUNT = 10


def codes(home: Path) -> list[str]:
    """Codes of the made-up procedures that the store holds."""
    with open_store(f"sqlite:///{home / 'store.sqlite'}") as store:
        return [one.code for one in store.procedures() if one.code.startswith("9.")]


def asked_for(server: Replay) -> Counter[str]:
    """How often each detail was asked for."""
    return Counter(json.loads(asked.body)["id"] for asked in server.log if asked.path == DETAIL)


def interrupt(
    home: Path, server: Replay, when: Callable[[], bool], how: signal.Signals, *words: str, **settings: object
) -> Crawled:
    """Start a crawl and send it a signal when it is time."""
    process = subprocess.Popen(
        command("crawl", *words, "--no-index", "--json"),
        env=environment(home, server, **settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while process.poll() is None and not when() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(how)
    out, err = process.communicate(timeout=60)
    return Crawled(process.returncode, out, err)


@pytest.mark.parametrize("killed_at", [1, 5, 9])
def test_a_killed_crawl_goes_on_and_asks_nothing_twice_but_what_was_under_way(killed_at: int, home: Path) -> None:
    with Replay(Portal.of(COUNT, wait=0.1)) as server:
        killed = interrupt(home, server, lambda: asked_for(server).total() >= killed_at, signal.SIGKILL, "dichvucong")
        assert killed.status == -signal.SIGKILL
        assert codes(home) == []
        report = crawl(home, server, "dichvucong").report
        asked = asked_for(server)
    assert report["resumed"]
    assert report["finished"]
    assert codes(home) == [f"9.{number:06}" for number in range(COUNT)]
    assert len(asked) == COUNT
    assert asked.total() <= COUNT + 1
    assert list(Snapshots(home).verify()) == []


def test_a_crawl_killed_again_and_again_ends_as_one_that_was_not(home: Path) -> None:
    with Replay(Portal.of(COUNT, wait=0.1)) as server:
        for seen in (1, 3, 6):
            interrupt(home, server, lambda least=seen: asked_for(server).total() >= least, signal.SIGKILL, "dichvucong")  # type: ignore[misc]  # a default binds the loop's value
        report = crawl(home, server, "dichvucong").report
        again = crawl(home, server, "dichvucong").report
    assert report["finished"]
    assert codes(home) == [f"9.{number:06}" for number in range(COUNT)]
    assert (again["added"], again["changed"], again["withdrawn"]) == ([], [], [])


def test_ctrl_c_ends_in_order_and_keeps_what_was_fetched(home: Path) -> None:
    with Replay(Portal.of(COUNT, wait=0.1)) as server:
        stopped = interrupt(home, server, lambda: asked_for(server).total() >= 4, signal.SIGINT, "dichvucong")
        assert stopped.status == 130, stopped.err
        assert "Traceback" not in stopped.err
        assert stopped.report["interrupted"]
        assert 3 <= stopped.report["stored"] < COUNT
        assert len(codes(home)) == stopped.report["stored"]
        report = crawl(home, server, "dichvucong").report
        assert asked_for(server).total() <= COUNT + 1
    assert (report["resumed"], report["finished"], len(codes(home))) == (True, True, COUNT)


def test_ctrl_c_ends_a_pause_that_a_server_asked_for(home: Path) -> None:
    portal = Portal.of(1)
    portal.instead[LIST] = Answer("", 503, {"Retry-After": "50"})
    with Replay(portal) as server:
        started = time.monotonic()
        stopped = interrupt(home, server, lambda: bool(server.pages), signal.SIGINT, "dichvucong")
    assert stopped.status == 130, stopped.err
    assert stopped.report["refused"] == []
    assert time.monotonic() - started < 45


def test_a_refused_crawl_goes_on_once_the_source_answers_again(home: Path) -> None:
    portal = Portal.of(COUNT)
    with Replay(portal) as server:
        portal.instead[DETAIL] = Answer("", 403)
        first = crawl(home, server, "dichvucong")
        assert first.kinds == ["forbidden"]
        assert asked_for(server).total() == 1
        portal.instead.clear()
        second = crawl(home, server, "dichvucong").report
    assert (second["resumed"], second["finished"], second["stored"]) == (True, True, COUNT)
    assert [asked.path for asked in server.log].count(LIST) == 3


def test_a_narrow_wish_in_between_does_not_end_a_large_crawl(home: Path) -> None:
    with Replay(Portal.of(COUNT, wait=0.1)) as server:
        interrupt(home, server, lambda: asked_for(server).total() >= 4, signal.SIGKILL, "dichvucong")
        assert crawl(home, server, "dichvucong", "--number", "9.000001").report["stored"] == 1
        report = crawl(home, server, "dichvucong").report
    assert (report["resumed"], report["finished"], len(codes(home))) == (True, True, COUNT)
    assert [path.name for path in (home / "crawl").glob("*.sqlite")] == ["dichvucong.sqlite"]


def test_another_wish_is_another_job(home: Path) -> None:
    with Replay(Portal.of(COUNT)) as server:
        limited = crawl(home, server, "dichvucong", "--limit", "3").report
        assert (limited["stored"], limited["finished"], limited["withdrawn"]) == (3, True, [])
        one = crawl(home, server, "dichvucong", "--number", "9.000007").report
        assert (one["resumed"], one["stored"], one["added"]) == (False, 1, ["9.000007"])
        assert asked_for(server).total() == 4


def test_a_dry_run_asks_for_lists_only_and_changes_nothing(home: Path) -> None:
    before = sorted(path.name for path in home.rglob("*"))
    with Replay(Portal.of(COUNT)) as server:
        report = crawl(home, server, "dichvucong", "--dry-run").report
        assert asked_for(server).total() == 0
        assert len(report["planned"]) == COUNT
        assert {fetch["number"] for fetch in report["planned"]} == {f"9.{number:06}" for number in range(COUNT)}
        limited = crawl(home, server, "dichvucong", "--dry-run", "--limit", "2").report
    assert len(limited["planned"]) == 2
    assert codes(home) == []
    assert not (home / "snapshots").exists()
    assert {path.name for path in home.rglob("*")} - set(before) <= {"crawl", "dichvucong.lock", "dichvucong.log"}


def test_a_later_crawl_tells_what_was_added_changed_and_withdrawn_and_keeps_history(home: Path) -> None:
    portal = Portal.of(4)
    with Replay(portal) as server:
        assert crawl(home, server, "dichvucong").report["added"] == [f"9.{number:06}" for number in range(4)]
        del portal.procedures["id-0"]
        portal.procedures["id-1"] = made_up(1, "Tên mới (dựng để kiểm thử)")
        portal.procedures["id-9"] = made_up(9)
        report = crawl(home, server, "dichvucong").report
    assert (report["added"], report["changed"], report["withdrawn"]) == (["9.000009"], ["9.000001"], ["9.000000"])
    with open_store(f"sqlite:///{home / 'store.sqlite'}") as store:
        assert len(store.procedure_history("9.000001")) == 2
        assert len(store.procedure_history("9.000002")) == 1
        (ended,) = store.procedure_history("9.000000")
        assert ended.until is not None
    assert codes(home) == ["9.000001", "9.000002", "9.000003", "9.000009"]


def test_two_crawls_of_one_source_at_once_are_refused(home: Path) -> None:
    with Replay(Portal.of(COUNT, wait=0.5)) as server:
        process = subprocess.Popen(
            command("crawl", "dichvucong", "--no-index", "--json"),
            env=environment(home, server),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while not server.log:
            time.sleep(0.02)
        second = crawl(home, server, "dichvucong")
        process.kill()
        process.wait()
    assert second.status == 1
    assert "another process" in second.err
