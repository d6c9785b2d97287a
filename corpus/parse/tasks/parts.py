"""A part of a plan that says what, who and when under headings of their own: "1. Nội dung", "2. Cơ quan chủ trì".

Headings with a colon are labels of one task (``corpus.parse.tasks.labels``); these list several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from corpus.parse.tasks.passages import Passage
from kb.text import fold


class _Role(Enum):
    WHAT = auto()
    WHO = auto()
    WITH = auto()
    WHEN = auto()


_ROLES = (
    (_Role.WITH, r"(?:cac )?(?:co quan|don vi) phoi hop(?: thuc hien)?"),
    (
        _Role.WHO,
        r"(?:(?:cac )?(?:co quan|don vi) )?(?:chu tri|thuc hien)(?:,? (?:va )?(?:phoi hop|thuc hien))*|phan cong thuc hien",
    ),
    (_Role.WHEN, r"(?:thoi gian|thoi han|tien do|lo trinh)(?: (?:thuc hien|hoan thanh|trien khai))*"),
    (
        _Role.WHAT,
        r"(?:cac )?(?:noi dung|nhiem vu|bien phap|hoat dong|giai phap)(?:(?:,| va) (?:noi dung|nhiem vu|bien phap|giai phap))*(?: thuc hien| cu the)?",
    ),
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What such a part says: its tasks, and the agencies and time of all of them, as printed."""

    tasks: tuple[Passage, ...]
    lead: str
    coordinating: str
    time: str


def read_parts(passage: Passage) -> Parts | None:
    """The tasks and who does them when, where the children of ``passage`` are headed so; None where they are not."""
    by_role = _by_role(passage)
    what, who = by_role.get(_Role.WHAT), by_role.get(_Role.WHO)
    if what is None or who is None or not what.children or ":" in what.text:
        return None
    when, others = by_role.get(_Role.WHEN), by_role.get(_Role.WITH)
    inner = _by_role(who)
    lead = _names(inner.get(_Role.WHO, who))
    coordinating = _names(inner[_Role.WITH]) if _Role.WITH in inner else _names(others) if others else ""
    tasks = tuple(child for child in what.children if child.text)
    return Parts(tasks, lead, coordinating, _names(when) if when else "") if tasks and lead else None


def _by_role(passage: Passage) -> dict[_Role, Passage]:
    """The first child of each role: "a) Cơ quan chủ trì" goes before "b) Đơn vị thực hiện"."""
    return {role: child for child in reversed(passage.children) if (role := _role(child.text)) is not None}


def _role(text: str) -> _Role | None:
    heading = fold(text.partition(":")[0]).strip(" .")
    return next((role for role, pattern in _ROLES if re.fullmatch(pattern, heading)), None)


def _names(passage: Passage) -> str:
    """What stands behind the colon of a heading and in the lines below it that are no headings themselves."""
    return "; ".join(filter(None, (said.strip(" .;") for said in _said(passage))))


def _said(passage: Passage) -> Iterator[str]:
    yield passage.text.partition(":")[2]
    for child in passage.children:
        if _role(child.text) is None:
            yield child.text
            yield from (below.text for below in child.children)
