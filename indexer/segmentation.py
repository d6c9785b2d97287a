"""Vietnamese words: pyvi's own model, applied to many texts at once, with pyvi's own result.

pyvi marks each token as the beginning or the inside of a word, by a linear-chain model whose features look at the token,
at its two neighbours and at a word list. With two labels all that decides is the *margin*, by how much the best labelling
up to a token gains from calling it an inside; margins of millions of tokens are added up by table look-ups in numpy.

The text is respelled before pyvi sees it: pyvi's word list knows only "hoà", "uỷ", which the canonical form writes "hòa",
"ủy". So the result is that of ``ViTokenizer.tokenize(respelled(text))``; neither pyvi nor scikit-learn is imported.
"""

from __future__ import annotations

import pickletools
import re
import string
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from indexer.crfsuite import CrfModel, read_model
from indexer.vietnamese import PieceMemory, syllables_of
from kb.text import canonical, canonical_mapped

_BATCH = 1 << 20  # characters segmented at once

# The pattern of pyvi's ``sylabelize``, possessive where that changes nothing. The first line is a short cut to the last:
# a word that no other line can begin with, because neither a digit starts it nor one of .:@+- follows.
_TOKEN = re.compile(
    r"""
      [^\W\d]\w*+(?![.:@+\-])
    | [A-ZĐ]+\. | Tp\. | Mr\. | Mrs\. | Ms\. | Dr\. | ThS\.
    | ==> | -> | \.\.\. | >> | \n
    | \w++://\S+
    | [a-zA-Z0-9_.+\-]++@(?:[a-zA-Z0-9\-]+\.)+[a-zA-Z0-9\-]+
    | \d+(?:[.,_]\d+)+
    | [^\w\s]
    | \w+
    """,
    re.VERBOSE,
)

_BEGIN, _INSIDE = "B_W", "I_W"


def words(text: str) -> list[tuple[int, int]]:
    """(start, end) in the text of each word of two syllables or more, in order. Total.

    >>> [("cán bộ, công chức")[start:end] for start, end in words("cán bộ, công chức")]
    ['cán bộ', 'công chức']
    """
    mapped = canonical_mapped(text)
    found = list(_TOKEN.finditer(respelled(mapped.text)))
    tokens = _Tokens(_pyvi())
    runs = _runs(tokens.joined([0, *map(tokens.number, (match[0] for match in found)), 0]))
    spans = [(found[first - 1].start(), found[last - 1].end()) for first, last in runs.tolist()]
    return [mapped.span(*span) for span in spans if len(syllables_of(mapped.text[slice(*span)])) > 1]


def word_forms(text: str) -> list[str]:
    """The words of two syllables or more as the index knows them, in order.

    >>> word_forms("Uỷ ban nhân dân tổ chức hòa giải")
    ['ủy_ban', 'nhân_dân', 'tổ_chức', 'hòa_giải']
    """
    return next(segment_many([text]))


def segment_many(texts: Iterable[str]) -> Iterator[list[str]]:
    """``word_forms`` of each text in turn, several thousand texts a second: repeated words and pieces are remembered."""
    tokens = _Tokens(_pyvi())
    for batch in _batches(texts):
        yield from tokens.forms_of(batch)


def respelled(text: str) -> str:
    """Canonical text with the tone where pyvi's word list has it, letter for letter as long.

    >>> respelled("HÒA giải ở ủy ban; của, khóa, hoàn")
    'HOÀ giải ở uỷ ban; của, khoá, hoàn'
    """
    return text if text.isascii() else _TONE_ON_FIRST.sub(lambda found: _TONE_ON_SECOND[found[0]], text)


def _tone_moves() -> dict[str, str]:
    """From "òa" to "oà", for each tone of the rhymes oa, oe and uy in each case."""
    rhymes = [
        first + second
        for pair in ("oa", "oe", "uy")
        for first in (pair[0], pair[0].upper())
        for second in (pair[1], pair[1].upper())
    ]
    return {
        unicodedata.normalize("NFC", rhyme[0] + tone + rhyme[1]): unicodedata.normalize("NFC", rhyme + tone)
        for rhyme in rhymes
        for tone in "\u0300\u0301\u0303\u0309\u0323"
    }


_TONE_ON_SECOND = _tone_moves()
_TONE_ON_FIRST = re.compile(rf"(?:{'|'.join(_TONE_ON_SECOND)})(?![^\W\d_])")


@dataclass(frozen=True, slots=True)
class _Pyvi:
    """What pyvi's package holds: weights as margins (inside less beginning), label changes, and the word list as numbers.

    ``after_begin`` and ``after_inside`` are what (begin, inside) gain from a token with that label before them. A word of
    the list is ``(first * size + second) * size + third`` of the numbers of its syllables, without the third for a pair.
    """

    weights: dict[str, float]
    after_begin: tuple[float, float]
    after_inside: tuple[float, float]
    syllables: dict[str, int]
    pairs: NDArray[np.int64]
    triples: NDArray[np.int64]


@cache
def _pyvi() -> _Pyvi:
    folder = files("pyvi") / "models"
    model = _model((folder / "pyvi3.pkl").read_bytes())
    begin, inside = model.labels.index(_BEGIN), model.labels.index(_INSIDE)
    listed = [entry.split(" ") for entry in (folder / "words.txt").read_text("utf-8").split("\n")]
    syllables: dict[str, int] = {}
    for syllable in chain.from_iterable(entry for entry in listed if len(entry) in (2, 3)):
        syllables.setdefault(syllable, len(syllables) + 1)
    return _Pyvi(
        weights={name: float(states[inside] - states[begin]) for name, states in model.states.items()},
        after_begin=(model.transitions[begin, begin], model.transitions[begin, inside]),
        after_inside=(model.transitions[inside, begin], model.transitions[inside, inside]),
        syllables=syllables,
        pairs=_listed(listed, 2, syllables),
        triples=_listed(listed, 3, syllables),
    )


def _model(pickled: bytes) -> CrfModel:
    """The model inside pyvi's pickle: its longest string. The pickle is read as data, nothing in it is run."""
    strings = (value for _, value, _ in pickletools.genops(pickled) if isinstance(value, str))
    return read_model(max(strings, key=len).encode("latin-1"))


def _listed(entries: list[list[str]], length: int, syllables: dict[str, int]) -> NDArray[np.int64]:
    size = len(syllables) + 1
    keys = set()
    for entry in entries:
        if len(entry) == length:
            key = 0
            for syllable in entry:
                key = key * size + syllables[syllable]
            keys.add(key)
    return np.array(sorted(keys), dtype=np.int64)


class _Tokens:
    """The tokens of one run, numbered from 1, with all that the model wants to know of each; 0 stands between texts."""

    def __init__(self, pyvi: _Pyvi) -> None:
        self._pyvi = pyvi
        self._numbers = {"": 0}
        self._forms = [""]
        self._margins = array("d", (0.0, 0.0, 0.0))  # as the token itself, as the one before, as the one after
        self._listed = array("q", (0,))
        self._flags = array("b", (_ALONE,))
        self._pieces = PieceMemory(self._piece)
        self._words: dict[tuple[int, ...], str] = {}

    def number(self, token: str) -> int:
        """The number of a token as it stands in respelled text."""
        number = self._numbers.setdefault(token, len(self._forms))
        if number == len(self._forms):
            self._learn(token)
        return number

    def joined(self, numbers: Sequence[int] | array[int]) -> NDArray[np.bool_]:
        """For each token whether it belongs to the word of the token before it; each text stands between zeros."""
        tokens = np.array(numbers, dtype=np.int64)
        inside = _labels(self._margin(tokens), tokens == 0, self._pyvi)
        flags = np.array(self._flags)[tokens]
        alone, title = (flags & _ALONE) > 0, (flags & _TITLE) > 0
        joined = inside & ~alone
        joined[1:] &= ~alone[:-1] & ~(title[1:] & ~title[:-1])
        return joined

    def forms_of(self, texts: list[str]) -> Iterator[list[str]]:
        """The word forms of each text."""
        numbers = array("i", (0,))
        ends = []
        for text in texts:
            numbers.extend(chain.from_iterable(map(self._pieces.__getitem__, text.split(" "))))
            numbers.append(0)
            ends.append(len(numbers))
        runs = _runs(self.joined(numbers))
        flat = numbers.tolist()
        found = [self._word(tuple(flat[first : last + 1])) for first, last in runs.tolist()]
        start = 0
        for stop in np.searchsorted(runs[:, 0], ends).tolist():
            yield [word for word in found[start:stop] if "_" in word]
            start = stop

    def _piece(self, piece: str) -> tuple[int, ...]:
        return tuple(map(self.number, _TOKEN.findall(respelled(canonical(piece)))))

    def _word(self, tokens: tuple[int, ...]) -> str:
        word = self._words.get(tokens)
        if word is None:
            word = self._words[tokens] = "_".join(filter(None, (self._forms[token] for token in tokens)))
        return word

    def _learn(self, token: str) -> None:
        lower, weight = token.lower(), self._pyvi.weights.get
        upper, title = weight if token.isupper() else _nothing, weight if token.istitle() else _nothing
        own = weight("bias", 0.0) + (weight("word.isdigit()", 0.0) if token.isdigit() else 0.0)
        for prefix, base in (("", own), ("-1:", 0.0), ("+1:", 0.0)):
            shape = upper(f"{prefix}word.isupper()", 0.0) + title(f"{prefix}word.istitle()", 0.0)
            self._margins.append(base + shape + weight(f"{prefix}word.lower():{lower}", 0.0))
        self._listed.append(self._pyvi.syllables.get(lower, 0))
        self._flags.append(_flags(token))
        self._forms.append("_".join(syllables_of(token)))

    def _margin(self, tokens: NDArray[np.int64]) -> NDArray[np.float64]:
        """What each token's features, and those of its neighbours, say for calling it an inside."""
        own, before, after = np.array(self._margins).reshape(-1, 3).T
        margin = own[tokens]
        margin[1:] += before[tokens[:-1]]
        margin[:-1] += after[tokens[1:]]
        weight, size = self._pyvi.weights, len(self._pyvi.syllables) + 1
        listed = np.array(self._listed)[tokens]
        pairs = np.where(listed[1:] > 0, listed[:-1] * size + listed[1:], 0)
        triples = np.where(listed[2:] > 0, pairs[:-1] * size + listed[2:], 0)
        second, third = (
            np.flatnonzero(_among(pairs, self._pyvi.pairs)),
            np.flatnonzero(_among(triples, self._pyvi.triples)),
        )
        margin[second + 1] += weight["-1:word.bi_gram()"]
        margin[second] += weight["+1:word.bi_gram()"]
        margin[third + 2] += weight["-2:word.tri_gram()"]
        margin[third] += weight["+2:word.tri_gram()"]
        return margin


_ALONE, _TITLE = 1, 2


def _flags(token: str) -> int:
    """The last word on a label, as pyvi has it: what starts with a digit or is punctuation is never joined."""
    alone = token in string.punctuation or token[0].isdigit()
    return _ALONE * alone + _TITLE * token[0].istitle()


def _nothing(_name: str, default: float) -> float:
    return default


def _among(keys: NDArray[np.int64], known: NDArray[np.int64]) -> NDArray[np.bool_]:
    places = np.searchsorted(known, keys)
    places[places == len(known)] = 0
    among: NDArray[np.bool_] = known[places] == keys
    return among


def _labels(margin: NDArray[np.float64], gap: NDArray[np.bool_], pyvi: _Pyvi) -> NDArray[np.bool_]:
    """Whether each token is an inside in the best labelling of its text (Viterbi); ``gap`` marks where no token stands."""
    (begin_begin, begin_inside), (inside_begin, inside_inside) = pyvi.after_begin, pyvi.after_inside
    best = _best_margins(margin, gap, pyvi)
    if_begin, if_inside = begin_begin - inside_begin, begin_inside - inside_inside  # what a next label asks of this one
    last = np.append(gap[1:], True)
    inside = best > np.where(last, 0.0, if_begin)
    low, high = sorted((if_begin, if_inside))
    for place in reversed(np.flatnonzero((best > low) & (best <= high) & ~last).tolist()):
        inside[place] = best[place] > (if_inside if inside[place + 1] else if_begin)
    return inside & ~gap


def _best_margins(margin: NDArray[np.float64], gap: NDArray[np.bool_], pyvi: _Pyvi) -> NDArray[np.float64]:
    """By how much the best labelling up to each token gains if it ends in an inside.

    Each depends on the one before it, but hardly ever on more: guessed for all at once, then worked out again only where
    the one before has changed, until nothing changes.
    """
    (begin_begin, begin_inside), (inside_begin, inside_inside) = pyvi.after_begin, pyvi.after_inside
    best = margin.copy()
    pending = np.flatnonzero(~gap[:-1]) + 1
    while pending.size:
        before = best[pending - 1]
        now = margin[pending] + (
            np.maximum(begin_inside, before + inside_inside) - np.maximum(begin_begin, before + inside_begin)
        )
        changed = pending[now != best[pending]]
        best[pending] = now
        pending = changed[changed + 1 < len(best)] + 1
        pending = pending[~gap[pending - 1]]
    return best


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
