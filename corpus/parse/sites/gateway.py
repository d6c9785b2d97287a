"""The JSON gateway of vbpl.vn: lists, details, files and vocabularies as records. Pure: bytes in, records out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from corpus.parse.issuers import spelled_issuer
from corpus.parse.sites.gateway_codes import status_of, status_wording
from corpus.parse.sites.gateway_json import Record, as_record, read_answer, records
from corpus.parse.sites.gateway_relations import SOURCE, Reference, references_of
from corpus.parse.sites.values import own_title, plain_text, vietnamese_day
from kb.errors import UnusableInputError
from kb.model import EditionKind, Identity, ObservedDocument, PartialDate, Provenance
from kb.numbers import DocumentNumber, parse_number
from kb.store import Unused
from kb.text import fold

_PUBLISHED = "Publish"
_TRANSLATION = "vbpqta_"
_CORRIGENDUM = "vbpqdinhchinh_"
_PLACEHOLDER_FILE = "template.pdf"
_NO_FIELD = frozenset({"chua phan loai", "khac", ""})
_CONSOLIDATED = "Văn bản hợp nhất"
_LAWS = {"luật": "Quốc hội", "bộ luật": "Quốc hội", "hiến pháp": "Quốc hội", "pháp lệnh": "Ủy ban Thường vụ Quốc hội"}
_NOTHING_STORED = "Nothing was stored."


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A row of a list: what is needed to choose what to fetch. ``number`` is as the source writes it."""

    id: str
    number: str
    type: str
    title: str
    issued: date | None
    updated: date | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list: ``total`` documents match, ``page`` counts from 1."""

    total: int
    page: int
    items: tuple[ListedDocument, ...]


@dataclass(frozen=True, slots=True)
class GatewayDocument:
    """A detail as the source gives it; ``body`` is HTML, empty where the document is held as a scan only."""

    document: ObservedDocument
    kind: EditionKind
    body: str
    references: tuple[Reference, ...]
    files: tuple[str, ...]
    unused: tuple[Unused, ...] = ()


@dataclass(frozen=True, slots=True)
class GatewayFile:
    """A file of a document: its name, and its size in bytes, 0 where not stated."""

    name: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of a vocabulary: kinds of documents, fields, statuses, agencies, areas."""

    id: str
    code: str
    name: str


def read_list(data: bytes, name: str) -> Listing:
    """An answer of ``/doc/all``; raises ``UnusableInputError`` for another shape."""
    answer = as_record(read_answer(data, name))
    if not isinstance(answer.get("items"), list):
        raise UnusableInputError(f"{name} is no list of documents: it has no 'items'.", _NOTHING_STORED)
    items = tuple(_listed(item) for item in records(answer["items"]) if plain_text(item.get("id")))
    return Listing(_count(answer.get("total")), _count(answer.get("current")) or 1, items)


def read_detail(data: bytes, provenance: Provenance, *, types: Mapping[str, str] | None = None) -> GatewayDocument:
    """An answer of ``/doc/{id}``; ``types`` are the names of kinds of documents by id, from ``/doc/combobox``.

    Raises ``UnusableInputError`` for another shape, for a document that is not published, and for a translation.
    """
    name = provenance.address
    detail = as_record(read_answer(data, name))
    own_id = plain_text(detail.get("id"))
    if not own_id:
        raise UnusableInputError(f"{name} holds no document: it has no id.", _NOTHING_STORED)
    _refuse_what_is_no_document(detail, own_id, name)
    document, unused = _document(detail, own_id, provenance)
    body = as_record(detail.get("documentContent")).get("content")
    return GatewayDocument(
        document,
        _edition_kind(detail, document),
        body if isinstance(body, str) else "",
        tuple(references_of(detail.get("references"), types or {})),
        tuple(_files(detail)),
        unused,
    )


def read_files(data: bytes, name: str) -> tuple[GatewayFile, ...]:
    """An answer of ``…/folders/{id}/files``: the files of the document itself, without placeholders and copies of the body."""
    found: dict[str, GatewayFile] = {}
    for item in records(read_answer(data, name)):
        file = plain_text(item.get("fileName"))
        if _is_file(file):
            found.setdefault(file, GatewayFile(file, _count(item.get("size"))))
    return tuple(found.values())


def read_choices(data: bytes, name: str) -> tuple[Choice, ...]:
    """An answer of a ``combobox`` call."""
    answer = read_answer(data, name)
    items = answer if isinstance(answer, list) else as_record(answer).get("items")
    return tuple(
        Choice(plain_text(item.get("id")), plain_text(item.get("code")), plain_text(item.get("name")))
        for item in records(items)
        if plain_text(item.get("id")) and plain_text(item.get("name"))
    )


def _refuse_what_is_no_document(detail: Record, own_id: str, name: str) -> None:
    if own_id.startswith(_TRANSLATION) or detail.get("isTranslationDoc") is True:
        raise UnusableInputError(f"{name} is a translation into English, not the document.", _NOTHING_STORED)
    state = plain_text(detail.get("status"))
    if state and state != _PUBLISHED:
        raise UnusableInputError(f"{name} is not published yet: its state is {state!r}.", _NOTHING_STORED)


def _listed(item: Record) -> ListedDocument:
    kind, number = plain_text(as_record(item.get("docType")).get("name")), plain_text(item.get("docNum"))
    title = plain_text(item.get("docAbs")) or own_title(plain_text(item.get("title")), kind, number)
    issued, updated = vietnamese_day(item.get("issueDate")), vietnamese_day(item.get("updatedDate"))
    return ListedDocument(plain_text(item["id"]), number, kind, title, issued, updated)


def _document(detail: Record, own_id: str, provenance: Provenance) -> tuple[ObservedDocument, tuple[Unused, ...]]:
    kind = plain_text(as_record(detail.get("docType")).get("name"))
    number = plain_text(detail.get("docNum"))
    issued = vietnamese_day(detail.get("issueDate"))
    issuer, doubt = _issuer(detail, kind, parse_number(number))
    status = as_record(detail.get("effStatus"))
    code, label = plain_text(status.get("code")), plain_text(status.get("name"))
    document = ObservedDocument(
        Identity(kind, number, issuer, PartialDate.of(issued) if issued else None),
        provenance,
        title=plain_text(detail.get("docAbs")) or own_title(plain_text(detail.get("title")), kind, number),
        effective=vietnamese_day(detail.get("effFrom")),
        expires=vietnamese_day(detail.get("effTo")),
        signer=", ".join(dict.fromkeys(filter(None, (plain_text(one.get("personName")) for one in _issues(detail))))),
        status=status_of(code, label),
        status_wording=status_wording(code, label),
        fields=_fields(detail),
        source_ids=((SOURCE, own_id),),
    )
    return document, tuple(_unused(detail, document, doubt))


def _unused(detail: Record, document: ObservedDocument, doubt: str) -> Iterator[Unused]:
    """What the source gives that cannot be taken as it stands."""
    number = document.identity.number or document.source_ids[0][1]
    if doubt:
        yield Unused(f"{number}: issuer", doubt)
    read = {"issueDate": document.identity.issued, "effFrom": document.effective, "effTo": document.expires}
    for field, day in read.items():
        if plain_text(detail.get(field)) and day is None:
            yield Unused(
                f"{number}: {field} {plain_text(detail.get(field))[:40]}", "it names no day between 1900 and 2100"
            )
    if document.status_wording and document.status.value == "unknown":
        yield Unused(f"{number}: status {document.status_wording}", "code and label of the status name no one status")


def _issues(detail: Record) -> list[Record]:
    """Who issued and signed, in the source's order."""
    return sorted(records(detail.get("documentIssues")), key=lambda issue: _count(issue.get("orderIndex")))


def _issuer(detail: Record, kind: str, number: DocumentNumber | None) -> tuple[str, str]:
    """The issuer, and why it is left open: of a law the source often names the ministry that drafted it."""
    names = dict.fromkeys(filter(None, (plain_text(issue.get("agencyName")) for issue in _issues(detail))))
    stated = plain_text(detail.get("agencyName")) or plain_text(as_record(detail.get("organization")).get("name"))
    joint = list(map(_spelled, names)) if len(names) > 1 else []
    issuer = f"{', '.join(joint[:-1])} và {joint[-1]}" if joint else _spelled(stated or next(iter(names), ""))
    passed_by = _LAWS.get(kind.casefold(), "") if number is None or "QH" in number.suffix else ""
    if issuer and passed_by and fold(passed_by) not in fold(issuer) and "Quốc hội" not in issuer:
        return "", f"the source names {issuer}, which passes no {kind}"
    return issuer, ""


def _spelled(name: str) -> str:
    return spelled_issuer([name]) if name else ""


def _fields(detail: Record) -> tuple[str, ...]:
    """Subjects (lĩnh vực) and sectors (ngành); "Chưa phân loại" says that there is none."""
    given = [*records(detail.get("documentFields")), *records(detail.get("documentMajors"))]
    names = (plain_text(one.get("name")) or plain_text(as_record(one.get("majorType")).get("name")) for one in given)
    return tuple(dict.fromkeys(name for name in names if fold(name) not in _NO_FIELD))


def _edition_kind(detail: Record, document: ObservedDocument) -> EditionKind:
    consolidated = detail.get("isConsolidatedDocument") is True or document.identity.type == _CONSOLIDATED
    if consolidated or "VBHN" in document.identity.number.upper():
        return EditionKind.CONSOLIDATED
    return EditionKind.UNSTATED if document.source_ids[0][1].startswith(_CORRIGENDUM) else EditionKind.ORIGINAL


def _files(detail: Record) -> Iterator[str]:
    named = [detail.get("documentContentFileName"), detail.get("documentContentFileDocName")]
    named += [item.get("fileName") for item in records(detail.get("documentRelatedList"))]
    yield from dict.fromkeys(name for name in map(plain_text, named) if _is_file(name))


def _is_file(name: str) -> bool:
    """Whether a file can hold the document: no placeholder, no copy of the body as HTML."""
    low = name.casefold()
    return bool(name) and low != _PLACEHOLDER_FILE and not low.endswith((".html", ".htm", ".md"))


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
