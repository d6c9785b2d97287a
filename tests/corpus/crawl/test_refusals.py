"""Each way in which a source can go wrong stops the crawl by its own name, keeps what came, and leaves the store alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.snapshot import Snapshots
from kb.store import open_store
from tests.corpus.crawl.portal import DETAIL, LIST, Portal, made_up
from tests.corpus.crawl.replay import Answer, Authority, Replay, as_json, crawl

HOST = "dichvucong.gov.vn"
REJECTED = "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Support ID: 1</body></html>"
CAPTCHA = "<html><title>Just a moment...</title><div class='g-recaptcha'></div></html>"
LOGIN = "<html><title>Đăng nhập</title><form><input name=u><input type=password name=p></form></html>"
SORRY = "<html><title>Error</title><body><h1>Sorry, something went wrong</h1></body></html>"
MAINTENANCE = "<html><title>Thông báo</title><body>Hệ thống đang bảo trì, xin quay lại sau.</body></html>"
SHELL = f"<html><title>Cổng Dịch vụ công</title><body>{'<p>Trang chủ</p>' * 400}</body></html>"
EMPTY = as_json({"code": "OK", "data": {"items": [], "lastId": "", "total": 0}}, status=201)

LIST_ANSWERS = {
    "rejected with 200": (Answer(REJECTED), "request rejected"),
    "rejected with 403": (Answer(REJECTED, 403), "request rejected"),
    "a captcha": (Answer(CAPTCHA), "captcha"),
    "a captcha with 403": (Answer(CAPTCHA, 403), "captcha"),
    "a login page": (Answer(LOGIN), "login page"),
    "401": (as_json({"message": "no"}, status=401), "forbidden"),
    "403": (Answer("<html>Forbidden</html>", 403), "forbidden"),
    "429 for ever": (Answer("<html>Slow down</html>", 429, {"Retry-After": "0"}), "too many requests"),
    "429 with a long wait": (Answer("", 429, {"Retry-After": "86400"}), "too many requests"),
    "an error page with 200": (Answer(SORRY), "site error"),
    "500 for ever": (Answer("oops", 500), "site error"),
    "maintenance with 200": (Answer(MAINTENANCE), "maintenance"),
    "503 for ever": (Answer("", 503), "maintenance"),
    "the page of a site instead of JSON": (Answer(SHELL), "wrong kind"),
    "letters in a wrong charset": (Answer('{"code": "café"}'.encode("cp1252"), type="application/json"), "wrong kind"),
    "nothing at all": (Answer(""), "wrong kind"),
    "an empty list": (EMPTY, "empty list"),
    "another form": (as_json({"code": "OK", "data": {"rows": []}}), "unknown form"),
    "an error in the envelope": (as_json({"code": "ERR", "message": "x"}, status=201), "refused"),
    "a cut body": (as_json({"code": "OK", "data": "x" * 500}, cut=100), "truncated"),
    "a redirect to another host": (Answer("", 301, {"Location": "https://other.example.vn/"}), "moved"),
    "a redirect into the network": (Answer("", 302, {"Location": "http://169.254.169.254/latest/"}), "moved"),
    "a redirect to a file": (Answer("", 302, {"Location": "file:///etc/passwd"}), "moved"),
    "an endless redirect": (Answer("", 307, {"Location": LIST}), "endless redirect"),
    "a slow server": (Answer("{}", wait=3), "too slow"),
    "a dripping server": (as_json({"code": "x" * 200}, drip=0.3), "too slow"),
    "an endless body": (Answer(endless=True, type="application/json"), "too large"),
    "a gigabyte announced": (Answer("{}", announced=1_000_000_000, type="application/json"), "too large"),
}


@pytest.mark.parametrize("case", LIST_ANSWERS)
def test_a_wrong_answer_stops_the_source_and_says_what_happened(case: str, home: Path) -> None:
    answer, kind = LIST_ANSWERS[case]
    portal = Portal.of(2)
    portal.instead[LIST] = answer
    before = _revision(home)
    with Replay(portal) as server:
        ended = crawl(home, server, "dichvucong", timeout=1, largest=1_000_000, retries=1)
    assert ended.kinds == [kind], ended.err
    assert ended.status == 1
    assert ended.report["refused"][0]["stopped"]
    assert ended.report["refused"][0]["remedy"]
    assert ended.report["remaining"] == 1
    assert _revision(home) == before
    assert server.sent < 30_000_000
    came = kind not in {"moved", "endless redirect", "too slow", "too large"}
    assert len(list(Snapshots(home).all())) == (1 if came or case == "a redirect to a file" else 0)


def test_another_procedure_than_the_one_asked_for_is_refused(home: Path) -> None:
    portal = Portal.of(2)
    portal.procedures["id-1"] = made_up(7) | {"id": "id-1"}
    listed = [{"id": "id-1", "code": "9.000001", "name": "x"}]
    portal.instead[LIST] = as_json({"code": "OK", "data": {"items": listed, "lastId": "id-1", "total": 1}}, status=201)
    with Replay(portal) as server:
        ended = crawl(home, server, "dichvucong")
    assert (ended.kinds, ended.report["stored"]) == (["wrong document"], 0)


def test_what_is_not_there_is_left_out_and_the_rest_is_taken(home: Path) -> None:
    portal = Portal.of(3)

    def respond(asked: object) -> Answer | None:
        body = getattr(asked, "body", "")
        return None if getattr(asked, "path", "") == DETAIL and json.loads(body)["id"] == "id-1" else portal(asked)  # type: ignore[arg-type]  # an Asked

    with Replay(respond) as server:
        ended = crawl(home, server, "dichvucong")
    assert (ended.kinds, ended.report["stored"], ended.report["finished"]) == (["not there"], 2, True)


def test_a_list_that_ends_before_its_total_withdraws_nothing(home: Path) -> None:
    portal = Portal.of(3)
    with Replay(portal) as server:
        assert crawl(home, server, "dichvucong").report["stored"] == 3
        rows = [{"id": "id-0", "code": "9.000000", "name": "x"}]
        portal.instead[LIST] = as_json({"code": "OK", "data": {"items": rows, "lastId": "", "total": 3}}, status=201)
        ended = crawl(home, server, "dichvucong")
    assert ended.kinds == ["empty list"]
    assert ended.report["withdrawn"] == []


@pytest.mark.parametrize(
    ("robots", "kind"),
    [
        ("User-agent: *\nDisallow: /api/\n", "robots.txt"),
        ("User-agent: dean06\nDisallow: /\n\nUser-agent: *\nAllow: /\n", "robots.txt"),
        (Answer("", 500), "robots.txt"),
        (Answer(SHELL), "robots.txt"),
        (Answer("", 301, {"Location": "https://other.example.vn/robots.txt"}), "moved"),
    ],
)
def test_what_robots_txt_does_not_allow_is_not_asked(robots: str | Answer, kind: str, home: Path) -> None:
    with Replay(Portal.of(1), robots=robots) as server:
        ended = crawl(home, server, "dichvucong", retries=0)
    assert ended.kinds == [kind]
    assert not server.pages


@pytest.mark.parametrize("robots", [Answer("", 404), "", "User-agent: *\nDisallow: /private/\n"])
def test_what_robots_txt_leaves_free_is_asked(robots: str | Answer, home: Path) -> None:
    with Replay(Portal.of(1), robots=robots) as server:
        assert crawl(home, server, "dichvucong").report["stored"] == 1


def test_a_certificate_is_verified_and_one_more_can_be_trusted(home: Path, tmp_path: Path) -> None:
    authority = Authority.make(tmp_path, [HOST])
    with Replay(Portal.of(1), tls=authority) as server:
        refused = crawl(home, server, "dichvucong", retries=0)
        assert refused.kinds == ["certificate"]
        assert not server.log
        taken = crawl(home, server, "dichvucong", extra_certificate=authority.root)
    assert taken.report["stored"] == 1


def test_a_certificate_of_another_host_is_refused(home: Path, tmp_path: Path) -> None:
    authority = Authority.make(tmp_path, ["other.example.vn"])
    with Replay(Portal.of(1), tls=authority) as server:
        ended = crawl(home, server, "dichvucong", retries=0, extra_certificate=authority.root)
    assert ended.kinds == ["certificate"]


@pytest.mark.parametrize(
    ("words", "settings", "said"),
    [
        (["dichvucong"], {"contact": ""}, "DEAN06_CRAWL_CONTACT"),
        (["dichvucong"], {"contact": "nobody"}, "crawl_contact"),
        (["vbpl"], {}, "DEAN06_CRAWL_VBPL=yes"),
        (["nowhere"], {}, "phapdien"),
        (["dichvucong", "--since", "2026-01-01"], {}, "no dates"),
        (["phapdien", "--limit", "1"], {}, "one package"),
        (["dichvucong"], {"allow_loopback": False}, "DEAN06_CRAWL_ALLOW_LOOPBACK=yes"),
        (["dichvucong"], {"replay": "http://example.vn"}, "crawl_replay"),
        (["dichvucong"], {"extra_certificate": "/nowhere.pem"}, "certificate"),
    ],
)
def test_a_crawl_that_may_not_begin_says_the_way_out(
    words: list[str], settings: dict[str, object], said: str, home: Path
) -> None:
    with Replay(Portal.of(1)) as server:
        ended = crawl(home, server, *words, **settings)
    assert ended.status == 1
    assert said in ended.err
    assert "Traceback" not in ended.err
    assert not server.log


def _revision(home: Path) -> int:
    with open_store(f"sqlite:///{home / 'store.sqlite'}") as store:
        return store.revision
