"""The vbpl gateway's codes: status (tình trạng hiệu lực) and kind of reference, each kept beside what it is taken for.

The codes are not published. Kinds of reference 3, 10 and 12 are confirmed by documents that state the same themselves;
of 2, 8 and 14 two independent readers say different things, so they are listed and never stored as a kind.
"""

from __future__ import annotations

from kb.model import RelationKind, Status

_STATUSES = {
    "CHL": Status.IN_FORCE,
    "HHL": Status.EXPIRED,
    "HHL1P": Status.PARTLY_EXPIRED,
    "HHL1PHAN": Status.PARTLY_EXPIRED,
    "CCHL": Status.NOT_YET_IN_FORCE,
    "TNHL": Status.SUSPENDED,
    "TNHL1P": Status.SUSPENDED,
    "TDHL": Status.SUSPENDED,
    "KCPH": Status.NO_LONGER_SUITABLE,
}
_REFERENCES = {
    1: (RelationKind.REPEALS, "bãi bỏ"),
    3: (RelationKind.BASED_ON, "căn cứ"),
    4: (RelationKind.CITES, "dẫn chiếu"),
    5: (RelationKind.SUSPENDS, "đình chỉ"),
    6: (RelationKind.CORRECTS, "đính chính"),
    7: (RelationKind.CONSOLIDATES, "hợp nhất"),
    9: (RelationKind.GUIDES, "quy định chi tiết, hướng dẫn"),
    10: (RelationKind.AMENDS, "sửa đổi, bổ sung"),
    11: (RelationKind.SUSPENDS, "tạm ngưng"),
    12: (RelationKind.REPLACES, "thay thế"),
    13: (RelationKind.SUPPLEMENTS, "bổ sung"),
    15: (RelationKind.CITES, "nội dung dẫn chiếu"),
}
DISPUTED = {2: "bản dịch / triển khai", 8: "hướng dẫn / bãi bỏ", 14: "giải thích, not confirmed"}


def status_of(code: str, label: str) -> Status:
    """The status that code and label name together; unknown where they contradict each other or name none.

    >>> status_of("CHL", "Còn hiệu lực"), status_of("CHL", "Hết hiệu lực toàn bộ"), status_of("", "")
    (<Status.IN_FORCE: 'in_force'>, <Status.UNKNOWN: 'unknown'>, <Status.UNKNOWN: 'unknown'>)
    """
    by_code, by_label = _STATUSES.get(code.upper(), Status.UNKNOWN), Status.named_in(label)
    if Status.UNKNOWN in {by_code, by_label}:
        return by_label if by_code is Status.UNKNOWN else by_code
    return by_code if by_code is by_label else Status.UNKNOWN


def status_wording(code: str, label: str) -> str:
    """The source's word with its code: ``Còn hiệu lực (CHL)``."""
    return f"{label} ({code})" if label and code else label or code


def relation_kind(reference_type: int) -> RelationKind | None:
    """What a kind of reference is taken for; None where it is disputed or not known."""
    found = _REFERENCES.get(reference_type)
    return found[0] if found else None


def relation_wording(reference_type: int, note: str = "") -> str:
    """The raw integer with the source's phrase: ``referenceType 3 (căn cứ)``."""
    phrase = _REFERENCES[reference_type][1] if reference_type in _REFERENCES else DISPUTED.get(reference_type, "?")
    return f"referenceType {reference_type} ({phrase})" + (f"; {note}" if note else "")


def why_unmapped(reference_type: int | None) -> str:
    """Why a reference of this kind is listed instead of stored."""
    if reference_type is None:
        return "the kind of reference is no number"
    if reference_type in DISPUTED:
        return f"referenceType {reference_type} is disputed ({DISPUTED[reference_type]})"
    return f"referenceType {reference_type} is not known"
