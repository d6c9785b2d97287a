"""The procedure ledger as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.ledger.procedures.catalogue import ProcedureEntry
from kb.ledger.procedures.history import PartChange
from kb.ledger.procedures.rule_table import Laws
from kb.ledger.procedures.signal_rules import BY_ID
from kb.ledger.procedures.simplification import PlanItem
from kb.ledger.procedures.tables import (
    deadline_words,
    hit_words,
    moved_words,
    plan_words,
    reference_name,
    wait_words,
)
from kb.ledger.procedures.unsimplified import ProcedureRow
from kb.ledger.procedures.unsimplified_answer import Answer
from kb.ledger.procedures.unsimplified_sums import Queue, by_plan_state
from kb.ledger.procedures.waiting import name_of
from kb.model import Method, ProcedureParts

UNKNOWN = "chưa xác định"
NO_SOURCE = "chưa có nguồn"


def catalogue_lines(answer: Answer, rows: Iterable[ProcedureRow]) -> Iterator[str]:
    """A line a procedure, then the sum with what is not known among it."""
    for row in rows:
        entry = row.entry
        yield f"{entry.code}\t{entry.ministry or UNKNOWN}\t{row.verdict_on(answer.wanted.signals).label}\t{entry.name}"
    yield from sum_lines(answer)


def unsimplified_lines(answer: Answer) -> Iterator[str]:
    """The procedures with a reason, each with its reasons, then the sums."""
    for row in answer.listed:
        yield f"{row.code}\t{row.entry.ministry or UNKNOWN}\t{row.entry.name}  ({row.entry.url})"
        yield from (f"    phương án: {plan_words(item)}" for item in row.pending)
        yield from (f"    {hit_words(hit)}" for hit in row.hits)
        yield from (f"    phải sửa: {wait_words(wait)}" for wait in row.waits)
    yield from ministry_lines(answer)
    yield from signal_lines(answer)
    states = by_plan_state(answer.rows)
    yield "Theo tình trạng phương án: " + " + ".join(f"{count} {state.label}" for state, count in states.items())
    yield f"Theo văn bản phải sửa (--by-document): {answer.documents.line}"
    yield from sum_lines(answer)


def ministry_lines(answer: Answer) -> Iterator[str]:
    """The sum of each ministry."""
    yield "Theo bộ:"
    yield from (f"    {name or UNKNOWN}: {one.line}" for name, one in answer.ministries.items())


def signal_lines(answer: Answer) -> Iterator[str]:
    """How often each rule is met; those that nothing meets too."""
    yield "Theo dấu hiệu (một thủ tục có thể có nhiều dấu hiệu):"
    yield from (f"    {one.id}\t{one.procedures} thủ tục, {one.hits} chỗ\t{one.label}" for one in answer.signals)


def document_lines(answer: Answer) -> Iterator[str]:
    """The documents that must be amended, each with the procedures that wait for it."""
    found = answer.documents
    for queue in (*found.queues, found.unknown):
        yield from _queue_lines(queue)
    yield found.line
    yield from sum_lines(answer)


def sum_lines(answer: Answer) -> Iterator[str]:
    """The sum, and the reported figure beside what is known by name."""
    if asked := answer.wanted.signals:
        labels = "; ".join(BY_ID[signal].label for signal in asked)
        yield f"Chỉ tính lý do được hỏi: {labels}; thủ tục không có lý do ấy có thể có lý do khác"
    yield answer.sum.line
    yield from answer.reported_lines


def detail_lines(row: ProcedureRow, laws: Laws, history: Iterable[PartChange]) -> Iterator[str]:
    """A procedure on one screen."""
    entry, seen = row.entry, row.entry.provenance
    yield f"{entry.code}: {entry.name}  ({entry.url})"
    yield from (f"Tên khác: {name}" for name in entry.other_names)
    yield f"Bộ, cơ quan: {entry.ministry or UNKNOWN}; lĩnh vực: {'; '.join(entry.fields) or UNKNOWN}"
    yield f"Nguồn: {seen.source}, {seen.address} {seen.place}".rstrip()
    yield f"Kết luận: {row.verdict.label}; phương án: {row.state.label}"
    for hit in row.hits:
        yield f"    {hit_words(hit)}{f' {url}' if (url := laws.of(hit)) else ''}"
    for item in row.plans:
        yield from _plan_lines(item)
    yield from (f"Phải sửa: {wait_words(wait)}" for wait in row.waits)
    yield "Căn cứ pháp lý:" if row.bases else f"Căn cứ pháp lý: {NO_SOURCE}"
    for basis in row.bases:
        yield f"    {moved_words(basis)}{f'  ({basis.document.url})' if basis.document else ''}"
    yield from _completeness_lines(entry)
    yield from _part_lines(entry.parts) if entry.parts else ("Nội dung thủ tục: chưa có nguồn",)
    for change in history:
        yield f"{change.when:%d/%m/%Y} {change.source}: {change.what}: {_short(change.before)} → {_short(change.after)}"


def _queue_lines(queue: Queue) -> Iterator[str]:
    grounds = "; ".join(f"{count} {ground.label}" for ground, count in queue.grounds.items())
    movement = f", {queue.basis.movement.label}" if queue.basis else ""
    yield f"{queue.name}{movement}: {len(queue.rows)} thủ tục" + (f" ({grounds})" if grounds else "")
    for item in queue.stated:
        told = f"{item.item.duty_bearer or UNKNOWN}, thời hạn {deadline_words(item) or UNKNOWN}"
        yield f"    phương án {plan_words(item)}; chịu trách nhiệm sửa: {told}"
    for row in queue.rows:
        yield f"    {row.code}\t{row.entry.ministry or UNKNOWN}\t{row.entry.name}"
    for item in queue.items:
        yield f"    (không gắn với mã thủ tục nào)\t{item.item.ministry or UNKNOWN}\t{item.item.name}"


def _plan_lines(item: PlanItem) -> Iterator[str]:
    plan = item.item
    yield f"Phương án {plan.id}: {plan_words(item)}"
    measures = ", ".join(measure.label for measure in plan.measures) or UNKNOWN
    yield f"    {plan.summary or plan.name} ({measures})"
    amends = "; ".join(map(name_of, item.amends)) or UNKNOWN
    yield f"    văn bản phải sửa: {amends}; {plan.duty_bearer or UNKNOWN}; thời hạn {deadline_words(item) or UNKNOWN}"
    if item.implemented_by:
        yield f"    văn bản thực thi: {'; '.join(map(name_of, item.implemented_by))}"
    named = reference_name(plan.plan) or UNKNOWN
    yield f"    nguồn: {plan.provenance.address} ({plan.provenance.evidence.label}) về {named}"


def _completeness_lines(entry: ProcedureEntry) -> Iterator[str]:
    yield "Các bộ phận theo khoản 2 Điều 8 Nghị định số 63/2010/NĐ-CP:"
    yield from (f"    {part.label} ({part.clause}): {state.label}" for part, state in entry.completeness)


def _part_lines(parts: ProcedureParts) -> Iterator[str]:
    yield f"Quyết định công bố: {_decision(parts)}"
    yield f"Cấp thực hiện: {'; '.join(parts.levels) or UNKNOWN}"
    yield f"Trình tự thực hiện: {parts.steps or UNKNOWN}"
    yield "Cách thức, thời hạn, phí:"
    for method in parts.methods:
        yield f"    {_method_words(method)}"
    yield "Thành phần hồ sơ:"
    for case in parts.dossier:
        if case.name:
            yield f"  {case.name}"
        for paper in case.components:
            count = f"bản chính {_count(paper.originals)}, bản sao {_count(paper.copies)}"
            forms = "".join(f"; mẫu {form.name}" for form in paper.forms)
            yield f"    {paper.name}" + ("" if paper.is_note else f" ({count}{forms})")
    for label, words in (
        ("Đối tượng", parts.subjects),
        ("Cơ quan thực hiện", parts.executing),
        ("Cơ quan có thẩm quyền", parts.authority),
        ("Cơ quan được ủy quyền", parts.authorized),
        ("Cơ quan phối hợp", parts.coordinating),
        ("Kết quả", parts.results),
    ):
        yield f"{label}: {'; '.join(words) or UNKNOWN}"
    yield f"Địa chỉ tiếp nhận: {parts.receiving or UNKNOWN}"
    yield f"Yêu cầu, điều kiện: {parts.conditions or UNKNOWN}"


def _method_words(method: Method) -> str:
    channel = method.channel.label if method.channel else UNKNOWN
    limit = f"{method.time.value:f} {method.time.unit.label}" if method.time.value is not None else method.time.note
    fees = "; ".join(
        " ".join(
            filter(
                None,
                (fee.kind, f"{fee.amount:f} {fee.currency}" if fee.amount is not None else fee.state.label, fee.note),
            )
        )
        for fee in method.fees
    )
    told = f"{channel}: thời hạn {limit or UNKNOWN}; phí, lệ phí: {fees or UNKNOWN}"
    return f"{told}; {method.wording}" if method.wording else told


def _decision(parts: ProcedureParts) -> str:
    day = f" ngày {parts.decided:%d/%m/%Y}" if parts.decided else ""
    return f"{parts.decision or UNKNOWN}{day}"


def _count(number: int | None) -> str:
    return UNKNOWN if number is None else str(number)


def _short(text: str, longest: int = 160) -> str:
    words = " ".join(text.split())
    return (words[:longest] + "…" if len(words) > longest else words) or "(không có)"
