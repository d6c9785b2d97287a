"""The three people's jobs in a browser without JavaScript, by mouse and by keyboard, on screen and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.made_up import LAW_SLUG
from tests.web.test_security import PAGES

pytestmark = pytest.mark.browser
LAW = f"/van-ban/{LAW_SLUG}"


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A fresh page without JavaScript; every request must stay at home, and nothing may be reported on the console."""
    context = browser.new_context(base_url=site, java_script_enabled=False)
    opened = context.new_page()
    strangers: list[str] = []
    opened.on("request", lambda request: strangers.append(request.url) if not request.url.startswith(site) else None)
    opened.on("console", lambda message: strangers.append(message.text))
    yield opened
    context.close()
    assert strangers == []


def test_a_legal_officer_goes_from_a_phrase_to_the_address_of_a_point(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Từ khóa, cụm từ, số ký hiệu hoặc điều khoản").fill('"dữ liệu gốc"')
    page.get_by_role("button", name="Tra cứu").click()
    expect(page.locator("#ket-qua")).to_have_text("12 kết quả")
    page.locator(".hits a").first.click()
    page.get_by_role("link", name="Địa chỉ điểm đ khoản 1").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Điểm đ khoản 1 Điều")
    expect(page.locator(".here")).to_contain_text("đ) Dữ liệu gốc mẫu")
    expect(page.locator(".standing")).to_contain_text("chưa xác định")


def test_a_legal_officer_narrows_and_widens_a_result(page: Page) -> None:
    page.goto("/?q=mẫu")
    whole = page.locator("#ket-qua").inner_text()
    value = page.locator("#loc li", has=page.get_by_role("link", name="điều", exact=True))
    count = value.locator(".soft").inner_text()
    value.get_by_role("link").click()
    expect(page.locator("#ket-qua")).to_have_text(f"{count} kết quả")
    page.locator(".chips a").click()
    expect(page.locator("#ket-qua")).to_have_text(whole)


def test_a_legal_officer_chooses_among_documents_of_one_number(page: Page) -> None:
    page.goto("/so/06/QĐ-TTg")
    page.locator(".hits a").last.click()
    expect(page.locator("dl.facts")).to_contain_text("06/01/2022")


def test_a_task_owner_sees_in_three_steps_what_is_owed_and_whether_its_source_stands(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Nhiệm vụ", exact=True).click()
    page.get_by_label("Cơ quan chủ trì hoặc phối hợp").fill("Bộ Mẫu")
    page.keyboard.press("Enter")
    expect(page.locator("#ket-qua")).to_have_text("3 nhiệm vụ trong 4")
    page.get_by_role("link", name="Ăn mừng việc mẫu đã cũ").click()
    expect(page.locator(".alert")).to_contain_text("nay xem Luật số 901/2020/QH14")
    expect(page.locator("dl.facts")).to_contain_text("30/06/2011")


def test_a_task_owner_goes_from_words_to_what_the_assigning_document_rests_on(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Từ khóa").fill("dữ liệu mẫu")
    page.keyboard.press("Enter")
    page.locator("#loc").get_by_role("link", name="nhiệm vụ", exact=True).click()
    page.locator(".hits a[href='/nhiem-vu/M1']").click()
    expect(page.locator("dl.facts")).to_contain_text("Quý IV/2026")
    page.get_by_role("link", name="lược đồ Quyết định").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lược đồ Quyết định số 06/QĐ-TTg")


def test_a_task_owner_asks_how_it_stood_on_another_day(page: Page) -> None:
    page.goto("/nhiem-vu/M3")
    page.get_by_label("Xét hiệu lực và tiến độ đến ngày").fill("31/12/2020")
    page.get_by_role("button", name="Xem").click()
    expect(page.locator("dl.facts")).to_contain_text("xét đến 31/12/2020")
    expect(page.locator(".alert")).to_have_count(0)


def test_an_analyst_takes_the_list_of_a_ministry_away_in_four_steps(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Thủ tục", exact=True).click()
    page.get_by_role("link", name="Chưa đơn giản hóa").click()
    page.get_by_role("combobox", name="Bộ, cơ quan ban hành").fill("Bộ Mẫu")
    page.keyboard.press("Enter")
    expect(page.locator(".sums").first).to_contain_text("102 = 2 có lý do")
    with page.expect_download() as taken:
        page.get_by_role("link", name="XLSX").click()
    assert taken.value.suggested_filename.startswith("thu-tuc-chua-don-gian-")


def test_an_analyst_widens_a_list_by_taking_a_chip_away(page: Page) -> None:
    page.goto("/thu-tuc/chua-don-gian?dau-hieu=household_book")
    expect(page.locator("#ket-qua")).to_have_text("1 thủ tục có lý do")
    page.locator(".chips a").click()
    expect(page.locator("#ket-qua")).to_have_text("2 thủ tục có lý do")


def test_an_analyst_finds_sums_that_add_up_and_a_procedure_by_its_code(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Tổng quan").click()
    expect(page.locator(".line").first).to_have_text("656 = 245 + 122 + 238 + 51 không nêu trong nguồn")
    page.get_by_role("link", name="Thủ tục", exact=True).click()
    page.get_by_label("Từ trong tên hoặc mã").fill("9.000007")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Cấp giấy mẫu số 7").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cấp giấy mẫu số 7")


def test_a_list_on_paper_has_its_sums_and_rows_but_no_controls(page: Page) -> None:
    page.goto("/nhiem-vu?co-quan=Bộ+Mẫu")
    page.emulate_media(media="print")
    for hidden in (".filters", ".exports", ".site nav"):
        expect(page.locator(hidden)).to_be_hidden()
    for shown in (".chips", ".sums", ".reconciled", "table"):
        expect(page.locator(shown)).to_be_visible()


def test_a_search_needs_no_mouse(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("input[name=q]")).to_be_focused()
    page.keyboard.type("901/2020/qh14")
    page.keyboard.press("Enter")
    first = page.locator(".hits a").first
    for _ in range(40):
        page.keyboard.press("Tab")
        if first.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"{LAW}$"))


def test_on_paper_stand_the_text_and_its_source_but_no_controls(page: Page) -> None:
    page.goto(f"{LAW}/dieu-5")
    page.emulate_media(media="print")
    for hidden in (".box", ".site nav", ".pages", ".anchor >> nth=0"):
        expect(page.locator(hidden)).to_be_hidden()
    for shown in (".law", ".standing", "dl.facts", "footer"):
        expect(page.locator(shown)).to_be_visible()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_a_small_screen(browser: Browser, site: str, path: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(path)
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert width <= 320
