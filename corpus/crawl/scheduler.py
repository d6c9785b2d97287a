"""Scrapy's requests come from the frontier on disk."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler

if TYPE_CHECKING:
    from corpus.crawl.job import Job


class FrontierScheduler(BaseScheduler):
    """Gives what the job says is next; only continuations (a redirect, another try) are held in memory."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._continued: deque[Request] = deque()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FrontierScheduler:
        """For Scrapy."""
        job: Job = crawler.spider.job  # type: ignore[union-attr]  # every crawl here has a spider with a job
        return cls(job)

    def has_pending_requests(self) -> bool:
        """Whether there is anything left to ask."""
        return bool(self._continued) or self._job.has_next()

    def enqueue_request(self, request: Request) -> bool:
        """Take back a request that is not answered yet: it is still in the frontier, should the process end now."""
        self._continued.append(request)
        return True

    def next_request(self) -> Request | None:
        """The next request."""
        return self._continued.popleft() if self._continued else self._job.next_request()
