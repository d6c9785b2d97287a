"""Which stored edition a given one continues, and what is held of it."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from sqlalchemy import Row as StoredRow
from sqlalchemy import bindparam, select

from kb.model import Edition, EditionKind
from kb.store.rows import Rows
from kb.store.tables import edition, provenance, provision

_EDITIONS_OF = (
    select(edition, provenance.c.address, provenance.c.sha256)
    .join(provenance, provenance.c.id == edition.c.provenance_id)
    .where(edition.c.document_id == bindparam("document"), edition.c.kind == bindparam("kind"))
    .order_by(edition.c.id)
)
_UNITS_OF = select(provision.c.path, provision.c.id, provision.c.digest, provision.c.ordering).where(
    provision.c.edition_id == bindparam("edition"), provision.c.until_import.is_(None)
)


@dataclass(frozen=True, slots=True)
class HeldUnit:
    """A stored unit: its row, what it says, and where it stands."""

    id: int
    digest: int
    ordering: str


@dataclass(slots=True)
class OpenEdition:
    """An edition that this import gives: the units stored of it by path, and which paths came already with which text."""

    id: int
    document_id: int
    kind: EditionKind
    held: dict[str, HeldUnit]
    came: dict[str, int] = field(default_factory=dict)


class OpenEditions:
    """The editions of this import. ``fresh`` are the documents made in it, of which nothing is stored."""

    def __init__(self, rows: Rows, fresh: AbstractSet[int]) -> None:
        self._rows = rows
        self._fresh = fresh
        self._open: dict[tuple[int, EditionKind, str], OpenEdition] = {}
        self._given: set[int] = set()

    def __call__(self, document_id: int, given: Edition) -> OpenEdition:
        """The edition that a given one is, or is a part of."""
        key = (document_id, given.kind, "" if given.kind is EditionKind.CODIFIED else given.provenance.address)
        if key not in self._open:
            self._open[key] = self._find_or_make(document_id, given)
            self._given.add(document_id)
        return self._open[key]

    def all(self) -> list[OpenEdition]:
        """All editions given so far."""
        return list(self._open.values())

    def _find_or_make(self, document_id: int, given: Edition) -> OpenEdition:
        stored = self._stored(document_id, given.kind)
        for row in stored:
            if row.source == self._rows.source and _is_continued(row, given):
                self._renew(row, given)
                return OpenEdition(row.id, document_id, given.kind, self._units(row.id))
        name = f"{given.kind.value}-{len(stored) + 1}" if stored else given.kind.value
        return OpenEdition(self._make(document_id, name, given), document_id, given.kind, {})

    def _stored(self, document_id: int, kind: EditionKind) -> list[StoredRow[tuple[object, ...]]]:
        if document_id in self._given:  # another edition of it may still be buffered
            self._rows.flush()
        elif document_id in self._fresh:
            return []
        return list(self._rows.connection.execute(_EDITIONS_OF, {"document": document_id, "kind": kind.value}))

    def _units(self, edition_id: int) -> dict[str, HeldUnit]:
        rows = self._rows.connection.execute(_UNITS_OF, {"edition": edition_id})
        return {path: HeldUnit(number, digest, ordering) for path, number, digest, ordering in rows}

    def _renew(self, row: StoredRow[tuple[object, ...]], given: Edition) -> None:
        """Show the newest place of a stored edition; a copy of the same file is no newer one."""
        is_copy = given.provenance.sha256 is not None and given.provenance.sha256 == row.sha256
        place = row.provenance_id if is_copy else self._rows.place(given.provenance)
        if (place, given.complete) != (row.provenance_id, row.complete):
            self._rows.flush()
            self._rows.change(edition, [{"b_id": row.id, "provenance_id": place, "complete": given.complete}])

    def _make(self, document_id: int, name: str, given: Edition) -> int:
        number = self._rows.new_id(edition)
        self._rows.add(
            edition,
            {
                "id": number,
                "document_id": document_id,
                "name": name,
                "kind": given.kind.value,
                "source": self._rows.source,
                "provenance_id": self._rows.place(given.provenance),
                "complete": given.complete,
                "since_import": self._rows.run,
            },
        )
        return number


def _is_continued(row: StoredRow[tuple[object, ...]], given: Edition) -> bool:
    """Whether a stored edition of the same kind and source is the given one: codified always, else if from one file."""
    seen = given.provenance
    same_content = seen.sha256 is not None and row.sha256 == seen.sha256
    return given.kind is EditionKind.CODIFIED or row.address == seen.address or same_content
