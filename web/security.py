"""What keeps readers and the program safe, in one place around everything else."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.errors import OWN_FAULT, READ_ONLY, STRANGE_HOST, UNREADABLE, Trouble, answer

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """ASGI middleware, the outermost: it refuses what is not asked to read, and puts the headers on every answer.

    HEAD is answered as GET without the body. ``hosts`` are names without port; ``*.example.vn`` stands for all below it.
    """

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self._app = app
        self._hosts = [host.lower() for host in hosts]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on, or refuse it; an error that nothing else has caught becomes a page, and goes on to the log."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sender = _Sender(send, bodiless=scope["method"] == "HEAD")
        trouble = self._refusal(scope)
        if trouble is not None:
            await _refused(scope, trouble)(scope, receive, sender)
            return
        try:
            await self._app({**scope, "method": "GET"}, receive, sender)
        except Exception:
            if not sender.started:
                await _refused(scope, OWN_FAULT)(scope, receive, sender)
            raise

    def _refusal(self, scope: Scope) -> Trouble | None:
        if not self._serves(Headers(scope=scope).get("host", "")):
            return STRANGE_HOST
        if scope["method"] not in {"GET", "HEAD"}:
            return READ_ONLY
        return UNREADABLE if "\0" in scope["path"] or b"%00" in scope["query_string"] else None

    def _serves(self, header: str) -> bool:
        asked = host_name(header)
        return any(host in {"*", asked} or (host.startswith("*.") and asked.endswith(host[1:])) for host in self._hosts)


def host_name(header: str) -> str:
    """The name in a Host header, without its port.

    >>> host_name("Localhost:8006"), host_name("[::1]:8006"), host_name("[::1]")
    ('localhost', '[::1]', '[::1]')
    """
    name, colon, port = header.strip().lower().rpartition(":")
    return name if colon and port.isdigit() else header.strip().lower()


class _Sender:
    """Sends an answer with the headers, and without its body where none is wanted."""

    def __init__(self, send: Send, *, bodiless: bool) -> None:
        self._send = send
        self._bodiless = bodiless
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            added = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
            message = {**message, "headers": [*message.get("headers", ()), *added]}
        elif message["type"] == "http.response.body" and self._bodiless:
            message = {**message, "body": b""}
        await self._send(message)


def _refused(scope: Scope, trouble: Trouble) -> Response:
    response = answer(Request(scope), trouble)
    if trouble is READ_ONLY:
        response.headers["allow"] = "GET, HEAD"
    return response
