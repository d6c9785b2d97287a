"""The trích yếu and the legal bases, which stand between the kind of a document and its first unit."""

from __future__ import annotations

import re

from corpus.parse.cells import Cell
from corpus.parse.lines import Line, breaks_off, is_capitals
from kb.text import unwrap

_BASES = re.compile(r"(?:Căn\s*cứ|Theo đề nghị|Xét|Thực hiện|Để|Trên cơ sở|Kính gửi|Thi hành)\b")
_BASIS = re.compile(r"Căn\s*(?:cứ|$)")
_AUTHORITY = re.compile(
    r"(?:BỘ TRƯỞNG|THỦ TƯỚNG|CHÍNH PHỦ|QUỐC HỘI|CHỦ TỊCH|CHỦ NHIỆM|THỐNG ĐỐC|ỦY BAN|UỶ BAN|HỘI ĐỒNG|CHÁNH ÁN|VIỆN TRƯỞNG|"
    r"GIÁM ĐỐC|TỔNG |CỤC TRƯỞNG)"
)
_ENDS_BASES = re.compile(
    r"(?:QUYẾT|NGHỊ QUYẾT|CHỈ THỊ)\b|(?:Theo đề nghị|Xét|Thực hiện|Trên cơ sở)\b|.{0,80}\bban hành (?:Luật|Nghị|Thông|Quyết|Pháp)"
)
_LONGEST_TITLE = 1500


def title_below(cells: list[Cell], first: int) -> str:
    """The trích yếu from cell ``first`` on, on one line: the paragraph below the kind of document."""
    words: list[str] = []
    for index in range(first, len(cells)):
        cell = cells[index]
        if _BASES.match(cell.text) or (words and (cell.breaks or _is_other_text(cells, first, index))):
            break
        words.append(cell.text)
    title = unwrap(" ".join(words))
    return title if len(title) <= _LONGEST_TITLE else ""


def _is_other_text(cells: list[Cell], first: int, index: int) -> bool:
    """Whether the cell ends the trích yếu without a break: it is set otherwise, or names who issues."""
    cell = cells[index]
    if is_capitals(" ".join(above.text for above in cells[first:index])) and not is_capitals(cell.text):
        return "(" not in cell.text[:1]
    if not _AUTHORITY.match(cell.text):
        return False
    if cell.bold and not cells[first].bold:
        return True
    return (
        index + 1 < len(cells) and bool(_BASES.match(cells[index + 1].text)) and not breaks_off(cells[index - 1].text)
    )


def legal_bases(lines: list[Line], end: int) -> tuple[str, ...]:
    """The "Căn cứ …" paragraphs above line ``end``, each on one line without its closing mark."""
    bases: list[list[str]] = []
    is_open = False
    for line in lines[:end]:
        if line.furniture:
            continue
        if _BASIS.match(line.text):
            bases.append([line.text])
            is_open = True
        elif _ENDS_BASES.match(line.text) or (not line.text and bases and not breaks_off(bases[-1][-1])):
            is_open = False
        elif is_open and line.text:
            bases[-1].append(line.text)
        if line.text.endswith((";", ".", ";.")):
            is_open = False
    return tuple(text for words in bases if (text := unwrap(" ".join(words)).rstrip(" ;.,")))
