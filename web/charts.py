"""Figures of several reports as bars: where each stands is worked out here, the page draws them as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.ledger.indicators import Point, Series
from web.wording import UNKNOWN, amount

WIDTH = 480
ROW = 26
_LABEL = 110
_VALUE = 90
_THICK = 16


@dataclass(frozen=True, slots=True)
class Bar:
    """A report's figure: ``width`` grows with it; ``differs`` where the report counts otherwise than the first."""

    label: str
    value: str
    y: int
    width: float
    differs: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars one below the other, in the order of the days; sizes in units of the drawing."""

    name: str
    bars: tuple[Bar, ...]
    width: int = WIDTH
    left: int = _LABEL
    thick: int = _THICK

    @property
    def height(self) -> int:
        """The height of the whole."""
        return ROW * len(self.bars)


def chart_of(series: Series) -> Chart | None:
    """The figures of an indicator as bars from nought; None where there are not two of one unit."""
    points = [point for point in series.points if point.unit == series.indicator.unit]
    if len(points) < 2:
        return None
    return Chart(series.indicator.name, tuple(_bars(points)))


def _bars(points: Sequence[Point]) -> list[Bar]:
    most = max(point.numerator for point in points) or 1
    room = WIDTH - _LABEL - _VALUE
    return [
        Bar(
            f"{point.as_of:%d/%m/%Y}" if point.as_of else f"ngày {UNKNOWN}",
            f"{amount(point.numerator)}{f'/{amount(point.denominator)}' if point.denominator is not None else ''}",
            row * ROW,
            max(1.0, round(float(room * point.numerator / most), 1)),
            bool(point.difference),
        )
        for row, point in enumerate(points)
    ]
