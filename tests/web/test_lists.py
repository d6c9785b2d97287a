from __future__ import annotations

from tests.web.conftest import Ask
from tests.web.reading import facts, links, page, words


def test_the_dashboard_sets_the_total_against_its_parts_and_names_the_rest(ask: Ask) -> None:
    answer = ask("/tong-quan")
    line = page(answer).select_one(".line")
    assert line is not None
    assert line.text == "656 = 245 + 122 + 238 + 51 không nêu trong nguồn"
    shown = facts(answer)
    assert shown["Nhiệm vụ đã hoàn thành"] == "245 (37,3%)"
    assert shown["Không nêu trong nguồn"].startswith("51 (7,8%)")
    assert shown["Tổng số"] == "656"


def test_the_dashboard_says_how_many_tasks_are_held_by_name(ask: Ask) -> None:
    text = words(ask("/tong-quan"))
    assert "Kho giữ được 2 nhiệm vụ có tên" in text
    assert "chưa nhiệm vụ nào được chứng minh nằm trong số 656" in text


def test_the_documents_that_assign_tasks_add_up(ask: Ask) -> None:
    assert "43 = 8 + 7 + 28" in words(ask("/tong-quan"))


def test_every_figure_stands_with_unit_day_and_source(ask: Ask) -> None:
    rows = page(ask("/tong-quan")).select("main table tbody tr")
    assert len(rows) == 7
    for row in rows:
        cells = [cell.get_text(" ", strip=True) for cell in row.select("td")]
        assert cells[1:4] == ["không nêu", "nhiệm vụ", "09/10/2024"]
        assert cells[4].startswith("Báo chí")


def test_the_list_of_tasks_says_what_is_not_known(ask: Ask) -> None:
    answer = ask("/nhiem-vu")
    assert "Nguồn nêu thời hạn của 1, nêu tình trạng của 1; phần còn lại chưa xác định." in words(answer)
    unclear = next(row for row in page(answer).select("tbody tr") if "Việc mẫu chưa rõ" in row.text)
    assert [cell.text for cell in unclear.select("td")][1:4] == ["chưa xác định"] * 3


def test_a_task_shows_clause_owner_deadline_state_and_source(ask: Ask) -> None:
    shown = facts(ask("/nhiem-vu/M1"))
    assert shown["Giao tại"] == "Quyết định số 06/QĐ-TTg , mục 1"
    assert shown["Cơ quan chủ trì"] == "Bộ Mẫu"
    assert shown["Cơ quan phối hợp"] == "chưa xác định"
    assert shown["Thời hạn"] == "Quý IV/2026 (đến 31/12/2026)"
    assert shown["Tình trạng theo nguồn"] == "đang làm"
    assert "xem ngày 04/05/2026" in shown["Nguồn"]


def test_a_task_of_a_number_that_several_documents_carry_guesses_none(ask: Ask) -> None:
    answer = ask("/nhiem-vu/M2")
    assert "chưa rõ là văn bản nào trong" in facts(answer)["Giao tại"]
    assert "Quyết định số 06/QĐ-TTg, 02/01/2025" in links(answer)


def test_the_standing_of_the_assigning_document_stands_beside_the_task(ask: Ask) -> None:
    assert page(ask("/nhiem-vu/M1")).select_one(".standing") is not None
    assert page(ask("/nhiem-vu/M2")).select_one(".standing") is None


def test_procedures_are_listed_in_pages(ask: Ask) -> None:
    first, second = ask("/thu-tuc"), ask("/thu-tuc", params={"trang": "2"})
    assert [len(page(answer).select("tbody tr")) for answer in (first, second)] == [100, 2]
    assert "Thủ tục hành chính (102)" in words(first)


def test_a_procedure_says_what_has_no_source(ask: Ask) -> None:
    shown = facts(ask("/thu-tuc/9.000001"))
    assert shown["Mã thủ tục"] == "9.000001"
    assert shown["Hồ sơ, thời hạn, phí"] == "chưa có nguồn"


def test_searching_from_a_list_stays_in_that_list(ask: Ask) -> None:
    kept = page(ask("/thu-tuc")).select_one("form input[name=kind]")
    assert kept is not None
    assert kept["value"] == "procedure"


def test_the_data_page_says_what_came_from_where_and_what_was_left_out(ask: Ask) -> None:
    answer = ask("/du-lieu")
    text = words(answer)
    assert "mau.zip" in text
    assert "Không dùng được, hoặc chỉ dùng được một phần: 2" in text
    assert "1: trang chỉ có tên đề mục, chưa pháp điển" in text
    foreign = page(answer).select_one("[lang=en]")
    assert foreign is not None
    assert foreign.text == "a reason no page has words for"


def test_every_example_of_the_help_page_can_be_followed(ask: Ask) -> None:
    examples = links(ask("/tro-giup"), "main table")
    assert len(examples) >= 12
    assert {ask(url).status_code for url in examples.values()} == {200}
