"""The overview of the programme: the figures of the reports, and the sums of both ledgers with what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from kb.export import Format
from kb.ledger.indicators import Series, indicator_table, series_of
from kb.ledger.tasks.ledger import count_by_state
from kb.register.records import indicator_points
from kb.store import Store
from web.charts import Chart, chart_of
from web.dependencies import library
from web.exports import exported
from web.fields import Form, today
from web.library import Library
from web.procedure_lists import UNSIMPLIFIED, ProcedureLists, procedures_asked
from web.rendering import templates
from web.task_lists import TaskLists

router = APIRouter()

PATH = "/tong-quan"


@dataclass(frozen=True, slots=True)
class Drawn:
    """An indicator that several reports state, with its chart where one can be drawn."""

    series: Series
    chart: Chart | None


@router.get(PATH)
def dashboard(request: Request, library: Annotated[Library, Depends(library)]) -> Response:
    """The indicators by group, those that several reports state over time, and the sums of both ledgers."""
    series = library.remembered(indicators)
    tasks = library.remembered(TaskLists, today())
    procedures = library.remembered(ProcedureLists, today())
    context = {
        "groups": [(name, list(members)) for name, members in groupby(sorted(series, key=_group), key=_group)],
        "drawn": [Drawn(one, chart_of(one)) for one in series if len(one.points) > 1],
        "form": Form(PATH, ()),
        "reconciliation": tasks.reconciliation,
        "states": count_by_state(tasks.ledger.entries),
        "answer": procedures.answer(procedures_asked(UNSIMPLIFIED, {})),
        "counts": library.remembered(Store.counts),
        "on": today(),
    }
    return templates.TemplateResponse(request, "dashboard.html", context)


@router.get(f"{PATH}.{{format}}")
def export(format: Format, library: Annotated[Library, Depends(library)]) -> Response:  # noqa: A002 - the field's word
    """All figures as a file."""
    return exported("chi-tieu", format, indicator_table(library.remembered(indicators), today()))


def indicators(store: Store) -> Sequence[Series]:
    """The indicators of a store with what other reports state of them; made for ``Library.remembered``."""
    held = store.indicators()
    known = {indicator.id for indicator in held}
    return series_of(held, [point for point in indicator_points() if point.series in known])


def _group(series: Series) -> str:
    return series.indicator.group
