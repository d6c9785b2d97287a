"""The procedure ledger of a day as its pages ask it: what is wanted by the address, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from kb.collation import sort_key
from kb.errors import NotFoundError
from kb.ledger.procedures.asked_documents import asked_document
from kb.ledger.procedures.completeness import PARTS
from kb.ledger.procedures.rule_table import Laws
from kb.ledger.procedures.signal_rules import RULES
from kb.ledger.procedures.unsimplified import ProcedureFilter, ProcedureLedger, ProcedureRow
from kb.ledger.procedures.unsimplified_answer import Answer
from kb.model import PlanState
from kb.store import Store
from kb.text import fold
from web.errors import RefusedError
from web.fields import Field, Form, Given, Option, options_of, today

CATALOGUE = "/thu-tuc"
UNSIMPLIFIED = "/thu-tuc/chua-don-gian"
BY_DOCUMENT = "/thu-tuc/theo-van-ban"
_MOST_OFFERED = 12
_ANSWERS = 64

_SORTS: Mapping[str, tuple[str, Callable[[ProcedureRow], Any]]] = {
    "bo": ("cơ quan ban hành, rồi tên", lambda _: 0),  # the order of the ledger
    "ten": ("tên thủ tục, theo vần chữ cái", lambda row: sort_key(row.entry.name)),
    "ma": ("mã thủ tục", lambda row: row.code),
    "dau-hieu": ("nhiều dấu hiệu trước", lambda row: -len(row.signals)),
}
_OF_THE_LEDGER = "bo"

_PAGE = {
    "words": "tu-khoa",
    "ministry": "bo",
    "field": "linh-vuc",
    "document": "van-ban",
    "signal": "dau-hieu",
    "plan_state": "phuong-an",
    "completeness": "day-du",
    "on": "ngay",
    "sort": "sap-xep",
}
"""What an address of a page calls each thing that can be asked for; programs call it as the command line does."""

_WHOLE, _LACKING, _UNTOLD = "du", "thieu", "khong-ro"
_COMPLETENESS = (
    Option(_WHOLE, "đủ các phần phải có"),
    Option(_LACKING, "thiếu ít nhất một phần phải có"),
    Option(_UNTOLD, "chưa có nguồn nêu nội dung"),
    *(Option(part.id, f"thiếu {part.label}") for part in PARTS if part.always),
)


@dataclass(frozen=True, slots=True)
class ProceduresAsked:
    """What an address of a list asks for; ``words`` are of the name, ``completeness`` as the field has it."""

    form: Form
    wanted: ProcedureFilter
    words: str
    completeness: str
    on: date
    sort: str


def procedures_asked(path: str, parameters: Mapping[str, str]) -> ProceduresAsked:
    """Read an address of one of the pages; raises ``RefusedError`` for a value that cannot be meant."""
    return _asked(path, parameters, _PAGE)


def procedures_asked_by_program(path: str, parameters: Mapping[str, str]) -> ProceduresAsked:
    """Read an address for programs: parameters are named as the options of ``dean06 procedures``."""
    return _asked(path, parameters, {name: name for name in _PAGE})


def _asked(path: str, parameters: Mapping[str, str], named: Mapping[str, str]) -> ProceduresAsked:
    given = Given(parameters)
    rules = [Option(rule.id, rule.label) for rule in RULES]
    sorts = [Option(name, label) for name, (label, _) in _SORTS.items()]
    fields = {
        "words": given.text(named["words"], "Từ trong tên hoặc mã"),
        "ministry": given.text(named["ministry"], "Bộ, cơ quan ban hành"),
        "field": given.text(named["field"], "Lĩnh vực"),
        "document": given.text(named["document"], "Căn cứ, văn bản phải sửa, phương án"),
        "signal": given.choice(named["signal"], "Dấu hiệu chưa đơn giản", rules),
        "plan_state": given.choice(named["plan_state"], "Phương án đơn giản hóa", options_of(PlanState)),
        "completeness": given.choice(named["completeness"], "Các phần phải có", _COMPLETENESS),
        "on": given.day(named["on"], "Xét đến ngày", narrows=False),
        "sort": given.choice(named["sort"], "Sắp xếp", sorts, narrows=False),
    }
    form = Form(path, tuple(fields.values()))
    sort, on = fields["sort"].value or _OF_THE_LEDGER, fields["on"].day or today()
    return ProceduresAsked(form, _filter(fields), fields["words"].value, fields["completeness"].value, on, sort)


def _filter(fields: Mapping[str, Field]) -> ProcedureFilter:
    signal, state = fields["signal"].value, fields["plan_state"].value
    return ProcedureFilter(
        ministry=fields["ministry"].value,
        field=fields["field"].value,
        document=fields["document"].value,
        signals=(signal,) if signal else (),
        plan_state=PlanState(state) if state else None,
    )


class ProcedureLists:
    """The ledger of one day with what its pages show again and again; made for ``Library.remembered``."""

    def __init__(self, store: Store, on: date) -> None:
        self._store = store
        self.ledger = ProcedureLedger(store, on)
        self.laws = Laws(store)
        self._answer = lru_cache(_ANSWERS)(self._answered)
        self._order = lru_cache(len(_SORTS))(self._ordered)

    def answer(self, asked: ProceduresAsked) -> Answer:
        """The procedures that the filters choose, whatever can be said of them, in order, with all their sums.

        The signal does not choose among them: it says which reasons count. Raises ``RefusedError`` for a ministry, field or
        document that nothing is known of.
        """
        self._check(asked)
        return self._answer(asked.wanted, asked.words, asked.completeness, asked.sort)

    @cached_property
    def ministries(self) -> tuple[Option, ...]:
        """Names of agencies that issue procedures, in Vietnamese order."""
        names = {row.entry.ministry for row in self.ledger.rows} - {""}
        return tuple(Option(name, name) for name in sorted(names, key=sort_key))

    @cached_property
    def fields(self) -> tuple[Option, ...]:
        """Fields of the procedures, in Vietnamese order."""
        names = {name for row in self.ledger.rows for name in row.entry.fields}
        return tuple(Option(name, name) for name in sorted(names, key=sort_key))

    def _answered(self, wanted: ProcedureFilter, words: str, completeness: str, sort: str) -> Answer:
        found = Answer.of(self.ledger, self._findable(wanted))
        rows: Iterable[ProcedureRow] = found.rows
        if wanted.ministry != found.wanted.ministry:
            rows = [row for row in rows if row.entry.ministry == wanted.ministry]
        if words:
            rows = [row for row in rows if _names(row, fold(words))]
        if completeness:
            rows = [row for row in rows if _is_complete(row, completeness)]
        places = self._order(sort)
        return replace(found, rows=sorted(rows, key=lambda row: places[row.code]))

    def _ordered(self, sort: str) -> Mapping[str, int]:
        _, key = _SORTS[sort]
        return {row.code: place for place, row in enumerate(sorted(self.ledger.rows, key=key))}

    def _findable(self, wanted: ProcedureFilter) -> ProcedureFilter:
        """The filter without a ministry that procedures name and the register of agencies does not know."""
        return wanted if self._is_known(wanted.ministry) else replace(wanted, ministry="")

    def _is_known(self, ministry: str) -> bool:
        try:
            return not ministry or bool(self.ledger.agencies.find(ministry))
        except NotFoundError:
            return False

    def _check(self, asked: ProceduresAsked) -> None:
        wanted, form = asked.wanted, asked.form
        if not self._is_known(wanted.ministry) and wanted.ministry not in _values(self.ministries):
            names = [agency.name for agency in self.ledger.agencies.all]
            raise _unknown("cơ quan", wanted.ministry, _PAGE["ministry"], form, names)
        if wanted.field and not _fitting(wanted.field, _values(self.fields)):
            raise _unknown("lĩnh vực", wanted.field, _PAGE["field"], form, _values(self.fields))
        if wanted.document:
            self._check_document(wanted.document, form)

    def _check_document(self, document: str, form: Form) -> None:
        try:
            asked_document(self._store, document)
        except NotFoundError as error:
            raise _unknown("văn bản", document, _PAGE["document"], form, ()) from error


def _unknown(what: str, asked: str, field: str, form: Form, names: Iterable[str]) -> RefusedError:
    fitting = _fitting(asked, names)
    return RefusedError(
        f"{asked!r} fits {'several names' if fitting else 'nothing that is held'}.",
        f"Choose one of: {', '.join(fitting[:_MOST_OFFERED])}." if fitting else "Give another name or number.",
        told=f"“{asked}” hợp với nhiều {what}." if fitting else f"Kho không có {what} nào là “{asked}”.",
        way="Hãy chọn một:" if fitting else "Hãy ghi tên hoặc số như văn bản in.",
        links=[(name, form.address({field: name})) for name in fitting[:_MOST_OFFERED]],
    )


def _fitting(asked: str, names: Iterable[str]) -> list[str]:
    words = fold(asked)
    return [name for name in names if words in fold(name)]


def _values(options: Iterable[Option]) -> list[str]:
    return [option.value for option in options]


def _names(row: ProcedureRow, words: str) -> bool:
    entry = row.entry
    return entry.code.startswith(words) or any(words in fold(name) for name in (entry.name, *entry.other_names))


def _is_complete(row: ProcedureRow, wanted: str) -> bool:
    """Whether a procedure is as complete as asked for: whole, lacking some part or a certain one, or told by no source."""
    if row.entry.parts is None:
        return wanted == _UNTOLD
    lacking = [part.id for part in row.entry.missing]
    return {_WHOLE: not lacking, _LACKING: bool(lacking), _UNTOLD: False}.get(wanted, wanted in lacking)
