r"""HTML fragments as the lines a reader sees.

A linear scan, not a tree: real pages hold ``<5km``, ``<p1. Hồ sơ``, ``SC<>I<>C`` and paragraphs inside paragraphs, where
a tree builder drops text or moves it, and a page made to harm can nest deeper than any tree should. Only the names of
HTML elements (and Word's ``o:p``) are tags; everything else is text.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

_BLOCK_NAMES = (
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol option p pre section summary title ul"
)
_TABLE_NAMES = "table tbody thead tfoot tr td th colgroup col"
_INLINE_NAMES = (
    "a abbr acronym area b base bdi bdo big button cite code data del dfn em embed font i iframe img input ins kbd label"
    " link map mark meta noscript object param picture q rp rt ruby s samp select small source span strike strong sub"
    " sup svg textarea time tt u var video audio wbr"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_TABLE_PARTS = frozenset(_TABLE_NAMES.split())
_NAMES = "|".join(sorted(f"{_BLOCK_NAMES} {_TABLE_NAMES} {_INLINE_NAMES}".split(), key=len, reverse=True))


def tag_pattern(attributes: str) -> re.Pattern[str]:
    """Matches a tag, and nothing that only looks like one; ``attributes`` is the pattern of what stands in it."""
    return re.compile(
        rf"""
        <(?P<close>/?)(?P<name>(?:{_NAMES})|[a-z]\w*:\w+)(?=[\s/>])(?P<attributes>{attributes})>
        | (?-i:<p(?=[\dA-ZÀ-ỸĐ][^<>]*<))  # a paragraph whose own ">" is missing: "<p1. Hồ sơ dự thầu …</p>"
        | </(?:{_NAMES})\s*(?=<|\Z)        # a closing tag whose own ">" is missing
        | <!doctype[^<>]*>
        | <>                              # a tag that lost its name
        """,
        re.IGNORECASE | re.VERBOSE,
    )


_TAG = tag_pattern("[^<>]*")
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_HIDDEN = (
    (re.compile("<!--"), re.compile("-->")),
    (re.compile(r"<script\b", re.IGNORECASE), re.compile("</script>", re.IGNORECASE)),
    (re.compile(r"<style\b", re.IGNORECASE), re.compile("</style>", re.IGNORECASE)),
)

DEEPEST_TABLE = 6  # tables in tables beyond this are read as plain lines: layout, or a page made to harm


@dataclass(frozen=True, slots=True)
class Rendered:
    """The lines of a fragment, none of them blank, and how many images stood in it."""

    lines: tuple[str, ...]
    images: int = 0


def render(fragment: str) -> Rendered:
    r"""The fragment as a reader sees it; never raises, in time linear in its length.

    Block elements and ``<br>`` end a line, inline ones neither join nor split words. A table gives a line a row, its
    cells joined by " | "; a row of a single cell gives that cell's lines.

    >>> render("<p>1. Đất <b>ở</b><br>tại<td>A</td>").lines
    ('1. Đất ở', 'tại', 'A')
    >>> render("<table><tr><td><p>A</p></td><td>B<br>C</td></tr></table>").lines
    ('A | B C',)
    """
    scan = _Scan()
    position = 0
    text = _without_hidden(fragment)
    for match in _TAG.finditer(text):
        scan.text(text[position : match.start()])
        scan.tag((match["name"] or ("p" if match[0] == "<p" else "")).lower(), closing=bool(match["close"]))
        position = match.end()
    scan.text(text[position:])
    return scan.finish()


def _without_hidden(text: str) -> str:
    """The text without comments, scripts and styles; one that never ends is kept as it stands."""
    for start, end in _HIDDEN:
        text = cut(text, start, end)
    return text


def cut(text: str, start: re.Pattern[str], end: re.Pattern[str]) -> str:
    """The text without all that stands from a ``start`` to the next ``end``, both included."""
    kept: list[str] = []
    position = 0
    while (opening := start.search(text, position)) and (closing := end.search(text, opening.end())):
        kept.append(text[position : opening.start()])
        position = closing.end()
    return "".join((*kept, text[position:])) if kept else text


@dataclass(slots=True)
class _Table:
    """An open table: where its rows go, and the row being read, a list of cells of lines."""

    outer: list[str]
    row: list[list[str]] = field(default_factory=list)


@dataclass(slots=True)
class _Scan:
    """The state of a scan: the line being read, the lines of the innermost open cell, and the open tables."""

    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    tables: list[_Table] = field(default_factory=list)
    too_deep: int = 0
    images: int = 0

    def text(self, text: str) -> None:
        if text:
            self.line.append(text)

    def tag(self, name: str, *, closing: bool) -> None:
        if name == "img":
            self.images += 1
        elif name in _BLOCKS:
            self.end_line()
        elif name == "table":
            self.close_table() if closing else self.open_table()
        elif name in _TABLE_PARTS:
            self.end_line()
            if name in {"td", "th"} and not closing:
                self.open_cell()
            elif name == "tr":
                self.end_row()

    def end_line(self) -> None:
        if not self.line:
            return
        text = "".join(self.line)
        self.line.clear()
        if "&" in text:
            text = html.unescape(text)
        if "  " in text or not text.isprintable():  # most lines have no blanks to change
            text = _BLANKS.sub(" ", text)
        if stripped := text.strip(" \xa0"):
            self.lines.append(stripped)

    def open_table(self) -> None:
        self.end_line()
        if len(self.tables) < DEEPEST_TABLE:
            self.tables.append(_Table(self.lines))
        else:
            self.too_deep += 1

    def open_cell(self) -> None:
        if self.tables and not self.too_deep:
            self.lines = []
            self.tables[-1].row.append(self.lines)

    def end_row(self) -> None:
        if not self.tables or self.too_deep:
            return
        table = self.tables[-1]
        if len(table.row) == 1:
            table.outer += table.row[0]
        elif any(table.row):
            table.outer.append(" | ".join(" ".join(cell) for cell in table.row))
        table.row = []
        self.lines = table.outer

    def close_table(self) -> None:
        self.end_line()
        if self.too_deep:
            self.too_deep -= 1
        elif self.tables:
            self.end_row()
            self.tables.pop()

    def finish(self) -> Rendered:
        self.end_line()
        self.too_deep = 0
        while self.tables:
            self.close_table()
        return Rendered(tuple(self.lines), self.images)
