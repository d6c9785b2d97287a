"""Files of every format as one block model."""

from __future__ import annotations

from collections.abc import Callable

from corpus.blocks import Content
from corpus.formats.detect import Format, detect
from kb.errors import UnusableInputError

__all__ = ["Format", "detect", "read_content"]


def read_content(data: bytes, name: str) -> Content:
    """The content of a file as blocks; what it is tells its content, never its name alone.

    Raises ``UnusableInputError`` for a file that is damaged, made to harm, of a kind that holds no text, or a page that a
    site shows instead of a document (``NoticePageError``).
    """
    kind = detect(data, name)
    reader = _READERS.get(kind)
    if reader is None:
        raise UnusableInputError(f"{name} is {_UNREAD[kind][0]}.", _UNREAD[kind][1])
    return reader(data, name)


def _html(data: bytes, name: str) -> Content:
    from corpus.formats.html_blocks import read_html

    return read_html(data, name)


def _mhtml(data: bytes, name: str) -> Content:
    from corpus.formats.mhtml import read_mhtml

    return read_mhtml(data, name)


def _docx(data: bytes, name: str) -> Content:
    from corpus.formats.docx.reading import read_docx

    return read_docx(data, name)


def _pdf(data: bytes, name: str) -> Content:
    from corpus.formats.pdf.reading import read_pdf

    return read_pdf(data, name)


def _image(data: bytes, name: str) -> Content:
    from corpus.formats.ocr import read_image

    return read_image(data, name)


def _xlsx(data: bytes, name: str) -> Content:
    from corpus.formats.sheets import read_xlsx

    return read_xlsx(data, name)


def _csv(data: bytes, name: str) -> Content:
    from corpus.formats.sheets import read_separated

    return read_separated(data, name)


def _text(data: bytes, name: str) -> Content:
    from corpus.formats.plain import read_plain

    return read_plain(data, name)


def _through_office(kind: Format) -> Callable[[bytes, str], Content]:
    def read(data: bytes, name: str) -> Content:
        from corpus.formats.doc import read_with_office

        return read_with_office(data, name, kind.value)

    return read


_READERS: dict[Format, Callable[[bytes, str], Content]] = {
    Format.HTML: _html,
    Format.MHTML: _mhtml,
    Format.DOCX: _docx,
    Format.PDF: _pdf,
    Format.IMAGE: _image,
    Format.XLSX: _xlsx,
    Format.CSV: _csv,
    Format.TEXT: _text,
    **{kind: _through_office(kind) for kind in (Format.DOC, Format.RTF, Format.ODT, Format.XLS, Format.ODS)},
}
_GET_AGAIN = "Get it again from its source; nothing was changed."
_UNPACK = "Unpack it and import the folder; nothing was changed."
_UNREAD = {
    Format.EMPTY: ("empty", _GET_AGAIN),
    Format.ENCRYPTED: ("protected by a password", "Save it without one and import it again; nothing was changed."),
    Format.POWERPOINT: ("a presentation", "Import the document itself; nothing was changed."),
    Format.ZIP: ("a zip of files, or one that is cut off", _UNPACK),
    Format.GZIP: ("a gzip archive", _UNPACK),
    Format.OTHER_ARCHIVE: ("an archive of a kind not read here", _UNPACK),
    Format.JSON: ("JSON data, which is no document", "Import the text of the document; nothing was changed."),
    Format.XML: ("XML data, which is no document", "Import the text of the document; nothing was changed."),
    Format.UNKNOWN: (
        "not a file of a known kind: it holds NUL bytes, so that it is no text either",
        "Import the text of the document; nothing was changed.",
    ),
}
