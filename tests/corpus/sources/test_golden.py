"""Every sample of a source gives the facts that were read in it by eye; each source has its golden samples."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.formats.ocr import NoRecogniserError
from corpus.sources import source_names
from kb.errors import UnusableInputError
from tests.corpus.sources.facts import EXPECTED, Facts, expected, facts_of

SOURCES = ("congbao", "congbao_sonla", "vanban_chinhphu", "vbpl")
ASKS_OTHERS = {"missing"}  # has no pages of its own: it asks the other sources
SAMPLES = [(source, name) for source in SOURCES for name in expected(source)]


@pytest.mark.parametrize(("source", "name"), SAMPLES)
def test_a_sample_gives_the_facts_that_stand_in_it(
    source: str, name: str, real_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: Facts = expected(source)[name]
    if told.get("scan"):
        monkeypatch.setattr("corpus.formats.pdf.reading.recognise", _no_recogniser)
    try:
        found = facts_of(real_data / "sources" / source / name, told["reader"], told.get("address", ""))
    except UnusableInputError as error:
        found = {"refused": type(error).__name__}
    assert json.loads(json.dumps(found)) == told["facts"]


def _no_recogniser(*_: object) -> None:
    raise NoRecogniserError("OCR is not installed here.")


def test_what_an_author_wrote_after_the_live_page_is_not_called_real(real_data: Path) -> None:
    for source in SOURCES:
        manifest = json.loads((real_data / "sources" / source / "MANIFEST.json").read_text(encoding="utf-8"))
        shapes = {entry["file"] for entry in manifest if "fixture" in entry["kind"]}
        told = expected(source)
        assert {name for name, sample in told.items() if not sample["real"]} == shapes & set(told)


@pytest.mark.parametrize("source", sorted(set(source_names()) - ASKS_OTHERS))
def test_a_source_has_golden_samples(source: str) -> None:
    golden = [path for path in (EXPECTED / source).glob("*") if path.is_file() and path.stat().st_size > 2]
    assert golden, f"tests/corpus/sources/{source}/ holds no expected facts"


def test_expected_facts_hold_no_text_of_the_law() -> None:
    for source in SOURCES:
        assert all(len(word) < 120 for word in _words(expected(source)))


def _words(value: object) -> list[str]:
    if isinstance(value, dict):
        return [word for inner in value.values() for word in _words(inner)]
    if isinstance(value, list):
        return [word for inner in value for word in _words(inner)]
    return [value] if isinstance(value, str) else []
