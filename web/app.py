"""The web application: rooms wired together, errors shown as pages or as JSON."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from kb.errors import DamagedIndexError, Dean06Error, NotFoundError
from kb.settings import Settings
from web import api
from web.library import Library
from web.pages import catalogue, documents, overview, search
from web.rendering import templates
from web.security import SecurityHeaders

_HEADINGS = {400: "Yêu cầu không hợp lệ", 404: "Không tìm thấy", 503: "Chỉ mục chưa sẵn sàng"}


def create_app(settings: Settings) -> FastAPI:
    """The application over the store and the index that the settings name; both must exist."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.library = Library(settings)
        yield
        app.state.library.close()

    app = FastAPI(title="dean06", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=settings.allowed_hosts)
    app.add_middleware(SecurityHeaders)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    for room in (search, documents, catalogue, overview, api):
        app.include_router(room.router)
    app.add_exception_handler(Dean06Error, _known_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    return app


def _known_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, Dean06Error)
    if isinstance(error, NotFoundError):
        return _answer(
            request, 404, error.problem, "Kho không giữ gì dưới địa chỉ này; hãy thử tìm theo số hoặc từ khóa."
        )
    if isinstance(error, DamagedIndexError):
        return _answer(request, 503, error.problem, "Người quản trị chạy: dean06 index --rebuild")
    return _answer(request, 400, error.problem, error.remedy)


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _answer(request, error.status_code, f"{request.method} {request.url.path}: {error.detail}")


def _invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return _answer(request, 400, "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()))


def _answer(request: Request, code: int, problem: str, remedy: str = "") -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": {"status": code, "problem": problem, "remedy": remedy}}, code)
    context = {"heading": _HEADINGS.get(code, f"Lỗi {code}"), "problem": problem, "remedy": remedy}
    return templates.TemplateResponse(request, "error.html", context, status_code=code)
