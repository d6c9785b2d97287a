"""The markers of HTML lists as a browser shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.formats.counters import counter

_STYLES = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "decimal": "decimal", "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "none": "none",
    "decimal-leading-zero": "decimalZero", "disc": "bullet", "circle": "bullet", "square": "bullet",
}  # fmt: skip
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*(?:[^;]*\s)?([a-z-]+)")
_HAS_LABEL = re.compile(
    r"(?:\d+(?:\.\d+)*|[a-zđA-ZĐ]|[ivxIVX]+)[.)]|[-–+•*]\s|Điều\s\d|(?:Chương|Mục|Phần)\s", re.IGNORECASE
)
_LARGEST = 100_000


@dataclass(slots=True)
class Marker:
    """How the items of one list are marked, and how many there were."""

    style: str
    depth: int
    count: int = 0

    @classmethod
    def of(cls, name: str, values: dict[str, str], depth: int) -> Marker:
        """The marker of a list from its attributes."""
        style = _style(values) or ("decimal" if name == "ol" else "bullet")
        return cls(style, depth, _whole(values.get("start", ""), 1) - 1)

    def next(self, values: dict[str, str]) -> str:
        """The label of the next item, whose attributes are ``values``; empty where the list shows none."""
        self.count = _whole(values.get("value", ""), self.count + 1)
        style = _style(values) or self.style
        if style in {"none", "bullet"}:
            return "" if style == "none" else "•"
        return f"{counter(self.count, style)}."

    @staticmethod
    def labelled(label: str, text: str) -> str:
        """The text with its label, unless it was typed there as well.

        >>> Marker.labelled("1.", "Một"), Marker.labelled("•", "a) Một")
        ('1. Một', 'a) Một')
        """
        return text if not text or _HAS_LABEL.match(text) else f"{label} {text}"


def _style(values: dict[str, str]) -> str:
    named = _STYLE.search(values.get("style", "").lower())
    return _STYLES.get(named[1] if named else values.get("type", "").strip(), "")


def _whole(printed: str, default: int) -> int:
    printed = printed.strip()
    return (
        min(int(printed), _LARGEST) if printed[:6].isdecimal() and printed.isascii() and len(printed) < 7 else default
    )
