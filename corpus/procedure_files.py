"""Importing procedures: the portal's JSON, lines of rendered pages, exports, official lists (XLSX, CSV), folders of them."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

from corpus.archive import LARGEST_ENTRY
from corpus.parse.procedures import is_list, kind_of, read_list, read_record, records_in
from corpus.reporting import ImportReport, group_unused
from kb.errors import UnusableInputError
from kb.model import Procedure
from kb.progress import Progress, no_progress
from kb.store import Batch, Store, Unused
from kb.text import fold

KIND = "procedures"
LARGEST_FILE = 512 << 20  # bytes unpacked; the 6,300 procedures of the portal have about 70 MB as JSON
_GZIP = b"\x1f\x8b"
_TABLES = frozenset({".xlsx", ".csv", ".tsv"})
_JSON = frozenset({".json", ".jsonl", ".ndjson", ".gz"})
_GET_AGAIN = "Get it again from the national portal; nothing was changed."


def is_procedures(path: Path) -> bool:
    """Whether a file, or the files of a folder, are procedures; by content, and never raises for what they are not."""
    if path.is_dir():
        return any(is_procedures(file) for file in _files(path))
    try:
        return _looks_like_procedures(path)
    except (UnusableInputError, OSError, ValueError, RecursionError):
        return False


def import_procedures(
    path: Path, store: Store, *, whole: bool = False, progress: Progress = no_progress
) -> ImportReport:
    """Import a file, or all files of a folder that are procedures; each collection in one transaction of its own.

    A record that is no procedure is named in the report with the reason, and the others go on. Procedures that share a code
    become one, the other names kept beside the first. With ``whole`` the input is all that its collection holds: what is
    not in it any more ends. Raises ``UnusableInputError`` where nothing can be used; the store is then as before.
    """
    started = monotonic()
    files = _files(path)
    contents = {file: _read(file) for file in files}
    sha256 = _digest(path, contents)
    read = _ReadAll.of(path, contents, store, progress)
    if not read.by_source:
        raise _nothing_read(path, read.unused)
    counts, unused, changed = Counter[str](files=len(files)), list(read.unused), False
    for source, procedures in sorted(read.by_source.items()):
        if _is_held(source, path.name, sha256, store):
            continue
        changed = True
        with store.importing(source=source, name=path.name, sha256=sha256, whole=whole) as batch:
            for procedure in procedures.values():
                store_procedure(procedure, batch)
        counts.update(batch.counts)
        unused += batch.unused_things
    return ImportReport(
        path.name,
        KIND,
        sha256,
        unchanged=not changed,
        counts=dict(counts) if changed else {},
        unused=group_unused(unused),
        seconds=monotonic() - started,
    )


def store_procedure(procedure: Procedure, batch: Batch) -> None:
    """Write a procedure; the documents that it names as its legal bases become known, if only by that."""
    batch.procedure(procedure)
    if procedure.parts is None:
        return
    batch.counts["procedures with all parts"] += 1
    for basis in procedure.parts.legal_bases:
        batch.counts["legal bases"] += 1
        if basis.reference is not None and basis.reference.identity.number:
            place = f"căn cứ pháp lý của {procedure.code}"
            batch.citation(basis.reference, replace(procedure.provenance, place=place))


@dataclass(frozen=True, slots=True)
class _ReadAll:
    """What was read, by source and code, and what could not be."""

    by_source: dict[str, dict[str, Procedure]]
    unused: list[Unused]

    @classmethod
    def of(cls, path: Path, contents: dict[Path, bytes], store: Store, progress: Progress) -> _ReadAll:
        read = cls(defaultdict(dict), [])
        codes = _Codes(store)
        for done, (file, data) in enumerate(contents.items()):
            progress("parse", done, len(contents))
            name = file.relative_to(path).as_posix() if file != path else file.name
            try:
                for one in _procedures_of(data, name, codes):
                    read.add(one)
            except UnusableInputError as error:
                read.unused.append(Unused(name, error.problem))
        progress("parse", len(contents), len(contents))
        return read

    def add(self, one: Procedure | Unused) -> None:
        if isinstance(one, Unused):
            self.unused.append(one)
            return
        held = self.by_source[one.provenance.source]
        held[one.code] = _joined(held[one.code], one) if one.code in held else one


class _Codes:
    """Codes by name, for records that have none: the one code that a name has in the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._by_name: dict[str, set[str]] | None = None

    def of(self, name: object) -> str:
        if self._by_name is None:
            self._by_name = defaultdict(set)
            for procedure in self._store.procedures():
                for known in (procedure.name, *procedure.other_names):
                    self._by_name[_plain(known)].add(procedure.code)
        found = self._by_name.get(_plain(str(name)), set())
        return next(iter(found)) if len(found) == 1 else ""


def _procedures_of(data: bytes, name: str, codes: _Codes) -> Iterator[Procedure | Unused]:
    digest = hashlib.sha256(data).hexdigest()
    if not _is_json(data, name):
        for one in read_list(_rows(data, name), name, digest):
            yield one if isinstance(one, Procedure) else Unused(f"{name} row {one[0]}", one[1])
        return
    for place, record in _records(data, name):
        code = codes.of(record.get("title")) if isinstance(record, dict) and "Trình tự thực hiện" in record else ""
        try:
            yield read_record(record, address=name, place=place, sha256=digest, code=code)
        except UnusableInputError as error:
            yield Unused(f"{name} {place}".strip(), error.problem)


def _records(data: bytes, name: str) -> Iterator[tuple[str, object]]:
    """The records of a JSON file or of JSON lines, each with its place."""
    text = _text(_unpacked(data, name), name)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        yield from _records_of_lines(text, name)
        return
    found = records_in(value)
    for position, record in enumerate(found, start=1):
        yield (f"mục {position}" if len(found) > 1 else ""), record


def _records_of_lines(text: str, name: str) -> Iterator[tuple[str, object]]:
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    for number, line in lines:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            if len(lines) == 1 or number == lines[0][0]:
                raise UnusableInputError(f"{name} is not JSON: {error}.", _GET_AGAIN) from error
            value = None
        for record in records_in(value):
            yield f"dòng {number}", record


def _joined(first: Procedure, other: Procedure) -> Procedure:
    """The first of two under one code, with what the other adds: names, agencies, fields, and its parts where it has none."""
    known = [first.name, *first.other_names]
    names = [name for name in (other.name, *other.other_names) if _plain(name) not in map(_plain, known)]
    return replace(
        first,
        other_names=(*first.other_names, *dict.fromkeys(names)),
        executing=_both(first.executing, other.executing),
        field=_both(first.field, other.field),
        parts=first.parts or other.parts,
    )


def _both(first: str, other: str) -> str:
    return "; ".join(dict.fromkeys(part for part in (*first.split("; "), *other.split("; ")) if part))


def _looks_like_procedures(path: Path) -> bool:
    if path.suffix.lower() in _TABLES:
        return path.stat().st_size <= LARGEST_ENTRY and is_list(_rows(path.read_bytes(), path.name))
    if path.suffix.lower() not in _JSON:
        return False
    start = _start(path)
    if any(mark in start for mark in _MARKS):
        return True
    return path.suffix.lower() == ".json" and any(map(kind_of, (one for _, one in _records(_read(path), path.name))))


_MARKS = (b'"ma_thu_tuc"', b'"codeNotation"', b'"thu_tuc_id"', b'"executionSteps"')


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        start = file.read(1 << 16)
    if not start.startswith(_GZIP):
        return start
    return zlib.decompressobj(wbits=31).decompress(start, 1 << 16)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in _TABLES | _JSON)
    return [file for file in files if is_procedures(file)]


def _read(path: Path) -> bytes:
    if path.stat().st_size > LARGEST_FILE:
        raise UnusableInputError(f"{path.name} has more than {LARGEST_FILE:,} bytes.", "Import it in parts.")
    return path.read_bytes()


def _is_json(data: bytes, name: str) -> bool:
    return Path(name).suffix.lower() in _JSON or data.startswith(_GZIP)


def _unpacked(data: bytes, name: str) -> bytes:
    if not data.startswith(_GZIP):
        return data
    try:
        with gzip.open(io.BytesIO(data)) as file:
            unpacked = file.read(LARGEST_FILE + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnusableInputError(f"{name} is damaged: {error}.", _GET_AGAIN) from error
    if len(unpacked) > LARGEST_FILE:
        raise UnusableInputError(f"{name} unpacks to more than {LARGEST_FILE:,} bytes.", "Import it in parts.")
    return unpacked


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableInputError(f"{name} is not UTF-8, as JSON must be: {error.reason}.", _GET_AGAIN) from error


def _rows(data: bytes, name: str) -> list[Sequence[object]]:
    """The rows of all tables of a sheet file."""
    from corpus.formats import read_content

    return [row for table in read_content(data, name).tables for row in table.rows]


def _digest(path: Path, contents: dict[Path, bytes]) -> str:
    """The sha256 of a file; of a folder, that of the names and contents of its files."""
    if path in contents:
        return hashlib.sha256(contents[path]).hexdigest()
    digest = hashlib.sha256()
    for file, data in contents.items():
        digest.update(f"{file.relative_to(path).as_posix()}\0{hashlib.sha256(data).hexdigest()}\n".encode())
    return digest.hexdigest()


def _is_held(source: str, name: str, sha256: str, store: Store) -> bool:
    """Whether exactly this was the last import of a source under this name."""
    latest = next((run for run in store.imports() if (run.source, run.name) == (source, name)), None)
    return latest is not None and latest.sha256 == sha256


def _nothing_read(path: Path, unused: Iterable[Unused]) -> UnusableInputError:
    first = next(iter(unused), None)
    why = f" {first.what}: {first.why}" if first else ""
    return UnusableInputError(
        f"{path.name} holds no procedure.{why}", "Choose files of the national portal; nothing was changed."
    )


def _plain(name: str) -> str:
    return fold(" ".join(name.split())).strip(" .")
