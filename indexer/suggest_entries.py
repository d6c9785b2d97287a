"""What the records give to suggest: titles, headings, numbers, procedures, agencies and phrases, the frequent ones first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from indexer.suggest import Entry, Suggester
from kb.model import HitKind, Searchable
from kb.text import canonical

_TITLES = {
    HitKind.ARTICLE: "heading",
    HitKind.DOCUMENT: "document",
    HitKind.PROCEDURE: "procedure",
    HitKind.TASK: "task",
}
_WEIGHTS = {
    "document": 40.0,
    "procedure": 30.0,
    "number": 20.0,
    "agency": 10.0,
    "phrase": 7.0,
    "task": 5.0,
    "heading": 0.0,
}
_LONGEST = 200
_FREQUENT = 10
"""In so many headings a phrase stands that is suggested."""
# What stands between phrases: marks, figures, and the words that join.
_JOINTS = re.compile(
    r"[^\w\s]+|\S*\d\S*|\b(?:của|và|hoặc|cho|theo|trong|tại|đối với|về|với|các|những|một số|do|từ|bằng|khi|được|không|điều|khoản|số)\b",
    re.IGNORECASE,
)
_SYLLABLES = range(2, 8)


class EntryCollector:
    """Collects entries from records on their way elsewhere."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._phrases: Counter[str] = Counter()

    def collecting(self, records: Iterable[Searchable]) -> Iterator[Searchable]:
        """The same records, each looked at in passing."""
        for record in records:
            self._counts.update((text, kind) for text, kind in _entries(record) if text)
            self._phrases.update(set(_phrases(record.title)))
            yield record

    def suggester(self) -> Suggester:
        """All that was collected; how often something was seen orders it among its kind."""
        frequent = {(phrase, "phrase"): count for phrase, count in self._phrases.items() if count >= _FREQUENT}
        return Suggester.build(
            Entry(text, kind, _WEIGHTS[kind] + min(count, 999) / 100)
            for (text, kind), count in (self._counts | frequent).items()
        )


def _phrases(title: str) -> Iterator[str]:
    """What stands between the joints of a heading, in small letters."""
    for piece in _JOINTS.split(canonical(title).lower()):
        syllables = piece.split()
        if len(syllables) in _SYLLABLES:
            yield " ".join(syllables)


def _entries(record: Searchable) -> Iterator[tuple[str, str]]:
    yield " ".join(record.title.split())[:_LONGEST], _TITLES[record.kind]
    if record.kind is HitKind.DOCUMENT:
        yield record.number, "number"
        yield record.issuer, "agency"
