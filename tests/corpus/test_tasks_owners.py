"""The agencies that act are told from what they do, as printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.parse.tasks import split_agencies
from corpus.parse.tasks.names import clean_agencies
from corpus.parse.tasks.owners import find_coordinating, find_owner, is_agency


@pytest.mark.parametrize(
    ("wording", "agencies"),
    [
        ("Bộ Công an", ("Bộ Công an",)),
        (
            "Chủ trì: Bộ Khoa học và Công nghệ, Bộ Công an và các bộ, ngành liên quan.",
            ("Bộ Khoa học và Công nghệ", "Bộ Công an", "các bộ, ngành liên quan"),
        ),
        (
            "Bộ Văn hóa, Thể thao và Du lịch, Bộ Tài chính và Ngân hàng Nhà nước Việt Nam",
            ("Bộ Văn hóa, Thể thao và Du lịch", "Bộ Tài chính", "Ngân hàng Nhà nước Việt Nam"),
        ),
        (
            "Bộ Lao động - Thương binh và Xã hội; Bảo hiểm xã hội Việt Nam",
            ("Bộ Lao động - Thương binh và Xã hội", "Bảo hiểm xã hội Việt Nam"),
        ),
        ("Các Bộ: Tài chính, Y tế, Tư pháp", ("Bộ Tài chính", "Bộ Y tế", "Bộ Tư pháp")),
        ("Các Cục: Di sản văn hóa; Báo chí", ("Cục Di sản văn hóa", "Cục Báo chí")),
        ("Các bộ, ngành, địa phương", ("Các bộ, ngành, địa phương",)),
        (
            "Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ, Ủy ban nhân dân các tỉnh, thành phố",
            ("Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ", "Ủy ban nhân dân các tỉnh, thành phố"),
        ),
        ("- Sở Nội vụ\n- Sở Tài chính", ("Sở Nội vụ", "Sở Tài chính")),
        ("Sở Nội vụ; UBND xã, phường", ("Sở Nội vụ", "UBND xã, phường")),
        ("", ()),
    ],
)
def test_a_cell_is_split_into_agencies(wording: str, agencies: tuple[str, ...]) -> None:
    assert split_agencies(wording) == agencies


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Bộ Công an chủ trì, phối hợp với Bộ Tài chính làm thử", "Bộ Công an"),
        ("Bộ Xây dựng: Khẩn trương làm thử", "Bộ Xây dựng"),
        ("Bộ Giáo dục và Đào tạo xây dựng bộ thử", "Bộ Giáo dục và Đào tạo"),
        ("Các Bộ: Tài chính, Y tế khẩn trương làm thử", "Các Bộ: Tài chính, Y tế"),
        ("Giao Bộ trưởng Bộ Tài chính: làm thử", "Bộ trưởng Bộ Tài chính"),
        ("Thủ tướng Chính phủ yêu cầu Bộ trưởng Bộ Y tế chỉ đạo làm thử", "Bộ trưởng Bộ Y tế"),
        ("Trên cơ sở đề nghị của các bộ, cơ quan liên quan, Bộ Tài chính khẩn trương rà soát", "Bộ Tài chính"),
        ("Các cơ quan, tổ chức có liên quan căn cứ Kế hoạch này", "Các cơ quan, tổ chức có liên quan"),
        ("Ngân hàng Nhà nước Việt Nam chỉ đạo việc thử", "Ngân hàng Nhà nước Việt Nam"),
        (
            "Ủy ban nhân dân các tỉnh: Hà Tĩnh, Quảng Trị tổ chức làm thử",
            "Ủy ban nhân dân các tỉnh: Hà Tĩnh, Quảng Trị",
        ),
    ],
)
def test_the_subject_of_a_sentence_acts(text: str, lead: str) -> None:
    owner = find_owner(text)
    assert owner is not None
    assert owner.lead == lead


@pytest.mark.parametrize(
    "text",
    [
        "Ban hành quy chế phối hợp",
        "Tổ chức tập huấn cho cán bộ",
        "Báo cáo Thủ tướng Chính phủ kết quả",
        "Trường hợp không cân đối được nguồn",
        "Khẩn trương rà soát các quy định",
    ],
)
def test_a_verb_is_no_agency(text: str) -> None:
    assert find_owner(text) is None


def test_who_coordinates_ends_where_the_action_begins() -> None:
    text = "Chủ trì, phối hợp với Bộ Công an, các địa phương có liên quan xây dựng kế hoạch thử"
    assert find_coordinating(text) == "Bộ Công an, các địa phương có liên quan"


def test_a_heading_is_an_agency_and_nothing_else() -> None:
    assert is_agency("Bộ Khoa học và Công nghệ:")
    assert not is_agency("Bộ Khoa học và Công nghệ rà soát")


def test_lines_of_a_cell_that_each_name_an_agency_stay_apart() -> None:
    assert clean_agencies("Sở Nội vụ\nSở Tài chính") == "Sở Nội vụ; Sở Tài chính"
    assert clean_agencies("Bộ Khoa học và\nCông nghệ") == "Bộ Khoa học và Công nghệ"


@given(st.text(alphabet="BộCôngan,;: vàcácSở\nchủtrìphốihợpvới().-"))
def test_any_text_is_split_without_inventing_letters(text: str) -> None:
    find_owner(text)
    for agency in split_agencies(text):
        assert agency
