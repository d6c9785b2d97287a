"""No source takes a wrong page for a right one: each kind of failure is refused by its own typed error. The pages are made up."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.crawl.checks import check_page
from corpus.crawl.fetch import Expects, Fetch
from corpus.crawl.pages import Page
from corpus.crawl.refusals import (
    CaptchaError,
    ForbiddenError,
    LoginError,
    MaintenanceError,
    MovedError,
    RejectedError,
    SiteErrorPageError,
    TooManyRequestsError,
    TruncatedError,
    WrongDocumentError,
    WrongKindError,
)
from corpus.parse.sites.gazette_site import SITE as GAZETTE
from corpus.parse.sites.government_site import LIST as GOVERNMENT
from corpus.sources import spider_of
from corpus.sources.vbpl import GATEWAY
from kb.errors import Dean06Error, UnusableInputError
from tests.corpus.crawl.replay import Answer, Asked, Replay, crawl
from tests.corpus.sources.samples import made_up, page

ASKED = "59/2022/NĐ-CP"
STEPS = {  # each source's steps: what it asks and what it expects
    "congbao": (
        Fetch(f"{GAZETTE}/cac-van-ban-moi-ban-hanh.rss", "feed", expects=Expects.XML),
        Fetch(f"{GAZETTE}/van-ban-dang-cong-bao.htm", "lists"),
        Fetch(f"{GAZETTE}/van-ban-dang-cong-bao/chinh-phu-c1.htm", "list"),
        Fetch("https://api-searchcongbao.chinhphu.vn/search/van-ban", "search", expects=Expects.JSON, number=ASKED),
        Fetch(f"{GAZETTE}/van-ban/nghi-dinh-so-59-2022-nd-cp-1.htm", "detail", "1", number=ASKED),
    ),
    "vbpl": (
        Fetch(f"{GATEWAY}/doc/all", "search", expects=Expects.JSON, number=ASKED),
        Fetch(f"{GATEWAY}/doc/all", "list", expects=Expects.JSON),
        Fetch(f"{GATEWAY}/doc/1", "detail", "1", Expects.JSON, number=ASKED, context={"id": "1"}),
    ),
    "vanban_chinhphu": (
        Fetch(GOVERNMENT, "list"),
        Fetch(GOVERNMENT, "form", number=ASKED),
        Fetch(GOVERNMENT, "found", number=ASKED),
        Fetch(f"{GOVERNMENT}&docid=1", "detail", "1", number=ASKED),
    ),
}
FILES = {
    "congbao": Fetch("https://congbaocdn.chinhphu.vn/1.pdf", "file", "1", Expects.PDF),
    "vbpl": Fetch(f"{GATEWAY}/doc/minio/buckets/vbpl/1/a.pdf/download", "file", "1", Expects.ANY),
    "vanban_chinhphu": Fetch("https://datafiles.chinhphu.vn/1.signed.pdf", "file", "1", Expects.PDF),
}
ALL_STEPS = [(source, fetch) for source, fetches in STEPS.items() for fetch in (*fetches, FILES[source])]


@dataclass(frozen=True, slots=True)
class Failure:
    """A made-up page, the status it comes with, and the error that must say so."""

    name: str
    error: type[Dean06Error]
    status: int = 200


SAID_BY_THE_PAGE = (
    Failure("forbidden_403.html", ForbiddenError, 403),
    Failure("too_many_429.html", TooManyRequestsError, 429),
    Failure("unavailable_503.html", MaintenanceError, 503),
    Failure("request_rejected_200.html", RejectedError),
    Failure("captcha.html", CaptchaError),
    Failure("login.html", LoginError),
    Failure("site_error_200.html", SiteErrorPageError),
    Failure("maintenance_200.html", MaintenanceError),
    Failure("moved.html", MovedError, 301),
    Failure("empty.html", WrongKindError),
)


def taken(answer: Page) -> object:
    """What the crawler does with an answer: the common checks, then the source's own step, then its parser."""
    check_page(answer)
    spider = spider_of(answer.snapshot.source)()
    return list(spider.follow(answer)), spider.read([answer]) if answer.item else None


@pytest.mark.parametrize("failure", SAID_BY_THE_PAGE, ids=lambda failure: failure.name)
@pytest.mark.parametrize(("source", "fetch"), ALL_STEPS, ids=lambda part: getattr(part, "role", part))
def test_a_page_that_says_what_is_wrong_is_refused_by_that_name(source: str, fetch: Fetch, failure: Failure) -> None:
    with pytest.raises(failure.error, match=r"\S") as refused:
        taken(page(source, fetch, made_up(failure.name), status=failure.status))
    assert fetch.address.split("?")[0] in str(refused.value)


@pytest.mark.parametrize(("source", "fetch"), ALL_STEPS, ids=lambda part: getattr(part, "role", part))
def test_an_answer_that_ends_too_early_is_refused(source: str, fetch: Fetch) -> None:
    with pytest.raises(TruncatedError):
        taken(page(source, fetch, b"<html><title>a</title>", cut=True))


@pytest.mark.parametrize("name", ["navigation.html", "wrong_charset.html", "empty_list.html"])
@pytest.mark.parametrize(("source", "fetch"), ALL_STEPS, ids=lambda part: getattr(part, "role", part))
def test_a_page_of_another_kind_is_refused_whole(source: str, fetch: Fetch, name: str) -> None:
    with pytest.raises(Dean06Error):
        taken(page(source, fetch, made_up(name)))


@pytest.mark.parametrize("source", FILES)
def test_html_named_pdf_is_refused(source: str) -> None:
    with pytest.raises(WrongKindError):
        taken(page(source, FILES[source], made_up("html_named.pdf")))


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("congbao", "wrong_document_gazette.html"),
        ("vbpl", "wrong_document.json"),
        ("vanban_chinhphu", "wrong_document_government.html"),
    ],
)
def test_a_document_of_another_number_is_refused(source: str, name: str) -> None:
    fetch = next(fetch for fetch in STEPS[source] if fetch.role == "detail")
    with pytest.raises(WrongDocumentError, match="999/QĐ-XYZ"):
        taken(page(source, fetch, made_up(name)))


@pytest.mark.parametrize("name", ["truncated.json", "failed_answer.json"])
def test_json_that_is_cut_off_or_tells_of_a_failure_is_refused(name: str) -> None:
    for fetch in STEPS["vbpl"]:
        with pytest.raises((UnusableInputError, WrongKindError)):
            taken(page("vbpl", fetch, made_up(name)))


def test_every_made_up_page_is_named_in_the_folder_s_readme(request: pytest.FixtureRequest) -> None:
    folder = Path(request.path).parents[1] / "pages"
    told = (folder / "README.md").read_text(encoding="utf-8")
    pages = [path for path in folder.iterdir() if path.name != "README.md"]
    assert all(f"`{path.name}`" in told for path in pages)
    assert all(
        "ade up" in path.read_text(encoding="utf-8") or "made_up" in path.read_text(encoding="utf-8")
        for path in pages
        if path.stat().st_size
    )


SERVED = {
    "moved": (Answer(status=301, headers={"Location": "https://elsewhere.example/x"}), {"moved", "forbidden address"}),
    "endless redirect": (Answer(status=302, headers={"Location": "/again"}), {"endless redirect"}),
    "slow": (Answer("<html>" + "x" * 4000, drip=0.5), {"too slow"}),
    "1 GB body": (Answer(endless=True), {"too large"}),
}
OPTIONS = {"slow": {"timeout": 1, "retries": 0}, "1 GB body": {"largest": 200_000, "retries": 0}}


@pytest.mark.slow
@pytest.mark.parametrize("kind", SERVED)
@pytest.mark.parametrize("source", STEPS)
def test_what_a_server_does_wrong_stops_the_source_and_is_named(source: str, kind: str, tmp_path: Path) -> None:
    answer, kinds = SERVED[kind]

    def answered(asked: Asked) -> Answer:
        del asked
        return answer

    with Replay(answered) as server:
        ended = crawl(tmp_path, server, source, "--dry-run", vbpl="yes", **OPTIONS.get(kind, {}))
    assert set(ended.kinds) & kinds, ended
    assert ended.report["stored"] == 0
