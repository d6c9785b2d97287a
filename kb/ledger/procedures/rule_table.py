"""The readable table of the rules: what each says, where it looks, which law it rests on and where that stands."""

from __future__ import annotations

from collections.abc import Iterator

from kb.citation import parse_provision
from kb.errors import NotFoundError
from kb.ledger.procedures.signal_rules import RULES, Law, Rule
from kb.ledger.procedures.signals import Hit
from kb.model import DocumentReference
from kb.store import Store


class Laws:
    """The addresses of the laws that rules rest on; each is looked up once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._found: dict[Law, str | None] = {}

    def of(self, hit: Hit) -> str | None:
        """The address of the law of a signal."""
        return self.url(hit.law)

    def url(self, law: Law) -> str | None:
        """The clause where its text is held, else the document, None where the document is not known."""
        if law not in self._found:
            documents = self._store.resolve(DocumentReference(law.document))
            self._found[law] = self._address(documents[0].slug, law.clause) if len(documents) == 1 else None
        return self._found[law]

    def _address(self, slug: str, clause: str) -> str:
        place = parse_provision(clause) if clause else None
        try:
            return self._store.article(slug, place.path).url if place else self._store.document(slug).url
        except NotFoundError:
            return self._store.document(slug).url


def rule_values(laws: Laws) -> list[dict[str, object]]:
    """The rules as JSON values, one object a rule."""
    return [
        {
            "id": rule.id,
            "label": rule.label,
            "law": rule.law.citation,
            "law_url": laws.url(rule.law),
            "clause": rule.law.clause or None,
            "since": rule.law.since.isoformat(),
            "clause_read": rule.law.verified,
            "looks_into": [look.label for look in rule.looks],
            "shown_by": rule.pattern.pattern if rule.pattern else None,
            "never": rule.never.pattern if rule.never else None,
        }
        for rule in RULES
    ]


def rule_lines() -> Iterator[str]:
    """The rules for people: what each says, where it looks, what it rests on."""
    for rule in RULES:
        read = "" if rule.law.verified else " [chưa đọc được điều khoản]"
        yield f"{rule.id}\t{rule.label}\t{rule.law.citation}, từ {rule.law.since:%d/%m/%Y}{read}\t{looks_of(rule)}"


def looks_of(rule: Rule) -> str:
    """Where a rule looks, in Vietnamese."""
    return ", ".join(look.label for look in rule.looks) or "cả thủ tục"
