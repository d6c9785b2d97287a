"""Where the body of a document ends: its adoption clause, recipients (nơi nhận), and the signer's block."""

from __future__ import annotations

import re

from corpus.parse.lines import Line, next_said

_RECIPIENTS = re.compile(r"(?:Nơi|NƠI)\s*(?:nhận|NHẬN)\s*:?", re.UNICODE)
_ON_BEHALF = re.compile(r"(?:TM|KT|TL|TUQ|T/M|K/T|T/L|Q)\s*\.\s*(?=[A-ZĐÀ-Ỹ]{2})[^a-zà-ỹ]*")
_OFFICES = (
    "BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|PHÓ THỦ TƯỚNG|CHỦ TỊCH|PHÓ CHỦ TỊCH|CHỦ NHIỆM|PHÓ CHỦ NHIỆM|THỐNG ĐỐC|PHÓ THỐNG ĐỐC|"
    "CHÁNH ÁN|PHÓ CHÁNH ÁN|VIỆN TRƯỞNG|PHÓ VIỆN TRƯỞNG|TỔNG KIỂM TOÁN|TỔNG THANH TRA|TỔNG BÍ THƯ|CHÁNH VĂN PHÒNG|GIÁM ĐỐC|"
    "CỤC TRƯỞNG|TỔNG CỤC TRƯỞNG|TỔNG GIÁM ĐỐC|XÁC THỰC VĂN BẢN HỢP NHẤT"
)
_OFFICE = re.compile(rf"(?:QUYỀN )?(?:{_OFFICES})\b[^a-zà-ỹ]*")
_ADOPTED = re.compile(
    r"(?:Bộ luật|Luật|Hiến pháp|Nghị quyết|Pháp lệnh)\s+(?:này\s+)?(?:đã\s+)?(?:này\s+)?(?:đã\s+)?được\s+"
    r"(?:Quốc hội|Ủy ban|Uỷ ban)",
)
_NAME = re.compile(
    r"(?:(?:GS|PGS|TS|ThS|Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|BS|CN)\.?\s*)*"
    r"(?:[A-ZĐÀ-ỸƯƠ][^\W\d_]*\s+){1,5}[A-ZĐÀ-ỸƯƠ][^\W\d_]*"
)
_STAMPED = re.compile(r"\[?\(?(?:đã ký|daky|Đã ký)\)?\]?", re.IGNORECASE)
_NAME_WITHIN = 6  # lines between an office and the name below it


def starts_signature(lines: list[Line], index: int) -> bool:
    """Whether the closing of a document could start on line ``index``."""
    text = lines[index].text
    if not text or lines[index].furniture:
        return False
    if text[0] in "NTKQ" and (_RECIPIENTS.match(text) or _ON_BEHALF.match(text)):
        return True
    if _OFFICE.fullmatch(text):
        return signer_line(lines, index) is not None
    return _is_adoption(lines, index)


def signer_line(lines: list[Line], index: int) -> int | None:
    """The line of the name that stands below the office on line ``index``."""
    for _ in range(_NAME_WITHIN):
        index = next_said(lines, index)
        if index >= len(lines):
            return None
        text = lines[index].text
        if is_name(text):
            return index
        if not (_STAMPED.fullmatch(text) or _OFFICE.match(text) or _ON_BEHALF.match(text)):
            return None
    return None


def is_name(text: str) -> bool:
    """Whether a line is the name of a person: two to six words, each with a capital, not all capitals."""
    return len(text) <= 50 and not text.isupper() and _NAME.fullmatch(text) is not None


def _is_adoption(lines: list[Line], index: int) -> bool:
    """Whether the line starts "Luật này được Quốc hội … thông qua ngày …", which may run over three lines."""
    if lines[index].text[:1] not in "BLHNP":
        return False
    text = " ".join(line.text for line in lines[index : index + 4])
    return _ADOPTED.match(text) is not None and "thông qua" in text
