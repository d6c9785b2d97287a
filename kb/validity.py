"""What is known of whether a document or a provision stands on a day, and what says so.

Three-valued: a status that no source states and no act proves stays "chưa xác định". Nothing follows from a date alone: that a
document took effect does not say that it still stands. The rules follow Luật Ban hành văn bản quy phạm pháp luật (80/2015/QH13, Điều
154): a document ends when one of equal or higher rank replaces it or repeals it whole; an act on some of its provisions
ends those alone. An act proves something once its day has come and a place that was read states it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kb.model import Confidence, Provenance, RelationKind, Status
from kb.store.views import DocumentView, Fact, RelationView

CHANGES = frozenset(
    {
        RelationKind.AMENDS,
        RelationKind.SUPPLEMENTS,
        RelationKind.REPLACES,
        RelationKind.REPEALS,
        RelationKind.SUSPENDS,
        RelationKind.CORRECTS,
    }
)
"""Acts that change what another document says or whether it stands."""

_PARTIAL = ("có nội dung", "một phần", "một số")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a document stands as it does: what a source states, or what another document did to it.

    ``text`` is a Vietnamese sentence; ``since`` the day from which it holds, where known; ``by`` the acting document.
    """

    text: str
    provenance: Provenance
    since: date | None = None
    by: DocumentView | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of a document or provision on a day, with everything that bears on it; ``sure`` if verified sources say so."""

    status: Status
    on: date
    reasons: tuple[Reason, ...]
    sure: bool


def standing_of(
    document: DocumentView, facts: Iterable[Fact], relations: Iterable[RelationView], on: date | None = None
) -> Standing:
    """What is known of the document on the day ``on`` (today by default) from its facts and the acts upon it."""
    day = on or _today()
    acts = _acts_on(document, relations)
    stated = _stated(document, facts)
    status, basis = _status(document.status, acts, day, "", (RelationKind.REPEALS, RelationKind.REPLACES))
    told = (*stated, *(_reason(act, "") for act in _one_a_document([*basis, *acts])))
    return Standing(status, day, told, _is_sure(status, basis, stated))


def provision_standing_of(
    document: DocumentView,
    path: str,
    facts: Iterable[Fact],
    relations: Iterable[RelationView],
    on: date | None = None,
) -> Standing:
    """What is known of one provision on the day ``on`` (today by default).

    What ends or suspends the document whole does so to the provision; a status stated for the document is the provision's
    too, unless it is that only a part has expired. A provision that is replaced goes on under its number in other words:
    only its repeal ends it.
    """
    day, relations, facts = on or _today(), list(relations), list(facts)
    whole = standing_of(document, facts, [act for act in relations if not act.object_path], day)
    acts = [act for act in _acts_on(document, relations) if act.object_path and _bears_on(act.object_path, path)]
    inherited = Status.UNKNOWN if whole.status is Status.PARTLY_EXPIRED else whole.status
    status, basis = _status(inherited, acts, day, path, (RelationKind.REPEALS,))
    own = tuple(_reason(act, path) for act in _one_a_document([*basis, *acts]))
    if basis:
        return Standing(status, day, own, sure=True)
    return Standing(status, day, own + whole.reasons, sure=whole.sure and status is not Status.UNKNOWN)


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the reader's own day is meant


def _acts_on(document: DocumentView, relations: Iterable[RelationView]) -> list[RelationView]:
    return [one for one in relations if one.kind in CHANGES and one.object.slug == document.slug]


def _status(
    stated: Status, acts: list[RelationView], day: date, path: str, ending: tuple[RelationKind, ...]
) -> tuple[Status, list[RelationView]]:
    """The gravest status that an act proves, with the acts that prove it; else the stated one, with none."""
    proven = [act for act in acts if _proves(act, day)]
    ends = [act for act in proven if act.kind in ending]
    if ended := [act for act in ends if _takes_whole(act, path)]:
        return Status.EXPIRED, ended
    if stated not in {Status.UNKNOWN, Status.IN_FORCE}:
        return stated, []
    if halted := [act for act in proven if act.kind is RelationKind.SUSPENDS and _takes_whole(act, path)]:
        return Status.SUSPENDED, halted
    parted = [act for act in ends if act.kind is RelationKind.REPEALS]
    return (Status.PARTLY_EXPIRED, parted) if parted else (stated, [])


def _proves(act: RelationView, day: date) -> bool:
    """Whether a status may rest on an act: its day is known and has come, and a place that was read states it."""
    read = any(place.confidence is Confidence.VERIFIED for place in act.provenances)
    return read and act.effective is not None and act.effective <= day


def _takes_whole(act: RelationView, path: str) -> bool:
    """Whether an act takes all of a provision, or of the document where ``path`` is empty.

    A source that names no provision but says "có nội dung bị bãi bỏ", or keeps its wording to itself, does not prove that.
    """
    wording = act.wording.lower()
    if any(phrase in wording for phrase in _PARTIAL) or not _covers(act.object_path, path):
        return False
    return bool(act.object_path or wording) or act.kind is RelationKind.REPLACES


def _covers(upper: str, path: str) -> bool:
    return not upper or path == upper or path.startswith(upper + ".")


def _bears_on(acted_on: str, path: str) -> bool:
    return _covers(acted_on, path) or _covers(path, acted_on)


def _is_sure(status: Status, basis: list[RelationView], stated: tuple[Reason, ...]) -> bool:
    read = any(reason.provenance.confidence is Confidence.VERIFIED for reason in stated)
    return bool(basis) or (status is not Status.UNKNOWN and read)


def _stated(document: DocumentView, facts: Iterable[Fact]) -> tuple[Reason, ...]:
    """What sources say of the status in so many words."""
    return tuple(
        Reason(f"Nguồn nêu: {_in_words(fact.name, value.value)}", value.provenances[0], value.provenances[0].retrieved)
        for fact in facts
        if fact.name == "status_wording" or (fact.name == "status" and not document.status_wording)
        for value in fact.values
        if value.value and value.value != Status.UNKNOWN
    )


def _in_words(name: str, value: str) -> str:
    return Status(value).label if name == "status" else value


def _one_a_document(acts: Iterable[RelationView]) -> list[RelationView]:
    """The first act of each kind by each document, the latest first: the relations themselves list every place."""
    first: dict[tuple[RelationKind, str], RelationView] = {}
    for act in acts:
        first.setdefault((act.kind, act.subject.slug), act)
    return sorted(first.values(), key=lambda act: act.effective or date.min, reverse=True)


def _reason(act: RelationView, path: str) -> Reason:
    verb = act.kind.passive_label.removesuffix(" bởi")
    scope = " một phần" if act.kind is RelationKind.REPEALS and not _takes_whole(act, path) else ""
    since = f" từ {act.effective:%d/%m/%Y}" if act.effective else ", ngày chưa rõ"
    text = f"{verb[:1].upper()}{verb[1:]}{scope} bởi {act.subject.citation}{since}."
    return Reason(text, act.provenances[0], act.effective, act.subject)
