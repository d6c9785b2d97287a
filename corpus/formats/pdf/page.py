"""A page of a PDF as its layout is read from: words and ruled lines in one upright frame.

The frame has its origin at the top left of the page turned so that most of its text is upright; units are points.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a blank between them, in the order in which the file draws them.

    ``baseline`` is the line they stand on, ``size`` the height of an em. ``glued`` tells that no blank stands before it
    although it is a word of its own: the raised number of a footnote. ``turned`` tells text that does not run as the
    page's own does, such as a header along its side: a whole line of it is one word. ``confidence`` is the recogniser's, for OCR.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    bold: bool = False
    glued: bool = False
    turned: bool = False
    confidence: float | None = None

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of its box."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line of a table, an underline or the line above footnotes; horizontal or vertical."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_horizontal(self) -> bool:
        """Whether it runs from left to right."""
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows.

    ``pictured`` is the share of it that images cover, from 0 to 1; ``hidden`` the share of its letters that are drawn
    invisibly, as the text layer of a scan is; ``unreadable`` the share whose meaning the file does not state.
    ``drawn`` tells that it holds drawings, letters turned to curves among them.
    ``recognised`` tells that the words were read from an image, ``damaged`` that the page could not be opened.
    """

    number: int
    width: float = 0.0
    height: float = 0.0
    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    pictured: float = 0.0
    hidden: float = 0.0
    unreadable: float = 0.0
    slanted: str = ""
    drawn: bool = False
    recognised: bool = False
    damaged: bool = False


def to_json(page: Page) -> dict[str, Any]:
    """Plain lists and numbers, as they travel from the process that opened the file."""
    plain = asdict(page)
    plain["words"] = [list(word.values()) for word in plain["words"]]
    plain["rules"] = [list(rule.values()) for rule in plain["rules"]]
    return plain


def from_json(plain: dict[str, Any]) -> Page:
    """The inverse of ``to_json``; raises ``TypeError`` or ``KeyError`` for anything else."""
    words = tuple(Word(*values) for values in plain["words"])
    rules = tuple(Rule(*values) for values in plain["rules"])
    return Page(**{**plain, "words": words, "rules": rules})
