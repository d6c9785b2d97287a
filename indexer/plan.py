"""The plan of a query: what it was understood to ask, as a small tree that the engine runs and a person can read."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.numbers import PartialNumber


@dataclass(frozen=True, slots=True)
class Alternative:
    """What an abbreviation among words stands for: ``syllables`` count as much as the ``count`` typed ones from ``at`` on."""

    at: int
    syllables: tuple[str, ...]
    count: int = 1


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words, in order: ranked, a hit need not hold all of them, unless ``required``.

    ``syllables`` are those of the index (indexer.vietnamese.syllables_of). ``accented`` tells, a syllable, whether it was
    typed with its accents: one that was not matches every accented form alike. A syllable that is accented without
    bearing any mark ("an", "ban") stands as typed; its other accented forms may count, in a lower tier. ``alternatives``
    are what the abbreviations among them stand for. ``required`` is set beside AND and OR: a hit holds every syllable, or
    an alternative of it.
    """

    syllables: tuple[str, ...]
    accented: tuple[bool, ...]
    text: str
    alternatives: tuple[Alternative, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Syllables that must stand next to each other; ``slop`` > 0 allows that many others between each two (``"…"~5``).

    With slop the syllables still come in this order. An accented syllable matches as typed only.
    """

    syllables: tuple[str, ...]
    accented: tuple[bool, ...]
    text: str
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Syllables next to each other, of which the last is only begun: ``định dan*``, ``"thẻ căn cước công d*"``.

    Unquoted, the star takes one syllable before it along, because the index holds pairs of syllables.
    """

    syllables: tuple[str, ...]
    accented: tuple[bool, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """A document number: by its lookup key (see kb.numbers.number_key), and as what was typed of it.

    It matches what belongs to the documents of that number: themselves first, then their articles, then texts that cite
    it. ``key`` is "" where too little was typed to be a whole number. Look the key up; where it is empty or not held, the
    documents whose number ``partial.matches`` are the choice to offer (its ``type`` narrows by the document's own type too).
    ``issued`` is the year of issue typed beside a whole number ("06/QĐ-TTg năm 2022"): it tells documents of one number apart.
    """

    key: str
    text: str
    partial: PartialNumber | None = None
    issued: int | None = None


@dataclass(frozen=True, slots=True)
class ProcedureCode:
    """An administrative procedure by its code (``1.004222``), or by the start of one where ``partial``."""

    code: str
    text: str
    partial: bool = False


@dataclass(frozen=True, slots=True)
class ProvisionOf:
    """A provision by its path, of a document named by number key or by the canonical syllables of its title.

    ``path`` is the address form (``dieu-10.khoan-2``). The document is named by its number (``number_key`` and
    ``partial`` as in Number) or by its ``title``: as typed, without type and year, maybe with words after it, so that the
    document is the one whose title shares its longest start. ``accented`` belongs to ``title``; ``type`` is the Vietnamese
    name ("Luật"), ``year`` that of issue; "" and None where not typed.
    """

    path: str
    number_key: str
    title: tuple[str, ...]
    text: str
    accented: tuple[bool, ...] = ()
    partial: PartialNumber | None = None
    type: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """A field that must hold one of the values, or lie between two years; ``name`` is one of FILTERS.

    ``values`` of ``kind`` and ``status`` are those of HitKind and Status, of ``type`` the Vietnamese name; ``issuer`` and
    ``field`` are as typed, abbreviations written out: compare them folded, as whole words within the field. ``year`` has
    ``first`` and ``last`` (None: open) and no values, or single years as values.
    """

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
    """Any of them; what matches several ranks higher.

    Running words with a number in them are Or(Words, Number): the number adds to the score and shuts nothing out.
    """

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """None of it; it stands within And, beside something to take it from."""

    part: Node


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document: a query that only filters, or an empty one."""


Node = Words | Phrase | Prefix | Number | ProcedureCode | ProvisionOf | Filter | And | Or | Not | Everything

FILTERS = ("kind", "type", "issuer", "year", "status", "field")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was understood, for people.

    ``kind`` is ``number``, ``provision``, ``phrase``, ``abbreviation``, ``filter``, ``repair``, ``accents`` …; ``text`` the
    piece of the query; ``meaning`` a short Vietnamese sentence.
    """

    kind: str
    text: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The understood query: the tree, and the steps that led to it.

    ``title`` is all of the query as plain words, where it may be the title of something: titles hold numbers and quoted words
    too. None where the query has operators, filters or stars, or is nothing but a reference.
    """

    query: str
    root: Node
    steps: tuple[Step, ...] = field(default=())
    title: Words | None = None
