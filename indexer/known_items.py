"""Known items: what a query names outright, by number, by provision of a named document, by code or by title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.forms import FormFinder
from indexer.phrases import phrase_places
from indexer.plan import Number, ProcedureCode, ProvisionOf, Words
from indexer.segment import TITLE_SYLLABLES, Segment
from indexer.vietnamese import syllables_of
from kb.model import HitKind, Status
from kb.numbers import PartialNumber
from kb.text import fold

Array = npt.NDArray[Any]
Tiers = npt.NDArray[np.uint8]
Documents = npt.NDArray[np.int64]
"""Documents by the number they have in the column ``document``."""

NAMED, BEGUN, PART = 3, 2, 1
"""Tiers: the item itself; an item of which half the name is given; what belongs to the item."""

_STANDS = (Status.IN_FORCE, Status.PARTLY_EXPIRED, Status.NOT_YET_IN_FORCE)


class KnownItems:
    """Finds in one segment what a query names; every method gives the tier of each unit, 0 for "not named"."""

    def __init__(self, segment: Segment, forms: FormFinder) -> None:
        self._segment = segment
        self._forms = forms

    def by_number(self, number: Number) -> Tiers:
        """The documents of a number, then what belongs to them."""
        return self._documents_first(self._numbered(number.key, number.partial, number.issued))

    def by_code(self, code: ProcedureCode) -> Tiers:
        """The procedure with this code, or those whose code begins so."""
        names = self._segment.values("document")
        fits = str.startswith if code.partial else str.__eq__
        named = [document for document, name in enumerate(names) if fits(name, code.code)]
        return self._at(self._of_documents(np.array(named, np.int64)) & self._of_kind(HitKind.PROCEDURE), NAMED)

    def by_provision(self, provision: ProvisionOf) -> Tiers:
        """The article that holds the provision, then its document."""
        inside = self._of_documents(self._provided(provision))
        tiers = self._at(inside & self._of_kind(HitKind.DOCUMENT), PART)
        paths = {path: number for number, path in enumerate(self._segment.values("path"))}
        steps = provision.path.split(".")
        for length in range(len(steps), 0, -1):
            number = paths.get(".".join(steps[:length]))
            article = inside & (self._segment.column("path") == number) if number is not None else inside[:0]
            if article.any():
                return np.maximum(tiers, self._at(article, NAMED))
        return tiers

    @cached_property
    def precedence(self) -> npt.NDArray[np.int64]:
        """For each unit, which of several of one name comes first: what stands before what does not, then the newest."""
        stands = np.isin(self._segment.column("status"), self._codes_of("status", _STANDS))
        return stands * np.int64(10**8) + self._segment.column("issued")

    def by_title(self, words: Words) -> Tiers:
        """The documents and procedures whose title these words are; those of whose title they are half or more, side by side."""
        tiers = np.zeros(self._segment.units, np.uint8)
        for kind, year, at in self._readings(words.syllables):
            syllables, accented = words.syllables[at], words.accented[at]
            titled = self._filed_under(syllables, accented) if len(syllables) <= TITLE_SYLLABLES else tiers
            titled = np.maximum(titled, self._titled(syllables, accented))
            if titled.any():
                fitting = self._of_documents(np.flatnonzero(self._fitting(kind, year)))
                tiers = np.maximum(tiers, np.where(fitting, titled, 0))
        return tiers

    def _titled(self, syllables: Sequence[str], accented: Sequence[bool]) -> Tiers:
        """The units with a title of their own that holds the syllables side by side."""
        tiers = np.zeros(self._segment.units, np.uint8)
        places = phrase_places(self._segment, self._forms.of_each(syllables, accented))
        zones = np.searchsorted(self._segment.zones, places, side="right") - 1
        units = np.unique(zones[zones % 2 == 0] // 2)
        units = units[self._with_title[units]]
        lengths = self._title_lengths[units]
        tiers[units[2 * len(syllables) >= lengths]] = BEGUN if len(syllables) >= _SHORTEST_PART else 0
        tiers[units[len(syllables) >= lengths]] = NAMED
        return tiers

    def _filed_under(self, syllables: Sequence[str], accented: Sequence[bool]) -> Tiers:
        """The documents whose bare title, or the subject they are filed under, the syllables are."""
        shared = self._shared(syllables, accented)
        whole = np.flatnonzero((shared == len(syllables)) & (self._lengths == len(syllables)))
        return self._at(self._of_documents(whole) & self._of_kind(HitKind.DOCUMENT), NAMED)

    def _provided(self, provision: ProvisionOf) -> Documents:
        if provision.number_key or provision.partial:
            return self._numbered(provision.number_key, provision.partial, provision.year)
        shared = self._shared(provision.title, provision.accented)
        whole = (shared == self._lengths) | (shared == len(provision.title))
        shared[~(whole & self._fitting(provision.type, provision.year))] = 0
        longest = int(shared.max(initial=0))
        if longest == 0:
            return np.empty(0, np.int64)
        closest = np.flatnonzero(shared == longest)
        left_over = self._lengths[closest] - longest
        meant: Documents = closest[left_over == left_over.min()]
        return meant

    def _numbered(self, key: str, partial: PartialNumber | None, issued: int | None) -> Documents:
        named = [self._numbers[key]] if key in self._numbers else []
        if not named and partial:
            likely = re.compile(rf"(?:[^\d/]*-)?0*{re.escape(partial.serial)}(?!\d)")
            named = [n for held, n in self._numbers.items() if likely.match(held) and partial.matches(held)]
        documents = np.flatnonzero(np.isin(self._fact("number"), named))
        if partial and partial.type:
            documents = self._narrowed(documents, self._fitting(partial.type, None))
        return self._narrowed(documents, self._fitting("", issued))

    def _narrowed(self, documents: Documents, fitting: npt.NDArray[np.bool_]) -> Documents:
        """Those that fit, all where none does: what was typed beside a number may be wrong."""
        kept = documents[fitting[documents]]
        return kept if len(kept) else documents

    def _readings(self, syllables: Sequence[str]) -> Iterable[tuple[str, int | None, slice]]:
        """The ways to read words as (kind, year, which of them are the title)."""
        ends: list[tuple[int | None, int]] = [(None, len(syllables))]
        if len(syllables) > 1 and re.fullmatch(r"(?:19|20)\d\d", syllables[-1]):
            ends.append((int(syllables[-1]), len(syllables) - (2 if syllables[-2] in ("năm", "nam") else 1)))
        for year, end in ends:
            yield "", year, slice(0, end)
            for kind, lead in self._kinds:
                if lead and tuple(syllables[: len(lead)]) == lead and end > len(lead):
                    yield kind, year, slice(len(lead), end)

    def _shared(self, syllables: Sequence[str], accented: Sequence[bool]) -> npt.NDArray[np.int64]:
        """How many syllables each document's title shares from its start."""
        titles = self._segment.titles
        same = np.ones(len(titles), bool)
        shared = np.zeros(len(titles), np.int64)
        for at, forms in enumerate(self._forms.of_each(syllables, accented)[: titles.shape[1]]):
            same = same & (np.isin(titles[:, at], forms) if len(forms) != 1 else titles[:, at] == forms[0])
            if not same.any():
                break
            shared += same
        return shared

    def _fitting(self, kind: str, year: int | None) -> npt.NDArray[np.bool_]:
        fits = np.ones(len(self._segment.titles), bool)
        if kind:
            fits &= np.array([held == kind for held in self._segment.values("type")] or [False])[self._fact("type")]
        return fits if year is None else fits & (self._fact("year") == year)

    def _documents_first(self, documents: Documents) -> Tiers:
        inside = self._of_documents(documents)
        return np.maximum(self._at(inside, PART), self._at(inside & self._of_kind(HitKind.DOCUMENT), NAMED))

    def _of_documents(self, documents: Documents) -> npt.NDArray[np.bool_]:
        chosen = np.zeros(max(len(self._segment.titles), 1), bool)
        chosen[documents] = True
        return chosen[self._segment.column("document")]

    def _of_kind(self, kind: HitKind) -> npt.NDArray[np.bool_]:
        return np.isin(self._segment.column("kind"), self._codes_of("kind", (kind,)))

    def _codes_of(self, column: str, values: Iterable[str]) -> list[int]:
        wanted = set(values)
        return [code for code, value in enumerate(self._segment.values(column)) if value in wanted]

    def _at(self, units: npt.NDArray[np.bool_], tier: int) -> Tiers:
        return np.where(units, np.uint8(tier), np.uint8(0))

    def _fact(self, column: str) -> Array:
        """A column by document: what its first unit has."""
        return self._segment.column(column)[self._first_units]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self._segment.values("number")) if key}

    @cached_property
    def _first_units(self) -> npt.NDArray[np.int64]:
        first: npt.NDArray[np.int64] = np.unique(self._segment.column("document"), return_index=True)[1]
        return first

    @cached_property
    def _lengths(self) -> npt.NDArray[np.int64]:
        lengths: npt.NDArray[np.int64] = np.count_nonzero(self._segment.titles, axis=1)
        return lengths

    @cached_property
    def _with_title(self) -> npt.NDArray[np.bool_]:
        return np.isin(self._segment.column("kind"), self._codes_of("kind", (HitKind.DOCUMENT, HitKind.PROCEDURE)))

    @cached_property
    def _title_lengths(self) -> npt.NDArray[np.int64]:
        """How many syllables the heading of each unit has."""
        bounds = self._segment.zones.astype(np.int64)
        return bounds[1::2] - bounds[:-1:2] - 1

    @cached_property
    def _kinds(self) -> list[tuple[str, tuple[str, ...]]]:
        """The kinds of documents, with the syllables that name them, also without accents."""
        kinds = [(kind, tuple(syllables_of(kind))) for kind in self._segment.values("type") if kind]
        kinds.append(("", tuple(syllables_of("thủ tục"))))
        return kinds + [(kind, tuple(syllables_of(fold(kind)))) for kind, _ in kinds]


_SHORTEST_PART = 3
