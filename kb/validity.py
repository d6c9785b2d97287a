"""What is known of whether a document stands on a day, and what says so.

Three-valued: a status that no source states and no act proves stays "chưa xác định". Nothing follows from a date alone: that a
document took effect does not say that it still stands. The rules follow Luật Ban hành văn bản quy phạm pháp luật (80/2015/QH13, Điều
154): a document ends when one of equal or higher rank replaces it or repeals it whole; an act on some of its provisions
ends those alone.
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

_PARTIAL = "có nội dung"


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
    """The status of a document on a day, with everything that bears on it; ``sure`` if verified sources say so."""

    status: Status
    on: date
    reasons: tuple[Reason, ...]
    sure: bool


def standing_of(
    document: DocumentView, facts: Iterable[Fact], relations: Iterable[RelationView], on: date | None = None
) -> Standing:
    """What is known of the document on the day ``on`` (today by default) from its facts and the acts upon it."""
    day = on or date.today()  # noqa: DTZ011 - the reader's own day is meant
    acts = [one for one in relations if one.kind in CHANGES and one.object.slug == document.slug]
    done = [act for act in acts if act.effective is not None and act.effective <= day]
    ended = [act for act in done if _ends_whole(act)]
    parted = [act for act in done if act.kind is RelationKind.REPEALS and act not in ended]
    stated = _stated(document, facts)
    status = _status(document, ended, parted)
    told = [*stated, *(_reason(act) for act in _one_a_document([*ended, *acts]))]
    basis = [*(ended or parted)] if status is not document.status else []
    sources = [act.provenances[0] for act in basis[:1]] or [reason.provenance for reason in stated]
    sure = status is not Status.UNKNOWN and any(source.confidence is Confidence.VERIFIED for source in sources)
    return Standing(status, day, tuple(told), sure)


def _status(document: DocumentView, ended: list[RelationView], parted: list[RelationView]) -> Status:
    if ended:
        return Status.EXPIRED
    if parted and document.status in {Status.UNKNOWN, Status.IN_FORCE}:
        return Status.PARTLY_EXPIRED
    return document.status


def _ends_whole(act: RelationView) -> bool:
    """Whether an act ends the document as a whole.

    A source that names no provision but says "có nội dung bị bãi bỏ", or keeps its wording to itself, does not prove that.
    """
    if act.object_path:
        return False
    if act.kind is RelationKind.REPLACES:
        return True
    return act.kind is RelationKind.REPEALS and bool(act.wording) and _PARTIAL not in act.wording.lower()


def _stated(document: DocumentView, facts: Iterable[Fact]) -> list[Reason]:
    """What sources say of the status in so many words."""
    return [
        Reason(f"Nguồn nêu: {_in_words(fact.name, value.value)}", value.provenances[0], value.provenances[0].retrieved)
        for fact in facts
        if fact.name == "status_wording" or (fact.name == "status" and not document.status_wording)
        for value in fact.values
        if value.value and value.value != Status.UNKNOWN
    ]


def _in_words(name: str, value: str) -> str:
    return Status(value).label if name == "status" else value


def _one_a_document(acts: Iterable[RelationView]) -> list[RelationView]:
    """The first act of each kind by each document, the latest first: the relations themselves list every place."""
    first: dict[tuple[RelationKind, str], RelationView] = {}
    for act in acts:
        first.setdefault((act.kind, act.subject.slug), act)
    return sorted(first.values(), key=lambda act: act.effective or date.min, reverse=True)


def _reason(act: RelationView) -> Reason:
    label = act.kind.passive_label
    scope = " một phần" if act.kind is RelationKind.REPEALS and not _ends_whole(act) else ""
    verb = label.removesuffix(" bởi")
    since = f" từ {act.effective:%d/%m/%Y}" if act.effective else ", ngày chưa rõ"
    text = f"{verb[:1].upper()}{verb[1:]}{scope} bởi {act.subject.citation}{since}."
    return Reason(text, act.provenances[0], act.effective, act.subject)
