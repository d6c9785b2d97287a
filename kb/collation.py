"""Vietnamese sort order: letters first, then tones, then case, with numbers by their value.

The letters follow the alphabet (a ă â b c d đ e ê … o ô ơ … u ư …), the tones the order of the dictionaries: ngang, huyền,
hỏi, ngã, sắc, nặng. As in the Unicode Collation Algorithm (UTS #10) each level decides only where all levels above it are
equal: "ba hoa" and "bà con" differ in a letter before they differ in a tone.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from kb.text import canonical

_ALPHABET = {letter: chr(0x40 + rank) for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_HATS = frozenset("\u0302\u0306\u031b")  # circumflex, breve, horn: they make another letter
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LEVEL, _OTHER_MARK = "0", "6"
_BLANK, _SIGN, _NUMBER, _FOREIGN = "\x01", "\x02", "\x03", "\x7f"
_LONGEST_COUNTED = 0x10000
_RUNS = re.compile(r"\d+|\D")


class SortKey(NamedTuple):
    """What is compared, level by level; the last one tells texts apart that sort alike otherwise ("01" and "1")."""

    letters: str
    tones: str
    case: str
    text: str


def sort_key(text: str) -> SortKey:
    """The place of a text in Vietnamese order; total, and equal exactly where the canonical texts are equal.

    Blanks come before signs, signs before numbers, numbers before letters, letters of other scripts last.

    >>> sorted(["đá", "da", "dạ", "dã", "dá", "dả", "dà", "Điều 10", "Điều 9", "ăn", "an", "ân"], key=sort_key)
    ['an', 'ăn', 'ân', 'da', 'dà', 'dả', 'dã', 'dá', 'dạ', 'đá', 'Điều 9', 'Điều 10']
    """
    whole = canonical(text)
    weights = [_number(run) if run.isdecimal() else _weights(run) for run in _RUNS.findall(whole)]
    return SortKey(
        "".join(letters for letters, _, _ in weights),
        "".join(tone for _, tone, _ in weights),
        "".join(case for _, _, case in weights),
        whole,
    )


_Weights = tuple[str, str, str]


def _number(digits: str) -> _Weights:
    """A longer number is a greater one, once the zeros in front are gone: so its length comes before its digits."""
    value = "".join(str(unicodedata.decimal(digit)) for digit in digits).lstrip("0")
    return _NUMBER + chr(min(len(value), _LONGEST_COUNTED)) + value, "", ""


@lru_cache(maxsize=1 << 12)
def _weights(character: str) -> _Weights:
    """(letter, tone, case) of one character; a mark that no letter took up weighs at the second level only."""
    if character.isspace():
        return _BLANK, "", ""
    if unicodedata.combining(character):
        return "", _TONES.get(character, _OTHER_MARK), ""
    parts = unicodedata.normalize("NFD", character)
    base, marks = parts[0], parts[1:]
    letter = unicodedata.normalize("NFC", base.lower() + "".join(mark for mark in marks if mark in _HATS))
    if letter not in _ALPHABET:
        return (_FOREIGN if character.isalpha() else _SIGN) + character.lower(), "", ""
    tones = [_TONES.get(mark, _OTHER_MARK) for mark in marks if mark not in _HATS]
    return _ALPHABET[letter], "".join(tones) or _LEVEL, "1" if base.isupper() else "0"
