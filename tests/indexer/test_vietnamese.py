"""Text becomes canonical syllables, each at its exact place, and a number one token however it is spelt."""

from __future__ import annotations

import gzip
import json
import random
import unicodedata
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.vietnamese import (
    PieceMemory,
    SyllableVocabulary,
    analyse,
    bigrams,
    document_numbers,
    folded_form,
    syllable_form,
    syllables_of,
)
from kb.text import canonical, fold

# Letters, marks, joiners, look-alikes and signs that texts of the law are found to mix.
VIETNAMESE = "aăâeêioôơuưyđáàảãạấầẩẫậíìỉĩịýỳỷỹỵọộợụựbcdghklmnpqrstvxABĐHKNQTÒÙ"
STRANGE = (
    "\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b\u00ad\u200b\u200d\ufeff\u00a0\u2011\u2013ÐСРВαΩ²½_&/.-–“”\n\t "
)
texts = st.text(st.one_of(st.sampled_from(VIETNAMESE + "0123456789" + STRANGE), st.characters()), max_size=60)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hoà giải ở cơ sở", "hòa giải ở cơ sở"),
        ("UỶ BAN", "ủy ban"),
        ("kĩ thuật, tỉ lệ, bác sĩ", "kỹ thuật tỷ lệ bác sỹ"),
        ("khoản 2 Điều 15 và", "khoản 2 điều 15 và"),
        ("Nghị định số 59/2022/NĐ-CP", "nghị định số 59 2022 nđ cp"),
        ("QĐ-TTg", "qđ ttg"),
        ("QĐ\u2011TTg", "qđ ttg"),
        ("a_b", "a b"),
        ("5a, 12.000 m²", "5a 12 000 m²"),
        ("ÐỊNH danh", "định danh"),
        ("NÐ\u2013\u0421\u0420", "nđ cp"),
        ("căn\u00a0cước", "căn cước"),
        ("cưỡng\u00adchế", "cưỡngchế"),
        ("tr\u200buy cập", "truy cập"),
        (unicodedata.normalize("NFD", "Thuỷ điện được"), "thủy điện được"),
        ("", ""),
        ("\u0301 \u00ad -", ""),
    ],
)
def test_a_text_is_its_canonical_syllables(text: str, expected: str) -> None:
    assert syllables_of(text) == expected.split()


@given(texts)
@example("NĐ-\u0421\u0420")
@example("e\u0323\u0302 \u00adx\u00ad")
def test_syllables_stand_in_the_text_one_after_the_other(text: str) -> None:
    analysis = analyse(text)
    assert len(analysis.starts) == len(analysis.ends) == len(analysis)
    end = 0
    for start, stop in zip(analysis.starts, analysis.ends, strict=True):
        assert end <= start < stop <= len(text)
        end = stop


@given(st.text(st.sampled_from(VIETNAMESE + "0123456789" + " .,/-\u0301\u0323\u0302\u00ad\u200b\n"), max_size=60))
def test_the_letters_at_its_place_are_the_syllable(text: str) -> None:
    analysis = analyse(text)
    for syllable, start, stop in zip(analysis.syllables, analysis.starts, analysis.ends, strict=True):
        assert syllable_form(canonical(text[start:stop])) == syllable


@given(texts)
def test_a_text_and_its_canonical_form_have_the_same_syllables(text: str) -> None:
    assert syllables_of(canonical(text)) == syllables_of(text) == analyse(text).syllables


@given(st.lists(texts, max_size=5))
def test_a_vocabulary_numbers_the_same_syllables(parts: list[str]) -> None:
    vocabulary = SyllableVocabulary()
    for text in parts:
        assert [vocabulary.forms[number] for number in vocabulary.encode(text)] == syllables_of(text)
    assert len(set(vocabulary.forms)) == len(vocabulary)
    assert [vocabulary.find(form) for form in vocabulary.forms] == list(range(len(vocabulary)))


def test_a_vocabulary_can_start_with_forms_of_its_own() -> None:
    vocabulary = SyllableVocabulary(("", "điều"))
    assert list(vocabulary.encode("Điều 1")) == [1, 2]
    assert vocabulary.find("khoản") is None


@given(st.text(st.sampled_from(VIETNAMESE), max_size=8))
def test_accent_free_forms_are_those_of_the_accent_free_typed(syllable: str) -> None:
    assert folded_form(fold(syllable)) == folded_form(syllable)


@pytest.mark.parametrize("typed", ["59/2022/NĐ-CP", "59 /2022/NÐ-CP", "59/2022/NĐ\u2013CP", "059/2022/NĐ-CP"])
def test_a_number_is_one_token_in_every_spelling(typed: str) -> None:
    text = f"theo Nghị định số {typed} ngày"
    (token,) = document_numbers(text)
    assert (token.key, text[token.start : token.end]) == ("59/2022/nd-cp", typed)


def test_text_without_digits_has_no_numbers() -> None:
    assert document_numbers("Nghị định này") == ()


def test_bigrams_are_neighbours() -> None:
    assert list(bigrams(["một"])) == []
    assert list(bigrams(["một", "hai", "ba"])) == ["một hai", "hai ba"]


def test_the_memory_of_pieces_is_bounded() -> None:
    memory = PieceMemory(len)
    assert [memory[str(number)] for number in range(300_000)][-1] == 6
    assert len(memory) <= 1 << 17
    assert memory["x" * 1000] == 1000
    assert "x" * 1000 not in memory


def real_articles(real_data: Path, count: int) -> Iterator[str]:
    with gzip.open(real_data / "bench" / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for line in islice(lines, count))


def test_spans_cut_from_real_articles_are_found_in_them(real_data: Path) -> None:
    """Cut between syllables, wherever a number or a line break falls."""
    draw = random.Random(6)
    for text in real_articles(real_data, 400):
        whole = analyse(text)
        length = draw.randint(2, 6)
        if len(whole) < length:
            continue
        first = draw.randrange(len(whole) - length + 1)
        span = text[whole.starts[first] : whole.ends[first + length - 1]]
        assert syllables_of(span) == whole.syllables[first : first + length]
