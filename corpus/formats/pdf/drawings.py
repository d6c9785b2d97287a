"""Ruled lines and images of a PDF's page: thin boxes and axis-parallel strokes are rules."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.formats.pdf.frame import Frame
from corpus.formats.pdf.page import Box, Rule

_MOST_DRAWINGS = 50_000  # a map has more; a page of tables has a few thousand
_DEEPEST_FORM = 4
_THIN = 3.0  # points: a filled box so thin is a line
_SHORTEST = 4.0  # points
_WIDEST_SEGMENTS = 2_000  # of one path; a curve, not a table, has more


@dataclass(frozen=True, slots=True)
class Drawings:
    """The rules of a page in its frame, the share of it that images cover, and whether it has any drawing at all."""

    rules: tuple[Rule, ...]
    pictured: float
    drawn: bool


def read_drawings(page: pdfium.PdfPage, frame: Frame) -> Drawings:
    """The rules and images of a page; what is drawn beyond the limit is left out."""
    rules: list[Rule] = []
    pictured = 0.0
    drawn = False
    for item in islice(page.get_objects(max_depth=_DEEPEST_FORM), _MOST_DRAWINGS):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictured += _share(frame.box(*item.get_bounds()), frame)
        elif item.type == raw.FPDF_PAGEOBJ_PATH:
            drawn = True
            rules += [Rule(*box) for box in _lines(item, frame)]
    return Drawings(tuple(rules), min(pictured, 1.0), drawn)


def _share(box: Box, frame: Frame) -> float:
    width, height = frame.size
    across = min(box[2], width) - max(box[0], 0.0)
    down = min(box[3], height) - max(box[1], 0.0)
    return max(across, 0.0) * max(down, 0.0) / (width * height)


def _lines(item: pdfium.PdfObject, frame: Frame) -> Iterator[Box]:
    box = frame.box(*item.get_bounds())
    if _is_line(box):
        yield box
        return
    if box[2] - box[0] < _SHORTEST or box[3] - box[1] < _SHORTEST:
        return
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item.raw, filled, stroked)
    if stroked.value and not _is_white(item):
        yield from (edge for edge in _edges(item, frame) if _is_line(edge))


def _is_line(box: Box) -> bool:
    across, down = box[2] - box[0], box[3] - box[1]
    return min(across, down) <= _THIN and max(across, down) >= _SHORTEST


def _is_white(item: pdfium.PdfObject) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetStrokeColor(item.raw, red, green, blue, alpha)
    return alpha.value == 0 or min(red.value, green.value, blue.value) > 250


def _edges(item: pdfium.PdfObject, frame: Frame) -> Iterator[Box]:
    """The straight segments of a stroked path, as boxes."""
    matrix = item.get_matrix()
    points: list[tuple[float, float, bool]] = []
    start = (0.0, 0.0)
    for index in range(min(raw.FPDFPath_CountSegments(item.raw), _WIDEST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(item.raw, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        start = point if kind == raw.FPDF_SEGMENT_MOVETO else start
        points.append((*point, kind == raw.FPDF_SEGMENT_LINETO))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append((*start, kind != raw.FPDF_SEGMENT_MOVETO))
    for before, after in pairwise(points):
        if after[2]:
            yield frame.box(before[0], before[1], after[0], after[1])
