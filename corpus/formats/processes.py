"""Programs beside this one: with a time limit, and ended with everything they started when this one is interrupted."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO


@dataclass(frozen=True, slots=True)
class Finished:
    """How a program ended; ``code`` is None where its time ran out."""

    code: int | None
    output: str
    errors: str


def run(arguments: Sequence[str], *, seconds: float, environment: Mapping[str, str] | None = None) -> Finished:
    """Run a program to its end, at most ``seconds`` long; raises ``OSError`` if it cannot be started."""
    with _started(arguments, stderr=subprocess.PIPE, environment=environment) as process:
        try:
            output, errors = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            return Finished(None, "", "")
    return Finished(process.returncode, output.decode(errors="replace"), errors.decode(errors="replace"))


def lines_of_module(module: str, arguments: Sequence[str], data: IO[bytes], *, silence: float) -> Iterator[bytes]:
    """The lines that a module of this program writes when run by itself, with ``data`` as its input.

    Ends when it ends, however that is; raises ``TimeoutError`` if no line comes for ``silence`` seconds.
    """
    paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
    command = [sys.executable, "-m", module, *arguments]
    with _started(command, stdin=data, stderr=subprocess.DEVNULL, environment={"PYTHONPATH": paths}) as process:
        lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        reader = threading.Thread(target=_read_into, args=(process.stdout, lines), daemon=True)
        reader.start()
        try:
            while line := lines.get(timeout=silence):
                yield line
        except queue.Empty:
            raise TimeoutError(f"{module} wrote nothing for {silence:g} seconds") from None


def _read_into(stream: IO[bytes] | None, lines: queue.SimpleQueue[bytes]) -> None:
    with contextlib.suppress(OSError, ValueError):
        for line in stream or ():
            lines.put(line)
    lines.put(b"")


@contextlib.contextmanager
def _started(
    arguments: Sequence[str],
    *,
    stdin: IO[bytes] | int = subprocess.DEVNULL,
    stderr: int,
    environment: Mapping[str, str] | None,
) -> Iterator[subprocess.Popen[bytes]]:
    """A running program that is gone afterwards, with its own children."""
    process = subprocess.Popen(  # noqa: S603 - the arguments are this program's own, never a user's text
        arguments,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=stderr,
        env={**os.environ, **(environment or {})},
        start_new_session=True,
    )
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
    process.wait()
    for stream in (process.stdout, process.stderr):
        if stream is not None:
            stream.close()
