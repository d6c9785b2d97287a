"""What belongs to a page and not to the law on it: headers of the Công báo, page marks, stamps of digital signatures."""

from __future__ import annotations

import re

_FURNITURE = re.compile(
    r"""
      \d*\s* CÔNG\ BÁO \s*/\s* Số .*                       # CÔNG BÁO/Số 35 + 36/Ngày 08-01-2024   33
    | \[\[TRANG\ \d+\]\]                                   # page mark of a scan
    | Đã\ biết                                             # a web page's label
    | \d{1,4}                                              # page number
    | (?:Người\ ký|Ký\ bởi|Email|Cơ\ quan|Thời\ gian\ ký)\s*:.*    # stamp of a digital signature
    | \((?:Xem\ tiếp|Tiếp\ theo)\ Công\ báo\ .*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CONTINUED = re.compile(r"\(Tiếp\ theo\ Công\ báo\b", re.IGNORECASE)


def is_furniture(line: str) -> bool:
    """Whether a line (stripped) is part of the page.

    >>> is_furniture("34                  CÔNG BÁO/Số 35 + 36/Ngày 08-01-2024"), is_furniture("Điều 1. Phạm vi")
    (True, False)
    """
    return bool(line) and _FURNITURE.fullmatch(line) is not None


def is_continued_from_issue(text: str) -> bool:
    """Whether the text between two units says that the document goes on from another issue of the Công báo.

    The issue then repeats the heading of the chapter that it goes on with.
    """
    return _CONTINUED.search(text) is not None
