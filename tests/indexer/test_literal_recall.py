"""No literal hit is missed: what stands in an article finds that article, as plain words and as a phrase."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from indexer.search import SearchIndex
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


def missed(index: SearchIndex, records: Sequence[Searchable], span: str) -> tuple[set[str], set[str], set[str]]:
    """Articles that hold the span literally but are not found by it as words, or as a phrase; and phrase hits without it."""
    wanted = f" {span} "
    holding = {r.id for r in records if wanted in f" {' '.join(syllables_of(r.text))} "}
    holding |= {r.id for r in records if wanted in f" {' '.join(syllables_of(r.title))} "}
    words = {hit.id for hit in index.search(span, limit=len(records)).hits}
    phrase = {hit.id for hit in index.search(f'"{span}"', limit=len(records)).hits}
    return holding - words, holding - phrase, phrase - holding


def test_every_span_of_made_up_articles_finds_them(tmp_path: Path) -> None:
    records = random_articles(150)
    index = SearchIndex(segment_of(tmp_path / "s", records))
    for span in spans(records, 150, seed=1):
        by_words, by_phrase, too_many = missed(index, records, span)
        assert not by_words | by_phrase, span
        assert not too_many or span.isascii(), span
