from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from anyio.from_thread import start_blocking_portal
from fastapi import FastAPI
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from kb.model import Evidence, Identity, ObservedDocument, Provenance
from kb.settings import Settings
from kb.store import Batch
from tests.web.conftest import Ask
from tests.web.reading import page, words
from web.app import create_app
from web.library import Library

TEXTS = st.text(max_size=60) | st.lists(
    st.sampled_from(
        ['"', "(", ")", "AND", "OR", "NOT", "-", "*", "~5", "loại:", "năm:2022..", "điều", "5", "06/QĐ-TTg", "mẫu"]
    ),
    max_size=12,
).map(" ".join)
ROOTS = [
    "/",
    "/van-ban/",
    "/van-ban/luat-901-2020-qh14/",
    "/so/",
    "/thu-tuc/",
    "/nhiem-vu/",
    "/co-quan/",
    "/api/show/",
    "/api/tasks/",
    "/static/",
]
many = bounds(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("path", ["/khong-co", "/van-ban", "/static/khong-co.css", "/nhiem-vu/khong-co", "/thu-tuc/x"])
def test_an_address_that_leads_nowhere_is_a_page_with_the_way_out(ask: Ask, path: str) -> None:
    answer = ask(path)
    assert answer.status_code == 404
    assert "Không có gì dưới địa chỉ này. Hãy tìm theo số ký hiệu, tên hoặc từ khóa." in words(answer)
    assert page(answer).select_one("form[role=search]") is not None


def test_an_error_under_the_api_is_json_of_one_shape(ask: Ask) -> None:
    for path, code in (("/api/show/khong-co", 404), ("/api/search?limit=x", 400), ("/api/khong-co", 404)):
        answer = ask(path)
        assert answer.status_code == code
        assert answer.json()["error"].keys() == {"status", "problem", "remedy"}
        assert answer.json()["error"]["status"] == code


@many
@given(query=TEXTS, page_number=st.text(max_size=4))
def test_no_query_is_too_odd_for_an_answer(ask: Ask, query: str, page_number: str) -> None:
    encodable = query.encode("utf-8", "replace").decode()
    answer = ask("/", params={"q": encodable, "trang": page_number.encode("utf-8", "replace").decode()})
    assert answer.status_code in {200, 400}


LISTS = ["/nhiem-vu", "/thu-tuc", "/thu-tuc/chua-don-gian", "/thu-tuc/theo-van-ban", "/nhiem-vu.csv", "/thu-tuc.json"]
FIELDS = [
    "co-quan",
    "trang-thai",
    "tu",
    "van-ban",
    "qua-han",
    "bo",
    "linh-vuc",
    "dau-hieu",
    "tu-khoa",
    "trang",
    "sap-xep",
]
VALUES = TEXTS | st.sampled_from(
    ["01/01/0001", "31/12/9999", "2025-02-30", "Bộ Mẫu", "expired", "1", "06/QĐ-TTg", "ma", "%"]
)


@many
@given(path=st.sampled_from(LISTS), asked=st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=4))
def test_no_filter_of_a_list_is_too_odd_for_an_answer(ask: Ask, path: str, asked: dict[str, str]) -> None:
    encodable = {name: value.encode("utf-8", "replace").decode() for name, value in asked.items()}
    assert ask(path, params=encodable).status_code in {200, 400}


@pytest.mark.parametrize("day", ["01/01/0001", "31/12/9999", "29/02/2024"])
@pytest.mark.parametrize(
    "path", ["/nhiem-vu", "/nhiem-vu/M3", "/thu-tuc", "/thu-tuc/9.000002", "/thu-tuc/theo-van-ban.xlsx"]
)
def test_any_day_of_the_calendar_can_be_asked_for(ask: Ask, path: str, day: str) -> None:
    assert ask(path, params={"ngay": day}).status_code == 200


@many
@given(root=st.sampled_from(ROOTS), rest=TEXTS)
def test_no_path_is_too_odd_for_an_answer(ask: Ask, root: str, rest: str) -> None:
    answer = ask(root + quote(rest.encode("utf-8", "replace"), safe="/@.~-"))
    assert answer.status_code < 500


@many
@given(
    name=st.sampled_from(["kind", "type", "issuer", "year", "status", "field", "sort", "loc", "ban", "nhom", "limit"]),
    value=TEXTS,
    path=st.sampled_from(["/", "/api/search", "/van-ban/luat-901-2020-qh14", "/van-ban/luat-901-2020-qh14/luoc-do"]),
)
def test_no_parameter_is_too_odd_for_an_answer(ask: Ask, name: str, value: str, path: str) -> None:
    answer = ask(path, params={"q": "mẫu", name: value.encode("utf-8", "replace").decode()})
    assert answer.status_code in {200, 400, 404}


def test_without_an_index_search_says_what_the_administrator_does(ask: Ask, settings: Settings) -> None:
    assert ask("/").status_code == 200  # the application is up
    library = Library(
        settings.model_copy(update={"home": settings.home / "khong-co", "database": settings.database_url})
    )
    app = create_app(settings)
    app.state.library = library
    try:
        answer = _asked(app, "/?q=a")
        assert answer.status_code == 503
        assert "dean06 index --rebuild" in words(answer)
    finally:
        library.close()


def test_what_pages_share_is_read_once_a_revision(tmp_path: Path) -> None:
    library = Library(Settings(home=tmp_path))
    try:
        reads: list[object] = []

        def read(store: object) -> int:
            reads.append(store)
            return len(reads)

        assert [library.remembered(read), library.remembered(read)] == [1, 1]
        with library.store.importing(source="mau", name="mau", sha256="0") as batch:
            _one_document(batch)
        assert library.remembered(read) == 2
    finally:
        library.close()


def _one_document(batch: Batch) -> None:
    batch.document(ObservedDocument(Identity("Luật", "1/2020/QH14"), Provenance("mau", "mau", Evidence.PAGE)))


def _asked(app: FastAPI, path: str) -> httpx.Response:
    async def asked() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost") as client:
            return await client.get(path)

    with start_blocking_portal() as portal:
        return portal.call(asked)
