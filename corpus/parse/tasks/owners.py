"""Who acts (cơ quan chủ trì, phối hợp): the subject of a sentence, told by its name and by what follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.parse.tasks.names import (
    APPOSITION,
    CLEAN_EDGE,
    WINDOW,
    begins_with_action,
    end_of_names,
    without_brackets,
)
from corpus.parse.tasks.words import (
    AGENCY,
    DUTY,
    NAME_WORD,
    PREDICATE,
    VERB,
)

_LONGEST_OWNER = 420  # characters; the longest seen lists nine provinces
_OPENER = re.compile(  # who orders, where it is said, and the word of the order
    r"(?:(?:Trong đó|Đồng thời|Ngoài ra|Cụ thể)\s*[,:]?\s+)?(?:(?:(?:Phó )?Thủ tướng|Chính phủ|Quốc hội|Chủ tịch (?:UBND|Ủy ban)|UBND|Ủy ban nhân dân|Ban Chỉ đạo"
    r"|Tổ trưởng|Trưởng Ban|Tôi)\b(?:(?!\sđã\s)[^,.;:]){0,60}?\s+|Bộ [^.;:]{3,60}?\s+(?=yêu cầu (?:Thủ trưởng|các)))?"
    r"(?:[Gg]iao(?: cho)?|[Đđ]ề nghị|[Yy]êu cầu|[Pp]hân công|[Tt]rân trọng đề nghị)\s*:?\s+|[Đđ]ối với\s+"
)
_IN_BRACKETS = re.compile(r"\((?:[Gg]iao|[Dd]o|[Pp]hân công)\s+(?P<who>[^()]{3,400})\)[\s.;,]*$")
_CONCERNING = re.compile(r"[Đđ]ối với\b")
_ADVERBIAL = re.compile(
    r"(?:Trên cơ sở|Căn cứ|Theo|Để|Trong|Từ|Trước|Sau|Đối với|Khi|Từ nay|Ngay sau|Định kỳ|Hằng|Hàng|Trên tinh thần"
    r"|Đồng thời|Ngoài ra|Trước mắt|Riêng|Qua|Với|Giao|Cùng với|Do đó|Do vậy|Vì vậy|Theo đó|Bên cạnh đó|Thời gian tới|Nhân dịp)\b[^;:]{0,400}?,\s*(?:giao\s+|đề nghị\s+)?"
)
_MANNER = re.compile(r"(?:theo(?! dõi)|căn cứ|trong|để|khi|sau khi|nếu|nhằm|trước|trên cơ sở)\b[^,;.]*")
_SUPPOSED = re.compile(  # supposed, past, or said by the issuer of itself
    r"(?:đã|đang|vẫn|luôn|còn|chưa|bị|gặp|cũng (?!phải|cần)|được|nếu|trường hợp|sẽ|nhận được|nhận thấy|có (?:văn bản|công văn|tờ trình|báo cáo) số|có ý kiến(?: chỉ đạo| kết luận)? như sau|gửi lời|hoan nghênh"
    r"|biểu dương|ghi nhận|đánh giá cao|trân trọng"
    r"|(?:phải )?chịu trách nhiệm(?:\s[^.;,]{0,80})?\s(?:nếu|khi) (?:để|xảy ra))\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\s(?=đã (?:giao|có (?:[Cc]ông văn|[Vv]ăn bản|[Tt]ờ trình|[Bb]áo cáo|[Qq]uyết định))\b|(?:sẽ|luôn|vẫn)\b)"
)  # of the past, the future or the usual
_ORDER_WORD = re.compile(r"^(?:[Gg]iao|[Pp]hân công)\s+(?:cho\s+)?")
_SENTENCE_END = re.compile(r"[.;]\W*$")
_NO_ACTION = re.compile(r"(?:và|của|là|thuộc|có|gồm|như|ở|tại|về|với|cho|bị|do|không)\b")
_DESCRIBES = re.compile(  # what a body is, has, found, means or did, not what it is told
    r"(?:đã|đang|sẽ|sắp|vừa|được|bị|là|có|gồm|bao gồm|thuộc|chịu|chưa|không|chẳng|vẫn|còn|cũng|luôn|đều|rất|mới|hiện|nay"
    r"|gặp|đạt|chiếm|nằm|ở|tại|trên|dưới|cho (?:rằng|thấy|biết)|nhận|thấy|biết|nêu|ghi|kết luận|đánh giá|biểu dương"
    r"|hoan nghênh|cảm ơn|xin|mong|chúc|kính|trân trọng|trở (?:thành|nên)|diễn ra|hoạt động|thể hiện|đóng góp|tồn tại"
    r"|phát sinh|thông qua|tán thành|thảo luận|nghe|hợp lệ|liên quan|khác|nào|này|đó|trực thuộc|với|về|như|và|hoặc|do"
    r"|để|nhằm|khi|nếu|theo|cần thiết|tương ứng|vi phạm|dự (?:kiến|định)|dự án|công trình|chất lượng|hạ tầng|môi trường|thị trường|mắc|thiếu|yếu|chậm|tự hào|vui mừng)\b",
    re.IGNORECASE,
)
_GROUP = re.compile(r"(?:[Cc]ác|[Nn]hững|[Mm]ỗi|[Tt]ừng|[Tt]ất cả|[Tt]oàn bộ|Thủ trưởng|Người đứng đầu|Cán bộ)\b")
_OF_PREDICATE = re.compile(  # particles, quantities and complements that follow a verb
    r"\s(?:lại|ngay|rõ|xong|hết|đủ|đầy đủ|cho|vào|ra|lên|xuống|sang|toàn bộ|tất cả|mọi|từng|các|những|việc|kịp thời"
    r"|nghiêm|đúng|chặt chẽ|trước (?:ngày|khi|tháng)|để|nhằm|bằng|một|ít nhất|tối thiểu|\d+)\b"
)
_UPPER = "".join(letter for letter in map(chr, range(0x1F00)) if letter.isupper())
_CLOSED = re.compile(  # a name closed by a place or a number: nothing of it follows
    rf"\b(?:(?:tỉnh|thành phố|huyện|quận|xã|phường|đặc khu|dự án)(?:\s+[{_UPPER}][^\W\d_]*)+"
    r"|(?:số|khu vực|công tác)\s+(?:\d{1,3}|[IVX]+)\b|^(?:Chủ đầu tư|Nhà thầu|Nhà trường)\b)"
)
_WHOLE_NAME = re.compile(rf"(?:{_CLOSED.pattern})$")
_FEWEST_TOLD = 3  # words: a verb and what it is done to
_COORDINATING = re.compile(
    r"phối hợp(?:\s+(?:chặt chẽ|tốt|thực hiện|triển khai|hiệu quả|chặt chẽ, hiệu quả"
    r"|kịp thời))*\s*(?:,\s*)?(?:(?:cùng\s+)?với|cùng)?\s+(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Owner:
    """Who a sentence tells to act: ``lead`` as printed, and the ``rest`` of the sentence, what is to be done."""

    lead: str
    rest: str


def find_owner(text: str) -> Owner | None:
    """Who acts in a sentence that begins with its subject: "Bộ Công an chủ trì …"; None where it does not.

    >>> find_owner("Giao Bộ trưởng Bộ Tài chính: báo cáo Quốc hội")
    Owner(lead='Bộ trưởng Bộ Tài chính', rest='báo cáo Quốc hội')
    """
    opener = _OPENER.match(text)
    start = opener.end() if opener else 0
    found = _subject_at(text, start)
    if found is not None and opener and _CONCERNING.match(text) and not _is_followed_by_colon(text, found):
        found = None  # "Đối với các cơ quan vi phạm, …" says whom it concerns, not who acts
    if found is not None and opener and not found.rest and _SENTENCE_END.search(text):
        found = _told_something(text, start) or found
    elif found is not None and _names_hold_predicate(text, found):
        found = _told_by_shape(text, start) or found
    if found is None and start:
        found = _subject_at(text, 0)
    if found is None:
        for adverbial in _adverbials(text):
            orderer = _OPENER.match(text, adverbial)
            found = _subject_at(text, orderer.end() if orderer else adverbial) or _subject_at(text, adverbial)
            if found is not None:
                break
    return found


def find_owner_in_brackets(text: str) -> Owner | None:
    """Who acts where a bracket at the end of the sentence says so: "Lập đoàn kiểm tra (giao Công an tỉnh tham mưu)".

    >>> find_owner_in_brackets("Lập đoàn kiểm tra (giao Công an tỉnh chủ trì).")
    Owner(lead='Công an tỉnh', rest='Lập đoàn kiểm tra (giao Công an tỉnh chủ trì).')
    """
    bracket = _IN_BRACKETS.search(text)
    owner = _subject_at(bracket["who"], 0) if bracket else None
    return Owner(owner.lead, text) if owner is not None else None


def find_coordinating(text: str) -> str:
    """The agencies to work with: "phối hợp với …" up to the verb that follows.

    >>> find_coordinating("Chủ trì, phối hợp với Bộ Công an, các địa phương xây dựng kế hoạch")
    'Bộ Công an, các địa phương'
    """
    for match in _COORDINATING.finditer(text):
        if AGENCY.match(text, match.end()):
            end = end_of_names(text, match.end())
            name = text[match.end() : end].strip(CLEAN_EDGE)
            if name:
                return name
    return ""


def is_agency(text: str) -> bool:
    """Whether a text is the name of agencies and nothing else: a heading such as "1. Bộ Công an"."""
    said = text.strip(CLEAN_EDGE)
    opener = _OPENER.match(said)
    start = opener.end() if opener else 0
    if not AGENCY.match(said, start) or len(said) > _LONGEST_OWNER:
        return False
    end = end_of_names(said, start)
    return end >= len(said) or _past_apposition(said, end) >= len(said)


def acts(rest: str) -> bool:
    """Whether the words behind a subject say what it does: "theo quy định" alone does not."""
    words = rest.strip()
    if _SUPPOSED.match(words):
        return False
    said = _MANNER.sub("", words)
    return VERB.search(said) is not None or (said[:1].islower() and _NO_ACTION.match(said) is None and " " in said)


def subject_starts(text: str) -> Iterator[int]:
    """Where, after the first, a sentence begins whose subject is an agency: "…; Bộ Công an tổng hợp …"."""
    first = find_owner(text)
    named = len(text) - len(first.rest) if first else 0
    for match in re.finditer(r"(?<=[.;])\s+(?=\S)", without_brackets(text)):
        if match.end() < named:
            continue
        found = find_owner(text[match.end() : match.end() + WINDOW])
        if found is not None and acts(found.rest) and (begins_with_action(found.rest) or found.rest[:1].islower()):
            yield match.end()


def _subject_at(text: str, start: int) -> Owner | None:
    if not AGENCY.match(text, start):
        return None
    end = end_of_names(text, start)
    if (told := _TOLD.search(text, start)) is not None and told.start() < end:
        end = told.start()
    lead = _ORDER_WORD.sub("", text[start:end].strip(CLEAN_EDGE), count=1)
    if not lead or end - start > _LONGEST_OWNER:
        return None
    return Owner(lead, text[_past_apposition(text, end) :].lstrip(" :,;."))


def _told_something(text: str, start: int) -> Owner | None:
    """Who an order names whose verb is not known: what is told begins where the words of names end.

    A syllable in lower case may go on with the one in upper case before it: "Trung tâm Khảo thí | chấm bài".
    """
    may_go_on = False
    for word in re.finditer(r"\S+", text[start:]):
        said = word[0].rstrip(",;.")
        is_number = said.isdecimal() and word.start() > 0
        if not (said[:1].isupper() or is_number or NAME_WORD.fullmatch(said) or may_go_on):
            lead, rest = text[start : start + word.start()], text[start + word.start() :]
            is_told = " " in rest.strip() and not lead.rstrip().endswith((",", ";", " và")) and said.isalpha()
            return Owner(lead.strip(CLEAN_EDGE), rest) if is_told and lead.strip() else None
        may_go_on = said[:1].isupper() and said == word[0] and not _WHOLE_NAME.search(text[start : start + word.end()])
    return None


def _names_hold_predicate(text: str, owner: Owner) -> bool:
    """Whether what was read as names may hold a verb that is not known.

    They run to the end of the sentence, to its time ("… trước ngày 30/6"), or to "và" before a known verb.
    """
    read = text[: len(text) - len(owner.rest)].rstrip()
    if _SENTENCE_END.search(read) or owner.lead.endswith((" và", " để")):
        return True
    return _MANNER.match(owner.rest) is not None and not acts(owner.rest)


def _told_by_shape(text: str, start: int) -> Owner | None:
    """Who a sentence without an order tells something whose verb is not known, told by the shape of a predicate.

    Names in lower case look alike ("Trung tâm khảo thí và kiểm định"): a verb must follow a name in upper case or a
    group ("các trường"), and have what only a predicate has ("lại", "ngay", "cho", "toàn bộ"), or follow a name that
    is surely at its end ("tỉnh Thử", "khu vực III").
    """
    sentence = re.split(r"(?<=[.;])\s", text[start:], maxsplit=1)[0]
    told = _behind_whole_name(sentence) or _told_something(sentence, 0)
    if told is None or len(told.rest.split()) < _FEWEST_TOLD or _DESCRIBES.match(told.rest):
        return None
    is_whole = _WHOLE_NAME.search(told.lead) is not None
    is_named = is_whole or _GROUP.match(told.lead) is not None or any(w[:1].isupper() for w in told.lead.split()[-2:])
    if not is_named or not (is_whole or _OF_PREDICATE.search(told.rest)):
        return None
    return Owner(told.lead, text[start + len(sentence) - len(told.rest) :])


def _behind_whole_name(sentence: str) -> Owner | None:
    """Who acts where a place or a number closes the name: "Kho bạc Nhà nước khu vực IV | mở tài khoản …"."""
    for name in _CLOSED.finditer(sentence[:_LONGEST_OWNER]):
        rest = sentence[name.end() :].lstrip()
        said = rest.split(" ", 1)[0]
        if said.isalpha() and said.islower() and not NAME_WORD.fullmatch(said):
            return Owner(sentence[: name.end()], rest)
    return None


def _is_followed_by_colon(text: str, owner: Owner) -> bool:
    return not owner.rest or text[: len(text) - len(owner.rest)].rstrip().endswith(":")


def _past_apposition(text: str, end: int) -> int:
    """Where what explains a name ends: "Bộ Công an - Cơ quan thường trực Đề án …"; ``end`` where nothing does."""
    match = APPOSITION.match(text, end)
    if match is None:
        return end
    stop = re.compile(r"[:;.\n]").search(text, match.end())
    verb = DUTY.search(text, match.end()) or PREDICATE.search(text, match.end())
    return min(stop.start() if stop else len(text), verb.start() if verb else len(text))


def _adverbials(text: str) -> Iterator[int]:
    """Where a subject may stand behind what opens the sentence: "Trên cơ sở …, Bộ X …", "Mở tài khoản: Ủy ban …"."""
    text = text[:WINDOW]
    heading = re.match(r"[^:;.]{3,120}:\s+", text)
    if heading is not None and not text.startswith("Điều"):
        yield heading.end()
        yield from (heading.end() + start for start in _adverbials(text[heading.end() :]))
    if _ADVERBIAL.match(text) is None:
        return
    clause = re.split(r"[;:]|\.\s", without_brackets(text[:_LONGEST_OWNER]), maxsplit=1)[0]
    for comma in re.finditer(r",\s*(?:giao\s+|đề nghị\s+)?", clause):
        orderer = _OPENER.match(text, comma.end())
        if orderer is not None and AGENCY.match(text, orderer.end()):
            yield comma.end()
            continue
        if AGENCY.match(text, comma.end()) and not re.match(
            r"(?:cơ quan|đơn vị|doanh nghiệp|[Đđ]ịa phương)\b", text[comma.end() :]
        ):
            end = end_of_names(text, comma.end())
            if VERB.match(text[end:].lstrip()) and acts(text[end:]):
                yield comma.end()
