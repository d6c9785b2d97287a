"""What the index finds for a task: articles that may govern its subject, and tasks like it."""

from __future__ import annotations

from indexer.results import Hit
from indexer.search import SearchIndex
from kb.errors import DamagedIndexError
from kb.ledger.tasks.governing import Suggest, Suggestion
from web.library import Library

_ARTICLES = 5
_TASKS = 6


def index_of(library: Library) -> SearchIndex | None:
    """The current index; None where there is none to open: what is known without a search is shown all the same."""
    try:
        return library.index
    except DamagedIndexError:
        return None


def suggest_from(library: Library) -> Suggest | None:
    """The search of the current index as the task ledger asks it; None where there is none."""
    index = index_of(library)
    return suggest_with(index) if index else None


def suggest_with(index: SearchIndex) -> Suggest:
    """The search as the task ledger asks it: articles on a subject, the best first."""

    def suggest(subject: str) -> list[Suggestion]:
        hits = index.search(subject, filters={"kind": ["article"]}, limit=_ARTICLES).hits
        found = [(hit.id.partition("@")[0].partition("/"), " ".join(hit.snippet.text.split())) for hit in hits]
        return [Suggestion(slug, path, why) for (slug, _, path), why in found]

    return suggest


def similar_tasks(index: SearchIndex, subject: str, besides: tuple[str, ...]) -> list[Hit]:
    """Tasks whose words are like a subject, the best first, besides those of these names."""
    hits = index.search(subject, filters={"kind": ["task"]}, limit=_TASKS + len(besides)).hits
    return [hit for hit in hits if hit.id not in besides][:_TASKS]
