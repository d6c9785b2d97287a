"""Headings of what is issued with a document: phụ lục, biểu mẫu, and quy chế, đề án or kế hoạch of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.parse.lines import Line, is_capitals, keyword_with_number, next_said, previous_said
from kb.citation import label_slug
from kb.model import ProvisionKind

_ANNEX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số|SỐ))?(?:\s+(?P<label>[IVXLC]+|\d{1,3}[A-Za-z]?|[A-Z])(?=[\s.:–\[-]|$))?"
    r"(?:\[\d{1,3}\])?[ ]*(?P<close>[.:–-]?)[ ]*(?P<rest>.*)"
)
_FORM = re.compile(
    r"(?:Biểu mẫu|BIỂU MẪU|Mẫu|MẪU)(?:\s+(?:số|SỐ))?\s*:?\s*(?P<label>(?=\S*\d)[0-9A-ZĐ][0-9A-Za-zĐđ./-]{0,15}?)(?:\[\d{1,3}\])?[.:]?"
    r"(?:\s+(?P<rest>(?:ban hành )?kèm theo .*|\(.*))?"
)
_INSTRUMENT = re.compile(
    r"(?:QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ|CHƯƠNG TRÌNH|KẾ HOẠCH|ĐỀ ÁN|CHIẾN LƯỢC|DANH MỤC|NỘI QUY|QUY TRÌNH|HƯỚNG DẪN|QUY CHUẨN|"
    r"QUY HOẠCH|PHƯƠNG ÁN|BỘ TIÊU CHÍ|BẢNG)\b.*"
)
_ISSUED_WITH = re.compile(
    r"\W*(?:Ban\s+hành\s+)?kèm\s+theo\s+(?:Bộ\s+luật|Luật|Nghị|Quyết|Thông|Công|Chỉ|Kế|Hướng|Tờ|Văn)\b", re.IGNORECASE
)
_ISSUED_WITHIN = 12  # lines below a title within which "(Ban hành kèm theo …)" stands
_TITLE_WITHIN = 12  # a title within so many lines of an annex's first line is that annex's own
_ROW_WITHIN = 8  # lines between two forms too few to hold one: they are rows in a list of forms
_LONGEST_HEADING = 160


@dataclass(frozen=True, slots=True)
class AnnexHeading:
    """The first line of an annex, and the last that its label takes.

    ``label`` as printed, ``slug`` for its address ("phu-luc-1", "mau-1"), both empty where it has none.
    """

    line: int
    last_line: int
    label: str
    slug: str
    is_form: bool


def find_annexes(lines: list[Line], quoted: Sequence[bool]) -> list[AnnexHeading]:
    """All lines that look like the first of an annex or form; ``quoted`` tells of each line whether it is quoted."""
    found = [heading for i in range(len(lines)) if not quoted[i] and (heading := _annex_at(lines, i)) is not None]
    rows = _rows_of_a_list(lines, found)
    kept: list[AnnexHeading] = []
    for heading in found:
        if heading.line in rows or (not heading.slug and kept and _is_title_or_part(kept[-1], heading)):
            continue
        kept.append(heading)
    return kept


def _rows_of_a_list(lines: list[Line], found: list[AnnexHeading]) -> set[int]:
    """The lines of headings that stand too close to the next of their kind: a list names them, they do not start there."""
    rows: set[int] = set()
    for heading, following in pairwise(heading for heading in found if heading.slug):
        said = sum(bool(line.text) for line in lines[heading.line + 1 : following.line])
        if heading.is_form == following.is_form and said < (_ROW_WITHIN if heading.is_form else 2):
            rows |= {heading.line, following.line}
    return rows


def _is_title_or_part(last: AnnexHeading, heading: AnnexHeading) -> bool:
    """Whether a title in capitals belongs to the annex before it: it is the annex's own, or stands within a form."""
    return last.is_form or heading.line - last.line <= _TITLE_WITHIN


def _annex_at(lines: list[Line], index: int) -> AnnexHeading | None:
    line = lines[index]
    if not line.text or line.furniture or len(line.text) > _LONGEST_HEADING:
        return None
    text, last_line = keyword_with_number(lines, index)
    if text[0] in "Pp":
        return _annex(index, last_line, text)
    if text[0] in "MB" and (form := _FORM.fullmatch(text)) is not None:
        return AnnexHeading(index, last_line, form["label"], f"mau-{_slug(form['label'])}", is_form=True)
    if is_capitals(text) and (
        (_INSTRUMENT.fullmatch(text) and _is_issued_with(lines, index)) or _is_title(lines, index)
    ):
        return AnnexHeading(index, index - 1, "", "", is_form=False)
    return None


def _annex(index: int, last_line: int, text: str) -> AnnexHeading | None:
    match = _ANNEX.fullmatch(text)
    if match is None or not _stands_alone(match):
        return None
    label = match["label"] or ""
    slug = f"{ProvisionKind.ANNEX.slug}-{_slug(label)}" if label else ""
    return AnnexHeading(index, last_line, label, slug, is_form=False)


def _stands_alone(match: re.Match[str]) -> bool:
    rest = match["rest"]
    return not rest or is_capitals(rest) or rest.startswith("(") or (match["close"] == ":" and bool(match["label"]))


def _is_issued_with(lines: list[Line], index: int) -> bool:
    end = min(index + 1 + _ISSUED_WITHIN, len(lines) - 1)
    return any(_says_issued_with(lines, below) for below in range(index + 1, end))


def _says_issued_with(lines: list[Line], index: int) -> bool:
    """Whether a line says it: in brackets of its own, or in those that close the last line of the title."""
    title, bracket, _ = lines[index].text.partition("(")
    start = len(title) if bracket and is_capitals(title) else 0
    return _ISSUED_WITH.match(f"{lines[index].text} {lines[index + 1].text}"[start:]) is not None


def _is_title(lines: list[Line], index: int) -> bool:
    """Whether a block of capitals starts here, right above "(Ban hành kèm theo …)"."""
    before = previous_said(lines, index)
    if before >= 0 and is_capitals(lines[before].text):
        return False
    below = index
    while below < len(lines) and is_capitals(lines[below].text):
        below = next_said(lines, below)
    return below - index <= _ISSUED_WITHIN and below + 1 < len(lines) and _says_issued_with(lines, below)


def _slug(label: str) -> str:
    return re.sub(r"[^0-9a-z]+", "-", label_slug(label)).strip("-")
