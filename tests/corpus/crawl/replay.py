"""A loopback server that answers for the sources with recorded or made-up responses, and writes down who asked what, when."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import os
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

import dean06
from tests.conftest import ROOT

CONTACT = "tests@example.vn"
ALLOW_ALL = "User-agent: *\nAllow: /\n"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came: ``at`` in seconds of a steady clock, header names in lower case."""

    at: float
    host: str
    method: str
    path: str
    headers: Mapping[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server does with a request.

    ``cut`` closes the connection after so many bytes of the body, ``announced`` is the Content-Length sent (-1: none),
    ``wait`` seconds pass before the answer, ``drip`` seconds between its pieces; ``endless`` sends until it is hung up on.
    With ``ranges`` a Range request is honoured, and with ``etag`` or ``modified`` a conditional one.
    """

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    type: str = "text/html; charset=utf-8"
    wait: float = 0.0
    drip: float = 0.0
    cut: int | None = None
    announced: int | None = None
    endless: bool = False
    ranges: bool = False
    etag: str = ""
    modified: str = ""

    @property
    def data(self) -> bytes:
        """The body in bytes."""
        return self.body if isinstance(self.body, bytes) else self.body.encode()


def as_json(value: object, **more: Any) -> Answer:
    """An answer in JSON."""
    return Answer(json.dumps(value, ensure_ascii=False), type="application/json", **more)


Respond = Callable[[Asked], Answer | None]


class Replay:
    """The server; ``respond`` gives the answer for a request, None for 404. A list of answers is played in turn, the last stays."""

    def __init__(
        self,
        respond: Respond | Mapping[str, Answer | Sequence[Answer]],
        *,
        robots: str | Answer = ALLOW_ALL,
        tls: Authority | None = None,
    ) -> None:
        self.log: list[Asked] = []
        self.sent = 0
        self._respond = respond if callable(respond) else _Mapped(respond)
        self.robots = robots if isinstance(robots, Answer) else Answer(robots, type="text/plain")
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        if tls is not None:
            self._server.socket = tls.context().wrap_socket(self._server.socket, server_side=True)
        self.address = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer(self, asked: Asked) -> Answer:
        """What a request gets."""
        with self._lock:
            self.log.append(asked)
            if asked.path == "/robots.txt":
                return self.robots
            return self._respond(asked) or Answer("<html><title>404</title>Not found</html>", 404)

    @property
    def pages(self) -> list[Asked]:
        """Requests other than those for robots.txt."""
        return [asked for asked in self.log if asked.path != "/robots.txt"]

    def gaps(self) -> list[float]:
        """Seconds between the requests of each host, robots.txt included."""
        found = []
        for host in {asked.host for asked in self.log}:
            times = [asked.at for asked in self.log if asked.host == host]
            found += [later - earlier for earlier, later in pairwise(times)]
        return found


class _Server(ThreadingHTTPServer):
    """One that says nothing of clients that hang up on it: some here must."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing."""


class _Mapped:
    """Answers by ``METHOD path`` or by path alone."""

    def __init__(self, answers: Mapping[str, Answer | Sequence[Answer]]) -> None:
        self._answers = {key: [value] if isinstance(value, Answer) else list(value) for key, value in answers.items()}

    def __call__(self, asked: Asked) -> Answer | None:
        answers = self._answers.get(f"{asked.method} {asked.path}") or self._answers.get(asked.path)
        if not answers:
            return None
        return answers.pop(0) if len(answers) > 1 else answers[0]


def _handler(replay: Replay) -> type[BaseHTTPRequestHandler]:  # noqa: C901  # a class in a function, as http.server wants it
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(time.monotonic(), headers.get("host", ""), self.command, self.path, headers, body)
            answer = replay.answer(asked)
            time.sleep(answer.wait)
            try:
                self._send(asked, answer)
            except (ConnectionError, ssl.SSLError):
                self.close_connection = True

        do_GET = do_POST = do_HEAD = _serve  # noqa: N815  # the base class's names

        def _send(self, asked: Asked, answer: Answer) -> None:
            status, data, more = _conditioned(asked, answer)
            self.send_response(status)
            self.send_header("Content-Type", answer.type)
            announced = len(data) if answer.announced is None else answer.announced
            for name, value in {**more, **answer.headers}.items():
                self.send_header(name, value)
            if announced >= 0 and not answer.endless:
                self.send_header("Content-Length", str(announced))
            else:
                self.send_header("Connection", "close")
                self.close_connection = True
            self.end_headers()
            self._send_body(answer, data)

        def _send_body(self, answer: Answer, data: bytes) -> None:
            while answer.endless:
                self._write(b"x" * 65536)
            whole = data if answer.cut is None else data[: answer.cut]
            step = 65536 if not answer.drip else max(1, len(whole) // 20)
            for start in range(0, len(whole), step):
                self._write(whole[start : start + step])
                time.sleep(answer.drip)
            if answer.cut is not None:
                self.close_connection = True

        def _write(self, data: bytes) -> None:
            self.wfile.write(data)
            replay.sent += len(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
            """Say nothing."""

    return Handler


def _conditioned(asked: Asked, answer: Answer) -> tuple[int, bytes, dict[str, str]]:
    """Status, body and headers once conditions and ranges are looked at."""
    validators = {"ETag": answer.etag, "Last-Modified": answer.modified}
    more = {name: value for name, value in validators.items() if value}
    if answer.etag and asked.headers.get("if-none-match") == answer.etag:
        return 304, b"", more
    if answer.modified and asked.headers.get("if-modified-since") == answer.modified:
        return 304, b"", more
    wanted = asked.headers.get("range", "")
    same = asked.headers.get("if-range", "") in {"", answer.etag, answer.modified}
    if answer.ranges and wanted.startswith("bytes=") and same:
        start = int(wanted.removeprefix("bytes=").split("-")[0])
        more["Content-Range"] = f"bytes {start}-{len(answer.data) - 1}/{len(answer.data)}"
        return 206, answer.data[start:], more
    return answer.status, answer.data, more


@dataclass(frozen=True, slots=True)
class Authority:
    """A certificate authority made for one test, and a server certificate signed by it."""

    folder: Path

    @property
    def root(self) -> Path:
        """The authority's own certificate, for DEAN06_CRAWL_EXTRA_CERTIFICATE."""
        return self.folder / "root.pem"

    def context(self) -> ssl.SSLContext:
        """What a server needs."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "server.pem", self.folder / "server.key")
        return context

    @classmethod
    def make(cls, folder: Path, hosts: Iterable[str]) -> Self:
        """A new one, for these host names."""
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.x509.oid import NameOID

        def name_of(text: str) -> x509.Name:
            return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

        now = dt.datetime.now(dt.UTC)
        root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())

        def builder(subject: str, public: ec.EllipticCurvePublicKey, *, is_root: bool) -> x509.CertificateBuilder:
            return (
                x509.CertificateBuilder()
                .subject_name(name_of(subject))
                .issuer_name(name_of("Made-up authority"))
                .public_key(public)
                .serial_number(x509.random_serial_number())
                .not_valid_before(now - dt.timedelta(days=1))
                .not_valid_after(now + dt.timedelta(days=1))
                .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
                .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
                .add_extension(
                    x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False
                )
            )

        root = builder("Made-up authority", root_key.public_key(), is_root=True).sign(root_key, hashes.SHA256())
        names = x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts])
        server = builder("Made-up server", key.public_key(), is_root=False).add_extension(names, critical=False)
        (folder / "root.pem").write_bytes(root.public_bytes(serialization.Encoding.PEM))
        (folder / "server.pem").write_bytes(
            server.sign(root_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        )
        (folder / "server.key").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        return cls(folder)


def environment(home: Path, server: Replay | None = None, **settings: object) -> dict[str, str]:
    """The environment of a crawl that is answered by ``server``, quick unless ``settings`` say otherwise."""
    quick = {"delay": 0, "backoff": 0.05, "timeout": 5, "contact": CONTACT, "retries": 2, "allow_loopback": True}
    chosen = {**quick, "replay": server.address if server else "", **settings}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DEAN06_")}
    told = {f"DEAN06_CRAWL_{name.upper()}": str(value) for name, value in chosen.items() if value != ""}
    return {**kept, **told, "DEAN06_HOME": str(home), "PYTHONPATH": str(ROOT)}


def command(*words: str) -> list[str]:
    """The words of a dean06 command in a process of its own."""
    return [sys.executable, str(ROOT / "dean06.py"), *words]


@dataclass(frozen=True, slots=True)
class Crawled:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The report of ``--json``."""
        value: dict[str, Any] = json.loads(self.out)
        return value

    @property
    def kinds(self) -> list[str]:
        """The kinds of what was refused."""
        return [refused["kind"] for refused in self.report["refused"]]


_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["dean06", "corpus.crawl.crawling", "kb.register"])  # each crawl then starts warm


def crawl(home: Path, server: Replay | None, *words: str, **settings: object) -> Crawled:
    """Run ``dean06 crawl … --json`` to its end through the real crawler, with the server in the place of all sites."""
    return run(home, server, "crawl", *words, "--no-index", "--json", **settings)


def run(home: Path, server: Replay | None, *words: str, **settings: object) -> Crawled:
    """Run a command to its end in a process of its own, as a crawl must be: Twisted starts once a process."""
    with TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        process = _SERVER.Process(target=_play, args=(words, environment(home, server, **settings), out, err))
        process.start()
        process.join(120)
        return Crawled(process.exitcode if process.exitcode is not None else -1, out.read_text(), err.read_text())


def _play(words: Sequence[str], told: Mapping[str, str], out: Path, err: Path) -> None:
    for path, number in ((out, 1), (err, 2)):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT)
        os.dup2(handle, number)
        os.close(handle)
    os.environ.clear()
    os.environ.update(told)
    sys.argv = ["dean06", *words]
    dean06.main()
