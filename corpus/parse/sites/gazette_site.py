"""The site of the Công báo (congbao.chinhphu.vn): feed, lists of documents, search, page of a document. Pure.

A number read from an address is a hint: slugs lose diacritics and case, and those of consolidated texts the year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from corpus.formats.html import render
from corpus.parse.issuers import spelled_issuer
from corpus.parse.sites.gateway_json import Record, as_record, read_json, records
from corpus.parse.sites.pages import Element, every, first, has_class, labelled, read_feed, read_page, words
from corpus.parse.sites.values import VIETNAM, own_title, plain_text, same_number, vietnamese_day, web_address
from kb.errors import UnusableInputError
from kb.model import Identity, ObservedDocument, PartialDate, Provenance
from kb.numbers import DOCUMENT_TYPES, find_numbers, parse_number, type_of_number
from kb.text import fold

SOURCE = "congbao"
SITE = "https://congbao.chinhphu.vn"
_DOCUMENT = re.compile(r"/van-ban/(?P<slug>[^/?#]+?)-(?P<id>\d{1,12})(?:/\d+)?\.htm$", re.IGNORECASE)
_PAGE = re.compile(r"/trang-(\d{1,6})\.htm", re.IGNORECASE)
_NAME_ENDS = re.compile(r"\.(pdf|docx?)$", re.IGNORECASE)
_ADDRESS_ENDS = re.compile(r"\.?(pdf|docx?)$", re.IGNORECASE)  # the search glues it on: "…/46587pdf"
_TYPES = {fold(name).replace(" ", "-"): name for name, _ in DOCUMENT_TYPES} | {"van-ban-hop-nhat": "Văn bản hợp nhất"}
_NOTHING_STORED = "Nothing was stored."


@dataclass(frozen=True, slots=True)
class GazetteEntry:
    """A document that a feed or a list points at; ``number`` is '' where the words name none.

    ``hint`` is the number that the address suggests; ``published`` the Vietnamese day in the feed.
    """

    id: str
    address: str
    title: str = ""
    number: str = ""
    hint: str = ""
    type: str = ""
    published: date | None = None

    def may_be(self, number: str) -> bool:
        """Whether this can be the document of a number: by its own words, else by its address."""
        return same_number(self.number or self.hint, number)


@dataclass(frozen=True, slots=True)
class GazetteList:
    """A page of a list; ``last_page`` is the highest page it links to, 1 where it links to none."""

    entries: tuple[GazetteEntry, ...]
    last_page: int = 1


@dataclass(frozen=True, slots=True)
class GazetteFile:
    """A file as a page or the search names it; ``kind`` is pdf, doc or docx as the address ends, '' where it does not say."""

    address: str
    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class GazetteDocument:
    """What the site says of a document, and its files: PDFs first, in the order of the site."""

    document: ObservedDocument
    files: tuple[GazetteFile, ...]
    issues: tuple[str, ...] = ()


def read_feed_entries(data: bytes, name: str) -> tuple[GazetteEntry, ...]:
    """The documents of ``/cac-van-ban-moi-ban-hanh.rss``, in order; an item whose address holds no id is left out.

    Raises ``UnusableInputError`` where it is no feed, or a feed without a single document.
    """
    feed = read_feed(data, name)
    entries = [entry for item in feed.iter("item") if (entry := _of_item(item)) is not None]
    if not entries:
        raise UnusableInputError(f"{name} is a feed without documents.", _NOTHING_STORED)
    return tuple({entry.id: entry for entry in reversed(entries)}.values())[::-1]


def read_entries(data: bytes, name: str) -> GazetteList:
    """A page of a list by issuer or kind; raises ``UnusableInputError`` where it links to no document.

    A page beyond the last shows the last again: a reader stops where the ids repeat.
    """
    page = read_page(data, name)
    found: dict[str, GazetteEntry] = {}
    for link in every(page, "//a[@href]"):
        entry = entry_of(link.get("href", ""), words(link))
        if entry is not None and (entry.id not in found or len(entry.title) > len(found[entry.id].title)):
            found[entry.id] = entry
    if not found:
        raise UnusableInputError(f"{name} lists no document.", _NOTHING_STORED)
    pages = [int(number) for link in every(page, "//a[@href]") for number in _PAGE.findall(link.get("href", ""))]
    return GazetteList(tuple(found.values()), max(pages, default=1))


def entry_of(address: str, title: str = "", published: date | None = None) -> GazetteEntry | None:
    """A document by its address; None where the address is of something else.

    >>> entry = entry_of("https://congbao.chinhphu.vn/van-ban/nghi-dinh-so-38-2022-nd-cp-37348/40840.htm")
    >>> entry.id, entry.hint, entry.type
    ('37348', '38/2022/NĐ-CP', 'Nghị định')
    """
    address = web_address(address, SITE)
    match = _DOCUMENT.search(urlsplit(address).path)
    if match is None:
        return None
    number = next((str(found.number) for found in find_numbers(title)[:1]), "")
    kind, hint = _of_slug(match["slug"].lower())
    own = own_title(title, kind, number) if number else title
    return GazetteEntry(match["id"], address, own, number, hint, type_of_number(number) or kind, published)


def read_search(data: bytes, provenance: Provenance) -> tuple[GazetteDocument, ...]:
    """All hits of a search; it is fuzzy, so that ``matching`` has to choose. Raises ``UnusableInputError`` for another shape."""
    answer = as_record(read_json(data, provenance.address))
    if answer.get("success") is False or not isinstance(answer.get("data"), list):
        raise UnusableInputError(f"{provenance.address} is no list of hits.", _NOTHING_STORED)
    return tuple(_of_hit(hit, provenance) for hit in records(answer["data"]) if plain_text(hit.get("id_van_ban")))


def matching(found: tuple[GazetteDocument, ...], number: str) -> tuple[GazetteDocument, ...]:
    """The hits whose own number is the one asked for, in any spelling."""
    return tuple(one for one in found if same_number(one.document.identity.number, number))


def address_of(found: GazetteDocument) -> str:
    """The address of a hit's page: its kind and number as a slug, and its id."""
    identity = found.document.identity
    slug = re.sub(r"[^a-z0-9]+", "-", fold(f"{identity.type} so {identity.number}")).strip("-")
    return f"{SITE}/van-ban/{slug}-{found.document.source_ids[0][1]}.htm"


def read_document(data: bytes, provenance: Provenance) -> GazetteDocument:
    """The page of a document; raises ``UnusableInputError`` where it names neither a number nor a kind and title."""
    name = provenance.address
    page = read_page(data, name)
    rows = every(page, f"//div[{has_class('row')}]")
    values = labelled((_label_of(row), _value_of(row)) for row in rows)
    if not values.get("so ky hieu") and not (values.get("loai van ban") and values.get("trich yeu")):
        raise UnusableInputError(f"{name} is not the page of a document: it has no 'Số ký hiệu'.", _NOTHING_STORED)
    entry = entry_of(name)
    issues = tuple(filter(None, (values.get("cong bao", ""),)))
    document = _observed(values, provenance, entry.id if entry else "", issues)
    return GazetteDocument(document, _files(page), issues)


def _of_item(item: Element) -> GazetteEntry | None:
    fields = {child.tag: child.text or "" for child in item if isinstance(child.tag, str)}
    address = fields.get("link", "").strip() or fields.get("guid", "").strip()
    said = (" ".join(render(fields.get(tag, "")).lines) for tag in ("description", "title"))
    return entry_of(address, next(filter(None, said), ""), _day_of_feed(fields.get("pubDate", "")))


def _day_of_feed(text: str) -> date | None:
    try:
        moment = parsedate_to_datetime(text.strip())
        return (moment if moment.tzinfo is None else moment.astimezone(VIETNAM)).date()
    except (ValueError, TypeError, OverflowError, IndexError):
        return vietnamese_day(text)


def _of_slug(slug: str) -> tuple[str, str]:
    """The kind and the number that a slug suggests."""
    start = next((start for start in sorted(_TYPES, key=len, reverse=True) if f"{slug}-".startswith(f"{start}-")), "")
    tail = slug.removeprefix(start).strip("-").removeprefix("so-")
    number = parse_number(tail) if tail[:1].isdigit() else None
    return _TYPES.get(start, ""), str(number) if number else ""


def _of_hit(hit: Record, provenance: Provenance) -> GazetteDocument:
    issuers = hit.get("ten_co_quan")
    values = {
        "so ky hieu": plain_text(hit.get("so_ky_hieu")),
        "loai van ban": plain_text(hit.get("loai_van_ban")),
        "trich yeu": plain_text(hit.get("trich_yeu")) or plain_text(hit.get("tieu_de")),
        "co quan ban hanh": " - ".join(filter(None, map(plain_text, issuers))) if isinstance(issuers, list) else "",
        "nguoi ky": plain_text(hit.get("nguoi_ky")),
        "ngay ban hanh": plain_text(hit.get("ngay_ban_hanh")),
        "ngay hieu luc": plain_text(hit.get("ngay_co_hieu_luc")),
    }
    issues = tuple(filter(None, (plain_text(issue.get("ten")) for issue in records(hit.get("danh_sach_ky_cong_bao")))))
    files = sorted(records(hit.get("danh_sach_tep_van_ban")), key=lambda file: str(file.get("thu_tu")))
    document = _observed(values, provenance, plain_text(hit.get("id_van_ban")), issues)
    return GazetteDocument(
        document, _pdf_first([_file(file.get("duong_dan"), file.get("ten_file")) for file in files]), issues
    )


def _observed(values: Mapping[str, str], seen: Provenance, own_id: str, issues: tuple[str, ...]) -> ObservedDocument:
    number, kind = values.get("so ky hieu", ""), values.get("loai van ban", "")
    issued = vietnamese_day(values.get("ngay ban hanh"))
    identity = Identity(
        kind or type_of_number(number),
        number,
        spelled_issuer([values["co quan ban hanh"]]) if values.get("co quan ban hanh") else "",
        PartialDate.of(issued) if issued else None,
    )
    title = own_title(values.get("trich yeu", ""), identity.type, number)
    return ObservedDocument(
        identity,
        _placed(seen, issues),
        title="" if same_number(title, number) else title,
        effective=vietnamese_day(values.get("ngay hieu luc") or values.get("ngay co hieu luc")),
        signer=_name(values.get("nguoi ky", "")),
        source_ids=((SOURCE, own_id),) if own_id else (),
    )


def _placed(seen: Provenance, issues: tuple[str, ...]) -> Provenance:
    """The provenance with the issues of the Công báo that print the document."""
    places = "; ".join(f"Công báo {issue.removeprefix('Công báo ')}" for issue in issues)
    return replace(seen, place=places) if places else seen


def _name(text: str) -> str:
    """A person's name; one in capitals as names are written."""
    return " ".join(part.capitalize() for part in text.split()) if text.isupper() else text


def _label_of(row: Element) -> str:
    return words(first(row, f"./span[{has_class('name')}] | ./div/span[{has_class('name')}]"))


def _value_of(row: Element) -> str:
    cell = first(row, f".//div[{has_class('value')}]")
    if cell is None:
        return ""
    parts = [words(part) for part in every(cell, f".//*[{has_class('child-value')}]")]
    return " - ".join(filter(None, parts)) or words(cell)


def _files(page: Element) -> tuple[GazetteFile, ...]:
    links = every(page, f"//div[{has_class('list--open')}]//a[@href and @data-file]")
    return _pdf_first([_file(link.get("href", ""), link.get("data-file")) for link in links])


def _file(address: object, name: object) -> GazetteFile:
    """A file; what the site calls its extension is the tail of a path, so that only the ends of address and name count."""
    link, own = web_address(plain_text(address), SITE), plain_text(name).rsplit("/", 1)[-1]
    match = _NAME_ENDS.search(own) or _ADDRESS_ENDS.search(urlsplit(link).path)
    return GazetteFile(link, own, match[1].lower() if match else "")


def _pdf_first(files: list[GazetteFile]) -> tuple[GazetteFile, ...]:
    once = {file.address: file for file in files if file.address.startswith("https://")}
    return tuple(sorted(once.values(), key=lambda file: file.kind != "pdf"))
