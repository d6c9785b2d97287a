"""Agencies, successions, figures, procedures, plans, tasks: between the records of the model and their rows."""

from __future__ import annotations

from decimal import Decimal

from pydantic import TypeAdapter
from sqlalchemy import RowMapping

from kb.model import (
    Agency,
    AgencyLevel,
    DocumentReference,
    Identity,
    Indicator,
    Procedure,
    ProcedureParts,
    Simplification,
    Succession,
    Task,
    TaskLink,
    TaskReport,
)
from kb.model.task import DeadlineKind, Wording
from kb.store.codec import Row, digest, partial, read_provenance

_PARTS = TypeAdapter(ProcedureParts)
_REPORT = TypeAdapter(TaskReport)
_LINK = TypeAdapter(TaskLink)
_SIMPLIFICATION = TypeAdapter(Simplification)


def agency_row(record: Agency) -> tuple[str, Row]:
    """(key, columns): one row for each name."""
    return f"{record.slug}|{record.name}", {
        "slug": record.slug,
        "name": record.name,
        "level": record.level.value,
        "abbreviations": list(record.abbreviations),
        "held_from": record.held_from,
        "held_to": record.held_to,
    }


def read_agency(row: RowMapping) -> Agency:
    """The agency of a row."""
    return Agency(
        slug=row["slug"],
        name=row["name"],
        level=AgencyLevel(row["level"]),
        provenance=read_provenance(row, "seen_"),
        abbreviations=tuple(row["abbreviations"]),
        held_from=row["held_from"],
        held_to=row["held_to"],
    )


def succession_row(record: Succession) -> tuple[str, Row]:
    """(key, columns)."""
    return f"{record.predecessor}|{record.successor}|{record.part}", {
        "predecessor": record.predecessor,
        "successor": record.successor,
        "on": record.on,
        "part": record.part,
    }


def read_succession(row: RowMapping) -> Succession:
    """The succession of a row."""
    return Succession(row["predecessor"], row["successor"], row["on"], read_provenance(row, "seen_"), part=row["part"])


def indicator_row(record: Indicator) -> tuple[str, Row]:
    """(key, columns): figures as decimal text, exactly as reported."""
    return record.id, {
        "group": record.group,
        "name": record.name,
        "numerator": str(record.numerator),
        "denominator": None if record.denominator is None else str(record.denominator),
        "unit": record.unit,
        "as_of": record.as_of,
        "qualifier": record.qualifier,
    }


def read_indicator(row: RowMapping) -> Indicator:
    """The figure of a row."""
    return Indicator(
        id=row["key"],
        group=row["group"],
        name=row["name"],
        numerator=Decimal(row["numerator"]),
        denominator=None if row["denominator"] is None else Decimal(row["denominator"]),
        unit=row["unit"],
        as_of=row["as_of"],
        provenance=read_provenance(row, "seen_"),
        qualifier=row["qualifier"],
    )


def procedure_row(record: Procedure) -> tuple[str, Row]:
    """(key, columns)."""
    return record.code, {
        "name": record.name,
        "issuer": record.issuer,
        "executing": record.executing,
        "field": record.field,
        "other_names": list(record.other_names),
        "legal_bases": list(record.legal_bases),
        "parts": None if record.parts is None else _PARTS.dump_python(record.parts, mode="json"),
    }


def read_procedure(row: RowMapping) -> Procedure:
    """The procedure of a row."""
    return Procedure(
        row["key"],
        row["name"],
        row["issuer"],
        row["executing"],
        row["field"],
        read_provenance(row, "seen_"),
        other_names=tuple(row["other_names"]),
        legal_bases=tuple(row["legal_bases"]),
        parts=None if row["parts"] is None else _PARTS.validate_python(row["parts"]),
    )


def task_row(record: Task) -> tuple[str, Row]:
    """(key, columns): the document as the source names it, to be resolved when it is read."""
    source = record.source
    return record.id, {
        "summary": record.summary,
        "document_type": source.identity.type,
        "document_number": source.identity.number,
        "document_issuer": source.identity.issuer,
        "document_issued": str(source.identity.issued or ""),
        "document_title": source.title,
        "document_wording": source.wording,
        "document_source_id": list(source.source_id) if source.source_id else None,
        "place": record.place,
        "lead": record.lead,
        "coordinating": record.coordinating,
        "deadline": record.deadline,
        "deadline_wording": record.deadline_wording,
        "assigned_in": record.assigned_in,
        "state_wording": record.state_wording,
        "deadline_kind": record.deadline_kind.value,
        "path": record.path,
        "number": record.number,
        "product": record.product,
        "result": record.result,
        "wording": record.wording.value,
    }


def read_task(row: RowMapping) -> Task:
    """The task of a row."""
    issued = partial(row["document_issued"])
    own_id = row["document_source_id"]
    return Task(
        id=row["key"],
        summary=row["summary"],
        source=DocumentReference(
            Identity(row["document_type"], row["document_number"], row["document_issuer"], issued),
            title=row["document_title"],
            wording=row["document_wording"],
            source_id=(own_id[0], own_id[1]) if own_id else None,
        ),
        place=row["place"],
        provenance=read_provenance(row, "seen_"),
        lead=row["lead"],
        coordinating=row["coordinating"],
        deadline=row["deadline"],
        deadline_wording=row["deadline_wording"],
        assigned_in=row["assigned_in"],
        state_wording=row["state_wording"],
        deadline_kind=DeadlineKind(row["deadline_kind"]),
        path=row["path"],
        number=row["number"],
        product=row["product"],
        result=row["result"],
        wording=Wording(row["wording"]),
    )


def report_row(record: TaskReport) -> tuple[str, Row]:
    """(key, columns): each place states its own, so that two reports of one day stand side by side."""
    seen = record.provenance
    key = f"{record.task_id}|{record.as_of}|{digest(seen.source, seen.address, seen.place)}"
    return key, {"task_id": record.task_id, "content": _REPORT.dump_python(record, mode="json")}


def read_report(row: RowMapping) -> TaskReport:
    """The report of a row."""
    return _REPORT.validate_python(row["content"])


def link_row(record: TaskLink) -> tuple[str, Row]:
    """(key, columns): a person says a thing of a task once."""
    named = record.document
    key = f"{record.task_id}|{digest(named.identity, named.title, record.path, record.confirmed_by)}"
    return key, {"task_id": record.task_id, "content": _LINK.dump_python(record, mode="json")}


def read_link(row: RowMapping) -> TaskLink:
    """The link of a row."""
    return _LINK.validate_python(row["content"])


def simplification_row(record: Simplification) -> tuple[str, Row]:
    """(key, columns)."""
    return record.id, {"content": _SIMPLIFICATION.dump_python(record, mode="json")}


def read_simplification(row: RowMapping) -> Simplification:
    """The item of a row."""
    return _SIMPLIFICATION.validate_python(row["content"])
