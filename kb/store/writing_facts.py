"""Statements on their way in: every value with its place; then each changed document shows the best of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlalchemy import select

from kb.model import Identity
from kb.store.codec import Row, partial, read_provenance
from kb.store.facts import Statement, document_columns
from kb.store.placing import Placer
from kb.store.rows import Rows, chunks
from kb.store.slugs import slugify
from kb.store.tables import document, document_fact, provenance, slug_alias

_Said = tuple[int, str, str, int]  # document, name, value, place


class FactWriter:
    """Takes in what is stated of documents; ``seen`` are the ids of rows that this import states again."""

    def __init__(self, rows: Rows, placer: Placer) -> None:
        self._rows = rows
        self._placer = placer
        self._said: dict[_Said, bool] = {}
        self._changed: set[int] = set()
        self.seen: set[int] = set()

    def state(
        self, document_id: int, values: Iterable[tuple[str, str]], place: int, *, by_reference: bool = False
    ) -> None:
        """Take in values seen at a place."""
        for name, value in values:
            self._said.setdefault((document_id, name, value, place), by_reference)

    def write(self) -> None:
        """Write what is new; what is known already is only marked as seen."""
        stored = dict(self._stored({said[0] for said in self._said} - self._placer.fresh))
        for said, by_reference in self._said.items():
            known = stored.get(said)
            if known is not None:
                self.seen.add(known)
                continue
            number, name, value, place = said
            row: Row = {"id": self._rows.new_id(document_fact), "document_id": number, "name": name, "value": value}
            self._rows.add_dated(document_fact, row | {"provenance_id": place, "by_reference": by_reference})
            self.seen.add(row["id"])
            self._changed.add(number)
        self._said.clear()

    def forget(self, closed: Iterable[tuple[int, int]]) -> None:
        """End statements that the source no longer makes: pairs of row id and document id."""
        pairs = list(closed)
        self._rows.close(document_fact, (row_id for row_id, _ in pairs))
        self._changed.update(number for _, number in pairs)

    def show_best(self) -> None:
        """Bring the rows of changed documents up to what is now stated of them."""
        self._rows.flush()
        for chunk in chunks(self._changed):
            statements = self._statements(chunk)
            held = self._rows.connection.execute(select(document).where(document.c.id.in_(chunk))).mappings()
            changes = [self._changes(dict(row), statements[row["id"]]) for row in held]
            self._rows.change(document, [change for change in changes if change], counted=False)
        self._rows.flush()

    def _stored(self, documents: set[int]) -> Iterator[tuple[_Said, int]]:
        fact = document_fact.c
        for chunk in chunks(documents):
            found = self._rows.connection.execute(
                select(fact.document_id, fact.name, fact.value, fact.provenance_id, fact.id).where(
                    fact.document_id.in_(chunk), fact.source == self._rows.source, fact.until_import.is_(None)
                )
            )
            yield from (
                ((document_id, name, value, place), row_id) for document_id, name, value, place, row_id in found
            )

    def _statements(self, documents: list[int]) -> dict[int, list[Statement]]:
        fact = document_fact.c
        rows = self._rows.connection.execute(
            select(fact.document_id, fact.name.label("fact"), fact.value, provenance)
            .join(provenance, provenance.c.id == fact.provenance_id)
            .where(fact.document_id.in_(documents), fact.until_import.is_(None))
        ).mappings()
        found: defaultdict[int, list[Statement]] = defaultdict(list)
        for row in rows:
            found[row["document_id"]].append(Statement(row["fact"], row["value"], read_provenance(row)))
        return found

    def _changes(self, held: Row, statements: list[Statement]) -> Row | None:
        """The new columns of a document row, None where it shows the right ones already."""
        if not statements:  # its source fell silent: the document stays as it was last known
            return None
        identity = Identity(held["type"], held["number"], held["issuer"], partial(held["issued"]))
        columns = document_columns(statements, identity)
        slug = self._slug_for(held, columns)
        if slug == held["slug"] and all(held[name] == value for name, value in columns.items()):
            return None
        return {"b_id": held["id"], "slug": slug, **columns}

    def _slug_for(self, held: Row, columns: Row) -> str:
        """The slug a document keeps; another only where the old one names a type that it is not."""
        slug: str = held["slug"]
        kind = slugify(columns["type"])
        if not kind or slug.startswith(kind + "-"):
            return slug
        identity = Identity(columns["type"], columns["number"], columns["issuer"], partial(columns["issued"]))
        renamed = self._placer.free_slug(identity, columns["title"])
        self._rows.add(slug_alias, {"slug": slug, "document_id": held["id"]})
        return renamed
