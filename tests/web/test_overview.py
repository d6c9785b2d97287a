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
    assert "Kho giữ theo tên 4 nhiệm vụ từ 4 văn bản; được chứng minh nằm trong số 656: 0" in text


def test_the_documents_that_assign_tasks_add_up(ask: Ask) -> None:
    assert "43 = 8 + 7 + 28" in words(ask("/tong-quan"))


def test_every_figure_stands_with_unit_day_and_source(ask: Ask) -> None:
    rows = page(ask("/tong-quan")).select("table.figures tbody tr")
    assert len(rows) == 9
    for row in rows:
        cells = [cell.get_text(" ", strip=True) for cell in row.select("td")]
        assert cells[1:4] == ["không nêu", "nhiệm vụ", "09/10/2024"]
        assert cells[4].startswith("Báo chí")


def test_the_sums_of_both_ledgers_stand_whole_with_what_is_not_known(ask: Ask) -> None:
    text = words(ask("/tong-quan"))
    assert (
        "4 = 0 hoàn thành + 0 hoàn thành quá hạn + 0 đang triển khai + 1 quá hạn chưa hoàn thành + 1 thường xuyên"
        in text
    )
    assert "+ 2 chưa xác định" in text
    assert "102 = 2 có lý do cho thấy chưa đơn giản hóa + 0 chưa thấy lý do + 100 chưa có nội dung để xét" in text
    assert "317 thủ tục trong 65 văn bản; không kèm danh sách" in text


def test_what_several_reports_state_is_drawn_with_a_table_under_it(ask: Ask) -> None:
    tree = page(ask("/tong-quan"))
    section = next(one for one in tree.select("section.series") if "Nhiệm vụ đã hoàn thành" in one.text)
    bars = section.select("svg rect")
    assert len(bars) == len(section.select("tbody tr")) > 1
    assert {name for bar in bars for name in bar["class"]} == {"bar", "differs"}
    drawing = section.select_one("svg")
    assert drawing is not None
    assert "09/10/2024: 245" in str(drawing["aria-label"])


def test_the_figures_can_be_taken_away_with_day_and_source(ask: Ask) -> None:
    rows = ask("/tong-quan.json").json()
    done = [row for row in rows if row["id"] == "done"]
    assert done[0]["numerator"] == 245
    assert {"as_of", "source", "source_address", "source_place"} <= done[0].keys()


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
