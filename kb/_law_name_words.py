"""The words by which a law's name is told from the sentence around it: lower-case syllables in canonical form."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text.split(", "))


# A name has ended before one of these words, or pairs of words …
STOPS = _words(
    "năm ngày được thì là có phải và hoặc hay cùng của về theo tại ở để do bởi đã sẽ không chưa này nêu trên đó khi nếu "
    "mà như với trong từ đến hiện cho các những một khác bị đối trừ gồm bao nhằm vì kể trước sau ngoài nhưng còn cũng "
    "đang luật vẫn bằng dùng"
)
STOP_PAIRS = _pairs(
    "quy định, ban hành, hướng dẫn, sửa đổi, thay thế, thực hiện, áp dụng, hết hiệu, điều chỉnh, yêu cầu, liên quan, "
    "văn bản, người nào, chuyên ngành, số hiệu, nghị định, nghị quyết, thông tư, quyết định, chỉ thị, pháp lệnh, pháp luật, "
    "hiến pháp, bộ luật, phụ lục, điều kiện, điều lệ, bộ trưởng"
)

# … unless titles are known to hold it between these two: (before, joint, after), no word after it meaning any. Read from
# the titles of the codification and of the laws in force; each word here is one syllable.
JOINTS = frozenset(
    (before, joint, after)
    for joint, pairs in {
        ",": "phòng|chống tự|an toàn|vệ bộ|công lý|sử kiệm|chống cảnh|nhập cảnh|xuất cảnh|quá cảnh|cư ngưỡng|tôn đua|khen "
        "bệnh|chữa dục|thể giải|đối biến|giáo đổi|bổ mua|trưng giữ|tạm khẩu|thuế phẩm|hàng nguyên|môi hiến|lấy lấy|ghép "
        "mô|bộ vệ|chăm khí|vật rượu|bia nghiệp|công định|định hàm|cấp đãi|miễn cháy|chữa nạn|cứu học|công phí|lệ nại|tố "
        "xuất|kinh",
        "và": "nhân|gia học|công nghệ|đổi phí|lệ kiệm|hiệu phòng|an nhỏ|vừa chuẩn|quy đạc|bản biển|hải nhân|viên cháy|chữa "
        "cháy|cứu chất|khoáng sóc|giáo nổ|công vệ|kiểm vệ|phát hội|đại hội|hội người|hiến kết|thực phán|hội thẩm|hội",
        "của": "thường|nhà trú|người cảnh|công sát|quốc hại|thuốc hại|rượu",
        "tại": "ngoài|việt thoại|tòa nghiệp|doanh",
        "ở": "nam|nước giải|cơ chủ|cơ việc|nước phải|người",
        "theo": "tư|phương ngoài|hợp",
        "với": "công|cách",
        "có": "người|công",
        "không": "hàng|dân",
        "chưa": "người|thành",
        "ngoài": "nước|",
        "hiện": "thực|dân",
        "bị": "dự|động",
        "luật": "pháp|",
        "pháp": "phạm|luật dục|luật",
        "văn": "hành|bản nhất|bản",
        "chính": "thông|phủ chức|phủ",
        "phải": "mắc|ở",
        "điều": "đê|",
    }.items()
    for pair in pairs.split()
    for before, after in [pair.split("|")]
)
# Words that cannot begin a name: "Luật quy định", "Luật sư".
NOT_FIRST = STOPS | {"sư", "gia", "định", "lệ"}
FIRST_PAIRS = _pairs("ban hành, thực hiện, luật sư, các tổ, các công")  # … although these do
