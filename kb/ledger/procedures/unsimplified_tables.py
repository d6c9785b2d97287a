"""The analyst's list and its sums as tables: the sheets of a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from kb.export import Cell, Column, ColumnKind, Link, Row, Table
from kb.ledger.procedures.simplification import PlanItem
from kb.ledger.procedures.tables import deadline_words, plan_name, procedure_table
from kb.ledger.procedures.unsimplified import ProcedureRow, Verdict
from kb.ledger.procedures.unsimplified_answer import Answer
from kb.ledger.procedures.unsimplified_sums import ByDocument, Queue
from kb.ledger.procedures.waiting import Ground
from kb.model import Evidence, Provenance

UNKNOWN = "chưa xác định"
_COMPUTED = Provenance("dean06", "", Evidence.PAGE, place="tính từ kho dữ liệu")


def answer_tables(answer: Answer) -> list[Table]:
    """The list and its sums, a table each: the sheets of a workbook."""
    listed = procedure_table(answer.listed, answer.on, answer.wanted.signals, title="Thủ tục chưa đơn giản hóa")
    return [listed, ministry_table(answer), document_table(answer), waiting_table(answer), signal_table(answer)]


def ministry_table(answer: Answer) -> Table:
    """The sums by ministry, with the total."""
    rows = [*answer.ministries.items(), ("Tổng cộng", answer.sum)]
    cells = ((name or UNKNOWN, one.total, one.reasons, one.none_seen, one.not_judged) for name, one in rows)
    columns = (
        Column("ministry", "Bộ, cơ quan", width=32),
        Column("total", "Số thủ tục", ColumnKind.NUMBER, 12),
        *(Column(verdict.value, verdict.label.capitalize(), ColumnKind.NUMBER, 20) for verdict in Verdict),
    )
    return Table("Theo bộ", columns, (Row(one, _COMPUTED) for one in cells), answer.on)


def signal_table(answer: Answer) -> Table:
    """How often each rule is met."""
    columns = (
        Column("id", "Mã dấu hiệu", width=18),
        Column("label", "Dấu hiệu", width=44),
        Column("law", "Căn cứ của quy tắc", width=50),
        Column("procedures", "Số thủ tục", ColumnKind.NUMBER, 12),
        Column("hits", "Số chỗ", ColumnKind.NUMBER, 12),
    )
    cells = ((one.id, one.label, one.law, one.procedures, one.hits) for one in answer.signals)
    return Table("Theo dấu hiệu", columns, (Row(one, _COMPUTED) for one in cells), answer.on)


def document_table(answer: Answer) -> Table:
    """A row a document that must be amended: how many procedures wait for it and on which ground."""
    queues = [*answer.documents.queues, answer.documents.unknown]
    columns = tuple(column for column, _ in _QUEUE_FIELDS)
    rows = (Row([read(queue) for _, read in _QUEUE_FIELDS], _seen(queue.stated)) for queue in queues)
    return Table("Theo văn bản", columns, rows, answer.on)


def waiting_table(answer: Answer) -> Table:
    """A row a document and procedure: a procedure that waits for two documents has two rows."""
    columns = tuple(column for column, _ in _WAITING_FIELDS)
    return Table("Thủ tục theo văn bản", columns, _waiting_rows(answer.documents), answer.on)


def _waiting_rows(found: ByDocument) -> Iterator[Row]:
    for queue in (*found.queues, found.unknown):
        for row in queue.rows:
            yield Row([read(queue, row) for _, read in _WAITING_FIELDS], row.entry.provenance)


def _seen(items: Sequence[PlanItem]) -> Provenance:
    return items[0].item.provenance if items else _COMPUTED


def _ground_words(grounds: Iterable[Ground]) -> str | None:
    return "; ".join(dict.fromkeys(ground.label for ground in grounds)) or None


_QUEUE_FIELDS: tuple[tuple[Column, Callable[[Queue], Cell]], ...] = (
    (Column("document", "Văn bản phải sửa", width=36), lambda queue: queue.name),
    (
        Column("title", "Trích yếu", width=50),
        lambda queue: (queue.basis.document.title or None) if queue.basis and queue.basis.document else None,
    ),
    (
        Column("url", "Địa chỉ văn bản", ColumnKind.LINK, 30),
        lambda queue: _link(queue.basis.document.url) if queue.basis and queue.basis.document else None,
    ),
    (
        Column("movement", "Tình trạng văn bản", width=24),
        lambda queue: queue.basis.movement.label if queue.basis else None,
    ),
    (Column("procedures", "Số thủ tục chờ", ColumnKind.NUMBER, 12), lambda queue: len(queue.rows)),
    (
        Column("stated", "Trong đó phương án nêu", ColumnKind.NUMBER, 12),
        lambda queue: queue.grounds.get(Ground.STATED, 0),
    ),
    (
        Column("computed", "Trong đó tính ra", ColumnKind.NUMBER, 12),
        lambda queue: sum(count for ground, count in queue.grounds.items() if ground.computed),
    ),
    (Column("grounds", "Vì sao", width=44), lambda queue: _ground_words(queue.grounds)),
    (
        Column("plans", "Phương án", ColumnKind.LIST, 30),
        lambda queue: list(dict.fromkeys(filter(None, map(plan_name, queue.stated)))) or None,
    ),
    (
        Column("duty_bearers", "Cơ quan chịu trách nhiệm sửa", ColumnKind.LIST, 24),
        lambda queue: queue.duty_bearers or None,
    ),
    (Column("deadlines", "Thời hạn sửa", ColumnKind.LIST, 18), lambda queue: queue.deadlines or None),
    (Column("codes", "Mã thủ tục", ColumnKind.LIST, 40), lambda queue: [row.code for row in queue.rows] or None),
    (
        Column("unnamed_items", "Mục phương án không gắn với mã thủ tục", ColumnKind.LIST, 24),
        lambda queue: [item.item.name for item in queue.items] or None,
    ),
)

_WAITING_FIELDS: tuple[tuple[Column, Callable[[Queue, ProcedureRow], Cell]], ...] = (
    (Column("document", "Văn bản phải sửa", width=36), lambda queue, _: queue.name),
    (
        Column("document_url", "Địa chỉ văn bản", ColumnKind.LINK, 30),
        lambda queue, _: _link(queue.basis.document.url) if queue.basis and queue.basis.document else None,
    ),
    (
        Column("ground", "Vì sao", width=40),
        lambda queue, row: _ground_words(wait.ground for wait in queue.waits.get(row.code, ())),
    ),
    (Column("code", "Mã thủ tục", width=12), lambda _, row: row.code),
    (Column("name", "Tên thủ tục", width=60), lambda _, row: row.entry.name),
    (Column("url", "Địa chỉ thủ tục", ColumnKind.LINK, 22), lambda _, row: _link(row.entry.url)),
    (Column("ministry", "Bộ, cơ quan", width=24), lambda _, row: row.entry.ministry or None),
    (
        Column("duty_bearer", "Cơ quan chịu trách nhiệm sửa", ColumnKind.LIST, 24),
        lambda queue, row: _stated(queue, row, lambda item: item.item.duty_bearer),
    ),
    (Column("deadline", "Thời hạn sửa", ColumnKind.LIST, 18), lambda queue, row: _stated(queue, row, deadline_words)),
)


def _stated(queue: Queue, row: ProcedureRow, read: Callable[[PlanItem], str]) -> Sequence[str] | None:
    items = (wait.item for wait in queue.waits.get(row.code, ()) if wait.item)
    return list(dict.fromkeys(filter(None, map(read, items)))) or None


def _link(address: str) -> Link:
    return Link(address, address)
