"""What changed of a procedure from one import of a source to the next; where it was seen again is no change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kb.model import DossierCase, Method, Procedure, ProcedureParts
from kb.store import Store


@dataclass(frozen=True, slots=True)
class PartChange:
    """A change of a procedure from one import of a source to the next; ``before`` and ``after`` are texts, '' for nothing."""

    when: datetime
    source: str
    what: str
    before: str
    after: str


def changes_of(store: Store, code: str) -> tuple[PartChange, ...]:
    """What each source changed of a procedure since it first told of it, the newest first; raises ``NotFoundError``."""
    by_source: dict[str, Procedure] = {}
    changes: list[PartChange] = []
    versions = store.procedure_history(code)
    for version in reversed(versions):
        before = by_source.get(version.source)
        if before is not None:
            changes += _differences(before, version.record, version.since, version.source)
        by_source[version.source] = version.record
        if version.until is not None and not any(
            later.source == version.source and later.since >= version.until for later in versions
        ):
            changes.append(PartChange(version.until, version.source, "thủ tục", version.record.name, ""))
    return tuple(sorted(changes, key=lambda change: change.when, reverse=True))


def _differences(before: Procedure, after: Procedure, when: datetime, source: str) -> Iterator[PartChange]:
    for (what, mine), (_, theirs) in zip(_told(before), _told(after), strict=True):
        if mine != theirs:
            yield PartChange(when, source, what, mine, theirs)


def _told(procedure: Procedure) -> Iterator[tuple[str, str]]:
    """What a record says, part by part, as a reader sees it: ids of files, the order of lists and where it was seen are none."""
    parts = procedure.parts or ProcedureParts()
    yield "tên thủ tục", "; ".join((procedure.name, *procedure.other_names))
    yield "cơ quan ban hành", procedure.issuer
    yield "lĩnh vực", procedure.field
    yield "trình tự thực hiện", parts.steps
    yield "cách thức, thời hạn, phí, lệ phí", "\n".join(map(_method, parts.methods))
    yield "thành phần, số lượng hồ sơ", "\n".join(map(_case, parts.dossier))
    yield "đối tượng thực hiện", "; ".join(sorted(parts.subjects))
    yield "cơ quan thực hiện", procedure.executing
    yield "cơ quan có thẩm quyền", "; ".join((*parts.authority, *parts.authorized, *parts.coordinating))
    yield "địa chỉ tiếp nhận", parts.receiving
    yield "kết quả thực hiện", "; ".join(sorted(parts.results))
    yield "yêu cầu, điều kiện", parts.conditions
    named = [basis.code or basis.name for basis in parts.legal_bases]
    yield "căn cứ pháp lý", "; ".join(sorted(named or procedure.legal_bases))
    yield "cấp thực hiện", "; ".join((*parts.levels, parts.kind)).strip("; ")
    yield "quyết định công bố", f"{parts.decision} {parts.decided.isoformat() if parts.decided else ''}".strip()


def _method(method: Method) -> str:
    channel = method.channel.label if method.channel else ""
    limit = f"{method.time.value} {method.time.unit.label}" if method.time.value is not None else method.time.note
    fees = (f"{fee.amount or ''} {fee.currency} {fee.state.label} {fee.note}" for fee in method.fees)
    told = (channel, limit, *fees, method.wording)
    return ": ".join(filter(None, (" ".join(part.split()) for part in told)))


def _case(case: DossierCase) -> str:
    papers = (
        f"{paper.name} ({paper.originals or 0} bản chính, {paper.copies or 0} bản sao)" for paper in case.components
    )
    return "\n".join(filter(None, (case.name, *papers)))
