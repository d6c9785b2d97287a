"""What the records give to suggest: titles, headings, numbers, procedures and agencies, the frequent ones first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from indexer.suggest import Entry, Suggester
from kb.model import HitKind, Searchable

_TITLES = {
    HitKind.ARTICLE: "heading",
    HitKind.DOCUMENT: "document",
    HitKind.PROCEDURE: "procedure",
    HitKind.TASK: "task",
}
_WEIGHTS = {"document": 40.0, "procedure": 30.0, "number": 20.0, "agency": 10.0, "task": 5.0, "heading": 0.0}
_LONGEST = 200


class EntryCollector:
    """Collects entries from records on their way elsewhere."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def collecting(self, records: Iterable[Searchable]) -> Iterator[Searchable]:
        """The same records, each looked at in passing."""
        for record in records:
            self._counts.update((text, kind) for text, kind in _entries(record) if text)
            yield record

    def suggester(self) -> Suggester:
        """All that was collected; how often something was seen orders it among its kind."""
        return Suggester.build(
            Entry(text, kind, _WEIGHTS[kind] + min(count, 999) / 100) for (text, kind), count in self._counts.items()
        )


def _entries(record: Searchable) -> Iterator[tuple[str, str]]:
    yield " ".join(record.title.split())[:_LONGEST], _TITLES[record.kind]
    if record.kind is HitKind.DOCUMENT:
        yield record.number, "number"
        yield record.issuer, "agency"
