"""What an analyst asked for as of a day: the list with its sums, and the reported figure beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kb.ledger.procedures.simplification import PlanItem, Reconciliation
from kb.ledger.procedures.unsimplified import ProcedureFilter, ProcedureLedger, ProcedureRow, Verdict
from kb.ledger.procedures.unsimplified_sums import ByDocument, SignalCount, Sum, by_document, by_ministry, by_signal


@dataclass(frozen=True)
class Answer:
    """What was asked for as of a day: the procedures of which the sums are made, those with a reason among them the list."""

    wanted: ProcedureFilter
    on: date
    rows: Sequence[ProcedureRow]
    items: Sequence[PlanItem]
    reconciled: Reconciliation

    @classmethod
    def of(cls, ledger: ProcedureLedger, wanted: ProcedureFilter) -> Answer:
        """The answer of a ledger; raises ``NotFoundError`` as ``ProcedureLedger.select`` does."""
        rows, items = ledger.select(wanted), ledger.items_without_procedure(wanted)
        return cls(wanted, ledger.on, rows, items, ledger.plans.reconciled())

    @cached_property
    def listed(self) -> list[ProcedureRow]:
        """The procedures with a reason that counts."""
        return [row for row in self.rows if row.verdict_on(self.wanted.signals) is Verdict.REASONS]

    @cached_property
    def sum(self) -> Sum:
        """All that was asked for by what can be said of it."""
        return Sum.of(self.rows, self.wanted.signals)

    @cached_property
    def documents(self) -> ByDocument:
        """The list by the document that must be amended."""
        return by_document(self.rows, self.items, self.wanted.signals)

    @property
    def ministries(self) -> dict[str, Sum]:
        """The sums by ministry."""
        return by_ministry(self.rows, self.wanted.signals)

    @property
    def signals(self) -> tuple[SignalCount, ...]:
        """How often each rule is met."""
        return by_signal(self.rows)

    @property
    def reported_lines(self) -> tuple[str, str]:
        """What is reported and what is known by name: always both."""
        return reported_line(self.reconciled), held_line(self.reconciled)


def reported_line(found: Reconciliation) -> str:
    """What the report says; that it is not held, where it is not."""
    if found.reported is None or found.reported_documents is None:
        return "Báo cáo: chưa có số liệu trong kho"
    day = found.reported.as_of
    return (
        f"Báo cáo nêu (tính đến {day:%d/%m/%Y}): {found.reported.numerator:f} thủ tục trong "
        f"{found.reported_documents.numerator:f} văn bản; không kèm danh sách"
    )


def held_line(found: Reconciliation) -> str:
    """What is known by name: it stands wherever ``reported_line`` does."""
    proven = str(found.proven) if found.proven else "chưa có mục nào"
    return (
        f"Biết tên trong kho: {found.named} mục phương án, trong đó {found.with_codes} mục gắn với {found.codes} mã thủ tục, "
        f"{found.documents} văn bản phải sửa được nêu số; đã chứng minh thuộc số báo cáo nêu: {proven}"
    )
