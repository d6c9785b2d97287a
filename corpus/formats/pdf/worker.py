"""Reads a PDF in a process of its own: a file that crashes pdfium, or that never ends, takes nothing else with it.

    python -m corpus.formats.pdf.worker FIRST < FILE   # from page FIRST on, from 0

Writes a line of JSON first, ``{"count": pages}`` or ``{"error": why}``, then one a page, so that what was read before a
crash is kept.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys

import pypdfium2 as pdfium

from corpus.formats.pdf.glyphs import read_page
from corpus.formats.pdf.page import Page, to_json

_CATALOGUE = re.compile(rb"(\d{1,9}) (\d{1,5}) obj\s{0,9}<<[^<>]{0,500}/Type\s{0,9}/Catalog\b")
_MEMORY = 2 * 1024**3  # bytes; a gazette of sixty pages needs a tenth


def main() -> None:
    """Read the file on standard input."""
    _limit_memory()
    data = sys.stdin.buffer.read()
    try:
        document = _opened(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        _write({"error": _reason(error)})
        return
    _write({"count": count})
    for index in range(int(sys.argv[1]), count):
        try:
            page = read_page(document, index)
        except (pdfium.PdfiumError, ValueError, OverflowError, MemoryError, RecursionError):
            page = Page(index + 1, damaged=True)
        _write(to_json(page))


def _opened(data: bytes) -> pdfium.PdfDocument:
    """The document; a file that lost its end gets a trailer that names its catalogue, if that is still there."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        catalogue = _CATALOGUE.search(data)
        if _reason(error) != "format" or catalogue is None or b"trailer" in data:
            raise
        return pdfium.PdfDocument(data + b"\ntrailer << /Root %s %s R >>\nstartxref\n0\n%%%%EOF\n" % catalogue.groups())


def _reason(error: pdfium.PdfiumError) -> str:
    """``password``, ``security`` or ``format``."""
    text = str(error).lower()
    return next((word for word in ("password", "security") if word in text), "format")


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not on every system
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _write(record: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(record, ensure_ascii=True) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
