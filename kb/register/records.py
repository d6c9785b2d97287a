"""The tables of the register as typed records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kb.model import (
    Agency,
    AgencyLevel,
    Confidence,
    DeadlineKind,
    DocumentReference,
    Evidence,
    Identity,
    Indicator,
    IndicatorPoint,
    Measure,
    ObservedDocument,
    ObservedRelation,
    PartialDate,
    PlanState,
    Procedure,
    Provenance,
    RelationKind,
    Simplification,
    Status,
    Succession,
    Task,
)
from kb.numbers import type_of_number
from kb.register.tables import Row, read_table

SOURCE = "register"
_CODIFICATION = "https://phapdien.moj.gov.vn/TraCuuPhapDien/Files/BoPhapDienDienTu.zip"
_MISDATED = "ngày có hiệu lực in trước ngày ban hành"
_NOT_IN_PACKAGE = "không thấy trong gói bộ pháp điển dùng để đối chiếu"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sources that state different things: ``statement`` says which, in Vietnamese.

    ``document`` is the document it is about, None where it is about none of the register. ``fact`` names the property
    (as in ``kb.store.Fact``), empty where the difference is not one of values; ``shown`` is the value the register
    gives, ``other`` the one that the place of ``provenance`` gives.
    """

    id: str
    document: Identity | None
    fact: str
    shown: str
    other: str
    statement: str
    provenance: Provenance


def documents() -> Iterator[ObservedDocument]:
    """What the register knows of documents: the landscape, what conflicts with it, and the codification's."""
    for row in read_table("landscape_documents"):
        yield _landscape_document(row)
    for conflict in conflicts():
        if conflict.document and conflict.fact in _OTHERWISE:
            yield _OTHERWISE[conflict.fact](conflict, conflict.document)
    for row in read_table("codified_documents"):
        yield _codified_document(row)


def relations() -> Iterator[ObservedRelation]:
    """What the register knows of relations: the landscape's and the codification's amendments."""
    for row in read_table("landscape_relations"):
        yield ObservedRelation(
            kind=RelationKind(row["kind"]),
            subject=_reference(row, "subject"),
            object=_reference(row, "object"),
            provenance=provenance_of(row),
            subject_path=row["subject_path"],
            object_path=row["object_path"],
            effective=_day(row["effective"]),
            wording=row["wording"],
        )
    held = {row["source_id"] for row in read_table("codified_documents") if row["page"]}
    for row in read_table("codified_relations"):
        yield ObservedRelation(
            kind=RelationKind(row["kind"]),
            subject=_reference(row, "subject"),
            object=_reference(row, "object"),
            provenance=_codified(row["place"], held=row["object_source_id"] in held),
            subject_path=row["subject_path"],
            object_path=row["object_path"],
            effective=_day(row["effective"]),
            wording=row["wording"],
        )


def conflicts() -> Iterator[Conflict]:
    """Where sources state different things."""
    for row in read_table("conflicts"):
        identity = Identity(row["type"], row["number"], row["issuer"], _partial(row["issued"]))
        yield Conflict(
            id=row["id"],
            document=identity if row["number"] else None,
            fact=row["fact"],
            shown=row["shown"],
            other=row["other"],
            statement=row["statement"],
            provenance=provenance_of(row),
        )


def agencies() -> Iterator[Agency]:
    """The agencies under each name they held."""
    for row in read_table("agencies"):
        yield Agency(
            slug=row["slug"],
            name=row["name"],
            level=AgencyLevel(row["level"]),
            provenance=provenance_of(row, legal=row["legal_source"]),
            abbreviations=tuple(filter(None, row["abbreviations"].split("; "))),
            held_from=_day(row["held_from"]),
            held_to=_day(row["held_to"]),
        )


def successions() -> Iterator[Succession]:
    """Which agency took over from which."""
    for row in read_table("successions"):
        yield Succession(
            predecessor=row["predecessor"],
            successor=row["successor"],
            on=_day(row["on"]),
            provenance=provenance_of(row, legal=row["legal_source"]),
            part=row["part"],
        )


def indicators() -> Iterator[Indicator]:
    """The figures of reports."""
    for row in read_table("indicators"):
        yield Indicator(
            id=row["id"],
            group=row["group"],
            name=row["name"],
            numerator=Decimal(row["numerator"]),
            denominator=Decimal(row["denominator"]) if row["denominator"] else None,
            unit=row["unit"],
            as_of=date.fromisoformat(row["as_of"]),
            provenance=provenance_of(row),
            qualifier=row["qualifier"],
        )


def indicator_points() -> Iterator[IndicatorPoint]:
    """What other reports state of the same things."""
    for row in read_table("indicator_points"):
        yield IndicatorPoint(
            series=row["series"],
            numerator=Decimal(row["numerator"]),
            denominator=Decimal(row["denominator"]) if row["denominator"] else None,
            unit=row["unit"],
            as_of=_day(row["as_of"]),
            provenance=provenance_of(row),
            qualifier=row["qualifier"],
            difference=row["difference"],
        )


def procedures() -> Iterator[Procedure]:
    """The administrative procedures of the official lists."""
    for row in read_table("procedures"):
        yield Procedure(
            code=row["code"],
            name=row["name"],
            issuer=row["issuer"],
            executing=row["executing"],
            field=row["field"],
            provenance=provenance_of(row),
            other_names=tuple(filter(None, row["other_names"].split(" | "))),
            legal_bases=_several(row["legal_bases"]),
        )


def simplifications() -> Iterator[Simplification]:
    """The items of the plans to simplify procedures, restated in our own words."""
    for row in read_table("simplifications"):
        plan = Identity(row["plan_type"], row["plan_number"], row["plan_issuer"], _partial(row["plan_issued"]))
        yield Simplification(
            id=row["id"],
            name=row["name"],
            ministry=row["ministry"],
            summary=row["summary"],
            provenance=provenance_of(row),
            codes=_several(row["codes"]),
            measures=tuple(map(Measure, _several(row["measures"]))),
            plan=DocumentReference(plan),
            place=row["clause"],
            amends=tuple(map(_numbered, _several(row["amends"]))),
            implemented_by=tuple(map(_numbered, _several(row["implemented_by"]))),
            duty_bearer=row["duty_bearer"],
            deadline=_day(row["deadline"]),
            deadline_wording=row["deadline_wording"],
            state=PlanState(row["state"]),
            state_wording=row["state_wording"],
        )


def tasks() -> Iterator[Task]:
    """The tasks that documents assign, restated in our own words."""
    for row in read_table("tasks"):
        identity = Identity(
            row["source_type"], row["source_number"], row["source_issuer"], _partial(row["source_issued"])
        )
        yield Task(
            id=row["id"],
            summary=row["summary"],
            source=DocumentReference(identity),
            place=row["place"],
            provenance=provenance_of(row),
            lead=row["lead"],
            coordinating=row["coordinating"],
            deadline=_day(row["deadline"]),
            deadline_wording=row["deadline_wording"],
            assigned_in=row["assigned_in"],
            state_wording=row["state_wording"],
            deadline_kind=DeadlineKind(row["deadline_kind"]),
            path=row["path"],
            number=row["number"],
            product=row["product"],
        )


def provenance_of(row: Row, *, legal: str = "") -> Provenance:
    """Where a row was seen; ``legal`` is the document that the fact itself rests on."""
    basis = f"căn cứ: {legal}" if legal else ""
    return Provenance(
        source=SOURCE,
        address=row["address"],
        evidence=Evidence(row["evidence"]),
        confidence=Confidence(row["confidence"]),
        place=row["place"],
        note="; ".join(part for part in (basis, row["note"]) if part),
    )


def _landscape_document(row: Row) -> ObservedDocument:
    return ObservedDocument(
        identity=Identity(row["type"], row["number"], row["issuer"], _partial(row["issued"])),
        provenance=provenance_of(row),
        title=row["title"],
        effective=_day(row["effective"]),
        signer=row["signer"],
        status=Status.named_in(row["status_wording"]),
        status_wording=row["status_wording"],
        relevance=row["relevance"],
    )


def _codified_document(row: Row) -> ObservedDocument:
    issued, effective = _partial(row["issued"]), _day(row["effective"])
    misdated = bool(issued and issued.exact and effective and effective < issued.exact)
    return ObservedDocument(
        identity=Identity(row["type"], row["number"], row["issuer"], issued),
        provenance=_codified(row["page"], held=bool(row["page"]), misdated=misdated),
        title=row["title"],
        effective=effective,
        source_ids=(("vbpl", row["source_id"]),),
    )


def _codified(place: str, *, held: bool, misdated: bool = False) -> Provenance:
    """Where a row of the codification was seen; ``held``: the package at hand links the document."""
    confidence = Confidence.VERIFIED if held else Confidence.UNVERIFIED
    return Provenance(
        source=SOURCE,
        address=_CODIFICATION,
        evidence=Evidence.CODIFICATION,
        confidence=Confidence.MISPRINT if misdated else confidence,
        place=place,
        note="; ".join(note for note in (_MISDATED * misdated, _NOT_IN_PACKAGE * (not held)) if note),
    )


def _issued_otherwise(conflict: Conflict, document: Identity) -> ObservedDocument:
    identity = Identity(document.type, document.number, document.issuer, PartialDate.parse(conflict.other))
    return ObservedDocument(identity, conflict.provenance)


def _from_another_issuer(conflict: Conflict, document: Identity) -> ObservedDocument:
    identity = Identity(document.type, document.number, conflict.other, document.issued)
    return ObservedDocument(identity, conflict.provenance)


def _effective_otherwise(conflict: Conflict, document: Identity) -> ObservedDocument:
    return ObservedDocument(document, conflict.provenance, effective=date.fromisoformat(conflict.other))


# Differences that are values of one property stand in the store beside the value that is shown.
_OTHERWISE = {
    "issued": _issued_otherwise,
    "issuer": _from_another_issuer,
    "effective": _effective_otherwise,
}


def _reference(row: Row, side: str) -> DocumentReference:
    own_id = row.get(f"{side}_source_id", "")
    number = row[f"{side}_number"]
    return DocumentReference(
        identity=Identity(row[f"{side}_type"], number, issued=_partial(row.get(f"{side}_issued", ""))),
        wording="" if number else row["wording"],
        source_id=("vbpl", own_id) if own_id else None,
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("; ")))


def _numbered(number: str) -> DocumentReference:
    return DocumentReference(Identity(type_of_number(number), number))


def _partial(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
