"""PDF to blocks: text with its places through pdfium in a process of its own, scanned pages through OCR."""

from __future__ import annotations

import json
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import groupby

from corpus.blocks import Content, TextLayer
from corpus.formats.ocr import FailedRecognitionError, NoRecogniserError, Recognised, recognise
from corpus.formats.pdf.layout import lay_out
from corpus.formats.pdf.page import Page, from_json
from corpus.formats.pdf.scans import scanned_pages, was_recognised
from corpus.formats.processes import lines_of_module
from kb.errors import UnusableInputError

LARGEST_FILE = 300 * 1024**2  # bytes; the largest gazette issues have a tenth of that
MOST_PAGES = 3_000
SECONDS_A_PAGE = 15.0  # a page of a gazette takes a fiftieth of one
SECONDS_ALTOGETHER = 600.0
_WORKER = "corpus.formats.pdf.worker"
_MOST_CRASHES = 5
_HEADER_WITHIN = 1024  # bytes: what readers tolerate before the header
_END_WITHIN = 2048  # and around the end mark
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|\?xml|script|title|meta|!--)", re.IGNORECASE)
_KEPT = "Nothing was changed."
_AGAIN = f"Get the file again from its source. {_KEPT}"


class LockedPdfError(UnusableInputError):
    """The file cannot be opened without a password."""


class DamagedPdfError(UnusableInputError):
    """Nothing of the file can be read."""


def read_pdf(data: bytes, name: str) -> Content:
    """The blocks of a PDF; ``name`` is the file, for errors.

    Pages that are images are recognised where OCR is installed; the layer is then ``OCR``. A file of such pages only,
    without OCR at hand, has the layer ``NONE``, no blocks, and a remark that says what to install. Raises
    ``UnusableInputError`` for a web page, a file behind a password, one that is damaged throughout or beyond the limits.
    """
    _check(data, name)
    pages = _read_pages(data, name)
    remarks = [*_page_remarks(data, pages)]
    scanned = scanned_pages(pages)
    recognised = Recognised(())
    if scanned:
        try:
            recognised = recognise(data, name, scanned)
        except (NoRecogniserError, FailedRecognitionError) as error:
            remarks.append(f"{_named(scanned)} without readable text, only an image; OCR is needed: {error}")
            pages = [page for page in pages if page.number not in scanned]
    return _content(pages, recognised, remarks)


def _check(data: bytes, name: str) -> None:
    if _HTML.match(data[:_HEADER_WITHIN]):
        problem = f"{name} is a web page, not a PDF: most often the error page of the site it came from."
        raise UnusableInputError(problem, _AGAIN)
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise UnusableInputError(f"{name} is not a PDF: it does not start as one.", _AGAIN)
    if len(data) > LARGEST_FILE:
        problem = f"{name} has {len(data) >> 20} MB; at most {LARGEST_FILE >> 20} MB are read."
        raise UnusableInputError(problem, f"Split it and import the parts. {_KEPT}")


def _read_pages(data: bytes, name: str) -> list[Page]:
    """All pages; one on which the reader crashes or stays too long is damaged, and it starts again behind it."""
    pages: list[Page] = []
    deadline = time.monotonic() + SECONDS_ALTOGETHER
    for _ in range(_MOST_CRASHES):
        count = _read_on(data, name, pages, deadline)
        if len(pages) >= count:
            break
        pages.append(Page(len(pages) + 1, damaged=True))
    pages += [Page(number, damaged=True) for number in range(len(pages) + 1, count + 1)]
    if all(page.damaged for page in pages):
        raise DamagedPdfError(f"{name} is damaged: none of its {count} pages can be read.", _AGAIN)
    return pages


def _read_on(data: bytes, name: str, pages: list[Page], deadline: float) -> int:
    """Read on behind ``pages`` as far as the reader comes; gives how many pages there are."""
    count = 0
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        try:
            for line in lines_of_module(_WORKER, [str(len(pages))], file, silence=SECONDS_A_PAGE):
                if count:
                    pages.append(from_json(json.loads(line)))
                else:
                    count = _count(json.loads(line), name)
                if time.monotonic() > deadline:
                    raise UnusableInputError(
                        f"{name} takes longer to read than {SECONDS_ALTOGETHER:g} s.", f"Split it. {_KEPT}"
                    )
        except (TimeoutError, json.JSONDecodeError, TypeError, KeyError):
            pass  # the page in work is lost, those before are kept
    if not count:
        raise DamagedPdfError(f"{name} is damaged: it cannot be opened.", _AGAIN)
    return count


def _count(opened: dict[str, object], name: str) -> int:
    if opened.get("error") == "password":
        raise LockedPdfError(f"{name} cannot be opened without a password.", f"Save it without one. {_KEPT}")
    if "error" in opened:
        raise DamagedPdfError(f"{name} is damaged or no PDF: its parts cannot be found.", _AGAIN)
    count = int(str(opened["count"]))
    if not 0 < count <= MOST_PAGES:
        raise UnusableInputError(f"{name} has {count} pages; 1 to {MOST_PAGES} are read.", f"Split it. {_KEPT}")
    return count


def _page_remarks(data: bytes, pages: Sequence[Page]) -> Iterator[str]:
    if b"%%EOF" not in data[-_END_WITHIN:]:
        yield "the file has no end mark: it may be cut off"
    if damaged := [page.number for page in pages if page.damaged]:
        yield f"{_named(damaged)} could not be read: damaged"
    if empty := [page.number for page in pages if not (page.words or page.damaged or page.pictured) and page.drawn]:
        yield f"{_named(empty)} without text: drawings only"
    if recognised := [page.number for page in pages if was_recognised(page)]:
        yield f"{_named(recognised)} with text that another program recognised from an image"
    if unread := [page.number for page in pages if page.unreadable]:
        yield f"{_named(unread)} with letters that the file gives no meaning"


def _content(pages: list[Page], recognised: Recognised, remarks: list[str]) -> Content:
    read = {page.number: page for page in recognised.pages}
    layout = lay_out([read.get(page.number, page) for page in pages])
    remarks += layout.remarks
    if read:
        remarks.append(f"{_named([*read])} recognised from images: letters may be wrong")
    is_ocr = bool(read) or any(was_recognised(page) for page in pages)
    layer = TextLayer.OCR if is_ocr else TextLayer.BORN if layout.blocks else TextLayer.NONE
    return Content("pdf", layout.blocks, layer, recognised.confidence, tuple(remarks))


def _named(numbers: Sequence[int]) -> str:
    """Page numbers in words, runs in short.

    >>> _named([2, 3, 4, 7]), _named([5])
    ('pages 2-4, 7', 'page 5')
    """
    runs = [[n for _, n in run] for _, run in groupby(enumerate(sorted(numbers)), lambda pair: pair[1] - pair[0])]
    spelled = ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return f"page{'s' * (len(numbers) > 1)} {spelled}"
