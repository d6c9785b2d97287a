"""All that can be found, one unit after the other, in an order that depends on content alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from kb.addresses import procedure_address, provision_address, task_address
from kb.model import HitKind, Procedure, ProvisionKind, Searchable, Task
from kb.store.reading import read_document, resolved
from kb.store.reading_records import all_records
from kb.store.reading_texts import Clauses, clauses_within, editions_of, walk_units
from kb.store.records import read_procedure, read_task
from kb.store.tables import document, procedure, task
from kb.store.views import DocumentView, cite_provision
from kb.text import canonical

_HEADINGS = frozenset(
    {ProvisionKind.PART, ProvisionKind.CHAPTER, ProvisionKind.SECTION, ProvisionKind.SUBSECTION, ProvisionKind.ANNEX}
)


def all_searchables(connection: Connection) -> Iterator[Searchable]:
    """Documents by slug, each followed by its provisions; then procedures and tasks by their codes."""
    rows = connection.execute(select(document).order_by(document.c.slug)).mappings()
    for row in rows:
        view = read_document(row)
        yield _of_document(view)
        if view.has_text:
            yield from _of_text(connection, row["id"], view)
    for held in all_records(connection, procedure, read_procedure, fullest=procedure.c.parts):
        yield _of_procedure(held)
    for assigned in all_records(connection, task, read_task):
        yield _of_task(connection, assigned)


def _of_document(view: DocumentView) -> Searchable:
    facts = (view.title, view.citation, view.issuer, view.signer, *view.fields)
    return Searchable(
        kind=HitKind.DOCUMENT,
        id=view.slug,
        citation=view.citation,
        title=view.title or view.citation,
        text="\n".join(dict.fromkeys(filter(None, facts))),
        url=view.url,
        **_document_fields(view),
    )


def _of_text(connection: Connection, number: int, view: DocumentView) -> Iterator[Searchable]:
    """The units of all editions; a text that an edition before had under the same path is not given again."""
    editions = editions_of(connection, number)
    given: defaultdict[str, set[str]] = defaultdict(set)
    for edition_id, edition in editions:
        clauses = clauses_within(connection, edition_id)
        for row in filter(_is_searched, walk_units(connection, edition_id)):
            if len(editions) == 1:
                yield _of_unit(view, row, clauses, "")
                continue
            others, words = given[row["path"]], " ".join(canonical(row["text"]).split())
            if words not in others:
                yield _of_unit(view, row, clauses, f"@{edition.name}" if others else "")
                others.add(words)


def _is_searched(row: RowMapping) -> bool:
    """Units with words of their own: not a signature, nor a heading that says no more than its label and name."""
    kind = ProvisionKind(row["kind"])
    if kind is ProvisionKind.SIGNATURE or not row["text"].strip():
        return False
    if kind not in _HEADINGS:
        return True
    bare = len(kind.label) + len(row["label"]) + len(row["heading"])
    return len(" ".join(row["text"].split())) > bare + _PUNCTUATION


_PUNCTUATION = 8


def _of_unit(view: DocumentView, row: RowMapping, clauses: Clauses, suffix: str) -> Searchable:
    kind = ProvisionKind(row["kind"])
    word = cite_provision(kind, row["label"], "").strip()
    return Searchable(
        kind=HitKind.ARTICLE,
        id=f"{view.slug}/{row['path']}{suffix}",
        citation=cite_provision(kind, row["label"], view.citation),
        title=f"{word}. {row['heading']}" if row["heading"] else word,
        text=row["text"],
        url=provision_address(view.slug, row["path"] + suffix),
        clauses=tuple(clauses.get(row["id"], ())),
        **_document_fields(view) | ({"field": row["subject"]} if row["subject"] else {}),
    )


def _of_procedure(held: Procedure) -> Searchable:
    return Searchable(
        kind=HitKind.PROCEDURE,
        id=held.code,
        citation=f"Thủ tục {held.code}",
        title=held.name,
        text="\n".join(filter(None, (held.name, held.issuer, held.executing, held.field))),
        url=procedure_address(held.code),
        issuer=held.issuer,
        field=held.field,
    )


def _of_task(connection: Connection, assigned: Task) -> Searchable:
    named = resolved(connection, assigned.source)
    wording = assigned.source.wording or " ".join(
        filter(None, (assigned.source.identity.type, assigned.source.identity.number))
    )
    fields = _document_fields(named[0]) if len(named) == 1 else {"number": assigned.source.identity.number}
    return Searchable(
        kind=HitKind.TASK,
        id=assigned.id,
        citation=", ".join(filter(None, (assigned.place, named[0].citation if len(named) == 1 else wording))),
        title=assigned.summary,
        text="\n".join(
            filter(None, (assigned.summary, assigned.lead, assigned.coordinating, assigned.deadline_wording))
        ),
        url=task_address(assigned.id),
        **fields,
    )


def _document_fields(view: DocumentView) -> dict[str, Any]:
    return {
        "document_title": view.title,
        "number": view.number,
        "type": view.type,
        "issuer": view.issuer,
        "issued": view.issued,
        "effective": view.effective,
        "status": view.status,
        "field": view.fields[0] if view.fields else "",
    }
