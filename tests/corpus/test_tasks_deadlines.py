"""Deadlines in words become a kind and the last day they allow."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.parse.tasks.deadlines import find_deadline, read_deadline
from kb.model import DeadlineKind

ISSUED = date(2025, 9, 13)
DAY, MONTH, QUARTER, YEAR = DeadlineKind.DAY, DeadlineKind.MONTH, DeadlineKind.QUARTER, DeadlineKind.YEAR
RECURRING, RELATIVE, NONE, UNKNOWN = (
    DeadlineKind.RECURRING,
    DeadlineKind.RELATIVE,
    DeadlineKind.NONE,
    DeadlineKind.UNKNOWN,
)


@pytest.mark.parametrize(
    ("wording", "kind", "day"),
    [
        ("30/06/2025", DAY, date(2025, 6, 30)),
        ("31.12.2025", DAY, date(2025, 12, 31)),
        ("Trước ngày 30/6/2025", DAY, date(2025, 6, 30)),
        ("trước 30/11", DAY, date(2025, 11, 30)),
        ("Hoàn thành trước ngày 31 tháng 12 năm 2025", DAY, date(2025, 12, 31)),
        ("Từ 01/7/2025 đến 31/12/2025", DAY, date(2025, 12, 31)),
        ("trong tháng 6/2024", MONTH, date(2024, 6, 30)),
        ("Tháng 2 năm 2024", MONTH, date(2024, 2, 29)),
        ("10/2025", MONTH, date(2025, 10, 31)),
        ("Từ tháng 9 đến tháng 12/2025", MONTH, date(2025, 12, 31)),
        ("Tháng 10, 11/2025", MONTH, date(2025, 11, 30)),
        ("Quý III/2024", QUARTER, date(2024, 9, 30)),
        ("Quý 4 năm 2025", QUARTER, date(2025, 12, 31)),
        ("Quý III, IV/2025", QUARTER, date(2025, 12, 31)),
        ("Quý II - Quý III/2026", QUARTER, date(2026, 9, 30)),
        ("Quý IV", QUARTER, date(2025, 12, 31)),
        ("2025", YEAR, date(2025, 12, 31)),
        ("Trong năm 2025", YEAR, date(2025, 12, 31)),
        ("Năm 2025-2030", YEAR, date(2030, 12, 31)),
        ("Giai đoạn 2025 - 2026", YEAR, date(2026, 12, 31)),
        ("đến hết năm 2026", YEAR, date(2026, 12, 31)),
        ("6 tháng đầu năm 2026", YEAR, date(2026, 6, 30)),
        ("6 tháng cuối năm 2025", YEAR, date(2025, 12, 31)),
        ("cuối năm 2025", YEAR, date(2025, 12, 31)),
        ("đầu năm 2026", YEAR, None),
        ("Thường xuyên", RECURRING, None),
        ("Nhiệm vụ thường xuyên", RECURRING, None),
        ("Hằng năm", RECURRING, None),
        ("Hàng quý", RECURRING, None),
        ("tháng 12 hằng năm", RECURRING, None),
        ("Trước ngày 15/12 hằng năm", RECURRING, None),
        ("Hàng quý, giai đoạn 2025-2030", RECURRING, date(2030, 12, 31)),
        ("năm 2025 và các năm tiếp theo", RECURRING, None),
        ("15 ngày kể từ ngày ban hành", RELATIVE, None),
        ("Sau khi Luật được ban hành", RELATIVE, None),
        ("Theo lộ trình được giao tại Kế hoạch năm 2025", RELATIVE, None),
        ("Trước Kỳ họp thứ 10", RELATIVE, None),
        ("Bắt đầu triển khai từ năm 2026", NONE, None),
        ("", NONE, None),
        ("-", NONE, None),
        ("Đang rà soát", UNKNOWN, None),
        ("32/13/2025", UNKNOWN, None),
    ],
)
def test_a_cell_says_when(wording: str, kind: DeadlineKind, day: date | None) -> None:
    deadline = read_deadline(wording, ISSUED)
    assert (deadline.kind, deadline.day) == (kind, day)


@pytest.mark.parametrize(
    ("text", "kind", "day", "wording"),
    [
        (
            "Bộ Công an làm thử; hoàn thành trong tháng 10 năm 2025.",
            MONTH,
            date(2025, 10, 31),
            "hoàn thành trong tháng 10 năm 2025",
        ),
        (
            "Làm phần một, hoàn thành trong tháng 10 năm 2025; làm phần hai, hoàn thành trong năm 2026.",
            YEAR,
            date(2026, 12, 31),
            "hoàn thành trong tháng 10 năm 2025; hoàn thành trong năm 2026",
        ),
        ("Thực hiện Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị.", NONE, None, ""),
        ("Hoàn thành các nhiệm vụ được giao trong năm 2024, nhất là việc thử.", NONE, None, ""),
        ("Báo cáo Thủ tướng Chính phủ trước ngày 20 hằng tháng.", RECURRING, None, "trước ngày 20 hằng tháng"),
        ("Nâng cấp hệ thống, thực hiện thường xuyên.", RECURRING, None, "thực hiện thường xuyên"),
        ("Từ ngày 15 tháng 9 năm 2025, hướng dẫn người dân.", NONE, None, "Từ ngày 15 tháng 9 năm 2025"),
        ("Trình trong quý III năm 2026.", QUARTER, date(2026, 9, 30), "trong quý III năm 2026"),
    ],
)
def test_a_sentence_sets_a_deadline(text: str, kind: DeadlineKind, day: date | None, wording: str) -> None:
    deadline = find_deadline(text, ISSUED)
    assert (deadline.kind, deadline.day, deadline.wording) == (kind, day, wording)


def test_a_year_that_is_not_printed_is_that_of_the_document_and_says_so() -> None:
    assert read_deadline("trước ngày 30/11", ISSUED).taken_year == 2025
    assert read_deadline("trước ngày 30/11/2025", ISSUED).taken_year is None
    assert read_deadline("trước ngày 30/11").day is None


def test_a_day_before_the_document_is_that_of_the_next_year() -> None:
    assert read_deadline("trước ngày 30/01", ISSUED).day == date(2026, 1, 30)


@given(st.text(alphabet="0123456789/-., ngàythángnămquýIVtrướcđếntừhằnghoàn"))
def test_any_text_is_read_as_one_kind(text: str) -> None:
    for read in (read_deadline, find_deadline):
        deadline = read(text, ISSUED)
        assert deadline.day is None or deadline.kind not in {NONE, UNKNOWN, RELATIVE}
