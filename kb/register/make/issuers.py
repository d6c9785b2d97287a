"""Names of issuing agencies as the register writes them, from the many ways in which sources print them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kb.text import fold

# One spelling for the names that sources print in several; the key is the folded name without signs.
_ONE_SPELLING = (
    *("Bộ Công Thương", "Bộ Văn hóa, Thể thao và Du lịch", "Bộ Thông tin và Truyền thông", "Bộ Thủy sản"),
    *("Bộ Lao động - Thương binh và Xã hội", "Bộ Giáo dục và Đào tạo", "Bộ Văn hóa - Thông tin"),
    *("Ủy ban Thường vụ Quốc hội", "Tòa án nhân dân tối cao", "Viện kiểm sát nhân dân tối cao"),
    *("Bộ Bưu chính, Viễn thông", "Ủy ban Dân tộc", "Bộ Nông nghiệp và Phát triển nông thôn", "Bộ Xây dựng"),
)
_ALIASES: Mapping[str, str] = {
    "bo truong chu nhiem van phong chinh phu": "Văn phòng Chính phủ",
    "ngan hang nha nuoc": "Ngân hàng Nhà nước Việt Nam",
    "bo xay dung giao thong van tai cu": "Bộ Xây dựng",
}


def _bare(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name)))


_KNOWN: Mapping[str, str] = {**{_bare(name): name for name in _ONE_SPELLING}, **_ALIASES}
_BODIES: Mapping[str, str] = {
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "TTPVHCC": "Trung tâm Phục vụ hành chính công",
}
_PROVINCE = re.compile(r"(?P<kind>Tỉnh|Thành phố) (?P<name>.+)")


def issuer_of(printed: str, number: str = "") -> str:
    """The agency in its usual spelling; a province's name becomes the body of it that the number names.

    >>> issuer_of("Tỉnh Bắc Ninh", "1521/QĐ-UBND"), issuer_of("Bộ công thương.")
    ('Ủy ban nhân dân tỉnh Bắc Ninh', 'Bộ Công Thương')
    """
    name = " ".join(printed.split()).rstrip(". ")
    province = _PROVINCE.fullmatch(name)
    if province:
        body = _BODIES.get(re.split(r"[-/]", number)[-1])
        return f"{body} {province['kind'].lower()} {province['name']}" if body else name
    return _KNOWN.get(_bare(name), name)


# What loses its capitals when a title printed in capitals is lowered; the agencies' and places' names come from the table.
_ABBREVIATIONS = ("UBND", "HĐND", "TTHC", "VNeID", "CNTT", "BHXH", "BHYT")
_NAMES = (
    *("Việt Nam", "Chính phủ", "Quốc hội", "Thủ tướng", "Bộ Chính trị", "Quang Trung", "An Giang", "Bắc Ninh"),
    *("Cà Mau", "Cao Bằng", "Cần Thơ", "Đắk Lắk", "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Nội", "Hà Tĩnh"),
    *("Hồ Chí Minh", "Huế", "Hưng Yên", "Lai Châu", "Lạng Sơn", "Lào Cai", "Nghệ An", "Ninh Bình", "Phú Thọ"),
    *("Quảng Ngãi", "Quảng Trị", "Sơn La", "Thái Nguyên", "Vĩnh Long", "Bộ Y tế", "Bộ Tài chính", "Bộ Công an"),
    *("Bộ Tư pháp", "Bộ Nội vụ", "Bộ Xây dựng", "Bộ Công Thương", "Bộ Văn hóa, Thể thao và Du lịch"),
    *("Bộ Nông nghiệp và Môi trường", "Bộ Khoa học và Công nghệ", "Bộ Giáo dục và Đào tạo"),
    *(
        "Sở Tài chính",
        "Sở Tư pháp",
        "Sở Y tế",
        "Sở Nội vụ",
        "Sở Công Thương",
        "Sở Xây dựng",
        "Sở Khoa học và Công nghệ",
    ),
    *("Sở Nông nghiệp và Môi trường", "Sở Văn hóa, Thể thao và Du lịch", "Sở Giáo dục và Đào tạo"),
)
_LOWERED = {name.lower(): name for name in (*_ABBREVIATIONS, *_NAMES)}
_LOWERED_PATTERN = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, _LOWERED), key=len, reverse=True))})(?!\w)")
_LOWERED_NUMBER = re.compile(r"\d+/(?:\d{4}/)?(?:qh\d+|nđ-cp|nq-cp|qđ-ttg|tt-\w+)")


def with_capitals(title: str) -> str:
    """Give names, abbreviations and numbers of a lowered title their capitals back, as far as the lists here know them.

    >>> with_capitals("thẩm quyền của ubnd tỉnh bắc ninh")
    'thẩm quyền của UBND tỉnh Bắc Ninh'
    """
    named = _LOWERED_PATTERN.sub(lambda match: _LOWERED[match[0]], title)
    return _LOWERED_NUMBER.sub(lambda match: match[0].upper().replace("TTG", "TTg"), named)
