"""Legal bases: a name and a code as a source prints them, and the document that the grammar makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from corpus.parse.procedures.values import one_line
from kb.citation import find_citations
from kb.model import DocumentReference, Identity, LegalBasis
from kb.numbers import DocumentNumber, find_numbers, parse_number, type_of_number
from kb.text import fold

_KINDS = ("Bộ luật", "Luật", "Pháp lệnh", "Nghị quyết", "Quyết định", "Thông tư liên tịch")
"""Kinds that a number may not show, the longer first; "Quy định", "Hướng dẫn" also begin the titles of others."""
_GLUED_WORD = re.compile(r"(?<=[A-ZĐ]{2})(?=(?:ngày|của|quy|sửa|về|ban)\b)")  # "53/2025/TT-BCAngày 01/7/2025"
_LOCAL = re.compile(r"HĐND|UBND")
_FAR_FROM_START = 40  # a number further on is one that the name speaks of ("sửa đổi Nghị định số …"), not its own


def legal_basis(name: object, code: object) -> LegalBasis:
    """A legal basis with the document it names, by its code, else by what its name begins with.

    >>> legal_basis("Nghị định số 146/2025/NĐ-CP", "nghị định 146/2025").reference.identity.number
    '146/2025/NĐ-CP'
    """
    named, coded = one_line(name), one_line(code)
    return LegalBasis(named, coded, _reference(named, coded))


def each_once(bases: Iterable[LegalBasis]) -> tuple[LegalBasis, ...]:
    """The bases without those that name again the document of one before."""
    first: dict[str, LegalBasis] = {}
    for basis in bases:
        if basis.name or basis.code:
            first.setdefault(_key(basis), basis)
    return tuple(first.values())


def numbers_of(bases: Iterable[LegalBasis]) -> tuple[str, ...]:
    """The numbers of the documents that bases name, each once."""
    numbers = (basis.reference.identity.number for basis in bases if basis.reference)
    return tuple(dict.fromkeys(number for number in numbers if number))


def _reference(name: str, code: str) -> DocumentReference | None:
    number = (
        _own_number(code) or _number_in(code, len(code)) or _same_in(name, code) or _number_in(name, _FAR_FROM_START)
    )
    if number is None:
        return _by_title(code) or _by_title(name)
    told = _told_in(name, number)
    kind = type_of_number(number) or _kind_named(code) or _kind_named(name)
    identity = replace(told, type=told.type or kind) if told else Identity(kind, str(number))
    return DocumentReference(identity, wording=code or name)


def _told_in(name: str, number: DocumentNumber) -> Identity | None:
    """What the name says of a document whose number alone does not tell it from others: its year, issuer, day."""
    if number.year and not _LOCAL.search(number.suffix):
        return None
    for citation in find_citations(name):
        found = parse_number(citation.document.identity.number) if citation.document else None
        if citation.start > _FAR_FROM_START or found is None or citation.document is None:
            return None
        same = (found.serial, found.suffix) == (number.serial, number.suffix)
        if same and number.year in {None, found.year}:
            return citation.document.identity
    return None


def _own_number(code: str) -> DocumentNumber | None:
    """The code as a number: it must show more than figures ("146/2025" may be of any kind)."""
    number = parse_number(code)
    return number if number is not None and number.serial and number.suffix else None


def _number_in(text: str, reach: int) -> DocumentNumber | None:
    spaced = _GLUED_WORD.sub(" ", text)
    found = [match for match in find_numbers(spaced) if match.start <= reach and match.number.suffix]
    return found[0].number if found else None


def _same_in(name: str, code: str) -> DocumentNumber | None:
    """The number in the name that goes on as the figures of the code do ("146/2025": "Nghị định số 146/2025/NĐ-CP")."""
    figures = re.fullmatch(r"\D{0,30}?0*(\d{1,5}[a-z]?)\s*/\s*(\d{4})\D{0,3}", code)
    if figures is None:
        return None
    return next(
        (
            match.number
            for match in find_numbers(name)
            if match.number.suffix
            and (match.number.serial.lstrip("0"), match.number.year) == (figures[1], int(figures[2]))
        ),
        None,
    )


def _kind_named(text: str) -> str:
    folded = fold(text)
    return next((kind for kind in _KINDS if re.match(rf"{fold(kind)}\b", folded)), "")


def _by_title(text: str) -> DocumentReference | None:
    """A law that is named and not numbered ("Luật Cư trú 2020", "LUẬT ĐẤT ĐAI"), where that is all the text says."""
    spelled = text.capitalize() if text.isupper() else text
    citations = find_citations(spelled)
    if len(citations) != 1 or citations[0].document is None or citations[0].start:
        return None
    document = citations[0].document
    return document if document.title and citations[0].end >= len(spelled) - 1 else None


def _key(basis: LegalBasis) -> str:
    if basis.reference is not None and basis.reference.identity.number:
        return basis.reference.identity.number
    return fold(f"{basis.code}|{basis.name}")
