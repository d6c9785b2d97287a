"""Who is meant by a name in a text, and who took over from whom."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import register
from kb._agency_names import group_of
from kb.agencies import Agencies, TieKind
from kb.errors import NotFoundError
from kb.model import Agency, Succession


class Shipped:
    """The agencies of the register, without a store."""

    def agencies(self) -> tuple[Agency, ...]:
        return tuple(register.agencies())

    def successions(self) -> tuple[Succession, ...]:
        return tuple(register.successions())


AGENCIES = Agencies(Shipped())
BEFORE, AFTER = date(2024, 10, 9), date(2025, 11, 16)


def named(wording: str, on: date | None = AFTER) -> list[list[str]]:
    return [[agency.slug for agency in mention.agencies] for mention in AGENCIES.resolve(wording, on)]


@pytest.mark.parametrize(
    ("wording", "slugs"),
    [
        ("Bộ Công an", ["bo-cong-an"]),
        ("BỘ CÔNG AN", ["bo-cong-an"]),
        ("Bộ trưởng Bộ Công an", ["bo-cong-an"]),
        ("Bộ trưởng Công an", ["bo-cong-an"]),
        ("BCA", ["bo-cong-an"]),
        ("bo cong an", ["bo-cong-an"]),
        ("Bộ Công an (Trung tâm Dữ liệu quốc gia)", ["bo-cong-an"]),
        ("Cục C06 - Bộ Công an", ["bo-cong-an"]),
        ("Tổng cục Thuế (Bộ Tài chính)", ["bo-tai-chinh"]),
        ("Bộ Văn hoá, Thể thao và Du lịch", ["bo-van-hoa-the-thao-va-du-lich"]),
        ("Bộ TT&TT", ["bo-thong-tin-va-truyen-thong"]),
        ("Bộ TN&MT", ["bo-tai-nguyen-va-moi-truong"]),
        ("Bộ KH&ĐT", ["bo-ke-hoach-va-dau-tu"]),
        ("Bộ GTVT", ["bo-giao-thong-van-tai"]),
        ("Bộ LĐ-TB&XH", ["bo-lao-dong-thuong-binh-va-xa-hoi"]),
        ("Bộ Lao động – Thương binh và Xã hội", ["bo-lao-dong-thuong-binh-va-xa-hoi"]),
        ("Bộ NN&PTNT", ["bo-nong-nghiep-va-phat-trien-nong-thon"]),
        ("Bộ GD&ĐT", ["bo-giao-duc-va-dao-tao"]),
        ("BHXH Việt Nam", ["bao-hiem-xa-hoi-viet-nam"]),
        ("Thống đốc Ngân hàng Nhà nước", ["ngan-hang-nha-nuoc-viet-nam"]),
        ("Tổng Thanh tra Chính phủ", ["thanh-tra-chinh-phu"]),
        ("Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ", ["van-phong-chinh-phu"]),
        ("UBND TP.HCM", ["uy-ban-nhan-dan-thanh-pho-ho-chi-minh"]),
        ("UBND TP. Hà Nội", ["uy-ban-nhan-dan-thanh-pho-ha-noi"]),
        ("Chủ tịch UBND tỉnh Lai Châu", ["uy-ban-nhan-dan-tinh-lai-chau"]),
        ("Lai Châu", ["uy-ban-nhan-dan-tinh-lai-chau"]),
        ("UBND tỉnh Bà Rịa - Vũng Tàu", ["uy-ban-nhan-dan-tinh-ba-ria-vung-tau"]),
        ("UBND huyện Mù Cang Chải", ["uy-ban-nhan-dan-cap-huyen"]),
        ("UBND xã, phường", ["uy-ban-nhan-dan-cap-xa"]),
    ],
)
def test_a_name_is_read_as_texts_print_it(wording: str, slugs: list[str]) -> None:
    assert named(wording) == [slugs]


@pytest.mark.parametrize(
    "wording",
    [
        "Tập đoàn Điện lực Việt Nam",
        "Sở Khoa học và Công nghệ",
        "Công an thành phố Hà Nội",
        "Sở Tư pháp tỉnh Nam Định",
        "Tỉnh ủy Nam Định",
        "Ban Cơ yếu Chính phủ",
        "Văn phòng Quốc hội",
        "Văn phòng Chủ tịch nước",
        "Chính phủ số",
        "các hãng hàng không (Vietnam Airlines, Vietjet...)",
    ],
)
def test_an_unknown_name_stays_as_printed(wording: str) -> None:
    (mention,) = AGENCIES.resolve(wording, AFTER)
    assert (mention.wording, mention.agencies) == (wording, ())


def test_lists_are_cut_between_names_never_within_them() -> None:
    wording = "Bộ Văn hóa, Thể thao và Du lịch, Bộ Y tế; Bộ Lao động - Thương binh và Xã hội và Bộ Giáo dục và Đào tạo"
    assert [slugs[0] for slugs in named(wording)] == [
        "bo-van-hoa-the-thao-va-du-lich",
        "bo-y-te",
        "bo-lao-dong-thuong-binh-va-xa-hoi",
        "bo-giao-duc-va-dao-tao",
    ]
    assert named("Hà Nội, Lai Châu và Đà Nẵng") == [
        ["uy-ban-nhan-dan-thanh-pho-ha-noi"],
        ["uy-ban-nhan-dan-tinh-lai-chau"],
        ["uy-ban-nhan-dan-thanh-pho-da-nang"],
    ]


@pytest.mark.parametrize(
    ("wording", "on", "count"),
    [
        ("Các bộ, cơ quan ngang bộ", AFTER, 17),  # 14 bộ and 3 cơ quan ngang bộ: Nghị quyết 176/2025/QH15
        ("Các bộ, cơ quan ngang bộ", BEFORE, 22),  # 18 and 4
        ("các Bộ, ngành", AFTER, 17),
        ("Các bộ", AFTER, 14),
        ("UBND các tỉnh, thành phố", AFTER, 34),
        ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương", BEFORE, 63),
        ("các địa phương", AFTER, 34),
        ("Chủ tịch UBND cấp tỉnh", AFTER, 34),
        ("UBND 06 thành phố trực thuộc trung ương", AFTER, 6),
        ("Các thành phố trực thuộc Trung ương", BEFORE, 5),
        ("Các bộ, ngành, địa phương", AFTER, 51),
        ("Bộ trưởng các bộ, Thủ trưởng cơ quan ngang bộ, Chủ tịch UBND các tỉnh, thành phố", AFTER, 51),
    ],
)
def test_a_group_is_each_of_its_members_on_the_day_of_the_document(wording: str, on: date, count: int) -> None:
    (mention,) = AGENCIES.resolve(wording, on)
    assert mention.group
    assert len(mention.agencies) == count


@pytest.mark.parametrize(
    "wording", ["các bộ, ngành, địa phương khác có liên quan", "Các địa phương có đảo", "Các Sở, ban, ngành"]
)
def test_a_narrowed_group_leaves_open_who_is_meant(wording: str) -> None:
    (mention,) = AGENCIES.resolve(wording, AFTER)
    assert mention.group
    assert mention.agencies == ()


def test_a_city_within_a_province_is_not_the_province_of_that_name_of_later() -> None:
    assert named("UBND thành phố Huế", date(2023, 5, 1)) == [[]]
    assert named("UBND thành phố Huế", date(2025, 5, 1)) == [["uy-ban-nhan-dan-thanh-pho-hue"]]
    assert named("Bắc Ninh", date(2024, 1, 1)) == [["uy-ban-nhan-dan-tinh-bac-ninh"]]


@pytest.mark.parametrize(
    ("today", "before", "kind"),
    [
        ("Bộ Khoa học và Công nghệ", "Bộ Thông tin và Truyền thông", TieKind.PREDECESSOR),
        ("Bộ Tài chính", "Bộ Kế hoạch và Đầu tư", TieKind.PREDECESSOR),
        ("Bộ Xây dựng", "Bộ Giao thông vận tải", TieKind.PREDECESSOR),
        ("Bộ Nội vụ", "Bộ Lao động - Thương binh và Xã hội", TieKind.PREDECESSOR),
        ("Bộ Nông nghiệp và Môi trường", "Bộ NN&PTNT", TieKind.PREDECESSOR),
        ("Bộ Nông nghiệp và Môi trường", "Bộ TN&MT", TieKind.PREDECESSOR),
        ("Bộ Dân tộc và Tôn giáo", "Ủy ban Dân tộc", TieKind.PREDECESSOR),
        ("UBND tỉnh Phú Thọ", "UBND tỉnh Hòa Bình", TieKind.PREDECESSOR),
        ("Bắc Ninh", "UBND tỉnh Bắc Giang", TieKind.PREDECESSOR),
        ("UBND cấp xã", "UBND huyện Mù Cang Chải", TieKind.PART),
        ("Bộ Công an", "Bộ Thông tin và Truyền thông", TieKind.PART),
        ("Bộ Công an", "Bộ Tư pháp", TieKind.PART),
    ],
)
def test_who_asks_under_todays_name_finds_what_was_assigned_under_the_old_one(
    today: str, before: str, kind: TieKind
) -> None:
    tie = AGENCIES.tie(AGENCIES.find(today), AGENCIES.resolve(before, BEFORE), BEFORE)
    assert tie is not None
    assert tie.steps
    assert all(step.provenance.address for step in tie.steps)
    assert tie.kind is kind or tie.mention.group
    assert bool(tie.part) is (kind is TieKind.PART)


def test_a_part_that_passed_is_named_and_only_what_was_assigned_before_passes() -> None:
    police, justice = AGENCIES.find("Bộ Công an"), AGENCIES.resolve("Bộ Tư pháp")
    tie = AGENCIES.tie(police, justice, BEFORE)
    assert tie is not None
    assert (tie.kind, tie.part) == (TieKind.PART, "lý lịch tư pháp")
    assert AGENCIES.tie(police, justice, AFTER) is None


def test_who_asks_under_the_old_name_finds_it_too_and_what_the_successor_was_given_since() -> None:
    asked = AGENCIES.find("Bộ Thông tin và Truyền thông")
    own = AGENCIES.tie(asked, AGENCIES.resolve("Bộ TT&TT"), BEFORE)
    assert own is not None
    assert own.kind is TieKind.OWN
    since = AGENCIES.tie(asked, AGENCIES.resolve("Bộ Khoa học và Công nghệ"), AFTER)
    assert since is not None
    assert since.kind is TieKind.SUCCESSOR
    assert AGENCIES.tie(asked, AGENCIES.resolve("Bộ Khoa học và Công nghệ"), BEFORE) is None


def test_successions_hold_from_their_day_on() -> None:
    assert AGENCIES.successors("bo-ke-hoach-va-dau-tu", date(2025, 2, 28)) == ()
    (passage,) = AGENCIES.successors("bo-ke-hoach-va-dau-tu", date(2025, 3, 1))
    assert (passage.agency.slug, passage.part, passage.since) == ("bo-tai-chinh", "", date(2025, 3, 1))


def test_successions_are_followed_over_several_steps() -> None:
    reached = {
        passage.agency.slug: passage
        for passage in AGENCIES.successors("uy-ban-nhan-dan-tinh-bac-giang", date(2026, 10, 1))
    }
    assert len(reached["uy-ban-nhan-dan-thanh-pho-bac-ninh"].steps) == 2
    assert {passage.agency.slug for passage in AGENCIES.predecessors("bo-khoa-hoc-va-cong-nghe", AFTER)} >= {
        "bo-thong-tin-va-truyen-thong",
        "bo-buu-chinh-vien-thong",
    }


@pytest.mark.parametrize(("asked", "problem"), [("Bộ", "several"), ("Bộ Phép thuật", "no agency"), ("", "no agency")])
def test_who_cannot_be_told_is_asked_for(asked: str, problem: str) -> None:
    with pytest.raises(NotFoundError, match=problem):
        AGENCIES.find(asked)


@pytest.mark.parametrize("asked", ["bo-cong-an", "Bộ Công an", "bộ công an", "bo cong an", "BCA", "công an"])
def test_an_agency_is_asked_for_by_any_of_its_names(asked: str) -> None:
    assert AGENCIES.find(asked).slug == "bo-cong-an"


@given(st.text(max_size=60))
def test_any_text_can_be_asked_who_it_names(text: str) -> None:
    for mention in AGENCIES.resolve(text, AFTER):
        assert mention.wording


@given(st.text(max_size=40))
def test_any_text_can_be_asked_which_group_it_names(text: str) -> None:
    assert group_of(text) is None or group_of(text)
