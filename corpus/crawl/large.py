"""Large answers: written to disk as they come, and continued where they stopped.

A ``.part`` file grows beside a note of the answer's validator. The next run asks for the rest only if it is still the same
answer (``Range`` with ``If-Range``, RFC 9110, 13.1.5); a server that gives the whole again is taken from the start.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import IO, Any

from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError, DownloadTimeoutError
from scrapy.http import Headers, Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred
from twisted.internet.protocol import Protocol, connectionDone
from twisted.python.failure import Failure
from twisted.web.client import Agent, HTTPConnectionPool, ResponseDone
from twisted.web.http_headers import Headers as TwistedHeaders
from twisted.web.iweb import IPolicyForHTTPS

from kb.progress import Progress

_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_LARGEST_ERROR_PAGE = 1 << 20
_SYNC_EVERY = 8 << 20  # bytes that a power cut may lose


class Part:
    """A download under way: its file, and the validator of the answer that it is a part of."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._note = path.with_suffix(".json")

    @property
    def size(self) -> int:
        """Bytes that came so far."""
        return self.path.stat().st_size if self.path.is_file() else 0

    @property
    def validator(self) -> str:
        """A strong ETag, or the Last-Modified date, of the answer; empty where it had none."""
        try:
            return str(json.loads(self._note.read_bytes())["validator"])
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def conditions(self) -> dict[str, str]:
        """The headers that ask for the rest; none where it must begin anew."""
        if self.size and self.validator:
            return {"Range": f"bytes={self.size}-", "If-Range": self.validator}
        return {}

    def begin(self, headers: Mapping[str, str]) -> None:
        """Start anew, for an answer with these headers (names in lower case)."""
        self.discard()
        etag = headers.get("etag", "")
        validator = etag if etag and not etag.startswith("W/") else headers.get("last-modified", "")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._note.write_text(json.dumps({"validator": validator}))

    def discard(self) -> None:
        """Forget what came."""
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)


async def download_to_disk(request: Request, policy: IPolicyForHTTPS, pool: HTTPConnectionPool) -> Response:
    """Download to ``request.meta["part"]``, at most ``download_maxsize`` bytes, without a pause of ``download_timeout`` seconds.

    Gives a response without body, flagged ``on-disk`` (and ``resumed``); an answer that is not a success has its body.
    """
    part = Part(Path(request.meta["part"]))
    response = await _ask(request, policy, pool, part.conditions())
    headers = _headers(response)
    if response.code == 416 or (response.code == 206 and not _continues(headers, part.size)):
        part.discard()
        await _read(response, BytesIO(), _LARGEST_ERROR_PAGE, request)
        response = await _ask(request, policy, pool, {})
        headers = _headers(response)
    if response.code not in {200, 206}:
        page = BytesIO()
        await _read(response, page, _LARGEST_ERROR_PAGE, request)
        return Response(request.url, response.code, _scrapy_headers(response), page.getvalue())
    resumed = response.code == 206
    if not resumed:
        part.begin(headers)
    with part.path.open("ab") as file:
        await _read(response, file, request.meta["download_maxsize"] - part.size, request, before=part.size)
        os.fsync(file.fileno())
    return Response(request.url, 200, _scrapy_headers(response), flags=["on-disk", *(["resumed"] if resumed else [])])


async def _ask(request: Request, policy: IPolicyForHTTPS, pool: HTTPConnectionPool, more: Mapping[str, str]) -> Any:  # noqa: ANN401  # Twisted's response has no type
    from twisted.internet import reactor

    headers = request.headers.copy()
    headers.update(more)
    agent = Agent(  # type: ignore[no-untyped-call]  # Twisted's is without types
        reactor, policy, connectTimeout=request.meta["download_timeout"], pool=pool
    )
    started = monotonic()
    asked = agent.request(b"GET", request.url.encode("ascii"), TwistedHeaders(headers))
    with wrap_twisted_exceptions():
        try:
            response = await asyncio.wait_for(maybe_deferred_to_future(asked), request.meta["download_timeout"])
        except TimeoutError as error:
            raise DownloadTimeoutError(f"{request.url} gave no answer in time.") from error
    request.meta["download_latency"] = monotonic() - started
    return response


def _continues(headers: Mapping[str, str], size: int) -> bool:
    match = _CONTENT_RANGE.match(headers.get("content-range", ""))
    return match is not None and int(match.group(1)) == size


def _headers(response: Any) -> dict[str, str]:  # noqa: ANN401  # as above
    return {name.decode().lower(): values[-1].decode("latin-1") for name, values in response.headers.getAllRawHeaders()}


def _scrapy_headers(response: Any) -> Headers:  # noqa: ANN401  # as above
    return Headers(list(response.headers.getAllRawHeaders()))


async def _read(response: Any, file: IO[bytes], most: int, request: Request, before: int = 0) -> None:  # noqa: ANN401  # as above
    finished: Deferred[None] = Deferred()
    progress: Progress = request.meta["progress"]
    total = before + (response.length if isinstance(response.length, int) else 0)
    writer = _Writer(file, most, request.meta["download_timeout"], finished)
    writer.told = lambda came: progress("download", before + came, total)
    response.deliverBody(writer)
    await maybe_deferred_to_future(finished)


class _Writer(Protocol):
    """Writes a body to a file, within the limits of size and silence."""

    def __init__(self, file: IO[bytes], most: int, silence: float, finished: Deferred[None]) -> None:
        self._file = file
        self._left = most
        self._silence = silence
        self._finished = finished
        self._unsynced = 0
        self._came = 0
        self._error: Exception | None = None
        self.told: Callable[[int], None] = lambda _: None

    def connectionMade(self) -> None:  # noqa: N802  # Twisted's name
        from twisted.internet import reactor as installed

        reactor: Any = installed  # a module to mypy, an object at run time
        self._alarm = reactor.callLater(self._silence, self._stop, DownloadTimeoutError("the answer stopped coming"))

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        if self._error is not None:
            return
        self._alarm.reset(self._silence)
        self._left -= len(data)
        if self._left < 0:
            self._stop(DownloadCancelledError("the answer is larger than the limit"))
            return
        self._file.write(data)
        self._came += len(data)
        self.told(self._came)
        self._unsynced += len(data)
        if self._unsynced >= _SYNC_EVERY:
            self._file.flush()
            self._unsynced = 0

    def connectionLost(self, reason: Failure = connectionDone) -> None:  # noqa: N802
        if self._alarm.active():
            self._alarm.cancel()
        if self._finished.called:
            return
        self._file.flush()
        if self._error is None and not isinstance(reason.value, ResponseDone):
            self._error = DownloadFailedError(f"the answer broke off: {reason.getErrorMessage()}")
        if self._error is None:
            self._finished.callback(None)
        else:
            self._finished.errback(self._error)

    def _stop(self, error: Exception) -> None:
        self._error = error
        if self.transport is not None:
            self.transport.abortConnection()
