"""Administrative procedures (thủ tục hành chính)."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model.provenance import Provenance


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure as the official list gives it; ``code`` such as ``1.004222``."""

    code: str
    name: str
    issuer: str
    executing: str
    field: str
    provenance: Provenance
