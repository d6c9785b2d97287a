"""Importing the codification into a store: what comes in, what is told, and what a bad package must not change."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from corpus.codification import page_parsing
from corpus.codification.importing import import_codification
from corpus.reporting import ImportReport
from kb.errors import UnusableInputError
from kb.model import Confidence, RelationKind
from kb.store import Store, open_store
from tests.corpus.codified import INDEX_PAGE, article, page, write_folder, write_zip

FROM = "có hiệu lực thi hành kể từ ngày"
FIRST = f"(Điều 1 Luật số 01/2020/QH14 Luật Thử ngày 02/01/2020 của Quốc hội, {FROM} 01/07/2020)"
LINK = "<a href='#' onclick=\"ViewNoiDungPhapDien('{}'); return false;\">{}</a>"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as opened:
        yield opened


def run(path: Path, store: Store, tmp_path: Path) -> ImportReport:
    return import_codification(path, store, home=tmp_path)


def law(*articles: str, **others: str) -> Mapping[str, str]:
    """A made-up package with one page of articles."""
    return {INDEX_PAGE: "<html>Bộ pháp điển</html>", "demuc/1.html": page(*articles), **others}


def second(number: str = "2", **fields: str) -> str:
    note = f"(Điều {number} Luật số 01/2020/QH14, {FROM} 01/07/2020)"
    return article(**({"code": f"Điều 9.9.LQ.{number}", "anchor": f"090{number}", "note": note} | fields))


def reasons(report: ImportReport) -> dict[str, int]:
    return {group.why: group.count for group in report.unused}


def test_a_document_is_put_together_from_its_articles(tmp_path: Path, store: Store) -> None:
    run(write_zip(tmp_path / "p.zip", law(article(note=FIRST), second("10"), second("2"))), store, tmp_path)
    (found,) = store.documents()

    assert (found.type, found.number, found.issuer, str(found.issued)) == (
        "Luật",
        "01/2020/QH14",
        "Quốc hội",
        "2020-01-02",
    )
    assert (found.title, found.effective, found.fields) == ("Luật Thử", date(2020, 7, 1), ("Đề mục thử",))
    assert [entry.path for entry in store.contents(found.slug)] == ["dieu-1", "dieu-2", "dieu-10"]
    first = store.article(found.slug, "dieu-1")
    assert first.provision.whole == "1. Một.\n2. Hai."
    assert [child.path for child in first.provision.children] == ["dieu-1.khoan-1", "dieu-1.khoan-2"]
    assert (first.source_code, first.subject, first.note) == ("Điều 9.9.LQ.1", "Đề mục thử", FIRST)
    assert (first.provenance.address, first.provenance.place) == ("demuc/1.html", "Điều 9.9.LQ.1")


def test_the_articles_of_a_document_may_stand_on_several_pages(tmp_path: Path, store: Store) -> None:
    pages = law(article(note=FIRST)) | {"demuc/2.html": page(second(), number="9.8", title="Đề mục khác")}
    run(write_zip(tmp_path / "p.zip", pages), store, tmp_path)
    (found,) = store.documents()

    assert set(found.fields) == {"Đề mục thử", "Đề mục khác"}
    assert found.articles == 2


def test_the_number_of_an_article_is_the_notes_and_not_the_codes(tmp_path: Path, store: Store) -> None:
    run(write_zip(tmp_path / "p.zip", law(article(note=FIRST), second("5a", code="Điều 9.9.LQ.7"))), store, tmp_path)
    (found,) = store.documents()

    assert [entry.path for entry in store.contents(found.slug)] == ["dieu-1", "dieu-5a"]


def test_amendments_become_relations_of_the_article_and_never_of_the_document(tmp_path: Path, store: Store) -> None:
    note = f"(Điều 2 Luật số 01/2020/QH14, {FROM} 01/07/2020, có nội dung được sửa đổi, có nội dung được bổ sung bởi Điều 3 Nghị định số 5/2021/NĐ-CP {FROM} 01/02/2021)"
    run(write_zip(tmp_path / "p.zip", law(article(note=FIRST), second(note=note))), store, tmp_path)
    slug = next(view.slug for view in store.documents() if view.has_text)
    found = {
        (one.kind, one.subject.number, one.subject_path, one.object_path, one.effective)
        for one in store.relations(slug)
    }

    amender = ("05/2021/NĐ-CP", date(2021, 2, 1))
    assert found == {
        (kind, amender[0], "dieu-3", "dieu-2", amender[1]) for kind in (RelationKind.AMENDS, RelationKind.SUPPLEMENTS)
    }


def test_an_amender_may_be_named_by_title_and_year(tmp_path: Path, store: Store) -> None:
    amender = article(
        "Điều 9.9.LQ.2",
        note=FIRST.replace("01/2020/QH14 Luật Thử", "02/2015/QH13 Phí thử").replace("2020", "2015"),
        item="2",
        anchor="2",
    )
    note = (
        f"(Điều 3 Luật số 01/2020/QH14, {FROM} 01/07/2020, được bãi bỏ theo quy định tại Điều 23 Luật Phí thử năm 2015)"
    )
    run(write_zip(tmp_path / "p.zip", law(article(note=FIRST), amender, second("3", note=note))), store, tmp_path)
    slug = store.find("01/2020/QH14")[0].slug

    assert {(one.kind, one.subject.number) for one in store.relations(slug)} == {(RelationKind.REPEALS, "02/2015/QH13")}


def test_cross_references_lead_to_articles_by_anchor_and_by_code(tmp_path: Path, store: Store) -> None:
    lost_anchor = "<a href='http://vbpl.vn/TW/Pages/vbpq-toanvan.aspx?ItemID=' target='_blank'>Điều 9.9.LQ.2. Hai</a>"
    related = LINK.format("0903", "Điều 9.9.LQ.3. Ba") + "; " + lost_anchor
    articles = (article(note=FIRST, related=related), second("2", heading="Hai"), second("3", heading="Ba"))
    report = run(write_zip(tmp_path / "p.zip", law(*articles)), store, tmp_path)
    slug = next(iter(store.documents())).slug

    assert {(one.subject_path, one.object_path) for one in store.relations(slug)} == {
        ("dieu-1", "dieu-2"),
        ("dieu-1", "dieu-3"),
    }
    assert not [why for why in reasons(report) if "cross-reference" in why]


def test_a_cross_reference_names_a_document_outside_the_package(tmp_path: Path, store: Store) -> None:
    named = (
        "<a href='http://vbpl.vn/TW/Pages/vbpq-toanvan.aspx?ItemID=77#Dieu_7'>Điều 7. Bảy</a>; "
        "<a href='http://vbpl.vn/TW/Pages/vbpq-toanvan.aspx?ItemID=77#Dieu_8'>Điều 8. Tám của Nghị định 8/2014/NĐ-CP Về thử ban hành ngày 20/11/2014</a>"
    )
    run(write_zip(tmp_path / "p.zip", law(article(note=FIRST, related=named))), store, tmp_path)
    slug = next(view.slug for view in store.documents() if view.has_text)

    assert {(one.object.number, str(one.object.issued), one.object_path) for one in store.relations(slug)} == {
        ("08/2014/NĐ-CP", "2014-11-20", "dieu-7"),
        ("08/2014/NĐ-CP", "2014-11-20", "dieu-8"),
    }


def test_an_article_that_two_subjects_hold_is_one_with_both(tmp_path: Path, store: Store) -> None:
    pages = law(article(note=FIRST)) | {"demuc/2.html": page(article(note=FIRST), number="9.8", title="Đề mục khác")}
    report = run(write_zip(tmp_path / "p.zip", pages), store, tmp_path)
    (found,) = store.documents()

    assert store.article(found.slug, "dieu-1").subject == "Đề mục thử; Đề mục khác"
    assert found.articles == 1
    assert any("stands twice" in why for why in reasons(report))


def test_two_texts_under_one_number_are_both_kept_and_told(tmp_path: Path, store: Store) -> None:
    other = article(note=FIRST, body="<p>Khác.</p>", anchor="2")
    report = run(write_zip(tmp_path / "p.zip", law(article(note=FIRST), other)), store, tmp_path)
    (found,) = store.documents()

    assert [entry.path for entry in store.contents(found.slug)] == ["dieu-1", "dieu-1~2"]
    assert reasons(report)["two texts under one article number; both are kept, the second under another path"] == 1


def test_an_article_without_note_comes_with_its_neighbours(tmp_path: Path, store: Store) -> None:
    bare = "<p class='pDieu'><a name='9'></a>Điều 9.9.LQ.2. Hai</p><p class='pNoiDung'><p>Hai.</p></p>"
    report = run(write_zip(tmp_path / "p.zip", law(article(note=FIRST), bare, second("3"))), store, tmp_path)
    (found,) = store.documents()
    kept = store.article(found.slug, "dieu-2")

    assert kept.provision.whole == "Hai."
    assert kept.provenance.confidence is Confidence.UNVERIFIED
    assert any("without a source note" in why for why in reasons(report))


def test_a_year_of_issue_that_is_not_the_numbers_is_a_misprint(tmp_path: Path, store: Store) -> None:
    note = f"(Điều 1 Thông tư số 05/2022/TT-BYT Thử ngày 01/08/2002 của Bộ Y tế, {FROM} 01/08/2022)"
    run(write_zip(tmp_path / "p.zip", law(article(note=note))), store, tmp_path)
    (found,) = store.documents()
    issued = next(fact for fact in store.facts(found.slug) if fact.name == "issued")

    assert [value.provenances[0].confidence for value in issued.values] == [Confidence.MISPRINT]


def test_a_number_with_two_item_ids_is_two_documents(tmp_path: Path, store: Store) -> None:
    notes = [
        f"(Điều 1 Nghị định số 73-CP {title} ngày {day} của Chính phủ, {FROM} {day})"
        for title, day in (("Về một", "25/10/1993"), ("Về hai", "01/11/1995"))
    ]
    run(
        write_zip(
            tmp_path / "p.zip", law(article(note=notes[0], item="1"), article(note=notes[1], item="2", anchor="2"))
        ),
        store,
        tmp_path,
    )

    assert sorted(str(view.issued) for view in store.documents()) == ["1993-10-25", "1995-11-01"]


def test_what_cannot_be_used_is_counted_and_named(tmp_path: Path, store: Store) -> None:
    lost = LINK.format("0666", "Điều 6.6.LQ.6. Không còn")
    entries = law(
        article(note=FIRST, related=lost, body="<p>Hình <img src='x'></p>"),
        second(body=""),
        **{"demuc/2.html": page(number="9.7", title="Chưa pháp điển"), "lib/style.css": "x", "jsonData.js": "x"},
    )  # fmt: skip
    report = run(write_zip(tmp_path / "p.zip", entries), store, tmp_path)

    assert (report.counts["pages"], report.counts["articles on the pages"], report.counts["articles"]) == (2, 2, 2)
    found = reasons(report)
    for why in (
        "a page that holds its title only",
        "a page that is not of a subject of the codification",
        "a cross-reference that leads to a place that the package does not hold",
        "an article with images: they are not text and are not kept",
        "an article without text in the source; kept with its heading",
        "a file that is not a page (.css)",
        "a file that is not a page (.js)",
    ):
        assert found[why] == 1, why
    assert next(group for group in report.unused if "title only" in group.why).examples == (
        "demuc/2.html Đề mục 9.7 Chưa pháp điển",
    )


def test_the_same_package_twice_changes_nothing(tmp_path: Path, store: Store) -> None:
    path = write_zip(tmp_path / "p.zip", law(article(note=FIRST), second()))
    first = run(path, store, tmp_path)
    revision = store.revision
    again = run(path, store, tmp_path)

    assert (first.unchanged, again.unchanged, store.revision) == (False, True, revision)
    assert len(store.imports()) == 1


def test_the_zip_and_its_folder_say_the_same(tmp_path: Path, store: Store) -> None:
    entries = law(article(note=FIRST), second())
    run(write_zip(tmp_path / "p.zip", entries), store, tmp_path)
    revision = store.revision
    run(write_folder(tmp_path / "unpacked", entries), store, tmp_path)

    assert store.revision == revision


def test_a_newer_package_updates_and_keeps_history(tmp_path: Path, store: Store) -> None:
    run(write_zip(tmp_path / "p.zip", law(article(note=FIRST), second())), store, tmp_path)
    run(write_zip(tmp_path / "q.zip", law(article(note=FIRST, body="<p>Mới.</p>"))), store, tmp_path)
    (found,) = store.documents()

    assert store.article(found.slug, "dieu-1").provision.whole == "Mới."
    assert [entry.path for entry in store.contents(found.slug)] == ["dieu-1"]
    assert {entry.what for entry in store.history(found.slug)} >= {"codified/dieu-1", "codified/dieu-2"}


def test_a_single_page_takes_nothing_back(tmp_path: Path, store: Store) -> None:
    related = LINK.format("0902", "Điều 9.9.LQ.2. Hai")
    pages = law(article(note=FIRST, related=related)) | {"demuc/2.html": page(second(), number="9.8")}
    run(write_folder(tmp_path / "unpacked", pages), store, tmp_path)
    (found,) = store.documents()
    run(tmp_path / "unpacked" / "demuc" / "1.html", store, tmp_path)

    assert len(store.relations(found.slug)) == 1
    assert found.articles == 2


BAD_PAGES = [
    ("utf-16", page(article()).encode("utf-16")),
    ("nul", page(article()).encode() + b"\0</div>"),
    ("cp1252", page(article()).encode().decode("cp1252", "replace").encode()),
    ("bytes", page(article()).encode() + b"\xff</div>"),
    ("cut off", page(article()).encode()[:-20]),
]


@pytest.mark.parametrize(("kind", "bad"), BAD_PAGES)
def test_a_bad_page_is_named_and_nothing_changes(tmp_path: Path, store: Store, kind: str, bad: bytes) -> None:
    path = write_zip(tmp_path / f"{kind}.zip", {**law(article(note=FIRST)), "demuc/bad.html": bad})

    with pytest.raises(UnusableInputError, match=r"demuc/bad\.html") as caught:
        run(path, store, tmp_path)
    assert caught.value.remedy
    assert (store.counts().documents, store.imports()) == (0, ())


def test_a_package_without_a_page_of_the_codification_is_refused(tmp_path: Path, store: Store) -> None:
    path = write_zip(tmp_path / "p.zip", {"a.html": "<html>khác</html>", "b.txt": "x"})

    with pytest.raises(UnusableInputError, match=r"p\.zip holds no page of the codification"):
        run(path, store, tmp_path)


def many_pages(tmp_path: Path, count: int = 40) -> Path:
    return write_zip(
        tmp_path / "many.zip",
        {
            f"demuc/{number}.html": page(
                article(note=FIRST.replace("01/2020", f"{number}/2020"), item=str(number), anchor=str(number)),
                number=f"9.{number}",
            )
            for number in range(1, count + 1)
        },
    )


def test_progress_tells_every_step_to_its_end(tmp_path: Path, store: Store) -> None:
    steps: dict[str, tuple[int, int]] = {}
    import_codification(
        many_pages(tmp_path),
        store,
        home=tmp_path,
        progress=lambda step, done, total: steps.__setitem__(step, (done, total)),
    )

    assert steps == {"check": (1, 1), "parse": (40, 40), "load": (40, 40)}


def test_a_run_that_was_stopped_goes_on_where_it_was(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = many_pages(tmp_path, 6)

    def stop(step: str, done: int, total: int) -> None:  # noqa: ARG001 - the shape of a progress function
        if (step, done) == ("parse", 4):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_codification(path, store, home=tmp_path, progress=stop)
    assert store.counts().documents == 0

    parsed: list[str] = []
    parse = page_parsing._parse
    monkeypatch.setattr(page_parsing, "_parse", lambda name, data: parsed.append(name) or parse(name, data))
    run(path, store, tmp_path)
    assert len(parsed) == 2
    assert store.counts().documents == 6
    assert not list((tmp_path / "staging").iterdir())


def test_a_staged_page_that_was_damaged_is_parsed_again(tmp_path: Path, store: Store) -> None:
    path = many_pages(tmp_path, 3)

    def damage(step: str, done: int, total: int) -> None:  # noqa: ARG001 - the shape of a progress function
        if (step, done) == ("parse", 3):
            for file in (tmp_path / "staging").rglob("*-*"):
                file.write_bytes(file.read_bytes()[:-3] + b"xyz")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_codification(path, store, home=tmp_path, progress=damage)
    run(path, store, tmp_path)

    assert store.counts().articles == 3


_IMPORT = """
import sys
from pathlib import Path
from corpus.codification.importing import import_codification
from kb.store import open_store

if __name__ == "__main__":
    home = Path(sys.argv[2])
    with open_store(f"sqlite:///{home / 'store.sqlite'}") as store:
        print("started", flush=True)
        import_codification(Path(sys.argv[1]), store, home=home)
"""


@pytest.mark.parametrize("seconds", [0.1, 0.6, 1.2])
def test_a_killed_import_leaves_the_store_and_the_next_run_completes_it(
    tmp_path: Path, store: Store, seconds: float
) -> None:
    path, script = many_pages(tmp_path, 60), tmp_path / "run_import.py"
    script.write_text(_IMPORT)
    with subprocess.Popen(
        [sys.executable, str(script), str(path), str(tmp_path)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2],
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(seconds)
        process.kill()

    assert store.counts().documents in {0, 60}
    run(path, store, tmp_path)
    assert store.counts().documents == 60


@pytest.mark.slow
def test_the_whole_real_package_comes_in(tmp_path: Path, store: Store, real_data: Path) -> None:
    path = real_data / "phapdien" / "BoPhapDienDienTu.zip"
    report = run(path, store, tmp_path)
    found = reasons(report)
    twice = "an article that stands twice with the same text; kept once, with both places' subjects"
    law_on_exit = store.find("49/2019/QH14")[0]

    assert (report.counts["pages"], report.counts["articles on the pages"]) == (281, 57_755)
    assert found["a page that holds its title only"] == 85
    assert report.counts["articles"] + report.counts["other provisions"] + found[twice] >= 57_755
    assert report.counts["documents"] == 4_025
    assert (law_on_exit.title, law_on_exit.issuer, str(law_on_exit.issued)) == (
        "Luật xuất cảnh, nhập cảnh của công dân Việt Nam", "Quốc hội", "2019-11-22",
    )  # fmt: skip
    assert len(store.find("73-CP")) == 2
    assert run(path, store, tmp_path).unchanged
