"""The head of a document as a list of short texts: columns, table cells and lines broken in two come out in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.parse.lines import Line, is_capitals
from kb.text import fold

_COLUMNS = re.compile(r"(?<!\s)\s{3,}+(?!tháng|năm)|(?<!\s)\s*+\|\s*|\s/\s+(?:/\s+)*")
_MOTTO = re.compile(r"(?=C[ỘÔO]NG\s+H[OÒ][ÀA]\W+X)|(?<=VIỆT NAM)(?=Độc)|(?<=phúc)\s+(?=\S)")
_WORDS = re.compile(r"[a-z]+")
_RULE = re.compile(r"[\W_]*")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one column says on one line; ``breaks`` tells whether a blank line, rule or table bar stands before it."""

    text: str
    line: int
    breaks: bool
    bold: bool


def read_cells(lines: list[Line], first: int, end: int) -> list[Cell]:
    """The cells of the lines ``first`` to ``end``, without page furniture and rules."""
    cells: list[Cell] = []
    breaks = True
    for index in range(first, min(end, len(lines))):
        line = lines[index]
        if line.furniture and not line.text.isdecimal():  # a year may stand on a line of its own
            continue
        parts = list(_parts(line.text))
        breaks = breaks or not parts
        for part in parts:
            if _RULE.fullmatch(part):
                breaks = True
                continue
            cells.append(Cell(part, index, breaks or len(parts) > 1, line.bold))
            breaks = False
    return cells


def paragraphs(cells: list[Cell]) -> list[str]:
    """The cells with those that follow without a break joined to one text; the national motto is a break."""
    joined: list[list[str]] = []
    breaks = True
    for cell in cells:
        if is_motto(cell.text):
            breaks = True
            continue
        if breaks or cell.breaks:
            joined.append([])
        joined[-1].append(cell.text)
        breaks = False
    return [" ".join(words) for words in joined]


def is_motto(text: str) -> bool:
    """Whether a text is a piece of the national title and motto, which head every document."""
    folded = " ".join(_WORDS.findall(fold(text)))
    if folded.startswith(("cong hoa xa hoi", "doc lap tu", "chu nghia viet")):
        return True
    return folded in _TITLE and is_capitals(text) and not any(map(str.isdigit, text))


def _parts(text: str) -> Iterator[str]:
    for column in _COLUMNS.split(text):
        yield from (part.strip() for part in _MOTTO.split(column) if part.strip())


_TITLE = frozenset(
    {"cong", "cong hoa", "cong hoa xa", "hoa xa hoi chu nghia viet nam", "hoi chu nghia viet nam", "viet nam", "nam"}
)
