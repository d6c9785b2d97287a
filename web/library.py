"""What the pages read: the store, and whichever index generation is current."""

from __future__ import annotations

from threading import Lock

from indexer.search import SearchIndex, open_index
from kb.settings import Settings
from kb.store import Store, open_store


class Library:
    """The store and the live index of one home; a newly published index is taken up without a restart."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store: Store = open_store(settings.database_url)
        self._lock = Lock()
        self._index: SearchIndex | None = None

    @property
    def index(self) -> SearchIndex:
        """The current index; raises ``DamagedIndexError`` where there is none to open."""
        with self._lock:
            if self._index is None or not self._index.is_current():
                self._index = open_index(self.settings.index_home)
            return self._index

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()
