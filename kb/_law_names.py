"""Where the name of a law ends in running text: "Luật Hôn nhân và gia đình quy định …".

With a gazetteer the longest known title wins. Without one the name goes on until punctuation, a figure or a word that
names do not hold; a comma, "và" or "của" belongs to it only between the words that titles of laws are known to join.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from kb.text import fold

LAW_TYPES = ("Bộ luật", "Luật", "Pháp lệnh")
_MOST_WORDS = 40

# What stands between two words of a name: blanks, at most one line break, a comma or a hyphen; bounded, so linear.
_STEP = re.compile(r"(?P<mark>,|\s-)?[ \t]{0,3}(?:\n[ \t]{0,12})?(?<=\s)(?P<word>[^\W\d_]+)(?![\d_/])")
_FIRST = re.compile(r"\s{1,12}(?P<word>[^\W\d_]+)(?![\d_/])")

# A name has ended before one of these words, or pairs of words …
_STOPS = frozenset(
    "năm ngày được thì là có phải và hoặc hay cùng của về theo tại ở để do bởi đã sẽ không chưa này nêu trên đó khi nếu "
    "mà như với trong từ đến hiện cho các những một khác bị đối trừ gồm bao nhằm vì kể trước sau ngoài nhưng còn cũng "
    "đang điều khoản điểm mục chương phụ luật nghị thông pháp bộ quyết hiến vẫn bằng ngoại".split()
)
_STOP_PAIRS = frozenset(
    {"quy định", "ban hành", "hướng dẫn", "sửa đổi", "thay thế", "thực hiện", "áp dụng", "hết hiệu", "điều chỉnh"}
    | {"yêu cầu", "liên quan", "văn bản", "người nào", "tổ chức cuộc", "chuyên ngành", "số hiệu"}
)
# … unless titles are known to hold it between these two: (before, joint, after), as in the titles of the codification
# and of the laws in force.
_JOINTS = frozenset(
    (before, joint, after)
    for joint, pairs in {
        ",": "phòng|chống tự|an toàn|vệ bộ|công lý|sử kiệm|chống cảnh|nhập cảnh|xuất cảnh|quá cảnh|cư ngưỡng|tôn đua|khen "
        "bệnh|chữa dục|thể giải|đối biến|giáo đổi|bổ mua|trưng giữ|tạm khẩu|thuế phẩm|hàng nguyên|môi hiến|lấy lấy|ghép "
        "mô|bộ vệ|chăm khí|vật rượu|bia nghiệp|công định|định hàm|cấp đãi|miễn cháy|chữa nạn|cứu học|công phí|lệ nại|tố "
        "xuất|kinh",
        "và": "nhân|gia học|công nghệ|đổi phí|lệ kiệm|hiệu phòng|an nhỏ|vừa chuẩn|quy đạc|bản biển|hải nhân|viên cháy|chữa "
        "cháy|cứu chất|khoáng sóc|giáo nổ|công vệ|kiểm vệ|phát hội|đại hội|hội người|hiến kết|thực phán|hội thẩm|hội "
        "chức|hoạt nguyên|khoáng",
        "của": "thường|nhà trú|người cảnh|công sát|quốc hại|thuốc hại|rượu giám|hội",
        "tại": "ngoài|việt thoại|tòa nghiệp|doanh",
        "ở": "nam|nước giải|cơ chủ|cơ việc|nước phải|người",
        "theo": "tư|phương ngoài|hợp",
        "với": "công|cách",
        "có": "người|công",
        "không": "hàng|dân hàng|việt",
        "chưa": "người|thành",
        "ngoài": "nước|theo nước|tại",
        "ngoại": "lý|thương quan|giao",
        "khoán": "|",
        "khoản": "điều|",
        "bị": "dự|động",
        "pháp": "tư|người dục|luật lịch|luật trợ|lý",
        "luật": "pháp|",
        "một": "|",
        "thông": "giao|đường viễn|và",
        "phải": "mắc|ở",
    }.items()
    for pair in pairs.split()
    for before, after in [pair.split("|")]
)
# Words that cannot begin a name: "Luật quy định", "Luật sư".
_NOT_FIRST = _STOPS - {"các", "luật", "điều", "pháp", "thông", "hiến", "ngoại"} | {"sư", "gia", "quy", "định", "lệ"}
_FIRST_PAIRS = frozenset({"ban hành", "sửa đổi", "thực hiện", "điều ước", "pháp điển", "hiến lấy", "luật sư"})
_AMENDING = re.compile(
    r"\s{1,12}sửa đổi(?:,\s{1,12}bổ sung)?\s{1,12}(?:một\s{1,3}số\s{1,3}điều|(?:các\s)?điều\s\d{1,4}[a-zđ]?)?"
    r"(?:\s{1,12}của)?(?=\s)",
    re.IGNORECASE,
)


def name_end(text: str, place: int, titles: Collection[str] | None, *, plain: bool) -> int:
    """Where the name that begins after ``place`` (the end of "Luật") ends; ``place`` if there is none.

    ``titles`` are known names, with or without the kind before them; ``plain`` for text typed without accents.
    """
    known = _known_end(text, place, titles) if titles else place
    return known if known > place else _ruled_end(text, place, plain=plain)


def amending_end(text: str, place: int) -> int:
    """Where "sửa đổi, bổ sung một số điều của" ends that begins after ``place``; ``place`` if there is none."""
    match = _AMENDING.match(text, place)
    return match.end() if match else place


def begins_in_lower_case(text: str, place: int) -> bool:
    """Whether the name that begins after ``place`` is written small ("luật căn cước"), as people type it."""
    word = _FIRST.match(text, place)
    return word is not None and word["word"][0].islower()


def _known_end(text: str, place: int, titles: Collection[str]) -> int:
    names, beginnings = _gazetteer(frozenset(titles))
    words: list[str] = []
    end = place
    step = _FIRST.match(text, place)
    while step is not None and len(words) < _MOST_WORDS:
        mark = step.groupdict().get("mark") or ""
        words += [mark.strip(), fold(step["word"])] if mark else [fold(step["word"])]
        key = " ".join(words)
        if key not in beginnings:
            break
        end = step.end() if key in names else end
        step = _STEP.match(text, step.end())
    return end


@lru_cache(maxsize=4)
def _gazetteer(titles: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The folded names, and everything that one of them begins with."""
    names = {" ".join(_TITLE_WORDS.findall(fold(title))) for title in titles}
    names |= {name.removeprefix(f"{fold(kind)} ") for name in names for kind in LAW_TYPES}
    cut = (name.split(" ") for name in names)
    beginnings = {" ".join(words[: length + 1]) for words in cut for length in range(len(words))}
    return frozenset(names - {""}), frozenset(beginnings)


_TITLE_WORDS = re.compile(r"[^\W\d_]+|[,-]")


def _ruled_end(text: str, place: int, *, plain: bool) -> int:
    first = _FIRST.match(text, place)
    if first is None or (not plain and not _may_begin(text, first)):
        return place
    end, before, stops = first.end(), first["word"].lower(), _PLAIN_STOPS if plain else _STOPS
    for _ in range(_MOST_WORDS):
        step = _STEP.match(text, end)
        if step is None:
            break
        word = step["word"].lower()
        after = _word_after(text, step.end())
        mark = (step["mark"] or "").strip()
        if mark and (before, mark, word) not in _JOINTS:
            break
        if (word in stops and (before, word, after) not in _JOINTS) or f"{word} {after}" in _STOP_PAIRS:
            break
        end, before = step.end(), word
    return end


_PLAIN_STOPS = frozenset({"nam", "ngay", "so", "duoc", "thi", "va", "hoac", "quy"})


def _may_begin(text: str, first: re.Match[str]) -> bool:
    word = first["word"].lower()
    pair = f"{word} {_word_after(text, first.end())}"
    if pair in _FIRST_PAIRS or (first["word"][0].isupper() and word not in {"này", "số"}):
        return True
    return word not in _NOT_FIRST and pair not in _STOP_PAIRS and word != "số"


def _word_after(text: str, place: int) -> str:
    step = _STEP.match(text, place)
    return step["word"].lower() if step is not None and not step["mark"] else ""
