"""What the commands that take in a filled-in table share: their options, and what they tell at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Protocol

import typer

from kb.commands.options import parse_day, print_lines
from kb.console import err, print_result

DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change; write nothing.")]
Partial = Annotated[
    bool, typer.Option("--partial", help="Leave out rows that are not understood instead of refusing all.")
]
AsOf = Annotated[
    date | None, typer.Option(parser=parse_day, metavar="DATE", help="Day that the table speaks of, for all rows.")
]


class Told(Protocol):
    """A row that changes something."""

    @property
    def line(self) -> int:
        """Its line in the file."""

    @property
    def summary(self) -> str:
        """What changes, in one line."""


class Refused(Protocol):
    """A row that is not understood."""

    @property
    def line(self) -> int:
        """Its line in the file."""

    @property
    def why(self) -> str:
        """What is not understood."""


class Found(Protocol):
    """What a table says beside what is held."""

    @property
    def name(self) -> str:
        """The table's name."""

    @property
    def changes(self) -> Sequence[Told]:
        """The rows that change something."""

    @property
    def unchanged(self) -> int:
        """How many rows say what is held already."""

    @property
    def refusals(self) -> Sequence[Refused]:
        """The rows that are not understood."""


def tell_update(  # noqa: PLR0913 - what a command knows of its table
    found: Found,
    written: int,
    changes: Sequence[Mapping[str, object]],
    *,
    unread: Sequence[str] = (),
    partial: bool,
    as_json: bool,
) -> None:
    """Say what changed and what was refused; ends with exit status 1 where rows were refused and nothing was written.

    ``changes`` are the changed rows as JSON objects; ``unread`` columns of the table that mean nothing here.
    """
    values = {
        "name": found.name,
        "changes": list(changes),
        "unchanged": found.unchanged,
        "refused": [{"line": refusal.line, "why": refusal.why} for refusal in found.refusals],
        "unread_columns": list(unread),
        "written": written,
    }
    print_result(values, as_json, lambda: print_lines(_lines(found, written, unread)))
    if found.refusals and not partial:
        err.print("Nothing was written: mend the lines, or leave them out with --partial.")
        raise typer.Exit(1)


def _lines(found: Found, written: int, unread: Sequence[str]) -> Iterator[str]:
    yield from (f"line {change.line}: {change.summary}" for change in found.changes)
    yield from (f"line {refusal.line} REFUSED: {refusal.why}" for refusal in found.refusals)
    if unread:
        yield f"columns not read: {', '.join(unread)}"
    yield (
        f"{len(found.changes)} to change, {found.unchanged} as known, {len(found.refusals)} refused; {written} written."
    )
