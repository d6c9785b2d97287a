"""Cells, fees, days and codes of procedures are read for what they say, and unknown stays unknown. Cells here are made up."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.parse.procedures import NotAProcedureError, kind_of, read_detail, read_record, read_rendered, records_in
from corpus.parse.procedures.bases import each_once, legal_basis
from corpus.parse.procedures.bases_cell import read_bases
from corpus.parse.procedures.dossier_cell import read_dossier
from corpus.parse.procedures.fees import amounts_in, fee_of, fees_in, says_no_fee
from corpus.parse.procedures.methods_cell import read_methods, torn_time_and_amount
from corpus.parse.procedures.rendered import read_results
from corpus.parse.procedures.values import number_of, time_in, time_of, vietnamese_day
from kb.model import Channel, FeeState, ProcedureParts, TimeUnit

FEES = [
    # number, note, beside, state
    (0, "", "", "free"),
    (0, "Không có", "", "free"),
    (0, "Miễn lệ phí (Thông tư số 47/2019/TT-BTC).", "", "free"),
    (0, "Lệ phí cấp giấy phép: 135.000 đồng/lần", "", "by_note"),
    (0, "150.000/lần", "", "by_note"),
    (0, "0,1% giá trị hợp đồng", "", "by_note"),
    (0, "01 triệu đồng", "", "by_note"),
    (0, "Theo quy định của Hội đồng nhân dân cấp tỉnh", "", "by_note"),
    (0, "Miễn lệ phí cho người thuộc hộ nghèo", "", "by_note"),
    (0, "Miễn phí từ ngày 07/4/2026 đến 30/6/2026", "", "by_note"),
    (0, "Chưa quy định.", "", "unknown"),
    (0, "", "Phí: 2.000 đồng/trang", "by_note"),
    (0, "", "Dự án có tổng mức đầu tư trên 15 tỷ đồng", "free"),
    (0, "", "Nộp tại Bộ phận Một cửa theo Nghị định số 118/2025/NĐ-CP", "free"),
    (10000, "", "", "amount"),
    (10000, "Trường hợp trực tuyến thu 10.000 đồng/lần", "", "amount"),
    (20, "20.000 đồng/tờ khai", "", "by_note"),
    (None, "", "", "unknown"),
    (None, "Không quy định", "", "unknown"),
    (None, "50.000 đồng", "", "by_note"),
]


@pytest.mark.parametrize(("number", "note", "beside", "state"), FEES)
def test_a_fee_is_what_number_and_note_say_together(number: int | None, note: str, beside: str, state: str) -> None:
    fee = fee_of(None if number is None else Decimal(number), "VNĐ", note, beside=beside)
    assert fee.state.value == state
    assert (fee.amount is not None) == (fee.state is FeeState.AMOUNT)


@pytest.mark.parametrize(
    ("cell", "fees"),
    [
        ("Phí : 0 Đồng", [("free", None)]),
        ("Lệ phí: 200000 ĐồngXem chi tiết", [("amount", "200000")]),
        ("Phí: 150.000 ĐồngXem chi tiết Phí: 500.000 ĐồngXem chi tiết", [("amount", "150000"), ("amount", "500000")]),
        ("Phí: ĐồngXem chi tiết", [("unknown", None)]),
        ("Phí: Không Đồng", [("free", None)]),
        ("Lệ phí: 50.000 đồng/lần ĐồngXem chi tiết", [("by_note", None)]),
        ("Lệ phí: Theo quy định", [("by_note", None)]),
        ("", []),
    ],
)
def test_fees_of_the_old_portal_are_read(cell: str, fees: list[tuple[str, str | None]]) -> None:
    found = [(fee.state.value, None if fee.amount is None else str(fee.amount)) for fee in fees_in(cell)]
    assert found == fees


@pytest.mark.parametrize(
    ("note", "amounts"),
    [
        ("20.000 đồng/lần; nộp trực tuyến: 10.000 đồng", [20000, 10000]),
        ("Thông tư số 25/2021/TT-BTC ngày 07/4/2021", []),
        ("145 USD/thẻ", [145]),
        ("02 triệu đồng", [2000000]),
        ("1,5 triệu đồng", [1500000]),
        ("Điều 4", []),
    ],
)
def test_amounts_are_told_from_other_figures(note: str, amounts: list[int]) -> None:
    assert list(amounts_in(note)) == amounts


HEADER = "Hình thức nộpThời gianPhí, lệ phíMô tả"
METHODS = [
    ("Trực tuyến7 Ngày làm việc10,000 Việt Nam Đồng(Thu 10.000 đồng/lần.)", [("online", "7", "working_day", "amount")]),
    ("Trực tiếp1Miễn phí", [("direct", "1", "unknown", "free")]),
    ("Trực tiếpKhông có thông tin10 USD(/bản)Tại cơ quan đại diện.", [("direct", "None", "unknown", "amount")]),
    ("Trực tuyến120 VNĐDịch vụ bưu chính3 NgàyMiễn phí", [("online", "1", "unknown", "amount"), ("postal", "3", "day", "free")]),
    ("Trực tiếp140,000 Việt Nam Đồng(Xe ô tô)", [("direct", "1", "unknown", "amount")]),
    ("Trực tuyến125 VNĐ", [("online", "None", "unknown", "unknown")]),
    ("Trực tiếp2 NgàyKhông có thông tinTrực tiếp tại trụ sở", [("direct", "2", "day", "-")]),
    ("Trực tuyếnKhông quy địnhMiễn phíQua Cổng", [("online", "None", "unknown", "free")]),
    ("Trực tiếp3 NgàyMiễn phí(a) Cấp: 30.000 đồng.  b) Đổi: 5.000 đồng.)Nộp tại Sở", [("direct", "3", "day", "by_note")]),
    ("Trực tiếp3 NgàyMiễn phí(1) Cách thức: nộp hồ sơ", [("direct", "3", "day", "free")]),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "rows"), METHODS)
def test_glued_rows_of_methods_come_apart(cell: str, rows: list[tuple[str, str, str, str]]) -> None:
    found = [
        (
            method.channel.value if method.channel else "",
            str(method.time.value),
            method.time.unit.value,
            method.fees[0].state.value if method.fees else "-",
        )
        for method in read_methods(HEADER + cell)
    ]
    assert found == rows


@pytest.mark.parametrize(
    ("figures", "parts"),
    [
        ("120", ("1", "20")),
        ("140,000", ("1", "40,000")),
        ("1100,000", ("1", "100,000")),
        ("125", None),
        ("14", ("1", "4")),
    ],
)
def test_a_time_that_ran_into_an_amount_is_cut_only_where_there_is_one_way(figures: str, parts: object) -> None:
    assert torn_time_and_amount(figures) == parts


TABLE = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
PAPERS = [
    (f"--{TABLE}Đơn đề nghị1 bản chínhBản sao hợp đồng0 bản chính,1 bản sao",
     [("", [("Đơn đề nghị", 1, 0, []), ("Bản sao hợp đồng", 0, 1, [])])]),
    (f"--{TABLE}Tờ khai (Mẫu CT01)1.MuCT01.doc1 bản chính", [("", [("Tờ khai (Mẫu CT01)", 1, 0, ["1.MuCT01.doc"])])]),
    (f"--{TABLE}Đơn theo Nghị định số 52/2024/NĐ-CP;Mẫu số 04.docx1 bản chính",
     [("", [("Đơn theo Nghị định số 52/2024/NĐ-CP;", 1, 0, ["Mẫu số 04.docx"])])]),
    (f"--{TABLE}Tờ khai: 01 bản chính.1 bản chính", [("", [("Tờ khai: 01 bản chính.", 1, 0, [])])]),
    (f"--{TABLE}Báo cáo năm 20261 bản chínhPhụ lục số 011 bản chính",
     [("", [("Báo cáo năm 2026", 1, 0, []), ("Phụ lục số 01", 1, 0, [])])]),
    (f"Trường hợp một{TABLE}Đơn1 bản chínhTrường hợp hai{TABLE}Thẻ2 bản chính",
     [("Trường hợp một", [("Đơn", 1, 0, [])]), ("Trường hợp hai", [("Thẻ", 2, 0, [])])]),
    (f"--{TABLE}Hợp đồng (01 bản chính hoặc 01 bản sao có chứng thực)1 bản chính",
     [("", [("Hợp đồng (01 bản chính hoặc 01 bản sao có chứng thực)", 1, 0, [])])]),
    (f"--{TABLE}Mau 1.docxMau 2.docx1 bản chính", [("", [("Mau 1.docxMau 2.docx", 1, 0, [])])]),
    (f"--{TABLE}Giấy tờ bị cắt", [("", [("Giấy tờ bị cắt", None, None, [])])]),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "cases"), PAPERS)
def test_glued_rows_of_papers_come_apart(cell: str, cases: object) -> None:
    found = [
        (case.name, [(p.name, p.originals, p.copies, [form.name for form in p.forms]) for p in case.components])
        for case in read_dossier(cell)
    ]
    assert found == cases


def test_a_note_among_the_papers_is_marked() -> None:
    (case,) = read_dossier(f"--{TABLE}Đơn1 bản chính*Lưu ý: không phải nộp0 bản chính")
    assert [paper.is_note for paper in case.components] == [False, True]


BASES = "Tên văn bản pháp lýMã văn bản"
CELLS = [
    ("Luật Khiếu nại năm 201102/2011/QH13Thông tư 26/2025/TT-BTC26/2025/TT-BTC", ["02/2011/QH13", "26/2025/TT-BTC"]),
    ("Thông tư số 53/2025/TT-BCAngày 01/7/2025 sửa đổi Thông tư số 55/2021/TT-BCA53/2025/TT-BCA", ["53/2025/TT-BCA"]),
    ("hông tư số 06/2025/TT-BTC của Bộ Tài chính06/2025/TT-BTC", ["06/2025/TT-BTC"]),
    ("Nghị định số 146/2025/NĐ-CPnghị định 146/2025Luật Đất đai31/2024/QH15", ["146/2025/NĐ-CP", "31/2024/QH15"]),
    ("Thông tư số 03/2023/TT-BTP ngày 02/8/2023 của Bộ Tư phápThông tư số 03/2023/TT-BTP", ["03/2023/TT-BTP"]),
    ("Luật 60/2014/QH1360/2014/QH13", ["60/2014/QH13"]),
    ("Luật Địa chất và Khoáng sản54/2024/QH15193/2025/NĐ-CP193/2025/NĐ-CP", ["54/2024/QH15", "193/2025/NĐ-CP"]),
    ("Về phí90/2019/TT-BTCsửa đổi Thông tư số 261/2016/TT-BTC74/2021/TT-BTC", ["90/2019/TT-BTC", "74/2021/TT-BTC"]),
    ("Luật Đất đai31/2024/QH15LUẬT ĐẤT ĐAI31/2024/QH15", ["31/2024/QH15"]),
    ("Thuế tiêu thụ đặc biệt66/2025/QH15 Nghị định về cắt giảm18/2026/NĐ-CP", ["66/2025/QH15", "18/2026/NĐ-CP"]),
    ("Ban hành quy chế06/QĐ-TTg", ["06/QĐ-TTg"]),
    ("Không có thông tin", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "numbers"), CELLS)
def test_glued_legal_bases_come_apart_and_each_is_given_once(cell: str, numbers: list[str]) -> None:
    found = [basis.reference.identity.number if basis.reference else "?" for basis in read_bases(BASES + cell)]
    assert found == numbers


@pytest.mark.parametrize(
    ("name", "code", "number"),
    [
        ("Nghị định số 146/2025/NĐ-CP", "nghị định 146/2025", "146/2025/NĐ-CP"),
        ("Nghị định số 146/2025/NĐ-CP", "146/2025", "146/2025/NĐ-CP"),
        ("", "hông tư số 06/2025/TT-BTC", "06/2025/TT-BTC"),
        ("Thông tư số 53/2025/TT-BCAngày 01/7/2025", "", "53/2025/TT-BCA"),
        ("Sửa đổi Nghị định", "Luật số 32/2024/QH15", "32/2024/QH15"),
        ("Một văn bản", "không rõ", None),
        ("Một văn bản dài nói rất nhiều điều trước khi sửa đổi Nghị định số 59/2022/NĐ-CP", "x", None),
    ],
)
def test_a_code_that_is_no_number_is_kept_and_resolved_where_it_can_be(
    name: str, code: str, number: str | None
) -> None:
    basis = legal_basis(name, code)
    assert (basis.name, basis.code) == (name, code)
    assert (basis.reference.identity.number if basis.reference else None) == number


def test_a_number_that_names_no_one_document_takes_what_the_name_adds() -> None:
    name = "Nghị quyết số 151/2018/NQ-HĐND ngày 12/7/2018 của HĐND thành phố Hà Nội"
    local = legal_basis(name, "151/2018/NQ-HĐND").reference
    assert local is not None
    assert str(local.identity.issued) == "2018-07-12"
    yearless = legal_basis("Nghị định số 225/2025/NĐ-CP của Chính phủ", "225/NĐ-CP").reference
    assert yearless is not None
    assert yearless.identity.number == "225/2025/NĐ-CP"
    other = legal_basis("Sửa đổi Nghị định số 156/2018/NĐ-CP", "227/NĐ-CP").reference
    assert other is not None
    assert other.identity.number == "227/NĐ-CP"


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("10,000", "10000"),
        ("10.000", "10000"),
        (10.5, "10.5"),
        ("10.5", "10.5"),
        ("0.125", "0.125"),
        ("x", "None"),
        (True, "None"),
    ],
)
def test_a_figure_is_read_with_its_thousands(value: object, number: str) -> None:
    assert str(number_of(value)) == number


def test_a_law_without_a_number_is_known_by_its_name() -> None:
    reference = legal_basis("Luật Cư trú", "").reference
    assert reference is not None
    assert (reference.identity.number, reference.title) == ("", "Luật Cư trú")


def test_legal_bases_of_one_document_are_given_once() -> None:
    bases = [legal_basis("Thông tư A", "11/2016/TT-BCT"), legal_basis("THÔNG TƯ A", "Thông tư 11/2016/TT-BCT")]
    assert len(each_once(bases)) == 1


@pytest.mark.parametrize(
    ("cell", "results"),
    [
        ("Giấy khai sinhMã: KQ.G15.000031Từ khóaKhông có thông tinMô tảKhông có thông tin", ["Giấy khai sinh"]),
        ("Một việcMã: KQ.G01.000064Hai việcMã: KQ.G01.000065", ["Một việc", "Hai việc"]),
        ("Giấy phépChọn cơ quan thực hiệnTỉnh/ Thành phốBộ ngànhNộp hồ sơ", ["Giấy phép"]),
        ("Văn bảnMã: VBTT", ["Văn bản"]),
        ("", []),
    ],
)
def test_results_have_neither_codes_nor_buttons(cell: str, results: list[str]) -> None:
    assert list(read_results(cell)) == results


@pytest.mark.parametrize(
    ("epoch", "day"),
    [
        (1625504400000, date(2021, 7, 6)),  # 17:00 UTC of the day before: midnight in Việt Nam
        (1565481600000, date(2019, 8, 11)),  # midnight UTC
        ("1565481600000", date(2019, 8, 11)),
        ("2021-07-05T17:00:00Z", date(2021, 7, 6)),
        ("2021-07-06", date(2021, 7, 6)),
        (0, None),
        (None, None),
        (True, None),
        ("hôm qua", None),
        (10**30, None),
    ],
)
def test_epochs_are_vietnamese_days(epoch: object, day: date | None) -> None:
    assert vietnamese_day(epoch) == day


@pytest.mark.parametrize(
    ("value", "unit", "time"),
    [
        (7, "WORKING_DAY", (7, TimeUnit.WORKING_DAY)),
        (7, None, (7, TimeUnit.UNKNOWN)),
        (7, "FORTNIGHT", (7, TimeUnit.UNKNOWN)),
        (0, "DAY", (None, TimeUnit.UNKNOWN)),
        (None, "DAY", (None, TimeUnit.UNKNOWN)),
        ("2.5", "HOUR", (Decimal("2.5"), TimeUnit.HOUR)),
    ],
)
def test_a_time_limit_needs_a_number_and_keeps_an_unknown_unit(value: object, unit: object, time: object) -> None:
    found = time_of(value, unit)
    assert (found.value, found.unit) == time


def test_a_time_in_words_stays_words() -> None:
    assert time_in("Trong ngày làm việc").note == "Trong ngày làm việc"
    assert time_in("1 Năm").unit is TimeUnit.YEAR


DETAIL: dict[str, object] = {"id": "a1", "code": "1.000001", "name": "Thủ tục thử", "executionMethods": []}


def test_optional_keys_may_be_absent() -> None:
    procedure = read_detail(DETAIL)
    assert procedure.parts is not None
    assert procedure.parts == ProcedureParts()
    assert procedure.provenance.address == "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/a1"


def test_the_envelope_of_an_answer_is_opened() -> None:
    assert read_detail({"code": "OK", "message": "", "data": DETAIL}).code == "1.000001"


def test_an_unknown_channel_is_none_and_two_cases_may_share_a_name() -> None:
    case = {"name": "Trường hợp", "profileComponents": [{"name": "Đơn", "originalQty": 1, "copyQty": 2}]}
    procedure = read_detail(
        DETAIL | {"executionMethods": [{"submissionMethod": "FAX"}], "executionCases": [case, case]}
    )
    assert procedure.parts is not None
    assert procedure.parts.methods[0].channel is None
    assert [case.components[0].copies for case in procedure.parts.dossier] == [2, 2]


def test_several_levels_can_hold_at_once() -> None:
    procedure = read_detail(DETAIL | {"isMinistry": True, "isWard": True, "isProvince": False})
    assert procedure.parts is not None
    assert procedure.parts.levels == ("Cấp bộ", "Cấp xã")


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "x",
        7,
        {},
        {"code": "1.000001"},
        {"code": "x", "name": "y"},
        {"data": {"name": "y"}},
        {"code": 1.2, "name": 3},
    ],
)
def test_what_is_no_procedure_is_refused_with_a_reason(data: object) -> None:
    with pytest.raises(NotAProcedureError, match="is not a procedure"):
        read_detail(data)


def test_lists_and_envelopes_give_their_records() -> None:
    assert records_in({"code": "OK", "data": {"items": [DETAIL, DETAIL], "total": 2}}) == [DETAIL, DETAIL]
    assert records_in([DETAIL]) == [DETAIL]
    assert kind_of(DETAIL) == "dichvucong"
    assert kind_of({"number": "1"}) == ""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted({
        "code", "name", "data", "executionMethods", "fees", "value", "description", "executionCases", "profileComponents",
        "originalQty", "copyQty", "attachments", "legalBasisesDetails", "procedureProposal", "decisionDate", "processingTime",
        "processingTimeUnit", "executionSteps", "departmentsExecuting", "resultsDetails", "codeNotation",
    })), inner, max_size=6),
    max_leaves=30,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(["executionMethods", "executionCases", "procedureProposal", "legalBasisesDetails",
                                        "executionSteps", "isWard", "resultsDetails", "cases"]), JSON))  # fmt: skip
def test_any_values_under_the_known_keys_are_read_without_an_untyped_error(extra: dict[str, object]) -> None:
    assert read_detail(DETAIL | extra).code == "1.000001"


@given(JSON)
def test_any_json_is_read_or_refused(data: object) -> None:
    for record in records_in(data):
        with suppress(NotAProcedureError):
            assert read_record(record, address="x").code


GLUED = st.lists(
    st.sampled_from(
        ["Trực tuyến", "Trực tiếp", "Dịch vụ bưu chính", "7 Ngày", "Miễn phí", "10,000 VNĐ", "(", ")", "a)", "1", "0", " ", "Không có thông tin",
         TABLE, "1 bản chính", ",1 bản sao", ".docx", "Mẫu", "59/2022/NĐ-CP", "QH13", "Nghị định số ", "năm 2020", "Mã: KQ.", "Từ khóa", "Mô tả",
         "đồng", "12", "\n", "Phí:", "Cơ quan thực hiện"]
    ) | st.text(max_size=8),
    max_size=40,
).map("".join)  # fmt: skip


@given(GLUED)
def test_any_cell_is_read_and_nothing_of_a_paper_is_made_up(cell: str) -> None:
    record = {
        "ma_thu_tuc": "1.000001",
        "ten_thu_tuc": "Thử",
        **dict.fromkeys(["cach_thuc_thuc_hien", "thanh_phan_ho_so", "can_cu_phap_ly", "ket_qua_xu_ly"], cell),
    }
    parts = read_rendered(record).parts
    assert parts is not None
    squeezed = "".join(cell.split())
    for case in parts.dossier:
        assert all("".join(paper.name.split()) in squeezed for paper in case.components)
    assert all("".join(basis.name.split()) in squeezed for basis in parts.legal_bases)


@given(st.text(max_size=60) | GLUED)
def test_text_functions_never_raise(text: str) -> None:
    says_no_fee(text)
    fees_in(text)
    fee_of(Decimal(0), note=text, beside=text)
    time_in(text)
    legal_basis(text, text)


def test_long_cells_are_read_in_linear_time() -> None:
    """Each would take minutes if a pattern went back over what it had read."""
    for piece in ("Trực tuyến", "1 bản chính", "59/2022/NĐ-CP", "(", "a.docx", "Từ khóa", "10.000 đồng ", "Mẫu so "):
        read_rendered({"ma_thu_tuc": "1.000001", "ten_thu_tuc": "x", **dict.fromkeys(
            ["cach_thuc_thuc_hien", "thanh_phan_ho_so", "can_cu_phap_ly", "ket_qua_xu_ly"], piece * 5_000)})  # fmt: skip


def test_channels_are_known_by_all_their_names() -> None:
    assert [method.channel for method in read_methods("Dịch vụ bưu chính1 NgàyMiễn phí")] == [Channel.POSTAL]
