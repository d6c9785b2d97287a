"""What a task stands on: the clause that assigns it, what it rests on, what governs its subject, and whether each still stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from kb.addresses import provision_address
from kb.citation import Citation, find_citations
from kb.errors import NotFoundError
from kb.model import (
    DocumentReference,
    EditionKind,
    PartialDate,
    Provision,
    ProvisionKind,
    RelationKind,
    Status,
    TaskLink,
)
from kb.numbers import type_of_number
from kb.store import DocumentView, EditionView, RelationView, Store
from kb.validity import CHANGES, Chain, Standing, standing_chain

_LONGEST_SHOWN = 20_000
_LONGEST_SUBJECT = 600
_QUOTATION = re.compile('["“”„‟«»*_]')
_OF_EVERY_TASK = re.compile(
    r"\b(?:chủ trì|phối hợp|khẩn trương|tiếp tục|tổ chức|triển khai|thực hiện|hoàn thành|xây dựng|nghiên cứu|đề xuất|rà soát|"
    r"tham mưu|ban hành|báo cáo|trình|đẩy mạnh|tăng cường|bảo đảm|nghiêm túc|hiệu quả|theo quy định|theo|thủ tướng chính phủ|"
    r"các bộ|cơ quan liên quan|có liên quan)\b",
    re.IGNORECASE,
)
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

    @classmethod
    def of(cls, relation: RelationView) -> Act:
        """The act that a relation states."""
        return cls(
            relation.kind,
            relation.subject,
            relation.subject_path,
            relation.object_path,
            relation.effective,
            relation.wording,
        )

    @property
    def url(self) -> str:
        """The address of the clause."""
        return provision_address(self.by.slug, self.path) if self.path else self.by.url


@dataclass(frozen=True, slots=True)
class Foundation:
    """A document or clause that a task stands on.

    ``wording`` is how it is named; ``document`` the one stored under that name, None where none or several fit (then
    ``candidates``). ``held`` tells whether the store holds the text of ``path``, None where no path is known; ``text`` is that
    text to the letter, unless it is a long annex. ``acts`` are the changes of it up to the day, the latest first, ``endings``
    what ended it and then its successors, one after another, and ``successor`` what is in its place on the day, None where
    nothing is known to be.
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
    endings: tuple[Act, ...] = ()
    successor: DocumentView | None = None
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
        self._chains: dict[tuple[str, str], Chain] = {}
        self._texts: dict[str, _Texts] = {}

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
        provision = self._provision(document, path) if path else None
        chain = self._chain(document, path if provision else "")
        first = chain.steps[0]
        return Foundation(
            role=role,
            wording=wording or document.citation,
            document=document,
            path=path,
            held=None if not path else provision is not None,
            text=_shown(provision),
            standing=first.standing,
            acts=tuple(map(Act.of, first.changes)),
            endings=tuple(Act.of(step.ended_by) for step in chain.steps if step.ended_by),
            successor=chain.today if chain.today and chain.today.slug != document.slug else None,
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
        for relation in self._store.relations(document.slug, "out"):
            if relation.kind is RelationKind.BASED_ON:
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

    def _chain(self, document: DocumentView, path: str) -> Chain:
        own = path if path and self._texts_of(document).stands_apart(path) else ""
        if (document.slug, own) not in self._chains:
            self._chains[document.slug, own] = standing_chain(self._store, document.slug, own, self.on)
        return self._chains[document.slug, own]

    def _provision(self, document: DocumentView, path: str) -> Provision | None:
        return self._texts_of(document).provisions.get(path)

    def _texts_of(self, document: DocumentView) -> _Texts:
        if document.slug not in self._texts:
            self._texts[document.slug] = _Texts(self._store, document)
        return self._texts[document.slug]


class _Texts:
    """The texts that the store holds of one document, each read when it is first asked for."""

    def __init__(self, store: Store, document: DocumentView) -> None:
        self._store = store
        self._slug = document.slug
        self._has_text = document.has_text

    @cached_property
    def provisions(self) -> Mapping[str, Provision]:
        """All provisions by path, from the edition that is shown first where several hold one."""
        found: dict[str, Provision] = {}
        for edition in self._editions:
            for root in self._store.text(self._slug, edition.name):
                for node in root.walk():
                    found.setdefault(node.path, node)
        return found

    def stands_apart(self, path: str) -> bool:
        """Whether a provision may stand otherwise than its document: an act names it, or it may have a day of its own."""
        if any(edition.kind is EditionKind.CODIFIED for edition in self._editions):
            return True
        return any(f"{path}.".startswith(f"{acted}.") or f"{acted}.".startswith(f"{path}.") for acted in self._acted_on)

    @cached_property
    def _editions(self) -> tuple[EditionView, ...]:
        return self._store.editions(self._slug) if self._has_text else ()

    @cached_property
    def _acted_on(self) -> frozenset[str]:
        acts = self._store.relations(self._slug, "in")
        return frozenset(act.object_path for act in acts if act.kind in CHANGES and act.object_path)


def citations_in(text: str) -> Iterator[tuple[DocumentReference, str]]:
    """The documents that a text cites, each with its words.

    One day beside one number without a day is that document's. Where the number says another kind than the word before it,
    the number is right: "Thông báo kết luận số 552/TB-VPCP" is a thông báo.

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
        kind = type_of_number(reference.identity.number) if reference.identity.number else ""
        if kind and reference.identity.type and not reference.identity.type.startswith(kind):
            reference = replace(reference, identity=replace(reference.identity, type=kind))
        yield reference, citation.text


def subject_of(text: str) -> str:
    """The words of a task that say what it is about, for a search.

    Left out are numbered documents, quotation marks and what every task says (_OF_EVERY_TASK); what is left of a text that
    says nothing else is the text.

    >>> subject_of("Chủ trì, phối hợp xây dựng Luật An ninh dữ liệu theo Nghị định số 59/2022/NĐ-CP")
    'Luật An ninh dữ liệu'
    """
    kept, end = [], 0
    for citation in find_citations(text):
        if citation.document is not None and citation.document.identity.number:
            kept.append(text[end : citation.start])
            end = citation.end
    kept.append(text[end:])
    plain = _QUOTATION.sub(" ", " ".join(kept))
    subject = " ".join(_OF_EVERY_TASK.sub(" ", plain).replace(" , ", " ").split()).strip(" ,;.")
    return (subject or " ".join(plain.split()))[:_LONGEST_SUBJECT]


def _partial(day: tuple[str, str, str]) -> PartialDate | None:
    try:
        return PartialDate(int(day[2]), int(day[1]), int(day[0]))
    except ValueError:
        return None


def _shown(provision: Provision | None) -> str:
    if provision is None or (provision.kind is ProvisionKind.ANNEX and len(provision.whole) > _LONGEST_SHOWN):
        return ""
    return provision.whole
