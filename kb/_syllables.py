"""Where the tone of a Vietnamese syllable stands: taken off, and put back in one canonical place.

The canonical place is the older convention: in an open syllable of two vowels the tone stands on the first ("hòa",
"khỏe", "ủy"). Most of the law is printed so: of the syllables in 64,475 articles of the codification whose two spellings
differ, 114,339 stand so and 7,671 the other way ("hoà", "khoẻ", "uỷ").
"""

from __future__ import annotations

import re
import unicodedata

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng
_PLAIN_VOWELS = "aăâeêioôơuưy"
_MARKED_VOWELS = frozenset("ăâêôơư")

# The vowel groups of the language: a word with any other is foreign, or several syllables run together.
_NUCLEI = (
    "iêu|oai|oao|oay|oeo|uây|uôi|uya|uyê|uyu|ươi|ươu|yêu|uêu|"
    "ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|"
    "[aăâeêioôơuưy]"
)
_SYLLABLE = re.compile(
    rf"(?P<onset>ngh|ng|nh|gh|gi(?=[{_PLAIN_VOWELS}])|g|qu(?=[{_PLAIN_VOWELS}])|kh|k|ph|p|th|tr|t|ch|c|[bdđhlmnrsvx]|)"
    rf"(?P<nucleus>{_NUCLEI})"
    r"(?P<coda>ng|nh|ch|[cmnpt]|)"
)

_TONED: dict[str, tuple[str, str]] = {}  # ắ -> (ă, sắc)
_WITH_TONE: dict[tuple[str, str], str] = {}
for _vowel in _PLAIN_VOWELS + _PLAIN_VOWELS.upper():
    for _tone in _TONES:
        _letter = unicodedata.normalize("NFC", _vowel + _tone)
        _TONED[_letter] = (_vowel, _tone)
        _WITH_TONE[_vowel, _tone] = _letter


def place_tone(word: str) -> str:
    """The word with its tone in the canonical place; a word that is not one Vietnamese syllable comes back as it is.

    >>> place_tone("hoà"), place_tone("UỶ"), place_tone("qúy"), place_tone("hoàn"), place_tone("gìa")
    ('hòa', 'ỦY', 'quý', 'hoàn', 'già')
    """
    marked = [index for index, letter in enumerate(word) if letter in _TONED]
    if len(marked) != 1:
        return word
    index = marked[0]
    vowel, tone = _TONED[word[index]]
    bare = f"{word[:index]}{vowel}{word[index + 1 :]}"
    place = _tone_place(bare.lower())
    if place is None or place == index:
        return word
    return f"{bare[:place]}{_WITH_TONE[bare[place], tone]}{bare[place + 1 :]}"


def _tone_place(bare: str) -> int | None:
    """Index of the vowel that carries the tone in a lower-case syllable without tone, None if it is no syllable."""
    syllable = _SYLLABLE.fullmatch(bare)
    if syllable is None:
        return None
    nucleus, first = syllable["nucleus"], syllable.start("nucleus")
    for offset in range(len(nucleus) - 1, -1, -1):
        if nucleus[offset] in _MARKED_VOWELS:
            return first + offset
    if syllable["coda"]:
        return first + len(nucleus) - 1
    return first + (1 if len(nucleus) == 3 else 0)
