"""Who acts (cơ quan chủ trì, phối hợp): the agencies that a sentence or a cell names, as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.parse.tasks.words import (
    ACTION,
    AGENCY,
    ALWAYS_NAME,
    ATTRIBUTE,
    DUTY,
    KNOWN,
    NAME_WORD,
    NAMED_BY_WORK,
    NOT_A_VERB,
    PREDICATE,
    VERB,
)
from kb.text import unwrap

_LONGEST_OWNER = 420  # characters; the longest seen lists nine provinces
_WINDOW = 1_000  # characters looked at for a subject: what is longer names none
_OPENER = re.compile(  # who orders, where it is said, and the word of the order
    r"(?:(?:Trong đó|Đồng thời|Ngoài ra|Cụ thể)\s*[,:]?\s+)?(?:(?:(?:Phó )?Thủ tướng|Chính phủ|Quốc hội|Chủ tịch (?:UBND|Ủy ban)|UBND|Ủy ban nhân dân|Ban Chỉ đạo"
    r"|Tổ trưởng|Trưởng Ban|Tôi)\b(?:(?!\sđã\s)[^,.;:]){0,60}?\s+|Bộ [^.;:]{3,60}?\s+(?=yêu cầu (?:Thủ trưởng|các)))?"
    r"(?:[Gg]iao(?: cho)?|[Đđ]ề nghị|[Yy]êu cầu|[Pp]hân công|[Tt]rân trọng đề nghị)\s*:?\s+|[Đđ]ối với\s+"
)
_IN_BRACKETS = re.compile(r"\((?:[Gg]iao|[Dd]o|[Pp]hân công)\s+(?P<who>[^()]{3,400})\)[\s.;,]*$")
_CONCERNING = re.compile(r"[Đđ]ối với\b")
_APPOSITION = re.compile(  # what a name is besides: "Bộ Công an - Cơ quan thường trực Đề án"
    r"\s+[-–]\s+(?=(?:[Cc]ơ quan|[Đđ]ơn vị|[Tt]hường trực|Trưởng|Phó Trưởng|Tổ trưởng|[Cc]hủ đầu tư|Ủy viên|Uỷ viên)\b)"
)
_ADVERBIAL = re.compile(
    r"(?:Trên cơ sở|Căn cứ|Theo|Để|Trong|Từ|Trước|Sau|Đối với|Khi|Từ nay|Ngay sau|Định kỳ|Hằng|Hàng|Trên tinh thần"
    r"|Đồng thời|Ngoài ra|Trước mắt|Riêng|Qua|Với|Giao|Cùng với|Do đó|Do vậy|Vì vậy|Theo đó|Bên cạnh đó|Thời gian tới|Nhân dịp)\b[^;:]{0,400}?,\s*(?:giao\s+|đề nghị\s+)?"
)
_LABEL = re.compile(
    r"^(?:(?:[-–+•*\d.)(]+\s*)?(?:cơ quan|đơn vị|đơn vị, cá nhân"
    r"|đơn vị, địa phương)?,?\s*(?:được giao\s+)?(?:chủ trì(?: thực hiện)?|thực hiện|phối hợp(?: thực hiện)?"
    r"|đầu mối)\s*:\s*)+",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,\s*và|[,;]|\s+và|\s+cùng)\s+")
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
_TIMED = re.compile(r"(?:Từ|Kể từ|Trước|Trong|Đến|Chậm nhất)\s+[^,:;.]{3,80},\s+")
_ONLY = re.compile(r"(?:chỉ|không|chưa)\s+\w")
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
_ROLES = re.compile(
    r"(?P<lead>.{3,400}?)[\s,;.(-]*(?:chủ trì\s*[,;]?\s*)?(?:(?:cơ quan"
    r"|đơn vị)\s+)?\b[Pp]hối hợp(?:\s+thực hiện)?\s*(?::|với\s*:?|cùng)\s*(?P<coordinating>.+)",
)
_CLEAN_EDGE = " .;:,-–+•*\u00a0"
_COORDINATING = re.compile(
    r"phối hợp(?:\s+(?:chặt chẽ|tốt|thực hiện|triển khai|hiệu quả|chặt chẽ, hiệu quả"
    r"|kịp thời))*\s*(?:,\s*)?(?:(?:cùng\s+)?với|cùng)?\s+(?=\S)",
    re.IGNORECASE,
)
_SHARED_HEAD = re.compile(
    r"^(?:Các|các|Những)?\s*(?:đồng chí\s+)?(?P<head>(?:Bộ trưởng|Cục trưởng|Vụ trưởng|Giám đốc"
    r"|Chủ tịch)?\s*(?:các\s+)?(?:[Bb]ộ|[Ss]ở|[Cc]ục|[Vv]ụ|[Vv]iện|[Bb]an|[Tt]ổng cục|[Tt]ập đoàn|[Tt]ổng công ty"
    r"|[Hh]ội|[Tt]rường)"
    r"(?:, (?:ngành|cơ quan|ban, ngành))?)\s*:\s*(?P<names>.+)$"
)
_QUALIFIER = re.compile(
    r"\s+(?:với (?:các|những|vai trò|tư cách)|đối với|theo (?:chức năng|phạm vi|lĩnh vực|phân công|thẩm quyền))\b.*$",
    re.DOTALL,
)
_BREAK = re.compile(
    r"\s*(?:;|\n\s*(?:[-–+•]\s*)?)\s*|\s*,\s*(?:và\s+)?|\s+(?:và|cùng|với)\s+|\.\s+(?=[A-ZĐÀ-Ỹ])|(?<=\S)\s+/\s+"
)


@dataclass(frozen=True, slots=True)
class Owner:
    """Who a sentence tells to act: ``lead`` as printed, and the ``rest`` of the sentence, what is to be done."""

    lead: str
    rest: str


def split_agencies(wording: str) -> tuple[str, ...]:
    """The agencies that a cell or a phrase names, one each, as printed; a head they share is repeated.

    "Bộ Văn hóa, Thể thao và Du lịch" and "các bộ, ngành" stay whole: a name ends only where the next begins.

    >>> split_agencies("Chủ trì: Bộ Khoa học và Công nghệ, Bộ Công an và các bộ, ngành liên quan.")
    ('Bộ Khoa học và Công nghệ', 'Bộ Công an', 'các bộ, ngành liên quan')
    >>> split_agencies("Các Bộ: Tài chính, Y tế")
    ('Bộ Tài chính', 'Bộ Y tế')
    """
    text = _LABEL.sub("", wording.strip())
    names: list[str] = []
    for part in _named_parts(text):
        names.extend(_with_shared_head(part))
    return tuple(dict.fromkeys(name for name in map(_cleaned, names) if name))


# A cell that names one agency a line; a wrapped line goes on after "và", "của" or a comma.
_NEXT_NAME = re.compile(rf"(?<![,;:])(?<!\bvà)(?<!\bcủa)(?<!\bvới)\s*\n\s*(?:[-–+•]\s*)?(?={AGENCY.pattern})")


def names_only(wording: str) -> str:
    """The agencies of a phrase that also says what each does: "Bộ A rà soát …; các bộ khác báo cáo …".

    >>> names_only("Bộ Công an rà soát văn bản; các bộ rà soát văn bản khác")
    'Bộ Công an; các bộ'
    """
    parts = [part.strip() for part in wording.split(";")]
    names = [part[: _end_of_names(part, 0)] if AGENCY.match(part) else part for part in parts]
    return "; ".join(name for name in names if name)


def split_roles(wording: str) -> tuple[str, str]:
    """Who leads and who coordinates, of a cell that names both.

    >>> split_roles("Bộ Công an chủ trì, phối hợp với Bộ Tư pháp")
    ('Bộ Công an', 'Bộ Tư pháp')
    >>> split_roles("Chủ trì: Bộ Công an; phối hợp: Bộ Tư pháp")
    ('Bộ Công an', 'Bộ Tư pháp')
    """
    both = _ROLES.match(unwrap(wording))
    if both is None:
        return clean_agencies(wording), ""
    return clean_agencies(both["lead"]), clean_agencies(both["coordinating"])


def clean_agencies(wording: str) -> str:
    """A cell's agencies on one line, without label and closing punctuation.

    >>> clean_agencies("Chủ trì: Bộ Công an.")
    'Bộ Công an'
    """
    said = unwrap(_LABEL.sub("", unwrap(_NEXT_NAME.sub("; ", wording))))
    return re.sub(r"\s*\((?:cơ quan|đơn vị) (?:chủ trì|phối hợp|thường trực)\)", "", said).strip(_CLEAN_EDGE)


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
            end = _end_of_names(text, match.end())
            name = text[match.end() : end].strip(_CLEAN_EDGE)
            if name:
                return name
    return ""


def is_agency(text: str) -> bool:
    """Whether a text is the name of agencies and nothing else: a heading such as "1. Bộ Công an"."""
    said = text.strip(_CLEAN_EDGE)
    opener = _OPENER.match(said)
    start = opener.end() if opener else 0
    if not AGENCY.match(said, start) or len(said) > _LONGEST_OWNER:
        return False
    end = _end_of_names(said, start)
    return end >= len(said) or _past_apposition(said, end) >= len(said)


def begins_with_action(text: str) -> bool:
    """Whether a sentence without subject begins with what is to be done."""
    said = text.lstrip(" -–+•*")
    timed = _TIMED.match(said)
    return ACTION.match(said) is not None or (
        timed is not None
        and (ACTION.match(said, timed.end()) is not None or _ONLY.match(said, timed.end()) is not None)
    )


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
    for match in re.finditer(r"(?<=[.;])\s+(?=\S)", _without_brackets(text)):
        if match.end() < named:
            continue
        found = find_owner(text[match.end() : match.end() + _WINDOW])
        if found is not None and acts(found.rest) and (begins_with_action(found.rest) or found.rest[:1].islower()):
            yield match.end()


def _subject_at(text: str, start: int) -> Owner | None:
    if not AGENCY.match(text, start):
        return None
    end = _end_of_names(text, start)
    if (told := _TOLD.search(text, start)) is not None and told.start() < end:
        end = told.start()
    lead = _ORDER_WORD.sub("", text[start:end].strip(_CLEAN_EDGE), count=1)
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
            return Owner(lead.strip(_CLEAN_EDGE), rest) if is_told and lead.strip() else None
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
    match = _APPOSITION.match(text, end)
    if match is None:
        return end
    stop = re.compile(r"[:;.\n]").search(text, match.end())
    verb = DUTY.search(text, match.end()) or PREDICATE.search(text, match.end())
    return min(stop.start() if stop else len(text), verb.start() if verb else len(text))


def _adverbials(text: str) -> Iterator[int]:
    """Where a subject may stand behind what opens the sentence: "Trên cơ sở …, Bộ X …", "Mở tài khoản: Ủy ban …"."""
    text = text[:_WINDOW]
    heading = re.match(r"[^:;.]{3,120}:\s+", text)
    if heading is not None and not text.startswith("Điều"):
        yield heading.end()
        yield from (heading.end() + start for start in _adverbials(text[heading.end() :]))
    if _ADVERBIAL.match(text) is None:
        return
    clause = re.split(r"[;:]|\.\s", _without_brackets(text[:_LONGEST_OWNER]), maxsplit=1)[0]
    for comma in re.finditer(r",\s*(?:giao\s+|đề nghị\s+)?", clause):
        orderer = _OPENER.match(text, comma.end())
        if orderer is not None and AGENCY.match(text, orderer.end()):
            yield comma.end()
            continue
        if AGENCY.match(text, comma.end()) and not re.match(
            r"(?:cơ quan|đơn vị|doanh nghiệp|[Đđ]ịa phương)\b", text[comma.end() :]
        ):
            end = _end_of_names(text, comma.end())
            if VERB.match(text[end:].lstrip()) and acts(text[end:]):
                yield comma.end()


def _end_of_names(text: str, start: int) -> int:
    """Where a list of agencies ends: at the verb that follows, a colon, or the end of the sentence."""
    text = text[: min(start + _WINDOW, _end_of_bracket(text, start))]
    if apposition := _APPOSITION.search(text, start):
        text = text[: apposition.start()]
    if (known := _known_end(text, start)) is not None:
        return known
    masked = _without_brackets(text)
    position = _past_attribute(masked, start)
    while True:
        stop = re.compile(r"[:;.\n]|\(\d|\(i+\)").search(masked, position)
        verb = _verb_after(masked, position)
        end = min(stop.start() if stop else len(text), verb)
        if end >= len(text) or masked[end] not in ":;.":
            return _trimmed(text, start, end)
        if (
            masked[end] == "."
            and re.match(r"(?:HCM|Hồ Chí Minh|[A-ZĐ])", masked[end + 1 : end + 4].strip() or " ")
            and re.search(r"\b(?:TP|T|Q|H)$", masked[:end])
        ):
            position = end + 1
            continue
        if masked[end] == ":" and _goes_on_with_names(text, start, end):
            position = end + 1
            continue
        if masked[end] == ";" and AGENCY.match(text, end + 1 + len(text[end + 1 :]) - len(text[end + 1 :].lstrip())):
            position = end + 1
            continue
        return _trimmed(text, start, end)


def _known_end(text: str, start: int) -> int | None:
    """Where a list of names ends that are all known, before a word that is none; None where one is not known."""
    position = start
    while (name := KNOWN.match(text, position)) is not None:
        position = name.end()
        following = _AND.match(text, position)
        if following is not None and AGENCY.match(text, following.end()):
            position = following.end()
            continue
        return position if re.match(r"\s*(?:$|[.:;,]|\(\d)|\s+[a-zà-ỹđ]", text[position:]) else None
    return None


def _end_of_bracket(text: str, start: int) -> int:
    """Where the bracket closes that ``start`` stands in; the end of the text where it stands in none."""
    depth = 0
    for match in re.finditer(r"[()]", text[start : start + _WINDOW]):
        depth += 1 if match[0] == "(" else -1
        if depth < 0:
            return start + match.start()
    return len(text)


def _past_attribute(text: str, start: int) -> int:
    """Where the predicate stands behind a body that is told by what it does; ``start`` where none is.

    "Các cơ sở đào tạo | rà soát …", "Các cơ quan được giao chủ trì nhiệm vụ | khẩn trương …".
    """
    clause = re.compile(rf"[:;.\n]|,\s+(?={VERB.pattern})").search(text, start)
    end = clause.start() if clause else len(text)
    attribute = ATTRIBUTE.search(text, start, end)
    if attribute is None or _verb_after(text, start) < attribute.start():
        return start
    after = attribute.end()
    if attribute["given"] and (verb := VERB.match(text, after + 1)) is not None:
        after = verb.end()  # "được giao chủ trì": what was given
    predicate = DUTY.search(text, after, end) or PREDICATE.search(text, after, end)
    return predicate.start() if predicate else start


def _trimmed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip(" ,"))


def _verb_after(text: str, position: int) -> int:
    for match in VERB.finditer(text, position):
        if NOT_A_VERB.match(text, match.start()) or ALWAYS_NAME.search(text, max(0, match.start() - 20), match.start()):
            continue
        if match.start() > position and text[match.start() - 1] in "/-":
            continue
        named = NAMED_BY_WORK.search(text, max(0, match.start() - 12), match.end())
        if named is not None and named.end() == match.end():
            continue
        return match.start()
    return len(text)


def _goes_on_with_names(text: str, start: int, colon: int) -> bool:
    """Whether names follow a colon: "Các Bộ: Tài chính, Y tế …", "các tỉnh: Hà Tĩnh, …"."""
    if re.search(r"[Cc]ác\b", text[start:colon]) is None:
        return False
    following = text[colon + 1 :].lstrip(" ")
    return following[:1].isupper() and not begins_with_action(following)


def _without_brackets(text: str) -> str:
    """The text with what stands in brackets blanked, so that no verb is found there; "(1)" stays."""
    return re.sub(r"\((?!\d{1,2}\)|[ivx]{1,4}\))[^()]*\)", lambda match: "\u2026" * len(match[0]), text)


def _named_parts(text: str) -> Iterator[str]:
    """The text cut where a break is followed by a name; inside "Các Bộ: A, B" the cut is left to the shared head."""
    start = 0
    masked = _without_brackets(text)
    for match in _BREAK.finditer(masked):
        if "\n" in match[0] or ";" in match[0]:
            cut = not _in_shared_list(text[start : match.start()]) or bool(AGENCY.match(text, match.end()))
        else:
            cut = bool(AGENCY.match(text, match.end())) and not _is_one_group(
                text[start : match.start()], text[match.end() :]
            )
        if cut:
            yield text[start : match.start()]
            start = match.end()
    yield text[start:]


def _in_shared_list(text: str) -> bool:
    return _SHARED_HEAD.match(unwrap(text)) is not None


def _is_one_group(before: str, after: str) -> bool:
    """Whether names are one group: "Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ"."""
    return (
        re.match(r"(?:cơ quan|đơn vị|doanh nghiệp)\b", after) is not None
        and re.search(r"\b(?:[Cc]ác|[Bb]ộ|cơ quan)\b", before) is not None
    )


def _with_shared_head(part: str) -> Iterator[str]:
    match = _SHARED_HEAD.match(unwrap(part))
    if match is None:
        yield part
        return
    head = re.sub(r"\b[Cc]ác\s+", "", match["head"]).split(",")[0].strip()
    head = head[:1].upper() + head[1:]
    separator = r"\s*;\s*" if ";" in match["names"] else r"\s*,\s*|\s+và\s+(?=[A-ZĐ]\w*(?:\s\w+)?\s*$)"
    for name in re.split(separator, match["names"]):
        yield name if AGENCY.match(name) else f"{head} {name}"


def _cleaned(name: str) -> str:
    text = unwrap(_LABEL.sub("", unwrap(name)))
    text = re.sub(r"^(?:\(?\d{1,2}[).]|[-–+•])\s+", "", text)
    return _QUALIFIER.sub("", text).strip(_CLEAN_EDGE)
