"""A document as the vbpl gateway states it, with its text: of an answer that a crawl brought, or one that was saved as a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.documents import read_document, without_notes
from corpus.formats import read_content
from corpus.parse.head import parse_head
from corpus.parse.sites import gateway
from corpus.parse.sites.gateway_body import read_body
from corpus.parse.sites.gateway_relations import Reference, relations_of
from corpus.site_documents import SiteDocument, joined
from kb.model import DocumentReference, Edition, EditionKind, Provenance, Provision, SourcedProvision
from kb.store import Unused

_MARKS = (b'"documentContent"', b'"docNum"')


def is_saved_detail(data: bytes) -> bool:
    """Whether JSON may be a saved answer of the gateway about one document."""
    return all(mark in data for mark in _MARKS)


def read_saved_detail(data: bytes, seen: Provenance) -> SiteDocument:
    """A saved answer of ``/doc/{id}``: its statement, its references as relations, and the text of its body.

    Raises ``UnusableInputError`` for another shape and for a text that cannot be the document.
    """
    found = gateway.read_detail(data, seen)
    base = stated(found, found.references)
    if found.body.strip():
        return with_body(base, found, 0)
    nothing = Unused(seen.address, "the answer holds no text of the document, only what is said of it")
    return replace(base, unused=(*base.unused, nothing))


def stated(found: gateway.GatewayDocument, references: Iterable[Reference]) -> SiteDocument:
    """What the gateway says of a document and of its relations, without a text."""
    subject = DocumentReference(found.document.identity, found.document.title, source_id=found.document.source_ids[0])
    relations = relations_of(subject, references, found.document.provenance)
    return SiteDocument(found.document, (), relations.relations, (*found.unused, *relations.unused))


def with_body(base: SiteDocument, found: gateway.GatewayDocument, in_tree: int) -> SiteDocument:
    """The text of the body, split at the source's own marks; ``in_tree`` điều have the tree, 0 where there is none.

    What tree and marks say otherwise is listed.
    """
    seen, name = base.document.provenance, f"{base.document.source_ids[0][1]}.html"
    body = read_body(found.body, lambda data: without_notes(read_content(data, name)))
    doubts = [*body.remarks]
    if in_tree and in_tree != body.structure.own_articles:
        doubts.append(f"the provision tree has {in_tree} điều, the text {body.structure.own_articles}")
    unused = (*base.unused, *(Unused(f"{base.document.identity.number}: {seen.address}", doubt) for doubt in doubts))
    head = parse_head(body.content.text)
    if not head.number and not head.type and body.structure.own_articles:  # a body that begins below the letterhead
        return replace(base, edition=edition_of(body.structure.roots, found.kind, seen), unused=unused)
    text = read_document(body.content, seen, name=name, structure=body.structure, kind=found.kind)
    return replace(base, texts=(joined(text, base.document),), unused=unused)


def edition_of(roots: Sequence[Provision], kind: EditionKind, seen: Provenance) -> Edition:
    """A text that the source gives as a tree."""
    return Edition(kind, seen, tuple(SourcedProvision(root, seen) for root in roots))
