"""The last look at every request before it is sent, redirects included."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from corpus.crawl.addresses import check_address
from corpus.crawl.refusals import EndlessRedirectError, ForbiddenAddressError, MovedError


class GuardMiddleware:
    """Lets through only what is of the source's own origins."""

    def __init__(self, origins: tuple[str, ...], *, allow_loopback: bool) -> None:
        self._origins = origins
        self._allow_loopback = allow_loopback

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GuardMiddleware:
        """For Scrapy."""
        header = crawler.spider.header  # type: ignore[union-attr]  # every crawl here has a spider with a header
        return cls(header.origins, allow_loopback=crawler.settings.getbool("DEAN06_ALLOW_LOOPBACK"))

    def process_request(self, request: Request) -> None:
        """Raise ``ForbiddenAddressError``, or ``MovedError`` where a redirect leads away."""
        try:
            check_address(request.url, self._origins, allow_loopback=self._allow_loopback)
        except ForbiddenAddressError as error:
            before = request.meta.get("redirect_urls")
            if before:
                raise MovedError(before[0], f"{before[0]} now leads to {request.url}: {error.problem}") from error
            raise


class GuardedRedirects(RedirectMiddleware):
    """Scrapy's redirects, with an error of its own for those without end."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Follow a redirect; raises ``EndlessRedirectError``."""
        del spider  # Scrapy gives it no more
        try:
            followed: Request | Response = super().process_response(request, response)
        except IgnoreRequest as error:
            first = request.meta.get("redirect_urls", [request.url])[0]
            raise EndlessRedirectError(
                first, f"{first} is redirected again and again, last to {request.url}."
            ) from error
        return followed
