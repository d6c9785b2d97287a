"""The gazette's, the Government's and a provincial gazette's pages: what they say, and the traps in them. Pages are made up."""

from __future__ import annotations

import json
from datetime import date

import pytest

from corpus.crawl.fetch import Expects, Fetch
from corpus.parse.sites import gazette_domino, gazette_site, government_site
from corpus.sources import spider_of
from corpus.sources.congbao import FEED, LISTS
from kb.errors import UnusableInputError
from kb.model import Evidence, Provenance, Status
from tests.corpus.sources import made_up
from tests.corpus.sources.samples import page

GAZETTE = "https://congbao.chinhphu.vn/van-ban/nghi-dinh-so-38-2022-nd-cp-37348.htm"
PAGE = "https://vanban.chinhphu.vn/?pageid=27160&docid=216334&classid=1"


def seen(address: str) -> Provenance:
    """Where a made-up page would come from."""
    return Provenance("sample", address, Evidence.OFFICIAL_LIST)


@pytest.mark.parametrize(
    ("address", "own_id", "hint", "kind"),
    [
        ("/van-ban/nghi-dinh-so-38-2022-nd-cp-37348/40840.htm", "37348", "38/2022/NĐ-CP", "Nghị định"),
        ("/van-ban/quyet-dinh-so-840-qd-ttg-123.htm?utm=1#x", "123", "840/QĐ-TTg", "Quyết định"),
        ("/van-ban/van-ban-hop-nhat-so-43-vbhn-nhnn-5.htm", "5", "43/VBHN-NHNN", "Văn bản hợp nhất"),
        ("//congbao.chinhphu.vn/van-ban/luat-so-51-2024-qh15-43559.htm", "43559", "51/2024/QH15", "Luật"),
        ("/van-ban/thong-bao-khong-so-77.htm", "77", "", "Thông báo"),
    ],
)
def test_an_address_of_the_gazette_gives_an_id_and_a_hint(address: str, own_id: str, hint: str, kind: str) -> None:
    entry = gazette_site.entry_of(address)
    assert entry is not None
    assert (entry.id, entry.hint, entry.type, entry.number) == (own_id, hint, kind, "")


@pytest.mark.parametrize(
    "address", ["/van-ban/khong-co-id.htm", "/cong-bao/so-1-2.htm", "//[", "javascript:alert(1)", ""]
)
def test_what_is_no_document_of_the_gazette_is_none(address: str) -> None:
    assert gazette_site.entry_of(address) is None


def test_words_of_a_list_tell_the_number_before_the_address_does() -> None:
    entry = gazette_site.entry_of(
        "/van-ban/thong-tu-so-10-2026-tt-bng-1.htm", "Thông tư số 10/2026/TT-BNG hướng dẫn thử"
    )
    assert entry is not None
    assert (entry.number, entry.title) == ("10/2026/TT-BNG", "hướng dẫn thử")
    assert entry.may_be("Thông tư 10/2026/tt-bng")
    assert not entry.may_be("110/2026/TT-BNG")


def test_a_fuzzy_search_is_compared_by_number_and_its_extensions_are_not_believed() -> None:
    hit = made_up.gazette_hit("14/2022/NĐ-CP", 2) | {
        "danh_sach_tep_van_ban": [
            {
                "duong_dan": "https://congbaocdn.chinhphu.vn/x/16587doc",
                "ten_file": "a",
                "file_extension": "/x/16587",
                "thu_tu": 1,
            },
            {
                "duong_dan": "https://congbaocdn.chinhphu.vn/x/16587pdf",
                "ten_file": "a",
                "file_extension": "chinhphu",
                "thu_tu": 2,
            },
        ]
    }
    data = json.dumps({"success": True, "data": [made_up.gazette_hit("114/2022/NĐ-CP", 1), hit]}, ensure_ascii=False)
    hits = gazette_site.read_search(data.encode(), seen("search"))
    (found,) = gazette_site.matching(hits, "nđ 14/2022")
    assert [file.kind for file in found.files] == ["pdf", "doc"]
    assert gazette_site.address_of(found) == "https://congbao.chinhphu.vn/van-ban/nghi-dinh-so-14-2022-nd-cp-2.htm"


def test_the_page_of_a_document_gives_its_labels() -> None:
    found = gazette_site.read_document(
        made_up.gazette_page("38/2022/NĐ-CP", "Nghị định", "https://congbaocdn.chinhphu.vn/38.pdf").encode(),
        seen(GAZETTE),
    )
    identity = found.document.identity
    assert (identity.number, identity.issuer, str(identity.issued)) == ("38/2022/NĐ-CP", "Chính phủ", "2022-06-12")
    assert found.document.source_ids == (("congbao", "37348"),)
    assert [file.kind for file in found.files] == ["pdf"]


@pytest.mark.parametrize(
    "text", ['<!DOCTYPE rss [<!ENTITY a "b">]><rss/>', "<rss><channel></channel></rss>", "<rss><channel>"]
)
def test_a_feed_that_declares_entities_or_holds_nothing_is_refused(text: str) -> None:
    with pytest.raises(UnusableInputError):
        gazette_site.read_feed_entries(text.encode(), "feed")


ENTRIES = [(f"/van-ban/nghi-dinh-so-{n}-2022-nd-cp-{n}.htm", f"Nghị định số {n}/2022/NĐ-CP bịa") for n in (11, 12)]


def follow(fetch: Fetch, text: str) -> list[Fetch]:
    """What a page of the gazette leads to."""
    return list(spider_of("congbao")().follow(page("congbao", fetch, text.encode())))


def test_a_list_is_read_to_its_last_page_and_not_beyond() -> None:
    first = Fetch("https://congbao.chinhphu.vn/van-ban-dang-cong-bao/chinh-phu-c1.htm", "list")
    *_, second = follow(first, made_up.gazette_list(ENTRIES, 2))
    assert second.address.endswith("/chinh-phu-c1/trang-2.htm")
    assert follow(second, made_up.gazette_list(ENTRIES, 9)) == []  # the site shows its last page again
    assert [fetch.role for fetch in follow(second, made_up.gazette_list(ENTRIES[1:], 2))] == ["detail"]


def test_since_stops_at_a_page_of_earlier_years() -> None:
    asked = Fetch(
        "https://congbao.chinhphu.vn/van-ban-dang-cong-bao/chinh-phu-c1.htm", "list", context={"since": "2023-02-01"}
    )
    assert follow(asked, made_up.gazette_list(ENTRIES, 5)) == []


@pytest.mark.parametrize(
    ("since", "roles"),
    [("2026-05-25", ["detail"]), ("2026-05-01", ["detail", "detail", "lists"]), ("2026-06-01", [])],
)
def test_the_lists_are_read_only_where_the_feed_does_not_reach_back(since: str, roles: list[str]) -> None:
    text = made_up.feed(
        [
            (f"https://congbao.chinhphu.vn{ENTRIES[0][0]}", "Mon, 25 May 2026"),
            (f"https://congbao.chinhphu.vn{ENTRIES[1][0]}", "Sun, 24 May 2026"),
        ]
    )
    found = follow(Fetch(FEED, "feed", expects=Expects.XML, context={"since": since}), text)
    assert [fetch.role for fetch in found] == roles


def test_the_lists_of_all_issuers_are_found_on_their_page() -> None:
    links = "<a href='/van-ban-dang-cong-bao/chinh-phu-c1.htm'>a</a><a href='/van-ban-dang-cong-bao/bo-cong-an-c26.htm'>b</a>"
    found = follow(Fetch(LISTS, "lists"), f"<html><body>{links}</body></html>")
    assert [fetch.address.rsplit("/", 1)[-1] for fetch in found] == ["chinh-phu-c1.htm", "bo-cong-an-c26.htm"]


def test_a_file_on_a_host_that_is_not_the_gazette_s_is_not_asked_for() -> None:
    asked = Fetch(GAZETTE, "detail", "37348")
    assert follow(asked, made_up.gazette_page("38/2022/NĐ-CP", "Nghị định", "https://elsewhere.example/38.pdf")) == []


@pytest.mark.parametrize(
    ("printed", "number", "note"),
    [
        ("66.116/2025/QH15", "116/2025/QH15", "printed as 66.116/2025/QH15"),
        ("66.7/2025/NQ-CP", "66.7/2025/NQ-CP", ""),
        ("134/2025/QН15", "134/2025/QH15", "printed as 134/2025/QН15"),  # a Cyrillic letter
        ("10 /2016/TT-BTNMT", "10/2016/TT-BTNMT", "printed as 10 /2016/TT-BTNMT"),
    ],
)
def test_a_number_is_canonical_and_what_is_printed_is_kept(printed: str, number: str, note: str) -> None:
    found = government_site.read_document(made_up.government_page(printed).encode(), seen(PAGE))
    assert (found.document.identity.number, found.document.provenance.note) == (number, note)
    assert found.document.source_ids == (("vanban_chinhphu", "216334"),)


def test_a_postback_carries_the_page_s_own_state_and_control() -> None:
    listed = government_site.read_list(
        made_up.government_list([("5", "1/2022/NĐ-CP", "01/07/2022")], (2, 3)).encode(), "list"
    )
    assert listed.control == "ctrl_7_9$grvDocument"
    assert listed.postback(2) == {
        "__VIEWSTATE": "state",
        "__EVENTVALIDATION": "valid",
        "ctrl_7_9$txtSearchKeyword": "",
        "ctrl_7_9$drdRecordPerPage": "50",
        "__EVENTTARGET": "ctrl_7_9$grvDocument",
        "__EVENTARGUMENT": "Page$2",
    }
    asked = listed.search("59/2022/NĐ-CP")
    assert asked is not None
    assert (asked["ctrl_7_9$txtSearchKeyword"], asked["ctrl_7_9$hidIsSearch"]) == ("59/2022/NĐ-CP", "1")
    assert listed.rows[0].issued == date(2022, 7, 1)


def test_signed_files_come_first() -> None:
    cells = "".join(
        f"<a href='https://datafiles.chinhphu.vn/{name}'>x</a>" for name in ("a.doc", "a.pdf", "a.signed.pdf", "a.png")
    )
    html = f"<html><div class='Content'><table><tr><td class='col1'>Số ký hiệu</td><td>1/2022/NĐ-CP{cells}</td></tr></table></div></html>"
    files = government_site.read_document(html.encode(), seen(PAGE)).files
    assert [file.rsplit("/", 1)[-1] for file in files] == ["a.signed.pdf", "a.pdf", "a.doc"]


UNID = "0123456789ABCDEF0123456789ABCDEF"


def test_a_list_of_a_provincial_gazette_is_read() -> None:
    cells = ["1", f"<a class='kyhieu' href='NoiDung?openForm&ParentUNID={UNID}'>37/2026/QĐ-UBND</a>"]
    cells += [
        "<span class='excerpt'>bịa</span><span class='w-effect'>13/7/2026</span>",
        "<span class='effecting'>20/7/2026</span>",
    ]
    cells += ["<span>Đang hiệu lực</span>", f"<a href='{UNID}/$file/QD so 37.doc'>tải</a>"]
    html = "<table><tr>" + "".join(f"<td class='datacell'>{cell}</td>" for cell in cells) + "</tr></table>"
    (row,) = gazette_domino.read_rows(html.encode(), seen("list"))
    document = row.document
    assert (document.identity.number, str(document.identity.issued), document.title) == (
        "37/2026/QĐ-UBND",
        "2026-07-13",
        "bịa",
    )
    assert (document.status, document.status_wording, document.effective) == (
        Status.IN_FORCE,
        "Đang hiệu lực",
        date(2026, 7, 20),
    )
    assert row.files == (f"https://congbao.sonla.gov.vn/congbao.nsf/{UNID}/$file/QD%20so%2037.doc",)


def test_the_attributes_of_a_provincial_document_are_read() -> None:
    rows = {
        "Số, ký hiệu:": "37/2026/QĐ-UBND",
        "Loại văn bản": "Quyết định của UBND tỉnh",
        "Cơ quan ban hành": "UBND Tỉnh",
        "Ngày ban hành": "13/07/2026",
        "Tình trạng": "Hết hiệu lực một phần",
        "Người ký": "Nguyễn Văn Thử",
    }
    html = "<table class='tbl-attributes'>" + "".join(
        f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in rows.items()
    )
    document = gazette_domino.read_attributes(html.encode(), seen(f"https://congbao.sonla.gov.vn/x?ParentUNID={UNID}"))
    assert (document.identity.type, document.identity.issuer) == ("Quyết định", "Ủy ban nhân dân tỉnh Sơn La")
    assert (document.status, document.signer) == (Status.PARTLY_EXPIRED, "Nguyễn Văn Thử")
    assert document.source_ids == (("congbao_sonla", UNID),)
