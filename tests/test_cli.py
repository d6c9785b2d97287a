"""The command line, from an empty folder to answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import dean06
from tests.conftest import ROOT

MADE_UP_DECREE = """\
CHÍNH PHỦ
-------

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------

Số: 999/2031/NĐ-CP

Hà Nội, ngày 02 tháng 3 năm 2031

NGHỊ ĐỊNH
Quy định mẫu dùng cho kiểm thử

Căn cứ Luật Căn cước ngày 27 tháng 11 năm 2023;

Điều 1. Phạm vi của văn bản mẫu
1. Văn bản này do bộ kiểm thử đặt ra, không có thật.
2. Bộ kiểm thử dùng cụm từ lạ: thạch sùng mẫu mực.

Điều 2. Tổ chức của văn bản mẫu
Các đơn vị mẫu có trách nhiệm:
a) Đọc văn bản mẫu;
b) Bỏ qua văn bản mẫu sau khi đọc xong.

TM. CHÍNH PHỦ
THỦ TƯỚNG
"""


def run(*arguments: str, status: int = 0) -> str:
    result = CliRunner().invoke(dean06.app, list(arguments))
    assert result.exit_code == status, f"{result.output}\n{result.exception!r}"
    return result.output if status else result.stdout


def values(*arguments: str) -> Any:
    return json.loads(run(*arguments, "--json"))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A home with the register and one made-up decree."""
    folder = tmp_path_factory.mktemp("cli")
    source = folder / "made-up.txt"
    source.write_text(MADE_UP_DECREE, encoding="utf-8")
    run("--home", str(folder / "home"), "import", str(source))
    return str(folder / "home")


def test_an_imported_article_is_found_by_its_words(home: str) -> None:
    found = values("search", "thạch sùng mẫu mực", "--home", home)
    assert found["hits"][0]["id"] == "nghi-dinh-999-2031-nd-cp/dieu-1"
    assert "<mark>thạch sùng mẫu mực</mark>" in found["hits"][0]["snippet"]


@pytest.mark.parametrize("spelling", ["999/2031/NĐ-CP", "nđ 999/2031", "999/2031/nd-cp", "nghị định số 999 năm 2031"])
def test_a_number_in_any_spelling_gives_the_document_first(home: str, spelling: str) -> None:
    assert values("search", spelling, "--home", home)["hits"][0]["id"] == "nghi-dinh-999-2031-nd-cp"


def test_filters_narrow_and_a_limit_of_none_still_counts(home: str) -> None:
    found = values("search", "văn bản", "--kind", "article", "--limit", "0", "--home", home)
    assert found["hits"] == []
    assert found["total"] == sum(value["count"] for value in found["facets"]["status"])


@pytest.mark.parametrize("options", [("--kind", "điều luật"), ("--status", "còn mất"), ("--year", "năm ngoái")])
def test_a_filter_that_can_match_nothing_is_an_error(home: str, options: tuple[str, str]) -> None:
    assert options[1] in run("search", "văn bản", *options, "--home", home, status=1)


def test_a_status_may_be_given_in_the_words_of_the_law(home: str) -> None:
    assert values("search", "văn bản", "--status", "chưa xác định", "--home", home)["total"] > 0


def test_the_two_documents_of_one_number_are_both_offered(home: str) -> None:
    shown = values("show", "06/QĐ-TTg", "--home", home)
    assert {document["identity"]["issued"] for document in shown["documents"]} == {"2022-01-06", "2025-01-02"}


def test_a_document_is_shown_with_facts_and_their_sources(home: str) -> None:
    shown = values("show", "999/2031/NĐ-CP", "--home", home)
    facts = {fact["name"]: fact["values"] for fact in shown["facts"]}
    assert facts["issued"][0]["value"] == "2031-03-02"
    assert facts["issued"][0]["provenances"][0]["evidence"] == "document"
    assert shown["standing"]["status"] == "unknown"


def test_a_point_is_shown_in_its_article(home: str) -> None:
    shown = values("show", "nghi-dinh-999-2031-nd-cp/dieu-2.diem-b", "--home", home)
    assert shown["place"] == "dieu-2.diem-b"
    assert shown["provision"]["children"][1]["label"] == "b"


@pytest.mark.parametrize("nothing", ["nghi-dinh-1-1999-nd-cp", "9.999999", "999/2031/NĐ-CP/dieu-77", "", "/"])
def test_what_is_not_held_is_an_error_that_says_so(home: str, nothing: str) -> None:
    assert "Error:" in run("show", nothing, "--home", home, status=1)


def test_the_same_file_twice_changes_nothing(home: str, tmp_path: Path) -> None:
    before = values("status", "--home", home)["revision"]
    source = tmp_path / "made-up.txt"
    source.write_text(MADE_UP_DECREE, encoding="utf-8")
    assert [report["unchanged"] for report in values("import", str(source), "--home", home)] == [True]
    assert values("status", "--home", home)["revision"] == before


def test_the_index_is_of_the_store_until_the_store_changes(home: str) -> None:
    assert values("status", "--home", home)["index"]["of_this_store"] is True
    assert values("index", "--home", home)["built"] is False


def test_a_flipped_bit_in_the_index_is_found(home: str) -> None:
    assert values("verify", "--home", home) == {"problems": []}
    largest = max((Path(home) / "index").rglob("*.npy"), key=lambda path: path.stat().st_size)
    original = largest.read_bytes()
    middle = len(original) // 2
    try:
        largest.write_bytes(original[:middle] + bytes([original[middle] ^ 1]) + original[middle + 1 :])
        problems = json.loads(run("verify", "--home", home, "--json", status=1))["problems"]
        assert any(largest.name in problem for problem in problems)
    finally:
        largest.write_bytes(original)


def test_citations_are_found_in_a_text_and_in_a_file(tmp_path: Path) -> None:
    text = "Theo điểm c khoản 1 Điều 15 Luật Căn cước năm 2023."
    source = tmp_path / "text.txt"
    source.write_text(text, encoding="utf-8")
    found = values("cite", text)
    assert found == values("cite", str(source))
    assert found[0]["provision"] == ["dieu-15.khoan-1.diem-c"]
    assert text[found[0]["start"] : found[0]["end"]] == found[0]["text"]


def test_a_missing_index_names_the_way_out(tmp_path: Path) -> None:
    assert "dean06 index" in run("search", "căn cước", "--home", str(tmp_path / "nowhere"), status=1)


def test_a_file_of_no_known_kind_is_refused(tmp_path: Path) -> None:
    strange = tmp_path / "picture.png"
    strange.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert "picture.png" in run("import", str(strange), "--home", str(tmp_path / "home"), status=1)


def test_an_unusable_setting_is_named(tmp_path: Path) -> None:
    output = run("serve", "--port", "99999", "--home", str(tmp_path), status=1)
    assert "port" in output


def test_every_field_of_json_is_documented(home: str, tmp_path: Path) -> None:
    documented = set(re.findall(r"[\w@]+", (ROOT / "docs" / "json.md").read_text(encoding="utf-8")))
    source = tmp_path / "made-up.txt"
    source.write_text(MADE_UP_DECREE, encoding="utf-8")
    printed = [
        values("search", "căn cước", "--home", home),
        values("cite", "khoản 1 Điều 5 Luật Căn cước năm 2023"),
        values("index", "--home", home),
        values("status", "--home", home),
        values("verify", "--home", home),
        values("import", str(source), "--home", home),
        *(list(values("show", name, "--home", home)) for name in ("06/QĐ-TTg", "nghi-dinh-999-2031-nd-cp")),
        list(values("show", "nghi-dinh-999-2031-nd-cp/dieu-1", "--home", home)),
    ]
    free_keys = {"facets", "counts"}
    assert sorted(set(_keys(printed, free_keys)) - documented) == []


def _keys(value: Any, free: set[str]) -> Iterator[str]:
    """Every name of a field, but those below a field whose names are free."""
    if isinstance(value, str):
        return
    if isinstance(value, list):
        for member in value:
            yield from [member] if isinstance(member, str) and member.isidentifier() else _keys(member, free)
    elif isinstance(value, dict):
        for name, member in value.items():
            yield name
            if name not in free:
                yield from _keys(member, free)
