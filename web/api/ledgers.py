"""Tasks, procedures and figures: each as the command line prints it with ``--json``, filtered as its options filter."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from kb.ledger.indicators import series_values
from kb.ledger.procedures.tables import detail_values as procedure_detail_values
from kb.ledger.procedures.tables import procedure_values
from kb.ledger.procedures.unsimplified_values import answer_values, document_values, sums_values
from kb.ledger.tasks.tables import detail_values, task_values
from web.dependencies import library
from web.exports import json_list
from web.fields import Given, today
from web.library import Library
from web.pages.dashboard import indicators as indicator_series
from web.pages.procedures import of_catalogue
from web.procedure_lists import ProcedureLists, ProceduresAsked, procedures_asked_by_program
from web.suggesting import suggest_from
from web.task_lists import TaskLists, tasks_asked_by_program

router = APIRouter()


@router.get("/tasks")
def tasks(request: Request, library: Annotated[Library, Depends(library)]) -> Response:
    """All tasks that fit, as ``dean06 tasks --json``."""
    asked = tasks_asked_by_program("/api/tasks", request.query_params)
    found = library.remembered(TaskLists, asked.on).select(asked)
    return json_list(task_values(entry, asked.on) for entry in found)


@router.get("/tasks/{task_id}")
def task(request: Request, task_id: str, library: Annotated[Library, Depends(library)]) -> dict[str, object]:
    """One task, as ``dean06 tasks show --json``."""
    on = Given(request.query_params).day("on", "Xét đến ngày").day or today()
    ledger = library.remembered(TaskLists, on).ledger
    return detail_values(ledger.detail(task_id, suggest_from(library)), on)


@router.get("/procedures")
def procedures(request: Request, library: Annotated[Library, Depends(library)]) -> Response:
    """All procedures that fit, as ``dean06 procedures --json``."""
    lists, asked = _procedures("/api/procedures", request, library)
    rows = of_catalogue(lists.answer(asked))
    return json_list(procedure_values(row, asked.on, lists.laws.of, asked.wanted.signals) for row in rows)


@router.get("/procedures/{code}")
def procedure(request: Request, code: str, library: Annotated[Library, Depends(library)]) -> dict[str, object]:
    """One procedure, as ``dean06 procedures show --json``."""
    on = Given(request.query_params).day("on", "Xét đến ngày").day or today()
    lists = library.remembered(ProcedureLists, on)
    row = lists.ledger.row(code)
    return procedure_detail_values(row, on, lists.laws.of, lists.ledger.procedures.history(code))


@router.get("/unsimplified")
def unsimplified(request: Request, library: Annotated[Library, Depends(library)]) -> dict[str, object]:
    """The list of the analyst with its sums, as ``dean06 procedures --unsimplified --json``."""
    lists, asked = _procedures("/api/unsimplified", request, library)
    return answer_values(lists.answer(asked), lists.laws)


@router.get("/unsimplified/documents")
def by_document(request: Request, library: Annotated[Library, Depends(library)]) -> dict[str, object]:
    """The documents that must be amended, as ``dean06 procedures --by-document --json``."""
    lists, asked = _procedures("/api/unsimplified/documents", request, library)
    answer = lists.answer(asked)
    return {**sums_values(answer), "by_document": document_values(answer)}


@router.get("/indicators")
def indicators(library: Annotated[Library, Depends(library)]) -> Response:
    """The figures of the reports, as ``dean06 indicators --json``."""
    return json_list(series_values(one, today()) for one in library.remembered(indicator_series))


def _procedures(path: str, request: Request, library: Library) -> tuple[ProcedureLists, ProceduresAsked]:
    asked = procedures_asked_by_program(path, request.query_params)
    return library.remembered(ProcedureLists, asked.on), asked
