"""How fast sources are asked, measured by the log of the server that was asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.crawl.pace import wait_asked
from corpus.crawl.robots import rules_of
from tests.corpus.crawl.portal import LIST, Portal
from tests.corpus.crawl.replay import ALLOW_ALL, Answer, Replay, as_json, crawl

SLACK = 0.01  # seconds by which two clocks may round a pause


def test_the_delay_of_the_settings_is_kept(home: Path) -> None:
    with Replay(Portal.of(4)) as server:
        report = crawl(home, server, "dichvucong", delay=0.4).report
    assert report["stored"] == 4
    assert min(server.gaps()) >= 0.4 - SLACK
    assert report["delays"]["dichvucong.gov.vn"] >= 0.4


@pytest.mark.parametrize(
    "robots", [f"{ALLOW_ALL}Crawl-delay: 0.8\n", "User-agent: dean06\nAllow: /\nRequest-rate: 5/4\n"]
)
def test_the_delay_of_robots_txt_is_kept_where_it_is_longer(robots: str, home: Path) -> None:
    with Replay(Portal.of(3), robots=robots) as server:
        report = crawl(home, server, "dichvucong", delay=0.1).report
    assert report["stored"] == 3
    assert min(server.gaps()) >= 0.8 - SLACK


def test_one_request_at_a_time_waits_for_the_answer_before(home: Path) -> None:
    with Replay(Portal.of(4, wait=0.3)) as server:
        crawl(home, server, "dichvucong")
    details = [asked.at for asked in server.log[2:]]
    assert min(later - earlier for earlier, later in pairwise(details)) >= 0.3 - SLACK


def test_a_pause_that_the_server_asks_for_is_made_and_the_crawl_goes_on(home: Path) -> None:
    portal = Portal.of(2)
    first = [Answer("", 429, {"Retry-After": "1"}), Answer("", 503, {"Retry-After": "1"})]

    def respond(asked: object) -> Answer | None:
        return first.pop(0) if first and getattr(asked, "path", "") == LIST else portal(asked)  # type: ignore[arg-type]  # an Asked

    with Replay(respond) as server:
        report = crawl(home, server, "dichvucong", backoff=0.01).report
    assert report["stored"] == 2
    assert (report["retries"], report["waited"]) == (2, 2.0)
    lists = [asked.at for asked in server.log if asked.path == LIST]
    assert lists[1] - lists[0] >= 1 - SLACK
    assert lists[2] - lists[1] >= 1 - SLACK


def test_what_may_pass_is_tried_again_after_ever_longer_pauses(home: Path) -> None:
    portal = Portal.of(1)
    portal.instead[LIST] = Answer("", 500)
    with Replay(portal) as server:
        report = crawl(home, server, "dichvucong", retries=3, backoff=0.2).report
    times = [asked.at for asked in server.pages]
    assert len(times) == 4
    assert report["retries"] == 3
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert all(gap >= wait - SLACK for gap, wait in zip(gaps, (0.2, 0.4, 0.8), strict=True))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_what_will_not_pass_is_not_tried_again(status: int, home: Path) -> None:
    portal = Portal.of(1)
    portal.instead[LIST] = as_json({}, status=status)
    with Replay(portal) as server:
        crawl(home, server, "dichvucong", retries=3)
    assert len(server.pages) == 1


def test_every_request_says_who_asks_and_how_to_reach_them(home: Path) -> None:
    with Replay(Portal.of(1)) as server:
        crawl(home, server, "dichvucong", contact="https://example.vn/about")
    agents = {asked.headers["user-agent"] for asked in server.log}
    assert len(agents) == 1
    assert agents.pop().startswith("dean06/")
    assert all(asked.headers["user-agent"].endswith("(+https://example.vn/about)") for asked in server.log)
    assert all(asked.host == "dichvucong.gov.vn" for asked in server.log)


NOW = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        (" 120 ", 120.0),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90.0),
        (format_datetime(NOW - timedelta(seconds=90), usegmt=True), 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("１２", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(header: str, seconds: float | None) -> None:
    assert wait_asked(header, NOW) == seconds


@pytest.mark.parametrize(
    ("robots", "delay"),
    [
        ("", 0.0),
        ("User-agent: *\nCrawl-delay: 2.5\n", 2.5),
        ("User-agent: dean06\nCrawl-delay: 7\n\nUser-agent: *\nCrawl-delay: 1\n", 7.0),
    ],
)
def test_the_delay_of_robots_txt_is_that_of_our_own_rules(robots: str, delay: float) -> None:
    assert rules_of("https://example.vn/robots.txt", 200, robots.encode()).delay == delay
