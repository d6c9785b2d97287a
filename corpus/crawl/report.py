"""What a crawl did, for people and programs."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from corpus.crawl.fetch import Fetch
from corpus.reporting import UnusedGroup
from kb.errors import Dean06Error


@dataclass(frozen=True, slots=True)
class RefusedAnswer:
    """Something that was not taken, and why; ``snapshot`` is the name of what came, empty where nothing did."""

    address: str
    kind: str
    problem: str
    remedy: str
    stopped: bool
    snapshot: str = ""

    @classmethod
    def of(cls, address: str, error: Dean06Error, snapshot: str = "") -> RefusedAnswer:
        """From the error that says why."""
        kind = getattr(error, "kind", "unusable")
        stopped = getattr(error, "stops", False)
        return cls(address, kind, error.problem, error.remedy, stopped, snapshot)


@dataclass(slots=True)
class Changes:
    """What a source says now that it did not say before, by the keys that users know."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)


@dataclass(slots=True)
class CrawlReport:
    """What a crawl did so far.

    ``requests`` counts all that were sent (robots.txt, redirects and further tries too), ``received`` bytes of bodies.
    ``waited`` are seconds of pauses that servers asked for or that came before another try; ``delays`` the seconds between
    two requests to each host. ``kept`` are new snapshots, ``unchanged`` answers that the source said are as before;
    ``parsed`` and ``stored`` count items. ``remaining`` are requests left for the next run.
    """

    source: str
    dry_run: bool = False
    resumed: bool = False
    interrupted: bool = False
    finished: bool = False
    requests: int = 0
    retries: int = 0
    received: int = 0
    seconds: float = 0.0
    waited: float = 0.0
    delays: dict[str, float] = field(default_factory=dict)
    kept: int = 0
    unchanged: int = 0
    parsed: int = 0
    stored: int = 0
    remaining: int = 0
    refused: list[RefusedAnswer] = field(default_factory=list)
    planned: list[Fetch] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    unused: tuple[UnusedGroup, ...] = ()
    changes: Changes = field(default_factory=Changes)

    @property
    def stopped_by(self) -> RefusedAnswer | None:
        """What stopped the source, if anything did."""
        return next((refused for refused in self.refused if refused.stopped), None)

    @property
    def failed(self) -> bool:
        """Whether the source was stopped, or gave nothing but refusals."""
        return self.stopped_by is not None or bool(self.refused and not self.stored)

    def as_json(self) -> dict[str, Any]:
        """The report as one JSON object."""
        return {
            "source": self.source,
            "dry_run": self.dry_run,
            "resumed": self.resumed,
            "interrupted": self.interrupted,
            "finished": self.finished,
            "requests": self.requests,
            "retries": self.retries,
            "bytes": self.received,
            "seconds": round(self.seconds, 1),
            "waited": round(self.waited, 1),
            "delays": {host: round(delay, 2) for host, delay in self.delays.items()},
            "kept": self.kept,
            "unchanged": self.unchanged,
            "parsed": self.parsed,
            "stored": self.stored,
            "remaining": self.remaining,
            "refused": [asdict(refused) for refused in self.refused],
            "planned": [_planned_values(fetch) for fetch in self.planned],
            "counts": dict(self.counts),
            "unused": [asdict(group) for group in self.unused],
            **asdict(self.changes),
        }

    def lines(self) -> list[str]:
        """The report as lines of text."""
        return [
            *self._lines_of_fetching(),
            *self._lines_of_planned(),
            *self._lines_of_refused(),
            *self._lines_of_store(),
        ]

    def _lines_of_fetching(self) -> list[str]:
        how = (
            "dry run"
            if self.dry_run
            else "finished"
            if self.finished
            else "stopped"
            if self.interrupted
            else "not finished"
        )
        rate = f", {self.requests / self.seconds * 60:.0f} a minute" if self.seconds >= 1 else ""
        went_on = ", gone on with from an earlier run" if self.resumed else ""
        delays = ", ".join(f"{delay:.1f} s at {host}" for host, delay in self.delays.items())
        return [
            f"{self.source}: {how}{went_on}.",
            f"  asked: {self.requests:,} requests, {self.received:,} bytes in {self.seconds:.0f} s{rate}; {self.retries} tried again",
            f"  pace: {delays or 'nothing was asked'}; waited {self.waited:.0f} s where a server was not ready",
            f"  kept: {self.kept:,} snapshots, {self.unchanged:,} unchanged at the source; {self.remaining:,} requests left",
        ]

    def _lines_of_planned(self) -> list[str]:
        return [
            f"  would fetch: {fetch.role} {fetch.number or fetch.item} {fetch.address}"
            + (f" ({fetch.context['why']})" if "why" in fetch.context else "")
            for fetch in self.planned
        ]

    def _lines_of_refused(self) -> list[str]:
        lines = []
        for refused in self.refused:
            stopped = " (the source is asked nothing more)" if refused.stopped else ""
            lines.append(f"  refused, {refused.kind}{stopped}: {refused.problem} {refused.remedy}")
            if refused.snapshot:
                lines.append(f"    what came is kept as {refused.snapshot}")
        return lines

    def _lines_of_store(self) -> list[str]:
        if self.dry_run:
            return []
        counts = ", ".join(f"{count:,} {name}" for name, count in self.counts.items() if count)
        lines = [f"  stored: {self.stored:,} of {self.parsed:,} parsed{f' ({counts})' if counts else ''}"]
        for name in ("added", "changed", "withdrawn"):
            keys = getattr(self.changes, name)
            if keys:
                lines.append(f"  {name} ({len(keys):,}): {', '.join(keys)}")
        return lines + [
            f"  not used, or only in part ({group.count:,}): {group.why}; {'; '.join(group.examples)}"
            for group in self.unused
        ]


def _planned_values(fetch: Fetch) -> dict[str, Any]:
    return {
        "role": fetch.role,
        "item": fetch.item,
        "number": fetch.number,
        "method": fetch.method,
        "address": fetch.address,
        "body": fetch.body,
        "why": fetch.context.get("why", ""),
    }
