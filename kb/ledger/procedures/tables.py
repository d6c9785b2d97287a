"""Procedures as tables and as values: what is listed, exported and shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from kb.export import Cell, Column, ColumnKind, Link, Row, Table
from kb.ledger.procedures.history import PartChange
from kb.ledger.procedures.legal_bases import Basis, Change
from kb.ledger.procedures.signals import Hit
from kb.ledger.procedures.simplification import PlanItem
from kb.ledger.procedures.unsimplified import ProcedureRow
from kb.ledger.procedures.waiting import Wait, name_of
from kb.model import DocumentReference
from kb.values import as_values

LawUrl = Callable[[Hit], str | None]
"""The address of the law that a signal rests on, None where that document is not known."""


def procedure_table(
    rows: Iterable[ProcedureRow], on: date, signals: Sequence[str] = (), *, title: str = "Thủ tục hành chính"
) -> Table:
    """The procedures as a table for export; each row carries the place that it was read at."""
    made = (Row(_cells(row, signals), row.entry.provenance) for row in rows)
    return Table(title, tuple(column for column, _ in _FIELDS), made, on)


def procedure_values(row: ProcedureRow, on: date, law_url: LawUrl, signals: Sequence[str] = ()) -> dict[str, object]:
    """A procedure as JSON values: what is not known is null, never left out."""
    entry, seen, verdict = row.entry, row.entry.provenance, row.verdict_on(signals)
    return {
        "code": entry.code,
        "name": entry.name,
        "other_names": list(entry.other_names),
        "url": entry.url,
        "ministry": entry.ministry or None,
        "executing": entry.executing or None,
        "fields": list(entry.fields),
        "parts_held": entry.parts is not None,
        "missing_parts": [part.id for part in entry.missing] if entry.parts else None,
        "verdict": verdict.value,
        "verdict_label": verdict.label,
        "signals": list(row.signals),
        "reasons": [*map(_plan_reason, row.pending), *(_signal_reason(hit, law_url) for hit in row.hits)],
        "plan_state": row.state.value,
        "plan_state_label": row.state.label,
        "plans": [plan_values(item) for item in row.plans],
        "legal_bases": [_short_basis_values(basis) for basis in row.bases],
        "moved_bases": [basis_values(basis) for basis in row.moved],
        "waits_for": [_wait_values(wait) for wait in row.waits],
        "concerns": _tie_values(row),
        "document_roles": list(row.roles),
        "as_of": on.isoformat(),
        "source": seen.source,
        "address": seen.address,
        "source_place": seen.place or None,
    }


def detail_values(row: ProcedureRow, on: date, law_url: LawUrl, history: Iterable[PartChange]) -> dict[str, object]:
    """A procedure on one screen as JSON values: every part, what each source says, what changed."""
    entry = row.entry
    return {
        **procedure_values(row, on, law_url),
        "legal_bases": [basis_values(basis) for basis in row.bases],
        "completeness": [
            {
                "part": part.id,
                "label": part.label,
                "clause": part.clause,
                "state": state.value,
                "state_label": state.label,
            }
            for part, state in entry.completeness
        ],
        "parts": as_values(entry.parts),
        "told": [as_values(one) for one in entry.told],
        "history": [
            {
                "when": change.when.isoformat(),
                "source": change.source,
                "what": change.what,
                "before": change.before or None,
                "after": change.after or None,
            }
            for change in history
        ],
    }


def plan_values(item: PlanItem) -> dict[str, object]:
    """An item of a plan with its state and the evidence for it."""
    plan, seen = item.item, item.item.provenance
    return {
        "id": plan.id,
        "name": plan.name,
        "codes": list(plan.codes),
        "ministry": plan.ministry or None,
        "summary": plan.summary or None,
        "measures": [measure.value for measure in plan.measures],
        "plan": plan_name(item),
        "plan_url": item.plan.url if item.plan else None,
        "place": plan.place or None,
        "amends": [basis_values(basis) for basis in item.amends],
        "duty_bearer": plan.duty_bearer or None,
        "deadline": _day(plan.deadline),
        "deadline_wording": plan.deadline_wording or None,
        "implemented_by": [basis_values(basis) for basis in item.implemented_by],
        "state": item.state.value,
        "state_label": item.state.label,
        "evidence": item.why or None,
        "source": seen.source,
        "address": seen.address,
        "source_place": seen.place or None,
        "confidence": seen.confidence.value,
        "note": seen.note or None,
    }


def basis_values(basis: Basis) -> dict[str, object]:
    """A document that a procedure or plan names, with what has become of it up to the day."""
    standing = basis.standing
    return {
        "code": basis.printed.code or None,
        "name": basis.printed.name or None,
        "document": basis.document.slug if basis.document else None,
        "citation": basis.document.citation if basis.document else None,
        "url": basis.document.url if basis.document else None,
        "candidates": [document.slug for document in basis.candidates],
        "standing": standing.status.value if standing else "unknown",
        "movement": basis.movement.value,
        "movement_label": basis.movement.label,
        "ended": _change_values(basis.ended) if basis.ended else None,
        "changes": [_change_values(change) for change in basis.changes],
        "successor": basis.successor.citation if basis.successor else None,
        "successor_url": basis.successor.url if basis.successor else None,
    }


def _short_basis_values(basis: Basis) -> dict[str, object]:
    document = basis.document
    return {
        "code": basis.printed.code or None,
        "citation": document.citation if document else None,
        "url": document.url if document else None,
        "movement": basis.movement.value,
    }


def plan_name(item: PlanItem) -> str | None:
    """How the document that approves a plan is named."""
    return item.plan.citation if item.plan else reference_name(item.item.plan)


def reference_name(reference: DocumentReference | None) -> str | None:
    """How a document that is only named is shown."""
    if reference is None:
        return None
    identity = reference.identity
    numbered = f"{identity.type} số {identity.number}".strip() if identity.number else ""
    return numbered or reference.title or reference.wording or None


def moved_words(basis: Basis) -> str:
    """What has become of a legal basis in one line, with the clause and the successor."""
    words = f"{name_of(basis)}: {basis.movement.label}"
    last = basis.ended or next(iter(basis.changes), None)
    if last:
        clause = f" ({last.clause})" if last.clause else ""
        since = f" từ {last.since:%d/%m/%Y}" if last.since else ", ngày chưa rõ"
        words += f"; {last.kind.passive_label} {last.by.citation}{clause}{since}"
    return words + (f"; hiện thay bằng {basis.successor.citation}" if basis.successor else "")


def hit_words(hit: Hit) -> str:
    """A signal in one line: what it says, the words that show it, where they stand and the law."""
    return f"{hit.rule.label}: “{hit.words}” ({hit.part}; {hit.law.citation})"


def plan_words(item: PlanItem) -> str:
    """An item of a plan in one line: the document, its state and the evidence."""
    place = f", {item.item.place}" if item.item.place else ""
    return f"{plan_name(item) or 'phương án'}{place}: {item.state.label} ({item.why or 'chưa có nguồn'})"


def wait_words(wait: Wait) -> str:
    """A document that is waited for, and how that is known."""
    return f"{wait.name} ({wait.ground.label})"


def _plan_reason(item: PlanItem) -> dict[str, object]:
    return {
        "kind": "plan",
        "id": item.item.id,
        "label": f"phương án chưa thực thi: {item.state.label}",
        "part": None,
        "words": item.why or None,
        "law": plan_name(item),
        "law_url": item.plan.url if item.plan else None,
        "since": _day(item.plan.issued.exact) if item.plan and item.plan.issued else None,
        "verified": None,
        "basis": None,
        "basis_url": None,
    }


def _signal_reason(hit: Hit, law_url: LawUrl) -> dict[str, object]:
    return {
        "kind": "signal",
        "id": hit.id,
        "label": hit.rule.label,
        "part": hit.part,
        "words": hit.words,
        "law": hit.law.citation,
        "law_url": law_url(hit),
        "since": hit.since.isoformat(),
        "verified": hit.law.verified,
        "basis": name_of(hit.basis) if hit.basis else None,
        "basis_url": hit.basis.document.url if hit.basis and hit.basis.document else None,
    }


def _wait_values(wait: Wait) -> dict[str, object]:
    plan = wait.item.item if wait.item else None
    return {
        "document": wait.name,
        "url": wait.basis.document.url if wait.basis.document else None,
        "ground": wait.ground.value,
        "ground_label": wait.ground.label,
        "computed": wait.ground.computed,
        "plan_item": plan.id if plan else None,
        "duty_bearer": (plan.duty_bearer or None) if plan else None,
        "deadline": _day(plan.deadline) if plan else None,
        "deadline_wording": (plan.deadline_wording or None) if plan else None,
    }


def _change_values(change: Change) -> dict[str, object]:
    return {
        "kind": change.kind.value,
        "label": change.kind.passive_label,
        "by": change.by.slug,
        "citation": change.by.citation,
        "clause": change.clause or None,
        "target": change.target or None,
        "since": _day(change.since),
        "url": change.url,
    }


def _tie_values(row: ProcedureRow) -> dict[str, object] | None:
    if row.tie is None:
        return None
    return {
        "tie": row.tie.kind.value,
        "label": row.tie.kind.label,
        "agency": row.tie.agency.name,
        "part": row.tie.part or None,
        "successions": [as_values(step) for step in row.tie.steps],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


_Field = tuple[Column, Callable[[ProcedureRow], Cell]]


def _cells(row: ProcedureRow, signals: Sequence[str]) -> list[Cell]:
    return [row.verdict_on(signals).label if column.name == "verdict" else read(row) for column, read in _FIELDS]


def _lines(words: Iterable[str]) -> str | None:
    """Several things in one cell, a line each."""
    return "\n".join(dict.fromkeys(words)) or None


def _urls(bases: Iterable[Basis]) -> Iterator[str]:
    return (basis.document.url for basis in bases if basis.document)


_FIELDS: tuple[_Field, ...] = (
    (Column("code", "Mã thủ tục", width=12), lambda row: row.code),
    (Column("name", "Tên thủ tục", width=60), lambda row: row.entry.name),
    (Column("other_names", "Tên khác", ColumnKind.LIST, 30), lambda row: row.entry.other_names or None),
    (Column("url", "Địa chỉ thủ tục", ColumnKind.LINK, 22), lambda row: Link(row.entry.url, row.entry.url)),
    (Column("ministry", "Bộ, cơ quan", width=24), lambda row: row.entry.ministry or None),
    (Column("executing", "Cơ quan thực hiện", width=28), lambda row: row.entry.executing or None),
    (Column("fields", "Lĩnh vực", ColumnKind.LIST, 24), lambda row: row.entry.fields or None),
    (Column("verdict", "Kết luận", width=22), lambda row: row.verdict.label),
    (
        Column("signals", "Dấu hiệu", ColumnKind.LIST, 30),
        lambda row: list(dict.fromkeys(hit.rule.label for hit in row.hits)) or None,
    ),
    (Column("evidence", "Lời văn, căn cứ của từng dấu hiệu", width=80), lambda row: _lines(map(hit_words, row.hits))),
    (Column("plan_state", "Tình trạng phương án", width=20), lambda row: row.state.label),
    (Column("plans", "Phương án và bằng chứng", width=50), lambda row: _lines(map(plan_words, row.plans))),
    (
        Column("plan_addresses", "Địa chỉ phương án", width=28),
        lambda row: _lines(item.plan.url for item in row.plans if item.plan),
    ),
    (
        Column("plan_sources", "Nguồn của phương án", width=28),
        lambda row: _lines(item.item.provenance.address for item in row.plans),
    ),
    (Column("waits_for", "Văn bản phải sửa", width=40), lambda row: _lines(map(wait_words, row.waits))),
    (
        Column("duty_bearer", "Cơ quan chịu trách nhiệm sửa", width=22),
        lambda row: _lines(item.item.duty_bearer for item in row.pending if item.item.duty_bearer),
    ),
    (Column("deadline", "Thời hạn sửa", width=16), lambda row: _lines(filter(None, map(deadline_words, row.pending)))),
    (
        Column("moved_bases", "Căn cứ pháp lý đã thay đổi", width=50),
        lambda row: _lines(map(moved_words, row.moved)),
    ),
    (Column("legal_bases", "Căn cứ pháp lý", ColumnKind.LIST, 40), lambda row: [*map(name_of, row.bases)] or None),
    (Column("legal_basis_addresses", "Địa chỉ căn cứ pháp lý", width=30), lambda row: _lines(_urls(row.bases))),
    (
        Column("missing_parts", "Bộ phận còn thiếu", ColumnKind.LIST, 24),
        lambda row: [part.label for part in row.entry.missing] if row.entry.parts else None,
    ),
    (
        Column("concerns", "Liên quan đến cơ quan được hỏi", width=24),
        lambda row: f"{row.tie.kind.label}: {row.tie.agency.name}" if row.tie else None,
    ),
    (Column("document_roles", "Liên quan đến văn bản được hỏi", ColumnKind.LIST, 24), lambda row: row.roles or None),
)


def deadline_words(item: PlanItem) -> str:
    """Until when a document is to be amended, as the plan states; '' where it does not."""
    day = item.item.deadline
    return f"{day:%d/%m/%Y}" if day else item.item.deadline_wording
