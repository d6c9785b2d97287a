"""The pages of the procedure ledger over the made-up knowledge base."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from tests.web.conftest import Ask
from tests.web.made_up_ledgers import PLANNED, TOLD
from tests.web.reading import facts, links, page, words


def listed(ask: Ask, path: str, **asked: str) -> list[str]:
    """The procedures in the table, by code."""
    tree = page(ask(path, params={name.replace("_", "-"): value for name, value in asked.items()}))
    table = tree.select_one("table")
    found = table.select("td a[href^='/thu-tuc/9.']") if table and table.select("td a[href^='/thu-tuc/9.']") else []
    return [str(link["href"]).partition("?")[0].removeprefix("/thu-tuc/") for link in found]


def cells(ask: Ask, region: str) -> list[list[str]]:
    """The rows of a table of the procedure that has its parts."""
    rows = page(ask(f"/thu-tuc/{TOLD}")).select(f"[aria-labelledby={region}] tbody tr")
    return [[" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")] for row in rows]


def test_procedures_are_listed_in_pages(ask: Ask) -> None:
    assert len(listed(ask, "/thu-tuc")) == 100
    assert len(listed(ask, "/thu-tuc", trang="2")) == 2
    assert "102 = 2 có lý do cho thấy chưa đơn giản hóa + 0 chưa thấy lý do + 100 chưa có nội dung để xét" in words(
        ask("/thu-tuc")
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"tu_khoa": "doi giay"}, [TOLD]),
        ({"tu_khoa": PLANNED}, [PLANNED]),
        ({"linh_vuc": "thẻ mẫu"}, ["9.000001"]),
        ({"dau_hieu": "household_book"}, [TOLD]),
        ({"phuong_an": "approved"}, [PLANNED]),
        ({"day_du": "thieu"}, [TOLD]),
        ({"day_du": "subjects"}, [TOLD]),
        ({"day_du": "copies"}, []),
        ({"van_ban": "900/2010/qh12"}, [TOLD]),
        ({"van_ban": "901/2020/QH14"}, [TOLD, PLANNED]),
        ({"bo": "Bộ Mẫu", "tu_khoa": "số 101"}, ["9.000101"]),
        ({"tu_khoa": "số 10", "sap_xep": "ma"}, ["9.000010", "9.000100", "9.000101", "9.000102"]),
    ],
)
def test_a_filter_of_the_catalogue_leaves_what_was_asked_for(ask: Ask, asked: dict[str, str], found: list[str]) -> None:
    assert sorted(listed(ask, "/thu-tuc", **asked)) == found


@pytest.mark.parametrize("path", ["/thu-tuc", "/thu-tuc/chua-don-gian", "/thu-tuc/theo-van-ban", "/thu-tuc.json"])
@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"bo": "Bộ Trăng"}, "Kho không có cơ quan nào là “Bộ Trăng”."),
        ({"linh-vuc": "trăng"}, "Kho không có lĩnh vực nào là “trăng”."),
        ({"van-ban": "trăng"}, "Kho không có văn bản nào là “trăng”."),
        ({"dau-hieu": "x"}, "Dấu hiệu chưa đơn giản: không có giá trị “x”."),
        ({"ngay": "1/13/2025"}, "Xét đến ngày: “1/13/2025” không phải là một ngày."),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_with_the_reason(
    ask: Ask, path: str, asked: dict[str, str], told: str
) -> None:
    answer = ask(path, params=asked)
    assert answer.status_code == 400
    assert told in words(answer)


def test_a_procedure_without_parts_says_that_no_source_gives_them(ask: Ask) -> None:
    answer = ask("/thu-tuc/9.000001")
    shown = facts(answer)
    assert shown["Mã thủ tục"] == "9.000001"
    assert shown["Kết quả"] == "chưa có nguồn"
    assert "Chưa có nguồn nào trong kho nêu trình tự, hồ sơ, thời hạn, phí" in words(answer)


def test_fees_and_time_limits_say_what_the_source_says_and_no_more(ask: Ask) -> None:
    assert cells(ask, "cach-thuc") == [
        ["Trực tiếp", "5 ngày làm việc", "Lệ phí: 20.000 VNĐ", "không nêu"],
        ["Trực tuyến", "7 chưa rõ đơn vị", "theo ghi chú: theo quy định mẫu", "không nêu"],
        ["Dịch vụ bưu chính", "chưa xác định", "chưa xác định", "không nêu"],
        ["chưa xác định", "trong ngày", "miễn phí", "Cách khác"],
    ]


def test_papers_stand_by_case_with_their_numbers_and_forms(ask: Ask) -> None:
    assert cells(ask, "ho-so-1") == [
        ["Tờ khai mẫu", "1", "0", "Mẫu 01"],
        ["Bản sao sổ hộ khẩu", "chưa xác định", "chưa xác định", "không nêu"],
        ["Ghi chú mẫu"],
    ]
    assert "Trường hợp cấp lại" in words(ask(f"/thu-tuc/{TOLD}"))


def test_completeness_names_each_part_its_clause_and_what_is_missing(ask: Ask) -> None:
    told = {row[0]: row[1:] for row in cells(ask, "day-du")}
    assert told["Trình tự thực hiện"] == ["điểm b khoản 2 Điều 8", "có"]
    assert told["Cơ quan giải quyết"] == ["điểm g khoản 2 Điều 8", "có"]
    assert told["Đối tượng thực hiện"] == ["điểm e khoản 2 Điều 8", "thiếu"]
    assert told["Yêu cầu, điều kiện"] == ["điểm h khoản 2 Điều 8", "chưa xác định"]


def test_a_legal_basis_that_fell_leads_to_its_successor(ask: Ask) -> None:
    answer = ask(f"/thu-tuc/{TOLD}")
    text = words(answer)
    assert "Luật số 900/2010/QH12" in text
    assert "đã bị thay thế" in text
    assert "Đã hết hiệu lực; nay xem Luật số 901/2020/QH14" in text
    assert "đã bị thay thế" not in words(ask(f"/thu-tuc/{TOLD}?ngay=2020-12-31"))


def test_a_signal_shows_the_words_and_the_law_of_its_rule(ask: Ask) -> None:
    text = words(ask(f"/thu-tuc/{TOLD}"))
    assert "“Bản sao sổ hộ khẩu”" in text
    assert "khoản 3 Điều 38 Luật Cư trú số 68/2020/QH14" in text


def test_a_plan_shows_document_duty_deadline_and_evidence(ask: Ask) -> None:
    text = words(ask(f"/thu-tuc/{PLANNED}"))
    assert "đã phê duyệt phương án" in text
    assert "bỏ giấy tờ" in text
    assert "Cơ quan chịu trách nhiệm: Bộ Mẫu. Thời hạn: 30/06/2027." in text
    assert "Phải sửa: Luật số 901/2020/QH14" in text


def test_other_names_stand_beside_the_name(ask: Ask) -> None:
    assert "Tên khác cùng mã: Đổi giấy mẫu" in words(ask(f"/thu-tuc/{TOLD}"))


def test_the_unsimplified_list_gives_every_row_its_reasons(ask: Ask) -> None:
    answer = ask("/thu-tuc/chua-don-gian")
    assert sorted(set(listed(ask, "/thu-tuc/chua-don-gian"))) == [TOLD, PLANNED]
    text = words(answer)
    assert "Phương án chưa thực thi: cấp giấy mẫu số 3 (đã phê duyệt phương án)" in text
    assert "“Bản sao sổ hộ khẩu”" in text
    assert "Mục phương án chưa gắn với mã thủ tục nào (1)" in text


def test_the_sums_by_ministry_end_in_the_total(ask: Ask) -> None:
    rows = page(ask("/thu-tuc/chua-don-gian")).select("[aria-labelledby=theo-bo] tbody tr")
    assert [cell.text for cell in rows[-1].select("th, td")] == ["Tổng cộng", "102", "2", "0", "100"]
    assert [cell.text for cell in rows[0].select("th, td")] == ["Bộ Mẫu", "102", "2", "0", "100"]


def test_the_reported_figure_stands_beside_what_is_known_by_name(ask: Ask) -> None:
    for path in ("/thu-tuc/chua-don-gian", "/thu-tuc/theo-van-ban"):
        text = words(ask(path))
        assert "317 thủ tục trong 65 văn bản; không kèm danh sách" in text
        assert "Biết tên trong kho: 2 mục phương án, trong đó 1 mục gắn với 1 mã thủ tục" in text


def test_only_the_signal_asked_for_counts_as_a_reason(ask: Ask) -> None:
    assert set(listed(ask, "/thu-tuc/chua-don-gian", dau_hieu="household_book")) == {TOLD}
    assert "102 = 1 có lý do" in words(ask("/thu-tuc/chua-don-gian", params={"dau-hieu": "household_book"}))


def test_each_document_lists_what_waits_for_it_and_how_that_is_known(ask: Ask) -> None:
    answer = ask("/thu-tuc/theo-van-ban")
    queues = {
        " ".join(queue.select_one("h3").text.split()): " ".join(queue.get_text(" ").split())  # type: ignore[union-attr]  # each has one
        for queue in page(answer).select("section.queue")
    }
    assert "phương án nêu phải sửa" in queues["Luật số 901/2020/QH14 (1 thủ tục)"]
    assert "tính ra: căn cứ pháp lý duy nhất của thủ tục" in queues["Luật số 900/2010/QH12 (1 thủ tục)"]
    assert "2 thủ tục = 2 đã biết văn bản phải sửa + 0 chưa xác định" in words(answer)


def test_filters_go_along_between_the_three_lists(ask: Ask) -> None:
    assert links(ask("/thu-tuc", params={"bo": "Bộ Mẫu"}))["Chưa đơn giản hóa"] == "/thu-tuc/chua-don-gian?bo=Bộ+Mẫu"


@pytest.mark.parametrize(
    ("path", "rows", "sheets"),
    [("/thu-tuc", 102, 1), ("/thu-tuc/chua-don-gian", 2, 5), ("/thu-tuc/theo-van-ban", 3, 2)],
)
def test_each_list_can_be_taken_away_whole(ask: Ask, path: str, rows: int, sheets: int) -> None:
    book = load_workbook(io.BytesIO(ask(f"{path}.xlsx").content))
    assert len(book.sheetnames) == sheets
    assert book.worksheets[0].max_row == rows + 1
    assert len(ask(f"{path}.json").json()) == rows
    assert ask(f"{path}.csv").content.startswith(b"\xef\xbb\xbf")


def test_an_agency_shows_its_days_its_kin_its_tasks_and_procedures(ask: Ask) -> None:
    old, new = ask("/co-quan/bo-mau-cu"), ask("/co-quan/bo-mau")
    assert facts(old)["Tên có từ"] == "chưa xác định"
    assert facts(old)["Tên có đến"] == "31/12/2020"
    assert links(old)["Bộ Mẫu"] == "/co-quan/bo-mau"
    assert links(new)["Bộ Mẫu Cũ"] == "/co-quan/bo-mau-cu"
    assert links(new)["3 nhiệm vụ"] == "/nhiem-vu?co-quan=Bộ+Mẫu"
    assert links(new)["102 thủ tục"] == "/thu-tuc?bo=Bộ+Mẫu"
    assert ask("/co-quan/khong-co").status_code == 404
