"""The register's tables of the codification, made from a package; the package is made up."""

from __future__ import annotations

from pathlib import Path

from corpus.codification.register import rewrite
from kb.register.tables import read_table, write_table
from tests.corpus.codified import article, page, write_zip

FROM = "có hiệu lực thi hành kể từ ngày"
AMENDED = (
    f"(Điều 1 Luật số 01/2020/QH14 Luật Thử ngày 02/01/2020 của Quốc hội, {FROM} 01/07/2020, có nội dung bị bãi bỏ bởi "
    f"Điều 3 Nghị định số 05/2021/NĐ-CP {FROM} 01/02/2021)"
)


def test_rows_of_held_documents_are_written_anew_and_others_stay(tmp_path: Path) -> None:
    row = dict.fromkeys(("type", "number", "title", "issuer", "issued", "effective", "articles", "page"), "")
    write_table(
        "codified_documents",
        [row | {"source_id": "1", "number": "1"}, row | {"source_id": "2", "number": "2"}],
        tmp_path,
    )
    write_table("codified_relations", [], tmp_path)
    rewrite(write_zip(tmp_path / "p.zip", {"demuc/1.html": page(article(note=AMENDED))}), tmp_path)
    held, other = read_table("codified_documents", tmp_path)

    assert (held["number"], held["issued"], held["issuer"], held["articles"]) == (
        "01/2020/QH14",
        "2020-01-02",
        "Quốc hội",
        "1",
    )
    assert other["number"] == "2"


def test_an_amendment_gives_a_row_for_its_article_alone(tmp_path: Path) -> None:
    for name in ("codified_documents", "codified_relations"):
        write_table(name, [], tmp_path)
    rewrite(write_zip(tmp_path / "p.zip", {"demuc/1.html": page(article(note=AMENDED))}), tmp_path)
    rows = list(read_table("codified_relations", tmp_path))

    assert [(row["kind"], row["subject_path"], row["object_path"], row["effective"], row["place"]) for row in rows] == [
        ("repeals", "dieu-3", "dieu-1", "2021-02-01", "Điều 9.9.LQ.1"),
    ]
