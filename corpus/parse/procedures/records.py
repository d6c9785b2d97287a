"""What kind of record a JSON value is, and the procedure it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from corpus.parse.procedures.detail import read_detail
from corpus.parse.procedures.exports import OLD_SOURCE, WORD_SOURCE, read_old_page, read_word_export
from corpus.parse.procedures.lists import LIST_SOURCE, read_item
from corpus.parse.procedures.rendered import read_rendered
from corpus.parse.procedures.values import PORTAL, SOURCE, NotAProcedureError
from kb.model import Procedure, Provenance

_Record = Mapping[str, object]
_Reader = Callable[[_Record, Provenance | None], Procedure]

# The keys that tell a kind, the more telling first; where the record belongs; what reads it.
_KINDS: tuple[tuple[frozenset[str], str, _Reader], ...] = (
    (frozenset({"ma_thu_tuc", "ten_thu_tuc"}), SOURCE, read_rendered),
    (frozenset({"code", "name", "executionMethods"}), SOURCE, read_detail),
    (frozenset({"codeNotation", "name", "executionSteps"}), SOURCE, read_detail),
    (frozenset({"metadata", "content", "tables"}), WORD_SOURCE, read_word_export),
    (frozenset({"Trình tự thực hiện", "title"}), OLD_SOURCE, read_old_page),
    (frozenset({"codeNotation", "name", "departments"}), LIST_SOURCE, read_item),
)
_ENVELOPE = "data"
_LISTED = ("items", "data", "results")


def records_in(value: object) -> list[object]:
    """The records that a JSON value holds: one, those of an array, or those of a page of a list; envelopes are opened."""
    if isinstance(value, list):
        return [record for one in value for record in records_in(one)] if value and not _is_plain(value) else []
    if not isinstance(value, dict) or kind_of(value):
        return [value]
    inner = next((value[key] for key in _LISTED if isinstance(value.get(key), list | dict)), None)
    return [value] if inner is None else records_in(inner)


def kind_of(record: object) -> str:
    """The source that a record belongs to; '' where it is no procedure."""
    found = _kind(record)
    return found[1] if found else ""


def read_record(
    record: object, *, address: str, place: str = "", sha256: str | None = None, code: str = ""
) -> Procedure:
    """The procedure of a record; its own page is its address, else ``address``. ``code`` is for records that lack theirs.

    Raises ``NotAProcedureError`` where it is none.
    """
    found = _kind(record)
    if found is None or not isinstance(record, dict):
        raise NotAProcedureError(f"{address} {place}".strip(), "it has the keys of no known form")
    _, source, read = found
    if code:
        record = {"Mã thủ tục": code, **record}
    procedure = read(record, None)
    seen = procedure.provenance
    own = address if seen.address == PORTAL else seen.address
    return replace(procedure, provenance=replace(seen, source=source, address=own, place=place, sha256=sha256))


def _kind(record: object) -> tuple[frozenset[str], str, _Reader] | None:
    if not isinstance(record, dict):
        return None
    return next((kind for kind in _KINDS if kind[0] <= record.keys()), None)


def _is_plain(values: list[object]) -> bool:
    return not any(isinstance(value, dict | list) for value in values[:20])
