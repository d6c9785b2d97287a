"""Provisions: the parts of a document's text, from phần down to điểm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.model.provenance import Provenance


class ProvisionKind(StrEnum):
    """The parts of a document, in the words of Luật Ban hành văn bản quy phạm pháp luật and NĐ 30/2020/NĐ-CP."""

    PREAMBLE = "preamble"  # head and legal bases, before the first unit
    PART = "part"  # phần
    CHAPTER = "chapter"  # chương
    SECTION = "section"  # mục
    SUBSECTION = "subsection"  # tiểu mục
    ARTICLE = "article"  # điều
    CLAUSE = "clause"  # khoản
    POINT = "point"  # điểm
    ITEM = "item"  # a numbered heading of a document without điều: "I.", "1.", "a)"
    SIGNATURE = "signature"  # nơi nhận, chức danh, họ tên
    ANNEX = "annex"  # phụ lục, quy chế ban hành kèm theo, biểu mẫu

    @property
    def label(self) -> str:
        """The Vietnamese word for it."""
        return _KIND_LABELS[self]

    @property
    def slug(self) -> str:
        """The word as it stands in an address: ``dieu`` of ``dieu-5.khoan-1.diem-c``."""
        return _KIND_SLUGS[self]


_KIND_LABELS = {
    ProvisionKind.PREAMBLE: "phần mở đầu",
    ProvisionKind.PART: "phần",
    ProvisionKind.CHAPTER: "chương",
    ProvisionKind.SECTION: "mục",
    ProvisionKind.SUBSECTION: "tiểu mục",
    ProvisionKind.ARTICLE: "điều",
    ProvisionKind.CLAUSE: "khoản",
    ProvisionKind.POINT: "điểm",
    ProvisionKind.ITEM: "mục",
    ProvisionKind.SIGNATURE: "nơi nhận, ký",
    ProvisionKind.ANNEX: "phụ lục",
}

_KIND_SLUGS = {
    ProvisionKind.PREAMBLE: "mo-dau",
    ProvisionKind.PART: "phan",
    ProvisionKind.CHAPTER: "chuong",
    ProvisionKind.SECTION: "muc",
    ProvisionKind.SUBSECTION: "tieu-muc",
    ProvisionKind.ARTICLE: "dieu",
    ProvisionKind.CLAUSE: "khoan",
    ProvisionKind.POINT: "diem",
    ProvisionKind.ITEM: "y",
    ProvisionKind.SIGNATURE: "ky",
    ProvisionKind.ANNEX: "phu-luc",
}


@dataclass(frozen=True, slots=True)
class Provision:
    """A node of the tree that a text is split into.

    ``path`` is its address within the document: for an article and below it starts at the article, whatever chapter that
    stands in (``dieu-5``, ``dieu-5.khoan-1.diem-c``), inside an annex at the annex (``phu-luc-1.dieu-2``).

    ``text`` is the exact text that belongs to this node and to no other: a node's text followed by the texts of its
    children, in order, is the whole of it (``whole``), and joining all roots gives the source text back to the letter.
    ``label`` is the number as printed ("5a", "II", "c"); ``heading`` the heading without the number, unwrapped to one line.
    """

    kind: ProvisionKind
    label: str
    path: str
    heading: str
    text: str
    children: tuple[Provision, ...] = ()

    @property
    def whole(self) -> str:
        """This node's text with all that is below it."""
        return self.text + "".join(child.whole for child in self.children)

    def walk(self) -> Iterator[Provision]:
        """This node and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


class EditionKind(StrEnum):
    """What a text of a document is."""

    ORIGINAL = "original"  # as issued
    CODIFIED = "codified"  # as put together by the codification, amendments included
    CONSOLIDATED = "consolidated"  # văn bản hợp nhất
    UNSTATED = "unstated"

    @property
    def label(self) -> str:
        """What the page calls it."""
        return _EDITION_LABELS[self]


_EDITION_LABELS = {
    EditionKind.ORIGINAL: "bản ban hành",
    EditionKind.CODIFIED: "bản pháp điển",
    EditionKind.CONSOLIDATED: "bản hợp nhất",
    EditionKind.UNSTATED: "chưa rõ loại bản",
}


@dataclass(frozen=True, slots=True)
class SourcedProvision:
    """A provision of an edition with where it was seen, its own effective date and its place in the source."""

    provision: Provision
    provenance: Provenance
    effective: date | None = None
    source_code: str = ""  # the codification's own number: "Điều 41.3.NĐ.1"
    subject: str = ""  # đề mục, lĩnh vực
    note: str = ""  # the source's own note under the heading


@dataclass(frozen=True, slots=True)
class Edition:
    """One text of a document, from one source: its roots in order.

    ``complete`` is False where the source holds only some articles, None where that is not known.
    """

    kind: EditionKind
    provenance: Provenance
    provisions: tuple[SourcedProvision, ...]
    complete: bool | None = None
