"""The ranking formula: BM25F over syllables, with syllable bigrams and pyvi words beside them.

BM25F after Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields" (CIKM 2004): the occurrences of a
term are summed over the zones of a unit, each with the zone's weight and length normalisation, and saturated once. The
saturated value does not depend on the query: it is computed when the index is built and kept as one byte (the impact).
What a term adds to a score is idf · impact. The figures were fitted on the retrieval benchmark; docs/retrieval.md shows how.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log1p
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.scoring import BaseScorer, WeightingModel

from kb.model import Status

Floats = npt.NDArray[np.float32]

CONTEXT, HEADING, BODY = range(3)
"""The zones of a unit: the title of its document, its own heading, its text."""

IMPACT_STEPS = 255
"""Impacts lie between 0 and 1 and are kept as one byte each."""


@dataclass(frozen=True, slots=True)
class Formula:
    """The free numbers of the formula.

    ``saturation`` is k1 and ``normalisation`` b of BM25; ``zones`` the weights of CONTEXT, HEADING and BODY; ``bigrams`` and
    ``words`` what a bigram and a word count beside a syllable.
    """

    saturation: float = 0.9
    normalisation: float = 0.75
    zones: tuple[float, float, float] = (1.0, 5.0, 1.0)
    bigrams: float = 0.7
    words: float = 0.3


FORMULA = Formula()

STANDING = {
    Status.EXPIRED: 0.8,
    Status.NO_LONGER_SUITABLE: 0.8,
    Status.SUSPENDED: 0.9,
}
"""What the score of a unit is multiplied with, by its status: repealed law ranks below comparable law that stands."""


def occurrence_weights(lengths: npt.NDArray[np.int64], zone: int, formula: Formula = FORMULA) -> Floats:
    """What one occurrence in this zone counts, for each unit, given the zone's length in each unit."""
    held = lengths[lengths > 0]
    average = held.mean() if held.size else 1.0
    norm = 1 - formula.normalisation + formula.normalisation * lengths / average
    return (formula.zones[zone] / norm).astype(np.float32)


def impacts(frequencies: Floats, formula: Formula = FORMULA) -> npt.NDArray[np.uint8]:
    """Weighted frequencies as saturated impacts, one byte each, never 0."""
    saturated = frequencies / (frequencies + np.float32(formula.saturation))
    steps: npt.NDArray[np.uint8] = np.clip(np.rint(saturated * IMPACT_STEPS), 1, IMPACT_STEPS).astype(np.uint8)
    return steps


def frequency_table(formula: Formula = FORMULA) -> Floats:
    """The weighted frequency that each impact stands for: the way back, for adding up the forms of one syllable."""
    saturated = np.minimum(np.arange(IMPACT_STEPS + 1) / IMPACT_STEPS, 1 - 0.25 / IMPACT_STEPS)
    frequencies: Floats = (formula.saturation * saturated / (1 - saturated)).astype(np.float32)
    return frequencies


def idf(document_frequency: int, units: int) -> float:
    """How much a term tells: the inverse document frequency of BM25, never negative."""
    return log1p((units - document_frequency + 0.5) / (document_frequency + 0.5))


class ImpactWeighting(WeightingModel):  # type: ignore[misc]  # whoosh has no types to rely on
    """The same formula for Whoosh's own searcher, which finds the impact as the weight of a posting."""

    def scorer(self, searcher: Any, fieldname: str, text: bytes, qf: float = 1) -> BaseScorer:  # noqa: ANN401, ARG002  # whoosh's signature
        """The scorer of one term."""
        reader = searcher.reader()
        return _ImpactScorer(idf(reader.doc_frequency(fieldname, text), reader.doc_count_all()))


class _ImpactScorer(BaseScorer):  # type: ignore[misc]  # whoosh has no types to rely on
    def __init__(self, term_idf: float) -> None:
        self._idf = term_idf

    def supports_block_quality(self) -> bool:
        return False

    def max_quality(self) -> float:
        return self._idf

    def block_quality(self, matcher: Any) -> float:  # noqa: ANN401, ARG002  # whoosh is published without types
        return self._idf

    def score(self, matcher: Any) -> float:  # noqa: ANN401  # whoosh is published without types
        return float(self._idf * matcher.weight())
