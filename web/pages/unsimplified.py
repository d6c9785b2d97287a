"""The list of the analyst: procedures that are not simplified yet with their reasons, and the documents they wait for."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from kb.export import Format
from kb.ledger.procedures.unsimplified_sums import by_plan_state
from kb.ledger.procedures.unsimplified_tables import answer_tables, document_table, waiting_table
from web.dependencies import library
from web.exports import exported
from web.library import Library
from web.paging import Pages
from web.procedure_lists import BY_DOCUMENT, UNSIMPLIFIED, ProcedureLists, procedures_asked
from web.rendering import templates

router = APIRouter()

_ROWS = 50
_QUEUES = 20


@router.get(UNSIMPLIFIED)
def unsimplified(request: Request, library: Annotated[Library, Depends(library)], trang: str = "1") -> Response:
    """Every procedure with a reason, page by page, and the sums by ministry, signal and plan."""
    asked = procedures_asked(UNSIMPLIFIED, request.query_params)
    lists = library.remembered(ProcedureLists, asked.on)
    answer = lists.answer(asked)
    pages = Pages.of(UNSIMPLIFIED, asked.form.parameters, trang, len(answer.listed), _ROWS)
    context = {
        "form": asked.form.offering(bo=lists.ministries, linh_vuc=lists.fields),
        "answer": answer,
        "states": by_plan_state(answer.rows),
        "rows": pages.cut(answer.listed),
        "law_url": lists.laws.of,
        "by_document": asked.form.to(BY_DOCUMENT),
        "pages": pages,
        "on": asked.on,
    }
    return templates.TemplateResponse(request, "unsimplified.html", context)


@router.get(f"{UNSIMPLIFIED}.{{format}}")
def export(request: Request, format: Format, library: Annotated[Library, Depends(library)]) -> Response:  # noqa: A002 - the field's word
    """The whole list as a file; a workbook has the sums as further sheets."""
    asked = procedures_asked(UNSIMPLIFIED, request.query_params)
    answer = library.remembered(ProcedureLists, asked.on).answer(asked)
    return exported("thu-tuc-chua-don-gian", format, *answer_tables(answer))


@router.get(BY_DOCUMENT)
def by_document(request: Request, library: Annotated[Library, Depends(library)], trang: str = "1") -> Response:
    """The documents that must be amended, each with the procedures that wait for it."""
    asked = procedures_asked(BY_DOCUMENT, request.query_params)
    lists = library.remembered(ProcedureLists, asked.on)
    answer = lists.answer(asked)
    queues = [queue for queue in (*answer.documents.queues, answer.documents.unknown) if queue.rows or queue.items]
    pages = Pages.of(BY_DOCUMENT, asked.form.parameters, trang, len(queues), _QUEUES)
    context = {
        "form": asked.form.offering(bo=lists.ministries, linh_vuc=lists.fields),
        "answer": answer,
        "queues": pages.cut(queues),
        "listed": asked.form.to(UNSIMPLIFIED),
        "pages": pages,
        "on": asked.on,
    }
    return templates.TemplateResponse(request, "by_document.html", context)


@router.get(f"{BY_DOCUMENT}.{{format}}")
def export_by_document(
    request: Request,
    format: Format,  # noqa: A002 - the field's word
    library: Annotated[Library, Depends(library)],
) -> Response:
    """All documents that must be amended as a file; a workbook has a sheet of what waits for each."""
    asked = procedures_asked(BY_DOCUMENT, request.query_params)
    answer = library.remembered(ProcedureLists, asked.on).answer(asked)
    return exported("thu-tuc-theo-van-ban", format, document_table(answer), waiting_table(answer))
