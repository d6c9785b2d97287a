"""Fees: what a number and the words beside it say together.

The portal stores 0 both for "no fee" and for "see the note", and prints "Miễn phí" for either: a fee is free only where
nothing beside the number says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from corpus.parse.procedures.values import number_of, text_of
from kb.model import Fee, FeeState
from kb.text import fold

_MONEY = re.compile(
    r"(?P<figure>\d[\d.,]{0,18})\s{0,2}"
    r"(?:(?P<scale>nghin|ngan|trieu|ti|ty)\b)?\s{0,2}(?P<unit>dong|vnd|usd|eur|do la|d\b(?=\s*[/).,;]|\s*$)|%|\$)?"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_SCALES = {"nghin": 1_000, "ngan": 1_000, "trieu": 1_000_000, "ti": 10**9, "ty": 10**9}
_DATE_OR_NUMBER = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d+/\d{4}(?:/\S+)?|\d+\s{0,2}/\s{0,2}[a-z]{1,6}-\S+")
_NO_FEE = re.compile(
    r"(?:khong|khong co|khong quy dinh|khong duoc quy dinh\b.*|khong co thong tin"
    r"|khong (?:mat|thu|phai (?:nop|tra)|ap dung)\b.*|mien(?: thu)?(?: phi| le phi)*(?: va le phi|, le phi)?)"
    r"(?:\s*\(.*\)|\s+theo\b.*)?"
)
_ONLY_SOME = re.compile(r"\b(?:doi voi|cho|truong hop|neu|tu ngay|den ngay|den het|tru)\b")
_SPEAKS_OF_FEES = re.compile(r"\bphi\b|\bthu\b|/\s?(?:lan|ho so|trang|ban|the|giay|to|don)\b")


def fee_of(number: Decimal | None, currency: str = "", note: str = "", kind: str = "", beside: str = "") -> Fee:
    """The fee that a number says with its note; ``beside`` is what the source says elsewhere of the same method.

    0 is free only where neither the note nor ``beside`` says otherwise; an amount that the note contradicts is told by the
    note; no number is unknown unless a note tells.

    >>> fee_of(Decimal(0), note="Lệ phí cấp giấy phép: 135.000 đồng/lần").state.value
    'by_note'
    >>> fee_of(Decimal(0)).state.value, fee_of(None).state.value
    ('free', 'unknown')
    """
    note = note.strip()
    state, told = _state(number, note, beside)
    if state is FeeState.AMOUNT:
        return Fee(state, number, currency, told, kind)
    return Fee(state, None, "", told, kind)


def amounts_in(note: str) -> tuple[Decimal, ...]:
    """The sums of money that a note names, and percentages; numbers of documents and dates are none.

    >>> amounts_in("150.000 đồng/hồ sơ theo Thông tư số 25/2021/TT-BTC")
    (Decimal('150000'),)
    """
    return tuple(_amounts(_DATE_OR_NUMBER.sub(" ", fold(note))))


def says_no_fee(note: str) -> bool:
    """Whether all that a note says is that nothing is paid, by anybody."""
    statements = [part.strip(" -+*.") for part in re.split(r"[;\n]|\.\s", fold(note))]
    said = [part for part in statements if part]
    return bool(said) and all(_NO_FEE.fullmatch(part) and not _ONLY_SOME.search(part) for part in said)


def fees_in(cell: object) -> tuple[Fee, ...]:
    """The fees of a cell that prints "Phí: 150.000 Đồng", one after the other, or words."""
    text = re.sub(r"Xem chi tiết", "\n", text_of(cell))
    marks = list(re.finditer(r"(?:Lệ phí|Phí|Khác)\s*:", text))
    if not marks:
        return (_printed_fee(text, ""),) if text.strip() else ()
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return tuple(
        _printed_fee(text[mark.end() : end], mark[0].rstrip(": ").lower())
        for mark, end in zip(marks, ends, strict=True)
    )


def _state(number: Decimal | None, note: str, beside: str) -> tuple[FeeState, str]:
    if number is None or number < 0:
        told = bool(amounts_in(note)) or _has_rule(note)
        return (FeeState.BY_NOTE if told else FeeState.UNKNOWN), note
    if number == 0:
        return _state_of_zero(note, beside)
    named = amounts_in(note)
    return (FeeState.BY_NOTE if named and number not in named else FeeState.AMOUNT), note


def _state_of_zero(note: str, beside: str) -> tuple[FeeState, str]:
    if fold(note).strip(" .") == "chua quy dinh":
        return FeeState.UNKNOWN, note
    if note and not says_no_fee(note):
        return FeeState.BY_NOTE, note
    if amounts_in(beside) and _SPEAKS_OF_FEES.search(fold(beside)):
        return FeeState.BY_NOTE, note or beside
    return FeeState.FREE, note


def _has_rule(note: str) -> bool:
    """Whether a note says more than a torn label ("a", "1") and more than that nothing is paid."""
    return len(note) > 3 and not says_no_fee(note)


def _amounts(folded: str) -> Iterator[Decimal]:
    for match in _MONEY.finditer(folded):
        figure = match["figure"].rstrip(".,")
        grouped = _THOUSANDS.fullmatch(figure)
        if match["unit"] or match["scale"] or grouped:
            plain = re.sub(r"[.,]", "", figure) if grouped else figure.replace(",", ".")
            value = number_of(plain)
            if value is not None:
                yield value * _SCALES.get(match["scale"] or "", 1)


def _printed_fee(text: str, kind: str) -> Fee:
    """A fee such as "150.000 Đồng", "Không Đồng" or words; the portal prints "Đồng" alone where no number is kept."""
    words = re.sub(r"\s*\n\s*", " ", text).strip()
    match = re.match(r"(?P<figure>\d[\d.,]*)?\s*(?:Đồng|đồng|VNĐ)?\s*(?P<rest>.*)", words, re.DOTALL)
    assert match is not None
    if match["figure"] and not match["rest"]:
        return fee_of(number_of(re.sub(r"[.,](?=\d{3})", "", match["figure"])), "Đồng", kind=kind)
    note = re.sub(r"\s*Đồng$", "", words)
    if says_no_fee(note):
        return fee_of(Decimal(0), note=note, kind=kind)
    return fee_of(None, note=note, kind=kind)
