"""The tree of a document: its own articles and nobody else's, with every letter of the text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given

from corpus.parse.gaps import Gap, Problem
from corpus.parse.structure import Structure, parse_structure
from kb.model import ProvisionKind
from tests.corpus.texts import ANY_TEXT, LAW_LIKE

# Counted by hand in the files: articles of the document itself.
OWN_ARTICLES = {
    "15_2012_QH13": 142,
    "24_2018_QH14": 43,
    "26_2023_QH15": 46,
    "302_2025_NĐ-CP": 27,
    "303_2025_NĐ-CP": 16,
    "308_2025_NĐ-CP": 127,
    "30_2020_NĐ-CP": 38,
    "34_2025_TT-BKHCN": 8,
    "36_2024_QH15": 89,
    "375_NQ-CP": 3,
    "44_2025_QĐ-TTg": 2,
    "60_2024_QH15": 46,
    "67_2006_QH11": 79,
    "94_VBHN-BQP": 37,
    "Hiến_pháp_2013": 120,
    "1520_QĐ-UBND_Tỉnh-Bắc-Ninh": 3,
    "1521_QĐ-UBND_Tỉnh-Bắc-Ninh": 3,
    "2083_QĐ-UBND": 3,
    "2533_QĐ-UBND_Thành-Phố-Cần-Thơ": 3,
    "2597_QĐ-TTg": 3,
    "2623_QĐ-TTg": 3,
    "2629_QĐ-TTg": 3,
    "2637_QĐ-UBND_Tỉnh-Vĩnh-Long": 4,
    "2770_QĐ-UBND_Tỉnh-Đồng-Nai": 4,
    "2820_QĐ-UBND_Thành-Phố-Hồ-Chí-Minh": 3,
    "2873_QĐ-UBND_Tỉnh-Hà-Tĩnh": 4,
    "3574_QĐ-BYT": 3,
    "51_2025_TT-BCA__OCR": 3,
    "53_2025_TT-BCA__OCR": 5,
    "220_CĐ-TTg": 0,
    "624_TB-VPCP": 0,
    "012_CT-UBND_Tỉnh-Đắk-Lắk": 0,
    "157_KH-UBND_Thành-Phố-Cần-Thơ": 0,
}
# Counted by hand in the gazette: (own, quoted).
GAZETTE_ARTICLES = {
    "nghi-dinh-so-158-2025-nd-cp-45240": (45, 1),
    "thong-tu-so-12-2024-tt-bldtbxh-43233": (11, 19),
    "thong-tu-so-17-2023-tt-bldtbxh-41049": (12, 0),
    "thong-tu-so-56-2026-tt-btc-469555": (5, 1),
}


def fulltext(data: Path, name: str) -> Structure:
    return parse_structure((data / "fulltext" / f"{name}.txt").read_text(encoding="utf-8"))


def gazette(data: Path, name: str) -> str:
    text: str = json.loads((data / "congbao" / "docs" / f"{name}.json").read_text(encoding="utf-8"))["full_text"]
    return text


@pytest.mark.parametrize(("name", "count"), OWN_ARTICLES.items())
def test_a_document_has_the_articles_counted_by_hand(real_data: Path, name: str, count: int) -> None:
    assert fulltext(real_data, name).own_articles == count


@pytest.mark.parametrize(("name", "counts"), GAZETTE_ARTICLES.items())
def test_articles_quoted_by_an_amending_act_are_not_its_own(
    real_data: Path, name: str, counts: tuple[int, int]
) -> None:
    structure = parse_structure(gazette(real_data, name))
    assert (structure.own_articles, structure.quoted_articles) == counts


def test_every_real_text_is_given_back_to_the_letter_under_unique_paths(real_data: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((real_data / "fulltext").glob("*.txt"))]
    texts += [gazette(real_data, path.stem) for path in sorted((real_data / "congbao" / "docs").glob("*.json"))]
    for text in texts:
        structure = parse_structure(text)
        assert "".join(root.whole for root in structure.roots) == text
        paths = [node.path for node in structure.walk()]
        assert len(paths) == len(set(paths))


def test_the_gazette_texts_with_whole_numbering_show_no_article_gap(real_data: Path) -> None:
    gaps = {
        path.stem: [gap for gap in parse_structure(gazette(real_data, path.stem)).gaps if gap.kind == "article"]
        for path in (real_data / "congbao" / "docs").glob("*.json")
    }
    found = {name: found for name, found in gaps.items() if found}
    assert list(found) == ["van-ban-hop-nhat-so-1607-vbhn-bldtbxh-39308"]  # prints Điều 33 twice, once as repealed


def test_a_law_has_its_chapters_and_its_signature(real_data: Path) -> None:
    structure = fulltext(real_data, "26_2023_QH15")
    kinds = [root.kind for root in structure.roots]
    assert kinds == [ProvisionKind.PREAMBLE, *[ProvisionKind.CHAPTER] * 7, ProvisionKind.SIGNATURE]
    assert structure.gaps == ()
    nodes = {node.path: node for node in structure.walk()}
    assert nodes["dieu-18"].heading == "Nội dung thể hiện trên thẻ căn cước"
    assert [child.label for child in nodes["chuong-2"].children] == ["1", "2"]


def test_a_heading_over_several_lines_and_a_page_is_one_line(real_data: Path) -> None:
    nodes = {node.path: node for node in fulltext(real_data, "26_2023_QH15").walk()}
    assert nodes["dieu-44"].heading.startswith("Sửa đổi, bổ sung Luật Đầu tư")
    assert nodes["dieu-44"].heading.endswith("20/2023/QH15")


def test_a_chapter_that_the_next_issue_of_the_gazette_repeats_is_one_chapter(real_data: Path) -> None:
    structure = fulltext(real_data, "36_2024_QH15")
    chapters = [root.label for root in structure.roots if root.kind is ProvisionKind.CHAPTER]
    assert chapters == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]


def test_two_documents_of_one_issue_are_told_apart(real_data: Path) -> None:
    first = gazette(real_data, "thong-tu-so-11-2026-tt-btc-468949")
    second = gazette(real_data, "thong-tu-so-45-2026-tt-btc-469477")
    structure = parse_structure(f"{first}\n{second}")
    assert (structure.own_articles, structure.other_documents, structure.gaps) == (6, 1, ())
    others = [node.path for node in structure.walk() if node.kind is ProvisionKind.ARTICLE][6:]
    assert others == ["dieu-1~2", "dieu-2~2", "dieu-3~2"]


def test_forms_stand_under_the_annex_that_holds_them(real_data: Path) -> None:
    structure = fulltext(real_data, "308_2025_NĐ-CP")
    annex = next(root for root in structure.roots if root.kind is ProvisionKind.ANNEX)
    forms = [child.path for child in annex.children]
    assert annex.path == "phu-luc-1"
    assert forms[:3] == ["phu-luc-1.mau-1", "phu-luc-1.mau-2", "phu-luc-1.mau-3"]
    assert structure.annex_articles == 52


# Made-up documents: text, and the paths of all nodes above khoản.
DOCUMENTS = [
    ("Điều 1: A\nX.\nĐIỀU 2. B\nX.\nĐiều 3 C\nX.\n", ["dieu-1", "dieu-2", "dieu-3"]),
    ("Điều 1. A\nX.\nĐiều 1a. B\nX.\nĐiều 2. C\nX.\n", ["dieu-1", "dieu-1a", "dieu-2"]),
    ("**Điều\n1. A**\n\nX.\n\n**Điều 2.** B.\n", ["dieu-1", "dieu-2"]),
    ("Điều 1. A\nTheo quy định tại\nĐiều 2. Luật này thì X.\nĐiều 2. B\nX.\n", ["dieu-1", "dieu-2"]),
    ("Điều 1. A\nNhư Điều 5 và\nĐiều 2 của Luật này.\nĐiều 2. B\nX.\n", ["dieu-1", "dieu-2"]),
    ("Điều 1. Sửa Điều 2 như sau:\n“Điều 2. M\n1. X.”.\nĐiều 2. B\nX.\n", ["dieu-1", "dieu-2"]),
    ("Phần thứ nhất\nCHUNG\nChương I\nA\nMục 1\nB\nĐiều 1. C\nX.\n", ["phan-1", "phan-1.chuong-1", "phan-1.chuong-1.muc-1", "dieu-1"]),
    ("Chương I\nA\nĐiều 1. B\nX.\nChương Ia\nC\nĐiều 1a. D\nX.\nChương II\nE\nĐiều 2. F\nX.\n",
     ["chuong-1", "dieu-1", "chuong-ia", "dieu-1a", "chuong-2", "dieu-2"]),
    ("Điều 1. A\nX.\nTM. CHÍNH PHỦ\nTHỦ TƯỚNG\nPHỤ LỤC I\nDANH MỤC\n", ["dieu-1", "ky", "phu-luc-1"]),
    ("Điều 1. A\nX.\nNơi nhận:\n- A.\nQUY CHẾ\n(Ban hành kèm theo Quyết định số 1)\nĐiều 1. B\nX.\nĐiều 2. C\nX.\n",
     ["dieu-1", "ky", "phu-luc-1", "phu-luc-1.dieu-1", "phu-luc-1.dieu-2"]),
    ("Điều 1. A\nX.\nNơi nhận:\n- A.\nMẫu số 01\nX\n", ["dieu-1", "ky", "mau-1"]),
    ("CHỈ THỊ\nI. VIỆC\n1. Một.\na) A;\nb) B.\n2. Hai.\nII. CỬ\nNơi nhận:\n",
     ["mo-dau", "y-i", "y-i.y-1", "y-i.y-1.y-a", "y-i.y-1.y-b", "y-i.y-2", "y-ii", "ky"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "paths"), DOCUMENTS)
def test_a_document_falls_into_its_units(text: str, paths: list[str]) -> None:
    structure = parse_structure(text)
    shown = [node.path for node in structure.walk() if node.kind not in (ProvisionKind.CLAUSE, ProvisionKind.POINT)]
    assert shown == paths
    assert "".join(root.whole for root in structure.roots) == text


def test_a_missing_and_a_repeated_article_are_reported() -> None:
    structure = parse_structure("Điều 1. A\nX.\nĐiều 3. B\nX.\nĐiều 3. C\nX.\n")
    assert structure.gaps == (
        Gap(ProvisionKind.ARTICLE, "dieu-1", "dieu-3", Problem.MISSING),
        Gap(ProvisionKind.ARTICLE, "dieu-3", "dieu-3~2", Problem.REPEATED),
    )


def test_missing_clauses_and_chapters_are_reported() -> None:
    structure = parse_structure("Chương I\nA\nĐiều 1. B\n1. X.\n3. Y.\nChương III\nC\nĐiều 2. D\n2. X.\n3. Y.\n")
    assert [(gap.kind, gap.after, gap.before) for gap in structure.gaps] == [
        (ProvisionKind.CHAPTER, "chuong-1", "chuong-3"),
        (ProvisionKind.CLAUSE, "dieu-1.khoan-1", "dieu-1.khoan-3"),
        (ProvisionKind.CLAUSE, "", "dieu-2.khoan-2"),
    ]


def test_page_headers_stay_in_the_text_and_out_of_headings() -> None:
    text = "    Điều 1. Việc thu thập, cập nhật và\n34      CÔNG BÁO/Số 1 + 2/Ngày 01-01-2024\n\n    1. Một.\n"
    article = parse_structure(text).roots[0]
    assert article.whole == text
    assert "CÔNG BÁO" not in article.heading


@given(ANY_TEXT | LAW_LIKE)
def test_any_text_is_given_back_under_unique_paths(text: str) -> None:
    structure = parse_structure(text)
    assert "".join(root.whole for root in structure.roots) == text
    paths = [node.path for node in structure.walk()]
    assert len(paths) == len(set(paths))
    assert all(node.heading == " ".join(node.heading.split()) for node in structure.walk())
