"""Pages of the codification: real ones by their counts and facts, made-up ones for each trap."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html as tree

from corpus.codification.page import Link, is_subject_page, parse_subject_page, pieces
from corpus.formats.html import render
from corpus.parse.clauses import split_article
from kb.errors import UnusableInputError
from tests.corpus.codified import article, page

# Each: page, number and title of the subject, articles, chapters, links to other articles.
REAL_PAGES = [
    ("e071327d-c715-4ad2-9dd7-e8c2aa4e912a", "1.10", "Xuất cảnh, nhập cảnh của công dân Việt Nam"),
    ("af0d43c4-2550-49ed-b13a-11ca72d1028c", "18.3", "Thanh tra"),
    ("0e10d80f-a915-4cc9-999c-99eaefed23d0", "37.7", "Tố tụng hình sự"),
]


def _read(real_data: Path, name: str) -> str:
    with zipfile.ZipFile(real_data / "phapdien" / "BoPhapDienDienTu.zip") as package:
        return package.read(f"demuc/{name}.html").decode("utf-8-sig")


@pytest.mark.parametrize(("name", "number", "title"), REAL_PAGES)
def test_a_real_page_tells_its_subject(real_data: Path, name: str, number: str, title: str) -> None:
    parsed = parse_subject_page(_read(real_data, name), name)

    assert (parsed.number, parsed.title) == (number, title)
    assert parsed.stray == ()


def test_a_real_page_gives_its_articles(real_data: Path) -> None:
    parsed = parse_subject_page(_read(real_data, "e071327d-c715-4ad2-9dd7-e8c2aa4e912a"), "page")
    first = parsed.articles[0]

    assert len(parsed.articles) == 186
    assert (first.code, first.heading) == ("Điều 1.10.LQ.1", "Phạm vi điều chỉnh")
    assert first.anchors == ("0101000000000000100000100000000000000000",)
    assert first.note_links[0].item_id == "139880"
    assert [link.wording.split(". ")[0] for link in first.references] == [
        "Điều 1.6.LQ.16",
        "Điều 39.15.LQ.20",
        "Điều 1.4.QĐ.2.8",
    ]


def test_a_page_with_a_title_only_has_no_articles(real_data: Path) -> None:
    assert parse_subject_page(_read(real_data, "af0d43c4-2550-49ed-b13a-11ca72d1028c"), "page").articles == ()


def test_text_stays_whole_where_paragraphs_stand_in_paragraphs() -> None:
    parsed = parse_subject_page(
        page(article(body="<p>1. Một:</p>\n\n<p>a) A;</p><div>b) B.</div>"), article(body="<p>Hai.</p>")), "x"
    )

    assert [one.text for one in parsed.articles] == ["1. Một:\na) A;\nb) B.", "Hai."]


def test_an_article_may_lack_note_text_and_heading() -> None:
    bare = "<p class='pDieu'><a name='1'></a>Điều 9.9.NQ.1.2a. </p><p class='pNoiDung'></p>"
    found = parse_subject_page(page(bare), "x").articles[0]

    assert (found.code, found.heading, found.note, found.text) == ("Điều 9.9.NQ.1.2a", "", "", "")


def test_links_tell_documents_and_places_apart() -> None:
    related = (
        "<a href='http://vbpl.vn/TW/Pages/vbpq-toanvan.aspx?ItemID=' target='_blank'>Điều 9.9.LQ.8. Mất</a>; "
        "<a href='#' onclick=\"ViewNoiDungPhapDien('0900'); return false;\">Điều 9.9.LQ.2. Còn</a>; <a href='https://other.example'>x</a>"
    )
    found = parse_subject_page(page(article(related=related)), "x").articles[0]

    assert found.references == (Link("", "", "Điều 9.9.LQ.8. Mất"), Link("", "0900", "Điều 9.9.LQ.2. Còn"))


def test_a_reference_after_a_chapter_is_the_chapters() -> None:
    chapter = "<p class='pChuong'><a name='7'></a>Chương II</p><p class='pChuong'>HAI</p>"
    reference = "<p class='pChiDan'>(Chương này có nội dung liên quan đến <a onclick=\"ViewNoiDungPhapDien('3')\" href='#'>Điều 9.9.LQ.3. Ba</a>)</p>"
    parsed = parse_subject_page(page(article(), chapter + reference, article()), "x")

    assert [link.target for link in parsed.chapter_references] == ["3"]
    assert all(one.references == () for one in parsed.articles)
    assert (parsed.chapters, parsed.chapter_anchors) == (2, ("09009000000000001000", "7"))


def test_text_outside_any_article_is_told() -> None:
    assert parse_subject_page(page("<p class='pNoiDung'>lạc</p>"), "x").stray == ("lạc",)


def test_classes_may_be_quoted_in_any_way() -> None:
    markup = (
        page(article())
        .replace("class='pNoiDung'", 'class="pNoiDung" style="x"')
        .replace("class='pDieu'", "class=pDieu")
    )

    assert parse_subject_page(markup, "x").articles[0].text == "1. Một.\n2. Hai."


@pytest.mark.parametrize("markup", ["", "<html><body>Bộ pháp điển</body></html>", "<p>Điều 1. Chữ</p>"])
def test_what_is_no_page_is_refused(markup: str) -> None:
    assert not is_subject_page(markup)
    with pytest.raises(UnusableInputError, match=r"x\.html is not a page of the codification"):
        parse_subject_page(markup, "x.html")


@pytest.mark.parametrize("end", [30, 300])
def test_a_page_that_breaks_off_is_refused(end: int) -> None:
    with pytest.raises(UnusableInputError, match="breaks off"):
        parse_subject_page(page(article())[:-end], "x.html")


@pytest.mark.parametrize("tag", ["p", "div", "p class='x'", "a href='vbpl.vn'", "h3", "table"])
def test_nesting_made_to_harm_is_read(tag: str) -> None:
    parsed = parse_subject_page(page(article(body=f"<{tag}>" * 100_000 + "đáy")), "x")

    assert parsed.articles[0].text.endswith("đáy")


@pytest.mark.slow
def test_no_text_of_any_real_article_is_lost(real_data: Path) -> None:
    """Compared with another parser of HTML, on the letters alone; it drops text that looks like a tag, we must not."""
    articles = shorter = 0
    for markup in _all_pages(real_data):
        for kind, fragment in pieces(markup):
            if kind == "pnoidung":
                articles += 1
                ours = _letters("".join(render(fragment).lines))
                theirs = _letters(tree.fromstring(f"<div>{fragment}</div>").text_content())
                shorter += len(ours) < len(theirs)

    assert articles == 57_755
    assert shorter == 0


@pytest.mark.slow
def test_the_provisions_of_every_real_article_give_its_text_back(real_data: Path) -> None:
    articles = 0
    for markup in _all_pages(real_data):
        for one in parse_subject_page(markup, "page").articles:
            lead, clauses = split_article(one.text, "dieu-1")
            articles += 1
            assert lead + "".join(clause.whole for clause in clauses) == one.text

    assert articles == 57_755


def _all_pages(real_data: Path) -> Iterator[str]:
    with zipfile.ZipFile(real_data / "phapdien" / "BoPhapDienDienTu.zip") as package:
        for name in package.namelist():
            if name.startswith("demuc/"):
                yield package.read(name).decode("utf-8-sig")


def _letters(text: str) -> str:
    return re.sub(r"[\s|<>]+", "", text)
