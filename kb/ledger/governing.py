"""What a task stands on: the clause that assigns it, what it rests on, what governs its subject, and whether each still stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from kb.addresses import provision_address
from kb.citation import Citation, find_citations
from kb.errors import NotFoundError
from kb.model import DocumentReference, PartialDate, Provision, ProvisionKind, RelationKind, Status, TaskLink
from kb.store import DocumentView, RelationView, Store
from kb.validity import CHANGES, Standing, provision_standing_of, standing_of

_ENDING = (RelationKind.REPLACES, RelationKind.REPEALS)
_LONGEST_SHOWN = 20_000
_DAY = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")


class Role(StrEnum):
    """How a document bears on a task."""

    ASSIGNED_BY = "assigned_by"
    LISTED_IN = "listed_in"
    CITED = "cited"
    BASIS = "basis"
    CONFIRMED = "confirmed"
    SUGGESTED = "suggested"

    @property
    def label(self) -> str:
        """What the page calls it."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {
    Role.ASSIGNED_BY: "giao nhiệm vụ",
    Role.LISTED_IN: "liệt kê nhiệm vụ",
    Role.CITED: "được nhiệm vụ dẫn chiếu",
    Role.BASIS: "căn cứ của văn bản giao nhiệm vụ",
    Role.CONFIRMED: "điều chỉnh nội dung nhiệm vụ, đã có người xác nhận",
    Role.SUGGESTED: "gợi ý của tìm kiếm, chưa có người xác nhận",
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A document (``path`` of it, if given) that a search holds to govern a task; ``why`` says what was found there."""

    slug: str
    path: str = ""
    why: str = ""


Suggest = Callable[[str], Sequence[Suggestion]]
"""From the words of a task to what may govern its subject, the best first."""


@dataclass(frozen=True, slots=True)
class Act:
    """What a document did to another: ``path`` is the clause that says so, ``target`` the provision acted on; empty if whole."""

    kind: RelationKind
    by: DocumentView
    path: str
    target: str
    since: date | None
    wording: str = ""

    @property
    def url(self) -> str:
        """The address of the clause."""
        return provision_address(self.by.slug, self.path) if self.path else self.by.url


@dataclass(frozen=True, slots=True)
class Foundation:
    """A document or clause that a task stands on.

    ``wording`` is how it is named; ``document`` the one stored under that name, None where none or several fit (then
    ``candidates``). ``held`` tells whether the store holds the text of ``path``, None where no path is known; ``text`` is that
    text to the letter, unless it is a whole annex. ``acts`` are the changes of it up to the day, ``chain`` what ended it and
    what took its place, step by step to what stands on the day.
    """

    role: Role
    wording: str
    document: DocumentView | None = None
    path: str = ""
    candidates: tuple[DocumentView, ...] = ()
    held: bool | None = None
    text: str = ""
    standing: Standing | None = None
    acts: tuple[Act, ...] = ()
    chain: tuple[Act, ...] = ()
    link: TaskLink | None = None
    note: str = ""

    @property
    def status(self) -> Status:
        """Where it stands on the day; unknown where the document is not known."""
        return self.standing.status if self.standing else Status.UNKNOWN

    @property
    def fallen(self) -> bool:
        """Whether it is known to stand no more."""
        return self.status is Status.EXPIRED

    @property
    def successor(self) -> DocumentView | None:
        """What stands in its place on the day; None where nothing is known to."""
        taken = [act for act in self.chain if act.kind is RelationKind.REPLACES]
        return taken[-1].by if taken else None

    @property
    def url(self) -> str:
        """Its address; empty where the document is not known."""
        if self.document is None:
            return ""
        return provision_address(self.document.slug, self.path) if self.path and self.held else self.document.url


class Foundations:
    """Reads what documents a store holds and how they stand on the day ``on``, each document once."""

    def __init__(self, store: Store, on: date) -> None:
        self._store = store
        self.on = on
        self._resolved: dict[DocumentReference, tuple[DocumentView, ...]] = {}
        self._read: dict[str, _Known] = {}

    def resolve(self, reference: DocumentReference) -> tuple[DocumentView, ...]:
        """The stored documents that a reference may name."""
        bare = replace(reference, wording="")
        if bare not in self._resolved:
            self._resolved[bare] = tuple(self._store.resolve(bare))
        return self._resolved[bare]

    def named(self, role: Role, reference: DocumentReference, wording: str = "", path: str = "") -> Foundation:
        """The foundation that a reference names."""
        found = self.resolve(reference)
        said = wording or reference.wording or reference.title or reference.identity.number
        if len(found) == 1:
            return self.of(role, found[0], path, said)
        return Foundation(role, said, path=path, candidates=found)

    def of(self, role: Role, document: DocumentView, path: str = "", wording: str = "") -> Foundation:
        """The foundation that a stored document or provision is."""
        known = self._known(document)
        provision = self._provision(document, path) if path else None
        standing = known.standing(path if provision else "", self.on)
        return Foundation(
            role=role,
            wording=wording or document.citation,
            document=document,
            path=path,
            held=None if not path else provision is not None,
            text=_shown(provision),
            standing=standing,
            acts=tuple(known.acts(path, self.on)),
            chain=self._chain(document, path, standing),
        )

    def cited(self, texts: Iterable[str]) -> Iterator[Foundation]:
        """The documents that texts cite, each once."""
        seen: set[str] = set()
        for citation in (found for text in texts for found in citations_in(text)):
            foundation = self.named(Role.CITED, citation[0], citation[1])
            name = foundation.document.slug if foundation.document else citation[0].identity.number or citation[1]
            if name not in seen:
                seen.add(name)
                yield foundation

    def bases(self, document: DocumentView) -> Iterator[Foundation]:
        """The legal bases of a document."""
        for relation in self._known(document).relations:
            if relation.kind is RelationKind.BASED_ON and relation.subject.slug == document.slug:
                yield self.of(Role.BASIS, relation.object, relation.object_path)

    def confirmed(self, link: TaskLink) -> Foundation:
        """What a person says governs a task."""
        return replace(self.named(Role.CONFIRMED, link.document, path=link.path), link=link, note=link.note)

    def suggested(self, suggestion: Suggestion) -> Foundation | None:
        """What a search suggests; None where the store holds no such document any more."""
        try:
            document = self._store.document(suggestion.slug)
        except NotFoundError:
            return None
        return replace(self.of(Role.SUGGESTED, document, suggestion.path), note=suggestion.why)

    def _chain(self, document: DocumentView, path: str, standing: Standing) -> tuple[Act, ...]:
        """What ended a document and its successors one after another, up to what is not known to have ended by the day."""
        steps: list[Act] = []
        passed = {document.slug}
        while standing.status is Status.EXPIRED:
            ending = self._ending(document, path, standing)
            if ending is None:
                break
            steps.append(ending)
            if ending.kind is not RelationKind.REPLACES or ending.by.slug in passed:
                break
            document, path = ending.by, ""
            passed.add(document.slug)
            standing = self._known(document).standing("", self.on)
        return tuple(steps)

    def _ending(self, document: DocumentView, path: str, standing: Standing) -> Act | None:
        """The act that the standing rests on; one that puts something in the place before one that only ends."""
        proving = {(reason.by.slug, reason.since) for reason in standing.reasons if reason.by}
        acts = [
            act
            for act in self._known(document).acts(path, self.on)
            if act.kind in _ENDING and (act.by.slug, act.since) in proving
        ]
        return min(acts, key=lambda act: (_ENDING.index(act.kind), bool(act.target)), default=None)

    def _provision(self, document: DocumentView, path: str) -> Provision | None:
        try:
            article = self._store.article(document.slug, path)
        except NotFoundError:
            return None
        wanted = article.place or article.provision.path
        return next((node for node in article.provision.walk() if node.path == wanted), None)

    def _known(self, document: DocumentView) -> _Known:
        if document.slug not in self._read:
            self._read[document.slug] = _Known(self._store, document)
        return self._read[document.slug]


class _Known:
    """What the store holds of one document, read when it is first asked for."""

    def __init__(self, store: Store, document: DocumentView) -> None:
        self._store = store
        self._document = document
        self._standings: dict[tuple[str, date], Standing] = {}

    @cached_property
    def relations(self) -> tuple[RelationView, ...]:
        return self._store.relations(self._document.slug)

    def standing(self, path: str, on: date) -> Standing:
        if (path, on) not in self._standings:
            facts = self._store.facts(self._document.slug)
            self._standings[path, on] = (
                provision_standing_of(self._document, path, facts, self.relations, on)
                if path
                else standing_of(self._document, facts, self.relations, on)
            )
        return self._standings[path, on]

    def acts(self, path: str, on: date) -> list[Act]:
        """The changes of a provision (of anything in the document, where ``path`` is empty) up to a day, the latest first."""
        acts = [
            Act(one.kind, one.subject, one.subject_path, one.object_path, one.effective, one.wording)
            for one in self.relations
            if one.kind in CHANGES and one.object.slug == self._document.slug and _bears_on(one.object_path, path)
        ]
        done = [act for act in acts if act.since is None or act.since <= on]
        return sorted(done, key=lambda act: act.since or date.min, reverse=True)


def citations_in(text: str) -> Iterator[tuple[DocumentReference, str]]:
    """The documents that a text cites, each with its words; one day beside one number without a day is that document's.

    >>> [reference.identity.issued.label for reference, _ in citations_in("552/TB-VPCP (13/10/2025)")]
    ['13/10/2025']
    """
    found: list[Citation] = [one for one in find_citations(text) if one.document is not None]
    days = _DAY.findall(text)
    for citation in found:
        reference = citation.document
        assert reference is not None
        if len(found) == len(days) == 1 and reference.identity.issued is None and reference.identity.number:
            reference = replace(reference, identity=replace(reference.identity, issued=_partial(days[0])))
        yield reference, citation.text


def _partial(day: tuple[str, str, str]) -> PartialDate | None:
    try:
        return PartialDate(int(day[2]), int(day[1]), int(day[0]))
    except ValueError:
        return None


def _shown(provision: Provision | None) -> str:
    if provision is None or (provision.kind is ProvisionKind.ANNEX and len(provision.whole) > _LONGEST_SHOWN):
        return ""
    return provision.whole


def _bears_on(acted_on: str, path: str) -> bool:
    return not acted_on or not path or f"{path}.".startswith(f"{acted_on}.") or f"{acted_on}.".startswith(f"{path}.")
