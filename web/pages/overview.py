"""The overview of the programme, what the data is, and help."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from kb.errors import NotFoundError
from kb.ledger.indicators import Reconciliation, reconcile
from kb.model import Indicator, Succession
from web.dependencies import library
from web.library import Library
from web.rendering import templates

router = APIRouter()

EXAMPLES = (
    ("nđ 59/2022", "nghị định số 59/2022/NĐ-CP, viết theo cách nào cũng được"),
    ("06/qđ-ttg", "mọi văn bản mang số 06/QĐ-TTg, để chọn theo cơ quan và ngày"),
    ("khoản 2 điều 10 luật căn cước", "đúng điều khoản đó"),
    ('"thẻ căn cước"', "các điều có nguyên cụm từ"),
    ('"xác thực điện tử"~5', "các từ của cụm đứng gần nhau, cách tối đa 5 âm tiết"),
    ("định dan*", "âm tiết cuối mới gõ một phần"),
    ("căn cước -cấp lại", "bỏ kết quả có từ sau dấu trừ"),
    ("hộ tịch OR cư trú", "một trong hai"),
    (
        'loại:"nghị định" năm:2022..2024 hiệu-lực:còn',
        "lọc theo loại, năm, tình trạng; còn có cơ-quan:, lĩnh-vực:, kiểu:",
    ),
    ("thu tuc dang ky thuong tru", "gõ không dấu vẫn tìm được"),
    ("TTHC", "từ viết tắt được hiểu cả dạng đầy đủ"),
    ("1.004222", "thủ tục theo mã"),
)


@dataclass(frozen=True, slots=True)
class NamedSuccession:
    """A succession with the names of both agencies."""

    before: str
    after: str
    change: Succession


@router.get("/tong-quan")
def dashboard(request: Request, library: Annotated[Library, Depends(library)]) -> Response:
    """The indicators by group, with the lines that make their sums whole."""
    indicators = library.store.indicators()
    groups = [
        {"name": name, "indicators": list(members)}
        for name, members in groupby(sorted(indicators, key=_group), key=_group)
    ]
    context = {
        "groups": groups,
        "reconciliation": _reconciled(indicators),
        "counts": library.store.counts(),
    }
    return templates.TemplateResponse(request, "dashboard.html", context)


def _group(indicator: Indicator) -> str:
    return indicator.group


def _reconciled(indicators: Iterable[Indicator]) -> Reconciliation | None:
    try:
        return reconcile(indicators)
    except NotFoundError:  # a store without the report's figures has nothing to reconcile
        return None


@router.get("/du-lieu")
def data(request: Request, library: Annotated[Library, Depends(library)]) -> Response:
    """What the store holds, from where and since when."""
    store = library.store
    names = {agency.slug: agency.name for agency in store.agencies()}
    successions = [
        NamedSuccession(names.get(one.predecessor, one.predecessor), names.get(one.successor, one.successor), one)
        for one in store.successions()
    ]
    context = {"counts": store.counts(), "imports": store.imports(), "successions": successions}
    return templates.TemplateResponse(request, "data.html", context)


@router.get("/tro-giup")
def help_page(request: Request) -> Response:
    """How to write a query, by examples."""
    return templates.TemplateResponse(request, "help.html", {"examples": EXAMPLES})
