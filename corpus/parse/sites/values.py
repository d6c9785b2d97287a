"""Values as the sites of the State write them: days, texts of JSON fields, titles that repeat the number."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from urllib.parse import urljoin, urlsplit

from kb.numbers import find_numbers, number_key
from kb.text import canonical, unwrap

VIETNAM = timezone(timedelta(hours=7))  # Asia/Ho_Chi_Minh, without summer time since 1975
_YEARS = range(1900, 2101)  # outside of them a site writes "no date" (0001-01-01, 9999-12-31)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_ZONED = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)")
_WORDS = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_EPOCH = re.compile(r"-?\d{11,14}")
_LONGEST = 100  # characters of a text that may be a date
_ERROR_TITLES = frozenset({"lỗi", "error", "undefined", "null", "không có dữ liệu"})


def vietnamese_day(value: object) -> date | None:
    """The day in Việt Nam that a site's value names; None where it names none, and for its ways to say "no date".

    ISO without a zone is a Vietnamese day as it stands, with a zone a moment; a number of eleven digits or more is
    milliseconds since 1970.

    >>> vietnamese_day("2026-04-24T00:00:00"), vietnamese_day(1735664400000), vietnamese_day("10-12-2025")
    (datetime.date(2026, 4, 24), datetime.date(2025, 1, 1), datetime.date(2025, 12, 10))
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    text = str(int(value)) if isinstance(value, float) and abs(value) < 1e15 else str(value)
    return _read_day(text.strip()) if len(text) <= _LONGEST else None


def _read_day(text: str) -> date | None:
    if _EPOCH.fullmatch(text):
        return _within(_day_of_epoch(int(text)))
    if _ZONED.fullmatch(text):
        return _within(_day_of_moment(text))
    if iso := _ISO.fullmatch(text):
        return _day(*iso.groups())
    if found := _WORDS.search(text) or _DAY_FIRST.search(text):
        day, month, year = found.groups()
        return _day(year, month, day)
    return None


def _day_of_epoch(milliseconds: int) -> date | None:
    try:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)).astimezone(VIETNAM).date()
    except OverflowError:
        return None


def _day_of_moment(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).astimezone(VIETNAM).date()
    except (ValueError, OverflowError):
        return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return _within(date(int(year), int(month), int(day)))
    except ValueError:
        return None


def _within(day: date | None) -> date | None:
    return day if day is not None and day.year in _YEARS else None


def plain_text(value: object) -> str:
    """The text of a JSON field on one line; empty where it is null or no text.

    >>> plain_text("  10 /2016 "), plain_text(None), plain_text(188001)
    ('10 /2016', '', '188001')
    """
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return unwrap(str(value).replace("\0", "")) if isinstance(value, str) or abs(value) < 10**20 else ""


def web_address(link: str, base: str) -> str:
    """The whole address of a link on a page at ``base``; empty where it is none of the web.

    >>> web_address("/van-ban/a-1.htm", "https://congbao.chinhphu.vn"), web_address("//[", "https://a.vn")
    ('https://congbao.chinhphu.vn/van-ban/a-1.htm', '')
    """
    try:
        address = urljoin(base, link.strip())
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.netloc else ""


def same_number(one: str, other: str) -> bool:
    """Whether two spellings are of one number; an empty one is the same as none."""
    return bool(one.strip() and other.strip()) and number_key(one) == number_key(other)


def own_title(title: str, kind: str, number: str) -> str:
    """A title without the kind and number that a site puts before it, or the number after it.

    >>> own_title("Nghị quyết 66.14/2026/NQ-CP Xử lý khó khăn", "Nghị quyết", "66.14/2026/NQ-CP")
    'Xử lý khó khăn'
    >>> own_title("Luật Tổ chức chính quyền địa phương số 72/2025/QH15", "Luật", "72/2025/QH15")
    'Luật Tổ chức chính quyền địa phương'
    """
    text = unwrap(canonical(title))
    if text.casefold().strip(" .!") in _ERROR_TITLES:
        return ""
    for found in find_numbers(text):
        if not same_number(found.text, number):
            continue
        before, after = text[: found.start].rstrip(), text[found.end :].strip(" .:;,-–")
        before = re.sub(r"(?:^|\s)số\s*:?$", "", before, flags=re.IGNORECASE).strip()
        if after and before.casefold() in {"", kind.casefold()}:
            return after
        if not after:
            return "" if before.casefold() in {"", kind.casefold()} else before
    return text
