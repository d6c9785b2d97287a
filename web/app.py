"""The web application: rooms wired together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from kb.errors import Dean06Error
from kb.settings import Settings
from web import api
from web.errors import http_error, invalid_request, known_error
from web.fields import today
from web.library import Library
from web.pages import agencies, dashboard, documents, overview, procedures, search, tasks, unsimplified
from web.procedure_lists import ProcedureLists
from web.security import Guard
from web.task_lists import TaskLists


def create_app(settings: Settings) -> FastAPI:
    """The application over the store and the index that the settings name; both must exist."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.library = library = Library(settings)
        ready = asyncio.create_task(asyncio.to_thread(_prepare, library))
        yield
        await ready
        library.close()

    app = FastAPI(title="dean06", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Guard, hosts=settings.allowed_hosts)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    for room in (search, documents, tasks, unsimplified, procedures, agencies, dashboard, overview, api):
        app.include_router(room.router)
    app.add_exception_handler(Dean06Error, known_error)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(RequestValidationError, invalid_request)
    return app


def _prepare(library: Library) -> None:
    """Read the ledgers of today beside the first answers: the rules over all procedures take seconds."""
    with suppress(Dean06Error):  # whoever asks for a ledger is told
        assert library.remembered(TaskLists, today()).ledger.entries is not None
        assert library.remembered(ProcedureLists, today()).ledger.rows is not None
