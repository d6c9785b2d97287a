"""The head of a document is read as printed, and left empty where nothing is printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given

from corpus.parse.head import Head, parse_head
from kb.model import PartialDate
from tests.corpus.texts import ANY_TEXT, LAW_LIKE

# file, number, type, issuer, date, place, signer
FULLTEXT = [
    ("26_2023_QH15", "26/2023/QH15", "Luật", "Quốc hội", "2023-11-27", "", "Vương Đình Huệ"),
    ("15_2012_QH13", "15/2012/QH13", "Luật", "Quốc hội", "2012-06-20", "Hà Nội", "Nguyễn Sinh Hùng"),
    ("2629_QĐ-TTg", "2629/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ", "2025-12-01", "Hà Nội", "Nguyễn Chí Dũng"),
    ("30_2020_NĐ-CP", "30/2020/NĐ-CP", "Nghị định", "Chính phủ", "2020-03-05", "Hà Nội", "Nguyễn Xuân Phúc"),
    ("624_TB-VPCP", "624/TB-VPCP", "Thông báo", "Văn phòng Chính phủ", "2025-11-16", "Hà Nội", "Phạm Mạnh Cường"),
    ("94_VBHN-BQP", "94/VBHN-BQP", "Văn bản hợp nhất", "Bộ Quốc phòng", "2025-11-24", "Hà Nội", "Thượng tướng Võ Minh Lương"),
    ("2083_QĐ-UBND", "2083/QĐ-UBND", "Quyết định", "Ủy ban nhân dân tỉnh Bạc Liêu", "2016-12-08", "Bạc Liêu", "Lê Minh Chiến"),
    ("2820_QĐ-UBND_Thành-Phố-Hồ-Chí-Minh", "2820/QĐ-UBND", "Quyết định", "Ủy ban nhân dân thành phố Hồ Chí Minh",
     "2025-11-19", "Thành phố Hồ Chí Minh", "Nguyễn Lộc Hà"),
    ("52_2010_QH12__PHAPDIEN", "52/2010/QH12", "Luật", "Quốc hội", "2010-06-17", "", ""),
    ("106_2025_NĐ-CP__OCR", "106/2025/NĐ-CP", "Nghị định", "Chính phủ", "2025-05-15", "Hà Nội", ""),
]  # fmt: skip
GAZETTE = [
    ("nghi-quyet-so-24-2022-ubtvqh15-37692", "24/2022/UBTVQH15", "Nghị quyết", "Ủy ban Thường vụ Quốc hội", "2022-08-11", "", "Vương Đình Huệ"),
    ("thong-tu-so-01-2021-tt-bldtbxh-33806", "01/2021/TT-BLĐTBXH", "Thông tư", "Bộ Lao động - Thương binh và Xã hội",
     "2021-06-03", "Hà Nội", "Lê Tấn Dũng"),
    ("quyet-dinh-so-28-2021-qd-ttg-34546", "28/2021/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ", "2021-10-01", "Hà Nội", "Lê Minh Khái"),
]  # fmt: skip


def facts(head: Head) -> tuple[str, ...]:
    return (head.number, head.type, head.issuer, str(head.issued), head.place, head.signer)


def fulltext(data: Path, name: str) -> Head:
    return parse_head((data / "fulltext" / f"{name}.txt").read_text(encoding="utf-8"))


def gazette(data: Path, name: str) -> Head:
    return parse_head(json.loads((data / "congbao" / "docs" / f"{name}.json").read_text(encoding="utf-8"))["full_text"])


@pytest.mark.parametrize("expected", FULLTEXT, ids=lambda row: row[0])
def test_the_head_of_a_full_text_is_read(real_data: Path, expected: tuple[str, ...]) -> None:
    assert facts(fulltext(real_data, expected[0])) == expected[1:]


@pytest.mark.parametrize("expected", GAZETTE, ids=lambda row: row[0])
def test_the_head_in_another_extraction_of_the_gazette_is_read(real_data: Path, expected: tuple[str, ...]) -> None:
    assert facts(gazette(real_data, expected[0])) == expected[1:]


def test_a_joint_circular_names_its_issuers_and_signers_in_order(real_data: Path) -> None:
    head = gazette(real_data, "thong-tu-lien-tich-so-01-2022-ttlt-vksndtc-tandtc-bca-bqp-bldtbxh-36844")
    assert head.issuer.startswith("Viện kiểm sát nhân dân tối cao, Tòa án nhân dân tối cao, Bộ Công an")
    assert head.issuer.endswith("và Bộ Lao động - Thương binh và Xã hội")
    assert len(head.signer.split("; ")) == len(head.signer_title.split("; ")) == 5


def test_a_page_that_lost_its_letterhead_has_an_empty_head(real_data: Path) -> None:
    head = fulltext(real_data, "6225_BVHTTDL-VP")
    assert (head.number, head.type, head.issuer, head.issued, head.title) == ("", "", "", None, "")


def test_the_rest_of_a_document_in_a_later_issue_has_the_head_that_the_issue_repeats(real_data: Path) -> None:
    head = gazette(real_data, "thong-tu-so-102-2018-tt-btc-28383")
    assert facts(head)[:4] == ("102/2018/TT-BTC", "Thông tư", "Bộ Tài chính", "2018-11-14")
    assert head.title == "hướng dẫn kế toán Bảo hiểm xã hội"


def test_a_title_keeps_its_capitals_and_ends_before_the_text(real_data: Path) -> None:
    assert fulltext(real_data, "624_TB-VPCP").title.endswith("CHUYỂN ĐỔI SỐ VÀ ĐỀ ÁN 06")
    assert fulltext(real_data, "2629_QĐ-TTg").title.endswith("CHÍNH PHỦ SỐ")
    assert fulltext(real_data, "30_2020_NĐ-CP").title == "Về công tác văn thư"


def test_each_legal_basis_is_one_line(real_data: Path) -> None:
    bases = fulltext(real_data, "2629_QĐ-TTg").legal_bases
    assert len(bases) == 6
    assert all(basis.startswith("Căn cứ ") and "\n" not in basis and not basis.endswith(";") for basis in bases)


def test_a_scan_says_that_it_is_one(real_data: Path) -> None:
    assert fulltext(real_data, "69_2024_NĐ-CP__OCR").is_ocr
    assert not fulltext(real_data, "26_2023_QH15").is_ocr


# Made-up heads.
MADE_UP = """\
UBND TỈNH X
SỞ TƯ PHÁP
-------
Số: /QĐ-STP

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

X, ngày    tháng 11 năm 2025

QUYẾT ĐỊNH
Về việc ban hành Quy chế

Căn cứ Luật A;
Điều 1. B
"""


def test_a_number_and_a_day_left_blank_stay_unknown() -> None:
    head = parse_head(MADE_UP)
    assert head.number == ""
    assert head.issued == PartialDate(2025, 11)
    assert (head.type, head.title) == ("Quyết định", "Về việc ban hành Quy chế")


def test_the_agency_below_its_superior_is_the_issuer() -> None:
    assert parse_head(MADE_UP).issuer == "SỞ TƯ PHÁP"


def test_an_impossible_date_is_no_date() -> None:
    assert parse_head(MADE_UP.replace("ngày    tháng 11", "ngày 31 tháng 02")).issued is None


@given(ANY_TEXT | LAW_LIKE)
def test_no_text_makes_the_head_parser_fail(text: str) -> None:
    head = parse_head(text)
    assert head.title == " ".join(head.title.split())
