"""What every reading of tasks keeps: kinds, addresses, the document's own words."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.blocks import Block, BlockKind, Content
from corpus.parse.head import parse_head
from corpus.parse.structure import parse_structure
from corpus.parse.tasks import find_tasks
from corpus.parse.tasks.columns import plain
from kb.model import DeadlineKind, Identity, ObservedDocument, PartialDate, Task, Wording
from tests.corpus.tasks_made_up import DIRECTIVE, PROVENANCE, prose, read

_ORDER = "1. Bộ Công an chủ trì, phối hợp với Bộ Tư pháp xây dựng đề án thử; hoàn thành trước ngày 30/6/2024.\n"


def _tasks_of(path: Path) -> tuple[str, tuple[Task, ...]]:
    text = path.read_text(encoding="utf-8").partition("\n")[2]
    head = parse_head(text)
    identity = Identity(head.type, head.number, head.issuer, head.issued)
    content = Content("text", (Block(BlockKind.PARAGRAPH, text, 0),))
    document = ObservedDocument(identity, PROVENANCE, title=head.title)
    return text, find_tasks(content, parse_structure(text), document, PROVENANCE)


@pytest.mark.parametrize(
    ("type_", "number", "assigns"),
    [
        ("Chỉ thị", "24/CT-TTg", True),
        ("Công điện", "220/CĐ-TTg", True),
        ("Nghị quyết", "380/NQ-CP", True),
        ("Quyết định", "2629/QĐ-TTg", True),
        ("Kế hoạch", "308/KH-UBND", True),
        ("Thông báo", "624/TB-VPCP", True),
        ("Công văn", "7323/VPCP-KSTT", True),
        ("", "6225/BVHTTDL-VP", True),
        ("Luật", "26/2023/QH15", False),
        ("Nghị định", "59/2022/NĐ-CP", False),
        ("Thông tư", "01/2024/TT-BCA", False),
        ("Quyết định", "44/2025/QĐ-TTg", False),
        ("Nghị quyết", "66.7/2025/NQ-CP", False),
        ("Luật", "", False),
        ("", "", False),
    ],
)
def test_documents_that_order_assign_and_those_that_make_law_do_not(type_: str, number: str, assigns: bool) -> None:  # noqa: FBT001  # a table of cases
    assert bool(read(_ORDER, Identity(type_, number, "", PartialDate(2024, 3, 5)))) is assigns


def test_a_letter_without_number_is_known_by_its_greeting() -> None:
    assert read("Kính gửi: Các bộ\n" + _ORDER, Identity("", ""))


def test_an_id_is_the_address_of_the_document_and_the_place_in_it() -> None:
    (task,) = read(_ORDER)
    assert task.id == "chi-thi-91-ct-ttg-2024-03-05.y-1"
    assert task.wording is Wording.VERBATIM
    assert task.provenance.place == task.place == "mục 1"
    assert re.fullmatch(r"[a-z0-9.~-]+", task.id)


def test_namesakes_of_two_provinces_give_different_ids() -> None:
    issued = PartialDate(2024, 3, 5)
    one = Identity("Kế hoạch", "01/KH-UBND", "Ủy ban nhân dân tỉnh Đồng Nai", issued)
    two = Identity("Kế hoạch", "01/KH-UBND", "Ủy ban nhân dân thành phố Huế", issued)
    assert read(_ORDER, one)[0].id != read(_ORDER, two)[0].id


_WORDS = st.sampled_from(
    [
        "Bộ Công an",
        "Bộ Y tế",
        "các bộ, ngành",
        "Ủy ban nhân dân",
        "chủ trì",
        "phối hợp với",
        "làm thử",
        "hoàn thành trong tháng 6/2024",
        "trước ngày 30/6",
        "thường xuyên",
        "1.",
        "2.",
        "a)",
        "b)",
        "- ",
        "+ ",
        "(1)",
        "(2)",
        "I.",
        "Điều 1.",
        "PHỤ LỤC",
        "STT",
        "Nhiệm vụ",
        "Cơ quan chủ trì",
        "Thời hạn",
        "",
        ":",
        ";",
        ".",
        ",",
        "\n",
        "\n\n",
        "Giao",
        "Nơi nhận:",
        "**",
        "_",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=60), st.sampled_from([" ", "\n", ""]))
def test_any_text_gives_its_own_words_under_ids_of_their_own(words: list[str], glue: str) -> None:
    text = glue.join(words)
    tasks = read(text, DIRECTIVE)
    whole = plain(text)
    assert all(task.summary in whole for task in tasks)
    assert all(task.summary and (task.lead or task.deadline_wording or task.number) for task in tasks)
    assert len({task.id for task in tasks}) == len(tasks)
    assert tasks == read(text, DIRECTIVE)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_no_text_is_refused(text: str) -> None:
    read(text, DIRECTIVE)
    prose(text)


def test_the_annexes_of_a_notice_are_read_row_by_row(real_data: Path) -> None:
    text, tasks = _tasks_of(real_data / "fulltext" / "624_TB-VPCP.txt")
    rows = [task for task in tasks if task.path.startswith("phu-luc")]
    assert (len(tasks), len(rows)) == (156, 123)
    assert [task.number for task in rows if task.path == "phu-luc-2"][:3] == ["1", "2", "3"]
    states = Counter(task.state_wording.lower() for task in rows)
    assert states["quá hạn chưa hoàn thành"] == 74
    assert rows[0].deadline == date(2025, 10, 18)
    assert all(task.summary in plain(text) for task in tasks)


def test_the_annex_of_a_decision_gives_product_and_coordination(real_data: Path) -> None:
    _, tasks = _tasks_of(real_data / "fulltext" / "2629_QĐ-TTg.txt")
    rows = [task for task in tasks if task.path == "phu-luc-2"]
    assert len(rows) == 75
    assert all(task.lead and task.coordinating and task.product and task.deadline_wording for task in rows)
    assert Counter(task.deadline_kind for task in rows)[DeadlineKind.MONTH] == 19
    assert not any(task.path == "phu-luc-1" for task in tasks)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("228_CĐ-TTg", 7),
        ("659_TB-VPCP", 8),
        ("380_NQ-CP", 47),
        ("308_KH-UBND_Thành-Phố-Hà-Nội", 9),
        ("44_2025_QĐ-TTg", 0),
    ],
)
def test_prose_gives_the_tasks_that_a_reader_counts(real_data: Path, name: str, count: int) -> None:
    assert len(_tasks_of(real_data / "fulltext" / f"{name}.txt")[1]) == count


def test_a_law_and_a_decree_assign_nothing(real_data: Path) -> None:
    for name in ("26_2023_QH15", "302_2025_NĐ-CP", "34_2025_TT-BKHCN"):
        assert _tasks_of(real_data / "fulltext" / f"{name}.txt")[1] == ()
