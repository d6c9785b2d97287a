"""What an address, a code or a number names: one thing with all that is known of it, or the choices."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.model import Procedure, Task
from kb.numbers import parse_number, partial_key
from kb.store import ArticleView, ContentsEntry, DocumentView, EditionView, Fact, RelationView, Store
from kb.validity import Standing, standing_of

_PREFIX = re.compile(r"^/?(?:van-ban|thu-tuc|nhiem-vu)/")
_PROCEDURE = re.compile(r"\d\.\d{6}(?:\.\d+)?")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


@dataclass(frozen=True, slots=True)
class DocumentDetail:
    """A document with all that the store holds of it; ``standing`` is what is known of its validity today."""

    document: DocumentView
    standing: Standing
    facts: tuple[Fact, ...]
    editions: tuple[EditionView, ...]
    contents: tuple[ContentsEntry, ...]
    relations: tuple[RelationView, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """Several documents that what was asked may name: which one is meant is for the reader to say."""

    asked: str
    documents: tuple[DocumentView, ...]


Shown = DocumentDetail | ArticleView | Procedure | Task | Choices


def lookup(store: Store, asked: str) -> Shown:
    """What ``asked`` names: the id of a hit, an address of a page, a procedure code, or a number in any spelling.

    Raises ``NotFoundError`` where the store holds nothing under it.
    """
    name = _PREFIX.sub("", asked.strip())
    if _PROCEDURE.fullmatch(name):
        return store.procedure(name)
    slug, _, path = name.partition("/")
    if _SLUG.fullmatch(slug):
        return store.article(slug, path) if path else detail(store, slug)
    documents = _by_number(store, name)
    if len(documents) == 1:
        return detail(store, documents[0].slug)
    if documents:
        return Choices(asked, tuple(documents))
    return store.task(name)


def detail(store: Store, slug: str, edition: str = "") -> DocumentDetail:
    """All that is held of one document; ``edition`` names the text whose contents are given, by default the first."""
    document = store.document(slug)
    relations = store.relations(document.slug)
    facts = store.facts(document.slug)
    return DocumentDetail(
        document=document,
        standing=standing_of(document, facts, relations),
        facts=facts,
        editions=store.editions(document.slug),
        contents=store.contents(document.slug, edition),
        relations=relations,
    )


def _by_number(store: Store, name: str) -> list[DocumentView]:
    if parse_number(name) is not None and (whole := store.find(name)):
        return whole
    partial = partial_key(name)
    return store.find(partial=partial) if partial is not None else []
