"""What a search gives back, for pages and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from indexer.columns import FacetValue
from indexer.nothing import Nothing
from indexer.plan import Plan, Step
from indexer.snippets import Snippet
from kb.addresses import provision_address
from kb.citation import parse_path
from kb.model import HitKind, Status


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. ``snippet`` is a passage of its text; ``title_fragments`` its title with highlights.

    ``place`` is the khoản or điểm that holds what matched ("khoản 2 Điều 10") and ``place_url`` its address, both empty where it
    is no single one. ``score`` compares hits of one result only. Dates are ISO, as far as known; an empty string is "not known".
    """

    kind: HitKind
    id: str
    title: str
    citation: str
    url: str
    status: Status
    snippet: Snippet
    title_fragments: tuple[tuple[str, bool], ...]
    score: float
    document_title: str = ""
    number: str = ""
    type: str = ""
    issuer: str = ""
    issued: str = ""
    effective: str = ""
    field: str = ""
    place: str = ""
    place_url: str = ""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a question found. ``total`` is exact, and so are the counts of the facets.

    ``choices`` are the items that the question names where it names several; they also stand first among the hits. ``missing``
    says, in Vietnamese sentences, what the question names that the collection does not hold; ``nothing`` is there where nothing
    was found, and explains it.
    """

    query: str
    understood: tuple[Step, ...]
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    suggestions: tuple[str, ...]
    took_ms: float
    choices: tuple[Hit, ...] = ()
    missing: tuple[str, ...] = ()
    nothing: Nothing | None = None
    plan: Plan | None = field(default=None, compare=False)

    def as_json(self) -> dict[str, Any]:
        """The result as JSON values; snippets are HTML (see Snippet.html)."""
        return {
            "query": self.query,
            "understood": [{"kind": step.kind, "text": step.text, "meaning": step.meaning} for step in self.understood],
            "total": self.total,
            "hits": [_hit_json(hit) for hit in self.hits],
            "facets": {
                name: [{"value": each.value, "label": each.label, "count": each.count} for each in values]
                for name, values in self.facets.items()
            },
            "suggestions": list(self.suggestions),
            "choices": [_hit_json(hit) for hit in self.choices],
            "missing": list(self.missing),
            "nothing": None if self.nothing is None else _nothing_json(self.nothing),
            "took_ms": self.took_ms,
        }


def _nothing_json(nothing: Nothing) -> dict[str, Any]:
    return {
        "terms": [{"text": term.text, "count": term.count} for term in nothing.terms],
        "looser": [
            {"query": one.query, "gives_up": one.gives_up, "count": one.count, "filtered": one.filtered}
            for one in nothing.looser
        ],
        "day": nothing.day,
    }


def place_of(identifier: str, clause: str) -> tuple[str, str]:
    """How the law writes the place of a khoản or điểm within a unit, and its address; empty where a citation cannot name it.

    >>> place_of("luat-26-2023-qh15/dieu-10", "khoan-2.diem-a")
    ('điểm a khoản 2 Điều 10', '/van-ban/luat-26-2023-qh15/dieu-10.khoan-2.diem-a')
    """
    document, _, unit = identifier.partition("/")
    path, at, edition = unit.partition("@")
    named = parse_path(f"{path}.{clause}") if clause else None
    return (str(named), provision_address(document, f"{path}.{clause}{at}{edition}")) if named else ("", "")


def _hit_json(hit: Hit) -> dict[str, Any]:
    return {
        "kind": hit.kind.value,
        "id": hit.id,
        "title": hit.title,
        "citation": hit.citation,
        "url": hit.url,
        "status": hit.status.value,
        "snippet": hit.snippet.html,
        "score": round(hit.score, 4),
        "document_title": hit.document_title,
        "number": hit.number,
        "type": hit.type,
        "issuer": hit.issuer,
        "issued": hit.issued,
        "effective": hit.effective,
        "field": hit.field,
        "place": hit.place,
        "place_url": hit.place_url,
    }
