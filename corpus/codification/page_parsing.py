"""All pages of a package parsed in two processes, each kept as soon as it is done."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from corpus.codification.package import reading
from corpus.codification.page import is_subject_page, parse_subject_page
from corpus.codification.staging import StagedPage, Staging
from corpus.formats.text import decode_page
from kb.errors import UnusableInputError

WORKERS = 2
_FEW = 8  # pages that are parsed sooner than a process is started
_PAGES_A_TASK = 4


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of some pages, in a form that passes between processes; ``problem`` says why one cannot be used."""

    pages: list[str]
    problem: str = ""
    remedy: str = ""


def parse_pages(path: Path, pages: Sequence[str], staging: Staging) -> Iterator[tuple[str, StagedPage | None]]:
    """Each page as it gets done, those staged before first; None for a page that is not of the codification.

    Raises ``UnusableInputError`` for a page that cannot be used; what was parsed before stays staged.
    """
    waiting = [page for page in pages if not staging.holds(page)]
    left_out = frozenset(waiting)
    yield from ((page, _load(path, page, staging)) for page in pages if page not in left_out)
    for outcome in _outcomes(path, waiting, staging):
        if outcome.problem:
            raise UnusableInputError(outcome.problem, outcome.remedy)
        yield from ((page, _load(path, page, staging)) for page in outcome.pages)


def _load(path: Path, page: str, staging: Staging) -> StagedPage | None:
    """A staged page; one that was not staged, or is damaged there, is parsed here."""
    if staged := staging.load(page):
        return staged
    with reading(path) as read:
        return _parse(page, read(page))


def _outcomes(path: Path, pages: list[str], staging: Staging) -> Iterator[_Outcome]:
    finished: set[str] = set()
    try:
        for outcome in _in_processes(path, pages, staging) if len(pages) > _FEW else ():
            finished.update(outcome.pages)
            yield outcome
    except BrokenProcessPool:  # a process was killed, or cannot be started here: go on in this one
        pass
    yield from (_stage(path, [page], staging) for page in pages if page not in finished)


def _in_processes(path: Path, pages: list[str], staging: Staging) -> Iterator[_Outcome]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(WORKERS, mp_context=context, initializer=_end_with_parent) as pool:
        tasks = (pages[start : start + _PAGES_A_TASK] for start in range(0, len(pages), _PAGES_A_TASK))
        futures = [pool.submit(_stage, path, task, staging) for task in tasks]
        try:
            yield from (future.result() for future in as_completed(futures))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _end_with_parent() -> None:
    """A process of a pool waits for work for ever, also after its parent was killed: end it then.

    An interrupt is the parent's to handle: it waits for the pages being parsed, so that they are kept.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _stage(path: Path, pages: list[str], staging: Staging) -> _Outcome:
    """Parse pages and keep them."""
    try:
        with reading(path) as read:
            for page in pages:
                if parsed := _parse(page, read(page)):
                    staging.save(parsed)
    except UnusableInputError as error:
        return _Outcome(pages, error.problem, error.remedy)
    return _Outcome(pages)


def _parse(page: str, data: bytes) -> StagedPage | None:
    text = decode_page(data, page)
    if not is_subject_page(text):
        return None
    return StagedPage(page, hashlib.sha256(data).hexdigest(), parse_subject_page(text, page))
