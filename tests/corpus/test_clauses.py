"""Khoản and điểm are found by the order of their numbers, and nothing of the text is lost."""

from __future__ import annotations

import pytest
from hypothesis import given

from corpus.parse.clauses import split_article
from tests.corpus.texts import ANY_TEXT, LAW_LIKE

# Made-up articles: text, and the paths below dieu-5 in order.
ARTICLES = [
    ("Không có khoản nào.", []),
    ("1. Một.\n2. Hai.", ["khoan-1", "khoan-2"]),
    ("1.Một\n2.Hai", ["khoan-1", "khoan-2"]),
    ("    1. Một\n  2. Hai", ["khoan-1", "khoan-2"]),
    ("**1.** Một\n**2.** Hai", ["khoan-1", "khoan-2"]),
    ("1/ Một\n2/ Hai", ["khoan-1", "khoan-2"]),
    ("1- Một.\n2- Hai.", ["khoan-1", "khoan-2"]),
    ("1\n. Một\n2. Hai", ["khoan-1", "khoan-2"]),
    ("1. Một.\n\f2. Hai.", ["khoan-1", "khoan-2"]),
    ("1 Một.\n2. Hai.\n3. Ba.", ["khoan-1", "khoan-2", "khoan-3"]),
    ("1. Một.\n1a. Thêm.\n2. Hai.", ["khoan-1", "khoan-1a", "khoan-2"]),
    ("a) A;\nb) B.", ["diem-a", "diem-b"]),
    ("1. Gồm:\na) A;\nđ) Đ;", ["khoan-1", "khoan-1.diem-a", "khoan-1.diem-dd"]),
    ("1. Gồm:\nc) C;\nd) D;", ["khoan-1"]),
    (
        "1. Gồm:\na) A;\nb) B;\nc) C;\nd) D;\nđ) Đ;\ne) E;\ng) G.",
        ["khoan-1", *(f"khoan-1.diem-{letter}" for letter in ("a", "b", "c", "d", "dd", "e", "g"))],
    ),
    ("1. Gồm:\na) A;\na1) A1;\nb) B.", ["khoan-1", "khoan-1.diem-a", "khoan-1.diem-a1", "khoan-1.diem-b"]),
    ("1. Một.\n3. Ba.", ["khoan-1", "khoan-3"]),
    ("1. Một.\n2. Hai.\n2. Lại hai.\n3. Ba.", ["khoan-1", "khoan-2", "khoan-2~2", "khoan-3"]),
]


@pytest.mark.parametrize(("text", "paths"), ARTICLES)
def test_an_article_is_split_at_its_own_numbers(text: str, paths: list[str]) -> None:
    lead, clauses = split_article(text, "dieu-5")
    assert [node.path for clause in clauses for node in clause.walk()] == [f"dieu-5.{path}" for path in paths]
    assert lead + "".join(clause.whole for clause in clauses) == text


# Lines that only look like the next khoản, each after "1. Một".
INTRUDERS = [
    "1. Sửa khoản 2 như sau:\n“2. Lời mới.\n3. Thêm.”.\n2. Hai.",
    "1. Gồm:\n1.1. Một\n1.2. Hai\n2. Hai.",
    "1. Theo quy định tại khoản\n2. Luật này.\n2. Hai.",
    "1. Gồm 100.000 đồng\n2.500 đồng\n2. Hai.",
    "1. Danh sách:\na) A:\n1. x;\n2. y;\n3. z.\n2. Hai.",
]


@pytest.mark.parametrize("text", INTRUDERS)
def test_a_line_that_only_looks_numbered_is_no_clause(text: str) -> None:
    _, clauses = split_article(text, "dieu-5")
    assert [clause.label for clause in clauses] == ["1", "2"]
    assert clauses[1].whole == "2. Hai."


def test_a_heading_that_ends_in_a_word_of_references_does_not_hide_the_first_clause() -> None:
    _, clauses = split_article("Điều 5. Trợ cấp hằng\ntháng tại địa điểm\n1. Một.\n2. Hai.", "dieu-5")
    assert [clause.label for clause in clauses] == ["1", "2"]


@given(ANY_TEXT | LAW_LIKE)
def test_lead_and_clauses_give_any_text_back(text: str) -> None:
    lead, clauses = split_article(text, "dieu-5")
    assert lead + "".join(clause.whole for clause in clauses) == text
    paths = [node.path for clause in clauses for node in clause.walk()]
    assert len(paths) == len(set(paths))
