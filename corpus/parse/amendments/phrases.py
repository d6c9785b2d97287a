"""Phrases that an instruction changes: "thay thế cụm từ “…” bằng cụm từ “…”", "bỏ từ “…”"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.parse.amendments.acts import Act
from corpus.parse.amendments.statements import QUOTE, Statement


@dataclass(frozen=True, slots=True)
class Replacement:
    """``old`` becomes ``new``: spans of the quotations in the text of the structure, marks included.

    ``old`` is None where a phrase is added, ``new`` where one is taken out.
    """

    old: tuple[int, int] | None
    new: tuple[int, int] | None


_OBJECT = r"(?:(?:cac\s)?(?:cum\stu(?:\sngu)?|tu\sngu|tu|noi\sdung|doan|cau|chu|so|dong|menh de|thuat ngu|cum)(?:\s\w+){0,3}?\s?[:,]?\s?)"
_OLD = re.compile(rf"{_OBJECT}{QUOTE}")
_NEW = re.compile(rf"\b(?:bang|thanh|la)\s?(?:{_OBJECT})?\s?:?\s?{QUOTE}")
_BESIDE = re.compile(rf"\b(?:sau|truoc)\s{_OBJECT}?{QUOTE}")


def find_replacements(statement: Statement, act: Act) -> tuple[tuple[Replacement, ...], int]:
    """The phrases of an act and the end of the last of them, 0 where it is not about phrases."""
    folded, last = statement.folded, act.last
    first = act.first if not act.passive else 0
    old = [match.end() - 1 for match in _OLD.finditer(folded, first, last)]
    new = [match.end() - 1 for match in _NEW.finditer(folded, first, last)]
    beside = {match.end() - 1 for match in _BESIDE.finditer(folded, first, last)}
    if not old and not new:
        return (), 0
    old = [place for place in old if place not in new and place not in beside]
    if act.action.value == "supplement":
        added = [place for place in old if place not in beside]
        return tuple(Replacement(None, _span(statement, place)) for place in added), max([*old, *beside], default=0) + 1
    pairs = []
    for place in old:
        following = next((one for one in new if one > place), None)
        pairs.append(
            Replacement(_span(statement, place), _span(statement, following) if following is not None else None)
        )
    return tuple(pairs), max([*old, *new], default=0) + 1


def _span(statement: Statement, place: int) -> tuple[int, int]:
    return statement.quotations[statement.folded.count(QUOTE, 0, place)]
