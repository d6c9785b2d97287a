from __future__ import annotations

import pytest

from tests.web.conftest import Ask
from tests.web.reading import links, page, words


def test_the_home_page_has_one_box_and_says_what_is_held(ask: Ask) -> None:
    answer = ask("/")
    assert answer.status_code == 200
    assert len(page(answer).select("form[role=search] input[name=q]")) == 1
    assert "66; 1 có toàn văn hoặc một phần, 60 mới chỉ biết qua viện dẫn" in words(answer)


@pytest.mark.parametrize("typed", ["901/2020/QH14", "luật 901/2020/qh14", "901/2020/qh14 "])
def test_a_number_in_any_spelling_brings_its_document_first(ask: Ask, typed: str) -> None:
    first = page(ask("/", params={"q": typed})).select_one("ol.hits li a")
    assert first is not None
    assert first["href"] == "/van-ban/luat-901-2020-qh14"


def test_what_was_asked_stays_in_the_box_and_in_the_title(ask: Ask) -> None:
    tree = page(ask("/", params={"q": 'dữ liệu "gốc mẫu"'}))
    box = tree.select_one("input[name=q]")
    assert box is not None
    assert box["value"] == 'dữ liệu "gốc mẫu"'
    assert tree.title is not None
    assert 'dữ liệu "gốc mẫu"' in tree.title.text


def test_a_hit_shows_citation_standing_dates_and_the_words_found(ask: Ask) -> None:
    answer = ask("/", params={"q": '"dữ liệu gốc"'})
    hit = page(answer).select_one("ol.hits li")
    assert hit is not None
    text = hit.get_text(" ", strip=True)
    assert "Luật số 901/2020/QH14" in text
    assert "chưa xác định" in text
    assert "ban hành 17/06/2020" in text
    assert [mark.text.lower() for mark in hit.select("mark")][:1] == ["dữ liệu gốc"]


def test_the_number_of_an_article_is_not_said_twice(ask: Ask) -> None:
    hits = [
        link.text for link in page(ask("/", params={"q": "giải thích từ ngữ", "kind": "article"})).select(".hits a")
    ]
    assert hits[0] == "Điều 2 Luật số 901/2020/QH14. Giải thích từ ngữ"


def test_a_facet_narrows_by_as_many_as_it_counts(ask: Ask) -> None:
    tree = page(ask("/", params={"q": "mẫu"}))
    value = next(item for item in tree.select("#loc li") if item.select_one("a[href*='kind=task']"))
    link, count = value.select_one("a"), value.select_one(".soft")
    assert link is not None
    assert count is not None
    narrowed = ask(str(link["href"]))
    heading = page(narrowed).select_one("#ket-qua")
    assert heading is not None
    assert heading.text == f"{count.text} kết quả"


def test_a_chosen_value_is_a_chip_that_takes_it_away(ask: Ask) -> None:
    answer = ask("/", params={"q": "mẫu", "kind": "article", "type": "Luật"})
    chips = links(answer, ".chips")
    assert chips == {
        "Bỏ điều kiện Loại kết quả: điều ×": "/?q=mẫu&type=Luật",
        "Bỏ điều kiện Loại văn bản: Luật ×": "/?q=mẫu&kind=article",
    }


def test_chosen_values_go_along_when_other_words_are_asked(ask: Ask) -> None:
    tree = page(ask("/", params={"q": "mẫu", "kind": "article", "sort": "newest"}))
    kept = {(str(field["name"]), str(field["value"])) for field in tree.select("form input[type=hidden]")}
    assert kept == {("kind", "article"), ("sort", "newest")}


def test_a_facet_with_many_values_can_be_listed_whole(ask: Ask) -> None:
    tree = page(ask("/", params={"q": "mẫu", "loc": "type"}))
    assert tree.select_one("#loc a[href*='loc=type']") is None


def test_results_are_paged_and_the_page_stands_in_the_title(ask: Ask) -> None:
    answer = ask("/", params={"q": "mẫu", "trang": "2"})
    tree = page(answer)
    assert tree.title is not None
    assert "(trang 2)" in tree.title.text
    assert links(answer, ".pages")["← Trang trước"] == "/?q=mẫu"
    current = tree.select_one(".pages [aria-current]")
    assert current is not None
    assert current.text == "2"
    assert len(tree.select("ol.hits > li")) == 5


@pytest.mark.parametrize("asked", ["999", "0", "-1", "x", "１"])
def test_a_page_that_does_not_exist_shows_the_first(ask: Ask, asked: str) -> None:
    assert ask("/", params={"q": "mẫu", "trang": asked}).text == ask("/", params={"q": "mẫu"}).text


def test_two_documents_of_one_number_are_offered_as_a_choice(ask: Ask) -> None:
    answer = ask("/", params={"q": "06/qđ-ttg", "kind": "document"})
    assert "hãy chọn theo loại, cơ quan và ngày ban hành" in words(answer)
    assert len(page(answer).select("ol.hits > li")) == 2


def test_how_the_query_was_understood_is_shown(ask: Ask) -> None:
    assert page(ask("/", params={"q": '"dữ liệu gốc'})).select(".understood li") != []


def test_nothing_found_says_what_is_held_and_offers_less(ask: Ask) -> None:
    answer = ask("/", params={"q": '"gốc liệu" dữ', "year": "1990"})
    assert "Không có kết quả. Kho có 66 văn bản và 13 điều" in words(answer)
    assert 'Từng phần của câu tìm: dữ 20 · "gốc liệu" 0' in words(answer)
    filtered = links(ask("/", params={"q": "dữ liệu", "year": "1990"}))
    assert filtered["bỏ mọi điều kiện lọc đã chọn"] == "/?q=dữ+liệu"
    quoted = links(ask("/", params={"q": '"gốc liệu"'}))
    assert quoted["gốc liệu (bỏ yêu cầu liền nhau, đủ từ)"] == "/?q=gốc+liệu"


def test_a_query_longer_than_the_setting_is_refused_with_the_reason(ask: Ask) -> None:
    answer = ask("/", params={"q": "a" * 1001})
    assert answer.status_code == 400
    assert "Câu tìm dài 1001 ký tự; dài nhất là 1000 ký tự." in words(answer)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"q": "a", "year": "abc"}, "“abc” không phải là một năm."),
        ({"q": "a", "sort": "x"}, "Không có cách sắp xếp “x”."),
        ({"type": [f"loại {number}" for number in range(61)]}, "Địa chỉ nêu hơn 60 điều kiện lọc."),
    ],
)
def test_a_condition_that_does_not_exist_is_refused_with_the_reason(ask: Ask, asked: dict[str, str], told: str) -> None:
    answer = ask("/", params=asked)
    assert answer.status_code == 400
    assert told in words(answer)


def test_a_result_page_with_its_sheet_weighs_at_most_fifty_kilobytes(ask: Ask) -> None:
    weight = len(ask("/", params={"q": "mẫu"}).content) + len(ask("/static/style.css").content)
    assert weight <= 50 * 1024
