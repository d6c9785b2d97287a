"""The words of a Word paragraph as they are printed: runs, fields, links, notes, symbols; without what was deleted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from corpus.formats.counters import roman
from corpus.formats.docx.package import W
from corpus.formats.docx.styles import Styles

MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_IMAGE_DATA = "{urn:schemas-microsoft-com:vml}imagedata"
# Nothing of these shows: their text is not a part of the printed page.
_UNSHOWN = frozenset(
    f"{W}{name}"
    for name in (
        "pPr",
        "rPr",
        "sdtPr",
        "sdtEndPr",
        "smartTagPr",
        "customXmlPr",
        "rt",
        "instrText",
        "delText",
        "delInstrText",
    )
)
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_INSERTED = frozenset({f"{W}ins", f"{W}moveTo"})
_FIXED = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
}
# Letters of the fonts Symbol and Wingdings, by their place in the font.
_SYMBOLS = {
    "wingdings": {0xA8: "☐", 0x6F: "☐", 0x71: "☐", 0x72: "☐", 0xFE: "☑", 0x52: "☑", 0xFD: "☒", 0x78: "☒", 0xFC: "✓"},
    "symbol": {
        0xB7: "•",
        0xA3: "≤",
        0xB3: "≥",
        0xB1: "±",
        0xB0: "°",
        0xB4: "×",
        0xB8: "÷",
        0xB9: "≠",
        0x44: "Δ",
        0x53: "Σ",
    },
}
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}


@dataclass(slots=True)
class Inline:
    """Reads paragraphs; ``seen`` counts what a remark tells of, ``notes`` are the notes in the order of their marks."""

    styles: Styles
    seen: Counter[str] = field(default_factory=Counter)
    notes: list[tuple[str, str, str]] = field(default_factory=list)  # the part, the id in it, the mark
    boxes: list[etree._Element] = field(default_factory=list)  # text boxes met since they were last taken

    def text(self, paragraph: etree._Element) -> str:
        """What the paragraph says."""
        pieces: list[str] = []
        self._children(paragraph, paragraph.find(f"{W}pPr"), pieces)
        return "".join(pieces).replace("\u00ad", "").replace("\u00a0", " ")

    def take_boxes(self) -> list[etree._Element]:
        """The text boxes that stand at the paragraphs read since the last time."""
        boxes, self.boxes = self.boxes, []
        return boxes

    def _children(self, element: etree._Element, paragraph: etree._Element | None, pieces: list[str]) -> None:
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, paragraph, pieces)
            elif tag in _DELETED:
                self.seen["deleted"] += 1
            elif tag == MATH_TEXT:
                pieces.append(child.text or "")
            elif tag not in _UNSHOWN:
                self.seen["inserted"] += tag in _INSERTED
                self._children(child, paragraph, pieces)

    def _run(self, run: etree._Element, paragraph: etree._Element | None, pieces: list[str]) -> None:
        properties = run.find(f"{W}rPr")
        if self.styles.is_on("vanish", properties, paragraph):
            self.seen["hidden"] += run.find(f"{W}t") is not None
            return
        words: list[str] = []
        self._shown(run, words)
        text = "".join(words)
        if text and any(self.styles.is_on(caps, properties, paragraph) for caps in ("caps", "smallCaps")):
            text = text.upper()
        pieces.append(text)

    def _shown(self, run: etree._Element, words: list[str]) -> None:
        for child in run:
            tag = child.tag
            if tag == f"{W}t":
                words.append(child.text or "")
            elif tag in _FIXED:
                words.append(_FIXED[tag])
            elif tag == f"{W}sym":
                words.append(_symbol(child))
            elif tag in _NOTES:
                words.append(self._note(_NOTES[tag], child))
            elif tag == f"{W}ruby":
                base = child.find(f"{W}rubyBase")
                words += [piece.text or "" for piece in base.iter(f"{W}t")] if base is not None else []
            elif tag not in _UNSHOWN:
                self._drawing(child)

    def _drawing(self, element: etree._Element) -> None:
        """Text boxes in it, each once: a drawing says the same again for older programs."""
        for child in (element,) if element.tag == _ALTERNATE else element.iterchildren("{*}*"):
            if child.tag == _ALTERNATE:
                choice = child.find(_CHOICE)
                first = choice if choice is not None else next(iter(child), None)
                if first is not None:
                    self._drawing(first)
            elif child.tag == f"{W}txbxContent":
                self.boxes.append(child)
            else:
                self.seen["images"] += child.tag in {_BLIP, _IMAGE_DATA}
                self._drawing(child)

    def _note(self, part: str, reference: etree._Element) -> str:
        if reference.get(f"{W}customMarkFollows", "0") not in {"0", "false"}:
            return ""
        count = 1 + sum(one[0] == part for one in self.notes)
        mark = str(count) if part == "footnotes" else roman(count).lower()
        self.notes.append((part, reference.get(f"{W}id", ""), mark))
        return f"[{mark}]"


def _symbol(element: etree._Element) -> str:
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    font = element.get(f"{W}font", "").lower()
    known = next((letters for name, letters in _SYMBOLS.items() if font.startswith(name)), None)
    if known is None:
        return "" if 0xE000 <= code <= 0xF8FF or not 0x20 <= code < 0xD800 else chr(code)
    return known.get(code & 0xFF, "•")
