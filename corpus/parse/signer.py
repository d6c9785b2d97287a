"""Who signed a document: the name in its signature block and the office above it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.parse.cells import Cell, read_cells
from corpus.parse.lines import is_capitals, read_lines
from corpus.parse.signature import is_name, is_office
from kb.text import unwrap

_NAME_WITHIN = 30  # cells between an office and its name: the recipients may stand in the column beside


@dataclass(frozen=True, slots=True)
class Signer:
    """A name and an office as printed; several are joined by "; " in the order of the page."""

    name: str
    title: str


def find_signer(signature: str) -> Signer:
    """The signer in the text of a signature block; empty where none can be read."""
    lines = read_lines(signature)
    cells = _with_whole_offices(read_cells(lines, 0, len(lines)))
    found: list[Signer] = []
    index = 0
    while index < len(cells):
        index += 1
        if not is_office(cells[index - 1].text):
            continue
        name, end = _name_below(cells, index)
        if not name:
            continue
        office = [cell.text for cell in cells[index - 1 : end] if is_office(cell.text)][-1]
        found.append(Signer(name, unwrap(office)))
        index = end
    return Signer("; ".join(signer.name for signer in found), "; ".join(signer.title for signer in found))


def _with_whole_offices(cells: list[Cell]) -> list[Cell]:
    """The cells, an office that a page breaks over two of them ("CHỦ TỊCH QUỐC", "HỘI") in one."""
    whole: list[Cell] = []
    for cell in cells:
        goes_on = whole and not cell.breaks and not is_office(cell.text)
        if goes_on and is_capitals(cell.text) and is_capitals(whole[-1].text):
            whole[-1] = replace(whole[-1], text=f"{whole[-1].text} {cell.text}")
        else:
            whole.append(cell)
    return whole


def _name_below(cells: list[Cell], first: int) -> tuple[str, int]:
    """The first name from cell ``first`` on, and the cell after it; a page may break the name over two or three cells."""
    for index in range(first, min(len(cells), first + _NAME_WITHIN)):
        for size in (3, 2, 1):
            pieces = cells[index : index + size]
            if any(piece.breaks for piece in pieces[1:]) or any(is_office(piece.text) for piece in pieces):
                continue
            name = _joined([piece.text for piece in pieces])
            if is_name(name):
                return name, index + size
    return "", first


def _joined(pieces: list[str]) -> str:
    """The pieces of a name; a lone letter goes on in the next piece."""
    text = pieces[0]
    for before, piece in pairwise(pieces):
        text += piece if len(before) == 1 else f" {piece}"
    return unwrap(text)
