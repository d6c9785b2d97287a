"""What the parsers say of a sample, as plain facts to hold against those that were read by eye."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpus.documents import read_document
from corpus.formats import read_content
from corpus.parse.sites import gateway, gazette_domino, gazette_site, government_site
from corpus.parse.sites.gateway_body import read_body
from corpus.parse.sites.gateway_relations import relations_of
from corpus.parse.sites.gateway_tree import provisions_of, read_tree
from kb.model import DocumentReference, Evidence, ObservedDocument, Provenance

EXPECTED = Path(__file__).parent
Facts = dict[str, Any]


def expected(source: str) -> Facts:
    """The facts of a source's samples, by the sample's path below ``sources/<source>/``."""
    values: Facts = json.loads((EXPECTED / source / "expected.json").read_text(encoding="utf-8"))
    return values


def facts_of(path: Path, reader: str, address: str = "") -> Facts:
    """Read a sample with one of the readers; raises what it raises."""
    return _READERS[reader](path.read_bytes(), seen(path, address))


def seen(path: Path, address: str = "") -> Provenance:
    """The provenance of a sample."""
    return Provenance("sample", address or path.name, Evidence.OFFICIAL_LIST)


def _document(document: ObservedDocument) -> Facts:
    identity = document.identity
    facts = {
        "id": document.source_ids[0][1] if document.source_ids else "",
        "number": identity.number,
        "type": identity.type,
        "issuer": identity.issuer,
        "issued": str(identity.issued or ""),
        "effective": str(document.effective or ""),
        "expires": str(document.expires or ""),
        "status": document.status.value,
        "status_wording": document.status_wording,
        "signer": document.signer,
        "fields": list(document.fields),
        "title_starts": " ".join(document.title.split()[:3]),
        "note": document.provenance.note,
    }
    return {name: value for name, value in facts.items() if value not in ("", [], "unknown")}


def _gateway_list(data: bytes, at: Provenance) -> Facts:
    listing = gateway.read_list(data, at.address)
    rows = [[row.id, row.number, row.type, str(row.issued), str(row.updated)] for row in listing.items]
    return {"total": listing.total, "page": listing.page, "rows": rows}


def _gateway_detail(data: bytes, at: Provenance) -> Facts:
    found = gateway.read_detail(data, at)
    subject = DocumentReference(found.document.identity, source_id=found.document.source_ids[0])
    told = relations_of(subject, found.references, at)
    facts = _document(found.document) | {
        "kind": found.kind.value,
        "files": list(found.files),
        "relations": [[one.kind.value, one.object.identity.type, one.object.identity.number] for one in told.relations],
        "unused": len(found.unused) + len(told.unused),
    }
    if not found.body:
        return facts | {"body": False}
    body = read_body(found.body, lambda html: read_content(html, f"{at.address}.html"))
    structure = body.structure
    joined = "".join(root.whole for root in structure.roots)
    kinds = Counter(root.kind.value for root in structure.roots)
    return facts | {
        "body": True,
        "articles": structure.own_articles,
        "annex_articles": structure.annex_articles,
        "gaps": len(structure.gaps),
        "roots": dict(sorted(kinds.items())),
        "gives_text_back": joined == body.content.text,
        "remarks": len(body.remarks),
    }


def _gateway_tree(data: bytes, at: Provenance) -> Facts:
    roots = read_tree(data, at.address)
    provisions = provisions_of(roots)
    text = "".join(f"{root.text}\n" for root in roots)
    return {
        "articles": sum(root.articles for root in roots),
        "paths": [node.path for root in provisions for node in root.walk()],
        "gives_text_back": "".join(root.whole for root in provisions) == text,
    }


def _feed(data: bytes, at: Provenance) -> Facts:
    entries = gazette_site.read_feed_entries(data, at.address)
    return {"rows": [[one.id, one.hint, one.type, str(one.published), one.title] for one in entries]}


def _gazette_search(data: bytes, at: Provenance) -> Facts:
    hits = gazette_site.read_search(data, at)
    return {"rows": [_document(hit.document) | {"files": [file.kind for file in hit.files]} for hit in hits]}


def _gazette_pdf(data: bytes, at: Provenance) -> Facts:
    records = read_document(read_content(data, at.address), at)
    structure = records.structure
    return _document(records.document) | {
        "articles": structure.own_articles,
        "annex_articles": structure.annex_articles,
    }


def _government_list(data: bytes, at: Provenance) -> Facts:
    listed = government_site.read_list(data, at.address)
    rows = [[row.id, row.number, str(row.issued), len(row.files)] for row in listed.rows]
    return {"rows": rows, "control": listed.control, "pages": list(listed.pages)}


def _government_document(data: bytes, at: Provenance) -> Facts:
    found = government_site.read_document(data, at)
    return _document(found.document) | {"files": len(found.files)}


def _domino_issues(data: bytes, at: Provenance) -> Facts:
    issues = gazette_domino.read_issues(data, at.address)
    return {"count": len(issues), "first": issues[0].name, "last": issues[-1].name}


def _domino_issue(data: bytes, at: Provenance) -> Facts:
    rows = gazette_domino.read_issue_documents(data, at)
    listed = [
        [row.document.identity.number, str(row.document.identity.issued), row.page, len(row.files)] for row in rows
    ]
    issuers = sorted({row.document.identity.issuer for row in rows})
    return {"rows": listed, "issuers": issuers, "types": sorted({row.document.identity.type for row in rows})}


def _domino_file(data: bytes, at: Provenance) -> Facts:
    return {"file": gazette_domino.issue_file(data, at.address).rsplit("/", 1)[-1]}


_READERS: dict[str, Callable[[bytes, Provenance], Facts]] = {
    "gateway_list": _gateway_list,
    "gateway_detail": _gateway_detail,
    "gateway_tree": _gateway_tree,
    "feed": _feed,
    "gazette_search": _gazette_search,
    "gazette_pdf": _gazette_pdf,
    "government_list": _government_list,
    "government_document": _government_document,
    "domino_issues": _domino_issues,
    "domino_issue": _domino_issue,
    "domino_file": _domino_file,
}
