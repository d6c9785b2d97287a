from __future__ import annotations

from datetime import date

import pytest

from kb.model import Evidence, Identity, PartialDate
from kb.store import Store
from kb.store.identity import agree, canonical_identity, lookup_key, title_key
from kb.store.slugs import slug_choices
from tests.kb.store_samples import (
    DECISION_2022,
    DECISION_2025,
    DONG_NAI,
    HUE,
    LAW,
    described,
    importing,
    reference,
    seen,
    take_in,
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (LAW, LAW, True),
        (LAW, Identity("", "26/2023/QH15"), True),
        (DECISION_2022, DECISION_2025, False),
        (HUE, DONG_NAI, False),
        (Identity("Luật", "24/2008/QH12"), Identity("Nghị quyết", "24/2008/QH12"), False),
        (Identity("Luật", "91/2015/QH13"), Identity("Bộ luật", "91/2015/QH13"), True),
        # A number that holds its year and a central agency is given out once: another day is a misprint …
        (
            Identity("Nghị định", "104/2022/NĐ-CP", "", PartialDate(2022, 12, 21)),
            Identity("Nghị định", "104/2022/NĐ-CP", "", PartialDate(2022, 12, 22)),
            True,
        ),
        # … but not another year: then the number is the misprint.
        (
            Identity("Nghị định", "11/2022/NĐ-CP", "", PartialDate(2022, 1, 13)),
            Identity("Nghị định", "11/2022/NĐ-CP", "", PartialDate(2020, 1, 20)),
            False,
        ),
        (
            Identity("Thông tư", "01/2013/TT-NHNN", "Ngân hàng Nhà nước"),
            Identity("Thông tư", "01/2013/TT-NHNN", "Ngân hàng Nhà nước Việt Nam"),
            True,
        ),
        (
            Identity("Quyết định", "05/QĐ-UBND", "Ủy ban nhân dân tỉnh Hà Nam"),
            Identity("Quyết định", "05/QĐ-UBND", "Ủy ban nhân dân tỉnh Hà Tĩnh"),
            False,
        ),
        (
            Identity("Hiến pháp", "", "", PartialDate(2013)),
            Identity("Hiến pháp", "", "Quốc hội", PartialDate(2013, 11, 28)),
            True,
        ),
        (Identity("Hiến pháp", "", "", PartialDate(2013)), Identity("Hiến pháp", "", "", PartialDate(1992)), False),
    ],
)
def test_two_descriptions_may_be_of_one_document(one: Identity, other: Identity, same: bool) -> None:  # noqa: FBT001  # a table's column
    assert agree(one, other) is same
    assert agree(other, one) is same


def test_an_identity_is_written_as_the_law_writes_it() -> None:
    typed = Identity("nghị định", "59 /2022/NÐ–CP", " Chính  phủ. ")
    assert canonical_identity(typed) == Identity("Nghị định", "59/2022/NĐ-CP", "Chính phủ")


def test_no_number_is_not_a_number() -> None:
    assert lookup_key("Không số") == ""
    assert canonical_identity(Identity("Pháp lệnh", "Không số")).number == ""


def test_titles_are_compared_without_type_accents_and_punctuation() -> None:
    assert title_key("Luật Căn cước", "Luật") == title_key("CĂN CƯỚC.", "Luật") == "can cuoc"


@pytest.mark.parametrize(
    ("identity", "title", "slug"),
    [
        (LAW, "", "luat-26-2023-qh15"),
        (Identity("Nghị định", "59/2022/NĐ-CP"), "", "nghi-dinh-59-2022-nd-cp"),
        (Identity("", "59/2022/NĐ-CP"), "", "nghi-dinh-59-2022-nd-cp"),
        (DECISION_2022, "", "quyet-dinh-06-qd-ttg-2022-01-06"),
        (HUE, "", "nghi-quyet-01-2026-nq-hdnd-thanh-pho-hue"),
        (
            Identity("Hiến pháp", "", "Quốc hội", PartialDate(2013, 11, 28)),
            "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam",
            "hien-phap-nuoc-cong-hoa-xa-hoi-chu-nghia-viet-nam-2013-11-28",
        ),
        (Identity("Pháp lệnh", ""), "Về " + "Hàm cấp " * 20, "phap-lenh-ve" + "-ham-cap" * 9 + "-ham"),
        (Identity("Quyết định", "05/QĐ-UBND"), "", "quyet-dinh-05-qd-ubnd"),
    ],
)
def test_an_address_tells_a_document_from_its_namesakes(identity: Identity, title: str, slug: str) -> None:
    assert next(slug_choices(identity, title)) == slug


def test_a_taken_address_gets_the_date_and_then_a_count() -> None:
    choices = slug_choices(LAW)
    assert [next(choices) for _ in range(3)] == [
        "luat-26-2023-qh15",
        "luat-26-2023-qh15-2023-11-27",
        "luat-26-2023-qh15-2023-11-27-2",
    ]


def test_namesakes_live_side_by_side_and_the_bare_number_gives_the_choice(store: Store) -> None:
    slugs = take_in(store, *map(described, (HUE, DONG_NAI, DECISION_2022, DECISION_2025)))
    assert len(set(slugs)) == 4
    assert {view.identity for view in store.find("1/2026/nq-hđnd")} == {HUE, DONG_NAI}
    assert {view.identity for view in store.resolve(reference("06/QĐ-TTg"))} == {DECISION_2022, DECISION_2025}
    assert [view.identity for view in store.find("06/QĐ-TTg", year=2025)] == [DECISION_2025]
    [found] = store.resolve(reference("06/QĐ-TTg", issued=PartialDate(2022)))
    assert found.identity == DECISION_2022


def test_a_description_joins_the_document_it_agrees_with_and_fills_what_was_unknown(store: Store) -> None:
    [first] = take_in(store, described(Identity("", "26/2023/QH15")))
    [second] = take_in(store, described(LAW, seen("other"), title="Căn cước"), name="other")
    assert second == first == "van-ban-26-2023-qh15"
    view = store.document(first)
    assert (view.slug, view.identity, view.title) == ("luat-26-2023-qh15", LAW, "Căn cước")
    assert store.counts().documents == 1


def test_an_old_address_leads_to_the_document_whose_type_was_corrected(store: Store) -> None:
    wrong = Identity("Quyết định", "624/TB-VPCP", "Văn phòng Chính phủ", PartialDate(2025, 11, 16))
    right = Identity("Thông báo", "624/TB-VPCP", "Văn phòng Chính phủ", PartialDate(2025, 11, 16))
    ids = (("portal", "1"),)
    take_in(store, described(Identity("", wrong.number, wrong.issuer, wrong.issued), source_ids=ids))
    take_in(store, described(right, seen(evidence=Evidence.GAZETTE), source_ids=ids), name="gazette")
    assert store.document("thong-bao-624-tb-vpcp-2025-11-16").identity == right


def test_an_id_of_a_source_leads_to_its_document_unless_the_number_is_another(store: Store) -> None:
    ids = (("vbpl", "7"),)
    [law] = take_in(store, described(LAW, source_ids=ids))
    [same] = take_in(store, described(Identity("Luật", "", "", None), seen("2"), source_ids=ids), name="2")
    assert same == law
    with importing(store, "3") as batch:
        other = batch.document(described(Identity("Luật", "27/2023/QH15"), seen("3"), source_ids=ids))
        assert other == "luat-27-2023-qh15"
    assert [thing.why for thing in store.imports()[0].unused] == [f"it already names {law}"]


def test_two_ids_of_one_source_are_two_documents_where_the_number_does_not_settle_it(store: Store) -> None:
    old = Identity("Nghị định", "73-CP")
    slugs = take_in(
        store,
        described(old, seen("a"), source_ids=(("vbpl", "43110"),)),
        described(old, seen("b"), source_ids=(("vbpl", "122393"),)),
    )
    assert slugs == ["nghi-dinh-73-cp", "nghi-dinh-73-cp-2"]
    settled = Identity("Thông tư", "38/2025/TT-BCT")
    slugs = take_in(
        store,
        described(settled, seen("c"), source_ids=(("vbpl", "171830"),)),
        described(settled, seen("d"), source_ids=(("vbpl", "178549"),)),
        name="settled",
    )
    assert slugs == ["thong-tu-38-2025-tt-bct", "thong-tu-38-2025-tt-bct"]


def test_an_ambiguous_description_is_reported_and_nothing_is_guessed(store: Store) -> None:
    take_in(store, described(DECISION_2022), described(DECISION_2025))
    with importing(store, "vague") as batch:
        assert batch.document(described(Identity("Quyết định", "06/QĐ-TTg"), seen("vague"), title="?")) is None
    assert store.counts().documents == 2
    assert "quyet-dinh-06-qd-ttg-2022-01-06" in store.imports()[0].unused[0].why


def test_a_complete_description_equal_to_none_of_several_is_another_document(store: Store) -> None:
    vague = Identity("Quyết định", "06/QĐ-TTg", "", PartialDate(2022))
    take_in(store, *(described(vague, source_ids=(("vbpl", number),)) for number in "12"))
    take_in(store, described(DECISION_2022, seen("3")), name="3")
    assert len(store.find("06/QĐ-TTg")) == 3


def test_a_description_without_number_and_title_is_reported(store: Store) -> None:
    with importing(store) as batch:
        assert batch.document(described(Identity("Quyết định", "", "", PartialDate(2022)))) is None
        assert len(batch.unused_things) == 1


def test_documents_without_a_number_are_told_apart_by_title(store: Store) -> None:
    day = date(1995, 5, 31)
    ranks = Identity("Pháp lệnh", "Không số", "Ủy ban Thường vụ Quốc hội", PartialDate.of(day))
    take_in(store, described(ranks, title="Hàm, cấp ngoại giao"), described(ranks, title="Ưu đãi, miễn trừ"))
    take_in(store, described(Identity("Pháp lệnh", ""), seen("again"), title="hàm cấp ngoại giao"), name="again")
    assert store.counts().documents == 2


def test_a_law_is_found_by_its_name_and_year(store: Store) -> None:
    take_in(
        store,
        described(LAW, title="Căn cước"),
        described(Identity("Luật", "59/2014/QH13", "", PartialDate(2014, 11, 20)), title="Luật Căn cước công dân"),
    )
    for name in ("Căn cước", "Luật Căn cước", "luat can cuoc"):
        assert [view.identity for view in store.by_title(name, year=2023, type="Luật")] == [LAW]
    assert store.by_title("Căn cước", year=2014) == []
    [found] = store.resolve(reference("", "Luật", issued=PartialDate(2014), title="Căn cước công dân"))
    assert found.number == "59/2014/QH13"


def test_a_constitution_is_known_by_its_year(store: Store) -> None:
    take_in(
        store,
        described(Identity("Hiến pháp", "", "Quốc hội", PartialDate(2013, 11, 28)), title="Hiến pháp nước Cộng hòa"),
        described(Identity("Hiến pháp", "Không số", "Quốc hội", PartialDate(1992, 4, 15)), title="Hiến pháp"),
        described(Identity("Hiến pháp", "", "", PartialDate(2013)), title="Hiến pháp năm 2013"),
    )
    assert store.counts().documents == 2
    [found] = store.resolve(reference("", "Hiến pháp", issued=PartialDate(2013), title="Hiến pháp"))
    assert found.issued == PartialDate(2013, 11, 28)
    assert len(store.resolve(reference("", "Hiến pháp"))) == 2


def test_a_law_and_a_resolution_may_share_a_number(store: Store) -> None:
    take_in(store, described(Identity("Luật", "24/2008/QH12")), described(Identity("Nghị quyết", "24/2008/QH12")))
    assert len(store.resolve(reference("24/2008/QH12"))) == 2
    assert len(store.resolve(reference("24/2008/QH12", "Luật"))) == 1
    assert store.resolve(reference("25/2008/QH12")) == []
