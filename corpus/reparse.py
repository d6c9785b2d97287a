"""Reading everything again: a better parser runs over all that was ever fetched, and says what it gained and lost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, cast

from corpus.crawl.checks import check_page
from corpus.crawl.frontier import ItemPages
from corpus.crawl.pages import Page
from corpus.crawl.report import RefusedAnswer
from corpus.crawl.spider import PackageSpider
from corpus.crawl.storing import ITEMS_IN_ONE_IMPORT, ReadItem, digest, import_package, item_batches, read_item
from corpus.reporting import UnusedGroup, group_unused
from corpus.snapshot import Snapshot, Snapshots
from corpus.sources import source_names, spider_of
from kb.errors import Dean06Error
from kb.progress import Progress, no_progress
from kb.store import Batch, Counts, Store, Unused

_TABLES = {
    "document": "documents",
    "provision": "articles",
    "document_fact": "facts",
    "relation_evidence": "relations",
    "procedure": "procedures",
    "task": "tasks",
}
_COUNTED = ("documents", "articles", "relations", "procedures", "tasks")


class _UndoneError(Exception):
    """Ends a transaction that must not be kept."""


@dataclass(slots=True)
class ReparseReport:
    """What today's parsers make of what was fetched.

    ``gained`` and ``lost`` count what came and what ended, by kind; ``before`` and ``after`` what the store holds (of a dry
    run both are the same). ``refused`` are items that cannot be read.
    """

    dry_run: bool
    items: int = 0
    pages: int = 0
    gained: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    before: dict[str, int] = field(default_factory=dict)
    after: dict[str, int] = field(default_factory=dict)
    refused: list[RefusedAnswer] = field(default_factory=list)
    unused: tuple[UnusedGroup, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The report as one JSON object."""
        return {
            "dry_run": self.dry_run,
            "items": self.items,
            "pages": self.pages,
            "gained": dict(self.gained),
            "lost": dict(self.lost),
            "before": self.before,
            "after": self.after,
            "refused": [asdict(refused) for refused in self.refused],
            "unused": [asdict(group) for group in self.unused],
        }

    def lines(self) -> list[str]:
        """The report as lines of text."""
        would = "would be " if self.dry_run else ""
        kinds = [kind for kind in _TABLES.values() if self.gained[kind] or self.lost[kind]]
        moved = [f"  {kind}: {self.gained[kind]:,} {would}gained, {self.lost[kind]:,} {would}lost" for kind in kinds]
        held = [
            f"  {name} held: {count:,} before, {self.after[name]:,} after"
            for name, count in self.before.items()
            if not self.dry_run
        ]
        refused = [f"  refused, {one.kind}: {one.problem} {one.remedy}" for one in self.refused]
        unused = [f"  not used, or only in part ({group.count:,}): {group.why}" for group in self.unused]
        head = f"{self.items:,} items of {self.pages:,} snapshots read again."
        return [head, *(moved or ["  nothing gained, nothing lost"]), *held, *refused, *unused]


def reparse(
    store: Store, home: Path, *, source: str = "", dry_run: bool = False, progress: Progress = no_progress
) -> ReparseReport:
    """Read the newest good snapshot of each request again, item by item, and take it into the store.

    A dry run writes and takes back. Raises ``NotFoundError`` for a source that is not known.
    """
    report = ReparseReport(dry_run, before=_held(store.counts()))
    watched = _Watched(store, report)
    again = _Again(Snapshots(home), watched, home, progress)
    for name in [spider_of(source).header.name] if source else source_names():
        again.read_source(name)
    report.unused = group_unused(watched.unused)
    report.after = _held(store.counts())
    return report


@dataclass(frozen=True, slots=True)
class _Again:
    """What reading again works with."""

    snapshots: Snapshots
    watched: _Watched
    home: Path
    progress: Progress

    def read_source(self, name: str) -> None:
        """Read all items of a source."""
        items = list(_items_of(name, self.snapshots, self.watched.report))
        spider = spider_of(name)()
        if isinstance(spider, PackageSpider):
            self._read_packages(spider, items)
        else:
            self._read_items(name, items)

    def _read_items(self, source: str, items: list[ItemPages]) -> None:
        done = 0
        for _, some in item_batches(items, ITEMS_IN_ONE_IMPORT):
            read = _read_items(source, some, self.snapshots, self.watched.report)
            told = {"source": source, "name": "reparse", "sha256": digest(read)}
            with suppress(_UndoneError), self.watched.importing(**told) as batch:
                for item in read:
                    item.records.store(batch)
            self.watched.report.items += len(read)
            done += len(some)
            self.progress(f"parse {source}", done, len(items))

    def _read_packages(self, spider: PackageSpider, items: list[ItemPages]) -> None:
        store = cast("Store", self.watched)  # it gives all that a store gives
        for item in items:
            try:
                with suppress(_UndoneError):
                    self._import_again(spider, item, store)
            except Dean06Error as error:
                self.watched.report.refused.append(RefusedAnswer.of(item.key, error, item.snapshots[-1]))
            else:
                self.watched.report.items += 1

    def _import_again(self, spider: PackageSpider, item: ItemPages, store: Store) -> None:
        import_package(spider, self.snapshots, item, store=store, home=self.home, progress=self.progress, again=True)


def _items_of(source: str, snapshots: Snapshots, report: ReparseReport) -> Iterator[ItemPages]:
    """The items of a source, each with the newest good snapshot of each of its requests, in the order of time."""
    pages: defaultdict[str, list[Snapshot]] = defaultdict(list)
    for names in snapshots.newest(source).values():
        good = _newest_good(names, snapshots, report)
        if good is not None and good.fetch.item:
            pages[good.fetch.item].append(good)
    for key, found in pages.items():
        report.pages += len(found)
        names_of = tuple(snapshot.name for snapshot in sorted(found, key=lambda snapshot: snapshot.retrieved))
        yield ItemPages(source, key, names_of)


def _newest_good(names: tuple[str, ...], snapshots: Snapshots, report: ReparseReport) -> Snapshot | None:
    """The newest snapshot that is no error page, as since when the source says the same; None where all are."""
    for position, name in enumerate(names):
        try:
            snapshot = snapshots.get(name)
            data = snapshots.head(snapshot) if snapshot.fetch.large else snapshots.read(snapshot)
            check_page(Page(snapshot, data))
        except Dean06Error as error:
            if not hasattr(error, "kind"):  # damaged, not refused: worth a word
                report.refused.append(RefusedAnswer.of(name, error, name))
            continue
        return snapshots.first_alike(snapshot, names[position + 1 :])
    return None


def _read_items(source: str, items: list[ItemPages], snapshots: Snapshots, report: ReparseReport) -> list[ReadItem]:
    read = []
    for item in items:
        try:
            read.append(read_item(spider_of(source)(), snapshots, item))
        except Dean06Error as error:
            report.refused.append(RefusedAnswer.of(getattr(error, "address", item.key), error, item.snapshots[-1]))
    return read


class _Watched:
    """A store whose imports are counted in a report, and taken back in a dry run."""

    def __init__(self, store: Store, report: ReparseReport) -> None:
        self._store = store
        self.report = report
        self.unused: list[Unused] = []

    @contextmanager
    def importing(self, **told: Any) -> Iterator[Batch]:  # noqa: ANN401  # as Store.importing
        """As ``Store.importing``; raises ``_UndoneError`` at the end of a dry run."""
        with self._store.importing(**told) as batch:
            yield batch
            if self.report.dry_run:
                batch.finish()
                self._count(batch)
                raise _UndoneError
        self._count(batch)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever else a store gives
        return getattr(self._store, name)

    def _count(self, batch: Batch) -> None:
        for table, kind in _TABLES.items():
            self.report.gained[kind] += batch.gained[table]
            self.report.lost[kind] += batch.lost[table]
        self.unused += batch.unused_things


def _held(counts: Counts) -> dict[str, int]:
    return {name: getattr(counts, name) for name in _COUNTED}
