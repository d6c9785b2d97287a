"""Words of a query as the syllables of the index: which were typed with their accents, and what abbreviations mean.

The rule of accents, syllable by syllable. A syllable that bears a mark or a digit stands as typed, and so does a foreign word.
In a query without any mark all others are accent-free: each matches all its accented forms alike. In a query that types
marks, one without is taken as typed if Vietnamese writes such a syllable ("an", "nam"), else as accent-free ("cuoc").
"""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.abbreviations import expand
from indexer.plan import Alternative, Phrase, Prefix, Step, Words
from indexer.query.syllable_shapes import is_level_syllable, is_unmarked_syllable
from indexer.vietnamese import syllables_of
from kb.text import fold


class WordReader:
    """Reads words of one query; ``accents`` tells whether anything in it was typed with accents."""

    def __init__(self, *, accents: bool) -> None:
        self._accents = accents
        self._accent_free: dict[str, None] = {}
        self.steps: list[Step] = []

    def words(self, text: str, *, required: bool = False) -> Words | None:
        """The plain words of a text, None if it holds no letter or digit."""
        syllables: list[str] = []
        alternatives: list[Alternative] = []
        for word in text.split():
            alternatives += self._alternatives(word, len(syllables))
            syllables += syllables_of(word)
        if not syllables:
            return None
        found = tuple(syllables)
        return Words(found, self.accented(found), " ".join(text.split()), tuple(alternatives), required)

    def phrase(self, text: str, slop: int = 0) -> Phrase | None:
        """Syllables side by side, None if there are none."""
        found = tuple(syllables_of(text))
        return Phrase(found, self.accented(found), " ".join(text.split()), slop) if found else None

    def prefix(self, text: str) -> Prefix | None:
        """Syllables of which the last is only begun, None if there are none."""
        found = tuple(syllables_of(text))
        if found:
            self.say("prefix", f"{text}*", f"Tìm những từ bắt đầu bằng “{' '.join(found)}”.")
        return Prefix(found, self.accented(found), " ".join(text.split())) if found else None

    def say(self, kind: str, text: str, meaning: str) -> None:
        """Note a step."""
        self.steps.append(Step(kind, text, meaning))

    def accented(self, syllables: tuple[str, ...]) -> tuple[bool, ...]:
        """For each syllable, whether it stands as typed."""
        accented = tuple(map(self._stands_as_typed, syllables))
        self._accent_free |= dict.fromkeys(
            syllable for syllable, typed in zip(syllables, accented, strict=True) if not typed
        )
        return accented

    @property
    def accent_free(self) -> tuple[str, ...]:
        """The syllables read so far that match all their accented forms alike; an abbreviation without a vowel has none."""
        return tuple(syllable for syllable in self._accent_free if _VOWEL.search(syllable))

    def _stands_as_typed(self, syllable: str) -> bool:
        if not syllable.isascii() or not syllable.isalpha() or _is_foreign(syllable):
            return True
        return self._accents and is_level_syllable(syllable)

    def _alternatives(self, word: str, at: int) -> list[Alternative]:
        bare = word.strip(".,;:?!()[]{}…'/")
        meanings = _meanings(bare)
        if meanings:
            self.say("abbreviation", bare, f"“{bare}” cũng là “{'”, “'.join(meanings)}”.")
        return [Alternative(at, tuple(syllables_of(meaning)), len(syllables_of(bare))) for meaning in meanings]


def has_accents(text: str) -> bool:
    """Whether a canonical text bears a Vietnamese mark or an đ."""
    return not text.isascii() and fold(text) != text.lower()


def _is_foreign(syllable: str) -> bool:
    """Whether a plain word can be no Vietnamese syllable, whatever marks it is given ("karaoke"), and no abbreviation."""
    return _VOWEL.search(syllable) is not None and not is_unmarked_syllable(syllable)


_meanings = lru_cache(maxsize=1 << 14)(expand)
_VOWEL = re.compile("[aeiouy]")
