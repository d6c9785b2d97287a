"""Puts the best hits of plain words into a better order by a learned sum of small trees (LambdaMART).

Burges, "From RankNet to LambdaRank to LambdaMART: An Overview" (2010). The trees were fitted on the retrieval benchmark by
``benchmarks/fit_ranking.py``; ``reranking.json`` holds them and says what they were fitted on. They are scored as in
Lucchese et al., "QuickScorer: A Fast Algorithm to Rank Documents with Additive Ensembles of Regression Trees" (SIGIR 2015):
all comparisons of all trees at once; each that fails takes the leaves to its left away, and the first leaf left is reached.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from indexer.features import FEATURES, FeatureMaker, Places
from indexer.forms import Forms
from indexer.ranking import Floats
from indexer.segment import Segment
from kb.errors import DamagedIndexError
from kb.model import Status

Mask = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]

MODEL = "reranking.json"

CANDIDATES = 300
"""So many units, the best by the formula, are put into a new order."""

LEAVES = 8
"""The most leaves of a tree: one bit of a byte each."""

STANDING_PENALTIES = {
    Status.EXPIRED: 2.0,
    Status.NO_LONGER_SUITABLE: 2.0,
    Status.SUSPENDED: 1.0,
}
"""What is taken off by status, in the scale of the trees: about what the formula's factors (indexer.ranking.STANDING) cost there."""

_ALL_LEAVES = 255
_TREES_AT_ONCE = 40
"""So many trees' comparisons stay within a core's own cache."""

_LOWEST_BIT = np.array([0, *((number & -number).bit_length() - 1 for number in range(1, 256))], np.uint8)


class Reranker:
    """Orders anew the best units of one segment."""

    def __init__(self, segment: Segment) -> None:
        self._maker = FeatureMaker(segment)
        penalties = [STANDING_PENALTIES.get(Status(value), 0.0) for value in segment.values("status")]
        self._penalties = np.array(penalties or [0.0], np.float32)[segment.column("status")]

    def best(self, scores: Floats) -> Mask:
        """The CANDIDATES best units of all."""
        best = np.zeros(len(scores), bool)
        best[best_units(scores > 0, scores, CANDIDATES)] = True
        return best

    def scores(self, held: Mask, scores: Floats, standing: Floats, forms: Sequence[Forms]) -> Floats:
        """``scores``, those of the formula, times ``standing``; the CANDIDATES best that are held stand above the rest.

        The candidates are ordered by the trees and their penalties; ``forms`` are the syllables asked, in order.
        """
        ordered: Floats = scores * standing
        candidates = best_units(held, scores, CANDIDATES)
        if not len(candidates):
            return ordered
        values = ranking_trees().sums(self._maker.figures(candidates, scores[candidates], forms))
        values -= self._penalties[candidates]
        ordered[candidates] = scores[candidates[-1]] + (values - values.min())  # none of the rest is above the last
        return ordered


def best_units(held: Mask, scores: Floats, count: int) -> Places:
    """The units with the ``count`` highest scores above 0 among those held, descending, ties in the order of the index."""
    units = np.flatnonzero(held & (scores > 0))
    if 0 < count < len(units):
        bound = np.partition(scores[units], len(units) - count)[len(units) - count]
        units = units[scores[units] >= bound]
    return units[np.argsort(-scores[units], kind="stable")][:count]


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees of up to 8 leaves; each has 7 places for comparisons, those not needed never fail.

    Comparison c of tree t is ``figures[features[7 t + c]] <= thresholds[7 t + c]``; where it fails, only the leaves in
    ``masks`` are left. ``values`` (trees, 8) are what the leaves add, from left to right.
    """

    features: npt.NDArray[np.intp]
    thresholds: Floats
    masks: Bytes
    values: Floats

    @classmethod
    def of(cls, trees: Sequence[Mapping[str, Sequence[float]]]) -> Self:
        """From JSON: lists ``features``, ``thresholds``, ``masks`` and ``values`` of each tree."""
        places = LEAVES - 1
        return cls(
            np.array([_filled(tree["features"], places, 0) for tree in trees], np.intp).ravel(),
            np.array([_filled(tree["thresholds"], places, np.inf) for tree in trees], np.float32).ravel(),
            np.array([_filled(tree["masks"], places, _ALL_LEAVES) for tree in trees], np.uint8).ravel(),
            np.array([_filled(tree["values"], LEAVES, 0) for tree in trees], np.float32),
        )

    def sums(self, figures: Floats) -> Floats:
        """What all trees add up to for each column of ``figures`` (features, candidates)."""
        sums = np.zeros(figures.shape[1], np.float32)
        for first in range(0, len(self.values), _TREES_AT_ONCE):
            sums += self._sums(figures, first, min(first + _TREES_AT_ONCE, len(self.values)))
        return sums

    def _sums(self, figures: Floats, first: int, end: int) -> Floats:
        part = slice(first * (LEAVES - 1), end * (LEAVES - 1))
        passed = (figures[self.features[part]] <= self.thresholds[part, None]).view(np.uint8)
        left = np.negative(passed) | self.masks[part, None]  # 255, all leaves, where it passes
        left = np.bitwise_and.reduce(left.reshape(end - first, LEAVES - 1, -1), axis=1)
        leaves = _LOWEST_BIT[left] + (np.arange(end - first) * LEAVES)[:, None]
        summed: Floats = self.values[first:end].ravel()[leaves].sum(axis=0)
        return summed


@cache
def ranking_trees() -> Trees:
    """The trees that come with the program; raises DamagedIndexError where they are made for other figures."""
    model: dict[str, Any] = json.loads(files("indexer").joinpath(MODEL).read_text(encoding="utf-8"))
    if tuple(model["figures"]) != FEATURES:
        raise DamagedIndexError(
            f"{MODEL} was fitted on other figures than this program makes.", "Install the program again, as a whole."
        )
    return Trees.of(model["trees"])


def _filled(values: Sequence[float], length: int, filling: float) -> list[float]:
    return [*values, *[filling] * (length - len(values))]
