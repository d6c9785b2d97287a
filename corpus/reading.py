"""Files read to records in processes beside this one, so that one that never ends is stopped and fails alone."""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from time import process_time
from types import FrameType

from corpus.blocks import Content, TextLayer
from corpus.documents import DocumentRecords, read_document
from corpus.formats import Format, detect, read_content
from corpus.formats.addresses import split_address
from corpus.gateway_documents import is_saved_detail, read_saved_detail
from corpus.parse.gazette_issue import split_issue
from corpus.site_documents import SiteDocument
from kb.errors import UnusableInputError
from kb.model import Evidence, Provenance

SOURCE = "file"
PROCESSES = 2
SLOW = 1.0  # seconds of parsing from which a file is named as slow
TIME_LIMIT = 15.0  # seconds of parsing after which a file is stopped
# What other programs do for us (LibreOffice, OCR) has limits of its own; this one is for their failing.
_LONGEST_CONVERSION = 1800.0
_CONVERTED = frozenset({Format.PDF, Format.IMAGE, Format.DOC, Format.RTF, Format.ODT, Format.XLS, Format.ODS})
_START = 60.0  # seconds within which a process is ready on a busy machine
_GRACE = 5.0  # seconds that a stopped process has to end what it started
_AHEAD = 4  # files read beyond the one that is waited for, a process
_REPORT = "Please report it with the file; the others went on."
_SPLIT = "Import its parts one by one; the others went on."


@dataclass(frozen=True, slots=True)
class Member:
    """A file to read: its name in reports, its address as a source, and how to get its bytes.

    Getting them may raise ``UnusableInputError``.
    """

    name: str
    address: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: the records of its documents, one of most files, or why there are none.

    ``seconds`` are those of parsing, of the processor's time: a busy machine makes no file slow.
    """

    name: str
    records: tuple[DocumentRecords | SiteDocument, ...] = ()
    problem: str = ""
    remedy: str = ""
    seconds: float = 0.0


def read_members(members: Iterable[Member], *, time_limit: float = TIME_LIMIT) -> Iterator[Outcome]:
    """The files one after the other, in their order, read in two processes."""
    idle: SimpleQueue[_Reader] = SimpleQueue()
    readers = [_Reader(time_limit) for _ in range(PROCESSES)]
    for reader in readers:
        idle.put(reader)
    with contextlib.ExitStack() as stack:
        for reader in readers:
            stack.callback(reader.stop)
        pool = stack.enter_context(ThreadPoolExecutor(PROCESSES))
        waiting: deque[Future[Outcome]] = deque()
        try:
            for member in members:
                waiting.append(pool.submit(_read_member, member, idle))
                if len(waiting) > PROCESSES * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for reader in readers:  # after an interrupt nobody waits for what they are reading
                reader.interrupt()


def _read_member(member: Member, idle: SimpleQueue[_Reader]) -> Outcome:
    try:
        data = member.read()
    except UnusableInputError as error:
        return Outcome(member.name, problem=error.problem, remedy=error.remedy)
    except OSError as error:
        return Outcome(
            member.name, problem=f"{member.name} cannot be read: {error.strerror}.", remedy="Check the file."
        )
    reader = idle.get()
    try:
        return reader.read(data, member)
    finally:
        idle.put(reader)


class _Reader:
    """A process that reads one file at a time; started when first needed, and again after it was stopped."""

    def __init__(self, time_limit: float) -> None:
        self._limit = time_limit
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def read(self, data: bytes, member: Member) -> Outcome:
        """Read a file, or say why that failed; never raises for what is in it."""
        name = member.name
        converts = detect(data, name) in _CONVERTED
        try:
            connection = self._ready()
            connection.send((data, name, member.address))
            read = self._receive(_LONGEST_CONVERSION if converts else self._limit)
            if isinstance(read, Outcome):
                return read
            parsed = self._receive(self._limit)
        except TimeoutError as error:
            self.stop()
            return Outcome(name, problem=f"{name} was stopped: reading it takes longer than {error} s.", remedy=_SPLIT)
        except (EOFError, OSError):
            self.stop()
            return Outcome(name, problem=f"{name} ended the process that read it: too large or damaged.", remedy=_SPLIT)
        if not isinstance(parsed, Outcome):
            raise TypeError(f"a reader sent {type(parsed).__name__}")
        return replace(parsed, seconds=parsed.seconds + (0.0 if converts else float(str(read))))

    def interrupt(self) -> None:
        """Ask the process to end; whoever waits for it is told that it has."""
        if self._process is not None:
            self._process.terminate()

    def stop(self) -> None:
        """End the process, with time to end what it started."""
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.terminate()
            self._process.join(_GRACE)
            self._process.kill()
            self._process.join()
        self._process = self._connection = None

    def _receive(self, limit: float) -> object:
        if self._connection is None or not self._connection.poll(limit):
            raise TimeoutError(f"{limit:g}")
        return self._connection.recv()

    def _ready(self) -> Connection:
        if self._connection is None:
            self._connection, theirs = multiprocessing.Pipe()
            self._process = _context().Process(target=_serve, args=(theirs,), daemon=True)  # type: ignore[attr-defined] # in every context
            self._process.start()
            theirs.close()
            self._receive(_START)
        return self._connection


def _context() -> BaseContext:
    """Processes are forked from one that has loaded the parsers already, where the system can do that."""
    can_fork = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if can_fork else "spawn")
    if can_fork:
        context.set_forkserver_preload([__name__])
    return context


def _serve(connection: Connection) -> None:
    """What a process does: read what it is sent until nothing more comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the parent's to handle
    signal.signal(signal.SIGTERM, _end)
    connection.send("ready")
    with contextlib.suppress(EOFError, OSError):
        while True:
            data, name, address = connection.recv()
            connection.send(_outcome(data, name, address, connection))


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(1)


def _outcome(data: bytes, name: str, address: str, connection: Connection) -> Outcome:
    started = process_time()
    try:
        if detect(data, name) is Format.JSON and is_saved_detail(data):
            seen = Provenance(SOURCE, address, Evidence.OFFICIAL_LIST, sha256=hashlib.sha256(data).hexdigest())
            return Outcome(name, (read_saved_detail(data, seen),), seconds=process_time() - started)
        content = read_content(data, name)
        connection.send(process_time() - started)
        started = process_time()
        records = _parse(content, data, name, address)
    except UnusableInputError as error:
        return Outcome(name, problem=error.problem, remedy=error.remedy)
    except Exception as error:  # noqa: BLE001 - a defect that one file shows may not lose the others
        said = f"{type(error).__name__}: {error}"[:200]
        return Outcome(name, problem=f"{name} shows a defect of the parsers ({said}).", remedy=_REPORT)
    return Outcome(name, records, seconds=process_time() - started)


def _parse(content: Content, data: bytes, name: str, address: str) -> tuple[DocumentRecords, ...]:
    """The document of a file, or those of an issue of the Công báo; raises ``UnusableInputError`` where none can be read."""
    content, own_address = split_address(content)
    if "OCR" in name and content.format == "text":  # so named by who recognised it
        content = replace(content, layer=TextLayer.OCR)
    provenance = Provenance(
        source=SOURCE,
        address=own_address or address,
        evidence=Evidence.DOCUMENT,
        sha256=hashlib.sha256(data).hexdigest(),
    )
    parts = split_issue(content)
    if len(parts) == 1:
        return (read_document(content, provenance, name=name),)
    return _documents_of(parts, provenance, name)


def _documents_of(parts: Sequence[Content], seen: Provenance, name: str) -> tuple[DocumentRecords, ...]:
    """Each document under an address of its own; those that cannot be read are remarks beside the others."""
    found: list[DocumentRecords] = []
    refused: list[UnusableInputError] = []
    for number, part in enumerate(parts, 1):
        try:
            found.append(
                read_document(part, replace(seen, address=f"{seen.address}#{number}"), name=f"{name}#{number}")
            )
        except UnusableInputError as error:
            refused.append(error)
    if not found:
        raise refused[0]
    remarks = tuple(("", error.problem) for error in refused)
    return (replace(found[0], remarks=(*found[0].remarks, *remarks)), *found[1:])
