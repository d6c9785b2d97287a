"""Editions on their way in: units that changed are ended and written anew, all others are left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from sqlalchemy import func, select

from kb.model import Edition, EditionKind, ProvisionKind, SourcedProvision
from kb.store.codec import Row, digest
from kb.store.rows import Rows, chunks
from kb.store.tables import clause, document, edition, provision
from kb.store.texts import Span, Unit, natural_order, units
from kb.store.writing_editions import OpenEdition, OpenEditions


class TextWriter:
    """Takes in editions, whole or in parts; ``seen`` are the ids of stored units that this import gives again.

    ``fresh`` are the documents made in this import, of which nothing is stored.
    """

    def __init__(self, rows: Rows, counts: Counter[str], fresh: AbstractSet[int]) -> None:
        self._rows = rows
        self._counts = counts
        self._opened = OpenEditions(rows, fresh)
        self._moved: list[Row] = []
        self._changed: set[int] = set()
        self.seen: set[int] = set()

    def write(self, document_id: int, given: Edition) -> None:
        """Take in an edition. Parts of a codified edition add up within one import, in whatever order they come."""
        opened = self._opened(document_id, given)
        for sourced in given.provisions:
            place = self._rows.place(sourced.provenance)
            for unit in units(sourced.provision):
                self._write_unit(opened, unit, sourced, place)

    def dropped(self) -> list[int]:
        """The stored units that a newly given edition no longer has; a codified one may only have been given in part."""
        return [
            held.id
            for opened in self._opened.all()
            if opened.kind is not EditionKind.CODIFIED
            for held in opened.held.values()
            if held.id not in self.seen
        ]

    def forget(self, units_closed: Iterable[int]) -> None:
        """End units that the source no longer has."""
        closed = list(units_closed)
        self._rows.close(provision, closed)
        for chunk in chunks(closed):
            found = select(edition.c.document_id).join(provision).where(provision.c.id.in_(chunk))
            self._changed.update(self._rows.connection.execute(found).scalars())

    def finish(self) -> None:
        """Move what only changed its place, and count the articles of changed documents."""
        self._rows.flush()
        self._rows.change(provision, self._moved)
        for chunk in chunks(self._changed):
            self._rows.change(document, list(self._measured(chunk)), counted=False)

    def _write_unit(self, opened: OpenEdition, unit: Unit, sourced: SourcedProvision, place: int) -> None:
        path = self._own_path(opened, unit)
        if path is None:
            self._counts["provisions repeated"] += 1
            return
        self._counts["articles" if unit.kind is ProvisionKind.ARTICLE else "other provisions"] += 1
        self._counts["clauses"] += len(unit.spans)
        ordering = self._ordering(opened, unit, path)
        content = _content(unit, sourced, path)
        held = opened.held.get(path)
        if held and held.digest == content["digest"]:
            self.seen.add(held.id)
            if held.ordering != ordering:
                self._moved.append({"b_id": held.id, "ordering": ordering})
            return
        if held:
            self._rows.close(provision, [held.id])
            self.seen.add(held.id)
        self._add(opened, unit, content | {"ordering": ordering, "provenance_id": place})

    def _own_path(self, opened: OpenEdition, unit: Unit) -> str | None:
        """The unit's path, told apart from another unit of that path by ``~2``; None where it came already, word for word."""
        said = digest(unit.text)
        path, count = unit.path, 1
        while path in opened.came:
            if opened.came[path] == said:
                return None
            count += 1
            path = f"{unit.path}~{count}"
        opened.came[path] = said
        return path

    def _ordering(self, opened: OpenEdition, unit: Unit, path: str) -> str:
        if opened.kind is EditionKind.CODIFIED:  # given subject by subject, not in the order of the document
            return natural_order(path, unit.kind)
        return f"{len(opened.came):08d}"

    def _add(self, opened: OpenEdition, unit: Unit, content: Row) -> None:
        number = self._rows.new_id(provision)
        self._rows.add_dated(provision, {"id": number, "edition_id": opened.id, **content})
        self._rows.add_many(clause, [_clause(number, place, span) for place, span in enumerate(unit.spans)])
        self._changed.add(opened.document_id)

    def _measured(self, documents: list[int]) -> Iterator[Row]:
        """The count of articles of each document (of its fullest edition), and whether any text is held."""
        articles = func.count().filter(provision.c.kind == ProvisionKind.ARTICLE.value).label("articles")
        rows = self._rows.connection.execute(
            select(edition.c.document_id, articles)
            .join(provision, provision.c.edition_id == edition.c.id)
            .where(edition.c.document_id.in_(documents), provision.c.until_import.is_(None))
            .group_by(edition.c.document_id, edition.c.id)
        )
        most = dict.fromkeys(documents, -1)
        for number, count in rows:
            most[number] = max(most[number], count)
        for number, count in most.items():
            yield {"b_id": number, "articles": max(count, 0), "has_text": count >= 0}


def _clause(unit_id: int, position: int, span: Span) -> Row:
    return {
        "provision_id": unit_id,
        "position": position,
        "depth": span.depth,
        "kind": span.kind.value,
        "label": span.label,
        "path": span.path,
        "heading": span.heading,
        "start": span.start,
        "stop": span.stop,
    }


def _content(unit: Unit, sourced: SourcedProvision, path: str) -> Row:
    """What a unit says: the columns that make another version of it when they change."""
    row: Row = {
        "path": path,
        "parent_path": unit.parent_path,
        "kind": unit.kind.value,
        "label": unit.label,
        "heading": unit.heading,
        "text": unit.text,
        "effective": sourced.effective,
        "source_code": sourced.source_code,
        "subject": sourced.subject,
        "note": sourced.note,
    }
    spans = ";".join(f"{span.path} {span.start} {span.stop} {span.heading}" for span in unit.spans)
    return row | {"digest": digest(*row.values(), spans)}
