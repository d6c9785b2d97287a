"""Texts as passages: headings wherever the source has them, every word once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Provision, ProvisionKind
from web.reading import blocks_of, label_length, printed, without_label

ARTICLE, CHAPTER, ANNEX = ProvisionKind.ARTICLE, ProvisionKind.CHAPTER, ProvisionKind.ANNEX


@pytest.mark.parametrize(
    ("kind", "label", "name", "text", "heading", "rest"),
    [
        (ARTICLE, "5", "Giải thích", "Trong Luật này:", "Điều 5. Giải thích", "Trong Luật này:"),
        (ARTICLE, "5", "Điều 5. Giải thích", "Trong Luật này:", "Điều 5. Giải thích", "Trong Luật này:"),
        (ARTICLE, "5", "Giải thích", "Điều 5. Giải thích\nTrong Luật này:", "Điều 5. Giải thích", "Trong Luật này:"),
        (ARTICLE, "5", "Giải thích từ", "ĐIỀU 5: Giải thích\n từ\nA", "ĐIỀU 5: Giải thích từ", "A"),
        (ARTICLE, "5", "", "Điều 5. Phê duyệt mẫu.", "Điều 5.", "Phê duyệt mẫu."),
        (ARTICLE, "5", "", "", "Điều 5", ""),
        (ARTICLE, "5", "Khác", "Điều 50 nói khác", "Điều 5. Khác", "Điều 50 nói khác"),
        (CHAPTER, "II", "QUY ĐỊNH", "Chương II\nQUY ĐỊNH\n", "Chương II QUY ĐỊNH", ""),
        (ANNEX, "", "", "PHỤ LỤC\nBảng mẫu", "PHỤ LỤC", "Bảng mẫu"),
    ],
)
def test_a_heading_is_printed_once(  # columns of the table
    kind: ProvisionKind, label: str, name: str, text: str, heading: str, rest: str
) -> None:
    (block,) = blocks_of([Provision(kind, label, "x", name, text)], "luat-mau")
    assert (block.head.heading, block.head.text) == (heading, rest)


def test_what_bears_no_heading_is_printed_as_it_is() -> None:
    (block,) = blocks_of([Provision(ProvisionKind.PREAMBLE, "", "mo-dau", "", "Căn cứ mẫu;\n")], "luat-mau")
    assert (block.head.heading, block.head.level, block.head.text) == ("", 0, "Căn cứ mẫu;")


def test_headings_stand_one_below_the_other_without_a_gap() -> None:
    article = Provision(ARTICLE, "1", "dieu-1", "Một", "")
    chapter = Provision(CHAPTER, "I", "chuong-1", "A", "", (article,))
    part = Provision(ProvisionKind.PART, "1", "phan-1", "B", "", (chapter,))
    assert [block.head.level for block in blocks_of([part], "luat-mau")] == [3, 4, 5]


@given(st.text(max_size=30), st.text(min_size=1, max_size=6))
def test_taking_a_label_away_twice_takes_no_more_than_once(heading: str, label: str) -> None:
    bare = without_label(heading, label)
    assert heading.endswith(bare)
    assert label_length(bare, label) == 0


@given(st.sampled_from(ProvisionKind), st.text(max_size=5), st.text(max_size=30), st.text(max_size=60))
def test_no_word_of_a_text_is_lost_whatever_it_is(kind: ProvisionKind, label: str, heading: str, text: str) -> None:
    (block,) = blocks_of([Provision(kind, label, "x", heading, text)], "luat-mau")
    shown = f"{block.head.heading}{block.head.text}"
    assert "".join(shown.split()).endswith("".join(text.split()))
    assert printed(kind, label, heading)
