"""The figures of reports: sums shown whole, denominators as they are, series whose differences are shown."""

from __future__ import annotations

import io
import json
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kb import register
from kb.errors import NotFoundError
from kb.export import Format, export_table
from kb.ledger.indicators import indicator_table, reconcile, series_of, series_values
from kb.ledger.tasks.ledger import TaskLedger
from kb.register.records import indicator_points
from kb.store import Store
from tests.kb.task_samples import fill, task

DAY = date(2025, 11, 24)
SERIES = series_of(register.indicators(), indicator_points())


def test_every_figure_of_the_report_has_its_day_and_the_place_of_its_sentence() -> None:
    assert len(SERIES) == 28
    for one in SERIES:
        assert one.indicator.unit
        assert one.indicator.as_of == date(2024, 10, 9)
        assert one.indicator.provenance.place


def test_denominators_that_differ_within_the_report_stay_as_they_are() -> None:
    ministries = {one.indicator.id: one.points[0] for one in SERIES if one.indicator.unit == "bộ, ngành"}
    assert {name: point.denominator for name, point in ministries.items()} == {
        "ministries_upgraded": 22,
        "ministries_warehouse": 20,
        "ministries_connected": None,
    }
    assert ministries["ministries_connected"].share is None
    assert ministries["ministries_warehouse"].share == Decimal("75.0")


def test_other_reports_add_points_that_say_where_they_differ() -> None:
    points = {one.indicator.id: one.points for one in SERIES}
    assert Counter(len(found) for found in points.values()) == {1: 23, 2: 5}
    upgraded = points["localities_upgraded"]
    assert [(point.numerator, point.denominator, point.as_of) for point in upgraded] == [
        (63, 63, date(2024, 10, 9)),
        (34, 34, date(2025, 11, 16)),
    ]
    assert upgraded[1].difference
    later = points["tasks_total"][-1]
    assert (later.numerator, later.as_of) == (690, None)
    assert 690 == 348 + 119 + 184 + 39
    assert all(point.provenance.address and point.provenance.place for found in points.values() for point in found)


def test_a_point_of_an_unknown_figure_is_an_error() -> None:
    stray = replace(next(iter(indicator_points())), series="khong-co")
    with pytest.raises(NotFoundError, match="khong-co"):
        series_of(register.indicators(), [stray])


def test_the_export_has_a_row_a_point_and_no_invented_day() -> None:
    target = io.BytesIO()
    export_table(indicator_table(SERIES, DAY), target, Format.JSON)
    rows = json.loads(target.getvalue())
    assert len(rows) == 33
    assert [row["day"] for row in rows if row["id"] == "done"] == ["2024-10-09", None]
    assert {row["as_of"] for row in rows} == {"2025-11-24"}


def test_values_keep_the_report_apart_from_the_series() -> None:
    values = next(series_values(one, DAY) for one in SERIES if one.indicator.id == "bhxh_verified")
    assert (values["numerator"], values["denominator"], values["qualifier"]) == (97_600_000, None, "hơn")
    assert isinstance(values["series"], list)
    assert len(values["series"]) == 1


def test_what_is_reported_and_what_is_held_stand_together(store: Store) -> None:
    fill(store, task("T1"), task("T2", place="Điều 2"))
    found = reconcile(register.indicators(), TaskLedger(store, DAY).entries)
    assert found.reported_line == "reported 656 = 245 + 122 + 238 + 51 not stated, from 8 + 7 + 28 documents"
    assert found.held_line == "held in the register by name: 2 from 1 documents, proven among the 656: none"
    assert found.as_json()["lines"] == [found.reported_line, found.held_line]
    assert found.as_json()["not_stated"] == 51
