"""The pages of the task ledger over the made-up knowledge base."""

from __future__ import annotations

import csv
import io

import pytest
from openpyxl import load_workbook

from tests.web.conftest import Ask
from tests.web.reading import facts, links, page, words


def listed(ask: Ask, **asked: str) -> list[str]:
    """The tasks on the page, by their names."""
    tree = page(ask("/nhiem-vu", params={name.replace("_", "-"): value for name, value in asked.items()}))
    return [str(link["href"]).partition("?")[0].removeprefix("/nhiem-vu/") for link in tree.select("td:first-child a")]


def test_both_lines_of_reconciliation_stand_above_the_list(ask: Ask) -> None:
    text = words(ask("/nhiem-vu"))
    assert "656 = 245 + 122 + 238 + 51 không nêu trong nguồn" in text
    assert "từ 43 = 8 + 7 + 28 văn bản" in text
    assert "Kho giữ theo tên: 4 nhiệm vụ từ 4 văn bản; được chứng minh nằm trong số 656: 0" in text


def test_the_states_add_up_with_the_unknown_among_them(ask: Ask) -> None:
    sums = page(ask("/nhiem-vu")).select_one(".sums")
    assert sums is not None
    assert " ".join(sums.text.split()) == (
        "4 = 0 hoàn thành + 0 hoàn thành quá hạn + 0 đang triển khai + 1 quá hạn chưa hoàn thành + 1 thường xuyên "
        "+ 2 chưa xác định"
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["M3", "M1", "luat-mau.dieu-10.1", "M2"]),
        ({"sap_xep": "thoi-han-xa"}, ["M1", "M3", "luat-mau.dieu-10.1", "M2"]),
        ({"sap_xep": "noi-dung"}, ["M3", "M1", "luat-mau.dieu-10.1", "M2"]),
        ({"co_quan": "Bộ Mẫu"}, ["M1", "luat-mau.dieu-10.1", "M3"]),
        ({"co_quan": "bo mau cu"}, ["M3", "M1"]),
        ({"co_quan": "Bộ Khác Mẫu"}, ["M3"]),
        ({"trang_thai": "recurring"}, ["luat-mau.dieu-10.1"]),
        ({"trang_thai": "thường xuyên"}, ["luat-mau.dieu-10.1"]),
        ({"tu": "01/01/2011", "den": "31/12/2011"}, ["M3"]),
        ({"tu": "2026-12-31"}, ["M1"]),
        ({"qua_han": "1"}, ["M3"]),
        ({"diem_nghen": "data"}, ["M3"]),
        ({"van_ban": "901/2020/qh14"}, ["luat-mau.dieu-10.1"]),
        ({"hieu_luc": "expired"}, ["M3"]),
        ({"het_hieu_luc": "1"}, ["M3"]),
        ({"het_hieu_luc": "1", "ngay": "31/12/2020"}, []),
        ({"qua_han": "1", "ngay": "30/01/2012"}, []),
    ],
)
def test_a_filter_leaves_what_was_asked_for_in_order(ask: Ask, asked: dict[str, str], found: list[str]) -> None:
    assert listed(ask, **asked) == found


def test_one_who_asks_under_a_new_name_sees_why_the_old_ones_task_is_there(ask: Ask) -> None:
    row = next(
        row for row in page(ask("/nhiem-vu", params={"co-quan": "Bộ Mẫu"})).select("tbody tr") if "Ăn mừng" in row.text
    )
    assert "chủ trì; kế thừa cơ quan được nêu tên: Bộ Mẫu Cũ" in " ".join(row.text.split())


def test_what_is_not_known_of_a_task_is_said(ask: Ask) -> None:
    row = next(row for row in page(ask("/nhiem-vu")).select("tbody tr") if "Việc mẫu chưa rõ" in row.text)
    cells = [cell.text for cell in row.select("td")]
    assert cells[1:4] == ["chưa xác định"] * 3
    assert cells[5] == "chưa xác định"


def test_a_task_whose_source_has_fallen_is_flagged_with_the_successor(ask: Ask) -> None:
    row = next(row for row in page(ask("/nhiem-vu")).select("tbody tr") if "Ăn mừng" in row.text)
    assert "hết hiệu lực toàn bộ nay là Luật số 901/2020/QH14" in " ".join(row.get_text(" ").split())


def test_filters_in_force_are_chips_that_take_them_away(ask: Ask) -> None:
    answer = ask("/nhiem-vu", params={"co-quan": "Bộ Mẫu", "trang-thai": "overdue", "ngay": "2026-01-31"})
    assert links(answer, ".chips") == {
        "Bỏ điều kiện Cơ quan chủ trì hoặc phối hợp: Bộ Mẫu ×": "/nhiem-vu?trang-thai=overdue&ngay=2026-01-31",
        "Bỏ điều kiện Trạng thái: quá hạn chưa hoàn thành ×": "/nhiem-vu?co-quan=Bộ+Mẫu&ngay=2026-01-31",
    }


def test_the_day_that_is_asked_for_goes_along_to_the_task(ask: Ask) -> None:
    answer = ask("/nhiem-vu", params={"ngay": "31/12/2020"})
    assert "/nhiem-vu/M3?ngay=2020-12-31" in links(answer).values()
    assert "xét đến 31/12/2020" in facts(ask("/nhiem-vu/M3?ngay=2020-12-31"))["Trạng thái"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"tu": "31/02/2025"}, "Thời hạn từ: “31/02/2025” không phải là một ngày."),
        ({"ngay": "hôm qua"}, "Xét đến ngày: “hôm qua” không phải là một ngày."),
        ({"trang-thai": "xong"}, "Trạng thái: không có giá trị “xong”."),
        ({"diem-nghen": "x"}, "Điểm nghẽn: không có giá trị “x”."),
        ({"sap-xep": "x"}, "Sắp xếp: không có giá trị “x”."),
        ({"qua-han": "có lẽ"}, "Đang quá hạn: không có giá trị “có lẽ”."),
        ({"co-quan": "Sở Trăng"}, "Kho không có cơ quan nào tên “Sở Trăng”."),
        ({"van-ban": "a" * 301}, "Văn bản giao hoặc liệt kê: giá trị dài 301 ký tự; dài nhất là 300 ký tự."),
    ],
)
@pytest.mark.parametrize("path", ["/nhiem-vu", "/nhiem-vu.csv"])
def test_a_value_that_cannot_be_meant_is_refused_with_the_reason(
    ask: Ask, path: str, asked: dict[str, str], told: str
) -> None:
    answer = ask(path, params=asked)
    assert answer.status_code == 400
    assert told in words(answer)


def test_words_that_fit_several_agencies_offer_them(ask: Ask) -> None:
    answer = ask("/nhiem-vu", params={"co-quan": "mẫu", "trang-thai": "overdue"})
    assert answer.status_code == 400
    assert links(answer)["Bộ Khác Mẫu"] == "/nhiem-vu?co-quan=Bộ+Khác+Mẫu&trang-thai=overdue"


def test_the_whole_result_is_there_in_each_format(ask: Ask) -> None:
    tree = page(ask("/nhiem-vu", params={"qua-han": "1"}))
    named = [str(one["href"]) for one in tree.select("link[rel=alternate]")]
    assert named == [f"/nhiem-vu.{kind}?qua-han=1" for kind in ("csv", "xlsx", "json")]
    assert [str(one["href"]) for one in tree.select(".exports a")] == named
    in_csv = list(csv.DictReader(io.StringIO(ask(named[0]).content.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(ask(named[1]).content)).active
    assert sheet is not None
    assert [row["Mã nhiệm vụ"] for row in in_csv] == ["M3"]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["M3"]
    assert [row["id"] for row in ask(named[2]).json()] == ["M3"]


def test_a_file_is_named_for_what_it_holds_and_its_day(ask: Ask) -> None:
    headers = ask("/nhiem-vu.csv", params={"ngay": "2025-02-01"}).headers
    assert headers["content-disposition"] == "attachment; filename*=UTF-8''nhiem-vu-2025-02-01.csv"
    assert headers["content-type"] == "text/csv; charset=utf-8"


def test_a_task_shows_clause_owner_deadline_state_and_source(ask: Ask) -> None:
    shown = facts(ask("/nhiem-vu/M1"))
    assert shown["Vị trí"] == "Quyết định số 06/QĐ-TTg , mục 1"
    assert shown["Cơ quan chủ trì"] == "Bộ Mẫu"
    assert shown["Cơ quan phối hợp"] == "chưa xác định"
    assert shown["Thời hạn"] == "Quý IV/2026 (đến 31/12/2026)"
    assert shown["Trạng thái"].startswith("chưa xác định xét đến")
    assert "xem ngày 04/05/2026" in shown["Nguồn"]


def test_our_own_words_are_marked_as_ours_and_the_document_s_as_its_own(ask: Ask) -> None:
    assert "Tóm tắt bằng lời của kho, không phải lời văn chính thức" in words(ask("/nhiem-vu/M1"))
    exact = ask("/nhiem-vu/luat-mau.dieu-10.1")
    assert "Lời văn của văn bản." in words(exact)
    clause = page(exact).select_one(".clause blockquote")
    assert clause is not None
    assert "a) Dữ liệu gốc mẫu a;" in clause.text


def test_a_clause_that_was_amended_says_by_which_clause_since_when(ask: Ask) -> None:
    answer = ask("/nhiem-vu/luat-mau.dieu-10.1")
    assert "Được sửa đổi bởi Điều 1 Luật số 902/2023/QH15 từ 01/07/2023 (tại Điều 10)" in words(answer)
    assert links(answer)["Điều 1"] == "/van-ban/luat-902-2023-qh15/dieu-1"
    assert "902/2023/QH15" not in words(ask("/nhiem-vu/luat-mau.dieu-10.1?ngay=2023-06-30"))


def test_a_source_that_has_fallen_leads_to_what_stands_today(ask: Ask) -> None:
    answer = ask("/nhiem-vu/M3")
    alert = page(answer).select_one(".alert")
    assert alert is not None
    assert "nay xem Luật số 901/2020/QH14" in alert.text
    assert "Bị thay thế bởi Luật số 901/2020/QH14 từ 01/01/2021" in words(answer)


def test_old_agencies_lead_to_their_successors_with_day_and_source(ask: Ask) -> None:
    lead = facts(ask("/nhiem-vu/M3"))["Cơ quan chủ trì"]
    assert "Bộ Mẫu Cũ ; nay là Bộ Mẫu từ 01/01/2021" in lead
    assert "dòng 3" in lead


def test_a_late_task_shows_report_obstacle_and_days(ask: Ask) -> None:
    answer = ask("/nhiem-vu/M3?ngay=2012-07-30")
    shown = facts(answer)
    assert shown["Trạng thái"].startswith("quá hạn chưa hoàn thành , quá hạn 396 ngày xét đến 30/07/2012")
    assert shown["Điểm nghẽn"] == "dữ liệu: thiếu dữ liệu mẫu"
    assert "quá hạn, mẫu" in words(answer)


def test_what_a_person_confirmed_and_what_a_search_suggests_stand_apart(ask: Ask) -> None:
    answer = ask("/nhiem-vu/M3")
    text = words(answer)
    assert "Trần Thị Mẫu xác nhận ngày 05/05/2026: cùng nội dung" in text
    assert "Gợi ý: có thể điều chỉnh nội dung nhiệm vụ, chưa có người xác nhận" in words(ask("/nhiem-vu/M1"))
    headings = [heading["id"] for heading in page(ask("/nhiem-vu/M1")).select("main h2[id]")]
    assert "suggested" in headings
    assert "confirmed" not in headings


def test_tasks_of_like_words_are_offered(ask: Ask) -> None:
    similar = page(ask("/nhiem-vu/M1")).select("#tuong-tu + ul a")
    assert "/nhiem-vu/luat-mau.dieu-10.1" in [link["href"] for link in similar]
    assert "/nhiem-vu/M1" not in [link["href"] for link in similar]


def test_a_task_of_a_number_that_several_documents_carry_guesses_none(ask: Ask) -> None:
    answer = ask("/nhiem-vu/M2")
    assert "Chưa rõ là văn bản nào trong" in words(answer)
    assert "Quyết định số 06/QĐ-TTg, 02/01/2025" in links(answer)
    assert page(answer).select_one(".alert") is None
