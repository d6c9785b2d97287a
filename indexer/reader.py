"""A segment as an index reader of Whoosh: Whoosh's own searcher, queries and matchers run on the same arrays.

It is how the evaluator is held to account: tests ask both the same and compare. The weight of a posting is its impact; with
``indexer.ranking.ImpactWeighting`` the scores are those of the evaluator.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from whoosh.formats import Positions
from whoosh.matching import ListMatcher
from whoosh.query.spans import Span
from whoosh.reading import IndexReader, TermInfo, TermNotFound

from indexer.ranking import IMPACT_STEPS
from indexer.schema import BIGRAMS, KEYWORDS, TEXT, WORDS, whoosh_schema
from indexer.segment import Postings, Segment

BETWEEN_ZONES = 1 << 20
"""Added to the positions of a text, so that no slop reaches it from the heading."""


class SegmentReader(IndexReader):  # type: ignore[misc]  # whoosh has no types to rely on
    """Reads one segment; terms are pairs (field, UTF-8)."""

    def __init__(self, segment: Segment) -> None:
        self.schema = whoosh_schema()
        self._segment = segment
        self._fields: dict[str, _Field] = {
            TEXT: _Syllables(segment),
            BIGRAMS: _Bigrams(segment),
            WORDS: _Words(segment),
        }
        self._fields |= {name: _Keywords(segment, name) for name in KEYWORDS}
        self._postings = lru_cache(1024)(self._read_postings)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field, text = term
        return field in self._fields and self._fields[field].number(_text(text)) is not None

    def indexed_field_names(self) -> Iterable[str]:
        """The names of all fields."""
        return list(self._fields)

    def all_terms(self) -> Iterator[tuple[str, bytes]]:
        """Every (field, term), in order."""
        for name in sorted(self._fields):
            yield from self.terms_from(name, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """The terms of a field from ``prefix`` on, in order."""
        terms = self._fields[fieldname].terms()
        for at in range(bisect_left(terms, _text(prefix)), len(terms)):
            if terms[at]:
                yield fieldname, terms[at].encode()

    def term_info(self, fieldname: str, text: str | bytes) -> TermInfo:
        """How many units hold a term, and its highest impact; raises TermNotFound."""
        postings = self._postings(fieldname, _text(text))
        impacts = postings.impacts / IMPACT_STEPS
        first, last = int(postings.units[0]), int(postings.units[-1])
        return TermInfo(float(impacts.sum()), len(postings), 1, 1, float(impacts.max()), first, last)

    def doc_frequency(self, fieldname: str, text: str | bytes) -> int:
        """In how many units a term stands."""
        return len(self._postings(fieldname, _text(text))) if (fieldname, text) in self else 0

    def frequency(self, fieldname: str, text: str | bytes) -> float:
        """The sum of a term's impacts."""
        return float(self.term_info(fieldname, text).weight()) if (fieldname, text) in self else 0.0

    def postings(self, fieldname: str, text: str | bytes, scorer: Any = None, **_: Any) -> ListMatcher:  # noqa: ANN401
        """The matcher of a term; raises TermNotFound."""
        term = _text(text)
        found = self._postings(fieldname, term)
        positions = self._positions(term) if fieldname == TEXT else None
        return _PostingsMatcher(found, positions, scorer, (fieldname, term.encode()), self.term_info(fieldname, term))

    def doc_count_all(self) -> int:
        """The number of units."""
        return self._segment.units

    def doc_count(self) -> int:
        """The number of units: a segment deletes nothing."""
        return self._segment.units

    def has_deletions(self) -> bool:
        """Never."""
        return False

    def is_deleted(self, docnum: int) -> bool:  # noqa: ARG002  # whoosh's signature
        """Never."""
        return False

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """What a page shows of a unit."""
        return dict(self._segment.card(docnum))

    def field_length(self, fieldname: str) -> int:  # noqa: ARG002  # whoosh's signature
        """Nothing: impacts have the lengths in them."""
        return 0

    min_field_length = max_field_length = field_length

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:  # noqa: ARG002  # whoosh's signature
        """Nothing: impacts have the lengths in them."""
        return default

    def has_vector(self, docnum: int, fieldname: str) -> bool:  # noqa: ARG002  # whoosh's signature
        """Never: the stream of syllables serves where vectors would."""
        return False

    def vector(self, docnum: int, fieldname: str, format_: Any = None) -> Any:  # noqa: ANN401, ARG002  # whoosh's signature
        """There are none."""
        raise KeyError((docnum, fieldname))

    def _read_postings(self, fieldname: str, term: str) -> Postings:
        number = self._fields[fieldname].number(term) if fieldname in self._fields else None
        if number is None:
            raise TermNotFound(f"No term {fieldname}:{term}")
        return self._fields[fieldname].postings(number)

    def _positions(self, term: str) -> dict[int, list[int]]:
        """By unit, where a syllable stands in its heading and text."""
        number = self._segment.syllables.find(term)
        places = np.sort(self._segment.places(number)) if number is not None else np.empty(0, np.uint32)
        zones = np.searchsorted(self._segment.zones, places, side="right") - 1
        inside = places - self._segment.zones[zones] + (zones % 2) * BETWEEN_ZONES
        positions: dict[int, list[int]] = {}
        for unit, position in zip((zones // 2).tolist(), inside.tolist(), strict=True):
            positions.setdefault(unit, []).append(position)
        return positions


class _PostingsMatcher(ListMatcher):  # type: ignore[misc]  # whoosh has no types to rely on
    """Whoosh's matcher over a list, with positions, and skipping by bisection."""

    def __init__(
        self,
        postings: Postings,
        positions: dict[int, list[int]] | None,
        scorer: Any,  # noqa: ANN401  # whoosh is published without types
        term: tuple[str, bytes],
        info: TermInfo,
    ) -> None:
        self._given = (postings, positions, scorer, term, info)
        weights = (postings.impacts / IMPACT_STEPS).tolist()
        super().__init__(postings.units.tolist(), weights, None, Positions(), scorer, term=term, terminfo=info)
        self._positions = positions

    def copy(self) -> _PostingsMatcher:
        copied = _PostingsMatcher(*self._given)
        copied._i = self._i
        return copied

    def skip_to(self, id: int) -> None:  # noqa: A002  # whoosh's signature
        self._i: int = bisect_left(self._ids, id, self._i)

    def supports(self, astype: str) -> bool:
        return astype in ("frequency", "weight") or (astype == "positions" and self._positions is not None)

    def value_as(self, astype: str) -> Any:  # noqa: ANN401  # a list or a number
        if astype == "positions":
            return (self._positions or {}).get(self.id(), [])
        return self.weight()

    def spans(self) -> list[Span]:
        return [Span(position) for position in self.value_as("positions")]


class _Field:
    """The terms of one field by number."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def terms(self) -> Sequence[str]:
        raise NotImplementedError

    def number(self, term: str) -> int | None:
        raise NotImplementedError

    def postings(self, number: int) -> Postings:
        raise NotImplementedError


class _Syllables(_Field):
    def terms(self) -> Sequence[str]:
        return self._segment.syllables.terms

    def number(self, term: str) -> int | None:
        return self._segment.syllables.find(term) if term else None

    def postings(self, number: int) -> Postings:
        return self._segment.syllable_postings[number]


class _Bigrams(_Field):
    def terms(self) -> Sequence[str]:
        syllables = self._segment.syllables.terms
        keys = ((int(key) >> 32, int(key) & 0xFFFFFFFF) for key in self._segment.bigrams)
        return [f"{syllables[first]} {syllables[second]}" for first, second in keys if second]

    def number(self, term: str) -> int | None:
        first, _, second = term.partition(" ")
        numbers = self._segment.syllables.find(first), self._segment.syllables.find(second)
        if not first or not second or None in numbers:
            return None
        found = self._segment.pairs(np.array(numbers[:1], np.uint32), np.array(numbers[1:], np.uint32))
        return int(found[0]) if len(found) else None

    def postings(self, number: int) -> Postings:
        return self._segment.bigram_postings[number]


class _Words(_Field):
    def terms(self) -> Sequence[str]:
        return self._segment.words.terms

    def number(self, term: str) -> int | None:
        return self._segment.words.find(term)

    def postings(self, number: int) -> Postings:
        return self._segment.word_postings[number]


class _Keywords(_Field):
    def __init__(self, segment: Segment, name: str) -> None:
        super().__init__(segment)
        self._column = segment.column(name)
        years = name == "year"
        values = [str(year) for year in np.unique(self._column)] if years else segment.values(name)
        self._numbers = {
            value: int(value) if years else code for code, value in enumerate(values) if value not in ("", "0")
        }

    def terms(self) -> Sequence[str]:
        return sorted(self._numbers)

    def number(self, term: str) -> int | None:
        return self._numbers.get(term)

    def postings(self, number: int) -> Postings:
        units = np.flatnonzero(self._column == number).astype(np.uint32)
        return Postings(units, np.full(len(units), IMPACT_STEPS, np.uint8))


def _text(term: str | bytes) -> str:
    return term.decode() if isinstance(term, bytes) else term
