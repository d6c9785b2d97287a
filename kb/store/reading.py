"""Reading documents: one by address, several by number, title or reference; with all that is stated of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, select

from kb.errors import NotFoundError
from kb.model import DocumentReference, Identity, Provenance, Status
from kb.numbers import PartialNumber, parse_number
from kb.store.codec import partial, rank, read_provenance
from kb.store.facts import NAMES, Statement, by_name, document_columns
from kb.store.identity import canonical_identity, lookup_key, title_key
from kb.store.resolve import Candidates
from kb.store.rows import chunks
from kb.store.tables import document, document_fact, provenance, slug_alias
from kb.store.views import DocumentView, Fact, FactValue
from kb.text import fold


def read_document(row: RowMapping) -> DocumentView:
    """The document of a row."""
    return DocumentView(
        slug=row["slug"],
        identity=Identity(row["type"], row["number"], row["issuer"], partial(row["issued"])),
        title=row["title"],
        effective=row["effective"],
        expires=row["expires"],
        signer=row["signer"],
        place=row["place"],
        status=Status(row["status"] or Status.UNKNOWN),
        status_wording=row["status_wording"],
        fields=tuple(row["fields"]),
        relevance=row["relevance"],
        cited_only=row["cited_only"],
        has_text=row["has_text"],
        articles=row["articles"],
    )


def document_id(connection: Connection, slug: str) -> int:
    """The id behind a slug, old ones included; raises ``NotFoundError``."""
    query = (
        select(document.c.id)
        .where(document.c.slug == slug)
        .union_all(select(slug_alias.c.document_id).where(slug_alias.c.slug == slug))
    )
    found: int | None = connection.execute(query).scalar()
    if found is None:
        raise NotFoundError(f"No document is held under {slug!r}.", "Search for its number or title.")
    return found


def one_document(connection: Connection, slug: str) -> DocumentView:
    """The document of a slug; its own ``slug`` is another where an old one was asked for. Raises ``NotFoundError``."""
    number = document_id(connection, slug)
    return read_document(connection.execute(select(document).where(document.c.id == number)).mappings().one())


def all_documents(connection: Connection, slugs: Iterable[str] | None) -> Iterator[DocumentView]:
    """Documents in the order of their slugs: all, or those named (a slug that none has is left out)."""
    query = select(document).order_by(document.c.slug)
    if slugs is not None:
        query = query.where(document.c.slug.in_(sorted(set(slugs))))
    rows = connection.execution_options(yield_per=1000).execute(query).mappings()
    return (read_document(row) for row in rows)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Parts of an identity that documents must have; empty parts do not count.

    ``year`` is that of the number, or of the date of issue where the number has none.
    """

    number: str = ""
    typed: PartialNumber | None = None
    type: str = ""
    issuer: str = ""
    year: int | None = None


def find_documents(connection: Connection, wanted: Wanted, limit: int) -> list[DocumentView]:
    """Documents that have the parts wanted, the newest first."""
    rows = connection.execute(_newest_first(select(document).where(*_conditions(wanted)))).mappings()
    found = [read_document(row) for row in rows if _goes_on(row, wanted.typed)]
    return found[:limit]


def documents_by_title(connection: Connection, title: str, year: int | None, kind: str) -> list[DocumentView]:
    """Documents with exactly this title, however accented, with or without the type in front; the newest first."""
    keys = {title_key(title), title_key(title, kind)} | {title_key(title, name) for name in _NAMED_TYPES}
    query = select(document).where(document.c.title_key.in_(sorted(keys)), *_conditions(Wanted(type=kind)))
    found = [read_document(row) for row in connection.execute(_newest_first(query)).mappings()]
    return [view for view in found if year is None or (view.issued and view.issued.year == year)]


def resolved(connection: Connection, reference: DocumentReference) -> list[DocumentView]:
    """The documents that a reference may name."""
    found = Candidates(connection).resolve(reference)
    return documents_of(connection, [candidate.id for candidate in found])


def documents_of(connection: Connection, ids: Iterable[int]) -> list[DocumentView]:
    """The documents of ids, in the order of the ids given."""
    wanted = list(ids)
    views = {
        row["id"]: read_document(row)
        for chunk in chunks(set(wanted))
        for row in connection.execute(select(document).where(document.c.id.in_(chunk))).mappings()
    }
    return [views[number] for number in wanted]


def facts_of(connection: Connection, slug: str) -> tuple[Fact, ...]:
    """What is stated of a document now, a fact after the other; raises ``NotFoundError``."""
    fact = document_fact.c
    view = one_document(connection, slug)
    rows = connection.execute(
        select(fact.name.label("fact"), fact.value, provenance)
        .join(provenance, provenance.c.id == fact.provenance_id)
        .where(fact.document_id == document_id(connection, slug), fact.until_import.is_(None))
    ).mappings()
    statements = [Statement(row["fact"], row["value"], read_provenance(row)) for row in rows]
    shown = document_columns(statements, view.identity)
    found = by_name(statements)
    return tuple(_fact(name, found[name], _shown(name, shown)) for name in NAMES if name in found)


_NAMED_TYPES = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.number:
        yield document.c.number_key == lookup_key(wanted.number)
    if wanted.typed is not None:
        yield document.c.serial == wanted.typed.serial
    if wanted.type:
        yield document.c.type == canonical_identity(Identity(wanted.type, "")).type
    if wanted.issuer:
        yield document.c.issuer == wanted.issuer
    if wanted.year is not None:
        yield document.c.year == wanted.year


def _goes_on(row: RowMapping, typed: PartialNumber | None) -> bool:
    """Whether the number of a row goes on as typed; a year beside a number without one is that of issue."""
    if typed is None:
        return True
    number = parse_number(row["number"])
    if number is not None and number.year is None and typed.year is not None:
        typed = PartialNumber(typed.serial, None, typed.type, typed.suffix) if row["year"] == typed.year else typed
    if typed.type and row["type"] and fold(typed.type) != fold(row["type"]):
        return False
    return number is not None and typed.matches(number)


def _newest_first(query: Select[Any]) -> Select[Any]:
    return query.order_by(document.c.issued.desc(), document.c.slug)


def _shown(name: str, columns: Mapping[str, Any]) -> set[str]:
    return set(columns["fields"]) if name == "field" else {str(columns[name] or "")}


def _fact(name: str, statements: list[Statement], shown: set[str]) -> Fact:
    places: defaultdict[str, list[Provenance]] = defaultdict(list)
    for statement in statements:
        places[statement.value].append(statement.provenance)
    values = [FactValue(value, tuple(sorted(seen, key=rank)), shown=value in shown) for value, seen in places.items()]
    return Fact(name, tuple(sorted(values, key=lambda value: not value.shown)))
