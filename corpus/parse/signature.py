"""Where the body of a document ends: its adoption clause, recipients (nơi nhận), and the signer's block."""

from __future__ import annotations

import re

from corpus.parse.lines import Line, is_capitals, next_said

_RECIPIENTS = re.compile(r"(?:Nơi|NƠI)\s*(?:nhận|NHẬN)\s*:?")
_ON_BEHALF = re.compile(r"(?:TM|KT|TL|TUQ|T/M|K/T|T/L|Q)\s*\.\s*\w")
_OFFICES = (
    "BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|PHÓ THỦ TƯỚNG|CHỦ TỊCH|PHÓ CHỦ TỊCH|CHỦ NHIỆM|PHÓ CHỦ NHIỆM|THỐNG ĐỐC|PHÓ THỐNG ĐỐC|"
    "CHÁNH ÁN|PHÓ CHÁNH ÁN|VIỆN TRƯỞNG|PHÓ VIỆN TRƯỞNG|TỔNG KIỂM TOÁN|PHÓ TỔNG KIỂM TOÁN|TỔNG THANH TRA|PHÓ TỔNG THANH TRA|"
    "TỔNG BÍ THƯ|BÍ THƯ|CHÁNH VĂN PHÒNG|PHÓ CHÁNH VĂN PHÒNG|GIÁM ĐỐC|PHÓ GIÁM ĐỐC|CỤC TRƯỞNG|PHÓ CỤC TRƯỞNG|TỔNG CỤC TRƯỞNG|"
    "TỔNG GIÁM ĐỐC|PHÓ TỔNG GIÁM ĐỐC|TRƯỞNG BAN|PHÓ TRƯỞNG BAN|ỦY VIÊN"
)
_OFFICE = re.compile(rf"(?:QUYỀN )?(?:{_OFFICES})\b")
_ADOPTED = re.compile(
    r"(?:Bộ luật|Luật|Hiến pháp|Nghị quyết|Pháp lệnh)\s+(?:này\s+)?(?:đã\s+)?(?:này\s+)?(?:đã\s+)?được\s+"
    r"(?:Quốc hội|Ủy ban|Uỷ ban)",
)
_RANK = re.compile(r"(?:(?:GS|PGS|TS|ThS|BS|Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Đại tá)[.\s]\s*)+")
_STAMPED = re.compile(r"\[?\(?(?:đã ký|daky|Đã ký)\)?\]?", re.IGNORECASE)
_NAME_WITHIN = 6  # lines between an office and the name below it


def starts_signature(lines: list[Line], index: int) -> bool:
    """Whether the closing of a document could start on line ``index``."""
    text = lines[index].text
    if not text or lines[index].furniture:
        return False
    if text[0] in "NTKQ" and (_RECIPIENTS.match(text) or _is_on_behalf(text)):
        return True
    if text.casefold() == "nơi" and index + 1 < len(lines) and lines[index + 1].text.casefold().startswith("nhận"):
        return True  # the narrow cell of the recipients wraps
    if _is_office(text):
        return _names_signer(lines, index)
    return _is_adoption(lines, index)


def is_office(text: str) -> bool:
    """Whether a line says in what office the document is signed: "KT. BỘ TRƯỞNG", "PHÓ THỦ TƯỚNG"."""
    return _is_on_behalf(text) or _is_office(text)


def is_name(text: str) -> bool:
    """Whether a line is the name of a person: two to six words, each with one capital, its first letter."""
    words = text[_end_of_rank(text) :].split()
    return 2 <= len(words) <= 6 and all(
        word.isalpha() and word[0].isupper() and not word[1:].isupper() for word in words
    )


def _end_of_rank(text: str) -> int:
    rank = _RANK.match(text)
    return rank.end() if rank else 0


def _is_on_behalf(text: str) -> bool:
    return _ON_BEHALF.match(text) is not None and is_capitals(text)


def _is_office(text: str) -> bool:
    return _OFFICE.match(text) is not None and is_capitals(text)


def _names_signer(lines: list[Line], index: int) -> bool:
    """Whether the name of a person stands below the office on line ``index``."""
    for _ in range(_NAME_WITHIN):
        index = next_said(lines, index)
        if index >= len(lines):
            return False
        if is_name(lines[index].text):
            return True
        if not (_STAMPED.fullmatch(lines[index].text) or is_office(lines[index].text)):
            return False
    return False


def _is_adoption(lines: list[Line], index: int) -> bool:
    """Whether the line starts "Luật này được Quốc hội … thông qua ngày …", which may run over three lines."""
    if lines[index].text[:1] not in "BLHNP":
        return False
    text = " ".join(line.text for line in lines[index : index + 4])
    return _ADOPTED.match(text) is not None and "thông qua" in text
