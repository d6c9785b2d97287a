"""From a typed syllable to the syllables of a segment that it matches: itself, its accented forms, those it begins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from indexer.segment import Segment
from indexer.vietnamese import folded_form

Forms = npt.NDArray[np.uint32]
"""Numbers of syllables, ascending; any of them matches."""


class FormFinder:
    """Finds the forms of syllables in one segment."""

    def __init__(self, segment: Segment) -> None:
        self._syllables = segment.syllables

    def of_each(self, syllables: Sequence[str], accented: Sequence[bool]) -> list[Forms]:
        """The forms of each syllable; a missing flag means "as typed"."""
        flags = [*accented, *[True] * (len(syllables) - len(accented))]
        return [self.of(syllable, as_typed=flag) for syllable, flag in zip(syllables, flags, strict=True)]

    def of(self, syllable: str, *, as_typed: bool) -> Forms:
        """Its own number, or those of all syllables that differ from it in accents only."""
        if not as_typed:
            return np.array(self._by_folded.get(folded_form(syllable), ()), np.uint32)
        number = self._syllables.find(syllable)
        return np.array([] if number is None else [number], np.uint32)

    def begun(self, start: str, *, as_typed: bool) -> Forms:
        """The syllables that begin so."""
        if as_typed:
            return np.array(self._syllables.beginning_with(start), np.uint32)
        folded = folded_form(start)
        found = [number for form, numbers in self._by_folded.items() if form.startswith(folded) for number in numbers]
        return np.array(sorted(found), np.uint32)

    @cached_property
    def _by_folded(self) -> dict[str, list[int]]:
        groups: dict[str, list[int]] = defaultdict(list)
        for number, syllable in enumerate(self._syllables.terms):
            if syllable:
                groups[folded_form(syllable)].append(number)
        return dict(groups)
