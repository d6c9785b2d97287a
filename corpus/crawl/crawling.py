"""A crawl from beginning to end: ask, keep, read, store, report."""

from __future__ import annotations

import fcntl
import hashlib
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from corpus.crawl.frontier import Frontier
from corpus.crawl.job import Job
from corpus.crawl.network import certificate_policy
from corpus.crawl.report import CrawlReport
from corpus.crawl.running import run
from corpus.crawl.spider import SourceHeader, Wanted
from corpus.crawl.storing import Storing, changes_between
from corpus.snapshot import Snapshots
from corpus.sources import spider_of
from kb.errors import Dean06Error
from kb.progress import Progress, no_progress
from kb.settings import Settings
from kb.store import Store


class NoContactError(Dean06Error):
    """The owner of a source could not reach whoever crawls it."""


class NoConsentError(Dean06Error):
    """A source that the user must turn on."""


class CrawlUnderWayError(Dean06Error):
    """Another process crawls the same source."""


def crawl(  # noqa: PLR0913  # what a crawl needs
    source: str,
    wanted: Wanted,
    store: Store,
    settings: Settings,
    *,
    dry_run: bool = False,
    progress: Progress = no_progress,
) -> CrawlReport:
    """Fetch what is wanted of a source and take it into the store; goes on with a job that was stopped.

    A dry run asks for lists only, changes nothing and reports what it would fetch. Refusals are in the report. Raises
    ``NotFoundError`` for a source that is not known, ``NoContactError``, ``NoConsentError``, ``CrawlUnderWayError``,
    ``UnusableInputError`` for an extra certificate that cannot be read, and what the source itself raises for a wish it cannot fulfil. One crawl a process: Twisted's reactor starts once.
    """
    spider = spider_of(source)()
    check_may_crawl(spider.header, settings)
    certificate_policy(settings.crawl_extra_certificate)
    started = monotonic()
    report = CrawlReport(source, dry_run=dry_run)
    with (
        _alone(settings.home, source) as folder,
        _opened(settings.home, folder, source, None if dry_run else _job_name(source, wanted)) as (snapshots, frontier),
    ):
        job = Job(spider, frontier, snapshots, report, settings, progress, folder)
        _begin(job, wanted, store)
        run(job)
        report.remaining = frontier.remaining
        report.finished = not dry_run and not report.remaining and not report.interrupted
        if dry_run:
            report.planned = list(frontier.planned())
        else:
            _take_in(job, wanted, store)
    if report.finished and not wanted.is_everything:
        _forget(folder / _job_name(source, wanted))
    report.seconds = monotonic() - started
    return report


def check_may_crawl(header: SourceHeader, settings: Settings) -> None:
    """Raise ``NoContactError`` or ``NoConsentError`` unless the user may crawl the source."""
    if not settings.crawl_contact:
        raise NoContactError(
            "Nothing is crawled without a contact: the owner of a site must be able to reach whoever asks it.",
            "Set DEAN06_CRAWL_CONTACT to your mail address or a page about you; it is sent with every request.",
        )
    if settings.crawl_replay and not settings.crawl_allow_loopback:
        raise Dean06Error(
            "DEAN06_CRAWL_REPLAY is set, but connections to this machine are not allowed.",
            "For a test set DEAN06_CRAWL_ALLOW_LOOPBACK=yes besides; else unset DEAN06_CRAWL_REPLAY.",
        )
    if header.consent and not getattr(settings, f"crawl_{header.name}"):
        raise NoConsentError(
            f"The crawl of {header.name} is off. {header.consent}",
            f"If you have read this and may do it, set DEAN06_CRAWL_{header.name.upper()}=yes.",
        )


def _begin(job: Job, wanted: Wanted, store: Store) -> None:
    told = _told(wanted)
    job.frontier.limit = wanted.limit
    job.report.resumed = job.frontier.is_open(told, datetime.now(UTC))
    if not job.report.resumed:
        job.frontier.begin(told, job.spider.first(wanted, store))


def _take_in(job: Job, wanted: Wanted, store: Store) -> None:
    before = job.spider.known(store)
    whole = job.report.finished and not job.frontier.was_refused and job.spider.is_whole(wanted)
    storing = Storing(store, job.snapshots, job.frontier, job.report, job.settings.home, job.progress)
    storing.store_all(job.spider, whole=whole)
    job.report.changes = changes_between(before, job.spider.known(store))


@contextmanager
def _alone(home: Path, source: str) -> Iterator[Path]:
    """The folder of crawls, while no other process crawls this source."""
    folder = home / "crawl"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{source}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CrawlUnderWayError(f"{source} is being crawled by another process.", "Let it end first.") from error
        yield folder


@contextmanager
def _opened(home: Path, folder: Path, source: str, job: str | None) -> Iterator[tuple[Snapshots, Frontier]]:
    """Where answers and requests are kept; of a dry run, which has no job, nothing stays."""
    with TemporaryDirectory(dir=folder) as nowhere:
        frontier = Frontier(None if job is None else folder / job, source)
        with closing(frontier):
            yield Snapshots(Path(nowhere) if job is None else home), frontier


def _job_name(source: str, wanted: Wanted) -> str:
    """The file of a job: a narrow wish has its own, so that it does not end a large crawl that goes on another day."""
    if wanted.is_everything:
        return f"{source}.sqlite"
    return f"{source}-{hashlib.sha256(_told(wanted).encode()).hexdigest()[:12]}.sqlite"


def _told(wanted: Wanted) -> str:
    return json.dumps([wanted.number, str(wanted.since or ""), wanted.limit])


def _forget(job: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        job.with_name(f"{job.name}{suffix}").unlink(missing_ok=True)
