"""Bring the register into a store: on the first start, and whenever the shipped tables have changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from kb.register import records
from kb.register.tables import digest
from kb.store import Store


def load_register(store: Store) -> Mapping[str, int]:
    """Import the whole register and give the number of records of each kind; empty where the store holds it already.

    One import: an error leaves the store as it was.
    """
    sha256 = digest()
    if store.was_imported(records.SOURCE, sha256):
        return {}
    with store.importing(source=records.SOURCE, name="register", sha256=sha256, whole=True) as batch:
        return {
            "documents": _write(records.documents(), batch.document),
            "relations": _write(records.relations(), batch.relation),
            "agencies": _write(records.agencies(), batch.agency),
            "successions": _write(records.successions(), batch.succession),
            "indicators": _write(records.indicators(), batch.indicator),
            "procedures": _write(records.procedures(), batch.procedure),
            "simplifications": _write(records.simplifications(), batch.simplification),
            "tasks": _write(records.tasks(), batch.task),
        }


_Record = TypeVar("_Record")


def _write(records: Iterable[_Record], write: Callable[[_Record], object]) -> int:
    count = 0
    for count, record in enumerate(records, start=1):  # noqa: B007  # the count is the result
        write(record)
    return count
