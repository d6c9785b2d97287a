"""Which addresses a source may be asked under, and which network addresses may be connected to: pure rules.

The guard against requests forged from what a page says: an address must be of one of the source's own origins, and its
host must lead to the public network. Both are looked at for every request, a redirect's target included.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from corpus.crawl.refusals import ForbiddenAddressError

_PORTS = {"http": 80, "https": 443}
_NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


def origin_of(address: str) -> str:
    """The origin of an address, ``scheme://host:port`` with the port always given; raises ``ForbiddenAddressError``.

    >>> origin_of("https://Example.VN/a?b#c")
    'https://example.vn:443'
    """
    parts = _split(address)
    if parts.scheme not in _PORTS:
        raise ForbiddenAddressError(address, f"{address!r} is not a web address (http or https).")
    if parts.username is not None or parts.password is not None:
        raise ForbiddenAddressError(address, f"{address!r} carries a name or password.")
    host = (parts.hostname or "").rstrip(".")
    if not host:
        raise ForbiddenAddressError(address, f"{address!r} names no host.")
    port = _port(parts, address)
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}:{port}"


def check_address(address: str, origins: Iterable[str], *, allow_loopback: bool = False) -> None:
    """Raise ``ForbiddenAddressError`` unless the address is of one of the origins, and no private network address itself."""
    origin = origin_of(address)
    allowed = [origin_of(one) for one in origins]
    if origin not in allowed:
        names = ", ".join(allowed) or "none"
        raise ForbiddenAddressError(
            address, f"{address} is not of an origin that this source may be asked under ({names})."
        )
    host = urlsplit(address).hostname or ""
    if _looks_numeric(host) and not may_connect(host, allow_loopback=allow_loopback):
        raise ForbiddenAddressError(address, f"{address} leads into a private or reserved network.")


def may_connect(host: str, *, allow_loopback: bool = False) -> bool:
    """Whether a network address is public; what is not a plain IPv4 or IPv6 address never is.

    Addresses that carry an IPv4 address (v4-mapped, 6to4, Teredo, NAT64) are as public as that one.

    >>> may_connect("1.1.1.1"), may_connect("10.0.0.1"), may_connect("::ffff:127.0.0.1"), may_connect("0x7f.1")
    (True, False, False, False)
    """
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return False
    inner = _inner(address) if isinstance(address, IPv6Address) else None
    if inner is not None:
        return may_connect(str(inner), allow_loopback=allow_loopback)
    if address.is_loopback:
        return allow_loopback
    return address.is_global and not address.is_multicast and not address.is_reserved


def _split(address: str) -> SplitResult:
    if any(letter <= " " or letter == "\\" for letter in address):
        raise ForbiddenAddressError(address, f"{address!r} holds a blank, a control character or a backslash.")
    try:
        return urlsplit(address)
    except ValueError as error:
        raise ForbiddenAddressError(address, f"{address!r} cannot be read: {error}.") from error


def _port(parts: SplitResult, address: str) -> int:
    try:
        return parts.port or _PORTS[parts.scheme]
    except ValueError as error:
        raise ForbiddenAddressError(address, f"{address!r} has no usable port: {error}.") from error


def _looks_numeric(host: str) -> bool:
    """Whether a resolver may read the name as a number: ``127.1``, ``0x7f000001`` and ``2130706433`` are all loopback."""
    last = host.rstrip(".").rpartition(".")[2]
    return ":" in host or last.isdigit() or last.lower().startswith("0x")


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for."""
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if address in _NAT64 or (int(address) >> 32 == 0 and int(address) > 1):
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return None
