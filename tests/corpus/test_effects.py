"""From when and until when acts have effect, by their own clauses. The acts here are made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.parse.amendments.statements import whole_text
from corpus.parse.effects import Basis, Effects, find_effects
from corpus.parse.head import parse_head
from corpus.parse.structure import parse_structure
from kb.model import PartialDate

ISSUED = PartialDate(2022, 1, 5)


def effects(clause: str, issued: PartialDate | None = ISSUED) -> Effects:
    return find_effects(parse_structure(f"Điều 1. Phạm vi\nLời.\nĐiều 2. Hiệu lực thi hành\n1. {clause}\n"), issued)


@pytest.mark.parametrize(
    ("clause", "day", "basis"),
    [
        ("Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024.", date(2024, 7, 1), Basis.STATED),
        ("Nghị định này có hiệu lực kể từ ngày 15/02/2022.", date(2022, 2, 15), Basis.STATED),
        ("Thông tư liên tịch này có hiệu lực thi hành kể từ ngày 05 tháng 4 năm 2022.", date(2022, 4, 5), Basis.STATED),
        ("Quyết định này có hiệu lực kể từ ngày ký.", date(2022, 1, 5), Basis.COUNTED),
        ("Quyết định này có hiệu lực thi hành kể từ ngày ký ban hành.", date(2022, 1, 5), Basis.COUNTED),
        ("Nghị quyết này có hiệu lực từ ngày được thông qua.", date(2022, 1, 5), Basis.COUNTED),
        ("Thông tư này có hiệu lực thi hành sau 45 ngày kể từ ngày ký ban hành.", date(2022, 2, 19), Basis.COUNTED),
        ("Nghị định này có hiệu lực sau 15 ngày, kể từ ngày đăng Công báo.", None, Basis.UNKNOWN),
        ("Luật này có hiệu lực kể từ ngày công bố.", None, Basis.UNKNOWN),
        ("Thông tư nay có hiêu lực thi hành kẻ từ ngày 01 tháng 01.năm 2025.", date(2025, 1, 1), Basis.STATED),
    ],
)
def test_the_day_of_effect_is_stated_counted_or_unknown(clause: str, day: date | None, basis: Basis) -> None:
    found = effects(clause).effective
    assert found is not None
    assert (found.day, found.basis, found.path) == (day, basis, "dieu-2.khoan-1")


def test_nothing_is_counted_from_a_day_that_is_not_known() -> None:
    found = effects("Quyết định này có hiệu lực kể từ ngày ký.", issued=PartialDate(2022)).effective
    assert found is not None
    assert (found.day, found.basis) == (None, Basis.UNKNOWN)


@pytest.mark.parametrize(
    "clause",
    [
        "Hợp đồng này có hiệu lực từ ngày 01 tháng 7 năm 2024.",
        "Nghị định số 1/2010/NĐ-CP có hiệu lực từ ngày 01 tháng 7 năm 2010.",
        "Hồ sơ nộp trước ngày Nghị định này có hiệu lực thi hành thì tiếp tục được giải quyết.",
        "Lời “Luật này có hiệu lực từ ngày 01 tháng 7 năm 2024” là lời trích.",
    ],
)
def test_what_speaks_of_something_else_states_no_effect(clause: str) -> None:
    assert effects(clause).effective is None


@pytest.mark.parametrize(
    ("clauses", "path", "day"),
    [
        (("Luật này có hiệu lực từ ngày 01 tháng 7 năm 2024, trừ trường hợp quy định tại khoản 2 Điều này.\n2. Quy định tại khoản 3"
         " Điều 46 của Luật này có hiệu lực thi hành từ ngày 15 tháng 01 năm 2024."), "dieu-46.khoan-3", date(2024, 1, 15)),
        ("Luật này có hiệu lực từ ngày 01 tháng 7 năm 2024, trừ Điều 5 và khoản 2 Điều 7 có hiệu lực từ ngày 01 tháng 01 năm 2025.",
         "dieu-7.khoan-2.diem-a", date(2025, 1, 1)),
        ("Luật này có hiệu lực từ ngày 01 tháng 7 năm 2024. Riêng Điều 5 có hiệu lực từ ngày 01 tháng 01 năm 2025.", "dieu-5",
         date(2025, 1, 1)),
        ("Luật này có hiệu lực từ ngày 01 tháng 7 năm 2024.", "dieu-5", date(2024, 7, 1)),
    ],
)  # fmt: skip
def test_a_provision_may_have_a_day_of_its_own(clauses: str, path: str, day: date) -> None:
    found = effects(clauses)
    assert found.day_of(path) == day
    assert found.day_of("dieu-1") == date(2024, 7, 1)


@pytest.mark.parametrize(
    ("clause", "day"),
    [
        (
            "Nghị quyết này có hiệu lực kể từ ngày ký ban hành và được thực hiện đến hết ngày 31 tháng 7 năm 2027.",
            date(2027, 7, 31),
        ),
        ("Nghị quyết này được thực hiện đến hết ngày 31 tháng 7 năm 2027.", date(2027, 7, 31)),
        (
            "Nghị quyết này có hiệu lực từ ngày 01 tháng 7 năm 2025 đến hết ngày 31 tháng 12 năm 2026.",
            date(2026, 12, 31),
        ),
        (
            "Hồ sơ nộp trước ngày Nghị quyết này có hiệu lực thì tiếp tục thực hiện đến hết ngày 31 tháng 12 năm 2026.",
            None,
        ),
        ("Kể từ ngày Thông tư này có hiệu lực thi hành đến hết ngày 31 tháng 12 năm 2027, mức thu là một.", None),
    ],
)
def test_only_a_term_of_the_act_itself_lets_it_expire(clause: str, day: date | None) -> None:
    found = effects(clause).expires
    assert (found.day if found else None) == day


def test_what_ends_others_has_the_day_of_the_act_or_its_own() -> None:
    start = "Nghị định này có hiệu lực từ ngày 01 tháng 3 năm 2022.\n2. Nghị định số 1/2010/NĐ-CP hết hiệu lực"
    [with_the_act] = effects(f"{start} kể từ ngày Nghị định này có hiệu lực thi hành.").ending
    assert (with_the_act.day, with_the_act.basis, with_the_act.path) == (
        date(2022, 3, 1),
        Basis.COUNTED,
        "dieu-2.khoan-2",
    )
    [on_its_own] = effects(f"{start} từ ngày 01 tháng 01 năm 2023.").ending
    assert (on_its_own.day, on_its_own.basis) == (date(2023, 1, 1), Basis.STATED)


def test_a_transition_is_a_dated_fact_with_its_place() -> None:
    [transition] = effects("Giấy phép đã cấp được tiếp tục sử dụng đến hết ngày 31 tháng 12 năm 2024.").transitions
    assert (transition.until.day, transition.until.path) == (date(2024, 12, 31), "dieu-2.khoan-1")


@given(st.text(max_size=400), st.sampled_from([None, ISSUED]))
def test_any_text_gives_facts_within_it(text: str, issued: PartialDate | None) -> None:
    structure = parse_structure(f"Điều 1. Hiệu lực\nLuật này có hiệu lực từ {text}\n")
    found, length = find_effects(structure, issued), len(whole_text(structure))
    for fact in (found.effective, found.expires, *found.ending):
        assert fact is None or (0 <= fact.span[0] < fact.span[1] <= length)
        assert fact is None or (fact.day is not None or fact.basis is not Basis.STATED)


@pytest.mark.parametrize(
    ("file", "day", "own"),
    [
        ("26_2023_QH15.txt", date(2024, 7, 1), ("dieu-46.khoan-3", date(2024, 1, 15))),
        ("36_2024_QH15.txt", date(2025, 1, 1), ("dieu-10.khoan-3", date(2026, 1, 1))),
        ("58_2026_NĐ-CP__OCR.txt", date(2026, 3, 15), ("dieu-4.khoan-4", date(2026, 7, 1))),
        ("2629_QĐ-TTg.txt", date(2025, 12, 1), None),
        ("20_2008_NĐ-CP__PHAPDIEN.txt", None, None),
    ],
)
def test_real_clauses(real_data: Path, file: str, day: date | None, own: tuple[str, date] | None) -> None:
    text = (real_data / "fulltext" / file).read_text(encoding="utf-8").split("\n", 1)[1]
    found = find_effects(parse_structure(text), parse_head(text).issued)
    assert found.effective is not None
    assert found.effective.day == day
    if own:
        assert found.day_of(own[0]) == own[1]
