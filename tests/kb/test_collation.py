"""The Vietnamese sort order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.collation import sort_key
from kb.text import canonical

_TEXTS = st.text(alphabet=st.sampled_from("aăâbcdđeêoôơuưyAĐÊ áàảãạ9 01-.,/\u0301\u0302"), max_size=12) | st.text(
    max_size=12
)


@pytest.mark.parametrize(
    "ordered",
    [
        ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "o", "ô", "ơ", "p", "u", "ư", "v"],
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["da", "Da", "dà", "đa", "Đa"],
        ["ba hoa", "bà con"][::-1],  # the letters of "con" come before those of "hoa": the tone decides only after them
        ["Bắc Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Đắk Lắk", "Điện Biên", "Đồng Nai"],
        ["Điều 2", "Điều 10", "Điều 10a", "Điều 11"],
        ["T0001", "T0002", "T0010"],
        ["an", "an giang", "ana"],
        ["2", "a", "б"],
    ],
)
def test_words_stand_in_the_order_of_the_dictionary(ordered: list[str]) -> None:
    shuffled = ordered[1::2] + ordered[::2]
    assert sorted(shuffled, key=sort_key) == ordered


def test_provinces_are_not_sorted_by_code_points() -> None:
    names = ["Yên Bái", "Đồng Nai", "Ăn", "An Giang", "Ân Thi", "Hà Nội", "Hải Phòng"]
    assert sorted(names, key=sort_key) == ["An Giang", "Ăn", "Ân Thi", "Đồng Nai", "Hà Nội", "Hải Phòng", "Yên Bái"]


@pytest.mark.parametrize(
    ("one", "other"), [("hoà", "hòa"), ("Uỷ ban", "Ủy ban"), ("a\u0301", "á"), ("59/2022/NĐ\u2013CP", "59/2022/NĐ-CP")]
)
def test_spellings_of_one_word_sort_as_one(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)


def test_a_number_of_any_length_is_sorted_by_its_value() -> None:
    assert sort_key("9" * 5000) < sort_key("1" + "0" * 5000)
    assert sort_key("1").letters == sort_key("01").letters < sort_key("2").letters


@given(_TEXTS, _TEXTS)
def test_keys_are_equal_exactly_where_the_canonical_texts_are(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) == (canonical(one) == canonical(other))


@given(_TEXTS, _TEXTS, _TEXTS)
def test_the_order_is_total_and_transitive(one: str, other: str, third: str) -> None:
    first, second, last = sorted((one, other, third), key=sort_key)
    assert sort_key(first) <= sort_key(second) <= sort_key(last)
    assert sort_key(first) <= sort_key(last)
    assert sort_key(one) <= sort_key(other) or sort_key(other) <= sort_key(one)
