"""The procedure ledger: the catalogue with its filters, and a procedure with all its parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from kb.export import Format
from kb.ledger.procedures.completeness import REQUIRED_BY
from kb.ledger.procedures.tables import procedure_table
from kb.ledger.procedures.unsimplified import ProcedureRow
from kb.ledger.procedures.unsimplified_answer import Answer
from web.dependencies import library
from web.exports import exported
from web.fields import Given, today
from web.library import Library
from web.paging import Pages
from web.procedure_lists import CATALOGUE, ProcedureLists, procedures_asked
from web.rendering import templates

router = APIRouter()

_ROWS = 100


@router.get(CATALOGUE)
def procedures(request: Request, library: Annotated[Library, Depends(library)], trang: str = "1") -> Response:
    """The procedures that are asked for, with how complete each is and what its plans say."""
    asked = procedures_asked(CATALOGUE, request.query_params)
    lists = library.remembered(ProcedureLists, asked.on)
    answer = lists.answer(asked)
    found = of_catalogue(answer)
    pages = Pages.of(CATALOGUE, asked.form.parameters, trang, len(found), _ROWS)
    context = {
        "form": asked.form.offering(bo=lists.ministries, linh_vuc=lists.fields),
        "rows": pages.cut(found),
        "total": len(found),
        "held": len(lists.ledger.rows),
        "sum": answer.sum,
        "pages": pages,
        "on": asked.on,
    }
    return templates.TemplateResponse(request, "procedures.html", context)


@router.get(f"{CATALOGUE}.{{format}}")
def export(request: Request, format: Format, library: Annotated[Library, Depends(library)]) -> Response:  # noqa: A002 - the field's word
    """The whole result as a file."""
    asked = procedures_asked(CATALOGUE, request.query_params)
    found = of_catalogue(library.remembered(ProcedureLists, asked.on).answer(asked))
    return exported("thu-tuc", format, procedure_table(found, asked.on, asked.wanted.signals))


@router.get(f"{CATALOGUE}/{{code}}")
def procedure(request: Request, code: str, library: Annotated[Library, Depends(library)]) -> Response:
    """A procedure: its parts, its legal bases and whether they stand, what shows that it is not simplified, what changed."""
    on = Given(request.query_params).day("ngay", "Xét đến ngày").day or today()
    lists = library.remembered(ProcedureLists, on)
    row = lists.ledger.row(code)
    context = {
        "row": row,
        "entry": row.entry,
        "parts": row.entry.parts,
        "history": lists.ledger.procedures.history(code),
        "law_url": lists.laws.of,
        "required_by": REQUIRED_BY,
        "on": on,
    }
    return templates.TemplateResponse(request, "procedure.html", context)


def of_catalogue(answer: Answer) -> Sequence[ProcedureRow]:
    """All that were chosen; with a signal asked for, those that have it."""
    return answer.listed if answer.wanted.signals else answer.rows
