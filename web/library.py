"""What the pages read: the store, and whichever index generation is current."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar

from indexer.search import SearchIndex, open_index
from kb.settings import Settings
from kb.store import Store, open_store

Answer = TypeVar("Answer")
Given = ParamSpec("Given")

MOST_REMEMBERED = 12
"""How many answers are kept: the few that every page shows, and the ledgers of some days (tens of megabytes each)."""


class Library:
    """The store and the live index of one home; a newly published index is taken up without a restart."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store: Store = open_store(settings.database_url)
        self._lock = Lock()
        self._index: SearchIndex | None = None
        self._revision: int | None = None
        self._remembered: OrderedDict[Hashable, _Answer] = OrderedDict()

    @property
    def index(self) -> SearchIndex:
        """The current index; raises ``DamagedIndexError`` where there is none to open."""
        with self._lock:
            if self._index is None or not self._index.is_current():
                self._index = open_index(self.settings.index_home)
            return self._index

    def remembered(
        self, read: Callable[Concatenate[Store, Given], Answer], *given: Given.args, **named: Given.kwargs
    ) -> Answer:
        """What ``read`` makes of the store, made once a revision for the same arguments, which must be hashable.

        For what many pages show and few imports change. The least used answers go first; two who ask for the same at once wait
        for one answer.
        """
        held = self._held((read, given, *sorted(named.items())))
        with held.lock:
            if not held.made:
                held.value, held.made = read(self.store, *given, **named), True
        answer: Answer = held.value
        return answer

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def _held(self, key: Hashable) -> _Answer:
        revision = self.store.revision
        with self._lock:
            if revision != self._revision:
                self._revision, self._remembered = revision, OrderedDict()
            held = self._remembered.setdefault(key, _Answer())
            self._remembered.move_to_end(key)
            if len(self._remembered) > MOST_REMEMBERED:
                self._remembered.popitem(last=False)
            return held


class _Answer:
    """A place for an answer, with a lock for whoever makes it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.made = False
        self.value: Any = None
