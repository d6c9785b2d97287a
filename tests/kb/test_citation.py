"""Citations: the grammar of provisions and documents, both ways, and citations in running text."""

from __future__ import annotations

import gzip
import itertools
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.citation import (
    Citation,
    Context,
    ProvisionPath,
    as_json,
    find_citations,
    format_citation,
    format_reference,
    label_slug,
    parse_citation,
    parse_path,
    parse_provision,
)
from kb.model import DocumentReference, Identity, PartialDate
from kb.numbers import type_of_number

HERE = Context(
    DocumentReference(Identity("Luật", "26/2023/QH15"), "Luật Căn cước"),
    ProvisionPath(chapter="II", article="9", clause="3", point="b"),
)


def paths(citation: Citation) -> list[str]:
    return [provision.path for provision in citation.provisions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Điều 5", "dieu-5"),
        ("Điều 12a", "dieu-12a"),
        ("Điều 12đ", "dieu-12dd"),
        ("Đ.10", "dieu-10"),
        ("ĐIỀU 1", "dieu-1"),
        ("khoản 1 Điều 5", "dieu-5.khoan-1"),
        ("khoản 1a Điều 5", "dieu-5.khoan-1a"),
        ("khoản 1 của Điều 5", "dieu-5.khoan-1"),
        ("K1 Đ5", "dieu-5.khoan-1"),
        ("điểm c khoản 1 Điều 15", "dieu-15.khoan-1.diem-c"),
        ("điểm đ khoản 1 Điều 15", "dieu-15.khoan-1.diem-dd"),
        ("điểm a) khoản 1 Điều 15", "dieu-15.khoan-1.diem-a"),
        ("điểm a, khoản 1, Điều 2", "dieu-2.khoan-1.diem-a"),
        ("Điều 5 khoản 2 điểm a", "dieu-5.khoan-2.diem-a"),
        ("Điều 5, khoản 2, điểm đ", "dieu-5.khoan-2.diem-dd"),
        ("khoan 2 dieu 10", "dieu-10.khoan-2"),
        ("Mục 2 Chương III", "chuong-3.muc-2"),
        ("Tiểu mục 1 Mục 2 Chương IV", "chuong-4.muc-2.tieu-muc-1"),
        ("chương ii", "chuong-2"),
        ("Phần thứ nhất", "phan-1"),
        ("Phụ lục II", "phu-luc-2"),
        ("Phụ lục số 02", "phu-luc-2"),
        ("Chương IIa", "chuong-iia"),
        ("khoản 1 Điều 2 Phụ lục I", "phu-luc-1.dieu-2.khoan-1"),
        ("điểm 2 Mục I", "muc-1.diem-2"),
        ("Đie\u0302\u0300u 5", "dieu-5"),  # decomposed
    ],
)
def test_a_provision_has_one_address(text: str, expected: str) -> None:
    provision = parse_provision(text)
    assert provision is not None
    assert provision.path == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("các khoản 1, 2 và 5 Điều 50", ["dieu-50.khoan-1", "dieu-50.khoan-2", "dieu-50.khoan-5"]),
        ("khoản 1, khoản 3 Điều 5", ["dieu-5.khoan-1", "dieu-5.khoan-3"]),
        ("điểm a, b và đ khoản 2 Điều 7", [f"dieu-7.khoan-2.diem-{point}" for point in ("a", "b", "dd")]),
        ("từ Điều 5 đến Điều 8", ["dieu-5", "dieu-6", "dieu-7", "dieu-8"]),
        ("Điều 5 đến 7", ["dieu-5", "dieu-6", "dieu-7"]),
        ("các điều 5, 6 và 7", ["dieu-5", "dieu-6", "dieu-7"]),
        ("các khoản từ 1 đến 3 Điều 8", ["dieu-8.khoan-1", "dieu-8.khoan-2", "dieu-8.khoan-3"]),
        ("từ điểm c đến điểm e khoản 1 Điều 3", [f"dieu-3.khoan-1.diem-{point}" for point in ("c", "d", "dd", "e")]),
        ("khoản 1 Điều 5 và khoản 2 Điều 6", ["dieu-5.khoan-1", "dieu-6.khoan-2"]),
        ("khoản 1 Điều 5, Điều 6", ["dieu-5.khoan-1", "dieu-6"]),
        ("khoản 1 và điểm b khoản 2 Điều 7", ["dieu-7.khoan-1", "dieu-7.khoan-2.diem-b"]),
        ("điểm a khoản 1; điểm b khoản 2 Điều 9", ["dieu-9.khoan-1.diem-a", "dieu-9.khoan-2.diem-b"]),
        ("khoản 1 các Điều 5, 6 và 7", ["dieu-5.khoan-1", "dieu-6.khoan-1", "dieu-7.khoan-1"]),
        ("Điều 5a đến Điều 5c", ["dieu-5a", "dieu-5c"]),
        ("Điều 1 đến Điều 500", ["dieu-1", "dieu-500"]),
        ("khoản 5 Điều 14; Điều 15; Phụ lục II", ["dieu-14.khoan-5", "dieu-15", "phu-luc-2"]),
        ("Điều 15 và Phụ lục II", ["dieu-15", "phu-luc-2"]),
        ("Điều 3, Điều 4 Phụ lục II", ["phu-luc-2.dieu-3", "phu-luc-2.dieu-4"]),
    ],
)
def test_lists_and_ranges_give_every_provision(text: str, expected: list[str]) -> None:
    [citation] = find_citations(text)
    assert citation.text == text
    assert paths(citation) == expected


@pytest.mark.parametrize(
    ("text", "kind", "number", "expected"),
    [
        ("Điều này", "self", "26/2023/QH15", ["dieu-9"]),
        ("khoản này", "self", "26/2023/QH15", ["dieu-9.khoan-3"]),
        ("khoản 2 Điều này", "self", "26/2023/QH15", ["dieu-9.khoan-2"]),
        ("điểm a khoản này", "self", "26/2023/QH15", ["dieu-9.khoan-3.diem-a"]),
        ("Chương này", "self", "26/2023/QH15", ["chuong-2"]),
        ("Luật này", "self", "26/2023/QH15", []),
        ("Điều 4 của Luật này", "provision", "26/2023/QH15", ["dieu-4"]),
        ("khoản 1 Điều 5", "provision", "26/2023/QH15", ["dieu-5.khoan-1"]),
        ("khoản 1 và khoản 2", "provision", "26/2023/QH15", ["dieu-9.khoan-1", "dieu-9.khoan-2"]),
        ("điểm c", "provision", "26/2023/QH15", ["dieu-9.khoan-3.diem-c"]),
    ],
)
def test_what_is_left_unsaid_comes_from_the_context(text: str, kind: str, number: str, expected: list[str]) -> None:
    [citation] = find_citations(text, HERE)
    assert (citation.kind, paths(citation), citation.resolved) == (kind, expected, True)
    assert citation.document is not None
    assert citation.document.identity.number == number


@pytest.mark.parametrize("text", ["Điều này", "khoản 2 Điều này", "Luật này", "khoản 1 Điều 5", "khoản 2"])
def test_without_context_it_stays_unresolved(text: str) -> None:
    [citation] = find_citations(text)
    assert citation.document is None
    assert not citation.resolved


def test_another_kind_of_document_is_not_this_one() -> None:
    [citation] = find_citations("Nghị định này", HERE)
    assert (citation.kind, citation.document, citation.resolved) == ("self", None, False)


def test_this_article_is_not_an_article_of_the_law_named_after_it() -> None:
    first, second = find_citations("khoản 2 Điều này và Điều 6 Luật Đất đai", HERE)
    assert (first.text, paths(first)) == ("khoản 2 Điều này", ["dieu-9.khoan-2"])
    assert second.document is not None
    assert (paths(second), second.document.title) == (["dieu-6"], "Luật Đất đai")


@pytest.mark.parametrize(
    ("text", "identity", "title"),
    [
        (
            "Nghị định số 59/2022/NĐ-CP ngày 05 tháng 9 năm 2022 của Chính phủ",
            Identity("Nghị định", "59/2022/NĐ-CP", "Chính phủ", PartialDate(2022, 9, 5)),
            "",
        ),
        (
            "Quyết định 06/QĐ-TTg của Thủ tướng Chính phủ ngày 6/1/2022",
            Identity("Quyết định", "06/QĐ-TTg", "Thủ tướng Chính phủ", PartialDate(2022, 1, 6)),
            "",
        ),
        (
            "Thông tư số 12/2020/TT-BTC ngày 01/02/2020 của Bộ trưởng Bộ Tài chính",
            Identity("Thông tư", "12/2020/TT-BTC", "Bộ Tài chính", PartialDate(2020, 2, 1)),
            "",
        ),
        ("Thông tư số liên tịch 02/2002/TTLT/BTC-MTTW", Identity("Thông tư liên tịch", "02/2002/TTLT/BTC-MTTW"), ""),
        ("Luật Căn cước năm 2023", Identity("Luật", "", issued=PartialDate(2023)), "Luật Căn cước"),
        ("Bộ luật Hình sự 2015", Identity("Bộ luật", "", issued=PartialDate(2015)), "Bộ luật Hình sự"),
        (
            "Luật Căn cước công dân ngày 20 tháng 11 năm 2014",
            Identity("Luật", "", issued=PartialDate(2014, 11, 20)),
            "Luật Căn cước công dân",
        ),
        ("Luật Căn cước số 26/2023/QH15", Identity("Luật", "26/2023/QH15"), "Luật Căn cước"),
        ("Luật số 26/2023/QH15", Identity("Luật", "26/2023/QH15"), ""),
        ("Hiến pháp năm 2013", Identity("Hiến pháp", "", issued=PartialDate(2013)), "Hiến pháp"),
        ("BLHS 2015", Identity("Bộ luật", "", issued=PartialDate(2015)), "Bộ luật Hình sự"),
        ("nđ 59/2022", Identity("Nghị định", "59/2022"), ""),
        ("luật căn cước", Identity("Luật", ""), "Luật căn cước"),
        ("06/QĐ-TTg", Identity("Quyết định", "06/QĐ-TTg"), ""),
    ],
)
def test_a_document_is_named_by_number_or_by_name(text: str, identity: Identity, title: str) -> None:
    [citation] = find_citations(text)
    assert citation.document is not None
    assert (citation.text, citation.kind, citation.resolved) == (text, "document", True)
    assert (citation.document.title, citation.document.wording) == (title, text)
    found = citation.document.identity
    assert (found.type, found.issuer, found.issued) == (identity.type, identity.issuer, identity.issued)
    assert found.number.startswith(identity.number)


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("theo quy định của Luật Đất đai, người sử dụng đất phải", "Luật Đất đai"),
        ("Luật Đất đai và các văn bản hướng dẫn", "Luật Đất đai"),
        ("Luật Đất đai quy định như sau", "Luật Đất đai"),
        ("Luật Đất đai thì", "Luật Đất đai"),
        ("Luật Đất đai có hiệu lực", "Luật Đất đai"),
        ("Luật Đất đai được sửa đổi", "Luật Đất đai"),
        ("Luật Hôn nhân và gia đình và các luật khác", "Luật Hôn nhân và gia đình"),
        ("Luật Phòng, chống ma túy, cơ quan", "Luật Phòng, chống ma túy"),
        ("Luật Hàng không dân dụng Việt Nam không quy định", "Luật Hàng không dân dụng Việt Nam"),
        ("Luật Trật tự, an toàn giao thông đường bộ năm 2024", "Luật Trật tự, an toàn giao thông đường bộ"),
        ("Luật Ban hành văn bản quy phạm pháp luật quy định", "Luật Ban hành văn bản quy phạm pháp luật"),
        ("Luật Luật sư", "Luật Luật sư"),
        ("Luật Tổ chức Chính phủ, Nghị định", "Luật Tổ chức Chính phủ"),
        ("Luật phá sản và", "Luật phá sản"),
        ("Luật Sửa đổi, bổ sung một số điều của Luật Cư trú.", "Luật Sửa đổi, bổ sung một số điều của Luật Cư trú"),
        ("Pháp lệnh Ưu đãi người có công với cách mạng thì", "Pháp lệnh Ưu đãi người có công với cách mạng"),
        ("theo Luật Căn\ncước năm 2023", "Luật Căn cước"),
    ],
)
def test_the_name_of_a_law_ends_where_the_sentence_goes_on(sentence: str, title: str) -> None:
    document = find_citations(sentence)[0].document
    assert document is not None
    assert document.title == title


def test_a_gazetteer_ends_a_name_by_the_longest_title() -> None:
    titles = frozenset({"Luật Giá", "Luật Giá trị tinh thần theo cách mới", "Dược"})  # made up
    [long] = find_citations("theo Luật Giá trị tinh thần theo cách mới thì", titles=titles)
    assert long.document is not None
    assert long.document.title == "Luật Giá trị tinh thần theo cách mới"
    assert [one.text for one in find_citations("các luật được ban hành", titles=titles)] == []
    [plain] = find_citations("dieu 5 luat duoc", titles=titles)
    assert plain.document is not None
    assert plain.document.title == "Luật Dược"


@pytest.mark.parametrize(
    "text",
    [
        "Luật sư Nguyễn Văn A",
        "pháp luật Việt Nam, kỷ luật lao động, luật khác, luật có liên quan",
        "tài khoản 1, điều khoản 5, thời điểm 2, danh mục 3, huân chương 1",
        "điểm y tế, điểm du lịch, đạt điểm 5",
        "ngày 20/11/2014, Điều 5/2020, 24/7",
        "Điều 41.3.NĐ.1",
        "có điều kiện; mục tiêu; phần lớn; chương trình",
    ],
)
def test_other_words_are_no_citations(text: str) -> None:
    assert find_citations(text) == []


@pytest.mark.parametrize(
    "heading", ["Điều 5. Phạm vi\n", "Điều 5: Phạm vi", "Chương II\nQUY ĐỊNH", "Lời dẫn\nMục 1. Chung", "“Điều 5a. Tên"]
)
def test_a_heading_does_not_cite_itself(heading: str) -> None:
    assert find_citations(heading) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("điểm c khoản 1 Điều 15 Luật Căn cước năm 2023", ["dieu-15.khoan-1.diem-c"]),
        ("Điều 49 và Điều 50 Luật Thi hành án dân sự số 26/2008/QH12", ["dieu-49", "dieu-50"]),
        ("điều 5 luật căn cước", ["dieu-5"]),
        ("khoan 2 dieu 10 luat can cuoc 2023", ["dieu-10.khoan-2"]),
        ("điều 5 nđ 59/2022", ["dieu-5"]),
        ("Đ.10 BLDS", ["dieu-10"]),
        ("khoản 2, Điều 3, Nghị định số 59/2022/NĐ-CP", ["dieu-3.khoan-2"]),
        ("Phụ lục II ban hành kèm theo Nghị định số 59/2022/NĐ-CP", ["phu-luc-2"]),
    ],
)
def test_provisions_and_their_document_are_one_citation(text: str, expected: list[str]) -> None:
    [citation] = find_citations(f"Theo {text}." if text[0].islower() else text)
    assert (citation.text, citation.kind, paths(citation), citation.resolved) == (text, "provision", expected, True)
    assert citation.document is not None


def test_a_list_of_documents_gives_each() -> None:
    text = "Luật số 57/2024/QH15, Luật số 90/2025/QH15 và các Nghị định số 1/2020/NĐ-CP, số 02/2021/NĐ-CP"
    found = [(one.document.identity.type, one.document.identity.number) for one in find_citations(text) if one.document]
    assert found == [
        ("Luật", "57/2024/QH15"),
        ("Luật", "90/2025/QH15"),
        ("Nghị định", "01/2020/NĐ-CP"),
        ("Nghị định", "02/2021/NĐ-CP"),
    ]


def test_an_article_of_a_regulation_is_not_one_of_the_text_it_stands_in() -> None:
    regulation, decision = find_citations("Điều 5 Quy chế tổ chức ban hành kèm theo Quyết định số 12/2020/QĐ-TTg", HERE)
    assert (regulation.text, regulation.document, regulation.resolved) == ("Điều 5", None, False)
    assert decision.kind == "document"


def test_json_has_exactly_the_documented_keys() -> None:
    [citation] = find_citations("điểm đ khoản 1 Điều 5 Luật Căn cước năm 2023")
    assert as_json(citation) == {
        "text": "điểm đ khoản 1 Điều 5 Luật Căn cước năm 2023",
        "start": 0,
        "end": 44,
        "kind": "provision",
        "document": {"type": "Luật", "number": "", "title": "Luật Căn cước", "issuer": "", "issued": "2023"},
        "provision": ["dieu-5.khoan-1.diem-dd"],
        "resolved": True,
    }
    [bare] = find_citations("Luật này")
    assert (as_json(bare)["document"], as_json(bare)["provision"]) == (None, None)


FIGURES = st.builds(
    lambda figure, letter: f"{figure}{letter}", st.integers(1, 999), st.sampled_from(["", "", "a", "đ"])
)
ROMAN = st.sampled_from(["I", "II", "III", "IV", "V", "IX", "XII", "XIV"])
POINTS = st.sampled_from("abcdđeghiklmnopqrstuvx")
PLACES = st.one_of(
    st.builds(lambda article: ProvisionPath(article=article), FIGURES),
    st.builds(lambda article, clause: ProvisionPath(article=article, clause=clause), FIGURES, FIGURES),
    st.builds(
        lambda article, clause, point: ProvisionPath(article=article, clause=clause, point=point),
        FIGURES,
        FIGURES,
        POINTS,
    ),
)
GROUPS = st.one_of(
    st.builds(lambda chapter: ProvisionPath(chapter=chapter), ROMAN),
    st.builds(lambda chapter, section: ProvisionPath(chapter=chapter, section=section), ROMAN, FIGURES),
    st.builds(lambda annex: ProvisionPath(annex=annex), ROMAN),
    st.builds(lambda annex, article: ProvisionPath(annex=annex, article=article), ROMAN, FIGURES),
)
BY_NUMBER = st.builds(
    lambda serial, year, suffix, day, issuer: DocumentReference(
        Identity(type_of_number(f"{serial:02d}/{year}/{suffix}"), f"{serial:02d}/{year}/{suffix}", issuer, day)
    ),
    st.integers(1, 9999),
    st.integers(1990, 2030),
    st.sampled_from(["NĐ-CP", "TT-BTC", "TTLT-BCA-BTP", "QĐ-TTg", "NQ-HĐND"]),
    st.one_of(st.none(), st.dates(date(1946, 1, 1), date(2030, 12, 31)).map(PartialDate.of)),
    st.sampled_from(["", "Chính phủ", "Bộ Công an"]),
)
BY_NAME = st.builds(
    lambda name, year: DocumentReference(
        Identity(name.rsplit(" ", 2)[0] if name.startswith("Bộ") else "Luật", "", issued=year and PartialDate(year)),
        name,
    ),
    st.sampled_from(["Luật Căn cước", "Luật Đất đai", "Luật Phòng, chống ma túy", "Bộ luật Hình sự"]),
    st.one_of(st.none(), st.integers(1946, 2030)),
)


@given(st.one_of(PLACES, GROUPS))
def test_a_provision_reads_back_from_its_wording_and_from_its_address(place: ProvisionPath) -> None:
    assert parse_provision(place.label) == place
    address = parse_path(place.path)
    assert address is not None
    assert address.path == place.path


@given(st.lists(PLACES, min_size=1, max_size=4, unique=True), st.one_of(st.none(), BY_NUMBER, BY_NAME))
def test_a_citation_reads_back_from_its_wording(
    provisions: list[ProvisionPath], document: DocumentReference | None
) -> None:
    wording = format_citation(provisions, document)
    citation = parse_citation(wording)
    assert citation is not None
    assert citation.provisions == tuple(provisions)
    found = citation.document
    assert (found and (found.identity, found.title)) == (document and (document.identity, document.title))


@given(st.one_of(BY_NUMBER, BY_NAME))
def test_a_reference_reads_back_from_its_wording(document: DocumentReference) -> None:
    citation = parse_citation(format_reference(document))
    assert citation is not None
    assert citation.document is not None
    assert (citation.document.identity, citation.document.title) == (document.identity, document.title)


@pytest.mark.parametrize(
    "text", ["", "luật", "dieu-5.chuyen-2", "dieu", "khoản 1 Điều 5 Luật Căn cước", "Điều 5 và Điều 6"]
)
def test_what_is_not_one_provision_is_none(text: str) -> None:
    assert parse_provision(text) is None


def test_labels_in_addresses_keep_d_and_dd_apart() -> None:
    assert [label_slug(label) for label in ("d", "đ", "IV", "thứ hai", "007", "1A")] == ["d", "dd", "4", "2", "7", "1a"]


def assert_sound(text: str, citations: list[Citation]) -> None:
    assert all(text[one.start : one.end] == one.text for one in citations)
    assert all(one.end <= other.start for one, other in itertools.pairwise(citations))
    assert all(one.kind in {"document", "provision", "self"} for one in citations)
    assert all(one.document is not None for one in citations if one.resolved)


WORDS = st.sampled_from(
    [
        *[
            "Điều",
            "khoản",
            "điểm",
            "a",
            "b",
            "đ",
            "1",
            "2",
            "15",
            "này",
            "và",
            ",",
            ";",
            "đến",
            "từ",
            "các",
            "của",
            "\n",
        ],
        *["Luật", "Bộ luật", "Căn cước", "năm", "2023", "số", "59/2022/NĐ-CP", "ngày 5/9/2022", "Nghị định", "Phụ lục"],
        *["II", "Chương", "Mục", "sửa đổi, bổ sung", "một số điều", "kèm theo", "Chính phủ", "dieu", "hoà", "(", ")"],
    ]
)


@given(st.lists(WORDS, max_size=40).map(" ".join), st.booleans())
def test_any_order_of_legal_words_is_read_soundly(text: str, here: bool) -> None:  # noqa: FBT001 - drawn
    assert_sound(text, find_citations(text, HERE if here else None))


@given(st.text())
def test_any_text_is_read_soundly(text: str) -> None:
    assert_sound(text, find_citations(text))


@pytest.mark.parametrize(
    "piece",
    [
        "Điều 1, ",
        "Điều 1 đến 9, ",
        "điểm a khoản 1 Điều 1 và ",
        "các khoản 1, 2 các Điều 3, 4 ",
        "khoản ",
        "từ ",
        "Điều",
        "1/",
        "số ",
        " ",
        "\n",
        "Luật A ",
        "Luật A, ",
        "Luật sửa đổi, bổ sung ",
        f"Luật {' ' * 50}",
        "Nghị định số 1/2020/NĐ-CP ngày ",
    ],
)
def test_long_senseless_text_gives_no_more_than_its_length_allows(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    citations = find_citations(text)
    assert_sound(text, citations)
    assert sum(len(one.provisions) for one in citations) <= 100 * len(text)


def test_a_short_text_does_not_name_a_million_places() -> None:
    text = "các điểm a đến y các khoản 1 đến 100 các Điều 1 đến 100 các Mục 1 đến 100"
    assert sum(len(one.provisions) for one in find_citations(text)) <= 300 * 100


def test_citations_in_real_articles_are_sound(real_data: Path) -> None:
    with gzip.open(real_data / "bench" / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in itertools.islice(lines, 0, 30_000, 30)]
    found = [find_citations(text, HERE) for text in texts]
    for text, citations in zip(texts, found, strict=True):
        assert_sound(text, citations)
    assert sum(map(len, found)) > 1500


def test_citations_in_wrapped_full_texts_are_sound(real_data: Path) -> None:
    for file in sorted((real_data / "fulltext").glob("*.txt"))[:12]:
        text = file.read_text(encoding="utf-8")[:60_000]
        assert_sound(text, find_citations(text, HERE))
