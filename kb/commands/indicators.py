"""``dean06 indicators``: the figures of the report, each with its denominator, day and place, and what others state since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import typer

from kb.commands.options import Csv, Xlsx, print_lines, print_objects, today, write_files
from kb.console import Home, Json, guarded, load_register_of, opened, settings_of
from kb.export.files import Format
from kb.ledger.indicators import Point, Series, indicator_table, series_of, series_values
from kb.register.records import indicator_points


def add_indicators(app: typer.Typer) -> None:
    """Register the command."""
    app.command("indicators")(guarded(indicators))


def indicators(
    context: typer.Context, *, csv: Csv = None, xlsx: Xlsx = None, home: Home = None, as_json: Json = False
) -> None:
    """List the figures of the report with numerator, denominator, unit, day and place, and later points of each."""
    with opened(settings_of(context, home)) as store:
        load_register_of(store)
        series = series_of(store.indicators(), indicator_points())
    if as_json:
        print_objects(series_values(one, today()) for one in series)
    for path, kind in ((csv, Format.CSV), (xlsx, Format.XLSX)):
        write_files(indicator_table(series, today()), path, kind)
    if not (as_json or csv or xlsx):
        print_lines(_lines(series))


def _lines(series: Iterable[Series]) -> Iterator[str]:
    for one in series:
        yield f"{one.indicator.id}\t{one.indicator.name}"
        yield from (f"    {_told(point)}" for point in one.points)


def _told(point: Point) -> str:
    day = f"{point.as_of:%d/%m/%Y}" if point.as_of else "ngày chưa rõ"
    of = f"/{point.denominator:f}" if point.denominator is not None else ""
    hedge = f"{point.qualifier} " if point.qualifier else ""
    difference = f"; {point.difference}" if point.difference else ""
    return f"{day}: {hedge}{point.numerator:f}{of} {point.unit} ({point.provenance.place}{difference})"
