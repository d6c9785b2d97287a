from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.spelling import Speller, correct

# Made up counts, in the proportions of legal text.
COUNTS = {
    "căn": 900,
    "cước": 700,
    "cuộc": 800,
    "cược": 10,
    "công": 5000,
    "dân": 6000,
    "định": 9000,
    "danh": 2000,
    "cứ": 3000,
}
PAIRS = {
    "căn cước": 700,
    "cước công": 400,
    "công dân": 3000,
    "định danh": 500,
    "căn cứ": 900,
    "cuộc công": 1,
    "công cuộc": 90,
}
FOLDED = {"can": 5000, "cuoc": 1500, "cong": 6000, "dan": 7000}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("căn cướcc công dân", "căn cước công dân"),  # a letter more
        ("căn cướ công dân", "căn cước công dân"),  # a letter less: "cứ" is as near, but not before "công"
        ("căn cướx công dân", "căn cước công dân"),  # another letter
        ("địhn danh", "định danh"),  # two letters swapped
        ("căn cứơc công dân", "căn cước công dân"),  # another accent
        ("căn cuoc công dân", "căn cước công dân"),  # no accent
        ("căn cuộc công dân", "căn cước công dân"),  # a syllable there is, but not beside these
    ],
)
def test_a_mistyped_syllable_is_told_by_its_neighbours(typed: str, meant: str) -> None:
    syllables = typed.split()
    for correction in Speller(COUNTS, PAIRS).correct(syllables):
        assert syllables[correction.at] == correction.typed
        syllables[correction.at] = correction.meant
    assert " ".join(syllables) == meant


@pytest.mark.parametrize("typed", ["căn cước công dân", "định danh", "công cuộc", "công", "2023", "xyzzy", ""])
def test_what_is_in_place_or_beyond_help_is_left_alone(typed: str) -> None:
    assert Speller(COUNTS, PAIRS).correct(typed.split()) == ()


def test_an_accent_free_query_is_corrected_by_accent_free_counts() -> None:
    assert [one.meant for one in correct(("can", "cuocc", "cong", "dan"), FOLDED)] == ["cuoc"]


@given(st.lists(st.text(max_size=15), max_size=6))
def test_any_syllables_are_answered_with_known_ones(syllables: list[str]) -> None:
    assert all(one.meant in COUNTS for one in Speller(COUNTS, PAIRS).correct(syllables))
