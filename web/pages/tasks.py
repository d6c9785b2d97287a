"""The task ledger: the list with its filters and sums, and a task on one screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from indexer.results import Hit
from indexer.search import SearchIndex
from kb.agencies import Agencies, Mention, Passage
from kb.export import Format
from kb.ledger.tasks.governing import Role, subject_of
from kb.ledger.tasks.ledger import TaskEntry
from kb.ledger.tasks.tables import task_table
from kb.model import Agency
from web.dependencies import library
from web.exports import exported
from web.fields import Given, today
from web.library import Library
from web.paging import Pages
from web.rendering import templates
from web.suggesting import index_of, similar_tasks, suggest_with
from web.task_lists import PATH, TaskLists, tasks_asked

router = APIRouter()

_ROWS = 50


@dataclass(frozen=True, slots=True)
class Heir:
    """An agency that a task names, with who has taken over its work since."""

    agency: Agency
    successors: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """An item of a list of agencies as printed, and whom it means."""

    mention: Mention
    heirs: tuple[Heir, ...]


@router.get(PATH)
def tasks(request: Request, library: Annotated[Library, Depends(library)], trang: str = "1") -> Response:
    """The tasks that are asked for, with the sums by state and both lines of reconciliation."""
    asked = tasks_asked(request.query_params)
    lists = library.remembered(TaskLists, asked.on)
    found = lists.select(asked)
    pages = Pages.of(PATH, asked.form.parameters, trang, len(found), _ROWS)
    context = {
        "form": asked.form.offering(co_quan=lists.owners, van_ban=lists.sources),
        "tasks": pages.cut(found),
        "total": len(found),
        "held": len(lists.ledger.entries),
        "states": lists.by_state(asked),
        "chosen": asked.wanted.state,
        "unreported": sum(entry.progress.past_unreported for entry in found),
        "reconciliation": lists.reconciliation,
        "pages": pages,
        "on": asked.on,
    }
    return templates.TemplateResponse(request, "tasks.html", context)


@router.get(f"{PATH}.{{format}}")
def export(request: Request, format: Format, library: Annotated[Library, Depends(library)]) -> Response:  # noqa: A002 - the field's word
    """The whole result as a file."""
    asked = tasks_asked(request.query_params)
    found = library.remembered(TaskLists, asked.on).select(asked)
    return exported("nhiem-vu", format, task_table(found, asked.on))


@router.get(f"{PATH}/{{task_id}}")
def task(request: Request, task_id: str, library: Annotated[Library, Depends(library)]) -> Response:
    """A task on one screen: who assigned it, what it rests on, what governs it, whether each stands, and how far it is."""
    on = Given(request.query_params).day("ngay", "Xét đến ngày")
    ledger = library.remembered(TaskLists, on.day or today()).ledger
    index = index_of(library)
    detail = ledger.detail(task_id, suggest_with(index) if index else None)
    entry = detail.entry
    context = {
        "detail": detail,
        "entry": entry,
        "task": entry.task,
        "on": ledger.on,
        "as_of": on,
        "lead": _parties(entry.lead, ledger.agencies, ledger.on),
        "coordinating": _parties(entry.coordinating, ledger.agencies, ledger.on),
        "roles": [(role, detail.of(role)) for role in Role if role in _SHOWN and detail.of(role)],
        "similar": _similar(index, entry) if index else [],
        "searched": index is not None,
    }
    return templates.TemplateResponse(request, "task.html", context)


_SHOWN = frozenset(Role) - {Role.ASSIGNED_BY}


def _parties(mentions: Iterable[Mention], agencies: Agencies, on: date) -> list[Party]:
    return [
        Party(mention, tuple(Heir(one, agencies.successors(one.slug, on)) for one in mention.agencies))
        for mention in mentions
    ]


def _similar(index: SearchIndex, entry: TaskEntry) -> list[Hit]:
    return similar_tasks(index, subject_of(entry.task.summary), entry.ids)
