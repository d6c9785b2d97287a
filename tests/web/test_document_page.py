from __future__ import annotations

import pytest

from tests.web.conftest import Ask
from tests.web.made_up import DECREES, LAW_SLUG, SCRIPT
from tests.web.reading import facts, links, page, words

LAW = f"/van-ban/{LAW_SLUG}"


def test_the_page_states_what_the_law_requires_of_a_document(ask: Ask) -> None:
    shown = facts(ask(LAW))
    assert shown == {
        "Loại văn bản": "Luật",
        "Số, ký hiệu": "901/2020/QH14",
        "Cơ quan ban hành": "Quốc hội",
        "Ngày ban hành": "17/06/2020",
        "Ngày có hiệu lực": "01/01/2021",
        "Ngày hết hiệu lực": "chưa xác định",
        "Trích yếu": "Luật Dữ liệu mẫu",
        "Người ký": "Nguyễn Văn Mẫu",
        "Lĩnh vực": "Dữ liệu mẫu",
    }


def test_a_standing_that_nobody_states_is_not_made_up(ask: Ask) -> None:
    standing = page(ask("/van-ban/quyet-dinh-06-2022-qd-ttg")).select_one(".standing")
    if standing is None:  # the slug is the store's affair
        target = links(ask("/so/06/QĐ-TTg"), ".hits")["Quyết định số 06/QĐ-TTg"]
        standing = page(ask(target)).select_one(".standing")
    assert standing is not None
    assert "chưa xác định" in standing.text
    assert "Chưa có nguồn nào nêu tình trạng; không suy ra từ ngày tháng." in standing.text


def test_a_standing_is_shown_with_what_brought_it_and_since_when(ask: Ask) -> None:
    answer = ask("/van-ban/luat-900-2010-qh12")
    standing = page(answer).select_one(".standing")
    assert standing is not None
    text = " ".join(standing.text.split())
    assert "hết hiệu lực toàn bộ" in text
    assert "Bị thay thế bởi Luật số 901/2020/QH14 từ 01/01/2021." in text
    assert "xem ngày 04/05/2026" in text


def test_an_article_tells_only_of_acts_upon_itself(ask: Ask) -> None:
    amended, untouched = (page(ask(f"{LAW}/{place}")).select_one(".standing") for place in ("dieu-3", "dieu-4"))
    assert amended is not None
    assert untouched is not None
    assert "Được sửa đổi" in amended.text
    assert sum("Được sửa đổi" in item.text for item in amended.select("li")) == 1
    assert not any("Được sửa đổi" in item.text for item in untouched.select("li"))


def test_a_standing_in_the_words_of_a_source_is_quoted_with_the_source(ask: Ask) -> None:
    standing = page(ask("/van-ban/luat-902-2023-qh15")).select_one(".standing")
    assert standing is not None
    assert "Nguồn nêu: Còn hiệu lực" in standing.text
    assert "mau.example" in standing.text


def test_the_table_of_contents_leads_to_every_article_of_the_page(ask: Ask) -> None:
    tree = page(ask(LAW))
    targets = [str(link["href"]).removeprefix("#") for link in tree.select(".contents a")]
    assert targets == [f"dieu-{number}" for number in range(1, 13)]
    assert all(tree.find(id=target) for target in targets)


def test_headings_say_the_number_once_wherever_the_source_has_it(ask: Ask) -> None:
    headings = [heading.text.replace("\xa0§", "") for heading in page(ask(LAW)).select(".law h3")]
    assert headings[:3] == ["Điều 1. Phạm vi điều chỉnh", "Điều 2. Giải thích từ ngữ", "Điều 3. Nội dung số 3"]
    assert headings[9] == "Điều 10"


def test_a_heading_that_stands_in_the_text_is_printed_once_as_it_stands(ask: Ask) -> None:
    answer = ask(LAW, params={"ban": "original"})
    headings = [heading.text.replace("\xa0§", "") for heading in page(answer).select(".law h3, .law h4")]
    assert headings == ["Chương I QUY ĐỊNH CHUNG", "Điều 1. Phạm vi điều chỉnh và đối tượng"]
    assert words(answer).count("Luật này mẫu nguyên bản.") == 1
    assert words(answer).count("và đối tượng") == 2  # in the contents and over the text


def test_every_clause_and_point_has_an_address_of_its_own(ask: Ask) -> None:
    tree = page(ask(LAW))
    point = tree.find(id="dieu-5.khoan-1.diem-dd")
    assert point is not None
    anchor = point.find("a")
    assert anchor is not None
    assert anchor["href"] == f"{LAW}/dieu-5.khoan-1.diem-dd"  # type: ignore[index]
    assert anchor["aria-label"] == "Địa chỉ điểm đ khoản 1 Điều 5"  # type: ignore[index]


def test_other_editions_are_linked_and_an_unknown_one_is_not_found(ask: Ask) -> None:
    assert f"{LAW}?ban=original" in links(ask(LAW)).values()
    assert ask(LAW, params={"ban": "x"}).status_code == 404


def test_relations_to_one_document_stand_together_with_their_places_and_day(ask: Ask) -> None:
    text = words(ask(LAW))
    assert "Được sửa đổi bởi (3)" in text
    assert "Luật số 902/2023/QH15 : Sửa đổi Luật Dữ liệu mẫu" in text
    assert "Từ 01/07/2023. Tại khoản 1 Điều 2 , Điều 3 , Điều 10 ." in text
    assert "Ở văn bản kia: Điều 1" in text


def test_relations_are_seen_from_both_ends(ask: Ask) -> None:
    assert "Thay thế (1)" in words(ask(LAW))
    assert "Bị thay thế bởi (1)" in words(ask("/van-ban/luat-900-2010-qh12"))


def test_a_long_list_of_relations_goes_on_to_pages_of_its_own(ask: Ask) -> None:
    answer = ask(LAW)
    url = links(answer)[f"Xem cả {DECREES} văn bản: được hướng dẫn, quy định chi tiết bởi"]
    first, second = ask(url), ask(url, params={"nhom": "guides-in", "trang": "2"})
    counts = [len(page(part).select(".relations > li")) for part in (first, second)]
    assert counts == [50, DECREES - 50]


def test_a_document_without_relations_says_so(ask: Ask) -> None:
    answer = ask("/van-ban/nghi-dinh-903-2021-nd-cp/luoc-do")
    assert "Chưa có nguồn nào nêu quan hệ với văn bản khác." in words(answer)


def test_every_fact_is_shown_with_its_source_and_conflicts_side_by_side(ask: Ask) -> None:
    rows = [" ".join(row.get_text(" ").split()) for row in page(ask(LAW)).select("#nguon + div tbody tr")]
    titles = [row for row in rows if row.startswith("Trích yếu")]
    assert [("các nguồn khác nhau" in row, "không dùng để hiển thị" in row) for row in titles] == [
        (True, False),
        (True, True),
    ]
    assert all("đã đối chiếu với nguồn" in row for row in rows)


def test_only_web_addresses_of_sources_become_links(ask: Ask) -> None:
    answer = ask(LAW)
    assert "javascript:alert(1)" in answer.text
    assert not [url for url in links(answer).values() if url.startswith("javascript")]


def test_a_title_that_is_a_script_is_shown_and_not_run(ask: Ask) -> None:
    for path in ("/van-ban/nghi-dinh-903-2021-nd-cp", "/?q=903%2F2021%2Fn%C4%91-cp", f"/?q={SCRIPT}"):
        answer = ask(path)
        assert SCRIPT not in answer.text
        assert page(answer).find("script") is None
    assert SCRIPT in words(ask("/van-ban/nghi-dinh-903-2021-nd-cp"))


def test_a_document_known_by_citation_only_says_so(ask: Ask) -> None:
    assert "văn bản mới chỉ được biết qua viện dẫn" in words(ask("/van-ban/nghi-dinh-07-2021-nd-cp"))


@pytest.mark.parametrize("path", ["/van-ban/khong-co", "/van-ban/khong-co/dieu-1", "/van-ban/khong-co/luoc-do"])
def test_a_document_that_is_not_held_is_not_found(ask: Ask, path: str) -> None:
    answer = ask(path)
    assert answer.status_code == 404
    assert "Không có gì dưới địa chỉ này." in words(answer)
    assert page(answer).select_one("form[role=search]") is not None


class TestProvisionPage:
    def test_an_article_has_a_page_with_its_text_and_its_neighbours(self, ask: Ask) -> None:
        answer = ask(f"{LAW}/dieu-5")
        assert answer.status_code == 200
        heading = page(answer).h1
        assert heading is not None
        assert heading.text == "Điều 5 Luật số 901/2020/QH14"
        assert links(answer, ".pages") == {
            "← Điều trước": f"{LAW}/dieu-4",
            "Điều sau →": f"{LAW}/dieu-6",
            "Trong toàn văn": f"{LAW}#dieu-5",
        }

    @pytest.mark.parametrize(
        ("path", "name"),
        [
            ("dieu-5.khoan-1", "Khoản 1 Điều 5"),
            ("dieu-5.khoan-1.diem-dd", "Điểm đ khoản 1 Điều 5"),
        ],
    )
    def test_the_address_of_a_clause_or_point_shows_its_article_with_that_place_marked(
        self, ask: Ask, path: str, name: str
    ) -> None:
        answer = ask(f"{LAW}/{path}")
        tree = page(answer)
        assert tree.h1 is not None
        assert tree.h1.text == f"{name} Luật số 901/2020/QH14"
        assert [marked["id"] for marked in tree.select(".here")] == [path]
        assert tree.select_one(f'main a[href="#{path}"]') is not None
        assert "Khoản mẫu của điều 5 & hết." in words(answer)

    def test_a_chapter_has_a_page_with_its_articles(self, ask: Ask) -> None:
        answer = ask(f"{LAW}/chuong-1")
        headings = [heading.text.replace("\xa0§", "") for heading in page(answer).select(".law h2, .law h3")]
        assert headings == ["Chương I QUY ĐỊNH CHUNG", "Điều 1. Phạm vi điều chỉnh và đối tượng"]

    def test_the_headings_above_lead_to_their_own_pages(self, ask: Ask) -> None:
        answer = ask(f"{LAW}/dieu-1", params={"ban": "original"})
        assert links(answer, ".trail")["Chương I. QUY ĐỊNH CHUNG"] == f"{LAW}/chuong-1"
        assert links(answer, ".facts")["xem bản khác (codified)"] == f"{LAW}/dieu-1?ban=codified"

    def test_the_address_of_an_edition_within_the_path_is_kept_by_results(self, ask: Ask) -> None:
        assert "Luật này mẫu nguyên bản." in words(ask(f"{LAW}/dieu-1@original"))

    def test_the_page_says_where_and_when_the_text_was_seen_and_from_when_it_applies(self, ask: Ask) -> None:
        shown = facts(ask(f"{LAW}/dieu-5"))
        assert shown["Có hiệu lực từ"] == "01/01/2021"
        assert shown["Nguồn"].startswith("Bộ pháp điển điện tử, Điều 1.1.LQ.2")
        assert shown["Địa chỉ lâu dài"] == f"{LAW}/dieu-5"

    def test_relations_of_an_article_and_of_its_clauses_are_listed_there(self, ask: Ask) -> None:
        assert "Được sửa đổi bởi (1)" in words(ask(f"{LAW}/dieu-2"))
        assert links(ask(f"{LAW}/dieu-3"))["Điều 4"] == f"{LAW}/dieu-4"
        assert links(ask(f"{LAW}/dieu-4"))["Điều 3"] == f"{LAW}/dieu-3"
        assert page(ask(f"{LAW}/dieu-6")).select_one("#luoc-do") is None

    def test_a_provision_that_is_not_held_leads_back_to_its_document(self, ask: Ask) -> None:
        answer = ask(f"{LAW}/dieu-99.khoan-1")
        assert answer.status_code == 404
        assert "Kho không có khoản 1 Điều 99 của Luật số 901/2020/QH14." in words(answer)
        assert links(answer)["Luật số 901/2020/QH14"] == LAW


class TestNumberAddress:
    def test_a_number_of_one_document_leads_to_it(self, ask: Ask) -> None:
        answer = ask("/so/901/2020/qh14")
        assert (answer.status_code, answer.headers["location"]) == (303, LAW)

    def test_a_number_of_several_documents_gives_the_choice(self, ask: Ask) -> None:
        answer = ask("/so/06/QĐ-TTg")
        assert answer.status_code == 300
        assert "2 văn bản mang số 06/QĐ-TTg" in words(answer)
        assert "Thủ tướng Chính phủ, ban hành ngày 06/01/2022" in words(answer)
        assert "Thủ tướng Chính phủ, ban hành ngày 02/01/2025" in words(answer)

    @pytest.mark.parametrize(
        ("asked", "target"),
        [("9.000001", "/thu-tuc/9.000001"), ("M1", "/nhiem-vu/M1"), (f"{LAW_SLUG}/dieu-5", f"{LAW}/dieu-5")],
    )
    def test_other_names_lead_to_what_they_name(self, ask: Ask, asked: str, target: str) -> None:
        assert ask(f"/so/{asked}").headers["location"] == target

    def test_a_number_that_is_not_held_is_not_found(self, ask: Ask) -> None:
        assert ask("/so/1/1999/NĐ-CP").status_code == 404
