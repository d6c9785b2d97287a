"""All that can be found, each with what is known of its standing: what the index is built from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kb.model import HitKind, Searchable, Status
from kb.store import DocumentView, RelationView, Store
from kb.validity import CHANGES, provision_standing_of, standing_of


def catalogue(store: Store, on: date | None = None) -> Iterator[Searchable]:
    """What the store gives to be found, in its order, with the status on a day (today by default).

    A document that nothing has been done to has the status that a source states for it.
    """
    acts = store.relations_of_kinds(CHANGES)
    for thing in store.searchables():
        slug, _, place = thing.id.partition("/")
        upon = acts.get(slug) if thing.kind in {HitKind.ARTICLE, HitKind.DOCUMENT} else None
        yield replace(thing, status=_status(upon, place.partition("@")[0], on)) if upon else thing


def _status(acts: list[RelationView], place: str, on: date | None) -> Status:
    document: DocumentView = acts[0].object
    if place:
        return provision_standing_of(document, place, (), acts, on).status
    return standing_of(document, (), acts, on).status
