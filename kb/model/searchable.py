"""What can be found: one unit of the store as the index takes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.model.dates import PartialDate
from kb.model.document import Status


class HitKind(StrEnum):
    """What a hit is."""

    ARTICLE = "article"
    DOCUMENT = "document"
    TASK = "task"
    PROCEDURE = "procedure"

    @property
    def label(self) -> str:
        """The Vietnamese word for it."""
        return _LABELS[self]


_LABELS = {
    HitKind.ARTICLE: "điều",
    HitKind.DOCUMENT: "văn bản",
    HitKind.TASK: "nhiệm vụ",
    HitKind.PROCEDURE: "thủ tục hành chính",
}


@dataclass(frozen=True, slots=True)
class Searchable:
    """One thing that a search can return, with all that the result page shows of it.

    ``id`` is its public address within the kind: ``luat-26-2023-qh15`` for a document, ``luat-26-2023-qh15/dieu-5`` for an
    article, ``1.004222`` for a procedure. ``text`` is the source's own text, the one that snippets are cut from; ``number``
    the số ký hiệu of the document it belongs to. An empty string or None is "not known".

    ``clauses`` are the khoản and điểm within an article: (path below it, start, stop) with ``text[start:stop]`` the whole of
    each, in the order of the text, a khoản before its điểm; each starts with a line.
    """

    kind: HitKind
    id: str
    citation: str
    title: str
    text: str
    url: str
    document_title: str = ""
    number: str = ""
    type: str = ""
    issuer: str = ""
    issued: PartialDate | None = None
    effective: date | None = None
    status: Status = Status.UNKNOWN
    field: str = ""
    clauses: tuple[tuple[str, int, int], ...] = ()
