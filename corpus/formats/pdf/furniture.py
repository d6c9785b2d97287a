"""What belongs to the page and not to the law on it: running headers, page numbers, stamps, the printer's imprint.

A running header is known by being repeated at the edges of pages; that of the Công báo also by what it says, since a
document may have one page only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.formats.pdf.lines import Row, Segment
from kb.text import fold

_EDGE = 0.1  # of the page's height, at its top and bottom
_EDGE_ROWS = 3
_APART = 1.7  # em between the baselines of a header and the text
_FEWEST_REPEATS = 3  # pages with the same words at the edge
_SHARE_OF_PAGES = 0.5
_DIGITS = re.compile(r"\d+")
_GAZETTE = re.compile(r"\d{0,5}congbao[^0-9]{0,40}/?so\d[\d+]*/ngay[\d\-./]{6,10}\d{0,5}")
_LONGEST_GAZETTE = 90
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:trang|page)?\s*#(?:\s*(?:/|of)\s*#)?[-–—\s.]*")
_IS_LAW = re.compile(
    r"mau |phu luc|bieu|dieu |chuong |muc |phan |cong hoa xa hoi|doc lap|so\s*:|bo |uy ban |chinh phu|quoc hoi"
)
_STAMP = re.compile(
    r"(?:người ký|ký bởi|được ký bởi|digitally signed by|signed by|signature not verified|thời gian ký|ngày ký|ký ngày|"
    r"signing date|date)\s*:?.*|(?:email|cơ quan|tổ chức|chức vụ|o|ou|cn|reason|location|dn)\s*[:=].*",
    re.IGNORECASE,
)
_SURE_STAMP = re.compile(
    r"(?:người ký|ký bởi|được ký bởi|digitally signed|signed by|signature not verified|thời gian ký)\b", re.IGNORECASE
)
_IMPRINT = re.compile(r"van phong .{0,80}xuat ban")


@dataclass(frozen=True, slots=True)
class PageRows:
    """The rows of one page with what is known of its size; ``turned`` runs along a side."""

    number: int
    height: float
    rows: list[Row]
    turned: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Cleared:
    """A page's rows without its furniture; ``stamps`` are the lines of signature stamps, ``imprint`` tells of a printer's."""

    rows: list[Row]
    turned: tuple[Segment, ...]
    stamps: tuple[str, ...]
    imprint: bool


def clear_pages(pages: Sequence[PageRows]) -> list[Cleared]:
    """Each page without what belongs to the page."""
    repeated = _repeated(pages)
    return [_cleared(page, repeated) for page in pages]


def _repeated(pages: Sequence[PageRows]) -> frozenset[str]:
    """What stands at the edges of enough pages, its digits aside."""
    edges = [[(_key(segment.text), apart) for segment, apart in _edge_segments(page)] for page in pages]
    numbers = Counter(key for page in edges for key in {key for key, _ in page if _PAGE_NUMBER.fullmatch(key)})
    words = Counter(
        key for page in edges for key in {key for key, apart in page if apart and any(map(str.isalpha, key))}
    )
    enough = max(_FEWEST_REPEATS, _SHARE_OF_PAGES * len(pages))
    worded = {key for key, count in words.items() if count >= enough and not _IS_LAW.match(key)}
    return frozenset(worded | {key for key, count in numbers.items() if count > 1})


def _edge_segments(page: PageRows) -> Iterator[tuple[Segment, bool]]:
    """What stands at the edges, and whether apart from the text: the last line of a footnote may be the same on each page."""
    for index, inside in _edge_rows(page).items():
        row = page.rows[index]
        step = abs(page.rows[inside][0].main.baseline - row[0].main.baseline) if 0 <= inside < len(page.rows) else 0.0
        yield from ((segment, step > _APART * row[0].main.size) for segment in row)
    yield from ((segment, True) for segment in page.turned)


def _edge_rows(page: PageRows) -> dict[int, int]:
    """The indexes of the rows at the top and bottom edges, each with that of its neighbour towards the text."""
    count = len(page.rows)
    top = [index for index in range(min(_EDGE_ROWS, count)) if page.rows[index][0].box[1] < _EDGE * page.height]
    low = [index for index in range(count)[-_EDGE_ROWS:] if page.rows[index][0].box[3] > (1 - _EDGE) * page.height]
    return {index: index + 1 for index in top} | {index: index - 1 for index in low}


def _key(text: str) -> str:
    return _DIGITS.sub("#", " ".join(fold(text).split()))


def _cleared(page: PageRows, repeated: frozenset[str]) -> Cleared:
    edges = set(_edge_rows(page))
    rows = [_without_header(row, repeated) if index in edges else row for index, row in enumerate(page.rows)]
    turned = tuple(s for s in page.turned if not _is_header(s.text, repeated))
    rows, imprint = _without_imprint([row for row in rows if row])
    rows, stamps = _without_stamps(rows)
    return Cleared(rows, turned, stamps, imprint)


def _without_header(row: Row, repeated: frozenset[str]) -> Row:
    if _is_gazette(" ".join(segment.text for segment in row)):
        return []
    kept = [segment for segment in row if not _is_header(segment.text, repeated)]
    numbers_only = all(_PAGE_NUMBER.fullmatch(_key(segment.text)) for segment in kept)
    return [] if len(kept) < len(row) and numbers_only else kept


def _is_header(text: str, repeated: frozenset[str]) -> bool:
    return _is_gazette(text) or _key(text) in repeated


def _is_gazette(text: str) -> bool:
    """Whether a line is the header of the Công báo, however it is spaced and on whichever side its page number stands."""
    return len(text) <= _LONGEST_GAZETTE and _GAZETTE.fullmatch("".join(fold(text).split())) is not None


def _without_imprint(rows: list[Row]) -> tuple[list[Row], bool]:
    """The rows above the publisher's imprint, which closes an issue."""
    for index, row in enumerate(rows):
        if len(row) == 1 and _IMPRINT.fullmatch(_key(row[0].text)):
            return rows[:index], True
    return rows, False


def _without_stamps(rows: list[Row]) -> tuple[list[Row], tuple[str, ...]]:
    """The rows without the stamps of digital signatures: lines with the labels of one, at least one of them sure."""
    segments = [segment for row in rows for segment in row]
    stamped = set(map(id, _stamp(segments)))
    kept = [[segment for segment in row if id(segment) not in stamped] for row in rows]
    return [row for row in kept if row], tuple(segment.text for segment in segments if id(segment) in stamped)


def _stamp(segments: Iterable[Segment]) -> list[Segment]:
    """The segments of stamps: labelled lines near a sure one, in one column."""
    labelled = [segment for segment in segments if _STAMP.fullmatch(segment.text)]
    sure = [segment for segment in labelled if _SURE_STAMP.match(segment.text)]
    return [segment for segment in labelled if any(_is_near(segment, other) for other in sure)]


def _is_near(one: Segment, other: Segment) -> bool:
    return abs(one.box[0] - other.box[0]) < 8 * other.main.size and abs(one.box[1] - other.box[1]) < 8 * other.main.size
