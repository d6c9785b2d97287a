"""Where something stands in a document: the provision at an offset, its address and the words for it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.parse.structure import Structure
from kb.model import Provision, ProvisionKind


@dataclass(frozen=True, slots=True)
class Spot:
    """A provision with those it stands in, the outermost first, and where its own text begins in the document's."""

    trail: tuple[Provision, ...]
    start: int

    @property
    def provision(self) -> Provision:
        """The provision itself."""
        return self.trail[-1]

    @property
    def annex(self) -> Provision | None:
        """The annex it stands in."""
        return next((node for node in self.trail if node.kind is ProvisionKind.ANNEX), None)

    @property
    def words(self) -> str:
        """The place in words, from the whole to the part: "Phụ lục I, mục II, điểm a"."""
        return ", ".join(filter(None, map(_words, self.trail)))


class Spots:
    """All provisions of a structure in the order of its text."""

    def __init__(self, structure: Structure) -> None:
        self.all = tuple(_spots(structure))
        self._starts = [spot.start for spot in self.all]

    def at(self, offset: int) -> Spot | None:
        """The provision whose own text holds ``offset``; None in an empty structure."""
        index = bisect_right(self._starts, offset) - 1
        return self.all[index] if index >= 0 else None


def _spots(structure: Structure) -> Iterator[Spot]:
    start = 0
    stack: list[tuple[Provision, ...]] = [(root,) for root in reversed(structure.roots)]
    while stack:
        trail = stack.pop()
        yield Spot(trail, start)
        start += len(trail[-1].text)
        stack.extend((*trail, child) for child in reversed(trail[-1].children))


def _words(node: Provision) -> str:
    if node.kind in {ProvisionKind.PREAMBLE, ProvisionKind.SIGNATURE}:
        return ""
    if node.kind is ProvisionKind.ANNEX:
        return f"Phụ lục {node.label}".strip()
    if node.kind is ProvisionKind.ARTICLE:
        return f"Điều {node.label}"
    if node.kind is ProvisionKind.ITEM and len(node.label) == 1 and node.label.islower():
        return f"điểm {node.label}"
    return f"{node.kind.label} {node.label}".strip()
