"""A segment: one immutable index of n units as plain arrays on disk, memory-mapped when read.

Everything is a ``.npy`` file without pickled objects, a flat file of UTF-8 or JSON. In the order of the data:

========================  ===========================================================================================
``segment.json``          what wrote it, the number of units, the values of the columns
``syllables.*``           the syllables in lexicographic order; number 0 is the empty one, the boundary of a zone
``stream``                the syllables of all units as numbers, in order: heading 0 body 0 heading 0 body 0 …
``zones``                 (2n + 1) where each heading and each body starts in ``stream``
``positions``             places in ``stream``, sorted by (syllable, next syllable, place)
``bigrams``               the pairs of neighbours that occur, each as ``first << 32 | second``, sorted
``bigram_places``         where each pair's places start in ``positions``
``{field}_postings.*``    for syllables, bigrams and words: which units hold a term, with its impact
``heading_postings.*``    which documents hold a syllable in a heading, and in how many of 255 of their headings
``words.*``               the pyvi words of two and more syllables
``column_*``              small numbers per unit: kind, type, issuer, year, status, field, document, …
``lines``, ``line_*``     where each line of a text starts, in characters and in ``stream``
``clauses``, ``clause_*`` where each khoản and điểm of a text starts and stops in ``stream``, and its path below the article
``texts.*``, ``cards.*``  the text of each unit and what a page shows of it
========================  ===========================================================================================
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kb.errors import DamagedIndexError

Numbers = npt.NDArray[np.uint32]
Array = npt.NDArray[Any]

TITLE_SYLLABLES = 24
"""How much of a document's title is kept for finding the document by it."""

FORMAT = 2
"""Raised by every change of the layout: a segment of another format is rebuilt, never guessed at."""

SECOND = np.uint64(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class Postings:
    """The units that hold a term, ascending, and its impact in each (1 to 255)."""

    units: Numbers
    impacts: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.units)


NOTHING = Postings(np.empty(0, np.uint32), np.empty(0, np.uint8))


class Segment:
    """A segment opened for reading; it stays as it is, so any number of threads may share it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.about = _read_about(folder)
        self.units: int = self.about["units"]
        self.syllables = Vocabulary(folder, "syllables")
        self.words = Vocabulary(folder, "words")
        self.stream: Numbers = load(folder, "stream")
        self.zones: Numbers = load(folder, "zones")
        self.bigrams: npt.NDArray[np.uint64] = load(folder, "bigrams")
        self.syllable_postings = PostingsFile(folder, "syllable")
        self.bigram_postings = PostingsFile(folder, "bigram")
        self.word_postings = PostingsFile(folder, "word")
        self.heading_postings = PostingsFile(folder, "heading")
        self._positions: Numbers = load(folder, "positions")
        self._places: Numbers = load(folder, "bigram_places")
        self.titles: Numbers = load(folder, "titles")
        self._columns = {name: load(folder, f"column_{name}") for name in self.about["columns"]}
        self._texts = Blob(folder, "texts")
        self._cards = Blob(folder, "cards")
        self._lines: Numbers = load(folder, "lines")
        self._line_characters: Numbers = load(folder, "line_characters")
        self._line_places: Numbers = load(folder, "line_places")
        self._clauses: tuple[Numbers, ...] = tuple(
            load(folder, name) for name in ("clauses", "clause_firsts", "clause_stops", "clause_paths")
        )

    def column(self, name: str) -> Array:
        """A small number per unit; ``values(name)`` says what it stands for, where it stands for something."""
        return self._columns[name]

    def values(self, name: str) -> list[str]:
        """The values of a column by number."""
        return list(self.about["values"].get(name, ()))

    def text(self, unit: int) -> str:
        """The text of a unit as the source has it."""
        return self._texts[unit].decode()

    def card(self, unit: int) -> Mapping[str, Any]:
        """What a page shows of a unit: citation, title, address and the facts of its document."""
        card: dict[str, Any] = json.loads(self._cards[unit])
        return card

    def lines(self, unit: int) -> tuple[Numbers, Numbers]:
        """Where the lines of a unit's text start: in characters of the text, and in ``stream``."""
        part = slice(int(self._lines[unit]), int(self._lines[unit + 1]))
        return self._line_characters[part], self._line_places[part]

    def lines_of(self, units: Array) -> tuple[Numbers, npt.NDArray[np.int64]]:
        """Where the lines of several units' texts start in ``stream``, joined, and how many each unit has."""
        starts, stops = self._lines[units], self._lines[units + 1]
        parts = [self._line_places[start:stop] for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)]
        return np.concatenate([self._line_places[:0], *parts]), (stops - starts).astype(np.int64)

    def clauses(self, unit: int) -> tuple[Numbers, Numbers, Numbers]:
        """The khoản and điểm of a unit: where each starts and stops in ``stream``, and the number of its path.

        In the order of the text, a khoản before its điểm; ``values("clause")`` has the paths.
        """
        bounds, *columns = self._clauses
        part = slice(int(bounds[unit]), int(bounds[unit + 1]))
        firsts, stops, paths = (column[part] for column in columns)
        return firsts, stops, paths

    def body(self, unit: int) -> tuple[int, int]:
        """Where the syllables of a unit's text start and end in ``stream``."""
        return int(self.zones[2 * unit + 1]), int(self.zones[2 * unit + 2]) - 1

    def heading(self, unit: int) -> Numbers:
        """The syllables of a unit's heading."""
        return self.stream[int(self.zones[2 * unit]) : int(self.zones[2 * unit + 1]) - 1]

    def pairs(self, firsts: Sequence[int] | Numbers, seconds: Sequence[int] | Numbers) -> Array:
        """The numbers of the bigrams that occur of any of ``firsts`` and any of ``seconds``."""
        keys = (np.asarray(firsts, np.uint64)[:, None] << np.uint64(32) | np.asarray(seconds, np.uint64)).ravel()
        if not keys.size or not self.bigrams.size:
            return np.empty(0, np.int64)
        found = np.minimum(np.searchsorted(self.bigrams, keys), len(self.bigrams) - 1)
        held: Array = found[self.bigrams[found] == keys]
        return held

    def pairs_of_each(self, neighbours: Sequence[tuple[Numbers, Numbers]]) -> list[Array]:
        """The same for each of several: one look into the bigrams serves all."""
        keys = [
            (firsts.astype(np.uint64)[:, None] << np.uint64(32) | seconds).ravel() for firsts, seconds in neighbours
        ]
        joined = np.concatenate([self.bigrams[:0], *keys])
        if not joined.size or not self.bigrams.size:
            return [np.empty(0, np.int64) for _ in keys]
        found = np.minimum(np.searchsorted(self.bigrams, joined), len(self.bigrams) - 1)
        found[self.bigrams[found] != joined] = -1
        ends = np.cumsum([len(each) for each in keys])
        parts = [found[end - len(each) : end] for end, each in zip(ends.tolist(), keys, strict=True)]
        return [part[part >= 0] for part in parts]

    def pair_places(self, pair: int) -> Numbers:
        """Where a bigram stands in ``stream``, ascending."""
        return self._positions[int(self._places[pair]) : int(self._places[pair + 1])]

    def pair_frequency(self, pair: int) -> int:
        """How often a bigram stands in ``stream``."""
        return int(self._places[pair + 1]) - int(self._places[pair])

    def places(self, syllable: int) -> Numbers:
        """Where a syllable stands in ``stream``, in no order."""
        keys = np.array([syllable, syllable + 1], np.uint64) << np.uint64(32)
        first, end = np.searchsorted(self.bigrams, keys)
        return self._positions[int(self._places[first]) : int(self._places[end])]

    def units_at(self, places: Array) -> Numbers:
        """The units in which places of ``stream`` lie."""
        return ((np.searchsorted(self.zones, places, side="right") - 1) // 2).astype(np.uint32)


class PostingsFile:
    """The postings of a field by term number."""

    def __init__(self, folder: Path, field: str) -> None:
        self._starts: npt.NDArray[np.uint64] = load(folder, f"{field}_postings.starts")
        self._units: Numbers = load(folder, f"{field}_postings.units")
        self._impacts: npt.NDArray[np.uint8] = load(folder, f"{field}_postings.impacts")

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, term: int) -> Postings:
        part = slice(int(self._starts[term]), int(self._starts[term + 1]))
        return Postings(self._units[part], self._impacts[part])

    def frequency(self, term: int) -> int:
        """In how many units the term stands."""
        return int(self._starts[term + 1] - self._starts[term])


class Vocabulary:
    """Terms by number, in lexicographic order, so that those with a common beginning stand together."""

    def __init__(self, folder: Path, name: str) -> None:
        whole = (folder / f"{name}.txt").read_text(encoding="utf-8")
        self.terms = whole.split("\n")[:-1]

    def __len__(self) -> int:
        return len(self.terms)

    def find(self, term: str) -> int | None:
        """The number of a term, None where the segment does not hold it."""
        return self._numbers.get(term)

    def beginning_with(self, start: str) -> range:
        """The numbers of the terms that begin so."""
        return range(bisect_left(self.terms, start), bisect_left(self.terms, start + "\U0010ffff"))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {term: number for number, term in enumerate(self.terms)}


class Blob:
    """Byte strings by number, in one file."""

    def __init__(self, folder: Path, name: str) -> None:
        self._starts: npt.NDArray[np.uint64] = load(folder, f"{name}.starts")
        self._bytes = _mapped_bytes(folder / f"{name}.bytes")

    def __getitem__(self, number: int) -> bytes:
        return self._bytes[int(self._starts[number]) : int(self._starts[number + 1])].tobytes()


def load(folder: Path, name: str) -> Array:
    """An array of a segment, memory-mapped; never a pickled object."""
    path = folder / f"{name}.npy"
    try:
        mapped: Array = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise _damaged(path, error) from error
    return mapped.view(np.ndarray)  # the plain view is several times faster to slice


def _mapped_bytes(path: Path) -> npt.NDArray[np.uint8]:
    try:
        if not path.stat().st_size:
            return np.empty(0, np.uint8)
        return np.memmap(path, np.uint8, mode="r").view(np.ndarray)
    except OSError as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, problem: object) -> DamagedIndexError:
    return DamagedIndexError(f"{path} cannot be read: {problem}.", "Rebuild the index: dean06 index --rebuild")


def _read_about(folder: Path) -> dict[str, Any]:
    path = folder / "segment.json"
    try:
        about: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _damaged(path, error) from error
    if about.get("format") != FORMAT:
        raise _damaged(path, f"it has format {about.get('format')}, this program reads {FORMAT}")
    return about
