"""Tables with ruled lines: the lines that touch are one grid, and a cell reaches as far as no line parts it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.formats.pdf.page import Box, Rule, Word

_TOUCH = 3.5  # points between lines that meet
_SAME = 3.0  # points between lines that are one, such as the sides of neighbouring cells
_COVERED = 0.6  # of a cell's side that a line must cover to part it
_MOST_RULES = 6_000  # a table has some hundreds a page


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's lines: ``columns`` and ``rows`` are their edges, ``cells`` tells of each square the (row, column) of its cell."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: dict[tuple[int, int], tuple[int, int]]

    @property
    def box(self) -> Box:
        """Its outer edges."""
        return self.columns[0], self.rows[0], self.columns[-1], self.rows[-1]

    @property
    def is_table(self) -> bool:
        """Whether it has cells beside each other or below each other; a box around a text has one."""
        return len(set(self.cells.values())) > 1

    def holds(self, word: Word) -> bool:
        """Whether a word stands in it."""
        across, down = word.middle
        left, top, right, bottom = self.box
        return left <= across <= right and top <= down <= bottom

    def cell_of(self, word: Word) -> tuple[int, int]:
        """The (row, column) of the cell in which a word stands; the word must be held."""
        across, down = word.middle
        return self.cells[_place(self.rows, down), _place(self.columns, across)]


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """The grids of a page from top to bottom."""
    grids = [grid for group in _touching(_merged(rules[:_MOST_RULES])) if (grid := _grid(group)) is not None]
    return sorted(grids, key=lambda grid: (grid.box[1], grid.box[0]))


def _place(edges: Sequence[float], at: float) -> int:
    return next((index for index in range(len(edges) - 2) if at < edges[index + 1]), len(edges) - 2)


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces of one line put together."""
    whole: list[Rule] = []
    for horizontal in (True, False):
        lanes: defaultdict[int, list[Rule]] = defaultdict(list)
        for rule in rules:
            if rule.is_horizontal is horizontal:
                lanes[round((rule.top + rule.bottom if horizontal else rule.left + rule.right) / 2)].append(rule)
        for lane in lanes.values():
            whole += _chained(lane, horizontal=horizontal)
    return whole


def _chained(lane: list[Rule], *, horizontal: bool) -> Iterator[Rule]:
    start: Callable[[Rule], float] = (lambda rule: rule.left) if horizontal else (lambda rule: rule.top)
    end: Callable[[Rule], float] = (lambda rule: rule.right) if horizontal else (lambda rule: rule.bottom)
    chain: Rule | None = None
    for rule in sorted(lane, key=start):
        if chain is not None and start(rule) - end(chain) <= _TOUCH:
            chain = Rule(
                min(chain.left, rule.left),
                min(chain.top, rule.top),
                max(chain.right, rule.right),
                max(chain.bottom, rule.bottom),
            )
            continue
        if chain is not None:
            yield chain
        chain = rule
    if chain is not None:
        yield chain


def _touching(rules: list[Rule]) -> Iterator[list[Rule]]:
    """The rules in groups that hang together."""
    parent = list(range(len(rules)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    order = sorted(range(len(rules)), key=lambda index: rules[index].top)
    open_rules: list[int] = []
    for index in order:
        rule = rules[index]
        open_rules = [other for other in open_rules if rules[other].bottom + _TOUCH >= rule.top]
        for other in open_rules:
            if rules[other].left - _TOUCH <= rule.right and rule.left <= rules[other].right + _TOUCH:
                parent[root(index)] = root(other)
        open_rules.append(index)
    groups: defaultdict[int, list[Rule]] = defaultdict(list)
    for index, rule in enumerate(rules):
        groups[root(index)].append(rule)
    yield from groups.values()


def _grid(rules: list[Rule]) -> Grid | None:
    """The grid of a group, None if it encloses nothing."""
    across = [rule for rule in rules if rule.is_horizontal]
    down = [rule for rule in rules if not rule.is_horizontal]
    rows = _edges((rule.top + rule.bottom) / 2 for rule in across)
    columns = _edges((rule.left + rule.right) / 2 for rule in down)
    if len(rows) < 2 or len(columns) < 2:
        return None
    return Grid(columns, rows, _joined(columns, rows, across, down))


def _edges(values: Iterable[float]) -> tuple[float, ...]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SAME:
            edges.append(value)
    return tuple(edges)


def _joined(
    columns: Sequence[float], rows: Sequence[float], across: list[Rule], down: list[Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Of each square of the grid the first square of its cell."""
    cells = {(row, column): (row, column) for row in range(len(rows) - 1) for column in range(len(columns) - 1)}

    def first(square: tuple[int, int]) -> tuple[int, int]:
        while cells[square] != square:
            square = cells[square]
        return square

    def join(one: tuple[int, int], other: tuple[int, int]) -> None:
        one, other = sorted((first(one), first(other)))
        cells[other] = one

    sides = _Lanes(down, lambda rule: (rule.left + rule.right) / 2, lambda rule: (rule.top, rule.bottom))
    floors = _Lanes(across, lambda rule: (rule.top + rule.bottom) / 2, lambda rule: (rule.left, rule.right))
    for row, column in list(cells):
        if column + 2 < len(columns) and not sides.cover(columns[column + 1], rows[row], rows[row + 1]):
            join((row, column), (row, column + 1))
        if row + 2 < len(rows) and not floors.cover(rows[row + 1], columns[column], columns[column + 1]):
            join((row, column), (row + 1, column))
    return {square: first(square) for square in cells}


class _Lanes:
    """Lines of one direction, found by where they run."""

    def __init__(
        self, rules: list[Rule], at: Callable[[Rule], float], reach: Callable[[Rule], tuple[float, float]]
    ) -> None:
        self._lanes: defaultdict[int, list[tuple[float, float, float]]] = defaultdict(list)
        for rule in rules:
            self._lanes[int(at(rule) // _SAME)].append((at(rule), *reach(rule)))

    def cover(self, at: float, start: float, end: float) -> bool:
        """Whether lines at ``at`` cover enough of the way from ``start`` to ``end``."""
        lane = int(at // _SAME)
        near = [
            line
            for key in range(lane - 1, lane + 3)
            for line in self._lanes.get(key, ())
            if -1 <= line[0] - at <= _SAME
        ]
        return sum(max(0.0, min(end, line[2]) - max(start, line[1])) for line in near) >= _COVERED * (end - start)
