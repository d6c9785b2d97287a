"""The grammar of source notes, on the forms that the real ones take."""

from __future__ import annotations

import csv
import re
import zipfile
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.codification.note import Note, parse_note
from corpus.codification.page import parse_subject_page
from kb.model import RelationKind
from kb.numbers import number_key

A, S, R, X = RelationKind.AMENDS, RelationKind.SUPPLEMENTS, RelationKind.REPEALS, RelationKind.SUSPENDS
FROM = "có hiệu lực thi hành kể từ ngày"

# Each: the note, then its provisions, type, number, title, day of issue, issuer, effective day.
SOURCES = [
    (
        f"(Điều 1 Luật số 57/2020/QH14 Luật Thanh niên ngày 16/06/2020 của Quốc hội, {FROM} 01/01/2021)",
        (("dieu-1",), "Luật", "57/2020/QH14", "Luật Thanh niên", date(2020, 6, 16), "Quốc hội", date(2021, 1, 1)),
    ),
    (
        f"(Điều 98đ Luật số 23/2004/QH11, {FROM} 01/01/2005 )",
        (("dieu-98dd",), "Luật", "23/2004/QH11", "", None, "", date(2005, 1, 1)),
    ),
    (
        f"(Điều 3 Thông tư liên tịch số 01/2018/TTLT-BCA-BQP- TANDTC-VKSNDTC, {FROM} 12/03/2018)",
        (("dieu-3",), "Thông tư liên tịch", "01/2018/TTLT-BCA-BQP-TANDTC-VKSNDTC", "", None, "", date(2018, 3, 12)),
    ),
    (
        f"(Điều 1 Thông tư số liên tịch 75/2000/TTLT/BTC-GDĐT, {FROM} 01/09/2000)",
        (("dieu-1",), "Thông tư liên tịch", "75/2000/TTLT/BTC-GDĐT", "", None, "", date(2000, 9, 1)),
    ),
    (f"(Điều 7 Thông tư số 105 /2021/TT-BQP, {FROM} 19/09/2021)", (("dieu-7",), "Thông tư", "105/2021/TT-BQP", "", None, "", date(2021, 9, 19))),
    (f"(Điều 3 Quyết định số 18/2021/QĐ-TTg (1), {FROM} 01/07/2021)", (("dieu-3",), "Quyết định", "18/2021/QĐ-TTg", "", None, "", date(2021, 7, 1))),
    (f"(Điều 3 Bộ Luật số 100/2015/QH13, {FROM} 01/01/2018)", (("dieu-3",), "Bộ luật", "100/2015/QH13", "", None, "", date(2018, 1, 1))),
    (f"(Mục 5 Thông tư liên tịch số 18/1999/TTLT/BTCCBCP-BTC-BNNPTNT, {FROM} 20/04/1999)", (("muc-5",), "Thông tư liên tịch", "18/1999/TTLT/BTCCBCP-BTC-BNNPTNT", "", None, "", date(1999, 4, 20))),
    (f"((Thông tư số 03/TC-TCT, {FROM} 01/01/1997))", ((), "Thông tư", "03/TC-TCT", "", None, "", date(1997, 1, 1))),
    (
        f"(Điều 2 Pháp lệnh Về Quyền thử, {FROM} 07/09/1993)",
        (("dieu-2",), "Pháp lệnh", "", "Về Quyền thử", None, "", date(1993, 9, 7)),
    ),
    (
        f"(Điều 1 Pháp lệnh số Không số Về Quyền thử ngày 23/08/1993 của Uỷ ban Thường vụ Quốc hội, {FROM} 07/09/1993)",
        (("dieu-1",), "Pháp lệnh", "", "Về Quyền thử", date(1993, 8, 23), "Uỷ ban Thường vụ Quốc hội", date(1993, 9, 7)),
    ),
    (  # the title names another document with its day: the document's own day comes last
        (f"(Điều 1 Quyết định số 188/2007/QĐ-TTg Về việc sửa đổi Quyết định số 290/2005/QĐ-TTg ngày 08/11/2005 của Thủ tướng "
        f"Chính phủ về chế độ ngày 06/12/2007 của Thủ tướng Chính phủ, {FROM} 29/12/2007)"),
        (("dieu-1",), "Quyết định", "188/2007/QĐ-TTg", "Về việc sửa đổi Quyết định số 290/2005/QĐ-TTg ngày 08/11/2005 của Thủ tướng Chính phủ về chế độ", date(2007, 12, 6), "Thủ tướng Chính phủ", date(2007, 12, 29)),
    ),
    (  # day and issuer before the title
        f"(Điều 43 Thông tư số 27/2013/TT-BTTTT ngày 31/12/2013 của Bộ Thông tin và Truyền thông Quy định về việc thử, {FROM} 15/02/2014)",
        (("dieu-43",), "Thông tư", "27/2013/TT-BTTTT", "Quy định về việc thử", date(2013, 12, 31), "Bộ Thông tin và Truyền thông", date(2014, 2, 15)),
    ),
    (  # the only day is that of the document the title names: the own day is not known
        f"(Điều 2 Thông tư số 16/2013/TT-BTP Sửa đổi Thông tư số 13/2011/TT-BTP ngày 27/06/2011 của Bộ trưởng Bộ Tư pháp về việc ban hành mẫu, {FROM} 10/01/2014)",
        (("dieu-2",), "Thông tư", "16/2013/TT-BTP", "Sửa đổi Thông tư số 13/2011/TT-BTP ngày 27/06/2011 của Bộ trưởng Bộ Tư pháp về việc ban hành mẫu", None, "", date(2014, 1, 10)),
    ),
]  # fmt: skip

# Each: acts and amenders as printed, then kinds, provisions, type, number and effective day of each amender.
AMENDMENTS = [
    (
        f"có nội dung được sửa đổi, có nội dung được bổ sung bởi Điều 1 Thông tư số 49/2018/TT-BGTVT {FROM} 01/01/2019",
        [((A, S), ("dieu-1",), "Thông tư", "49/2018/TT-BGTVT", date(2019, 1, 1))],
    ),
    (
        f"bị bãi bỏ bởi Điều 2 Luật số 48/2014/QH13 {FROM} 01/01/2015; Điều 4 Luật số 35/2018/QH14 {FROM} 01/01/2019",
        [
            ((R,), ("dieu-2",), "Luật", "48/2014/QH13", date(2015, 1, 1)),
            ((R,), ("dieu-4",), "Luật", "35/2018/QH14", date(2019, 1, 1)),
        ],
    ),
    (
        f"có nội dung bị hủy bỏ bởi Điều 1, Điều 2 Thông tư số 11/2018/TT-NHNN {FROM} 01/10/2018",
        [((R,), ("dieu-1", "dieu-2"), "Thông tư", "11/2018/TT-NHNN", date(2018, 10, 1))],
    ),
    (
        "được bãi bỏ theo quy định tại điểm đ khoản 2 Điều 23 Luật Phí và lệ phí số 97/2015/QH13",
        [((R,), ("dieu-23.khoan-2.diem-dd",), "Luật", "97/2015/QH13", None)],
    ),
    (
        (
            "có nội dung được sửa đổi, bổ sung theo quy định tại điểm đ khoản 2 Điều 6 của Luật số 71/2014/QH13 sửa đổi các luật, "
            "có hiệu lực kể từ ngày 01 tháng 01 năm 2015."
        ),
        [((A, S), ("dieu-6.khoan-2.diem-dd",), "Luật", "71/2014/QH13", date(2015, 1, 1))],
    ),
    (
        f"được sửa đổi, bổ sung bởi Nghị định số 113/2021/NĐ-CP, {FROM} 14/12/2021",
        [((A, S), (), "Nghị định", "113/2021/NĐ-CP", date(2021, 12, 14))],
    ),
    (
        f"bị ngưng hiệu lực bởi Điều 1 Thông tư số TT 07/2023/TT-BNNPTNT {FROM} 11/11/2023",
        [((X,), ("dieu-1",), "Thông tư", "07/2023/TT-BNNPTNT", date(2023, 11, 11))],
    ),
    (
        f" bởi Điều 1 Thông tư số 56/2015/TT-BTC {FROM} 08/06/2015",
        [((), ("dieu-1",), "Thông tư", "56/2015/TT-BTC", date(2015, 6, 8))],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SOURCES)
def test_a_note_tells_article_document_and_days(text: str, expected: tuple[object, ...]) -> None:
    note = parse_note(text)

    assert note.source is not None
    source = note.source
    assert (
        source.provisions,
        source.type,
        source.number,
        source.title,
        source.issued,
        source.issuer,
        source.effective,
    ) == expected
    assert note.remainder == ""


@pytest.mark.parametrize(("amended", "expected"), AMENDMENTS)
def test_a_note_tells_who_amended_the_article(amended: str, expected: list[tuple[object, ...]]) -> None:
    note = parse_note(f"(Điều 2 Thông tư số 35/2012/TT-BGTVT, {FROM} 01/01/2013, {amended})")

    found = [(one.kinds, one.by.provisions, one.by.type, one.by.number, one.by.effective) for one in note.amendments]
    assert found == expected
    assert note.remainder == ""


def test_the_wording_of_an_act_is_kept_as_printed() -> None:
    note = parse_note(
        f"(Điều 2 Luật số 1/2012/QH13, {FROM} 01/01/2013, có nội dung bị bãi bỏ bởi Điều 3 Luật số 2/2014/QH13)"
    )

    assert [amendment.wording for amendment in note.amendments] == ["có nội dung bị bãi bỏ"]
    assert note.amendments[0].by.effective is None


def test_the_last_day_of_an_article_is_read() -> None:
    note = parse_note(
        f"(Điều 37 Thông tư số 50/2017/TT-BTC, {FROM} 01/07/2017, có hiệu lực thi hành đến ngày 31/12/2027. )"
    )

    assert note.expires == date(2027, 12, 31)
    assert note.remainder == ""


def test_an_effect_of_single_clauses_is_left_over_and_said() -> None:
    note = parse_note(
        f"(Điều 86 Luật số 08/2022/QH15, {FROM} 01/01/2023, khoản 3 Điều này có hiệu lực thi hành từ ngày 01/01/2028.)"
    )

    assert note.source is not None
    assert note.remainder == "khoản 3 Điều này có hiệu lực thi hành từ ngày 01/01/2028"


def test_a_day_that_does_not_exist_is_unknown() -> None:
    note = parse_note("(Điều 1 Luật số 1/2012/QH13, có hiệu lực thi hành kể từ ngày 31/02/2013)")

    assert note.source is not None
    assert note.source.effective is None


@pytest.mark.parametrize("text", ["", "()", "Thông tư này có hiệu lực thi hành kể từ ngày 28 tháng 6 năm 2017.", "chữ"])
def test_what_is_no_note_comes_back_whole(text: str) -> None:
    assert parse_note(text) == Note(None, remainder=text.strip("() "))


_PIECES = st.sampled_from(
    ["(", ")", "Điều ", "khoản 2 ", "5a ", "Luật ", "số ", "57/2020/QH14", "/", "-", " ngày ", "16/06/2020", "99/99/9999",
     " của ", ", ", "; ", FROM, " bởi ", " theo quy định tại ", "sửa đổi", "\u00a0", "\n", "có hiệu lực", "đến ngày"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(_PIECES).map("".join)))
def test_no_text_makes_the_parser_fail(text: str) -> None:
    note = parse_note(text)

    assert note.source is not None or note.amendments == ()


@pytest.fixture(scope="module")
def real_notes(real_data: Path) -> list[tuple[str, str, Note]]:
    """(code, ItemID, note) of every article of the real package that has a note."""
    found = []
    with zipfile.ZipFile(real_data / "phapdien" / "BoPhapDienDienTu.zip") as package:
        for name in package.namelist():
            if name.startswith("demuc/"):
                for article in parse_subject_page(package.read(name).decode("utf-8-sig"), name).articles:
                    item = article.note_links[0].item_id if article.note_links else ""
                    found += [(article.code.removeprefix("Điều "), item, parse_note(article.note))] * bool(article.note)
    return found


@pytest.mark.slow
def test_all_real_notes_agree_with_the_facts_that_another_parser_read(
    real_data: Path, real_notes: list[tuple[str, str, Note]]
) -> None:
    facts = {row["item_id"]: row for row in _rows(real_data / "phapdien" / "phapdien_documents.csv") if row["number"]}
    sources = [(item, note.source) for _, item, note in real_notes if note.source]
    named: defaultdict[str, Counter[tuple[str, date | None]]] = defaultdict(Counter)
    for item, source in sources:
        named[item][number_key(source.number), source.effective] += 1
    rows = [(facts[item], counter.most_common(1)[0][0]) for item, counter in named.items() if item in facts]

    assert (len(real_notes), len(sources)) == (57_748, 57_747)
    assert len(rows) > 4_000
    assert sum(not _agrees(fact, *ours) for fact, ours in rows) <= 0.005 * len(rows)


def _agrees(fact: dict[str, str], number: str, effective: date | None) -> bool:
    """The other parser cut some numbers off at a blank or "&": "01/2012/QĐ-TT", "33/2005/TT-BGD"."""
    theirs = [int(part) for part in fact["effective_date"].split("/") if part]
    ours = [effective.day, effective.month, effective.year] if effective else []
    return number.startswith(number_key(fact["number"])) and ours == theirs


@pytest.mark.slow
def test_all_real_amendments_agree_with_the_facts_that_another_parser_read(
    real_data: Path, real_notes: list[tuple[str, str, Note]]
) -> None:
    codes = {code for code, _, _ in real_notes}
    theirs = Counter(
        (row["code"], number_key(row["by_number"]))
        for row in _rows(real_data / "phapdien" / "phapdien_amendments.csv")
        if row["by_number"] and row["code"] in codes
    )
    ours = Counter((code, number_key(one.by.number)) for code, _, note in real_notes for one in note.amendments)

    assert theirs.total() > 4_000
    assert (theirs - ours).total() <= 0.005 * theirs.total()


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{key: re.sub(r"\s+", " ", value) for key, value in row.items()} for row in csv.DictReader(file)]
