"""The two tables of the register that come from the codification, read from the package itself.

    python -m corpus.codification.register BoPhapDienDienTu.zip

``kb/register/codified_documents.csv`` and ``codified_relations.csv`` keep the rows of documents that the package at hand
does not hold; every other row is written anew from the source notes. Columns are those of ``kb.register.tables``.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from corpus.codification.documents import SourceArticle, SourceDocument, group_by_document
from corpus.codification.note import parse_note
from corpus.codification.package import open_package
from corpus.codification.page_parsing import parse_pages
from corpus.codification.records import (
    Placed,
    amendments_of,
    contradicts_number,
    identity_of,
    observe,
    place_articles,
    reference_to,
)
from corpus.codification.staging import StagedPage, Staging
from kb.model import DocumentReference, ObservedRelation, RelationKind
from kb.register.make.issuers import issuer_of
from kb.register.tables import HOME, Row, read_table, write_table

_UNNUMBERED = "Không số"
_LONGEST_TITLE = 400  # characters, the limit of the table


def main() -> None:
    """Take the package from the command line and say what was written."""
    if len(sys.argv) != 2:
        sys.exit("usage: python -m corpus.codification.register PACKAGE")
    for name, rows in rewrite(Path(sys.argv[1])).items():
        sys.stdout.write(f"{name}: {rows} rows\n")


def rewrite(package: Path, home: Path = HOME) -> dict[str, int]:
    """Write both tables and give the rows of each."""
    documents, _ = group_by_document(_articles(package))
    held = [document for document in documents if document.item_ids]
    return {
        "codified_documents": write_table("codified_documents", list(_documents(held, home)), home),
        "codified_relations": write_table("codified_relations", list(_relations(held, home)), home),
    }


def _articles(path: Path) -> list[SourceArticle]:
    package = open_package(path)
    with tempfile.TemporaryDirectory() as folder:
        staging = Staging(Path(folder), package.sha256)
        pages = {name: staged for name, staged in parse_pages(path, package.pages, staging) if staged}
    return [
        article for name in package.pages if name in pages for article in _of_page(package.address(name), pages[name])
    ]


def _of_page(address: str, staged: StagedPage) -> Iterator[SourceArticle]:
    for article in staged.page.articles:
        kept, text = replace(article, text=""), article.text.encode()
        yield SourceArticle(address, staged.sha256, staged.page.title, kept, text, parse_note(article.note))


def _documents(held: list[SourceDocument], home: Path) -> Iterator[Row]:
    """The rows there are, those of held documents as the notes state them."""
    by_item = {item: document for document in held for item in document.item_ids}
    for row in read_table("codified_documents", home):
        document = by_item.get(row["source_id"])
        yield row if document is None else row | _document_fields(document)


def _document_fields(document: SourceDocument) -> Row:
    observed, identity = next(observe(document)), identity_of(document)
    issued = "" if contradicts_number(identity) or identity.issued is None else str(identity.issued)
    title = " ".join(observed.title.split())[:_LONGEST_TITLE].strip(" .")
    return {
        "type": identity.type,
        "number": identity.number or _UNNUMBERED,
        "title": title[:1].upper() + title[1:],
        "issuer": issuer_of(identity.issuer) if identity.issuer else "",
        "issued": issued,
        "effective": str(observed.effective or ""),
        "articles": str(len(document.articles)),
        "page": document.naming.page,
    }


def _relations(held: list[SourceDocument], home: Path) -> Iterator[Row]:
    items = {item for document in held for item in document.item_ids}
    yield from (row for row in read_table("codified_relations", home) if row["object_source_id"] not in items)
    for document in held:
        placed, _ = place_articles(document)
        yield from _unique(_relation_rows(reference_to(document), placed))


def _relation_rows(target: DocumentReference, placed: list[Placed]) -> Iterator[Row]:
    relations = amendments_of(target, placed)
    yield from (_relation_row(relation) for relation in relations if relation.kind is not RelationKind.RELATED)


def _relation_row(relation: ObservedRelation) -> Row:
    subject, target = relation.subject, relation.object
    return {
        "kind": relation.kind.value,
        "subject_source_id": subject.source_id[1] if subject.source_id else "",
        "subject_type": subject.identity.type,
        "subject_number": subject.identity.number,
        "subject_path": relation.subject_path,
        "object_source_id": target.source_id[1] if target.source_id else "",
        "object_type": target.identity.type,
        "object_number": target.identity.number,
        "object_path": relation.object_path,
        "effective": str(relation.effective or ""),
        "wording": relation.wording.replace(", có nội dung", " | có nội dung")
        .replace(", bị", " | bị")
        .replace(", được", " | được"),
        "place": relation.provenance.place,
    }


def _unique(rows: Iterable[Row]) -> Iterator[Row]:
    seen = set()
    for row in rows:
        identity = tuple(row.values())
        if identity not in seen:
            seen.add(identity)
            yield row


if __name__ == "__main__":
    main()
