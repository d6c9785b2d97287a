"""The texts that are missing: what the store knows of and does not hold, the most important first, from who can give it.

The order: how many held documents cite it, procedures rest on it and tasks come from it, all together; then what the
register says of its bearing on Đề án 06 (core, legal_base, tthc, sector, background, others); then the newest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.crawl.refusals import NotThereError
from corpus.crawl.spider import Fetch, Page, Records, SourceHeader, SourceSpider, Wanted
from corpus.sources import congbao, vanban_chinhphu, vbpl
from corpus.sources.congbao import CongbaoSpider
from corpus.sources.vanban_chinhphu import VanbanChinhphuSpider
from corpus.sources.vbpl import VbplSpider
from kb.errors import Dean06Error
from kb.model import RelationKind
from kb.numbers import find_numbers, number_key
from kb.settings import Settings
from kb.store import DocumentView, Store

_BEARINGS = ("core", "legal_base", "tthc", "sector", "background")
_GAZETTED = frozenset(
    {
        "Bộ luật",
        "Hiến pháp",
        "Luật",
        "Lệnh",
        "Nghị quyết",
        "Nghị quyết liên tịch",
        "Nghị định",
        "Pháp lệnh",
        "Quyết định",
        "Thông tư",
        "Thông tư liên tịch",
        "Văn bản hợp nhất",
    }
)
_GOVERNMENT = frozenset({"cp", "ttg", "vpcp"})
_LOCAL = frozenset({"hdnd", "ubnd"})


@dataclass(frozen=True, slots=True)
class MissingDocument:
    """A document without text, and how often it is needed; ``sources`` can give it, the first to be asked first."""

    document: DocumentView
    documents: int
    procedures: int
    tasks: int
    sources: tuple[str, ...]

    @property
    def reason(self) -> str:
        """Why it stands where it does in the order."""
        needed = (f"{self.documents} held documents cite it", f"{self.procedures} procedures rest on it")
        parts = [*needed, f"{self.tasks} tasks come from it", self.document.relevance or "bearing not stated"]
        return "; ".join(
            (*parts, f"issued {self.document.issued}" if self.document.issued else "day of issue not known")
        )

    @property
    def order(self) -> tuple[int, int, int, str]:
        """What it is sorted by, the most important first."""
        bearing = self.document.relevance
        rank = _BEARINGS.index(bearing) if bearing in _BEARINGS else len(_BEARINGS)
        issued = self.document.issued
        newest = -(issued.year * 10_000 + issued.month * 100 + issued.day) if issued else 0
        return -(self.documents + self.procedures + self.tasks), rank, newest, self.document.slug


def missing_documents(store: Store, *, with_vbpl: bool = False) -> tuple[MissingDocument, ...]:
    """Documents with a number and without text, the most important first; ``sources`` is empty where none can give it."""
    documents, procedures, tasks = _citing(store), _resting(store), _coming(store)
    found = []
    for document in store.documents():
        if document.has_text or not document.number:
            continue
        key = number_key(document.number)
        needed = documents[document.slug], procedures[key], tasks[key]
        found.append(MissingDocument(document, *needed, _sources_for(document, key, with_vbpl=with_vbpl)))
    return tuple(sorted(found, key=lambda one: one.order))


class MissingSpider(SourceSpider):
    """Asks the gazette, the Government's site and, where it is turned on, vbpl for one number after another."""

    header = SourceHeader(
        name="missing",
        title="What the store knows of and does not hold",
        address=CongbaoSpider.header.address,
        owner="the owners of the sources asked",
        gives="the texts of documents that held documents, procedures and tasks point at, the most important first",
        robots="those of the sources asked",
        terms="those of the sources asked",
        confidence="that of the sources asked",
        changed=None,
        origins=tuple(
            dict.fromkeys(
                origin
                for spider in (CongbaoSpider, VanbanChinhphuSpider, VbplSpider)
                for origin in spider.header.origins
            )
        ),
        delay=3.0,
    )

    def first(self, wanted: Wanted, store: Store) -> Iterable[Fetch]:
        """The searches, in order."""
        if wanted.number or wanted.since:
            raise Dean06Error(
                "`dean06 crawl missing` goes by importance: it takes no --number and no --since.",
                "Use --limit, or crawl a source with --number.",
            )
        missing = [one for one in missing_documents(store, with_vbpl=Settings().crawl_vbpl) if one.sources]
        for one in missing[: wanted.limit or None]:
            context = {"why": one.reason, "then": ",".join(one.sources[1:])}
            yield _search(one.sources[0], one.document.number, one.document.slug, context)

    def follow(self, page: Page) -> Iterable[Fetch]:
        """What the source's own module follows; where that does not hold the document, the next source is asked."""
        try:
            yield from [replace(fetch, source=page.snapshot.source) for fetch in _spider_of(page).follow(page)]
        except NotThereError:
            following, _, others = page.context.get("then", "").partition(",")
            if following not in _SEARCHES:
                raise
            yield _search(following, page.number, page.item, {**page.context, "then": others})

    def read(self, pages: Sequence[Page]) -> Records:
        """What the source's own module reads."""
        return _spider_of(pages[0]).read(pages)


_SEARCHES = {"congbao": congbao.search, "vanban_chinhphu": vanban_chinhphu.search, "vbpl": vbpl.search}
_SPIDERS = {spider.header.name: spider for spider in (CongbaoSpider, VanbanChinhphuSpider, VbplSpider)}


def _spider_of(page: Page) -> SourceSpider:
    return _SPIDERS[page.snapshot.source]()


def _search(source: str, number: str, slug: str, context: Mapping[str, str]) -> Fetch:
    """The search of a source for a number, as a page of the item that the missing document is."""
    fetch = _SEARCHES[source](number)
    return replace(
        fetch, item=slug, source=source, context={**fetch.context, "why": context["why"], "then": context["then"]}
    )


def _sources_for(document: DocumentView, key: str, *, with_vbpl: bool) -> tuple[str, ...]:
    """Who may hold the document: the gazette what it must print, the Government's site its own, vbpl all that is published."""
    agencies = set(re.split(r"[/-]", key.partition("/")[2]))
    is_local = bool(agencies & _LOCAL)
    may_hold = {
        "congbao": document.type in _GAZETTED and not is_local,
        "vanban_chinhphu": bool(agencies & _GOVERNMENT),
        "vbpl": with_vbpl and (document.type in _GAZETTED),
    }
    return tuple(source for source, may in may_hold.items() if may)


def _citing(store: Store) -> Mapping[str, int]:
    """How many held documents point at each document, by slug."""
    relations = store.relations_of_kinds(RelationKind)
    return Counter(
        {slug: len({view.subject.slug for view in views if view.subject.has_text}) for slug, views in relations.items()}
    )


def _resting(store: Store) -> Mapping[str, int]:
    """How many procedures rest on each document, by the key of its number."""
    found: Counter[str] = Counter()
    for procedure in store.procedures():
        parts = procedure.parts.legal_bases if procedure.parts else ()
        numbers = [*procedure.legal_bases, *(basis.reference.identity.number for basis in parts if basis.reference)]
        found.update({number_key(number) for number in numbers if number})
    return found


def _coming(store: Store) -> Mapping[str, int]:
    """How many tasks come from each document, by the key of its number."""
    found: Counter[str] = Counter()
    for task in store.tasks():
        named = [match.number.key for match in find_numbers(task.assigned_in)]
        found.update({number_key(task.source.identity.number), *named} - {""})
    return found
