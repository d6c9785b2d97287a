"""Vietnamese words: pyvi's result, for many texts at once.

The text is respelled before the model sees it: pyvi's word list knows only "hoà" and "uỷ", where the canonical form has
"hòa" and "ủy". So the words are those of ``ViTokenizer.tokenize(respelled(canonical(text)))``, whichever way was typed.
"""

from __future__ import annotations

import re
import string
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from indexer.pyvi_model import TOKEN, pyvi_model
from indexer.vietnamese import PieceMemory, syllables_of
from kb.text import canonical, canonical_mapped

_BATCH = 1 << 20  # characters segmented at once


def words(text: str) -> list[tuple[int, int]]:
    """(start, end) in the text of each word of two syllables or more, in order. Total.

    >>> [("cán bộ, công chức")[start:end] for start, end in words("cán bộ, công chức")]
    ['cán bộ', 'công chức']
    """
    mapped = canonical_mapped(text)
    found = list(TOKEN.finditer(respelled(mapped.text)))
    segmenter = Segmenter()
    joined = segmenter.joined([0, *(segmenter.number(match[0]) for match in found), 0])
    spans = [(found[first - 1].start(), found[last - 1].end()) for first, last in _runs(joined).tolist()]
    return [mapped.span(start, end) for start, end in spans if len(syllables_of(mapped.text[start:end])) > 1]


def word_forms(text: str) -> list[str]:
    """The words of two syllables or more as the index knows them, in order: syllables in matching form, with blanks.

    >>> word_forms("Uỷ ban nhân dân tổ chức hòa giải")
    ['ủy ban', 'nhân dân', 'tổ chức', 'hòa giải']
    """
    return Segmenter().segment([text])[0]


def segment_many(texts: Iterable[str]) -> Iterator[list[str]]:
    """``word_forms`` of each text in turn, at about a million syllables a second."""
    segmenter = Segmenter()
    for batch in _batches(texts):
        yield from segmenter.segment(batch)


def respelled(text: str) -> str:
    """Canonical text with the tone where pyvi's word list has it, letter for letter as long.

    >>> respelled("HÒA giải ở ủy ban; của, khóa, hoàn")
    'HOÀ giải ở uỷ ban; của, khoá, hoàn'
    """
    return text if text.isascii() else _TONE_ON_FIRST.sub(lambda found: _TONE_ON_SECOND[found[0]], text)


class Segmenter:
    """Segments texts, and remembers every token it has met: one serves one build, or one query.

    Tokens are numbered from 1; 0 stands before, between and after texts.
    """

    def __init__(self) -> None:
        self._model = pyvi_model()
        self._numbers = {"": 0}
        self._forms = [""]
        self._margins = array("d", (0.0, 0.0, 0.0))
        self._listed = array("q", (0,))
        self._single = array("b", (True,))
        self._titled = array("b", (False,))
        self._pieces = PieceMemory(self._piece)
        self._words: dict[tuple[int, ...], str] = {}

    def segment(self, texts: Sequence[str]) -> list[list[str]]:
        """``word_forms`` of each text."""
        numbers, ends = array("i", (0,)), []
        for text in texts:
            numbers.extend(chain.from_iterable(map(self._pieces.__getitem__, text.split(" "))))
            numbers.append(0)
            ends.append(len(numbers))
        runs, flat = _runs(self.joined(numbers)), numbers.tolist()
        found = [self._word(tuple(flat[first : last + 1])) for first, last in runs.tolist()]
        stops = np.searchsorted(runs[:, 0], ends).tolist()
        return [list(filter(_is_compound, found[start:stop])) for start, stop in zip([0, *stops], stops, strict=False)]

    def number(self, token: str) -> int:
        """The number of a token as it stands in respelled text."""
        number = self._numbers.setdefault(token, len(self._forms))
        if number == len(self._forms):
            self._learn(token)
        return number

    def joined(self, numbers: Sequence[int] | array[int]) -> NDArray[np.bool_]:
        """Whether each token belongs to the word of the token before it; zeros stand around each text."""
        tokens = np.array(numbers, dtype=np.int64)
        own, before, after = np.array(self._margins).reshape(-1, 3)[tokens].T
        joined = self._model.insides(own, before, after, np.array(self._listed)[tokens], tokens == 0)
        single, titled = (np.array(flags, dtype=np.bool_)[tokens] for flags in (self._single, self._titled))
        joined &= ~single
        joined[1:] &= ~single[:-1] & (titled[:-1] | ~titled[1:])
        return joined

    def _piece(self, piece: str) -> tuple[int, ...]:
        return tuple(map(self.number, TOKEN.findall(respelled(canonical(piece)))))

    def _learn(self, token: str) -> None:
        self._forms.append(" ".join(syllables_of(token)))
        self._margins.extend(self._model.token_margins(token))
        self._listed.append(self._model.syllables.get(token.lower(), 0))
        # What pyvi's ``tokenize`` never joins, whatever the label; nor does it join "Luật" to the small letters before it.
        self._single.append(token in string.punctuation or token[0].isdigit())
        self._titled.append(token[0].istitle())

    def _word(self, tokens: tuple[int, ...]) -> str:
        word = self._words.get(tokens)
        if word is None:
            word = self._words[tokens] = " ".join(filter(None, (self._forms[token] for token in tokens)))
        return word


def _is_compound(word: str) -> bool:
    return " " in word


def _runs(joined: NDArray[np.bool_]) -> NDArray[np.int64]:
    """(first, last) of each run of tokens that make one word of several."""
    first = np.flatnonzero(joined[1:] & ~joined[:-1])
    last = np.flatnonzero(joined[:-1] & ~joined[1:])
    return np.stack((first, last), axis=1)


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _tone_moves() -> dict[str, str]:
    """From "òa" to "oà", for each tone of the rhymes oa, oe and uy in each case."""
    rhymes = ("oa", "oe", "uy", "oA", "oE", "uY", "Oa", "Oe", "Uy", "OA", "OE", "UY")
    return {
        unicodedata.normalize("NFC", rhyme[0] + tone + rhyme[1]): unicodedata.normalize("NFC", rhyme + tone)
        for rhyme in rhymes
        for tone in "\u0300\u0301\u0303\u0309\u0323"
    }


_TONE_ON_SECOND = _tone_moves()
_TONE_ON_FIRST = re.compile(rf"(?:{'|'.join(_TONE_ON_SECOND)})(?![^\W\d_])")
