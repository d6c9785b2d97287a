"""What the keyboard gives with its conversion off: a Vietnamese text as the keys of Telex and VNI, each key after its vowel's end."""

from __future__ import annotations

import re
import unicodedata

from kb.text import canonical

_TELEX = dict(zip("\u0301\u0300\u0309\u0303\u0323", "sfrxj", strict=True))
_VNI = dict(zip("\u0301\u0300\u0309\u0303\u0323", "12345", strict=True))
_TELEX_LETTERS = {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
_VNI_LETTERS = {"ă": "a8", "â": "a6", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "đ": "d9"}
_WORD = re.compile(r"[^\W\d_]+")


def telex(text: str) -> str:
    """The keys of Telex.

    >>> telex("nghị định căn cước")
    'nghij ddinhj cawn cuwowcs'
    """
    return _WORD.sub(lambda word: _keys(word[0], _TELEX, _TELEX_LETTERS), canonical(text))


def vni(text: str) -> str:
    """The keys of VNI.

    >>> vni("nghị định")
    'nghi5 d9inh5'
    """
    return _WORD.sub(lambda word: _keys(word[0], _VNI, _VNI_LETTERS), canonical(text))


def _keys(word: str, tones: dict[str, str], letters: dict[str, str]) -> str:
    plain, tone = "", ""
    for letter in word:
        parts = unicodedata.normalize("NFD", letter)
        toned = "".join(part for part in parts if part in tones)
        tone = tones[toned] if toned else tone
        bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
        keys = letters.get(bare.lower(), bare)
        plain += keys.capitalize() if bare.isupper() and len(keys) > 1 else keys
    return plain + tone
