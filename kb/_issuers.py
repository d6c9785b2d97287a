"""Who issues documents, as "của …" names them after a number."""

from __future__ import annotations

import re

from kb._abbreviations import AGENCIES

_HEADS = ("Bộ trưởng", "Thống đốc", "Tổng Thanh tra", "Chánh án", "Viện trưởng", "Chủ nhiệm", "Chủ tịch")
_OTHERS = (
    "Ngân hàng Nhà nước Việt Nam",
    "Ban Chấp hành Trung ương Đảng",
    "Ban Chấp hành Trung ương",
    "Bộ Chính trị",
    "Ban Bí thư",
    "Hội đồng Nhà nước",
    "Hội đồng Thẩm phán Tòa án nhân dân tối cao",
    "Bộ Nông nghiệp và PTNT",
    "Bộ Văn hóa, Thể thao và Du lịch",
    "Tổng Kiểm toán Nhà nước",
    "Chủ tịch nước",
)
_LOCAL = r"(?:Ủy ban nhân dân|Hội đồng nhân dân)\s(?:tỉnh|thành phố|huyện|quận|xã|phường)(?:\s[A-ZĐÀ-Ỹ]\w{0,9}){1,5}"
_NAMES = sorted({name for name in AGENCIES.values() if " " in name} | set(_OTHERS), key=len, reverse=True)
_ISSUER = re.compile(
    rf"(?:(?:{'|'.join(_HEADS)})\s(?=Bộ|Ngân|Thanh|Tòa|Viện|Ủy))?"
    rf"(?P<name>{_LOCAL}|{'|'.join(name.replace(' ', chr(92) + 's{1,12}') for name in _NAMES)})(?!\w)",
    re.IGNORECASE,
)


def issuer_at(text: str, place: int) -> tuple[str, int]:
    """The issuer named exactly here and where the name ends; ("", place) if none is known to stand here.

    A document of a minister is one of the ministry: "Bộ trưởng Bộ Công an" gives "Bộ Công an".
    """
    match = _ISSUER.match(text, place)
    if match is None:
        return "", place
    name = " ".join(match["name"].split())
    return _CANONICAL.get(name.lower(), name), match.end()


_CANONICAL = {name.lower(): name for name in _NAMES}
