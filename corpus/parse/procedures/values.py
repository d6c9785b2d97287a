"""What all forms of a procedure share: codes, plain values, days, channels, time limits, and where a record was seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from kb.errors import UnusableInputError
from kb.model import Channel, Evidence, Provenance, TimeLimit, TimeUnit
from kb.text import fold

PORTAL = "https://dichvucong.gov.vn"
SOURCE = "dichvucong"
NO_INFORMATION = "Không có thông tin"

CAPITALS = (
    "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"  # in Unicode they stand between small ones
)

_CODE = re.compile(r"\d{1,2}\.\d{3,6}(?:\.\w{1,12}){0,4}")  # 1.004222, 1.000358.01, 3.000346.000.00.00.H42
_PAGE = f"{PORTAL}/thu-tuc-hanh-chinh/"
_VIETNAM = timedelta(hours=7)  # Asia/Ho_Chi_Minh has been UTC+7 without summer time since 1975
_SAYS_NOTHING = frozenset({"", "khong co thong tin", "--", "-", "null", "none"})


class NotAProcedureError(UnusableInputError):
    """Data that is not a procedure of the form it was taken for."""

    def __init__(self, what: str, missing: str) -> None:
        super().__init__(f"{what} is not a procedure: {missing}.", "Get it from the national portal again.")


def code_of(value: object, what: str) -> str:
    """The code of a procedure; raises ``NotAProcedureError`` where ``value`` is none."""
    code = text_of(value)
    if not _CODE.fullmatch(code):
        raise NotAProcedureError(what, f"its code is {code[:40]!r}, not one like 1.004222")
    return code


def is_code(value: object) -> bool:
    """Whether a value is the code of a procedure."""
    return isinstance(value, str) and _CODE.fullmatch(value.strip()) is not None


def text_of(value: object) -> str:
    """A value as text: trimmed, '' for what is no text or number, and for "Không có thông tin"."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value).strip()
    return "" if fold(text) in _SAYS_NOTHING else text


def lines_of(value: object) -> str:
    """A text of several lines without blank lines and without blanks at the ends of lines."""
    lines = (line.strip() for line in text_of(value).splitlines())
    return "\n".join(line for line in lines if line)


def one_line(value: object) -> str:
    """A text with all its blanks and line ends as single blanks."""
    return " ".join(text_of(value).split())


def objects_in(value: object) -> list[Mapping[str, object]]:
    """The objects of a JSON array; nothing for anything else."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """The values that say something, each once, in order."""
    return tuple(dict.fromkeys(value for value in values if value))


def split_names(value: object) -> tuple[str, ...]:
    """Names in one cell: a line each, or with "; " between them."""
    return unique(one_line(part) for part in re.split(r"[;\n]", text_of(value)))


def number_of(value: object) -> Decimal | None:
    """A number of JSON, or a figure as text with its thousands marked ("10,000", "10.000"); None for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    plain = text.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text) else text
    if isinstance(value, str) and re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+", text):
        plain = text.replace(".", "")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < Decimal(10) ** 15 else None


def count_of(value: object) -> int | None:
    """A number of papers; None where none is given."""
    number = number_of(value)
    return int(number) if number is not None and number >= 0 and number == int(number) else None


def vietnamese_day(value: object) -> date | None:
    """The Vietnamese day of an epoch in milliseconds, or of an ISO day.

    The portal stores a day as its midnight in Việt Nam (17:00 UTC of the day before) in some records and as midnight UTC in
    others: both fall on the same day in Việt Nam.
    """
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d(?:[T ].*)?", value.strip()):
        return _iso_day(value.strip())
    number = number_of(value)
    if number is None or number <= 0:
        return None
    try:
        return (datetime.fromtimestamp(float(number) / 1000, UTC) + _VIETNAM).date()
    except (OverflowError, OSError, ValueError):
        return None


def _iso_day(text: str) -> date | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment.astimezone(UTC) + _VIETNAM).date() if moment.tzinfo else moment.date()


_CHANNELS = {
    "online": Channel.ONLINE,
    "truc tuyen": Channel.ONLINE,
    "direct": Channel.DIRECT,
    "truc tiep": Channel.DIRECT,
    "postal": Channel.POSTAL,
    "dich vu buu chinh": Channel.POSTAL,
    "buu chinh": Channel.POSTAL,
    "qua duong buu dien": Channel.POSTAL,
}
_UNITS = {
    "working_day": TimeUnit.WORKING_DAY,
    "ngay lam viec": TimeUnit.WORKING_DAY,
    "day": TimeUnit.DAY,
    "ngay": TimeUnit.DAY,
    "hour": TimeUnit.HOUR,
    "gio": TimeUnit.HOUR,
    "month": TimeUnit.MONTH,
    "thang": TimeUnit.MONTH,
    "year": TimeUnit.YEAR,
    "nam": TimeUnit.YEAR,
}
_TIME = re.compile(r"(\d[\d.,]{0,8})(?:\s*([^\W\d_][^\d.,;:()]{0,20}))?")


def channel_of(wording: object) -> Channel | None:
    """The channel that a source's word names; None for a word that is not known."""
    return _CHANNELS.get(fold(text_of(wording)))


def time_of(value: object, unit: object = None) -> TimeLimit:
    """A time limit from a number and its unit; 0 is how the portal keeps "none given".

    >>> time_of(7, "WORKING_DAY").unit.label, time_of("3").unit.label
    ('ngày làm việc', 'chưa rõ đơn vị')
    """
    number = number_of(value)
    known = _UNITS.get(fold(text_of(unit)), TimeUnit.UNKNOWN)
    if number is None or number <= 0:
        return TimeLimit(note="" if number is not None else text_of(value))
    return TimeLimit(number, known, "" if known is not TimeUnit.UNKNOWN else text_of(unit))


def time_in(wording: object) -> TimeLimit:
    """A time limit as a cell prints it: "7 Ngày làm việc", "3" without a unit, or words, which stay a note.

    >>> time_in("07 Ngày").value, time_in("Không quy định").note
    (Decimal('7'), 'Không quy định')
    """
    text = text_of(wording)
    match = _TIME.fullmatch(text)
    if match is None:
        return TimeLimit(note=text)
    if match[2] and fold(match[2].strip()) not in _UNITS:
        return TimeLimit(note=text)
    return time_of(re.sub(r",(?=\d{1,2}\Z)", ".", match[1]), match[2])


def portal_page(formality_id: str) -> str:
    """The address of a procedure's page."""
    return f"{_PAGE}{formality_id}" if formality_id else PORTAL


def seen_on_portal(address: str, source: str = SOURCE) -> Provenance:
    """Where a procedure was seen, for callers that know no more."""
    return Provenance(source, address or PORTAL, Evidence.OFFICIAL_LIST)
