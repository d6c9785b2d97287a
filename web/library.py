"""What the pages read: the store, and whichever index generation is current."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from indexer.search import SearchIndex, open_index
from kb.settings import Settings
from kb.store import Store, open_store

Answer = TypeVar("Answer")


class Library:
    """The store and the live index of one home; a newly published index is taken up without a restart."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store: Store = open_store(settings.database_url)
        self._lock = Lock()
        self._index: SearchIndex | None = None
        self._revision: int | None = None
        self._remembered: dict[Callable[[Store], Any], Any] = {}

    @property
    def index(self) -> SearchIndex:
        """The current index; raises ``DamagedIndexError`` where there is none to open."""
        with self._lock:
            if self._index is None or not self._index.is_current():
                self._index = open_index(self.settings.index_home)
            return self._index

    def remembered(self, read: Callable[[Store], Answer]) -> Answer:
        """What ``read`` gives of the store, read once a revision: for what every page shows and few imports change."""
        revision = self.store.revision
        with self._lock:
            if revision != self._revision:
                self._revision, self._remembered = revision, {}
            held = self._remembered
        if read not in held:
            held[read] = read(self.store)
        answer: Answer = held[read]
        return answer

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()
