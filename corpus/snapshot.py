"""Snapshots: what a source answered, byte for byte, kept for good.

``objects/<aa>/<sha256>.gz`` holds the bytes, once however often they came; ``records/<source>/<time>-<request>.json`` says
where, when and how each answer was given. Both are written beside their place and moved there whole, and never changed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from corpus.crawl.fetch import Fetch
from kb.errors import NotFoundError, UnusableInputError
from kb.progress import Progress, no_progress

HEADERS_THAT_MATTER = (
    "content-type",
    "content-length",
    "content-disposition",
    "content-language",
    "content-range",
    "etag",
    "last-modified",
    "date",
    "location",
    "retry-after",
    "server",
)
_CHUNK = 1 << 20
_STAMP = "%Y%m%dT%H%M%S.%fZ"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One answer of a source.

    ``address`` is where it came from in the end, ``fetch`` what was asked. ``retrieved`` is UTC. ``headers`` have names in
    lower case, those that matter only. ``sha256`` and ``size`` (bytes) are of the body; ``cut`` says that the connection
    ended before the answer did. ``name`` is that of its record.
    """

    source: str
    address: str
    retrieved: datetime
    status: int
    sha256: str
    size: int
    fetch: Fetch
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False

    @property
    def name(self) -> str:
        """``<source>/<time>-<request>``: orders by time within a source."""
        return f"{self.source}/{self.retrieved.strftime(_STAMP)}-{self.fetch.fingerprint[:16]}"

    def as_json(self) -> dict[str, Any]:
        """The record as JSON values."""
        return {
            "source": self.source,
            "address": self.address,
            "retrieved": self.retrieved.isoformat(),
            "status": self.status,
            "sha256": self.sha256,
            "size": self.size,
            "headers": dict(self.headers),
            "cut": self.cut,
            "fetch": self.fetch.as_values(),
        }


class Snapshots:
    """The snapshots below a home folder; processes may share it, since nothing in it ever changes."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "snapshots"

    def keep(  # noqa: PLR0913  # what is known of an answer
        self,
        data: bytes,
        *,
        source: str,
        address: str,
        retrieved: datetime,
        status: int,
        headers: Mapping[str, str],
        fetch: Fetch | None = None,
        cut: bool = False,
    ) -> Snapshot:
        """Keep an answer: on disk when this returns. ``headers`` may hold any; those that matter are kept."""
        snapshot = Snapshot(
            source,
            address,
            retrieved.astimezone(UTC),
            status,
            hashlib.sha256(data).hexdigest(),
            len(data),
            fetch or Fetch(address, role=""),
            _that_matter(headers),
            cut,
        )
        self._keep_object(snapshot.sha256, lambda file: _compress_bytes(data, file))
        self._keep_record(snapshot)
        return snapshot

    def keep_file(  # noqa: PLR0913  # as keep
        self,
        path: Path,
        *,
        source: str,
        address: str,
        retrieved: datetime,
        status: int,
        headers: Mapping[str, str],
        fetch: Fetch,
    ) -> Snapshot:
        """Keep an answer that was downloaded to a file, without holding it in memory; the file stays."""
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        snapshot = Snapshot(
            source,
            address,
            retrieved.astimezone(UTC),
            status,
            sha256,
            path.stat().st_size,
            fetch,
            _that_matter(headers),
        )
        self._keep_object(sha256, lambda target: _compress_file(path, target))
        self._keep_record(snapshot)
        return snapshot

    def read(self, snapshot: Snapshot) -> bytes:
        """The bytes as they came; raises ``UnusableInputError`` where they are lost or damaged."""
        try:
            data = gzip.decompress(self._object(snapshot.sha256).read_bytes())
        except (OSError, EOFError, zlib.error) as error:
            raise _damaged(snapshot, str(error)) from error
        if hashlib.sha256(data).hexdigest() != snapshot.sha256:
            raise _damaged(snapshot, "the bytes are not those of the checksum")
        return data

    def head(self, snapshot: Snapshot, size: int = 4096) -> bytes:
        """The first bytes, enough to see what it is; raises as ``read``."""
        try:
            with gzip.open(self._object(snapshot.sha256)) as packed:
                return packed.read(size)
        except (OSError, EOFError, zlib.error) as error:
            raise _damaged(snapshot, str(error)) from error

    def first_alike(self, snapshot: Snapshot, earlier: Iterable[str]) -> Snapshot:
        """The first of the unbroken row of same answers that ends with this one: since when the source says so.

        ``earlier`` are names of snapshots of the same request, the newest first.
        """
        first = snapshot
        for name in earlier:
            try:
                before = self.get(name)
            except UnusableInputError:
                break
            if (before.sha256, before.status, before.cut) != (snapshot.sha256, snapshot.status, snapshot.cut):
                break
            first = before
        return first

    def copy_to(self, snapshot: Snapshot, path: Path) -> None:
        """Write the bytes to a file, without holding them in memory; raises as ``read``."""
        digest = hashlib.sha256()
        try:
            with gzip.open(self._object(snapshot.sha256)) as packed, path.open("wb") as file:
                while chunk := packed.read(_CHUNK):
                    digest.update(chunk)
                    file.write(chunk)
        except (OSError, EOFError, zlib.error) as error:
            raise _damaged(snapshot, str(error)) from error
        if digest.hexdigest() != snapshot.sha256:
            raise _damaged(snapshot, "the bytes are not those of the checksum")

    def get(self, name: str) -> Snapshot:
        """The snapshot of a record's name; raises ``NotFoundError``, or ``UnusableInputError`` for a damaged record."""
        path = self._folder / "records" / f"{name}.json"
        if not path.is_file():
            raise NotFoundError(f"There is no snapshot {name}.", "`dean06 snapshots` lists them.")
        return _read_record(path)

    def all(self, source: str = "") -> Iterator[Snapshot]:
        """All snapshots, or those of one source, by source and time. Raises as ``get`` at a damaged record."""
        for path in self._records(source):
            yield _read_record(path)

    def newest(self, source: str) -> dict[str, tuple[str, ...]]:
        """Names of the snapshots of each request (by the first 16 digits of its fingerprint), the newest first."""
        found: dict[str, tuple[str, ...]] = {}
        for path in self._records(source):
            key = path.stem.rpartition("-")[2]
            found[key] = (f"{source}/{path.stem}", *found.get(key, ()))
        return found

    def verify(self, source: str = "", progress: Progress = no_progress) -> Iterator[str]:
        """What is damaged or lost, a sentence each that names the file; nothing where all is as it was written."""
        records = self._records(source)
        known: set[str] = set()
        for done, path in enumerate(records):
            progress("verify", done, len(records))
            try:
                snapshot = _read_record(path)
                if snapshot.sha256 not in known:
                    self._check_object(snapshot)
                    known.add(snapshot.sha256)
            except UnusableInputError as error:
                yield error.problem
        progress("verify", len(records), len(records))

    def _check_object(self, snapshot: Snapshot) -> None:
        with tempfile.TemporaryFile() as nowhere:
            self.copy_to(snapshot, Path(f"/dev/fd/{nowhere.fileno()}"))

    def _records(self, source: str) -> list[Path]:
        folder = self._folder / "records"
        return sorted((folder / source).glob("*.json") if source else folder.glob("*/*.json"))

    def _object(self, sha256: str) -> Path:
        return self._folder / "objects" / sha256[:2] / f"{sha256}.gz"

    def _keep_object(self, sha256: str, compress: Callable[[IO[bytes]], None]) -> None:
        path = self._object(sha256)
        if not path.is_file():
            _write_whole(path, compress)

    def _keep_record(self, snapshot: Snapshot) -> None:
        values = snapshot.as_json()
        text = json.dumps({**values, "record_sha256": _sha256_of(values)}, ensure_ascii=False, indent=1)
        path = self._folder / "records" / f"{snapshot.name}.json"
        _write_whole(path, lambda file: _write(file, text.encode()))


def _that_matter(headers: Mapping[str, str]) -> dict[str, str]:
    lower = {name.lower(): value for name, value in headers.items()}
    return {name: lower[name] for name in HEADERS_THAT_MATTER if name in lower}


def _sha256_of(values: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _read_record(path: Path) -> Snapshot:
    try:
        values = json.loads(path.read_bytes())
        stated = values.pop("record_sha256")
        if stated != _sha256_of(values):
            raise UnusableInputError(f"The record {path} is not what was written: its checksum differs.", _FETCH_AGAIN)
        values["retrieved"] = datetime.fromisoformat(values["retrieved"])
        return Snapshot(**{**values, "fetch": Fetch.of_values(values["fetch"])})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnusableInputError(f"The record {path} is damaged: {error}.", _FETCH_AGAIN) from error


_FETCH_AGAIN = "Fetch it from its source again."


def _damaged(snapshot: Snapshot, why: str) -> UnusableInputError:
    what = f"The snapshot {snapshot.name} of {snapshot.address} (sha256 {snapshot.sha256}) is damaged: {why}."
    return UnusableInputError(what, _FETCH_AGAIN)


def _compress_bytes(data: bytes, file: IO[bytes]) -> None:
    with gzip.GzipFile(fileobj=file, mode="wb", filename="", mtime=0, compresslevel=6) as packed:
        packed.write(data)


def _compress_file(path: Path, file: IO[bytes]) -> None:
    packed = gzip.GzipFile(fileobj=file, mode="wb", filename="", mtime=0, compresslevel=1)
    with path.open("rb") as source, packed:
        shutil.copyfileobj(source, packed, _CHUNK)


def _write(file: IO[bytes], data: bytes) -> None:
    file.write(data)


def _write_whole(path: Path, fill: Callable[[IO[bytes]], None]) -> None:
    """Write beside the place, to disk, and move there: a crash leaves the whole file or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as file:
        temporary = Path(file.name)
        try:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    temporary.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
