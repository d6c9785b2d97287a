"""A ministry's list of simplification as a table: what is written to be filled in, and read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kb.citation import format_reference
from kb.export import Cell, Column, ColumnKind, Row, Table
from kb.ledger.procedures.simplification import PlanItem
from kb.ledger.procedures.unsimplified import ProcedureRow
from kb.model import DocumentReference, Measure, PlanState, Provenance, Simplification

STATES = {state.label: state for state in PlanState}
"""The words that a filled-in table may name a state with."""
MEASURES = {measure.label: measure for measure in Measure}
"""The words that a filled-in table may name a measure with."""

PLAN_COLUMNS = (
    Column("id", "Mã mục phương án", width=18),
    Column("code", "Mã thủ tục", ColumnKind.LIST, 14),
    Column("name", "Tên thủ tục", width=60),
    Column("ministry", "Bộ, cơ quan", width=24),
    Column("summary", "Nội dung phương án", width=50),
    Column("measures", "Biện pháp", ColumnKind.LIST, 28),
    Column("plan", "Văn bản phê duyệt phương án", width=34),
    Column("place", "Điều, khoản, điểm", width=20),
    Column("amends", "Văn bản phải sửa", ColumnKind.LIST, 34),
    Column("duty_bearer", "Cơ quan chịu trách nhiệm sửa", width=24),
    Column("deadline", "Thời hạn sửa", width=14),
    Column("implemented_by", "Văn bản thực thi", ColumnKind.LIST, 34),
    Column("state", "Tình trạng", width=24, choices=tuple(STATES)),
    Column("evidence", "Bằng chứng của tình trạng", width=44),
)
"""What ``dean06 procedures template`` writes and ``dean06 procedures update`` reads."""

OTHER_HEADINGS = {
    "id": ("Mã mục",),
    "code": ("Mã TTHC", "Mã số TTHC", "Mã số", "Mã số thủ tục"),
    "name": ("Tên TTHC", "Tên thủ tục hành chính", "Thủ tục hành chính", "Thủ tục"),
    "ministry": ("Bộ", "Bộ, ngành", "Cơ quan"),
    "summary": ("Phương án", "Nội dung", "Nội dung đơn giản hóa"),
    "measures": ("Biện pháp đơn giản hóa", "Loại phương án"),
    "plan": ("Văn bản phê duyệt", "Quyết định phê duyệt", "Phương án tại văn bản", "Văn bản phương án"),
    "place": ("Điều khoản", "Điều, khoản", "Vị trí", "Mục"),
    "amends": ("Văn bản cần sửa", "Văn bản cần sửa đổi", "Văn bản phải sửa đổi", "Văn bản sửa đổi, bổ sung"),
    "duty_bearer": ("Cơ quan chịu trách nhiệm", "Cơ quan chủ trì", "Đơn vị chủ trì", "Trách nhiệm"),
    "deadline": ("Thời hạn", "Thời hạn hoàn thành", "Thời gian hoàn thành"),
    "implemented_by": ("Văn bản đã thực thi", "Văn bản đã ban hành", "Văn bản thực hiện"),
    "state": ("Trạng thái", "Tình trạng thực hiện", "Tình trạng phương án"),
    "evidence": ("Bằng chứng", "Căn cứ của trạng thái", "Ghi chú"),
}
"""What ministries call the same columns; accents and capitals make no difference."""


def plan_template(rows: Iterable[ProcedureRow], loose: Iterable[PlanItem], on: date) -> Table:
    """The items held for procedures, a row to fill in for each procedure that has none, and the items without procedure."""
    return Table("Phương án đơn giản hóa", PLAN_COLUMNS, _rows(rows, loose), on)


def plan_cells(item: Simplification) -> dict[str, Cell]:
    """An item as the cells of its row, by column."""
    return {
        "id": item.id,
        "code": list(item.codes) or None,
        "name": item.name,
        "ministry": item.ministry or None,
        "summary": item.summary or None,
        "measures": [measure.label for measure in item.measures] or None,
        "plan": _named(item.plan) if item.plan else None,
        "place": item.place or None,
        "amends": [_named(one) for one in item.amends] or None,
        "duty_bearer": item.duty_bearer or None,
        "deadline": item.deadline or item.deadline_wording or None,
        "implemented_by": [_named(one) for one in item.implemented_by] or None,
        "state": item.state.label,
        "evidence": item.state_wording or None,
    }


def _rows(rows: Iterable[ProcedureRow], loose: Iterable[PlanItem]) -> Iterator[Row]:
    """Each item once, where the first procedure that it names stands."""
    seen: set[str] = set()
    for row in rows:
        for item in row.plans:
            if item.item.id not in seen:
                seen.add(item.item.id)
                yield _item_row(item.item)
        if not row.plans:
            entry = row.entry
            blank = Simplification("", entry.name, entry.ministry, "", entry.provenance, codes=(entry.code,))
            cells = plan_cells(blank)
            yield Row(
                [cells[column.name] or None for column in PLAN_COLUMNS], Provenance("", "", entry.provenance.evidence)
            )
    yield from (_item_row(item.item) for item in loose)


def _item_row(item: Simplification) -> Row:
    cells = plan_cells(item)
    return Row([cells[column.name] for column in PLAN_COLUMNS], item.provenance)


def _named(reference: DocumentReference) -> str:
    return format_reference(reference) or reference.wording
