"""What changed of a document from one import to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from kb.store.reading import document_id
from kb.store.tables import document_fact, edition, import_run, provision
from kb.store.views import HistoryEntry


@dataclass(frozen=True, slots=True)
class _Span:
    """A value with the imports between which it held; ``first`` is the import that first spoke of its kind."""

    what: str
    value: str
    since: int
    until: int | None


def history_of(connection: Connection, slug: str) -> tuple[HistoryEntry, ...]:
    """The changes after a document was first taken in, the newest first; raises ``NotFoundError``."""
    number = document_id(connection, slug)
    spans = [*_facts(connection, number), *_provisions(connection, number)]
    runs = {row.id: (row.started, row.source) for row in connection.execute(select(import_run))}
    begun = _first_imports(spans)
    by_change: defaultdict[tuple[int, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for span in spans:
        if span.since > begun[_kind(span.what)]:
            by_change[span.since, span.what][1].add(span.value)
        if span.until is not None:
            by_change[span.until, span.what][0].add(span.value)
    entries = _entries(by_change, spans, runs)
    return tuple(sorted(entries, key=lambda entry: (entry.when, entry.what), reverse=True))


def _facts(connection: Connection, number: int) -> Iterator[_Span]:
    fact = document_fact.c
    rows = connection.execute(
        select(fact.name, fact.value, fact.since_import, fact.until_import).where(fact.document_id == number)
    )
    return (_Span(*row) for row in rows)


def _provisions(connection: Connection, number: int) -> Iterator[_Span]:
    columns = provision.c
    rows = connection.execute(
        select(edition.c.name, columns.path, columns.text, columns.since_import, columns.until_import)
        .join(edition, edition.c.id == columns.edition_id)
        .where(edition.c.document_id == number)
    )
    return (_Span(f"{name}/{path}", *held) for name, path, *held in rows)


def _kind(what: str) -> str:
    """What is taken in as a whole: an edition, or the facts of a document."""
    return what.split("/", maxsplit=1)[0] if "/" in what else ""


def _first_imports(spans: list[_Span]) -> dict[str, int]:
    first: dict[str, int] = {}
    for span in spans:
        kind = _kind(span.what)
        first[kind] = min(first.get(kind, span.since), span.since)
    return first


def _entries(
    changes: dict[tuple[int, str], tuple[set[str], set[str]]],
    spans: list[_Span],
    runs: dict[int, tuple[datetime, str]],
) -> Iterator[HistoryEntry]:
    """Values that came or went; one that another source went on stating did neither."""
    for (run, what), (gone, come) in changes.items():
        before = {span.value for span in spans if span.what == what and span.since < run <= (span.until or run)}
        after = {span.value for span in spans if span.what == what and span.since <= run < (span.until or run + 1)}
        lost, won = gone - after, come - before
        if lost or won:
            when, source = runs[run]
            yield HistoryEntry(when, source, what, "; ".join(sorted(lost)), "; ".join(sorted(won)))
