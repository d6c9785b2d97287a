"""Reading relations, in both directions, and those that could not be resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, or_, select

from kb.model import RelationKind
from kb.store.codec import rank, read_provenance
from kb.store.reading import document_id, documents_of
from kb.store.tables import provenance, relation, relation_evidence, unresolved_relation
from kb.store.views import RelationView, UnresolvedRelation


class Direction(StrEnum):
    """Which side of a relation a document is on."""

    OUT = "out"  # it acts on others
    IN = "in"  # others act on it
    BOTH = "both"


def relations_of(connection: Connection, slug: str, direction: Direction) -> tuple[RelationView, ...]:
    """The relations of a document: by kind, then the newest first. Raises ``NotFoundError``."""
    number = document_id(connection, slug)
    sides = {Direction.OUT: [relation.c.subject_id], Direction.IN: [relation.c.object_id]}
    columns = sides.get(direction, [relation.c.subject_id, relation.c.object_id])
    return _stated(connection, or_(*(column == number for column in columns)))


def relations_of_kinds(connection: Connection, kinds: Iterable[RelationKind]) -> dict[str, list[RelationView]]:
    """All relations of some kinds, by the slug of the document acted on."""
    by_object: defaultdict[str, list[RelationView]] = defaultdict(list)
    for view in _stated(connection, relation.c.kind.in_([kind.value for kind in kinds])):
        by_object[view.object.slug].append(view)
    return dict(by_object)


def _stated(connection: Connection, condition: ColumnElement[bool]) -> tuple[RelationView, ...]:
    """The relations that meet a condition and that some source still states."""
    rows = connection.execute(
        select(
            relation,
            relation_evidence.c.wording,
            *(column.label(f"seen_{column.name}") for column in provenance.c),
        )
        .join(relation_evidence, relation_evidence.c.relation_id == relation.c.id)
        .join(provenance, provenance.c.id == relation_evidence.c.provenance_id)
        .where(condition, relation_evidence.c.until_import.is_(None))
    ).mappings()
    grouped: defaultdict[int, list[RowMapping]] = defaultdict(list)
    for row in rows:
        grouped[row["id"]].append(row)
    return _views(connection, list(grouped.values()))


def unresolved(connection: Connection) -> tuple[UnresolvedRelation, ...]:
    """Relations one end of which could not be told, in the order they came."""
    rows = connection.execute(
        select(unresolved_relation, *(column.label(f"seen_{column.name}") for column in provenance.c))
        .join(provenance, provenance.c.id == unresolved_relation.c.provenance_id)
        .where(unresolved_relation.c.until_import.is_(None))
        .order_by(unresolved_relation.c.id)
    ).mappings()
    return tuple(
        UnresolvedRelation(
            kind=RelationKind(row["kind"]),
            subject=row["subject"],
            subject_path=row["subject_path"],
            object=row["object"],
            object_path=row["object_path"],
            effective=row["effective"],
            wording=row["wording"],
            reason=row["reason"],
            candidates=tuple(row["candidates"]),
            provenance=read_provenance(row, "seen_"),
        )
        for row in rows
    )


def _views(connection: Connection, groups: list[list[RowMapping]]) -> tuple[RelationView, ...]:
    ids = {group[0][end] for group in groups for end in ("subject_id", "object_id")}
    ordered = sorted(ids)
    documents = dict(zip(ordered, documents_of(connection, ordered), strict=True))
    views = [_view(group, documents) for group in groups]
    return tuple(sorted(views, key=_natural))


def _view(group: list[RowMapping], documents: Mapping[int, Any]) -> RelationView:
    seen = sorted(((read_provenance(row, "seen_"), row["wording"]) for row in group), key=lambda pair: rank(pair[0]))
    row = group[0]
    return RelationView(
        kind=RelationKind(row["kind"]),
        subject=documents[row["subject_id"]],
        subject_path=row["subject_path"],
        object=documents[row["object_id"]],
        object_path=row["object_path"],
        effective=row["effective"],
        wording=next((wording for _, wording in seen if wording), ""),
        provenances=tuple(dict.fromkeys(place for place, _ in seen)),
    )


def _natural(view: RelationView) -> tuple[int, int, str, str, str, str]:
    day = -view.effective.toordinal() if view.effective else 1
    kinds = list(RelationKind)
    ends = (view.subject.slug, view.object.slug, view.subject_path, view.object_path)
    return (kinds.index(view.kind), day, *ends)
