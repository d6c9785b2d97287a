"""Headings of what is issued with a document: phụ lục, biểu mẫu, and quy chế, đề án or kế hoạch of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.parse.headings import roman_value
from corpus.parse.lines import Line, is_capitals, next_said, previous_said

_ANNEX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số|SỐ))?(?:\s+(?P<label>[IVXLC]+|\d{1,3}[A-Za-z]?|[A-Z])(?=[\s.:–-]|$))?"
    r"[ ]*(?P<close>[.:–-]?)[ ]*(?P<rest>.*)"
)
_FORM = re.compile(
    r"(?:Biểu mẫu|BIỂU MẪU|Mẫu|MẪU)(?:\s+(?:số|SỐ))?\s*:?\s*(?P<label>(?=\S*\d)[0-9A-ZĐ][0-9A-Za-zĐđ./-]{0,15}?)[.:]?"
    r"(?:\s+(?P<rest>(?:ban hành )?kèm theo .*|\(.*))?"
)
_INSTRUMENT = re.compile(
    r"(?:QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ|CHƯƠNG TRÌNH|KẾ HOẠCH|ĐỀ ÁN|CHIẾN LƯỢC|DANH MỤC|NỘI QUY|QUY TRÌNH|HƯỚNG DẪN|QUY CHUẨN|"
    r"QUY HOẠCH|PHƯƠNG ÁN|BỘ TIÊU CHÍ|BẢNG)\b.*"
)
_ISSUED_WITH = re.compile(r"\W*(?:Ban hành\s+)?[Kk]èm\s+theo\b|\W*\(?Ban\s+hành\b", re.UNICODE)
_ISSUED_WITHIN = 12  # lines below a title within which "(Ban hành kèm theo …)" stands
_LONGEST_HEADING = 160


@dataclass(frozen=True, slots=True)
class AnnexHeading:
    """The first line of an annex: ``label`` as printed, ``slug`` for its address ("phu-luc-1", "mau-01"), "" if unlabelled."""

    line: int
    label: str
    slug: str
    is_form: bool


def find_annex(lines: list[Line], index: int) -> AnnexHeading | None:
    """The annex or form that starts on line ``index``, as far as the line itself tells."""
    text = lines[index].text
    if not text or lines[index].furniture or len(text) > _LONGEST_HEADING:
        return None
    if text[0] in "Pp":
        return _annex(lines, index, text)
    if text[0] in "MB" and (form := _FORM.fullmatch(text)) is not None:
        return AnnexHeading(index, form["label"], f"mau-{_slug(form['label'])}", is_form=True)
    if _INSTRUMENT.fullmatch(text) and is_capitals(text) and _is_issued_with(lines, index):
        return AnnexHeading(index, "", "", is_form=False)
    return None


def _annex(lines: list[Line], index: int, text: str) -> AnnexHeading | None:
    match = _ANNEX.fullmatch(text)
    if match is None or not _stands_alone(match):
        return None
    if _is_table_of_annexes(lines, index):
        return None
    label = match["label"] or ""
    number = roman_value(label)
    return AnnexHeading(index, label, f"phu-luc-{number or _slug(label)}" if label else "", is_form=False)


def _stands_alone(match: re.Match[str]) -> bool:
    rest = match["rest"]
    return not rest or is_capitals(rest) or rest.startswith("(") or (match["close"] == ":" and bool(match["label"]))


def _is_table_of_annexes(lines: list[Line], index: int) -> bool:
    """Whether the line is a row in a list of annexes: the line before or after is one too."""
    neighbours = (previous_said(lines, index), next_said(lines, index))
    return any(0 <= i < len(lines) and _ANNEX.match(lines[i].text) is not None for i in neighbours)


def _is_issued_with(lines: list[Line], index: int) -> bool:
    return any(_ISSUED_WITH.match(line.text) for line in lines[index + 1 : index + 1 + _ISSUED_WITHIN])


def _slug(label: str) -> str:
    return re.sub(r"[^0-9a-z]+", "-", label.lower().replace("đ", "dd")).strip("-")
