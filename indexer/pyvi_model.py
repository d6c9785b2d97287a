"""The word model inside pyvi: its tokens, its weights and word list, and the best labelling of many texts at once.

pyvi marks each token as the beginning or the inside of a word, by a linear-chain model that looks at the token, its two
neighbours and a word list. With two labels all that decides is the *margin*: by how much the best labelling up to a token
gains if it calls the token an inside. Neither pyvi nor scikit-learn is imported, and nothing of pyvi's pickle is run.
"""

from __future__ import annotations

import pickletools
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from indexer.crfsuite import CrfModel, read_model
from kb.errors import UnusableInputError

# The pattern of pyvi's ``sylabelize``, possessive where that changes nothing. The first line is a short cut to the last:
# a word that no other line can begin with, because neither a digit starts it nor one of .:@+- follows.
TOKEN = re.compile(
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

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PyviModel:
    """What pyvi's package holds.

    weights       of each feature, as a margin: for an inside less for a beginning
    after_begin   what (beginning, inside) gain from a beginning before them
    after_inside  the same from an inside
    syllables     those of the word list, numbered from 1
    pairs         its words of two syllables, sorted, each as ``first * size + second`` with size = len(syllables) + 1
    triples       its words of three, each as ``(first * size + second) * size + third``
    """

    weights: dict[str, float]
    after_begin: tuple[float, float]
    after_inside: tuple[float, float]
    syllables: dict[str, int]
    pairs: Numbers
    triples: Numbers

    def token_margins(self, token: str) -> tuple[float, float, float]:
        """What a token says for an inside: of itself, of the token after it, of the token before it."""
        bias, digits = self._weight("bias"), self._weight("word.isdigit()") * token.isdigit()
        own, before, after = (self._shape(prefix, token) for prefix in ("", "-1:", "+1:"))
        return bias + digits + own, before, after

    def insides(self, own: Floats, before: Floats, after: Floats, listed: Numbers, gap: Mask) -> Mask:
        """Whether each token is an inside in the best labelling of its text.

        The first three are ``token_margins`` by token, ``listed`` its number among ``syllables`` or 0. A ``gap`` stands
        before, between and after the texts: a place without token, all zeros.
        """
        margin = own + self._of_word_list(listed)
        margin[1:] += before[:-1]
        margin[:-1] += after[1:]
        return self._best_labels(self._best_margins(margin, gap), gap)

    def _weight(self, feature: str) -> float:
        return self.weights.get(feature, 0.0)

    def _shape(self, prefix: str, token: str) -> float:
        upper = self._weight(f"{prefix}word.isupper()") * token.isupper()
        title = self._weight(f"{prefix}word.istitle()") * token.istitle()
        return upper + title + self._weight(f"{prefix}word.lower():{token.lower()}")

    def _of_word_list(self, listed: Numbers) -> Floats:
        margin, size = np.zeros(len(listed)), len(self.syllables) + 1
        pairs = listed[:-1] * size + listed[1:]
        found = np.flatnonzero(_among(pairs, self.pairs))
        margin[found + 1] += self._weight("-1:word.bi_gram()")
        margin[found] += self._weight("+1:word.bi_gram()")
        found = np.flatnonzero(_among(pairs[:-1] * size + listed[2:], self.triples))
        margin[found + 2] += self._weight("-2:word.tri_gram()")
        margin[found] += self._weight("+2:word.tri_gram()")
        return margin

    def _best_margins(self, margin: Floats, gap: Mask) -> Floats:
        """Viterbi's forward pass as margins.

        Each depends on the one before it, but hardly ever on more: guessed for all at once, then worked out again only
        where the one before has changed, until nothing changes.
        """
        (begin_begin, begin_inside), (inside_begin, inside_inside) = self.after_begin, self.after_inside
        best = margin.copy()
        pending = np.flatnonzero(~gap[:-1]) + 1
        while pending.size:
            before = best[pending - 1]
            gain = np.maximum(begin_inside, before + inside_inside) - np.maximum(begin_begin, before + inside_begin)
            now = margin[pending] + gain
            changed = pending[now != best[pending]]
            best[pending] = now
            pending = changed[~gap[changed]] + 1  # a gap closes every text: there is always a next place
        return best

    def _best_labels(self, best: Floats, gap: Mask) -> Mask:
        """Viterbi's way back: the last token of a text by its own margin, the others by what the next label asks of them."""
        (begin_begin, begin_inside), (inside_begin, inside_inside) = self.after_begin, self.after_inside
        asked_by_begin, asked_by_inside = begin_begin - inside_begin, begin_inside - inside_inside
        last = np.append(gap[1:], np.True_)
        inside: Mask = best > np.where(last, 0.0, asked_by_begin)
        low, high = sorted((asked_by_begin, asked_by_inside))
        for place in reversed(np.flatnonzero((best > low) & (best <= high) & ~last).tolist()):
            inside[place] = best[place] > (asked_by_inside if inside[place + 1] else asked_by_begin)
        return inside & ~gap


@cache
def pyvi_model() -> PyviModel:
    """The model of the installed pyvi, read in some 60 ms. Raises ``UnusableInputError`` if it is of another kind."""
    folder = files("pyvi") / "models"
    model = _crf_model((folder / "pyvi3.pkl").read_bytes())
    if sorted(model.labels) != ["B_W", "I_W"]:
        raise UnusableInputError(f"pyvi's model has the labels {model.labels}, not B_W and I_W.", "Install pyvi 0.1.1.")
    begin, inside = model.labels.index("B_W"), model.labels.index("I_W")
    listed = [entry.split(" ") for entry in (folder / "words.txt").read_text("utf-8").split("\n")]
    syllables = dict.fromkeys(chain.from_iterable(entry for entry in listed if len(entry) in (2, 3)))
    numbers = {syllable: number for number, syllable in enumerate(syllables, start=1)}
    return PyviModel(
        weights={name: float(states[inside] - states[begin]) for name, states in model.states.items()},
        after_begin=(float(model.transitions[begin, begin]), float(model.transitions[begin, inside])),
        after_inside=(float(model.transitions[inside, begin]), float(model.transitions[inside, inside])),
        syllables=numbers,
        pairs=_numbered([entry for entry in listed if len(entry) == 2], numbers),
        triples=_numbered([entry for entry in listed if len(entry) == 3], numbers),
    )


def _crf_model(pickled: bytes) -> CrfModel:
    """The model inside pyvi's pickle is its longest string; the pickle is read as data."""
    strings = (value for _, value, _ in pickletools.genops(pickled) if isinstance(value, str))
    return read_model(max(strings, key=len).encode("latin-1"))


def _numbered(entries: list[list[str]], numbers: dict[str, int]) -> Numbers:
    size = len(numbers) + 1
    columns = np.array([[numbers[syllable] for syllable in entry] for entry in entries], dtype=np.int64).T
    keys = columns[0]
    for column in columns[1:]:
        keys = keys * size + column
    return np.unique(keys)


def _among(keys: Numbers, known: Numbers) -> Mask:
    places = np.searchsorted(known, keys)
    places[places == len(known)] = 0
    among: Mask = known[places] == keys
    return among
