"""One import: everything that a source says, written in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, func, insert, select, update

from kb.errors import NotFoundError
from kb.model import (
    Agency,
    DocumentReference,
    Edition,
    Indicator,
    ObservedDocument,
    ObservedRelation,
    Procedure,
    Provenance,
    Simplification,
    Succession,
    Task,
    TaskLink,
    TaskReport,
)
from kb.store import tables
from kb.store.codec import Row
from kb.store.facts import stated
from kb.store.identity import canonical_identity
from kb.store.placing import AmbiguousDocumentError, NamelessDocumentError, Placer
from kb.store.records import (
    agency_row,
    indicator_row,
    link_row,
    procedure_row,
    report_row,
    simplification_row,
    succession_row,
    task_row,
)
from kb.store.resolve import Candidates
from kb.store.rows import Rows
from kb.store.views import Unused
from kb.store.writing_facts import FactWriter
from kb.store.writing_records import RecordWriter
from kb.store.writing_relations import RelationWriter
from kb.store.writing_texts import TextWriter

_ADDRESSES_IN_ONE_QUERY = 500


class Batch:
    """What one import says, as it is read; ``Store.importing`` gives one and writes it at the end.

    An import restates what its source says at each address that it names (``Provenance.address``), or, with ``whole``, all
    that the source says: what stood there before and is not said again ends with this import, and stays as history. Order
    does not matter, and the same import twice changes nothing.

    ``counts`` tells what was read, by kind; ``unused_things`` what could not be used, and why.
    """

    def __init__(self, connection: Connection, source: str, name: str, sha256: str, *, whole: bool) -> None:
        self.counts: Counter[str] = Counter()
        self.unused_things: list[Unused] = []
        self._whole = whole
        self._connection = connection
        self._known_before = _is_known(connection, source, name, sha256)
        self._rows = Rows(connection, source, _begin(connection, source, name, sha256))
        self._candidates = Candidates(connection)
        self._placer = Placer(self._rows, self._candidates)
        self._documents: dict[str, int] = {}
        self._facts = FactWriter(self._rows, self._placer)
        self._texts = TextWriter(self._rows, self.counts, self._placer.fresh)
        self._records = RecordWriter(self._rows, self.counts)
        self._relations = RelationWriter(self._rows, self._candidates, self._placer, self._facts)

    def document(self, observed: ObservedDocument) -> str | None:
        """Take in what is said of a document, and give the slug under which it is stored in this import.

        It joins the one stored document that it may be of, and fills in what was not known; other values are kept beside
        the first. None where it fits several and does not say which, or has neither number nor title: it is then listed
        among the unused things, and nothing is guessed.
        """
        identity = canonical_identity(observed.identity)
        try:
            placed = self._placer.place(observed, identity)
        except (AmbiguousDocumentError, NamelessDocumentError) as error:
            self.unused(f"{observed.provenance.address} {observed.provenance.place}".strip(), error.problem)
            return None
        place = self._rows.place(observed.provenance)
        self._facts.state(placed.id, stated(observed, identity), place)
        if placed.slug not in self._documents:
            self._documents[placed.slug] = placed.id
            self.counts["documents"] += 1
        return placed.slug

    def edition(self, slug: str, edition: Edition) -> None:
        """Take in a text of a document. Parts of a codified edition may come one by one, in any order: they add up.

        Raises ``NotFoundError`` for a slug that no document has.
        """
        self._texts.write(self._document_id(slug), edition)

    def relation(self, observed: ObservedRelation) -> None:
        """Take in a relation. It is resolved at the end of the import, when all documents are known.

        A document that is named well enough and not stored becomes one "known only by citation"; where an end fits none or
        several, the relation is kept among the unresolved ones.
        """
        self._relations.take(observed)

    def citation(self, reference: DocumentReference, seen: Provenance) -> None:
        """Take in that something cites a document, such as a procedure its legal basis.

        A document that is named well enough and not stored becomes one "known only by citation" at the end of the import.
        """
        self._relations.mention(reference, seen)

    def agency(self, record: Agency) -> None:
        """Take in an agency under one name."""
        self._record(tables.agency, *agency_row(record), record.provenance)

    def succession(self, record: Succession) -> None:
        """Take in who took over from whom."""
        self._record(tables.succession, *succession_row(record), record.provenance)

    def indicator(self, record: Indicator) -> None:
        """Take in a figure."""
        self._record(tables.indicator, *indicator_row(record), record.provenance)

    def procedure(self, record: Procedure) -> None:
        """Take in an administrative procedure."""
        self._record(tables.procedure, *procedure_row(record), record.provenance)

    def task(self, record: Task) -> None:
        """Take in a task."""
        self._record(tables.task, *task_row(record), record.provenance)

    def report(self, record: TaskReport) -> None:
        """Take in what a report says of a task."""
        self._record(tables.task_report, *report_row(record), record.provenance)

    def link(self, record: TaskLink) -> None:
        """Take in a person's word on what governs a task."""
        self._record(tables.task_link, *link_row(record), record.provenance)

    def simplification(self, record: Simplification) -> None:
        """Take in an item of a plan to simplify procedures."""
        self._record(tables.simplification, *simplification_row(record), record.provenance)

    def unused(self, what: str, why: str) -> None:
        """List something that could not be used."""
        self.unused_things.append(Unused(what, why))

    @property
    def gained(self) -> Counter[str]:
        """Rows that came with this import, by table; all of them once it is finished."""
        return self._rows.gained

    @property
    def lost(self) -> Counter[str]:
        """Rows that ended with this import, by table; all of them once it is finished."""
        return self._rows.lost

    def finish(self) -> bool:
        """Write all that is left, and end what is no longer said; whether there is anything to commit."""
        self._relations.write(self._records, self.counts)
        self._facts.write()
        self._rows.flush()
        self._end_what_is_unsaid()
        self._texts.finish()
        self._facts.show_best()
        self._report_misnamed()
        return self._sign()

    def _record(self, table: Table, key: str, columns: Row, seen: Provenance) -> None:
        if not self._records.state(table, key, columns, seen):
            self.unused(f"{table.name} {key}", "given twice with different content; the first was kept")

    def _document_id(self, slug: str) -> int:
        if slug not in self._documents:
            query = (
                select(tables.document.c.id)
                .where(tables.document.c.slug == slug)
                .union(select(tables.slug_alias.c.document_id).where(tables.slug_alias.c.slug == slug))
            )
            found = self._connection.execute(query).scalar()
            if found is None:
                raise NotFoundError(f"No document has the slug {slug!r}.", "Take in the document first.")
            self._documents[slug] = found
        return self._documents[slug]

    def _end_what_is_unsaid(self) -> None:
        fact = tables.document_fact
        unsaid = self._unsaid(fact, fact.c.document_id).where(fact.c.by_reference.is_(False))
        self._facts.forget(pair for pair in self._rows_of(unsaid) if pair[0] not in self._facts.seen)
        units = {number for number, _ in self._rows_of(self._unsaid(tables.provision, tables.provision.c.edition_id))}
        self._texts.forget((units - self._texts.seen) | set(self._texts.dropped()))
        self._end(tables.relation_evidence, self._relations.seen)
        for table in tables.RECORDS:
            self._end(table, self._records.seen[table])

    def _end(self, table: Table, seen: set[int]) -> None:
        unsaid = {number for number, _ in self._rows_of(self._unsaid(table, table.c.id))}
        self._rows.close(table, sorted(unsaid - seen))

    def _unsaid(self, table: Table, other: Column[int]) -> Select[Any]:
        """The rows of this source that were there before this import: (id, another column)."""
        columns = table.c
        return (
            select(columns.id, other)
            .join(tables.provenance, tables.provenance.c.id == columns.provenance_id)
            .where(
                columns.source == self._rows.source,
                columns.until_import.is_(None),
                columns.since_import != self._rows.run,
            )
            .order_by(columns.id)
        )

    def _rows_of(self, query: Select[Any]) -> Iterator[tuple[int, int]]:
        """The rows at the addresses that this import restates."""
        if self._whole:
            yield from map(tuple, self._connection.execute(query))
            return
        addresses = sorted(self._rows.addresses)
        for start in range(0, len(addresses), _ADDRESSES_IN_ONE_QUERY):
            here = tables.provenance.c.address.in_(addresses[start : start + _ADDRESSES_IN_ONE_QUERY])
            yield from map(tuple, self._connection.execute(query.where(here)))

    def _report_misnamed(self) -> None:
        for (source, number), (holder, described) in self._placer.misnamed.items():
            self.unused(f"id {number} of {source} for {described}", f"it already names {holder}")

    def _sign(self) -> bool:
        """Record the import: with a new revision where content changed, not at all where the same came before."""
        changed = bool(+self._rows.changes)
        if not changed and self._known_before:
            return False
        run = self._rows.run
        ended = update(tables.import_run).where(tables.import_run.c.id == run)
        self._connection.execute(ended.values(finished=_now(), counts=dict(self.counts)))
        if self.unused_things:
            rows = [
                {"import_id": run, "position": position, "what": thing.what, "why": thing.why}
                for position, thing in enumerate(self.unused_things)
            ]
            self._connection.execute(insert(tables.import_unused), rows)
        if changed:
            self._connection.execute(update(tables.revision).values(value=tables.revision.c.value + 1))
        return True


def _is_known(connection: Connection, source: str, name: str, sha256: str) -> bool:
    run = tables.import_run.c
    same = select(run.id).where(run.sha256 == sha256, run.source == source, run.name == name)
    return connection.execute(same).first() is not None


def _begin(connection: Connection, source: str, name: str, sha256: str) -> int:
    number = (connection.execute(select(func.max(tables.import_run.c.id))).scalar() or 0) + 1
    row = {"source": source, "name": name, "sha256": sha256, "started": _now(), "finished": None, "counts": {}}
    connection.execute(insert(tables.import_run), {"id": number, **row})
    return number


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
