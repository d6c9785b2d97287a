"""Cơ sở dữ liệu quốc gia về văn bản pháp luật: the JSON gateway behind vbpl.vn."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import quote

from corpus.crawl.refusals import EmptyListError, NotThereError, WrongDocumentError
from corpus.crawl.spider import Expects, Fetch, Page, SourceHeader, SourceSpider, Wanted
from corpus.gateway_documents import edition_of, stated, with_body
from corpus.parse.sites import gateway
from corpus.parse.sites.gateway_relations import read_diagram
from corpus.parse.sites.gateway_tree import provisions_of, read_tree
from corpus.parse.sites.values import same_number
from corpus.site_documents import SiteDocument, SiteDocuments, check_number, with_files
from kb.model import Evidence, Provenance
from kb.store import Store

GATEWAY = "https://vbpl-bientap-gateway.moj.gov.vn/api/qtdc/public"
SITE = "https://vbpl.vn"
_ROWS = 50
_SHOWN = f"{SITE}/van-ban/chi-tiet/"
_NOTE = (
    "vbpl.vn is the national database of legal documents of the Ministry of Justice (Bộ Tư pháp). Its JSON gateway is not a "
    "published interface: the robots.txt of vbpl.vn disallows /api/, and the gateway, on a host of its own, is treated with "
    "the same restraint. Fetch single documents; ask the Ministry before you fetch many. Respect its terms of use."
)


class VbplSpider(SourceSpider):
    """Lists by number or date of issue; of each document the detail, the provision tree, the diagram, and files where it has no body."""

    header = SourceHeader(
        name="vbpl",
        title="Cơ sở dữ liệu quốc gia về văn bản pháp luật",
        address=SITE,
        owner="Bộ Tư pháp",
        gives="documents with status, dates, signer, fields, text, provision tree, relations, files",
        robots="vbpl.vn: Disallow: /api/, /Pages/ (one author, 2026); of the gateway's host none was seen",
        terms="not published for the gateway; see the note that is shown before it is turned on",
        confidence="A for detail, list and tree; C for diagram and files",
        changed=date(2026, 4, 23),
        origins=("https://vbpl-bientap-gateway.moj.gov.vn",),
        consent=_NOTE,
        delay=3.0,
    )

    def first(self, wanted: Wanted, store: Store) -> Iterable[Fetch]:
        """The list of documents with a number, or of those issued since a day, or of all, the newest first."""
        del store
        if wanted.number:
            yield search(wanted.number)
        else:
            yield _list(1, {"issueDateFrom": wanted.since.isoformat()} if wanted.since else {})

    def follow(self, page: Page) -> Iterable[Fetch]:
        """What the pages of each role lead to."""
        steps = {"search": self._found, "list": self._listed, "detail": self._parts, "files": self._files}
        step = steps.get(page.role)
        return step(page) if step else ()

    def read(self, pages: Sequence[Page]) -> SiteDocuments:
        """Each document by its id: the detail with its text, from the body, else the tree, else a file."""
        ids = dict.fromkeys(page.context["id"] for page in pages if page.role == "detail")
        if not ids:
            raise NotThereError(pages[0].address, f"vbpl gave no detail of {pages[0].number}.")
        return SiteDocuments(tuple(_document([page for page in pages if page.context.get("id") == one]) for one in ids))

    def _found(self, page: Page) -> Iterator[Fetch]:
        """The documents of the number asked for; the search may give others."""
        listing = gateway.read_list(page.data, page.address)
        hits = [one for one in listing.items if same_number(one.number, page.number)]
        if not hits:
            raise NotThereError(page.address, f"vbpl holds no document of number {page.number}.")
        yield from (_detail(one.id, page) for one in hits)

    def _listed(self, page: Page) -> Iterator[Fetch]:
        listing = gateway.read_list(page.data, page.address)
        if not listing.items and listing.total > (listing.page - 1) * _ROWS:
            raise EmptyListError(page.address, f"Page {listing.page} of {listing.total:,} documents is empty.")
        yield from (_detail(one.id, page) for one in listing.items)
        number = int(page.context.get("page", "1"))
        if listing.items and number * _ROWS < listing.total:
            yield _list(number + 1, json.loads(page.context.get("narrow", "{}")))

    def _parts(self, page: Page) -> Iterator[Fetch]:
        found = _detail_of(page)
        own_id = quote(found.document.source_ids[0][1])
        yield _of(page, f"/doc/provision/tree/{own_id}", "tree", optional=True)
        yield _of(page, f"/doc/{own_id}/diagram", "diagram", optional=True)
        if not found.body.strip():
            yield _of(page, f"/doc/minio/buckets/vbpl/folders/{own_id}/files?parts=1,2,3,4,5", "files", optional=True)

    def _files(self, page: Page) -> Iterator[Fetch]:
        """The first file that may hold the text: Word before PDF, no annexes."""
        files = sorted(gateway.read_files(page.data, page.address), key=_file_rank)
        folder = page.snapshot.fetch.address.partition("/folders/")[2].partition("/")[0]
        for file in files[:1]:
            address = f"/doc/minio/buckets/vbpl/{folder}/{quote(file.name)}/download"
            yield _of(page, address, "file", expects=Expects.ANY, optional=True)


def search(number: str) -> Fetch:
    """The request that lists the documents of a number."""
    return replace(_list(1, {"docNum": number}), role="search", number=number)


def _list(page: int, narrow: dict[str, str]) -> Fetch:
    body = {
        "pageNumber": page,
        "pageSize": _ROWS,
        "sortBy": "issueDate",
        "sortDirection": "DESC",
        "groupVbpl": True,
        **narrow,
    }
    context = {"page": str(page), "narrow": json.dumps(narrow)}
    headers = {"Content-Type": "application/json", **_FROM}
    return Fetch(
        f"{GATEWAY}/doc/all", "list", "", Expects.JSON, "POST", json.dumps(body, ensure_ascii=False), headers, context
    )


_FROM = {"Origin": SITE, "Referer": f"{SITE}/"}


def _detail(own_id: str, page: Page) -> Fetch:
    asked = page.snapshot.fetch
    address = f"{GATEWAY}/doc/{quote(own_id)}"
    key = asked.item or own_id
    return Fetch(
        address,
        "detail",
        key,
        Expects.JSON,
        headers=_FROM,
        number=asked.number,
        context={"id": own_id},
    )


def _of(page: Page, path: str, role: str, *, expects: Expects = Expects.JSON, optional: bool) -> Fetch:
    """Another answer of the same item."""
    asked = page.snapshot.fetch
    return replace(asked, address=f"{GATEWAY}{path}", role=role, expects=expects, optional=optional)


def _detail_of(page: Page) -> gateway.GatewayDocument:
    """The detail, of the id and number that were asked for."""
    found = gateway.read_detail(page.data, _provenance(page))
    own_id, asked = found.document.source_ids[0][1], page.context.get("id", "")
    if asked and asked != own_id:
        raise WrongDocumentError(page.address, f"{page.address} is of id {own_id}, not of {asked}.")
    check_number(page.number, found.document, page.address)
    return found


def _provenance(page: Page) -> Provenance:
    """A document is known to people by its page, not by the gateway's address."""
    own_id = page.context.get("id", "")
    return page.provenance(Evidence.OFFICIAL_LIST, address=f"{_SHOWN}{quote(own_id)}" if own_id else "")


def _document(pages: Sequence[Page]) -> SiteDocument:
    by_role = {page.role: page for page in reversed(pages)}
    found = _detail_of(by_role["detail"])
    diagram = by_role.get("diagram")
    references = [*found.references, *(read_diagram(diagram.data, diagram.address) if diagram else ())]
    base = stated(found, references)
    return _with_text(base, found, by_role.get("tree"), [page for page in pages if page.role == "file"])


def _with_text(
    base: SiteDocument, found: gateway.GatewayDocument, tree: Page | None, files: Sequence[Page]
) -> SiteDocument:
    roots = read_tree(tree.data, tree.address) if tree is not None else ()
    if found.body.strip():
        return with_body(base, found, sum(node.articles for node in roots))
    if roots:
        return replace(base, edition=edition_of(provisions_of(roots), found.kind, base.document.provenance))
    return with_files(base, files, Evidence.OFFICIAL_LIST)


def _file_rank(file: gateway.GatewayFile) -> tuple[bool, bool, bool]:
    name = file.name.casefold()
    is_annex = name.startswith(("phụ lục", "phu luc", "pl "))
    return is_annex, not name.endswith((".docx", ".doc")), not name.endswith((".docx", ".pdf"))
