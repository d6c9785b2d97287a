"""The analyst's list with its sums as JSON values."""

from __future__ import annotations

from kb.ledger.procedures.rule_table import Laws
from kb.ledger.procedures.simplification import Reconciliation
from kb.ledger.procedures.tables import plan_values, procedure_values
from kb.ledger.procedures.unsimplified_answer import Answer, held_line, reported_line
from kb.ledger.procedures.unsimplified_sums import Queue, Sum, by_plan_state


def answer_values(answer: Answer, laws: Laws) -> dict[str, object]:
    """The list with its sums as one JSON value, nothing capped."""
    return {
        **sums_values(answer),
        "by_document": document_values(answer),
        "procedures": [procedure_values(row, answer.on, laws.of, answer.wanted.signals) for row in answer.listed],
    }


def sums_values(answer: Answer) -> dict[str, object]:
    """The sums: each adds up to the total."""
    wanted = answer.wanted
    return {
        "as_of": answer.on.isoformat(),
        "asked": {
            "ministry": wanted.ministry or None,
            "field": wanted.field or None,
            "document": wanted.document or None,
            "signals": list(wanted.signals),
            "plan_state": wanted.plan_state.value if wanted.plan_state else None,
        },
        "sum": _sum_values(answer.sum),
        "reported": reconciled_values(answer.reconciled),
        "by_ministry": [{"ministry": name or None, **_sum_values(one)} for name, one in answer.ministries.items()],
        "by_plan_state": [
            {"state": state.value, "label": state.label, "procedures": count}
            for state, count in by_plan_state(answer.rows).items()
        ],
        "by_signal": [
            {"id": one.id, "label": one.label, "law": one.law, "procedures": one.procedures, "hits": one.hits}
            for one in answer.signals
        ],
        "plan_items_without_procedure": [plan_values(item) for item in answer.items],
    }


def document_values(answer: Answer) -> dict[str, object]:
    """The documents that must be amended, each with the procedures that wait for it."""
    found = answer.documents
    return {
        "procedures": found.distinct,
        "document_known": found.distinct - len(found.unknown.rows),
        "document_unknown": len(found.unknown.rows),
        "entries": found.entries,
        "line": found.line,
        "documents": [_queue_values(queue) for queue in found.queues],
        "unknown": _queue_values(found.unknown),
    }


def reconciled_values(found: Reconciliation) -> dict[str, object]:
    """The reported figures beside what is known by name."""
    return {
        "reported_procedures": int(found.reported.numerator) if found.reported else None,
        "reported_documents": int(found.reported_documents.numerator) if found.reported_documents else None,
        "reported_as_of": found.reported.as_of.isoformat() if found.reported else None,
        "reported_source": found.reported.provenance.address if found.reported else None,
        "items_by_name": found.named,
        "items_with_codes": found.with_codes,
        "procedures_by_name": found.codes,
        "documents_by_name": found.documents,
        "proven": found.proven,
        "lines": [reported_line(found), held_line(found)],
    }


def _sum_values(one: Sum) -> dict[str, object]:
    return {
        "total": one.total,
        "reasons": one.reasons,
        "none_seen": one.none_seen,
        "not_judged": one.not_judged,
        "line": one.line,
    }


def _queue_values(queue: Queue) -> dict[str, object]:
    document = queue.basis.document if queue.basis else None
    return {
        "document": queue.name if queue.basis else None,
        "title": (document.title or None) if document else None,
        "url": document.url if document else None,
        "issuer": (document.issuer or None) if document else None,
        "movement_label": queue.basis.movement.label if queue.basis else None,
        "successor": queue.basis.successor.citation if queue.basis and queue.basis.successor else None,
        "procedures": [
            {
                "code": row.code,
                "name": row.entry.name,
                "url": row.entry.url,
                "ministry": row.entry.ministry or None,
                "grounds": [wait.ground.value for wait in queue.waits.get(row.code, ())],
            }
            for row in queue.rows
        ],
        "count": len(queue.rows),
        "grounds": {ground.value: count for ground, count in queue.grounds.items()},
        "stated_by": [plan_values(item) for item in queue.stated],
        "duty_bearers": list(queue.duty_bearers),
        "deadlines": list(queue.deadlines),
        "items_without_procedure": [item.item.id for item in queue.items],
    }
