"""The steps of vbpl and of the crawl for what is missing, without a crawl. Answers are made up."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.crawl.fetch import Fetch
from corpus.crawl.refusals import NotThereError, WrongDocumentError
from corpus.crawl.spider import Wanted
from corpus.sources import spider_of
from corpus.sources.missing import missing_documents
from kb.model import Evidence, Identity, ObservedDocument, Provenance
from kb.store import Store, open_store
from tests.corpus.sources import made_up
from tests.corpus.sources.samples import page

NUMBER = "59/2022/NĐ-CP"


def vbpl(fetch: Fetch, text: str) -> list[Fetch]:
    """What an answer of the gateway leads to."""
    return list(spider_of("vbpl")().follow(page("vbpl", fetch, text.encode())))


def detail_fetch() -> Fetch:
    """The request for a detail."""
    (search,) = spider_of("vbpl")().first(Wanted(NUMBER), None)  # type: ignore[arg-type]  # the store is not read
    (found,) = vbpl(search, made_up.listing([("7", NUMBER), ("8", "159/2022/NĐ-CP")], 2))
    return found


def test_vbpl_asks_for_files_only_where_a_document_has_no_body() -> None:
    with_body = vbpl(detail_fetch(), made_up.gateway_detail("7", NUMBER))
    assert [fetch.role for fetch in with_body] == ["tree", "diagram"]
    without = vbpl(detail_fetch(), made_up.gateway_detail("7", NUMBER, body=False))
    assert [fetch.role for fetch in without] == ["tree", "diagram", "files"]
    files = made_up.answer(
        [{"fileName": "Phụ lục 1.docx"}, {"fileName": "VanBanGoc_59.pdf"}, {"fileName": "Nghị định 59.docx"}]
    )
    (file,) = vbpl(without[-1], files)
    assert file.address.endswith("/doc/minio/buckets/vbpl/7/Ngh%E1%BB%8B%20%C4%91%E1%BB%8Bnh%2059.docx/download")
    assert (file.item, file.optional) == ("7", True)


def test_vbpl_refuses_another_id_than_the_one_asked_for() -> None:
    with pytest.raises(WrongDocumentError, match="id 8, not of 7"):
        vbpl(detail_fetch(), made_up.gateway_detail("8", NUMBER))


def test_vbpl_reads_a_tree_where_there_is_no_body() -> None:
    fetch = detail_fetch()
    tree = [{"id": "1", "title": "Điều 1", "content": {"content": "Điều 1. Bịa<br>Chữ."}}]
    pages = [
        page("vbpl", fetch, made_up.gateway_detail("7", NUMBER, body=False).encode()),
        page("vbpl", replace(fetch, role="tree"), made_up.answer(tree).encode()),
    ]
    records = spider_of("vbpl")().read(pages)
    (document,) = records.documents  # type: ignore[attr-defined]  # what this source gives
    assert [part.provision.path for part in document.edition.provisions] == ["dieu-1"]
    assert document.document.provenance.address == "https://vbpl.vn/van-ban/chi-tiet/7"


def test_vbpl_reads_the_next_page_of_a_list_until_the_last() -> None:
    (first,) = spider_of("vbpl")().first(Wanted(), None)  # type: ignore[arg-type]  # the store is not read
    rows = [(str(number), f"{number}/2022/NĐ-CP") for number in range(50)]
    *_, second = vbpl(first, made_up.listing(rows, 60))
    assert json.loads(second.body)["pageNumber"] == 2
    assert [fetch.role for fetch in vbpl(second, made_up.listing(rows[:10], 60, 2))] == ["detail"] * 10


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store that knows three documents and holds none."""
    held = open_store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    seen = Provenance("test", "made up", Evidence.OFFICIAL_LIST)
    with held.importing(source="test", name="made up", sha256="0") as batch:
        batch.document(
            ObservedDocument(Identity("Nghị định", NUMBER, "Chính phủ"), seen, title="Bịa", relevance="background")
        )
        batch.document(
            ObservedDocument(Identity("Luật", "1/2021/QH15", "Quốc hội"), seen, title="Bịa", relevance="core")
        )
        batch.document(ObservedDocument(Identity("Nghị quyết", "01/2026/NQ-HĐND", "HĐND tỉnh Bịa"), seen, title="Bịa"))
    return held


def test_what_is_missing_is_ordered_and_names_who_can_give_it(store: Store) -> None:
    with store:
        found = missing_documents(store)
        assert [(one.document.number, one.sources) for one in found] == [
            ("01/2021/QH15", ("congbao",)),
            (NUMBER, ("congbao", "vanban_chinhphu")),
            ("01/2026/NQ-HĐND", ()),
        ]
        assert missing_documents(store, with_vbpl=True)[-1].sources == ("vbpl",)
        planned = list(spider_of("missing")().first(Wanted(), store))
    assert [(fetch.source, fetch.number) for fetch in planned] == [("congbao", "01/2021/QH15"), ("congbao", NUMBER)]
    assert planned[0].context["why"] == (
        "0 held documents cite it; 0 procedures rest on it; 0 tasks come from it; core; day of issue not known"
    )


def test_where_one_source_does_not_hold_a_document_the_next_is_asked(store: Store) -> None:
    spider = spider_of("missing")()
    with store:
        law, decree = spider.first(Wanted(), store)
    nothing = json.dumps({"success": True, "data": []}).encode()
    (following,) = spider.follow(page("congbao", decree, nothing))
    assert (following.source, following.role, following.item) == ("vanban_chinhphu", "form", decree.item)
    with pytest.raises(NotThereError):
        list(spider.follow(page("congbao", law, nothing)))
