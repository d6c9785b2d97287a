"""What the index suggests for the subject of a task. All texts here are made up."""

from __future__ import annotations

from pathlib import Path

from indexer.build import build_index
from indexer.search import open_index
from kb.model import HitKind, Searchable
from web.suggesting import suggest_with


def test_the_words_that_suggest_a_provision_stand_on_one_line(tmp_path: Path) -> None:
    text = "1. Dữ liệu mẫu\nđược nối\n   với kho mẫu."
    build_index(
        [
            Searchable(
                HitKind.ARTICLE, "luat-mau/dieu-1", "Điều 1 Luật mẫu", "Kho mẫu", text, "/van-ban/luat-mau/dieu-1"
            )
        ],
        tmp_path,
        revision="1",
    )
    [found] = suggest_with(open_index(tmp_path))("dữ liệu mẫu")
    assert (found.slug, found.path) == ("luat-mau", "dieu-1")
    assert "Dữ liệu mẫu được nối với" in found.why
