"""Forms in which documents order things that are less common; every sentence here is made up."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.parse.structure import parse_structure
from corpus.parse.tasks.owners import find_owner, is_agency
from kb.model import DeadlineKind, ProvisionKind
from tests.corpus.tasks_made_up import DIRECTIVE, END, HEAD, PLAN, prose, read, table


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Các cơ sở đào tạo rà soát phần mềm thử", "Các cơ sở đào tạo"),
        ("Các cơ quan quản lý trực tiếp trường thử phối hợp chỉ đạo", "Các cơ quan quản lý trực tiếp trường thử"),
        (
            "Các cơ quan được phân công chủ trì nhiệm vụ tại Phụ lục khẩn trương làm thử",
            "Các cơ quan được phân công chủ trì nhiệm vụ tại Phụ lục",
        ),
        (
            "Các cơ quan, đơn vị được giao nhiệm vụ thực hiện việc thử phải trình hồ sơ",
            "Các cơ quan, đơn vị được giao nhiệm vụ thực hiện việc thử",
        ),
        ("Các doanh nghiệp cung cấp dịch vụ thử chủ động rà soát", "Các doanh nghiệp cung cấp dịch vụ thử"),
        ("Các đơn vị thực hiện nghiêm quy định và báo cáo", "Các đơn vị"),
        ("Các bộ, cơ quan phối hợp chặt chẽ với Bộ Y tế làm thử", "Các bộ, cơ quan"),
        ("Các cơ quan chức năng tạo điều kiện làm thử", "Các cơ quan chức năng"),
        ("Ủy ban quản lý vốn thử tăng cường kiểm tra", "Ủy ban quản lý vốn thử"),
        ("Ban Chỉ đạo cấp quân khu xây dựng kế hoạch thử", "Ban Chỉ đạo cấp quân khu"),
        ("Bộ Y tế - cơ quan thường trực của việc thử chủ trì, phối hợp với Bộ Tư pháp", "Bộ Y tế"),
        ("Trong đó giao Giám đốc Công an tỉnh chỉ đạo làm thử", "Giám đốc Công an tỉnh"),
        ("Đối với các bộ, ngành: làm thử", "các bộ, ngành"),
    ],
)
def test_a_body_is_told_by_what_it_does_or_is(text: str, lead: str) -> None:
    owner = find_owner(text)
    assert owner is not None
    assert owner.lead == lead


@pytest.mark.parametrize(
    "text",
    [
        "Đối với các cơ quan, tổ chức vi phạm, xem xét xử lý theo quy định",
        "Đồng thời báo cáo kết quả (qua Văn phòng Chính phủ, Bộ Tài chính) về việc thử",
    ],
)
def test_whom_an_order_concerns_does_not_act(text: str) -> None:
    assert find_owner(text) is None


def test_a_name_with_what_it_is_besides_is_a_heading() -> None:
    assert is_agency("Bộ Y tế - Cơ quan thường trực Ban Chỉ đạo về phát triển việc thử")


def test_a_bracket_behind_the_order_names_who_acts() -> None:
    (task,) = read(f"{HEAD}1. Lập đoàn kiểm tra (giao Công an tỉnh chủ trì, phối hợp với Sở Tư pháp).{END}", DIRECTIVE)
    assert (task.lead, task.coordinating) == ("Công an tỉnh", "Sở Tư pháp")


def test_thanks_order_nothing() -> None:
    assert prose("Bộ Y tế trân trọng cám ơn./.") == ()


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("Các bộ phải trình hồ sơ trong tháng 3 năm 2025 để làm thử.", DeadlineKind.MONTH, date(2025, 3, 31)),
        ("Bộ Y tế đánh giá cán bộ, nhất là người đứng đầu trong năm 2025.", DeadlineKind.NONE, None),
    ],
)
def test_an_aside_sets_no_deadline(text: str, kind: DeadlineKind, day: date | None) -> None:
    (task,) = prose(f"1. {text}")
    assert (task.deadline_kind, task.deadline) == (kind, day)


_PARTS = """A. MỤC ĐÍCH
Làm thử.
B. NHIỆM VỤ
I. CÔNG TÁC THỬ ĐẾN NĂM 2030
1. Nội dung, biện pháp
a) Tổ chức hội nghị thử;
b) Ban hành quy chế của Bộ Y tế; Bộ Tư pháp hướng dẫn làm thử.
2. Cơ quan chủ trì, phối hợp
a) Cơ quan chủ trì
- Bộ Y tế.
- Các bộ liên quan.
b) Cơ quan phối hợp
- Bộ Tư pháp.
3. Thời gian thực hiện: Quý II/2025.
C. TỔ CHỨC THỰC HIỆN ĐẾN NĂM 2030
1. Bộ Công an
Chủ trì việc thử.
"""


def test_tasks_agencies_and_time_may_stand_in_lists_of_their_own() -> None:
    one, two, three = read(HEAD + _PARTS + END, PLAN)
    assert one.lead == two.lead == "Bộ Y tế; Các bộ liên quan"
    assert one.coordinating == two.coordinating == "Bộ Tư pháp"
    assert one.deadline == two.deadline == date(2025, 6, 30)
    assert one.id.endswith(".y-b.y-i.y-1.y-a")
    assert (three.lead, three.deadline_kind) == ("Bộ Công an", DeadlineKind.NONE)


def test_a_blank_line_within_a_sentence_does_not_end_it() -> None:
    (task,) = prose("1. Bộ Y tế xây dựng nghị định về việc\n\nlàm thử, hoàn thành trong tháng 6/2025.")
    assert task.deadline == date(2025, 6, 30)


def test_a_list_without_numbers_may_print_them_before_the_task() -> None:
    header = ("Nội dung", "Phân công nhiệm vụ", "Tiến độ", "Phương pháp")
    row = ("3. Làm thử việc A", "Chủ trì: Sở Y tế.\nPhối hợp: Sở Tư pháp.", "Quý I/2027", "Họp")
    (task,) = table([header, row])
    assert (task.number, task.summary, task.lead, task.coordinating) == ("3", "Làm thử việc A", "Sở Y tế", "Sở Tư pháp")


def test_an_annexed_plan_may_say_in_its_title_what_it_is_issued_with() -> None:
    text = (
        "QUYẾT ĐỊNH\nĐiều 1. Ban hành kế hoạch.\nĐiều 2. Hiệu lực.\nNơi nhận:\n- Như trên;\n\nKẾ HOẠCH\n\n"
        "LÀM THỬ NĂM 2024 (Kèm theo Quyết định số 9/QĐ-UBND ngày 01/02/2024)\n\nI. MỤC ĐÍCH\n\nII. PHÂN CÔNG\n\n1. Sở Y tế\n\n- Làm thử."
    )
    assert [root.kind for root in parse_structure(text).roots][-1] is ProvisionKind.ANNEX


def test_the_word_for_recipients_may_wrap_in_its_narrow_cell() -> None:
    (task,) = prose("1. Bộ Y tế làm thử.\n|\n*Nơi\nnhận:*\n- Như Điều 3;\n- Lưu: VT.\n")
    assert task.summary == "Bộ Y tế làm thử."


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("Bộ Y tế phối hợp chặt chẽ, xong trước ngày Quốc khánh 02/9/2025.", DeadlineKind.DAY, date(2025, 9, 2)),
        ("Sở Y tế gửi báo cáo về Văn phòng trước 14 giờ, ngày 05/12/2025.", DeadlineKind.DAY, date(2025, 12, 5)),
        ("Bộ Y tế báo cáo Chính phủ trong tháng 3 năm 2025 các việc thử.", DeadlineKind.MONTH, date(2025, 3, 31)),
        ("Bộ Y tế bảo đảm đủ thuốc trong giai đoạn 2025 - 2030.", DeadlineKind.NONE, None),
    ],
)
def test_a_deadline_stands_before_the_day_it_names(text: str, kind: DeadlineKind, day: date | None) -> None:
    (task,) = prose(f"1. {text}")
    assert (task.deadline_kind, task.deadline) == (kind, day)


@pytest.mark.parametrize(
    "text",
    [
        "UBND tỉnh nhận được Báo cáo thử về tổng hợp các việc.",
        "UBND tỉnh có ý kiến như sau:",
        "Bộ trưởng Bộ Y tế chịu trách nhiệm trực tiếp trước Chính phủ về kết quả thực hiện Chỉ thị này.",
        "Thủ tướng Chính phủ yêu cầu các bộ thực hiện nghiêm túc, hiệu quả Chỉ thị này./.",
    ],
)
def test_what_an_issuer_says_of_itself_and_general_duty_are_no_tasks(text: str) -> None:
    assert prose(text) == ()


def test_what_is_said_of_the_work_is_not_ordered() -> None:
    text = "Chính phủ yêu cầu các bộ:\n1. Làm rõ việc thử; báo cáo.\nĐào tạo nghề thử phải gắn với việc làm.\n2. Tổ chức thử.\n"
    assert [task.summary for task in prose(text)] == ["Làm rõ việc thử; báo cáo.", "Tổ chức thử."]


def test_whom_a_running_paragraph_orders_leads_the_list_below_it() -> None:
    text = "Trước việc thử, Bộ trưởng Bộ Y tế yêu cầu các đơn vị trong ngành thực hiện:\n\n(1) Chủ động trực ban.\n\n(2) Rà soát kho."
    assert [task.lead for task in prose(text)] == ["các đơn vị trong ngành"] * 2


def test_a_list_of_what_to_report_on_belongs_to_the_order() -> None:
    text = "1. Bộ Y tế chủ trì, phối hợp với Bộ Tư pháp báo cáo trong tháng 6/2025 các việc sau:\n\n- Tình hình thử;\n\n- Thực trạng thử."
    (task,) = prose(text)
    assert task.summary.endswith("Thực trạng thử.")


def test_a_step_may_begin_with_its_day() -> None:
    text = "1. Bộ Y tế:\n\n- Chỉ đạo Tổng công ty Thử:\n\n+ Từ ngày 15/9/2025, phối hợp làm thử.\n\n+ Từ ngày 01/12/2025, chỉ làm tại quầy."
    assert len(prose(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Phó Thủ tướng Trần Thử đã giao Bộ Y tế xây dựng, ban hành Thông tư; báo cáo trước ngày 30 tháng 11 năm 2012.",
        "Qua sơ kết việc thử, Bộ đã có Công văn đề nghị Tổng công ty Thử tiếp tục phối hợp.",
        "Tổ công tác thử của Chính phủ có văn bản số 3/BC-TCT báo cáo Thủ tướng Chính phủ về việc thử.",
        "Đề nghị các cơ quan, đơn vị nghiêm túc triển khai thực hiện./.",
    ],
)
def test_what_was_ordered_or_written_before_and_the_closing_request_are_no_tasks(text: str) -> None:
    assert prose(text) == ()


def test_an_issuer_may_ask_in_the_first_person() -> None:
    (task,) = prose("Tôi khẩn thiết đề nghị đồng chí Chủ tịch Ủy ban nhân dân các tỉnh tập trung chỉ đạo việc thử.")
    assert task.lead == "đồng chí Chủ tịch Ủy ban nhân dân các tỉnh"


def test_cells_of_the_party_are_bodies() -> None:
    tasks = prose("1. Giao Ban Thử:\n- Làm thử.\n2. Các chi bộ trực thuộc Đảng uỷ:\n- Tổ chức học tập.\n")
    assert [task.lead for task in tasks] == ["Ban Thử", "Các chi bộ trực thuộc Đảng uỷ"]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Thủ đô Thử", "Thủ đô Thử"),
        ("Thành phố Thử Nghiệm nghiên cứu tiêu chí thử", "Thành phố Thử Nghiệm"),
        ("Cán bộ, công chức thuộc Sở nghiêm túc thực hiện quy định thử", "Cán bộ, công chức thuộc Sở"),
        ("Các đơn vị trong Học viện tuyệt đối không tổ chức hội nghị thử", "Các đơn vị trong Học viện"),
        (
            "Hội đồng quản trị các Tổng công ty xây dựng giao thông rà soát",
            "Hội đồng quản trị các Tổng công ty xây dựng giao thông",
        ),
        ("Do đó, các chủ đầu tư cần phối hợp chặt chẽ", "các chủ đầu tư"),
        ("Để thử tốt hơn, Chính phủ yêu cầu các Bộ, ngành tiếp tục làm thử", "các Bộ, ngành"),
        ("Ban chỉ đạo phòng, chống bệnh thử các cấp kiểm tra việc thử", "Ban chỉ đạo phòng, chống bệnh thử các cấp"),
        ("Các Sở chịu sự quản lý của Bộ phát huy vai trò", "Các Sở"),
    ],
)
def test_whoever_may_be_told_is_known_by_the_shape_of_the_name(text: str, lead: str) -> None:
    owner = find_owner(text)
    assert owner is not None
    assert owner.lead == lead


@pytest.mark.parametrize(
    "text",
    [
        "Bộ Y tế sẽ xây dựng quy chế thử.",
        "Căn cứ tình hình thử, Học viện Thử yêu cầu:",
        "Trưởng đơn vị chịu trách nhiệm nếu để xảy ra vi phạm trong đơn vị.",
        "Kính gửi:\n\n- Các thành viên Ban Thử và tổ chức huyện;\n- Sở Y tế.",
    ],
)
def test_intentions_lead_ins_liabilities_and_addressees_order_nothing(text: str) -> None:
    assert prose(text) == ()


def test_a_list_goes_on_behind_the_paragraph_that_belongs_to_its_dash() -> None:
    text = "1. Sở Y tế:\n\n- Làm rõ việc thử.\n\nCác trường phải báo cáo việc thử.\n\n- Rà soát kho thử."
    assert [task.lead for task in prose(text)] == ["Sở Y tế", "Các trường", "Sở Y tế"]


def test_what_an_order_concerns_is_no_order_of_its_own() -> None:
    text = "1. Sở Y tế:\n\n- Đối với vốn thử, vốn khác; dự án thử: các chủ đầu tư tiếp tục chỉ đạo làm thử.\n\n- Dự kiến tăng 20%."
    assert [task.lead for task in prose(text)] == ["các chủ đầu tư"]


def test_the_time_of_a_meeting_is_no_deadline() -> None:
    (task,) = prose("1. Vụ Thử chuẩn bị nội dung phục vụ Hội nghị toàn quốc tổ chức vào quý I/2025.")
    assert task.deadline_kind is DeadlineKind.NONE


def test_rows_may_stand_on_a_line_each_with_bars_between_their_cells() -> None:
    text = (
        f"{HEAD}Thực hiện phụ lục.{END}\nPHỤ LỤC\nDANH MỤC NHIỆM VỤ\n\n"
        "| TT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn |\n|---|:--|---|---|\n"
        "| I | Việc thử | Việc thử | Việc thử |\n\n| 1 | Đề án<br>thử | Bộ Y tế | Quý II/2025 |\n| 2 | Báo cáo | Bộ Tư pháp | 2026 |\n"
    )
    one, two = read(text)
    assert (one.number, one.summary, one.lead, one.deadline) == ("1", "Đề án thử", "Bộ Y tế", date(2025, 6, 30))
    assert (two.lead, two.deadline) == ("Bộ Tư pháp", date(2026, 12, 31))


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Giao các bộ làm thử đường dây mới.", "các bộ"),
        ("Giao Ủy ban nhân dân các tỉnh, thành phố nối lại đường dây thử.", "Ủy ban nhân dân các tỉnh, thành phố"),
        ("Yêu cầu Trung tâm Khảo thí chấm bài thử.", "Trung tâm Khảo thí"),
    ],
)
def test_an_order_is_a_task_though_its_verb_is_not_known(text: str, lead: str) -> None:
    assert [task.lead for task in prose(f"1. {text}")] == [lead]


@pytest.mark.parametrize("text", ["Giao Ban Thử, các phòng và đơn vị.", "Giao Sở Y tế."])
def test_an_order_that_names_only_bodies_tells_nothing(text: str) -> None:
    assert prose(f"1. {text}") == ()


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Trung tâm Khảo thí chấm lại bài thử.", "Trung tâm Khảo thí"),
        ("Các trường chấm bài thử trước ngày 30/6.", "Các trường"),
        ("Mỗi xã dựng một điểm thử.", "Mỗi xã"),
        ("Thuế tỉnh Thử truy thu số tiền thử.", "Thuế tỉnh Thử"),
        ("Hải quan khu vực III thông quan ngay lô hàng thử.", "Hải quan khu vực III"),
        ("Công an tỉnh Thử vây bắt toàn bộ nhóm thử. Kết quả gửi Sở.", "Công an tỉnh Thử"),
        ("Viện kiểm sát nhân dân tỉnh Thử truy tố đúng người.", "Viện kiểm sát nhân dân tỉnh Thử"),
        ("Kho bạc Nhà nước khu vực IV mở tài khoản cho đơn vị.", "Kho bạc Nhà nước khu vực IV"),
        ("Thủ trưởng các đơn vị khoanh vùng các khu thử.", "Thủ trưởng các đơn vị"),
        ("Cán bộ, công chức mặc đồng phục đúng quy định thử.", "Cán bộ, công chức"),
        ("Chủ đầu tư hoàn trả mặt bằng thử.", "Chủ đầu tư"),
    ],
)
def test_a_verb_not_known_is_told_by_the_shape_of_its_sentence(text: str, lead: str) -> None:
    assert [task.lead for task in prose(f"1. {text}")] == [lead]


@pytest.mark.parametrize(
    "text",
    [
        "Trung tâm khảo thí và kiểm định chất lượng;",
        "Các trường mầm non trên địa bàn tỉnh.",
        "Các doanh nghiệp vừa và nhỏ.",
        "Bộ Luật thử năm 2015 (sửa đổi, bổ sung một số điều); Nghị định thử.",
        "Bộ Y tế cũng gặp khó khăn thử.",
        "Sở Y tế còn thiếu các hồ sơ thử.",
        "Các bộ, ngành luôn quan tâm việc thử.",
        "Công an tỉnh Thử đã vây bắt toàn bộ nhóm thử.",
        "Công an tỉnh Thử đạt toàn bộ chỉ tiêu thử.",
    ],
)
def test_names_and_what_bodies_are_or_did_order_nothing(text: str) -> None:
    assert prose(f"1. {text}") == ()


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Nối lại các đường dây thử.", 1),
        ("Khoanh vùng kịp thời nơi thử nghiệm, không để lan rộng.", 1),
        ("Công tác thử từng bước đi vào nền nếp.", 0),
        ("Nối lại các đường dây là việc khó.", 0),
        ("Kinh phí các năm thử.", 0),
        ("Một số nơi kịp thời làm thử.", 0),
    ],
)
def test_whom_a_document_addresses_is_told_by_sentences_of_the_shape_of_an_order(sentence: str, count: int) -> None:
    text = f"Thủ tướng Chính phủ yêu cầu Bộ trưởng Bộ Y tế thực hiện các nhiệm vụ sau đây:\n\n1. {sentence}"
    assert len(prose(text)) == count
