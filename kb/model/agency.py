"""Agencies (cơ quan) with the days between which a name held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.model.provenance import Provenance


class AgencyLevel(StrEnum):
    """Where an agency stands in the State."""

    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency under one name; ``held_from`` and ``held_to`` are None where not known, ``held_to`` also while it holds."""

    slug: str
    name: str
    level: AgencyLevel
    provenance: Provenance
    abbreviations: tuple[str, ...] = ()
    held_from: date | None = None
    held_to: date | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """``successor`` took over from ``predecessor`` on ``on``; slugs of agencies. ``part`` names what passed, if not all."""

    predecessor: str
    successor: str
    on: date | None
    provenance: Provenance
    part: str = ""
