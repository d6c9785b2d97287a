"""Figures of reports: sums shown whole with what they say nothing about, and the same thing over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kb.errors import NotFoundError
from kb.export import Cell, Column, ColumnKind, Row, Table
from kb.ledger.tasks.ledger import TaskEntry
from kb.model import Indicator, IndicatorPoint, Provenance


@dataclass(frozen=True, slots=True)
class Sum:
    """A total of a report and the parts that it names; ``unstated`` is what the report says nothing about.

    What is unstated is neither late nor done: it is unknown. A negative ``unstated`` means that the parts say more than
    the total: the report contradicts itself.
    """

    total: Indicator
    parts: tuple[Indicator, ...]

    @property
    def stated(self) -> Decimal:
        """The parts together."""
        return sum((part.numerator for part in self.parts), Decimal(0))

    @property
    def unstated(self) -> Decimal:
        """What of the total no part accounts for."""
        return self.total.numerator - self.stated

    def share(self, amount: Decimal) -> Decimal:
        """An amount as a part of the total in percent, to one place; 0 where the total is 0."""
        if not self.total.numerator:
            return Decimal(0)
        return (100 * amount / self.total.numerator).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The reported tasks by state and the documents that assign them by kind, beside the tasks that are held by name.

    ``tasks``: 656 = 245 + 122 + 238 + 51 not stated. ``documents``: 8 directives, 7 dispatches and 28 resolutions; the
    report gives no total of its own, so there is nothing to set it against. ``held`` tasks are known by name, from
    ``held_documents`` documents; ``proven`` of them are proven to be among the reported: the report lists none by name, so
    that none can be.
    """

    tasks: Sum
    documents: tuple[Indicator, ...]
    held: int = 0
    held_documents: int = 0
    proven: int = 0

    @property
    def documents_total(self) -> Decimal:
        """How many documents the report names altogether."""
        return sum((document.numerator for document in self.documents), Decimal(0))

    @property
    def line(self) -> str:
        """The line that stands above every count of tasks.

        The unstated part is named, never left out: "656 = 245 + 122 + 238 + 51 không nêu trong nguồn".
        """
        rest = f" + {self.tasks.unstated:f} không nêu trong nguồn" if self.tasks.unstated else ""
        return f"{self.tasks.total.numerator:f} = {self._parts}{rest}"

    @property
    def documents_line(self) -> str:
        """The documents that assign the tasks, added up: "43 = 8 + 7 + 28"."""
        return f"{self.documents_total:f} = {self._kinds}"

    @property
    def reported_line(self) -> str:
        """What is reported, for the terminal."""
        rest = f" + {self.tasks.unstated:f} not stated" if self.tasks.unstated else ""
        return f"reported {self.tasks.total.numerator:f} = {self._parts}{rest}, from {self._kinds} documents"

    @property
    def held_line(self) -> str:
        """What is held, for the terminal: it stands wherever ``reported_line`` does."""
        return (
            f"held in the register by name: {self.held} from {self.held_documents} documents, "
            f"proven among the {self.tasks.total.numerator:f}: {self.proven or 'none'}"
        )

    def as_json(self) -> dict[str, object]:
        """Both lines with their figures."""
        return {
            "reported": int(self.tasks.total.numerator),
            "parts": {part.id: int(part.numerator) for part in self.tasks.parts},
            "not_stated": int(self.tasks.unstated),
            "documents": {document.id: int(document.numerator) for document in self.documents},
            "held": self.held,
            "held_documents": self.held_documents,
            "proven": self.proven,
            "lines": [self.reported_line, self.held_line],
        }

    @property
    def _parts(self) -> str:
        return " + ".join(f"{part.numerator:f}" for part in self.tasks.parts)

    @property
    def _kinds(self) -> str:
        return " + ".join(f"{document.numerator:f}" for document in self.documents)


def reconcile(indicators: Iterable[Indicator], held: Iterable[TaskEntry] = ()) -> Reconciliation:
    """Set the reported total of tasks against its parts, and beside it the tasks ``held`` by name.

    Raises ``NotFoundError`` where one of the figures is missing.
    """
    known = {indicator.id: indicator for indicator in indicators}
    entries = list(held)
    return Reconciliation(
        tasks=Sum(_of(known, "tasks_total"), tuple(_of(known, state) for state in ("done", "regular", "ongoing"))),
        documents=tuple(_of(known, kind) for kind in ("directives", "dispatches", "resolutions")),
        held=len(entries),
        held_documents=len({entry.document.slug if entry.document else entry.source_name for entry in entries}),
    )


@dataclass(frozen=True, slots=True)
class Point:
    """One report's figure; ``as_of`` None where it names no day, ``difference`` what it counts otherwise."""

    numerator: Decimal
    denominator: Decimal | None
    unit: str
    qualifier: str
    as_of: date | None
    difference: str
    provenance: Provenance

    @property
    def share(self) -> Decimal | None:
        """The figure in percent of its own denominator, to one place; None where the report gives none."""
        return (100 * self.numerator / self.denominator).quantize(Decimal("0.1")) if self.denominator else None


@dataclass(frozen=True, slots=True)
class Series:
    """An indicator with every report's figure for it by day, those without a day last: what can be drawn."""

    indicator: Indicator
    points: tuple[Point, ...]


def series_of(indicators: Iterable[Indicator], others: Iterable[IndicatorPoint] = ()) -> tuple[Series, ...]:
    """The indicators in their order, each with what other reports state of the same thing.

    Nothing is summed up or corrected: each point keeps its own denominator, unit and day. Raises ``NotFoundError`` for a
    point of an indicator that is not among those given.
    """
    given = list(indicators)
    known = {indicator.id: indicator for indicator in given}
    points: defaultdict[str, list[Point]] = defaultdict(list)
    for indicator in given:
        points[indicator.id].append(_point(indicator))
    for other in others:
        points[_of(known, other.series).id].append(_point(other))
    return tuple(Series(one, tuple(sorted(points[one.id], key=_by_day))) for one in given)


def indicator_table(series: Iterable[Series], on: date) -> Table:
    """All points as a table for export, a row a point."""
    rows = (Row(_cells(one, point), point.provenance) for one in series for point in one.points)
    return Table("Chỉ tiêu", _COLUMNS, rows, on)


def series_values(one: Series, on: date) -> dict[str, object]:
    """An indicator as JSON values: the report's own figure, then the series with every point."""
    indicator = one.indicator
    return {
        "id": indicator.id,
        "group": indicator.group,
        "name": indicator.name,
        **_point_values(_point(indicator)),
        "series": [_point_values(point) for point in one.points],
        "exported_on": on.isoformat(),
    }


_COLUMNS = (
    Column("id", "Mã chỉ tiêu", width=22),
    Column("group", "Nhóm", width=22),
    Column("name", "Chỉ tiêu", width=50),
    Column("qualifier", "Mức độ nguồn nêu", width=12),
    Column("numerator", "Số đạt", ColumnKind.NUMBER, 14),
    Column("denominator", "Tổng số nguồn nêu", ColumnKind.NUMBER, 14),
    Column("share", "Tỷ lệ (%)", ColumnKind.NUMBER, 10),
    Column("unit", "Đơn vị", width=18),
    Column("day", "Ngày của số liệu", ColumnKind.DAY, 14),
    Column("difference", "Khác về cách nêu", width=40),
    Column("confidence", "Độ tin cậy", width=22),
    Column("note", "Ghi chú", width=40),
)


def _cells(one: Series, point: Point) -> list[Cell]:
    return [
        one.indicator.id,
        one.indicator.group,
        one.indicator.name,
        point.qualifier or None,
        point.numerator,
        point.denominator,
        point.share,
        point.unit,
        point.as_of,
        point.difference or None,
        point.provenance.confidence.label,
        point.provenance.note or None,
    ]


def _point(figure: Indicator | IndicatorPoint) -> Point:
    difference = figure.difference if isinstance(figure, IndicatorPoint) else ""
    return Point(
        figure.numerator, figure.denominator, figure.unit, figure.qualifier, figure.as_of, difference, figure.provenance
    )


def _point_values(point: Point) -> dict[str, object]:
    seen = point.provenance
    return {
        "numerator": _number(point.numerator),
        "denominator": _number(point.denominator),
        "unit": point.unit,
        "qualifier": point.qualifier or None,
        "share_percent": _number(point.share),
        "as_of": point.as_of.isoformat() if point.as_of else None,
        "difference": point.difference or None,
        "source": seen.source,
        "address": seen.address,
        "place": seen.place,
        "evidence": seen.evidence.value,
        "confidence": seen.confidence.value,
        "note": seen.note or None,
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _by_day(point: Point) -> tuple[bool, date]:
    return point.as_of is None, point.as_of or date.max


def _of(known: dict[str, Indicator], name: str) -> Indicator:
    if name not in known:
        raise NotFoundError(f"The indicator {name!r} is not among those given.", "Load the register first.")
    return known[name]
