"""The tables of the register as files: their columns, reading them, writing them so that differences stay readable."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kb.errors import UnusableInputError

HOME = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name (the file's without ``.csv``), its columns in order, and those that tell its rows apart."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


_SOURCE = ("address", "place", "evidence", "confidence", "note")

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table(
            "landscape_documents",
            (
                *("number", "type", "title", "issuer", "issued", "effective", "signer", "status_wording", "relevance"),
                *_SOURCE,
            ),
            ("number", "issuer", "issued", "address", "place"),
        ),
        Table(
            "landscape_relations",
            (
                *("kind", "subject_number", "subject_type", "subject_issued", "subject_path"),
                *("object_number", "object_type", "object_issued", "object_path", "effective", "wording"),
                *_SOURCE,
            ),
            (
                *("kind", "subject_number", "subject_issued", "subject_path"),
                *("object_number", "object_issued", "object_path", "wording"),
            ),
        ),
        Table(
            "codified_documents",
            ("source_id", "type", "number", "title", "issuer", "issued", "effective", "articles", "page"),
            ("source_id",),
        ),
        Table(
            "codified_relations",
            (
                *("kind", "subject_source_id", "subject_type", "subject_number", "subject_path"),
                *("object_source_id", "object_type", "object_number", "object_path"),
                *("effective", "wording", "place"),
            ),
            (
                *("kind", "subject_source_id", "subject_type", "subject_number", "subject_path"),
                *("object_source_id", "object_path", "effective", "wording", "place"),
            ),
        ),
        Table(
            "conflicts",
            ("id", "number", "type", "issuer", "issued", "fact", "shown", "other", "statement", *_SOURCE),
            ("id",),
        ),
        Table(
            "agencies",
            ("slug", "name", "level", "abbreviations", "held_from", "held_to", "legal_source", *_SOURCE),
            ("slug",),
        ),
        Table(
            "successions",
            ("predecessor", "successor", "on", "part", "legal_source", *_SOURCE),
            ("predecessor", "successor", "part"),
        ),
        Table(
            "indicators",
            ("id", "group", "name", "numerator", "denominator", "unit", "qualifier", "as_of", *_SOURCE),
            ("id",),
        ),
        Table(
            "indicator_points",
            ("series", "numerator", "denominator", "unit", "qualifier", "as_of", "difference", *_SOURCE),
            ("series", "address", "place"),
        ),
        Table(
            "procedures",
            ("code", "name", "other_names", "issuer", "issuer_wording", "executing", "field", "legal_bases", *_SOURCE),
            ("code",),
        ),
        Table(
            "simplifications",
            (
                *("id", "name", "ministry", "summary", "measures", "codes"),
                *("plan_type", "plan_number", "plan_issuer", "plan_issued", "clause", "amends", "implemented_by"),
                *("duty_bearer", "deadline", "deadline_wording", "state", "state_wording", *_SOURCE),
            ),
            ("id",),
        ),
        Table(
            "tasks",
            (
                *("id", "summary", "lead", "coordinating", "deadline", "deadline_wording"),
                *("source_type", "source_number", "source_issuer", "source_issued"),
                *("assigned_in", "state_wording", "deadline_kind", "path", "number", "product", *_SOURCE),
            ),
            ("id",),
        ),
    )
}

Row = dict[str, str]


def read_table(name: str, home: Path = HOME) -> Iterator[Row]:
    """The rows of a table in the order of the file; raise ``UnusableInputError`` where its columns are not the known ones."""
    path = home / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        if tuple(reader.fieldnames or ()) != TABLES[name].columns:
            raise UnusableInputError(
                f"{path.name} has the columns {reader.fieldnames}.", f"Known are {list(TABLES[name].columns)}."
            )
        yield from reader


def write_table(name: str, rows: Iterable[Mapping[str, str]], home: Path = HOME) -> int:
    """Write a table sorted by its key and give the number of rows: UTF-8, LF, RFC 4180."""
    table = TABLES[name]
    ordered = sorted(rows, key=lambda row: [natural(row[column]) for column in table.key])
    with (home / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table.columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(ordered)
    return len(ordered)


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A sort key in which 9 comes before 10: runs of digits count as numbers."""
    return tuple((int(run), "") if run.isdecimal() else (-1, run) for run in _runs(text))


def _runs(text: str) -> Iterator[str]:
    """Split into runs of digits and runs of other signs."""
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or text[index].isdecimal() != text[start].isdecimal():
            yield text[start:index]
            start = index


@cache
def digest(home: Path = HOME) -> str:
    """The sha256 of all tables together: it changes when any of them does."""
    total = hashlib.sha256()
    for name in sorted(TABLES):
        total.update(name.encode())
        total.update(hashlib.sha256((home / f"{name}.csv").read_bytes()).digest())
    return total.hexdigest()
