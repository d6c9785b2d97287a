"""The one way in: what a path is, and the import that fits it."""

from __future__ import annotations

from pathlib import Path

from corpus.codification.importing import import_codification
from corpus.codification.package import INDEX_PAGE
from corpus.codification.page import is_subject_page
from corpus.formats.text import decode_text
from corpus.reporting import ImportReport
from corpus.text_files import import_texts
from kb.errors import UnusableInputError
from kb.progress import Progress, no_progress
from kb.store import Store

KNOWN_KINDS = (
    "the official codification: BoPhapDienDienTu.zip, its unpacked folder, or one of its demuc pages",
    "the text of a document: a .txt file (UTF-8, UTF-16 or windows-1258), or a folder of them",
)
_UNKNOWN_SUFFIXES = {
    ".docx": "a Word document",
    ".doc": "a Word document",
    ".rtf": "a Word document",
    ".odt": "a text of LibreOffice",
    ".pdf": "a PDF",
    ".xlsx": "an Excel sheet",
    ".xls": "an Excel sheet",
    ".csv": "a table",
    ".json": "JSON data",
    ".jpg": "an image",
    ".jpeg": "an image",
    ".png": "an image",
    ".tif": "an image",
    ".tiff": "an image",
    ".rar": "a rar archive",
    ".7z": "a 7z archive",
    ".gz": "a gzip archive",
}
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"Rar!", "a rar archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
)
_ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE_PART = b"[Content_Types].xml"
_HTML_SUFFIXES = frozenset({".html", ".htm"})


def import_path(path: Path, store: Store, *, home: Path, progress: Progress = no_progress) -> ImportReport:
    """Import what stands at ``path`` into the store; ``home`` is the data folder, for work that can be resumed.

    Raises ``UnusableInputError`` where it cannot be used, or is of a kind that is not known; nothing is then changed.
    """
    if is_codification(path):
        return import_codification(path, store, home=home, progress=progress)
    return import_texts(path, store, progress=progress)


def is_codification(path: Path) -> bool:
    """Whether the path is the codification or a part of it, rather than plain text.

    Raises ``UnusableInputError`` if it is neither, or not there.
    """
    if path.is_dir():
        return _is_codification_folder(path)
    if not path.is_file():
        raise UnusableInputError(f"There is no file or folder {path}.", "Check the path.")
    with path.open("rb") as file:
        start = file.read(4096)
    if not start:
        raise UnusableInputError(f"{path.name} is empty.", "Get it again from its source.")
    if path.suffix.lower() == ".zip" or start.startswith(_ZIP_SIGNATURES):
        return _is_archive_of_pages(path, start)
    if kind := _unknown_kind(path, start):
        raise _unknown(path, kind)
    return _is_page(path)


def _is_codification_folder(path: Path) -> bool:
    if (path / "demuc").is_dir() or (path / INDEX_PAGE).is_file():
        return True
    files = [file for file in path.rglob("*") if file.is_file()]
    if not any(file.suffix.lower() == ".txt" for file in files):
        if any(file.suffix.lower() in _HTML_SUFFIXES for file in files):
            return True
        found = ", ".join(sorted({file.suffix.lower() or file.name for file in files})[:5]) or "nothing"
        raise UnusableInputError(f"{path.name} holds no file of a known kind, but {found}.", _what_is_known())
    return False


def _is_archive_of_pages(path: Path, start: bytes) -> bool:
    kind = _UNKNOWN_SUFFIXES.get(path.suffix.lower())
    if kind or _OFFICE_PART in start:
        raise _unknown(path, kind or "a Word or Excel document")
    return True


def _is_page(path: Path) -> bool:
    """Whether a file is a page of the codification; other HTML is not read yet."""
    if path.suffix.lower() not in _HTML_SUFFIXES:
        return False
    if not is_subject_page(decode_text(path.read_bytes(), path.name)):
        raise _unknown(path, "an HTML page that is not of the codification")
    return True


def _unknown_kind(path: Path, start: bytes) -> str:
    by_content = next((kind for signature, kind in _SIGNATURES if start.startswith(signature)), "")
    return by_content or _UNKNOWN_SUFFIXES.get(path.suffix.lower(), "")


def _unknown(path: Path, kind: str) -> UnusableInputError:
    return UnusableInputError(f"{path.name} is {kind}: this kind is not known yet.", _what_is_known())


def _what_is_known() -> str:
    return "Known kinds: " + "; ".join(KNOWN_KINDS) + "."
