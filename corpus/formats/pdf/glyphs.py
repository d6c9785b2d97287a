"""Pages out of a PDF with pdfium: letters with their places, turned into one upright frame."""

from __future__ import annotations

import ctypes
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.formats.pdf.drawings import read_drawings
from corpus.formats.pdf.frame import Frame
from corpus.formats.pdf.page import Page, Word
from corpus.formats.pdf.words import Glyph, join_letters

MOST_LETTERS = 200_000  # on a page; a full page of a gazette has four thousand
_BOLD = ("bold", "black", "heavy", "demi")
_INVISIBLE = 3  # text render mode of a scan's text layer
_SLANT = 0.1  # radians off a right angle that still are upright
_BLANKS = frozenset(" \t\r\n\u00a0\u2002\u2003\u2009\u3000")
_UNREADABLE = frozenset("\x00\ufffd\uffff")
_NAME_BYTES = 256


@dataclass(frozen=True, slots=True)
class _Style:
    """What the letters of one text object share; ``turn`` counts right angles, None for a slant."""

    size: float
    bold: bool
    hidden: bool
    turn: int | None


def read_page(document: pdfium.PdfDocument, index: int) -> Page:
    """The page at ``index`` from 0; one that cannot be opened is marked as damaged."""
    try:
        page = document[index]
        letters = page.get_textpage()
    except pdfium.PdfiumError:
        return Page(index + 1, damaged=True)
    left, bottom, right, top = page.get_bbox()
    paper = Frame(left, bottom, max(right - left, 1.0), max(top - bottom, 1.0))
    reader = _Letters(letters, paper)
    reader.read()
    frame = paper.turned(reader.turn)
    drawings = read_drawings(page, frame)
    width, height = frame.size
    return Page(
        index + 1, width, height, tuple(reader.words(frame)), drawings.rules, drawings.pictured, reader.hidden,
        reader.unreadable, reader.slanted, drawings.drawn,
    )  # fmt: skip


class _Letters:
    """The letters of one page, those of each direction in their own frame."""

    def __init__(self, page: pdfium.PdfTextPage, paper: Frame) -> None:
        self._page = page.raw
        self._count = min(page.count_chars(), MOST_LETTERS)
        self._frames = [paper.turned(turn) for turn in range(4)]
        self._styles: dict[int, _Style] = {}
        self._glyphs: defaultdict[int, list[Glyph]] = defaultdict(list)
        self._slanted: list[str] = []
        self._counts: Counter[str] = Counter()

    @property
    def turn(self) -> int:
        """The direction of most letters."""
        return max(self._glyphs, key=lambda turn: len(self._glyphs[turn]), default=0)

    @property
    def hidden(self) -> float:
        """The share of invisible letters."""
        return self._counts["hidden"] / max(self._counts["all"], 1)

    @property
    def unreadable(self) -> float:
        """The share of letters that the file gives no meaning."""
        return self._counts["unreadable"] / max(self._counts["all"], 1)

    @property
    def slanted(self) -> str:
        """What stands aslant, such as a watermark."""
        return "".join(self._slanted).strip()

    def read(self) -> None:
        """Take every letter with its place."""
        box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        blank, drawn = True, False
        for index in range(self._count):
            letter = self._letter(index)
            if letter in _BLANKS:
                blank, drawn = True, drawn or raw.FPDFText_IsGenerated(self._page, index) == 0
                continue
            style = self._style(index)
            self._count_letter(letter, style)
            if style.turn is None:
                self._slanted.append(" " * blank + letter)
            else:
                raw.FPDFText_GetLooseCharBox(self._page, index, box)
                raw.FPDFText_GetCharOrigin(self._page, index, x, y)
                frame = self._frames[style.turn]
                place = frame.box(box.left, box.bottom, box.right, box.top)
                baseline = frame.place(x.value, y.value)[1]
                self._glyphs[style.turn].append(Glyph(letter, *place, baseline, style.size, style.bold, blank, drawn))
            blank = drawn = False

    def words(self, frame: Frame) -> Iterator[Word]:
        """The words of the page in its frame, those of another direction a line each."""
        width, height = frame.size
        for word in join_letters(self._glyphs[frame.turn]):
            if 0 <= word.middle[0] <= width and 0 <= word.middle[1] <= height:
                yield word
        for turn, glyphs in self._glyphs.items():
            if turn != frame.turn:
                yield from (_turned(line, frame.turned(turn), frame) for line in _lines(join_letters(glyphs)))

    def _letter(self, index: int) -> str:
        code = raw.FPDFText_GetUnicode(self._page, index)
        if 0xD800 <= code < 0xE000:  # half of a letter beyond the basic plane, or damage
            return "\ufffd"
        return chr(code) if code < 0x110000 else "\ufffd"

    def _count_letter(self, letter: str, style: _Style) -> None:
        self._counts["all"] += 1
        self._counts["hidden"] += style.hidden
        self._counts["unreadable"] += letter in _UNREADABLE or "\ue000" <= letter <= "\uf8ff"

    def _style(self, index: int) -> _Style:
        item = raw.FPDFText_GetTextObject(self._page, index)
        key = ctypes.cast(item, ctypes.c_void_p).value or 0
        style = self._styles.get(key)
        if style is None:
            style = self._styles[key] = self._read_style(index, item)
        return style

    def _read_style(self, index: int, item: object) -> _Style:
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._page, index, matrix)
        size = raw.FPDFText_GetFontSize(self._page, index) * math.hypot(matrix.c, matrix.d)
        quarter, off = divmod(math.atan2(matrix.b, matrix.a) + math.pi / 4, math.pi / 2)
        upright = abs(off - math.pi / 4) <= _SLANT
        name = ctypes.create_string_buffer(_NAME_BYTES)
        raw.FPDFText_GetFontInfo(self._page, index, name, _NAME_BYTES, ctypes.c_int())
        bold = any(weight in name.value.lower().decode("latin-1") for weight in _BOLD)
        hidden = raw.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE
        return _Style(
            size if math.isfinite(size) and size > 0 else 1.0, bold, hidden, int(quarter) % 4 if upright else None
        )


def _lines(words: Iterator[Word]) -> Iterator[Word]:
    """Words on one line joined to one word."""
    line: Word | None = None
    for word in words:
        if line is not None and abs(word.baseline - line.baseline) <= line.size / 2:
            text = line.text + ("" if word.glued else " ") + word.text
            line = replace(
                line, text=text, left=min(line.left, word.left), right=max(line.right, word.right),
                top=min(line.top, word.top), bottom=max(line.bottom, word.bottom),
            )  # fmt: skip
            continue
        if line is not None:
            yield line
        line = word
    if line is not None:
        yield line


def _turned(line: Word, own: Frame, page: Frame) -> Word:
    """A line of another direction as a word of the page."""
    (x1, y1), (x2, y2) = own.paper(line.left, line.top), own.paper(line.right, line.bottom)
    left, top, right, bottom = page.box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
    return replace(line, left=left, top=top, right=right, bottom=bottom, baseline=bottom, turned=True)
