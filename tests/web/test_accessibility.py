"""axe-core finds nothing to object to: on every page, light and dark, wide and small, and as printed."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.web.test_security import PAGES

pytestmark = pytest.mark.browser
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "small": {"viewport": {"width": 320, "height": 640}},
}


@pytest.mark.parametrize("look", [*LOOKS, "print"])
@pytest.mark.parametrize("path", [*PAGES, "/khong-co", "/?q=%22zyx+wvu%22", "/?q=mẫu&kind=article"])
def test_a_page_has_no_barrier_that_axe_knows(browser: Browser, site: str, path: str, look: str) -> None:
    context = browser.new_context(base_url=site, **LOOKS.get(look, {}))
    page = context.new_page()
    page.goto(path)
    if look == "print":
        page.emulate_media(media="print")
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, rules)", RULES)
    context.close()
    barriers = [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found["violations"]]
    assert barriers == []
