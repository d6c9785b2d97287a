"""A crawl under way: what goes out of the frontier as a request, and what comes back as a page or a refusal."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from corpus.crawl.checks import check_page
from corpus.crawl.failures import refusal_of
from corpus.crawl.fetch import Expects, Fetch
from corpus.crawl.frontier import Frontier
from corpus.crawl.large import Part
from corpus.crawl.pages import Page
from corpus.crawl.refusals import RefusedError, UnknownFormError
from corpus.crawl.report import CrawlReport, RefusedAnswer
from corpus.crawl.spider import SourceSpider
from corpus.snapshot import Snapshot, Snapshots
from kb.errors import Dean06Error, UnusableInputError
from kb.progress import Progress
from kb.settings import Settings

_ACCEPT = {
    Expects.HTML: "text/html,application/xhtml+xml",
    Expects.JSON: "application/json",
    Expects.XML: "application/xml,application/rss+xml,text/xml",
    Expects.PDF: "application/pdf",
    Expects.ZIP: "application/zip",
    Expects.ANY: "*/*",
}


@dataclass(slots=True)
class Job:
    """What one crawl works with. Answers are kept first, looked at second; nothing here touches the store."""

    spider: SourceSpider
    frontier: Frontier
    snapshots: Snapshots
    report: CrawlReport
    settings: Settings
    progress: Progress
    folder: Path
    _known: dict[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    _stopped: asyncio.Event = field(default_factory=asyncio.Event)

    def has_next(self) -> bool:
        """Whether there is something to ask."""
        return not self.report.interrupted and self.frontier.has_next(lists_only=self.report.dry_run)

    def next_request(self) -> Request | None:
        """The next request for Scrapy."""
        if self.report.interrupted:
            return None
        fetch = self.frontier.next(lists_only=self.report.dry_run, most=self.settings.crawl_concurrency)
        return None if fetch is None else self._request_of(fetch)

    async def pause(self, seconds: float) -> None:
        """Wait; raises ``IgnoreRequest`` where the crawl is stopped meanwhile."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopped.wait(), seconds)
        if self._stopped.is_set():
            raise IgnoreRequest("the crawl was stopped")

    def stop(self) -> None:
        """Ask nothing more."""
        self.report.interrupted = True
        self._stopped.set()

    def arrived(self, response: Response) -> None:
        """Keep an answer, look at it, and queue what it leads to."""
        assert response.request is not None
        fetch: Fetch = response.request.meta["fetch"]
        snapshot = self._kept(fetch, response)
        try:
            page = Page(snapshot, self.snapshots.head(snapshot) if fetch.large else self.snapshots.read(snapshot))
            check_page(page)
            follows = list(self.spider.follow(page))
        except (RefusedError, UnusableInputError) as error:
            self._refuse(fetch, error, snapshot)
        except Exception as error:  # noqa: BLE001  # a page that its parser does not expect must not end the crawl unsaid
            form = f"{snapshot.address} has a form that is not known: {type(error).__name__}: {error}."
            self._refuse(fetch, UnknownFormError(snapshot.address, form), snapshot)
        else:
            self.frontier.done(fetch, snapshot.name, follows)
        self._tell()

    def failed(self, failure: Failure) -> None:
        """Refuse what gave no answer, by the kind of failure."""
        fetch: Fetch = failure.request.meta["fetch"]  # type: ignore[attr-defined]  # Scrapy puts it there
        if not self.report.interrupted:
            self._refuse(fetch, refusal_of(fetch.address, failure.value), None)
            self._tell()

    def _request_of(self, fetch: Fetch) -> Request:
        meta: dict[str, Any] = {
            "fetch": fetch,
            "download_timeout": self.settings.crawl_timeout,
            "download_maxsize": self.settings.crawl_largest_package if fetch.large else self.settings.crawl_largest,
        }
        part = self.folder / f"{fetch.fingerprint}.part"
        if fetch.large:
            meta |= {"part": str(part), "progress": self.progress}
        headers = {"Accept": _ACCEPT[fetch.expects], **fetch.headers}
        known = None if part.is_file() or fetch.method != "GET" else self._last_good(fetch)
        if known is not None:
            meta["known"] = known
            headers |= _conditions(known)
        return Request(
            fetch.address,
            method=fetch.method,
            body=fetch.body,
            headers=headers,
            meta=meta,
            callback=self.arrived,
            errback=self.failed,
            dont_filter=True,
        )

    def _last_good(self, fetch: Fetch) -> Snapshot | None:
        """The newest whole answer to the same request that says how to ask whether it still holds."""
        for name in self._earlier(fetch):
            with suppress(Dean06Error):
                snapshot = self.snapshots.get(name)
                if snapshot.status == 200 and not snapshot.cut:
                    return snapshot if _conditions(snapshot) else None
        return None

    def _earlier(self, fetch: Fetch) -> tuple[str, ...]:
        """Names of the snapshots of the same request from before this crawl, the newest first."""
        source = fetch.source or self.spider.header.name
        if source not in self._known:
            self._known[source] = self.snapshots.newest(source)
        return self._known[source].get(fetch.fingerprint[:16], ())

    def _kept(self, fetch: Fetch, response: Response) -> Snapshot:
        assert response.request is not None
        known: Snapshot | None = response.request.meta.get("known")
        if response.status == 304 and known is not None:
            self.report.unchanged += 1
            return known
        self.report.kept += 1
        source = fetch.source or self.spider.header.name
        headers = {name.decode("latin-1"): values[-1].decode("latin-1") for name, values in response.headers.items()}
        told: dict[str, Any] = {"source": source, "address": response.url, "retrieved": datetime.now(UTC)}
        told |= {"status": response.status, "headers": headers, "fetch": fetch}
        if "on-disk" not in response.flags:
            kept = self.snapshots.keep(response.body, **told, cut="dataloss" in response.flags)
            return self.snapshots.first_alike(kept, self._earlier(fetch))
        part = Part(Path(response.request.meta["part"]))
        snapshot = self.snapshots.keep_file(part.path, **told)
        part.discard()
        self.report.received += snapshot.size
        return snapshot

    def _refuse(self, fetch: Fetch, error: Dean06Error, snapshot: Snapshot | None) -> None:
        name = "" if snapshot is None else snapshot.name
        refused = RefusedAnswer.of(fetch.address, error, name)
        self.report.refused.append(refused)
        self.frontier.refused(fetch, name, stops=refused.stopped)

    def _tell(self) -> None:
        done = self.frontier.answered
        self.progress("fetch", done, done + self.frontier.remaining)


def _conditions(snapshot: Snapshot) -> dict[str, str]:
    """The headers that ask for an answer only if it changed (RFC 9110, 13.1)."""
    names = {"If-None-Match": "etag", "If-Modified-Since": "last-modified"}
    return {asked: snapshot.headers[given] for asked, given in names.items() if given in snapshot.headers}
