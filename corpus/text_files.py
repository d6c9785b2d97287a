"""Importing plain text: a document a file, read by the head and structure parsers."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

from corpus.archive import LARGEST_ENTRY
from corpus.formats.text import decode_text
from corpus.parse.head import Head, parse_head
from corpus.parse.structure import Structure, parse_structure
from corpus.reporting import ImportReport, group_unused
from kb.citation import find_citations
from kb.errors import UnusableInputError
from kb.model import (
    Confidence,
    DocumentReference,
    Edition,
    EditionKind,
    Evidence,
    Identity,
    ObservedDocument,
    ObservedRelation,
    Provenance,
    RelationKind,
    SourcedProvision,
)
from kb.numbers import type_of_number
from kb.progress import Progress, no_progress
from kb.store import Batch, Store

SOURCE = "file"
KIND = "text"
SHORTEST_DOCUMENT = 500  # characters; the shortest real document measured has 1,400, pages of refusal have fewer
_LONGEST_NOTICE = 5_000  # characters; a page that refuses or asks to log in is short
_ADDRESS = re.compile(r"\s*(https?://\S+)[ \t]*\r?\n")
_MARKUP = re.compile(r"\s*(?:<!doctype html|<html\b|<head\b|<\?xml)|<(?:div|span|td|script)\b[^<>]*>", re.IGNORECASE)
_MANY_TAGS = 20
_NOTICE = re.compile(
    r"request rejected|access denied|403 forbidden|404 not found|something went wrong|resource cannot be found"
    r"|enable javascript|captcha|just a moment|vui lòng đăng nhập|bạn cần đăng nhập|tên đăng nhập|quên mật khẩu",
    re.IGNORECASE,
)
_CODIFIED_NOTE = re.compile(r"^\((?:Điều|Mục)\s.*có hiệu lực thi hành kể từ ngày", re.MULTILINE)
_OCR_REMARK = "A scan read by a machine: letters may be misread."
_CODIFIED_REMARK = "Put together from the codification: articles may be missing."


@dataclass(frozen=True, slots=True)
class ReadText:
    """A file that is a document: its text without the line of its address, and what was read from it."""

    document: ObservedDocument
    edition: Edition
    relations: tuple[ObservedRelation, ...]
    structure: Structure


def import_texts(path: Path, store: Store, *, progress: Progress = no_progress) -> ImportReport:
    """Import a text file, or all .txt files of a folder and the folders in it, in one transaction.

    A file that is no document is named in the report with the reason, and the others go on. Raises
    ``UnusableInputError`` where no file can be used; the store is then as before.
    """
    started = monotonic()
    files = _text_files(path)
    contents = {file: _read(file) for file in files}
    sha256 = _digest(path, contents)
    if _is_held(path, sha256, store):
        return ImportReport(path.name, KIND, sha256, unchanged=True, seconds=monotonic() - started)
    with store.importing(source=SOURCE, name=path.name, sha256=sha256) as batch:
        taken = _load(path, contents, batch, progress)
    return ImportReport(
        path.name,
        KIND,
        sha256,
        counts=Counter(files=len(files), taken=taken) | batch.counts,
        unused=group_unused(batch.unused_things),
        seconds=monotonic() - started,
    )


def read_text(data: bytes, name: str) -> ReadText:
    """Read the bytes of a file; ``name`` is its own. Raises ``UnusableInputError`` if it is not a document."""
    decoded = decode_text(data, name)
    address = _ADDRESS.match(decoded)
    text = decoded[address.end() :] if address else decoded
    if problem := _problem_of(text):
        raise UnusableInputError(f"{name} {problem}.", "Import the text of one document; nothing was changed.")
    head, structure = parse_head(text), parse_structure(text)
    if not head.number and not (head.type and structure.own_articles):
        raise UnusableInputError(
            f"{name} is not a legal document: it has neither a number (số ký hiệu) nor a kind with articles.",
            "Import the whole text, from its letterhead to its signature; nothing was changed.",
        )
    provenance = _provenance(name, address[1] if address else name, data, head, text)
    return _records(head, structure, provenance, is_codified=bool(_CODIFIED_NOTE.search(text)))


def _text_files(path: Path) -> list[Path]:
    return sorted(file for file in path.rglob("*.txt") if file.is_file()) if path.is_dir() else [path]


def _read(path: Path) -> bytes:
    if path.stat().st_size > LARGEST_ENTRY:
        raise UnusableInputError(f"{path.name} has more than {LARGEST_ENTRY:,} bytes: it is not one document.")
    return path.read_bytes()


def _digest(path: Path, contents: dict[Path, bytes]) -> str:
    """The sha256 of a file; of a folder, that of the names and contents of its files."""
    if path in contents:
        return hashlib.sha256(contents[path]).hexdigest()
    digest = hashlib.sha256()
    for file, data in contents.items():
        digest.update(f"{file.relative_to(path).as_posix()}\0{hashlib.sha256(data).hexdigest()}\n".encode())
    return digest.hexdigest()


def _is_held(path: Path, sha256: str, store: Store) -> bool:
    """Whether exactly this was the last import under this name."""
    latest = next((run for run in store.imports() if (run.source, run.name) == (SOURCE, path.name)), None)
    return latest is not None and latest.sha256 == sha256


def _load(path: Path, contents: dict[Path, bytes], batch: Batch, progress: Progress) -> int:
    """Take in what is a document; how many that were."""
    taken, refused = 0, list[UnusableInputError]()
    for done, (file, data) in enumerate(contents.items()):
        progress("load", done, len(contents))
        name = file.relative_to(path).as_posix() if file != path else file.name
        try:
            _take(name, read_text(data, name), batch)
            taken += 1
        except UnusableInputError as error:
            refused.append(error)
            batch.unused(name, error.problem.removeprefix(name).strip())
    progress("load", len(contents), len(contents))
    if not taken:
        raise _nothing_taken(path, refused)
    return taken


def _nothing_taken(path: Path, refused: list[UnusableInputError]) -> UnusableInputError:
    if len(refused) == 1:
        return refused[0]
    first = refused[0].problem if refused else "There is no .txt file in it."
    return UnusableInputError(f"{path.name} holds no document. {first}", "Choose a folder with texts of documents.")


def _take(name: str, read: ReadText, batch: Batch) -> None:
    slug = batch.document(read.document)
    if slug is None:
        return
    batch.edition(slug, read.edition)
    for relation in read.relations:
        batch.relation(relation)
    for gap in read.structure.gaps:
        batch.unused(f"{name}: {gap.after or 'start'} … {gap.before}", f"a break in the numbering ({gap.problem})")


def _problem_of(text: str) -> str:
    """Why a text is not a document, as the end of a sentence; empty if nothing says so."""
    start = text[:_LONGEST_NOTICE]
    if _MARKUP.match(start) or len(_MARKUP.findall(text[:100_000])) > _MANY_TAGS:
        return "is an HTML page named as text"
    if len(text) < _LONGEST_NOTICE and (notice := _NOTICE.search(text)):
        return f"is a page that a site shows instead of a document ('{notice[0]}')"
    if len(text.strip()) < SHORTEST_DOCUMENT:
        return f"is too short for a document: {len(text.strip())} characters, at least {SHORTEST_DOCUMENT} are needed"
    return ""


def _provenance(name: str, address: str, data: bytes, head: Head, text: str) -> Provenance:
    is_scan = head.is_ocr or "OCR" in name
    remarks = [_OCR_REMARK] * is_scan + [_CODIFIED_REMARK] * bool(_CODIFIED_NOTE.search(text))
    return Provenance(
        source=SOURCE,
        address=address,
        evidence=Evidence.DOCUMENT,
        confidence=Confidence.UNVERIFIED if is_scan else Confidence.VERIFIED,
        sha256=hashlib.sha256(data).hexdigest(),
        note=" ".join(remarks),
    )


def _records(head: Head, structure: Structure, provenance: Provenance, *, is_codified: bool) -> ReadText:
    identity = Identity(head.type or type_of_number(head.number), head.number, head.issuer, head.issued)
    document = ObservedDocument(identity, provenance, title=head.title, signer=head.signer, place=head.place)
    edition = Edition(
        _edition_kind(head, is_codified=is_codified),
        provenance,
        tuple(SourcedProvision(root, provenance) for root in structure.roots),
        complete=False if structure.gaps else None,
    )
    return ReadText(document, edition, tuple(_legal_bases(head, identity, provenance)), structure)


def _edition_kind(head: Head, *, is_codified: bool) -> EditionKind:
    if is_codified:
        return EditionKind.CODIFIED
    return EditionKind.CONSOLIDATED if "VBHN" in head.number else EditionKind.ORIGINAL


def _legal_bases(head: Head, identity: Identity, provenance: Provenance) -> Iterator[ObservedRelation]:
    """The documents that the "Căn cứ …" paragraphs name; each paragraph is the wording."""
    subject = DocumentReference(identity, head.title)
    for paragraph in head.legal_bases:
        for citation in find_citations(paragraph):
            if citation.document is not None and citation.kind != "self":
                yield ObservedRelation(
                    kind=RelationKind.BASED_ON,
                    subject=subject,
                    object=citation.document,
                    provenance=replace(provenance, place="căn cứ"),
                    object_path=citation.provisions[0].path if len(citation.provisions) == 1 else "",
                    wording=paragraph,
                )
