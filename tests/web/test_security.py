from __future__ import annotations

import httpx
import pytest
from anyio.from_thread import start_blocking_portal
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.web.conftest import Ask
from tests.web.made_up import LAW_SLUG
from tests.web.reading import page, words
from web.security import HEADERS, Guard

PAGES = [
    "/",
    "/?q=mẫu",
    f"/van-ban/{LAW_SLUG}",
    f"/van-ban/{LAW_SLUG}/dieu-1",
    f"/van-ban/{LAW_SLUG}/luoc-do",
    "/so/06/QĐ-TTg",
    "/nhiem-vu",
    "/nhiem-vu?co-quan=Bộ+Mẫu&trang-thai=overdue&ngay=2026-01-31",
    "/nhiem-vu?diem-nghen=law",
    "/nhiem-vu?tu=mai",
    "/nhiem-vu/M1",
    "/nhiem-vu/M3",
    "/nhiem-vu/luat-mau.dieu-10.1",
    "/thu-tuc",
    "/thu-tuc?bo=Bộ+Mẫu&day-du=thieu",
    "/thu-tuc/9.000001",
    "/thu-tuc/9.000002",
    "/thu-tuc/9.000003",
    "/thu-tuc/chua-don-gian",
    "/thu-tuc/theo-van-ban",
    "/co-quan/bo-mau",
    "/tong-quan",
    "/du-lieu",
    "/tro-giup",
]
OTHERS = [
    "/static/style.css",
    "/static/icon.svg",
    "/static/khong-co",
    "/khong-co",
    "/api/search?q=mẫu",
    "/api/show/khong-co",
    "/nhiem-vu.csv",
    "/thu-tuc/chua-don-gian.xlsx",
    "/tong-quan.json",
    "/api/tasks",
    "/api/procedures/9.000002",
    "/?sort=x",
    "/so/901/2020/QH14",
]


@pytest.mark.parametrize("path", PAGES + OTHERS)
def test_every_answer_carries_the_headers_once(ask: Ask, path: str) -> None:
    headers = ask(path).headers
    assert {name: headers.get_list(name) for name in HEADERS} == {name: [value] for name, value in HEADERS.items()}


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = HEADERS["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "script-src" not in policy


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_script_a_style_of_its_own_or_a_foreign_resource(ask: Ask, path: str) -> None:
    tree = page(ask(path))
    assert tree.select("script, style, iframe, object, embed, [style]") == []
    assert [tag for tag in tree.find_all() if any(name.startswith("on") for name in tag.attrs)] == []
    loaded = [str(tag.get("src") or tag.get("href")) for tag in tree.select("link, img, source, form")]
    assert [address for address in loaded if address != "None" and not address.startswith("/")] == []


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "MADEUP"])
def test_only_reading_is_answered(ask: Ask, method: str) -> None:
    answer = ask("/", method=method)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", PAGES + OTHERS)
def test_head_answers_as_get_without_the_body(ask: Ask, path: str) -> None:
    read, head = ask(path), ask(path, method="HEAD")
    assert (head.status_code, head.content) == (read.status_code, b"")
    assert head.headers["content-type"] == read.headers["content-type"] if read.content else True


@pytest.mark.parametrize(
    ("host", "served"),
    [
        ("localhost", True),
        ("localhost:8006", True),
        ("LOCALHOST", True),
        ("127.0.0.1:9", True),
        ("[::1]:8006", True),
        ("[::1]", True),
        ("example.vn", False),
        ("localhost.example.vn", False),
        ("", False),
        ("localhost:evil", False),
    ],
)
def test_only_named_hosts_are_served(ask: Ask, host: str, served: bool) -> None:  # noqa: FBT001  # a column of the table
    answer = ask("/", headers={"host": host})
    assert (answer.status_code == 200) == served
    assert served or "DEAN06_ALLOWED_HOSTS" in words(answer)


def test_a_setting_can_serve_a_whole_domain_or_any_host() -> None:
    assert _through(_fine, ["*.so.vn"], "tra-cuu.so.vn").status_code == 200
    assert _through(_fine, ["*.so.vn"], "so.vn.khac.vn").status_code == 400
    assert _through(_fine, ["*"], "bat-ky.vn").status_code == 200


def test_a_fault_of_the_program_is_a_page_without_its_inside() -> None:
    answer = _through(_broken, ["*"], "x")
    assert answer.status_code == 500
    assert "Chương trình gặp lỗi khi làm trang này" in words(answer)
    assert "secret" not in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]


@pytest.mark.parametrize("path", ["/van-ban/a%00b", "/?q=a%00b", "/so/%00"])
def test_a_null_character_is_refused(ask: Ask, path: str) -> None:
    assert ask(path).status_code == 400


async def _fine(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("fine")(scope, receive, send)


async def _broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise RuntimeError("secret")


def _through(inner: ASGIApp, hosts: list[str], host: str) -> httpx.Response:
    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app=Guard(inner, hosts), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as client:
            return await client.get("/")

    with start_blocking_portal() as portal:
        return portal.call(asked)
