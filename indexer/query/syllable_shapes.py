"""Which strings of letters can be a Vietnamese syllable: as written, without its marks, or needing none."""

from __future__ import annotations

import re
import unicodedata

from kb.text import fold


def is_syllable(text: str) -> bool:
    """Whether a canonical lower-case text may be a syllable with all its marks.

    >>> [is_syllable(text) for text in ("định", "cước", "cươc", "karaoke")]
    [True, True, False, False]
    """
    tones = {mark for mark in unicodedata.normalize("NFD", text) if mark in _TONES}
    stopped = text.endswith(("c", "ch", "p", "t"))
    return is_unmarked_syllable(fold(text)) and (not stopped or not tones.isdisjoint(_TONES_BEFORE_STOPS))


def is_unmarked_syllable(text: str) -> bool:
    """Whether plain letters are a syllable once they are given marks.

    >>> [is_unmarked_syllable(text) for text in ("cuoc", "viet", "karaoke", "nd")]
    [True, True, False, False]
    """
    return _UNMARKED.fullmatch(text) is not None


def is_level_syllable(text: str) -> bool:
    """Whether Vietnamese writes these plain letters as they are: a level tone on plain vowels.

    >>> [is_level_syllable(text) for text in ("an", "quy", "cuoc", "viet", "tuong", "vneid")]
    [True, True, False, False, False, False]
    """
    return _LEVEL.fullmatch(text) is not None


_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_TONES_BEFORE_STOPS = frozenset("\u0301\u0323")  # sắc, nặng
_ONSET = "(?:ngh|ng|nh|gh|gi|g|qu|kh|k|ph|p|th|tr|t|ch|c|[bdhlmnrsvx]|)"
_UNMARKED = re.compile(
    rf"{_ONSET}(?:iu|ieu?|ia?|uyu|uye|uya?|uoi|uou?|uay|ua|ue|ui|uu|u|oai|oay|oao|oeo?|oa|oi|oo|o|ai|ao|au|ay|a|eo|eu|e|yeu?|y)"
    r"(?:ng|nh|ch|[cmnpt]|)"
)
# Codas c, ch, p, t need a tone mark; the vowels written iê, uô, ươ, yê before a coda a hat or horn.
_LEVEL = re.compile(
    rf"""
      (?: ngh | gh | k ) (?: e (?:o|m|n|ng|nh)? | i (?:a|u|m|n|nh)? | y )
    | qu (?: a (?:i|y|o|u|m|n|ng|nh)? | e (?:o|n|ng)? | y (?:n|nh)? )
    | {_ONSET}
      (?: a (?:i|y|o|u|m|n|ng|nh)?
        | e (?:o|m|n|ng|nh)?
        | i (?:a|u|m|n|nh)?
        | o (?:a(?:i|y|o|n|ng|nh|m)? | e(?:o|n|m)? | i|m|n|ng|ong)?
        | u (?:a|i|m|n|ng|y(?:a|u|n|nh)?|u)?
        | y (?:m|n)? )
    """,
    re.VERBOSE,
)
