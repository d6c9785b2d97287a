"""One crawl through Scrapy: its settings, and its process."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from types import FrameType
from typing import Any

from scrapy.crawler import Crawler, CrawlerProcess

from corpus.crawl.job import Job
from corpus.crawl.robots import TOKEN
from kb.settings import Settings

_GRACE = 3.0  # seconds for what is under way when a user stops the crawl; it is asked again the next time


def run(job: Job) -> None:
    """Ask until nothing is left, a refusal stops every source, or the user does. Once a process: Twisted starts once."""
    process = CrawlerProcess(scrapy_settings(job))
    crawler = process.create_crawler(type(job.spider))
    process.crawl(crawler, job=job)
    with _stopped_by_signals(job, crawler):
        process.start(install_signal_handlers=False)
    _take_figures(job, crawler)


def user_agent(settings: Settings) -> str:
    """Who asks, and how to reach them."""
    return f"{TOKEN}/{version('dean06')} (+{settings.crawl_contact})"


def scrapy_settings(job: Job) -> dict[str, Any]:
    """What Scrapy is told; everything that could go round the guard is off."""
    settings, header = job.settings, job.spider.header
    delay = settings.crawl_delay if settings.crawl_replay else max(settings.crawl_delay, header.delay)
    return {
        "USER_AGENT": user_agent(settings),
        "SCHEDULER": "corpus.crawl.scheduler.FrontierScheduler",
        "CONCURRENT_REQUESTS": settings.crawl_concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": settings.crawl_concurrency,
        "DOWNLOAD_DELAY": delay,
        "DOWNLOAD_DELAY_JITTER": 0,  # a jitter could fall below what the owner asks for
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": delay,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
        "EXTENSIONS": {
            "scrapy.extensions.throttle.AutoThrottle": None,
            "corpus.crawl.pace.Throttle": 0,
            "scrapy.extensions.telnet.TelnetConsole": None,
            "scrapy.extensions.remote_control.RemoteControl": None,
        },
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "DOWNLOAD_TIMEOUT": settings.crawl_timeout,
        "DOWNLOAD_MAXSIZE": settings.crawl_largest,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": False,  # a cut answer is kept, and refused by name
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_HANDLERS": {
            "http": "corpus.crawl.network.GuardedHandler",
            "https": "corpus.crawl.network.GuardedHandler",
            "file": None,
            "ftp": None,
            "s3": None,
            "data": None,
        },
        "TWISTED_DNS_RESOLVER": "corpus.crawl.network.GuardedResolver",
        "RETRY_TIMES": settings.crawl_retries,
        "REDIRECT_MAX_TIMES": 10,
        "HTTPERROR_ALLOW_ALL": True,
        "DEFAULT_REQUEST_HEADERS": {"Accept-Language": "vi", "Accept-Encoding": "identity"},
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "corpus.crawl.guard.GuardMiddleware": 50,
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "corpus.crawl.robots.RobotsMiddleware": 100,
            "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
            "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
            "corpus.crawl.pace.BackOff": 550,
            "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
            "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
            "corpus.crawl.guard.GuardedRedirects": 600,
            "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
        },
        "LOG_FILE": str(job.folder / f"{header.name}.log"),
        "LOG_FILE_APPEND": False,
        "LOG_LEVEL": "INFO",
        "DEAN06_ALLOW_LOOPBACK": settings.crawl_allow_loopback,
        "DEAN06_REPLAY": settings.crawl_replay,
        "DEAN06_EXTRA_CERTIFICATE": str(settings.crawl_extra_certificate or ""),
        "DEAN06_BACKOFF": settings.crawl_backoff,
        "DEAN06_LONGEST_WAIT": settings.crawl_longest_wait,
    }


@contextmanager
def _stopped_by_signals(job: Job, crawler: Crawler) -> Iterator[None]:
    """The first Ctrl-C ends the crawl in order, the second at once; both leave the frontier as it is on disk."""
    from twisted.internet import reactor as installed

    reactor: Any = installed  # a module to mypy, an object at run time

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        again = job.report.interrupted
        job.report.interrupted = True
        reactor.callFromThread(_halt if again else _close)

    def _close() -> None:
        job.stop()
        if crawler.engine is not None and crawler.engine.spider is not None:
            closing.append(asyncio.ensure_future(crawler.engine.close_spider_async(reason="stopped")))
        reactor.callLater(_GRACE, _halt)

    def _halt() -> None:
        if reactor.running:
            reactor.stop()

    closing: list[asyncio.Future[None]] = []  # held, or the loop may drop them
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _take_figures(job: Job, crawler: Crawler) -> None:
    assert crawler.stats is not None
    stats, report = crawler.stats, job.report
    report.requests = stats.get_value("downloader/request_count", 0)
    report.received += stats.get_value("downloader/response_bytes", 0)
    report.retries = stats.get_value("dean06/retries", 0)
    report.waited = stats.get_value("dean06/waited", 0.0)
    if crawler.engine is not None:
        report.delays = {host: slot.delay for host, slot in crawler.engine.downloader.slots.items()}
