"""The flattened table of methods on a rendered page: "Trực tuyến7 Ngày làm việc10,000 Việt Nam Đồng(note)description".

A row is a channel, a time, a fee, each printed without a blank between. The same words in a description are followed by a
blank or by no fee, so they begin no row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from corpus.parse.procedures.fees import fee_of
from corpus.parse.procedures.values import NO_INFORMATION, channel_of, lines_of, number_of, time_in, time_of
from kb.model import Fee, FeeState, Method, TimeLimit

_HEADER = "Hình thức nộpThời gianPhí, lệ phíMô tả"
_CURRENCY = r"(?:Việt\ Nam\ Đồng|VNĐ|VND|USD|EUR)"
_NOTHING = NO_INFORMATION.replace(" ", r"\ ")
_FEE = rf"(?:{_NOTHING}|Miễn\ phí|\d[\d.,]{{0,15}}\ {_CURRENCY})"
_ROW = re.compile(
    rf"""(?P<channel>Trực\ tuyến|Trực\ tiếp|Dịch\ vụ\ bưu\ chính)
    (?:(?P<figures>\d[\d.,]{{0,18}})\ (?P<currency>{_CURRENCY})  # a time without a unit ran into the amount
      |(?P<time>{_NOTHING}|\d[\d.,]{{0,8}}(?:\ (?:Ngày\ làm\ việc|Ngày|Giờ|Tháng|Năm|Phút))?|[A-ZĐ][^.:;()]{{0,80}}?)
       (?P<fee>{_FEE}))""",
    re.VERBOSE,
)
_AMOUNT = re.compile(r"[1-9]\d{0,2}(?:,\d{3})*(?:\.\d+)?|[1-9]\d*(?:\.\d+)?")
_LABEL = re.compile(r"(?:(?<=[\s;:.,+\-])|(?<=\A\())(?:[a-zđ]|[ivx]{1,4}|\d{1,2})\)")


def read_methods(cell: str) -> tuple[Method, ...]:
    """The methods of a cell; a cell in which no row can be told gives none."""
    return tuple(method for _, method in read_rows(cell))


def read_rows(cell: str) -> Iterator[tuple[str, Method]]:
    """Each row of a cell: the fee as printed, and the method."""
    text = cell.removeprefix(_HEADER)
    rows = list(_ROW.finditer(text))
    ends = [row.start() for row in rows[1:]] + [len(text)]
    for row, end in zip(rows, ends, strict=False):  # one end too many where there is no row
        yield row["fee"] or row["figures"], _method(row, text[row.end() : end])


def torn_time_and_amount(figures: str) -> tuple[str, str] | None:
    """A time without a unit and the amount it ran into: ("1", "20,000") of "120,000"; None where there are several ways.

    A time is always printed, an amount has no leading zero and is never 0, which is printed as "Miễn phí".
    """
    ways = [
        (figures[:cut], figures[cut:])
        for cut in range(1, len(figures))
        if figures[:cut].isdecimal() and figures[0] != "0" and _AMOUNT.fullmatch(figures[cut:])
    ]
    return ways[0] if len(ways) == 1 else None


def _method(row: re.Match[str], rest: str) -> Method:
    note, wording = _note_and_wording(rest)
    fee: Fee | None
    if row["figures"]:
        time, fee = _torn(row["figures"], row["currency"], note)
    else:
        time, fee = time_in(row["time"]), _fee(row["fee"], note, wording)
    return Method(channel_of(row["channel"]), time, (fee,) if fee else (), wording)


def _torn(figures: str, currency: str, note: str) -> tuple[TimeLimit, Fee]:
    parts = torn_time_and_amount(figures)
    if parts is None:
        torn = Fee(FeeState.UNKNOWN, note=f"{figures} {currency}")
        return TimeLimit(note=figures), fee_of(None, note=note) if note else torn
    return time_of(parts[0]), fee_of(number_of(parts[1]), currency, note)


def _fee(printed: str, note: str, wording: str) -> Fee | None:
    if printed == NO_INFORMATION:
        return fee_of(None, note=note) if note else None
    if printed == "Miễn phí":
        return fee_of(Decimal(0), note=note, beside=wording)
    figure, currency = printed.split(" ", 1)
    return fee_of(number_of(figure), currency, note)


def _note_and_wording(rest: str) -> tuple[str, str]:
    """The note of the fee, in the brackets that follow it, and the description of the method."""
    if not rest.startswith("("):
        return "", lines_of(rest)
    end = _end_of_note(rest)
    if _LABEL.fullmatch(rest, 1, end + 1):  # the description begins with "(1) Trường hợp …"
        return "", lines_of(rest)
    return lines_of(rest[1:end]), lines_of(rest[end + 1 :])


def _end_of_note(text: str) -> int:
    """Where the first bracket closes. Labels of items ("a)") close nothing; a note that is torn off goes to the end."""
    labels = {match.end() - 1 for match in _LABEL.finditer(text, 1)}
    for skipped in (labels, set[int]()):
        depth = 0
        for place, sign in enumerate(text):
            depth += (sign == "(") - (sign == ")" and place not in skipped)
            if depth == 0:
                return place
    last = text.rfind(")")
    return last if last > 0 else len(text)
