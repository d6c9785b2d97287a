"""A provincial gazette on Lotus Domino (Sơn La): issues, the documents of an issue, lists, attributes. Pure.

Rows of issues and of their documents were read on real pages; lists (``a.kyhieu``) and attribute pages are known from one
author's description only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NoReturn
from urllib.parse import quote, unquote

from corpus.parse.issuers import spelled_issuer
from corpus.parse.sites.pages import Element, every, first, has_class, labelled, read_page, words
from corpus.parse.sites.values import own_title, vietnamese_day, web_address
from kb.errors import UnusableInputError
from kb.model import Identity, ObservedDocument, PartialDate, Provenance, Status
from kb.numbers import DOCUMENT_TYPES, find_numbers, parse_number, type_of_number
from kb.text import fold

SOURCE = "congbao_sonla"
SITE = "https://congbao.sonla.gov.vn/congbao.nsf/"
_UNID = re.compile(r"ParentUNID=([0-9A-Fa-f]{32})")
_OPENED = re.compile(r"window\.open\(\s*[\"']([^\"']{1,500}\.pdf)[\"']", re.IGNORECASE)
_TYPES = sorted((name for name, _ in DOCUMENT_TYPES), key=len, reverse=True)
_STATUSES = {"đang hiệu lực": Status.IN_FORCE, "đang có hiệu lực": Status.IN_FORCE}
_NOTHING_STORED = "Nothing was stored."


@dataclass(frozen=True, slots=True)
class DominoIssue:
    """An issue of the gazette.

    ``key`` is the site's category for it ("2026/No.{47}"), ``name`` as printed ("Số 47 Ngày 25/7/2026"); ``address`` is ''
    where a script opens it.
    """

    key: str
    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class DominoDocument:
    """A row: what it says of a document, its files, and the page of the issue it starts on ('' where not stated)."""

    document: ObservedDocument
    files: tuple[str, ...]
    page: str = ""


def read_issues(data: bytes, name: str) -> tuple[DominoIssue, ...]:
    """The issues of a year; raises ``UnusableInputError`` where there is none."""
    found: dict[str, DominoIssue] = {}
    for sign in every(read_page(data, name), "//span[@doccate and @value]"):
        link = first(sign, "./ancestor::a[@href][1]")
        key = unquote(sign.get("doccate", ""))
        address = web_address(link.get("href", ""), SITE) if link is not None else ""
        found.setdefault(key, DominoIssue(key, sign.get("value", ""), address))
    return tuple(found.values()) or _refused(name, "issue")


def read_issue_documents(data: bytes, provenance: Provenance) -> tuple[DominoDocument, ...]:
    """The documents of an issue, each under the heading of its issuer; raises ``UnusableInputError`` where there is none."""
    page = read_page(_as_table(data), provenance.address)
    found: dict[str, DominoDocument] = {}
    issuer = ""
    for row in every(page, "//tr"):
        heading = first(row, f"./th[{has_class('level2-heading')}]")
        issuer = words(heading) if heading is not None else issuer
        if (document := _issue_row(row, issuer, provenance)) is not None:
            found.setdefault(document.document.source_ids[0][1], document)
    return tuple(found.values()) or _refused(provenance.address, "document")


def read_rows(data: bytes, provenance: Provenance) -> tuple[DominoDocument, ...]:
    """The documents of a list (``VanBanQPPL2``); raises ``UnusableInputError`` where there is none."""
    page = read_page(data, provenance.address)
    rows = (_list_row(row, provenance) for row in every(page, "//tr"))
    return tuple(row for row in rows if row is not None) or _refused(provenance.address, "document")


def read_attributes(data: bytes, provenance: Provenance) -> ObservedDocument:
    """The attribute page of a document (``ThuocTinh?openForm``); raises ``UnusableInputError`` where it has no number."""
    page = read_page(data, provenance.address)
    values = labelled(pair for row in every(page, "//tr") for pair in _attributes(row))
    number = values.get("so ky hieu") or values.get("so hieu", "")
    unid = _UNID.search(provenance.address)
    if not number:
        problem = f"{provenance.address} is not the page of a document: it has no 'Số ký hiệu'."
        raise UnusableInputError(problem, _NOTHING_STORED)
    wording = values.get("tinh trang") or values.get("tinh trang hieu luc", "")
    observed = _observed(number, values.get("loai van ban", ""), values.get("co quan ban hanh", ""), provenance)
    return replace(
        observed,
        identity=replace(observed.identity, issued=_partial(values.get("ngay ban hanh", ""))),
        title=own_title(values.get("trich yeu", ""), observed.identity.type, observed.identity.number),
        effective=vietnamese_day(values.get("ngay hieu luc") or values.get("ngay co hieu luc")),
        expires=vietnamese_day(values.get("ngay het hieu luc")),
        signer=values.get("nguoi ky", ""),
        status=_status(wording),
        status_wording=wording,
        fields=tuple(filter(None, (values.get("linh vuc", ""),))),
        source_ids=((SOURCE, unid[1].upper()),) if unid else (),
    )


def issue_file(data: bytes, name: str) -> str:
    """The address of an issue's PDF on the page that opens it; raises ``UnusableInputError`` where there is none."""
    for link in every(read_page(data, name), "//a[@onclick]"):
        if match := _OPENED.search(link.get("onclick", "")):
            return web_address(quote(match[1], safe="/$%"), SITE)
    return _refused(name, "file")


def _refused(name: str, what: str) -> NoReturn:
    raise UnusableInputError(f"{name} holds no {what}.", _NOTHING_STORED)


def _as_table(data: bytes) -> bytes:
    """Rows that come without their table, which a tree builder would drop."""
    return data if b"<table" in data[:2000].lower() else b"<table>" + data + b"</table>"


def _issue_row(row: Element, issuer: str, provenance: Provenance) -> DominoDocument | None:
    link = first(row, "./td//a[contains(@href, 'ParentUNID=')]")
    notation = first(row, f".//span[{has_class('doc-notation')}]")
    unid = _UNID.search(link.get("href", "")) if link is not None else None
    if link is None or unid is None or notation is None:
        return None
    cells = list(every(row, "./td"))
    category, printed = words(first(row, f".//span[{has_class('doc-cate')}]")), words(notation)
    observed = _observed(printed, category, issuer, replace(provenance, place=f"trang {words(cells[-1])}"))
    title = words(link).removeprefix(category).strip().removeprefix(printed).strip()
    document = replace(
        observed,
        identity=replace(observed.identity, issued=_partial(words(cells[0]))),
        title=title,
        source_ids=((SOURCE, unid[1].upper()),),
    )
    return DominoDocument(document, tuple(_row_files(row)), words(cells[-1]))


def _list_row(row: Element, provenance: Provenance) -> DominoDocument | None:
    link = first(row, f".//a[{has_class('kyhieu')}]")
    unid = _UNID.search(link.get("href", "")) if link is not None else None
    if link is None or unid is None:
        return None
    cells = list(every(row, f"./td[{has_class('datacell')}]"))
    wording = words(cells[4]) if len(cells) > 4 else ""
    observed = _observed(words(link), "", "", provenance)
    document = replace(
        observed,
        identity=replace(observed.identity, issued=_partial(words(first(row, f".//span[{has_class('w-effect')}]")))),
        title=words(first(row, f".//span[{has_class('excerpt')}]")),
        effective=vietnamese_day(words(first(row, f".//span[{has_class('effecting')}]"))),
        status=_status(wording),
        status_wording=wording,
        source_ids=((SOURCE, unid[1].upper()),),
    )
    return DominoDocument(document, tuple(_row_files(row)))


def _observed(printed: str, category: str, issuer: str, provenance: Provenance) -> ObservedDocument:
    """A document by what is printed of its number, its category ("Quyết định của UBND tỉnh") and the issuer's heading."""
    found = find_numbers(f"số {printed.removeprefix('số').strip()}")
    number = str(found[0].number) if found else str(parse_number(printed) or printed)
    kind = next((name for name in _TYPES if fold(category).startswith(fold(name))), "") or type_of_number(number)
    return ObservedDocument(Identity(kind, number, _issuer(issuer)), provenance)


def _issuer(heading: str) -> str:
    """The issuer of a province's own gazette: "UBND Tỉnh" there is that of the province."""
    name = {"ubnd tinh": "UBND tỉnh Sơn La", "hdnd tinh": "HĐND tỉnh Sơn La"}.get(fold(heading), heading)
    return spelled_issuer([name]) if name else ""


def _row_files(row: Element) -> Iterator[str]:
    for link in every(row, ".//a[contains(@href, '$file/')]"):
        if address := web_address(quote(link.get("href", ""), safe="/:$%?&="), SITE):
            yield address


def _attributes(row: Element) -> Iterator[tuple[str, str]]:
    labels, values = list(every(row, "./th")), list(every(row, "./td"))
    yield from ((words(label), words(value)) for label, value in zip(labels, values, strict=False))


def _status(wording: str) -> Status:
    return _STATUSES.get(wording.casefold(), Status.named_in(wording))


def _partial(text: str) -> PartialDate | None:
    day = vietnamese_day(text)
    return PartialDate.of(day) if day else None
