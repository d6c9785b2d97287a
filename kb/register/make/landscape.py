"""The documents of the Đề án 06 landscape and their relations, from the collected ``register/documents.json``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kb.model import Evidence, PartialDate, RelationKind
from kb.numbers import parse_number, type_of_number
from kb.register.make.corrections import CORRECTIONS, TITLE_ENDS, TITLE_TAIL
from kb.register.make.issuers import issuer_of, with_capitals
from kb.register.tables import Row

Collected = dict[str, Any]

_LOWERED = "title lower-cased here from capitals"
_LOWERED_NOTE = "trích yếu hạ chữ từ chữ in hoa, tên riêng có thể mất chữ hoa, có thể bị cắt cuối"
_COPY = re.compile(r"(?P<site>.*?)\s*\((?:page, )?mirror github:(?P<repository>[^:)]+):(?P<path>.+)\)")
_CITING = re.compile(r"cited in github:(?P<repository>[^:]+):(?P<path>.+)")
_LONGEST_TITLE = 400

_PRESS = (
    *("baonghean.vn", "sggpnews.org.vn", "sggp.org.vn", "vietnam.vn", "baohaiduong.vn", "vneconomy.vn"),
    *("vietnamnews.vn", "tothethao.com", "cafef.vn", "laodong.vn", "einpresswire.com"),
    *("ecovis.com.vn", "sblaw.vn", "bizlawyer.vn"),  # newsletters of law firms: they report, they do not show
)
_STATE = ("gov.vn", "chinhphu.vn")


def collected_documents(folder: Path) -> list[Collected]:
    """The documents as collected, without those that rest on a third party's note alone."""
    documents: list[Collected] = json.loads((folder / "register" / "documents.json").read_text(encoding="utf-8"))[
        "documents"
    ]
    return [document for document in documents if document["evidence_kind"] != "third_party_note"]


def document_rows(folder: Path) -> Iterator[Row]:
    """A row a document."""
    for document in collected_documents(folder):
        yield _document_row(document)


def _document_row(document: Collected) -> Row:
    number, collected_as = canonical_number(document["number"]), document["number"]
    notes = [_LOWERED_NOTE] if document["note"].startswith(_LOWERED) else []
    place, address, seen = _where(document)
    row = {
        "number": number,
        "type": document["type"] or type_of_number(number),
        "title": _title(document),
        "issuer": issuer_of(document["issuer"], number),
        "issued": document["issue_date"],
        "effective": document["effective_date"],
        "signer": document["signer"],
        "status_wording": document["status"],
        "relevance": document["relevance"],
        "address": address,
        "place": place,
        "evidence": _evidence(document).value,
        "confidence": "misprint" if "PRINTED" in document["confidence"] else "verified",
    }
    for column, value, reason in CORRECTIONS.get((collected_as, document["issue_date"]), ()):
        notes.append(value if column == "note" else reason)
        if column != "note":
            row[column] = value
    row["note"] = "; ".join(dict.fromkeys(note for note in (*notes, seen) if note))
    return row


def canonical_number(collected: str) -> str:
    """The number without the issuer that the collector put behind it, in its canonical spelling."""
    bare = re.sub(r"\s*\(.*\)$", "", collected)
    number = parse_number(bare)
    return str(number) if number and number.suffix else bare


def _title(document: Collected) -> str:
    """The title alone: no link, sentence or remark that follows it; ordinary letters where capitals were lowered."""
    title = TITLE_TAIL.sub("", document["title"].strip().rstrip("”"))
    end = TITLE_ENDS.get(document["number"])
    if end and end in title:
        title = title[: title.index(end) + len(end)]
    if document["note"].startswith(_LOWERED):
        title = with_capitals(title)
    title = title.replace("chi Tiết", "chi tiết").replace("chỉ tiết", "chi tiết")
    return title[:1].upper() + title[1:_LONGEST_TITLE]


def _where(document: Collected) -> tuple[str, str, str]:
    """The place within the address, the address, and what of it is not an address in words."""
    urls = [url for url in document["urls"] if url.startswith(("http", "cited in"))]  # the rest name no place
    first = urls[0]
    copy, citing = _COPY.match(first), _CITING.match(first)
    if copy:
        return copy["path"], f"https://github.com/{copy['repository']}", f"bản sao của {copy['site']}"
    if citing:
        return citing["path"], f"https://github.com/{citing['repository']}", ""
    return "", re.sub(r"\s*\((?:address seen|mirror).*\)$", "", first), ""


def _evidence(document: Collected) -> Evidence:
    """What kind of place it was read in: the site decides for pages."""
    kind = document["evidence_kind"]
    fixed = {
        "official_codification_mirror": Evidence.CODIFICATION,
        "official_pdf": Evidence.GAZETTE,
        "tvpl_page_mirror": Evidence.PAGE,
        "citation": Evidence.CITATION,
    }
    return fixed.get(kind) or _evidence_of_site(document["urls"][0])


def _evidence_of_site(address: str) -> Evidence:
    if _is_of(address, _PRESS):
        return Evidence.NEWS
    return Evidence.OFFICIAL_LIST if _is_of(address, _STATE) else Evidence.PAGE


def _is_of(address: str, sites: tuple[str, ...]) -> bool:
    host = "." + (urlsplit(address).hostname or "")
    return host.endswith(tuple(f".{site}" for site in sites))


# The collector's word for a relation: the kind, whether the sides are to be swapped, and the wording kept.
_KINDS: dict[str, tuple[RelationKind, bool, str]] = {
    "based_on": (RelationKind.BASED_ON, False, ""),
    "amends": (RelationKind.AMENDS, False, ""),
    "amended_by": (RelationKind.AMENDS, True, ""),
    "replaces": (RelationKind.REPLACES, False, ""),
    "replaced_by": (RelationKind.REPLACES, True, ""),
    "guides": (RelationKind.GUIDES, False, ""),
    "assigns_tasks_of": (RelationKind.ASSIGNS, False, ""),
    "implements": (RelationKind.RELATED, False, "thực hiện"),
    "urges": (RelationKind.RELATED, False, "đôn đốc thực hiện"),
    "refers": (RelationKind.CITES, False, ""),
    "continues": (RelationKind.RELATED, False, "tiếp nối"),
    "repeals_amendment_by": (RelationKind.RELATED, False, "bãi bỏ phần đã sửa Luật Căn cước công dân"),
}

# Targets whose words say more than a number: (number, issued, path of the object, path of the subject).
_TARGETS: dict[str, tuple[str, str, str, str]] = {
    "06/QĐ-TTg": ("06/QĐ-TTg", "2022-01-06", "", ""),  # all of them speak of Đề án 06
    "Luật Căn cước công dân ngày 20/11/2014": ("59/2014/QH13", "2014-11-20", "", ""),
    "76/NQ-CP (15/07/2021)": ("76/NQ-CP", "2021-07-15", "", ""),
    "43/2014/NĐ-CP, Điều 21 khoản 2 điểm e": ("43/2014/NĐ-CP", "", "dieu-21.khoan-2.diem-e", ""),
    "Luật Cư trú 68/2020/QH14": ("68/2020/QH14", "", "", ""),
    "05/CT-TTg (2023)": ("05/CT-TTg", "2023-02-23", "", ""),
    "82/NQ-CP, Phụ lục, mục 18 điểm d": ("82/NQ-CP", "2024", "", ""),
    "Kế hoạch 02-KH/BCĐTW": ("02-KH/BCĐTW", "", "", ""),
    "Đề án 896": ("", "", "", ""),
    "68/2020/QH14 (phần sửa Luật Căn cước công dân)": ("68/2020/QH14", "", "", ""),
    "154/2024/NĐ-CP (Điều 4)": ("154/2024/NĐ-CP", "", "", "dieu-4"),
    "70/2024/NĐ-CP (Điều 5)": ("70/2024/NĐ-CP", "", "", "dieu-5"),
}


def relation_rows(folder: Path) -> Iterator[Row]:
    """A row a relation, the acting document as the subject."""
    documents = collected_documents(folder)
    known = {document["number"]: document["type"] for document in documents}
    for document in documents:
        for relation in document["relations"]:
            yield _relation_row(document, relation, known)


def _relation_row(document: Collected, relation: dict[str, str], known: dict[str, str]) -> Row:
    kind, swapped, wording = _KINDS[relation["rel"]]
    number, issued, path, own_path = _TARGETS.get(relation["to"], (relation["to"], "", "", ""))
    number = canonical_number(number) if number else ""
    own = _document_row(document)
    mine = (own["number"], own["type"], own["issued"], own_path)
    theirs = (number, known.get(number) or type_of_number(number), issued, path)
    subject, target = (theirs, mine) if swapped else (mine, theirs)
    _, _, seen = _where(document)
    words = relation["to"] if relation["to"] != number else ""
    return {
        "kind": kind.value,
        **dict(zip(("subject_number", "subject_type", "subject_issued", "subject_path"), subject, strict=True)),
        **dict(zip(("object_number", "object_type", "object_issued", "object_path"), target, strict=True)),
        "effective": relation.get("effective", ""),
        "wording": ": ".join(part for part in (wording, words) if part),
        **{column: own[column] for column in ("address", "place", "evidence")},
        "confidence": "verified",
        "note": seen,
    }


def is_partial_date(text: str) -> bool:
    """Whether the text is a date or the part of one that a source states; an empty one is not stated."""
    try:
        return not text or bool(PartialDate.parse(text))
    except ValueError:
        return False
