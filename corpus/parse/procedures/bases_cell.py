"""The flattened table of legal bases on a rendered page: the name of a document and its code, glued, one after the other.

"Luật Khiếu nại năm 201102/2011/QH13Thông tư 26/2025/TT-BTC26/2025/TT-BTC". Names hold numbers of other documents too; a code
is told from them by the seams around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.parse.procedures.bases import each_once, legal_basis
from corpus.parse.procedures.values import NO_INFORMATION
from kb.model import LegalBasis
from kb.numbers import AGENCIES, DOCUMENT_TYPES

_HEADER = "Tên văn bản pháp lýMã văn bản"
_NEXT_SECTION = "Cơ quan thực hiện"
_KINDS = "|".join(sorted((name for name, _ in DOCUMENT_TYPES), key=len, reverse=True))
_SHORT = "|".join(
    sorted({short for _, shorts in DOCUMENT_TYPES for short in shorts} | {"ND", "QD"}, key=len, reverse=True)
)
_AGENCY = "|".join(sorted(map(re.escape, AGENCIES), key=len, reverse=True))
_NUMBER = re.compile(
    rf"""(?P<serial>\d{{1,9}}(?:\.\d{{1,2}})?[a-h]?)\s?/\s?(?P<year>(?:19|20)\d\d)\s?/\s?
    (?P<suffix>(?:PL-)?(?:UBTV)?QH\s?\d\d?(?!\d/)(?=\D|\Z|\d{{2,4}}/) | (?:UBTV)?QH\d\d
      | (?:{_SHORT})(?:\s?[-/–_]\s?(?:{_AGENCY}))+(?:(?<=QH)\d\d)?)
    | (?P<old>\d{{1,4}}\s?/\s?(?:{_SHORT})(?:\s?[-/–_]\s?(?:{_AGENCY}))+)""",  # 06/QĐ-TTg, 01/QĐ-BCT
    re.VERBOSE,
)
_TYPED_CODE = re.compile(rf"(?<=[^\s(\d])(?P<kind>(?:{_KINDS})(?:\s+số)?\s*|(?:số|Số)\s*)\Z", re.IGNORECASE)
_BARE_CODE = re.compile(
    rf"(?<=[^\W_])(?:{_KINDS})\s(?:số\s)?\d{{1,4}}/(?:19|20)\d\d(?=[A-ZĐÀ-Ỹ]|\Z)|(?<=[^\W_])(?:{_KINDS.lower()})\s(?:số\s)?\d{{1,4}}/\d{{4}}(?![\d/])"
)
_TERM_BEFORE = re.compile(r"QH\Z")
_YEAR_BEFORE = re.compile(r"(?:19|20)\d\d(?=\d)")
_LONGEST_SERIAL = 4


def read_bases(cell: str) -> tuple[LegalBasis, ...]:
    """The legal bases of a cell, each once; what cannot be told apart stays in one name."""
    text = agencies_behind(cell)[0].removeprefix(_HEADER).strip()
    if not text or text == NO_INFORMATION:
        return ()
    return each_once(legal_basis(name, code) for name, code in _pairs(text))


def agencies_behind(cell: str) -> tuple[str, str]:
    """The cell without the next section of the page where that ran into it, and the agencies which that names."""
    bases, _, agencies = cell.partition(_NEXT_SECTION)
    return bases, agencies


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    start = 0
    for match in sorted([*_NUMBER.finditer(text), *_BARE_CODE.finditer(text)], key=lambda match: match.start()):
        span = _code_at(text, match, start)
        if span is not None:
            yield text[start : span[0]].lstrip(" .;"), text[span[0] : span[1]]
            start = span[1]
    rest = text[start:].strip(" .;")
    half = rest[: len(rest) // 2]
    if rest:  # a name may be its own code: "Bộ luật Hàng hảiBộ luật Hàng hải"
        yield (half, half) if rest == half * 2 else (rest, "")


def _code_at(text: str, match: re.Match[str], start: int) -> tuple[int, int] | None:
    """The span of a number that is a code, with the kind where that is printed; None for a number in a name.

    A code ends the cell, or a name begins right behind it, or the name before ran into it. ``start`` is where the name begins.
    """
    if match.start() < start:
        return None
    if match.re is _BARE_CODE:
        return match.span()
    begin = match.start() + _foreign_figures(text, match)
    before, after = text[max(0, begin - 1) : begin], text[match.end() : match.end() + 2]
    glued = bool(before) and not before.isspace() and before not in "(/-–:'\"“"
    kind = _TYPED_CODE.search(text, start, begin)
    typed = kind is not None and kind.start("kind") > start
    if not (glued or typed or not after.strip(" .;") or _begins_a_name(after)):
        return None
    return (kind.start("kind") if kind is not None and typed else begin), match.end()


def _begins_a_name(text: str) -> bool:
    return text[:1].isupper() or text[:1] in {"(", "-", "“", '"', "*", "+"}


def _foreign_figures(text: str, match: re.Match[str]) -> int:
    """How many figures at the start of the serial belong to what stands before: a term of the Assembly or a year."""
    serial = match["serial"]
    if serial is None:
        return 0
    if _TERM_BEFORE.search(text, 0, match.start()) and len(serial) > 2:
        return 2
    year = _YEAR_BEFORE.match(serial)
    return 4 if year and len(re.sub(r"\D.*", "", serial)) > _LONGEST_SERIAL else 0
