"""No literal hit is missed: what stands in an article finds that article, as plain words and as a phrase."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import pytest

from indexer.build import write_segment
from indexer.evaluate import read_benchmark
from indexer.search import SearchIndex
from indexer.segment import Segment
from indexer.vietnamese import syllables_of
from kb.model import Searchable
from tests.indexer.made_up import random_articles, segment_of


def spans(records: Sequence[Searchable], count: int, seed: int) -> list[str]:
    """Random spans of two to six syllables."""
    draw, found = random.Random(seed), []
    while len(found) < count:
        syllables = syllables_of(draw.choice(records).text)
        length = draw.randint(2, 6)
        if len(syllables) >= length:
            start = draw.randrange(len(syllables) - length + 1)
            found.append(" ".join(syllables[start : start + length]))
    return found


class Texts:
    """The headings and texts of records, syllable by syllable, in one string for plain string search."""

    def __init__(self, records: Sequence[Searchable]) -> None:
        zones = [(f" {' '.join(syllables_of(zone))} ", r.id) for r in records for zone in (r.title, r.text)]
        self._ids = [name for _, name in zones]
        self._starts = [0, *accumulate(len(zone) + 1 for zone, _ in zones)]
        self._whole = "\x00".join(zone for zone, _ in zones)

    def holding(self, span: str) -> set[str]:
        """The records that hold the span."""
        found, place = set(), self._whole.find(f" {span} ")
        while place >= 0:
            zone = bisect_right(self._starts, place) - 1
            found.add(self._ids[zone])
            place = self._whole.find(f" {span} ", self._starts[zone + 1])
        return found


def check(index: SearchIndex, records: Sequence[Searchable], wanted: Sequence[str]) -> None:
    """Nothing that holds a span is missed; a phrase finds nothing else, if an accent tells which one is meant."""
    texts = Texts(records)
    for span in wanted:
        holding = texts.holding(span)
        words = {name for name, _ in index.rank(span, len(index))}
        phrase = {name for name, _ in index.rank(f'"{span}"', len(index))}
        assert holding <= words, span
        assert holding <= phrase, span
        assert phrase == holding or span.isascii(), span


def test_every_span_of_made_up_articles_finds_them(tmp_path: Path) -> None:
    records = random_articles(150)
    check(SearchIndex(segment_of(tmp_path / "s", records)), records, spans(records, 150, seed=1))


@pytest.mark.slow
def test_every_span_of_real_articles_finds_them(tmp_path: Path, real_data: Path) -> None:
    records = list(read_benchmark(real_data / "bench").records())
    write_segment(records, tmp_path)
    check(SearchIndex(Segment(tmp_path)), records, spans(records, 1000, seed=2022))
