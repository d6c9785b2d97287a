"""Builds an index: records in, a generation out; words are segmented in another process meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path

from indexer.generations import Generation, Generations
from indexer.segment_writer import SegmentWriter
from indexer.segmentation import Segmenter
from indexer.suggest_entries import EntryCollector
from indexer.vietnamese import ANALYSIS_VERSION
from kb.model import Searchable

Progress = Callable[[str, int, int], object]
"""Told the step, how many records have been taken so far, and of how many, as far as is known."""

BATCH = 256
"""Records that go to another process together."""
AHEAD = 24
"""Batches that may wait for their words: what bounds the memory they take."""
FEW = 2 * BATCH
"""Up to so many records are segmented in this process: another is slower to start."""


def build_index(
    records: Iterable[Searchable], home: Path, *, revision: str, total: int = 0, progress: Progress | None = None
) -> Generation:
    """Build a generation beside the live one and switch to it; ``revision`` is that of the store the records come from.

    Records are read once, in the order that ties of rank keep. Raises IndexNotBuiltError where another process builds, or
    the disk is full.
    """
    generations = Generations(home)
    facts = {"analysis": ANALYSIS_VERSION, "units": 0}
    with generations.building(revision, facts) as folder:
        entries = EntryCollector()
        counted = entries.collecting(records)
        facts["units"] = write_segment(counted, folder, progress=_reporting(progress, total))
        entries.suggester().write(folder)
    return generations.current()


def write_segment(
    records: Iterable[Searchable], folder: Path, *, processes: int = 1, progress: Callable[[int], object] | None = None
) -> int:
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


def _reporting(progress: Progress | None, total: int) -> Callable[[int], object] | None:
    if progress is None:
        return None
    return lambda done: progress("index", done, max(done, total))


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
            yield batch, segmented(_texts(batch))
        return
    # Started afresh, not forked: a fork would copy the threads and files of a serving process.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        pending: deque[tuple[Batch, Future[Words]]] = deque()
        for batch in (*first, *batches):
            pending.append((batch, pool.submit(segmented, _texts(batch))))
            if len(pending) > AHEAD:
                done, words = pending.popleft()
                yield done, words.result()
        for done, words in pending:
            yield done, words.result()


def _texts(batch: Batch) -> list[tuple[str, str]]:
    return [(record.title, record.text) for record in batch]


def segmented(texts: Sequence[tuple[str, str]]) -> Words:
    """The words of several syllables in headings and bodies."""
    found = _segmenter().segment(list(chain.from_iterable(texts)))
    return list(zip(found[0::2], found[1::2], strict=True))


@cache
def _segmenter() -> Segmenter:
    """One a process: it remembers the tokens it has met."""
    return Segmenter()
