"""Lines to paragraphs: a line goes on with the next where it ran full and nothing starts there.

Hyphens at line ends stay, for Vietnamese does not hyphenate: "NĐ-" goes on with "CP". Only soft hyphens go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from corpus.formats.pdf.lines import Line

_UNIT = re.compile(
    r"[\"“”„'‘(\[]{0,2}(?:Điều\s+\d+[a-zđ]?\s*(?:[.:\[\U000f0000-\U000f000a]|$)|(?:Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|PHỤ LỤC|Phụ lục|Tiểu mục)\s+\S{1,5}\W*$|"
    r"\d{1,3}(?:\.\d{1,3}){0,3}(?:[.)][\U000f0000-\U000f000a]*|[\U000f0000-\U000f000a]+[.)])\s*\S|[a-zđ]{1,2}[.)][\U000f0000-\U000f000a]*(?:\s|$)|[IVXL]{1,5}\.\s|[-–+•*]\s+\S|(?:Mẫu|MẪU|Biểu|BIỂU|Phụ lục|PHỤ LỤC)\s+(?:số\s+)?\d|Căn cứ\b|Nơi nhận)"
)
_HEADING_ALONE = re.compile(
    r"(?:Phụ lục|Mẫu|Biểu|Chương|Phần|Mục|Tiểu mục)(?:\s+(?:số|thứ))?\s+[\w./-]{1,8}[\U000f0000-\U000f000a]*\W*",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.;:!?][\W\U000f0000-\U000f000a]*$")
_GLUED_END = re.compile(r"[^\W_][-/]$|/$")  # the next line goes on without a blank: "NĐ-", "và/"
_SOFT_HYPHEN = "\u00ad"
_INDENT = 0.7  # of an em from the edge: a first line
_FULL = 1.2  # em short of the right edge at most
_LOOSE = 1.3  # times the usual step between lines
_CENTRED = 1.2  # of an em between the middles
_SAME_SIZE = 0.06


@dataclass(slots=True)
class Paragraph:
    """Lines that read as one."""

    page: int
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text on one line."""
        return join_lines(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Measure:
    """What is usual on a page: the edges of its text and the step from line to line, in points."""

    left: float
    right: float
    step: float

    @classmethod
    def of(cls, lines: Sequence[Line], width: float) -> Measure:
        """Measure the lines of a page of ``width`` points."""
        if not lines:
            return cls(0.0, width, 0.0)
        long = [line for line in lines if line.box[2] - line.box[0] > width / 3] or list(lines)
        lefts, rights = sorted(line.box[0] for line in long), sorted(line.box[2] for line in long)
        steps = [b.baseline - a.baseline for a, b in pairwise(lines) if 0 < b.baseline - a.baseline < 3 * a.size]
        return cls(lefts[len(lefts) // 20], rights[-1 - len(rights) // 20], median(steps) if steps else 0.0)


def join_lines(texts: Iterable[str]) -> str:
    """The lines on one: a blank between them, none where a hyphen or slash breaks a word or number.

    >>> join_lines(["Nghị định 121/2026/NĐ-", "CP của Lao động -", "Thương binh"])
    'Nghị định 121/2026/NĐ-CP của Lao động - Thương binh'
    """
    joined = ""
    for text in texts:
        if joined.endswith(_SOFT_HYPHEN):
            joined = joined[:-1] + text
        elif not joined or _GLUED_END.search(joined):
            joined += text
        else:
            joined += " " + text
    return joined.replace(_SOFT_HYPHEN, "")


def find_paragraphs(lines: Sequence[Line], measure: Measure, page: int) -> list[Paragraph]:
    """The paragraphs of a page's lines."""
    paragraphs: list[Paragraph] = []
    for line in lines:
        if paragraphs and goes_on(paragraphs[-1], line, measure):
            paragraphs[-1].lines.append(line)
        else:
            paragraphs.append(Paragraph(page, [line]))
    return paragraphs


def goes_on(paragraph: Paragraph, line: Line, measure: Measure) -> bool:
    """Whether a line of the same page goes on with the paragraph above it."""
    last = paragraph.lines[-1]
    step = line.baseline - last.baseline
    usual = paragraph.lines[1].baseline - paragraph.lines[0].baseline if len(paragraph.lines) > 1 else measure.step
    if line.column != last.column or not 0 < step <= max(_LOOSE * usual, 1.2 * line.size):
        return False
    return _reads_on(paragraph, line, measure)


def goes_on_over_page(paragraph: Paragraph, line: Line, above: Measure, below: Measure) -> bool:
    """Whether the first line of a page goes on with the last paragraph of the page before."""
    last = paragraph.lines[-1]
    if len(line.segments) > 1 or _starts_unit(line, paragraph) or abs(line.size - last.size) > 0.15 * last.size:
        return False
    if _is_centred(line, below) or line.box[0] > below.left + _INDENT * line.size or not _is_full(last, line, above):
        return False
    return not _ENDS.search(last.text) or line.text[:1].islower()


def _reads_on(paragraph: Paragraph, line: Line, measure: Measure) -> bool:
    last = paragraph.lines[-1]
    left, right = _edges(line, measure)
    if len(line.segments) > 1 or len(last.segments) > 1 or not _same_style(last, line) or _starts_unit(line, paragraph):
        return False
    if _stands_centred(last, left, right) or _stands_centred(line, left, right):
        return _centred_goes_on(paragraph, line, left, right)
    if not _is_full(last, line, measure):
        return False
    if line.box[0] <= left + _INDENT * line.size:
        return _is_indented(paragraph.lines[0], left) or not _ENDS.search(last.text) or line.text[:1].islower()
    hangs = abs(line.box[0] - last.box[0]) <= _INDENT * line.size
    return (hangs and not _ENDS.search(last.text)) or _hangs_below(paragraph, line)


def _hangs_below(paragraph: Paragraph, line: Line) -> bool:
    """Whether the line is set in below a first line that is not, as behind a bullet."""
    return bool(_UNIT.match(paragraph.lines[0].text)) and line.box[0] > paragraph.lines[0].box[0]


def _starts_unit(line: Line, paragraph: Paragraph) -> bool:
    """Whether a line starts with the mark of a unit, and not in mid-sentence ("… quy định tại / Điều 5")."""
    if not _UNIT.match(line.text):
        return False
    last = paragraph.lines[-1].text
    at_edge = line.box[0] < paragraph.lines[0].box[0] - _INDENT * line.size
    return not (at_edge and not _ENDS.search(last))


def _same_style(one: Line, other: Line) -> bool:
    if abs(one.size - other.size) > _SAME_SIZE * one.size:
        return False
    return one.bold == other.bold or not (one.segments[0].words[-1].bold ^ other.segments[0].words[0].bold)


def _edges(line: Line, measure: Measure) -> tuple[float, float]:
    return line.column if line.column != (0.0, 0.0) else (measure.left, measure.right)


def _is_full(last: Line, line: Line, measure: Measure) -> bool:
    """Whether the first word of the next line would not have fitted on the last."""
    first = line.segments[0].words[0]
    room = _edges(last, measure)[1] - last.box[2]
    return room <= max(_FULL * last.size, first.right - first.left + 0.3 * last.size)


def _is_indented(line: Line, left: float) -> bool:
    return line.box[0] > left + _INDENT * line.size


def _is_centred(line: Line, measure: Measure) -> bool:
    return _stands_centred(line, *_edges(line, measure))


def _stands_centred(line: Line, left: float, right: float) -> bool:
    """Whether the line has the same room on both sides, and so much that it is not a paragraph's only line."""
    before, after = line.box[0] - left, right - line.box[2]
    return min(before, after) > 1.5 * line.size and abs(before - after) <= _CENTRED * line.size


def _centred_goes_on(paragraph: Paragraph, line: Line, left: float, right: float) -> bool:
    """Whether a centred line goes on with the one above: both in the same letters, not in capitals."""
    last = paragraph.lines[-1]
    if (
        _HEADING_ALONE.fullmatch(last.text)
        or _is_capitals(last.text)
        or _is_capitals(line.text)
        or _ENDS.search(last.text)
        or last.bold != line.bold
    ):
        return False
    if _stands_centred(line, left, right):
        return _stands_centred(last, left, right) or (last.bold and right - last.box[2] < 3 * last.size)
    return last.bold and _stands_centred(last, left, right)


def _is_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) >= 0.9 * len(letters)
