"""A segment gives back what was written, and its postings are those that counting one by one gives."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from indexer.forms import FormFinder
from indexer.phrases import near_places, phrase_places
from indexer.segment import Segment
from indexer.vietnamese import analyse, bigrams, syllables_of
from kb.errors import DamagedIndexError
from kb.model import Searchable
from tests.indexer.made_up import article, random_articles, segment_of


@pytest.fixture(scope="module")
def records() -> list[Searchable]:
    return random_articles(120)


@pytest.fixture(scope="module")
def segment(records: list[Searchable], tmp_path_factory: pytest.TempPathFactory) -> Segment:
    return segment_of(tmp_path_factory.mktemp("segment"), records)


def test_texts_come_back_letter_by_letter(segment: Segment, records: list[Searchable]) -> None:
    assert [segment.text(unit) for unit in range(segment.units)] == [record.text for record in records]


def test_cards_hold_what_a_page_shows(segment: Segment, records: list[Searchable]) -> None:
    for unit, record in enumerate(records):
        card = segment.card(unit)
        assert (card["id"], card["title"], card["status"]) == (record.id, record.title, record.status)
        assert card["issued"] == str(record.issued or "")


def test_the_stream_holds_headings_and_texts_in_order(segment: Segment, records: list[Searchable]) -> None:
    terms = segment.syllables.terms
    for unit, record in enumerate(records):
        first, end = segment.body(unit)
        assert [terms[number] for number in segment.heading(unit)] == syllables_of(record.title)
        assert [terms[number] for number in segment.stream[first:end]] == syllables_of(record.text)


def test_syllable_postings_hold_the_units_of_heading_text_and_document_title(
    segment: Segment, records: list[Searchable]
) -> None:
    held = [{*syllables_of(f"{r.title} {r.text} {r.document_title} {r.type}")} for r in records]
    for number, syllable in enumerate(segment.syllables.terms):
        expected = [unit for unit, syllables in enumerate(held) if syllable in syllables]
        assert segment.syllable_postings[number].units.tolist() == expected


def test_bigram_postings_hold_the_units_of_heading_and_text(segment: Segment, records: list[Searchable]) -> None:
    held = [{*bigrams(syllables_of(r.title)), *bigrams(syllables_of(r.text))} for r in records]
    terms = segment.syllables.terms
    for number, key in enumerate(segment.bigrams.tolist()):
        pair = f"{terms[key >> 32]} {terms[key & 0xFFFFFFFF]}"
        expected = [unit for unit, pairs in enumerate(held) if pair in pairs]
        assert segment.bigram_postings[number].units.tolist() == expected


def test_places_are_all_places_of_a_syllable(segment: Segment) -> None:
    for number in range(1, len(segment.syllables)):
        assert sorted(segment.places(number).tolist()) == np.flatnonzero(segment.stream == number).tolist()


def test_lines_start_where_their_syllables_do(segment: Segment, records: list[Searchable]) -> None:
    for unit, record in enumerate(records):
        characters, places = segment.lines(unit)
        starts, ends = [*characters.tolist(), len(record.text)], [*places.tolist(), segment.body(unit)[1]]
        for at in range(len(characters)):
            spelled = [segment.syllables.terms[number] for number in segment.stream[ends[at] : ends[at + 1]]]
            assert spelled == analyse(record.text[starts[at] : starts[at + 1]]).syllables


def test_phrases_are_found_where_looking_at_every_place_finds_them(segment: Segment) -> None:
    finder = FormFinder(segment)
    for phrase in ("căn cước", "công dân định danh", "thủ tục hành", "điều 5", "dân", "không có đây"):
        syllables = syllables_of(phrase)
        forms = finder.of_each(syllables, ())
        numbers = [segment.syllables.find(syllable) for syllable in syllables]
        stream = segment.stream.tolist()
        expected = [at for at in range(len(stream)) if stream[at : at + len(numbers)] == numbers]
        assert phrase_places(segment, forms).tolist() == expected
        if len(syllables) > 1:
            last = [at + len(numbers) - 1 for at in expected]
            assert set(last) <= set(near_places(segment, forms, 2).tolist())


def test_a_phrase_does_not_run_from_the_heading_into_the_text(tmp_path: Path) -> None:
    segment = segment_of(tmp_path / "s", [article(1, "cước công dân", title="Thẻ căn")])
    forms = FormFinder(segment).of_each(["căn", "cước"], ())
    assert not len(phrase_places(segment, forms))
    assert not len(near_places(segment, forms, 3))


def test_an_accent_free_syllable_has_all_its_accented_forms(segment: Segment) -> None:
    finder = FormFinder(segment)
    terms = segment.syllables.terms
    assert {terms[form] for form in finder.of("ban", as_typed=False)} == {"ban", "bán", "bản"}
    assert {terms[form] for form in finder.of("bán", as_typed=True)} == {"bán"}
    assert {terms[form] for form in finder.begun("cô", as_typed=True)} == {"công"}
    assert {terms[form] for form in finder.begun("co", as_typed=False)} == {"công", "cộng"}


def test_no_file_holds_a_pickle(segment: Segment) -> None:
    kinds = Counter(path.suffix for path in segment.folder.iterdir())
    assert set(kinds) <= {".npy", ".json", ".txt", ".bytes"}
    for path in segment.folder.glob("*.npy"):
        assert np.load(path, allow_pickle=False).dtype.kind in "uif"


def test_an_empty_segment_can_be_written_and_read(tmp_path: Path) -> None:
    assert segment_of(tmp_path / "s", []).units == 0


def test_a_segment_of_another_format_is_refused(tmp_path: Path) -> None:
    segment_of(tmp_path / "s", [article(1, "một")])
    about = tmp_path / "s" / "segment.json"
    about.write_text(json.dumps(json.loads(about.read_text(encoding="utf-8")) | {"format": 0}), encoding="utf-8")
    with pytest.raises(DamagedIndexError, match="format 0"):
        Segment(tmp_path / "s")


def test_a_truncated_array_is_refused(tmp_path: Path) -> None:
    segment_of(tmp_path / "s", [article(1, "một hai")])
    (tmp_path / "s" / "stream.npy").write_bytes(b"\x93NUMPY")
    with pytest.raises(DamagedIndexError, match=r"stream\.npy"):
        Segment(tmp_path / "s")


def test_clauses_are_places_of_the_stream(tmp_path: Path) -> None:
    text = "1. Thẻ căn cước:\na) Cấp mới;\n\nb) Cấp đổi.\n2. Định danh."
    names = {"khoan-1": "1.", "khoan-1.diem-a": "a)", "khoan-1.diem-b": "b)", "khoan-2": "2."}
    starts = {path: text.index(label) for path, label in names.items()}
    stops = {
        "khoan-1": starts["khoan-2"],
        "khoan-1.diem-a": starts["khoan-1.diem-b"],
        "khoan-1.diem-b": starts["khoan-2"],
    }
    points = tuple((path, start, stops.get(path, len(text))) for path, start in starts.items())
    segment = segment_of(tmp_path / "s", [article(1, "xa"), article(2, text, clauses=points), article(3, "lạ")])
    terms, paths = segment.syllables.terms, segment.values("clause")
    found = [
        (paths[path], [terms[number] for number in segment.stream[first:stop]])
        for first, stop, path in zip(*segment.clauses(1), strict=True)
    ]
    assert found == [(path, syllables_of(text[start:stop])) for path, start, stop in points]
    assert [len(firsts) for unit in (0, 2) for firsts in segment.clauses(unit)] == [0] * 6
