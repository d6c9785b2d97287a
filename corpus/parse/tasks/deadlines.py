"""Deadlines (thời hạn): the words of a cell or a sentence to a kind and the last day they allow."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from kb.model import DeadlineKind
from kb.text import canonical, unwrap

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_YEAR = r"(?:19|20)\d\d"
_SEP = r"\s*[/.-]\s*"

# The longer form first: "30/6/2024" also begins with "6/2024".
_ATOM = re.compile(
    rf"""
      (?:ngày\s+)?(?<![\d/])(?P<d1>\d{{1,2}})\s*[/.-]\s*(?P<m1>\d{{1,2}})\s*[/.-]\s*(?P<y1>{_YEAR})(?!\d)
    | ngày\s+(?P<d2>\d{{1,2}})\s+tháng\s+(?P<m2>\d{{1,2}})(?:(?:\s*,?\s*năm\s+|{_SEP})(?P<y2>{_YEAR}))?(?!\d)
    | ngày\s+(?P<d3>\d{{1,2}})\s*[/-]\s*(?P<m3>\d{{1,2}})(?![\d/])(?:\s*,?\s*năm\s+(?P<y3>{_YEAR}))?
    | (?<![\d/.])(?P<d5>\d{{1,2}})\s+tháng\s+(?P<m5>\d{{1,2}})(?:\s*,?\s*năm\s+|{_SEP})(?P<y5>{_YEAR})(?!\d)
    | tháng\s+(?P<m4>\d{{1,2}})(?:(?:\s*,?\s*năm\s+|{_SEP}|\s+)(?P<y4>{_YEAR}))?(?![\d/])
    | (?<![\d/.])(?P<m6>\d{{1,2}})\s*/\s*(?P<y6>{_YEAR})(?!\d)
    | qu[ýí]\s+(?P<q>IV|III|II|I|[1-4])(?![IV\d])(?:(?:\s*,?\s*năm\s+|{_SEP}|\s+)(?P<yq>{_YEAR}))?(?!\d)
    | (?:(?:06|6|sáu)\s+tháng|nửa)\s+(?P<half>đầu|cuối)\s+(?:của\s+)?năm(?:\s+(?P<yh>{_YEAR}))?(?!\d)
    | (?:(?:đến|trong|vào)\s+)?cuối\s+năm(?:\s+(?P<ye>{_YEAR})|\s+nay)?(?P<end>)(?!\d)
    | cuối\s+tháng\s+(?P<me>\d{{1,2}})(?:(?:\s*,?\s*năm\s+|{_SEP})(?P<yme>{_YEAR}))?(?!\d)
    | giai\s+đoạn\s+(?:từ\s+)?(?:năm\s+)?{_YEAR}\s*(?:-|đến)\s*(?:năm\s+)?(?P<yg>{_YEAR})(?!\d)
    | (?:năm\s+)?(?<![\d/.-]){_YEAR}\s*-\s*(?P<yr>{_YEAR})(?!\d)
    | (?:năm|hết)\s+(?P<ys>{_YEAR})(?!\d)
    | (?<![\d/.-])(?P<yb>{_YEAR})(?![\d/.-]\d|\d)
    | trong\s+năm(?:\s+nay)?(?P<this>)(?=\s*(?:$|[.;,)]))
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SHARED_YEAR = re.compile(r"\s*(?:,|và|-|đến|tới|đến hết)\s*", re.IGNORECASE)
_SHORT = re.compile(  # "quý III, IV/2025", "tháng 10, 11/2025": the last of the list is the deadline
    rf"(?P<word>qu[ýí]|tháng)\s+(?:(?:IV|III|II|I|\d{{1,2}})\s*(?:,|và|-|hoặc)\s*(?:{'qu[ýí]'}\s+|tháng\s+)?)+"
    rf"(?=(?:IV|III|II|I|\d{{1,2}})(?:\s|[/.,;)-]|$))",
    re.IGNORECASE,
)
_START_BEFORE = re.compile(r"(?:\btừ|\bkể từ|bắt đầu(?:\s+\w+){0,3})\s*(?:đầu\s+)?$", re.IGNORECASE)
_RECURRING = re.compile(
    r"thường\s+xuyên|(?:hằng|hàng|mỗi)\s+(?:ngày|tuần|tháng|quý|năm)|định\s+kỳ|liên\s+tục"
    r"|(?:và|,)\s+(?:các|những)\s+năm\s+(?:tiếp\s+theo|sau|tiếp)|theo\s+định\s+kỳ|khi\s+có\s+phát\s+sinh",
    re.IGNORECASE,
)
_EACH_PERIOD = re.compile(
    r"\s*(?:của\s+)?,?\s*(?:(?:hằng|hàng|mỗi)\s+(?:tháng|quý|năm)|(?:và|,)\s+(?:các|những)\s+năm\s+(?:tiếp|sau)"
    r"|của\s+năm\s+tiếp\s+theo)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?:sau|trong|vòng|chậm\s+nhất|không\s+quá|thời\s+hạn|tối\s+đa|trước)?\s*\d+\s*(?:\([^)]*\)\s*)?(?:giờ|ngày"
    r"|tuần|tháng|năm)"
    r"(?:\s+làm\s+việc)?\s*,?\s*(?:kể\s+từ|tính\s+từ|từ\s+khi|từ\s+ngày|sau\s+khi|sau\s+ngày|trước\s+khi|trước\s+ngày)"
    r"|(?:trong|vòng|chậm\s+nhất|không\s+quá|tối\s+đa)\s+(?:(?:vòng|thời\s+hạn|là|sau)\s+)*\d+\s+(?:giờ|ngày|tuần"
    r"|tháng)(?:\s+làm\s+việc)?"
    r"|(?:ngay\s+)?sau\s+khi\b|kể\s+từ\s+(?:khi|ngày)|theo\s+(?:tiến\s+độ|lộ\s+trình|kế\s+hoạch|chỉ\s+đạo|yêu\s+cầu"
    r"|hướng\s+dẫn"
    r"|thời\s+hạn|thời\s+gian|quy\s+định|đúng)|kỳ\s+họp|phiên\s+họp|đồng\s+thời\s+với|ngay\s+khi|cùng\s+thời\s+điểm",
    re.IGNORECASE,
)
_VAGUE = re.compile(r"(?<!tháng )(?<!nửa )(?:đầu|giữa)\s+(?:năm|quý|tháng)", re.IGNORECASE)  # names no last day
_NOTHING = re.compile(r"[\W_]*|không(?:\s+(?:có|quy định|xác định|nêu)(?:\s+thời\s+hạn)?)?", re.IGNORECASE)
_FINENESS = (DeadlineKind.YEAR, DeadlineKind.QUARTER, DeadlineKind.MONTH, DeadlineKind.DAY)

# What stands before a time in a sentence and makes it a deadline, not the date of a document or of an event.
_STRONG = re.compile(
    r"(?:trước|chậm nhất(?:\s+(?:là|vào|đến|trước|trong))*|muộn nhất(?:\s+(?:là|vào))?|xong(?:\s+(?:trước|trong"
    r"|vào))?|đến hết|từ nay đến"
    r"|(?:hoàn thành|thời (?:hạn|gian)(?:\s+(?:hoàn thành|thực hiện|báo cáo|gửi|trình))?)(?:\s+(?:trước|trong|vào|là"
    r"|ngay|ngay trong))*\s*:?)"
    r"(?:\s+(?:hết|là|trong|vào|thời điểm|ngay|\d{1,2}\s*(?:giờ|h)(?:\s*\d{2}(?:\s*phút)?)?,?"
    r"|ngày\s+[A-ZĐ][^\W\d]*(?:\s+[^\W\d]+){0,3}))*\s*$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"(?:từ|kể từ)\s+[^,;.]{4,40}?\s+đến\s+(?:hết\s+)?$", re.IGNORECASE)
_LONGEST_CUE = 80  # characters before a time in which what makes it a deadline stands
_WEAK = re.compile(r"\b(?:trong|ngay trong|vào|từ|kể từ)\s*$", re.IGNORECASE)
_ENDS_CLAUSE = re.compile(r"\s*(?:$|[.;)(]|,\s|và\s+(?:hằng|hàng)|để\s)")
_REPORTED = re.compile(r"\b(?:báo cáo|trình)\s+[^,;.]{2,60}\s(?:ngay\s+)?trong\s*$", re.IGNORECASE)
_STRETCH = re.compile(r"giai\s+đoạn", re.IGNORECASE)
_ASIDE = re.compile(r"(?:^|[,;(])\s*(?:nhất là|đặc biệt là|trong đó có|bao gồm|kể cả|như)\b[^,;.()]*$")
_NOT_OURS = re.compile(
    r"(?:được giao|đã|đạt|được|nhiệm vụ|dự toán|thi hành|phát sinh)(?:\s+\S+){0,2}\s+$", re.IGNORECASE
)
_OF_EVENT = re.compile(
    r"\b(?:hội nghị|kỳ họp|phiên họp|đại hội|buổi lễ)\b[^,;.]{0,60}\s(?:tổ chức|diễn ra|khai mạc)\s+$", re.IGNORECASE
)
_ALWAYS = re.compile(
    r"(?:nhiệm vụ|thực hiện|triển khai(?:\s+thực hiện)?|tiến hành|duy trì)\s+thường\s+xuyên(?=\s*(?:$|[.;,)]))"
    r"|[,;]\s*thường\s+xuyên(?=\s*(?:$|[.;)]))",
    re.IGNORECASE,
)
_EVERY = re.compile(r"(?:hằng|hàng)\s+(?:tháng|quý|năm)", re.IGNORECASE)
_PERIODIC = re.compile(
    r"(?:trước|vào)\s+ngày\s+\d{1,2}(?:\s*(?:tháng|[/-])\s*\d{1,2})?\s*(?:của\s+)?,?\s*(?:(?:hằng|hàng"
    r"|mỗi)\s+(?:tháng|quý|năm)|tháng cuối quý|năm\s+(?:tiếp\s+theo|sau))"
    r"|(?:định\s+kỳ\s+)?(?:(?:hằng|hàng|mỗi)\s+(?:tuần|tháng|quý|năm)|(?:06|6|sáu)\s+tháng(?:\s+một\s+lần)?)"
    r"(?:\s*,\s*(?:hằng|hàng)\s+(?:quý|năm))*(?=\s*(?:$|[.;,(]|gửi|báo cáo|tổng hợp|có báo cáo|công bố))"
    r"|định\s+kỳ\s+(?:hằng|hàng)\s+\w+",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"(?:trong\s+(?:thời\s+hạn|vòng)|chậm\s+nhất(?:\s+(?:là|sau))?|không\s+quá)\s+\d+\s+(?:ngày|giờ|tuần"
    r"|tháng)(?:\s+làm\s+việc)?"
    r"(?:\s*,?\s*(?:kể\s+từ|tính\s+từ|sau)[^.;,]{0,80})?"
    r"|(?:hoàn\s+thành|triển\s+khai|thực\s+hiện)\s+theo\s+(?:chỉ\s+đạo|lộ\s+trình|tiến\s+độ)\b[^.;]{0,120}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline: ``day`` is the last day it allows, None where the words name none; ``wording`` as printed.

    ``taken_year`` is the year that was taken from the document because only a day, month or quarter is printed.
    """

    kind: DeadlineKind
    wording: str = ""
    day: date | None = None
    taken_year: int | None = None


NONE = Deadline(DeadlineKind.NONE)


@dataclass(frozen=True, slots=True)
class _Moment:
    """A point or stretch of time in a text; ``starts`` tells that it is a beginning, not an end."""

    kind: DeadlineKind
    day: date
    start: int
    end: int
    starts: bool
    taken_year: int | None


def read_deadline(wording: str, issued: date | None = None) -> Deadline:
    """What a cell or label "thời hạn" says; ``issued`` is the day of the document, for a year that is not printed.

    "Trước ngày 30/6" is the day itself, as the registers of tasks count it.

    >>> read_deadline("Quý III/2024").day, read_deadline("trong tháng 6/2024").day
    (datetime.date(2024, 9, 30), datetime.date(2024, 6, 30))
    >>> read_deadline("Thường xuyên").kind, read_deadline("trước 30/6", date(2024, 1, 2)).day
    (<DeadlineKind.RECURRING: 'recurring'>, datetime.date(2024, 6, 30))
    """
    said = unwrap(wording).strip(" .;,-")
    if _NOTHING.fullmatch(said):
        return NONE
    text = _with_day_word(_spelled(said))
    moments = [moment for moment in _moments(text, issued) if not _is_counted_from(text, moment)]
    ends = [moment for moment in moments if not moment.starts and not _EACH_PERIOD.match(text, moment.end)]
    recurring = _RECURRING.search(text)
    relative = _RELATIVE.search(text)
    if relative and relative.start() == 0 and relative[0].lower().startswith("theo") and not _STRONG.search(text):
        return Deadline(DeadlineKind.RELATIVE, said)
    if recurring and (not ends or recurring.start() < ends[0].start or _goes_on(recurring)):
        return Deadline(DeadlineKind.RECURRING, said, _last_day(ends) if _is_bounded(text) else None)
    if ends:
        latest = _latest(ends, said)
        return replace(latest, day=None) if _VAGUE.search(text) else latest
    if relative:
        return Deadline(DeadlineKind.RELATIVE, said)
    return Deadline(DeadlineKind.NONE if moments else DeadlineKind.UNKNOWN, said)


def find_deadline(text: str, issued: date | None = None) -> Deadline:
    """The deadline that a sentence sets, ``NONE`` if it sets none.

    Of several the latest holds: the task ends with its last part.

    >>> find_deadline("Bộ Công an ban hành hướng dẫn, hoàn thành trong tháng 6 năm 2024.").wording
    'hoàn thành trong tháng 6 năm 2024'
    """
    said = unwrap(text)
    plain = _spelled(said)
    found = list(_deadlines_in(plain, issued))
    ends = [moment for moment in found if not moment.starts]
    ends = [
        moment for moment in ends if _STRONG.search(plain[max(0, moment.start - _LONGEST_CUE) : moment.start])
    ] or ends
    if ends:
        wording = "; ".join(dict.fromkeys(_phrase(plain, moment) for moment in ends))
        if all(moment.taken_year for moment in ends) and _EVERY.search(plain):
            return Deadline(DeadlineKind.RECURRING, wording)
        return _latest(ends, wording)
    for pattern, kind in (
        (_ALWAYS, DeadlineKind.RECURRING),
        (_PERIODIC, DeadlineKind.RECURRING),
        (_WITHIN, DeadlineKind.RELATIVE),
    ):
        match = pattern.search(plain)
        if match is not None:
            return Deadline(kind, match[0].strip(" ,;."))
    if found:
        return Deadline(DeadlineKind.NONE, _phrase(plain, found[0]))
    return NONE


def _deadlines_in(text: str, issued: date | None) -> Iterator[_Moment]:
    moments = list(_moments(text, issued))
    open_start = False
    for moment in moments:
        before = text[max(0, moment.start - _LONGEST_CUE) : moment.start]
        if moment.starts:
            open_start = True
            yield moment
            continue
        if _EACH_PERIOD.match(text, moment.end) or _is_counted_from(text, moment):
            continue
        if _STRONG.search(before) or (open_start and re.search(r"đến\s*(?:hết\s*)?$", before)):
            yield moment
        elif _WEAK.search(before) and (_ENDS_CLAUSE.match(text, moment.end) or _REPORTED.search(before)):
            lead = before[: _WEAK.search(before).start()]  # type: ignore[union-attr]  # matched on the line above
            stretch = _STRETCH.match(text, moment.start)
            if not stretch and not _NOT_OURS.search(lead) and not _ASIDE.search(lead) and not _OF_EVENT.search(lead):
                yield moment


def _phrase(text: str, moment: _Moment) -> str:
    """The words of a deadline in a sentence, with what introduces it."""
    before = text[max(0, moment.start - _LONGEST_CUE) : moment.start]
    offset = moment.start - len(before)
    cue = _SINCE.search(before) or _STRONG.search(before) or _WEAK.search(before) or _START_BEFORE.search(before)
    start = offset + cue.start() if cue else moment.start
    head = text[max(0, start - _LONGEST_CUE) : start]
    done = re.search(r"(?:hoàn thành|thực hiện xong|xong)\s+(?:\S+\s+){0,1}$", head)
    return text[start - len(head) + done.start() if done else start : moment.end].strip(" ,;.")


def _latest(ends: list[_Moment], wording: str) -> Deadline:
    last = max(ends, key=lambda moment: (moment.day, _FINENESS.index(moment.kind)))
    return Deadline(last.kind, wording, last.day, last.taken_year)


def _last_day(ends: list[_Moment]) -> date | None:
    return max((moment.day for moment in ends if moment.taken_year is None), default=None)


def _is_bounded(text: str) -> bool:
    return (
        re.search(
            r"giai\s+đoạn|đến\s+(?:hết\s+)?năm|\d{4}\s*-\s*\d{4}|đến\s+(?:hết\s+)?(?:ngày|tháng)", text, re.IGNORECASE
        )
        is not None
    )


def _goes_on(recurring: re.Match[str]) -> bool:
    """Whether the task goes on after the date: "năm 2025 và các năm tiếp theo", "2025-2030 và hằng năm"."""
    return re.match(r"(?:và|,)\s+(?:các|những)\s+năm", recurring[0], re.IGNORECASE) is not None


def _is_counted_from(text: str, moment: _Moment) -> bool:
    """Whether the moment is what a span is counted from: "15 ngày kể từ ngày 01/7/2025"."""
    before = text[max(0, moment.start - _LONGEST_CUE) : moment.start]
    return re.search(r"\d+\s+(?:ngày|tháng)(?:\s+làm\s+việc)?\s*,?\s*(?:kể từ|tính từ|từ)\s*$", before) is not None


def _spelled(text: str) -> str:
    return _SHORT.sub(lambda match: f"{match['word']} ", canonical(text))


def _with_day_word(text: str) -> str:
    """A cell may print "30/6" alone, which in a sentence would be a fraction."""
    return re.sub(r"(?<![\d/.])(?<!ngày )(\d{1,2}[/-]\d{1,2})(?![\d/.-])", r"ngày \1", text)


def _moments(text: str, issued: date | None) -> Iterator[_Moment]:
    matches = list(_ATOM.finditer(text))
    years = [_printed_year(match) for match in matches]
    for index, (one, two) in enumerate(pairwise(matches)):
        if years[index] is None and _SHARED_YEAR.fullmatch(text, one.end(), two.start()):
            years[index] = years[index + 1]
    for match, year in zip(matches, years, strict=True):
        moment = _moment(match, year, issued)
        if moment is not None:
            yield replace(moment, starts=bool(_START_BEFORE.search(text, max(0, match.start() - 40), match.start())))


def _printed_year(match: re.Match[str]) -> int | None:
    return next((int(value) for name, value in match.groupdict().items() if name.startswith("y") and value), None)


def _moment(match: re.Match[str], year: int | None, issued: date | None) -> _Moment | None:
    parts = match.groupdict()
    kind, month, day = _parts(parts)
    taken = year is None
    if year is None:
        if issued is None:
            return None
        year = issued.year
    last = _last(year, month, day)
    if last is not None and taken and issued is not None and last < issued:
        year += 1  # a document sets no deadline before its own day
        last = _last(year, month, day)
    if last is None:
        return None
    return _Moment(kind, last, match.start(), match.end(), starts=False, taken_year=year if taken else None)


def _parts(parts: dict[str, str | None]) -> tuple[DeadlineKind, int, int]:
    """The kind, the month, and the day (0: the last of the month)."""
    day = next((int(parts[name] or 0) for name in ("d1", "d2", "d3", "d5") if parts[name]), 0)
    month = next((int(parts[name] or 0) for name in ("m1", "m2", "m3", "m4", "m5", "m6", "me") if parts[name]), 0)
    if month:
        return (DeadlineKind.DAY if day else DeadlineKind.MONTH), month, day
    if quarter := parts["q"]:
        return DeadlineKind.QUARTER, 3 * (_ROMAN.get(quarter.upper()) or int(quarter)), 0
    if parts["half"]:
        return DeadlineKind.YEAR, 6 if parts["half"].lower() == "đầu" else 12, 0
    return DeadlineKind.YEAR, 12, 0


def _last(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None
