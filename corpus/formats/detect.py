"""What a file is, told by its content; its name decides nothing but what text cannot tell of itself."""

from __future__ import annotations

import io
import json
import re
import zipfile
from enum import StrEnum
from pathlib import PurePath

from corpus.formats.sheets import delimiter_of
from corpus.formats.text import decode_text
from kb.errors import UnusableInputError


class Format(StrEnum):
    """Kinds of files that are told apart."""

    HTML = "html"
    MHTML = "mhtml"
    DOCX = "docx"
    DOC = "doc"
    RTF = "rtf"
    ODT = "odt"
    ODS = "ods"
    PDF = "pdf"
    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"
    JSON = "json"
    XML = "xml"
    TEXT = "text"
    IMAGE = "image"
    ZIP = "zip"
    GZIP = "gzip"
    OTHER_ARCHIVE = "archive"
    ENCRYPTED = "encrypted"
    POWERPOINT = "powerpoint"
    EMPTY = "empty"
    UNKNOWN = "unknown"


_START = 4096  # bytes within which a signature stands
_SIGNATURES = (
    (b"%PDF-", Format.PDF),
    (b"{\\rtf", Format.RTF),
    (b"\x89PNG\r\n\x1a\n", Format.IMAGE),
    (b"\xff\xd8\xff", Format.IMAGE),
    (b"II*\0", Format.IMAGE),
    (b"MM\0*", Format.IMAGE),
    (b"Rar!\x1a", Format.OTHER_ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Format.OTHER_ARCHIVE),
    (b"BZh", Format.OTHER_ARCHIVE),
    (b"\xfd7zXZ\0", Format.OTHER_ARCHIVE),
    (b"\x1f\x8b", Format.GZIP),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# Names of streams in an OLE2 file (MS-CFB), which stand in its directory in UTF-16.
_STREAMS = (
    ("EncryptedPackage", Format.ENCRYPTED),
    ("WordDocument", Format.DOC),
    ("Workbook", Format.XLS),
    ("Book", Format.XLS),
    ("PowerPoint Document", Format.POWERPOINT),
)
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": Format.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Format.ODS,
}
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|div|table|p|span|form|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_MHTML = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?Content-Type:\s*multipart/related", re.IGNORECASE)
_TAG = re.compile(r"</?(?:html|body|div|span|td|tr|p|br|script|table|a|b|i|font|strong|em)\b[^<>]*>", re.IGNORECASE)
_FEW_TAGS = 20
_SAMPLE = 100_000
_TABLE_SUFFIXES = frozenset({".csv", ".tsv", ".tab"})


def detect(data: bytes, name: str) -> Format:
    """What the bytes are; ``name`` matters only for text, which may be a table or not. Never raises."""
    if not data.strip(b"\0 \t\r\n"):
        return Format.EMPTY
    start = data[:_START].removeprefix(b"\xef\xbb\xbf").lstrip()
    signed = next((kind for signature, kind in _SIGNATURES if start.startswith(signature)), None)
    if start.startswith(_OLE):
        return _ole(data)
    if start.startswith(_ZIP):
        return _zip(data)
    return signed or _other(data, start, name)


def _other(data: bytes, start: bytes, name: str) -> Format:
    if _MHTML.match(start):
        return Format.MHTML
    if b"%PDF-" in data[:1024]:  # some bytes before the signature are allowed (ISO 32000-1, annex H.3.4.1)
        return Format.PDF
    return _text(data, name)


def is_html(text: str) -> bool:
    """Whether a text is a page: it begins as one, or is full of tags."""
    return _HTML.match(text) is not None or len(_TAG.findall(text[:_SAMPLE])) > _FEW_TAGS


def _ole(data: bytes) -> Format:
    found = (kind for stream, kind in _STREAMS if stream.encode("utf-16-le") + b"\0\0" in data)
    return next(found, Format.UNKNOWN)


def _zip(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = frozenset(name.lower() for name in archive.namelist()[:_START])
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, UnicodeError):
        return _cut_zip(data)
    if "[content_types].xml" in names:
        parts = (("word/", Format.DOCX), ("xl/", Format.XLSX), ("ppt/", Format.POWERPOINT))
        return next((kind for part, kind in parts if any(name.startswith(part) for name in names)), Format.ZIP)
    declared = next((kind for media, kind in _OPEN_DOCUMENT.items() if media in data[:200]), None)
    return declared or Format.ZIP


def _cut_zip(data: bytes) -> Format:
    """A zip that cannot be opened: what its first entries say it was."""
    if b"word/" in data:
        return Format.DOCX
    return Format.XLSX if b"xl/worksheets" in data else Format.ZIP


def _text(data: bytes, name: str) -> Format:
    loose = data[:_SAMPLE].replace(b"\0", b"").decode("utf-8", "replace").lstrip("\ufeff\ufffd")
    if _is_json(data):
        return Format.JSON
    if is_html(loose):
        return Format.HTML
    try:
        text = decode_text(data[:_SAMPLE] if b"\0" not in data[:_SAMPLE] else data, name)
    except UnusableInputError:
        return Format.UNKNOWN if b"\0" in data else Format.TEXT  # the reader says what is wrong with its letters
    if text.lstrip().startswith("<?xml"):
        return Format.XML
    if PurePath(name).suffix.lower() in _TABLE_SUFFIXES and delimiter_of(text):
        return Format.CSV
    return Format.TEXT


def _is_json(data: bytes) -> bool:
    """Whether it is one JSON object or list, or has one on its first line, as JSON Lines do."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return False
    return any(isinstance(_json(text), dict | list) for text in (data.split(b"\n", 1)[0], data))


def _json(data: bytes) -> object:
    try:
        return json.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return None
