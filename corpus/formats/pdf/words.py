"""Letters to words: a word ends where the page shows room, whatever blanks the file draws."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from corpus.formats.pdf.page import Word

_NO_ROOM = 0.05  # of an em: a blank that the reader only supposes, where nothing has room, is none
_DRAWN_OVER = (
    -0.02
)  # of an em: a blank that the file draws and then goes back over is none; condensed ones keep some room
_ROOM = 0.08  # of an em more than between the letters around: a blank even if none is drawn, and
_ROOM_BEFORE_CAPITAL = 0.065  # where a capital follows
_AROUND = 4  # letters on either side
_BACK = 0.5  # of an em to the left: the file goes on elsewhere
_OTHER_LINE = 0.12  # of an em: raised, lowered, or on another line
_OTHER_SIZE = 0.8  # of the size before: a mark, not a letter of the word
_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\u2010": "-", "\u2011": "-"}
_MEANING = str.maketrans({**_LIGATURES, **_HYPHENS, **dict.fromkeys("\u200b\u200c\u200d\ufeff\u2060", "")})
_SAME_PLACE = 1.0  # points: bold made by printing twice


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter in the frame of its text.

    ``blank_before`` tells whether the reader supposes a blank or line end before it, ``drawn_blank`` whether the file has one.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    bold: bool
    blank_before: bool
    drawn_blank: bool = False


def join_letters(glyphs: Iterable[Glyph]) -> Iterator[Word]:
    """The words of the letters, in their order, in NFC, each printed once."""
    seen: dict[tuple[str, int, int], None] = {}
    for letters, glued in _runs(glyphs):
        word = _word(letters, glued=glued)
        places = [
            (word.text, round(word.left / _SAME_PLACE) + across, round(word.baseline / _SAME_PLACE) + down)
            for across in (0, -1, 1)
            for down in (0, -1, 1)
        ]
        if word.text and not any(place in seen for place in places):
            seen[places[0]] = None
            yield word


def _runs(glyphs: Iterable[Glyph]) -> Iterator[tuple[list[Glyph], bool]]:
    letters = list(glyphs)
    run: list[Glyph] = []
    glued = False
    for index, glyph in enumerate(letters):
        if run and (broken := _breaks(letters, index)) is not None:
            yield run, glued
            run, glued = [], not broken
        run.append(glyph)
    if run:
        yield run, glued


def _breaks(letters: Sequence[Glyph], index: int) -> bool | None:
    """Whether a blank (True) or only a change of line or size (False) parts a letter from that before; None if neither."""
    before, glyph = letters[index - 1], letters[index]
    em = max(before.size, glyph.size, 1.0)
    gap = _gap(before, glyph)
    off = abs(glyph.baseline - before.baseline) / em
    if gap < -_BACK - (before.right - before.left) / em or off > 1 or _leaves_room(letters, index, gap):
        return True
    if glyph.blank_before and gap > (_DRAWN_OVER if glyph.drawn_blank else _NO_ROOM):
        return True
    combining = unicodedata.combining(glyph.text[:1]) != 0
    if off > _OTHER_LINE and not combining:
        return glyph.blank_before and off > 0.6
    smaller = min(before.size, glyph.size) < _OTHER_SIZE * max(before.size, glyph.size)
    return False if smaller and not combining else None


def _gap(before: Glyph, glyph: Glyph) -> float:
    """The room between two letters, in em."""
    return (glyph.left - before.right) / max(before.size, glyph.size, 1.0)


def _leaves_room(letters: Sequence[Glyph], index: int, gap: float) -> bool:
    """Whether there is more room than between the letters around, which may be spaced out themselves."""
    before, glyph = letters[index - 1], letters[index]
    if gap <= _ROOM_BEFORE_CAPITAL or glyph.text in ".,;:)" or before.text == "(":
        return gap > 1
    first, end = max(1, index - _AROUND), min(len(letters), index + _AROUND + 1)
    near = [_gap(letters[i - 1], letters[i]) for i in range(first, end) if i != index and not letters[i].blank_before]
    usual = max(0.0, median(near)) if near else 0.0
    return gap - usual > (_ROOM_BEFORE_CAPITAL if glyph.text.isupper() else _ROOM)


def _word(letters: list[Glyph], *, glued: bool) -> Word:
    text = "".join(glyph.text for glyph in letters).translate(_MEANING)
    first = letters[0]
    return Word(
        unicodedata.normalize("NFC", text),
        min(glyph.left for glyph in letters),
        min(glyph.top for glyph in letters),
        max(glyph.right for glyph in letters),
        max(glyph.bottom for glyph in letters),
        first.baseline,
        first.size,
        first.bold,
        glued,
    )
