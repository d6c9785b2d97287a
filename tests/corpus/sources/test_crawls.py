"""Whole crawls of each source through the real crawler, answered by a loopback server with made-up pages and a real PDF."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from kb.model import RelationKind, Status
from kb.store import open_store
from tests.corpus.crawl.replay import Answer, Asked, Replay, crawl
from tests.corpus.sources import made_up

PDF = "sources/congbao/nghi_dinh/nghi-dinh-so-38-2022-nd-cp-37348.pdf"
NUMBER = "38/2022/NĐ-CP"
JSON = "application/json"


def gazette(pdf: bytes) -> dict[str, Answer]:
    """The gazette's site: a fuzzy search with two hits, the page of one, its PDF."""
    hits = [made_up.gazette_hit("138/2022/NĐ-CP", 1), made_up.gazette_hit(NUMBER, 37348)]
    search = json.dumps({"success": True, "total": 2, "data": hits}, ensure_ascii=False)
    detail = made_up.gazette_page(NUMBER, "Nghị định", "https://congbaocdn.chinhphu.vn/CongBaoCP/38.pdf")
    return {
        "POST /search/van-ban": Answer(search, type=JSON),
        "/van-ban/nghi-dinh-so-38-2022-nd-cp-37348.htm": Answer(detail),
        "/CongBaoCP/38.pdf": Answer(pdf, type="application/pdf"),
    }


@pytest.fixture
def pdf(real_data: Path) -> bytes:
    """A real PDF of the gazette."""
    return (real_data / PDF).read_bytes()


def test_the_gazette_gives_a_document_by_number_with_the_text_of_its_pdf(home: Path, pdf: bytes) -> None:
    with Replay(gazette(pdf)) as server:
        ended = crawl(home, server, "congbao", "--number", "38/2022/nd-cp")
    assert ended.report["stored"] == 1, ended
    assert [asked.path for asked in server.pages if "138" in asked.path] == []
    with open_store(f"sqlite:///{home / 'store.sqlite'}") as store:
        (held,) = store.find(NUMBER)
        assert (held.has_text, held.articles, held.issuer, str(held.issued)) == (True, 5, "Chính phủ", "2022-06-12")
        sources = {
            seen.source for fact in store.facts(held.slug) for value in fact.values for seen in value.provenances
        }
    assert "congbao" in sources


def test_a_number_that_the_fuzzy_search_does_not_hold_is_not_there(home: Path, pdf: bytes) -> None:
    with Replay(gazette(pdf)) as server:
        ended = crawl(home, server, "congbao", "--number", "8/2022/NĐ-CP")
    assert ended.kinds == ["not there"]
    assert len(server.pages) == 1


def test_a_dry_run_says_what_the_gazette_would_be_asked_and_stores_nothing(home: Path, pdf: bytes) -> None:
    with Replay(gazette(pdf)) as server:
        ended = crawl(home, server, "congbao", "--number", NUMBER, "--dry-run")
    planned = [(fetch["role"], fetch["number"]) for fetch in ended.report["planned"]]
    assert planned == [("detail", NUMBER)]
    assert ended.report["stored"] == 0


def gateway(asked: Asked) -> Answer | None:
    """The gateway: two documents of neighbouring numbers, the first with tree and diagram."""
    number = "98/2099/NĐ-CP"
    told = {
        "/api/qtdc/public/doc/all": made_up.listing([("7", number), ("8", "198/2099/NĐ-CP")], 2),
        "/api/qtdc/public/doc/7": made_up.gateway_detail(
            "7", number, references=[(10, "5", "1/2098/NĐ-CP"), (8, "6", "2/2098/NĐ-CP")]
        ),
        "/api/qtdc/public/doc/provision/tree/7": made_up.answer([]),
        "/api/qtdc/public/doc/7/diagram": made_up.answer(
            {
                "documentNamesByType": {"10": [{"id": "5", "name": "Nghị định số 1/2098/NĐ-CP Bịa"}]},
                "documentNamesBySource": {},
            }
        ),
    }
    path = asked.path.partition("?")[0]
    return Answer(told[path], type=JSON) if path in told else None


def test_vbpl_is_off_until_the_user_turns_it_on_after_reading_the_note(home: Path) -> None:
    with Replay(gateway) as server:
        ended = crawl(home, server, "vbpl", "--number", "98/2099/NĐ-CP")
    assert ended.status == 1
    assert "DEAN06_CRAWL_VBPL" in ended.err
    assert "Bộ Tư pháp" in ended.err
    assert server.log == []


def test_vbpl_gives_text_status_and_relations_and_lists_the_disputed_ones(home: Path) -> None:
    with Replay(gateway) as server:
        ended = crawl(home, server, "vbpl", "--number", "98/2099/NĐ-CP", vbpl="yes")
    assert ended.report["stored"] == 1, ended
    assert json.loads(server.pages[0].body)["docNum"] == "98/2099/NĐ-CP"
    assert any("disputed" in group["why"] for group in ended.report["unused"])
    with open_store(f"sqlite:///{home / 'store.sqlite'}") as store:
        (held,) = store.find("98/2099/NĐ-CP")
        assert (held.status, held.status_wording, held.articles) == (Status.UNKNOWN, "", 3)
        acts = [view for view in store.relations(held.slug, "out") if view.kind is RelationKind.AMENDS]
        assert [(view.object.number, view.wording) for view in acts] == [
            ("01/2098/NĐ-CP", "referenceType 10 (sửa đổi, bổ sung)")
        ]


def government(pdf: bytes) -> Replay:
    """The Government's site: a list of two pages by postback, a search, a page with its signed PDF."""

    def respond(asked: Asked) -> Answer | None:
        if asked.path.endswith(".signed.pdf"):
            return Answer(pdf, type="application/pdf")
        if "docid=" in asked.path:
            return Answer(made_up.government_page(NUMBER, "https://datafiles.chinhphu.vn/cpp/files/38.signed.pdf"))
        form = {name: values[0] for name, values in parse_qs(asked.body).items()}
        if "ctrl_7_9$btnSearch" in form:
            return Answer(made_up.government_list([("5", "138/2022/NĐ-CP", "01/07/2022"), ("6", NUMBER, "12/06/2022")]))
        if form.get("__EVENTARGUMENT") == "Page$2" and form["__VIEWSTATE"] == "state":
            return Answer(
                made_up.government_list([("6", NUMBER, "12/06/2022"), ("7", "1/2020/NĐ-CP", "02/01/2020")], (1, 3))
            )
        return Answer(made_up.government_list([("6", NUMBER, "12/06/2022")], (2,)))

    return Replay(respond)


def test_the_government_s_list_is_read_by_postback_until_it_is_older_than_wanted(home: Path, pdf: bytes) -> None:
    with government(pdf) as server:
        ended = crawl(home, server, "vanban_chinhphu", "--since", "2022-01-01")
    assert ended.report["stored"] == 1, ended
    turned = [parse_qs(asked.body)["__EVENTARGUMENT"] for asked in server.pages if asked.method == "POST"]
    assert turned == [["Page$2"], ["Page$3"]]


def test_the_government_s_search_is_compared_by_number(home: Path, pdf: bytes) -> None:
    with government(pdf) as server:
        ended = crawl(home, server, "vanban_chinhphu", "--number", NUMBER)
    assert ended.report["stored"] == 1, ended
    assert not any("docid=5" in asked.path for asked in server.pages)


def test_missing_lists_what_it_would_fetch_in_order_with_reasons_and_asks_nothing(home: Path) -> None:
    with Replay({}) as server:
        ended = crawl(home, server, "missing", "--limit", "3", "--dry-run")
    planned = ended.report["planned"]
    assert len(planned) == 3, ended
    assert all("procedures rest on it" in fetch["why"] for fetch in planned)
    assert server.pages == []


def test_missing_takes_no_number(home: Path) -> None:
    with Replay({}) as server:
        ended = crawl(home, server, "missing", "--number", NUMBER)
    assert ended.status == 1
    assert "goes by importance" in ended.err


def test_missing_stores_nothing_of_a_source_that_gives_another_document(home: Path, pdf: bytes) -> None:
    def respond(asked: Asked) -> Answer | None:
        if asked.path == "/search/van-ban":
            number = json.loads(asked.body)["query"]
            hit = made_up.gazette_hit(number, 1, "Luật")
            return Answer(json.dumps({"success": True, "data": [hit]}, ensure_ascii=False), type=JSON)
        if asked.path.startswith("/van-ban/"):
            return Answer(made_up.gazette_page("38/2019/QH14", "Luật", "https://congbaocdn.chinhphu.vn/1.pdf"))
        if asked.path == "/1.pdf":
            return Answer(pdf, type="application/pdf")
        return (
            Answer(made_up.government_list([("9", "1/1999/QĐ-TTg", "01/02/1999")])) if "mode=1" in asked.path else None
        )

    with Replay(respond) as server:
        ended = crawl(home, server, "missing", "--limit", "2")
    assert "wrong document" in ended.kinds, ended
    assert ended.report["stored"] == 0
    with open_store(f"sqlite:///{home / 'store.sqlite'}") as store:
        assert not any(held.has_text for held in store.find("38/2019/QH14"))
