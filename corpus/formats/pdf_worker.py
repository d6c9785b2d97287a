"""Reads a PDF in a process of its own: a file that crashes pdfium, or that never ends, takes nothing else with it.

    python -m corpus.formats.pdf_worker FIRST < FILE   # from page FIRST on, from 0

Writes a line of JSON first, ``{"count": pages}`` or ``{"error": why}``, then one a page, so that what was read before a
crash is kept.
"""

from __future__ import annotations

import contextlib
import json
import sys

import pypdfium2 as pdfium

from corpus.formats.pdf_glyphs import read_page
from corpus.formats.pdf_page import Page, to_json

_MEMORY = 2 * 1024**3  # bytes; a gazette of sixty pages needs a tenth


def main() -> None:
    """Read the file on standard input."""
    _limit_memory()
    try:
        document = pdfium.PdfDocument(sys.stdin.buffer.read())
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
