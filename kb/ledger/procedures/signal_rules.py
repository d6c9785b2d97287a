"""The rules that show from a procedure's own text that it is not simplified: one row a rule.

Each names the law that it rests on, with the clause and the day from which that holds; ``verified`` tells whether the clause was
read in its text. A rule on words looks into the named parts, sentence by sentence, and never counts a sentence that says the
paper is needed no more, or only where the databases cannot be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.model import Identity


class Look(StrEnum):
    """Where a rule on words looks."""

    PAPER = "paper"  # the papers of a dossier, the names of its cases, the notes among them
    STEP = "step"
    METHOD = "method"  # the description of a method
    CONDITION = "condition"
    AGENCY = "agency"  # who carries it out, decides, is asked
    RECEIVING = "receiving"
    ANY = "any"

    @property
    def label(self) -> str:
        """What the page calls the part."""
        return _LOOK_LABELS[self]


_LOOK_LABELS = {
    Look.PAPER: "thành phần hồ sơ",
    Look.STEP: "trình tự thực hiện",
    Look.METHOD: "cách thức thực hiện",
    Look.CONDITION: "yêu cầu, điều kiện",
    Look.AGENCY: "cơ quan thực hiện, có thẩm quyền",
    Look.RECEIVING: "địa chỉ tiếp nhận",
    Look.ANY: "mọi phần",
}


@dataclass(frozen=True, slots=True)
class Law:
    """What a rule rests on: ``clause`` of ``document`` ('' where not known), in force ``since``; ``verified`` if it was read."""

    document: Identity
    title: str
    clause: str
    since: date
    verified: bool = True

    @property
    def citation(self) -> str:
        """How a page names it."""
        named = f"{self.title} số {self.document.number}"
        return f"{self.clause} {named}" if self.clause else named


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule.

    ``pattern`` is what shows it in a sentence of the parts ``looks``; None for a rule on what a procedure lacks or rests on. It
    is looked for only where one of the words ``cues``, in small letters, stands.
    ``never`` are the words that make a sentence say something else, ``not_after`` and ``not_before`` what may not stand right in
    front of the hit and right behind it. ``whole``: ``never`` is looked for in all of the paragraph, not in the sentence alone.
    """

    id: str
    label: str
    law: Law
    looks: tuple[Look, ...] = ()
    cues: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    never: re.Pattern[str] | None = None
    not_after: re.Pattern[str] | None = None
    not_before: re.Pattern[str] | None = None
    whole: bool = False


def _words(text: str) -> re.Pattern[str]:
    """A pattern in lines, blanks standing for any blanks, without regard to capitals."""
    return re.compile(re.sub(r"\n\s*", "", text).replace(" ", r"\s+"), re.IGNORECASE)


_RESIDENCE = Law(
    Identity("Luật", "68/2020/QH14", "Quốc hội"), "Luật Cư trú", "khoản 3 Điều 38", date(2023, 1, 1)
)  # books given out stay valid "đến hết ngày 31 tháng 12 năm 2022"
_RESIDENCE_AS_CONDITION = Law(
    Identity("Nghị định", "104/2022/NĐ-CP", "Chính phủ"), "Nghị định", "Điều 14", date(2023, 1, 1), verified=False
)
_OLD_CARD = Law(
    Identity("Luật", "26/2023/QH15", "Quốc hội"), "Luật Căn cước", "khoản 2 Điều 46", date(2025, 1, 1)
)  # valid "đến hết ngày 31 tháng 12 năm 2024"
_CARD = Law(Identity("Luật", "26/2023/QH15", "Quốc hội"), "Luật Căn cước", "khoản 3 Điều 20", date(2024, 7, 1))
_CERTIFIED = Law(Identity("Nghị định", "23/2015/NĐ-CP", "Chính phủ"), "Nghị định", "khoản 1 Điều 6", date(2015, 4, 10))
_LEVELS = Law(
    Identity("Luật", "72/2025/QH15", "Quốc hội"),
    "Luật Tổ chức chính quyền địa phương",
    "",
    date(2025, 7, 1),
    verified=False,
)  # no text is held; 1521/QĐ-UBND of Bắc Ninh cites it for the end of the district level
PROVINCES = Law(Identity("Nghị quyết", "202/2025/QH15", "Quốc hội"), "Nghị quyết", "", date(2025, 7, 1), verified=False)
"""What ended provinces rest on; ministries on the law of the rule itself."""
_STRUCTURE = Law(
    Identity("Nghị quyết", "176/2025/QH15", "Quốc hội"), "Nghị quyết", "", date(2025, 3, 1), verified=False
)
_ONLINE = Law(Identity("Nghị định", "45/2020/NĐ-CP", "Chính phủ"), "Nghị định", "Điều 4", date(2020, 5, 22))
_PARTS = Identity("Nghị định", "63/2010/NĐ-CP", "Chính phủ")
_TIME = Law(_PARTS, "Nghị định", "điểm đ khoản 2 Điều 8", date(2010, 10, 14))
_FEE = Law(_PARTS, "Nghị định", "điểm h khoản 2 Điều 8", date(2010, 10, 14))
_PUBLISHED = Law(_PARTS, "Nghị định", "Điều 15", date(2010, 10, 14))
_PRESCRIBED = Law(_PARTS, "Nghị định", "khoản 1 Điều 8", date(2010, 10, 14))  # by law that is in force

NOT_NEEDED = _words(
    r"không (?:phải |cần |cần phải |được |bắt buộc |bắt buộc phải )?(?:nộp|xuất trình|yêu cầu|cung cấp|gửi|có bản|công chứng|chứng thực)"
    r"|không (?:bắt buộc|cần thiết)|thay (?:thế )?(?:cho )?(?:việc )?(?:nộp|xuất trình|bằng)|thay thế (?:cho )?(?:việc|sổ|giấy)"
    r"|bãi bỏ|loại bỏ|cắt giảm|bỏ (?:yêu cầu|thành phần|việc|quy định)|thay (?:thế )?cho|miễn (?:nộp|xuất trình)"
    r"|hết (?:giá trị|hiệu lực)|không còn (?:giá trị|hiệu lực|sử dụng|được)|thu hồi (?:sổ|giấy chứng minh)"
    r"|trừ (?:các )?(?:trường hợp|bản|giấy tờ)"
    r"|(?:không thể|không|chưa) (?:thể )?(?:khai thác|tra cứu) (?:được)?|đã (?:được )?(?:khai thác|tích hợp|xác thực)"
    r"|bị gián đoạn|có giá trị chứng minh thông tin về cư trú|(?:có thể )?được thay thế bằng dữ liệu|trừ các tài liệu"
    r"|đã có (?:thông tin |dữ liệu )?(?:trong|trên)|chưa (?:có|được cập nhật) (?:trong|trên) (?:cơ sở dữ liệu|CSDL|hệ thống)|chỉ (?:nộp|yêu cầu|phải nộp) (?:trong trường hợp|khi)|có thể cung cấp thông tin"
    r"|sửa đổi,? bổ sung một số điều"
)
"""What makes a sentence say that a paper is needed no more, or only where a database cannot be read."""

_ID_CARD = r"(?:thẻ )?(?:căn cước|CCCD|CMND|CMTND|(?:giấy )?chứng minh (?:thư )?nhân dân)"
_FORMER = _words(
    r"trước ngày|trước đây|nay là|không (?:còn )?tổ chức|kết thúc hoạt động|chấm dứt hoạt động|\(cũ\)|đã (?:được )?(?:cấp|thành lập|bầu)"
    r"|ra quyết định thành lập|huyện nghèo|không còn|hội đồng nhân dân[^.;]{0,40} bầu"
    r"|bỏ cấp|thay (?:thế )?cho|giải thể|chuyển từ"
)

RULES: tuple[Rule, ...] = (
    Rule(
        "household_book",
        "đòi sổ hộ khẩu",
        _RESIDENCE,
        (Look.PAPER, Look.STEP, Look.METHOD, Look.CONDITION),
        ("khẩu",),
        _words(r"sổ (?:đăng ký )?hộ khẩu|giấy chuyển hộ khẩu|(?:bản sao|xuất trình|nộp) hộ khẩu(?! thường trú)"),
        NOT_NEEDED,
    ),
    Rule(
        "temporary_book",
        "đòi sổ tạm trú",
        _RESIDENCE,
        (Look.PAPER, Look.STEP, Look.METHOD, Look.CONDITION),
        ("trú", "kt3"),
        _words(r"sổ (?:đăng ký )?tạm trú|sổ KT3"),
        NOT_NEEDED,
    ),
    Rule(
        "old_id_card",
        "còn dùng chứng minh nhân dân làm giấy tờ",
        _OLD_CARD,
        (Look.PAPER, Look.STEP, Look.METHOD, Look.CONDITION),
        ("minh", "cmnd", "cmtnd"),
        _words(r"(?:giấy )?chứng minh (?:thư )?nhân dân(?!\w)|CMND|CMTND"),
        NOT_NEEDED,
        not_after=_words(
            r"(?:số|kiểu|cỡ|mẫu) (?:giấy |thẻ )?\Z"
            r"|số (?:định danh|căn cước|thẻ|chứng|giấy|hộ chiếu|CMND|CCCD)[^;.]{0,70}\Z|(?:thông tin|ghi|nêu) rõ? ?[^;.]{0,60}\Z"
        ),
        not_before=_words(r"\A \(?0?9 số|\A số"),
    ),
    Rule(
        "id_copy",
        "đòi bản sao căn cước, chứng minh nhân dân",
        _CARD,
        (Look.PAPER, Look.STEP),
        ("cước", "cccd", "cmnd", "cmtnd", "minh"),
        _words(rf"(?:bản sao|bản chụp|bản photo\w*|sao chụp|photocopy|phô tô)[^.;:\n]{{0,60}}?{_ID_CARD}"),
        NOT_NEEDED,
        not_after=_words(r"(?:bản chính|bản gốc) (?:hoặc|và|\+)? ?(?:\d+ )?\Z|không kèm \Z"),
    ),
    Rule(
        "residence_proof",
        "đòi giấy tờ xác nhận nơi cư trú",
        _RESIDENCE_AS_CONDITION,
        (Look.PAPER,),
        ("trú", "ct07"),
        _words(
            r"(?:giấy |đơn |bản )?xác nhận (?:thông tin )?(?:về )?(?:nơi )?(?:cư trú|thường trú|tạm trú)(?!\w)"
            r"|mẫu (?:số )?CT07|(?:giấy tờ|tài liệu) chứng minh (?:về )?nơi (?:cư trú|thường trú|tạm trú)"
        ),
        re.compile(
            NOT_NEEDED.pattern
            + r"|nước\s+ngoài|láng\s+giềng|cư\s+trú\s+của\s+Việt\s+Nam|đối\s+tượng\s+cư\s+trú|hiệp\s+định|thuế"
            + r"|cư\s+trú\s+cuối\s+cùng|không\s+(?:tra\s+cứu|lấy|có)\s+(?:được\s+)?(?:thông\s+tin|dữ\s+liệu)",
            re.IGNORECASE,
        ),
        whole=True,
    ),
    Rule(
        "certified_copy",
        "đòi bản sao có chứng thực",
        _CERTIFIED,
        (Look.PAPER,),
        ("chứng",),
        _words(
            r"bản sao(?: y)? (?:(?:có|được|đã được|phải) )?(?:công chứng|chứng thực)"
            r"|bản sao[^.;:,()]{0,80} (?:có|được) (?:công chứng|chứng thực)|sao y (?:có )?(?:công chứng|chứng thực)"
        ),
        re.compile(
            NOT_NEEDED.pattern
            + r"|đối\s+chiếu|bản\s+(?:chính|gốc)|bản\s+sao\s+y\s+bản\s+chính|bản\s+chụp|hoặc\s+(?:\d+\s+)?bản\s+sao(?!\s+(?:có\s+|được\s+)?(?:chứng|công|điện))"
            + r"|(?:hoặc|/)\s*(?:bản\s+)?sao\s+(?:y|chụp|photo)|hợp\s+pháp\s+hóa|bản\s+dịch|tiếng\s+nước\s+ngoài|nước\s+ngoài|sổ\s+gốc"
            + r"|bản\s+sao\s+điện\s+tử\s+(?:có\s+giá\s+trị|hợp\s+lệ)|bản\s+sao\s+hoặc|có\s+thể\s+nộp|tệp\s+tin|hoặc\s+có\s+xác\s+nhận|hoặc\s+bản\s+(?:điện\s+tử|scan|quét|in)",
            re.IGNORECASE,
        ),
        whole=True,
    ),
    Rule(
        "district_level",
        "nhắc tới cấp huyện",
        _LEVELS,
        (Look.PAPER, Look.STEP, Look.METHOD, Look.CONDITION, Look.AGENCY, Look.RECEIVING),
        ("huyện", "quận", "thị"),
        _words(
            r"cấp huyện(?!\w)"
            r"|(?:ủy ban nhân dân|UBND|hội đồng nhân dân|HĐND|công an|tòa án nhân dân|viện kiểm sát nhân dân|bảo hiểm xã hội|BHXH"
            r"|ban chỉ huy quân sự|chi cục thuế|phòng (?:tư pháp|nội vụ|giáo dục và đào tạo|kinh tế|văn hóa[^,;.]{0,20}))"
            r" (?:các )?(?:huyện|quận|thị xã)(?!\w)"
        ),
        _FORMER,
    ),
    Rule(
        "ended_agency",
        "nhắc tới cơ quan không còn",
        _STRUCTURE,
        (Look.PAPER, Look.STEP, Look.METHOD, Look.CONDITION, Look.AGENCY, Look.RECEIVING),
        never=_FORMER,
        not_after=_words(
            r"(?:thông tư|nghị định|quyết định|nghị quyết|công văn|quy chuẩn|QCVN|chỉ thị|luật|pháp lệnh|văn bản số|TT-|QĐ-|TTLT)[^;]{0,260}\Z"
            r"|(?:mẫu|quy định|hướng dẫn|danh mục)(?: (?:của|do))? (?:bộ trưởng )?\Z|do (?:bộ trưởng )?\Z"
        ),
        not_before=_words(r"\A (?:cấp|ban hành|quy định|công bố|phê duyệt)|\A \((?:nay|cũ|trước)"),
    ),
    Rule("repealed_basis", "dựa trên văn bản đã hết hiệu lực", _PRESCRIBED),
    Rule("no_online", "không có cách nộp trực tuyến", _ONLINE),
    Rule("paper_only", "chỉ nhận hồ sơ giấy nộp trực tiếp", _ONLINE),
    Rule("missing_time", "không nêu thời hạn giải quyết", _TIME),
    Rule("missing_fee", "không nêu phí, lệ phí", _FEE),
    Rule("stale_decision", "quyết định công bố cũ hơn lần sửa đổi gần nhất của căn cứ", _PUBLISHED),
)
"""All rules, those on words first."""

BY_ID = {rule.id: rule for rule in RULES}
