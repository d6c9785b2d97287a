"""The issuer as its letterhead names it, in the spelling of running text."""

from __future__ import annotations

import re

from kb.numbers import AGENCIES
from kb.text import canonical, fold, unwrap

_OTHERS = (
    "Ngân hàng Nhà nước Việt Nam",
    "Kiểm toán nhà nước",
    "Bộ Nông nghiệp và Môi trường",
    "Thanh tra Chính phủ",
    "Chủ tịch nước",
    "Tổng Kiểm toán nhà nước",
    "Ban Chấp hành Trung ương",
    "Bộ Văn hóa, Thể thao và Du lịch",
)
_KNOWN = {fold(name): name for name in [*AGENCIES.values(), *_OTHERS] if " " in name}
_STRAY = " -–—*_.,:;¬|'\""
_LOCAL = re.compile(
    r"(?P<body>ủy ban nhân dân|hội đồng nhân dân)\s+(?P<level>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|đặc khu)\s+"
    r"(?P<name>.+)",
    re.IGNORECASE,
)
_SHORT = {"ubnd": "Ủy ban nhân dân", "hđnd": "Hội đồng nhân dân"}
_STARTS_AGENCY = re.compile(r"(?:SỞ|CỤC|TỔNG CỤC|CHI CỤC|BAN QUẢN LÝ|TRUNG TÂM|VĂN PHÒNG|BAN CHỈ ĐẠO)\b")


def spelled_issuer(printed: list[str]) -> str:
    """The name of the issuer from the lines of a letterhead; a name not known is left as it is printed.

    A superior agency on the line above ("UBND TỈNH …" above "SỞ TƯ PHÁP") is not the issuer.

    >>> spelled_issuer(["ỦY BAN NHÂN DÂN", "TỈNH ĐẮK LẮK"]), spelled_issuer(["BỘ CÔNG AN"])
    ('Ủy ban nhân dân tỉnh Đắk Lắk', 'Bộ Công an')
    """
    own = max((i for i, line in enumerate(printed) if i and _starts_below(printed[i - 1], line)), default=0)
    name = unwrap(" ".join(printed[own:])).strip(_STRAY)
    joint = _joint(re.split(r"\s+-\s+", name))
    if len(joint) > 1:
        return ", ".join(joint[:-1]) + " và " + joint[-1]
    return _spelled(name)


def _joint(parts: list[str]) -> list[str]:
    """The agencies of a joint letterhead, joined by dashes, which some names hold themselves; empty if one is not known."""
    names: list[str] = []
    while parts:
        size = next((size for size in range(len(parts), 0, -1) if fold(" - ".join(parts[:size])) in _KNOWN), 0)
        if not size:
            return []
        names.append(_KNOWN[fold(" - ".join(parts[:size]))])
        parts = parts[size:]
    return names


def _starts_below(above: str, line: str) -> bool:
    return bool(_STARTS_AGENCY.match(line)) and not above.rstrip().endswith(("-", ",")) and " " in above.strip()


def _spelled(name: str) -> str:
    folded = fold(name)
    if folded in _KNOWN:
        return _KNOWN[folded]
    first, _, rest = name.partition(" ")
    match = _LOCAL.fullmatch(canonical(f"{_SHORT.get(first.lower(), first)} {rest}"))
    if match is None:
        return name
    body, level = match["body"].capitalize(), match["level"].lower()
    return f"{body} {level} {' '.join(map(_capitalised, match['name'].split()))}"


def _capitalised(word: str) -> str:
    return word if not word.isupper() else "-".join(part.capitalize() for part in word.split("-"))
