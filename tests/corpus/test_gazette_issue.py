"""An issue of the Công báo falls into its documents, and the parts of a long one join. The texts are made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Block, BlockKind, Content, TextLayer
from corpus.formats.pdf.reading import read_pdf
from corpus.parse.gazette_issue import join_parts, split_issue
from corpus.parse.head import parse_head
from kb.errors import UnusableInputError


def content(*texts: str) -> Content:
    return Content("pdf", tuple(Block(BlockKind.PARAGRAPH, text, place, 1) for place, text in enumerate(texts)))


def document(number: str) -> list[str]:
    return [
        "BỘ TÀI CHÍNH", f"Số: {number}/2026/TT-BTC", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        f"Hà Nội, ngày {number} tháng 5 năm 2026", "THÔNG TƯ", "Quy định về mẫu", "Căn cứ Luật A;", "Điều 1. Phạm vi",
        "KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Nguyễn Văn A", "PHỤ LỤC", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "Số: ....../QĐ-...", "....., ngày ... tháng ... năm ...", "QUYẾT ĐỊNH", "Căn cứ Luật A;",
    ]  # fmt: skip


def test_each_document_of_an_issue_comes_out_with_its_annexes_and_their_forms() -> None:
    parts = split_issue(content(*document("12"), "VĂN BẢN QUY PHẠM PHÁP LUẬT", *document("13")))
    assert [parse_head(part.text).number for part in parts] == ["12/2026/TT-BTC", "13/2026/TT-BTC"]
    assert parts[1].blocks[0].text == "VĂN BẢN QUY PHẠM PHÁP LUẬT"
    assert [block.position for block in parts[1].blocks] == list(range(20))


def test_a_file_with_one_document_comes_back_as_it_is() -> None:
    one = content(*document("12"))
    assert split_issue(one) == (one,)
    assert split_issue(content("Chỉ có một đoạn.")) == (content("Chỉ có một đoạn."),)


def test_a_note_above_the_letterhead_is_no_document() -> None:
    one = content("https://example.test/van-ban/1", "12", *document("12"))
    assert split_issue(one) == (one,)
    assert len(split_issue(content("Điều 9. Phần cuối của văn bản trước", *document("12")))) == 2


def test_the_table_of_contents_of_an_issue_is_left_out_and_said() -> None:
    parts = split_issue(
        content("MỤC LỤC", "12-5-2026: Thông tư số 12/2026/TT-BTC quy định về mẫu.", *document("12"), *document("13"))
    )
    assert len(parts) == 2
    assert any("table of contents" in remark for remark in parts[0].remarks)


FIRST = ("Điều 1. A", "(Xem tiếp Công báo số 979 + 980)")
SECOND = ("Thông tư số 1/2026/TT-BTC", "(Tiếp theo Công báo số 977 + 978)", "Điều 2. B", "(Xem tiếp Công báo số 981)")
THIRD = ("Thông tư số 1/2026/TT-BTC", "(Tiếp theo Công báo số 979 + 980)", "Điều 3. C")


def test_parts_are_joined_in_the_order_that_they_state() -> None:
    whole = join_parts([content(*THIRD), content(*FIRST), content(*SECOND)])
    assert [block.text for block in whole.blocks if block.text.startswith("Điều")] == [
        "Điều 1. A",
        "Điều 2. B",
        "Điều 3. C",
    ]
    assert (whole.layer, [block.position for block in whole.blocks]) == (TextLayer.BORN, list(range(9)))


@pytest.mark.parametrize(
    "parts", [[], [FIRST, THIRD, THIRD], [FIRST, FIRST], [SECOND, THIRD], [("Điều 1. A",), SECOND]]
)
def test_parts_that_do_not_follow_each_other_are_refused(parts: list[tuple[str, ...]]) -> None:
    with pytest.raises(UnusableInputError):
        join_parts([content(*part) for part in parts])


def test_real_documents_printed_below_each_other_are_told_apart(real_data: Path) -> None:
    names = (
        "thong-tu-so-56-2026-tt-btc-469555",
        "thong-tu-so-102-2018-tt-btc-28383",
        "van-ban-hop-nhat-so-463-vbhn-bldtbxh-44173",
    )
    read = [read_pdf((real_data / "congbao" / "docs" / f"{name}.pdf").read_bytes(), name) for name in names]
    parts = split_issue(Content("pdf", tuple(block for one in read for block in one.blocks)))
    assert [part.text for part in parts] == [one.text for one in read]


LINE = st.sampled_from([*document("12"), "", "MỤC LỤC", "(Tiếp theo Công báo số 1)", "Nội dung"]) | st.text(max_size=30)


@given(st.lists(LINE, max_size=40))
def test_splitting_loses_no_block_but_a_table_of_contents(texts: list[str]) -> None:
    whole = content(*texts)
    parts = split_issue(whole)
    kept = [block.text for part in parts for block in part.blocks]
    assert kept == texts[len(texts) - len(kept) :]
