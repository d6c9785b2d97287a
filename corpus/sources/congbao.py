"""Công báo điện tử: the official gazette, with the signed PDF of each document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from urllib.parse import urlsplit

from corpus.crawl.refusals import EmptyListError, NotThereError
from corpus.crawl.spider import Expects, Fetch, Page, SourceHeader, SourceSpider, Wanted
from corpus.parse.sites import gazette_site as site
from corpus.parse.sites.values import web_address
from corpus.site_documents import SiteDocument, SiteDocuments, check_number, with_files
from kb.model import Evidence
from kb.numbers import parse_number
from kb.store import Store

SEARCH = "https://api-searchcongbao.chinhphu.vn/search/van-ban"
FEED = f"{site.SITE}/cac-van-ban-moi-ban-hanh.rss"
LISTS = f"{site.SITE}/van-ban-dang-cong-bao.htm"
_ISSUERS = re.compile(
    rb"href\s*=\s*[\"']([^\s\"'<>\x80-\xff]*/van-ban-dang-cong-bao/[a-z0-9-]+-c\d+\.htm)[\"']", re.IGNORECASE
)


class CongbaoSpider(SourceSpider):
    """Search by number; newest from the feed; else every issuer's list, page by page.

    ``--since`` is answered from the feed (50 documents). Where that does not reach back, the lists are read until a page
    holds only numbers of earlier years: they print no dates.
    """

    header = SourceHeader(
        name="congbao",
        title="Công báo điện tử nước Cộng hòa xã hội chủ nghĩa Việt Nam",
        address=site.SITE,
        owner="Văn phòng Chính phủ",
        gives="documents as gazetted: number, kind, issuer, signer, dates, issue of the gazette, signed PDF; no validity, no relations",
        robots="Allow: / (seen 2026)",
        terms="none found that forbid reading; legal texts are outside copyright (Điều 15 Luật Sở hữu trí tuệ)",
        confidence="B for the pages, A for the PDFs",
        changed=None,
        origins=(
            site.SITE,
            "https://api-searchcongbao.chinhphu.vn",
            "https://congbaocdn.chinhphu.vn",
            # This host leaves out its intermediate certificate (GlobalSign RSA OV SSL CA 2018): DEAN06_CRAWL_EXTRA_CERTIFICATE.
            "https://g7.cdnchinhphu.vn",
        ),
        evidence=Evidence.GAZETTE,
    )

    def first(self, wanted: Wanted, store: Store) -> Iterable[Fetch]:
        """The search for a number, or the feed, and the lists where all is wanted."""
        del store
        if wanted.number:
            yield search(wanted.number)
            return
        yield Fetch(FEED, "feed", expects=Expects.XML, context=_since(wanted.since))
        if wanted.since is None:
            yield Fetch(LISTS, "lists")

    def follow(self, page: Page) -> Iterable[Fetch]:
        """What the pages of each role lead to."""
        steps = {
            "search": self._found,
            "feed": self._newest,
            "lists": self._lists,
            "list": self._listed,
            "detail": self._files,
        }
        step = steps.get(page.role)
        return step(page) if step else ()

    def read(self, pages: Sequence[Page]) -> SiteDocuments:
        """The page of each document with its PDFs."""
        found = tuple(self._document(page, pages) for page in pages if page.role == "detail")
        if not found:
            raise NotThereError(pages[0].address, f"The Công báo gave no page of {pages[0].number}.")
        return SiteDocuments(found)

    def _document(self, detail: Page, pages: Sequence[Page]) -> SiteDocument:
        found = site.read_document(detail.data, detail.provenance(Evidence.OFFICIAL_LIST))
        check_number(detail.number, found.document, detail.address)
        files = [page for page in pages if page.role == "file" and page.context.get("of") == detail.address]
        return with_files(SiteDocument(found.document), files, Evidence.GAZETTE)

    def _found(self, page: Page) -> Iterator[Fetch]:
        fetch, asked = page.snapshot.fetch, page.number
        hits = site.matching(site.read_search(page.data, page.provenance(Evidence.OFFICIAL_LIST)), asked)
        if not hits:
            raise NotThereError(page.address, f"The Công báo holds no document of number {asked}.")
        for hit in hits:
            key = fetch.item or hit.document.source_ids[0][1]
            yield Fetch(site.address_of(hit), "detail", key, number=asked)

    def _newest(self, page: Page) -> Iterator[Fetch]:
        entries = site.read_feed_entries(page.data, page.address)
        since = date.fromisoformat(page.context["since"]) if "since" in page.context else None
        for entry in entries:
            if since is None or entry.published is None or entry.published >= since:
                yield _detail(entry)
        if since and all(entry.published and entry.published > since for entry in entries):
            yield Fetch(LISTS, "lists", context=page.context)

    def _lists(self, page: Page) -> Iterator[Fetch]:
        """The first page of each issuer's list."""
        addresses = dict.fromkeys(web_address(found.decode(), site.SITE) for found in _ISSUERS.findall(page.data))
        if not addresses:
            raise EmptyListError(page.address, f"{page.address} names no issuer.")
        yield from (Fetch(address, "list", context=page.context) for address in addresses)

    def _listed(self, page: Page) -> Iterator[Fetch]:
        found = site.read_entries(page.data, page.address)
        first = found.entries[0].id
        if page.context.get("before") == first:
            return  # beyond its last page the site shows that one again
        since = page.context.get("since", "")
        if since and all(_year(entry) and _year(entry) < int(since[:4]) for entry in found.entries):
            return
        yield from map(_detail, found.entries)
        number = int(page.context.get("page", "1"))
        if number < found.last_page:
            context = {**page.context, "page": str(number + 1), "before": first}
            yield Fetch(_page_address(page.snapshot.fetch.address, number + 1), "list", context=context)

    def _files(self, page: Page) -> Iterator[Fetch]:
        """The PDFs of a document, or where it has none its Word file."""
        found = site.read_document(page.data, page.provenance(Evidence.OFFICIAL_LIST))
        check_number(page.number, found.document, page.address)
        allowed = {urlsplit(origin).hostname for origin in self.header.origins}
        files = [file for file in found.files if urlsplit(file.address).hostname in allowed]
        pdfs = [file for file in files if file.kind == "pdf"]
        for file in pdfs or files[:1]:
            yield Fetch(
                file.address,
                "file",
                page.item,
                Expects.PDF if pdfs else Expects.ANY,
                headers={"Referer": page.address},
                context={"of": page.address},
                number=page.number,
            )


def search(number: str) -> Fetch:
    """The request that searches for a number."""
    body = {"filters": {}, "page": 1, "page_size": 30, "query": number}
    headers = {"Content-Type": "application/json", "Origin": site.SITE, "Referer": f"{site.SITE}/"}
    sent = json.dumps(body, ensure_ascii=False)
    return Fetch(SEARCH, "search", "", Expects.JSON, "POST", sent, headers, number=number)


def _detail(entry: site.GazetteEntry) -> Fetch:
    return Fetch(entry.address, "detail", entry.id, number=entry.number)


def _page_address(address: str, number: int) -> str:
    return re.sub(r"(?:/trang-\d+)?\.htm$", f"/trang-{number}.htm", address)


def _year(entry: site.GazetteEntry) -> int:
    number = parse_number(entry.number or entry.hint)
    return (number.year or 0) if number else 0


def _since(day: date | None) -> dict[str, str]:
    return {"since": day.isoformat()} if day else {}
