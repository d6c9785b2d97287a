"""Nothing found, and why: how often each part is found by itself, what looser queries find, and what is not held at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.plan import And, Everything, Filter, Node, Not, Or, Phrase, Plan, Prefix, Words
from indexer.query import format_query
from kb.text import canonical, fold

MOST_TERMS = 12
"""So many parts of a query are counted by themselves."""
MOST_LOOSER = 6
"""So many looser queries are offered."""


@dataclass(frozen=True, slots=True)
class TermCount:
    """A part of the query, and how many units hold it."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Looser:
    """Another query that finds something: what it gives up in a Vietnamese phrase, and how many it finds.

    ``filtered`` is false where the filters chosen beside the query are given up.
    """

    query: str
    gives_up: str
    count: int
    filtered: bool = True


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why nothing was found. ``day`` is that of the collection searched, ISO, "" where not known."""

    terms: tuple[TermCount, ...]
    looser: tuple[Looser, ...]
    day: str = ""


def nothing_found(
    plan: Plan,
    *,
    own: Callable[[Node], int],
    total: Callable[[str, bool], int],
    meant: Iterable[str],
    filtered: bool,
) -> Nothing:
    """Explain an empty result.

    ``own`` counts what a part matches by itself, ``total`` what a query finds, with or without the filters chosen beside it;
    ``meant`` are queries that may have been meant; ``filtered`` tells whether there are such filters.
    """
    terms = tuple(TermCount(text, own(node)) for text, node in _terms(plan.root))[:MOST_TERMS]
    absent = {term.text for term in terms if not term.count}
    looser: dict[tuple[str, bool], Looser] = {}
    for query, gives_up, keeps in _looser(plan, absent, tuple(meant), filtered=filtered):
        if len(looser) == MOST_LOOSER:
            break
        if query.strip() and (query, keeps) not in looser and (count := total(query, keeps)):
            looser[query, keeps] = Looser(query, gives_up, count, keeps)
    return Nothing(terms, tuple(looser.values()))


def _terms(node: Node) -> Iterator[tuple[str, Node]]:
    """The parts that can be counted by themselves; words one by one, with what an abbreviation among them stands for."""
    match node:
        case And() | Or():
            for part in node.parts:
                yield from _terms(part)
        case Not():
            return
        case Words():
            flags = [*node.accented, *[True] * len(node.syllables)]
            for syllable, flag in dict(zip(node.syllables, flags, strict=False)).items():
                yield syllable, Words((syllable,), (flag,), syllable)
            for other in node.alternatives:
                text = " ".join(other.syllables)
                yield text, Phrase(other.syllables, (), text)
        case Everything():
            return
        case _:
            yield format_query(node), node


def _looser(plan: Plan, absent: set[str], meant: tuple[str, ...], *, filtered: bool) -> Iterator[tuple[str, str, bool]]:
    """(query, what it gives up, whether it keeps the filters chosen beside it), those that give up least first."""
    for query in meant:
        yield query, "chữ đã gõ", True
    parts = plan.root.parts if isinstance(plan.root, And) else (plan.root,)
    for part in parts:
        if isinstance(part, Filter | Not) and len(parts) > 1:
            yield _without(parts, [part]), _given_up(part), True
    if filtered:
        yield plan.query, "mọi điều kiện lọc đã chọn", False
    filters = [part for part in parts if isinstance(part, Filter)]
    if len(filters) > 1 and len(filters) < len(parts):
        yield _without(parts, filters), "mọi bộ lọc", True
    loose = tuple(map(_loosened, parts))
    if loose != parts:
        yield _said(loose), "yêu cầu liền nhau, đủ từ", True
    accented = format_query(plan.root)
    unaccented = " ".join(word if word in _OPERATORS else fold(word) for word in accented.split(" "))
    if unaccented != canonical(accented).lower():
        yield unaccented, "dấu", True
    yield from _dropped(loose, absent)


_OPERATORS = ("AND", "OR", "NOT")


def _dropped(parts: tuple[Node, ...], absent: set[str]) -> Iterator[tuple[str, str, bool]]:
    """One part less; of a single run of words the words that nothing holds."""
    for part in parts:
        if isinstance(part, Words) and absent & set(part.syllables):
            kept = " ".join(word for word in part.text.split() if canonical(word).lower() not in absent)
            others = tuple(
                Words((), (), kept) if other is part else other for other in parts if other is not part or kept
            )
            gone = "”, “".join(syllable for syllable in part.syllables if syllable in absent)
            yield _said(others), f"“{gone}”", True
    for part in parts:
        if len(parts) > 1 and not isinstance(part, Filter | Not):
            yield _without(parts, [part]), _given_up(part), True


def _without(parts: tuple[Node, ...], gone: Sequence[Node]) -> str:
    return _said(tuple(part for part in parts if part not in gone))


def _said(parts: tuple[Node, ...]) -> str:
    return " ".join(filter(None, map(format_query, parts)))


def _given_up(part: Node) -> str:
    return f"phần loại trừ {format_query(part)}" if isinstance(part, Not) else f"“{format_query(part)}”"


def _loosened(part: Node) -> Node:
    """Words that need not stand side by side, nor all be there."""
    match part:
        case Phrase() | Prefix():
            return Words(part.syllables, part.accented, part.text)
        case Words() if part.required:
            return replace(part, required=False)
        case _:
            return part
