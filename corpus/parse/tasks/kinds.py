"""Which documents assign tasks that a ledger follows.

Directives, dispatches, official letters, resolutions, plans, notices of conclusions, programmes and decisions in single
cases do. A law, ordinance, decree or circular lays down standing duties ("Bộ Công an có trách nhiệm …"), which are law
and no tasks; so does every normative decision or resolution, told by the year in its number (``44/2025/QĐ-TTg``; Điều 10 NĐ
30/2020/NĐ-CP and the law on the promulgation of normative documents give the year to normative documents only).
"""

from __future__ import annotations

import re

from kb.model import ObservedDocument
from kb.numbers import type_of_number
from kb.text import fold

_ASSIGNING = frozenset(
    {
        "chi thi",
        "cong dien",
        "cong van",
        "nghi quyet",
        "ke hoach",
        "thong bao",
        "ket luan",
        "chuong trinh",
        "de an",
        "quyet dinh",
    }
    | {"thong bao ket luan", "chuong trinh hanh dong", "phuong an"}
)
_NORMATIVE_NUMBER = re.compile(r"\d+(?:\.\d+)?/(?:19|20)\d\d/")


def assigns_tasks(document: ObservedDocument, opening: str = "") -> bool:
    """Whether the tasks of ``document`` belong in a ledger of tasks.

    A document that names neither its kind nor its number is an official letter if its ``opening`` greets an addressee.
    """
    number = document.identity.number
    if _NORMATIVE_NUMBER.match(number):
        return False
    kind = fold(document.identity.type or (type_of_number(number) if number else ""))
    if not kind and not number:
        return "Kính gửi" in opening
    return kind in _ASSIGNING or (not kind and "/" in number)


def is_decision(document: ObservedDocument) -> bool:
    """Whether tasks stand only where it says "giao …": its other articles order nothing to be done."""
    return fold(document.identity.type or type_of_number(document.identity.number)) == "quyet dinh"
