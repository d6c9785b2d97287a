"""Tasks in prose: who is told to do what, however deep it is nested. All sentences are made up."""

from __future__ import annotations

from datetime import date

import pytest

from kb.model import DeadlineKind, Identity, PartialDate, Task
from tests.corpus.tasks_made_up import PLAN, prose, read


def _leads(tasks: tuple[Task, ...]) -> list[str]:
    return [task.lead for task in tasks]


def test_a_sentence_names_who_leads_who_coordinates_and_until_when() -> None:
    (task,) = prose("1. Bộ Công an chủ trì, phối hợp với Bộ Tư pháp làm thử; hoàn thành trong tháng 6/2024.")
    assert (task.lead, task.coordinating) == ("Bộ Công an", "Bộ Tư pháp")
    assert (task.deadline_kind, task.deadline) == (DeadlineKind.MONTH, date(2024, 6, 30))
    assert task.summary == "Bộ Công an chủ trì, phối hợp với Bộ Tư pháp làm thử; hoàn thành trong tháng 6/2024."
    assert (task.path, task.place) == ("y-1", "mục 1")


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        (
            "1. Bộ Công an:\na) Làm thử một việc;\nb) Rà soát việc thử.\n2. Bộ Y tế làm thử.",
            ["Bộ Công an"] * 2 + ["Bộ Y tế"],
        ),
        ("1. Bộ Công an\n- Xây dựng đề án thử.\n- Báo cáo kết quả thử.", ["Bộ Công an"] * 2),
        ("1. Bộ Công an chủ trì, phối hợp với các bộ:\n- Làm thử.\n- Tổ chức tập huấn thử.", ["Bộ Công an"] * 2),
        ("1. Bộ Công an: (1) Khẩn trương làm thử; (2) Báo cáo việc thử.", ["Bộ Công an"] * 2),
        ("1. Giao Bộ trưởng Bộ Y tế:\na) Làm thử;\nb) Báo cáo.", ["Bộ trưởng Bộ Y tế"] * 2),
        ("1. Các bộ, ngành, địa phương khẩn trương rà soát việc thử.", ["Các bộ, ngành, địa phương"]),
        (
            "1. Về việc thử:\na) Bộ Công an làm thử;\nb) Ủy ban nhân dân các tỉnh, thành phố chỉ đạo làm thử.",
            ["Bộ Công an", "Ủy ban nhân dân các tỉnh, thành phố"],
        ),
        (
            "1. Bộ Công an làm thử trước ngày 30/4/2024; Bộ Y tế tổng hợp, báo cáo trước ngày 30/5/2024.",
            ["Bộ Công an", "Bộ Y tế"],
        ),
        (
            "1. Bộ Tài chính chỉ đạo Bảo hiểm xã hội Việt Nam:\n- Chi trả thử.\n- Cấp thẻ thử.",
            ["Bộ Tài chính"] * 2,
        ),
        ("1. Bộ Xây dựng nghiên cứu các nền tảng thử như:\n- Hệ thống một.\n- Hệ thống hai.", ["Bộ Xây dựng"]),
        ("1. Trên cơ sở đề nghị của các bộ, Bộ Tài chính bố trí kinh phí thử.", ["Bộ Tài chính"]),
    ],
)
def test_the_subject_is_taken_from_what_stands_above(text: str, leads: list[str]) -> None:
    assert _leads(prose(text)) == leads


def test_whom_the_whole_document_addresses_leads_what_names_no_one() -> None:
    tasks = prose(
        "Thủ tướng Chính phủ yêu cầu Bộ trưởng các Bộ, Thủ trưởng cơ quan ngang bộ thực hiện các nhiệm vụ sau:\n1. Rà soát việc thử.\n2. Bộ Y tế làm thử."
    )
    assert _leads(tasks) == ["Bộ trưởng các Bộ, Thủ trưởng cơ quan ngang bộ", "Bộ Y tế"]


def test_a_deadline_of_the_head_holds_for_its_parts() -> None:
    tasks = prose(
        "1. Các Bộ: Y tế, Tư pháp làm thử, hoàn thành trong tháng 4 năm 2024, cụ thể:\n- Bộ Y tế làm một.\n- Bộ Tư pháp làm hai."
    )
    assert [(task.lead, task.deadline) for task in tasks] == [
        ("Bộ Y tế", date(2024, 4, 30)),
        ("Bộ Tư pháp", date(2024, 4, 30)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1. Mục đích, yêu cầu\na) Bảo đảm việc thử được thống nhất.",
        "1. Quan điểm\n- Bộ máy được tinh gọn.",
        "1. Kết quả đạt được\n- Bộ Công an đã hoàn thành việc thử.",
        "1. Bộ trưởng các Bộ chịu trách nhiệm thi hành Chỉ thị này./.",
        "1. Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị báo cáo Bộ Công an.",
        "1. Việc thử được tiến hành hằng năm.",
    ],
)
def test_aims_findings_and_the_clause_of_execution_are_no_tasks(text: str) -> None:
    assert prose(text) == ()


def test_the_labelled_blocks_of_a_plan_are_tasks() -> None:
    text = """ỦY BAN NHÂN DÂN
Số: 92/KH-UBND
KẾ HOẠCH
Làm thử
I. NHIỆM VỤ
1. Về dữ liệu
a) Nhiệm vụ: Xây dựng dữ liệu thử.
b) Cơ quan thực hiện:
- Đơn vị chủ trì: Sở Khoa học và Công nghệ.
- Đơn vị phối hợp: Các sở, ban, ngành.
c) Thời gian thực hiện: Hoàn thành trong năm 2024.
2. Tổ chức tập huấn thử
- Cơ quan chủ trì: Sở Nội vụ.
- Thời hạn: quý III/2024.
II. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ theo dõi việc thử.
"""
    tasks = read(text, PLAN)
    assert [(task.summary, task.lead, task.coordinating, task.deadline) for task in tasks] == [
        ("Xây dựng dữ liệu thử", "Sở Khoa học và Công nghệ", "Các sở, ban, ngành", date(2024, 12, 31)),
        ("Tổ chức tập huấn thử", "Sở Nội vụ", "", date(2024, 9, 30)),
        ("Sở Nội vụ theo dõi việc thử.", "Sở Nội vụ", "", None),
    ]


def test_labels_within_one_sentence_are_read_too() -> None:
    (task,) = prose(
        "1. Xây dựng đề án thử. Cơ quan chủ trì: Bộ Y tế; cơ quan phối hợp: Bộ Tư pháp; thời gian: quý III/2024; sản phẩm: Đề án."
    )
    assert (task.summary, task.lead, task.coordinating) == ("Xây dựng đề án thử.", "Bộ Y tế", "Bộ Tư pháp")
    assert (task.deadline, task.product) == (date(2024, 9, 30), "Đề án")


def test_a_dispatch_without_numbers_orders_in_its_paragraphs() -> None:
    tasks = prose(
        "Thời gian qua, các bộ đã làm nhiều việc.\nThủ tướng Chính phủ yêu cầu Bộ trưởng Bộ Y tế chỉ đạo làm thử trước ngày 30 tháng 6.\nVăn phòng Chính phủ đôn đốc việc thử."
    )
    assert [(task.lead, task.deadline) for task in tasks] == [
        ("Bộ trưởng Bộ Y tế", date(2024, 6, 30)),
        ("Văn phòng Chính phủ", None),
    ]
    assert "2024" in tasks[0].provenance.note


def test_dashes_without_numbers_are_tasks_too() -> None:
    tasks = prose("Thủ tướng Chính phủ yêu cầu:\n- Bộ Y tế làm thử.\n- Bộ Công an, Bộ Tư pháp rà soát việc thử.")
    assert _leads(tasks) == ["Bộ Y tế", "Bộ Công an, Bộ Tư pháp"]


def test_a_decision_assigns_where_it_says_so() -> None:
    decision = Identity("Quyết định", "93/QĐ-TTg", "Thủ tướng Chính phủ", PartialDate(2024, 3, 5))
    text = "QUYẾT ĐỊNH\nĐiều 1. Phê duyệt đề án thử.\nĐiều 2. Giao Bộ Y tế làm thử.\nĐiều 3. Bộ trưởng Bộ Y tế chịu trách nhiệm thi hành Quyết định này."
    (task,) = read(text, decision)
    assert (task.path, task.lead) == ("dieu-2", "Bộ Y tế")


def test_wrapped_lines_do_not_break_a_name() -> None:
    line = (
        "một hai ba bốn năm sáu bảy tám chín\nmười một hai ba bốn năm sáu bảy tám\nchín mười một hai ba bốn năm sáu\n"
    )
    (task,) = prose(f"1. Bộ Khoa học và Công nghệ, Bộ Công\nThương làm thử {line * 4}việc cuối.")
    assert task.lead == "Bộ Khoa học và Công nghệ, Bộ Công Thương"
