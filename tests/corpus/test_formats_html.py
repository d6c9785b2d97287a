"""HTML pages as the documents on them; all are made up, except where real ones are named."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.blocks import BlockKind
from corpus.formats.html_blocks import read_html, read_page
from corpus.formats.html_scan import DEEPEST
from corpus.formats.notices import NoticePageError
from corpus.parse.structure import parse_structure
from kb.errors import UnusableInputError

# A made-up decision of a made-up agency.
HEAD = (
    "<table><tr><td><p>BỘ THỬ NGHIỆM</p><p>Số: 1/QĐ-BTN</p></td><td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>"
    "Độc lập - Tự do - Hạnh phúc</p><p>Hà Nội, ngày 5 tháng 6 năm 2021</p></td></tr></table>"
)
BODY = (
    HEAD + "<p>QUYẾT ĐỊNH</p><p>Về việc thử</p><p>Căn cứ Luật Thử;</p>"
    "<p>Điều 1. Việc một của các cơ quan và người có liên quan.</p><p>Điều 2. Việc hai theo quy định này.</p>"
    "<p>Điều 3. Quyết định này có hiệu lực từ ngày ký.</p><table><tr><td>Nơi nhận:<br>- Lưu: VT.</td><td>BỘ TRƯỞNG</td></tr></table>"
)
MENU = "<ul><li><a href='/'>Trang chủ</a></li><li><a href='/vb'>Văn bản</a></li><li><a href='/lh'>Liên hệ</a></li></ul>"
NAVIGATION = ("Trang chủ", "Liên hệ", "Đăng nhập", "Bản quyền", "Lượt truy cập", "Tin liên quan")


def lines(markup: str) -> list[str]:
    return [line for block in read_page(markup)[0] for line in block.text.split("\n")]


INLINE = [
    ("<p>Đi<b>ề</b>u <i>một</i><span>.</span></p>", ["Điều một."]),
    ("<p>Một<br>hai<br/>ba</p>", ["Một", "hai", "ba"]),
    ("<p>m<sup>2</sup>\n\t dài\r\n rộng</p>", ["m2 dài rộng"]),
    ("<p>Một<o:p></o:p> <st1:place w:st='on'>hai</st1:place></p>", ["Một hai"]),
    ("<p>A &amp; B &lt;= C; &#272;i&#7873;u&nbsp;5</p>", ["A & B <= C; Điều 5"]),
    ("<p>góc <5km và <giải thể> và <abc></p>", ["góc <5km và <giải thể> và <abc>"]),
    ("<p>a<my-tag x='1'>b</my-tag>c<canvas></canvas></p>", ["abc"]),
    ("<p1. Hồ sơ.</p><pCác tiêu chuẩn.</p>", ["1. Hồ sơ.", "Các tiêu chuẩn."]),
    ("<p>Một<p>Hai<div>Ba</div>Bốn", ["Một", "Hai", "Ba", "Bốn"]),
    ("<p>Một</p>\n\n  <p>Hai</p><p>&nbsp;</p><p>&nbsp;</p><p>Ba</p>", ["Một", "Hai", "", "Ba"]),
    ("<p title='a > b' onclick=\"x('>')\">chữ</p>", ["chữ"]),
    ("<p>Một<!--[if gte mso 9]><xml><w:WordDocument>x</w:WordDocument></xml><![endif]--> hai</p>", ["Một hai"]),
    ("<p><![if !supportLists]><span>1.<span>&nbsp;&nbsp; </span></span><![endif]>Việc</p>", ["1. Việc"]),
    ("<?xml:namespace prefix = o /><p>x</p><xml><w:View>Normal</w:View></xml>", ["x"]),
    ("<p>Một<script>x < 1 && y</script><style>p{}</style><noscript>z</noscript></p>", ["Một"]),
    ("<pre>Điều 1.\n  Điều 2.</pre>", ["Điều 1.", "Điều 2."]),
]
HIDDEN = [
    ("<p>a</p><div style='display:none'>b<div>c</div>d</div><p>e</p>", ["a", "e"]),
    ("<p>a <span style='DISPLAY: none'>b<span>c</span></span>d</p>", ["a", "d"]),
    ("<p style='mso-hide:all'>a<p>b", ["b"]),
    ("<div hidden>a</div>b", ["b"]),
    ("<table><tr style='display: none'><td>a</td><td>x</td></tr><tr><td>b</td><td>c</td></tr></table>", ["b | c"]),
    ("a<div style='display:none'>b", ["a", "b"]),  # never ends: broken rather than hidden
    ("<div style='mso-element:header'><p>Công báo</p></div><p>x</p>", ["x"]),
]
LISTS = [
    ("<ol><li>một<li>hai</ol>", ["1. một", "2. hai"]),
    ("<ol type=a start=3><li>một</li><li value=7>hai</li></ol>", ["c. một", "g. hai"]),
    ("<ol style='list-style-type: upper-roman'><li>một</ol><ol><li>hai</ol>", ["I. một", "1. hai"]),
    ("<ul><li>một</li><li>- hai</li><li>a) ba</li></ul>", ["• một", "- hai", "a) ba"]),
    ("<ul style='list-style:none'><li>một</ul>", ["một"]),
    ("<ol><li><p>Điều 1. Một</p><p>hai</p></li></ol>", ["Điều 1. Một", "hai"]),
]


@pytest.mark.parametrize(("markup", "expected"), INLINE + HIDDEN + LISTS)
def test_a_page_gives_the_lines_a_reader_sees(markup: str, expected: list[str]) -> None:
    assert lines(markup) == expected


def test_headings_and_list_items_keep_their_level() -> None:
    blocks, _ = read_page("<h2>Chương I</h2><p>x</p><ul><li>a<ul><li>b</ul></ul>")

    assert [(b.kind, b.level, b.text) for b in blocks] == [
        (BlockKind.HEADING, 2, "Chương I"),
        (BlockKind.PARAGRAPH, 0, "x"),
        (BlockKind.LIST_ITEM, 1, "• a"),
        (BlockKind.LIST_ITEM, 2, "• b"),
    ]


def test_cells_that_span_stand_in_the_first_place() -> None:
    (table,), _ = read_page(
        "<table><tr><th rowspan=2>TT</th><th colspan='2'>Việc</th></tr><tr><th>Tên</th><th>Hạn</th></tr>"
        "<tr><td>1<td>A<br>B<td><table><tr><td>x</td><td>y</td></tr></table></table>"
    )

    assert table.rows == (("TT", "Việc", ""), ("", "Tên", "Hạn"), ("1", "A\nB", "x | y"))
    assert table.text == "TT | Việc | \n | Tên | Hạn\n1 | A B | x | y"


def test_spans_without_measure_cost_nothing() -> None:
    (table,), _ = read_page("<table>" + "<tr><td rowspan=99999 colspan=99999>a</td><td>b</td></tr>" * 300 + "</table>")

    assert len(table.rows) == 300


def test_a_letterhead_is_paragraphs_column_after_column() -> None:
    assert lines(HEAD) == [
        "BỘ THỬ NGHIỆM", "Số: 1/QĐ-BTN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Hà Nội, ngày 5 tháng 6 năm 2021",
    ]  # fmt: skip


SURROUNDED = [
    f"<nav>{MENU}</nav><article>{BODY}</article><footer>Bản quyền 2024 của Cổng</footer>",
    f"<div class='main-menu'>Trang chủ Liên hệ</div>{BODY}<div id='pageFooter'>Bản quyền</div>",
    f"<header><h1>Cổng thông tin</h1><p>Đăng nhập</p></header><main>{BODY}</main>",
    f"<div>{MENU}<div class='x1'>{BODY}</div><p>Lượt truy cập: 12</p></div>",
    f"<table><tr><td>{MENU}</td><td><div>{BODY}</div></td><td><a href=a>Tin liên quan</a></td></tr></table>",
    f"<div role=navigation>Trang chủ</div><form><div class=c>{BODY}</div></form><aside>Tin liên quan</aside>",
    f"<div><h3>MỤC LỤC</h3><ul><li><a href=#1>Điều 1. Một</a><li><a href=#2>Điều 2. Hai</a><li><a href=#3>Điều 3. Ba</a></ul></div><div>{BODY}</div>",
    f"<div class='header'>{BODY}</div><div class='header'>Đăng nhập</div>",
]


@pytest.mark.parametrize("inside", SURROUNDED)
def test_what_a_site_puts_around_a_document_is_no_law(inside: str) -> None:
    content = read_html(f"<html><body>{inside}</body></html>".encode(), "a.html")
    structure = parse_structure(content.text)

    assert structure.own_articles == 3
    assert not [word for word in NAVIGATION if word in content.text]
    assert "BỘ THỬ NGHIỆM" in content.text
    assert "Nơi nhận" in content.text


def test_the_sections_of_a_word_file_saved_as_a_page_are_one_document() -> None:
    page = f"<html><body><div class=WordSection1>{BODY}</div><div class=WordSection2><p>Biểu 1</p></div></body></html>"

    assert read_html(page.encode(), "a.html").text.endswith("Biểu 1")


def test_an_annex_beside_the_document_stays() -> None:
    annex = "<p>Bảng chấm điểm của các đơn vị theo từng tiêu chí.</p>" * 12
    text = read_html(f"<html><body><div>{BODY}</div><div>{annex}</div></body></html>".encode(), "a.html").text

    assert text.count("Bảng chấm điểm") == 12


CHARSETS = [
    ("utf-8", "windows-1252"),
    ("utf-8", "iso-8859-1"),
    ("utf-8", "windows-1258"),
    ("cp1258", "utf-8"),
    ("cp1258", "windows-1252"),
    ("cp1258", "rot13"),
    ("utf-16", "utf-8"),
]


@pytest.mark.parametrize(("actual", "declared"), CHARSETS)
def test_the_bytes_decide_what_the_declaration_gets_wrong(actual: str, declared: str) -> None:
    import unicodedata

    page = f"<html><head><meta charset='{declared}'></head><body>{BODY}</body></html>"
    if actual == "cp1258":
        data = b"".join(_in_windows_1258(letter) for letter in unicodedata.normalize("NFC", page))
    else:
        data = page.encode(actual)

    assert read_html(data, "a.html").text == read_html(page.replace(declared, "utf-8").encode(), "a.html").text


def _in_windows_1258(letter: str) -> bytes:
    import unicodedata

    marks = unicodedata.normalize("NFD", letter)
    tones = "".join(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
    base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
    return (base + tones).encode("cp1258")


def test_letters_that_an_encoding_lacks_may_stand_as_numbers() -> None:
    body = BODY.encode("cp1252", "xmlcharrefreplace")
    page = b"<html><head><meta content='text/html; charset=windows-1252'></head><body>" + body + b"</body></html>"

    assert read_html(page, "a.html").text == read_html(f"<html><body>{BODY}</body></html>".encode(), "a.html").text


def _mangled(text: str, encoding: str) -> str:
    return "".join(
        chr(byte) if 0x80 <= byte < 0xA0 and encoding == "latin-1" else _cp1252(byte) for byte in text.encode()
    )


def _cp1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_mangled_letters_are_read_back_and_that_is_said(encoding: str) -> None:
    page = f"<html><body>{_mangled(BODY, encoding)}</body></html>"
    content = read_html(page.encode(), "a.html")

    assert content.text == read_html(f"<html><body>{BODY}</body></html>".encode(), "a.html").text
    assert any("read back" in remark for remark in content.remarks)


def test_mangled_letters_that_cannot_be_proven_are_refused() -> None:
    with pytest.raises(UnusableInputError, match=r"^a\.html was read in a wrong encoding"):
        read_html(f"<html><body>{BODY.encode().decode('cp1252', 'replace')}</body></html>".encode(), "a.html")


NOTICES = [
    "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Your support ID is: 1</body></html>",
    "<html><body><h1>Sorry, something went wrong</h1></body></html>",
    "<html><body><h1>Đăng nhập</h1>Tên đăng nhập Mật khẩu <a>Quên mật khẩu</a></body></html>",
    "<html><body><p>Hệ thống đang bảo trì, xin quay lại sau.</p></body></html>",
    "<html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and cookies</noscript></body></html>",
    "<html><body><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div></body></html>",
    "<html><title>403 Forbidden</title><body><center><h1>403 Forbidden</h1></center></body></html>",
    "<html><title>503 Service Unavailable</title><body>Error 503</body></html>",
    "<html><body>Vui lòng nhập mã xác nhận bên dưới <img src='captcha.png'></body></html>",
    "<html><title>429 Too Many Requests</title><body></body></html>",
    "<html><body><p>Văn bản không tồn tại</p></body></html>",
]


@pytest.mark.parametrize("page", NOTICES)
def test_what_a_site_shows_instead_of_a_document_is_refused_by_its_own_error(page: str) -> None:
    with pytest.raises(NoticePageError) as caught:
        read_html(page.encode(), "luat.pdf")
    assert caught.value.problem.startswith("luat.pdf")


def test_a_short_document_beside_a_log_in_is_a_document() -> None:
    content = read_html(f"<html><body><p>Quên mật khẩu</p><div>{BODY}</div></body></html>".encode(), "a.html")

    assert "Điều 3" in content.text


def test_a_page_that_is_cut_off_says_so() -> None:
    content = read_html(f"<html><body>{BODY}".encode(), "a.html")

    assert any("cut off" in remark for remark in content.remarks)


def test_the_real_bodies_of_the_gateway_give_their_articles(real_data: Path) -> None:
    for name, own, annex in (("gateway_doc_187649", 3, 35), ("gateway_doc_19761", 4, 0)):
        detail = json.loads((real_data / "sources" / "vbpl" / f"{name}.json").read_bytes())["data"]
        structure = parse_structure(read_html(detail["documentContent"]["content"].encode(), name).text)

        assert (structure.own_articles, structure.annex_articles) == (own, annex)


@pytest.mark.parametrize("tag", ["p", "div", "b", "span", "table", "td", "li", "ul", "section", "p hidden", "tr", "ol"])
def test_nesting_without_end_neither_fails_nor_loses_the_text(tag: str) -> None:
    depth = 20 * DEEPEST
    blocks, _ = read_page(f"<{tag}>" * depth + "đáy" + f"</{tag.split(maxsplit=1)[0]}>" * depth + "sau")

    assert "sau" in "\n".join(block.text for block in blocks)


@pytest.mark.parametrize(
    "piece", ["<", "<p", "<!--", "<a ", "&", "<script", "</p ", "<td>", "</div>", "<p '", '<p "', "<br>", "<li>"]
)
def test_a_piece_repeated_without_end_is_read(piece: str) -> None:
    read_page(piece * 20_000)


@pytest.mark.parametrize("attribute", ["a='", 'a="', "a=", "a ", "=", "'", '"'])
def test_a_tag_that_never_ends_is_looked_at_once(attribute: str) -> None:
    read_page("<p " + attribute * 50_000)


_PIECES = (
    "<p> </p> <div> </div> <b> </b> <br> <td> <tr> <table> </table> <li> <ol> </ol> <span> </span> <!-- --> <o:p> &nbsp; &amp;"
    " Điều 1. chữ <nav> </nav> <h2> </h2> <a> <pre> </pre> <x"
)
PIECES = st.sampled_from(_PIECES.split())


@settings(deadline=None)
@given(st.lists(PIECES | st.text(max_size=4), max_size=60).map(" ".join))
def test_no_markup_does_worse_than_be_refused(page: str) -> None:
    with suppress(UnusableInputError):
        assert read_html(page.encode("utf-8", "ignore"), "a.html").format == "html"


WORDS = st.lists(st.text("abcđêông", min_size=1, max_size=6), min_size=1, max_size=8)
TAGS = st.sampled_from(
    ["b", "i", "span", "font color=red", "u", "o:p", "a href='#x'", "sup", "st1:place", "span lang=VI style='x:y'"]
)


@given(WORDS, st.data())
def test_inline_tags_neither_glue_nor_split_words(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    cut = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(cut, len(text)))
    tag = data.draw(TAGS)
    markup = f"<p>{text[:cut]}<{tag}>{text[cut:end]}</{tag.split(maxsplit=1)[0]}>{text[end:]}</p>"

    assert lines(markup) == [text]


@given(WORDS)
def test_line_breaks_part_words(words: list[str]) -> None:
    assert lines(f"<p>{'<br>'.join(words)}</p>") == words


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["utf-8", "utf-16", "cp1258"]))
def test_no_bytes_do_worse_than_be_refused(data: bytes, charset: str) -> None:
    with suppress(UnusableInputError):
        read_html(f"<html><meta charset={charset}>".encode() + data, "a.html")
