"""The one box: any text as a plan that the engine runs and a person can read. docs/search.md is its manual."""

from __future__ import annotations

from indexer.plan import Node, Number, Plan, ProcedureCode, ProvisionOf, Step, Words
from indexer.query.parse import parse
from indexer.query.repair import balanced, cleaned
from indexer.query.telex import converted
from indexer.query.tokens import Kind, Token, tokenise
from indexer.query.words import WordReader, has_accents
from kb.numbers import find_numbers
from kb.text import canonical

LONGEST_QUERY = 1000  # characters


def understand(query: str, *, limit_length: int = LONGEST_QUERY) -> Plan:
    """What a query asks for. Pure and total; the time it takes grows with the length, which ``limit_length`` cuts.

    >>> [step.meaning for step in understand("thẻ căn cước năm:2022..2024").steps]
    ['Chỉ lấy văn bản ban hành từ năm 2022 đến năm 2024.']
    """
    clean, repairs = cleaned(query, limit_length)
    typed = canonical(clean)
    text = converted(typed)
    if text != typed:
        repairs.append(Step("keyboard", typed, f"Gõ khi tắt bộ gõ: hiểu là “{text}”."))
    tokens = tokenise(text, ((match.start, match.end) for match in find_numbers(text)))
    sound, balancing = balanced(tokens.tokens)
    reader = WordReader(accents=_types_accents(sound))
    root, understood = parse(sound, reader)
    steps = (*repairs, *tokens.repairs, *balancing, *understood, *_on_accents(reader))
    return Plan(query, root, steps, _title(sound, root))


def _title(tokens: list[Token], root: Node) -> Words | None:
    plain = all(token.kind in (Kind.WORD, Kind.PHRASE) and not (token.begun or token.slop) for token in tokens)
    if not plain or isinstance(root, Number | ProvisionOf | ProcedureCode):
        return None
    return WordReader(accents=_types_accents(tokens)).words(" ".join(token.text for token in tokens))


def _on_accents(reader: WordReader) -> list[Step]:
    words = " ".join(reader.accent_free)
    return [Step("accents", words, f"“{words}” gõ không dấu: khớp với mọi cách bỏ dấu.")] if words else []


def _types_accents(tokens: list[Token]) -> bool:
    return any(has_accents(token.text) for token in tokens if token.kind in (Kind.WORD, Kind.PHRASE))
