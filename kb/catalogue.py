"""All that can be found, each with what is known of its standing: what the index is built from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kb.model import HitKind, Searchable, Status
from kb.store import DocumentView, Fact, RelationView, Store
from kb.validity import CHANGES, provision_standing_of, standing_of


def catalogue(store: Store, on: date | None = None) -> Iterator[Searchable]:
    """What the store gives to be found, in its order, with the status on a day (today by default).

    A document that nothing has been done to, and that sets itself no day still to come or gone by, has the status that a
    source states for it.
    """
    acts = store.relations_of_kinds(CHANGES)
    dated = _dated(store, on or date.today())  # noqa: DTZ011 - the reader's own day is meant
    for thing in store.searchables():
        slug, _, place = thing.id.partition("/")
        upon, own = acts.get(slug, []), dated.get(slug)
        if thing.kind not in {HitKind.ARTICLE, HitKind.DOCUMENT} or not (upon or own):
            yield thing
            continue
        document, facts = own or (upon[0].object, ())
        yield replace(thing, status=_status(document, facts, upon, place.partition("@")[0], on))


def _dated(store: Store, day: date) -> dict[str, tuple[DocumentView, tuple[Fact, ...]]]:
    """The documents whose own days bear on a day: not yet in force, or over, with what is said of them."""
    return {
        view.slug: (view, store.facts(view.slug))
        for view in store.documents()
        if (view.effective and view.effective > day) or (view.expires and view.expires <= day)
    }


def _status(
    document: DocumentView, facts: tuple[Fact, ...], acts: list[RelationView], place: str, on: date | None
) -> Status:
    if place:
        return provision_standing_of(document, place, facts, acts, on).status
    return standing_of(document, facts, acts, on).status
