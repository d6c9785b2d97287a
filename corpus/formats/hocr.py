"""hOCR, the page description that Tesseract writes, to the words of a page.

The format: https://kba.github.io/hocr-spec/1.2/. Boxes are in pixels of the image; ``baseline`` is a slope and an offset
from the bottom left of the line's box; ``x_wconf`` a confidence from 0 to 100.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

from lxml import etree

from corpus.formats.pdf.page import Page, Word

_LINES = ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat")
_POINTS = 72.0
_PARSER = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
_UNSURE = 0.25  # of the usual size: measured on letters with and without marks, lines of one size differ so
_NO_BOX = [0.0, 0.0, 0.0, 0.0]
_EM = 0.75  # of a line's height with its ascenders, descenders and marks
_PROPERTY = re.compile(r"(bbox|baseline|x_size|x_wconf|scan_res)((?:\s+-?\d+(?:\.\d+)?)+)", re.ASCII)


def read_hocr(data: bytes, number: int, dpi: float) -> Page:
    """The page that a hOCR file describes, as page ``number``; ``dpi`` counts where it states no resolution."""
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        return Page(number, damaged=True)
    page = next(iter(root.iter()), root)
    for element in root.iter():
        if element.get("class") == "ocr_page":
            page = element
            break
    properties = _properties(page)
    scale = _POINTS / (properties.get("scan_res", [dpi])[0] or dpi)
    box = properties.get("bbox", _NO_BOX)
    words = [word for line in page.iter() if line.get("class") in _LINES for word in _words(line, scale)]
    usual = median(word.size for word in words) if words else 0.0
    even = tuple(replace(word, size=usual) if abs(word.size - usual) < _UNSURE * usual else word for word in words)
    return Page(number, box[2] * scale, box[3] * scale, even, recognised=True)


def _words(line: etree._Element, scale: float) -> Iterator[Word]:
    properties = _properties(line)
    left, _, right, bottom = properties.get("bbox", _NO_BOX)
    slope, offset = ([*properties.get("baseline", []), 0.0, 0.0])[:2]
    baseline = bottom + offset + slope * (right - left) / 2  # one for the line, though the scan stands aslant
    size = properties.get("x_size", [0.0])[0] * _EM
    for element in line.iter():
        own = _properties(element)
        text = unicodedata.normalize("NFC", "".join(map(str, element.itertext())).strip())
        if element.get("class") != "ocrx_word" or not text or "bbox" not in own:
            continue
        box = own["bbox"]
        yield Word(
            text, box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale, baseline * scale,
            max(size or (box[3] - box[1]), 1.0) * scale, confidence=own.get("x_wconf", [0.0])[0] / 100,
        )  # fmt: skip


def _properties(element: etree._Element) -> dict[str, list[float]]:
    title = element.get("title") or ""
    found = {name: [float(value) for value in values.split()] for name, values in _PROPERTY.findall(title)}
    return {name: values for name, values in found.items() if name != "bbox" or len(values) == len(_NO_BOX)}
