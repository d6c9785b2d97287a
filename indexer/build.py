"""Builds an index: records in, a segment out; words are segmented in other processes meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from indexer.compounds import compound_words
from indexer.segment_writer import SegmentWriter
from kb.model import Searchable

Progress = Callable[[int], object]
"""Told how many records have been taken so far."""

BATCH = 256
"""Records that go to another process together."""
AHEAD = 24
"""Batches that may wait for their words: what bounds the memory they take."""
FEW = 2 * BATCH
"""Up to so many records are segmented in this process: another is slower to start."""


def write_segment(records: Iterable[Searchable], folder: Path, *, processes: int = 2, progress: Progress | None = None) -> int:
    """Write a segment into an existing, empty folder and give the number of its units; each record is read once."""
    with SegmentWriter(folder) as writer:
        for batch, words in _with_words(_batches(records), processes):
            for record, (heading, body) in zip(batch, words, strict=True):
                writer.add(record)
                writer.add_words(heading, body)
            if progress:
                progress(writer.units)
        writer.finish()
        return writer.units


Batch = list[Searchable]
Words = list[tuple[list[str], list[str]]]


def _batches(records: Iterable[Searchable]) -> Iterator[Batch]:
    waiting = iter(records)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _with_words(batches: Iterator[Batch], processes: int) -> Iterator[tuple[Batch, Words]]:
    """Each batch with its words, in order."""
    first = list(islice(batches, FEW // BATCH + 1))
    if sum(map(len, first)) <= FEW or processes < 1:
        for batch in [*first, *batches]:
            yield batch, words_of(_texts(batch))
        return
    # Started afresh, not forked: a fork would copy the threads and files of a serving process.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        pending: deque[tuple[Batch, Future[Words]]] = deque()
        for batch in (*first, *batches):
            pending.append((batch, pool.submit(words_of, _texts(batch))))
            if len(pending) > AHEAD:
                done, words = pending.popleft()
                yield done, words.result()
        for done, words in pending:
            yield done, words.result()


def _texts(batch: Batch) -> list[tuple[str, str]]:
    return [(record.title, record.text) for record in batch]


def words_of(texts: Sequence[tuple[str, str]]) -> Words:
    """The compound words of headings and bodies."""
    return [(compound_words(heading), compound_words(body)) for heading, body in texts]
