"""Names of agencies as printed: where a name ends, and the names of a list one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.parse.tasks.words import (
    ACTION,
    AGENCY,
    ALWAYS_NAME,
    ATTRIBUTE,
    DUTY,
    KNOWN,
    NAMED_BY_WORK,
    NOT_A_VERB,
    PREDICATE,
    VERB,
)
from kb.text import unwrap

WINDOW = 1_000  # characters looked at for a subject: what is longer names none
APPOSITION = re.compile(  # what a name is besides: "Bộ Công an - Cơ quan thường trực Đề án"
    r"\s+[-–]\s+(?=(?:[Cc]ơ quan|[Đđ]ơn vị|[Tt]hường trực|Trưởng|Phó Trưởng|Tổ trưởng|[Cc]hủ đầu tư|Ủy viên|Uỷ viên)\b)"
)
_LABEL = re.compile(
    r"^(?:(?:[-–+•*\d.)(]+\s*)?(?:cơ quan|đơn vị|đơn vị, cá nhân"
    r"|đơn vị, địa phương)?,?\s*(?:được giao\s+)?(?:chủ trì(?: thực hiện)?|thực hiện|phối hợp(?: thực hiện)?"
    r"|đầu mối)\s*:\s*)+",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,\s*và|[,;]|\s+và|\s+cùng)\s+")
_TIMED = re.compile(r"(?:Từ|Kể từ|Trước|Trong|Đến|Chậm nhất)\s+[^,:;.]{3,80},\s+")
_ONLY = re.compile(r"(?:chỉ|không|chưa)\s+\w")
_ROLES = re.compile(
    r"(?P<lead>.{3,400}?)[\s,;.(-]*(?:chủ trì\s*[,;]?\s*)?(?:(?:cơ quan"
    r"|đơn vị)\s+)?\b[Pp]hối hợp(?:\s+thực hiện)?\s*(?::|với\s*:?|cùng)\s*(?P<coordinating>.+)",
)
CLEAN_EDGE = " .;:,-–+•*\u00a0"
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
_NEXT_NAME = re.compile(rf"(?<![,;:])(?<!\bvà)(?<!\bcủa)(?<!\bvới)\s*\n\s*(?:[-–+•]\s*)?(?={AGENCY.pattern})")


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


def names_only(wording: str) -> str:
    """The agencies of a phrase that also says what each does: "Bộ A rà soát …; các bộ khác báo cáo …".

    >>> names_only("Bộ Công an rà soát văn bản; các bộ rà soát văn bản khác")
    'Bộ Công an; các bộ'
    """
    parts = [part.strip() for part in wording.split(";")]
    names = [part[: end_of_names(part, 0)] if AGENCY.match(part) else part for part in parts]
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
    return re.sub(r"\s*\((?:cơ quan|đơn vị) (?:chủ trì|phối hợp|thường trực)\)", "", said).strip(CLEAN_EDGE)


def begins_with_action(text: str) -> bool:
    """Whether a sentence without subject begins with what is to be done."""
    said = text.lstrip(" -–+•*")
    timed = _TIMED.match(said)
    return ACTION.match(said) is not None or (
        timed is not None
        and (ACTION.match(said, timed.end()) is not None or _ONLY.match(said, timed.end()) is not None)
    )


def end_of_names(text: str, start: int) -> int:
    """Where a list of agencies ends: at the verb that follows, a colon, or the end of the sentence."""
    text = text[: min(start + WINDOW, _end_of_bracket(text, start))]
    if apposition := APPOSITION.search(text, start):
        text = text[: apposition.start()]
    if (known := _known_end(text, start)) is not None:
        return known
    masked = without_brackets(text)
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
    for match in re.finditer(r"[()]", text[start : start + WINDOW]):
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


def without_brackets(text: str) -> str:
    """The text with what stands in brackets blanked, so that no verb is found there; "(1)" stays."""
    return re.sub(r"\((?!\d{1,2}\)|[ivx]{1,4}\))[^()]*\)", lambda match: "\u2026" * len(match[0]), text)


def _named_parts(text: str) -> Iterator[str]:
    """The text cut where a break is followed by a name; inside "Các Bộ: A, B" the cut is left to the shared head."""
    start = 0
    masked = without_brackets(text)
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
    return _QUALIFIER.sub("", text).strip(CLEAN_EDGE)
