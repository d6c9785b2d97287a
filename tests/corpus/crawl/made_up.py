"""A made-up source of HTML pages, crawled by the real crawler in a process of its own: ``python -m … ORIGIN``."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import corpus.crawl.crawling
import corpus.crawl.storing
from corpus.crawl.spider import Fetch, Page, Records, SourceHeader, SourceSpider, Wanted
from kb.model import Evidence, Identity, ObservedDocument, PartialDate
from kb.settings import Settings
from kb.store import Batch, Store, open_store

ORIGIN = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1"


@dataclass(frozen=True, slots=True)
class Found:
    """A made-up document."""

    document: ObservedDocument

    def store(self, batch: Batch) -> None:
        """Write it."""
        batch.document(self.document)


class MadeUpSpider(SourceSpider):
    """A list of links, and a document behind each."""

    header = SourceHeader(
        name="made_up",
        title="Nguồn dựng để kiểm thử",
        address=ORIGIN,
        owner="nobody",
        gives="made-up documents",
        robots="as the test says",
        terms="none",
        confidence="made up",
        changed=None,
        origins=(ORIGIN,),
        delay=0,
    )

    def first(self, wanted: Wanted, store: Store) -> Iterable[Fetch]:
        """The list."""
        del wanted, store
        yield Fetch(f"{ORIGIN}/list", role="list")

    def follow(self, page: Page) -> Iterable[Fetch]:
        """The links of the list."""
        if page.role == "list":
            for path in re.findall(r'href="([^"]+)"', page.data.decode()):
                yield Fetch(f"{ORIGIN}{path}", role="detail", item=path)

    def read(self, pages: Sequence[Page]) -> Records:
        """The document of a page."""
        number = pages[0].data.decode().partition("<h1>")[2].partition("</h1>")[0]
        identity = Identity("Quyết định", number, "Bộ Dựng Thử", PartialDate(2026, 1, 1))
        return Found(ObservedDocument(identity, pages[0].provenance(Evidence.PAGE), title="dựng để kiểm thử"))


def main() -> None:
    """Crawl, and print the report."""
    for module in (corpus.crawl.crawling, corpus.crawl.storing):
        setattr(module, "spider_of", lambda _: MadeUpSpider)  # noqa: B010  # mypy knows the function as final
    settings = Settings()
    with open_store(settings.database_url) as store:
        report = corpus.crawl.crawling.crawl("made_up", Wanted(), store, settings)
    sys.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))


if __name__ == "__main__":
    main()
