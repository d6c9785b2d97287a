"""Vietnamese typed with the keyboard's conversion off: "nghij ddinhj" (Telex) and "nghi5 d9inh5" (VNI) are "nghị định".

The keys of both methods, in any order after the vowel as keyboards accept them. A query is converted as a whole and only where
that is sure: a word is no Vietnamese syllable as it stands, is one when converted, and its keys are none that other words
end in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from indexer.query.syllable_shapes import is_syllable, is_unmarked_syllable
from kb.text import canonical


def converted(query: str) -> str:
    """The query with its words converted, or as it was. Total.

    >>> converted("nghij ddinhj 59/2022"), converted("nghi5 d9inh5"), converted("thue tax")
    ('nghị định 59/2022', 'nghị định', 'thue tax')
    """
    if not query.isascii():
        return query
    for pattern, apply_key in _METHODS:
        words = [word for word in pattern.findall(query) if word not in _OPERATORS and not _UNIT.fullmatch(word)]
        if _is_meant([_reading(word, apply_key) for word in words]):
            return pattern.sub(partial(_substitute, apply_key), query)
    return query


_OPERATORS = frozenset({"AND", "OR", "NOT"})
_TELEX_WORD = re.compile(r"(?<![\w/.-])[A-Za-z]+(?![\w/]|[.:-]\w)")
_VNI_WORD = re.compile(r"(?<![\w/.-])[A-Za-z]+[A-Za-z0-9]*(?![\w/]|[.:-]\w)")
# Figures after the word for a unit may be its number; they are no sign of VNI: "dieu5 khoan2".
_UNIT = re.compile(r"(?:dieu|khoan|diem|muc|chuong|phan|so|d|k)\d+", re.IGNORECASE)

_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323", "z": ""}
_TONE_FIGURES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323", "0": ""}
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_HORNS = {"a": "ă", "o": "ơ", "u": "ư"}
_VOWELS = frozenset("aăâeêioôơuưy")


_Method = Callable[["_Syllable", str], bool]


@dataclass(slots=True)
class _Syllable:
    """A syllable as it comes from the keys, and which keys were more than letters."""

    letters: list[str] = field(default_factory=list)
    tone: str = ""
    keys: str = ""

    @property
    def has_vowel(self) -> bool:
        return not _VOWELS.isdisjoint(self.letters)

    def mark(self, marks: dict[str, str]) -> bool:
        """Put a hat or horn on the last letter that takes it."""
        for at in range(len(self.letters) - 1, -1, -1):
            if self.letters[at] in marks:
                self.letters[at] = marks[self.letters[at]]
                return True
        return False

    def horn(self) -> bool:
        """A horn on both of "uo", else on the last letter that takes it, else an ư of its own."""
        pair = "".join(self.letters).find("uo")
        if pair >= 0 and not (pair == 1 and self.letters[0] == "q"):
            self.letters[pair : pair + 2] = ["ư", "ơ"]
            return True
        if not self.has_vowel:
            self.letters.append("ư")
            return True
        return self.mark(_HORNS)

    def bar(self) -> bool:
        if self.letters[:1] != ["d"]:
            return False
        self.letters[0] = "đ"
        return True

    @property
    def text(self) -> str:
        vowel = max((at for at, letter in enumerate(self.letters) if letter in _VOWELS), default=-1)
        toned = [*self.letters[: vowel + 1], self.tone, *self.letters[vowel + 1 :]]
        return canonical(unicodedata.normalize("NFC", "".join(toned)))


def _telex_key(syllable: _Syllable, key: str) -> bool:
    """Apply a key of Telex, False if it is a letter."""
    if key in _TONES and syllable.has_vowel:
        syllable.tone = _TONES[key]
        return True
    if key == "w":
        return syllable.horn()
    if key == "d":
        return syllable.bar()
    return key in _HATS and syllable.mark({key: _HATS[key]})


def _vni_key(syllable: _Syllable, key: str) -> bool:
    """Apply a key of VNI, False if it is a letter."""
    if key in _TONE_FIGURES and syllable.has_vowel:
        syllable.tone = _TONE_FIGURES[key]
        return True
    match key:
        case "6":
            return syllable.mark(_HATS)
        case "7":
            return syllable.horn()
        case "8":
            return syllable.mark({"a": "ă"})
        case _:
            return key == "9" and syllable.bar()


_METHODS = ((_TELEX_WORD, _telex_key), (_VNI_WORD, _vni_key))


def _typed(word: str, apply_key: _Method) -> _Syllable:
    syllable = _Syllable()
    for key in word.lower():
        if apply_key(syllable, key):
            syllable.keys += key
        else:
            syllable.letters.append(key)
    return syllable


@dataclass(frozen=True, slots=True)
class _Reading:
    """``fits``: a syllable, converted or as it stands; ``changed``: converted; ``is_sure``: it cannot be meant as it stands."""

    fits: bool
    changed: bool
    is_sure: bool


def _reading(word: str, apply_key: _Method) -> _Reading:
    syllable = _typed(word, apply_key)
    changed = bool(syllable.keys) and is_syllable(syllable.text)
    stands = is_unmarked_syllable(word.lower())
    sure = changed and not stands and len(word) > 2 and not set(syllable.keys) <= _ENDS_OF_OTHER_WORDS
    return _Reading(changed or stands, changed, sure)


def _is_meant(readings: list[_Reading]) -> bool:
    """Most Vietnamese words take a key; a unit among plain words ("750 kW", "khổ A4") is none."""
    changed = sum(reading.changed for reading in readings)
    strange = sum(not reading.fits for reading in readings)
    sure = changed > 1 or any(reading.is_sure for reading in readings)
    return sure and strange < changed and 3 * changed >= len(readings)


_ENDS_OF_OTHER_WORDS = frozenset("srx")


_BAR = re.compile("(d)[d9](?!d)", re.IGNORECASE)  # in abbreviations, which are no syllables: "bgdddt", "LD9TBXH"


def _substitute(apply_key: _Method, match: re.Match[str]) -> str:
    word = match[0]
    syllable = _typed(word, apply_key)
    if not syllable.has_vowel:
        return _BAR.sub(lambda bar: "Đ" if bar[1].isupper() else "đ", word)
    if word in _OPERATORS or not syllable.keys or not is_syllable(syllable.text):
        return word
    made = syllable.text
    return made.upper() if word.isupper() else made.capitalize() if word[0].isupper() else made
