"""Tasks (nhiệm vụ) that documents assign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kb.model.document import DocumentReference
from kb.model.provenance import Provenance


@dataclass(frozen=True, slots=True)
class Task:
    """A task as a document assigns it, restated in our own words; the wording is the document's.

    ``deadline_wording`` is the source's phrase, ``deadline`` its last day where it names one. ``place`` points at the
    clause or the row; ``assigned_in`` is the document that the list says the task comes from.
    """

    id: str
    summary: str
    source: DocumentReference
    place: str
    provenance: Provenance
    lead: str = ""
    coordinating: str = ""
    deadline: date | None = None
    deadline_wording: str = ""
    assigned_in: str = ""
    state_wording: str = ""
