"""Records as JSON values, one rule for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from kb.model import PartialDate

_COMPUTED = ("citation", "url", "conflicting")


def as_values(record: object) -> Any:  # noqa: ANN401 - JSON has no one type
    """The record as JSON values: a record as an object, dates as ISO text, an enumeration as its value.

    A record's ``url`` and ``citation`` come along, and of a fact whether its sources contradict each other
    (``conflicting``). Raises ``TypeError`` for what JSON cannot say.

    >>> as_values(PartialDate(2023, 2)), as_values(Decimal("37.5"))
    ('2023-02', 37.5)
    """
    if record is None or (isinstance(record, str | int | float) and not isinstance(record, Enum)):
        return record
    simple = _simple(record)
    if simple is not None:
        return simple
    if isinstance(record, Mapping):
        return {str(key): as_values(value) for key, value in record.items()}
    if isinstance(record, list | tuple | frozenset):
        return [as_values(value) for value in record]
    if is_dataclass(record) and not isinstance(record, type):
        names = [field.name for field in fields(record)] + [name for name in _COMPUTED if _has(record, name)]
        return {name: as_values(getattr(record, name)) for name in names}
    raise TypeError(f"no JSON form for {type(record).__name__}")


def _simple(value: object) -> str | float | None:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return None


def _has(record: object, name: str) -> bool:
    return isinstance(getattr(type(record), name, None), property)
