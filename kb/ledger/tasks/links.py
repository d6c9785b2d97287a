"""What people say governs a task: kept with who said so and when, taken back without being forgotten."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

from kb.errors import Dean06Error, NotFoundError
from kb.ledger.tasks.ledger import TaskEntry
from kb.model import DocumentReference, Evidence, Provenance, TaskLink
from kb.store import DocumentView, Store

SOURCE = "task_links"


def link_task(  # noqa: PLR0913 - what a person confirms
    store: Store, entry: TaskEntry, document: str, *, by: str, path: str = "", note: str = "", on: date | None = None
) -> TaskLink:
    """Keep a person's word that a document (``path`` of it) governs a task.

    ``document`` is its address or its number in any spelling. Raises ``NotFoundError`` where the store holds no such document
    or provision, ``Dean06Error`` where several fit or nobody is named.
    """
    if not by.strip():
        raise Dean06Error("Nobody is named who confirms it.", "Give --by NAME.")
    governing = _document(store, document)
    if path and governing.has_text:
        store.article(governing.slug, path)
    day = on or date.today()  # noqa: DTZ011 - the day on which the person speaks
    seen = Provenance(SOURCE, entry.url, Evidence.DOCUMENT, retrieved=day, note=f"xác nhận của {by}")
    made = TaskLink(entry.id, _reference(governing), by, day, seen, path=path, note=note)
    others = [
        link for link in store.task_links() if not (_is_of(link, entry, governing, path) and link.confirmed_by == by)
    ]
    _write(store, [*others, made])
    return made


def unlink_task(store: Store, entry: TaskEntry, document: str, *, path: str = "") -> tuple[TaskLink, ...]:
    """Take back what people said of a document and a task, and give it; raises ``NotFoundError`` where nobody said it."""
    governing = _document(store, document)
    links = store.task_links()
    taken = tuple(link for link in links if _is_of(link, entry, governing, path))
    if not taken:
        raise NotFoundError(
            f"Nobody has confirmed {governing.citation} for {entry.id}.", f"See `dean06 tasks show {entry.id}`."
        )
    _write(store, [link for link in links if link not in taken])
    return taken


def _document(store: Store, asked: str) -> DocumentView:
    try:
        return store.document(asked)
    except NotFoundError:
        found = store.find(asked)
    if len(found) != 1:
        choices = "; ".join(document.slug for document in found)
        remedy = f"Say which by its address: {choices}." if found else "Import it first, or give its address."
        raise NotFoundError(f"{asked!r} names {'several documents' if found else 'no document that is held'}.", remedy)
    return found[0]


def _reference(document: DocumentView) -> DocumentReference:
    return DocumentReference(document.identity, document.title, document.citation)


def _is_of(link: TaskLink, entry: TaskEntry, document: DocumentView, path: str) -> bool:
    return link.task_id in entry.ids and link.document.identity == document.identity and link.path == path


def _write(store: Store, links: Iterable[TaskLink]) -> None:
    """All links are one source: what is not among them any more ends with this import, and stays as history."""
    kept = list(links)
    sha256 = hashlib.sha256(repr(kept).encode()).hexdigest()
    with store.importing(source=SOURCE, name=SOURCE, sha256=sha256, whole=True) as batch:
        for link in kept:
            batch.link(link)
