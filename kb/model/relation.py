"""Relations between documents (lược đồ), with the provisions on both sides and the day they take effect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.model.document import DocumentReference
from kb.model.provenance import Provenance


class RelationKind(StrEnum):
    """What the first document does to the second."""

    BASED_ON = "based_on"
    AMENDS = "amends"
    SUPPLEMENTS = "supplements"
    REPLACES = "replaces"
    REPEALS = "repeals"
    SUSPENDS = "suspends"
    CORRECTS = "corrects"
    CONSOLIDATES = "consolidates"
    GUIDES = "guides"
    CITES = "cites"
    RELATED = "related"
    ASSIGNS = "assigns"

    @property
    def label(self) -> str:
        """Read from the first document: "sửa đổi"."""
        return _LABELS[self][0]

    @property
    def passive_label(self) -> str:
        """Read from the second document: "được sửa đổi bởi"."""
        return _LABELS[self][1]


_LABELS = {
    RelationKind.BASED_ON: ("căn cứ", "là căn cứ của"),
    RelationKind.AMENDS: ("sửa đổi", "được sửa đổi bởi"),
    RelationKind.SUPPLEMENTS: ("bổ sung", "được bổ sung bởi"),
    RelationKind.REPLACES: ("thay thế", "bị thay thế bởi"),
    RelationKind.REPEALS: ("bãi bỏ", "bị bãi bỏ bởi"),
    RelationKind.SUSPENDS: ("ngưng hiệu lực", "bị ngưng hiệu lực bởi"),
    RelationKind.CORRECTS: ("đính chính", "được đính chính bởi"),
    RelationKind.CONSOLIDATES: ("hợp nhất", "được hợp nhất bởi"),
    RelationKind.GUIDES: ("hướng dẫn, quy định chi tiết", "được hướng dẫn, quy định chi tiết bởi"),
    RelationKind.CITES: ("dẫn chiếu", "được dẫn chiếu bởi"),
    RelationKind.RELATED: ("có nội dung liên quan đến", "có nội dung liên quan từ"),
    RelationKind.ASSIGNS: ("giao nhiệm vụ theo", "có nhiệm vụ được giao bởi"),
}


@dataclass(frozen=True, slots=True)
class ObservedRelation:
    """What one source says of two documents.

    ``subject`` acts on ``object``: the amending document is the subject. Paths are provision paths (``dieu-5.khoan-1``),
    empty for the document as a whole. ``wording`` is the source's own phrase for the act.
    """

    kind: RelationKind
    subject: DocumentReference
    object: DocumentReference
    provenance: Provenance
    subject_path: str = ""
    object_path: str = ""
    effective: date | None = None
    wording: str = ""
