"""The index's life: each build is a generation of its own, published in one atomic step, never changed afterwards.

Under the home of the index::

    CURRENT              one line: the live generation's name and the sha256 of its manifest
    BUILDING             locked by the process that builds
    generations/000007/  the files of a generation and its manifest.json, which has the sha256 and size of each

A builder writes beside the live generation; every file and folder is flushed to the disk before ``CURRENT`` is replaced. So
whatever happens, and whenever, ``CURRENT`` names a whole generation: the old one or the new one. What is inside the files is
not this module's affair.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kb.errors import DamagedIndexError

FORMAT = 1
"""Raised whenever the layout above, or of the files in a generation, changes: an older index is built anew."""

MANIFEST = "manifest.json"
_CHUNK = 1 << 20
_REBUILD = "Build it anew from the store: dean06 index --rebuild."

Progress = Callable[[str, int, int], object]


@dataclass(frozen=True, slots=True)
class Generation:
    """A published generation: its folder, and what its manifest says.

    ``revision`` is that of the store it was built from; ``made`` the time in UTC; ``facts`` what the builder stated.
    """

    path: Path
    revision: str
    made: datetime
    facts: Mapping[str, Any]
    files: Mapping[str, Mapping[str, Any]]
    digest: str

    @property
    def name(self) -> str:
        """Its number, in six digits."""
        return self.path.name

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(entry["size"] for entry in self.files.values())


@dataclass(frozen=True, slots=True)
class Problem:
    """A file of a generation that is not what was written."""

    file: str
    what: str

    def __str__(self) -> str:
        return f"index: {self.file}: {self.what}"


class Generations:
    """The generations under one home."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._folder = home / "generations"
        self._pointer = home / "CURRENT"

    def current(self) -> Generation:
        """The live generation; raises ``DamagedIndexError`` where there is none, or not one that can be read."""
        try:
            name, digest = self._pointer.read_text(encoding="ascii").split()
        except FileNotFoundError as error:
            raise DamagedIndexError(f"There is no index in {self.home}.", "Build it: dean06 index.") from error
        except (OSError, ValueError) as error:
            raise DamagedIndexError(f"{self._pointer} cannot be read.", _REBUILD) from error
        if not (name.isdigit() and len(name) == 6):
            raise DamagedIndexError(f"{self._pointer} names no generation: {name!r}.", _REBUILD)
        return _read(self._folder / name, digest)

    def is_of(self, revision: str, analysis: int | None = None) -> bool:
        """Whether the live generation was built from this revision of the store, by this analysis if one is named."""
        try:
            current = self.current()
        except DamagedIndexError:
            return False
        return current.revision == revision and (analysis is None or current.facts.get("analysis") == analysis)

    @contextmanager
    def building(self, revision: str, facts: Mapping[str, Any]) -> Iterator[Path]:
        """An empty folder to build in; at the end of the block it is published, on an error it is removed.

        ``facts`` go into the manifest; it is read at the end, so the builder may fill it in meanwhile. Raises
        ``DamagedIndexError`` where another process builds.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            self._clean()
            folder = self._folder / self._next_name()
            folder.mkdir()
            try:
                yield folder
                self._publish(folder, _manifest(folder, revision, facts))
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            self._clean()

    def verify(self, generation: Generation, progress: Progress | None = None) -> list[Problem]:
        """Every file that is missing, too much, or not to the bit what was written; empty where all is well."""
        problems = []
        found = {str(path.relative_to(generation.path)) for path in generation.path.rglob("*") if path.is_file()}
        for done, (file, entry) in enumerate(sorted(generation.files.items()), start=1):
            if file not in found:
                problems.append(Problem(file, "is missing"))
            elif (what := _difference(generation.path / file, entry)) is not None:
                problems.append(Problem(file, what))
            if progress:
                progress("verify", done, len(generation.files))
        return problems + [
            Problem(file, "does not belong here") for file in sorted(found - {*generation.files, MANIFEST})
        ]

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the builder's lock; the system lets go of it when the process ends, however it ends."""
        with (self.home / "BUILDING").open("w", encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise DamagedIndexError(
                    f"Another process builds the index in {self.home}.", "Wait until it has finished."
                ) from error
            yield

    def _publish(self, folder: Path, manifest: bytes) -> None:
        (folder / MANIFEST).write_bytes(manifest)
        for path in [*folder.rglob("*"), folder, self._folder]:
            _flush(path)
        beside = self._pointer.with_suffix(".new")
        with beside.open("w", encoding="ascii") as pointer:
            pointer.write(f"{folder.name} {hashlib.sha256(manifest).hexdigest()}\n")
            pointer.flush()
            os.fsync(pointer.fileno())
        beside.replace(self._pointer)
        _flush(self.home)

    def _next_name(self) -> str:
        numbers = [int(path.name) for path in self._folder.iterdir() if path.name.isdigit()]
        return f"{max(numbers, default=0) + 1:06d}"

    def _clean(self) -> None:
        """Remove every generation but the live one: a reader keeps its files open. Only the holder of the lock may."""
        try:
            live = self.current().name
        except DamagedIndexError:
            live = self._named_live()
        for path in self._folder.iterdir():
            if path.name != live:
                shutil.rmtree(path, ignore_errors=True)

    def _named_live(self) -> str:
        """The name in ``CURRENT``, even of a damaged generation: it stays until another takes its place."""
        with suppress(OSError, ValueError, IndexError):
            return self._pointer.read_text(encoding="ascii").split()[0]
        return ""


def _manifest(folder: Path, revision: str, facts: Mapping[str, Any]) -> bytes:
    files = {
        str(path.relative_to(folder)): {"sha256": _sha256(path), "size": path.stat().st_size}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    made = datetime.now(UTC).isoformat(timespec="seconds")
    stated = {"format": FORMAT, "revision": revision, "made": made, "facts": dict(facts), "files": files}
    return json.dumps(stated, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _read(folder: Path, digest: str) -> Generation:
    try:
        manifest = (folder / MANIFEST).read_bytes()
    except OSError as error:
        raise DamagedIndexError(f"{folder / MANIFEST} cannot be read: {error.strerror}.", _REBUILD) from error
    if hashlib.sha256(manifest).hexdigest() != digest:
        raise DamagedIndexError(f"{folder / MANIFEST} is not what was written.", _REBUILD)
    stated = json.loads(manifest)
    if stated["format"] != FORMAT:
        raise DamagedIndexError(f"The index is of format {stated['format']}, this program reads {FORMAT}.", _REBUILD)
    made = datetime.fromisoformat(stated["made"])
    return Generation(folder, stated["revision"], made, stated["facts"], stated["files"], digest)


def _difference(path: Path, entry: Mapping[str, Any]) -> str | None:
    try:
        if path.stat().st_size != entry["size"]:
            return f"has {path.stat().st_size} bytes, {entry['size']} were written"
        return None if _sha256(path) == entry["sha256"] else "is not to the bit what was written"
    except OSError as error:
        return f"cannot be read: {error.strerror}"


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _flush(path: Path) -> None:
    """Have the system write a file or the entries of a folder to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
