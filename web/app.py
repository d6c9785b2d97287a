"""The web application: rooms wired together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from kb.errors import Dean06Error
from kb.settings import Settings
from web import api
from web.errors import http_error, invalid_request, known_error
from web.library import Library
from web.pages import catalogue, documents, overview, search
from web.security import Guard


def create_app(settings: Settings) -> FastAPI:
    """The application over the store and the index that the settings name; both must exist."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.library = Library(settings)
        yield
        app.state.library.close()

    app = FastAPI(title="dean06", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Guard, hosts=settings.allowed_hosts)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    for room in (search, documents, catalogue, overview, api):
        app.include_router(room.router)
    app.add_exception_handler(Dean06Error, known_error)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(RequestValidationError, invalid_request)
    return app
