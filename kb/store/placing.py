"""Where a description of a document belongs: in a stored one, in a new one, or undecided."""

from __future__ import annotations

from sqlalchemy import bindparam, select, union_all

from kb.errors import Dean06Error
from kb.model import Identity, ObservedDocument
from kb.store.facts import first_columns
from kb.store.identity import equal, is_complete, title_key
from kb.store.resolve import Candidate, Candidates
from kb.store.rows import Rows
from kb.store.slugs import slug_choices
from kb.store.tables import document, document_fact, slug_alias, source_id

_HOLDER = union_all(
    select(document.c.id).where(document.c.slug == bindparam("slug")),
    select(slug_alias.c.document_id).where(slug_alias.c.slug == bindparam("slug")),
)


class AmbiguousDocumentError(Dean06Error):
    """A description fits several stored documents and does not say which: ``candidates`` are their slugs."""

    def __init__(self, what: str, candidates: tuple[str, ...]) -> None:
        super().__init__(f"{what} fits several documents: {', '.join(candidates)}.", "State issuer and date of issue.")
        self.candidates = candidates


class NamelessDocumentError(Dean06Error):
    """A description has neither number nor title nor an id of its source."""


class Placer:
    """Finds or makes the document that a description is of.

    ``fresh`` are the ids of documents made here; ``misnamed`` the ids of sources that already name another document than
    the one described: (slug of that one, slug of the one described).
    """

    def __init__(self, rows: Rows, candidates: Candidates) -> None:
        self._rows = rows
        self._candidates = candidates
        self._slugs: set[str] = set()
        self.fresh: set[int] = set()
        self.misnamed: dict[tuple[str, str], tuple[str, str]] = {}

    def place(self, observed: ObservedDocument, identity: Identity) -> Candidate:
        """The document of a description, filled with what it states of its identity; made where there is none.

        Raises ``AmbiguousDocumentError`` where several fit and the description is not complete enough to be another one,
        ``NamelessDocumentError`` where nothing tells it from others.
        """
        title = title_key(observed.title, identity.type)
        found = self._find(observed, identity, title)
        if found is None:
            found = self.make(identity, observed.title)
        else:
            self._candidates.fill(found, identity, title)
        found.cited_only = False
        self._name(found, observed)
        return found

    def make(self, identity: Identity, title: str = "", *, cited_only: bool = False) -> Candidate:
        """A new document."""
        number = self._rows.new_id(document)
        slug = self.free_slug(identity, title)
        made = Candidate(number, slug, identity, title_key(title, identity.type), cited_only)
        self._rows.add(document, {"id": number, "slug": slug} | first_columns(identity, title))
        self._candidates.add(made)
        self._slugs.add(slug)
        self.fresh.add(number)
        return made

    def free_slug(self, identity: Identity, title: str) -> str:
        """The first slug of the choices that no document has or had."""
        return next(slug for slug in slug_choices(identity, title) if not self._is_taken(slug))

    def _find(self, observed: ObservedDocument, identity: Identity, title: str) -> Candidate | None:
        for own_id in observed.source_ids:
            named = self._candidates.named(own_id, identity)
            if named:
                return named
        own = observed.source_ids[0] if observed.source_ids else None
        if not (identity.number or title or own):
            raise NamelessDocumentError(f"A document without number and title: {observed.provenance.address}.")
        found = self._candidates.agreeing(identity, title, own)
        exact = [candidate for candidate in found if equal(candidate.identity, identity)]
        chosen = exact if len(exact) == 1 else found
        if len(chosen) > 1:
            return self._choose(chosen, observed, identity)
        return chosen[0] if chosen else None

    def _choose(self, found: list[Candidate], observed: ObservedDocument, identity: Identity) -> Candidate | None:
        """Among several: where the same words at the same place were put before; else a new one, if it is complete."""
        before = self._said_before(observed)
        remembered = [candidate for candidate in found if candidate.id in before]
        if len(remembered) == 1:
            return remembered[0]
        if is_complete(identity):
            return None
        what = f"{identity.type} {identity.number}".strip() or observed.title
        raise AmbiguousDocumentError(what, tuple(candidate.slug for candidate in found))

    def _said_before(self, observed: ObservedDocument) -> set[int]:
        seen_at = self._rows.place(observed.provenance)
        rows = self._rows.connection.execute(
            select(document_fact.c.document_id).where(
                document_fact.c.provenance_id == seen_at, document_fact.c.by_reference.is_(False)
            )
        )
        return set(rows.scalars())

    def _name(self, found: Candidate, observed: ObservedDocument) -> None:
        for own_id in observed.source_ids:
            holder = self._candidates.by_source_id(own_id)
            if holder is None:
                source, number = own_id
                self._rows.add(source_id, {"source": source, "source_id": number, "document_id": found.id})
                self._candidates.name(found, own_id)
            elif holder.id != found.id:
                self.misnamed[own_id] = (holder.slug, found.slug)

    def _is_taken(self, slug: str) -> bool:
        return slug in self._slugs or self._rows.connection.execute(_HOLDER, {"slug": slug}).first() is not None
