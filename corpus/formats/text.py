"""Bytes to text: Unicode as it says, older Vietnamese code pages only where they make sense, else a clear refusal."""

from __future__ import annotations

import re
import unicodedata

from kb.errors import UnusableInputError

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAMPLE = 200_000  # characters that are enough to see what a text is
_MOJIBAKE = re.compile("Ã[\u0080-\u00bf¡-¿]|áº|á»|Ä[\u0080-\u00bf‘]|Æ[°¡]|Â\u00a0|â€")
_MANY_MOJIBAKE = 0.002  # a share of the characters; a real text has none, a mangled one a twentieth
_LOST_LETTER = re.compile(r"[^\W\d_]\?[^\W\d_]|\ufffd")
_MANY_LOST = 0.005
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
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\0" in data:
        data = _as_marked_utf16(data, name)
    encoding = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), "utf-8")
    try:
        return _sound(data.decode(encoding), name)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise UnusableInputError(f"{name} is not the {encoding} it says it is: {error}.", _SAVE_AS_UTF8) from error
    return _decode_windows_1258(data, name)


def decode_page(data: bytes, name: str) -> str:
    """The text of a page that must be UTF-8, with or without a byte order mark; raises ``UnusableInputError``."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        raise UnusableInputError(f"{name} is not UTF-8: it holds NUL bytes or is UTF-16.", _SAVE_AS_UTF8)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableInputError(f"{name} is not UTF-8: byte {error.start} fits no letter.", _SAVE_AS_UTF8) from error
    return _sound(text, name)


def _as_marked_utf16(data: bytes, name: str) -> bytes:
    """UTF-16 without its mark, told by where the zero bytes of its blanks and digits stand."""
    even, odd = data[0:4096:2].count(0), data[1:4096:2].count(0)
    if len(data) % 2 == 0 and 20 * min(even, odd) < max(even, odd) and 10 * max(even, odd) >= len(data[:4096]):
        return (b"\xff\xfe" if odd > even else b"\xfe\xff") + data
    raise UnusableInputError(f"{name} holds NUL bytes: it is not a text file.", "Import the text itself.")


def _decode_windows_1258(data: bytes, name: str) -> str:
    """Windows-1258 writes tones as combining marks; a file is taken for it only if Vietnamese words come out."""
    try:
        text = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        text = ""
    sample = text[:_SAMPLE]
    if not sample or len(_COMMON_WORDS.findall(sample)) < _FEW_WORDS * len(sample):
        raise UnusableInputError(f"{name} is in an encoding that is not known here.", _SAVE_AS_UTF8)
    return _sound(text, name)


def _sound(text: str, name: str) -> str:
    """The text itself, unless its letters were lost before it was saved."""
    sample = _TAG.sub("", text[:_SAMPLE])
    if "\0" in text:
        raise UnusableInputError(f"{name} holds NUL characters: it is not a text.", "Import the text itself.")
    if len(_MOJIBAKE.findall(sample)) > _MANY_MOJIBAKE * len(sample):
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
