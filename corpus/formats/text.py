"""Bytes to text: Unicode as it says, older Vietnamese code pages only where they make sense, else a clear refusal."""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from collections.abc import Iterable

from corpus.formats.mojibake import is_mangled, repair
from kb.errors import UnusableInputError

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAMPLE = 200_000  # characters that are enough to see what a text is
_LOST_LETTER = re.compile(r"[^\W\d_]\?[^\W\d_]|\ufffd")
_MANY_LOST = 0.005
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)
_HEAD = 4096  # bytes within which a page names its encoding
_ENCODINGS = {  # as browsers take it: Latin-1 and ASCII mean windows-1252, UTF-16 in letters of ASCII means UTF-8
    "utf-8": "utf-8", "utf-16": "utf-8", "cp1258": "cp1258", "cp1252": "cp1252", "iso8859-1": "cp1252", "ascii": "cp1252",
}  # fmt: skip
_TAG = re.compile(r"<[^<>]*>")  # the addresses in it hold question marks that are no lost letters
_COMMON_WORDS = re.compile(
    r"\b(?:và|của|các|được|theo|quy|định|Điều|điều|không|người|trong|cho|về|có|này|số|luật|Luật)\b"
)
_FEW_WORDS = 0.002  # common words a character; a Vietnamese text has about a hundredth

_SAVE_AS_UTF8 = "Save it as UTF-8 and import it again; nothing was changed."


def decode_text(data: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16 or windows-1258; ``name`` is the file, for errors.

    Raises ``UnusableInputError`` if the bytes are none of these, or if letters were lost in an earlier conversion.
    """
    return _sound(_decode(data, name), name)


def decode_repaired(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text as ``decode_text`` gives it, with what was mangled repaired where that proves itself; and remarks."""
    return _repaired(_decode(data, name), name)


def decode_html(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of an HTML page, whatever its own declaration says of its encoding; and remarks where that was wrong.

    Bytes that are UTF-8 are UTF-8. Others are read in the declared encoding and in those of old Vietnamese pages, and taken
    in the one in which most Vietnamese words come out. Raises ``UnusableInputError`` where none makes sense.
    """
    declared = _declared(data)
    try:
        text, found = _decode_unicode(data, name), "utf-8"
    except UnicodeDecodeError:
        text, found = _best_of(dict.fromkeys((declared, "cp1258", "cp1252")), data, name)
    wrong = declared and found != declared and not data.isascii()
    remarks = (f"The page says that it is {declared}, but its letters are {found}.",) if wrong else ()
    text, repairs = _repaired(text, name)
    return text, remarks + repairs


def decode_page(data: bytes, name: str) -> str:
    """The text of a page that must be UTF-8, with or without a byte order mark; raises ``UnusableInputError``."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        raise UnusableInputError(f"{name} is not UTF-8: it holds NUL bytes or is UTF-16.", _SAVE_AS_UTF8)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableInputError(f"{name} is not UTF-8: byte {error.start} fits no letter.", _SAVE_AS_UTF8) from error
    return _sound(text, name)


def _decode(data: bytes, name: str) -> str:
    try:
        return _decode_unicode(data, name)
    except UnicodeDecodeError:
        return _best_of(("cp1258",), data, name)[0]


def _decode_unicode(data: bytes, name: str) -> str:
    """The text as Unicode; raises ``UnicodeDecodeError`` where nothing says that it is and it is not UTF-8."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\0" in data:
        data = _as_marked_utf16(data, name)
    encoding = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            raise
        raise UnusableInputError(f"{name} is not the {encoding} it says it is: {error}.", _SAVE_AS_UTF8) from error


def _declared(data: bytes) -> str:
    """The encoding that a page names in its head, by the name Python knows it under; empty where it names none of these."""
    named = _CHARSET.search(data[:_HEAD])
    if named is None:
        return ""
    try:
        known = codecs.lookup(named[1].decode("ascii")).name
    except LookupError:
        return ""
    return _ENCODINGS.get(known, "")


def _as_marked_utf16(data: bytes, name: str) -> bytes:
    """UTF-16 without its mark, told by where the zero bytes of its blanks and digits stand."""
    even, odd = data[0:4096:2].count(0), data[1:4096:2].count(0)
    if len(data) % 2 == 0 and 20 * min(even, odd) < max(even, odd) and 10 * max(even, odd) >= len(data[:4096]):
        return (b"\xff\xfe" if odd > even else b"\xfe\xff") + data
    raise UnusableInputError(f"{name} holds NUL bytes: it is not a text file.", "Import the text itself.")


def _best_of(encodings: Iterable[str], data: bytes, name: str) -> tuple[str, str]:
    """The text in the encoding in which most Vietnamese words come out, and that encoding.

    Windows-1258 writes tones as combining marks. Old pages write letters that their encoding lacks as ``&#7873;``.
    """
    texts = {encoding: _in(encoding, data) for encoding in encodings if encoding}
    words = {encoding: _share_of_words(text) for encoding, text in texts.items()}
    best = max(words, key=lambda encoding: words[encoding])
    if words[best] < _FEW_WORDS:
        raise UnusableInputError(f"{name} is in an encoding that is not known here.", _SAVE_AS_UTF8)
    return texts[best], best


def _in(encoding: str, data: bytes) -> str:
    try:
        return unicodedata.normalize("NFC", data.decode(encoding))
    except UnicodeDecodeError:
        return ""


def _share_of_words(text: str) -> float:
    """Common Vietnamese words a character that shows."""
    sample = html.unescape(_TAG.sub(" ", text[:_SAMPLE]))
    return len(_COMMON_WORDS.findall(sample)) / max(len(sample), 1)


def _repaired(text: str, name: str) -> tuple[str, tuple[str, ...]]:
    if not is_mangled(_TAG.sub("", text[:_SAMPLE])):
        return _sound(text, name), ()
    fixed, lines = repair(text)
    return _sound(fixed, name), (f"{lines} pieces of text were UTF-8 read as windows-1252; they were read back.",)


def _sound(text: str, name: str) -> str:
    """The text itself, unless its letters were lost before it was saved."""
    sample = _TAG.sub("", text[:_SAMPLE])
    if "\0" in text:
        raise UnusableInputError(f"{name} holds NUL characters: it is not a text.", "Import the text itself.")
    if is_mangled(sample):
        raise UnusableInputError(
            f"{name} was read in a wrong encoding before it was saved: its letters are mangled ('Ä\u0090iá»\u0081u').",
            "Get it again from its source, as UTF-8; nothing was changed.",
        )
    if len(_LOST_LETTER.findall(sample)) > _MANY_LOST * len(sample):
        raise UnusableInputError(
            f"{name} has lost letters: they were replaced by '?' before it was saved.",
            "Get it again from its source, as UTF-8; nothing was changed.",
        )
    return text
