"""Procedures' pages of the national portal, collected on 20 July 2026: names and the numbers of their legal bases.

The portal's tables were flattened when they were collected, so that titles and numbers are glued together.
"""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import NamedTuple

from kb.numbers import AGENCIES, parse_number

# A number may follow a year without a blank ("năm 202072/2020/QH14") and run into the next title ("TT-BTCQuy"): only the
# known agencies, the longest first, tell where it ends.
_AGENCY = "|".join(sorted(map(re.escape, AGENCIES), key=len, reverse=True))
_NUMBER = re.compile(
    rf"""(?P<series>(?<!\d)\d{{1,2}}\.)?(?P<serial>\d{{1,8}})/(?P<year>(?:19|20)\d\d)/(?P<suffix>
        (?:PL-)?(?:UBTV)?QH\d\d |
        (?:TTLT|TT|NĐ|NQ|QĐ|CT)(?:\s?[-/]\s?(?:{_AGENCY}))+
    )""",
    re.VERBOSE,
)
_GLUED_YEAR = re.compile(r"(?:19|20)\d\d(?=\d{1,4}\Z)")
_LONGEST_SERIAL = 4
_IN_SERIES = "NQ-CP"  # resolutions of the Government in a series: 66.7/2025/NQ-CP


class Page(NamedTuple):
    """What is taken from a procedure's page: its address, the name it shows, the numbers of its legal bases."""

    address: str
    name: str
    legal_bases: tuple[str, ...]


def procedure_pages(folder: Path) -> dict[str, Page]:
    """The collected pages by the procedure's code."""
    with gzip.open(folder / "procedures" / "procedures.jsonl.gz", "rt", encoding="utf-8") as file:
        return {
            page["ma_thu_tuc"]: Page(
                page["detail_url"], " ".join(page["ten_thu_tuc"].split()), numbers_of(page["can_cu_phap_ly"])
            )
            for page in map(json.loads, file)
        }


def numbers_of(cell: str) -> tuple[str, ...]:
    """The document numbers of a cell in the order they stand, each once.

    >>> numbers_of("Luật Khiếu nại năm 201102/2011/QH13Thông tư 26/2025/TT-BTCQuy định")
    ('02/2011/QH13', '26/2025/TT-BTC')
    >>> numbers_of("Quy định dựa trên dữ liệu66.7/2025/NQ-CP")
    ('66.7/2025/NQ-CP',)
    """
    found = (_number(match) for match in _NUMBER.finditer(cell))
    return tuple(dict.fromkeys(number for number in found if number))


def _number(match: re.Match[str]) -> str:
    serial = match["serial"]
    if len(serial) > _LONGEST_SERIAL:
        serial = _GLUED_YEAR.sub("", serial)
    series = (match["series"] or "") if match["suffix"] == _IN_SERIES else ""
    number = parse_number(f"{series}{serial}/{match['year']}/{match['suffix']}")
    return str(number) if number and len(serial) <= _LONGEST_SERIAL else ""
