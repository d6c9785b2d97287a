"""Markup as the lines a reader sees, on what real pages hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.formats.html import DEEPEST_TABLE, render

LINES = [
    ("<p>1. Một</p><p>2. Hai</p>", ("1. Một", "2. Hai")),
    ("<p><p>Đoạn trong đoạn</p></p>", ("Đoạn trong đoạn",)),
    ("<div>Một<br />hai<hr>ba</div>", ("Một", "hai", "ba")),
    ("<p>Đi<b>ề</b>u <i>một</i><span>.</span></p>", ("Điều một.",)),
    ("<p>m<sup>2</sup>\n\t  dài\r\n  rộng</p>", ("m2 dài rộng",)),
    ("<p>\u00a0</p><p>&nbsp;</p><p>\u00a0Một\u00a0hai </p>", ("Một\u00a0hai",)),
    ("<p>A &amp; B &lt;= C &#58; Bộ NN&PTNT</p>", ("A & B <= C : Bộ NN&PTNT",)),
    ("<p>góc <5km, <0,5mm<sup>2</sup> và < 10 %</p>", ("góc <5km, <0,5mm2 và < 10 %",)),
    ("<p1. Hồ sơ dự thầu.</p><pCác tiêu chuẩn.</p>", ("1. Hồ sơ dự thầu.", "Các tiêu chuẩn.")),
    ("<p>SC<>I<>C</p>", ("SCIC",)),
    ("<p>nộp hồ sơ <giải thể> đến nơi</p>", ("nộp hồ sơ <giải thể> đến nơi",)),
    ("<p>Một.</p<p>Hai.</p", ("Một.", "Hai.")),
    ("<p>Một<!-- ghi chú <p>ẩn --> hai<script>x < 1 && y</script><STYLE>p{}</STYLE></p>", ("Một hai",)),
    ("<p>Một<o:p></o:p> <st1:place>hai</st1:place></p>", ("Một hai",)),
    ("<ul><li>một</li><li>hai</ul>ba", ("một", "hai", "ba")),
    ("chữ trần", ("chữ trần",)),
    ("", ()),
]

TABLES = [
    (
        "<table><tr><th>TT</th><th>Tên</th></tr><tr><td><p>1</p></td><td>A<br>B</td></tr></table>",
        ("TT | Tên", "1 | A B"),
    ),
    ("<table><tr><td>1</td><td></td><td>C</td></tr></table>", ("1 |  | C",)),
    ("<table><tr><td> </td><td></td></tr></table>", ()),
    ("<table><tr><td><p>1. Một</p><p>2. Hai</p></td></tr></table>", ("1. Một", "2. Hai")),
    ("<table><tr><td>A<td>B<tr><td>C<td>D</table>sau", ("A | B", "C | D", "sau")),
    ("<table><tr><td>A</td><td><table><tr><td>B</td><td>C</td></tr></table></td></tr></table>", ("A | B | C",)),
    ("trước<table><tbody><tr><td>A</td><td>B", ("trước", "A | B")),
    ("</table></tr></td>chữ", ("chữ",)),
]


@pytest.mark.parametrize(("markup", "lines"), LINES + TABLES)
def test_a_fragment_gives_the_lines_a_reader_sees(markup: str, lines: tuple[str, ...]) -> None:
    assert render(markup).lines == lines


def test_images_are_counted() -> None:
    assert render("<p>Hình <img src='a.png'/> và <IMG src=b></p>").images == 2


@pytest.mark.parametrize("tag", ["p", "div", "b", "span", "table", "td", "li", "blockquote"])
def test_nesting_without_end_neither_fails_nor_loses_the_text(tag: str) -> None:
    depth = 100_000

    assert render(f"<{tag}>" * depth + "đáy" + f"</{tag}>" * depth).lines == ("đáy",)


def test_tables_in_tables_beyond_any_layout_are_read_as_lines() -> None:
    deep = DEEPEST_TABLE + 5

    assert render("<table><tr><td>a</td><td>" * deep + "b" + "</td></tr></table>" * deep).lines != ()


@pytest.mark.parametrize("piece", ["<", "<p", "<!--", "<a ", "&", "<script", "</p ", "<td>", "<p1", " "])
def test_a_piece_repeated_without_end_is_read(piece: str) -> None:
    render(piece * 100_000)


_MARKUP = st.lists(
    st.sampled_from(["<p>", "</p>", "<", ">", "<br>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<>", "&lt;", "chữ", " ", "<!--", "-->", "<p1"])
).map("".join)  # fmt: skip


@given(st.one_of(st.text(), _MARKUP))
def test_every_text_is_rendered_in_lines_without_ends(text: str) -> None:
    for line in render(text).lines:
        assert line.strip(" \u00a0")
        assert "\n" not in line


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=1))
def test_no_letter_of_a_paragraph_is_lost(words: list[str]) -> None:
    markup = "".join(f"<p><span>{word}</span></p>" for word in words)

    assert render(markup).lines == tuple(words)
