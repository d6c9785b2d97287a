"""robots.txt as RFC 9309 has it: what may be asked, and how fast.

Not there (any 4xx) means that everything may be asked (2.3.1.3). Not to be had (5xx, no connection, a page of HTML in its
place) means that nothing may be asked (2.3.1.4): the host is then refused, never asked "just in case".
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler

from corpus.crawl.checks import is_html
from corpus.crawl.failures import refusal_of
from corpus.crawl.refusals import RefusedError, RobotsError

TOKEN = "dean06"  # noqa: S105  # the product token of RFC 9309, 2.2.1
_LONGEST = 500 * 1024  # bytes that must be read (2.5); what follows is left out


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one host for us."""

    parser: Protego

    def allows(self, address: str) -> bool:
        """Whether the address may be asked."""
        return bool(self.parser.can_fetch(address, TOKEN))

    @property
    def delay(self) -> float:
        """Seconds to leave between two requests, 0 where the owner says nothing."""
        rate = self.parser.request_rate(TOKEN)
        by_rate = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return max(float(self.parser.crawl_delay(TOKEN) or 0), by_rate)


def rules_of(address: str, status: int, body: bytes) -> Rules:
    """The rules in an answer for robots.txt; raises ``RobotsError`` where they cannot be known."""
    if 400 <= status < 500 and status != 429:
        return Rules(Protego.parse(""))
    if not 200 <= status < 300:
        raise RobotsError(address, f"{address} answered {status}: what may be asked of this host is not known.")
    if is_html(body):
        raise RobotsError(address, f"{address} gave a page of HTML: what may be asked of this host is not known.")
    return Rules(Protego.parse(body[:_LONGEST].decode("utf-8", "replace")))


class RobotsMiddleware:
    """Reads robots.txt of a host before its first request, obeys it, and hands its delay to the downloader."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, Rules | RefusedError] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        """For Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise ``RobotsError`` for what may not be asked."""
        if request.meta.get("is_robots"):
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = await self._read(origin, parts.hostname or "")
        rules = self._rules[origin]
        if isinstance(rules, RefusedError):
            raise rules
        if not rules.allows(request.url):
            raise RobotsError(request.url, f"{origin}/robots.txt does not allow {request.url}.")

    async def _read(self, origin: str, host: str) -> Rules | RefusedError:
        address = f"{origin}/robots.txt"
        assert self._crawler.engine is not None
        try:
            response = await self._crawler.engine.download_async(Request(address, meta={"is_robots": True}))
            rules = rules_of(address, response.status, response.body)
        except Exception as error:  # noqa: BLE001  # whatever kept it from being read, nothing may be asked then
            return refusal_of(address, error)
        self._slow_down(host, rules.delay)
        return rules

    def _slow_down(self, host: str, delay: float) -> None:
        assert self._crawler.engine is not None
        downloader = self._crawler.engine.downloader
        floor = max(delay, self._crawler.settings.getfloat("DOWNLOAD_DELAY"))
        downloader.per_slot_settings[host] = {"delay": floor}
        if host in downloader.slots:
            downloader.slots[host].delay = max(downloader.slots[host].delay, floor)
