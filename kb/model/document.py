"""Documents: what makes one itself, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.model.dates import PartialDate
from kb.model.provenance import Provenance


class Status(StrEnum):
    """Where a document stands (tình trạng hiệu lực); never inferred from a date alone."""

    IN_FORCE = "in_force"
    PARTLY_EXPIRED = "partly_expired"
    EXPIRED = "expired"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    SUSPENDED = "suspended"
    NO_LONGER_SUITABLE = "no_longer_suitable"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The words of the law for it."""
        return _STATUS_LABELS[self]

    @classmethod
    def named_in(cls, wording: str) -> Status:
        """The status that a source's own words begin with; unknown where they name none.

        >>> Status.named_in("Hết hiệu lực một phần"), Status.named_in("còn hiệu lực (2026)"), Status.named_in("có hiệu lực")
        (<Status.PARTLY_EXPIRED: 'partly_expired'>, <Status.IN_FORCE: 'in_force'>, <Status.UNKNOWN: 'unknown'>)
        """
        words = wording.strip().lower()
        return next((status for start, status in _STATUS_WORDINGS if words.startswith(start)), cls.UNKNOWN)


_STATUS_LABELS = {
    Status.IN_FORCE: "còn hiệu lực",
    Status.PARTLY_EXPIRED: "hết hiệu lực một phần",
    Status.EXPIRED: "hết hiệu lực toàn bộ",
    Status.NOT_YET_IN_FORCE: "chưa có hiệu lực",
    Status.SUSPENDED: "ngưng hiệu lực",
    Status.NO_LONGER_SUITABLE: "không còn phù hợp",
    Status.UNKNOWN: "chưa xác định",
}


# The longer wording first: "hết hiệu lực một phần" also begins with "hết hiệu lực".
_STATUS_WORDINGS = (
    ("còn hiệu lực", Status.IN_FORCE),
    ("hết hiệu lực một phần", Status.PARTLY_EXPIRED),
    ("hết hiệu lực", Status.EXPIRED),
    ("chưa có hiệu lực", Status.NOT_YET_IN_FORCE),
    ("ngưng hiệu lực", Status.SUSPENDED),
    ("tạm ngưng hiệu lực", Status.SUSPENDED),
    ("không còn phù hợp", Status.NO_LONGER_SUITABLE),
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells one document from another: type, number, issuer and date of issue.

    The number alone does not: 01/2026/NQ-HĐND exists in Huế and in Đồng Nai. An empty ``issuer`` or a None date means
    "not stated by the source". ``type`` is the Vietnamese name of the kind ("Nghị định"), ``number`` the canonical số ký
    hiệu ("59/2022/NĐ-CP"), empty for a document without one (Hiến pháp).
    """

    type: str
    number: str
    issuer: str = ""
    issued: PartialDate | None = None

    def agrees_with(self, other: Identity) -> bool:
        """Whether both may name one document: nothing stated by one contradicts the other."""
        if self.number != other.number:
            return False
        if self.type and other.type and self.type != other.type:
            return False
        if self.issuer and other.issuer and self.issuer != other.issuer:
            return False
        return not (self.issued and other.issued) or self.issued.agrees_with(other.issued)


@dataclass(frozen=True, slots=True)
class ObservedDocument:
    """What one source says of one document; what it does not say is empty or None.

    ``source_ids`` are pairs (source, id), such as ``("vbpl", "32801")`` for an ItemID of vbpl.vn. ``status_wording`` is
    the source's own word for the status. ``fields`` are subjects (lĩnh vực, đề mục).
    """

    identity: Identity
    provenance: Provenance
    title: str = ""
    effective: date | None = None
    expires: date | None = None
    signer: str = ""
    place: str = ""
    status: Status = Status.UNKNOWN
    status_wording: str = ""
    fields: tuple[str, ...] = ()
    relevance: str = ""
    source_ids: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentReference:
    """How a text points at a document; ``wording`` is the text as printed.

    It names one document, several or none: the store resolves it, and says which.
    """

    identity: Identity
    title: str = ""
    wording: str = ""
    source_id: tuple[str, str] | None = None
