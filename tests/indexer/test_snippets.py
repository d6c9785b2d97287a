"""Snippets show the densest passage and highlight exactly the letters that were asked for."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.search import SearchIndex
from indexer.snippets import LONGEST, Snippet
from indexer.vietnamese import folded_form, syllable_form, syllables_of
from tests.indexer.made_up import SYLLABLES, article, random_articles, segment_of

TEXT = (
    "1. Câu thứ nhất nói chuyện khác.\n"
    "2. Câu thứ hai nói về thẻ căn cước công dân, và về việc cấp đổi.\n"
    "3. Câu thứ ba lại nói chuyện khác hẳn."
)


def clauses(text: str) -> tuple[tuple[str, int, int], ...]:
    """Each line as a khoản."""
    lines = text.splitlines(keepends=True)
    ends = list(accumulate(map(len, lines)))
    return tuple((f"khoan-{n}", end - len(line), end) for n, (line, end) in enumerate(zip(lines, ends, strict=True), 1))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    made = [
        article(1, TEXT, clauses=clauses(TEXT)),
        article(2, "Hoà giải\u00a0ở cơ sở <b>&</b> uỷ ban"),
        article(3, ""),
        article(4, "— … —"),
    ]
    return SearchIndex(segment_of(tmp_path_factory.mktemp("s"), made))


@pytest.fixture(scope="module")
def random_index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    return SearchIndex(segment_of(tmp_path_factory.mktemp("r"), random_articles(60)))


def snippet(index: SearchIndex, query: str) -> Snippet:
    return index.search(query).hits[0].snippet


def bright(found: Snippet) -> list[str]:
    return [text for text, is_bright in found.fragments if is_bright]


def test_a_snippet_starts_with_the_line_that_matched(index: SearchIndex) -> None:
    found = snippet(index, "thẻ căn cước")
    assert found.text.startswith("2. Câu thứ hai")
    assert bright(found)[0] == "thẻ căn cước"


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("thẻ căn cước", "khoản 2 Điều 1"),
        ('"chuyện khác hẳn"', "khoản 3 Điều 1"),
        ("câu thứ nhất nhì ba", ""),
        ("khoản 3 điều 1 luật mẫu", "khoản 3 Điều 1"),
        ("điểm c khoản 3 điều 1 luật mẫu", "khoản 3 Điều 1"),
    ],
)
def test_a_hit_leads_to_the_clause_that_matched_or_was_named(index: SearchIndex, query: str, place: str) -> None:
    hit = index.search(query).hits[0]
    assert (hit.place, hit.place_url) == (place, place and f"/van-ban/luat-mau/dieu-1.khoan-{place[6]}")


def test_the_passage_of_a_named_clause_is_its_beginning(index: SearchIndex) -> None:
    assert snippet(index, "khoản 3 điều 1 luật mẫu").text.startswith("3. Câu thứ ba")


def test_highlights_are_letters_of_the_source(index: SearchIndex) -> None:
    assert bright(snippet(index, "hòa giải ủy ban")) == ["Hoà giải", "uỷ ban"]


def test_highlights_without_accents_typed_show_the_accented_words(index: SearchIndex) -> None:
    assert "căn cước công dân" in bright(snippet(index, "can cuoc cong dan"))


def test_a_phrase_is_highlighted_only_where_it_stands(index: SearchIndex) -> None:
    assert bright(snippet(index, '"chuyện khác hẳn"')) == ["chuyện khác hẳn"]


def test_html_is_escaped(index: SearchIndex) -> None:
    assert "&lt;b&gt;&amp;&lt;/b&gt; <mark>uỷ ban</mark>" in snippet(index, "uỷ ban").html


def test_a_text_without_syllables_has_a_snippet(index: SearchIndex) -> None:
    assert {hit.snippet.text for hit in index.search("").hits} >= {"", "— … —"}


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4))
@settings(deadline=None, max_examples=60)
def test_every_highlight_is_made_of_syllables_asked_for(random_index: SearchIndex, asked: list[str]) -> None:
    for hit in random_index.search(" ".join(asked), limit=5).hits:
        spelled = {syllable for text in bright(hit.snippet) for syllable in syllables_of(text)}
        same = folded_form if " ".join(asked).isascii() else syllable_form  # without accents, all accents are asked for
        assert set(map(same, spelled)) <= set(map(same, asked))


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4))
@settings(deadline=None, max_examples=60)
def test_a_snippet_is_a_piece_of_its_text(random_index: SearchIndex, asked: list[str]) -> None:
    texts = {record.id: record.text for record in random_articles(60)}
    for hit in random_index.search(" ".join(asked), limit=5).hits:
        assert hit.snippet.text == texts[hit.id][hit.snippet.start : hit.snippet.end]
        assert hit.snippet.length == len(texts[hit.id])


def test_a_snippet_of_an_endless_line_is_short(tmp_path: Path) -> None:
    text = "xa lạ " * 3000 + "thẻ căn cước" + " xa lạ" * 3000
    found = snippet(SearchIndex(segment_of(tmp_path / "s", [article(1, text)])), "thẻ căn cước")
    assert "thẻ căn cước" in bright(found)
    assert len(found.text) <= LONGEST + 2
