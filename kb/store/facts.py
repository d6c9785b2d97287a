"""What a description states of a document, and which of several statements the document shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.model import Evidence, Identity, ObservedDocument, PartialDate, Provenance, Status
from kb.store.codec import Row, day, rank
from kb.store.identity import lookup_key, serial_and_year, title_key
from kb.text import unwrap

FIELD = "field"
NAMES = (
    "type",
    "number",
    "issuer",
    "issued",
    "title",
    "effective",
    "expires",
    "signer",
    "place",
    "status",
    "status_wording",
    "relevance",
    FIELD,
)
_ONLY_NAMED = frozenset({Evidence.CITATION, Evidence.NEWS})


@dataclass(frozen=True, slots=True)
class Statement:
    """One value of one fact at one place."""

    name: str
    value: str
    provenance: Provenance


def stated_identity(identity: Identity) -> Iterator[tuple[str, str]]:
    """(name, value) of the known parts of an identity."""
    parts = (
        ("type", identity.type),
        ("number", identity.number),
        ("issuer", identity.issuer),
        ("issued", str(identity.issued or "")),
    )
    return ((name, value) for name, value in parts if value)


def stated(observed: ObservedDocument, identity: Identity) -> Iterator[tuple[str, str]]:
    """(name, value) of all that is stated; ``identity`` is the canonical form of the one observed."""
    yield from stated_identity(identity)
    values = (
        ("title", unwrap(observed.title)),
        ("effective", str(observed.effective or "")),
        ("expires", str(observed.expires or "")),
        ("signer", observed.signer),
        ("place", observed.place),
        ("status", "" if observed.status is Status.UNKNOWN else observed.status.value),
        ("status_wording", observed.status_wording),
        ("relevance", observed.relevance),
        *((FIELD, value) for value in observed.fields),
    )
    yield from ((name, value) for name, value in values if value)


def by_name(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    """The statements of each fact, the one to show first."""
    found: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        found[statement.name].append(statement)
    for of_one in found.values():
        of_one.sort(key=lambda statement: (*rank(statement.provenance), statement.value))
    _finest_first(found["issued"])
    return {name: of_one for name, of_one in found.items() if of_one}


def first_columns(identity: Identity, title: str) -> Row:
    """The columns of a new document row, before what is stated of it is weighed."""
    shown = dict(stated_identity(identity)) | {"title": unwrap(title)}
    return _columns(shown) | {"fields": [], "cited_only": True, "articles": 0, "has_text": False}


def document_columns(statements: Iterable[Statement], held: Identity) -> Row:
    """The columns of the document row that follow from all that is stated; what it is called stays as it was ``held``."""
    found = by_name(statements)
    shown = (
        dict(stated_identity(held))
        | {name: of_one[0].value for name, of_one in found.items()}
        | {"status_wording": _wording(found)}
    )
    evidence = {statement.provenance.evidence for of_one in found.values() for statement in of_one}
    return _columns(shown) | {
        "fields": list(dict.fromkeys(statement.value for statement in found.get(FIELD, ()))),
        "cited_only": evidence <= _ONLY_NAMED,
    }


def _columns(shown: dict[str, str]) -> Row:
    row: Row = {name: shown.get(name, "") for name in NAMES if name != FIELD}
    key = lookup_key(row["number"])
    serial, year = serial_and_year(key)
    return row | {
        "number_key": key,
        "serial": serial,
        "year": year or (PartialDate.parse(row["issued"]).year if row["issued"] else None),
        "title_key": title_key(row["title"], row["type"]),
        "effective": day(row["effective"]),
        "expires": day(row["expires"]),
    }


def _finest_first(issued: list[Statement]) -> None:
    """Among the dates that only say more than the best one ("2023", "2023-11-27"), the whole day comes first."""
    if issued:
        best = issued[0].value
        issued.sort(key=lambda statement: -len(statement.value) if statement.value.startswith(best) else 0)


def _wording(found: dict[str, list[Statement]]) -> str:
    """The wording of the place whose status is shown; of the first place where no status is known."""
    wordings = found.get("status_wording", [])
    if "status" in found:
        shown = found["status"][0].provenance
        wordings = [statement for statement in wordings if statement.provenance == shown]
    return wordings[0].value if wordings else ""
