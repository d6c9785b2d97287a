"""What the abbreviations of administrative Vietnamese stand for, however they are typed.

The agencies come from the numbers of documents (kb.numbers.AGENCIES); the rest are those in use in the documents of
Đề án 06. An abbreviation with several meanings is listed with all of them and expands to none by itself.
"""

from __future__ import annotations

from functools import cache

from kb.numbers import AGENCIES
from kb.text import canonical, fold

_MEANINGS: dict[str, tuple[str, ...]] = {
    # kinds of document
    "NĐ": ("nghị định",),
    "QĐ": ("quyết định",),
    "NQ": ("nghị quyết",),
    "TT": ("thông tư",),
    "TTLT": ("thông tư liên tịch",),
    "CT": ("chỉ thị",),
    "CĐ": ("công điện",),
    "VBHN": ("văn bản hợp nhất",),
    "QPPL": ("quy phạm pháp luật",),
    "VBQPPL": ("văn bản quy phạm pháp luật",),
    "VBPL": ("văn bản pháp luật",),
    "BLHS": ("Bộ luật Hình sự",),
    "BLDS": ("Bộ luật Dân sự",),
    "BLLĐ": ("Bộ luật Lao động",),
    "BLTTHS": ("Bộ luật Tố tụng hình sự",),
    "BLTTDS": ("Bộ luật Tố tụng dân sự",),
    # administrative procedures and public services
    "TTHC": ("thủ tục hành chính",),
    "CCHC": ("cải cách hành chính",),
    "KSTTHC": ("kiểm soát thủ tục hành chính",),
    "DVC": ("dịch vụ công",),
    "DVCTT": ("dịch vụ công trực tuyến",),
    "DVCQG": ("dịch vụ công quốc gia",),
    "TTPVHCC": ("Trung tâm Phục vụ hành chính công",),
    "VPHC": ("vi phạm hành chính",),
    "XLVPHC": ("xử lý vi phạm hành chính",),
    # people and their papers
    "CCCD": ("căn cước công dân",),
    "CMND": ("chứng minh nhân dân",),
    "CMTND": ("chứng minh thư nhân dân",),
    "ĐDĐT": ("định danh điện tử",),
    "ĐDCN": ("định danh cá nhân",),
    "VNeID": ("ứng dụng định danh quốc gia",),
    "GPLX": ("giấy phép lái xe",),
    "LLTP": ("lý lịch tư pháp",),
    "BHXH": ("bảo hiểm xã hội",),
    "BHYT": ("bảo hiểm y tế",),
    "BHTN": ("bảo hiểm thất nghiệp",),
    "KCB": ("khám bệnh, chữa bệnh",),
    "GCNQSDĐ": ("giấy chứng nhận quyền sử dụng đất",),
    "QSDĐ": ("quyền sử dụng đất",),
    "HSSK": ("hồ sơ sức khỏe",),
    "HKTT": ("hộ khẩu thường trú",),
    "QLHC": ("quản lý hành chính",),
    "TTXH": ("trật tự xã hội",),
    "ATGT": ("an toàn giao thông",),
    "PCCC": ("phòng cháy, chữa cháy",),
    "TNHH": ("trách nhiệm hữu hạn",),
    "GTGT": ("giá trị gia tăng",),
    "TNCN": ("thu nhập cá nhân",),
    "TNDN": ("thu nhập doanh nghiệp",),
    # data and technology
    "CSDL": ("cơ sở dữ liệu",),
    "CSDLQG": ("cơ sở dữ liệu quốc gia",),
    "CSDLQGDC": ("cơ sở dữ liệu quốc gia về dân cư",),
    "CSDLQGVDC": ("cơ sở dữ liệu quốc gia về dân cư",),
    "CSDLDC": ("cơ sở dữ liệu dân cư",),
    "CNTT": ("công nghệ thông tin",),
    "CĐS": ("chuyển đổi số",),
    "CKS": ("chữ ký số",),
    "ATTT": ("an toàn thông tin",),
    "ANM": ("an ninh mạng",),
    "KH&CN": ("khoa học và công nghệ",),
    "KHCN": ("khoa học và công nghệ",),
    "TT&TT": ("thông tin và truyền thông",),
    "TTTT": ("thông tin và truyền thông",),
    "ĐMST": ("đổi mới sáng tạo",),
    # agencies beyond those whose numbers are known, or under another meaning than in numbers
    "TTg": ("Thủ tướng Chính phủ",),
    "LĐTBXH": ("Lao động - Thương binh và Xã hội",),
    "GTVT": ("giao thông vận tải",),
    "TN&MT": ("tài nguyên và môi trường",),
    "TNMT": ("tài nguyên và môi trường",),
    "NN&PTNT": ("nông nghiệp và phát triển nông thôn",),
    "GD&ĐT": ("giáo dục và đào tạo",),
    "VHTTDL": ("văn hóa, thể thao và du lịch",),
    "TAND": ("tòa án nhân dân",),
    "VKSND": ("viện kiểm sát nhân dân",),
    "THADS": ("thi hành án dân sự",),
    "CAND": ("công an nhân dân",),
    "QĐND": ("quân đội nhân dân",),
    "MTTQ": ("Mặt trận Tổ quốc",),
    "NSNN": ("ngân sách nhà nước",),
    "KTXH": ("kinh tế - xã hội",),
    "QLNN": ("quản lý nhà nước",),
    "CBCC": ("cán bộ, công chức",),
    "CBCCVC": ("cán bộ, công chức, viên chức",),
    # several meanings
    "HĐ": ("hợp đồng", "hội đồng"),
    "HD": ("hướng dẫn",),
    "TCT": ("Tổng cục Thuế", "tổng công ty", "tổ công tác"),
    "DN": ("doanh nghiệp",),
    "NLĐ": ("người lao động",),
    "NSDLĐ": ("người sử dụng lao động",),
}

_SHORTEST_AGENCY = 3  # TC, TW, LB: too short to mean their agency outside a number


def expand(token: str) -> tuple[str, ...]:
    """What the token stands for, as the law spells it, if that is one thing only; otherwise nothing. Total.

    Accents typed count; without them "NĐ" is "nd". No entry may read as a Vietnamese syllable.

    >>> expand("tthc"), expand("BCA"), expand("nd"), expand("HĐ"), expand("an")
    (('thủ tục hành chính',), ('Bộ Công an',), ('nghị định',), (), ())
    """
    found = meanings(token)
    return found if len(found) == 1 else ()


def meanings(token: str) -> tuple[str, ...]:
    """Everything the token may stand for.

    >>> meanings("hđ"), meanings("hd")
    (('hợp đồng', 'hội đồng'), ('hợp đồng', 'hội đồng', 'hướng dẫn'))
    """
    key = canonical(token).lower()
    return (_folded() if fold(token) == key else _exact()).get(key, ())


def abbreviations() -> dict[str, tuple[str, ...]]:
    """The whole table: abbreviation to its meanings."""
    agencies = {short: (name,) for short, name in AGENCIES.items() if len(short) >= _SHORTEST_AGENCY}
    return {**agencies, **_MEANINGS}


@cache
def _exact() -> dict[str, tuple[str, ...]]:
    return {short.lower(): names for short, names in abbreviations().items()}


@cache
def _folded() -> dict[str, tuple[str, ...]]:
    """Meanings under the accent-free spelling; those of abbreviations that fall together stand side by side."""
    table: dict[str, tuple[str, ...]] = {}
    for short, names in abbreviations().items():
        key = fold(short)
        table[key] = tuple(dict.fromkeys((*table.get(key, ()), *names)))
    return table
