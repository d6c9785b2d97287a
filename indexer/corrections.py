"""Did you mean: a query of plain words with its doubtful syllables put right, by what this index holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from indexer.plan import Plan, Words
from indexer.segment import Segment
from indexer.spelling import Speller


def corrected(segment: Segment, plan: Plan) -> list[str]:
    """The query with a syllable replaced that the index does not hold, where another is likely; empty where none is."""
    root = plan.root
    if not isinstance(root, Words) or not all(root.accented):
        return []
    if all(segment.syllables.find(syllable) is not None for syllable in root.syllables):
        return []
    syllables = list(root.syllables)
    for correction in _speller(segment).correct(root.syllables):
        syllables[correction.at] = correction.meant
    return [" ".join(syllables)] if tuple(syllables) != root.syllables else []


@lru_cache(maxsize=2)
def _speller(segment: Segment) -> Speller:
    frequency = segment.syllable_postings.frequency
    counts = {syllable: frequency(number) for number, syllable in enumerate(segment.syllables.terms) if syllable}
    return Speller(counts, _PairCounts(segment))


class _PairCounts(Mapping[str, int]):
    """How many units hold two syllables side by side, read from the segment when asked."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def __getitem__(self, pair: str) -> int:
        first, _, second = pair.partition(" ")
        numbers = self._segment.syllables.find(first), self._segment.syllables.find(second)
        if numbers[0] is None or numbers[1] is None:
            raise KeyError(pair)
        return sum(
            map(self._segment.bigram_postings.frequency, self._segment.pairs([numbers[0]], [numbers[1]]).tolist())
        )

    def __iter__(self) -> Iterator[str]:
        terms = self._segment.syllables.terms
        return (f"{terms[key >> 32]} {terms[key & 0xFFFFFFFF]}" for key in self._segment.bigrams.tolist())

    def __len__(self) -> int:
        return len(self._segment.bigrams)
