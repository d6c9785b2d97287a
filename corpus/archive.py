"""Reading a zip that may be damaged or made to harm: everything is checked before anything is used.

The limits leave a wide margin around the official package (282 entries, 139 MB unpacked, largest page 4 MB, compressed
8 : 1) with its images and scripts, and stop what no honest package comes near.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from kb.errors import UnusableInputError

MOST_ENTRIES = 20_000  # the official package has 282; each costs memory before a byte is read
LARGEST_ENTRY = 64 << 20  # bytes unpacked; a page is read whole, and the largest official one has 4 MB
LARGEST_TOTAL = 1 << 30  # bytes unpacked; seven times the official package
HIGHEST_RATIO = 200  # unpacked : packed; pages of text reach 10, a bomb of zeros 1,000
SMALL_ENTRY = 1 << 20  # bytes; below this any ratio is harmless
_CHUNK = 1 << 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_GET_AGAIN = "Download it again; nothing was changed."
_NOT_MADE_SO = "An honest file is not made like this, so it was not opened; nothing was changed."


@dataclass(frozen=True, slots=True)
class PackedBytes:
    """An archive in memory, with the name it came under."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive: its path inside, with ``/``, and its size in bytes unpacked."""

    name: str
    size: int


def check_archive(path: Path | PackedBytes) -> tuple[Entry, ...]:
    """All files of the archive in its order, each read once to the end: names, sizes, ratios and checksums hold.

    Raises ``UnusableInputError`` naming the entry that does not.
    """
    with _opened(path) as archive:
        infos = archive.infolist()
        _check_whole(path, infos)
        for info in infos:
            _check_entry(path, info)
        for info in infos:
            _check_content(path, archive, info)
        return tuple(Entry(info.filename, info.file_size) for info in infos if not info.is_dir())


@contextmanager
def read_archive(path: Path | PackedBytes) -> Iterator[ArchiveReader]:
    """Open an archive that ``check_archive`` has passed, to read single entries."""
    with _opened(path) as archive:
        yield ArchiveReader(path, archive)


@dataclass(frozen=True, slots=True)
class ArchiveReader:
    """Reads entries of an open archive."""

    path: Path | PackedBytes
    archive: zipfile.ZipFile

    def read(self, name: str) -> bytes:
        """The bytes of an entry; raises ``UnusableInputError`` if it is damaged or larger than it says."""
        info = self.archive.getinfo(name)
        return b"".join(_chunks(self.path, self.archive, info))


@contextmanager
def _opened(path: Path | PackedBytes) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(path.data) if isinstance(path, PackedBytes) else path)
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError) as error:
        raise UnusableInputError(f"{path.name} is damaged, cut off or not a zip: {error}.", _GET_AGAIN) from error
    with archive:
        yield archive


def _check_whole(path: Path | PackedBytes, infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_ENTRIES:
        raise UnusableInputError(f"{path.name} holds {len(infos):,} entries, more than {MOST_ENTRIES:,}.", _NOT_MADE_SO)
    total = sum(info.file_size for info in infos)
    if total > LARGEST_TOTAL:
        raise UnusableInputError(f"{path.name} unpacks to {total:,} bytes, more than {LARGEST_TOTAL:,}.", _NOT_MADE_SO)
    seen: dict[str, str] = {}
    for info in infos:
        key = info.filename.casefold().rstrip("/")
        if key in seen:
            raise UnusableInputError(f"{path.name} holds {info.filename!r} twice.", _NOT_MADE_SO)
        seen[key] = info.filename
    _check_overlap(path, infos)


def _check_overlap(path: Path | PackedBytes, infos: list[zipfile.ZipInfo]) -> None:
    """Entries that share their bytes make a small file unpack without end, within any limit a entry."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise UnusableInputError(f"{path.name}: entry {info.filename!r} overlaps another.", _NOT_MADE_SO)
        end = info.header_offset + info.compress_size


def _check_entry(path: Path | PackedBytes, info: zipfile.ZipInfo) -> None:
    problem = _problem_of(info)
    if problem:
        raise UnusableInputError(f"{path.name}: entry {info.orig_filename!r} {problem}.", _NOT_MADE_SO)


def _problem_of(info: zipfile.ZipInfo) -> str:
    """What is wrong with an entry, as the end of a sentence; empty if nothing is."""
    size, packed = info.file_size, info.compress_size
    problems = (
        (not _is_plain_name(info.orig_filename), "would be written outside its folder or has a name no file can have"),
        (stat.S_ISLNK(info.external_attr >> 16), "is a link to another file"),
        (bool(info.flag_bits & 0x1), "is encrypted"),
        (info.compress_type not in _METHODS, f"is packed by a method not read here (number {info.compress_type})"),
        (size > LARGEST_ENTRY, f"unpacks to {size:,} bytes, more than {LARGEST_ENTRY:,}"),
        (size > max(SMALL_ENTRY, HIGHEST_RATIO * packed), f"unpacks to {size // max(packed, 1):,} times its size"),
    )
    return next((problem for wrong, problem in problems if wrong), "")


def _is_plain_name(name: str) -> bool:
    parts = PurePosixPath(name).parts
    plain = name.isprintable() and "\\" not in name and ":" not in name and not name.startswith("/")
    return bool(parts) and plain and ".." not in parts


def _check_content(path: Path | PackedBytes, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    size = sum(len(chunk) for chunk in _chunks(path, archive, info))
    if size != info.file_size:
        raise UnusableInputError(f"{path.name}: entry {info.filename!r} is cut off.", _GET_AGAIN)


def _chunks(path: Path | PackedBytes, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(info) as stream:
            yield from _read_all(stream)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        UnicodeError,
    ) as error:
        raise UnusableInputError(f"{path.name}: entry {info.filename!r} is damaged: {error}.", _GET_AGAIN) from error


def _read_all(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk
