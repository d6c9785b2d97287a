"""The flattened tables of papers on a rendered page.

A table is the name of a case, the header, then rows "name of the paper, files of its forms, 1 bản chính,2 bản sao", all glued:
"--Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn đề nghịMau 01.docx1 bản chínhBản sao hợp đồng0 bản chính,1 bản sao".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.parse.procedures.detail import is_note
from corpus.parse.procedures.values import CAPITALS, lines_of, one_line
from kb.model import Component, DossierCase, Form
from kb.numbers import AGENCIES

_HEADER = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
_QUANTITY = re.compile(r"(?P<originals>\d{1,8}) bản chính(?:,(?P<copies>\d{1,3}) bản sao)?")
_GOES_ON = re.compile(
    rf"\s*(?:[,;:)/]|\.(?!\w)|\s(?![{CAPITALS}\-+*•(\d])|\Z)"
)  # after a quantity that a name speaks of
_FILE_END = re.compile(r"\.(?:docx?|pdf|xlsx?|rtf|odt|zip|rar|jpe?g|png|txt)(?=\S|\Z)", re.IGNORECASE)
_VIETNAMESE = re.compile(r"[^\x00-\x7f]")
_AGENCY = "|".join(sorted(map(re.escape, AGENCIES), key=len, reverse=True))
_SEAM = re.compile(  # where a name runs into the name of a file; each ends where the file's name begins
    rf"[^\W\d_{CAPITALS}](?=[{CAPITALS}\d])"  # mẫu|Don, khai|01
    rf"|\d(?=[{CAPITALS}][^\W\d_{CAPITALS}])|[-/](?:{_AGENCY})(?=[^\W\d_])"  # 02|Mẫu, NĐ-CP|mau
    r"|[)\]”\"'](?=[\w(])|[;:,](?=\w)|\.(?=[^\W\d_])|(?:[^\W\d_]|\))\.(?=\d)"
)
_LONGEST_FILE = 150


def read_dossier(cell: str) -> tuple[DossierCase, ...]:
    """The cases of a cell with their papers; text without a table is kept as a note."""
    name, *tables = cell.split(_HEADER)
    if not tables:
        text = lines_of(cell)
        return (DossierCase("", (Component(text, is_note=True),)),) if text else ()
    return tuple(_cases(name, tables))


def _cases(name: str, tables: list[str]) -> Iterator[DossierCase]:
    for position, table in enumerate(tables):
        components, rest = _rows(table)
        if position == len(tables) - 1 and (left := lines_of(rest)):
            components.append(Component(left, is_note=True))  # the page was torn off before a quantity
        case = one_line(name)
        if components or case:
            yield DossierCase(case, tuple(components))
        name = rest


def _rows(table: str) -> tuple[list[Component], str]:
    """The rows of a table and what stands after the last of them, which is the name of the next case."""
    components: list[Component] = []
    start = 0
    for match in _QUANTITY.finditer(table):
        own = _own_figures(table, match)
        if own is None:
            continue
        component = _component(table[start:own], table[own : match.end("originals")], match["copies"])
        if component.name or component.forms:
            components.append(component)
        start = match.end()
    return components, table[start:]


def _own_figures(table: str, match: re.Match[str]) -> int | None:
    """Where the figures of the quantity begin, the figures before them being the paper's name's; None where it is no quantity.

    The portal prints quantities without leading zeros and glued to the name; a name that speaks of copies goes on after
    them ("01 bản chính hoặc 01 bản sao").
    """
    figures, before = match["originals"], table[match.start() - 1 : match.start()]
    glued = not before.isspace() and before not in {"(", "/"}
    if match["copies"] is None and match.end() < len(table) and _GOES_ON.match(table, match.end()):
        return None
    if len(figures) == 1:
        return match.start()
    if len(figures) == 2 and figures[0] == "0":
        return None
    if len(figures) == 2 and glued:
        return match.start()
    return match.end("originals") - 1


def _component(name: str, originals: str, copies: str | None) -> Component:
    paper, files = _files(name)
    counted = int(originals), int(copies or 0)
    text = lines_of(paper)
    return Component(text, *counted, tuple(Form(file) for file in files), is_note(text, *counted))


def _files(text: str) -> tuple[str, list[str]]:
    """The name of the paper without the names of its files; where the two cannot be told apart they stay together."""
    ends = [match.end() for match in _FILE_END.finditer(text)]
    if not ends or ends[-1] != len(text.rstrip()):
        return text, []
    start = _start_of_file(text, ends[0])
    if start is None:
        return text, []
    starts = [start, *ends[:-1]]
    return text[:start], [text[begin:end].strip() for begin, end in zip(starts, ends, strict=True)]


def _start_of_file(text: str, end: int) -> int | None:
    """Where the first file's name begins: at the first seam after the last Vietnamese letter, else at the last seam.

    The portal strips most names of files of their accents.
    """
    floor = max(0, end - _LONGEST_FILE)
    accents = [match.end() for match in _VIETNAMESE.finditer(text, floor, end)]
    stem = max(text.rfind(".", floor, end), floor)
    seams = [match.end() for match in _SEAM.finditer(text, floor, end) if match.end() < stem]
    after = [seam for seam in seams if not accents or seam >= accents[-1]]
    if after:
        return after[0]
    return next((seam for seam in reversed(seams) if not text[seam].isdecimal()), seams[-1] if seams else None)
