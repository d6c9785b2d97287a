"""Legal bases of procedures: the document that each names, and how that stands on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from kb.addresses import provision_address
from kb.model import Confidence, DocumentReference, LegalBasis, RelationKind, Status
from kb.store import DocumentView, RelationView, Store
from kb.validity import CHANGES, Standing, Step, standing_chain, standing_of


class Movement(StrEnum):
    """What has become of a legal basis up to a day, the gravest first."""

    REPEALED = "repealed"
    REPLACED = "replaced"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    AMENDED = "amended"
    NOT_YET = "not_yet"
    UNMOVED = "unmoved"
    UNRESOLVED = "unresolved"

    @property
    def label(self) -> str:
        """What the page calls it."""
        return _LABELS[self]

    @property
    def fallen(self) -> bool:
        """Whether the document is known to stand no more."""
        return self in {Movement.REPEALED, Movement.REPLACED, Movement.EXPIRED}


_LABELS = {
    Movement.REPEALED: "đã bị bãi bỏ",
    Movement.REPLACED: "đã bị thay thế",
    Movement.EXPIRED: "đã hết hiệu lực",
    Movement.SUSPENDED: "đang ngưng hiệu lực",
    Movement.AMENDED: "đã được sửa đổi, bổ sung",
    Movement.NOT_YET: "chưa có hiệu lực",
    Movement.UNMOVED: "chưa thấy thay đổi",
    Movement.UNRESOLVED: "chưa xác định được văn bản",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What a document did to a legal basis: ``clause`` of ``by`` says so, ``target`` is the provision acted on, '' if whole.

    ``since`` is the day from which it holds, that of the acting document where the act states none; None where neither is known.
    """

    kind: RelationKind
    by: DocumentView
    clause: str
    target: str
    since: date | None

    @property
    def url(self) -> str:
        """The address of the clause."""
        return provision_address(self.by.slug, self.clause) if self.clause else self.by.url


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis on a day.

    ``document`` is the one it names, None where none fits or several do (then ``candidates``). ``changes`` are all up to the
    day, the latest first; ``ended`` the one that ended it; ``today`` what stands in its place, itself while nothing ended it.
    """

    printed: LegalBasis
    on: date
    document: DocumentView | None = None
    candidates: tuple[DocumentView, ...] = ()
    standing: Standing | None = None
    changes: tuple[Change, ...] = ()
    ended: Change | None = None
    today: DocumentView | None = None

    @property
    def movement(self) -> Movement:
        """What has become of it."""
        if self.standing is None:
            return Movement.UNRESOLVED
        if self.standing.status is Status.EXPIRED:
            return _ENDINGS.get(self.ended.kind, Movement.EXPIRED) if self.ended else Movement.EXPIRED
        if self.standing.status is Status.SUSPENDED:
            return Movement.SUSPENDED
        if self.changes:
            return Movement.AMENDED
        return Movement.NOT_YET if self.standing.status is Status.NOT_YET_IN_FORCE else Movement.UNMOVED

    @property
    def successor(self) -> DocumentView | None:
        """What stands in the place of a basis that has ended; None where nothing is known to, or it has not ended."""
        return self.today if self.movement.fallen and self.today != self.document else None

    def changes_since(self, day: date) -> tuple[Change, ...]:
        """The changes that took effect after a day."""
        return tuple(change for change in self.changes if change.since and change.since > day)


_ENDINGS = {RelationKind.REPEALS: Movement.REPEALED, RelationKind.REPLACES: Movement.REPLACED}


_Followed = tuple[Standing, tuple[Change, ...], Change | None, DocumentView | None]


class LegalBases:
    """The legal bases of a store's procedures on one day; each document is followed once."""

    def __init__(self, store: Store, on: date) -> None:
        self._store = store
        self._on = on
        self._found: dict[DocumentReference, list[DocumentView]] = {}
        self._followed: dict[str, _Followed] = {}

    def of(self, bases: Iterable[LegalBasis]) -> tuple[Basis, ...]:
        """Each basis with what has become of it."""
        return tuple(map(self.one, bases))

    def one(self, basis: LegalBasis) -> Basis:
        """One basis with what has become of it."""
        found = self._resolve(basis.reference) if basis.reference else []
        if len(found) != 1:
            return Basis(basis, self._on, candidates=tuple(found))
        return Basis(basis, self._on, found[0], (), *self._follow(found[0]))

    def _resolve(self, reference: DocumentReference) -> list[DocumentView]:
        key = DocumentReference(reference.identity, reference.title)
        if key not in self._found:
            self._found[key] = self._store.resolve(key)
        return self._found[key]

    def _follow(self, document: DocumentView) -> _Followed:
        if document.slug not in self._followed:
            self._followed[document.slug] = (standing_of(document, (), (), self._on), (), None, document)
            if document.slug in self._acted_on or document.expires or document.status is Status.EXPIRED:
                self._followed[document.slug] = self._followed_anew(document)
        return self._followed[document.slug]

    def _followed_anew(self, document: DocumentView) -> _Followed:
        chain = standing_chain(self._store, document.slug, "", self._on)
        first: Step = chain.steps[0]
        acts = [act for act in self._acted_on.get(document.slug, ()) if _is_read(act)]
        known = [change for change in map(_change, acts) if change.kind not in _ENDINGS or change.target]
        changes = {*map(_change, first.changes), *(change for change in known if self._has_come(change))}
        ended, today = first.ended_by, chain.today
        if ended is None and first.standing.status is Status.EXPIRED:
            ended = next((act for act in acts if act.kind is RelationKind.REPLACES and not act.object_path), None)
            today = self._follow(ended.subject)[3] if ended else None
        latest = sorted(
            changes, key=lambda change: (change.since or date.min, change.by.slug, change.target), reverse=True
        )
        return first.standing, tuple(latest), _change(ended) if ended else None, today

    def _has_come(self, change: Change) -> bool:
        """Whether a change had taken effect by the day; one of unknown day had if its document was issued."""
        if change.since is not None:
            return change.since <= self._on
        issued = change.by.issued
        return issued is None or issued.year <= self._on.year

    @cached_property
    def _acted_on(self) -> Mapping[str, list[RelationView]]:
        return self._store.relations_of_kinds(CHANGES)


def _change(act: RelationView) -> Change:
    """The change; an act that states no day of its own takes effect with its document."""
    return Change(act.kind, act.subject, act.subject_path, act.object_path, act.effective or act.subject.effective)


def _is_read(act: RelationView) -> bool:
    return any(place.confidence is Confidence.VERIFIED for place in act.provenances)
