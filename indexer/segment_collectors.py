"""What a segment's writer collects while records come in: values of columns, titles, words, byte strings."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.inversion import ZonedTerms
from indexer.vietnamese import SyllableVocabulary

Array = npt.NDArray[Any]


class Codes:
    """Values of a column as numbers in the order of first sight."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.codes = array("I")

    @property
    def values(self) -> list[str]:
        """The values by number."""
        return list(self._numbers)

    def add(self, value: str) -> int:
        """Take the value of the next unit; gives its number."""
        code = self._numbers.setdefault(value, len(self._numbers))
        self.codes.append(code)
        return code


class Titles:
    """The syllables of document titles by unit, each title encoded once however many units share it."""

    def __init__(self, syllables: SyllableVocabulary) -> None:
        self._syllables = syllables
        self._titles = Codes()
        self._encoded: list[array[int]] = []

    def add(self, title: str) -> None:
        """Take the title of the next unit's document."""
        if self._titles.add(title) == len(self._encoded):
            self._encoded.append(self._syllables.encode(title))

    def zoned(self, order: Array) -> ZonedTerms:
        """The syllables of all units joined; ``order`` renumbers them."""
        joined = array("I")
        for code in self._titles.codes:
            joined.extend(self._encoded[code])
        lengths = np.array([len(title) for title in self._encoded] or [0], np.int64)
        return ZonedTerms(order[frozen(joined)], lengths[np.array(self._titles.codes, np.int64)])


class WordZone:
    """The words of one zone of all units."""

    def __init__(self) -> None:
        self.words, self.lengths = array("I"), array("I")

    def add(self, words: list[int]) -> None:
        """Take the numbers of the next unit's words."""
        self.words.extend(words)
        self.lengths.append(len(words))

    @property
    def counts(self) -> npt.NDArray[np.int64]:
        """How many words each unit has."""
        return np.array(self.lengths, np.int64)


class Clauses:
    """The khoản and điểm of all units: where each starts and stops in the stream, and its path below the unit."""

    def __init__(self) -> None:
        self._bounds, self._firsts, self._stops = array("I", [0]), array("I"), array("I")
        self._paths = Codes()

    @property
    def paths(self) -> list[str]:
        """The paths by number."""
        return self._paths.values

    def add(self, clauses: Iterable[tuple[str, int, int]], characters: array[int], places: array[int]) -> None:
        """Take the next unit's, (path, start, stop) in characters.

        ``characters`` and ``places`` tell where the unit's lines start, in characters and in the stream, and last where
        its text ends.
        """
        for path, start, stop in clauses:
            first, end = (places[bisect_left(characters, place)] for place in (start, stop))
            if first < end:
                self._firsts.append(first)
                self._stops.append(end)
                self._paths.add(path)
        self._bounds.append(len(self._firsts))

    def arrays(self) -> Iterator[tuple[str, Array]]:
        """The arrays by name."""
        yield "clauses", frozen(self._bounds)
        yield "clause_firsts", frozen(self._firsts)
        yield "clause_stops", frozen(self._stops)
        yield "clause_paths", frozen(self._paths.codes)


class BlobWriter:
    """Appends byte strings to a flat array on disk."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._file = (folder / f"{name}.bytes").open("wb")
        self._starts = array("Q", [0])

    def add(self, content: bytes) -> None:
        """Append the next byte string."""
        self._file.write(content)
        self._starts.append(self._starts[-1] + len(content))

    def close(self) -> None:
        """Save where each byte string starts; nothing where that is done."""
        if not self._file.closed:
            self._file.close()
            np.save(
                self._folder / f"{self._name}.starts.npy", np.frombuffer(self._starts, np.uint64), allow_pickle=False
            )


def frozen(values: array[int]) -> npt.NDArray[np.uint32]:
    """The numbers as an array over the same memory."""
    return np.frombuffer(values, np.uint32) if values else np.empty(0, np.uint32)
