"""Importing documents from files: of any format, folders of them, zips of them, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from time import monotonic

from corpus.documents import store_document
from corpus.members import digest_of, files_in, members_of
from corpus.reading import SLOW, SOURCE, TIME_LIMIT, Member, Outcome, read_members
from corpus.reporting import ImportReport, group_unused
from corpus.site_documents import SiteDocument
from kb.errors import UnusableInputError
from kb.progress import Progress, no_progress
from kb.store import Batch, Store, Unused

KIND = "documents"


def import_documents(
    path: Path,
    store: Store,
    *,
    leave: frozenset[str] = frozenset(),
    progress: Progress = no_progress,
    time_limit: float = TIME_LIMIT,
) -> ImportReport:
    """Import a file, a zip of files, or all files of a folder and the folders in it, in one transaction.

    ``leave`` are names of files in the folder that another import takes. A file that is no document, or cannot be read
    within ``time_limit`` seconds of parsing, is named in the report with the reason, and the others go on. Raises
    ``UnusableInputError`` where no file can be used; the store is then as before.
    """
    started = monotonic()
    progress("check", 0, 1)
    found = files_in(path)
    files = tuple((name, file) for name, file in found.files if name not in leave)
    sha256 = digest_of(path, files)
    progress("check", 1, 1)
    if _is_held(path, sha256, store):
        return ImportReport(path.name, KIND, sha256, unchanged=True, seconds=monotonic() - started)
    if not files:
        raise UnusableInputError(f"{path.name} holds no file that could be a document.", "Choose another folder.")
    members, closed = _members(files)
    with store.importing(source=SOURCE, name=path.name, sha256=sha256) as batch:
        outcomes = chain(closed, read_members(members, time_limit=time_limit))
        total = len(members) + len(closed)
        refused = _load(outcomes, total, batch, progress)
        if len(refused) == total:
            raise _nothing_taken(path, refused)
        batch.unused_things += [Unused(name, "a hidden or system file, not looked at") for name in found.hidden]
    return ImportReport(
        path.name,
        KIND,
        sha256,
        counts=Counter(files=total, taken=total - len(refused)) | batch.counts,
        unused=group_unused(batch.unused_things),
        seconds=monotonic() - started,
    )


def _is_held(path: Path, sha256: str, store: Store) -> bool:
    """Whether exactly this was the last import under this name."""
    latest = next((run for run in store.imports() if (run.source, run.name) == (SOURCE, path.name)), None)
    return latest is not None and latest.sha256 == sha256


def _members(files: tuple[tuple[str, Path], ...]) -> tuple[list[Member], list[Outcome]]:
    """All files, those of zips as well; and the zips that cannot be opened."""
    members: list[Member] = []
    closed: list[Outcome] = []
    for name, file in files:
        try:
            members += members_of(name, file)
        except UnusableInputError as error:
            closed.append(Outcome(name, problem=error.problem, remedy=error.remedy))
    return members, closed


def _load(outcomes: Iterable[Outcome], total: int, batch: Batch, progress: Progress) -> list[Outcome]:
    """Take in what is a document; those that were none."""
    refused: list[Outcome] = []
    for done, outcome in enumerate(outcomes):
        progress("load", done, total)
        if outcome.seconds > SLOW:
            batch.unused(outcome.name, f"slow: parsing took more than {SLOW:g} s")
        for records in outcome.records:
            if isinstance(records, SiteDocument):
                records.store(batch)
            else:
                store_document(records, batch, name=outcome.name)
        if not outcome.records:
            refused.append(outcome)
            batch.unused(outcome.name, outcome.problem.removeprefix(outcome.name).lstrip(": "))
    progress("load", total, total)
    return refused


def _nothing_taken(path: Path, outcomes: list[Outcome]) -> UnusableInputError:
    first = outcomes[0]
    if len(outcomes) == 1:
        return UnusableInputError(first.problem, first.remedy)
    return UnusableInputError(
        f"{path.name} holds no document. {first.problem}", "Choose files with texts of documents."
    )
