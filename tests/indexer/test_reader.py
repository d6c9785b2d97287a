"""The evaluator and Whoosh's own searcher find the same on the same segment."""

from __future__ import annotations

import random

import numpy as np
import pytest
from whoosh import query as whoosh
from whoosh.matching import AndMaybeMatcher, AndNotMatcher, Matcher
from whoosh.searching import Searcher

from indexer.evaluator import Evaluator
from indexer.plan import And, Filter, Node, Not, Or, Phrase, Words
from indexer.ranking import FORMULA, ImpactWeighting
from indexer.reader import SegmentReader
from indexer.segment import Segment
from indexer.segmentation import word_forms
from indexer.vietnamese import bigrams
from tests.indexer.made_up import SYLLABLES, random_articles, segment_of

QUERIES = 600
NO_SCORE = 1e-9  # Whoosh takes 0 for "not given"


@pytest.fixture(scope="module")
def segment(tmp_path_factory: pytest.TempPathFactory) -> Segment:
    return segment_of(tmp_path_factory.mktemp("segment"), random_articles(400))


@pytest.fixture(scope="module")
def searcher(segment: Segment) -> Searcher:
    return Searcher(SegmentReader(segment), weighting=ImpactWeighting)


def as_whoosh(node: Node) -> whoosh.Query:
    """The same question in Whoosh's terms."""
    match node:
        case Words():
            terms = [whoosh.Term("text", syllable) for syllable in dict.fromkeys(node.syllables)]
            return _AndMaybe(whoosh.And(terms), _added(node.syllables, node.text))
        case Phrase():
            terms = [whoosh.Term("text", syllable) for syllable in dict.fromkeys(node.syllables)]
            phrase = whoosh.Phrase("text", list(node.syllables), slop=node.slop + 1)
            ranked = _AndMaybe(whoosh.And(terms), _added(node.syllables, ""))
            return whoosh.And([whoosh.ConstantScoreQuery(phrase, NO_SCORE), ranked])
        case Filter():
            return whoosh.ConstantScoreQuery(
                whoosh.Or([whoosh.Term(node.name, value) for value in node.values]), NO_SCORE
            )
        case And():
            parts = [as_whoosh(part) for part in node.parts if not isinstance(part, Not)]
            without = [as_whoosh(part.part) for part in node.parts if isinstance(part, Not)]
            return _Without(whoosh.And(parts), whoosh.Or(without)) if without else whoosh.And(parts)
        case Or():
            return whoosh.Or([as_whoosh(part) for part in node.parts])
    raise AssertionError(node)


class _Without(whoosh.AndNot):
    """Whoosh's AndNot lets its first unit through where the negative's first stands before it; this one brings them level."""

    def matcher(self, searcher: Searcher, context: object = None) -> Matcher:
        kept, dropped = (query.matcher(searcher, context) for query in (self.a, self.b))
        if kept.is_active() and dropped.is_active():
            dropped.skip_to(kept.id())
        return AndNotMatcher(kept, dropped)


class _AndMaybe(whoosh.AndMaybe):
    """Whoosh's AndMaybe loses the score of the optional part where skipping lands behind it; this one brings them level."""

    def matcher(self, searcher: Searcher, context: object = None) -> Matcher:
        return _LevelAndMaybeMatcher(*(query.matcher(searcher, context) for query in (self.a, self.b)))


class _LevelAndMaybeMatcher(AndMaybeMatcher):
    def skip_to(self, id: int) -> None:  # noqa: A002  # whoosh's signature
        super().skip_to(id)
        self._first_b()


def _added(syllables: tuple[str, ...], text: str) -> whoosh.Query:
    pairs = [whoosh.Term("bigrams", pair, boost=FORMULA.bigrams) for pair in dict.fromkeys(bigrams(syllables))]
    words = [whoosh.Term("words", word, boost=FORMULA.words) for word in dict.fromkeys(word_forms(text))]
    return whoosh.Or([*pairs, *words])


def random_node(draw: random.Random, depth: int = 2) -> Node:
    kind = draw.choice(["words", "phrase", "slop", "filter", "and", "or", "not"][: 7 if depth else 4])
    syllables = tuple(draw.choices(SYLLABLES, k=draw.randint(1, 3)))
    flags = (True,) * len(syllables)
    match kind:
        case "words":
            return Words(syllables, flags, " ".join(syllables), required=True)
        case "phrase" | "slop":
            pair = syllables if len(syllables) > 1 else (*syllables, *syllables)
            return Phrase(pair, (True,) * len(pair), " ".join(pair), slop=0 if kind == "phrase" else draw.randint(1, 3))
        case "filter":
            return Filter("type", (draw.choice(["Luật", "Nghị định"]),), "")
        case "and":
            return And((random_node(draw, depth - 1), random_node(draw, depth - 1)))
        case "or":
            return Or((random_node(draw, depth - 1), random_node(draw, depth - 1)))
    return And((random_node(draw, depth - 1), Not(random_node(draw, depth - 1))))


def test_random_queries_match_the_same_units_with_the_same_scores(segment: Segment, searcher: Searcher) -> None:
    draw, evaluator, found = random.Random(2), Evaluator(segment), 0
    for _ in range(QUERIES):
        node = random_node(draw)
        ours = evaluator.run(node)
        theirs = _scores(searcher, node)
        assert np.flatnonzero(ours.held).tolist() == sorted(theirs), node
        assert ours.scores[sorted(theirs)] == pytest.approx([theirs[unit] for unit in sorted(theirs)], abs=1e-4), node
        found += bool(theirs)
    assert found > QUERIES / 2, "too many of the random queries find nothing to compare"


def _scores(searcher: Searcher, node: Node) -> dict[int, float]:
    results = searcher.search(as_whoosh(node), limit=None, optimize=False)
    return {unit: score for score, unit in results.top_n}
