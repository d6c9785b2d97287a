"""Khoản and điểm of one article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from corpus.parse.numbering import LINE_START, Mark, find_marks, letter_chain, number_chain
from kb.citation import label_slug
from kb.model import Provision, ProvisionKind

_DECIMAL = re.compile(LINE_START + r"(\d{1,3})\.\d{1,2}[.)]?[ \t\u00a0]+[^\W\d_]", re.MULTILINE)


def split_article(text: str, path: str) -> tuple[str, tuple[Provision, ...]]:
    r"""Split the text of one article into its own lead and its khoản, with their điểm, or the điểm where it has no khoản.

    ``path`` is the article's address (``dieu-5``). Lead and children joined give ``text`` back; never raises.

    >>> lead, clauses = split_article("Gồm:\n1. Một:\na) A;\nb) B.\n2. Hai.", "dieu-5")
    >>> lead, [clause.path for clause in clauses], [point.path for point in clauses[0].children]
    ('Gồm:\n', ['dieu-5.khoan-1', 'dieu-5.khoan-2'], ['dieu-5.khoan-1.diem-a', 'dieu-5.khoan-1.diem-b'])
    """
    marks = find_marks(text)
    numbers = [mark for mark in marks if not mark.is_letter]
    letters = [mark for mark in marks if mark.is_letter]
    clauses = [] if _letters_are_outer(letters, numbers) else number_chain(numbers, text)
    if not clauses:
        return _split_points(text, 0, len(text), letters, path)
    return text[: clauses[0].start], tuple(_clauses(text, clauses, letters, path))


def unique_paths(paths: list[str]) -> list[str]:
    """The same paths, a repeated one marked ``~2``, ``~3`` … so that each names one place.

    >>> unique_paths(["dieu-1", "dieu-2", "dieu-2"])
    ['dieu-1', 'dieu-2', 'dieu-2~2']
    """
    seen: Counter[str] = Counter()
    unique = []
    for path in paths:
        seen[path] += 1
        unique.append(path if seen[path] == 1 else f"{path}~{seen[path]}")
    return unique


def _letters_are_outer(letters: list[Mark], numbers: list[Mark]) -> bool:
    """Whether the list starts at a) and goes on to b) after the first 1.: then numbers are lists inside the points."""
    if not letters or not numbers or letters[0].order != 1 or letters[0].start > numbers[0].start:
        return False
    return any(mark.order == 2 and mark.start > numbers[0].start for mark in letters) and not any(
        mark.order == 1 for mark in letters[1:]
    )


def _clauses(text: str, clauses: list[Mark], letters: list[Mark], path: str) -> Iterator[Provision]:
    ends = [mark.start for mark in clauses[1:]] + [len(text)]
    paths = unique_paths([f"{path}.khoan-{label_slug(mark.label)}" for mark in clauses])
    for mark, end, clause_path in zip(clauses, ends, paths, strict=True):
        inside = [letter for letter in letters if mark.start < letter.start < end]
        own, points = _split_points(text, mark.start, end, inside, clause_path)
        yield Provision(ProvisionKind.CLAUSE, mark.label, clause_path, "", own, points)


def _split_points(text: str, start: int, end: int, letters: list[Mark], path: str) -> tuple[str, tuple[Provision, ...]]:
    points = letter_chain(letters, _first_decimal(text, start, end), text) if letters else []
    if not points:
        return text[start:end], ()
    ends = [mark.start for mark in points[1:]] + [end]
    paths = unique_paths([f"{path}.diem-{label_slug(mark.label)}" for mark in points])
    return text[start : points[0].start], tuple(
        Provision(ProvisionKind.POINT, mark.label, point_path, "", text[mark.start : stop])
        for mark, stop, point_path in zip(points, ends, paths, strict=True)
    )


def _first_decimal(text: str, start: int, end: int) -> int:
    """Where "1.1. …" starts in a khoản: letters after it belong to it, not to the khoản."""
    match = _DECIMAL.search(text, start, end)
    return match.start() if match else end
