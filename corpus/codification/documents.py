"""Which document each codified article comes from, and the documents put together from them.

A note names its document by type and number; a link names it by an ItemID of vbpl.vn. Neither is always right: links are
missing (801 of 57,755), copied from a neighbour, or a number is misprinted. An ItemID belongs to the document that most
notes beside it name; where note and link disagree the note is believed, unless its number is nobody else's and differs
from the link's document in the suffix only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from corpus.codification.note import Note, Reference
from corpus.codification.page import CodifiedArticle
from kb.numbers import number_key
from kb.text import fold

_Key = tuple[str, str]  # type, and number key or folded title of a document without number


@dataclass(frozen=True, slots=True)
class SourceArticle:
    """An article with the page it stood on; its text is kept as UTF-8, half the size, and ``article.text`` is empty."""

    page: str
    page_sha256: str
    subject: str
    article: CodifiedArticle
    text: bytes
    note: Note

    @property
    def reference(self) -> Reference | None:
        """The document and article that the note names."""
        return self.note.source

    @property
    def item_id(self) -> str:
        """The ItemID beside the note, empty where there is none."""
        return self.article.note_links[0].item_id if self.article.note_links else ""

    @property
    def family(self) -> tuple[str, str]:
        """The page and the code without its last number: shared by the articles of one document and its amenders."""
        return self.page, self.article.code.rpartition(".")[0]


@dataclass
class SourceDocument:
    """A document with its codified articles in the order they were read."""

    key: _Key
    item_ids: list[str]
    articles: list[SourceArticle] = field(default_factory=list)

    @cached_property
    def naming(self) -> SourceArticle:
        """The article whose note says most of the document: its title, day of issue and issuer; ask when all are in."""
        return max(
            (article for article in self.articles if article.reference),
            key=lambda article: _fullness(article.reference),
            default=self.articles[0],
        )


def group_by_document(articles: Iterable[SourceArticle]) -> tuple[list[SourceDocument], list[SourceArticle]]:
    """The documents in the order they first appear, and the articles that no document could be told for."""
    everything = list(articles)
    owners = _owners(everything)
    items_of = defaultdict(set)
    for item, key in owners.items():
        items_of[key].add(item)
    documents: dict[tuple[_Key, str], SourceDocument] = {}
    unnamed: list[SourceArticle] = []
    for article in everything:
        found = _identify(article, owners, items_of)
        if found is None:
            unnamed.append(article)
            continue
        key, item = found
        documents.setdefault(found, SourceDocument(key, [item] if item else [])).articles.append(article)
    homeless = _place_with_neighbours(everything, unnamed, list(documents.values()))
    return list(documents.values()), homeless


def document_key(reference: Reference) -> _Key:
    """What tells the document of a reference from others: its type and the key of its number, or its title."""
    return reference.type, _number_key(reference.number) if reference.number else fold(reference.title)


_number_key = lru_cache(maxsize=10_000)(number_key)


def _fullness(reference: Reference | None) -> int:
    return sum(map(bool, (reference.issued, reference.issuer, reference.title))) if reference else 0


def _owners(articles: list[SourceArticle]) -> dict[str, _Key]:
    """The document that each ItemID belongs to: the one that most notes beside it name."""
    votes: defaultdict[str, Counter[_Key]] = defaultdict(Counter)
    for article in articles:
        if article.item_id and article.reference:
            votes[article.item_id][document_key(article.reference)] += 1
    return {item: counter.most_common(1)[0][0] for item, counter in votes.items()}


def _identify(
    article: SourceArticle, owners: dict[str, _Key], items_of: dict[_Key, set[str]]
) -> tuple[_Key, str] | None:
    item = article.item_id
    owner = owners.get(item)
    key = document_key(article.reference) if article.reference else owner
    if key is None:
        return None
    if owner == key:
        return key, item
    own_items = items_of.get(key, set())
    if owner and not own_items and _same_serial(owner, key):
        return owner, item
    return key, next(iter(own_items)) if len(own_items) == 1 else ""


def _same_serial(one: _Key, other: _Key) -> bool:
    """Whether two numbers differ in their suffix only: 211/2013/TT-BTC and 211/2013/TT-BTP."""
    return one[0] == other[0] and one[1].split("/")[:-1] == other[1].split("/")[:-1] != []


def _place_with_neighbours(
    everything: list[SourceArticle], unnamed: list[SourceArticle], documents: list[SourceDocument]
) -> list[SourceArticle]:
    """Put an article without a note into the document that its neighbours of the same family both come from."""
    home = {id(article): document for document in documents for article in document.articles}
    before, after = _last_homes(everything, home), _last_homes(everything[::-1], home)
    homeless = []
    for article in unnamed:
        one, other = before.get(id(article)), after.get(id(article))
        document = one or other
        if document is None or (one and other and one is not other):
            homeless.append(article)
        else:
            document.articles.append(article)
    return homeless


def _last_homes(articles: list[SourceArticle], home: dict[int, SourceDocument]) -> dict[int, SourceDocument]:
    """For each article, by its id(), the document of the nearest one before it in its family."""
    last: dict[tuple[str, str], SourceDocument] = {}
    found: dict[int, SourceDocument] = {}
    for article in articles:
        if document := home.get(id(article)):
            last[article.family] = document
        elif nearest := last.get(article.family):
            found[id(article)] = nearest
    return found
