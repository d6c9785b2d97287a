"""What has been done to a document, as pages tell it: a line for what one document did on one day, with its clauses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kb.ledger.procedures.legal_bases import Change
from kb.ledger.tasks.governing import Act
from kb.store import DocumentView
from web.relations import Place, places_of


@dataclass(frozen=True, slots=True)
class ToldAct:
    """What ``by`` did from the day ``since``: ``clauses`` of it say so, ``targets`` are the provisions acted on, none if whole."""

    verb: str
    by: DocumentView
    since: date | None
    clauses: tuple[Place, ...]
    targets: tuple[str, ...]


def told_acts(acts: Iterable[Act | Change]) -> list[ToldAct]:
    """The acts in their order, those of one kind by one document on one day together."""
    grouped: dict[tuple[str, str, date | None], list[Act | Change]] = {}
    for act in acts:
        grouped.setdefault((act.kind.passive_label, act.by.slug, act.since), []).append(act)
    return [_told(verb, group) for (verb, _, _), group in grouped.items()]


def _told(verb: str, acts: list[Act | Change]) -> ToldAct:
    first = acts[0]
    targets = (place.label for place in places_of("", (act.target for act in acts)))
    return ToldAct(verb, first.by, first.since, places_of(first.by.slug, map(_clause, acts)), tuple(targets))


def _clause(act: Act | Change) -> str:
    return act.path if isinstance(act, Act) else act.clause
