"""What the data is, and help."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from kb.model import Succession
from kb.store import ImportView, Store
from web.dependencies import library
from web.library import Library
from web.rendering import templates

router = APIRouter()

_EXAMPLES = 5

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


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What an import could not use for one reason: how many things, and some of them."""

    why: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldImport:
    """An import with what it left out by reason, the most frequent first."""

    run: ImportView
    left_out: tuple[LeftOut, ...]


@router.get("/du-lieu")
def data(request: Request, library: Annotated[Library, Depends(library)]) -> Response:
    """What the store holds, from where and since when."""
    store = library.store
    names = {agency.slug: agency.name for agency in store.agencies()}
    successions = [
        NamedSuccession(names.get(one.predecessor, one.predecessor), names.get(one.successor, one.successor), one)
        for one in store.successions()
    ]
    context = {
        "counts": library.remembered(Store.counts),
        "imports": [_told(run) for run in library.remembered(Store.imports)],
        "successions": successions,
    }
    return templates.TemplateResponse(request, "data.html", context)


def _told(run: ImportView) -> ToldImport:
    by_reason: defaultdict[str, list[str]] = defaultdict(list)
    for thing in run.unused:
        by_reason[thing.why].append(thing.what)
    groups = [LeftOut(why, len(things), tuple(things[:_EXAMPLES])) for why, things in by_reason.items()]
    return ToldImport(run, tuple(sorted(groups, key=lambda group: -group.count)))


@router.get("/tro-giup")
def help_page(request: Request) -> Response:
    """How to write a query, by examples."""
    return templates.TemplateResponse(request, "help.html", {"examples": EXAMPLES})
