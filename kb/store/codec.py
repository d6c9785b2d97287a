"""Between records and rows: content digests, provenance, dates."""

from __future__ import annotations

from datetime import date
from hashlib import blake2b
from typing import Any

from sqlalchemy import RowMapping

from kb.model import Confidence, Evidence, PartialDate, Provenance

Row = dict[str, Any]


def digest(*parts: object) -> int:
    """A number of 63 bits made from content: the same for the same content, in practice never for other content."""
    texts = [str(part) for part in parts]
    content = "".join(f"{len(text)}:{text}" for text in texts)  # lengths keep ("ab", "c") from ("a", "bc")
    hashed = blake2b(content.encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(hashed.digest(), "big") >> 1


def provenance_row(seen: Provenance) -> Row:
    """The row of a place; its id is the digest of its content."""
    row: Row = {
        "source": seen.source,
        "address": seen.address,
        "evidence": seen.evidence.value,
        "confidence": seen.confidence.value,
        "retrieved": seen.retrieved,
        "sha256": seen.sha256,
        "place": seen.place,
        "note": seen.note,
    }
    return {"id": digest(*row.values()), **row}


def read_provenance(row: RowMapping, prefix: str = "") -> Provenance:
    """The place that a row describes; ``prefix`` stands before the column names of a join."""
    return Provenance(
        source=row[prefix + "source"],
        address=row[prefix + "address"],
        evidence=Evidence(row[prefix + "evidence"]),
        confidence=Confidence(row[prefix + "confidence"]),
        retrieved=row[prefix + "retrieved"],
        sha256=row[prefix + "sha256"],
        place=row[prefix + "place"],
        note=row[prefix + "note"],
    )


def rank(seen: Provenance) -> tuple[int, int, int]:
    """Sorts the most trusted place first: kind of evidence, then verified before others, then the newest retrieved."""
    newest = -seen.retrieved.toordinal() if seen.retrieved else 0
    return (seen.evidence.trust, seen.confidence is not Confidence.VERIFIED, newest)


def day(text: str) -> date | None:
    """A whole day from ISO text, None from an empty one."""
    return date.fromisoformat(text) if text else None


def partial(text: str) -> PartialDate | None:
    """A date known in part from ISO text, None from an empty one."""
    return PartialDate.parse(text) if text else None
