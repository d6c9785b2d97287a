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


@dataclass(frozen=True, slots=True)
class IndicatorPoint:
    """A later or other report's figure for the thing that an indicator counts; ``series`` is that indicator's id.

    ``as_of`` is None where the report names no day. ``difference`` says in what the report counts otherwise, in Vietnamese;
    empty where it states the same thing.
    """

    series: str
    numerator: Decimal
    denominator: Decimal | None
    unit: str
    as_of: date | None
    provenance: Provenance
    qualifier: str = ""
    difference: str = ""
