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
    if any(past.source == records.SOURCE and past.sha256 == sha256 for past in store.imports()):
        return {}
    with store.importing(source=records.SOURCE, name="register", sha256=sha256, whole=True) as batch:
        kinds = (
            ("documents", records.documents(), batch.document),
            ("relations", records.relations(), batch.relation),
            ("agencies", records.agencies(), batch.agency),
            ("successions", records.successions(), batch.succession),
            ("indicators", records.indicators(), batch.indicator),
            ("procedures", records.procedures(), batch.procedure),
            ("tasks", records.tasks(), batch.task),
        )
        return {name: _write(items, write) for name, items, write in kinds}


_Record = TypeVar("_Record")


def _write(records: Iterable[_Record], write: Callable[[_Record], object]) -> int:
    count = 0
    for count, record in enumerate(records, start=1):  # noqa: B007  # the count is the result
        write(record)
    return count
