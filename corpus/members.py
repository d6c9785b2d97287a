"""The files that a path holds: itself, those of a folder and the folders in it, those of a zip."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from corpus.archive import LARGEST_ENTRY, check_archive, read_archive
from corpus.reading import Member
from kb.errors import UnusableInputError

LARGEST_PDF = 300 << 20  # bytes; scans are large, and a PDF is read page by page
_ZIP = b"PK\x03\x04"
_SYSTEM_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "system volume information"})


@dataclass(frozen=True, slots=True)
class Found:
    """What a path holds: files by their name in reports, and hidden or system files, which are not looked at."""

    files: tuple[tuple[str, Path], ...]
    hidden: tuple[str, ...] = ()


def files_in(path: Path) -> Found:
    """The files at a path, in the order of their names.

    Hidden files and what systems leave behind (``.git``, ``Thumbs.db``, ``~$draft.docx``) are told apart.
    """
    if not path.is_dir():
        return Found(((path.name, path),))
    names = [(file.relative_to(path).as_posix(), file) for file in path.rglob("*") if file.is_file()]
    names.sort()
    return Found(
        tuple((name, file) for name, file in names if not is_hidden(name)),
        tuple(name for name, _ in names if is_hidden(name)),
    )


def is_hidden(name: str) -> bool:
    """Whether a file, by its path, is hidden or one that systems and editors leave behind.

    >>> is_hidden("a/.DS_Store"), is_hidden("~$luat.docx"), is_hidden("__MACOSX/luat.docx"), is_hidden("a/luat.docx")
    (True, True, True, False)
    """
    parts = PurePosixPath(name).parts
    return any(part.startswith((".", "~$")) or part.lower() in _SYSTEM_NAMES for part in parts)


def members_of(name: str, path: Path) -> Iterator[Member]:
    """The file as one to read, or the files of a zip, each under the name of the zip.

    The address of each starts at the folder that was named, or that the file stands in: files of one name in other folders are
    others, and do not restate each other.
    """
    folder = path.resolve().parents[len(PurePosixPath(name).parts) - 1].name
    address = f"{folder}/{name}" if folder else name
    if not is_zip_of_files(path):
        yield Member(name, address, partial(_read_file, path, name))
        return
    for entry in check_archive(path):
        if not is_hidden(entry.name):
            yield Member(f"{name}/{entry.name}", f"{address}/{entry.name}", partial(_read_entry, path, entry.name))


def is_zip_of_files(path: Path) -> bool:
    """Whether a file is a zip that is no document itself, as Word files are."""
    from corpus.formats import Format, detect

    with path.open("rb") as file:
        if not file.read(len(_ZIP)).startswith(_ZIP):
            return False
    return path.stat().st_size > LARGEST_PDF or detect(path.read_bytes(), path.name) is Format.ZIP


def digest_of(path: Path, files: tuple[tuple[str, Path], ...]) -> str:
    """The sha256 of a file; of a folder, that of the names and contents of its files."""
    if not path.is_dir():
        return _sha256(path)
    digest = hashlib.sha256()
    for name, file in files:
        digest.update(f"{name}\0{_sha256(file)}\n".encode())
    return digest.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_file(path: Path, name: str) -> bytes:
    size = path.stat().st_size
    with path.open("rb") as file:
        limit = LARGEST_PDF if b"%PDF-" in file.read(1024) else LARGEST_ENTRY
        if size > limit:
            raise UnusableInputError(f"{name} has more than {limit:,} bytes: it is not one document.", "Split it.")
        file.seek(0)
        return file.read(limit + 1)


def _read_entry(path: Path, entry: str) -> bytes:
    with read_archive(path) as archive:
        return archive.read(entry)
