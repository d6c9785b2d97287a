"""The procedure ledger: each procedure once, whatever sources tell of it, how complete it is and how it changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from kb.addresses import procedure_address
from kb.collation import sort_key
from kb.errors import NotFoundError
from kb.ledger.procedures.completeness import PARTS, Part, PartState, state_of
from kb.ledger.procedures.history import PartChange, changes_of
from kb.model import DocumentReference, Identity, LegalBasis, Procedure, ProcedureParts, Provenance
from kb.numbers import type_of_number
from kb.store import Store
from kb.text import fold


@dataclass(frozen=True, slots=True)
class ProcedureEntry:
    """A procedure as the ledger shows it.

    ``told`` are all sources' own records, the one with the parts first. ``ministry`` is the agency that issued it, empty
    where no source says. ``legal_bases`` are those of the parts, else the numbers that a list names. ``provenance`` is where
    what is shown was seen.
    """

    code: str
    name: str
    other_names: tuple[str, ...]
    ministry: str
    executing: str
    fields: tuple[str, ...]
    parts: ProcedureParts | None
    legal_bases: tuple[LegalBasis, ...]
    provenance: Provenance
    told: tuple[Procedure, ...]

    @property
    def url(self) -> str:
        """Its address."""
        return procedure_address(self.code)

    @property
    def completeness(self) -> tuple[tuple[Part, PartState], ...]:
        """Each part that the decree asks for, with whether it is given."""
        return tuple((part, state_of(part, self.parts)) for part in PARTS)

    @property
    def missing(self) -> tuple[Part, ...]:
        """The parts that every procedure must have and this one's source does not give."""
        return tuple(part for part, state in self.completeness if state is PartState.MISSING)


class Procedures:
    """The procedures of a store; reads it once."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> tuple[ProcedureEntry, ...]:
        """All procedures, by ministry and name in Vietnamese order."""
        return tuple(
            sorted(self._entries.values(), key=lambda one: (sort_key(one.ministry), sort_key(one.name), one.code))
        )

    def one(self, code: str) -> ProcedureEntry:
        """The procedure of a code; raises ``NotFoundError``."""
        if code not in self._entries:
            raise NotFoundError(f"No procedure is held under {code!r}.", "Search for a word of its name.")
        return self._entries[code]

    def history(self, code: str) -> tuple[PartChange, ...]:
        """What each source changed of a procedure since it first told of it, the newest first; raises ``NotFoundError``."""
        return changes_of(self._store, code)

    @cached_property
    def _entries(self) -> dict[str, ProcedureEntry]:
        return {code: merged(told) for code, told in self._store.procedures_of_all_sources().items()}


def merged(told: tuple[Procedure, ...]) -> ProcedureEntry:
    """One entry of what several sources tell: the most trusted first, one with parts before all."""
    first, listed = told[0], [one for one in told if one.parts is None]
    name = (listed or [first])[0].name
    names = [other for one in told for other in (one.name, *one.other_names)]
    return ProcedureEntry(
        code=first.code,
        name=name,
        other_names=_others(name, names),
        ministry=_first(told, lambda one: one.issuer),
        executing=_first((first, *listed), lambda one: one.executing),
        fields=tuple(dict.fromkeys(part for one in told for part in one.field.split("; ") if part)),
        parts=next((one.parts for one in told if one.parts is not None), None),
        legal_bases=_bases(told),
        provenance=first.provenance,
        told=told,
    )


def _first(told: Iterable[Procedure], said: Callable[[Procedure], str]) -> str:
    return next(filter(None, map(said, told)), "")


def _others(name: str, names: Iterable[str]) -> tuple[str, ...]:
    by_key = {_plain(other): other for other in reversed(list(names))}
    by_key.pop(_plain(name), None)
    return tuple(reversed(by_key.values()))


def _bases(told: tuple[Procedure, ...]) -> tuple[LegalBasis, ...]:
    """The legal bases of the parts, and those that a list names and the parts do not."""
    bases = [basis for one in told if one.parts for basis in one.parts.legal_bases]
    if not bases:
        numbers = dict.fromkeys(number for one in told for number in one.legal_bases)
        bases = [LegalBasis("", number, _reference(number)) for number in numbers]
    return tuple(dict.fromkeys(bases))


def _reference(number: str) -> DocumentReference:
    return DocumentReference(Identity(type_of_number(number), number), wording=number)


def _plain(name: str) -> str:
    return fold(" ".join(name.split())).strip(" .")
