"""What an import tells when it ends: a report that leaves nothing out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kb.store import Unused

_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class UnusedGroup:
    """Things that could not be used, or only in part, for one reason; ``examples`` are the first few of ``count``."""

    why: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    ``kind`` is ``codification``, ``documents`` or ``procedures``; ``unchanged`` tells that the store holds exactly this already. ``counts``
    are by kind, in the order to show them.
    """

    name: str
    kind: str
    sha256: str
    unchanged: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)
    unused: tuple[UnusedGroup, ...] = ()
    seconds: float = 0.0

    def as_json(self) -> dict[str, object]:
        """The report as one JSON object."""
        return {
            "name": self.name,
            "kind": self.kind,
            "sha256": self.sha256,
            "unchanged": self.unchanged,
            "counts": dict(self.counts),
            "unused": [
                {"why": group.why, "count": group.count, "examples": list(group.examples)} for group in self.unused
            ],
            "seconds": round(self.seconds, 1),
        }


def group_unused(things: Iterable[Unused]) -> tuple[UnusedGroup, ...]:
    """The things by reason, the most frequent first."""
    by_reason: defaultdict[str, list[str]] = defaultdict(list)
    for thing in things:
        by_reason[thing.why].append(thing.what)
    groups = (UnusedGroup(why, len(what), tuple(what[:_EXAMPLES])) for why, what in by_reason.items())
    return tuple(sorted(groups, key=lambda group: -group.count))
