"""From the content of a file to the records of one document: what it says of itself, its text, and what it does to others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate

from corpus.blocks import BlockKind, Content, TextLayer
from corpus.formats.notices import refuse_notice
from corpus.parse.amendments.instructions import find_amendments
from corpus.parse.effects import Effects, find_effects
from corpus.parse.head import Head, parse_head
from corpus.parse.sanity import SHORTEST_DOCUMENT, Check, Finding, check_document
from corpus.parse.structure import Structure, parse_structure
from corpus.parse.tasks import find_tasks
from kb.citation import find_citations
from kb.errors import UnusableInputError
from kb.model import (
    Confidence,
    DocumentReference,
    Edition,
    EditionKind,
    Identity,
    ObservedDocument,
    ObservedRelation,
    Provenance,
    Provision,
    ProvisionKind,
    RelationKind,
    SourcedProvision,
    Task,
)
from kb.numbers import type_of_number
from kb.store import Batch

NOTES_PATH = "chu-thich"  # the notes of a document, which stand below its pages and belong to no provision
_CODIFIED_NOTE = re.compile(r"^\((?:Điều|Mục)\s.*có hiệu lực thi hành kể từ ngày", re.MULTILINE)
_OCR_REMARK = "A scan read by a machine: letters may be misread."
_CODIFIED_REMARK = "Put together from the codification: articles may be missing."
_NOTHING_CHANGED = "Import the whole text, from its letterhead to its signature; nothing was changed."
_LISTED_APART = frozenset({Check.ARTICLE_GAP})  # every break in the numbering is listed, not those of articles only


class NeedsRecognitionError(UnusableInputError):
    """A scan without text, where nothing is installed that could read it."""


@dataclass(frozen=True, slots=True)
class DocumentRecords:
    """One document as one source gives it; ``remarks`` are what could not be used or looks wrong: what, and why."""

    document: ObservedDocument
    edition: Edition
    relations: tuple[ObservedRelation, ...]
    tasks: tuple[Task, ...]
    structure: Structure
    remarks: tuple[tuple[str, str], ...] = ()


def read_document(  # noqa: PLR0913 - what a source knows beside the file, each optional
    content: Content,
    provenance: Provenance,
    *,
    name: str = "",
    asked: str = "",
    structure: Structure | None = None,
    kind: EditionKind | None = None,
) -> DocumentRecords:
    """Read a content as one document; pure.

    ``name`` is the file's, for errors; the address of ``provenance`` where it is not given. ``asked`` is the number that
    the source was asked for. ``structure`` (of the content without its notes) and ``kind`` are for sources that state
    them. Raises ``UnusableInputError`` for what is no document, or where something is so wrong that it cannot be one:
    nothing of it is then to be stored.
    """
    name = name or provenance.address
    _refuse_scan(content, name)
    law = without_notes(content)
    text = law.text
    refuse_notice(text, name)
    _refuse_short(text, name)
    structure = structure or parse_structure(text)
    head = parse_head(text, structure)
    _refuse_other_text(head, structure, name)
    effects = find_effects(structure, head.issued)
    findings = check_document(head, structure, text, asked=asked, effects=effects)
    _refuse_fatal(findings, name)
    seen = _marked(provenance, content, head, text)
    places = _Places(law)
    document = _observed(head, effects, structure, seen, places)
    return DocumentRecords(
        document,
        _edition(content, structure, effects, places, seen, kind or _edition_kind(head, text)),
        (*_legal_bases(head, document, places), *_acts(structure, document, places)),
        find_tasks(law, structure, document, seen),
        structure,
        tuple(_remarks(content, structure, findings)),
    )


def store_document(records: DocumentRecords, batch: Batch, *, name: str = "") -> str | None:
    """Take the records into an import; the slug of the document, None where it fits several and is listed as unused.

    The same document from another source joins the one that is held: each fact keeps its sources, and what differs stays
    beside the value of the more trusted source (``Evidence.trust``).
    """
    slug = batch.document(records.document)
    if slug is None:
        return None
    batch.edition(slug, records.edition)
    for relation in records.relations:
        batch.relation(relation)
    for task in records.tasks:
        batch.task(task)
    name = name or records.document.provenance.address
    for what, why in records.remarks:
        batch.unused(f"{name}: {what}" if what else name, why)
    return slug


def without_notes(content: Content) -> Content:
    """The content without its footnotes, which interrupt no sentence of the law."""
    return replace(content, blocks=tuple(block for block in content.blocks if block.kind is not BlockKind.FOOTNOTE))


def _refuse_scan(content: Content, name: str) -> None:
    if content.layer is TextLayer.NONE:
        reason = f" {content.remarks[0]}" if content.remarks else ""
        raise NeedsRecognitionError(
            f"{name} needs OCR: it is a scan without text.{reason}",
            "Install ocrmypdf and tesseract with Vietnamese (tesseract-ocr-vie), and import it again.",
        )


def _refuse_short(text: str, name: str) -> None:
    length = len(text.strip())
    if length < SHORTEST_DOCUMENT:
        raise UnusableInputError(
            f"{name} is too short for a document: {length} characters, at least {SHORTEST_DOCUMENT} are needed.",
            "Import the text of one document; nothing was changed.",
        )


def _refuse_other_text(head: Head, structure: Structure, name: str) -> None:
    if not head.number and not (head.type and structure.own_articles):
        raise UnusableInputError(
            f"{name} is not a legal document: it has neither a number (số ký hiệu) nor a kind with articles.",
            _NOTHING_CHANGED,
        )


def _refuse_fatal(findings: tuple[Finding, ...], name: str) -> None:
    fatal = next((finding for finding in findings if finding.fatal), None)
    if fatal is not None:
        raise UnusableInputError(f"{name} was refused: {fatal.text}.", _NOTHING_CHANGED)


def _marked(provenance: Provenance, content: Content, head: Head, text: str) -> Provenance:
    """The provenance with what a reader must know of the letters."""
    is_scan = content.layer is TextLayer.OCR or head.is_ocr
    remarks = [provenance.note, _OCR_REMARK * is_scan]
    if content.confidence is not None:
        remarks.append(f"The recogniser is sure of {content.confidence:.0%} of its words.")
    if _CODIFIED_NOTE.search(text):
        remarks.append(_CODIFIED_REMARK)
    note = " ".join(remark for remark in remarks if remark)
    return replace(provenance, confidence=Confidence.UNVERIFIED if is_scan else provenance.confidence, note=note)


def _observed(
    head: Head, effects: Effects, structure: Structure, seen: Provenance, places: _Places
) -> ObservedDocument:
    identity = Identity(head.type or type_of_number(head.number), head.number, head.issuer, head.issued)
    return ObservedDocument(
        identity,
        replace(seen, place=places.at(0)) if structure.roots else seen,
        title=head.title,
        signer=head.signer,
        place=head.place,
        effective=effects.effective.day if effects.effective else None,
        expires=effects.expires.day if effects.expires else None,
    )


def _edition(  # noqa: PLR0913, PLR0917 - the parts of an edition
    content: Content,
    structure: Structure,
    effects: Effects,
    places: _Places,
    seen: Provenance,
    kind: EditionKind,
) -> Edition:
    starts = accumulate((len(root.whole) for root in structure.roots), initial=0)
    provisions = [
        SourcedProvision(root, replace(seen, place=places.at(start)), effective=_day_of(root, effects))
        for root, start in zip(structure.roots, starts, strict=False)
    ]
    notes = "\n".join(block.text for block in content.blocks if block.kind is BlockKind.FOOTNOTE)
    if notes:
        node = Provision(ProvisionKind.ANNEX, "", NOTES_PATH, "Chú thích", notes)
        provisions.append(SourcedProvision(node, seen))
    return Edition(kind, seen, tuple(provisions), complete=False if structure.gaps else None)


def _day_of(root: Provision, effects: Effects) -> date | None:
    """The day of an article that has one of its own; the others have the document's."""
    own = any(root.path in part.paths for part in effects.parts)
    return effects.day_of(root.path) if own else None


def _edition_kind(head: Head, text: str) -> EditionKind:
    if _CODIFIED_NOTE.search(text):
        return EditionKind.CODIFIED
    return EditionKind.CONSOLIDATED if "VBHN" in head.number else EditionKind.ORIGINAL


def _legal_bases(head: Head, document: ObservedDocument, places: _Places) -> Iterator[ObservedRelation]:
    """The documents that the "Căn cứ …" paragraphs name; each paragraph is the wording."""
    subject = DocumentReference(document.identity, head.title)
    for paragraph in head.legal_bases:
        place = f"căn cứ, {places.of(paragraph)}" if places.of(paragraph) else "căn cứ"
        for citation in find_citations(paragraph):
            if citation.document is not None and citation.kind != "self":
                yield ObservedRelation(
                    kind=RelationKind.BASED_ON,
                    subject=subject,
                    object=citation.document,
                    provenance=replace(document.provenance, place=place),
                    object_path=citation.provisions[0].path if len(citation.provisions) == 1 else "",
                    wording=paragraph,
                )


def _acts(structure: Structure, document: ObservedDocument, places: _Places) -> Iterator[ObservedRelation]:
    """What the document does to others; the place of each is its provision, and the page where there are pages."""
    subject = DocumentReference(document.identity, document.title)
    offsets = _offsets(structure) if places.has_pages else {}
    for relation in find_amendments(structure, subject, document.provenance):
        offset = offsets.get(relation.subject_path)
        if offset is None:
            yield relation
            continue
        said = f"{relation.provenance.place}, {places.at(offset)}".lstrip(", ")
        yield replace(relation, provenance=replace(relation.provenance, place=said))


def _offsets(structure: Structure) -> dict[str, int]:
    """Where each provision starts in the text."""
    offsets: dict[str, int] = {}
    position = 0
    for node in structure.walk():
        offsets[node.path] = position
        position += len(node.text)
    return offsets


def _remarks(content: Content, structure: Structure, findings: tuple[Finding, ...]) -> Iterator[tuple[str, str]]:
    yield from (("", remark) for remark in content.remarks)
    for gap in structure.gaps:
        yield f"{gap.after or 'start'} … {gap.before}", f"a break in the numbering ({gap.problem})"
    for finding in findings:
        if finding.check not in _LISTED_APART:
            yield finding.text, f"something looks wrong ({finding.check})"


class _Places:
    """Where an offset of the text stands, in words: its page, or else its paragraph."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._text = content.text
        self.has_pages = any(block.page for block in content.blocks)

    def at(self, offset: int) -> str:
        """``trang 3``, or ``đoạn 12`` in a format without pages."""
        try:
            block = self._content.block_at(offset)
        except IndexError:
            return ""
        return f"trang {block.page}" if block.page else f"đoạn {block.position + 1}"

    def of(self, paragraph: str) -> str:
        """Where a paragraph starts; empty if its first words are not found, as where lines were joined."""
        offset = self._text.find(" ".join(paragraph.split()[:6]))
        return self.at(offset) if offset >= 0 else ""
