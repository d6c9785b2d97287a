"""UTF-8 that an earlier program took for windows-1252: undone only where the way back proves itself."""

from __future__ import annotations

import re

MANGLED = re.compile("Ã[\u0080-\u00bf¡-¿]|áº|á»|Ä[\u0080-\u00bf‘]|Æ[°¡]|Â\u00a0|â€")
MANY_MANGLED = 0.002  # a share of the characters; a real text has none, a mangled one a twentieth
# In a text that is known to be mangled: any first byte of two or three, with what windows-1252 makes of the next.
_PERHAPS = re.compile("[Â-ßà-ï][\u0080-¿ŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]")
_PIECES = re.compile(r"(<[^<>]*>|\n)")  # a page mixes what was mangled with what was not, between its tags
_MOST_ROUNDS = 2  # text mangled twice is met, more often is not


def is_mangled(text: str) -> bool:
    """Whether so much of a text is mangled that it cannot be read as it is."""
    return len(MANGLED.findall(text)) > MANY_MANGLED * len(text)


def repair(text: str) -> tuple[str, int]:
    r"""The text with its mangled lines as they were, and how many that were; other lines stay to the letter.

    A line is taken back only as a whole: its bytes in windows-1252 must be UTF-8 without exception, so mangling the
    result once more gives the line again.

    >>> repair("Ä\u0090iá»\u0081u 1\nĐiều 2")
    ('Điều 1\nĐiều 2', 1)
    """
    pieces = _PIECES.split(text)
    repaired = 0
    for index, piece in enumerate(pieces):
        if _PERHAPS.search(piece) and (fixed := _undone(piece)) is not None:
            pieces[index] = fixed
            repaired += 1
    return "".join(pieces), repaired


def _undone(piece: str) -> str | None:
    fixed = None
    for _ in range(_MOST_ROUNDS):
        data = _windows_1252(fixed or piece)
        try:
            fixed = data.decode("utf-8") if data else fixed
        except UnicodeDecodeError:
            break
        if not data or not _PERHAPS.search(fixed or ""):
            break
    return fixed if fixed and not MANGLED.search(fixed) else None


def _windows_1252(text: str) -> bytes | None:
    """The bytes that were read as ``text``; the five that windows-1252 leaves free came out as control characters."""
    try:
        return b"".join(
            letter.encode("latin-1") if "\x80" <= letter <= "\x9f" else letter.encode("cp1252") for letter in text
        )
    except UnicodeEncodeError:
        return None
