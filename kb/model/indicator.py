"""Indicators (chỉ tiêu): never a bare number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kb.model.provenance import Provenance


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure of a report, as the report states it.

    ``numerator`` in ``unit``; ``denominator`` None where the report gives none; ``qualifier`` the report's own hedge
    ("hơn"); ``group`` is the heading it stands under.
    """

    id: str
    group: str
    name: str
    numerator: Decimal
    denominator: Decimal | None
    unit: str
    as_of: date
    provenance: Provenance
    qualifier: str = ""
