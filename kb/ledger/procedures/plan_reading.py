"""The rows of a ministry's list of simplification: which item each is, and what it says of it.

A cell that stands as it was written says nothing new and is not read again, so that what is held loses nothing; an empty cell says
nothing. Every other cell must be understood.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kb.errors import UnusableInputError
from kb.export import Sheet, SheetRow
from kb.ledger.procedures.catalogue import ProcedureEntry
from kb.ledger.procedures.plan_tables import OTHER_HEADINGS, PLAN_COLUMNS, plan_cells
from kb.ledger.procedures.plan_words import (
    NotUnderstoodError,
    bare,
    cell_words,
    codes_in,
    deadline_in,
    documents_in,
    measures_in,
    state_in,
)
from kb.ledger.procedures.unsimplified import ProcedureLedger
from kb.ledger.tasks.updates import day_of
from kb.model import DocumentReference, PlanState, Provenance, Simplification
from kb.numbers import number_key

_TITLES = {column.name: column.title for column in PLAN_COLUMNS} | {"as_of": "Tính đến ngày"}
_CLOSING = ("Nguồn", "Địa chỉ nguồn", "Vị trí trong nguồn")
_SAYS = ("summary", "measures", "plan", "place", "amends", "deadline", "implemented_by", "state")
_LOOSE = "không gắn với mã thủ tục nào trong danh mục: giữ theo tên"


@dataclass(frozen=True, slots=True)
class ReadRow:
    """What a row says; ``differences`` are (heading, words before, words after)."""

    before: Simplification | None
    after: Simplification
    differences: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]


class PlanReader:
    """Reads the rows of one list against what is held."""

    def __init__(self, sheet: Sheet, ledger: ProcedureLedger, as_of: date | None, seen: Provenance) -> None:
        self._as_of = as_of
        self._seen = seen
        self._headings = {
            name: sheet.heading(title, name, *OTHER_HEADINGS.get(name, ())) for name, title in _TITLES.items()
        }
        self.unread = _unread(sheet, self._headings)
        self._items = {item.item.id: item.item for item in ledger.plans.all}
        self._catalogue = _Catalogue(ledger)
        self._lines: dict[str, int] = {}

    def read(self, row: SheetRow) -> ReadRow | None:
        """What a row says; None where it says nothing that is not known. Raises ``NotUnderstoodError``."""
        by_id = self._item_named(row)
        named = self._catalogue.settled(_Named(codes_in(self._text(row, "code")), self._text(row, "name")), by_id)
        before = by_id or self._fitting(row, named)
        base = before or self._catalogue.blank(named, self._seen)
        fields = self._fields(row, base) | (_renamed(before, named, by_id=by_id is not None) if before else {})
        if not fields or (before is None and fields.keys() <= {"ministry", "state_wording"}):
            return None
        item = self._item(row, base, fields)
        told = _differences(before, item)
        _check(item, before)
        return ReadRow(before, item, told, () if item.codes else (_LOOSE,)) if told else None

    def _item_named(self, row: SheetRow) -> Simplification | None:
        name = self._text(row, "id")
        if name and name not in self._items:
            raise NotUnderstoodError(f"no item is held under {name!r}; leave the cell empty for a new one")
        return self._items.get(name)

    def _fitting(self, row: SheetRow, named: _Named) -> Simplification | None:
        """The item of the same procedure and plan, by its place or its summary where there are several."""
        fitting = [item for item in self._items.values() if named.is_in(item) and self._is_of_plan(row, item)]
        for column in ("place", "summary"):
            said = self._text(row, column)
            theirs = [item for item in fitting if cell_words(plan_cells(item)[column]) == said]
            if said and (theirs or all(plan_cells(item)[column] for item in fitting)):
                fitting = theirs
        if len(fitting) > 1:
            ids = ", ".join(item.id for item in fitting)
            raise NotUnderstoodError(f"it fits several items held ({ids}): name one in {_TITLES['id']}")
        return fitting[0] if fitting else None

    def _is_of_plan(self, row: SheetRow, item: Simplification) -> bool:
        words = self._text(row, "plan")
        if not words or item.plan is None or words == cell_words(plan_cells(item)["plan"]):
            return True
        return number_key(documents_in(words)[0].identity.number) == number_key(item.plan.identity.number)

    def _fields(self, row: SheetRow, base: Simplification) -> dict[str, Any]:
        """What the row says otherwise than ``base``, by the names of its fields."""
        held = plan_cells(base)
        fields: dict[str, Any] = {}
        for name, read in _READ.items():
            words = self._text(row, name)
            if words and words != cell_words(held[name]):
                fields |= read(words)
        return {name: _with_what_is_held(value, getattr(base, name)) for name, value in fields.items()}

    def _item(self, row: SheetRow, base: Simplification, fields: Mapping[str, Any]) -> Simplification:
        as_of = self._as_of or self._day(row)
        before = base.provenance.retrieved
        if base.id and as_of and before and as_of < before:
            raise NotUnderstoodError(f"it speaks of {as_of:%d/%m/%Y}, what is held of {before:%d/%m/%Y}")
        seen = replace(self._seen, place=f"dòng {row.line}", retrieved=as_of)
        item = replace(base, **fields, provenance=seen)
        item = item if item.id else replace(item, id=_new_id(item))
        first = self._lines.setdefault(item.id, row.line)
        if first != row.line:
            raise NotUnderstoodError(f"the same item stands on line {first} already")
        return item

    def _day(self, row: SheetRow) -> date | None:
        words = self._text(row, "as_of")
        day = day_of(words)
        if words and day is None:
            raise NotUnderstoodError(f"{_TITLES['as_of']} {words!r} is no day (dd/mm/yyyy)")
        return day

    def _text(self, row: SheetRow, name: str) -> str:
        heading = self._headings[name]
        cell = row.cells.get(heading) if heading else None
        return cell_words(cell, code=name == "code")


@dataclass(frozen=True, slots=True)
class _Named:
    """The procedures that a row names."""

    codes: tuple[str, ...]
    name: str

    def is_in(self, item: Simplification) -> bool:
        """Whether an item is of them."""
        if self.codes and item.codes:
            return bool(set(self.codes) & set(item.codes))
        return bool(self.name) and bare(self.name) == bare(item.name)


class _Catalogue:
    """The procedures by code and by name."""

    def __init__(self, ledger: ProcedureLedger) -> None:
        self._by_code = {entry.code: entry for entry in ledger.procedures.all()}
        self._codes: defaultdict[str, list[str]] = defaultdict(list)
        for entry in self._by_code.values():
            for name in {bare(name) for name in (entry.name, *entry.other_names)}:
                self._codes[name].append(entry.code)

    def settled(self, named: _Named, held: Simplification | None) -> _Named:
        """The procedures meant, the code of a name found; raises where they are not known or contradict each other."""
        known = set(held.codes) if held else set()
        for code in named.codes:
            if code not in self._by_code and code not in known:
                raise NotUnderstoodError(f"no procedure is held under {code!r}")
        if held is None and not named.codes and not named.name:
            raise NotUnderstoodError(f"no procedure is named ({_TITLES['code']} or {_TITLES['name']})")
        if held is not None and set(named.codes) <= known:
            return named
        if named.codes:
            self._check_name(named)
            return named
        codes = self._codes.get(bare(named.name), [])
        if len(codes) > 1:
            raise NotUnderstoodError(
                f"{named.name!r} is the name of several procedures ({', '.join(codes)}): give the code"
            )
        return _Named(tuple(codes), named.name)

    def blank(self, named: _Named, seen: Provenance) -> Simplification:
        """An item that says nothing yet of the procedures."""
        first = self._by_code[named.codes[0]] if named.codes else None
        name = named.name or (first.name if first else "")
        return Simplification("", name, first.ministry if first else "", "", seen, codes=named.codes)

    def _check_name(self, named: _Named) -> None:
        """A code mistyped by one figure is another procedure's: the name beside it tells."""
        entries = [self._by_code[code] for code in named.codes if code in self._by_code]
        if named.name and entries and not any(_may_be_called(entry, named.name) for entry in entries):
            raise NotUnderstoodError(f"{named.codes[0]} is {entries[0].name!r}, not {named.name!r}")


def _may_be_called(entry: ProcedureEntry, name: str) -> bool:
    """Whether a name and one of a procedure's share most words of the shorter."""
    mine = set(re.findall(r"\w+", bare(name)))
    for other in (entry.name, *entry.other_names):
        theirs = set(re.findall(r"\w+", bare(other)))
        if 2 * len(mine & theirs) > min(len(mine), len(theirs)):
            return True
    return False


_READ: dict[str, Callable[[str], dict[str, Any]]] = {
    "ministry": lambda words: {"ministry": words},
    "summary": lambda words: {"summary": words},
    "measures": lambda words: {"measures": measures_in(words)},
    "plan": lambda words: {"plan": documents_in(words)[0]},
    "place": lambda words: {"place": words},
    "amends": lambda words: {"amends": documents_in(words)},
    "duty_bearer": lambda words: {"duty_bearer": words},
    "deadline": lambda words: dict(zip(("deadline", "deadline_wording"), deadline_in(words), strict=True)),
    "implemented_by": lambda words: {"implemented_by": documents_in(words)},
    "state": lambda words: {"state": state_in(words)},
    "evidence": lambda words: {"state_wording": words},
}


def _with_what_is_held(said: Any, held: Any) -> Any:  # noqa: ANN401 - a field of any kind
    """A document that is named again keeps what is known of it beside its number."""
    known = {
        number_key(one.identity.number): one for one in (held if isinstance(held, tuple) else (held,)) if _is_named(one)
    }
    if isinstance(said, tuple):
        return tuple(_with_what_is_held(one, held) for one in said)
    same = known.get(number_key(said.identity.number)) if _is_named(said) else None
    return same if same and same.identity.agrees_with(replace(said.identity, number=same.identity.number)) else said


def _is_named(one: object) -> bool:
    return isinstance(one, DocumentReference) and bool(one.identity.number)


def _unread(sheet: Sheet, headings: Mapping[str, str | None]) -> tuple[str, ...]:
    """The columns that mean nothing here; raises ``UnusableInputError`` where those that must be there are not."""
    if headings["code"] is None and headings["name"] is None and headings["id"] is None:
        wrong = f"{sheet.name} lacks the column {_TITLES['code']} or {_TITLES['name']}."
        raise UnusableInputError(wrong, "Fill in the table that `dean06 procedures template` writes.")
    if not any(headings[name] for name in _SAYS):
        wrong = f"{sheet.name} has no column that says anything of a plan."
        raise UnusableInputError(wrong, "Fill in the table that `dean06 procedures template` writes.")
    read = {heading for heading in headings.values() if heading} | {sheet.heading(title) for title in _CLOSING}
    return tuple(heading for heading in sheet.headings if heading not in read)


def _renamed(before: Simplification, named: _Named, *, by_id: bool) -> dict[str, Any]:
    """Codes and name that a row gives an item anew; one found by its code keeps the others that it has."""
    fields: dict[str, Any] = {}
    if named.codes and named.codes != before.codes and (by_id or not before.codes):
        fields["codes"] = named.codes
    if by_id and named.name and bare(named.name) != bare(before.name):
        fields["name"] = named.name
    return fields


def _check(item: Simplification, before: Simplification | None) -> None:
    """Refuse what contradicts itself, or says nothing of a plan."""
    if before is None and not (item.plan or item.measures or item.summary or item.state is not PlanState.UNKNOWN):
        raise NotUnderstoodError("neither a plan, nor a measure, nor a state is named")
    if item.state is PlanState.NO_PLAN and item.plan:
        raise NotUnderstoodError(f"a plan is named, but the state is {item.state.label!r}")
    if item.state is PlanState.APPROVED and not item.plan:
        raise NotUnderstoodError(f"the state is {item.state.label!r}, but no document is named ({_TITLES['plan']})")
    if item.state is PlanState.CARRIED_OUT and not (item.implemented_by or item.state_wording):
        raise NotUnderstoodError(
            f"the state is {item.state.label!r} without evidence ({_TITLES['implemented_by']} or {_TITLES['evidence']})"
        )


def _differences(before: Simplification | None, after: Simplification) -> tuple[tuple[str, str, str], ...]:
    was = plan_cells(before) if before else {}
    now = plan_cells(after)
    told = (
        (column.title, cell_words(was.get(column.name)), cell_words(now[column.name])) for column in PLAN_COLUMNS[1:]
    )
    return tuple(each for each in told if each[1] != each[2])


def _new_id(item: Simplification) -> str:
    """A name that the same row of the same list gets again."""
    plan = number_key(item.plan.identity.number) if item.plan else ""
    said = "|".join((plan, *item.codes, bare(item.name), bare(item.place), bare(item.summary)))
    return f"{re.sub(r'[^a-z0-9]+', '-', plan) or 'phuong-an'}-{hashlib.sha256(said.encode()).hexdigest()[:8]}"
