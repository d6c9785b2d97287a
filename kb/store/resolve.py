"""Which stored documents a reference names: none, one or several; nothing is guessed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, bindparam, select

from kb.model import DocumentReference, Identity, PartialDate
from kb.store.codec import partial
from kb.store.identity import (
    CONSTITUTION,
    agree,
    cited_identity,
    equal,
    is_settled,
    lookup_key,
    may_be_called,
    title_key,
)
from kb.store.tables import document, source_id

_COLUMNS = (
    document.c.id,
    document.c.slug,
    document.c.type,
    document.c.number,
    document.c.issuer,
    document.c.issued,
    document.c.title_key,
    document.c.cited_only,
)

_BY_NUMBER = select(*_COLUMNS).where(document.c.number_key == bindparam("key")).order_by(document.c.id)
_BY_TITLE = select(*_COLUMNS).where(document.c.title_key == bindparam("key")).order_by(document.c.id)
_BY_SOURCE_ID = (
    select(*_COLUMNS)
    .join(source_id, source_id.c.document_id == document.c.id)
    .where(source_id.c.source == bindparam("source"), source_id.c.source_id == bindparam("number"))
)
_IDS_OF = select(source_id.c.source_id).where(
    source_id.c.document_id == bindparam("document"), source_id.c.source == bindparam("source")
)


@dataclass(slots=True)
class Candidate:
    """A stored document as far as it is needed to tell whether a description is of it."""

    id: int
    slug: str
    identity: Identity
    title_key: str
    cited_only: bool


class Candidates:
    """The stored documents by number, title and source id, each looked up once and then remembered.

    One that writes adds what it makes (``add``, ``name``), so that it finds that too.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._by_id: dict[int, Candidate] = {}
        self._by_number: dict[str, list[Candidate]] = {}
        self._by_title: dict[str, list[Candidate]] = {}
        self._by_source_id: dict[tuple[str, str], Candidate | None] = {}
        self._ids_of: dict[tuple[int, str], set[str]] = {}

    def resolve(self, reference: DocumentReference) -> list[Candidate]:
        """All documents a reference may name: by source id, else by number, else by title and year."""
        identity = cited_identity(reference.identity)
        title = title_key(reference.title, identity.type)
        named = self.named(reference.source_id, identity)
        if named:
            return [named]
        if not identity.number:
            return self._called(identity, title)
        found = self.agreeing(identity, title, reference.source_id)
        exact = [candidate for candidate in found if equal(candidate.identity, identity)]
        return exact or found

    def _called(self, identity: Identity, title: str) -> list[Candidate]:
        """The documents, numbered or not, that a text may call by this title."""
        known = self.by_title(title) if title else []
        if identity.type == CONSTITUTION:
            known = [candidate for candidate in self.by_number("") if candidate.identity.type == CONSTITUTION]
        return [candidate for candidate in known if may_be_called(candidate.identity, identity)]

    def named(self, own_id: tuple[str, str] | None, identity: Identity) -> Candidate | None:
        """The document under an id of a source, unless that one bears another number or type: then the id is wrong."""
        found = self.by_source_id(own_id) if own_id else None
        return found if found and not contradicts(found.identity, identity) else None

    def agreeing(self, identity: Identity, title: str, own_id: tuple[str, str] | None = None) -> list[Candidate]:
        """All documents whose identity agrees.

        A number that is not settled (no year, or given out locally) does not join two ids of one source: they are two.
        """
        key = lookup_key(identity.number)
        known = self.by_number(key)
        found = [candidate for candidate in known if agree(candidate.identity, identity, candidate.title_key, title)]
        if own_id and not is_settled(key):
            found = [candidate for candidate in found if self.ids_of(candidate.id, own_id[0]) <= {own_id[1]}]
        return found

    def by_number(self, key: str) -> list[Candidate]:
        """All documents with a lookup key ('' for those without number), in the order they came."""
        if key not in self._by_number:
            rows = self._connection.execute(_BY_NUMBER, {"key": key}).mappings()
            self._by_number[key] = [self._remember(row) for row in rows]
        return self._by_number[key]

    def by_title(self, title: str) -> list[Candidate]:
        """All documents with a title key, in the order they came."""
        if title not in self._by_title:
            rows = self._connection.execute(_BY_TITLE, {"key": title}).mappings()
            self._by_title[title] = [self._remember(row) for row in rows]
        return self._by_title[title]

    def by_source_id(self, own_id: tuple[str, str]) -> Candidate | None:
        """The document that bears an id of a source."""
        if own_id not in self._by_source_id:
            key = {"source": own_id[0], "number": own_id[1]}
            row = self._connection.execute(_BY_SOURCE_ID, key).mappings().first()
            self._by_source_id[own_id] = self._remember(row) if row else None
        return self._by_source_id[own_id]

    def ids_of(self, document_id: int, source: str) -> set[str]:
        """The ids a document bears in one source."""
        key = (document_id, source)
        if key not in self._ids_of:
            rows = self._connection.execute(_IDS_OF, {"document": document_id, "source": source})
            self._ids_of[key] = set(rows.scalars())
        return self._ids_of[key]

    def add(self, candidate: Candidate) -> None:
        """Take in a document that was just made."""
        self._by_id[candidate.id] = candidate
        self.by_number(lookup_key(candidate.identity.number)).append(candidate)
        if candidate.title_key:
            self.by_title(candidate.title_key).append(candidate)

    def name(self, candidate: Candidate, own_id: tuple[str, str]) -> None:
        """Take in an id that a source gives a document."""
        self.ids_of(candidate.id, own_id[0]).add(own_id[1])
        self._by_source_id[own_id] = candidate

    def fill(self, candidate: Candidate, identity: Identity, title: str) -> None:
        """Complete what is not known of a document with what another description of it states."""
        mine = candidate.identity
        candidate.identity = Identity(
            mine.type or identity.type,
            mine.number or identity.number,
            mine.issuer or identity.issuer,
            _finer(mine.issued, identity.issued),
        )
        if identity.number and not mine.number:
            self.by_number(lookup_key(identity.number)).append(candidate)
        if title and not candidate.title_key:
            candidate.title_key = title
            self.by_title(title).append(candidate)

    def _remember(self, row: RowMapping) -> Candidate:
        """One candidate a document, however it was found, so that what is filled in is seen everywhere."""
        number: int = row["id"]
        if number not in self._by_id:
            identity = Identity(row["type"], row["number"], row["issuer"], partial(row["issued"]))
            self._by_id[number] = Candidate(number, row["slug"], identity, row["title_key"], row["cited_only"])
        return self._by_id[number]


def contradicts(one: Identity, other: Identity) -> bool:
    """Whether two descriptions under one id of a source cannot be of one document: another number, or another type."""
    numbers = bool(one.number and other.number) and lookup_key(one.number) != lookup_key(other.number)
    bare = Identity(one.type, ""), Identity(other.type, "")
    types = bool(one.type and other.type) and not agree(*bare, "-", "-")
    return numbers or types


def _finer(mine: PartialDate | None, theirs: PartialDate | None) -> PartialDate | None:
    """The date that states more, the first if both state as much."""
    if mine is None or theirs is None:
        return mine or theirs
    return theirs if mine.agrees_with(theirs) and len(str(theirs)) > len(str(mine)) else mine
