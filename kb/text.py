"""Vietnamese text in one canonical form, and folded for accent-free matching.

Every function is total and idempotent. Text is worked on in pieces between blanks: a law repeats its words, so that a
memory of pieces makes a whole article cost some ten microseconds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from kb._syllables import place_tone

_REMEMBERED_PIECES = 1 << 16
_LONGEST_REMEMBERED = 40

_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufeff"
_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_LETTER_D = {"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"}

_LETTERS = str.maketrans(
    dict.fromkeys(_INVISIBLE, "") | dict.fromkeys(_BLANKS, " ") | dict.fromkeys(_HYPHENS, "-") | _LETTER_D
)
_LOOKALIKES = str.maketrans(
    "АВЕКМНОРСТУХІЈЅ" + "аеорсухіјѕ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "ο",
    "ABEKMHOPCTYXIJS" + "aeopcyxijs" + "ABEZHIKMNOPTYX" + "o",
)
_NOT_LATIN = re.compile("[\u0370-\u052f]")
_WORD = re.compile(r"\S+")
_LETTER_RUN = re.compile(r"[^\W\d_]{2,}")
_TONE_BEFORE_HAT = re.compile("([\u0300\u0301\u0303\u0309])([\u0302\u0306\u031b])")
_LEFTOVER_MARK = re.compile("[\u0302\u0306\u031b]")


def canonical(text: str) -> str:
    """The text in the one form that everything is matched in.

    Composed Unicode (NFC); Latin letters for Cyrillic and Greek ones that stand for them in a word; no invisible
    characters; one kind of blank and of hyphen; the tone where ``place_tone`` puts it. Line breaks stay.

    >>> canonical("Uỷ ban số hoá"), canonical("59/2022/NÐ\u2013CP")
    ('Ủy ban số hóa', '59/2022/NĐ-CP')
    """
    return text if text.isascii() else " ".join(map(_canonical_pieces.__getitem__, text.split(" ")))


def fold(text: str) -> str:
    """The canonical text in lower case without accents, đ as d: what an accent-free query is matched in.

    >>> fold("Ủy ban nhân dân Đồng Nai")
    'uy ban nhan dan dong nai'
    """
    return text.lower() if text.isascii() else " ".join(map(_folded_pieces.__getitem__, text.split(" ")))


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text made from another, with the way back: ``span`` tells where in the original a part of ``text`` stood.

    ``_starts`` and ``_ends`` hold the original offsets around each character of ``text``; None where they are the same.
    """

    text: str
    _starts: tuple[int, ...] | None = None
    _ends: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The (start, end) in the original of ``text[start:end]``; it never splits a letter from its marks.

        Raises ``IndexError`` if the span does not lie within the text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"({start}, {end}) does not lie within a text of {len(self.text)} characters")
        if self._starts is None or self._ends is None:
            return start, end
        if start == end:
            edge = self._starts[start] if start < len(self.text) else (self._ends[-1] if self._ends else 0)
            return edge, edge
        return self._starts[start], self._ends[end - 1]


def canonical_mapped(text: str) -> Mapped:
    """``canonical(text)`` with the way back to ``text``."""
    return _mapped(text, _canonical_pieces, _canonical_widths)


def fold_mapped(text: str) -> Mapped:
    """``fold(text)`` with the way back to ``text``."""
    return _mapped(text, _folded_pieces, _folded_widths)


def unwrap(text: str) -> str:
    r"""The text on one line, every run of blanks and line breaks as one blank.

    >>> unwrap("Điều 1.\n  Phạm vi")
    'Điều 1. Phạm vi'
    """
    return " ".join(text.split())


def match_form(syllable: str) -> str:
    """The key under which a canonical lower-case syllable matches: the law writes "kỹ" and "kĩ", "quý" and "quí".

    >>> match_form("kĩ"), match_form("lí"), match_form("quí"), match_form("thi")
    ('kỹ', 'lý', 'quý', 'thi')
    """
    onset, vowel = syllable[:-1], syllable[-1:]
    return onset + _I_TO_Y[vowel] if vowel in _I_TO_Y and onset in _ONSETS_OF_EITHER else syllable


_I_TO_Y = dict(zip("iìíĩỉị", "yỳýỹỷỵ", strict=True))
_ONSETS_OF_EITHER = frozenset({"h", "k", "l", "m", "qu", "s", "t", "v"})


class _Pieces(dict[str, str]):
    """What each piece of text becomes; short pieces are remembered, up to a bound."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, piece: str) -> str:
        made = self._make(piece)
        if len(piece) <= _LONGEST_REMEMBERED:
            if len(self) >= _REMEMBERED_PIECES:
                self.clear()
            self[piece] = piece if made == piece else made
        return made


def _canonical_piece(piece: str) -> str:
    return _LETTER_RUN.sub(lambda run: place_tone(run[0]), _latin(_compose(piece)))


def _compose(piece: str) -> str:
    composed = unicodedata.normalize("NFC", piece.translate(_LETTERS))
    if _LEFTOVER_MARK.search(composed):  # typed tone first, hat or horn after: "é" + "^"
        swapped = _TONE_BEFORE_HAT.sub(r"\2\1", unicodedata.normalize("NFD", composed))
        composed = unicodedata.normalize("NFC", swapped)
    return composed


def _latin(piece: str) -> str:
    """Look-alike letters made Latin in every word that has Latin letters or digits and no other foreign letter."""
    return _WORD.sub(lambda word: _latin_word(word[0]), piece) if _NOT_LATIN.search(piece) else piece


def _latin_word(word: str) -> str:
    bare = unicodedata.normalize("NFD", word).translate(_LOOKALIKES)
    foreign = _NOT_LATIN.search(word) is not None
    stands_in_latin = any(letter.isdigit() or letter == "/" or _is_latin(letter) for letter in word)
    if not foreign or not stands_in_latin or _NOT_LATIN.search(bare):
        return word
    return _compose(bare)


def _is_latin(letter: str) -> bool:
    return letter.isalpha() and (letter < "\u0250" or "\u1e00" <= letter <= "\u1eff")


class _FoldedLetters(dict[int, str]):
    """For ``str.translate``: each letter without case and marks, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        bare = unicodedata.normalize("NFD", chr(code).lower())
        kept = "".join(letter for letter in bare if unicodedata.category(letter) != "Mn")
        self[code] = folded = unicodedata.normalize("NFC", kept.replace("đ", "d"))
        return folded


_FOLDED_LETTERS = _FoldedLetters()


def _folded_piece(piece: str) -> str:
    return unicodedata.normalize("NFC", _canonical_pieces[piece].translate(_FOLDED_LETTERS))


_canonical_pieces = _Pieces(_canonical_piece)
_folded_pieces = _Pieces(_folded_piece)


_Clusters = list[tuple[int, int]]  # (characters taken, characters given), one letter with its marks after the other


def _mapped(text: str, pieces: _Pieces, cut: Callable[[str], _Clusters]) -> Mapped:
    originals = text.split(" ")
    made = [pieces[piece] for piece in originals]
    whole = " ".join(made)
    if originals == made or all(map(_same_letters, originals, made)):
        return Mapped(whole)
    clusters: _Clusters = []
    for piece, result in zip(originals, made, strict=True):
        clusters += _clusters_of(piece, result, cut)
        clusters.append((1, 1))  # the blank
    return Mapped(whole, *_offsets(clusters[:-1]))


def _same_letters(piece: str, made: str) -> bool:
    """Whether each character of a piece became one character, in the same place."""
    return piece == made or (
        len(piece) == len(made) and piece.isprintable() and unicodedata.is_normalized("NFC", piece)
    )


def _clusters_of(piece: str, made: str, cut: Callable[[str], _Clusters]) -> _Clusters:
    if _same_letters(piece, made):
        return [(1, 1)] * len(piece)
    clusters = cut(piece)
    joined = sum(given for _, given in clusters) != len(made)  # letters that met across clusters: the piece is one
    return [(len(piece), len(made))] if joined else clusters


def _offsets(clusters: _Clusters) -> tuple[tuple[int, ...], tuple[int, ...]]:
    starts: list[int] = []
    ends: list[int] = []
    place = 0
    for taken, given in clusters:
        starts += [place] * given
        ends += [place + taken] * given
        place += taken
    return tuple(starts), tuple(ends)


def _canonical_widths(piece: str) -> _Clusters:
    latin = _latin(_compose(piece)) != _compose(piece)
    return [(len(cluster), len(_cluster_form(cluster, latin=latin))) for cluster in _clusters(piece)]


def _folded_widths(piece: str) -> _Clusters:
    return [(len(cluster), len(_folded_pieces[cluster])) for cluster in _clusters(piece)]


def _cluster_form(cluster: str, *, latin: bool) -> str:
    composed = _compose(cluster)
    return _compose(unicodedata.normalize("NFD", composed).translate(_LOOKALIKES)) if latin else composed


def _clusters(piece: str) -> list[str]:
    """The piece cut where no character joins the one before it."""
    clusters: list[str] = []
    for letter in piece:
        if clusters and _joins(clusters[-1], letter):
            clusters[-1] += letter
        else:
            clusters.append(letter)
    return clusters


def _joins(cluster: str, letter: str) -> bool:
    if letter in _INVISIBLE or unicodedata.combining(letter):
        return True
    before = unicodedata.normalize("NFC", cluster)
    return unicodedata.normalize("NFC", before + letter) != before + unicodedata.normalize("NFC", letter)
