"""What is read from the store: frozen records, each complete in itself, without a tie to the database."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar

from kb.addresses import document_address, provision_address
from kb.model import (
    EditionKind,
    Identity,
    PartialDate,
    Provenance,
    Provision,
    ProvisionKind,
    RelationKind,
    Status,
)
from kb.text import fold


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document with the one value of each fact that is shown; ``Store.facts`` gives all values with their sources.

    Empty strings and None are "not known". ``cited_only`` documents are known only because others name them.
    ``articles`` counts the điều of the text held, 0 where none is. ``fields`` are subjects (lĩnh vực, đề mục).
    """

    slug: str
    identity: Identity
    title: str = ""
    effective: date | None = None
    expires: date | None = None
    signer: str = ""
    place: str = ""
    status: Status = Status.UNKNOWN
    status_wording: str = ""
    fields: tuple[str, ...] = ()
    relevance: str = ""
    cited_only: bool = False
    has_text: bool = False
    articles: int = 0

    @property
    def type(self) -> str:
        """The Vietnamese name of the kind ("Nghị định")."""
        return self.identity.type

    @property
    def number(self) -> str:
        """The số ký hiệu, empty for a document without one."""
        return self.identity.number

    @property
    def issuer(self) -> str:
        """The issuing agency as the source names it."""
        return self.identity.issuer

    @property
    def issued(self) -> PartialDate | None:
        """The date of issue, or the part of it that is known."""
        return self.identity.issued

    @property
    def citation(self) -> str:
        """How a text names it: "Luật số 26/2023/QH15"; its title where it has no number."""
        if self.number:
            return f"{self.type or 'Văn bản'} số {self.number}"
        return self.title or self.type or self.slug

    @property
    def url(self) -> str:
        """Its permanent address."""
        return document_address(self.slug)


@dataclass(frozen=True, slots=True)
class FactValue:
    """One value of a fact with every place that states it, the most trusted first. ``shown``: the document shows it."""

    value: str
    provenances: tuple[Provenance, ...]
    shown: bool


_SEVERAL = frozenset({"field", "relevance"})  # may hold several values at once


@dataclass(frozen=True, slots=True)
class Fact:
    """What is stated of one property of a document: the shown value first, then the others, side by side.

    ``name`` is the property: type, number, issuer, issued, title, effective, expires, signer, place, status,
    status_wording, relevance or field; the last two may hold several values at once. Dates are ISO text, a status is the
    value of ``kb.model.Status``.
    """

    name: str
    values: tuple[FactValue, ...]

    @property
    def conflicting(self) -> bool:
        """Whether values of a property that can hold only one contradict each other; a longer form of one does not."""
        keys = sorted(("".join(re.findall(r"\w+", fold(held.value))) for held in self.values), key=len)
        return self.name not in _SEVERAL and not all(keys[-1].startswith(key) for key in keys)


@dataclass(frozen=True, slots=True)
class EditionView:
    """One text of a document.

    ``name`` tells it from the others of the same document: ``codified``, ``original``, ``original-2``. ``complete`` is False where the source holds only some articles, None where that is not known. ``since`` is the day
    the store took it in.
    """

    name: str
    kind: EditionKind
    source: str
    provenance: Provenance
    complete: bool | None
    articles: int
    since: date


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of a table of contents; ``path`` is the provision's address in the document."""

    kind: ProvisionKind
    label: str
    path: str
    heading: str
    children: tuple[ContentsEntry, ...] = ()

    def walk(self) -> Iterator[ContentsEntry]:
        """This line and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class ArticleView:
    """A điều (or an annex, a preamble, an item: what holds a text of its own) as one edition gives it.

    ``provision`` is the tree with the exact texts; ``place`` the path of the khoản or điểm that was asked for, empty when
    the article itself was. ``previous`` and ``next`` are the paths of its neighbours in the edition. ``editions`` names
    all editions that hold the path, the one shown first by default in front. ``containers`` are the headings it stands
    under (chương, mục), outermost first.
    """

    document: DocumentView
    edition: EditionView
    provision: Provision
    provenance: Provenance
    place: str = ""
    containers: tuple[ContentsEntry, ...] = ()
    previous: str = ""
    next: str = ""
    editions: tuple[str, ...] = ()
    effective: date | None = None
    source_code: str = ""
    subject: str = ""
    note: str = ""

    @property
    def citation(self) -> str:
        """How a text names it: "Điều 5 Luật số 26/2023/QH15"."""
        return cite_provision(self.provision.kind, self.provision.label, self.document.citation)

    @property
    def url(self) -> str:
        """Its permanent address."""
        return provision_address(self.document.slug, self.place or self.provision.path)


def cite_provision(kind: ProvisionKind, label: str, document: str) -> str:
    """Name a provision of a document.

    >>> cite_provision(ProvisionKind.ARTICLE, "5", "Luật số 26/2023/QH15")
    'Điều 5 Luật số 26/2023/QH15'
    """
    word = kind.label[:1].upper() + kind.label[1:]
    return f"{word} {label} {document}" if label else f"{word} {document}"


@dataclass(frozen=True, slots=True)
class RelationView:
    """A relation between two stored documents with every place that states it; ``subject`` acts on ``object``.

    Paths are provision paths, empty for the whole document; ``effective`` is the day the act takes effect, where stated.
    """

    kind: RelationKind
    subject: DocumentView
    subject_path: str
    object: DocumentView
    object_path: str
    effective: date | None
    wording: str
    provenances: tuple[Provenance, ...]


@dataclass(frozen=True, slots=True)
class UnresolvedRelation:
    """A relation one end of which could not be told: nothing was guessed, the wording is kept.

    ``reason`` is a short English sentence; ``candidates`` the slugs that fit, when there are several.
    """

    kind: RelationKind
    subject: str
    subject_path: str
    object: str
    object_path: str
    effective: date | None
    wording: str
    reason: str
    candidates: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A change of a document between two imports: ``before`` is empty when something came, ``after`` when it went.

    ``what`` is the name of a fact, or the path of a provision (``dieu-5``) prefixed by its edition (``codified/dieu-5``).
    """

    when: datetime
    source: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Unused:
    """Something an import could not use, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class ImportView:
    """One finished import; times are UTC, ``counts`` what it read and wrote by kind."""

    id: int
    source: str
    name: str
    sha256: str
    started: datetime
    finished: datetime
    counts: Mapping[str, int] = field(default_factory=dict)
    unused: tuple[Unused, ...] = ()


Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class RecordVersion(Generic[Record]):
    """What ``source`` said of a record from the import of ``since`` (UTC) to that of ``until``, None while it still does."""

    record: Record
    source: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the store holds; ``cited_only`` of the documents are known only because others name them.

    ``last_import`` comes without its ``unused`` things: ``Store.imports`` gives those.
    """

    documents: int
    cited_only: int
    documents_with_text: int
    articles: int
    relations: int
    unresolved_relations: int
    agencies: int
    indicators: int
    procedures: int
    tasks: int
    last_import: ImportView | None
