"""The records everything else speaks in: small, frozen, without knowledge of store, index or page."""

from kb.model.agency import Agency, AgencyLevel, Succession
from kb.model.dates import PartialDate
from kb.model.document import DocumentReference, Identity, ObservedDocument, Status
from kb.model.indicator import Indicator
from kb.model.procedure import Procedure
from kb.model.provenance import Confidence, Evidence, Provenance
from kb.model.provision import Edition, EditionKind, Provision, ProvisionKind, SourcedProvision
from kb.model.relation import ObservedRelation, RelationKind
from kb.model.searchable import HitKind, Searchable
from kb.model.task import Task

__all__ = [
    "Agency",
    "AgencyLevel",
    "Confidence",
    "DocumentReference",
    "Edition",
    "EditionKind",
    "Evidence",
    "HitKind",
    "Identity",
    "Indicator",
    "ObservedDocument",
    "ObservedRelation",
    "PartialDate",
    "Procedure",
    "Provenance",
    "Provision",
    "ProvisionKind",
    "RelationKind",
    "Searchable",
    "SourcedProvision",
    "Status",
    "Succession",
    "Task",
]
