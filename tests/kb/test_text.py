"""Text: one canonical form, folding, and the way back to the original."""

from __future__ import annotations

import gzip
import itertools
import json
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text import canonical, canonical_mapped, fold, fold_mapped, match_form, unwrap

VIETNAMESE = st.text(
    "aăâeêioôơuưyàáảãạằắẳẵặềếểễệìíỉĩịờớởỡợừứửữựỳýỷỹỵbcdđghklmnpqrstvxHOÀUỶĐ \u0300\u0301\u0309\u0302-/.,09"
)
FOREIGN = st.text("АВЕКМНОРСТХУаеорсухіјѕйщўёќΑΒΕΖΗΙΚΜΝΟΡΤΥΧωο" + "aZ9/\u0301\u0306\u00ad\u200b\ufeff\u00a0\u2013 ")
ANY = st.one_of(st.text(), VIETNAMESE, FOREIGN)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hoà", "hòa"),
        ("hoá", "hóa"),
        ("hoạ", "họa"),
        ("khoẻ", "khỏe"),
        ("uỷ", "ủy"),
        ("thuý", "thúy"),
        ("thuỷ", "thủy"),
        ("UỶ BAN", "ỦY BAN"),
        ("Hoà Bình", "Hòa Bình"),
        ("oà", "òa"),
        ("qúy", "quý"),
        ("qủa", "quả"),
        ("gìa", "già"),
        ("gía", "giá"),
        ("hòan", "hoàn"),
        ("tìên", "tiền"),
        ("nghiã", "nghĩa"),
        ("cuả", "của"),
        ("ngòai", "ngoài"),
        ("khủyu", "khuỷu"),
    ],
)
def test_the_tone_moves_to_the_one_canonical_place(text: str, expected: str) -> None:
    assert canonical(text) == expected


@pytest.mark.parametrize(
    "word",
    [
        "quý",
        "giá",
        "quả",
        "già",
        "gì",
        "gìn",
        "giữa",
        "giếng",
        "hoàn",
        "thuyền",
        "ước",
        "của",
        "nghĩa",
        "khuỷu",
        "ngoài",
        "quốc",
        "quỹ",
        "thuở",
        "Huế",
        "loại",
        "xoong",
        "huỳnh",
        "tuýt",
        "mía",
    ],
)
def test_a_tone_in_its_place_stays(word: str) -> None:
    assert canonical(word) == word


@pytest.mark.parametrize("word", ["café", "José", "Bogotá", "Rodríguez", "Zoé", "hoàbình"])
def test_a_word_that_is_no_vietnamese_syllable_is_left_alone(word: str) -> None:
    assert canonical(word) == word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("59/2022/NÐ-CP", "59/2022/NĐ-CP"),
        ("ðiều, Ɖiều, ɖiều", "điều, Điều, điều"),
        ("59/2022/NĐ-\u0421\u0420", "59/2022/NĐ-CP"),  # Cyrillic Es and Er
        ("\u041d\u0110ND", "HĐND"),  # Cyrillic En
        ("\u0391\u03921/QĐ", "AB1/QĐ"),  # Greek Alpha and Beta
        ("Москва", "Москва"),
        ("МиГ-21", "МиГ-21"),
        ("so\u00adft \ufeffzero\u200bwidth", "soft zerowidth"),
        ("a\u00a0b\u202fc\u2007d\u3000e", "a b c d e"),
        ("a\u2010b\u2011c\u2012d\u2013e\u2014f\u2015g\u2212h", "a-b-c-d-e-f-g-h"),
        ("e\u0301\u0302", "ế"),  # tone typed before the hat
        ("hai\ndòng", "hai\ndòng"),
    ],
)
def test_letters_blanks_and_hyphens_have_one_form(text: str, expected: str) -> None:
    assert canonical(text) == expected


def test_decomposed_text_becomes_the_same() -> None:
    text = "Uỷ ban nhân dân các cấp, thuỷ điện Hoà Bình, khoẻ, ước, thuyền"
    assert canonical(unicodedata.normalize("NFD", text)) == canonical(text)


@given(ANY)
def test_canonical_and_fold_change_nothing_the_second_time(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)
    assert fold(fold(text)) == fold(text)
    assert fold(canonical(text)) == fold(text)


@given(ANY)
def test_the_mapped_forms_are_the_plain_ones(text: str) -> None:
    assert canonical_mapped(text).text == canonical(text)
    assert fold_mapped(text).text == fold(text)


@given(ANY)
def test_offsets_go_forward_and_stay_within_the_original(text: str) -> None:
    for mapped in (canonical_mapped(text), fold_mapped(text)):
        spans = [mapped.span(place, place + 1) for place in range(len(mapped.text))]
        assert all(0 <= start <= end <= len(text) for start, end in spans)
        assert spans == sorted(spans)
        assert mapped.span(0, 0)[0] >= 0
        assert mapped.span(len(mapped.text), len(mapped.text))[1] <= len(text)


@given(ANY)
def test_the_original_of_a_word_has_that_word_as_its_canonical_form(text: str) -> None:
    mapped = canonical_mapped(text)
    place = 0
    for word in mapped.text.split(" "):
        start, end = mapped.span(place, place + len(word))
        assert canonical(text[start:end]).strip(" ") == word
        place += len(word) + 1


def test_a_span_covers_the_letters_with_their_marks() -> None:
    text = unicodedata.normalize("NFD", "các thuỷ lợi")
    mapped = canonical_mapped(text)
    place = mapped.text.index("thủy")
    start, end = mapped.span(place, place + 4)
    assert unicodedata.normalize("NFC", text[start:end]) == "thuỷ"


@pytest.mark.parametrize("span", [(-1, 0), (0, 4), (2, 1)])
def test_a_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(IndexError, match="does not lie within"):
        canonical_mapped("abc").span(*span)


@given(st.text("abcđêIXÀ \n"))
def test_fold_has_no_accents_and_no_capitals(text: str) -> None:
    assert fold(text).isascii()
    assert fold(text) == fold(text).lower()


@given(st.text())
def test_unwrap_gives_one_line(text: str) -> None:
    assert unwrap(unwrap(text)) == unwrap(text)
    assert len(unwrap(text).splitlines()) <= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("kĩ", "kỹ"), ("tỉ", "tỷ"), ("sĩ", "sỹ"), ("lí", "lý"), ("mĩ", "mỹ"), ("quí", "quý"), ("hi", "hy")],
)
def test_syllables_the_law_spells_both_ways_match(one: str, other: str) -> None:
    assert match_form(one) == match_form(other)


@pytest.mark.parametrize("syllable", ["đi", "thi", "chi", "nghị", "mai", "tuy", "", "kia", "i"])
def test_other_syllables_are_their_own_key(syllable: str) -> None:
    assert match_form(syllable) == syllable


def test_the_canonical_place_is_the_one_most_of_the_law_uses(real_data: Path) -> None:
    """Of 5,000 articles: the canonical spelling of each pair is the more frequent one, which is why it was chosen."""
    with gzip.open(real_data / "bench" / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [
            unicodedata.normalize("NFC", json.loads(line)["text"]).lower() for line in itertools.islice(lines, 5000)
        ]
    words = Counter(word for text in texts for word in text.split())
    older = sum(words[word] for word in ("hóa", "hòa", "ủy", "thủy", "khỏe", "tòa"))
    newer = sum(words[word] for word in ("hoá", "hoà", "uỷ", "thuỷ", "khoẻ", "toà"))
    assert older > newer > 0


def test_whole_articles_keep_their_words(real_data: Path) -> None:
    with gzip.open(real_data / "bench" / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in itertools.islice(lines, 300)]
    for text in texts:
        mapped = canonical_mapped(text)
        assert mapped.text == canonical(text)
        assert mapped.span(0, len(mapped.text)) == (0, len(text)) or not text
        assert len(mapped.text.split()) == len(text.replace("\u200b", "").split())
