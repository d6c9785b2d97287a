"""Search: a question in, hits out. It reads the index alone, never the store."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from indexer.absences import Absences
from indexer.corrections import corrected
from indexer.evaluator import Evaluator, Match
from indexer.generations import Generation, Generations
from indexer.known_items import BEGUN, NAMED, PART
from indexer.nothing import Nothing, nothing_found
from indexer.plan import (
    And,
    Everything,
    Filter,
    Node,
    Number,
    Or,
    Phrase,
    Plan,
    ProcedureCode,
    ProvisionOf,
    Step,
    Words,
)
from indexer.query import understand
from indexer.ranking import STANDING, Floats, idf
from indexer.reranking import CANDIDATES, Reranker
from indexer.results import Hit, SearchResult, place_of
from indexer.segment import Segment
from indexer.snippets import SnippetMaker
from indexer.suggest import Suggester, Suggestion
from indexer.words import ALL_OF
from kb.errors import DamagedIndexError, UnusableInputError
from kb.model import HitKind, Status

Mask = npt.NDArray[np.bool_]
Units = npt.NDArray[np.int64]

Sort = Literal["relevance", "newest", "oldest", "number"]

MOST_CHOICES = 20
"""How many items are offered as choices where a query names several."""


def open_index(home: Path) -> SearchIndex:
    """Open the live generation under the index's home; raises DamagedIndexError where there is none to read."""
    generations = Generations(home)
    live = generations.current()
    while True:
        try:
            return SearchIndex(Segment(live.path), Suggester.open(live.path), generations, live)
        except DamagedIndexError:
            newer = generations.current()
            if newer.digest == live.digest:
                raise
            live = newer  # it was replaced while being opened


class SearchIndex:
    """An opened index; any number of threads may search it at once."""

    def __init__(
        self,
        segment: Segment,
        suggester: Suggester | None = None,
        generations: Generations | None = None,
        generation: Generation | None = None,
        *,
        learned: bool = True,
    ) -> None:
        """``learned`` = False leaves the best hits of questions in the order of the formula, to measure it alone."""
        self._segment = segment
        self._suggester = suggester
        self._generations = generations
        self.generation = generation
        self._evaluator = Evaluator(segment)
        self._standing = _standing(segment)
        self._absences = Absences(segment, self._evaluator.known)
        self._reranker = Reranker(segment) if learned else None

    def __len__(self) -> int:
        return self._segment.units

    def is_current(self) -> bool:
        """Whether no other generation has been published since; one without a home is always current."""
        if self._generations is None or self.generation is None:
            return True
        return self._generations.current().digest == self.generation.digest

    def suggest(self, typed: str, limit: int = 8) -> list[Suggestion]:
        """What may be meant by what has been typed so far: titles, headings, numbers, procedures, agencies."""
        return self._suggester.suggest(typed, limit) if self._suggester else []

    def search(
        self,
        query: str,
        *,
        filters: Mapping[str, Sequence[str]] | None = None,
        sort: Sort = "relevance",
        limit: int = 20,
        offset: int = 0,
    ) -> SearchResult:
        """What a query finds: ``limit`` hits from the ``offset``-th on, with exact counts over all of them.

        ``filters`` are values by name (see indexer.plan.FILTERS): one of the values must hold, for every name. Raises
        UnusableInputError for a filter, sort or range that does not exist.
        """
        started = time.perf_counter()
        _check(sort, limit, offset)
        plan = understand(query)
        root, typed = _apart(plan.root)
        chosen = self._filters(typed, filters)
        match = self._run(plan, root)
        held = np.logical_and.reduce([match.held, *chosen.values()])
        if sort == "relevance":
            match = self._ranked(root, match, held)
        order = self._order(held, match, sort, offset + limit)
        maker = self._snippets(match, _clause_named(root))
        total = int(np.count_nonzero(held))
        suggestions = self._suggestions(plan, total)
        return SearchResult(
            query=query,
            understood=(*plan.steps, *_held(match, root), *_reranked(match, root, sort)),
            total=total,
            hits=tuple(self._hit(unit, match.scores, maker) for unit in order[offset:]),
            facets=self._evaluator.columns.facets(match.held, chosen),
            suggestions=suggestions,
            missing=tuple(self._absences.of(plan.root)),
            nothing=None if total else self._nothing(plan, filters, suggestions),
            took_ms=round((time.perf_counter() - started) * 1000, 3),
            choices=self._choices(held, match, maker),
            plan=plan,
        )

    def _nothing(self, plan: Plan, filters: Mapping[str, Sequence[str]] | None, suggestions: Sequence[str]) -> Nothing:
        found = nothing_found(
            plan,
            own=lambda node: int(np.count_nonzero(self._evaluator.run(node).held)),
            total=lambda query, filtered: self._total(query, filters if filtered else None),
            meant=suggestions,
            filtered=any((filters or {}).values()),
        )
        return replace(found, day=self.generation.made.date().isoformat() if self.generation else "")

    def _total(self, query: str, filters: Mapping[str, Sequence[str]] | None) -> int:
        plan = understand(query)
        root, typed = _apart(plan.root)
        held = np.logical_and.reduce([self._run(plan, root).held, *self._filters(typed, filters).values()])
        return int(np.count_nonzero(held))

    def _filters(self, typed: Sequence[Filter], filters: Mapping[str, Sequence[str]] | None) -> dict[str, Mask]:
        """What each filter lets through: those chosen beside the query, and those typed in it."""
        columns = self._evaluator.columns
        chosen = {name: columns.chosen(name, values) for name, values in (filters or {}).items() if values}
        for condition in typed:
            mask = columns.typed(condition)
            chosen[condition.name] = chosen[condition.name] & mask if condition.name in chosen else mask
        return chosen

    def rank(self, query: str, limit: int) -> list[tuple[str, float]]:
        """The identifiers of the best hits with their scores, and nothing else: what a benchmark measures."""
        plan = understand(query)
        root, _ = _apart(plan.root)
        match = self._run(plan, root)
        match = self._ranked(root, match, match.held)
        order = self._order(match.held, match, "relevance", limit)
        return [(str(self._segment.card(unit)["id"]), float(match.scores[unit])) for unit in order.tolist()]

    def _run(self, plan: Plan, root: Node) -> Match:
        match = self._evaluator.run(root)
        if _is_loose(root):
            match = self._evaluator.with_literal(match, plan.query)
        if self._reranker and _is_question(match, root):
            match = replace(match, held=match.held | self._reranker.best(match.scores))
        return self._with_titled(match, plan.title, quoted=isinstance(root, Phrase | And)) if plan.title else match

    def _with_titled(self, match: Match, title: Words, *, quoted: bool) -> Match:
        """What has this title above all; a number in a title names nothing. Beside quotation marks only what matches anyway."""
        titled = self._evaluator.known.by_title(title)
        if quoted:
            titled = np.where(match.held, titled, 0)
        if not titled.any():
            return match
        tiers = np.maximum(titled, np.minimum(match.tiers, PART))
        return replace(match, tiers=tiers, held=match.held | (titled == NAMED))

    def _ranked(self, root: Node, match: Match, held: Mask) -> Match:
        """The same with the scores that hits are ordered by: law that stands no more lower, the best by what is learned."""
        if self._reranker and _is_question(match, root):
            forms = match.asked[0].forms
            return replace(match, scores=self._reranker.scores(held, match.scores, self._standing, forms))
        return replace(match, scores=match.scores * self._standing)

    def _order(self, held: Mask, match: Match, sort: Sort, count: int) -> Units:
        """The first ``count`` units in order; ties stand in the order of the index."""
        units = np.flatnonzero(held)
        keys = self._keys(units, match, sort)
        if len(keys) == 1 and 0 < count < len(units):
            units = _best(units, keys[0], count)
            keys = self._keys(units, match, sort)
        return units[np.lexsort(keys)][:count]

    def _keys(self, units: Units, match: Match, sort: Sort) -> list[npt.NDArray[np.float64]]:
        """Sort keys, the least important first, each ascending."""
        issued = self._segment.column("issued")[units].astype(np.float64)
        if sort == "newest":
            return [-issued]
        if sort == "oldest":
            return [np.where(issued, issued, np.inf)]
        if sort == "number":
            return [self._segment.column("number_rank")[units].astype(np.float64)]
        scores = -match.scores[units].astype(np.float64)
        tiers = match.tiers[units]
        if not tiers.any():
            return [scores]
        named = np.where(tiers >= BEGUN, self._evaluator.known.precedence[units], 0)
        return [scores, -named.astype(np.float64), -tiers.astype(np.float64)]

    def _suggestions(self, plan: Plan, total: int) -> tuple[str, ...]:
        """Other queries: with a doubtful syllable put right; where nothing was found, what begins as typed."""
        meant = corrected(self._segment, plan)
        begun = [] if total else [suggestion.text for suggestion in self.suggest(plan.query)]
        return tuple(dict.fromkeys([*meant, *begun]))

    def _snippets(self, match: Match, clause: str) -> SnippetMaker:
        weights = np.zeros(len(self._segment.syllables), np.float32)
        for asked in match.asked:
            for forms in asked.forms:
                weights[forms] = [idf(self._segment.syllable_postings.frequency(int(f)), len(self)) for f in forms]
        named = np.flatnonzero(match.tiers == NAMED).tolist() if clause else []
        return SnippetMaker(self._segment, match.asked, weights, dict.fromkeys(named, clause))

    def _choices(self, held: Mask, match: Match, maker: SnippetMaker) -> tuple[Hit, ...]:
        """The items of the best tier, where they are several."""
        best = match.tiers[held].max(initial=0)
        named = held & (match.tiers == best)
        if best < BEGUN or np.count_nonzero(named) < 2:
            return ()
        order = self._order(named, match, "relevance", MOST_CHOICES)
        return tuple(self._hit(unit, match.scores, maker) for unit in order)

    def _hit(self, unit: int, scores: Floats, maker: SnippetMaker) -> Hit:
        unit = int(unit)
        card = self._segment.card(unit)
        facts = {name: card[name] for name in ("id", "title", "citation", "url", "document_title", "number", "type")}
        snippet = maker.snippet(unit)
        place, address = place_of(card["id"], snippet.clause)
        return Hit(
            kind=HitKind(card["kind"]),
            status=Status(card["status"]),
            snippet=snippet,
            place=place,
            place_url=address,
            title_fragments=maker.highlighted(card["title"]),
            score=float(scores[unit]),
            issuer=card["issuer"],
            issued=card["issued"],
            effective=card["effective"],
            field=card["field"],
            **facts,
        )


def _apart(root: Node) -> tuple[Node, list[Filter]]:
    """The filters that hold for the whole query, apart from the rest: facets count under them."""
    if isinstance(root, Filter):
        return Everything(), [root]
    if not isinstance(root, And):
        return root, []
    rest = tuple(part for part in root.parts if not isinstance(part, Filter))
    filters = [part for part in root.parts if isinstance(part, Filter)]
    if not rest:
        return Everything(), filters
    return (rest[0] if len(rest) == 1 else And(rest)), filters


def _clause_named(root: Node) -> str:
    """The path below its article of the khoản or điểm that a query names, "" where it names none or several."""
    parts = root.parts if isinstance(root, And | Or) else (root,)
    named = [part.path.partition(".")[2] for part in parts if isinstance(part, ProvisionOf)]
    return named[0] if len(named) == 1 else ""


def _is_loose(root: Node) -> bool:
    """Whether something typed without operators was taken for more than words: it may still stand so in a text."""
    if isinstance(root, Or):
        return all(isinstance(part, Words) or _is_loose(part) for part in root.parts)
    return isinstance(root, Number | ProcedureCode | ProvisionOf)


def _is_question(match: Match, root: Node) -> bool:
    """Whether a hit need not hold all of the words: the best of them are then told by more than the formula."""
    return isinstance(root, Words) and not root.required and any(found.asked > ALL_OF for found in match.found)


def _held(match: Match, root: Node) -> list[Step]:
    """Of how many of the asked syllables a hit holds how many, where it need not hold all."""
    beside = f", hoặc thuộc {CANDIDATES} kết quả sát nhất" if _is_question(match, root) else ""
    return [
        Step("words", "", f"Kết quả có ít nhất {found.needed} trong {found.asked} tiếng cần tìm{beside}.")
        for found in match.found
        if found.needed < found.asked
    ]


def _reranked(match: Match, root: Node, sort: Sort) -> list[Step]:
    """That the best hits stand in a learned order."""
    if sort != "relevance" or not _is_question(match, root) or not match.held.any():
        return []
    meaning = (
        f"{CANDIDATES} kết quả đầu được xếp lại theo mức khớp của tiêu đề, cụm từ, từng dòng và các điều cùng văn bản."
    )
    return [Step("ranking", "", meaning)]


def _best(units: Units, key: npt.NDArray[np.float64], count: int) -> Units:
    """The units with the ``count`` smallest keys and those that tie with the last, in the order of the index."""
    bound = np.partition(key, count - 1)[count - 1]
    best: Units = units[key <= bound]
    return best


def _standing(segment: Segment) -> Floats:
    factors = [STANDING.get(Status(value), 1.0) for value in segment.values("status")]
    return np.array(factors or [1.0], np.float32)[segment.column("status")]


def _check(sort: str, limit: int, offset: int) -> None:
    if sort not in get_args(Sort):
        raise UnusableInputError(f"Hits cannot be sorted by {sort!r}.", f"Choose {', '.join(get_args(Sort))}.")
    if limit < 0 or offset < 0:
        raise UnusableInputError(f"There is no range of {limit} hits from {offset} on.", "Give numbers from 0.")
