"""Field filters: their names as people type them, and what their values mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from indexer.abbreviations import expand
from indexer.plan import FILTERS, Filter, Step
from kb.model import HitKind, Status
from kb.numbers import DOCUMENT_TYPES
from kb.text import fold

_NAMES = {
    "kind": ("kieu", "kind"),
    "type": ("loai", "loaivanban", "type"),
    "issuer": ("coquan", "coquanbanhanh", "issuer"),
    "year": ("nam", "nambanhanh", "year"),
    "status": ("hieuluc", "tinhtrang", "tinhtranghieuluc", "status"),
    "field": ("linhvuc", "demuc", "field"),
}
LABELS = {
    "kind": "kiểu",
    "type": "loại",
    "issuer": "cơ-quan",
    "year": "năm",
    "status": "hiệu-lực",
    "field": "lĩnh-vực",
}
_FIELD_OF = {name: field for field in FILTERS for name in _NAMES[field]}

_KINDS = {
    "dieu": HitKind.ARTICLE,
    "vanban": HitKind.DOCUMENT,
    "thutuc": HitKind.PROCEDURE,
    "thutuchanhchinh": HitKind.PROCEDURE,
    "tthc": HitKind.PROCEDURE,
    "nhiemvu": HitKind.TASK,
} | {kind.value: kind for kind in HitKind}

# What still stands stands at least in part; the full words of the law mean exactly that status.
_STATUSES = {
    "con": (Status.IN_FORCE, Status.PARTLY_EXPIRED),
    "het": (Status.EXPIRED,),
    "hethieuluc": (Status.EXPIRED,),
    "hettoanbo": (Status.EXPIRED,),
    "hetmotphan": (Status.PARTLY_EXPIRED,),
    "motphan": (Status.PARTLY_EXPIRED,),
    "chua": (Status.NOT_YET_IN_FORCE,),
    "ngung": (Status.SUSPENDED,),
    "khongconphuhop": (Status.NO_LONGER_SUITABLE,),
    "chuaro": (Status.UNKNOWN,),
}


@dataclass(frozen=True, slots=True)
class FilterReading:
    """What a filter was read as: None where its value means nothing, and the steps that say so."""

    filter: Filter | None
    steps: tuple[Step, ...]


def field_named(name: str) -> str:
    """The field of FILTERS that a name stands for, "" for none; accents, case, blanks and hyphens do not matter.

    >>> field_named("Cơ-quan ban hành"), field_named("co_quan"), field_named("màu")
    ('issuer', 'issuer', '')
    """
    return _FIELD_OF.get(_squeezed(name), "")


def read_filter(field: str, raw: str) -> FilterReading:
    """The filter on ``field`` that the typed value means: values parted by "|" or ",", quoted or not."""
    text = f"{LABELS[field]}:{raw}"
    values = [value for value in map(_value, _VALUES.findall(raw)) if value]
    return _read_years(raw, text) if field == "year" else _read_values(field, values, text)


_VALUES = re.compile(r'["“„][^"“”„]*+["”“]|[^|,"“”„]++')
_YEARS = re.compile(r"(\d{4})?\s*(?:\.{2,}|…|-)\s*(\d{4})?")
_YEAR = re.compile(r"\d{4}")


def _value(raw: str) -> str:
    """Within quotes a value is as it stands; without, hyphens and underscores are blanks: ``bo-cong-an``."""
    quoted = raw[:1] in ('"', "“", "„")
    return " ".join((raw.strip('"“”„') if quoted else re.sub(r"[-_]", " ", raw)).split())


def _read_values(field: str, values: list[str], text: str) -> FilterReading:
    known: dict[str, None] = {}
    steps: list[Step] = []
    for value in values:
        meant = _meant(field, value)
        known |= dict.fromkeys(meant)
        if not meant:
            steps.append(_refusal(field, value))
    if not known:
        return FilterReading(None, tuple(steps))
    said = " hoặc ".join(_label(field, value) for value in known)
    steps.append(Step("filter", text, f"Chỉ lấy {_SAID[field]} “{said}”."))
    return FilterReading(Filter(field, tuple(known), text), tuple(steps))


_SAID = {
    "kind": "kết quả kiểu",
    "type": "loại văn bản",
    "issuer": "cơ quan ban hành",
    "status": "tình trạng hiệu lực",
    "field": "lĩnh vực",
}


def _meant(field: str, value: str) -> tuple[str, ...]:
    key = _squeezed(value)
    if field == "kind":
        return (_KINDS[key].value,) if key in _KINDS else ()
    if field == "status":
        return tuple(status.value for status in _statuses().get(key, ()))
    if field == "type":
        return (_types().get(key, value),)
    return expand(value)[:1] or (value,)


def _refusal(field: str, value: str) -> Step:
    options = [kind.label for kind in HitKind] if field == "kind" else [status.label for status in Status]
    meaning = f"Bỏ bộ lọc: không có {LABELS[field]} “{value}”, chỉ có {', '.join(options)}."
    return Step("repair", f"{LABELS[field]}:{value}", meaning)


def _label(field: str, value: str) -> str:
    if field == "kind":
        return HitKind(value).label
    return Status(value).label if field == "status" else value


def _read_years(raw: str, text: str) -> FilterReading:
    bare = raw.replace('"', " ").replace("“", " ").replace("”", " ").strip()
    span = _YEARS.fullmatch(bare)
    if span is not None and (span[1] or span[2]):
        return _year_span(*(int(year) if year else None for year in span.groups()), text=text)
    years = dict.fromkeys(_YEAR.findall(bare))
    if not years:
        return FilterReading(None, (Step("repair", text, f"Bỏ bộ lọc: “{bare}” không phải là năm."),))
    if len(years) == 1:
        return _year_span(int(*years), int(*years), text=text)
    step = Step("filter", text, f"Chỉ lấy văn bản ban hành năm {' hoặc '.join(years)}.")
    return FilterReading(Filter("year", tuple(years), text), (step,))


def _year_span(first: int | None, last: int | None, *, text: str) -> FilterReading:
    steps = []
    if first is not None and last is not None and first > last:
        first, last = last, first
        steps.append(Step("repair", text, f"Đổi lại thứ tự hai năm: {first}..{last}."))
    steps.append(Step("filter", text, f"Chỉ lấy văn bản ban hành {_years_said(first, last)}."))
    return FilterReading(Filter("year", (), text, first, last), tuple(steps))


def _years_said(first: int | None, last: int | None) -> str:
    if first == last:
        return f"năm {first}"
    begin = "" if first is None else f"từ năm {first}"
    return f"{begin} đến năm {last}".strip() if last is not None else begin


def _squeezed(text: str) -> str:
    return re.sub(r"[\s_-]+", "", fold(text))


@cache
def _statuses() -> dict[str, tuple[Status, ...]]:
    whole = {_squeezed(name): (status,) for status in Status for name in (status.label, status.value)}
    return whole | _STATUSES


@cache
def _types() -> dict[str, str]:
    """From a type's name or abbreviation, squeezed, to its name."""
    names = {_squeezed(name): name for name, _ in DOCUMENT_TYPES}
    return {_squeezed(short): name for name, shorts in DOCUMENT_TYPES for short in shorts} | names
