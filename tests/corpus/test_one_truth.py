"""One document from many sources is one record: each fact with all its sources, what differs beside what is shown. Made up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap

import pytest

from corpus.ingest import import_path
from corpus.reporting import ImportReport
from kb.lookup import lookup
from kb.model import Evidence, Identity, ObservedDocument, PartialDate, Provenance
from kb.store import Fact, Store, open_store
from kb.values import as_values
from tests.corpus.sources.made_up import gateway_detail
from tests.corpus.tiny_pdf import TinyPage, tiny_pdf
from tests.corpus.word_files import p, word_file

NUMBER = "59/2022/NĐ-CP"
WORDS = f"""CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {NUMBER}
Hà Nội, ngày 05 tháng 9 năm 2022
NGHỊ ĐỊNH
Bịa ra để thử
Điều 1. Nội dung thử 1
{"Một câu dài để thử, không nói gì về việc của ai. " * 12}
Điều 2. Hiệu lực thi hành
Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 11 năm 2022.
TM. CHÍNH PHỦ
THỦ TƯỚNG
Nguyễn Văn Thử"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as opened:
        yield opened


def taken(path: Path, data: str | bytes, store: Store) -> ImportReport:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return import_path(path, store, home=path.parent)


def fact(store: Store, slug: str, name: str) -> Fact:
    return next(one for one in store.facts(slug) if one.name == name)


def gazette_page() -> bytes:
    page = TinyPage().text(200, 30, "CÔNG BÁO/Số 3 + 4/Ngày 20-9-2022", 10)
    return tiny_pdf(page.lines(60, 80, *(part for line in WORDS.split("\n") for part in wrap(line, 85))))


def register(store: Store) -> None:
    listed = Provenance("register", "https://example.test/list", Evidence.OFFICIAL_LIST)
    with store.importing(source="register", name="register", sha256="0" * 64) as batch:
        identity = Identity("Nghị định", NUMBER, "Chính phủ", PartialDate(2022, 9, 5))
        batch.document(ObservedDocument(identity, listed, title="Bịa ra để thử"))


def all_sources(folder: Path, store: Store) -> list[str]:
    register(store)
    taken(folder / "a.txt", WORDS, store)
    taken(folder / "b.docx", word_file("".join(map(p, WORDS.split("\n")))), store)
    taken(folder / "c.pdf", gazette_page(), store)
    taken(folder / "d.json", gateway_detail("7", NUMBER), store)
    return [view.slug for view in store.documents() if view.number == NUMBER]


def test_a_list_a_text_a_gazette_page_and_the_gateway_give_one_document(tmp_path: Path, store: Store) -> None:
    (slug,) = all_sources(tmp_path / "in", store)
    seen = {place.address for value in fact(store, slug, "number").values for place in value.provenances}

    assert {"https://example.test/list", "in/a.txt", "in/b.docx", "in/c.pdf", "in/d.json"} <= seen


def test_a_day_on_which_sources_differ_is_kept_with_both_and_shown_as_a_conflict(tmp_path: Path, store: Store) -> None:
    (slug,) = all_sources(tmp_path / "in", store)
    effective = fact(store, slug, "effective")
    by_day = {str(value.value): {place.address for place in value.provenances} for value in effective.values}
    shown = json.dumps(as_values(lookup(store, slug)), ensure_ascii=False)

    assert by_day["2022-10-20"] == {"in/d.json"}
    assert {"in/a.txt", "in/b.docx"} <= by_day["2022-11-01"]
    assert effective.conflicting
    assert '"conflicting": true' in shown
    assert "2022-11-01" in shown
    assert "2022-10-20" in shown


def test_taking_the_same_sources_again_changes_nothing(tmp_path: Path, store: Store) -> None:
    (slug,) = all_sources(tmp_path / "in", store)
    before = [(one.name, [str(value.value) for value in one.values]) for one in store.facts(slug)]
    all_sources(tmp_path / "in", store)

    assert [(one.name, [str(value.value) for value in one.values]) for one in store.facts(slug)] == before


def test_a_saved_answer_of_the_gateway_gives_its_text_and_what_it_lacks_is_said(tmp_path: Path, store: Store) -> None:
    taken(tmp_path / "in" / "d.json", gateway_detail("7", NUMBER, references=[(10, "5", "1/2020/NĐ-CP")]), store)
    report = taken(tmp_path / "in" / "e.json", gateway_detail("8", "60/2022/NĐ-CP", body=False), store)
    held = {view.number: view for view in store.documents()}

    assert held[NUMBER].has_text
    assert len(store.relations(held[NUMBER].slug)) == 1
    assert not held["60/2022/NĐ-CP"].has_text
    assert any("holds no text" in group.why for group in report.unused)


def test_what_looks_wrong_in_a_text_stands_in_the_report(tmp_path: Path, store: Store) -> None:
    odd = WORDS.replace("01 tháng 11 năm 2022", "01 tháng 8 năm 2022").replace("Điều 2.", "Điều 4.")
    report = taken(tmp_path / "in" / "a.txt", f"{odd}\nTrang chủ", store)
    said = " ".join(f"{group.why} {group.examples}" for group in report.unused)

    assert "effect_before_issue" in said
    assert "break in the numbering" in said
    assert "navigation" in said
