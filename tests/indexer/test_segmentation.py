"""Words are pyvi's own, many times faster, the same for every way to place a tone."""

from __future__ import annotations

import gzip
import json
import struct
import subprocess
import sys
import warnings
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.abbreviations import abbreviations, expand, meanings
from indexer.crfsuite import read_model
from indexer.pyvi_model import TOKEN
from indexer.segmentation import Segmenter, respelled, segment_many, word_forms, words
from indexer.vietnamese import syllables_of
from kb.errors import UnusableInputError
from kb.text import canonical, fold


@pytest.fixture(scope="module")
def pyvi() -> Iterator[object]:
    """The pyvi of the package; loading it warns of its regular expressions and of the age of its model."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyvi.ViTokenizer import ViTokenizer

        yield ViTokenizer


def tokenized(text: str) -> str:
    """What ``ViTokenizer.tokenize`` gives, by our own segmenter: tokens joined by "_" within a word."""
    tokens = TOKEN.findall(text)
    segmenter = Segmenter()
    joined = segmenter.joined([0, *map(segmenter.number, tokens), 0])[1:-1]
    return "".join(("_" if inside else " ") + token for token, inside in zip(tokens, joined, strict=True))[1:] or text


LAW = [
    "Ủy",
    "ban",
    "nhân",
    "dân",
    "thủ",
    "tục",
    "hành",
    "chính",
    "Điều",
    "5",
    "12.000",
    "NĐ",
    "số",
    "hoá",
    "toà",
    "án",
    "tp.",
]
SIGNS = [
    " ",
    " ",
    " ",
    ", ",
    ". ",
    "\n",
    "-",
    "/",
    ":",
    "://",
    "@",
    ".",
    "...",
    "->",
    "_",
    "(",
    "“",
    "\u00a0",
    "+",
    "==>",
]
random_law = st.lists(st.sampled_from(LAW + SIGNS), max_size=40).map("".join)


@settings(deadline=None)
@given(st.one_of(random_law, st.text(max_size=30)))
def test_tokens_and_words_of_any_text_are_those_of_pyvi(pyvi: type, text: str) -> None:
    text = canonical(text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert TOKEN.findall(text) == pyvi.sylabelize(text)[1]  # type: ignore[attr-defined]  # pyvi has no types
        assert tokenized(text) == pyvi.tokenize(text)  # type: ignore[attr-defined]  # pyvi has no types


def articles(real_data: Path, step: int) -> Iterator[str]:
    with gzip.open(real_data / "bench" / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for line in islice(lines, 0, None, step))


def assert_same_words(pyvi: type, texts: Iterator[str]) -> None:
    for text in map(respelled, map(canonical, texts)):
        assert tokenized(text) == pyvi.tokenize(text)  # type: ignore[attr-defined]  # pyvi has no types


def test_words_of_real_articles_are_those_of_pyvi(pyvi: type, real_data: Path) -> None:
    assert_same_words(pyvi, articles(real_data, 400))


@pytest.mark.slow
def test_words_of_thousands_of_real_articles_are_those_of_pyvi(pyvi: type, real_data: Path) -> None:
    assert_same_words(pyvi, articles(real_data, 20))  # of all of them: benchmarks/segmentation.py


def test_many_texts_at_once_have_the_words_of_each_alone(real_data: Path) -> None:
    texts = ["", " ", "\n", "tổ", *articles(real_data, 2000), "thủ tục hành chính"]
    assert list(segment_many(iter(texts))) == [word_forms(text) for text in texts]


@settings(deadline=None)
@given(st.one_of(random_law, st.text(max_size=30)))
def test_words_stand_where_they_are_said_to(text: str) -> None:
    spans = words(text)
    assert [" ".join(syllables_of(text[start:end])) for start, end in spans] == word_forms(text)
    assert spans == sorted(spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Uỷ ban nhân dân tổ chức hoà giải", ["ủy ban", "nhân dân", "tổ chức", "hòa giải"]),
        ("Ủy ban nhân dân tổ chức hòa giải", ["ủy ban", "nhân dân", "tổ chức", "hòa giải"]),
        ("số hoá hồ sơ", ["số hóa", "hồ sơ"]),
        ("số hóa hồ sơ", ["số hóa", "hồ sơ"]),
        ("khoản 2 Điều 15", []),
        ("", []),
    ],
)
def test_words_do_not_depend_on_where_the_tone_was_typed(text: str, expected: list[str]) -> None:
    assert word_forms(text) == expected


@given(st.text(max_size=40))
def test_respelling_moves_tones_only(text: str) -> None:
    text = canonical(text)
    assert len(respelled(text)) == len(text)
    assert canonical(respelled(text)) == text
    assert respelled(respelled(text)) == respelled(text)


def test_neither_pyvi_nor_scikit_learn_is_imported() -> None:
    program = (
        "import sys; from indexer.segmentation import word_forms\n"
        "assert word_forms('thủ tục hành chính') == ['thủ tục', 'hành chính']\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('sklearn', 'scipy', 'pycrfsuite')])\n"
    )
    ran = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


@pytest.mark.parametrize(
    "data", [b"", b"lCRF", b"lCRF" + bytes(44), struct.pack("<4sI4s9I", b"lCRF", 48, b"FOMC", *[9] * 9)]
)
def test_what_is_not_a_model_is_refused(data: bytes) -> None:
    with pytest.raises(UnusableInputError, match="not a CRFsuite model"):
        read_model(data)


def test_no_abbreviation_reads_as_a_syllable() -> None:
    vowels = set("aeiouy")
    for short in abbreviations():
        letters = fold(short)
        assert (
            len(syllables_of(short)) > 1
            or len(letters) > 3
            or not vowels & set(letters)
            or letters in {"bca", "byt", "anm"}
        )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("TTHC", ("thủ tục hành chính",)),
        ("cccd", ("căn cước công dân",)),
        ("BHXH", ("bảo hiểm xã hội",)),
        ("vneid", ("ứng dụng định danh quốc gia",)),
        ("nđ", ("nghị định",)),
        ("nd", ("nghị định",)),
        ("ÐDÐT", ("định danh điện tử",)),
        ("dddt", ("định danh điện tử",)),
        ("TT&TT", ("thông tin và truyền thông",)),
        ("HĐ", ()),
        ("hd", ()),
        ("nhà", ()),
        ("", ()),
    ],
)
def test_abbreviations_expand_where_they_mean_one_thing(typed: str, expected: tuple[str, ...]) -> None:
    assert expand(typed) == expected


def test_all_meanings_of_an_abbreviation_can_be_asked_for() -> None:
    assert meanings("HĐ") == ("hợp đồng", "hội đồng")
