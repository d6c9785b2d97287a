"""Cổng Dịch vụ công quốc gia: the list of procedures by cursor, and each procedure by its id, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.crawl.refusals import EmptyListError, NotThereError, RefusedError, UnknownFormError, WrongDocumentError
from corpus.crawl.spider import Expects, Fetch, Page, SourceHeader, SourceSpider, Wanted
from corpus.parse.procedures import read_detail
from corpus.procedure_files import store_procedure
from kb.errors import Dean06Error
from kb.model import Evidence, Procedure, Provenance
from kb.store import Batch, Store

SITE = "https://dichvucong.gov.vn"
LIST = f"{SITE}/api/v1/submitting/formality/list-all-public-formality-by-citizen"
DETAIL = f"{SITE}/api/v1/configuring/formality/get-formality-by-citizen"
PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class OneProcedure:
    """What the portal says of one procedure."""

    procedure: Procedure

    def store(self, batch: Batch) -> None:
        """Write it."""
        store_procedure(self.procedure, batch)


class DichvucongSpider(SourceSpider):
    """All calls are POST and answer 201; what is not JSON is refused, whatever its status.

    The list gives id, code and name; its cursor is the last id. A list read to its end is all that the portal says: a
    procedure that is not on it is withdrawn, and stays as history.
    """

    header = SourceHeader(
        name="dichvucong",
        title="Cổng Dịch vụ công quốc gia",
        address=SITE,
        owner="the Government of Việt Nam; which agency runs it today is not verified",
        gives="administrative procedures in all their parts: steps, methods, dossier, time limits, fees, agencies, legal bases",
        robots="not seen; it is read before the first request",
        terms="none found; a firewall refuses what it takes for attacks: ask slowly, and stop when refused",
        confidence="A: answers of the details were read; the list is described by several authors; a new portal since 2025 or 2026",
        changed=None,
        origins=(SITE,),
        evidence=Evidence.OFFICIAL_LIST,
    )

    def first(self, wanted: Wanted, store: Store) -> Iterable[Fetch]:
        """The first page of the list, or a search for one code."""
        del store
        if wanted.since is not None:
            raise Dean06Error(
                "The list of dichvucong gives no dates: it cannot be asked for what is new since a day.",
                "Run `dean06 crawl dichvucong`: it reports what was added, changed and withdrawn.",
            )
        yield _list(wanted.number, last_id="", seen=0)

    def follow(self, page: Page) -> Iterable[Fetch]:
        """The procedures of a list, and the next page of it."""
        if page.role == "detail":
            self._read(page)
            return
        found = _data_of(page)
        items = found.get("items")
        if not isinstance(items, list) or not all(isinstance(one, dict) and one.get("id") for one in items):
            raise UnknownFormError(page.address, f"The list of {page.address} has no items with ids.")
        if page.number:
            items = [one for one in items if page.number in {one.get("code"), one.get("codeNotation")}]
            if not items:
                raise NotThereError(page.address, f"The portal lists no procedure with the code {page.number}.")
        yield from (_detail(one) for one in items)
        if not page.number:
            yield from _next_page(page, found, len(items))

    def read(self, pages: Sequence[Page]) -> OneProcedure:
        """The procedure of its detail."""
        return OneProcedure(self._read(pages[-1]))

    def is_whole(self, wanted: Wanted) -> bool:
        """A crawl of everything has read the list to its end."""
        return wanted.is_everything

    def known(self, store: Store) -> Mapping[str, Any]:
        """Procedures by code, each without where it was seen: a new day is no change."""
        nowhere = Provenance("", "", Evidence.OFFICIAL_LIST)
        return {
            code: replace(own, provenance=nowhere)
            for code, told in store.procedures_of_all_sources().items()
            for own in told
            if own.provenance.source == self.header.name
        }

    def _read(self, page: Page) -> Procedure:
        data = _data_of(page)
        if data.get("id") != page.item:
            raise WrongDocumentError(
                page.address, f"{page.address} gave {data.get('id')} where {page.item} was asked for."
            )
        seen = page.provenance(self.header.evidence, address=f"{SITE}/thu-tuc-hanh-chinh/{page.item}")
        procedure = read_detail(data, seen)
        if page.number and page.number != procedure.code:
            what = f"{page.address} gave the procedure {procedure.code} where the list says {page.number}."
            raise WrongDocumentError(page.address, what)
        return procedure


def _list(code: str, *, last_id: str, seen: int) -> Fetch:
    body = {"limit": PAGE_SIZE, "lastId": last_id, "q": code}
    return _post(LIST, body, Fetch(LIST, "list", number=code, context={"seen": str(seen)}))


def _detail(listed: Mapping[str, Any]) -> Fetch:
    number = str(listed.get("code") or listed.get("codeNotation") or "")
    return _post(DETAIL, {"id": listed["id"]}, Fetch(DETAIL, "detail", item=str(listed["id"]), number=number))


def _post(address: str, body: Mapping[str, Any], fetch: Fetch) -> Fetch:
    headers = {"Content-Type": "application/json", "Origin": SITE, "Referer": f"{SITE}/"}
    told = json.dumps(body, ensure_ascii=False)
    return replace(fetch, address=address, method="POST", body=told, headers=headers, expects=Expects.JSON)


def _next_page(page: Page, found: Mapping[str, Any], count: int) -> Iterator[Fetch]:
    """The next page of the list; raises ``EmptyListError`` where it ends before its own total."""
    seen = int(page.context.get("seen", "0")) + count
    total = found.get("total")
    last_id = found.get("lastId")
    if not seen or (isinstance(total, int) and not (count and last_id) and seen < total):
        raise EmptyListError(page.address, f"The list of {page.address} ended after {seen:,} of {total} procedures.")
    if count and last_id and not (isinstance(total, int) and seen >= total):
        yield _list("", last_id=str(last_id), seen=seen)


def _data_of(page: Page) -> Mapping[str, Any]:
    """What the portal's envelope holds; raises a refusal where it says something else than OK."""
    answer = page.json()
    if not isinstance(answer, dict):
        raise UnknownFormError(page.address, f"{page.address} gave JSON that is no object.")
    if "data" not in answer and "id" in answer:
        return answer
    if answer.get("code") != "OK":
        said = f"{answer.get('code')!r}: {answer.get('message')!r}"
        raise RefusedError(page.address, f"{page.address} did not answer OK but {said}.")
    if not isinstance(answer.get("data"), dict):
        raise UnknownFormError(page.address, f"{page.address} gave an answer without data.")
    data: Mapping[str, Any] = answer["data"]
    return data
