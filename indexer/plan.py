"""The plan of a query: what it was understood to ask, as a small tree that the engine runs and a person can read."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words, in order: ranked, a hit need not hold all of them. ``syllables`` are canonical and lower-case.

    ``accented`` tells, a syllable, whether accents were typed: a syllable without any matches its accented forms too.
    """

    syllables: tuple[str, ...]
    accented: tuple[bool, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Syllables that must stand next to each other; ``slop`` > 0 allows that many syllables in between (``"…"~5``)."""

    syllables: tuple[str, ...]
    accented: tuple[bool, ...]
    text: str
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words of which the last syllable is only begun: ``định dan*``."""

    syllables: tuple[str, ...]
    accented: tuple[bool, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """A document number, by its lookup key (see kb.numbers.number_key)."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class ProvisionOf:
    """A provision by its path, of a document named by number key or by the canonical syllables of its title."""

    path: str
    number_key: str
    title: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A field that must hold one of the values, or lie between two years; ``name`` is one of FILTERS."""

    name: str
    values: tuple[str, ...]
    text: str
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class And:
    """All of them."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of them."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """None of it."""

    part: Node


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document: a query that only filters, or an empty one."""


Node = Words | Phrase | Prefix | Number | ProvisionOf | Filter | And | Or | Not | Everything

FILTERS = ("kind", "type", "issuer", "year", "status", "field")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was understood, for people: ``kind`` is ``number``, ``provision``, ``phrase``, ``abbreviation``, ``filter``,
    ``repair``, ``accents`` …; ``text`` the piece of the query; ``meaning`` a short Vietnamese sentence."""

    kind: str
    text: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The understood query: the tree, and the steps that led to it."""

    query: str
    root: Node
    steps: tuple[Step, ...] = field(default=())
