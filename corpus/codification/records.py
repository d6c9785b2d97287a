"""Records of the codification: documents, their codified editions, and who amended what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from corpus.codification.documents import SourceArticle, SourceDocument
from corpus.codification.note import Reference
from corpus.parse.clauses import split_article
from kb.model import (
    Confidence,
    DocumentReference,
    Edition,
    EditionKind,
    Evidence,
    Identity,
    ObservedDocument,
    ObservedRelation,
    PartialDate,
    Provenance,
    Provision,
    ProvisionKind,
    RelationKind,
    SourcedProvision,
)
from kb.numbers import parse_number

SOURCE = "phapdien"
VBPL = "vbpl"  # the collection that ItemIDs belong to

_NAMED_WITH_YEAR = re.compile(r"(?P<title>.+?)\s+năm\s+(?P<year>[12]\d{3})")
_KIND_OF_SLUG = {kind.slug: kind for kind in ProvisionKind}


@dataclass(frozen=True, slots=True)
class Repetition:
    """An article number given twice in a document: the first under ``path``, the second under ``other``.

    Both are one and ``other`` is ``path`` where the texts are the same.
    """

    path: str
    other: str
    first: SourceArticle
    second: SourceArticle


@dataclass(frozen=True, slots=True)
class Placed:
    """An article with its path in its document; ``subjects`` are all subjects that hold it with the same text."""

    path: str
    article: SourceArticle
    subjects: tuple[str, ...]

    @property
    def is_numbered_by_code(self) -> bool:
        """Whether the article's number is only known from the codification's code."""
        reference = self.article.reference
        return not (reference and self.path.partition("~")[0] in reference.provisions)


def identity_of(document: SourceDocument) -> Identity:
    """The identity as the fullest note states it."""
    reference = document.naming.reference
    return identity_from(reference) if reference else Identity(document.key[0], "")


def identity_from(reference: Reference) -> Identity:
    """What a note states of a document."""
    issued = PartialDate.of(reference.issued) if reference.issued else None
    return Identity(reference.type, _canonical_number(reference.number), reference.issuer, issued)


def reference_to(document: SourceDocument) -> DocumentReference:
    """How relations point at a document of the package."""
    naming = document.naming
    title = naming.reference.title if naming.reference else ""
    source_id = (VBPL, document.item_ids[0]) if document.item_ids else None
    return DocumentReference(identity_of(document), title, naming.article.note, source_id)


def provenance_of(article: SourceArticle, note: str = "") -> Provenance:
    """Where an article stood."""
    return Provenance(
        source=SOURCE,
        address=article.page,
        evidence=Evidence.CODIFICATION,
        sha256=article.page_sha256,
        place=article.article.code,
        note=note,
    )


def observe(document: SourceDocument) -> Iterator[ObservedDocument]:
    """What the package says of a document; a day that contradicts the number apart, as a probable misprint."""
    naming, identity = document.naming, identity_of(document)
    effective = _prevailing(article.reference.effective for article in document.articles if article.reference)
    note = ""
    if effective and identity.issued and identity.issued.exact and effective < identity.issued.exact:
        note = "In the source the document takes effect before it is issued."
    doubtful = contradicts_number(identity)
    yield ObservedDocument(
        identity=replace(identity, issued=None) if doubtful else identity,
        provenance=provenance_of(naming, note),
        title=naming.reference.title if naming.reference else "",
        effective=effective,
        expires=_shared(article.note.expires for article in document.articles),
        fields=tuple(dict.fromkeys(article.subject for article in document.articles if article.subject)),
        source_ids=tuple((VBPL, item) for item in document.item_ids),
    )
    if doubtful:
        note = "The year of issue is not the year of the number."
        provenance = replace(provenance_of(naming, note), confidence=Confidence.MISPRINT)
        yield ObservedDocument(identity, provenance, source_ids=tuple((VBPL, item) for item in document.item_ids))


@lru_cache(maxsize=10_000)
def _canonical_number(number: str) -> str:
    return str(parse_number(number) or number)


def contradicts_number(identity: Identity) -> bool:
    """Whether the year of issue is another than the number's: printed so, and one of them wrong."""
    number = parse_number(identity.number)
    return bool(number and number.year and identity.issued and identity.issued.year != number.year)


def _prevailing(days: Iterator[date | None]) -> date | None:
    """The day that most articles take effect: that of the document, unlike that of an article added later."""
    counter = Counter(day for day in days if day)
    return counter.most_common(1)[0][0] if counter else None


def _shared(days: Iterator[date | None]) -> date | None:
    """The day that all articles agree on, else None."""
    different = set(days)
    return different.pop() if len(different) == 1 else None


def place_articles(document: SourceDocument) -> tuple[list[Placed], list[Repetition]]:
    """Each article once, under a path of its own.

    An article that stands in two subjects with the same text is one. A second text under the same number is kept too:
    under the codification's own number where that is free, else marked ``~2``; both are told.
    """
    stated = {path_of(article) for article in document.articles}
    placed: dict[tuple[str, bytes], Placed] = {}
    firsts: dict[str, Placed] = {}
    texts: Counter[str] = Counter()
    repetitions: list[Repetition] = []
    for article in document.articles:
        path = path_of(article)
        same = placed.get((path, article.text))
        if same is not None:
            subjects = tuple(dict.fromkeys((*same.subjects, article.subject)))
            placed[path, article.text] = replace(same, subjects=subjects)
            repetitions.append(Repetition(same.path, same.path, same.article, article))
            continue
        texts[path] += 1
        own = path if texts[path] == 1 else _other_path(article, texts[path], stated)
        one = placed[path, article.text] = Placed(own, article, (article.subject,))
        first = firsts.setdefault(path, one)
        if first is not one:
            repetitions.append(Repetition(first.path, own, first.article, article))
    return list(placed.values()), repetitions


def _other_path(article: SourceArticle, number: int, stated: set[str]) -> str:
    coded = _path_by_code(article)
    if coded in stated:
        return f"{path_of(article)}~{number}"
    stated.add(coded)
    return coded


def path_of(article: SourceArticle) -> str:
    """The path that the note states; where it states none, the last number of the codification's own code."""
    stated = article.reference.provisions if article.reference else ()
    return stated[0] if stated else _path_by_code(article)


def _path_by_code(article: SourceArticle) -> str:
    return f"dieu-{article.article.code.rpartition('.')[2].lower().replace('đ', 'dd')}"


def edition_of(document: SourceDocument, placed: list[Placed]) -> Edition:
    """The codified text of a document; how much of the whole it is, the package does not say."""
    ordered = sorted(placed, key=lambda one: _order(one.path))
    return Edition(EditionKind.CODIFIED, provenance_of(document.naming), tuple(map(_sourced, ordered)), complete=None)


def _order(path: str) -> tuple[int, int, str]:
    """Điều by number and letter; mục and the like, which have no place among them, after."""
    slug, _, label = path.partition("-")
    digits = label[: len(label) - len(label.lstrip("0123456789"))]
    return slug != ProvisionKind.ARTICLE.slug, int(digits or 0), label[len(digits) :]


def _sourced(placed: Placed) -> SourcedProvision:
    article = placed.article
    provenance = provenance_of(article, _remark(placed))
    if placed.is_numbered_by_code:
        provenance = replace(provenance, confidence=Confidence.UNVERIFIED)
    return SourcedProvision(
        provision=_provision(placed),
        provenance=provenance,
        effective=article.reference.effective if article.reference else None,
        source_code=article.article.code,
        subject="; ".join(placed.subjects),
        note=article.article.note,
    )


def _remark(placed: Placed) -> str:
    remarks = []
    if images := placed.article.article.images:
        remarks.append(f"{images} image(s) in the source are not text and are not held.")
    if placed.is_numbered_by_code:
        remarks.append("The source note does not state this article's number; it is the codification's own.")
    return " ".join(remarks)


def _provision(placed: Placed) -> Provision:
    slug, _, label = placed.path.rpartition(".")[2].partition("-")
    lead, children = split_article(placed.article.text.decode(), placed.path)
    label = label.partition("~")[0].replace("dd", "đ")
    kind = _KIND_OF_SLUG.get(slug, ProvisionKind.ARTICLE)
    return Provision(kind, label, placed.path, placed.article.article.heading, lead, children)


def amendments_of(target: DocumentReference, placed: list[Placed]) -> Iterator[ObservedRelation]:
    """Who amended which article of a document, in the words of the notes.

    A note speaks of its own article: that another act repeals Điều 29 does not say that it repeals the document.
    """
    for one in placed:
        yield from _amendments_of_article(target, one)


def _amendments_of_article(target: DocumentReference, placed: Placed) -> Iterator[ObservedRelation]:
    article = placed.article
    amendments = article.note.amendments
    items = amending_items(article)
    for amendment, item in zip(amendments, items, strict=True):
        by = amendment.by
        subject = _amender(by, amendment.wording, item)
        for kind in amendment.kinds or (RelationKind.RELATED,):
            for path in by.provisions or ("",):
                yield ObservedRelation(
                    kind=kind,
                    subject=subject,
                    object=target,
                    provenance=provenance_of(article),
                    subject_path=path,
                    object_path=placed.path,
                    effective=by.effective,
                    wording=amendment.wording,
                )


def _amender(by: Reference, wording: str, item: str) -> DocumentReference:
    """The amending document; one without number may be named with its year: "Luật Phí và lệ phí năm 2015"."""
    source_id = (VBPL, item) if item else None
    named = None if by.number else _NAMED_WITH_YEAR.fullmatch(by.title)
    if named is None:
        return DocumentReference(identity_from(by), by.title, wording, source_id)
    identity = Identity(by.type, "", issued=PartialDate(int(named["year"])))
    return DocumentReference(identity, named["title"], wording, source_id)


def amending_items(article: SourceArticle) -> list[str]:
    """The ItemID of each amending document, empty where the links do not tell them apart."""
    groups: list[str] = []
    for link in article.article.note_links[1:]:
        if not groups or groups[-1] != link.item_id:
            groups.append(link.item_id)
    amendments = article.note.amendments
    return groups if len(groups) == len(amendments) else [""] * len(amendments)
