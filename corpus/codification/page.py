"""A page of the codification: one subject (đề mục) with its articles.

A page is a run of paragraphs of five classes, in this order for each article::

    pChuong   a chapter of the subject: one paragraph with its number, one with its title
    pDieu     anchors (MAPC) and "Điều 41.3.TT.1.1. Heading"
    pGhiChu   the source note, see codification_note
    pNoiDung  the text, as paragraphs inside this paragraph: no HTML parser can keep them there
    pChiDan   "Điều này có nội dung liên quan đến" with links, in one of two kinds

The page is cut at these paragraphs; what lies between two of them belongs to the first, whatever its markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.formats.html import render
from kb.errors import UnusableInputError

_MARKER = re.compile(
    r"""<p\b[^<>]*\bclass\s*=\s*["']?(?P<name>pChuong|pDieu|pGhiChu|pNoiDung|pChiDan)\b[^<>]*>""", re.IGNORECASE
)
_TITLE = re.compile(r"<h3\b[^<>]*>(.*?)</h3>", re.IGNORECASE | re.DOTALL)
_SUBJECT = re.compile(r"Đề mục\s+(?P<number>\d+\.\d+)\.?\s*(?P<title>.*)", re.IGNORECASE)
_ANCHOR = re.compile(r"""<a\b[^<>]*\bname\s*=\s*["']?(\w+)""", re.IGNORECASE)
_LINK = re.compile(r"<a\b(?P<attributes>[^<>]*\bhref\b[^<>]*)>", re.IGNORECASE)
_END_OF_LINK = re.compile(r"</?a\b", re.IGNORECASE)
_ITEM_ID = re.compile(r"vbpl\.vn[^\"'\s]{0,200}[?&;]ItemID=(\d*)", re.IGNORECASE)
_TARGET = re.compile(r"ViewNoiDungPhapDien\(\s*'(\w*)'")
CODE = r"Điều\s+\d+\.\d+\.[A-ZĐ]+(?:\.\d+)*\.\d+[a-zđ]*"  # the codification's own number: "Điều 41.3.TT.1.1"
_HEADING = re.compile(rf"(?P<code>{CODE})(?:\.\s*|\s+|$)(?P<heading>.*)")
_LONGEST_HEAD = 10_000  # characters in which the title must stand
_END_OF_PAGE = re.compile(r"</(?:div|body|html)\s*>\s*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a note or of a cross-reference.

    ``item_id`` is that of vbpl.vn, empty where the source has none; ``target`` the anchor of another place of the
    codification; ``wording`` the text of the link.
    """

    item_id: str
    target: str
    wording: str


@dataclass(frozen=True, slots=True)
class CodifiedArticle:
    """An article as the page gives it; ``code`` is the codification's own number ("Điều 41.3.TT.1.1").

    ``text`` is its lines joined by a line feed, empty where the page has none.
    """

    code: str
    heading: str
    anchors: tuple[str, ...]
    note: str = ""
    note_links: tuple[Link, ...] = ()
    text: str = ""
    images: int = 0
    references: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class SubjectPage:
    """A subject: its number ("1.10") and title, and its articles in order.

    ``chapters`` counts its chapters, ``chapter_anchors`` names them; ``chapter_references`` are cross-references of a
    chapter and not of an article; ``stray`` is text that belongs to no article.
    """

    number: str
    title: str
    articles: tuple[CodifiedArticle, ...]
    chapters: int = 0
    chapter_anchors: tuple[str, ...] = ()
    chapter_references: tuple[Link, ...] = ()
    stray: tuple[str, ...] = ()


def is_subject_page(text: str) -> bool:
    """Whether the text is a page of the codification, by its title or by its articles."""
    return bool(_subject(text)[0]) or any(match["name"].lower() == "pdieu" for match in _MARKER.finditer(text))


def parse_subject_page(text: str, name: str) -> SubjectPage:
    """Read a page; ``name`` is its file, for errors. A page that holds its title only has no articles.

    Raises ``UnusableInputError`` if it is not a page of the codification or breaks off in the middle.
    """
    if not is_subject_page(text):
        raise UnusableInputError(
            f"{name} is not a page of the codification: no 'Đề mục' title and no article.",
            "Import the official package BoPhapDienDienTu.zip, its folder, or one of its demuc pages.",
        )
    if not _END_OF_PAGE.search(text[-200:]):
        raise UnusableInputError(
            f"{name} breaks off in the middle: the end of the page is missing.", "Download the package again."
        )
    number, title = _subject(text)
    page = _Reader()
    for kind, fragment in pieces(text):
        page.read(kind, fragment)
    return page.finish(number, title)


def _subject(text: str) -> tuple[str, str]:
    """The number and title of "Đề mục 1.10 <br/> Xuất cảnh", which stands before the first article."""
    first = _MARKER.search(text)
    heading = _TITLE.search(text, 0, min(first.start() if first else len(text), _LONGEST_HEAD))
    match = _SUBJECT.match(" ".join(render(heading[1]).lines)) if heading else None
    return (match["number"], match["title"]) if match else ("", "")


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The class of each marked paragraph, lower-case (``pdieu``), and the markup from it up to the next."""
    previous: re.Match[str] | None = None
    for match in _MARKER.finditer(text):
        if previous is not None:
            yield previous["name"].lower(), text[previous.end() : match.start()]
        previous = match
    if previous is not None:
        yield previous["name"].lower(), text[previous.end() :]


@dataclass(slots=True)
class _Draft:
    """An article being read."""

    code: str
    heading: str
    anchors: tuple[str, ...]
    note: list[str] = field(default_factory=list)
    note_links: list[Link] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    images: int = 0
    references: list[Link] = field(default_factory=list)

    def finish(self) -> CodifiedArticle:
        return CodifiedArticle(
            code=self.code,
            heading=self.heading,
            anchors=self.anchors,
            note=" ".join(self.note),
            note_links=tuple(self.note_links),
            text="\n".join(self.lines),
            images=self.images,
            references=tuple(self.references),
        )


@dataclass(slots=True)
class _Reader:
    """Puts the pieces of a page together; ``draft`` is None after a chapter, until the next article."""

    articles: list[CodifiedArticle] = field(default_factory=list)
    draft: _Draft | None = None
    chapters: int = 0
    chapter_anchors: list[str] = field(default_factory=list)
    chapter_references: list[Link] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)

    def read(self, kind: str, fragment: str) -> None:
        if kind == "pdieu":
            self.close()
            self.draft = _begin(fragment)
        elif kind == "pchuong":
            self.close()
            anchors = _ANCHOR.findall(fragment)
            self.chapters += bool(anchors)
            self.chapter_anchors += anchors
        elif kind == "pchidan":
            (self.draft.references if self.draft else self.chapter_references).extend(_links(fragment))
        elif self.draft is None:
            self.stray += render(fragment).lines
        elif kind == "pghichu":
            self.draft.note += render(fragment).lines
            self.draft.note_links += _links(fragment)
        else:
            rendered = render(fragment)
            self.draft.lines += rendered.lines
            self.draft.images += rendered.images

    def close(self) -> None:
        if self.draft is not None:
            self.articles.append(self.draft.finish())
            self.draft = None

    def finish(self, number: str, title: str) -> SubjectPage:
        self.close()
        return SubjectPage(
            number=number,
            title=title,
            articles=tuple(self.articles),
            chapters=self.chapters,
            chapter_anchors=tuple(self.chapter_anchors),
            chapter_references=tuple(self.chapter_references),
            stray=tuple(self.stray),
        )


def _begin(fragment: str) -> _Draft:
    line = " ".join(render(fragment).lines)
    match = _HEADING.match(line)
    code, heading = (match["code"], match["heading"].strip()) if match else ("", line)
    return _Draft(" ".join(code.split()), heading, tuple(_ANCHOR.findall(fragment)))


def _links(fragment: str) -> Iterator[Link]:
    """The links to documents of vbpl.vn and to places of the codification, in order; other links are decoration."""
    for match in _LINK.finditer(fragment):
        item_id, target = _ITEM_ID.search(match["attributes"]), _TARGET.search(match["attributes"])
        if item_id or target:
            end = _END_OF_LINK.search(fragment, match.end())
            wording = " ".join(render(fragment[match.end() : end.start() if end else len(fragment)]).lines)
            yield Link(item_id[1] if item_id else "", target[1] if target else "", wording)
