"""Relations on their way in: kept until all documents of the import are known, so that order does not decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import select

from kb.model import DocumentReference, Evidence, ObservedRelation, Provenance
from kb.store.codec import Row, digest
from kb.store.facts import stated_identity
from kb.store.identity import cited_identity, is_settled, lookup_key
from kb.store.placing import Placer
from kb.store.resolve import Candidate, Candidates
from kb.store.rows import Rows, chunks, existing
from kb.store.tables import relation, relation_evidence, source_id, unresolved_relation
from kb.store.writing_facts import FactWriter
from kb.store.writing_records import RecordWriter

_Said = tuple[int, int, str]  # relation, place, wording


class RelationWriter:
    """Takes in relations; ``seen`` are the ids of evidence rows that this import states again."""

    def __init__(self, rows: Rows, candidates: Candidates, placer: Placer, facts: FactWriter) -> None:
        self._rows = rows
        self._candidates = candidates
        self._placer = placer
        self._facts = facts
        self._taken: list[ObservedRelation] = []
        self._mentioned: dict[DocumentReference, Provenance] = {}
        self._relations: dict[int, Row] = {}
        self._said: dict[_Said, None] = {}
        self.seen: set[int] = set()

    def take(self, observed: ObservedRelation) -> None:
        """Keep a relation until the end of the import."""
        self._taken.append(observed)

    def mention(self, reference: DocumentReference, seen: Provenance) -> None:
        """Keep a document that something other than a document cites."""
        self._mentioned.setdefault(replace(reference, wording=""), seen)

    def write(self, records: RecordWriter, counts: Counter[str]) -> None:
        """Make the documents that are only cited, then resolve and write all relations."""
        self._make_cited()
        for observed in self._taken:
            subject, target = (self._candidates.resolve(end) for end in (observed.subject, observed.object))
            if len(subject) == len(target) == 1:
                counts["relations"] += 1
                self._relate(observed, subject[0], target[0])
            else:
                counts["unresolved relations"] += 1
                _keep_unresolved(records, observed, subject, target)
        self._taken.clear()
        self._write_relations()

    def _make_cited(self) -> None:
        """Documents that are named and not stored: the best described first, so that lesser names find them."""
        cited = dict(self._mentioned)
        self._mentioned.clear()
        for observed in self._taken:
            for end in (observed.subject, observed.object):
                cited.setdefault(replace(end, wording=""), observed.provenance)
        for reference in sorted(cited, key=_known_parts, reverse=True):
            self._cite(reference, cited[reference])

    def _cite(self, reference: DocumentReference, seen: Provenance) -> None:
        found = self._candidates.resolve(reference)
        identity = cited_identity(reference.identity)
        if not found and _can_stand(reference):
            self._learn(self._make(reference), reference, seen)
        elif len(found) == 1 and found[0].cited_only and found[0].identity != identity:
            self._candidates.fill(found[0], identity, "")
            self._learn(found[0], reference, seen)

    def _make(self, reference: DocumentReference) -> Candidate:
        made = self._placer.make(cited_identity(reference.identity), reference.title, cited_only=True)
        if reference.source_id and self._candidates.by_source_id(reference.source_id) is None:
            source, number = reference.source_id
            self._rows.add(source_id, {"source": source, "source_id": number, "document_id": made.id})
            self._candidates.name(made, reference.source_id)
        return made

    def _learn(self, cited: Candidate, reference: DocumentReference, seen: Provenance) -> None:
        """State what the citation says of the document, as known from a citation."""
        values = list(stated_identity(cited_identity(reference.identity)))
        if reference.title:
            values.append(("title", reference.title))
        place = self._rows.place(replace(seen, evidence=Evidence.CITATION))
        self._facts.state(cited.id, values, place, by_reference=True)

    def _relate(self, observed: ObservedRelation, subject: Candidate, target: Candidate) -> None:
        row: Row = {
            "kind": observed.kind.value,
            "subject_id": subject.id,
            "subject_path": observed.subject_path,
            "object_id": target.id,
            "object_path": observed.object_path,
            "effective": observed.effective,
        }
        number = digest(*row.values())
        self._relations.setdefault(number, {"id": number, **row})
        self._said.setdefault((number, self._rows.place(observed.provenance), observed.wording))

    def _write_relations(self) -> None:
        known = set(existing(self._rows.connection, relation.c.id, self._relations))
        for number, row in self._relations.items():
            if number not in known:
                self._rows.add(relation, row)
        stored = dict(self._stored(known))
        for said in self._said:
            if said in stored:
                self.seen.add(stored[said])
            else:
                self._add_evidence(said)
        self._relations.clear()
        self._said.clear()

    def _add_evidence(self, said: _Said) -> None:
        number, place, wording = said
        row = {"id": self._rows.new_id(relation_evidence), "relation_id": number, "provenance_id": place}
        self._rows.add_dated(relation_evidence, row | {"wording": wording})

    def _stored(self, relations: set[int]) -> Iterator[tuple[_Said, int]]:
        evidence = relation_evidence.c
        for chunk in chunks(relations):
            rows = self._rows.connection.execute(
                select(evidence.relation_id, evidence.provenance_id, evidence.wording, evidence.id).where(
                    evidence.relation_id.in_(chunk),
                    evidence.source == self._rows.source,
                    evidence.until_import.is_(None),
                )
            )
            yield from (((number, place, wording), row_id) for number, place, wording, row_id in rows)


def _known_parts(reference: DocumentReference) -> tuple[int, int]:
    """How much a reference states: (parts known, precision of the date)."""
    identity = reference.identity
    parts = (identity.type, identity.number, identity.issuer, identity.issued, reference.title, reference.source_id)
    return sum(map(bool, parts)), len(str(identity.issued or ""))


def _can_stand(reference: DocumentReference) -> bool:
    """Whether a reference tells a document from its namesakes, so that it may be stored on this word alone."""
    key = lookup_key(reference.identity.number)
    if reference.source_id:
        return bool(key or reference.title)
    return bool(key) and (is_settled(key) or reference.identity.issued is not None)


def _keep_unresolved(
    records: RecordWriter, observed: ObservedRelation, subject: list[Candidate], target: list[Candidate]
) -> None:
    side, found = ("subject", subject) if len(subject) != 1 else ("object", target)
    reason = f"the {side} fits several documents" if found else f"the {side} names no document that can be told"
    columns: Row = {
        "kind": observed.kind.value,
        "subject": _worded(observed.subject),
        "subject_path": observed.subject_path,
        "object": _worded(observed.object),
        "object_path": observed.object_path,
        "effective": observed.effective,
        "wording": observed.wording,
        "reason": reason,
        "candidates": sorted(candidate.slug for candidate in found),
    }
    records.state(
        unresolved_relation, f"{digest(*columns.values(), observed.provenance):016x}", columns, observed.provenance
    )


def _worded(reference: DocumentReference) -> str:
    identity = reference.identity
    parts = (
        identity.type,
        identity.number or reference.title,
        identity.issuer,
        identity.issued and identity.issued.label,
    )
    return reference.wording or " ".join(str(part) for part in parts if part)
