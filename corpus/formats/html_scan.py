"""Reading a page's tags one by one: the paragraph at hand, the open elements, and what becomes of each when it closes."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from corpus.blocks import Block, BlockKind
from corpus.formats.html_main import Placed, holds_document, is_around, is_section
from corpus.formats.html_markers import Marker
from corpus.formats.tables import Cell, table_blocks

DEEPEST = 200  # open elements; real pages stay below 60, and each costs a look on a stray closing tag
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_BLANKS = re.compile(r"[ \t\r\n\f\v\u00a0\u200b]+")
_FEWEST_LINKS = 3  # of a menu
_NEARLY_ALL = 0.9  # of its letters stand in links
_BETWEEN_TAGS = " \t\r\n\f"  # what an editor puts there; a blank line that shows is a <br> or a &nbsp;
_WIDE = 3  # blanks that set columns apart, where they may not collapse
_HEADING = re.compile(r"h[1-6]")
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-element\s*:\s*(?:header|footer)\b"
)
_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hr html legend li main menu nav ol option p pre section summary ul table tbody thead tfoot tr td th"
)
_FRAME_NAMES = (
    "address article aside blockquote body center dd details div dl fieldset figure footer form header li main menu nav ol"
    " section table tr td th ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_FRAMES = frozenset(_FRAME_NAMES.split())
_CELLS = frozenset({"td", "th"})
_VOID_NAMES = "area base br col embed hr img input link meta param source wbr"
_VOID = frozenset(_VOID_NAMES.split())
_LIST = frozenset({"ol", "ul", "menu"})
# What an opening tag ends without saying so, and the element within which it does.
_ENDS = {
    "li": (frozenset({"li"}), _LIST),
    "td": (_CELLS, frozenset({"tr", "table"})),
    "th": (_CELLS, frozenset({"tr", "table"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
}


@dataclass(slots=True)
class Scan:
    """The state of a scan: the paragraph being read and the open elements.

    ``text``, ``open`` and ``close`` take the page piece by piece, ``finish`` gives its blocks; none of them raises.
    """

    frames: list[_Frame] = field(default_factory=lambda: [_Frame("", 0)])
    parents: list[int] = field(default_factory=lambda: [0])  # of each element by number; 0 is the page
    pieces: list[str] = field(default_factory=list)
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    label: str = ""  # of the list item being read
    linked: int = 0
    links: int = 0
    link: bool = False
    pre: int = 0
    too_deep: int = 0
    images: int = 0
    left_out: int = 0
    unclosed: bool = False

    def text(self, text: str) -> None:
        """Take in what stands between two tags."""
        if not text:
            return
        self.pieces.append(html.unescape(text) if "&" in text else text)
        if self.link:
            self.linked += len(text.strip())

    def open(self, name: str, attributes: str) -> None:
        """Take in an opening tag."""
        if name == "br":
            self.pieces.append("\v")
        elif name == "img":
            self.images += not re.search(r"""(?:width|height)\s*=\s*["']?[0-9]\b""", attributes)
        elif name == "a":
            self.link = "href" in attributes.lower()
            self.links += self.link
        if name in _BLOCKS:
            self._open_block(name, attributes)
        elif name not in _VOID and name != "a":
            self._open_inline(name, attributes)

    def close(self, name: str) -> None:
        """Take in a closing tag."""
        if name == "a":
            self.link = False
        if name in _BLOCKS:
            self._end_paragraph()
        if name == "pre":
            self.pre = max(0, self.pre - 1)
        self._close_frame(name)
        if _HEADING.fullmatch(name):
            self.kind, self.level = BlockKind.PARAGRAPH, 0

    def _open_block(self, name: str, attributes: str) -> None:
        self._end_paragraph()
        self.link = self.link and name not in _FRAMES
        if name in _ENDS:
            self._close_within(*_ENDS[name])
        if _HEADING.fullmatch(name):
            self.kind, self.level = BlockKind.HEADING, int(name[1])
        elif name == "p":
            self.kind, self.level = BlockKind.PARAGRAPH, 0
            self._hide_until_next("p")
        elif name == "pre":
            self.pre += 1
        values = _values(attributes)
        if name in _FRAMES or _is_hidden(values):
            self._push(name, values)
        if name == "li":
            self._start_item(values)

    def _open_inline(self, name: str, attributes: str) -> None:
        frame = self.frames[-1]
        if frame.hidden and frame.name == name:
            frame.same += 1
        elif attributes and _is_hidden(values := _values(attributes)):
            self._end_paragraph(goes_on=True)
            self._push(name, values)

    def _push(self, name: str, values: dict[str, str]) -> None:
        if len(self.frames) >= DEEPEST:
            self.too_deep += name in _FRAMES
            return
        home = self.frames[-1].home
        if not is_section(values):
            self.parents.append(home)
            home = len(self.parents) - 1
        frame = _Frame(name, home, hidden=_is_hidden(values), around=is_around(name, values))
        if name in _CELLS:
            frame.spans = (_number(values, "rowspan"), _number(values, "colspan"))
        elif name in _LIST:
            frame.marker = Marker.of(name, values, sum(one.name in _LIST for one in self.frames) + 1)
        self.frames.append(frame)

    def _hide_until_next(self, name: str) -> None:
        if self.frames[-1].hidden and self.frames[-1].name == name:
            self._pop()

    def _start_item(self, values: dict[str, str]) -> None:
        marker = next((frame.marker for frame in reversed(self.frames) if frame.name in _LIST), None)
        self.kind, self.level = BlockKind.LIST_ITEM, marker.depth if marker else 1
        self.label = marker.next(values) if marker else ""

    def _close_frame(self, name: str) -> None:
        if self.too_deep and name in _FRAMES:
            self.too_deep -= 1
            return
        barrier = frozenset({"table"}) if name in {"tr", "td", "th"} else _CELLS if name != "table" else frozenset()
        for index in range(len(self.frames) - 1, 0, -1):
            frame = self.frames[index]
            if frame.name == name:
                if frame.same and index == len(self.frames) - 1:
                    frame.same -= 1
                    return
                while len(self.frames) > index:
                    self._pop()
                return
            if frame.name in barrier:
                return

    def _close_within(self, names: frozenset[str], within: frozenset[str]) -> None:
        for index in range(len(self.frames) - 1, 0, -1):
            if self.frames[index].name in within:
                return
            if self.frames[index].name in names:
                while len(self.frames) > index:
                    self._pop()
                return

    def _pop(self, *, at_end: bool = False) -> None:
        self._end_paragraph()
        frame, outer = self.frames.pop(), self.frames[-1]
        if frame.name == "tr":
            self._end_row(frame)
        elif frame.name in _CELLS and outer.name == "tr" and not frame.hidden:
            outer.row.append(Cell(tuple(frame.blocks), *frame.spans))
            return
        elif frame.name == "table":
            frame.blocks += [self._placed(block, frame.home) for block in table_blocks(frame.rows)]
        if (frame.hidden and not at_end) or frame.is_surrounding:
            self.left_out += bool(frame.blocks) and not frame.hidden
            return
        self.unclosed |= frame.hidden
        outer.blocks += frame.blocks

    def _end_row(self, row: _Frame) -> None:
        table = next((frame for frame in reversed(self.frames) if frame.name == "table"), None)
        if row.hidden:
            row.row.clear()
        if table is None:
            row.blocks += [self._placed(block, row.home) for cell in row.row for block in cell.blocks]
        elif row.row:
            table.rows.append(row.row)

    @staticmethod
    def _placed(block: Block, home: int) -> Placed:
        if isinstance(block, Placed):
            return block
        return Placed(block.kind, block.text, 0, rows=block.rows, home=home)

    def _end_paragraph(self, *, goes_on: bool = False) -> None:
        if not self.pieces:
            return
        if goes_on and not "".join(self.pieces).strip():
            return
        text = "".join(self.pieces)
        self.pieces.clear()
        if not text.strip(_BETWEEN_TAGS):
            return
        frame = self.frames[-1]
        for index, part in enumerate(re.split(r"\v\s*\v", self._settled(text))):
            if index:
                frame.blocks.append(Placed(BlockKind.PARAGRAPH, "", 0, home=frame.home))
            self._add(part, frame)
        self.linked = self.links = 0

    def _settled(self, text: str) -> str:
        """The text with its blanks as they show."""
        if self.pre:
            text = text.replace("\n", "\v")
        return _BLANKS.sub(_blank, text)

    def _add(self, part: str, frame: _Frame) -> None:
        lines = [line.strip() for line in part.split("\v")]
        text = "\n".join(lines).strip("\n")
        if not text and self.label:
            return
        if self.label:
            text, self.label = Marker.labelled(self.label, text), ""
        linked, links, self.linked, self.links = self.linked, self.links, 0, 0
        frame.blocks.append(Placed(self.kind, text, 0, level=self.level, home=frame.home, linked=linked, links=links))
        if self.kind is BlockKind.LIST_ITEM:
            self.kind, self.level = BlockKind.PARAGRAPH, 0

    def finish(self) -> list[Placed]:
        """All blocks of the page; what is still open is closed."""
        self._end_paragraph()
        while len(self.frames) > 1:
            self._pop(at_end=True)
        return self.frames[0].blocks


@dataclass(slots=True)
class _Frame:
    """An open element: what stands in it so far, and what becomes of that when it closes."""

    name: str
    home: int
    hidden: bool = False
    around: bool = False  # by its name, role or class it belongs to the site
    same: int = 0  # elements of its name open inside it that have no frame of their own
    blocks: list[Placed] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)  # of a table
    row: list[Cell] = field(default_factory=list)  # of a row
    spans: tuple[int, int] = (1, 1)  # of a cell: rows, columns
    marker: Marker | None = None  # of a list

    @property
    def is_surrounding(self) -> bool:
        """Whether it is what a site puts around a document: so named, or a list of links as menus and contents are."""
        if self.around:
            return not holds_document(self.blocks)
        if self.name not in _LIST and self.name != "table":
            return False
        links = sum(block.links for block in self.blocks)
        linked = sum(block.linked for block in self.blocks)
        length = sum(len(block.text) for block in self.blocks)
        return links >= _FEWEST_LINKS and linked >= _NEARLY_ALL * length and not holds_document(self.blocks)


def _blank(blanks: re.Match[str]) -> str:
    if "\v" in blanks[0]:
        return "\v" * blanks[0].count("\v")
    return "   " if blanks[0].count("\u00a0") >= _WIDE else " "


def _values(attributes: str) -> dict[str, str]:
    values = {name.lower(): first or second or third for name, first, second, third in _ATTRIBUTE.findall(attributes)}
    if re.search(r"(?<![\w-])hidden(?![\w-])\s*(?!=)", _ATTRIBUTE.sub("", attributes)):
        values["hidden"] = "hidden"
    return values


def _number(values: dict[str, str], name: str) -> int:
    printed = values.get(name, "")[:6].strip()
    return max(1, int(printed)) if printed.isdecimal() and printed.isascii() else 1


def _is_hidden(values: dict[str, str]) -> bool:
    return "hidden" in values or _HIDDEN_STYLE.search(values.get("style", "").lower()) is not None
