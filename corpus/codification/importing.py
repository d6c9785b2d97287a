"""Importing the codification: check the package, parse its pages, put documents together, load them in one transaction."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from time import monotonic

from corpus.codification.documents import SourceArticle, SourceDocument, group_by_document
from corpus.codification.note import parse_note
from corpus.codification.package import Package, open_package
from corpus.codification.page_parsing import parse_pages
from corpus.codification.records import (
    SOURCE,
    Placed,
    Repetition,
    amendments_of,
    contradicts_number,
    edition_of,
    identity_of,
    observe,
    place_articles,
    reference_to,
)
from corpus.codification.references import LostReference, Places, related
from corpus.codification.staging import StagedPage, Staging
from corpus.reporting import ImportReport, group_unused
from kb.errors import UnusableInputError
from kb.model import DocumentReference
from kb.progress import Progress, no_progress
from kb.store import Batch, Store

KIND = "codification"
_STEP = 100  # documents between two signs of progress


def import_codification(
    path: Path, store: Store, *, home: Path, progress: Progress = no_progress, again: bool = False
) -> ImportReport:
    """Import the official package: its zip, its folder or single pages of it.

    A run that was stopped goes on where it was; with ``again`` a package that the store holds is read anew, by the
    parsers of today. Raises ``UnusableInputError`` where the package cannot be used as it is;
    the store is then as before.
    """
    started = monotonic()
    progress("check", 0, 1)
    package = open_package(path)
    progress("check", 1, 1)
    if not again and _is_held(package, store):
        return ImportReport(package.name, KIND, package.sha256, unchanged=True, seconds=monotonic() - started)
    staging = Staging(home, package.sha256)
    if again:
        staging.clear()
    run = store.importing(source=SOURCE, name=package.name, sha256=package.sha256, whole=package.is_whole)
    with _collector_paused():
        content = _read_content(package, staging, progress)
        with run as batch:
            _load(content, batch, progress)
            _report_rest(content, package, batch)
    staging.clear()
    return ImportReport(
        package.name,
        KIND,
        package.sha256,
        counts=content.counts | batch.counts,
        unused=group_unused(batch.unused_things),
        seconds=monotonic() - started,
    )


@contextmanager
def _collector_paused() -> Iterator[None]:
    """A million small records without a cycle among them: looking for one takes a fifth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _is_held(package: Package, store: Store) -> bool:
    """Whether exactly this was the last import of the codification."""
    latest = next((run for run in store.imports() if run.source == SOURCE), None)
    return latest is not None and latest.sha256 == package.sha256


@dataclass(slots=True)
class _Content:
    """What pages hold."""

    articles: list[SourceArticle] = field(default_factory=list)
    chapters: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    unused: list[tuple[str, str]] = field(default_factory=list)

    def extend(self, other: _Content) -> None:
        """Take in what more pages hold."""
        self.articles += other.articles
        self.chapters |= other.chapters
        self.counts += other.counts
        self.unused += other.unused

    def add(self, staged: StagedPage, address: str) -> None:
        """Take in a page."""
        page = staged.page
        self.counts["pages"] += 1
        self.counts["articles on the pages"] += len(page.articles)
        self.chapters.update(page.chapter_anchors)
        if not page.articles:
            self.unused.append((f"{address} Đề mục {page.number} {page.title}", "a page that holds its title only"))
        if page.chapter_references:
            what = f"{address}: {len(page.chapter_references)} links"
            self.unused.append((what, "cross-references of a whole chapter of the codification, not of an article"))
        self.unused += ((f"{address}: {line[:80]}", "text that belongs to no article") for line in page.stray)
        for article in page.articles:
            kept = replace(article, text="")
            note = parse_note(article.note)
            self.articles.append(
                SourceArticle(address, staged.sha256, page.title, kept, article.text.encode("utf-8"), note)
            )


def _read_content(package: Package, staging: Staging, progress: Progress) -> _Content:
    """What the pages hold, in the order of the package, in whatever order they get done."""
    parts: dict[str, _Content] = {}
    progress("parse", 0, len(package.pages))
    for name, staged in parse_pages(package.path, package.pages, staging):
        parts[name] = _Content()
        if staged is None:
            parts[name].unused.append((name, "a page that is not of a subject of the codification"))
        else:
            parts[name].add(staged, package.address(name))
        progress("parse", len(parts), len(package.pages))
    content = _Content()
    for name in package.pages:
        content.extend(parts.pop(name))
    if not content.counts["pages"]:
        raise UnusableInputError(
            f"{package.name} holds no page of the codification ('Đề mục …').",
            "Import the official package BoPhapDienDienTu.zip, its folder, or one of its demuc pages.",
        )
    return content


@dataclass(frozen=True, slots=True)
class _Assembled:
    document: SourceDocument
    reference: DocumentReference
    placed: list[Placed]


def _load(content: _Content, batch: Batch, progress: Progress) -> None:
    documents, homeless = group_by_document(content.articles)
    content.articles.clear()
    for article in homeless:
        batch.unused(_at(article), "an article whose document is not told by its note or its neighbours")
    places = Places(chapters=content.chapters)
    assembled = [_assemble(document, places, batch) for document in documents]
    for done, one in enumerate(assembled):
        if done % _STEP == 0:
            progress("load", done, len(assembled))
        _load_document(one, places, batch)
    progress("load", len(assembled), len(assembled))


def _assemble(document: SourceDocument, places: Places, batch: Batch) -> _Assembled:
    placed, repetitions = place_articles(document)
    reference = reference_to(document)
    places.add(reference, placed)
    for repetition in repetitions:
        batch.unused(*_repeated(repetition))
    return _Assembled(document, reference, placed)


def _repeated(repetition: Repetition) -> tuple[str, str]:
    what = f"{_at(repetition.first)} and {_at(repetition.second)}: {repetition.path}, {repetition.other}"
    if repetition.path == repetition.other:
        return what, "an article that stands twice with the same text; kept once, with both places' subjects"
    return what, "two texts under one article number; both are kept, the second under another path"


def _load_document(one: _Assembled, places: Places, batch: Batch) -> None:
    slug = None
    for observed in observe(one.document):
        slug = batch.document(observed) or slug
    if slug is not None:
        batch.edition(slug, edition_of(one.document, one.placed))
    for relation in amendments_of(one.reference, one.placed):
        batch.relation(relation)
    for placed in one.placed:
        for found in related(one.reference, placed, places):
            if isinstance(found, LostReference):
                batch.unused(f"{_at(found.article)} -> {found.link.wording}", f"a cross-reference that {found.why}")
            else:
                batch.relation(found)
    for what, why in _remarks(one):
        batch.unused(what, why)


def _remarks(one: _Assembled) -> Iterator[tuple[str, str]]:
    """What of a document was taken in only in part, or looks wrong in the source."""
    identity = identity_of(one.document)
    name = f"{identity.type} {identity.number}"
    if contradicts_number(identity):
        yield f"{name}, {identity.issued}", "a year of issue that is not the number's; kept and marked as a misprint"
    for placed in one.placed:
        article = placed.article
        if not article.article.note:
            yield _at(article), "an article without a source note, taken to be of its neighbours' document"
        elif placed.is_numbered_by_code:
            yield _at(article), "an article whose note does not state its number, kept under the codification's own"
        if article.note.remainder:
            yield (
                f"{_at(article)}: {article.note.remainder}",
                "part of a source note that is not understood; kept as text",
            )
        if any(not amendment.kinds for amendment in article.note.amendments):
            yield _at(article), "an amending document whose act the note does not state; kept as related"
        if article.article.images:
            yield _at(article), "an article with images: they are not text and are not kept"
        if not article.text:
            yield _at(article), "an article without text in the source; kept with its heading"


def _report_rest(content: _Content, package: Package, batch: Batch) -> None:
    for what, why in content.unused:
        batch.unused(what, why)
    for name in package.others:
        kind = PurePosixPath(name).suffix.lower() or "no suffix"
        batch.unused(name, f"a file that is not a page ({kind})")


def _at(article: SourceArticle) -> str:
    return f"{article.page} {article.article.code}".strip()
