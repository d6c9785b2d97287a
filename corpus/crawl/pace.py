"""How fast a source is asked: never faster than its owner wants, slower when it is slow, and not at all while it asks for a pause."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response

from corpus.crawl.failures import may_pass

if TYPE_CHECKING:
    from corpus.crawl.job import Job

_WORTH_ANOTHER_TRY = frozenset({408, 429, 500, 502, 503, 504, 522, 524})


class Throttle(AutoThrottle):
    """Scrapy's AutoThrottle, which never falls below the delay that robots.txt or the settings ask for.

    The pause counts from the answer, not from the request: so it is whole as the server measures it, too.
    """

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        super()._response_downloaded(response, request, spider)
        _, slot = self._get_slot(request, spider)
        if slot is not None:
            slot.lastseen = time.monotonic()

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        super()._adjust_delay(slot, latency, response)
        assert self.crawler.engine is not None
        host = urlsplit(response.url).hostname or ""
        asked = self.crawler.engine.downloader.per_slot_settings.get(host, {}).get("delay", self.mindelay)
        slot.delay = max(slot.delay, asked)


def wait_asked(header: str, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for (RFC 9110, 10.2.3: a number or a date); None where it cannot be read.

    >>> wait_asked("120", datetime.now(UTC)), wait_asked("soon", datetime.now(UTC))
    (120.0, None)
    """
    if header.strip().isascii() and header.strip().isdigit():
        return float(header)
    with suppress(ValueError, TypeError):
        until = parsedate_to_datetime(header)
        return max(0.0, ((until if until.tzinfo else until.replace(tzinfo=UTC)) - now).total_seconds())
    return None


class BackOff:
    """Tries again what may pass, each time after a longer pause, or after the one that the server asks for.

    While a host asks for a pause nothing else is sent to it. What stays wrong is given on, to be refused by its kind.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._retries = settings.getint("RETRY_TIMES")
        self._base = settings.getfloat("DEAN06_BACKOFF")
        self._longest = settings.getfloat("DEAN06_LONGEST_WAIT")
        self._crawler = crawler
        self._until: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BackOff:
        """For Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait while the host asks for a pause; raises ``IgnoreRequest`` where the crawl is stopped meanwhile."""
        job: Job = self._crawler.spider.job  # type: ignore[union-attr]  # every crawl here has a spider with a job
        while (left := self._until.get(_host(request), 0.0) - time.monotonic()) > 0:
            await job.pause(left)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Give the request again where it is worth it."""
        if response.status not in _WORTH_ANOTHER_TRY and "dataloss" not in response.flags:
            return response
        asked = wait_asked((response.headers.get("Retry-After") or b"").decode("latin-1"), datetime.now(UTC))
        return await self._again(request, asked) or response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Give the request again where it is worth it."""
        if not may_pass(exception):
            return None
        return await self._again(request, None)

    async def _again(self, request: Request, asked: float | None) -> Request | None:
        tries = request.meta.get("tries", 0)
        wait = self._base * 2**tries if asked is None else asked
        if tries >= self._retries or wait > self._longest:
            return None
        assert self._crawler.stats is not None
        self._crawler.stats.inc_value("dean06/retries")
        waited = self._crawler.stats.get_value("dean06/waited", 0.0)
        self._crawler.stats.set_value("dean06/waited", waited + wait)
        host = _host(request)
        self._until[host] = max(self._until.get(host, 0.0), time.monotonic() + wait)
        await self.process_request(request)
        return request.replace(meta={**request.meta, "tries": tries + 1}, dont_filter=True)


def _host(request: Request) -> str:
    return urlsplit(request.url).hostname or ""
