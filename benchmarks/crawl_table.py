"""Every source crawled through the real crawler, answered by a loopback server: once in peace, once killed in the middle.

``python benchmarks/crawl_table.py [DATA]`` prints a row a source: requests, bytes, the delay that robots.txt asks for, the
shortest pause that the server measured, items stored; then what a kill -9 after half of the requests cost: requests asked
twice, items stored in the end. ``DATA`` is the folder of real data (by default ``../shared/data``): the gazette's PDF and
the portal's details in it are real, what the sites' lists say is made up.
"""

from __future__ import annotations

import json
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kb.register import load_register  # noqa: E402  # found by the line above
from kb.store import open_store  # noqa: E402
from tests.corpus.crawl.portal import Portal, made_up  # noqa: E402
from tests.corpus.crawl.replay import Answer, Asked, Replay, crawl  # noqa: E402
from tests.corpus.crawl.test_packages import PACKAGE, package  # noqa: E402
from tests.corpus.crawl.test_resume import interrupt  # noqa: E402
from tests.corpus.sources.test_crawls import NUMBER, PDF, gateway, gazette, government  # noqa: E402

COLUMNS = (
    "source", "requests", "bytes", "delay asked", "shortest pause", "stored", "resumed", "asked twice", "facts after kill", "facts",
)  # fmt: skip
DELAY = 0.5
ROBOTS = f"User-agent: *\nAllow: /\nCrawl-delay: {DELAY}\n"
SETTINGS = {"delay": 0.1, "vbpl": "yes"}


@dataclass(frozen=True, slots=True)
class Case:
    """A source, the words of its crawl, and a maker of its server."""

    source: str
    words: tuple[str, ...]
    server: Callable[[], Replay]
    settings: dict[str, object] = field(default_factory=dict)


def cases(data: Path) -> list[Case]:
    """A crawl of each source."""
    details = [
        json.loads(path.read_bytes()) for path in sorted((data / "sources/dichvucong/api_detail").glob("*.json"))
    ]
    procedures = {one["id"]: one for one in (*details, *(made_up(number) for number in range(20)))}
    pdf = (data / PDF).read_bytes()
    download = Answer(package(4_000_000), type="application/zip", etag='"1"', ranges=True, drip=0.05)
    return [
        Case("phapdien", (), lambda: Replay({PACKAGE: download}, robots=ROBOTS)),
        Case("dichvucong", (), lambda: Replay(Portal(procedures, page_size=8), robots=ROBOTS)),
        Case("congbao", ("--number", NUMBER), lambda: Replay(gazette(pdf), robots=ROBOTS)),
        Case("vbpl", ("--number", "98/2099/NĐ-CP"), lambda: Replay(gateway, robots=ROBOTS)),
        Case("vanban_chinhphu", ("--number", NUMBER), lambda: slowed(government(pdf))),
    ]


def slowed(server: Replay) -> Replay:
    """The server with the delay of this table in its robots.txt."""
    server.robots = Answer(ROBOTS, type="text/plain")
    return server


def row(case: Case, prepared: Path, folder: Path) -> list[object]:
    """The figures of a source."""
    home = Path(shutil.copytree(prepared, folder / "peace"))
    with case.server() as server:
        report = crawl(home, server, case.source, *case.words, **SETTINGS).report
        gap = min(server.gaps())
        asked = len(server.log)
    killed = Path(shutil.copytree(prepared, folder / "killed"))
    with case.server() as server:
        due = lambda: len(server.log) > asked // 2 and (case.source != "phapdien" or server.sent > 1_000_000)  # noqa: E731  # short
        interrupt(killed, server, due, signal.SIGKILL, case.source, *case.words, **SETTINGS)
        resumed = crawl(killed, server, case.source, *case.words, **SETTINGS).report
        twice = sum(count - 1 for count in Counter(map(_what, server.pages)).values())
    stored = [report["requests"], report["bytes"], f"{DELAY:.2f}", f"{gap:.2f}", report["stored"]]
    return [
        case.source,
        *stored,
        "yes" if resumed["resumed"] else "no",
        twice,
        _held(killed, case.source),
        _held(home, case.source),
    ]


def _what(asked: Asked) -> tuple[str, str, str, str]:
    return asked.method, asked.host, asked.path, asked.body


def _held(home: Path, source: str) -> str:
    """What the store holds of a source, as one comparable word."""
    with open_store(f"sqlite:///{home / 'store.sqlite'}") as store:
        procedures = [one.code for one in store.procedures() if one.provenance.source == source]
        facts = [
            (document.slug, fact.name, str(value.value))
            for document in store.documents()
            for fact in store.facts(document.slug)
            for value in fact.values
            if any(seen.source == source for seen in value.provenances)
        ]
    return f"{len(procedures) + len(facts)}"


def rows(data: Path) -> Iterator[list[object]]:
    """The figures of every source, one after the other."""
    with TemporaryDirectory() as folder:
        prepared = Path(folder, "prepared")
        prepared.mkdir()
        with open_store(f"sqlite:///{prepared / 'store.sqlite'}") as store:
            load_register(store)
        for case in cases(data):
            with TemporaryDirectory() as own:
                yield row(case, prepared, Path(own))


def main() -> None:
    """Print the table."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
    print("\t".join(COLUMNS))
    for figures in rows(data):
        print("\t".join(map(str, figures)), flush=True)


if __name__ == "__main__":
    main()
