"""What is known of whether a document or a provision stands on a day, and what says so.

Three-valued: a status that no source states and no act proves stays "chưa xác định". Nothing follows from a date alone: that a
document took effect does not say that it still stands. The rules follow Luật Ban hành văn bản quy phạm pháp luật (80/2015/QH13, Điều
151 and 154): a document ends when the term that it sets itself is over, or when one of equal or higher rank replaces it or
repeals it whole; an act on some of its provisions ends those alone. An act proves something once its day has come and a place
that was read states it.

Two statuses are a document's own word: it is not yet in force before the day from which it says to have effect, and over after
the day until which it says to. Neither says anything of the days in between. A status that a source states holds for the day the
source was read, so it gives way where the text or an act shows that it was otherwise on the day asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from kb.errors import NotFoundError
from kb.model import Confidence, Provenance, RelationKind, Status
from kb.store import Store
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

_ENDING = (RelationKind.REPEALS, RelationKind.REPLACES)
_PARTIAL = ("có nội dung", "một phần", "một số")
_EXCEPTED = re.compile(r"\b(?:trừ|riêng) (?:các |những )?(?:quy định|điều|khoản|điểm|chương|mục|phụ lục)\b")


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
    acts, facts = _acts_on(document, relations), list(facts)
    own, word = _own_word(document, facts, day)
    stated = _stated(document, facts)
    status, basis = _status(_stated_on(document, acts, day), acts, day, "", _ENDING)
    if own is not None and status is not Status.EXPIRED:
        return Standing(own, day, (*word, *stated, *map(_whole_reason, _one_a_document(acts))), _is_sure(own, [], word))
    told = (*stated, *map(_whole_reason, _one_a_document([*basis, *acts])))
    return Standing(status, day, told, _is_sure(status, basis, stated))


def provision_standing_of(  # noqa: PLR0913 - a provision, what is known of its document, and when
    document: DocumentView,
    path: str,
    facts: Iterable[Fact],
    relations: Iterable[RelationView],
    on: date | None = None,
    *,
    effective: date | None = None,
) -> Standing:
    """What is known of one provision on the day ``on`` (today by default).

    What ends or suspends the document whole does so to the provision; a status stated for the document is the provision's
    too, unless it is that only a part has expired. A provision that is replaced goes on under its number in other words:
    only its repeal ends it. ``effective`` is the day from which the provision has effect, where it has one of its own.
    """
    document = replace(document, effective=effective) if effective else document
    day, relations, facts = on or _today(), list(relations), list(facts)
    whole = standing_of(document, facts, [act for act in relations if not act.object_path], day)
    acts = [act for act in _acts_on(document, relations) if act.object_path and _bears_on(act.object_path, path)]
    inherited = Status.UNKNOWN if whole.status is Status.PARTLY_EXPIRED else whole.status
    status, basis = _status(inherited, acts, day, path, (RelationKind.REPEALS,))
    own = tuple(_reason(act, path) for act in _one_a_document([*basis, *acts]))
    if basis:
        return Standing(status, day, own, sure=True)
    return Standing(status, day, own + whole.reasons, sure=whole.sure and status is not Status.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Step:
    """One document of a chain: how it stands, the changes of it up to the day, the latest first, and what ended it.

    ``path`` is the provision that is followed, empty for the document. ``ended_by`` is None where it is not known to have
    ended.
    """

    document: DocumentView
    path: str
    standing: Standing
    changes: tuple[RelationView, ...]
    ended_by: RelationView | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """From a document to what is in its place on the day: each step ended by the next one's document.

    ``today`` is the document that stands at the end, None where the last known one has ended and nothing is stated to
    take its place. It may still be of unknown standing: nothing is known to have ended it.
    """

    steps: tuple[Step, ...]
    today: DocumentView | None


def standing_chain(store: Store, slug: str, path: str = "", on: date | None = None) -> Chain:
    """Follow a document, or a provision of it, to what stands on the day ``on`` (today by default).

    A document goes on in the one that replaces it, and in one of the same kind whose clause lets it end ("hết hiệu lực kể từ
    ngày Luật này có hiệu lực"): the case that Điều 154 calls replaced by a new document of the same agency. One that is
    repealed goes on in none. A provision goes on under its own address as long as it is changed only; where it ends with its
    document, the document is followed. Each document is met once. Raises ``NotFoundError`` for an unknown slug.
    """
    day = on or _today()
    steps: list[Step] = []
    document, passed = store.document(slug), set[str]()
    while document.slug not in passed:
        passed.add(document.slug)
        step = _step(store, document, path, day)
        steps.append(step)
        if step.ended_by is None:
            return Chain(tuple(steps), None if step.standing.status is Status.EXPIRED else document)
        if not _goes_on(step.ended_by):
            break
        document, path = step.ended_by.subject, ""
    return Chain(tuple(steps), None)


def current_form(store: Store, slug: str, on: date | None = None) -> DocumentView | None:
    """The document that stands in the place of another on a day, itself while it stands; None where none is known to."""
    return standing_chain(store, slug, "", on).today


def _step(store: Store, document: DocumentView, path: str, day: date) -> Step:
    facts, relations = store.facts(document.slug), store.relations(document.slug, "in")
    if path:
        own = _effective_of(store, document.slug, path)
        standing = provision_standing_of(document, path, facts, relations, day, effective=own)
    else:
        standing = standing_of(document, facts, relations, day)
    acts = [act for act in _acts_on(document, relations) if _proves(act, day) and _touches(act, path)]
    acts.sort(key=lambda act: act.effective or date.min, reverse=True)
    ended = [act for act in acts if act.kind in _ENDING and _takes_whole(act, "" if not act.object_path else path)]
    if path:
        ended = [act for act in ended if not act.object_path or act.kind is RelationKind.REPEALS]
    ends = standing.status is Status.EXPIRED
    return Step(document, path, standing, tuple(acts), _first_end(ended) if ends and ended else None)


def _effective_of(store: Store, slug: str, path: str) -> date | None:
    try:
        return store.article(slug, path).effective
    except NotFoundError:  # no text of it is held
        return None


def _first_end(ended: list[RelationView]) -> RelationView:
    """The act that ended something: the earliest, and of those of one day the one that something goes on in."""
    return min(ended, key=lambda act: (act.effective or date.max, not _goes_on(act), act.subject.slug))


def _touches(act: RelationView, path: str) -> bool:
    return not path or not act.object_path or _bears_on(act.object_path, path)


def _goes_on(act: RelationView) -> bool:
    if act.object_path:
        return False
    if act.kind is RelationKind.REPLACES:
        return True
    ends = act.wording.lower().startswith(("hết hiệu lực", "chấm dứt hiệu lực"))
    return ends and bool(act.object.type) and act.subject.type == act.object.type


def _own_word(document: DocumentView, facts: list[Fact], day: date) -> tuple[Status | None, tuple[Reason, ...]]:
    """What the document says of itself for the day, with the place that states it where that is given."""
    if document.effective and day < document.effective:
        text = f"Văn bản có hiệu lực từ {document.effective:%d/%m/%Y}."
        return Status.NOT_YET_IN_FORCE, _word(facts, "effective", text, None)
    if document.expires and document.expires < day:
        text = f"Văn bản chỉ áp dụng đến hết ngày {document.expires:%d/%m/%Y}."
        return Status.EXPIRED, _word(facts, "expires", text, document.expires)
    return None, ()


def _word(facts: list[Fact], name: str, text: str, since: date | None) -> tuple[Reason, ...]:
    values = [value for fact in facts if fact.name == name for value in fact.values if value.shown]
    return tuple(Reason(text, value.provenances[0], since) for value in values if value.provenances)


def _stated_on(document: DocumentView, acts: list[RelationView], day: date) -> Status:
    """The status that a source states, unless the text or an act shows that it was another on the day asked for."""
    if document.status is Status.NOT_YET_IN_FORCE and document.effective and document.effective <= day:
        return Status.UNKNOWN
    later = any(act.kind in _ENDING and act.effective and act.effective > day and _takes_whole(act, "") for act in acts)
    if document.status is Status.EXPIRED and (later or (document.expires and day <= document.expires)):
        return Status.UNKNOWN
    return document.status


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

    A source that names no provision but says "có nội dung bị bãi bỏ", leaves provisions out ("trừ các quy định …"), or keeps its
    wording to itself, does not prove that.
    """
    wording = act.wording.lower()
    if any(phrase in wording for phrase in _PARTIAL) or _EXCEPTED.search(wording):
        return False
    if not _covers(act.object_path, path):
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


def _whole_reason(act: RelationView) -> Reason:
    return _reason(act, "")


def _reason(act: RelationView, path: str) -> Reason:
    verb = act.kind.passive_label.removesuffix(" bởi")
    scope = " một phần" if act.kind is RelationKind.REPEALS and not _takes_whole(act, path) else ""
    since = f" từ {act.effective:%d/%m/%Y}" if act.effective else ", ngày chưa rõ"
    text = f"{verb[:1].upper()}{verb[1:]}{scope} bởi {act.subject.citation}{since}."
    return Reason(text, act.provenances[0], act.effective, act.subject)
