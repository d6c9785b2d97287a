"""Word files as they are printed; all are made up."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.blocks import BlockKind
from corpus.formats.docx.reading import DEEPEST_TABLE, read_docx
from kb.errors import UnusableInputError
from tests.corpus.word_files import level, listed, p, run, table, word_file

LEGAL_LIST = (
    '<w:abstractNum w:abstractNumId="1">'
    + level(0, "decimal", "Điều %1.")
    + level(1, "decimal", "%2.")
    + level(2, "lowerLetter", "%3)")
    + level(3, "decimal", "%1.%2.%4", more="<w:isLgl/>")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="10"/></w:lvlOverride></w:num>'
)


def lines(data: bytes) -> list[str]:
    return read_docx(data, "a.docx").text.split("\n")


def test_automatic_numbers_are_printed_as_word_prints_them() -> None:
    body = "".join(
        listed(text, 1, depth)
        for text, depth in [
            ("Một", 0),
            ("A", 1),
            ("B", 1),
            ("x", 2),
            ("y", 2),
            ("C", 1),
            ("Hai", 0),
            ("D", 1),
            ("z", 2),
        ]
    )

    assert lines(word_file(body, numbering=LEGAL_LIST)) == [
        "Điều 1. Một", "1. A", "2. B", "a) x", "b) y", "3. C", "Điều 2. Hai", "1. D", "a) z",
    ]  # fmt: skip


def test_a_list_that_starts_anew_counts_from_its_own_start_and_others_go_on() -> None:
    body = listed("Một", 1) + listed("Hai", 1) + listed("Mười", 2) + listed("Mười một", 2)

    assert lines(word_file(body, numbering=LEGAL_LIST)) == [
        "Điều 1. Một", "Điều 2. Hai", "Điều 10. Mười", "Điều 11. Mười một",
    ]  # fmt: skip


def test_legal_numbering_shows_higher_levels_as_digits_and_a_missing_one_from_its_start() -> None:
    body = listed("Một", 1) + listed("sâu", 1, 3)

    assert lines(word_file(body, numbering=LEGAL_LIST)) == ["Điều 1. Một", "1.1.1 sâu"]


@pytest.mark.parametrize(
    ("style", "text", "printed"),
    [
        ("upperRoman", "Chương %1", "Chương III"),
        ("vietnameseCounting", "Phần thứ %1", "Phần thứ ba"),
        ("decimalZero", "%1.", "03."),
        ("bullet", "\uf0b7", "•"),
        ("bullet", "-", "-"),
        ("none", "", ""),
        ("lowerLetter", "%1)", "c)"),
    ],
)
def test_every_style_of_number_is_printed(style: str, text: str, printed: str) -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{level(0, style, text, start=3)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )

    assert lines(word_file(listed("việc", 1), numbering=numbering)) == [f"{printed} việc".strip()]


def test_a_style_numbers_its_paragraphs_and_says_that_they_are_headings() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Dieu"/></w:style>'
    )
    body = p("Phạm vi", properties='<w:pStyle w:val="Dieu"/>') + p("Đối tượng", properties='<w:pStyle w:val="Con"/>')
    body += p("Không số", properties='<w:pStyle w:val="Dieu"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    blocks = read_docx(word_file(body, styles=styles, numbering=LEGAL_LIST), "a.docx").blocks

    assert [(b.kind, b.level, b.text) for b in blocks] == [
        (BlockKind.HEADING, 2, "Điều 1. Phạm vi"),
        (BlockKind.HEADING, 2, "Điều 2. Đối tượng"),
        (BlockKind.HEADING, 2, "Không số"),
    ]


def test_styles_that_rest_on_each_other_in_a_circle_end() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>' for a, b in ("AB", "BA")
    )

    assert lines(word_file(p("chữ", properties='<w:pStyle w:val="A"/>'), styles=styles)) == ["chữ"]


def test_insertions_are_text_and_deletions_are_not() -> None:
    body = p(inside=run("Thời hạn ") + f"<w:del>{run('ba')}</w:del><w:ins>{run('năm')}</w:ins>" + run(" ngày"))
    body += p("cũ", properties="<w:rPr><w:del/></w:rPr>", inside=f"<w:del>{run('bỏ')}</w:del>")
    body += f"<w:moveFrom>{p('chuyển đi')}</w:moveFrom>" + p("sau")
    content = read_docx(word_file(body), "a.docx")

    assert content.text.split("\n") == ["Thời hạn năm ngày", "sau"]
    assert any("deletions" in remark for remark in content.remarks)
    assert any("insertions" in remark for remark in content.remarks)


def test_a_deleted_paragraph_mark_joins_two_paragraphs_under_one_number() -> None:
    first = p("Một ", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>')

    assert lines(word_file(first + listed("nối", 1) + listed("Hai", 1), numbering=LEGAL_LIST)) == [
        "Điều 1. Một nối", "Điều 2. Hai",
    ]  # fmt: skip


def test_inline_marks_neither_glue_nor_split_words() -> None:
    inside = run("Đi") + run("ều", "<w:b/>") + run(" 1")
    inside += "<w:r><w:br/><w:t>xuống</w:t><w:tab/><w:t>cột</w:t><w:softHyphen/><w:noBreakHyphen/><w:t>x</w:t></w:r>"
    inside += f'<w:hyperlink>{run("liên")}</w:hyperlink><w:bookmarkStart w:id="1" w:name="a"/>{run(" kết")}'

    assert read_docx(word_file(p(inside=inside)), "a.docx").text == "Điều 1\nxuống\tcột-xliên kết"


def test_of_a_field_its_result_is_text_and_its_instruction_is_not() -> None:
    inside = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF x</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("12")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        f'<w:fldSimple w:instr="DATE">{run(" tháng 6")}</w:fldSimple>'
    )

    assert lines(word_file(p(inside=inside))) == ["12 tháng 6"]


def test_capitals_are_printed_and_hidden_text_is_not() -> None:
    inside = run("Bộ Công an", "<w:caps/>") + run(" ẩn", "<w:vanish/>") + run(" thường", '<w:caps w:val="0"/>')
    content = read_docx(word_file(p(inside=inside)), "a.docx")

    assert content.text == "BỘ CÔNG AN thường"
    assert any("hidden" in remark for remark in content.remarks)


def test_notes_stand_at_the_end_with_the_marks_of_the_text() -> None:
    notes = f'<w:footnote w:id="-1" w:type="separator">{p("---")}</w:footnote><w:footnote w:id="2">{p("Chú thích một.")}</w:footnote>'
    ends = f'<w:endnote w:id="1">{p("Chú thích cuối.")}</w:endnote>'
    body = p(
        inside=run("Khoản 1")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        + '<w:r><w:endnoteReference w:id="1"/></w:r>'
    )
    blocks = read_docx(word_file(body + p("sau"), footnotes=notes, endnotes=ends), "a.docx").blocks

    assert [(b.kind, b.text) for b in blocks] == [
        (BlockKind.PARAGRAPH, "Khoản 1[1][i]"),
        (BlockKind.PARAGRAPH, "sau"),
        (BlockKind.FOOTNOTE, "[1] Chú thích một."),
        (BlockKind.FOOTNOTE, "[i] Chú thích cuối."),
    ]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p('Mẫu số 01')}</w:txbxContent>"
    inside = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    assert lines(word_file(p(inside=run("Tờ khai") + inside))) == ["Tờ khai", "Mẫu số 01"]


def test_a_table_is_rows_with_merged_cells_in_their_first_place() -> None:
    merged = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + p("1")
    rest = "<w:tcPr><w:vMerge/></w:tcPr>" + p()
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("Cả hai")
    content = read_docx(
        word_file(
            p("trước") + table(("TT", "Tên", "Hạn"), (merged, "A", "x"), (rest, "B", "y"), ("2", wide)) + p("sau")
        ),
        "a",
    )
    (found,) = content.tables

    assert found.rows == (("TT", "Tên", "Hạn"), ("1", "A", "x"), ("", "B", "y"), ("2", "Cả hai", ""))
    assert content.text.split("\n") == ["trước", "TT | Tên | Hạn", "1 | A | x", " | B | y", "2 | Cả hai | ", "sau"]


def test_a_table_in_a_cell_of_data_is_text_of_that_cell() -> None:
    inner = table(("a", "b"), ("c", "d")) + p()
    (found,) = read_docx(word_file(table(("1", inner), ("2", "x"))), "a").tables

    assert found.rows == (("1", "a | b\nc | d"), ("2", "x"))


def test_letterheads_and_signatures_are_paragraphs_in_their_order() -> None:
    head = table(
        (p("BỘ THỬ") + p("Số: 1/QĐ-BT"), p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("Độc lập - Tự do - Hạnh phúc"))
    )
    foot = table((p("Nơi nhận:") + p("- Lưu: VT."), p("BỘ TRƯỞNG") + p("Nguyễn Văn Thử")))

    assert lines(word_file(head + p("Điều 1. Một") + foot)) == [
        "BỘ THỬ", "Số: 1/QĐ-BT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Điều 1. Một",
        "Nơi nhận:", "- Lưu: VT.", "BỘ TRƯỞNG", "Nguyễn Văn Thử",
    ]  # fmt: skip


def test_tables_in_tables_beyond_any_layout_lose_no_text() -> None:
    deep = "đáy"
    for depth in range(DEEPEST_TABLE + 4):
        deep = table((p(f"mức {depth}"), (deep if deep.startswith("<") else p(deep)) + p()))

    assert "đáy" in read_docx(word_file(deep), "a").text


REFUSED = [
    (word_file(p("x"), prolog='<!DOCTYPE w [<!ENTITY e "y">]>'), "DOCTYPE"),
    (word_file(p("x"), prolog='<!DOCTYPE w SYSTEM "http://127.0.0.1/x">'), "DOCTYPE"),
    (word_file(p("x"), numbering="<w:num"), "damaged"),
    (word_file("<w:p>"), "damaged"),
    (word_file(p("x"))[:-30], "damaged"),
    (word_file(p("x"), extra={f"word/media/{n}.png": b"" for n in range(5_100)}), "parts"),
    (word_file(p("x"), extra={"word/media/a.bin": bytes(3 << 20)}), "times its size"),
    (word_file(p("x"), extra={"../a.xml": b"x"}), "outside its folder"),
    (b"PK\x03\x04 word/document.xml", "damaged"),
]


@pytest.mark.parametrize(("data", "problem"), REFUSED)
def test_what_is_damaged_or_made_to_harm_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(UnusableInputError, match=problem) as caught:
        read_docx(data, "a.docx")
    assert caught.value.problem.startswith("a.docx")


def test_macros_are_left_alone_and_said() -> None:
    content = read_docx(word_file(p("x"), extra={"word/vbaProject.bin": b"\xd0\xcf"}), "a.docm")

    assert any("macros" in remark for remark in content.remarks)


WHOLE = word_file(
    "".join(listed(f"việc {n}", 1, n % 4) for n in range(12)) + table(("a", "b"), ("c", "d")) + p("cuối"),
    numbering=LEGAL_LIST,
    styles='<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>',
)


@settings(deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=4))
def test_a_file_with_changed_bytes_is_read_or_refused(position: int, change: bytes) -> None:
    with suppress(UnusableInputError):
        read_docx(WHOLE[:position] + change + WHOLE[position + len(change) :], "a.docx")


TAGS = (
    "w:p",
    "w:r",
    "w:t",
    "w:tbl",
    "w:tr",
    "w:tc",
    "w:ins",
    "w:del",
    "w:sdt",
    "w:sdtContent",
    "w:pPr",
    "w:rPr",
    "w:numPr",
    "w:tab",
)


@settings(deadline=None)
@given(st.randoms(use_true_random=False))
def test_parts_put_together_at_random_are_read(chance: random.Random) -> None:
    def element(depth: int) -> str:
        tag = chance.choice(TAGS)
        inside = "".join(element(depth - 1) for _ in range(chance.randint(0, 3))) if depth else "chữ"
        return f'<{tag} w:val="{chance.choice(["1", "-3", "x", ""])}">{inside}</{tag}>'

    body = "".join(element(4) for _ in range(3))
    with suppress(UnusableInputError):
        assert read_docx(word_file(body, numbering=LEGAL_LIST), "a.docx").format == "docx"
