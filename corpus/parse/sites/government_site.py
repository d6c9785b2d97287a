"""vanban.chinhphu.vn, the Government's documents: the list that pages by postback, and the page of a document. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

from corpus.parse.issuers import spelled_issuer
from corpus.parse.sites.pages import Element, every, first, has_class, labelled, read_page, words
from corpus.parse.sites.values import own_title, vietnamese_day, web_address
from kb.errors import UnusableInputError
from kb.model import Identity, ObservedDocument, PartialDate, Provenance
from kb.numbers import parse_number, type_of_number
from kb.text import fold

SOURCE = "vanban_chinhphu"
SITE = "https://vanban.chinhphu.vn"
LIST = f"{SITE}/he-thong-van-ban?classid=1&mode=1"
_POSTBACK = re.compile(r"__doPostBack\(\s*['\"](?P<target>[^'\"]{1,200})['\"]\s*,\s*['\"]Page\$(?P<page>\d{1,6})['\"]")
_NOTHING_STORED = "Nothing was stored."


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A row of the list: ``number`` as printed; ``files`` are addresses of its attachments."""

    id: str
    number: str
    title: str
    issued: date | None
    files: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The page of the document."""
        return f"{SITE}/?pageid=27160&docid={self.id}&classid=1"


@dataclass(frozen=True, slots=True)
class DocumentList:
    """A page of the list, and what a postback to another page must carry.

    ``control`` is the id of the grid as the page has it, '' where the list has one page; ``pages`` are the numbers that the
    pager offers; ``form`` is the page's own form with its hidden state and its defaults.
    """

    rows: tuple[ListedDocument, ...]
    control: str
    pages: tuple[int, ...]
    form: Mapping[str, str]

    def postback(self, page: int) -> dict[str, str]:
        """The form that asks for another page of the list."""
        return {**self.form, "__EVENTTARGET": self.control, "__EVENTARGUMENT": f"Page${page}"}

    def search(self, words_sought: str) -> dict[str, str] | None:
        """The form that searches for a keyword; None where the page has no search box."""
        box = next((name for name in self.form if name.endswith("txtSearchKeyword")), "")
        if not box:
            return None
        prefix = box.removesuffix("txtSearchKeyword")
        asked = {box: words_sought, f"{prefix}hidIsSearch": "1", f"{prefix}btnSearch": "Tìm kiếm"}
        return {**self.form, **asked, "__EVENTTARGET": "", "__EVENTARGUMENT": ""}


@dataclass(frozen=True, slots=True)
class GovernmentDocument:
    """What the page of a document says, and the addresses of its files: the signed ones first."""

    document: ObservedDocument
    files: tuple[str, ...]


def read_list(data: bytes, name: str) -> DocumentList:
    """A page of the list; raises ``UnusableInputError`` where it has no row of a document."""
    page = read_page(data, name)
    grid = first(page, "//table[contains(@id, 'grvDocument')]")
    rows = {row.id: row for row in _rows(grid if grid is not None else page)}
    if not rows:
        raise UnusableInputError(f"{name} lists no document.", _NOTHING_STORED)
    turns = [turn for link in every(page, "//a[@href]") for turn in _POSTBACK.finditer(link.get("href", ""))]
    pages = tuple(sorted({int(turn["page"]) for turn in turns}))
    return DocumentList(tuple(rows.values()), turns[0]["target"] if turns else "", pages, dict(_form(page)))


def read_document(data: bytes, provenance: Provenance) -> GovernmentDocument:
    """The page of a document; raises ``UnusableInputError`` where it has no number."""
    name = provenance.address
    page = read_page(data, name)
    values = labelled(_cells(page))
    printed = values.get("so ky hieu", "")
    if not printed:
        raise UnusableInputError(f"{name} is not the page of a document: it has no 'Số ký hiệu'.", _NOTHING_STORED)
    links = (
        web_address(link.get("href", ""), SITE) for link in every(page, f"//div[{has_class('Content')}]//a[@href]")
    )
    return GovernmentDocument(_observed(values, provenance, _id_in(name)), _files(links))


def _rows(grid: Element) -> Iterator[ListedDocument]:
    for row in every(grid, ".//tr"):
        code = first(row, f".//span[{has_class('code')}]")
        link = first(row, ".//a[contains(@href, 'docid=')]")
        if code is None or link is None:
            continue
        own_id = _id_in(link.get("href", ""))
        if own_id and words(code):
            files = (
                web_address(a.get("href", ""), SITE) for a in every(row, f".//*[{has_class('bl-doc-file')}]//a[@href]")
            )
            title = words(first(row, f".//span[{has_class('substract')}]"))
            issued = vietnamese_day(words(first(row, f".//span[{has_class('issued-date')}]")))
            yield ListedDocument(own_id, words(code), title, issued, _files(files))


def _id_in(address: str) -> str:
    """The docid of an address, '' where it has none."""
    own_id = "".join(parse_qs(urlsplit(web_address(address, SITE)).query).get("docid", [])[:1])
    return own_id if own_id.isascii() and own_id.isdigit() else ""


def _form(page: Element) -> Iterator[tuple[str, str]]:
    """The page's form as a browser sends it without a button pressed: hidden state, texts, chosen options."""
    for field in every(page, "//input[@name] | //select[@name]"):
        name = field.get("name", "")
        if field.tag == "select":
            chosen = first(field, ".//option[@selected]")
            chosen = chosen if chosen is not None else first(field, ".//option")
            yield name, (chosen.get("value") or words(chosen)) if chosen is not None else ""
        elif field.get("type", "text").lower() in {"hidden", "text"}:
            yield name, field.get("value", "")


def _cells(page: Element) -> Iterator[tuple[str, str]]:
    for label in every(page, f"//div[{has_class('Content')}]//td[{has_class('col1')}]"):
        beside = label.getnext()
        if beside is not None:
            yield words(label), words(beside)


def _observed(values: Mapping[str, str], seen: Provenance, own_id: str) -> ObservedDocument:
    printed = values["so ky hieu"]
    number = parse_number(printed)
    canonical = str(number) if number else printed
    kind = values.get("loai van ban", "") or type_of_number(canonical)
    issued = vietnamese_day(values.get("ngay ban hanh"))
    issuer = values.get("co quan ban hanh", "")
    identity = Identity(
        kind, canonical, spelled_issuer([issuer]) if issuer else "", PartialDate.of(issued) if issued else None
    )
    return ObservedDocument(
        identity,
        replace(seen, note=f"printed as {printed}") if printed != canonical else seen,
        title=own_title(values.get("trich yeu", ""), kind, canonical),
        effective=vietnamese_day(values.get("ngay co hieu luc") or values.get("ngay hieu luc")),
        signer=values.get("nguoi ky", ""),
        source_ids=((SOURCE, own_id),) if own_id else (),
    )


def _files(addresses: Iterator[str]) -> tuple[str, ...]:
    """Files of documents, the signed ones first."""
    kept = [
        one for one in dict.fromkeys(addresses) if re.search(r"\.(?:pdf|docx?)$", urlsplit(one).path, re.IGNORECASE)
    ]
    return tuple(sorted(kept, key=lambda one: (".signed." not in fold(one), not one.lower().endswith(".pdf"))))
