"""Connections: names are resolved once and checked, certificates are verified, large answers go to disk as they come."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from OpenSSL import SSL, crypto
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response
from scrapy.settings import Settings
from twisted.internet import _sslverify
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution, IResolutionReceiver
from twisted.web.client import BrowserLikePolicyForHTTPS
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]  # published without types

from corpus.crawl.addresses import may_connect
from corpus.crawl.large import download_to_disk
from corpus.crawl.refusals import ForbiddenAddressError
from kb.errors import UnusableInputError

Address = IPv4Address | IPv6Address
_Reactor = Any  # Twisted's reactor and the interfaces below are checked at run time, by zope, not by types
_Receiver = Any


@implementer(IHostResolution)
class _Resolution:
    """A resolution that is done."""

    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing is left to cancel."""


@implementer(IHostnameResolver)
class GuardedResolver:
    """Resolves a name once a crawl, and gives only public addresses.

    The connection is made to the very addresses that were checked, so that a name cannot lead elsewhere in between. A
    name with a single private address is refused whole: ``refused`` has its address.
    """

    def __init__(self, reactor: _Reactor, *, allow_loopback: bool, replay: str) -> None:
        self._resolver = reactor.nameResolver
        self._allow_loopback = allow_loopback
        self._replay = urlsplit(replay)
        self._known: dict[str, tuple[Address, ...]] = {}
        self.refused: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: _Reactor) -> GuardedResolver:  # noqa: ANN401  # see above
        """For Scrapy."""
        settings: Settings = crawler.settings
        return cls(reactor, allow_loopback=settings.getbool("DEAN06_ALLOW_LOOPBACK"), replay=settings["DEAN06_REPLAY"])

    def install_on_reactor(self) -> None:
        """For Scrapy."""
        from twisted.internet import reactor as installed

        reactor: Any = installed  # a module to mypy, an object at run time
        reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802  # the interface's name
        self,
        resolutionReceiver: _Receiver,  # noqa: N803  # Twisted gives them by these names
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Any = None,  # noqa: ANN401, N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:  # noqa: ANN401
        """Give the addresses of a name to the receiver."""
        name, receiver = hostName, resolutionReceiver
        if self._replay.hostname:
            return _give(receiver, name, [_address(self._replay.hostname, self._replay.port or 443)])
        if name in self._known:
            return _give(receiver, name, (_at_port(address, portNumber) for address in self._known[name]))
        return self._resolver.resolveHostName(
            _Checking(self, receiver, name), name, portNumber, addressTypes, transportSemantics
        )

    def settle(self, name: str, addresses: tuple[Address, ...]) -> tuple[Address, ...]:
        """Keep what a name leads to; nothing where any of it may not be connected to."""
        hosts = [address.host for address in addresses]
        private = [host for host in hosts if not may_connect(host, allow_loopback=self._allow_loopback)]
        if private:
            self.refused[name] = private[0]
            addresses = ()
        if addresses:
            self._known[name] = addresses
        return addresses


@implementer(IResolutionReceiver)
class _Checking:
    """Holds back what a name leads to until all of it is known and checked."""

    def __init__(self, resolver: GuardedResolver, receiver: _Receiver, name: str) -> None:
        self._resolver = resolver
        self._receiver = receiver
        self._name = name
        self._addresses: list[Address] = []

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802, ANN401  # the interface's name
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Address) -> None:  # noqa: N802
        self._addresses.append(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        for address in self._resolver.settle(self._name, tuple(self._addresses)):
            self._receiver.addressResolved(address)
        self._receiver.resolutionComplete()


def _give(receiver: _Receiver, name: str, addresses: Iterable[Address]) -> _Resolution:
    resolution = _Resolution(name)
    receiver.resolutionBegan(resolution)
    for address in addresses:
        receiver.addressResolved(address)
    receiver.resolutionComplete()
    return resolution


def _at_port(address: Address, port: int) -> Address:
    return _address(address.host, port)


def _address(host: str, port: int) -> Address:
    kind = IPv6Address if ipaddress.ip_address(host).version == 6 else IPv4Address
    return kind("TCP", host, port)


@implementer(_sslverify.IOpenSSLTrustRoot)
class _TrustRoot:
    """The system's certificate authorities, and the one more that the user names."""

    def __init__(self, extra: Path) -> None:
        self._extra = _read_certificate(extra)

    def _addCACertsToContext(self, context: SSL.Context) -> None:  # noqa: N802  # the interface's name
        context.set_default_verify_paths()
        store = context.get_cert_store()
        assert store is not None
        for certificate in self._extra:
            store.add_cert(certificate)


def _read_certificate(path: Path) -> list[crypto.X509]:
    from cryptography import x509

    way_out = "Name a PEM file with the certificate in DEAN06_CRAWL_EXTRA_CERTIFICATE."
    try:
        found = x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        raise UnusableInputError(f"{path} holds no certificate: {error}.", way_out) from error
    if len(found) != 1:
        raise UnusableInputError(f"{path} holds {len(found)} certificates; one more is trusted, not many.", way_out)
    return [crypto.X509.from_cryptography(certificate) for certificate in found]


def certificate_policy(extra: Path | None) -> IPolicyForHTTPS:
    """Verify every certificate as a browser does. Raises ``UnusableInputError`` for an extra one that cannot be read."""
    policy: Any = BrowserLikePolicyForHTTPS(_TrustRoot(extra) if extra else None)  # type: ignore[no-untyped-call]  # Twisted's is without types
    verified: IPolicyForHTTPS = policy
    return verified


class GuardedHandler(HTTP11DownloadHandler):
    """Scrapy's handler with verified certificates and guarded names; Scrapy's own verifies nothing unless told to."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        extra = crawler.settings["DEAN06_EXTRA_CERTIFICATE"]
        self._contextFactory = certificate_policy(Path(extra) if extra else None)
        self._replay = crawler.settings["DEAN06_REPLAY"]

    async def download_request(self, request: Request) -> Response:
        """Download, to disk where the request says so; raises ``ForbiddenAddressError`` for a name that leads inside."""
        sent = _replayed(request, self._replay) if self._replay.startswith("http://") else request
        try:
            if "part" in request.meta:
                response = await download_to_disk(sent, self._contextFactory, self._pool)
            else:
                response = await super().download_request(sent)
        except CannotResolveHostError as error:
            raise _told(request, error) from error
        request.meta.update({name: sent.meta[name] for name in ("download_latency",) if name in sent.meta})
        return response.replace(url=request.url)


def _replayed(request: Request, replay: str) -> Request:
    """The request as the replaying server gets it: at its address, under the name of the real host."""
    parts = urlsplit(request.url)
    address = f"{replay.rstrip('/')}{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    sent = request.replace(url=address, dont_filter=True)
    sent.headers["Host"] = parts.netloc
    return sent


def _told(request: Request, error: CannotResolveHostError) -> Exception:
    from twisted.internet import reactor

    host = urlsplit(request.url).hostname or ""
    resolver = getattr(reactor, "nameResolver", None)
    private = getattr(resolver, "refused", {}).get(host)
    if private is None:
        return error
    return ForbiddenAddressError(request.url, f"{host} leads to {private}, which is not a public address.")
