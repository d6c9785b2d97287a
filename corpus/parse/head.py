"""The head of a document: what it says of itself before its first article, and who signed it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from corpus.parse.cells import Cell, is_motto, paragraphs, read_cells
from corpus.parse.gazette import is_continued_from_issue
from corpus.parse.headings import find_heading
from corpus.parse.issuers import spelled_issuer
from corpus.parse.lines import Line, is_capitals, read_lines
from corpus.parse.opening import legal_bases, title_below
from corpus.parse.signer import Signer, find_signer
from corpus.parse.structure import Structure, parse_structure
from kb.model import PartialDate, ProvisionKind
from kb.numbers import DOCUMENT_TYPES, find_numbers, parse_number, type_of_number
from kb.text import fold, unwrap

_LONGEST_HEAD = 160  # lines
_MOTTO_WITHIN = 30  # cells from the start within which the national motto stands
_TYPE_WITHOUT_MOTTO = 6  # cells within which it stands where there is none
_TYPE_WITHIN = 25  # cells below it within which the kind of document stands
_RUBRIC_OF_LAW = "van ban quy pham phap luat"  # of the Công báo; the issuer's own rubric follows
_AUTHENTICATES = "xac thuc van ban hop nhat"
_AUTHENTICATION = 8  # lines above and below these words within which the number and date of a consolidation stand
_TYPES = {fold(name): name for name, _ in DOCUMENT_TYPES}
_TYPE_AFTER_STRAY_MARKS = re.compile(  # a stamp beside it on a scan
    rf"(?:^|[\s.…])(?P<name>{'|'.join(name.upper() for name, _ in DOCUMENT_TYPES if ' ' in name)})[\W_]*$"
)
_NUMBER = re.compile(
    r"(?:(?P<type>Bộ luật|Luật|Nghị quyết|Pháp lệnh|Lệnh|Thông tư liên tịch)\s*)?s[ốôồ]\s*:\s*(?P<number>.*)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:(?P<place>(?:[^\W\d_]+\.?\s+){0,5}[^\W\d_]+)\s*,\s*)?ngày\s*(?P<day>\d{1,2}|[.…_]*)\s*tháng\s*(?P<month>\d{1,2}|[.…_]*)"
    r"\s*năm\s*(?P<year>\d\s?\d\s?\d\s?\d)",
    re.IGNORECASE,
)
_ADOPTED = re.compile(
    r"thông\s+qua\s+(?:ngày|\w+\s+ngày)\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<year>\d{4})"
)
_CODIFIED = re.compile(
    r"\(Điều\s+\S+\s+(?P<type>[^\d()]{1,60}?)\s+(?:số\s+)?(?P<number>\d[\w./-]{0,40})(?:\s+(?P<title>[^()]{0,900}?))?\s+"
    r"ngày\s+(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})\s+của\s+(?P<issuer>[^,()]{2,120})"
)
_CONTINUED_WITHIN = 24  # lines: rubrics, the title, and the reference to the issue before
_CONTINUED_TITLE = re.compile(
    rf"(?P<type>{'|'.join(re.escape(name) for name, _ in sorted(DOCUMENT_TYPES, key=lambda pair: -len(pair[0])))})\s+số\s+"
    r"(?P<number>\S+)\s+ngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})\s+năm\s+(?P<year>\d{4})\s*(?P<title>.*)"
)
_LEVEL = re.compile(r"(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|ĐẶC KHU|VÀ)\s")  # goes on with "ỦY BAN NHÂN DÂN"
_SCAN = re.compile(r"\[\[TRANG \d+\]\]")


@dataclass(frozen=True, slots=True)
class Head:
    """What a document says of itself; empty or None where it does not.

    ``number`` is canonical, ``type`` the Vietnamese name of the kind, ``issuer`` the agency of the letterhead, ``title`` the
    trích yếu as printed, on one line, ``signer_title`` the office as printed above the name. ``legal_bases`` are the
    "Căn cứ …" paragraphs, one each. ``is_ocr`` tells a scan, whose letters may be misread.
    """

    number: str = ""
    type: str = ""
    issuer: str = ""
    issued: PartialDate | None = None
    place: str = ""
    title: str = ""
    signer: str = ""
    signer_title: str = ""
    legal_bases: tuple[str, ...] = ()
    is_ocr: bool = False


def parse_head(text: str, structure: Structure | None = None) -> Head:
    """Read the head of ``text`` and its signature; never raises, never fills in what is not printed.

    ``structure`` is that of the text, read here if not given.
    """
    lines = read_lines(text)
    end = _head_end(lines)
    cells = read_cells(lines, 0, end)
    codified = _codified_head(text, lines)
    if codified is not None:
        return codified
    kind_at = _type_cell(cells)
    if kind_at is None and (continued := _continued_head(lines)) is not None:
        return replace(
            continued, signer=(signer := _signer(structure or parse_structure(text))).name, signer_title=signer.title
        )
    letterhead = cells[: kind_at[0]] if kind_at else _letterhead(cells)
    if not _number(letterhead)[0]:
        letterhead = _authentication(lines) or letterhead
    number, named_type = _number(letterhead)
    place, issued = _date(letterhead)
    signer = _signer(structure or parse_structure(text))
    return Head(
        number=number,
        type=_type(number, named_type, kind_at[2] if kind_at else ""),
        issuer=spelled_issuer(_issuer_lines(letterhead)),
        issued=issued or _adopted(text),
        place=place,
        title=title_below(cells, kind_at[1]) if kind_at else _subject(letterhead),
        signer=signer.name,
        signer_title=signer.title,
        legal_bases=legal_bases(lines, end),
        is_ocr=bool(_SCAN.search(text)),
    )


def _head_end(lines: list[Line]) -> int:
    """The line of the first article or chapter, at most ``_LONGEST_HEAD``."""
    for index in range(min(len(lines), _LONGEST_HEAD)):
        heading = find_heading(lines, index)
        if heading is not None and heading.sure and heading.order == 1:
            return index
    return min(len(lines), _LONGEST_HEAD)


def _type_cell(cells: list[Cell]) -> tuple[int, int, str] | None:
    """Where the kind of document stands in capitals: its first cell, the cell after it, and its name.

    It stands below the national motto; rubrics of the Công báo ("VĂN BẢN HỢP NHẤT") stand above.
    """
    motto = next((index for index, cell in enumerate(cells[:_MOTTO_WITHIN]) if is_motto(cell.text)), None)
    first, end = (0, _TYPE_WITHOUT_MOTTO) if motto is None else (motto + 1, motto + 1 + _TYPE_WITHIN)
    for index in range(first, min(end, len(cells))):
        if cells[index].text.startswith(("Kính gửi", "Căn cứ")):
            break
        if (found := _type_at(cells, index)) is not None:
            return found
    return None


def _type_at(cells: list[Cell], index: int) -> tuple[int, int, str] | None:
    for size in (1, 2, 3):
        words = unwrap(" ".join(cell.text for cell in cells[index : index + size])).strip(" .:-_'")
        name = _TYPES.get(fold(words))
        if name and is_capitals(words):
            return index, index + size, name
    stray = _TYPE_AFTER_STRAY_MARKS.search(cells[index].text)
    return (index, index + 1, _TYPES[fold(stray["name"])]) if stray else None


def _letterhead(cells: list[Cell]) -> list[Cell]:
    """What stands above the text of a document that names no kind, such as a công văn."""
    end = next((i for i, cell in enumerate(cells) if cell.text.startswith(("Kính gửi", "Căn cứ"))), 0)
    return cells[:end]


def _authentication(lines: list[Line]) -> list[Cell]:
    """The block that closes a consolidation: who authenticates it, its number and date.

    The form: Pháp lệnh 01/2012/UBTVQH13, Điều 8, Điều 10.
    """
    at = next((index for index, line in enumerate(lines) if fold(line.text).startswith(_AUTHENTICATES)), None)
    if at is None:
        return []
    above = read_cells(lines, max(0, at - _AUTHENTICATION), at)
    letterhead = list(takewhile(lambda cell: is_capitals(cell.text) or _is_number_line(cell.text), reversed(above)))
    return [*reversed(letterhead), *read_cells(lines, at + 1, at + _AUTHENTICATION)]


def _is_number_line(text: str) -> bool:
    return _NUMBER.match(text) is not None or not any(map(str.isalpha, text))


def _number(letterhead: list[Cell]) -> tuple[str, str]:
    """The number after "Số:", and the kind where it is named there ("Luật số:")."""
    for index in range(len(letterhead)):
        match = _NUMBER.match(" ".join(cell.text for cell in letterhead[index : index + 2]))
        if match is None:
            continue
        number = parse_number(match["number"]) or next((found.number for found in find_numbers(match[0])), None)
        if number is not None and number.serial:
            return str(number), (match["type"] or "").capitalize()
    return "", ""


def _date(letterhead: list[Cell]) -> tuple[str, PartialDate | None]:
    """The place and date of issue, "Hà Nội, ngày … tháng … năm …"; a date without place only where it stands by itself."""
    texts = paragraphs(letterhead)
    dates = [match for text in texts if (match := _DATE.search(text)) is not None]
    dated = next((match for match in dates if match["place"]), None)
    dated = dated or next((match for match in dates if match.start() == 0), None)
    if dated is None:
        return "", None
    return _place(dated["place"] or ""), _partial_date(dated["year"].replace(" ", ""), dated["month"], dated["day"])


def _place(printed: str) -> str:
    """The name before the date, without what a scan shows before it on the line ("CP Hà Nội")."""
    words = printed.split()
    while words and (words[0].isupper() or not words[0][0].isupper()):
        words.pop(0)
    return " ".join(words)


def _partial_date(year: str, month: str, day: str) -> PartialDate | None:
    try:
        return PartialDate(int(year), int(month) if month.isdecimal() else 0, int(day) if day.isdecimal() else 0)
    except ValueError:
        return None


def _type(number: str, named: str, printed: str) -> str:
    """The kind: a consolidation prints that of the text it consolidates, so its number goes before."""
    by_number = type_of_number(number) if number else ""
    if by_number == "Văn bản hợp nhất":
        return by_number
    return printed or named or by_number


def _issuer_lines(letterhead: list[Cell]) -> list[str]:
    """The lines of the issuer's name: the last block in capitals before the number or the national title."""
    blocks: list[list[str]] = []
    rubric_goes_on = False
    for cell in letterhead:
        if _NUMBER.match(cell.text) or _DATE.search(cell.text) or (is_motto(cell.text) and blocks):
            break
        words = fold(cell.text)
        in_rubric = words.startswith(("van ban ", "cong bao")) or (rubric_goes_on and not cell.breaks)
        rubric_goes_on = in_rubric and words != _RUBRIC_OF_LAW
        if in_rubric or is_motto(cell.text) or not is_capitals(cell.text):
            continue
        if not blocks or (cell.breaks and not _LEVEL.match(cell.text)):
            blocks.append([])
        blocks[-1].append(cell.text)
    return _printed_once(blocks[-1]) if blocks else []


def _printed_once(lines: list[str]) -> list[str]:
    """The name below itself: the Công báo prints the issuer as a rubric right above the letterhead."""
    cuts = range(1, len(lines))
    return next((lines[cut:] for cut in cuts if fold(" ".join(lines[:cut])) == fold(" ".join(lines[cut:]))), lines)


def _subject(letterhead: list[Cell]) -> str:
    """The trích yếu of a công văn: "V/v …" under its number."""
    for index, cell in enumerate(letterhead):
        if fold(cell.text).startswith(("v/v", "ve viec")):
            words = [cell.text]
            for after in letterhead[index + 1 :]:
                if after.breaks or _DATE.search(after.text):
                    break
                words.append(after.text)
            return unwrap(" ".join(words))
    return ""


def _adopted(text: str) -> PartialDate | None:
    """The day a law was passed, which the law states at its end."""
    dates = list(_ADOPTED.finditer(text))
    return _partial_date(dates[-1]["year"], dates[-1]["month"], dates[-1]["day"]) if dates else None


def _signer(structure: Structure) -> Signer:
    for root in structure.roots:
        if root.kind is ProvisionKind.SIGNATURE:
            return find_signer(root.text)
    return Signer("", "")


def _continued_head(lines: list[Line]) -> Head | None:
    """The head of what goes on from another issue of the Công báo: the title that the issue repeats above its text."""
    at = next((index for index, line in enumerate(lines[:_CONTINUED_WITHIN]) if is_continued_from_issue(line.text)), 0)
    cells = read_cells(lines, 0, at)
    title = _CONTINUED_TITLE.search(" ".join(cell.text for cell in cells))
    number = parse_number(title["number"]) if title else None
    if title is None or number is None:
        return None
    issued = _partial_date(title["year"], title["month"], title["day"])
    issuer = spelled_issuer(_issuer_lines(cells))
    return Head(
        number=str(number), type=_TYPES[fold(title["type"])], issuer=issuer, issued=issued, title=title["title"].strip()
    )


def _codified_head(text: str, lines: list[Line]) -> Head | None:
    """The head of a text put together from the codification: its title line, and the note under its first article."""
    titles = list(_codified_titles(lines))
    note = _CODIFIED.search(text)
    if not titles or "[pháp điển:" not in text:
        return None
    kind, number, title = titles[0]
    if note is None or str(parse_number(note["number"])) != number:
        return Head(number=number, type=kind, title=title)
    issued = _partial_date(note["year"], note["month"], note["day"])
    return Head(number=number, type=kind, title=title, issuer=unwrap(note["issuer"]), issued=issued)


def _codified_titles(lines: list[Line]) -> Iterator[tuple[str, str, str]]:
    for line in lines[:6]:
        for found in find_numbers(line.text)[:1]:
            kind = line.text[: found.start].strip()
            if fold(kind) in _TYPES or not kind:
                yield _TYPES.get(fold(kind), ""), str(found.number), line.text[found.end :].strip()
