from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import NotFoundError, StoreError
from kb.model import (
    EditionKind,
    HitKind,
    Identity,
    PartialDate,
    Procedure,
    Provision,
    ProvisionKind,
    Task,
)
from kb.numbers import partial_key
from kb.store import Store, open_store
from kb.store.texts import tree, units
from tests.kb.store_samples import (
    DECISION_2022,
    DECISION_2025,
    LAW,
    article,
    described,
    edition,
    importing,
    reference,
    seen,
    take_in,
)

KINDS = ProvisionKind


def whole_text() -> tuple[Provision, ...]:
    """A made-up text with all that one can have."""
    chapter = Provision(KINDS.CHAPTER, "I", "chuong-1", "CHUNG", "Chương I\nCHUNG\n", (article("1"), article("2")))
    annex = Provision(
        KINDS.ANNEX,
        "1",
        "phu-luc-1",
        "BIỂU",
        "Phụ lục 1\nBIỂU\n",
        (Provision(KINDS.ITEM, "1", "phu-luc-1.y-1", "", "1. dòng\n"),),
    )
    rules = Provision(
        KINDS.ANNEX,
        "2",
        "phu-luc-2",
        "QUY CHẾ",
        "QUY CHẾ\n(Ban hành kèm theo quyết định này một cách đầy đủ)\n",
        (article("1", within="phu-luc-2."),),
    )
    return (
        Provision(KINDS.PREAMBLE, "", "mo-dau", "", "Căn cứ …\n"),
        chapter,
        Provision(KINDS.SIGNATURE, "", "ky", "", "Nơi nhận\n"),
        annex,
        rules,
    )


def filled(store: Store) -> str:
    with importing(store) as batch:
        slug = batch.document(described(LAW, title="Căn cước", fields=("Dân cư",)))
        assert slug
        batch.edition(slug, edition(whole_text(), EditionKind.ORIGINAL))
    return slug


def test_a_text_comes_back_to_the_letter(store: Store) -> None:
    slug = filled(store)
    roots = [store.article(slug, root.path).provision for root in whole_text()]
    assert "".join(root.whole for root in roots) == "".join(root.whole for root in whole_text())
    assert store.article(slug, "dieu-2").provision == article("2")
    assert roots[1] == whole_text()[1]
    assert store.text(slug) == store.text(slug, "original") == whole_text()


def test_the_contents_are_the_headings_and_units_in_the_order_of_the_text(store: Store) -> None:
    contents = store.contents(filled(store))
    assert [entry.path for entry in contents] == ["mo-dau", "chuong-1", "ky", "phu-luc-1", "phu-luc-2"]
    assert [entry.path for entry in contents[1].children] == ["dieu-1", "dieu-2"]
    assert [entry.heading for entry in contents[1].walk()] == ["CHUNG", "Tên 1", "Tên 2"]


def test_an_article_knows_its_place_headings_and_neighbours(store: Store) -> None:
    slug = filled(store)
    view = store.article(slug, "dieu-2.khoan-1.diem-b")
    assert (view.provision.path, view.place) == ("dieu-2", "dieu-2.khoan-1.diem-b")
    assert (view.previous, view.next) == ("dieu-1", "phu-luc-2.dieu-1")
    assert [above.path for above in view.containers] == ["chuong-1"]
    assert view.citation == "Điều 2 Luật số 26/2023/QH15"
    assert view.url == f"/van-ban/{slug}/dieu-2.khoan-1.diem-b"


@pytest.mark.parametrize("path", ["dieu-3", "dieu-2.khoan-9", "dieu-2.khoan-1.diem-z", "", "dieu-2@codified", "."])
def test_a_place_that_is_not_there_is_said_to_be_missing(store: Store, path: str) -> None:
    slug = filled(store)
    with pytest.raises(NotFoundError):
        store.article(slug, path)


@pytest.mark.parametrize(
    "call", ["document", "facts", "editions", "contents", "relations", "history", "task", "procedure"]
)
def test_an_address_without_anything_behind_it_is_an_error_that_names_it(store: Store, call: str) -> None:
    with pytest.raises(NotFoundError, match="khong-co"):
        getattr(store, call)("khong-co")


def test_two_editions_are_shown_by_name_the_amended_one_first(store: Store) -> None:
    slug = filled(store)
    with importing(store, "codified") as batch:
        batch.edition(slug, edition([article("1", "amended"), article("2")], at=seen("code")))
    assert [view.name for view in store.editions(slug)] == ["codified", "original"]
    assert "amended" in store.article(slug, "dieu-1").provision.whole
    assert "abc" in store.article(slug, "dieu-1@original").provision.whole
    assert store.article(slug, "dieu-1", "original").editions == ("original",)
    assert store.article(slug, "mo-dau").edition.name == "original"
    ids = [found.id for found in store.searchables() if found.kind is HitKind.ARTICLE]
    assert len(ids) == len(set(ids))
    assert f"{slug}/dieu-1@original" in ids
    assert f"{slug}/dieu-2@original" not in ids
    for found in ids:
        own, path = found.split("/")
        assert store.article(own, path)


def test_all_that_can_be_found_is_given_once_in_a_fixed_order(store: Store) -> None:
    slug = filled(store)
    with importing(store, "more") as batch:
        batch.document(described(DECISION_2022, seen("more"), title="Phê duyệt Đề án"))
        batch.procedure(Procedure("1.004222", "Đăng ký", "Bộ Công an", "", "Cư trú", seen("more")))
        batch.task(
            Task("T1", "Rà soát", reference("06/QĐ-TTg", issued=PartialDate(2022)), "Phụ lục, STT 1", seen("more"))
        )
    found = list(store.searchables())
    assert [(each.kind.value, each.id) for each in found] == [
        ("document", slug),
        ("article", f"{slug}/mo-dau"),
        ("article", f"{slug}/dieu-1"),
        ("article", f"{slug}/dieu-2"),
        ("article", f"{slug}/phu-luc-1"),
        ("article", f"{slug}/phu-luc-2"),
        ("article", f"{slug}/phu-luc-2.dieu-1"),
        ("document", "quyet-dinh-06-qd-ttg-2022-01-06"),
        ("procedure", "1.004222"),
        ("task", "T1"),
    ]
    second = found[3]
    assert (second.citation, second.title) == ("Điều 2 Luật số 26/2023/QH15", "Điều 2. Tên 2")
    assert second.text == article("2").whole
    assert (second.number, second.type, second.issuer, second.field) == (LAW.number, "Luật", "Quốc hội", "Dân cư")
    assert found[-1].citation == "Phụ lục, STT 1, Quyết định số 06/QĐ-TTg"
    assert found[-1].number == "06/QĐ-TTg"


def test_documents_are_found_by_what_was_typed_of_a_number(store: Store) -> None:
    take_in(
        store,
        described(DECISION_2022),
        described(DECISION_2025),
        described(Identity("Nghị định", "59/2022/NĐ-CP")),
        described(Identity("Thông tư", "59/2022/TT-BTC")),
    )
    typed = partial_key("nghị định 59")
    assert [view.number for view in store.find(partial=typed)] == ["59/2022/NĐ-CP"]
    assert len(store.find(partial=partial_key("59/2022"))) == 2
    assert len(store.find(partial=partial_key("quyết định 06"))) == 2
    assert [view.identity for view in store.find(type="Quyết định", year=2025)] == [DECISION_2025]
    assert store.find(issuer="Thủ tướng Chính phủ", limit=1) == [store.document("quyet-dinh-06-qd-ttg-2025-01-02")]


def test_documents_are_listed_by_address_all_or_some(store: Store) -> None:
    take_in(store, described(LAW), described(DECISION_2022))
    slugs = [view.slug for view in store.documents()]
    assert slugs == sorted(slugs)
    assert [view.slug for view in store.documents([slugs[1], "khong-co"])] == slugs[1:]


def test_counts_say_how_much_is_held(store: Store) -> None:
    assert store.counts().last_import is None
    filled(store)
    counts = store.counts()
    assert (counts.documents, counts.documents_with_text, counts.articles) == (1, 1, 3)
    assert counts.last_import
    assert counts.last_import.name == "file"


def test_a_document_without_text_has_no_contents(store: Store) -> None:
    [slug] = take_in(store, described(LAW))
    assert slug
    assert not store.contents(slug)
    assert not store.text(slug)
    assert not store.editions(slug)


def test_a_sound_store_has_no_problems(store: Store) -> None:
    filled(store)
    assert store.problems() == []


def test_an_unknown_fact_stays_unknown(store: Store) -> None:
    [slug] = take_in(store, described(Identity("Luật", "26/2023/QH15")))
    assert slug
    view = store.document(slug)
    assert (view.issued, view.effective, view.status.value, view.title) == (None, None, "unknown", "")
    assert {fact.name for fact in store.facts(slug)} == {"type", "number"}


def test_dates_come_back_as_whole_as_they_were_stated(store: Store) -> None:
    take_in(store, described(replace(LAW, issued=PartialDate(2023, 11)), effective=date(2024, 7, 1)))
    view = store.document("luat-26-2023-qh15")
    assert (str(view.issued), view.effective) == ("2023-11", date(2024, 7, 1))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "mysql://host/db",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql+psycopg://nobody@127.0.0.1:1/none",
    ],
)
def test_an_address_that_is_no_store_is_an_error_with_a_way_out(url: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(url)
    assert caught.value.remedy


def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("not a database " * 100)
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(f"sqlite:///{file}")
    assert file.read_text().startswith("not a database")


labels = st.sampled_from(["1", "2", "a", "đ", "5a"])
kinds = st.sampled_from(list(ProvisionKind))


def provisions(depth: int = 3) -> st.SearchStrategy[Provision]:
    children = st.lists(provisions(depth - 1), max_size=3).map(tuple) if depth else st.just(())
    return st.builds(Provision, kinds, labels, labels, st.text(max_size=3), st.text(max_size=5), children)


@given(provisions())
def test_rows_of_any_tree_hold_its_whole_text(root: Provision) -> None:
    rows = list(units(root))
    assert "".join(row.text for row in rows) == root.whole
    assert all(tree(row).whole == row.text for row in rows)
    assert all(row.text[span.start : span.stop] for row in rows for span in row.spans if span.stop > span.start)


def test_opening_and_closing_leaves_no_files_and_threads_behind(tmp_path: Path) -> None:
    handles = Path("/proc/self/fd")
    if not handles.is_dir():
        pytest.skip("this system does not list the open files of a process")
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    open_store(url).close()
    before = len(list(handles.iterdir())), threading.active_count()
    for _ in range(50):
        with open_store(url) as store:
            next(store.documents(), None)
            assert store.counts().documents == 0
    after = len(list(handles.iterdir())), threading.active_count()
    assert after[0] <= before[0] + 2
    assert after[1] <= before[1]


def test_readers_see_one_state_from_beginning_to_end(store: Store) -> None:
    slug = filled(store)
    found = store.searchables()
    first = next(found)
    with importing(store, "gone", whole=True) as batch:
        batch.edition(slug, edition([article("9")], EditionKind.ORIGINAL))
    assert len([first, *found]) == 7
    assert len(list(store.searchables())) == 2
