"""The Vietnamese analysis: a text as canonical syllables with exact offsets, and the document numbers in it.

Matching is by syllables, because no literal hit may be missed: every run of letters and digits is a syllable, also the
pieces of a number ("59/2022/NĐ-CP" is ``59 2022 nđ cp``), so that any span cut from a text is found in it. A document number
is, beside that, one token whatever its spelling. Whatever changes what this module gives must raise ANALYSIS_VERSION.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import TypeVar

from kb.numbers import find_numbers
from kb.text import canonical, canonical_mapped, fold, match_form

ANALYSIS_VERSION = 1

Made = TypeVar("Made")

_LETTER = r"[^\W_]"
_MARK = r"[\u0300-\u036f]"  # combining: the tones and hats of decomposed text
_JOINER = r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"  # invisible inside a word

# Possessive throughout: no text, however strange, makes it look at a letter twice.
_SYLLABLE = re.compile(rf"{_LETTER}++(?:{_JOINER}*+{_MARK}++|{_JOINER}++(?={_LETTER})|{_LETTER}++)*+")

# Whether a Greek or Cyrillic letter stands for a Latin one depends on its neighbours beyond the syllable.
_MIXED_SCRIPT = re.compile(r"[\u0370-\u052f\u1f00-\u1fff]")

_REMEMBERED_PIECES = 1 << 17
_LONGEST_REMEMBERED = 40


@dataclass(frozen=True, slots=True)
class NumberToken:
    """A document number in a text: its lookup key (kb.numbers.number_key) and where it stands."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """A text's syllables in order, in matching form; the i-th stands at ``text[starts[i]:ends[i]]`` of the text given."""

    syllables: list[str]
    starts: array[int]
    ends: array[int]

    def __len__(self) -> int:
        return len(self.syllables)


def analyse(text: str) -> Analysis:
    """The syllables of a text, with offsets into the text as given. Total.

    >>> analyse("Uỷ ban, theo NĐ 59/2022").syllables
    ['ủy', 'ban', 'theo', 'nđ', '59', '2022']
    """
    syllables: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    place = 0
    for piece in text.split(" "):
        for form, start, end in _PIECES[piece]:
            syllables.append(form)
            starts.append(place + start)
            ends.append(place + end)
        place += len(piece) + 1
    return Analysis(syllables, array("I", starts), array("I", ends))


def piece_of(text: str, syllable: int) -> tuple[int, int]:
    """Where the piece between blanks starts that holds this syllable of a text, counted from 0, and how many stand before it.

    >>> piece_of("theo NĐ 59/2022 này", 3)
    (8, 2)
    """
    place = before = 0
    for piece in text.split(" "):
        held = len(_PIECES[piece])
        if before + held > syllable:
            break
        before += held
        place += len(piece) + 1
    return place, before


def syllables_of(text: str) -> list[str]:
    """Only the syllables, where offsets do not matter.

    >>> syllables_of("Hoà giải ở cơ-sở")
    ['hòa', 'giải', 'ở', 'cơ', 'sở']
    """
    return [form for piece in text.split(" ") for form, _, _ in _PIECES[piece]]


@lru_cache(maxsize=1 << 17)
def syllable_form(raw: str) -> str:
    """The matching form of one run of letters and digits: canonical, lower-case, y for the i that the law mixes with it.

    >>> syllable_form("KĨ"), syllable_form("Thuỷ")
    ('kỹ', 'thủy')
    """
    return match_form(canonical(raw).lower())


@lru_cache(maxsize=1 << 17)
def folded_form(syllable: str) -> str:
    """The accent-free form of a syllable, for the lower tier.

    >>> folded_form("định"), folded_form("kĩ"), folded_form("lí")
    ('dinh', 'ky', 'ly')
    """
    return fold(syllable_form(syllable))


def bigrams(syllables: Sequence[str]) -> Iterator[str]:
    """Each two neighbours as one token: a phrase of n syllables is n - 1 of them.

    >>> list(bigrams(["căn", "cước", "công", "dân"]))
    ['căn cước', 'cước công', 'công dân']
    """
    return map(" ".join, pairwise(syllables))


def document_numbers(text: str) -> tuple[NumberToken, ...]:
    """The document numbers in a text, in order, each as one token: the same key for every spelling."""
    if not any(character.isdigit() for character in text):
        return ()
    return tuple(NumberToken(match.number.key, match.start, match.end) for match in find_numbers(text))


class SyllableVocabulary:
    """Gives every syllable a small number, in the order of first sight, so that texts become arrays.

    ``forms[i]`` is the syllable numbered i. One vocabulary serves one build; it grows with what it is shown.
    """

    def __init__(self, forms: Iterable[str] = ()) -> None:
        self.forms: list[str] = []
        self._numbers: dict[str, int] = {}
        self._pieces = PieceMemory(lambda piece: tuple(map(self.number, syllables_of(piece))))
        for form in forms:
            self.number(form)

    def encode(self, text: str) -> array[int]:
        """The numbers of the text's syllables, as many and in the order as ``analyse(text).syllables``."""
        return array("I", chain.from_iterable(map(self._pieces.__getitem__, text.split(" "))))

    def number(self, form: str) -> int:
        """The number of a syllable in matching form; a new one gets the next number."""
        number = self._numbers.setdefault(form, len(self.forms))
        if number == len(self.forms):
            self.forms.append(form)
        return number

    def find(self, form: str) -> int | None:
        """The number of a syllable in matching form, None if it was never seen."""
        return self._numbers.get(form)

    def __len__(self) -> int:
        return len(self.forms)


class PieceMemory(dict[str, Made]):
    """What each piece of text between two blanks becomes: the law repeats its words, so short pieces are remembered."""

    def __init__(self, make: Callable[[str], Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, piece: str) -> Made:
        made = self._make(piece)
        if len(piece) <= _LONGEST_REMEMBERED:
            if len(self) >= _REMEMBERED_PIECES:
                self.clear()
            self[piece] = made
        return made


def _piece_syllables(piece: str) -> tuple[tuple[str, int, int], ...]:
    """(form, start, end) of each syllable of a piece."""
    if not _MIXED_SCRIPT.search(piece):
        return tuple((syllable_form(found[0]), *found.span()) for found in _SYLLABLE.finditer(piece))
    mapped = canonical_mapped(piece)
    return tuple((syllable_form(found[0]), *mapped.span(*found.span())) for found in _SYLLABLE.finditer(mapped.text))


_PIECES = PieceMemory(_piece_syllables)
