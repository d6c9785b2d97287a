"""The best hits of a question stand in a learned order: the same each time, above the rest, with repealed law lower."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import reranking
from indexer.features import FEATURES
from indexer.reranking import LEAVES, Trees, best_units, ranking_trees
from indexer.search import SearchIndex
from kb.errors import DamagedIndexError
from kb.model import Status
from tests.indexer.made_up import article, random_articles, segment_of

QUESTION = "căn cước công dân số định danh quản lý thủ tục hành chính"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    return SearchIndex(segment_of(tmp_path_factory.mktemp("s"), random_articles(900)))


def grown(draw: np.random.Generator, leaves: int) -> dict[str, Any]:
    """A made-up tree as nested nodes."""
    if leaves == 1:
        return {"value": float(np.float32(draw.normal()))}
    left = int(draw.integers(1, leaves))
    return {
        "feature": int(draw.integers(3)),
        "threshold": float(np.float32(draw.normal())),
        "left": grown(draw, left),
        "right": grown(draw, leaves - left),
    }


def flat(node: dict[str, Any], tree: dict[str, list[float]]) -> dict[str, list[float]]:
    """The tree as the model file has it."""
    if "value" in node:
        tree["values"].append(node["value"])
        return tree
    first = len(tree["values"])
    flat(node["left"], tree)
    tree["features"].append(node["feature"])
    tree["thresholds"].append(node["threshold"])
    tree["masks"].append(255 & ~sum(1 << leaf for leaf in range(first, len(tree["values"]))))
    return flat(node["right"], tree)


def walked(node: dict[str, Any], row: np.ndarray) -> float:
    """The value of the leaf that is reached node by node."""
    while "value" not in node:
        node = node["left"] if row[node["feature"]] <= node["threshold"] else node["right"]
    return float(node["value"])


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 90))
def test_all_trees_at_once_give_what_each_gives_node_by_node(seed: int, count: int) -> None:
    draw = np.random.default_rng(seed)
    trees = [grown(draw, int(draw.integers(1, LEAVES + 1))) for _ in range(count)]
    figures = draw.normal(size=(3, 20)).astype(np.float32)
    empty = ("features", "thresholds", "masks", "values")
    sums = Trees.of([flat(tree, {name: [] for name in empty}) for tree in trees]).sums(figures)
    assert sums == pytest.approx([sum(walked(tree, row) for tree in trees) for row in figures.T], abs=1e-4)


def test_the_model_is_made_for_the_figures_of_this_program() -> None:
    trees = ranking_trees()
    assert len(trees.values) >= 100
    assert trees.features.max() < len(FEATURES)


def test_a_model_of_other_figures_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "reranking.json").write_text(json.dumps({"figures": ["other"], "trees": []}), encoding="utf-8")
    monkeypatch.setattr(reranking, "files", lambda _: tmp_path)
    with pytest.raises(DamagedIndexError, match="other figures"):
        ranking_trees.__wrapped__()


@settings(deadline=None)
@given(st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0]), max_size=30), st.integers(0, 10))
def test_the_best_are_those_of_a_plain_sort(scores: list[float], count: int) -> None:
    wanted = sorted((-score, unit) for unit, score in enumerate(scores) if score and unit % 3)[:count]
    held = np.array([bool(unit % 3) for unit in range(len(scores))], bool)
    assert best_units(held, np.array(scores, np.float32), count).tolist() == [unit for _, unit in wanted]


def test_scores_fall_and_pages_put_together_are_the_whole(index: SearchIndex) -> None:
    whole = index.search(QUESTION, limit=2000)
    scores = [hit.score for hit in whole.hits]
    assert scores == sorted(scores, reverse=True)
    assert len(whole.hits) == whole.total > reranking.CANDIDATES
    pages = [index.search(QUESTION, limit=70, offset=offset).hits for offset in range(0, 2000, 70)]
    assert [hit.id for page in pages for hit in page] == [hit.id for hit in whole.hits]
    assert [hit.id for hit in whole.hits[:100]] == [name for name, _ in index.rank(QUESTION, 100)]


def test_a_filter_chooses_among_all_and_its_hits_are_ordered_anew(index: SearchIndex) -> None:
    found = index.search(QUESTION, filters={"type": ["Luật"]}, limit=2000)
    assert {hit.type for hit in found.hits} == {"Luật"}
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)


def test_the_order_is_explained_where_it_is_learned_and_only_there(index: SearchIndex) -> None:
    def kinds(query: str, **options: Any) -> set[str]:  # a test's own mixture
        return {step.kind for step in index.search(query, **options).understood}

    assert "ranking" in kinds(QUESTION)
    assert "ranking" not in kinds("căn cước")
    assert "ranking" not in kinds(QUESTION, sort="newest")
    assert "ranking" not in kinds(f'"{QUESTION}"')


@pytest.mark.parametrize("status", [Status.EXPIRED, Status.NO_LONGER_SUITABLE, Status.SUSPENDED])
@pytest.mark.parametrize("old_first", [True, False])
def test_law_that_stands_no_more_ranks_below_the_law_in_its_place(
    tmp_path: Path,
    status: Status,
    old_first: bool,  # noqa: FBT001  # a table
) -> None:
    text = "1. Thẻ mẫu được cấp tại công an xã.\n2. Thời hạn cấp thẻ mẫu là bảy ngày."
    old = [article(5, text, id="luat-cu/dieu-5", title="Thời hạn cấp thẻ", status=status)]
    new = [article(5, text, id="luat-moi/dieu-5", title="Thời hạn cấp thẻ")]
    others = [article(place, f"Quy định về hồ sơ thứ {place}.") for place in range(9)]
    index = SearchIndex(segment_of(tmp_path / "s", [*others, *(old + new if old_first else new + old)]))
    found = [hit.id for hit in index.search("thời hạn cấp thẻ mẫu cho công dân là bao nhiêu ngày").hits]
    assert found[:2] == ["luat-moi/dieu-5", "luat-cu/dieu-5"]
