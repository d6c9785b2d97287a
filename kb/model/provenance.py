"""Where a fact was seen, when, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Evidence(StrEnum):
    """The kind of place a fact was read from, the most trusted first."""

    GAZETTE = "gazette"  # Công báo, or the signed PDF of the Government
    CODIFICATION = "codification"  # Bộ pháp điển điện tử
    DOCUMENT = "document"  # the text of a document, imported by a user
    OFFICIAL_LIST = "official_list"  # a list or page of a state portal
    PAGE = "page"  # a page that shows the document, not run by the State
    CITATION = "citation"  # another document cites it
    NEWS = "news"  # a press report

    @property
    def label(self) -> str:
        """What the page calls it."""
        return _EVIDENCE_LABELS[self]

    @property
    def trust(self) -> int:
        """Rank in the order of trust, 0 the highest: it decides which of two conflicting facts is shown first."""
        return list(Evidence).index(self)


_EVIDENCE_LABELS = {
    Evidence.GAZETTE: "Công báo, bản ký số",
    Evidence.CODIFICATION: "Bộ pháp điển điện tử",
    Evidence.DOCUMENT: "Toàn văn được nhập",
    Evidence.OFFICIAL_LIST: "Trang, danh mục chính thức",
    Evidence.PAGE: "Trang tra cứu ngoài Nhà nước",
    Evidence.CITATION: "Được văn bản khác viện dẫn",
    Evidence.NEWS: "Báo chí",
}


class Confidence(StrEnum):
    """How sure a fact is."""

    VERIFIED = "verified"  # read in the place named
    MISPRINT = "misprint"  # printed so, and probably wrong there
    UNVERIFIED = "unverified"  # no source at hand proves it

    @property
    def label(self) -> str:
        """What the page calls it."""
        return _CONFIDENCE_LABELS[self]


_CONFIDENCE_LABELS = {
    Confidence.VERIFIED: "đã đối chiếu với nguồn",
    Confidence.MISPRINT: "in như vậy trong nguồn, có thể là lỗi in",
    Confidence.UNVERIFIED: "chưa kiểm chứng",
}


@dataclass(frozen=True, slots=True)
class Provenance:
    """One place where a fact was seen.

    ``source`` is the short name of the collection (``phapdien``, ``register``, ``file``); ``address`` the URL or file
    name; ``place`` the spot within it ("Điều 41.3.NĐ.1", "Phụ lục I, STT 2"); ``sha256`` that of the bytes read.
    """

    source: str
    address: str
    evidence: Evidence
    confidence: Confidence = Confidence.VERIFIED
    retrieved: date | None = None
    sha256: str | None = None
    place: str = ""
    note: str = ""
