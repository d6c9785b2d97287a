"""What a search gives back, for pages and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from indexer.columns import FacetValue
from indexer.plan import Plan, Step
from indexer.snippets import Snippet
from kb.model import HitKind, Status


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. ``snippet`` is a passage of its text; ``title_fragments`` its title with highlights.

    ``score`` compares hits of one result only. Dates are ISO, as far as known; an empty string is "not known".
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


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a question found. ``total`` is exact, and so are the counts of the facets.

    ``choices`` are the items that the question names where it names several; they also stand first among the hits.
    """

    query: str
    understood: tuple[Step, ...]
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    suggestions: tuple[str, ...]
    took_ms: float
    choices: tuple[Hit, ...] = ()
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
            "took_ms": self.took_ms,
        }


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
    }
