"""What a site says of one document, with the texts it gives: joined under the site's own id, ready to be stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from corpus.blocks import Content
from corpus.crawl.pages import Page
from corpus.crawl.refusals import WrongDocumentError
from corpus.documents import DocumentRecords, read_document, store_document
from corpus.formats import read_content
from corpus.parse.gazette_issue import split_issue
from corpus.parse.head import parse_head
from corpus.parse.sites.values import same_number
from kb.errors import UnusableInputError
from kb.model import Confidence, Edition, Evidence, Identity, ObservedDocument, ObservedRelation
from kb.numbers import parse_number
from kb.store import Batch, Unused

_CONSOLIDATED = "VBHN"


@dataclass(frozen=True, slots=True)
class SiteDocument:
    """A document of a site: its own statement, the texts, relations that the site lists, and what could not be used.

    ``edition`` is a text that the site gives as a tree, without letterhead and signature.
    """

    document: ObservedDocument
    texts: tuple[DocumentRecords, ...] = ()
    relations: tuple[ObservedRelation, ...] = ()
    unused: tuple[Unused, ...] = ()
    edition: Edition | None = None

    def store(self, batch: Batch) -> None:
        """Write the statement first, so that a text joins it."""
        slug = batch.document(self.document)
        if slug is None:
            return
        if self.edition is not None:
            batch.edition(slug, self.edition)
        for text in self.texts:
            store_document(text, batch)
        for relation in self.relations:
            batch.relation(relation)
        for thing in self.unused:
            batch.unused(thing.what, thing.why)


@dataclass(frozen=True, slots=True)
class SiteDocuments:
    """The documents of one item: one, or several that bear the number asked for."""

    documents: tuple[SiteDocument, ...]

    def store(self, batch: Batch) -> None:
        """Write them."""
        for document in self.documents:
            document.store(batch)


def check_number(asked: str, document: ObservedDocument, address: str) -> None:
    """Raise ``WrongDocumentError`` where a document bears another number than the one asked for; '' asks for none."""
    own = document.identity.number
    if asked and own and not same_number(asked, own):
        raise WrongDocumentError(address, f"{address} is of {own}, not of {asked}.")


def with_files(found: SiteDocument, files: Sequence[Page], evidence: Evidence) -> SiteDocument:
    """The document with the text of its files: the first that can be read, with the parts that go on with it.

    What cannot be read is listed with the reason. Raises ``WrongDocumentError`` where the text is of another number.
    """
    whole: tuple[Content, Page] | None = None
    unused = list(found.unused)
    for page in files:
        try:
            part = _own_part(_read_file(page), found.document.identity.number)
        except UnusableInputError as error:
            unused.append(Unused(page.address, error.problem))
            continue
        if whole is None:
            whole = part, page
        elif parse_head(part.text).number:
            unused.append(Unused(page.address, "another file holds the text already"))
        else:
            whole = together(whole[0], part), whole[1]
    if whole is None:
        return replace(found, unused=tuple(unused))
    try:
        texts = (joined(read_document(whole[0], whole[1].provenance(evidence)), found.document),)
    except UnusableInputError as error:
        return replace(found, unused=(*unused, Unused(whole[1].address, error.problem)))
    return replace(found, texts=texts, unused=tuple(unused))


def joined(records: DocumentRecords, document: ObservedDocument) -> DocumentRecords:
    """The records of a text under the site's id. Raises ``WrongDocumentError`` where its own number is another.

    What the text does not print of its identity is the site's. A consolidated text prints the head of what it consolidates,
    and a scan's figures may be misread: both are called as the site calls them, the latter with a remark.
    """
    printed, named = records.document.identity, document.identity
    remarks = records.remarks
    own = replace(printed, type=printed.type or named.type, number=printed.number or named.number)
    if _CONSOLIDATED in named.number.upper() and _CONSOLIDATED not in printed.number.upper():
        own = replace(named, issuer="", issued=None)
    elif named.number and printed.number and not same_number(named.number, printed.number):
        if not _is_misread(records, named.number):
            address = records.document.provenance.address
            raise WrongDocumentError(address, f"{address} is the text of {printed.number}, not of {named.number}.")
        own = replace(own, number=named.number)
        remarks = (*remarks, (printed.number, f"read by a machine; the site says {named.number}"))
    return replace(
        records,
        document=replace(records.document, identity=own, source_ids=document.source_ids),
        relations=tuple(_renamed(relation, printed, own) for relation in records.relations),
        remarks=remarks,
    )


def _is_misread(records: DocumentRecords, number: str) -> bool:
    """Whether a machine may have read the number so: other figures, as many of them, in front of the same suffix."""
    read, right = parse_number(records.document.identity.number), parse_number(number)
    if records.document.provenance.confidence is Confidence.VERIFIED or read is None or right is None:
        return False
    same_length = len(f"{read.serial}/{read.year or ''}") == len(f"{right.serial}/{right.year or ''}")
    return same_length and read.suffix == right.suffix


def _renamed(relation: ObservedRelation, printed: Identity, own: Identity) -> ObservedRelation:
    if relation.subject.identity != printed or printed == own:
        return relation
    return replace(relation, subject=replace(relation.subject, identity=own))


def together(one: Content, other: Content) -> Content:
    """Two parts of a text as one, in this order."""
    pages = max((block.page or 0 for block in one.blocks), default=0)
    shifted = (
        replace(block, position=len(one.blocks) + block.position, page=block.page + pages if block.page else None)
        for block in other.blocks
    )
    return replace(one, blocks=(*one.blocks, *shifted), remarks=(*one.remarks, *other.remarks))


def _own_part(content: Content, number: str) -> Content:
    """The document of this number, where the file is an issue of the Công báo with several; else the file as it is."""
    parts = split_issue(content)
    return next((part for part in parts if same_number(number, parse_head(part.text).number)), content)


def _read_file(page: Page) -> Content:
    return read_content(page.data, unquote(urlsplit(page.address).path).rsplit("/", 1)[-1] or page.address)
