"""What a run of words names outright: document numbers, provisions of documents, procedure codes; the rest are words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.plan import Number, ProcedureCode, ProvisionOf, Step
from indexer.query.numbers import Found, codes_in, numbers_in, run_of
from indexer.query.provisions import provisions_in
from indexer.query.words import WordReader
from kb.citation import parse_path
from kb.numbers import parse_number

Reference = Number | ProvisionOf | ProcedureCode


@dataclass(frozen=True, slots=True)
class References:
    """What a run of words names, in order, and the words left over."""

    nodes: tuple[Reference, ...]
    rest: str


def find_references(text: str, reader: WordReader) -> References:
    """The numbers, provisions and codes named in words side by side; the reader gets the steps that say so."""
    if not any(map(str.isdigit, text)):
        return References((), text)
    run = run_of(text)
    codes = codes_in(run)
    numbers = _apart(numbers_in(run), codes)
    provisions = provisions_in(run, numbers, reader)
    found = sorted([*_apart(numbers, provisions), *provisions, *codes], key=lambda reference: reference.start)
    reader.steps.extend(_step(reference.node) for reference in found)
    return References(tuple(reference.node for reference in found), _rest(text, found))


def _apart(numbers: Sequence[Found], others: Sequence[Found]) -> list[Found]:
    """The numbers that are no part of something else."""
    return [number for number in numbers if not any(o.start < number.end and number.start < o.end for o in others)]


# Words that lead to a reference or away from it and say nothing beside it.
_ACCENTED_FILLERS = "của tại theo trong về xem tìm ở thuộc và tra cứu nội dung quy định là nói gồm những gì như thế nào"
_PLAIN_FILLERS = (
    "cua theo trong ve xem tim o va noi dung quy dinh la gi"  # fewer: "thuoc" and "the" mean more than that
)
_FILLERS = frozenset(f"{_ACCENTED_FILLERS} {_PLAIN_FILLERS}".split())


def _rest(text: str, found: Sequence[Found]) -> str:
    """The words outside what was found; nothing where only fillers are left."""
    pieces, place = [], 0
    for reference in found:
        pieces.append(text[place : reference.start])
        place = reference.end
    rest = " ".join(
        piece for piece in (" ".join(piece.split()).strip(" ,;:") for piece in [*pieces, text[place:]]) if piece
    )
    words = rest.lower().translate(str.maketrans("", "", ".,;:?!")).split()
    return "" if found and set(words) <= _FILLERS else rest


def _step(node: Reference) -> Step:
    if isinstance(node, ProcedureCode):
        begun = "các mã bắt đầu bằng" if node.partial else "mã thủ tục hành chính"
        return Step("procedure", node.text, f"Hiểu “{node.text}” là {begun} {node.code}.")
    if isinstance(node, Number):
        return Step("number", node.text, f"Hiểu “{node.text}” là {number_said(node)}.")
    return Step("provision", node.text, f"Hiểu “{node.text}” là {path_said(node.path)} của {document_said(node)}.")


def number_said(node: Number | ProvisionOf) -> str:
    """A number in words: whole, or what was typed of it."""
    key = node.key if isinstance(node, Number) else node.number_key
    partial = node.partial
    if key:
        issued = node.issued if isinstance(node, Number) else node.year
        return f"số ký hiệu {parse_number(key) or key}" + (f" ban hành năm {issued}" if issued else "")
    if partial is None:
        return "số ký hiệu chưa đủ"
    year = f" năm {partial.year}" if partial.year else ""
    return f"{partial.type.lower() or 'văn bản'} số {partial.serial.zfill(2)}{year}"


def document_said(node: ProvisionOf) -> str:
    """The document of a provision in words."""
    if not node.title:
        return number_said(node)
    title = " ".join(node.title)
    named = title if title == node.type.lower() else f"{node.type} {title}".strip()
    return f"“{named}”" + (f" năm {node.year}" if node.year else "")


def path_said(path: str) -> str:
    """An address within a document as the law writes it: "khoản 2 Điều 10"."""
    return str(parse_path(path) or path)
