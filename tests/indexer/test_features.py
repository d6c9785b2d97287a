"""The figures of a candidate are what a reader would count by hand, on made-up articles."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.evaluator import Evaluator
from indexer.features import FEATURES, LONGEST_BODY, FeatureMaker
from indexer.plan import Words
from indexer.query import understand
from indexer.ranking import idf
from indexer.segment import Segment
from tests.indexer.made_up import article, random_articles, segment_of

ARTICLES = [
    article(1, "Thẻ mẫu do công an xã cấp.\nThời hạn cấp là bảy ngày.", title="Cấp thẻ mẫu"),
    article(2, "Không thu lệ phí khi cấp lần đầu.", title="Lệ phí"),
    article(1, "Hồ sơ gồm đơn và ảnh.", title="Hồ sơ cấp giấy", id="nd-mau/dieu-1"),
    article(3, "", title=""),
]


def figures(segment: Segment, query: str) -> dict[str, np.ndarray]:
    """The figures of all units, in the order of the index."""
    evaluator = Evaluator(segment)
    root = understand(query).root
    assert isinstance(root, Words)
    match = evaluator.run(root)
    order = np.argsort(-match.scores, kind="stable")
    rows = FeatureMaker(segment).figures(order, match.scores[order], match.asked[0].forms)
    assert rows.shape == (len(FEATURES), segment.units)
    assert np.isfinite(rows).all()
    return dict(zip(FEATURES, rows[:, np.argsort(order)], strict=True))


@pytest.fixture(scope="module")
def segment(tmp_path_factory: pytest.TempPathFactory) -> Segment:
    return segment_of(tmp_path_factory.mktemp("s"), ARTICLES)


def test_coverage_is_the_part_of_the_question_that_stands_there(segment: Segment) -> None:
    found = figures(segment, "cấp thẻ mẫu bảy ngày")
    held = [idf(count, segment.units) for count in (3, 1, 4, 1, 1)]  # "mẫu" stands in the title of each document
    issued = held[0] / sum(held)
    assert found["coverage"].tolist() == pytest.approx([1, issued, issued, 0])
    assert found["heading_coverage"].tolist() == pytest.approx([sum(held[:3]) / sum(held), 0, issued, 0])
    assert found["heading_asked"].tolist() == pytest.approx([1, 0, 1 / 4, 0])


def test_a_line_is_judged_by_itself(segment: Segment) -> None:
    found = figures(segment, "công an bảy ngày")
    assert found["body_coverage"][0] == pytest.approx(1)
    assert found["line_coverage"][0] == pytest.approx(1 / 2)
    assert found["line_pairs_coverage"][0] == pytest.approx(1 / 2), "of the two pairs that occur anywhere"


def test_a_run_is_the_questions_own_words_side_by_side(segment: Segment) -> None:
    found = figures(segment, "hồ sơ gồm ảnh đơn")
    assert found["body_run"][2] == pytest.approx(3 / 5, abs=0.01)
    assert found["heading_run"][2] == pytest.approx(2 / 5, abs=0.01)


def test_documents_speak_for_their_articles(segment: Segment) -> None:
    found = figures(segment, "lệ phí cấp thẻ")
    assert found["document_length"].tolist() == pytest.approx(np.log1p([3, 3, 1, 3]))
    assert found["document_place"].tolist() == [0, 0.5, 0, 1]
    assert found["document_headings"][0] == found["document_headings"][1] > found["document_headings"][2]


def test_what_lies_behind_the_longest_body_does_not_count(tmp_path: Path) -> None:
    long = " ".join(["giấy"] * LONGEST_BODY)
    segment = segment_of(tmp_path / "s", [article(1, f"lệ\n{long}\nphí"), article(2, "lệ phí"), article(3, long)])
    found = figures(segment, "lệ phí giấy tờ")
    assert found["body_pairs_coverage"].tolist() == [0, 1, 0]
    assert found["line_coverage"][2] == found["line_coverage"][0]


@pytest.mark.parametrize(
    "query", ["căn cước công dân số định danh", "can cuoc cong dan so dinh danh", "xyz", "căn căn"]
)
def test_any_question_has_finite_figures(tmp_path: Path, query: str) -> None:
    segment = segment_of(tmp_path / "s", random_articles(60))
    found = figures(segment, query)
    for name in ("coverage", "line_coverage", "pairs_coverage", "document_place", "first"):
        assert 0 <= found[name].min() <= found[name].max() <= 1.0001
