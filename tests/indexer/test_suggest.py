from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.suggest import FILES, Entry, Suggester
from indexer.suggest_entries import EntryCollector
from kb.errors import DamagedIndexError
from kb.text import fold
from tests.indexer.made_up import article

# Made up, in the manner of titles and numbers.
ENTRIES = (
    Entry("Luật Căn cước", "document", 9),
    Entry("Thẻ căn cước cho người dưới 14 tuổi", "article", 2),
    Entry("Cấp lại thẻ căn cước", "procedure", 5),
    Entry("Căn cứ pháp lý", "article", 1),
    Entry("59/2022/NĐ-CP", "document", 3),
    Entry("06/QĐ-TTg", "document", 3),
    Entry("Hoà giải ở cơ sở", "document", 1),
    Entry("1.004222", "procedure", 1),
    Entry("…", "article", 99),
)


@pytest.fixture(scope="module")
def suggester() -> Suggester:
    return Suggester.build(ENTRIES)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("luật c", ["Luật Căn cước"]),
        ("can cuo", ["Luật Căn cước", "Cấp lại thẻ căn cước", "Thẻ căn cước cho người dưới 14 tuổi"]),
        ("can cu", ["Căn cứ pháp lý", "Luật Căn cước", "Cấp lại thẻ căn cước", "Thẻ căn cước cho người dưới 14 tuổi"]),
        ("CĂN CƯỚC", ["Luật Căn cước", "Cấp lại thẻ căn cước", "Thẻ căn cước cho người dưới 14 tuổi"]),
        ("thẻ ngư", ["Thẻ căn cước cho người dưới 14 tuổi"]),
        ("hòa giải", ["Hoà giải ở cơ sở"]),
        ("59/2022/n", ["59/2022/NĐ-CP"]),
        ("59/2022/nđ-c", ["59/2022/NĐ-CP"]),
        ("6/qd", ["06/QĐ-TTg"]),
        ("06/qđ", ["06/QĐ-TTg"]),
        ("1.0042", ["1.004222"]),
        ("không có gì như thế", []),
        ("", []),
        (" ?!", []),
    ],
)
def test_what_is_typed_brings_what_goes_on_so(suggester: Suggester, typed: str, expected: list[str]) -> None:
    assert [one.text for one in suggester.suggest(typed)] == expected


def test_accents_that_were_typed_come_first_even_before_the_heavier() -> None:
    both = Suggester.build([Entry("thể thao", "article", 9), Entry("thẻ thao tác", "article", 1)])
    assert [one.text for one in both.suggest("thẻ tha")] == ["thẻ thao tác", "thể thao"]
    assert [one.text for one in both.suggest("the tha")] == ["thể thao", "thẻ thao tác"]


def test_the_limit_is_kept_and_the_heaviest_stay(suggester: Suggester) -> None:
    assert [one.text for one in suggester.suggest("c", limit=1)] == ["Cấp lại thẻ căn cước"]


def test_an_entry_is_suggested_once() -> None:
    twice = Suggester.build([Entry("đất đai và đất ở", "article", 1), Entry("đất đai và đất ở", "article", 2)])
    assert len(twice.suggest("đất")) == 1
    assert len(twice) == 1


def test_a_long_beginning_is_compared_to_its_end() -> None:
    stem = "sửa đổi bổ sung một số điều của các nghị định về thi hành luật " * 2
    long = Suggester.build([Entry(f"{stem}một", "document"), Entry(f"{stem}hai", "document")])
    assert [one.text for one in long.suggest(f"{stem}hai")] == [f"{stem}hai"]


def test_what_is_written_is_opened_the_same(suggester: Suggester, tmp_path: Path) -> None:
    suggester.write(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)
    opened = Suggester.open(tmp_path)
    assert opened.suggest("can cu") == suggester.suggest("can cu")
    assert opened.suggest("can cu")[0].kind == "article"


def test_nothing_to_suggest_is_written_and_opened_too(tmp_path: Path) -> None:
    Suggester.build([]).write(tmp_path)
    assert Suggester.open(tmp_path).suggest("a") == []


@pytest.mark.parametrize("name", FILES)
def test_a_missing_or_empty_file_is_a_damaged_index(suggester: Suggester, tmp_path: Path, name: str) -> None:
    suggester.write(tmp_path)
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(DamagedIndexError, match="Rebuild"):
        Suggester.open(tmp_path)


_TEXTS = st.lists(st.text("aăbđcướ 1./-", max_size=20), max_size=8)


@given(_TEXTS, st.text("aăbđcướ 1./-", max_size=8))
def test_everything_suggested_holds_the_words_typed(texts: list[str], typed: str) -> None:
    for one in Suggester.build(Entry(text, "article") for text in texts).suggest(typed):
        last = fold(typed).split()[-1].strip("./-").lstrip("0")
        assert last in fold(one.text)


@given(_TEXTS)
def test_every_beginning_of_an_entry_brings_it(texts: list[str]) -> None:
    built = Suggester.build(Entry(text, "article") for text in texts)
    for text in texts:
        found = {one.text for one in built.suggest(text, limit=len(texts))}
        assert text in found or not any(map(str.isalnum, text))


@given(st.text(max_size=100))
def test_any_text_may_be_typed(typed: str) -> None:
    Suggester.build(ENTRIES).suggest(typed)


def test_phrases_of_many_headings_are_suggested() -> None:
    collector = EntryCollector()
    made = [article(n, "", title=f"Điều {n}. Bảo vệ dữ liệu cá nhân của trẻ em") for n in range(20)]
    assert list(collector.collecting(made)) == made
    found = {(one.text, one.kind) for one in collector.suggester().suggest("du lieu ca", limit=30)}
    assert ("bảo vệ dữ liệu cá nhân", "phrase") in found
    rare = EntryCollector()
    list(rare.collecting(made[:3]))
    assert "phrase" not in {one.kind for one in rare.suggester().suggest("du lieu ca", limit=30)}
