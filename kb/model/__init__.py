"""The records everything else speaks in: small, frozen, without knowledge of store, index or page."""

from kb.model.agency import Agency, AgencyLevel, Succession
from kb.model.dates import PartialDate
from kb.model.document import DocumentReference, Identity, ObservedDocument, Status
from kb.model.indicator import Indicator, IndicatorPoint
from kb.model.procedure import (
    Channel,
    Component,
    DossierCase,
    Fee,
    FeeState,
    Form,
    LegalBasis,
    Measure,
    Method,
    PlanState,
    Procedure,
    ProcedureParts,
    Simplification,
    TimeLimit,
    TimeUnit,
)
from kb.model.provenance import Confidence, Evidence, Provenance
from kb.model.provision import Edition, EditionKind, Provision, ProvisionKind, SourcedProvision
from kb.model.relation import ObservedRelation, RelationKind
from kb.model.searchable import HitKind, Searchable
from kb.model.task import Bottleneck, DeadlineKind, Task, TaskLink, TaskReport, TaskState, Wording

__all__ = [
    "Agency",
    "AgencyLevel",
    "Bottleneck",
    "Channel",
    "Component",
    "Confidence",
    "DeadlineKind",
    "DocumentReference",
    "DossierCase",
    "Edition",
    "EditionKind",
    "Evidence",
    "Fee",
    "FeeState",
    "Form",
    "HitKind",
    "Identity",
    "Indicator",
    "IndicatorPoint",
    "LegalBasis",
    "Measure",
    "Method",
    "ObservedDocument",
    "ObservedRelation",
    "PartialDate",
    "PlanState",
    "Procedure",
    "ProcedureParts",
    "Provenance",
    "Provision",
    "ProvisionKind",
    "RelationKind",
    "Searchable",
    "Simplification",
    "SourcedProvision",
    "Status",
    "Succession",
    "Task",
    "TaskLink",
    "TaskReport",
    "TaskState",
    "TimeLimit",
    "TimeUnit",
    "Wording",
]
