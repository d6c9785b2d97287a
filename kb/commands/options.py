"""Options that several commands share, and how their words are read."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from kb.console import err, out, plain
from kb.export import Table, export_table
from kb.export.files import Format
from kb.export.json_file import write_objects
from kb.ledger.tasks.updates import day_of
from kb.text import fold

Choice = TypeVar("Choice", bound=StrEnum)


def parse_day(text: str) -> date:
    """A day as people type it: dd/mm/yyyy or ISO; raises what the command line shows as a wrong option."""
    day = day_of(text)
    if day is None:
        raise typer.BadParameter(f"{text!r} is no day: give dd/mm/yyyy or yyyy-mm-dd.")
    return day


def parse_choice(kind: type[Choice], text: str) -> Choice:
    """A value of an enumeration by its code or its Vietnamese label, accents or not."""
    wanted = _bare(text)
    for value in kind:
        if wanted in {_bare(value.value), _bare(getattr(value, "label", ""))}:
            return value
    known = ", ".join(f"{value.value} ({getattr(value, 'label', '')})" for value in kind)
    raise typer.BadParameter(f"{text!r} is none of: {known}.")


On = Annotated[
    date | None,
    typer.Option("--on", metavar="DATE", parser=parse_day, help="As of this day instead of today.", show_default=False),
]
Csv = Annotated[Path | None, typer.Option("--csv", metavar="OUT", help="Write a CSV file.", show_default=False)]
Xlsx = Annotated[
    Path | None, typer.Option("--xlsx", metavar="OUT", help="Write an Excel workbook.", show_default=False)
]


def pass_on(context: typer.Context, home: Path | None) -> None:
    """Before a subcommand only ``--home`` has a meaning: an option that would be lost is refused."""
    context.obj = home or context.obj
    lost = [
        name
        for name in context.params
        if name != "home" and getattr(context.get_parameter_source(name), "name", "") == "COMMANDLINE"
    ]
    if lost:
        raise typer.BadParameter(f"--{lost[0].replace('_', '-')} belongs after {context.invoked_subcommand}.")


def today() -> date:
    """The reader's own day."""
    return date.today()  # noqa: DTZ011 - the reader's own day is meant


def write_files(table: Table, path: Path | None, kind: Format) -> None:
    """Write a table into the file that was asked for, if one was."""
    if path is not None:
        export_table(table, path, kind)
        err.print(f"Wrote {plain(str(path))}.")


def print_objects(objects: Iterable[dict[str, object]]) -> None:
    """One JSON array on standard output, object by object."""
    sys.stdout.flush()
    write_objects(objects, sys.stdout.buffer)
    sys.stdout.flush()


def print_lines(lines: Iterable[str]) -> None:
    """Lines for people, as they are."""
    for line in lines:
        out.print(line, markup=False)


def _bare(words: str) -> str:
    return " ".join(fold(words).replace("_", " ").split())
