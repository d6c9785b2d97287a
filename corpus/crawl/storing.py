"""From snapshots to the store: each item is read by its source's parser, and a batch of items is one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.crawl.checks import check_page
from corpus.crawl.frontier import Frontier, ItemPages
from corpus.crawl.pages import Page
from corpus.crawl.refusals import UnknownFormError
from corpus.crawl.report import Changes, CrawlReport, RefusedAnswer
from corpus.crawl.spider import PackageSpider, Records, SourceSpider
from corpus.reporting import ImportReport, group_unused
from corpus.snapshot import Snapshots
from corpus.sources import spider_of
from kb.errors import Dean06Error
from kb.progress import Progress
from kb.store import Batch, Store, Unused

ITEMS_IN_ONE_IMPORT = 100


@dataclass(frozen=True, slots=True)
class ReadItem:
    """An item with what its pages say; ``sha256`` is over those of its pages."""

    pages: ItemPages
    records: Records
    sha256: str


@dataclass(slots=True)
class Storing:
    """Takes the complete items of a crawl into the store."""

    store: Store
    snapshots: Snapshots
    frontier: Frontier
    report: CrawlReport
    home: Path
    progress: Progress

    def store_all(self, spider: SourceSpider, *, whole: bool) -> None:
        """Store what is complete and not stored yet; with ``whole`` all items of the job, as all that the source says.

        An item that cannot be read is listed as refused and leaves the store as it was. A stop leaves whole batches.
        """
        if isinstance(spider, PackageSpider):
            self._import_packages(spider)
            return
        items = list(self.frontier.every_item() if whole else self.frontier.complete())
        unused: list[Unused] = []
        done = 0
        for source, batch_items in item_batches(items, len(items) if whole else ITEMS_IN_ONE_IMPORT):
            read = [item for pages in batch_items if (item := self._read(source, pages)) is not None]
            done += len(batch_items)
            is_all = whole and len(read) == len(items)  # what could not be read is not withdrawn
            with self.store.importing(source=source, name="crawl", sha256=digest(read), whole=is_all) as batch:
                for item in read:
                    item.records.store(batch)
            self._sum_up(batch, unused)
            self.frontier.settle(source, [item.pages.key for item in read], "stored")
            self.report.stored += len(read)
            self.progress("load", done, len(items))
        self.report.unused = group_unused(unused)

    def _read(self, source: str, item: ItemPages) -> ReadItem | None:
        try:
            read = read_item(spider_of(source)(), self.snapshots, item)
        except Dean06Error as error:
            self._refuse(item, error)
            return None
        self.report.parsed += 1
        return read

    def _refuse(self, item: ItemPages, error: Dean06Error) -> None:
        last = item.snapshots[-1] if item.snapshots else ""
        self.report.refused.append(RefusedAnswer.of(getattr(error, "address", item.key), error, last))
        self.frontier.settle(item.source, [item.key], "refused")

    def _sum_up(self, batch: Batch, unused: list[Unused]) -> None:
        self.report.counts.update(batch.counts)
        unused += batch.unused_things

    def _import_packages(self, spider: PackageSpider) -> None:
        for item in list(self.frontier.complete()):
            try:
                imported = import_package(
                    spider, self.snapshots, item, store=self.store, home=self.home, progress=self.progress
                )
            except Dean06Error as error:
                self._refuse(item, error)
                continue
            self.frontier.settle(item.source, [item.key], "stored")
            self.report.parsed += 1
            self.report.stored += 1
            self.report.counts.update(imported.counts)
            self.report.unused = imported.unused


def read_item(spider: SourceSpider, snapshots: Snapshots, item: ItemPages) -> ReadItem:
    """What the pages of an item say; raises a ``Dean06Error`` where they cannot be used."""
    pages = [Page(snapshot, snapshots.read(snapshot)) for snapshot in map(snapshots.get, item.snapshots)]
    for page in pages:
        check_page(page)
    try:
        records = spider.read(pages)
    except Dean06Error:
        raise
    except Exception as error:  # a parser that meets the unexpected must not end the others' import
        address = pages[-1].address if pages else item.key
        form = f"{address} has a form that is not known: {type(error).__name__}: {error}."
        raise UnknownFormError(address, form) from error
    return ReadItem(item, records, _digest_of(page.snapshot.sha256 for page in pages))


def digest(items: Iterable[ReadItem]) -> str:
    """The sha256 that an import of items is known by."""
    return _digest_of(item.sha256 for item in items)


def item_batches(items: Sequence[ItemPages], size: int) -> Iterator[tuple[str, list[ItemPages]]]:
    """The items in batches of one source each."""
    for source, group in groupby(sorted(items, key=lambda item: item.source), key=lambda item: item.source):
        while chunk := list(islice(group, size)):
            yield source, chunk


def changes_between(before: Mapping[str, object], after: Mapping[str, object]) -> Changes:
    """What was added, changed and withdrawn."""
    return Changes(
        sorted(after.keys() - before.keys()),
        sorted(key for key in after.keys() & before.keys() if after[key] != before[key]),
        sorted(before.keys() - after.keys()),
    )


def import_package(  # noqa: PLR0913  # what an import needs
    spider: PackageSpider,
    snapshots: Snapshots,
    item: ItemPages,
    *,
    store: Store,
    home: Path,
    progress: Progress,
    again: bool = False,
) -> ImportReport:
    """Hand a package to its importer, as a file under its own name."""
    snapshot = snapshots.get(item.snapshots[-1])
    with TemporaryDirectory(dir=home) as folder:
        path = Path(folder) / item.key
        snapshots.copy_to(snapshot, path)
        return spider.import_package(path, store, home=home, progress=progress, again=again)


def _digest_of(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
