"""The store: the only truth, with the source of every fact.

Open it by address, read it through :class:`Store`, write it inside one import::

    store = open_store("sqlite:////data/store.sqlite")
    with store.importing(source="phapdien", name="BoPhapDienDienTu.zip", sha256="…", whole=True) as batch:
        slug = batch.document(observed)
        if slug is not None:
            batch.edition(slug, edition)
        batch.relation(relation)
    store.document("luat-26-2023-qh15").title

Nothing written inside the ``with`` is visible before it ends; an error, an interrupt or a crash leaves the store as it
was. The views that reading gives are in :mod:`kb.store.views`.
"""

from kb.store.store import Store, open_store
from kb.store.views import (
    ArticleView,
    ContentsEntry,
    Counts,
    DocumentView,
    EditionView,
    Fact,
    FactValue,
    HistoryEntry,
    ImportView,
    RecordVersion,
    RelationView,
    UnresolvedRelation,
    Unused,
)
from kb.store.writing import Batch

__all__ = [
    "ArticleView",
    "Batch",
    "ContentsEntry",
    "Counts",
    "DocumentView",
    "EditionView",
    "Fact",
    "FactValue",
    "HistoryEntry",
    "ImportView",
    "RecordVersion",
    "RelationView",
    "Store",
    "UnresolvedRelation",
    "Unused",
    "open_store",
]
