"""Plain words: which units they match, and how well.

A short query matches the units that hold all of its syllables; a long one those that hold at least half of them (``needed``). The words
that only make a question of it ("như thế nào") need not be held. Where no unit holds enough, those match that hold the most:
``Found.needed`` tells how many that are. Ranking adds, for each syllable, bigram and word, idf · impact (indexer.ranking).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil

import numpy as np
import numpy.typing as npt

from indexer.forms import FormFinder, Forms
from indexer.phrases import phrase_places
from indexer.plan import Alternative, Words
from indexer.ranking import FORMULA, IMPACT_STEPS, Floats, frequency_table, idf, impacts
from indexer.segment import NOTHING, Numbers, Postings, Segment
from indexer.segmentation import word_forms
from kb.text import canonical

Mask = npt.NDArray[np.bool_]

ALL_OF = 4
"""Up to so many syllables, all must be held."""
MOST_OF = 0.5
"""Of more syllables, this part must be held."""

FREQUENT = 20
"""A syllable in more than one of so many units is added up as a row over all of them."""
MOST_ROWS = 512
"""How many such rows, and how many postings of several forms together, are kept."""

QUESTIONS = tuple(
    tuple(question.split())
    for question in (
        "được quy định như thế nào",
        "quy định như thế nào",
        "như thế nào",
        "thế nào",
        "ra sao",
        "là gì",
        "là ai",
        "bao nhiêu",
        "bao lâu",
        "khi nào",
        "hay không",
        "được không",
        "những gì",
        "những nào",
        "gì",
        "nào",
    )
)
"""What makes a question of a phrase, longest first; it says nothing of the answer."""


@dataclass(frozen=True, slots=True)
class Found:
    """The units that plain words match, what each scores, and of how many asked syllables it had to hold ``needed``."""

    held: Mask
    scores: Floats
    asked: int
    needed: int


class WordSearcher:
    """Matches and ranks plain words in one segment."""

    def __init__(self, segment: Segment, forms: FormFinder) -> None:
        self._segment = segment
        self._forms = forms
        self._frequencies = frequency_table()
        self._rows = lru_cache(MOST_ROWS)(self._row)
        self._merged = lru_cache(MOST_ROWS)(self._merge)

    def find(self, words: Words) -> Found:
        """The units that match, with their scores."""
        forms = self._forms.of_each(words.syllables, words.accented)
        scores = self.scores(forms, _in_one_spelling(words) if all(words.accented) else "")
        expansions = [(meaning.at, self._expansion(meaning, scores)) for meaning in words.alternatives]
        asked = _asked(words.syllables)
        counts = np.zeros(self._segment.units, np.uint16)
        for place in asked:
            meanings = [units for at, units in expansions if at == place]
            self._count(counts, forms[place], meanings)
        needed = len(asked) if words.required else _reachable(_needed(len(asked)), counts)
        return Found(counts >= needed, scores, len(asked), needed)

    def scores(self, forms: Sequence[Forms], text: str = "") -> Floats:
        """What each unit scores for syllables in this order, whether it matches or not; for ``text``, by its words too."""
        scores = np.zeros(self._segment.units, np.float32)
        self._add_syllables(scores, _distinct(forms))
        self._add(scores, self._bigrams(forms), FORMULA.bigrams)
        self._add(scores, map(self._word, dict.fromkeys(word_forms(text))), FORMULA.words)
        return scores

    def _add_syllables(self, scores: Floats, syllables: Iterable[Forms]) -> None:
        rare: list[Postings] = []
        for forms in syllables:
            if self._is_frequent(forms):
                row, held = self._rows(forms.tobytes())
                scores += row * self._each(held)
            else:
                rare.append(self._syllable(forms))
        self._add(scores, rare, 1.0)

    def _count(self, counts: npt.NDArray[np.uint16], forms: Forms, meanings: Sequence[Numbers]) -> None:
        """One more for each unit that holds any of the forms, or what they stand for."""
        if self._is_frequent(forms) and not meanings:
            counts += self._rows(forms.tobytes())[0] != 0
        else:
            counts[_union([self._syllable(forms).units, *meanings])] += 1

    def _is_frequent(self, forms: Forms) -> bool:
        return sum(map(self._segment.syllable_postings.frequency, forms.tolist())) * FREQUENT > self._segment.units

    def _row(self, forms: bytes) -> tuple[npt.NDArray[np.uint8], int]:
        """A frequent syllable's impact in every unit, and in how many it stands: added up many times faster than postings."""
        postings = self._syllable(np.frombuffer(forms, np.uint32))
        row = np.zeros(self._segment.units, np.uint8)
        row[postings.units] = postings.impacts
        return row, len(postings)

    def _each(self, held: int, weight: float = 1.0) -> np.float32:
        """What one step of impact adds for a term that so many units hold."""
        return np.float32(weight * idf(held, self._segment.units) / IMPACT_STEPS)

    def _add(self, scores: Floats, terms: Iterable[Postings], weight: float) -> None:
        for postings in terms:
            if len(postings):
                scores[postings.units] += postings.impacts * self._each(len(postings), weight)

    def _expansion(self, meaning: Alternative, scores: Floats) -> Numbers:
        """The units that hold what an abbreviation stands for; they score as if it had been typed."""
        forms = self._forms.of_each(meaning.syllables, ())
        units = np.unique(self._segment.units_at(phrase_places(self._segment, forms)))
        scores[units] += self.scores(forms)[units]
        return units

    def _syllable(self, forms: Forms) -> Postings:
        if len(forms) <= 1:
            return self._segment.syllable_postings[int(forms[0])] if len(forms) else NOTHING
        return self._merged(forms.tobytes())

    def _merge(self, forms: bytes) -> Postings:
        return self._together(
            [self._segment.syllable_postings[form] for form in np.frombuffer(forms, np.uint32).tolist()]
        )

    def _bigrams(self, forms: Sequence[Forms]) -> Iterator[Postings]:
        for pairs in self._segment.pairs_of_each(_distinct_pairs(forms)):
            yield self._together([self._segment.bigram_postings[pair] for pair in pairs.tolist()])

    def _word(self, word: str) -> Postings:
        number = self._segment.words.find(word)
        return NOTHING if number is None else self._segment.word_postings[number]

    def _together(self, forms: Sequence[Postings]) -> Postings:
        """Several forms as if they were one: their frequencies are added up before they are saturated."""
        if len(forms) <= 1:
            return forms[0] if forms else NOTHING
        units = np.concatenate([postings.units for postings in forms])
        order = np.argsort(units, kind="stable")  # merges what is sorted already
        units = units[order]
        first = np.flatnonzero(np.diff(units, prepend=units[:1] + 1)) if len(units) else np.zeros(0, np.int64)
        frequencies = self._frequencies[np.concatenate([postings.impacts for postings in forms])][order]
        return Postings(units[first], impacts(np.add.reduceat(frequencies, first) if len(first) else frequencies))


def _needed(asked: int) -> int:
    return asked if asked <= ALL_OF else max(ALL_OF, ceil(asked * MOST_OF))


def _reachable(needed: int, counts: npt.NDArray[np.uint16]) -> int:
    """At least one must be held, and no more than any unit holds."""
    return max(min(needed, int(counts.max(initial=0))), 1)


def _asked(syllables: Sequence[str]) -> list[int]:
    """The places of the distinct syllables that say what is asked; all, where nothing else is left."""
    kept, at = [], 0
    while at < len(syllables):
        question = next((words for words in QUESTIONS if tuple(syllables[at : at + len(words)]) == words), ())
        question = question or tuple(syllables[at:]) * (tuple(syllables[at:]) == ("không",))
        if not question:
            kept.append(at)
        at += len(question) or 1
    return list({syllables[at]: at for at in kept or range(len(syllables))}.values())


def _distinct(forms: Sequence[Forms]) -> list[Forms]:
    return list({one.tobytes(): one for one in forms}.values())


def _distinct_pairs(forms: Sequence[Forms]) -> list[tuple[Forms, Forms]]:
    return list({(first.tobytes(), second.tobytes()): (first, second) for first, second in pairwise(forms)}.values())


def _union(parts: Sequence[Numbers]) -> Numbers:
    return parts[0] if len(parts) == 1 else np.unique(np.concatenate(parts))


def _in_one_spelling(words: Words) -> str:
    """The text, or its syllables as the index spells them where it was typed otherwise: "sĩ quan" and "sỹ quan" rank alike."""
    typed = canonical(words.text).lower()
    return words.text if all(syllable in typed for syllable in words.syllables) else " ".join(words.syllables)
