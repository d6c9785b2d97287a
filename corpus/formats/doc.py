"""Formats that LibreOffice reads for us: .doc, .rtf, .odt and .xls, made into .docx or .xlsx in a place of their own."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from corpus.blocks import Content
from corpus.formats.docx.reading import read_docx
from corpus.formats.processes import run
from corpus.formats.sheets import read_xlsx
from kb.errors import UnusableInputError

TIME_LIMIT = 120.0  # seconds for one file; a cold start takes ten on a slow machine
_PROGRAMS = ("soffice", "libreoffice")
_TARGETS = {"doc": "docx", "rtf": "docx", "odt": "docx", "xls": "xlsx", "ods": "xlsx"}
_NAMES = {
    "doc": "an old Word document (.doc)",
    "rtf": "a rich text (.rtf)",
    "odt": "a text of LibreOffice (.odt)",
    "xls": "an old Excel workbook (.xls)",
    "ods": "a sheet of LibreOffice (.ods)",
}
_SAVE_YOURSELF = "Open it in a word processor and save it as .docx or .xlsx, then import that."
# Macros never run, links are not followed, nothing is recovered or asked.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
</oor:items>
"""
# An address where nothing listens: whatever asks for the network in spite of the settings gets none.
_NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), "http://127.0.0.1:9")


def read_with_office(data: bytes, name: str, kind: str, *, time_limit: float = TIME_LIMIT) -> Content:
    """A file of ``kind`` (``doc``, ``rtf``, ``odt``, ``xls``, ``ods``) through LibreOffice.

    Raises ``UnusableInputError`` where LibreOffice is not installed, cannot read the file or takes longer than
    ``time_limit`` seconds.
    """
    target = _TARGETS[kind]
    made = _convert(data, name, kind, target, time_limit)
    content = read_docx(made, name) if target == "docx" else read_xlsx(made, name)
    return replace(content, format=kind if kind == "doc" or target == "xlsx" else "doc")


def office_program() -> str | None:
    """The path of LibreOffice, None where it is not installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def _convert(data: bytes, name: str, kind: str, target: str, time_limit: float) -> bytes:
    program = office_program()
    if program is None:
        raise UnusableInputError(
            f"{name} is {_NAMES[kind]}, which is read through LibreOffice, and that is not installed here.",
            f"Install LibreOffice (the program soffice). Or: {_SAVE_YOURSELF[0].lower()}{_SAVE_YOURSELF[1:]}",
        )
    with tempfile.TemporaryDirectory(prefix="dean06-office-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        (folder / f"file.{kind}").write_bytes(data)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        _run(_command(program, folder, kind, target), folder, name, time_limit)
        made = folder / "out" / f"file.{target}"
        if not made.is_file():
            raise UnusableInputError(
                f"{name} cannot be read: it is damaged or protected by a password.", _SAVE_YOURSELF
            )
        return made.read_bytes()


def _command(program: str, folder: Path, kind: str, target: str) -> list[str]:
    profile = (folder / "profile").as_uri()
    quiet = ["--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault", "--nofirststartwizard"]
    convert = ["--convert-to", target, "--outdir", str(folder / "out"), str(folder / f"file.{kind}")]
    return [program, f"-env:UserInstallation={profile}", *quiet, *convert]


def _run(command: list[str], folder: Path, name: str, time_limit: float) -> None:
    environment = {**_NO_NETWORK, "HOME": str(folder), "TMPDIR": str(folder)}
    try:
        finished = run(command, seconds=time_limit, environment=environment)
    except OSError as error:
        raise UnusableInputError(f"{name}: LibreOffice cannot be started: {error}.", _SAVE_YOURSELF) from error
    if finished.code is None:
        raise UnusableInputError(
            f"{name} took LibreOffice longer than {time_limit:g} s and was stopped.", _SAVE_YOURSELF
        )
