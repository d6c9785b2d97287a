from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.query import understand
from indexer.query.telex import converted
from kb.text import canonical, fold

TELEX = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"} | {
    "â": "aa", "ê": "ee", "ô": "oo", "ă": "aw", "ơ": "ow", "ư": "uw", "đ": "dd",
}  # fmt: skip
VNI = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"} | {
    "â": "a6", "ê": "e6", "ô": "o6", "ă": "a8", "ơ": "o7", "ư": "u7", "đ": "d9",
}  # fmt: skip


def keys(text: str, method: Mapping[str, str], *, tone_last: bool) -> str:
    """The keys that type a lower-case text."""
    return " ".join(_keys(word, method, tone_last=tone_last) for word in text.split())


def _keys(word: str, method: Mapping[str, str], *, tone_last: bool) -> str:
    pressed, late = "", ""
    for letter in unicodedata.normalize("NFC", word):
        marks = unicodedata.normalize("NFD", letter)
        tone = "".join(method[mark] for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
        bare = unicodedata.normalize("NFC", "".join(m for m in marks if m not in "\u0300\u0301\u0303\u0309\u0323"))
        pressed += method.get(bare, bare) + ("" if tone_last else tone)
        late += tone if tone_last else ""
    return pressed + late


@pytest.mark.parametrize(
    "meant",
    [
        "nghị định",
        "luật căn cước",
        "thủ tục hành chính",
        "quyền sử dụng đất",
        "điều 5 luật cư trú",
        "hòa giải",
        "người",
        "đường",
    ],
)
@pytest.mark.parametrize("method", [TELEX, VNI], ids=["telex", "vni"])
@pytest.mark.parametrize("tone_last", [True, False])
def test_the_keys_of_a_word_are_the_word(meant: str, method: Mapping[str, str], tone_last: bool) -> None:  # noqa: FBT001
    assert converted(keys(meant, method, tone_last=tone_last)) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Nghij ddinhj 59/2022/NDD-CP", "Nghị định 59/2022/NDD-CP"),
        ("LUAATJ CAWN CUWOWCS", "LUẬT CĂN CƯỚC"),
        ("cuocws coong daan", "cước công dân"),
        ('"cawn cuwowcs" OR "cuw trus"', '"căn cước" OR "cư trú"'),
        ("booj gdddt nghij quyeets", "bộ gdđt nghị quyết"),
    ],
)
def test_other_ways_to_type(typed: str, meant: str) -> None:
    assert converted(typed) == meant


@pytest.mark.parametrize(
    "query",
    [
        "tax",
        "thue tax",
        "iso 9001",
        "750 kW",
        "khổ A4",
        "can cuoc cong dan",
        "khoan2 dieu5 luat can cuoc",
        "sms banking",
        "TTHC",
        "căn cuwowcs",
        "",
    ],
)
def test_what_is_not_surely_typed_so_is_left_alone(query: str) -> None:
    assert converted(query) == query


def test_a_conversion_is_shown() -> None:
    plan = understand("nghij ddinhj 59/2022")
    assert plan.steps[0].kind == "keyboard"
    assert plan.root == understand("nghị định 59/2022").root


@given(st.one_of(st.text(max_size=60), st.text("aeouwsfrxjd 19675", max_size=60)))
def test_any_text_is_answered(query: str) -> None:
    converted(query)


@pytest.fixture(scope="module")
def questions(real_data: Path) -> list[str]:
    lines = (real_data / "bench" / "queries.jsonl").read_text("utf-8").splitlines()
    return [canonical(json.loads(line)["text"]).lower() for line in lines]


class TestRealQuestions:
    def test_none_without_accents_is_taken_for_keys(self, questions: list[str]) -> None:
        assert [question for question in map(fold, questions) if converted(question) != question] == []

    @pytest.mark.parametrize("method", [TELEX, VNI], ids=["telex", "vni"])
    def test_nearly_all_are_read_from_their_keys(self, questions: list[str], method: Mapping[str, str]) -> None:
        plain = [question.rstrip("?") for question in questions if question.rstrip("?").replace(" ", "").isalpha()]
        right = sum(converted(keys(question, method, tone_last=True)) == question for question in plain)
        assert right / len(plain) > 0.98
