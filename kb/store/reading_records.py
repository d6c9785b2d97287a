"""Reading records known by a key, the history of documents, imports and counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, RowMapping, Select, Table, func, select

from kb.errors import NotFoundError
from kb.model import ProvisionKind
from kb.store import tables
from kb.store.codec import rank, read_provenance
from kb.store.views import Counts, ImportView, RecordVersion, Unused

Record = TypeVar("Record")


def all_records(
    connection: Connection, table: Table, read: Callable[[RowMapping], Record], *, fullest: Column[Any] | None = None
) -> tuple[Record, ...]:
    """The current records of a table by key.

    Where several sources give one: one that has something in the column ``fullest``, then the most trusted.
    """
    return tuple(read(rows[0]) for rows in _by_key(connection, table, None, fullest).values())


def one_record(
    connection: Connection,
    table: Table,
    key: str,
    read: Callable[[RowMapping], Record],
    *,
    fullest: Column[Any] | None = None,
) -> Record:
    """The current record of a key, chosen as ``all_records`` does; raises ``NotFoundError``."""
    rows = _by_key(connection, table, key, fullest).get(key)
    if not rows:
        raise NotFoundError(f"No {table.name} is held under {key!r}.", "Search for a word of its name.")
    return read(rows[0])


def grouped_records(
    connection: Connection, table: Table, read: Callable[[RowMapping], Record], *, fullest: Column[Any] | None = None
) -> dict[str, tuple[Record, ...]]:
    """The current records of all sources by key, the one that ``all_records`` chooses first."""
    return {key: tuple(map(read, rows)) for key, rows in _by_key(connection, table, None, fullest).items()}


def versions_of(
    connection: Connection, table: Table, key: str, read: Callable[[RowMapping], Record]
) -> tuple[RecordVersion[Record], ...]:
    """Every version of a record that a source ever gave, the newest first; raises ``NotFoundError``."""
    rows = connection.execute(_with_places(table).where(table.c.key == key)).mappings().all()
    if not rows:
        raise NotFoundError(f"No {table.name} was ever held under {key!r}.", "Search for a word of its name.")
    runs = {
        row.id: row.started for row in connection.execute(select(tables.import_run.c.id, tables.import_run.c.started))
    }
    return tuple(
        RecordVersion(read(row), row["source"], runs[row["since_import"]], runs.get(row["until_import"]))
        for row in sorted(rows, key=lambda row: (row["since_import"], row["id"]), reverse=True)
    )


def imports_of(connection: Connection, limit: int | None) -> tuple[ImportView, ...]:
    """The imports that brought something, the newest first."""
    run = tables.import_run
    rows = connection.execute(select(run).order_by(run.c.id.desc()).limit(limit)).mappings().all()
    return tuple(_import(row, _unused(connection, row["id"])) for row in rows)


def counts_of(connection: Connection) -> Counts:
    """How much is held now."""
    document = tables.document.c
    articles = tables.provision.c.kind == ProvisionKind.ARTICLE.value
    return Counts(
        documents=_count(connection, tables.document),
        cited_only=_count(connection, tables.document, document.cited_only),
        documents_with_text=_count(connection, tables.document, document.has_text),
        articles=_count(connection, tables.provision, articles, tables.provision.c.until_import.is_(None)),
        relations=_count_current(connection, tables.relation_evidence, tables.relation_evidence.c.relation_id),
        unresolved_relations=_count_current(connection, tables.unresolved_relation, tables.unresolved_relation.c.id),
        agencies=_count_current(connection, tables.agency, tables.agency.c.key),
        indicators=_count_current(connection, tables.indicator, tables.indicator.c.key),
        procedures=_count_current(connection, tables.procedure, tables.procedure.c.key),
        tasks=_count_current(connection, tables.task, tables.task.c.key),
        last_import=_last_import(connection),
    )


def _last_import(connection: Connection) -> ImportView | None:
    """The newest import, without the long list of what it could not use."""
    run = tables.import_run
    row = connection.execute(select(run).order_by(run.c.id.desc()).limit(1)).mappings().first()
    return None if row is None else _import(row, ())


def _with_places(table: Table) -> Select[Any]:
    places = (column.label(f"seen_{column.name}") for column in tables.provenance.c)
    return select(table, *places).join(tables.provenance, tables.provenance.c.id == table.c.provenance_id)


def _by_key(
    connection: Connection, table: Table, key: str | None, fullest: Column[Any] | None
) -> dict[str, list[RowMapping]]:
    query = _with_places(table).where(table.c.until_import.is_(None)).order_by(table.c.key, table.c.id)
    rows = connection.execute(query if key is None else query.where(table.c.key == key)).mappings()
    found: dict[str, list[RowMapping]] = {}
    for row in rows:
        found.setdefault(row["key"], []).append(row)
    for same in found.values():
        same.sort(key=lambda row: (fullest is not None and row[fullest] is None, rank(read_provenance(row, "seen_"))))
    return found


def _unused(connection: Connection, import_id: int) -> tuple[Unused, ...]:
    unused = tables.import_unused.c
    things = select(unused.what, unused.why).where(unused.import_id == import_id).order_by(unused.position)
    return tuple(Unused(what, why) for what, why in connection.execute(things))


def _import(row: RowMapping, unused: tuple[Unused, ...]) -> ImportView:
    names = ("id", "source", "name", "sha256", "started", "finished", "counts")
    return ImportView(**{name: row[name] for name in names}, unused=unused)


def _count(connection: Connection, table: Table, *conditions: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one()


def _count_current(connection: Connection, table: Table, what: Column[Any]) -> int:
    query = select(func.count(what.distinct())).where(table.c.until_import.is_(None))
    return connection.execute(query).scalar_one()
