"""From a document to the tasks it assigns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from corpus.blocks import Content
from corpus.parse.structure import Structure
from corpus.parse.tasks.found import FoundTask
from corpus.parse.tasks.kinds import assigns_tasks, is_decision
from corpus.parse.tasks.places import Spots
from corpus.parse.tasks.prose import tasks_in_prose
from corpus.parse.tasks.rows import find_tables
from corpus.parse.tasks.tables import tasks_in_tables
from kb.model import DocumentReference, ObservedDocument, Provenance, Task, Wording
from kb.store.slugs import slug_choices, slugify

_OPENING = 1_500  # characters within which a letter greets its addressee


def find_tasks(
    content: Content, structure: Structure, document: ObservedDocument, provenance: Provenance
) -> tuple[Task, ...]:
    """The tasks that ``document`` assigns, in the order of its text; ``structure`` is that of ``content.text``.

    ``()`` for documents of kinds that assign none: see ``corpus.parse.tasks.kinds``. Never raises. The wording is the
    document's own; a task's id is the document's address and the place in it, the same on every import.
    """
    text = content.text
    if not assigns_tasks(document, text[:_OPENING]):
        return ()
    issued = _day(document)
    spots = Spots(structure)
    tables = find_tables(content)
    found = [*tasks_in_tables(tables, spots, issued, is_paged=content.format == "pdf")]
    covered = [(table.start, table.end) for table in tables if table.width > 1]
    found += tasks_in_prose(spots, covered, issued, must_be_given=is_decision(document))
    found.sort(key=lambda task: task.place.position)
    return tuple(_addressed(found, document, provenance))


def _addressed(found: list[FoundTask], document: ObservedDocument, provenance: Provenance) -> Iterator[Task]:
    stem = _stem(document, provenance)
    seen: Counter[str] = Counter()
    source = DocumentReference(document.identity, document.title)
    for task in found:
        place = ".".join(filter(None, (task.place.path.replace("~", "-"), *map(_step, task.place.steps))))
        seen[place] += 1
        copy = f"~{seen[place]}" if seen[place] > 1 else ""
        yield _task(task, f"{stem}.{place}{copy}", source, provenance)


def _task(found: FoundTask, task_id: str, source: DocumentReference, provenance: Provenance) -> Task:
    note = provenance.note
    if found.deadline.taken_year is not None:
        note = "; ".join(
            filter(None, (note, f"thời hạn in không có năm: lấy năm {found.deadline.taken_year} theo văn bản"))
        )
    return Task(
        id=task_id,
        summary=found.wording,
        source=source,
        place=found.place.words,
        provenance=replace(provenance, place=found.place.words, note=note),
        lead=found.lead,
        coordinating=found.coordinating,
        deadline=found.deadline.day,
        deadline_wording=found.deadline.wording,
        assigned_in=found.assigned_in,
        state_wording=found.state,
        deadline_kind=found.deadline.kind,
        path=found.place.path,
        number=found.place.number,
        product=found.product,
        result=found.result,
        wording=Wording.VERBATIM,
    )


def _stem(document: ObservedDocument, provenance: Provenance) -> str:
    if document.identity.number or document.title:
        return next(slug_choices(document.identity, document.title))
    return f"van-ban-{(provenance.sha256 or slugify(provenance.address))[:12]}"


def _step(step: str) -> str:
    return slugify(step.replace("đ", "dd").replace("Đ", "dd"))


def _day(document: ObservedDocument) -> date | None:
    issued = document.identity.issued
    return (issued.exact or date(issued.year, issued.month or 1, 1)) if issued else None
