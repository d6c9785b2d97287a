"""Automatic numbers of Word, as they are printed: "Điều 5.", "2.", "c)".

The rules are those of ECMA-376 part 1, 17.9 (Numbering): a level counts on its own, starts again after a higher one, and
its text names the numbers of the levels above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from corpus.formats.counters import counter
from corpus.formats.docx.package import W
from corpus.formats.docx.styles import VAL, Styles, value

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_SYMBOLS = re.compile("[\ue000-\uf8ff]")  # letters of symbol fonts, which Unicode has no name for
_LARGEST_START = 1_000_000


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered; ``restart`` is the level after which it starts again, -1 for never."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of a file, and how far each has counted."""

    styles: Styles
    root: etree._Element | None
    _lists: dict[str, _List | None] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _started: set[str] = field(default_factory=set)

    def label(self, properties: etree._Element | None) -> tuple[str, int]:
        """The number before the paragraph with these properties, with the blank after it, and its level from 1 on.

        Paragraphs are asked for in the order of the text, each once; ``("", 0)`` where one has no number.
        """
        number, depth = self._of(properties)
        found = self._list(number) if number and number != "0" else None
        if found is None or not 0 <= depth < _LEVELS:
            return "", 0
        level = found.levels.get(depth)
        if level is None:
            return "", 0
        counts = self._count(number, found, depth, level)
        label = _SYMBOLS.sub("•", self._printed(found, depth, level, counts)).strip()
        return (f"{label}{'' if level.suffix == 'nothing' else ' '}" if label else ""), depth + 1

    def _of(self, properties: etree._Element | None) -> tuple[str, int]:
        """The list and level that a paragraph or else its style names."""
        number = depth = ""
        styles = self.styles.of_paragraph(properties)
        for holder in (properties, *(style.find(f"{W}pPr") for style in styles)):
            found = holder.find(f"{W}numPr") if holder is not None else None
            number = number or value(found, "numId")
            depth = depth or value(found, "ilvl")
            if number:
                break
        if number and not depth:
            depth = self._depth_of_style(number, [style.get(f"{W}styleId", "") for style in styles])
        return number, int(depth) if depth.isdecimal() and len(depth) < 3 else 0

    def _depth_of_style(self, number: str, styles: list[str]) -> str:
        """The level that a list reserves for a paragraph style."""
        found = self._list(number)
        return next((str(found.by_style[style]) for style in styles if found and style in found.by_style), "0")

    def _count(self, number: str, found: _List, depth: int, level: Level) -> list[int | None]:
        counts = self._counts.setdefault(found.key, [None] * _LEVELS)
        if number not in self._started:
            self._started.add(number)
            for overridden in found.overridden:
                counts[overridden] = None
        before = counts[depth]
        counts[depth] = level.start if before is None else before + 1
        for below in range(depth + 1, _LEVELS):
            restart = found.levels.get(below, Level()).restart
            if restart is None or depth < restart:
                counts[below] = None
        return counts

    @staticmethod
    def _printed(found: _List, depth: int, level: Level, counts: list[int | None]) -> str:
        if level.style == "bullet":
            return level.text or "•"

        def number(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            shown = found.levels.get(index, Level())
            count = counts[index]
            style = "decimal" if level.legal and index != depth else shown.style
            return counter(shown.start if count is None else count, style)

        return _PLACEHOLDER.sub(number, level.text)

    def _list(self, number: str) -> _List | None:
        if number not in self._lists:
            self._lists[number] = self._read(number, set())
        return self._lists[number]

    def _read(self, number: str, seen: set[str]) -> _List | None:
        num = self._find("num", "numId", number)
        if num is None or number in seen:
            return None
        abstract = self._find("abstractNum", "abstractNumId", value(num, "abstractNumId"))
        if abstract is None:
            return None
        if link := value(abstract, "numStyleLink"):
            linked = value(next((one.find(f"{W}pPr/{W}numPr") for one in self.styles.chain(link)), None), "numId")
            return self._read(linked, seen | {number})
        levels = dict(_levels(abstract))
        by_style = {value(one, "pStyle"): _depth(one) for one in abstract.findall(f"{W}lvl") if value(one, "pStyle")}
        overridden = []
        for override in num.findall(f"{W}lvlOverride"):
            depth = _depth(override)
            levels.update(_levels(override))
            if start := value(override, "startOverride"):
                levels[depth] = replace(levels.get(depth, Level()), start=_whole(start))
                overridden.append(depth)
        return _List(abstract.get(f"{W}abstractNumId", ""), levels, by_style, tuple(overridden))

    def _find(self, tag: str, key: str, wanted: str) -> etree._Element | None:
        if self.root is None:
            return None
        return next((one for one in self.root.findall(f"{W}{tag}") if one.get(f"{W}{key}") == wanted), None)


@dataclass(frozen=True, slots=True)
class _List:
    """One list: lists with the same ``key`` go on counting where the other stopped, but for ``overridden`` levels."""

    key: str
    levels: dict[int, Level]
    by_style: dict[str, int]
    overridden: tuple[int, ...] = ()


def _levels(holder: etree._Element) -> Iterator[tuple[int, Level]]:
    for one in holder.findall(f"{W}lvl"):
        legal = one.find(f"{W}isLgl")
        restart = value(one, "lvlRestart")
        start = value(one, "start")
        yield (
            _depth(one),
            Level(
                start=_whole(start) if start else 0,
                style=value(one, "numFmt") or "decimal",
                text=value(one, "lvlText"),
                suffix=value(one, "suff") or "tab",
                restart=None if not restart else _whole(restart) or -1,
                legal=legal is not None and legal.get(VAL, "1") not in {"0", "false"},
            ),
        )


def _depth(holder: etree._Element) -> int:
    return _whole(holder.get(f"{W}ilvl", "0"))


def _whole(printed: str) -> int:
    return min(int(printed), _LARGEST_START) if printed.isdecimal() and len(printed) < 10 else 0
