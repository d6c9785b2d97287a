"""The frame in which a page's text is upright, whichever way the text runs on the paper."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.formats.pdf.page import Box


@dataclass(frozen=True, slots=True)
class Frame:
    """Turns the coordinates of a PDF (origin at the bottom left, y upwards) by ``turn`` right angles and y down.

    ``turn`` is how the text runs on the paper: 0 to the right, 1 upwards, 2 to the left, 3 downwards.
    """

    left: float
    bottom: float
    width: float
    height: float
    turn: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as seen upright."""
        return (self.width, self.height) if self.turn % 2 == 0 else (self.height, self.width)

    def turned(self, turn: int) -> Frame:
        """The frame of text that runs another way on the same paper."""
        return Frame(self.left, self.bottom, self.width, self.height, turn)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the paper in this frame.

        >>> Frame(0, 0, 600, 800).place(10, 790), Frame(0, 0, 600, 800, 1).place(10, 790)
        ((10, 10), (790, 10))
        """
        x, y = x - self.left, y - self.bottom
        return (
            (x, self.height - y),
            (y, x),
            (self.width - x, y),
            (self.height - y, self.width - x),
        )[self.turn]

    def paper(self, across: float, down: float) -> tuple[float, float]:
        """The inverse of ``place``."""
        x, y = (
            (across, self.height - down),
            (down, across),
            (self.width - across, down),
            (self.width - down, self.height - across),
        )[self.turn]
        return x + self.left, y + self.bottom

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the paper in this frame, as (left, top, right, bottom)."""
        (x1, y1), (x2, y2) = self.place(left, bottom), self.place(right, top)
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
