"""The index as Whoosh sees it: its fields, built in code and never read from a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from whoosh.analysis import Analyzer, Token
from whoosh.fields import FieldType, Schema
from whoosh.formats import Existence, Frequency, Positions

from indexer.segmentation import word_forms
from indexer.vietnamese import bigrams, syllables_of

TEXT, BIGRAMS, WORDS = "text", "bigrams", "words"
"""Heading and text by syllables with positions, by pairs of neighbours, and by pyvi words; ``text`` has the document's title too."""

KEYWORDS = ("kind", "type", "issuer", "year", "status", "field", "number", "document", "path")
"""One value a unit, taken whole."""


def whoosh_schema() -> Schema:
    """The schema of every segment."""
    fields = {
        TEXT: _Terms(syllables_of, Positions()),
        BIGRAMS: _Terms(lambda text: list(bigrams(syllables_of(text))), Frequency()),
        WORDS: _Terms(word_forms, Frequency()),
    }
    return Schema(**fields, **{name: _Terms(lambda text: [text], Existence()) for name in KEYWORDS})


class _Terms(FieldType):  # type: ignore[misc]  # whoosh has no types to rely on
    """A field of terms that one of our own functions takes from a text."""

    indexed, stored, scorable, sortable_typecode = True, False, False, None
    unique, multitoken_query, spelling, column_type, vector = False, "default", False, None, None

    def __init__(self, terms: Callable[[str], list[str]], format_: Any) -> None:  # noqa: ANN401  # whoosh has no types
        self.analyzer = _FunctionAnalyzer(terms)
        self.format = format_


class _FunctionAnalyzer(Analyzer):  # type: ignore[misc]  # whoosh has no types to rely on
    def __init__(self, terms: Callable[[str], list[str]]) -> None:
        self._terms = terms

    def __call__(self, value: str, *, start_pos: int = 0, mode: str = "", **flags: Any) -> Iterator[Token]:  # noqa: ANN401
        """The terms as Whoosh's tokens."""
        token = Token(mode=mode, **flags)
        for place, term in enumerate(self._terms(value), start_pos):
            token.text, token.pos, token.boost, token.stopped = term, place, 1.0, False
            yield token
