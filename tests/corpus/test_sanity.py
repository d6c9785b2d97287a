"""What is found wrong with a document. The texts here are made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.parse.head import Head, parse_head
from corpus.parse.sanity import Check, Finding, check_document
from corpus.parse.structure import parse_structure
from kb.model import PartialDate

BODY = (
    "Điều 1. Phạm vi\n"
    + "Lời của văn bản này. " * 30
    + "\nĐiều 2. Hiệu lực\nNghị định này có hiệu lực từ ngày 01 tháng 3 năm 2022.\n"
)
HEAD = Head(number="20/2022/NĐ-CP", type="Nghị định", issued=PartialDate(2022, 1, 5))


def findings(text: str = BODY, head: Head = HEAD, asked: str = "") -> tuple[Finding, ...]:
    return check_document(head, parse_structure(text), text, asked=asked, today=date(2026, 1, 1))


def checks(text: str = BODY, head: Head = HEAD, asked: str = "") -> list[tuple[Check, bool]]:
    return [(finding.check, finding.fatal) for finding in findings(text, head, asked)]


def test_nothing_is_wrong_with_an_ordinary_document() -> None:
    assert findings(asked="20/2022/nd-cp") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Điều 1. Ngắn\nLời.\n", (Check.TOO_SHORT, True)),
        (BODY.replace("Điều 2.", "Điều 4."), (Check.ARTICLE_GAP, False)),
        (BODY.replace("năm 2022", "năm 2021"), (Check.EFFECT_BEFORE_ISSUE, False)),
        (BODY.replace("năm 2022", "năm 2202"), (Check.WRONG_CENTURY, False)),
        (f"{BODY}Trang chủ\n", (Check.NAVIGATION, False)),
        (f"Trang chủ > Văn bản > Nghị định\n{BODY}", (Check.NAVIGATION, False)),
        (f"{BODY}© 2024 Một trang\n", (Check.NAVIGATION, False)),
        (f"MỤC LỤC\nĐiều 1. Phạm vi 1\nĐiều 2. Hiệu lực 2\nĐiều 3. Khác 3\n{BODY}", (Check.FEWER_ARTICLES, False)),
    ],
)
def test_a_wrong_text_is_refused_or_flagged(text: str, expected: tuple[Check, bool]) -> None:
    assert expected in checks(text)


@pytest.mark.parametrize(
    ("head", "asked", "expected"),
    [
        (HEAD, "21/2022/NĐ-CP", [(Check.WRONG_DOCUMENT, True)]),
        (Head(), "21/2022/NĐ-CP", [(Check.WRONG_DOCUMENT, False)]),
        (Head(number="20/2022/NĐ-CP", issued=PartialDate(2202, 1, 5)), "",
         [(Check.WRONG_CENTURY, True), (Check.WRONG_CENTURY, False), (Check.EFFECT_BEFORE_ISSUE, False)]),
        (Head(number="20/2022/NĐ-CP", issued=PartialDate(1922, 1, 5)), "", [(Check.WRONG_CENTURY, True), (Check.WRONG_CENTURY, False)]),
        (Head(number="20/2012/NĐ-CP", issued=PartialDate(2022, 1, 5)), "", [(Check.WRONG_CENTURY, False)]),
    ],
)  # fmt: skip
def test_a_wrong_head_is_refused_or_flagged(head: Head, asked: str, expected: list[tuple[Check, bool]]) -> None:
    assert checks(head=head, asked=asked) == expected


def test_a_finding_tells_the_line() -> None:
    [finding] = findings(f"{BODY}Đăng nhập | Liên hệ\n")
    assert finding.line == BODY.count("\n") + 1
    assert "Đăng nhập" in finding.text


@pytest.mark.parametrize(
    "line", ["liên hệ", "In hoa", "Người liên hệ: ông A", "c) Đăng ký tạm trú;", "©) Trường hợp khác;"]
)
def test_words_of_the_law_are_no_navigation(line: str) -> None:
    assert findings(f"{BODY}{line}\n") == ()


def test_a_page_without_articles_is_refused_for_its_menu() -> None:
    text = "Trang chủ\nGiới thiệu\nĐăng nhập\nLiên hệ\n" + "Tin tức trong ngày. " * 40
    assert (Check.NAVIGATION, True) in checks(text, Head())


def test_the_fatal_stand_first() -> None:
    found = checks("Trang chủ\nĐiều 1. Ngắn\n", HEAD, "1/2001/NĐ-CP")
    assert [fatal for _, fatal in found] == sorted((fatal for _, fatal in found), reverse=True)


@given(st.text(max_size=800))
def test_any_text_can_be_checked(text: str) -> None:
    check_document(parse_head(text), parse_structure(text), text)


def test_no_real_document_is_refused(real_data: Path) -> None:
    for path in sorted((real_data / "fulltext").glob("2*_QH*.txt")):
        text = path.read_text(encoding="utf-8").split("\n", 1)[1]
        found = check_document(parse_head(text), parse_structure(text), text)
        assert not [finding for finding in found if finding.fatal], path.name
