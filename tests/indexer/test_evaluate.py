"""Benchmarks are read as they come, measured as the field does, and refused by name and line where they are broken."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from indexer.evaluate import evaluate, metrics, named, percentile, read_benchmark
from kb.errors import UnusableInputError

CORPUS = [
    {"_id": "d1", "title": "Thẻ mẫu", "text": "Thẻ mẫu được cấp cho người từ đủ sáu tuổi."},
    {"_id": "d2", "title": "Lệ phí", "text": "Không thu lệ phí cấp thẻ lần đầu."},
    {"_id": "d3", "title": "Điều khoản khác", "text": "Nơi cấp do cơ quan quản lý định."},
]
QUERIES = [{"_id": "q1", "text": "lệ phí cấp thẻ là bao nhiêu"}, {"_id": "q2", "text": "nơi cấp"}]
QRELS = "query-id\tcorpus-id\tscore\nq1\td2\t1\nq2\td3\t1\nq2\td1\t0\n"


def write(folder: Path, *, packed: bool = False, nested: bool = False) -> Path:
    """A made-up benchmark."""
    folder.mkdir(exist_ok=True)
    corpus = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in CORPUS)
    if packed:
        (folder / "corpus.jsonl.gz").write_bytes(gzip.compress(corpus.encode()))
    else:
        (folder / "corpus.jsonl").write_text(corpus, encoding="utf-8")
    queries = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in QUERIES)
    (folder / "queries.jsonl").write_text(queries, encoding="utf-8")
    qrels = folder / "qrels" / "test.tsv" if nested else folder / "qrels.tsv"
    qrels.parent.mkdir(exist_ok=True)
    qrels.write_text(QRELS, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("packed", "nested"), [(False, False), (True, True)])
def test_a_benchmark_gives_all_figures(tmp_path: Path, packed: bool, nested: bool) -> None:  # noqa: FBT001  # a table
    figures = evaluate(write(tmp_path / "bench", packed=packed, nested=nested))
    assert set(figures) == {
        *("R@1", "R@10", "R@100", "MRR@10", "nDCG@10"),
        *("build_s", "index_mb", "p50_ms", "p95_ms", "queries"),
    }
    assert (figures["R@1"], figures["nDCG@10"], figures["queries"]) == (1.0, 1.0, 2)


def test_metrics_are_those_worked_out_by_hand() -> None:
    ranked = {"a": ["x", "y", "z"], "b": ["u"]}
    found = metrics(ranked, {"a": {"y": 1, "w": 1}, "b": {"v": 1}})
    assert found["R@1"] == 0
    assert found["R@10"] == 0.25
    assert found["MRR@10"] == 0.25
    assert found["nDCG@10"] == pytest.approx((1 / 1.58496) / (1 + 1 / 1.58496) / 2, abs=1e-4)


@pytest.mark.parametrize(("part", "expected"), [(50, 3), (95, 5), (100, 5), (0, 1)])
def test_percentiles_are_values_that_occurred(part: float, expected: float) -> None:
    assert percentile([5, 3, 1, 2, 4], part) == expected


def test_documents_graded_zero_do_not_count(tmp_path: Path) -> None:
    assert read_benchmark(write(tmp_path / "bench")).relevance == {"q1": {"d2": 1}, "q2": {"d3": 1}}


@pytest.mark.parametrize(
    ("file", "content", "complaint"),
    [
        ("queries.jsonl", '{"_id": "q1", "text": "a"}\n{"_id"\n', r"queries\.jsonl, line 2: not JSON"),
        ("queries.jsonl", '{"_id": "q1"}\n', r"queries\.jsonl, line 1: text is missing"),
        ("queries.jsonl", "[]\n", r"queries\.jsonl, line 1: _id, text is missing"),
        ("qrels.tsv", "query-id\tcorpus-id\tscore\nq1 d2 1\n", r"qrels\.tsv, line 2"),
        ("qrels.tsv", "query-id\tcorpus-id\tscore\nq9\td2\t1\n", "No query"),
        ("corpus.jsonl", '{"_id": "d1", "text": "a"}\nnot json\n', r"corpus\.jsonl, line 2"),
    ],
)
def test_a_malformed_file_is_named_with_its_line(tmp_path: Path, file: str, content: str, complaint: str) -> None:
    folder = write(tmp_path / "bench")
    (folder / file).write_text(content, encoding="utf-8")
    with pytest.raises(UnusableInputError, match=complaint):
        evaluate(folder)


@pytest.mark.parametrize("file", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_missing_file_is_named(tmp_path: Path, file: str) -> None:
    folder = write(tmp_path / "bench")
    (folder / file).unlink()
    with pytest.raises(UnusableInputError, match=rf"holds no {file}"):
        read_benchmark(folder)


def test_bytes_that_are_not_text_are_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "bench")
    (folder / "queries.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnusableInputError, match=r"queries\.jsonl"):
        read_benchmark(folder)


def test_articles_of_one_law_are_indexed_as_one_document_and_keep_their_names(tmp_path: Path) -> None:
    folder = write(tmp_path / "bench")
    facts = [{"metadata": {"law_id": "01/2020/qh14"}}, {"metadata": {"law_id": "01/2020/qh14"}}, {"metadata": None}]
    rows = [row | fact for row, fact in zip(CORPUS, facts, strict=True)]
    (folder / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    ids = [record.id for record in read_benchmark(folder).records()]
    assert ids == ["01-2020-qh14/d1", "01-2020-qh14/d2", "d3/d3"]
    assert [named(one) for one in ids] == ["d1", "d2", "d3"]
