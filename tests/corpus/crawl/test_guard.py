"""The guard against forged requests: only the source's own origins, only public addresses, checked once and for good."""

from __future__ import annotations

import ipaddress
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twisted.internet.address import IPv4Address, IPv6Address

from corpus.crawl.addresses import check_address, may_connect, origin_of
from corpus.crawl.network import GuardedResolver
from corpus.crawl.refusals import ForbiddenAddressError
from tests.conftest import ROOT
from tests.corpus.crawl.replay import Answer, Replay, environment

ORIGINS = ("https://example.vn", "http://files.example.vn:8080")


@pytest.mark.parametrize(
    "address",
    [
        "https://example.vn",
        "https://example.vn/a?b=c#d",
        "https://EXAMPLE.vn:443/",
        "https://example.vn./",
        "http://files.example.vn:8080/x.pdf",
        "https://example.vn/văn-bản",
    ],
)
def test_the_sources_own_origins_may_be_asked(address: str) -> None:
    check_address(address, ORIGINS)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.vn/",
        "https://example.vn:8443/",
        "https://files.example.vn:8080/",
        "http://files.example.vn/",
        "https://www.example.vn/",
        "https://example.vn.evil.vn/",
        "https://evil.vn/https://example.vn/",
        "https://example.vn@evil.vn/",
        "https://user:secret@example.vn/",
        "https://evil.vn\\@example.vn/",
        "https://example.vn\t/",
        " https://example.vn/",
        "https://example.vn:99999/",
        "https://example.vn:x/",
        "https://[::1/",
        "https:///a",
        "//example.vn/",
        "file:///etc/passwd",
        "ftp://example.vn/",
        "gopher://example.vn/",
        "javascript:alert(1)",
        "data:text/html,x",
        "",
        "https://xn--exmple-cua.vn/",
        "https://127.0.0.1/",
        "https://2130706433/",
    ],
)
def test_anything_else_may_not(address: str) -> None:
    with pytest.raises(ForbiddenAddressError) as caught:
        check_address(address, ORIGINS)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "address", ["http://10.0.0.1", "http://127.0.0.1:80", "http://[::1]", "http://169.254.169.254", "http://127.1"]
)
def test_a_private_address_is_refused_even_as_an_origin(address: str) -> None:
    with pytest.raises(ForbiddenAddressError):
        check_address(f"{address}/x", [address])


PRIVATE = (
    "0.0.0.0",  # noqa: S104  # nothing is bound to it
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:127.0.0.1",
    "64:ff9b::a00:1",
    "64:ff9b::7f00:1",
    "100::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "ff02::1",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",
    "localhost",
    "example.vn",
    "127.1",
    "0x7f000001",
    "2130706433",
    "0177.0.0.1",
)
PUBLIC = (
    "1.1.1.1",
    "8.8.8.8",
    "203.162.0.181",
    "2606:4700:4700::1111",
    "2001:ee0::1",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::",
)


@pytest.mark.parametrize("address", PRIVATE)
def test_no_connection_is_made_into_a_private_network(address: str) -> None:
    assert not may_connect(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_connections_are_made_to_public_addresses(address: str) -> None:
    assert may_connect(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_the_test_setting_opens_loopback_and_nothing_else(address: str) -> None:
    loopback = {
        "127.0.0.1",
        "127.255.255.254",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    }
    teredo_of_loopback = "2001:0:4136:e378:8000:63bf:80ff:fffe"  # it stands for 127.0.0.1, its bits turned round
    assert may_connect(address, allow_loopback=True) == (address in loopback | {teredo_of_loopback})


@given(st.ip_addresses(v=4))
def test_a_v4_address_is_as_public_in_every_dress(address: ipaddress.IPv4Address) -> None:
    bare = may_connect(str(address))
    assert may_connect(f"::ffff:{address}") == bare
    assert may_connect(str(ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) + int(address)))) == bare
    assert not (bare and (address.is_private or address.is_loopback or address.is_link_local or address.is_multicast))


@given(st.ip_addresses(v=6))
def test_no_v6_address_of_a_private_kind_is_public(address: ipaddress.IPv6Address) -> None:
    if may_connect(str(address)):
        assert address.is_global
        assert not any((address.is_loopback, address.is_link_local, address.is_multicast, address.is_site_local))


@given(st.text(max_size=60))
def test_whatever_stands_where_an_address_should_is_refused_or_read(text: str) -> None:
    may_connect(text)
    for address in (text, f"https://{text}", f"https://example.vn{text}"):
        try:
            check_address(address, ORIGINS)
        except ForbiddenAddressError:
            continue
        assert origin_of(address) in {"https://example.vn:443", "http://files.example.vn:8080"}


class FakeNames:
    """A resolver that answers otherwise each time."""

    def __init__(self, *answers: list[Any]) -> None:
        self.answers = list(answers)
        self.nameResolver = self

    def resolveHostName(self, receiver: Any, *_: Any) -> Any:  # noqa: N802  # the interface's name
        receiver.resolutionBegan(None)
        for address in self.answers.pop(0):
            receiver.addressResolved(address)
        receiver.resolutionComplete()


class Receiver:
    """What a connection would be made to."""

    def __init__(self) -> None:
        self.addresses: list[Any] = []

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        """Nothing to do."""

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.addresses.append(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        """Nothing to do."""


def resolve(resolver: GuardedResolver, name: str = "example.vn", port: int = 443) -> list[tuple[str, int]]:
    receiver = Receiver()
    resolver.resolveHostName(receiver, name, port)
    return [(address.host, address.port) for address in receiver.addresses]


GOOD = IPv4Address("TCP", "1.1.1.1", 443)
BAD = IPv4Address("TCP", "10.0.0.1", 443)


def test_a_name_that_leads_inside_gives_no_address() -> None:
    resolver = GuardedResolver(FakeNames([BAD]), allow_loopback=False, replay="")
    assert resolve(resolver) == []
    assert resolver.refused == {"example.vn": "10.0.0.1"}


def test_a_name_with_one_private_address_among_public_ones_is_refused_whole() -> None:
    names = FakeNames([GOOD, IPv6Address("TCP", "::ffff:127.0.0.1", 443)])
    assert resolve(GuardedResolver(names, allow_loopback=False, replay="")) == []


def test_a_name_that_changes_after_the_check_changes_nothing() -> None:
    resolver = GuardedResolver(FakeNames([GOOD], [BAD]), allow_loopback=False, replay="")
    assert resolve(resolver) == [("1.1.1.1", 443)]
    assert resolve(resolver) == [("1.1.1.1", 443)]
    assert resolve(resolver, port=8080) == [("1.1.1.1", 8080)]


def run_made_up(home: Path, server: Replay, host: str, **settings: object) -> dict[str, Any]:
    """Crawl the made-up source with nothing replayed: names are resolved and connections made as in earnest."""
    home.mkdir(exist_ok=True)
    words = [sys.executable, "-m", "tests.corpus.crawl.made_up", f"http://{host}:{server.port}"]
    told = environment(home, None, **settings)
    ended = subprocess.run(words, env=told, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    report: dict[str, Any] = json.loads(ended.stdout)
    return report


PAGES = {"/list": Answer('<html><a href="/1">1</a></html>'), "/1": Answer("<html><h1>1/QĐ-DT</h1></html>")}


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_this_machine_is_asked_only_with_the_test_setting(host: str, tmp_path: Path) -> None:
    with Replay(PAGES) as server:
        refused = run_made_up(tmp_path / "closed", server, host, allow_loopback=False, retries=0)
        assert [one["kind"] for one in refused["refused"]] == ["forbidden address"]
        assert not server.log
        assert run_made_up(tmp_path / "open", server, host)["stored"] == 1


@pytest.mark.parametrize(
    "target",
    ["http://localhost:1/x", "http://10.0.0.1/x", "https://127.0.0.1/x", "http://[::1]/x", "//evil.vn/x", "file:///x"],
)
def test_a_redirect_is_checked_like_a_first_request(target: str, tmp_path: Path) -> None:
    pages = {**PAGES, "/1": Answer("", 302, {"Location": target})}
    with Replay(pages) as server:
        report = run_made_up(tmp_path / "home", server, "127.0.0.1")
    assert [one["kind"] for one in report["refused"]] == ["moved"]
    assert report["stored"] == 0


def test_a_redirect_within_the_source_is_followed_and_the_place_kept(tmp_path: Path) -> None:
    pages = {**PAGES, "/1": Answer("", 302, {"Location": "/2"}), "/2": Answer("<html><h1>2/QĐ-DT</h1></html>")}
    with Replay(pages) as server:
        assert run_made_up(tmp_path / "home", server, "127.0.0.1")["stored"] == 1


def test_an_answer_that_did_not_change_is_not_sent_again(tmp_path: Path) -> None:
    pages = {
        "/list": Answer('<html><a href="/1">1</a><a href="/2">2</a></html>', etag='"v1"'),
        "/1": Answer("<html><h1>1/QĐ-DT</h1></html>", modified="Thu, 01 Jan 2026 00:00:00 GMT"),
        "/2": Answer("<html><h1>2/QĐ-DT</h1></html>"),
    }
    with Replay(pages) as server:
        first = run_made_up(tmp_path / "home", server, "127.0.0.1")
        again = run_made_up(tmp_path / "home", server, "127.0.0.1")
    assert (first["kept"], first["unchanged"], first["stored"]) == (3, 0, 2)
    assert (again["kept"], again["unchanged"], again["stored"]) == (1, 2, 2)
