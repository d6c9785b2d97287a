"""The one way in: what a path holds, and the imports that fit it."""

from __future__ import annotations

import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from corpus.codification.importing import import_codification
from corpus.codification.package import INDEX_PAGE
from corpus.codification.page import is_subject_page
from corpus.document_files import import_documents
from corpus.members import Found, files_in
from corpus.procedure_files import import_procedures, is_procedures
from corpus.reporting import ImportReport
from kb.errors import UnusableInputError
from kb.progress import Progress, no_progress
from kb.store import Store

KNOWN_KINDS = (
    "the official codification: BoPhapDienDienTu.zip, its unpacked folder, or its demuc pages",
    "documents: Word (.docx, .doc), PDF, scans and images, HTML, .rtf, .odt, plain text, answers of vbpl.vn saved as JSON",
    "procedures of the national portal: its JSON, rendered pages as JSON Lines, its official lists (.xlsx, .csv)",
    "folders of these, and zips of documents",
)
_PAGES = frozenset({".html", ".htm"})
_PAGE_START = 1 << 16  # bytes within which a page of the codification names its subject


def import_path(path: Path, store: Store, *, home: Path, progress: Progress = no_progress) -> ImportReport:
    """Import what stands at ``path`` into the store; ``home`` is the data folder, for work that can be resumed.

    A folder may hold several kinds; what of it cannot be used is listed in the report, each with its reason. Raises
    ``UnusableInputError`` where nothing can be used, or it is of a kind that is not known; nothing is then changed.
    """
    if is_codification(path):
        return import_codification(path, store, home=home, progress=progress)
    found = files_in(path)
    if not found.files:
        raise UnusableInputError(f"{path.name} holds no file of a known kind.", _what_is_known())
    if not path.is_dir():
        reader = import_procedures if is_procedures(path) else import_documents
        return reader(path, store, progress=progress)
    return _import_folder(path, found, store, progress)


def is_codification(path: Path) -> bool:
    """Whether the path is the codification or a part of it.

    Raises ``UnusableInputError`` if there is nothing at the path, or an empty file.
    """
    if path.is_dir():
        return _is_folder_of_pages(path)
    if not path.is_file():
        raise UnusableInputError(f"There is no file or folder {path}.", "Check the path.")
    if not path.stat().st_size:
        raise UnusableInputError(f"{path.name} is empty.", "Get it again from its source.")
    return _is_zip_of_pages(path) or (path.suffix.lower() in _PAGES and _is_page(path))


def _import_folder(path: Path, found: Found, store: Store, progress: Progress) -> ImportReport:
    """Procedures and documents of a folder, each kind by its own import."""
    procedures = frozenset(name for name, file in found.files if is_procedures(file))
    reports = []
    if procedures:
        reports.append(import_procedures(path, store, progress=progress))
    if len(procedures) < len(found.files):
        try:
            reports.append(import_documents(path, store, leave=procedures, progress=progress))
        except UnusableInputError as error:
            if not procedures:
                raise UnusableInputError(error.problem, f"{error.remedy} {_what_is_known()}".strip()) from error
            reports[0] = _with_refusal(reports[0], error)
    return _together(reports)


def _with_refusal(report: ImportReport, error: UnusableInputError) -> ImportReport:
    from corpus.reporting import UnusedGroup

    return replace(report, unused=(*report.unused, UnusedGroup(error.problem, 1, (report.name,))))


def _together(reports: list[ImportReport]) -> ImportReport:
    """One report of imports from the same folder."""
    if len(reports) == 1:
        return reports[0]
    counts = Counter[str]()
    for report in reports:
        counts.update(report.counts)
    return replace(
        reports[-1],
        kind=" and ".join(report.kind for report in reports),
        unchanged=all(report.unchanged for report in reports),
        counts=dict(counts),
        unused=tuple(group for report in reports for group in report.unused),
        seconds=sum(report.seconds for report in reports),
    )


def _is_folder_of_pages(path: Path) -> bool:
    """Whether a folder is the unpacked package, or holds pages of it and nothing else."""
    if (path / "demuc").is_dir() or (path / INDEX_PAGE).is_file():
        return True
    files = [file for _, file in files_in(path).files]
    return bool(files) and all(file.suffix.lower() in _PAGES for file in files) and any(map(_is_page, files))


def _is_zip_of_pages(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, OSError):
        return False
    return any(name.endswith(INDEX_PAGE) or "demuc/" in f"/{name}" for name in names)


def _is_page(path: Path) -> bool:
    with path.open("rb") as file:
        return is_subject_page(file.read(_PAGE_START).decode("utf-8", "ignore"))


def _what_is_known() -> str:
    return "Known kinds: " + "; ".join(KNOWN_KINDS) + "."
