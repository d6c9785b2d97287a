"""The official offline codification as a user has it: the zip, its unpacked folder, or one of its pages."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.archive import LARGEST_ENTRY, MOST_ENTRIES, check_archive, read_archive
from kb.errors import UnusableInputError

INDEX_PAGE = "BoPhapDien.html"  # the start page of the whole package
_PAGE_SUFFIXES = frozenset({".html", ".htm"})
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Package:
    """Files of a package: ``pages`` may hold a subject each, ``others`` (styles, scripts, images) are not read.

    ``sha256`` is that of the file; of a folder, that of the names and contents of its pages.
    """

    path: Path
    pages: tuple[str, ...]
    others: tuple[str, ...]
    sha256: str

    @property
    def name(self) -> str:
        """The name of the file or folder."""
        return self.path.name

    @property
    def is_whole(self) -> bool:
        """Whether this is the whole codification and not a part of it: the start page is there."""
        return any(PurePosixPath(page).name == INDEX_PAGE for page in self.pages)

    def address(self, page: str) -> str:
        """The address of a page: ``demuc/<file>`` in the whole codification, however it came.

        A part speaks for itself alone, under its own name: what it cannot tell, links into pages it lacks among it, must
        not take back what the whole has told.
        """
        if self.is_whole:
            return f"demuc/{PurePosixPath(page).name}"
        return page if page == self.name else f"{self.name}/{page}"


def open_package(path: Path) -> Package:
    """List a package; an archive is checked whole. Raises ``UnusableInputError`` where that fails."""
    if path.is_dir():
        return _folder(path)
    if path.suffix.lower() in _PAGE_SUFFIXES:
        _check_size(path)
        return Package(path, (path.name,), (), _sha256(path))
    names = [entry.name for entry in check_archive(path)]
    return Package(path, *_split(names), _sha256(path))


@contextmanager
def reading(path: Path) -> Iterator[Callable[[str], bytes]]:
    """A function that gives the bytes of a page of the package at ``path``."""
    if path.is_dir():
        yield lambda name: (path / name).read_bytes()
    elif path.suffix.lower() in _PAGE_SUFFIXES:
        yield lambda _: path.read_bytes()
    else:
        with read_archive(path) as archive:
            yield archive.read


def _folder(path: Path) -> Package:
    names: list[str] = []
    for folder, folders, files in os.walk(path):
        folders.sort()
        names += (str((Path(folder) / file).relative_to(path).as_posix()) for file in sorted(files))
        if len(names) > MOST_ENTRIES:
            raise UnusableInputError(
                f"{path.name} holds more than {MOST_ENTRIES:,} files.", "Choose the folder of the package itself."
            )
    pages, others = _split(names)
    digest = hashlib.sha256()
    for page in pages:
        _check_size(path / page)
        digest.update(f"{page}\0{_sha256(path / page)}\n".encode())
    return Package(path, pages, others, digest.hexdigest())


def _split(names: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    pages = tuple(name for name in names if PurePosixPath(name).suffix.lower() in _PAGE_SUFFIXES)
    return pages, tuple(name for name in names if PurePosixPath(name).suffix.lower() not in _PAGE_SUFFIXES)


def _check_size(path: Path) -> None:
    if path.stat().st_size > LARGEST_ENTRY:
        raise UnusableInputError(
            f"{path.name} has more than {LARGEST_ENTRY:,} bytes, more than any page of the codification.",
            "Choose a page of the package.",
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
