"""Texts that no spreadsheet runs and every format can hold.

The rule follows the OWASP note on CSV injection: a text is dangerous whose first sign is ``=``, ``+``, ``-`` or ``@`` (in
any width, after blanks or not), a tab or a line break. It gets one apostrophe in front, the mark by which spreadsheets
themselves say "this is text". A text that already looks so neutralised gets one more, so that reading can always take
exactly one away.
"""

from __future__ import annotations

import re

_DANGEROUS = re.compile(
    "'*(?:[\t\r\n]|[\\s\u200b-\u200f\u2060\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212])"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")


def neutralised(text: str) -> str:
    """The text as a cell may hold it.

    >>> neutralised("=1+1"), neutralised("- Bộ Công an"), neutralised("'=1"), neutralised("59/2022/NĐ-CP")
    ("'=1+1", "'- Bộ Công an", "''=1", '59/2022/NĐ-CP')
    """
    return f"'{text}" if _DANGEROUS.match(text) else text


def restored(cell: str) -> str:
    """The text that ``neutralised`` was given.

    >>> restored("'=1+1"), restored("''=1"), restored("'tis")
    ('=1+1', "'=1", "'tis")
    """
    return cell[1:] if cell.startswith("'") and _DANGEROUS.match(cell) else cell


def printable(text: str) -> str:
    r"""The text without what XML and UTF-8 cannot hold: control characters as their pictures, broken halves as U+FFFD.

    >>> printable("a\x00b\x1fc\td")
    'a␀b␟c\td'
    """
    shown = _CONTROL.sub(lambda control: chr(0x2400 + ord(control[0])), text)
    return _NO_CHARACTER.sub("\ufffd", shown)
