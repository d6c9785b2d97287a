"""Text recognised from images, with Tesseract's Vietnamese model through ocrmypdf where both are installed."""

from __future__ import annotations

import importlib.util
import io
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean

from corpus.blocks import Content, TextLayer
from corpus.formats.hocr import read_hocr
from corpus.formats.pdf.layout import lay_out
from corpus.formats.pdf.page import Page
from corpus.formats.processes import Finished, run
from kb.errors import Dean06Error, UnusableInputError

LANGUAGE = "vie"
LARGEST_IMAGE = 100 * 1024**2  # bytes
_DPI = 300  # of an image that states none
_MOST_MEGAPIXELS = 200
_START = 60.0  # seconds for starting, and
_A_PAGE = 90.0  # for each page: a page of A4 at 300 dpi takes about ten
_LEAST_SURE = 0.7  # a mean below it gets a remark
_INSTALL = (
    "To read them install OCR: pip install 'dean06[ocr]', and on Debian or Ubuntu apt install tesseract-ocr tesseract-ocr-vie "
    "ghostscript; then import the file again."
)
_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")


class NoRecogniserError(Dean06Error):
    """OCR is not installed on this machine; ``remedy`` says what to install."""


class FailedRecognitionError(UnusableInputError):
    """OCR was tried and gave nothing."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """Pages as read from their images, and how sure the recogniser is of their words on average, from 0 to 1."""

    pages: tuple[Page, ...]

    @property
    def confidence(self) -> float | None:
        """The mean over all words; None if it read none."""
        known = [word.confidence for page in self.pages for word in page.words if word.confidence is not None]
        return round(fmean(known), 3) if known else None


def read_image(data: bytes, name: str) -> Content:
    """The blocks of a PNG, JPEG or TIFF image; ``name`` is the file, for errors.

    Without OCR at hand the content has the layer ``NONE``, no blocks, and a remark that says what to install. Raises
    ``UnusableInputError`` for what is no such image, is beyond the limits, or gives no text.
    """
    if not data.startswith(_SIGNATURES):
        raise UnusableInputError(f"{name} is not a PNG, JPEG or TIFF image.", "Convert it to one of these.")
    if len(data) > LARGEST_IMAGE:
        raise UnusableInputError(f"{name} is an image of more than {LARGEST_IMAGE // 1024**2} MB.", "Make it smaller.")
    try:
        recognised = recognise(data, name, range(1, _frames(data) + 1))
    except NoRecogniserError as error:
        return Content("image", (), TextLayer.NONE, remarks=(f"The image needs OCR. {error.remedy}",))
    layout = lay_out(recognised.pages)
    return Content("image", layout.blocks, TextLayer.OCR, recognised.confidence, layout.remarks)


def recognise(data: bytes, name: str, numbers: Sequence[int]) -> Recognised:
    """Read the pages ``numbers`` (from 1) of a PDF, or all those of an image, from what they show.

    Raises ``NoRecogniserError`` where OCR is not installed, ``FailedRecognitionError`` where it fails or takes too long.
    """
    if missing := missing_parts():
        raise NoRecogniserError(f"OCR is not installed: {', '.join(missing)} not found.", _INSTALL)
    with tempfile.TemporaryDirectory(prefix="dean06-ocr-") as folder:
        return _recognised_in(Path(folder), data, name, numbers)


def _frames(data: bytes) -> int:
    """How many pages an image has: a TIFF may hold a whole document; 1 where that cannot be told."""
    if importlib.util.find_spec("PIL") is None:
        return 1
    from PIL import Image, UnidentifiedImageError

    with warnings.catch_warnings(action="ignore"):
        try:
            with Image.open(io.BytesIO(data)) as image:
                return int(getattr(image, "n_frames", 1))
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
            return 1


@cache
def missing_parts() -> tuple[str, ...]:
    """What OCR lacks on this machine; empty where it can be used."""
    parts = [module for module in ("ocrmypdf", "pikepdf") if importlib.util.find_spec(module) is None]
    if (tesseract := shutil.which("tesseract")) is None:
        return (*parts, "tesseract")
    languages = run([tesseract, "--list-langs"], seconds=_START).output.split()
    return tuple(parts if LANGUAGE in languages else [*parts, f"tesseract's model '{LANGUAGE}'"])


def _recognised_in(folder: Path, data: bytes, name: str, numbers: Sequence[int]) -> Recognised:
    source = folder / "source"
    if data.startswith(_SIGNATURES):
        source.write_bytes(data)
    else:
        _write_pages(data, name, numbers, source)
    finished = _run_ocrmypdf(source, folder, len(numbers))
    found = sorted(folder.glob("work/*/*_hocr.hocr"))
    if not found:
        why = (
            "it took too long"
            if finished.code is None
            else (finished.errors.strip().splitlines() or ["no reason given"])[-1]
        )
        raise FailedRecognitionError(f"{name} is a scan, and OCR could not read it: {why}.", "Scan it anew or type it.")
    known = dict(enumerate(numbers, 1))
    places = [(int(path.name.partition("_")[0]), path) for path in found]
    return Recognised(tuple(read_hocr(path.read_bytes(), known.get(place, place), _DPI) for place, path in places))


def _write_pages(data: bytes, name: str, numbers: Sequence[int], target: Path) -> None:
    """The pages by themselves, without encryption, signatures and whatever else stops ocrmypdf."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            for index in reversed(range(len(document.pages))):
                if index + 1 not in numbers:
                    del document.pages[index]
            document.save(target)
    except (pikepdf.PdfError, IndexError, ValueError, RuntimeError) as error:
        raise FailedRecognitionError(f"{name} is a scan whose pages cannot be taken out: {error}.", "") from error


def _run_ocrmypdf(source: Path, folder: Path, pages: int) -> Finished:
    """Run ocrmypdf as a program; its files are kept, for the confidence of each word stands in them only."""
    work = folder / "work"
    work.mkdir()
    arguments = [
        *("--language", LANGUAGE, "--force-ocr", "--rotate-pages", "--deskew", "--invalidate-digital-signatures"),
        *("--output-type", "pdf", "--optimize", "0", "--image-dpi", str(_DPI), "--keep-temporary-files"),
        *("--max-image-mpixels", str(_MOST_MEGAPIXELS), "--tesseract-timeout", str(int(_A_PAGE))),
        *("--jobs", str(min(pages, os.cpu_count() or 1))),
    ]
    command = [sys.executable, "-m", "ocrmypdf", *arguments, str(source), str(folder / "target.pdf")]
    return run(
        command,
        seconds=_START + _A_PAGE * pages,
        environment={"TMPDIR": str(work), "TEMP": str(work), "OMP_THREAD_LIMIT": "1"},
    )
