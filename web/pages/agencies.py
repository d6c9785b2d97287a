"""An agency: the days its name held, who came before and after it, and its tasks and procedures."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from kb.agencies import Agencies
from kb.errors import NotFoundError
from kb.ledger.tasks.ledger import count_by_state
from kb.model import Agency
from web.dependencies import library
from web.fields import today
from web.library import Library
from web.procedure_lists import ProcedureLists
from web.rendering import templates
from web.task_lists import PATH as TASKS
from web.task_lists import TaskLists, tasks_asked

router = APIRouter()


@router.get("/co-quan/{slug}")
def agency(request: Request, slug: str, library: Annotated[Library, Depends(library)]) -> Response:
    """An agency under one name, with its tasks by state and how many procedures are of it by that name."""
    tasks = library.remembered(TaskLists, today())
    agencies = tasks.ledger.agencies
    shown = agencies.agency(slug)
    asked = tasks_asked({"co-quan": _asked_as(agencies, shown)})
    rows = library.remembered(ProcedureLists, today()).ledger.rows
    context = {
        "agency": shown,
        "successors": agencies.successors(slug),
        "predecessors": agencies.predecessors(slug),
        "states": count_by_state(tasks.select(asked)),
        "tasks_url": asked.form.to(TASKS),
        "procedures": sum(row.entry.ministry == shown.name for row in rows),
        "on": today(),
    }
    return templates.TemplateResponse(request, "agency.html", context)


def _asked_as(agencies: Agencies, agency: Agency) -> str:
    """What finds just this agency: its name, or its slug where another bears the name too."""
    try:
        return agency.name if agencies.find(agency.name).slug == agency.slug else agency.slug
    except NotFoundError:
        return agency.slug
