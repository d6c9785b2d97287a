"""Hệ thống văn bản Chính phủ: first to list new laws and decrees, with their signed PDFs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import quote, urlencode, urlsplit

from corpus.crawl.refusals import NotThereError, UnknownFormError
from corpus.crawl.spider import Expects, Fetch, Page, SourceHeader, SourceSpider, Wanted
from corpus.parse.sites import government_site as site
from corpus.parse.sites.values import same_number
from corpus.site_documents import SiteDocument, SiteDocuments, check_number, with_files
from kb.model import Evidence
from kb.store import Store

_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Origin": site.SITE, "Referer": site.LIST}


class VanbanChinhphuSpider(SourceSpider):
    """The list, newest first, page by page through the site's own form; of each document its page and its signed PDF.

    ``--number`` uses the site's keyword search, whose results have one page only: numbers are compared.
    """

    header = SourceHeader(
        name="vanban_chinhphu",
        title="Hệ thống văn bản - Cổng Thông tin điện tử Chính phủ",
        address=site.SITE,
        owner="Văn phòng Chính phủ",
        gives="new documents of the central State: number, kind, issuer, signer, dates, signed PDF; no text, status or relations",
        robots="Allow: / (seen 2026)",
        terms="none found that forbid reading; legal texts are outside copyright (Điều 15 Luật Sở hữu trí tuệ)",
        confidence="C: shapes by one author, checked by him in 2026-06",
        changed=None,
        origins=(site.SITE, "https://datafiles.chinhphu.vn"),
        evidence=Evidence.GAZETTE,
        delay=2.0,
    )

    def first(self, wanted: Wanted, store: Store) -> Iterable[Fetch]:
        """The first page of the list: it holds the form that everything else is asked with."""
        del store
        if wanted.number:
            yield search(wanted.number)
        else:
            yield Fetch(site.LIST, "list", context={"since": wanted.since.isoformat()} if wanted.since else {})

    def follow(self, page: Page) -> Iterable[Fetch]:
        """What the pages of each role lead to."""
        steps = {
            "form": self._search,
            "found": self._found,
            "list": self._listed,
            "detail": self._files,
        }
        step = steps.get(page.role)
        return step(page) if step else ()

    def read(self, pages: Sequence[Page]) -> SiteDocuments:
        """The page of a document with its signed PDF."""
        detail = next((page for page in pages if page.role == "detail"), None)
        if detail is None:
            raise NotThereError(pages[0].address, f"{site.SITE} gave no page of {pages[0].number}.")
        found = site.read_document(detail.data, detail.provenance(Evidence.OFFICIAL_LIST))
        check_number(detail.number, found.document, detail.address)
        files = [page for page in pages if page.role == "file"]
        return SiteDocuments((with_files(SiteDocument(found.document), files, Evidence.GAZETTE),))

    def _search(self, page: Page) -> Iterator[Fetch]:
        """The site's own form, filled in with the number."""
        form = site.read_list(page.data, page.address).search(page.number)
        if form is None:
            raise UnknownFormError(page.address, f"{page.address} has no search box.")
        fetch = page.snapshot.fetch
        yield replace(fetch, address=site.LIST, role="found", method="POST", body=urlencode(form), headers=_FORM)

    def _found(self, page: Page) -> Iterator[Fetch]:
        rows = [row for row in site.read_list(page.data, page.address).rows if same_number(row.number, page.number)]
        if not rows:
            raise NotThereError(page.address, f"The search of {site.SITE} gives no document of number {page.number}.")
        yield from (_detail(row, page.item) for row in rows)

    def _listed(self, page: Page) -> Iterator[Fetch]:
        """The documents of a page, and the next page until one is older than wanted."""
        listed = site.read_list(page.data, page.address)
        since = date.fromisoformat(page.context["since"]) if "since" in page.context else None
        wanted = [row for row in listed.rows if since is None or row.issued is None or row.issued >= since]
        yield from map(_detail, wanted)
        following = int(page.context.get("page", "1")) + 1
        if following in listed.pages and wanted:
            body = urlencode(listed.postback(following))
            context = {**page.context, "page": str(following)}
            yield Fetch(site.LIST, "list", method="POST", body=body, headers=_FORM, context=context)

    def _files(self, page: Page) -> Iterator[Fetch]:
        found = site.read_document(page.data, page.provenance(Evidence.OFFICIAL_LIST))
        check_number(page.number, found.document, page.address)
        allowed = {urlsplit(origin).hostname for origin in self.header.origins}
        for address in found.files[:1]:
            if urlsplit(address).hostname in allowed:
                kind = Expects.PDF if urlsplit(address).path.lower().endswith(".pdf") else Expects.ANY
                yield Fetch(address, "file", page.item, kind, number=page.number)


def search(number: str) -> Fetch:
    """The request for the form that a number is searched with; the fragment, which is not sent, tells it from others."""
    return Fetch(f"{site.LIST}#{quote(number)}", "form", number=number)


def _detail(row: site.ListedDocument, item: str = "") -> Fetch:
    return Fetch(row.address, "detail", item or row.id, number=row.number)
