"""Did you mean: a query of plain words, or a phrase, with its doubtful syllables put right by what this index holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial

from indexer.forms import FormFinder, Forms
from indexer.plan import Phrase, Plan, Words
from indexer.segment import Segment
from indexer.spelling import Speller
from indexer.vietnamese import folded_form

MOST_SYLLABLES = 6
"""Up to so many syllables that are all known are looked at by their neighbours: in a question some stand together by chance."""


def corrected(segment: Segment, plan: Plan) -> list[str]:
    """The query with syllables replaced that the index does not hold, or not side by side; empty where nothing is likelier.

    A query that bears no accents is put right without accents.
    """
    root = plan.root
    if not isinstance(root, Words | Phrase):
        return []
    plain = all(map(str.isascii, root.syllables))
    spellers = _spellers(segment)
    syllables = tuple(map(folded_form, root.syllables)) if plain else root.syllables
    if len(syllables) > MOST_SYLLABLES and all(map(spellers[plain].knows, syllables)):
        return []
    meant = list(syllables)
    for correction in spellers[plain].correct(syllables):
        meant[correction.at] = correction.meant
    text = " ".join(meant)
    return [f'"{text}"' if isinstance(root, Phrase) else text] if tuple(meant) != syllables else []


@lru_cache(maxsize=2)
def _spellers(segment: Segment) -> tuple[Speller, Speller]:
    """For queries with accents, and for those without."""
    finder = FormFinder(segment)
    counts: dict[str, int] = {}
    folded: dict[str, int] = {}
    for number, syllable in enumerate(segment.syllables.terms[1:], 1):
        counts[syllable] = segment.syllable_postings.frequency(number)
        form = folded_form(syllable)
        folded[form] = folded.get(form, 0) + counts[syllable]
    accented, plain = (_PairCounts(segment, partial(finder.of, as_typed=as_typed)) for as_typed in (True, False))
    return Speller(counts, accented), Speller(folded, plain)


class _PairCounts(Mapping[str, int]):
    """How many units hold two syllables side by side, read from the segment when asked."""

    def __init__(self, segment: Segment, forms: Callable[[str], Forms]) -> None:
        self._segment = segment
        self._forms = forms

    def __getitem__(self, pair: str) -> int:
        first, _, second = pair.partition(" ")
        pairs = self._segment.pairs(self._forms(first), self._forms(second))
        if not len(pairs):
            raise KeyError(pair)
        return sum(map(self._segment.bigram_postings.frequency, pairs.tolist()))

    def __iter__(self) -> Iterator[str]:
        terms = self._segment.syllables.terms
        return (f"{terms[key >> 32]} {terms[key & 0xFFFFFFFF]}" for key in self._segment.bigrams.tolist())

    def __len__(self) -> int:
        return len(self._segment.bigrams)
