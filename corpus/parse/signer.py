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
    office_at = -1
    for index, cell in enumerate(cells):
        if is_office(cell.text):
            office_at = index
        elif office_at >= 0 and index - office_at <= _NAME_WITHIN and (name := _name_at(cells, index)):
            found.append(Signer(name, unwrap(cells[office_at].text)))
            office_at = -1
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


def _name_at(cells: list[Cell], index: int) -> str:
    """The name that starts at cell ``index``, empty if none does; a page may break it over two or three cells."""
    for size in (3, 2, 1):
        pieces = cells[index : index + size]
        if not any(piece.breaks or is_office(piece.text) for piece in pieces[1:]):
            name = _joined([piece.text for piece in pieces])
            if is_name(name):
                return name
    return ""


def _joined(pieces: list[str]) -> str:
    """The pieces of a name; a lone letter goes on in the next piece."""
    text = pieces[0]
    for before, piece in pairwise(pieces):
        text += piece if len(before) == 1 else f" {piece}"
    return unwrap(text)
