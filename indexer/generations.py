"""The index's life: each build is a generation of its own, published in one atomic step, never changed afterwards.

Under the home of the index::

    CURRENT              one line: the live generation's name and the sha256 of its manifest
    BUILDING             locked by the process that builds
    generations/000007/  the files of a generation and its manifest.json, which has the sha256 and size of each

A builder writes beside the live generation; every file and folder is flushed to the disk before ``CURRENT`` is replaced. So
whatever happens, and whenever, ``CURRENT`` names a whole generation: the old one or the new one. All that it does not name
is left over, and goes when the next build begins or this one ends. What is inside the files is not this module's affair.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kb.errors import DamagedIndexError, Dean06Error

FORMAT = 2
"""Raised whenever the layout above, or of the files in a generation, changes: an older index is built anew."""

MANIFEST = "manifest.json"
_POINTER = re.compile(rb"(\d{6}) ([0-9a-f]{64})\n")
_ALTERED = "is not what was written"
_REBUILD = "Build it anew from the store: dean06 index --rebuild."

Progress = Callable[[str, int, int], object]


class IndexNotBuiltError(Dean06Error):
    """A new index could not be built: the disk is full, or another process builds one. The live index is as it was."""


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
        pointed = self._pointed()
        try:
            return _read(self._folder / pointed[0], pointed[1])
        except DamagedIndexError:
            if self._pointed() == pointed:
                raise
        return self.current()  # another was published meanwhile, and this one cleaned away

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
        ``IndexNotBuiltError`` where another process builds, or the system refuses to read or write a file.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._alone():
                folder = self._fresh()
                try:
                    yield folder
                    self._publish(folder, _manifest(folder, revision, facts))
                finally:
                    self._clean()
        except OSError as error:
            problem = f"The index could not be built: {error}."
            raise IndexNotBuiltError(problem, "Set that right and build it again; the live index is whole.") from error

    def verify(self, generation: Generation, progress: Progress | None = None) -> list[Problem]:
        """Every file that is missing, too much, or not to the bit what was written; empty where all is well."""
        problems = [] if _is_intact(generation) else [Problem(MANIFEST, _ALTERED)]
        found = {str(path.relative_to(generation.path)) for path in generation.path.rglob("*") if not path.is_dir()}
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

    def _pointed(self) -> tuple[str, str]:
        """The live generation's name and the sha256 of its manifest, as ``CURRENT`` has them."""
        try:
            pointed = _POINTER.fullmatch(self._pointer.read_bytes())
        except FileNotFoundError as error:
            raise DamagedIndexError(f"There is no index in {self.home}.", "Build it: dean06 index.") from error
        except OSError as error:
            raise DamagedIndexError(f"{self._pointer} cannot be read: {error.strerror}.", _REBUILD) from error
        if pointed is None:
            raise DamagedIndexError(f"{self._pointer} {_ALTERED}.", _REBUILD)
        return pointed[1].decode(), pointed[2].decode()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the builder's lock; the system lets go of it when the process ends, however it ends."""
        with (self.home / "BUILDING").open("w", encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise IndexNotBuiltError(
                    f"Another process builds the index in {self.home}.", "Wait until it has finished."
                ) from error
            yield

    def _fresh(self) -> Path:
        """An empty folder; what earlier builds left unfinished is gone."""
        self._clean()
        numbers = [int(path.name) for path in self._folder.iterdir() if path.name.isdigit()]
        folder = self._folder / f"{max(numbers, default=0) + 1:06d}"
        folder.mkdir()
        return folder

    def _publish(self, folder: Path, manifest: bytes) -> None:
        (folder / MANIFEST).write_bytes(manifest)
        for path in [*folder.rglob("*"), folder, self._folder]:
            _flush(path)
        beside = self._pointer.with_suffix(".new")
        beside.write_text(f"{folder.name} {hashlib.sha256(manifest).hexdigest()}\n", encoding="ascii")
        _flush(beside)
        beside.replace(self._pointer)
        _flush(self.home)

    def _clean(self) -> None:
        """Remove all that ``CURRENT`` does not name; a reader keeps its files open. Only the holder of the lock may."""
        live = self._pointer.read_bytes()[:6].decode("ascii", "replace") if self._pointer.exists() else ""
        for path in self._folder.iterdir():
            if path.name != live:
                shutil.rmtree(path, ignore_errors=True)


def _manifest(folder: Path, revision: str, facts: Mapping[str, Any]) -> bytes:
    files = {
        str(path.relative_to(folder)): {"sha256": _sha256(path), "size": path.stat().st_size}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    made = datetime.now(UTC).isoformat(timespec="seconds")
    stated = {
        "format": FORMAT,
        "name": folder.name,
        "revision": revision,
        "made": made,
        "facts": dict(facts),
        "files": files,
    }
    return json.dumps(stated, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _read(folder: Path, digest: str) -> Generation:
    try:
        manifest = (folder / MANIFEST).read_bytes()
    except OSError as error:
        raise DamagedIndexError(f"{folder / MANIFEST} cannot be read: {error.strerror}.", _REBUILD) from error
    if hashlib.sha256(manifest).hexdigest() != digest:
        raise DamagedIndexError(f"{folder / MANIFEST} {_ALTERED}.", _REBUILD)
    stated = json.loads(manifest)
    if stated["format"] != FORMAT:
        raise DamagedIndexError(f"The index is of format {stated['format']}, this program reads {FORMAT}.", _REBUILD)
    made = datetime.fromisoformat(stated["made"])
    return Generation(folder, stated["revision"], made, stated["facts"], stated["files"], digest)


def _is_intact(generation: Generation) -> bool:
    try:
        return _sha256(generation.path / MANIFEST) == generation.digest
    except OSError:
        return False


def _difference(path: Path, entry: Mapping[str, Any]) -> str | None:
    try:
        if path.stat().st_size != entry["size"]:
            return f"has {path.stat().st_size} bytes, {entry['size']} were written"
        return None if _sha256(path) == entry["sha256"] else _ALTERED
    except OSError as error:
        return f"cannot be read: {error.strerror}"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush(path: Path) -> None:
    """Have the system write a file or the entries of a folder to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
