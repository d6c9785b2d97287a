"""Labelled words of a plan: "Đơn vị chủ trì: …", "Thời gian thực hiện: …", each on its own or in one sentence."""

from __future__ import annotations

import re

from corpus.parse.tasks.columns import Column

_WHO = (
    r"(?:(?:các\s+)?(?:cơ quan|đơn vị|địa phương|tổ chức|bộ phận)(?:\s*,\s*(?:đơn vị|địa phương|tổ chức|cá nhân))*\s+)?"
)
_LABELS = (
    (Column.COORDINATING, _WHO + r"phối hợp(?:\s+(?:thực hiện|chính|triển khai))?"),
    (
        Column.LEAD,
        _WHO
        + r"(?:chịu trách nhiệm\s+|được\s+)?(?:chủ trì|chủ trì\s+(?:thực hiện|tham mưu|triển khai)|thực hiện|đầu mối"
        r"|phân công(?:\s+thực hiện)?|phân công nhiệm vụ)",
    ),
    (
        Column.DEADLINE,
        (
            r"(?:thời gian|thời hạn|tiến độ|lộ trình|hạn)(?:\s+(?:hoàn thành|thực hiện|triển khai|báo cáo|trình|dự kiến"
            r"|ban hành|và lộ trình|hoàn thiện)){0,3}"
        ),
    ),
    (
        Column.PRODUCT,
        (
            r"(?:dự kiến\s+)?(?:sản phẩm|kết quả|đầu ra)(?:\s+(?:đầu ra|dự kiến|đạt được|cần đạt|thực hiện|chủ yếu"
            r"|hoàn thành|của nhiệm vụ)){0,2}"
        ),
    ),
    (
        Column.TASK,
        r"(?:tên\s+)?(?:nhiệm vụ|nội dung)(?:\s+(?:thực hiện|công việc|nhiệm vụ|cụ thể|hoạt động|triển khai))?",
    ),
)
_LABEL = re.compile(
    r"(?:^|(?<=[.;(,:–-])\s+|(?<=\()|(?<=[.;])\s*-\s*)(?:[-+–•*]\s*)?(?:"
    + "|".join(f"(?P<{column.value}>{words})" for column, words in _LABELS)
    + r")\s*:\s*",
    re.IGNORECASE,
)


def read_labels(text: str) -> tuple[str, dict[Column, str]]:
    """The text before the first label, and the words after each label; a label without words has empty ones.

    >>> read_labels("Xây dựng đề án. Cơ quan chủ trì: Bộ Công an; thời gian: quý III/2025.")
    ('Xây dựng đề án.', {<Column.LEAD: 'lead'>: 'Bộ Công an', <Column.DEADLINE: 'deadline'>: 'quý III/2025'})
    """
    marks = list(_LABEL.finditer(text))
    if not marks:
        return text, {}
    ends = [match.start() for match in marks[1:]] + [len(text)]
    fields: dict[Column, str] = {}
    for match, end in zip(marks, ends, strict=True):
        column = Column(match.lastgroup or "")
        fields.setdefault(column, text[match.end() : end].strip(" ;.,()-"))
    return text[: marks[0].start()].strip().removesuffix("(").strip(), fields
