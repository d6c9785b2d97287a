"""Runs a plan on a segment: every kind of query the same way, by masks and scores over all units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
import numpy.typing as npt

from indexer.columns import Columns
from indexer.forms import FormFinder, Forms
from indexer.known_items import NAMED, KnownItems, Tiers
from indexer.phrases import near_places, phrase_places
from indexer.plan import (
    And,
    Everything,
    Filter,
    Node,
    Not,
    Number,
    Or,
    Phrase,
    Prefix,
    ProcedureCode,
    ProvisionOf,
    Words,
)
from indexer.ranking import Floats
from indexer.segment import Segment
from indexer.snippets import Asked
from indexer.vietnamese import syllables_of
from indexer.words import Found, WordSearcher
from kb.numbers import parse_number

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Match:
    """Which units match, what each scores, and its tier: the items that a query names stand above all that it matches.

    ``found`` tells of plain words how many of them a hit had to hold; ``asked`` are the syllables to show in it.
    """

    held: Mask
    scores: Floats
    tiers: Tiers
    found: tuple[Found, ...] = ()
    asked: tuple[Asked, ...] = ()


class Evaluator:
    """Runs plans on one segment."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._finder = FormFinder(segment)
        self._words = WordSearcher(segment, self._finder)
        self.columns = Columns(segment)
        self.known = KnownItems(segment, self._finder)

    def run(self, node: Node) -> Match:  # noqa: C901, PLR0911  # one line a kind of node
        """What a node of a plan matches."""
        match node:
            case Words():
                return self._plain(node)
            case Phrase():
                return self._phrase(node)
            case Prefix():
                return self._prefix(node)
            case Number():
                return self._number(node)
            case ProcedureCode():
                return self._code(node)
            case ProvisionOf():
                return self._provision(node)
            case Filter():
                return self._match(self.columns.typed(node))
            case And():
                return self._all([part for part in node.parts if not isinstance(part, Not)], node)
            case Or():
                return self._any([self.run(part) for part in node.parts])
            case Not():
                return self._match(~self.run(node.part).held)
            case Everything():
                return self._match(np.ones(self._segment.units, bool))

    def with_literal(self, match: Match, text: str) -> Match:
        """The same, and every unit that holds the text literally: whatever a query was taken for, no literal hit is lost."""
        literal = self._at(phrase_places(self._segment, self._finder.of_each(syllables_of(text), ())), ())
        return replace(match, held=match.held | literal.held)

    def _plain(self, node: Words) -> Match:
        found = self._words.find(node)
        forms = self._finder.of_each(node.syllables, node.accented)
        asked = [Asked(tuple(forms))]
        asked += [Asked(tuple(self._finder.of_each(one.syllables, ())), together=True) for one in node.alternatives]
        return Match(found.held, found.scores, self._no_tiers(), (found,), tuple(asked))

    def _phrase(self, node: Phrase) -> Match:
        """Without accents typed it matches any; but as typed only, where that is how the texts have it.

        That is so if it stands as typed anywhere, some of it with accents, or at least as often as with other accents.
        """
        as_typed = self._phrase_of(node, self._finder.of_each(node.syllables, ()))
        if all(node.accented):
            return as_typed
        found = self._phrase_of(node, self._finder.of_each(node.syllables, node.accented))
        typed, whole = np.count_nonzero(as_typed.held), np.count_nonzero(found.held)
        needed = 1 if any(node.accented) else whole / 2
        return as_typed if typed >= needed else found

    def _phrase_of(self, node: Phrase, forms: Sequence[Forms]) -> Match:
        if node.slop:
            return self._at(near_places(self._segment, forms, node.slop), forms, together=False)
        return self._at(phrase_places(self._segment, forms), forms)

    def _prefix(self, node: Prefix) -> Match:
        *whole, last = zip(node.syllables, node.accented, strict=True)
        forms = self._finder.of_each([syllable for syllable, _ in whole], [flag for _, flag in whole])
        forms.append(self._finder.begun(last[0], as_typed=last[1]))
        return self._at(phrase_places(self._segment, forms), forms)

    def _number(self, node: Number) -> Match:
        found = [self._named(self.known.by_number(node)), self._literal(node.text)]
        number = parse_number(node.key) if node.key else None
        return self._any([*found, self._cited(str(number))] if number else found)

    def _code(self, node: ProcedureCode) -> Match:
        named = self._named(self.known.by_code(node))
        return named if node.partial else self._any([named, self._cited(node.code)])

    def _provision(self, node: ProvisionOf) -> Match:
        """The provision, and what cites it in these words; where it is not held, its document and what the words find."""
        tiers = self.known.by_provision(node)
        if (tiers == NAMED).any():
            return self._any([self._named(tiers), self._literal(node.text)])
        words = Words(tuple(syllables_of(node.text)), (), node.text)
        return self._any([self._named(tiers), self._plain(words)])

    def _all(self, parts: Sequence[Node], node: And) -> Match:
        matches = [self.run(part) for part in parts] or [self.run(Everything())]
        held = reduce(np.logical_and, [match.held for match in matches])
        for part in node.parts:
            if isinstance(part, Not):
                held = held & ~self.run(part.part).held
        return self._joined(held, matches)

    def _any(self, matches: Sequence[Match]) -> Match:
        held = reduce(np.logical_or, [match.held for match in matches])
        return self._joined(held, [replace(match, scores=match.scores * match.held) for match in matches])

    def _joined(self, held: Mask, matches: Sequence[Match]) -> Match:
        return Match(
            held,
            reduce(np.add, [match.scores for match in matches]),
            reduce(np.maximum, [match.tiers for match in matches]),
            tuple(found for match in matches for found in match.found),
            tuple(asked for match in matches for asked in match.asked),
        )

    def _cited(self, text: str) -> Match:
        """The units whose text spells a number out, in any spelling: "59/2022/NĐ-CP" is four syllables in a row."""
        syllables = syllables_of(text)
        forms = self._finder.of_each(syllables, [False] * len(syllables))
        if syllables[0].isdecimal():
            spellings = {syllables[0].lstrip("0") or "0", syllables[0].lstrip("0").zfill(2)}
            forms[0] = np.concatenate([self._finder.of(spelling, as_typed=True) for spelling in sorted(spellings)])
        return self._at(phrase_places(self._segment, forms), forms)

    def _literal(self, text: str) -> Match:
        """The units that hold the very words: what names an item is a piece of text too, and no literal hit is missed."""
        syllables = syllables_of(text)
        if not syllables:
            return self._match(np.zeros(self._segment.units, bool))
        forms = self._finder.of_each(syllables, [not text.isascii()] * len(syllables))
        return self._at(phrase_places(self._segment, forms), forms)

    def _at(self, places: npt.NDArray[np.int64], forms: Sequence[Forms], *, together: bool = True) -> Match:
        held = np.zeros(self._segment.units, bool)
        held[self._segment.units_at(places)] = True
        return Match(held, self._words.scores(forms), self._no_tiers(), (), (Asked(tuple(forms), together),))

    def _named(self, tiers: Tiers) -> Match:
        return replace(self._match(tiers > 0), tiers=tiers)

    def _match(self, held: Mask) -> Match:
        return Match(held, np.zeros(self._segment.units, np.float32), self._no_tiers())

    def _no_tiers(self) -> Tiers:
        return np.zeros(self._segment.units, np.uint8)
