"""The base of every source: a header, what to ask first, what each page leads to, and what an item says.

A source is written as a subclass with four parts, all free of network and store::

    class ExampleSpider(SourceSpider):
        header = SourceHeader(name="example", …)

        def first(self, wanted, store):          # what to ask first, by what the user wants
            yield Fetch("https://example.vn/list?page=1", role="list")

        def follow(self, page):                  # what a page leads to; a wrong page raises a refusal
            if page.role == "list":
                yield from (Fetch(address, role="detail", item=key, number=number) for … in rows(page))

        def read(self, pages):                   # all pages of one item -> records; nothing is stored here
            return ExampleRecords(…)             # with ``store(batch)``

Everything else is done for it: robots.txt, pace, retries, limits, certificates, snapshots, resuming, the store. The same
``read`` serves ``dean06 reparse``, which runs over snapshots with no network at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, Protocol

import scrapy

from corpus.crawl.fetch import Expects, Fetch
from corpus.crawl.pages import Page
from corpus.reporting import ImportReport
from kb.model import Evidence
from kb.progress import Progress
from kb.store import Batch, Store

__all__ = ["Expects", "Fetch", "PackageSpider", "Page", "Records", "SourceHeader", "SourceSpider", "Wanted"]


@dataclass(frozen=True, slots=True)
class SourceHeader:
    """What is known of a source before it is asked.

    ``origins`` are all it may be asked under, as ``https://host`` or ``https://host:port``: robots.txt of each is read, a
    redirect elsewhere is refused. ``confidence`` says on what the notes rest: A real answers seen, B several authors agree,
    C one author. ``changed`` is the day of the last change of the site that is known. A source with a ``consent`` note is off until
    the user turns it on by the setting ``DEAN06_CRAWL_<NAME>=yes``. ``delay`` is the shortest pause between two requests to
    one host, in seconds.
    """

    name: str
    title: str
    address: str
    owner: str
    gives: str
    robots: str
    terms: str
    confidence: str
    changed: date | None
    origins: tuple[str, ...]
    evidence: Evidence = Evidence.OFFICIAL_LIST
    consent: str = ""
    delay: float = 1.0

    def lines(self) -> list[str]:
        """The header as lines of text."""
        told = {
            "address": self.address,
            "owner": self.owner,
            "gives": self.gives,
            "robots.txt": self.robots,
            "terms": self.terms,
            "known from": self.confidence,
            "last known change": str(self.changed or "not known"),
            "asked under": ", ".join(self.origins),
            "off until": f"DEAN06_CRAWL_{self.name.upper()}=yes. {self.consent}" if self.consent else "",
        }
        return [f"{name}: {value}" for name, value in told.items() if value]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asked for; ``limit`` 0 is no limit. The limit on items is kept by the crawl itself."""

    number: str = ""
    since: date | None = None
    limit: int = 0

    @property
    def is_everything(self) -> bool:
        """Whether nothing narrows it."""
        return not self.number and self.since is None and not self.limit


class Records(Protocol):
    """What an item says, ready to be written."""

    def store(self, batch: Batch) -> None:
        """Write it into an import."""


class SourceSpider(scrapy.Spider):
    """A source. Subclasses set ``header`` and write ``first``, ``follow`` and ``read``."""

    header: ClassVar[SourceHeader]
    job: Any  # the crawl under way; sources have no use for it

    def __init_subclass__(cls) -> None:
        if "header" in cls.__dict__:
            cls.name = cls.header.name

    def first(self, wanted: Wanted, store: Store) -> Iterable[Fetch]:
        """What to ask first. The store may be read (ids known, documents without text), never written.

        Raises ``Dean06Error`` where the source cannot do what is wanted (no search by number, say).
        """
        raise NotImplementedError

    def follow(self, page: Page) -> Iterable[Fetch]:
        """What a page leads to. Pure. The common refusals were checked before; raise those of this source.

        A fetch of an item that was seen in this job is asked once. ``UnusableInputError`` and every ``RefusedError`` leave
        the snapshot and go into the report.
        """
        raise NotImplementedError

    def read(self, pages: Sequence[Page]) -> Records:
        """What the pages of one item say, in the order in which they came. Pure: the same pages give the same records.

        Raises ``UnusableInputError`` or a ``RefusedError`` where they cannot be used; the store is then untouched.
        """
        raise NotImplementedError

    def is_whole(self, wanted: Wanted) -> bool:
        """Whether a finished crawl has seen all that the source says, so that what it says no more may end."""
        del wanted
        return False

    def known(self, store: Store) -> Mapping[str, Any]:
        """What the store holds of this source by a key that users know, so that a report can tell added, changed and withdrawn."""
        del store
        return {}


class PackageSpider(SourceSpider):
    """A source that gives whole packages, which have an importer of their own; the key of an item is its file's name."""

    def follow(self, page: Page) -> Iterable[Fetch]:
        """A package leads to nothing further."""
        del page
        return ()

    def import_package(
        self, path: Path, store: Store, *, home: Path, progress: Progress, again: bool = False
    ) -> ImportReport:
        """Import a package that lies at ``path``, also one that is held where ``again`` says so; raises ``UnusableInputError``, and the store is then as before."""
        raise NotImplementedError
