"""Where a second document starts in one text: an issue of the Công báo prints several, one below the other."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.parse.annexes import find_annexes
from corpus.parse.lines import Line, is_capitals, previous_said, read_lines
from corpus.parse.signature import starts_signature
from kb.text import fold

_NATION = "cong hoa xa hoi chu nghia viet nam"
_NUMBERED = re.compile(r"[Ss]ố\s*:\s*\d+\s*/")
_NUMBER_WITHIN = 6  # lines around the national title within which a letterhead has its number
_BASES_WITHIN = 60  # lines below it within which the legal bases stand
_LETTERHEAD = 4  # lines of the issuer's name above the national title


def split_documents(text: str) -> list[str]:
    """The text of each document, in order; joined they give ``text`` back.

    A new one starts at a letterhead with a number, below a signature, with legal bases under it. Forms in annexes have
    letterheads too, without number.
    """
    lines = read_lines(text)
    heads = [index for index, line in enumerate(lines) if _NATION in fold(line.text) and _is_letterhead(lines, index)]
    starts = [0]
    for before, head in pairwise([0, *heads]):
        if head in heads[1:] and _is_closed(lines, before, head):
            starts.append(lines[_first_line(lines, head)].start)
    return [text[first:end] for first, end in pairwise([*starts, len(text)])]


def _is_letterhead(lines: list[Line], index: int) -> bool:
    around = lines[max(0, index - _NUMBER_WITHIN) : index + _NUMBER_WITHIN]
    below = lines[index : index + _BASES_WITHIN]
    return any(_NUMBERED.search(line.text) for line in around) and any(line.text.startswith("Căn cứ") for line in below)


def _is_closed(lines: list[Line], first: int, end: int) -> bool:
    """Whether the document of the lines ``first`` to ``end`` has been signed and has no annex that goes on."""
    between = lines[first:end]
    signed = any(starts_signature(between, index) for index in range(len(between)))
    return signed and not find_annexes(between, [False] * len(between))


def _first_line(lines: list[Line], head: int) -> int:
    """The line on which the issuer's name starts, at or above the national title."""
    first = head
    for _ in range(_LETTERHEAD):
        above = previous_said(lines, first)
        if above < 0 or not is_capitals(lines[above].text):
            break
        first = above
    return first
