"""Suggestions as one types: titles, headings, numbers and names of which some words begin as typed, accents or none.

Every word of every entry is the start of a rotation: the rest of the entry from there on. The rotations are kept in sorted order,
so that what goes on as typed is one stretch of them, found by bisection. Entries are numbered by their weight, so that the best
of a stretch are its smallest numbers.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kb.errors import DamagedIndexError
from kb.text import canonical, fold

FILES = (
    "suggest-folded.npy",
    "suggest-shown.npy",
    "suggest-places.npy",
    "suggest-ranks.npy",
    "suggest-bounds.npy",
    "suggest-kinds.json",
)

_SORTED_BYTES = 64  # rotations are sorted by so many bytes; what goes on after is compared one by one
_ROTATIONS = 24  # words of an entry at which a rotation starts: later ones are hardly what one begins with
_CANDIDATES = 64  # as many of a kind are looked at, to prefer those with the accents typed
_WORD = re.compile(r"[^\W_]+(?:[./-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to suggest: ``weight`` orders what matches alike, the heavier first."""

    text: str
    kind: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be meant, and of which kind it is."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True, eq=False)
class Suggester:
    """The sorted rotations of n entries.

    ===========  ==========================================================================================
    ``folded``   bytes: the folded entries, a line break after each
    ``shown``    bytes: the entries as given, UTF-8, one after the other
    ``places``   uint32, a rotation: where it starts in ``folded``; in the order of what follows there
    ``ranks``    uint32, a rotation: number of its entry, plus n where it does not start at the entry's beginning
    ``bounds``   uint32, n + 1: where each entry's text starts in ``shown``
    ``kinds``    the entries' kinds: names, and the number of the name, uint8 an entry
    ===========  ==========================================================================================
    """

    folded: npt.NDArray[np.uint8]
    shown: npt.NDArray[np.uint8]
    places: npt.NDArray[np.uint32]
    ranks: npt.NDArray[np.uint32]
    bounds: npt.NDArray[np.uint32]
    kinds: tuple[str, ...]
    kind_of: bytes

    @classmethod
    def build(cls, entries: Iterable[Entry]) -> Suggester:
        """Sort the entries; of two with the same text and kind the heavier stays."""
        best: dict[tuple[str, str], Entry] = {}
        for entry in sorted(entries, key=lambda entry: (-entry.weight, len(entry.text), entry.text, entry.kind)):
            best.setdefault((entry.text, entry.kind), entry)
        return _built(list(best.values()))

    @classmethod
    def open(cls, folder: Path) -> Suggester:
        """Map what ``write`` left in a folder; raise ``DamagedIndexError`` if it is not all there."""
        try:
            folded, shown, places, ranks, bounds = (
                np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in FILES[:-1]
            )
            kinds = json.loads((folder / FILES[-1]).read_text("utf-8"))
            return cls(folded, shown, places, ranks, bounds, tuple(kinds["names"]), bytes.fromhex(kinds["of"]))
        except (OSError, EOFError, ValueError, KeyError) as error:
            raise DamagedIndexError(
                f"The suggestions in {folder} cannot be read: {error}.", "Rebuild the index."
            ) from error

    def write(self, folder: Path) -> None:
        """Leave the arrays in a folder, as FILES; without pickles."""
        arrays: tuple[npt.NDArray[np.generic], ...] = (self.folded, self.shown, self.places, self.ranks, self.bounds)
        for name, array in zip(FILES[:-1], arrays, strict=True):
            np.save(folder / name, array, allow_pickle=False)
        kinds = json.dumps({"names": self.kinds, "of": self.kind_of.hex()}, ensure_ascii=False)
        (folder / FILES[-1]).write_text(kinds, "utf-8")

    def __len__(self) -> int:
        return len(self.kind_of)

    def suggest(self, typed: str, limit: int = 8) -> list[Suggestion]:
        """At most ``limit`` entries that hold the words typed, the last of which may be only begun.

        First those that begin so, then those that hold the words side by side, then those that hold them anywhere.
        """
        words = _words(typed)
        if not words or not len(self):
            return []
        numbers = self._side_by_side(" ".join(words))
        if len(numbers) < limit and len(words) > 1:
            numbers = list(dict.fromkeys([*numbers, *self._scattered(words)]))
        return self._as_typed(typed, [self._suggestion(number) for number in numbers])[:limit]

    def _side_by_side(self, prefix: str) -> list[int]:
        """Numbers of the best entries of a stretch; an entry may stand there more than once."""
        ranks = self._begun(prefix.encode())
        if len(ranks) > _CANDIDATES:
            ranks = np.partition(ranks, _CANDIDATES)[:_CANDIDATES]
        return list(dict.fromkeys(int(rank) % len(self) for rank in np.sort(ranks)))

    def _scattered(self, words: list[str]) -> list[int]:
        """Numbers of the best entries that hold every word somewhere, the last one as it is begun."""
        held = self._marked(self._begun(words[-1].encode()))
        for word in words[:-1]:
            held &= self._marked(
                self._stretch(word.encode(), word.encode() + b"!")
            )  # the letters that go on follow "!"
        return [int(number) for number in np.flatnonzero(held)[:_CANDIDATES]]

    def _marked(self, ranks: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
        """For each entry, whether it is among the ranks."""
        marks = np.zeros(len(self), np.bool_)
        marks[ranks % np.uint32(len(self))] = True
        return marks

    def _as_typed(self, typed: str, found: list[Suggestion]) -> list[Suggestion]:
        """Those that hold the accents that were typed before those that do not."""
        wanted = canonical(typed).lower().split()
        if all(map(str.isascii, wanted)):
            return found
        return sorted(found, key=lambda one: not all(word in canonical(one.text).lower() for word in wanted))

    def _begun(self, prefix: bytes) -> npt.NDArray[np.uint32]:
        ranks = self._stretch(prefix[:_SORTED_BYTES], prefix[:_SORTED_BYTES] + b"\xff")
        if len(prefix) <= _SORTED_BYTES:
            return ranks
        low = self._position(prefix[:_SORTED_BYTES])
        places = self.places[low : low + len(ranks)]
        whole = [bytes(self.folded[place : place + len(prefix)]) == prefix for place in places]
        kept: npt.NDArray[np.uint32] = ranks[np.array(whole, np.bool_)]
        return kept

    def _stretch(self, low: bytes, high: bytes) -> npt.NDArray[np.uint32]:
        """Ranks of the rotations from ``low`` up to, not including, ``high``."""
        return self.ranks[self._position(low) : self._position(high)]

    def _position(self, key: bytes) -> int:
        return bisect_left(self.places, key, key=lambda place: bytes(self.folded[place : place + _SORTED_BYTES]))

    def _suggestion(self, number: int) -> Suggestion:
        text = bytes(self.shown[self.bounds[number] : self.bounds[number + 1]]).decode()
        return Suggestion(text, self.kinds[self.kind_of[number]])


def _words(text: str) -> list[str]:
    """Folded words; a document number is one, without the zeros before it."""
    return [word.lstrip("0") or "0" if "/" in word else word for word in _WORD.findall(fold(text))]


def _built(entries: list[Entry]) -> Suggester:
    words = [_words(entry.text) for entry in entries]
    folded = "".join(f"{' '.join(each)}\n" for each in words).encode()
    rotations = sorted(_rotations(words), key=lambda rotation: folded[rotation[0] : rotation[0] + _SORTED_BYTES])
    places, ranks = np.array(rotations, np.uint32).reshape(-1, 2).T.copy()
    names = list(dict.fromkeys(entry.kind for entry in entries))
    shown = [entry.text.encode() for entry in entries]
    return Suggester(
        folded=np.frombuffer(folded, np.uint8),
        shown=np.frombuffer(b"".join(shown), np.uint8),
        places=places,
        ranks=ranks,
        bounds=np.array([0, *accumulate(map(len, shown))], np.uint32),
        kinds=tuple(names),
        kind_of=bytes(names.index(entry.kind) for entry in entries),
    )


def _rotations(words: list[list[str]]) -> Iterator[tuple[int, int]]:
    """(place, rank) of each rotation, as Suggester describes them."""
    place = 0
    for number, each in enumerate(words):
        for at, word in enumerate(each):
            if at < _ROTATIONS:
                yield place, number if at == 0 else number + len(words)
            place += len(word.encode()) + 1
        place += not each  # an entry without words is a line break alone
