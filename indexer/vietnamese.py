"""The Vietnamese analysis: a text as canonical syllables with exact offsets, and the document numbers in it.

Matching is by syllables, because no literal hit may be missed: every run of letters and digits is a syllable, also the
pieces of a number ("59/2022/NĐ-CP" is ``59 2022 nđ cp``), so that any span cut from a text is found in it. A document number
is, beside that, one token whatever its spelling. Whatever changes what this module gives must raise ANALYSIS_VERSION.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.numbers import find_numbers
from kb.text import canonical, canonical_mapped, fold, match_form

ANALYSIS_VERSION = 1

_LETTER = r"[^\W_]"
_MARK = r"[\u0300-\u036f]"  # combining: the tones and hats of decomposed text
_JOINER = r"[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]"  # soft hyphen, zero-width: invisible inside a word

# Possessive throughout: no text, however strange, makes it look at a letter twice.
_SYLLABLE = re.compile(rf"{_LETTER}++(?:{_JOINER}*+{_MARK}++|{_JOINER}++(?={_LETTER})|{_LETTER}++)*+")

# Whether a Greek or Cyrillic letter stands for a Latin one depends on its neighbours beyond the syllable.
_MIXED_SCRIPT = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")


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
    numbers: tuple[NumberToken, ...] = ()

    def __len__(self) -> int:
        return len(self.syllables)


def analyse(text: str) -> Analysis:
    """The syllables of a text and its document numbers, with offsets into the text as given. Total.

    >>> analyse("Uỷ ban, theo NĐ 59/2022").syllables
    ['ủy', 'ban', 'theo', 'nđ', '59', '2022']
    """
    syllables, starts, ends = [], array("I"), array("I")
    for raw, start, end in _runs(text):
        syllables.append(syllable_form(raw))
        starts.append(start)
        ends.append(end)
    return Analysis(syllables, starts, ends, document_numbers(text))


def syllables_of(text: str) -> list[str]:
    """Only the syllables, where offsets do not matter.

    >>> syllables_of("Hoà giải ở cơ-sở")
    ['hòa', 'giải', 'ở', 'cơ', 'sở']
    """
    return [syllable_form(raw) for raw in _raw_syllables(text)]


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
    return map(" ".join, zip(syllables, syllables[1:], strict=False))


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
        self._ids = _GrowingIds()
        for form in forms:
            self._ids.number_of(form)

    @property
    def forms(self) -> list[str]:
        """The syllables by number."""
        return self._ids.forms

    def encode(self, text: str) -> array[int]:
        """The numbers of the text's syllables, as many and in the order as ``analyse(text).syllables``."""
        return array("I", map(self._ids.__getitem__, _raw_syllables(text)))

    def find(self, syllable: str) -> int | None:
        """The number of a syllable in matching form, None if it was never seen."""
        return self._ids.by_form.get(syllable)

    def __len__(self) -> int:
        return len(self._ids.forms)


class _GrowingIds(dict[str, int]):
    """From a syllable as written to its number; what is looked up for the first time gets the next number."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[str] = []
        self.by_form: dict[str, int] = {}

    def __missing__(self, raw: str) -> int:
        self[raw] = number = self.number_of(syllable_form(raw))
        return number

    def number_of(self, form: str) -> int:
        number = self.by_form.setdefault(form, len(self.forms))
        if number == len(self.forms):
            self.forms.append(form)
        return number


def _raw_syllables(text: str) -> list[str]:
    return _SYLLABLE.findall(canonical(text) if _MIXED_SCRIPT.search(text) else text)


def _runs(text: str) -> Iterator[tuple[str, int, int]]:
    if not _MIXED_SCRIPT.search(text):
        for match in _SYLLABLE.finditer(text):
            yield match[0], match.start(), match.end()
        return
    mapped = canonical_mapped(text)
    for match in _SYLLABLE.finditer(mapped.text):
        yield match[0], *mapped.span(match.start(), match.end())
