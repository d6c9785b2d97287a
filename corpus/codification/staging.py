"""Parsed pages kept on disk, so that an import that was stopped goes on where it was.

One file a page under ``staging/<sha256 of the import>/``: a line with the sha256 of the rest, then the page as JSON,
compressed. A file appears whole or not at all, and one that does not match its sum is parsed again.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.codification.page import CodifiedArticle, Link, SubjectPage

_FORMAT = 1  # of the staged files; a change of the page parser or of the records raises it
_COMPRESSION = 1  # the fastest level: the files live for a minute


@dataclass(frozen=True, slots=True)
class StagedPage:
    """A parsed page with the sha256 of the bytes it was parsed from; ``name`` is its path in the package."""

    name: str
    sha256: str
    page: SubjectPage


class Staging:
    """The staging folder of one import."""

    def __init__(self, home: Path, sha256: str) -> None:
        self.folder = home / "staging" / sha256

    def holds(self, name: str) -> bool:
        """Whether the page was parsed before; what it holds is proven when it is read."""
        return self._path(name).exists()

    def save(self, staged: StagedPage) -> None:
        """Keep a page; it is there as a whole once this returns."""
        body = zlib.compress(_encode(staged), _COMPRESSION)
        path = self._path(staged.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}.part")
        unfinished.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        unfinished.replace(path)

    def load(self, name: str) -> StagedPage | None:
        """The page, or None if it is not there, damaged or of another format."""
        try:
            digest, _, body = self._path(name).read_bytes().partition(b"\n")
        except FileNotFoundError:
            return None
        if hashlib.sha256(body).hexdigest().encode() != digest:
            return None
        return _decode(name, zlib.decompress(body))

    def clear(self) -> None:
        """Remove the folder: the import is in the store."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, name: str) -> Path:
        return self.folder / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}-{_FORMAT}"


def _encode(staged: StagedPage) -> bytes:
    page = staged.page
    record = [
        staged.sha256,
        page.number,
        page.title,
        [_article_fields(article) for article in page.articles],
        page.chapters,
        page.chapter_anchors,
        _link_fields(page.chapter_references),
        page.stray,
    ]
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _article_fields(article: CodifiedArticle) -> list[object]:
    return [
        article.code,
        article.heading,
        article.anchors,
        article.note,
        _link_fields(article.note_links),
        article.text,
        article.images,
        _link_fields(article.references),
    ]


def _link_fields(links: tuple[Link, ...]) -> list[list[str]]:
    return [[link.item_id, link.target, link.wording] for link in links]


def _decode(name: str, data: bytes) -> StagedPage:
    sha256, number, title, articles, chapters, anchors, references, stray = json.loads(data)
    page = SubjectPage(
        number=number,
        title=title,
        articles=tuple(_article(fields) for fields in articles),
        chapters=chapters,
        chapter_anchors=tuple(anchors),
        chapter_references=_links(references),
        stray=tuple(stray),
    )
    return StagedPage(name, sha256, page)


def _article(fields: list[Any]) -> CodifiedArticle:
    code, heading, anchors, note, note_links, text, images, references = fields
    return CodifiedArticle(code, heading, tuple(anchors), note, _links(note_links), text, images, _links(references))


def _links(fields: list[list[str]]) -> tuple[Link, ...]:
    return tuple(Link(*link) for link in fields)
