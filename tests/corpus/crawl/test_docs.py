"""docs/crawl.md names every refusal and every setting of a crawl."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.crawl import refusals
from corpus.crawl.refusals import RefusedError
from kb.settings import Settings

DOCS = Path(__file__).parents[3] / "docs" / "crawl.md"
KINDS = sorted(
    {value.kind for value in vars(refusals).values() if isinstance(value, type) and issubclass(value, RefusedError)}
)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_refusal_means_is_written_down(kind: str) -> None:
    assert f"`{kind}`" in DOCS.read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", [name for name in Settings.model_fields if name.startswith("crawl_")])
def test_every_setting_of_a_crawl_is_written_down(setting: str) -> None:
    assert f"DEAN06_{setting.upper()}" in DOCS.read_text(encoding="utf-8")
