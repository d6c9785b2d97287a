"""Errors as answers: a page in Vietnamese with the way out, or one JSON shape under ``/api``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from kb.errors import DamagedIndexError, Dean06Error, NotFoundError, StoreError
from web.rendering import templates


class RefusedError(Dean06Error):
    """A request that is not answered: ``told`` and ``way`` say so to a reader, ``links`` are (label, address) out.

    ``problem`` and ``remedy`` say the same to a program. ``code`` is the HTTP status.
    """

    def __init__(  # noqa: PLR0913 - what was wrong and the way out, each for people and for programs
        self,
        problem: str,
        remedy: str,
        *,
        told: str,
        way: str,
        code: int = 400,
        links: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(problem, remedy)
        self.told = told
        self.way = way
        self.code = code
        self.links = tuple(links)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong: the status, for a program ``problem`` and ``remedy``, for a reader ``told`` and ``way``."""

    code: int
    problem: str
    remedy: str
    told: str
    way: str
    links: tuple[tuple[str, str], ...] = ()


_HEADINGS = {
    400: "Yêu cầu không hợp lệ",
    404: "Không tìm thấy",
    405: "Không thực hiện được",
    500: "Lỗi của chương trình",
    503: "Tạm thời chưa tra cứu được",
}
_MISSING = "Không có gì dưới địa chỉ này."
_SEARCH = "Hãy tìm theo số ký hiệu, tên hoặc từ khóa."
_SHORTER = "Hãy sửa địa chỉ, hoặc tìm lại từ đầu."

UNREADABLE = Trouble(
    400,
    "The address holds a character that no address has.",
    "Leave it out.",
    "Địa chỉ có ký tự không dùng được.",
    _SHORTER,
)
STRANGE_HOST = Trouble(
    400,
    "This host name is not served.",
    "Use one of DEAN06_ALLOWED_HOSTS, or add this one to it.",
    "Máy chủ không phục vụ dưới tên miền này.",
    "Hãy dùng đúng địa chỉ được cấp; người quản trị thêm tên miền bằng DEAN06_ALLOWED_HOSTS.",
)
READ_ONLY = Trouble(
    405,
    "Only GET and HEAD are answered: nothing can be changed here.",
    "Ask with GET.",
    "Trang này chỉ để đọc, không nhận dữ liệu gửi lên.",
    _SHORTER,
)
OWN_FAULT = Trouble(
    500,
    "The program failed.",
    "Its log says where.",
    "Chương trình gặp lỗi khi làm trang này; dữ liệu không bị ảnh hưởng.",
    "Hãy thử lại, hoặc báo người quản trị kèm địa chỉ trang.",
)


def answer(request: Request, trouble: Trouble) -> Response:
    """The page or the JSON value that tells of it."""
    if request.url.path.startswith("/api/"):
        values = {"status": trouble.code, "problem": trouble.problem, "remedy": trouble.remedy}
        return JSONResponse({"error": values}, trouble.code)
    context = {"heading": _HEADINGS.get(trouble.code, f"Lỗi {trouble.code}"), "trouble": trouble}
    return templates.TemplateResponse(request, "error.html", context, status_code=trouble.code)


def known_error(request: Request, error: Exception) -> Response:
    """The answer to an error of the program's own kinds."""
    assert isinstance(error, Dean06Error)
    return answer(request, _of_known(error))


def http_error(request: Request, error: Exception) -> Response:
    """The answer to an address that leads nowhere."""
    assert isinstance(error, HTTPException)
    told = _MISSING if error.status_code == 404 else "Yêu cầu này không được phục vụ."
    problem = f"{request.method} {request.url.path}: {error.detail}"
    return answer(request, Trouble(error.status_code, problem, "", told, _SEARCH))


def invalid_request(request: Request, error: Exception) -> Response:
    """The answer to a parameter that is not what it should be."""
    assert isinstance(error, RequestValidationError)
    problem = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
    return answer(request, Trouble(400, problem, "", "Tham số trong địa chỉ không dùng được.", _SHORTER))


def _of_known(error: Dean06Error) -> Trouble:
    if isinstance(error, RefusedError):
        return Trouble(error.code, error.problem, error.remedy, error.told, error.way, error.links)
    if isinstance(error, NotFoundError):
        return Trouble(404, error.problem, error.remedy, _MISSING, _SEARCH)
    if isinstance(error, DamagedIndexError):
        told, way = "Chỉ mục tìm kiếm chưa có hoặc đã hỏng.", "Người quản trị chạy: dean06 index --rebuild"
        return Trouble(503, error.problem, error.remedy, told, way)
    if isinstance(error, StoreError):
        told, way = "Kho dữ liệu không mở được.", "Người quản trị chạy: dean06 verify"
        return Trouble(503, error.problem, error.remedy, told, way)
    return Trouble(400, error.problem, error.remedy, "Yêu cầu này không đọc được.", _SHORTER)
