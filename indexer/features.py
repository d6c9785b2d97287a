"""What tells a good hit from a mere one: a row of figures for each of the first hits of plain words.

The ranking formula sees a unit as a bag of terms. Here the first few hundred are looked at whole: how much of the question
stands in the heading and how much of the heading is asked for, how long the runs of the question's own words are, how much of
it one line (a khoản, a điểm) holds, and what the other articles of the same document say. All of it is read from the stream
of syllables, by array operations over all candidates at once; nothing depends on who published a unit, or when.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from indexer.forms import Forms
from indexer.ranking import IMPACT_STEPS, Floats, idf
from indexer.segment import Array, Segment

Places = npt.NDArray[np.int64]

FEATURES = (
    "score",  # of the formula
    "score_share",  # of the best score
    "place",  # among the candidates, as a logarithm
    "heading_bm25",
    "body_bm25",
    "body_bm25_long",  # kinder to long bodies
    "heading_pairs_bm25",
    "body_pairs_bm25",
    "heading_bm25_place",
    "body_bm25_place",
    "body_pairs_bm25_place",
    "heading_coverage",  # the part of the question, by idf, that stands there
    "body_coverage",
    "coverage",
    "heading_pairs_coverage",
    "body_pairs_coverage",
    "pairs_coverage",
    "heading_asked",  # the part of the heading's syllables that is asked for
    "heading_run",  # the longest run of the question's own words
    "body_run",
    "line_coverage",  # the best line's
    "line_pairs_coverage",
    "first",  # where the body first holds a syllable of it
    "document_share",  # of the first candidates' scores, the document's
    "document_hits",
    "document_best",
    "best_of_document",  # the score as a share of its document's best
    "document_headings",  # the part of the question that a heading of the document holds on average
    "document_length",
    "document_place",  # where in its document the unit stands, from 0 to 1
    "heading_length",
    "body_length",
    "asked_length",
)
"""The figures, in order."""

LONGEST_BODY = 1000
"""Syllables of a body that are looked at: the longest articles are tables and lists of definitions."""

FIRST, NEAREST = 100, 50
"""How many of the first candidates count for their document, by score and by number."""

LONG_BODIES = (1.6, 0.4)
"""Saturation and normalisation of the figure that is kinder to long bodies."""

_TINY = np.float32(1e-6)


class FeatureMaker:
    """Makes the figures for candidates of one segment."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._sizes = np.bincount(segment.column("document"))
        lengths: Places = segment.zones[1:].astype(np.int64) - segment.zones[:-1] - 1
        self._averages = np.array([_average(lengths[zone::2]) for zone in (0, 1)], np.float32)

    def figures(self, candidates: Places, scores: Floats, forms: Sequence[Forms]) -> Floats:
        """FEATURES of each candidate, the best first: shape (features, candidates).

        ``scores`` are those of the formula, descending; ``forms`` are the syllables asked, in order.
        """
        asked = _Asked.of(self._segment, forms)
        texts = _Texts.of(self._segment, candidates)
        figures = self._of_terms(_Hits.of(texts, asked), texts, asked)
        figures |= _of_scores(scores)
        figures |= self._of_documents(candidates, scores, asked)
        figures["asked_length"] = np.array(len(forms))
        rows = np.empty((len(FEATURES), len(candidates)), np.float32)
        for row, name in zip(rows, FEATURES, strict=True):
            row[:] = figures[name]
        return rows

    def _of_terms(self, hits: _Hits, texts: _Texts, asked: _Asked) -> dict[str, Array]:
        pairs = hits.pairs(asked)
        counts, pair_counts = hits.counts(len(asked.idf)), pairs.counts(len(asked.pair_idf))
        lengths = texts.lengths / self._averages
        figures: dict[str, Array] = {
            "body_bm25_long": _bm25(counts, lengths, asked.idf, *LONG_BODIES)[:, 1],
            "heading_asked": counts[:, 0].sum(axis=1) / np.maximum(texts.lengths[:, 0], 1),
            "first": hits.first(texts),
        }
        figures |= _by_zone("bm25", _bm25(counts, lengths, asked.idf))
        figures |= _by_zone("pairs_bm25", _bm25(pair_counts, lengths, asked.pair_idf))
        figures |= _coverages("coverage", counts > 0, asked.idf)
        figures |= _coverages("pairs_coverage", pair_counts > 0, asked.pair_idf)
        figures |= _by_zone("run", _longest_runs(hits, pairs, asked))
        figures |= _by_zone("length", np.log1p(texts.lengths))
        figures["line_coverage"] = _best_line(hits, texts, asked.idf)
        figures["line_pairs_coverage"] = _best_line(pairs, texts, asked.pair_idf)
        for name in ("heading_bm25", "body_bm25", "body_pairs_bm25"):
            figures[f"{name}_place"] = _places(figures[name])
        return figures

    def _of_documents(self, candidates: Places, scores: Floats, asked: _Asked) -> dict[str, Array]:
        """What a candidate's document says: what else of it is a candidate, and its headings."""
        documents, document = np.unique(self._segment.column("document")[candidates], return_inverse=True)
        best = np.zeros(len(documents), np.float32)
        np.maximum.at(best, document, scores)
        top = np.maximum(scores.max(initial=0), _TINY)
        sizes = self._sizes[documents]
        return {
            "document_share": (np.bincount(document[:FIRST], scores[:FIRST], len(best)) / top)[document],
            "document_hits": np.bincount(document[:NEAREST], minlength=len(best))[document],
            "document_best": (best / top)[document],
            "best_of_document": scores / np.maximum(best, _TINY)[document],
            "document_headings": self._headings(asked)[documents][document],
            "document_length": np.log1p(sizes)[document],
            "document_place": self._within[candidates] / np.maximum(sizes - 1, 1)[document],
        }

    def _headings(self, asked: _Asked) -> Floats:
        """For each document, the part of the question that one of its headings holds on average."""
        held = np.zeros(len(self._sizes), np.float32)
        for forms, weight in zip(asked.forms, asked.idf / _whole(asked.idf), strict=True):
            for form in forms.tolist():
                postings = self._segment.heading_postings[form]
                held[postings.units] += postings.impacts * (weight / np.float32(IMPACT_STEPS))
        return held

    @cached_property
    def _within(self) -> Places:
        """Which unit of its document each is, from 0."""
        document = self._segment.column("document")
        order = np.argsort(document, kind="stable")
        before = np.cumsum(self._sizes) - self._sizes
        within = np.empty(len(document), np.int64)
        within[order] = np.arange(len(document)) - np.repeat(before, self._sizes)
        return within


@dataclass(frozen=True, slots=True)
class _Asked:
    """The distinct syllables and pairs asked.

    ``term`` has the number of each syllable of the segment, -1 for what is not asked, and ``pair`` that of each two terms.
    """

    forms: tuple[Forms, ...]
    term: npt.NDArray[np.int16]
    idf: Floats
    pair: npt.NDArray[np.int16]
    pair_idf: Floats

    @classmethod
    def of(cls, segment: Segment, forms: Sequence[Forms]) -> _Asked:
        distinct = {one.tobytes(): one for one in forms}
        numbers = {key: number for number, key in enumerate(distinct)}
        term = np.full(len(segment.syllables), -1, np.int16)
        for number, one in enumerate(distinct.values()):
            term[one] = number
        frequency = segment.syllable_postings.frequency
        held = [sum(map(frequency, one.tolist())) for one in distinct.values()]
        pair = np.full((len(distinct), len(distinct)), -1, np.int16)
        neighbours = {(one.tobytes(), other.tobytes()): (one, other) for one, other in pairwise(forms)}
        for number, (left, right) in enumerate(neighbours):
            pair[numbers[left], numbers[right]] = number
        pairs = segment.pairs_of_each(list(neighbours.values()))
        pairs_held = [sum(map(segment.bigram_postings.frequency, each.tolist())) for each in pairs]
        return cls(tuple(distinct.values()), term, _idfs(held, segment.units), pair, _idfs(pairs_held, segment.units))


@dataclass(frozen=True, slots=True)
class _Texts:
    """The headings and bodies of the candidates, one after the other, each with the boundary behind it.

    ``zones`` (2 x candidates + 1) is where each heading and each body starts in ``syllables``, ``lines`` where each line
    of a body does, ``line_counts`` how many lines each candidate has; ``lengths`` (candidates, 2) are of the whole zones.
    """

    syllables: Array
    zones: Places
    lines: Places
    line_counts: Places
    lengths: Places

    @classmethod
    def of(cls, segment: Segment, candidates: Places) -> _Texts:
        starts, middles, ends = (segment.zones[2 * candidates + zone].astype(np.int64) for zone in range(3))
        stops = np.minimum(ends, middles + LONGEST_BODY + 1)
        syllables = _slices(segment.stream, starts, stops)
        stopped = np.cumsum(stops - starts)
        syllables[stopped - 1] = 0
        moved = starts - (stopped - (stops - starts))
        starting, counts = segment.lines_of(candidates)
        lines, counts = _kept(starting.astype(np.int64) - np.repeat(moved, counts), stopped, counts)
        zones = np.append(np.stack([starts - moved, middles - moved], axis=1).ravel(), len(syllables))
        return cls(syllables, zones, lines, counts, np.stack([middles - starts, ends - middles], axis=1) - 1)


@dataclass(frozen=True, slots=True)
class _Hits:
    """Where terms that are asked stand: ``place`` in the texts, ascending, ``zone`` and ``term``.

    Zones are numbered as in the texts, even ones are headings; a term is a syllable's number or a pair's.
    """

    zones: int
    place: Places
    zone: Places
    term: Array

    @classmethod
    def of(cls, texts: _Texts, asked: _Asked) -> _Hits:
        terms = asked.term[texts.syllables]
        place = np.flatnonzero(terms >= 0)
        edges = np.searchsorted(place, texts.zones)
        zones = len(texts.zones) - 1
        return cls(zones, place, np.repeat(np.arange(zones), np.diff(edges)), terms[place])

    def pairs(self, asked: _Asked) -> _Hits:
        """Where two terms stand side by side as the question has them; the place is the first one's."""
        beside = np.flatnonzero(np.diff(self.place) == 1)
        pair = asked.pair[self.term[beside], self.term[beside + 1]]
        beside, pair = beside[pair >= 0], pair[pair >= 0]
        return _Hits(self.zones, self.place[beside], self.zone[beside], pair)

    def counts(self, terms: int) -> Floats:
        """How often each of so many terms stands in each candidate's heading and body: shape (candidates, 2, terms)."""
        counts = np.bincount(self.zone * terms + self.term, minlength=self.zones * terms)
        return counts.astype(np.float32).reshape(self.zones // 2, 2, terms)

    def first(self, texts: _Texts) -> Floats:
        """Where each candidate's body first holds a term: from 0, its start, to 1, its end or nowhere."""
        first = np.searchsorted(self.place, texts.zones[1:-1:2])
        places = np.append(self.place, texts.zones[-1])[first]
        away = (places - texts.zones[1:-1:2]) / np.maximum(texts.lengths[:, 1], 1)
        return np.minimum(away, 1).astype(np.float32)

    def in_bodies(self) -> _Hits:
        """Those that stand in a body."""
        body = (self.zone & 1).astype(bool)
        return _Hits(self.zones, self.place[body], self.zone[body], self.term[body])


def _of_scores(scores: Floats) -> dict[str, Array]:
    return {
        "score": scores,
        "score_share": scores / np.maximum(scores.max(initial=0), _TINY),
        "place": _places(scores),
    }


def _by_zone(name: str, values: Floats) -> dict[str, Array]:
    return {f"heading_{name}": values[:, 0], f"body_{name}": values[:, 1]}


def _coverages(name: str, held: npt.NDArray[np.bool_], weights: Floats) -> Mapping[str, Array]:
    return _by_zone(name, _share(held, weights)) | {name: _share(np.logical_or.reduce(held, axis=1), weights)}


def _longest_runs(hits: _Hits, pairs: _Hits, asked: _Asked) -> Floats:
    """The most of the question that stands in one run of its own words: shape (candidates, 2)."""
    begun = np.ones(len(hits.place), bool)
    begun[np.searchsorted(hits.place, pairs.place) + 1] = False
    starts = np.flatnonzero(begun)
    longest = np.zeros(hits.zones, np.float32)
    if len(starts):
        weights = np.add.reduceat(asked.idf[hits.term], starts)
        zones = hits.zone[starts]
        first = np.flatnonzero(np.diff(zones, prepend=-1))
        longest[zones[first]] = np.maximum.reduceat(weights, first)
    return longest.reshape(-1, 2) / _whole(asked.idf)


def _best_line(hits: _Hits, texts: _Texts, weights: Floats) -> Floats:
    """How much of the question the best line of each body holds."""
    inside = hits.in_bodies()
    edges = np.searchsorted(inside.place, np.append(texts.lines, texts.zones[-1]))
    line = np.repeat(np.arange(len(texts.lines)), np.diff(edges))
    held = np.zeros(len(texts.lines) * len(weights), np.float32)
    held[line * len(weights) + inside.term] = 1
    lines = held.reshape(len(texts.lines), len(weights)) @ weights / _whole(weights)
    best = np.zeros(len(texts.line_counts), np.float32)
    some = np.flatnonzero(texts.line_counts)
    if len(some):
        best[some] = np.maximum.reduceat(lines, (np.cumsum(texts.line_counts) - texts.line_counts)[some])
    return best


def _bm25(counts: Floats, lengths: Array, idfs: Floats, saturation: float = 0.9, normalisation: float = 0.75) -> Floats:
    """BM25 as a part of what a text that holds every term without end would score; ``lengths`` in averages."""
    norm = (saturation * (1 - normalisation + normalisation * lengths)).astype(np.float32)
    return _share(counts / (counts + norm[:, :, None]), idfs)


def _share(held: Array, weights: Floats) -> Floats:
    """The weighted sum over the last axis as a part of all weights."""
    summed: Floats = held.astype(np.float32, copy=False) @ weights / _whole(weights)
    return summed


def _whole(weights: Floats) -> np.float32:
    whole: np.float32 = np.maximum(weights.sum(dtype=np.float32), _TINY)
    return whole


def _places(values: Array) -> Floats:
    """How many of all are larger than each value, as a logarithm."""
    places: Floats = np.log1p(len(values) - np.searchsorted(np.sort(values), values, side="right")).astype(np.float32)
    return places


def _slices(values: Array, starts: Places, stops: Places) -> Array:
    """``values[start:stop]`` of each, joined, as a copy."""
    parts = [values[start:stop] for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)]
    return np.concatenate([values[:0], *parts])


def _kept(lines: Places, stopped: Places, counts: Places) -> tuple[Places, Places]:
    """The lines that start before their candidate's text is cut off, and how many are left of each."""
    kept = lines < np.repeat(stopped, counts)
    if kept.all():
        return lines, counts
    candidate = np.repeat(np.arange(len(counts)), counts)[kept]
    return lines[kept], np.bincount(candidate, minlength=len(counts))


def _idfs(held: Sequence[int], units: int) -> Floats:
    """What terms tell that so many of all units hold; one that nothing holds tells no candidate from another."""
    return np.array([idf(min(count, units), units) if count else 0 for count in held], np.float32)


def _average(lengths: Places) -> float:
    held = lengths[lengths > 0]
    return float(held.mean()) if held.size else 1.0
