"""Filters of a list as plain form fields: read from the address, offered in the form, taken away by a chip."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Literal

from kb.export import Format
from kb.ledger.tasks.updates import day_of
from web.errors import RefusedError
from web.rendering import day, link

LONGEST_VALUE = 300
"""Characters of one value in an address: more than any name or number has."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a field offers, by its label."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: ``value`` as it stands in addresses, ``shown`` as a reader types it.

    ``kind`` is ``text`` (with ``options`` as suggestions), ``day``, ``choice`` (of ``options``) or ``flag``; ``narrows`` is
    False for a field that takes nothing away: the day, the sort.
    """

    name: str
    label: str
    kind: Literal["text", "day", "choice", "flag"]
    value: str = ""
    shown: str = ""
    options: tuple[Option, ...] = ()
    narrows: bool = True

    def offering(self, options: Iterable[Option]) -> Field:
        """The field with these options."""
        return replace(self, options=tuple(options))

    @property
    def day(self) -> date | None:
        """The day that a day's field holds."""
        return date.fromisoformat(self.value) if self.kind == "day" and self.value else None

    @property
    def told(self) -> str:
        """The value as a chip names it."""
        named = {option.value: option.label for option in self.options}
        return self.label if self.kind == "flag" else f"{self.label}: {named.get(self.value, self.shown)}"


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, with the address of the list without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Export:
    """The whole result as a file."""

    name: str
    media_type: str
    url: str


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of the list at ``path``."""

    path: str
    fields: tuple[Field, ...]

    def __getitem__(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    @property
    def parameters(self) -> dict[str, str]:
        """What is asked for, as parameters of an address."""
        return {field.name: field.value for field in self.fields if field.value}

    @property
    def chips(self) -> list[Chip]:
        """The filters in force."""
        chosen = [field for field in self.fields if field.narrows and field.value]
        return [Chip(field.told, self.address({field.name: ""})) for field in chosen]

    @property
    def exports(self) -> list[Export]:
        """The whole result in each format."""
        return [Export(one.value.upper(), one.media_type, self.to(f"{self.path}.{one.value}")) for one in Format]

    def address(self, changed: Mapping[str, str]) -> str:
        """The address of the list with some fields changed; paging starts anew."""
        return link(self.path, {**self.parameters, **changed})

    def to(self, path: str) -> str:
        """The address of another page under the same filters."""
        return link(path, self.parameters)

    def offering(self, **options: Iterable[Option]) -> Form:
        """The form with options for some fields, by name with ``_`` for ``-``."""
        given = {name.replace("_", "-"): tuple(held) for name, held in options.items()}
        return replace(
            self, fields=tuple(field.offering(given.get(field.name, field.options)) for field in self.fields)
        )


class Given:
    """The parameters of an address, read as fields; each reading raises ``RefusedError`` for what cannot be meant."""

    def __init__(self, parameters: Mapping[str, str]) -> None:
        self._parameters = parameters

    def text(self, name: str, label: str) -> Field:
        """Words."""
        typed = self._typed(name, label)
        return Field(name, label, "text", typed, typed)

    def day(self, name: str, label: str, *, narrows: bool = True) -> Field:
        """A day as dd/mm/yyyy or in ISO form."""
        typed = self._typed(name, label)
        found = day_of(typed) if typed else None
        if typed and found is None:
            raise RefusedError(
                f"{name}={typed[:40]!r} is no day.",
                "Give dd/mm/yyyy or yyyy-mm-dd.",
                told=f"{label}: “{typed[:40]}” không phải là một ngày.",
                way="Hãy ghi ngày dạng dd/mm/yyyy, ví dụ 31/12/2025.",
            )
        value, shown = (found.isoformat(), day(found)) if found else ("", "")
        return Field(name, label, "day", value, shown, narrows=narrows)

    def choice(self, name: str, label: str, options: Iterable[Option], *, narrows: bool = True) -> Field:
        """One of the options, by value or by label."""
        typed, known = self._typed(name, label), tuple(options)
        found = next((option for option in known if typed in {option.value, option.label}), None)
        if typed and found is None:
            raise RefusedError(
                f"{name}={typed[:40]!r} is none of the values.",
                f"Choose one of: {', '.join(option.value for option in known[:30])}.",
                told=f"{label}: không có giá trị “{typed[:40]}”.",
                way=f"Hãy chọn một trong: {'; '.join(option.label for option in known[:30])}.",
            )
        value, shown = (found.value, found.label) if found else ("", "")
        return Field(name, label, "choice", value, shown, known, narrows)

    def flag(self, name: str, label: str) -> Field:
        """Asked for or not: 1, or anything that says no."""
        typed = self._typed(name, label).lower()
        if typed not in {"", "0", "1", "true", "false"}:
            raise RefusedError(
                f"{name}={typed[:40]!r} is neither 1 nor 0.",
                "Give 1, or leave it out.",
                told=f"{label}: không có giá trị “{typed[:40]}”.",
                way="Hãy ghi 1, hoặc bỏ điều kiện này.",
            )
        value = "1" if typed in {"1", "true"} else ""
        return Field(name, label, "flag", value, value)

    def _typed(self, name: str, label: str) -> str:
        typed = " ".join(self._parameters.get(name, "").split())
        if len(typed) > LONGEST_VALUE:
            raise RefusedError(
                f"{name} has {len(typed):,} characters.",
                f"The longest that is taken has {LONGEST_VALUE}.",
                told=f"{label}: giá trị dài {len(typed)} ký tự; dài nhất là {LONGEST_VALUE} ký tự.",
                way="Hãy rút gọn.",
            )
        return typed


def options_of(kind: type[StrEnum]) -> tuple[Option, ...]:
    """The values of an enumeration by their labels."""
    return tuple(Option(one.value, getattr(one, "label", one.value)) for one in kind)


def today() -> date:
    """The reader's own day."""
    return date.today()  # noqa: DTZ011 - the reader's own day is meant
