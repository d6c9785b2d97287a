"""Which instructions are read in an act, and what they act on. The acts here are made up, their words generic."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.parse.amendments.instructions import Instruction, find_amendments, find_instructions
from corpus.parse.amendments.statements import whole_text
from corpus.parse.head import parse_head
from corpus.parse.structure import parse_structure
from kb.citation import parse_path
from kb.model import DocumentReference, Evidence, Identity, PartialDate, Provenance, RelationKind

ACT = DocumentReference(Identity("Nghị định", "20/2022/NĐ-CP", "Chính phủ", PartialDate(2022, 1, 5)))
SEEN = Provenance("test", "made-up", Evidence.DOCUMENT)
HEAD = "Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 10/2020/NĐ-CP ngày 02 tháng 02 năm 2020 của Chính phủ\n"
TAIL = "Điều 2. Hiệu lực thi hành\nNghị định này có hiệu lực thi hành từ ngày 01 tháng 3 năm 2022.\n"


def read(text: str) -> list[Instruction]:
    return find_instructions(parse_structure(text), ACT)


def targets(text: str) -> list[tuple[str, str, str]]:
    return [
        (one.action.value, target.document.identity.number if target.document else "", target.path)
        for one in read(text)
        for target in one.targets
    ]


@pytest.mark.parametrize(
    ("sentence", "action", "paths"),
    [
        ("Sửa đổi, bổ sung khoản 1 Điều 5 như sau:\n“1. Lời mới.”.", "amend", ["dieu-5.khoan-1"]),
        ("Sửa đổi Điều 6 như sau:\n“Điều 6. Tên\n1. Một.\n2. Hai.”.", "amend", ["dieu-6"]),
        ("Sửa đổi, bổ sung điểm a, điểm b khoản 2 và khoản 4 Điều 7 như sau:\n“a) A;”.", "amend",
         ["dieu-7.khoan-2.diem-a", "dieu-7.khoan-2.diem-b", "dieu-7.khoan-4"]),
        ("Sửa đổi, bổ sung khoản 8, 9 Điều 13 như sau:\n“8. A.”.", "amend", ["dieu-13.khoan-8", "dieu-13.khoan-9"]),
        ("Sửa đổi tên Điều 5 như sau:\n“Điều 5. Tên mới”.", "amend", ["dieu-5"]),
        ("Sửa đổi tên Chương II như sau:\n“Chương II. TÊN MỚI”.", "amend", ["chuong-2"]),
        ("Bổ sung Điều 12a vào sau Điều 12 như sau:\n“Điều 12a. Tên\nLời.”.", "supplement", ["dieu-12a"]),
        ("Bổ sung khoản 3a vào sau khoản 3 Điều 9 như sau:\n“3a. Lời.”.", "supplement", ["dieu-9.khoan-3a"]),
        ("Bổ sung khoản 3 vào Điều 19 như sau:\n“3. Lời.”.", "supplement", ["dieu-19.khoan-3"]),
        ("Bổ sung điểm k, l và o vào khoản 2 Điều 20 như sau:\n“k) Lời.”.", "supplement",
         ["dieu-20.khoan-2.diem-k", "dieu-20.khoan-2.diem-l", "dieu-20.khoan-2.diem-o"]),
        ("Bổ sung Mục 2a vào sau Mục 2 Chương III như sau:\n“Mục 2a. TÊN”.", "supplement", ["chuong-3.muc-2a"]),
        ("Bổ sung cụm từ “A” vào sau cụm từ “B” tại khoản 1 Điều 5.", "supplement", ["dieu-5.khoan-1"]),
        ("Thay thế cụm từ “A” bằng cụm từ “B” tại khoản 2 và 13 Điều 25, khoản 8 Điều 32.", "replace",
         ["dieu-25.khoan-2", "dieu-25.khoan-13", "dieu-32.khoan-8"]),
        ("Thay thế cụm từ “khoản 3 Điều 6” bằng cụm từ “khoản 1 Điều 6” tại khoản 3 Điều 4.", "replace", ["dieu-4.khoan-3"]),
        ("Sửa đổi cụm từ “A” tại khoản 5 Điều 10 thành cụm từ “B”.", "amend", ["dieu-10.khoan-5"]),
        ("Sửa đổi đoạn mở đầu khoản 2 Điều 22 như sau:\n“2. Lời:”.", "amend", ["dieu-22.khoan-2"]),
        ("Bãi bỏ khoản 5 Điều 14; Điều 15; Phụ lục II.", "repeal", ["dieu-14.khoan-5", "dieu-15", "phu-luc-2"]),
        ("Bổ sung Chương IIa vào sau Chương II như sau:\n“Chương IIa\nTÊN”.", "supplement", ["chuong-iia"]),
        ("Bỏ cụm từ “A” tại Điều 9 và Điều 22.", "repeal", ["dieu-9", "dieu-22"]),
        ("Bãi bỏ khoản 3 Điều 11.", "repeal", ["dieu-11.khoan-3"]),
        ("Bãi bỏ các điều 5 và 6.", "repeal", ["dieu-5", "dieu-6"]),
        ("Bãi bỏ Mẫu số 01a và Mẫu số 01b.", "repeal", ["mau-1a", "mau-1b"]),
        ("Thay thế Phụ lục II ban hành kèm theo Nghị định số 10/2020/NĐ-CP bằng Phụ lục I ban hành kèm theo Nghị định này.",
         "replace", ["phu-luc-2"]),
        ("Thay thế Mẫu số 05 Phụ lục I bằng Mẫu số 01 tại Phụ lục ban hành kèm theo Nghị định này.", "replace",
         ["phu-luc-1.mau-5"]),
        ("Khoản 2 Điều 4 được sửa đổi, bổ sung như sau:\n“2. Lời.”.", "amend", ["dieu-4.khoan-2"]),
        ("Sửa đôi, bỗ sung điêm a khoản 2 Điêu 7 như sau:\n“a) Lời.”.", "amend", ["dieu-7.khoan-2.diem-a"]),
        ("Đính chính khoản 2 Điều 3 như sau: “A” thành “B”.", "correct", ["dieu-3.khoan-2"]),
        ("Ngưng hiệu lực khoản 2 Điều 3 đến hết ngày 31 tháng 12 năm 2023.", "suspend", ["dieu-3.khoan-2"]),
    ],
)  # fmt: skip
def test_an_instruction_names_its_targets(sentence: str, action: str, paths: list[str]) -> None:
    expected = [(action, "10/2020/NĐ-CP", path) for path in paths]
    assert targets(f"{HEAD}1. {sentence}\n{TAIL}") == expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("Nghị định này thay thế Nghị định số 1/2010/NĐ-CP ngày 04 tháng 01 năm 2010.", [("replace", "01/2010/NĐ-CP", "")]),
        ("Nghị định này có hiệu lực từ ngày 01 tháng 3 năm 2022 và thay thế Nghị định số 1/2010/NĐ-CP.",
         [("replace", "01/2010/NĐ-CP", "")]),
        (("Nghị định số 1/2010/NĐ-CP của Chính phủ quy định chi tiết một số điều của Luật Căn cước hết hiệu lực kể từ ngày Nghị định"
         " này có hiệu lực thi hành."), [("repeal", "01/2010/NĐ-CP", "")]),
        ("Bãi bỏ Nghị định số 1/2010/NĐ-CP về quản lý và Nghị định số 2/2011/NĐ-CP về đăng ký.",
         [("repeal", "01/2010/NĐ-CP", ""), ("repeal", "02/2011/NĐ-CP", "")]),
        ("Bãi bỏ các văn bản sau:\na) Thông tư số 3/2012/TT-BCA về một việc;\nb) Điều 2 Thông tư số 4/2013/TT-BCA.",
         [("repeal", "03/2012/TT-BCA", ""), ("repeal", "04/2013/TT-BCA", "dieu-2")]),
        (("Kể từ ngày Nghị định này có hiệu lực thi hành, các văn bản sau đây hết hiệu lực:\na) Nghị định số 1/2010/NĐ-CP;\n"
         "b) Khoản 2 Điều 3 Nghị định số 2/2011/NĐ-CP."), [("repeal", "01/2010/NĐ-CP", ""), ("repeal", "02/2011/NĐ-CP", "dieu-3.khoan-2")]),
        ("Bãi bỏ khoản 2 Điều 26 Nghị định số 60/2021/NĐ-CP đã được sửa đổi, bổ sung tại khoản 1 Điều 4 Nghị định số 2/2011/NĐ-CP.",
         [("repeal", "60/2021/NĐ-CP", "dieu-26.khoan-2")]),
    ],
)  # fmt: skip
def test_a_final_clause_ends_other_documents(clause: str, expected: list[tuple[str, str, str]]) -> None:
    assert targets(f"Điều 1. Phạm vi\nLời.\nĐiều 2. Hiệu lực thi hành\n1. {clause}\n") == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Trường hợp các văn bản dẫn chiếu tại Nghị định này được sửa đổi, bổ sung hoặc thay thế thì thực hiện theo văn bản đó.",
        "Hồ sơ bổ sung theo quy định tại khoản 1 Điều 5 Nghị định số 10/2020/NĐ-CP.",
        "Bổ sung hồ sơ theo quy định tại Điều 5 Nghị định này.",
        "Theo quy định tại Nghị định số 10/2020/NĐ-CP đã được sửa đổi, bổ sung bởi Nghị định số 2/2011/NĐ-CP.",
        "Bộ Công an đề nghị sửa đổi, bổ sung Nghị định số 10/2020/NĐ-CP.",
        "Giấy phép hết hiệu lực khi thuộc trường hợp quy định tại Điều 5 Nghị định số 10/2020/NĐ-CP.",
        "Bộ Khoản 2 Điều 3 không phải là bỏ.",
    ],
)
def test_what_reports_or_describes_is_no_instruction(sentence: str) -> None:
    assert targets(f"Điều 1. Phạm vi\n1. {sentence}\n2. Lời.\nĐiều 2. Khác\nLời.\n") == []


def test_instructions_below_rest_on_what_stands_above() -> None:
    text = (
        f"{HEAD}1. Sửa đổi, bổ sung một số khoản của Điều 7 như sau:\na) Sửa đổi khoản 3 như sau:\n“3. Lời.”;\n"
        "b) Bổ sung khoản 3a vào sau khoản 3 như sau:\n“3a. Lời.”.\n2. Sửa đổi khoản 1 và bổ sung khoản 1a vào sau khoản 1 Điều 8"
        f" như sau:\n“1. Lời.\n1a. Lời.”.\n{TAIL}"
    )
    assert [(one.path, [target.path for target in one.targets]) for one in read(text)] == [
        ("dieu-1.khoan-1.diem-a", ["dieu-7.khoan-3"]),
        ("dieu-1.khoan-1.diem-b", ["dieu-7.khoan-3a"]),
        ("dieu-1.khoan-2", ["dieu-8.khoan-1"]),
        ("dieu-1.khoan-2", ["dieu-8.khoan-1a"]),
    ]


def test_each_article_of_an_act_on_several_laws_has_its_own_target() -> None:
    text = (
        "Điều 1. Sửa đổi, bổ sung một số điều của Luật Căn cước số 26/2023/QH15\n1. Bãi bỏ Điều 3.\n"
        "Điều 2. Sửa đổi, bổ sung một số điều của Luật Cư trú\nSửa đổi, bổ sung một số điều của Luật Cư trú số 68/2020/QH14 như sau:\n"
        "1. Bãi bỏ Điều 4.\nĐiều 3. Bãi bỏ Điều 5 Luật Hộ tịch số 60/2014/QH13\n"
    )
    assert targets(text) == [
        ("repeal", "26/2023/QH15", "dieu-3"),
        ("repeal", "68/2020/QH14", "dieu-4"),
        ("repeal", "60/2014/QH13", "dieu-5"),
    ]


def test_what_the_new_wording_orders_is_not_ordered_by_the_act() -> None:
    text = f"{HEAD}1. Sửa đổi khoản 1 Điều 5 như sau:\n“1. Bãi bỏ Điều 9 Nghị định số 3/2003/NĐ-CP.”.\n{TAIL}"
    assert targets(text) == [("amend", "10/2020/NĐ-CP", "dieu-5.khoan-1")]


def test_an_act_that_only_its_title_directs_rests_on_that() -> None:
    act = DocumentReference(ACT.identity, "Sửa đổi, bổ sung một số điều của Nghị định số 10/2020/NĐ-CP")
    structure = parse_structure("Điều 1. Bổ sung Điều 3a vào sau Điều 3\n“Điều 3a. Tên\nLời.”\nĐiều 2. Bãi bỏ Điều 7\n")
    found = [(target.document, target.path) for one in find_instructions(structure, act) for target in one.targets]
    assert [(document.identity.number if document else "", path) for document, path in found] == [
        ("10/2020/NĐ-CP", "dieu-3a"),
        ("10/2020/NĐ-CP", "dieu-7"),
    ]


def test_the_new_text_and_the_phrases_are_where_they_stand() -> None:
    text = f"{HEAD}1. Sửa đổi khoản 1 Điều 5 như sau:\n“1. Lời mới.”.\n2. Thay cụm từ “cũ” bằng cụm từ “mới” tại Điều 6.\n{TAIL}"
    structure = parse_structure(text)
    amended, phrased = find_instructions(structure, ACT)
    source = whole_text(structure)
    assert [source[start:end] for start, end in amended.new_text] == ["“1. Lời mới.”"]
    [change] = phrased.replacements
    assert change.old is not None
    assert change.new is not None
    assert (source[slice(*change.old)], source[slice(*change.new)]) == ("“cũ”", "“mới”")
    assert not phrased.new_text


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Bãi bỏ khoản 3 Điều 11.", RelationKind.REPEALS),
        ("Bãi bỏ cụm từ “A” tại khoản 3 Điều 11.", RelationKind.AMENDS),
        ("Thay thế cụm từ “A” bằng cụm từ “B” tại Điều 11.", RelationKind.AMENDS),
        ("Thay thế Phụ lục I bằng Phụ lục ban hành kèm theo Nghị định này.", RelationKind.REPLACES),
        ("Bãi bỏ các Mẫu ban hành kèm theo Nghị định số 10/2020/NĐ-CP.", RelationKind.AMENDS),
        ("Bổ sung Điều 12a vào sau Điều 12.", RelationKind.SUPPLEMENTS),
    ],
)
def test_what_takes_only_words_or_an_unnamed_part_amends(sentence: str, kind: RelationKind) -> None:
    [relation] = find_amendments(parse_structure(f"{HEAD}1. {sentence}\n{TAIL}"), ACT, SEEN)
    assert relation.kind is kind


def test_a_relation_has_both_places_and_the_day_of_its_own_clause() -> None:
    tail = f"{TAIL.replace('Nghị định này', '1. Nghị định này')}2. Khoản 1 Điều 1 của Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2022.\n"
    text = f"{HEAD}1. Bãi bỏ Điều 4.\n2. Bãi bỏ Điều 5.\n{tail}"
    first, second = find_amendments(parse_structure(text), ACT, SEEN)
    assert (first.subject_path, first.object_path, first.effective) == ("dieu-1.khoan-1", "dieu-4", date(2022, 7, 1))
    assert (second.subject_path, second.object_path, second.effective) == ("dieu-1.khoan-2", "dieu-5", date(2022, 3, 1))
    assert (first.subject, first.object.identity.number) == (ACT, "10/2020/NĐ-CP")
    assert (first.provenance.place, first.wording) == ("khoản 1 Điều 1", "Bãi bỏ")


def test_a_day_that_the_act_does_not_state_stays_unknown() -> None:
    [relation] = find_amendments(parse_structure(f"{HEAD}1. Bãi bỏ Điều 4.\nĐiều 2. Khác\nLời.\n"), ACT, SEEN)
    assert relation.effective is None


def test_a_consolidation_orders_nothing() -> None:
    text = f"VĂN BẢN HỢP NHẤT\nNGHỊ ĐỊNH\n{HEAD}1. Bãi bỏ Điều 4.\n{TAIL}"
    assert read(text) == []


WORDS = st.sampled_from(
    ["Sửa đổi", "Bãi bỏ", "bổ sung", "thay thế", "hết hiệu lực", "Điều 5", "khoản 2", "điểm a", "Mẫu số 01", "Phụ lục I", "“", "”", "như sau:",
     "Nghị định số 1/2010/NĐ-CP", "này", "cụm từ", "tại", "vào sau", "bằng", ";", ".", ":", "\n", "\n1. ", "\na) ", "\nĐiều 2. ", "và", ",", "(", ")"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join)))
def test_any_text_gives_well_formed_targets_and_spans_within_it(text: str) -> None:
    structure = parse_structure(f"Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 10/2020/NĐ-CP\n{text}")
    source = whole_text(structure)
    for one in find_instructions(structure, ACT):
        spans = [
            one.span,
            *one.new_text,
            *(span for change in one.replacements for span in (change.old, change.new) if span),
        ]
        assert all(0 <= start < end <= len(source) for start, end in spans)
        assert one.targets
        for target in one.targets:
            assert target.place.is_rooted or not target.place.steps
            assert not target.place.path or parse_path(target.place.path) is not None


@pytest.mark.parametrize(
    ("file", "number", "expected"),
    [
        ("26_2023_QH15.txt", "59/2014/QH13", ("repeal", "", date(2024, 7, 1))),
        ("26_2023_QH15.txt", "61/2020/QH14", ("replace", "phu-luc-4", date(2024, 7, 1))),
        ("36_2024_QH15.txt", "23/2008/QH12", ("repeal", "", date(2025, 1, 1))),
        ("303_2025_NĐ-CP.txt", "101/2020/NĐ-CP", ("replace", "", date(2025, 11, 20))),
        ("302_2025_NĐ-CP.txt", "", None),
        ("58_2026_NĐ-CP__OCR.txt", "99/2016/NĐ-CP", ("amend", "dieu-1.khoan-2.diem-a", date(2026, 3, 15))),
    ],
)
def test_real_acts(real_data: Path, file: str, number: str, expected: tuple[str, str, date] | None) -> None:
    text = (real_data / "fulltext" / file).read_text(encoding="utf-8").split("\n", 1)[1]
    head = parse_head(text)
    reference = DocumentReference(Identity(head.type, head.number, head.issuer, head.issued), head.title)
    found = {
        (one.action.value, target.path, one.effective)
        for one in find_instructions(parse_structure(text), reference)
        for target in one.targets
        if target.document and target.document.identity.number == number
    }
    assert (expected in found) if expected else not found
