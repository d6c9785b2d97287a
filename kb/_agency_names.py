"""How texts name agencies: full names, abbreviations, heads of agencies, lists, and groups ("các bộ, cơ quan ngang bộ")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from kb.model import Agency, AgencyLevel
from kb.text import canonical, fold


class Group(StrEnum):
    """A group of agencies that texts name together."""

    MINISTRIES = "ministries"
    MINISTERIAL = "ministerial"  # cơ quan ngang bộ
    GOVERNMENTAL = "governmental"  # cơ quan thuộc Chính phủ
    PROVINCES = "provinces"
    TOWNS = "towns"  # thành phố trực thuộc trung ương
    RURAL_PROVINCES = "rural_provinces"  # tỉnh
    DISTRICTS = "districts"
    COMMUNES = "communes"
    ALL_LEVELS = "all_levels"  # ủy ban nhân dân các cấp
    OTHER = "other"  # sở, ban: whose is not said


@dataclass(frozen=True, slots=True)
class Named:
    """A name of the register at (start, end) of a canonical text, and the slugs of those who bear it."""

    start: int
    end: int
    slugs: tuple[str, ...]


class Names:
    """All spellings of the agencies' names."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self._slugs: dict[str, dict[str, None]] = {}
        self._codes: dict[str, dict[str, None]] = {}
        for agency in agencies:
            for spelling in _spellings(agency):
                table = self._codes if spelling.isupper() or " " not in spelling else self._slugs
                table.setdefault(_key(spelling) if table is self._slugs else spelling, {})[agency.slug] = None
        self._pattern = _pattern(self._slugs, self._codes)

    def find(self, text: str) -> Iterator[Named]:
        """The names in a canonical text, the longest at each place, none overlapping another."""
        for match in self._pattern.finditer(text):
            if found := self._of(match):
                yield Named(match.start(), match.end(), found)

    def exactly(self, text: str) -> tuple[str, ...]:
        """The slugs of those whose name this is, whatever its case and accents; without accents it may be several."""
        whole = canonical(text).strip()
        if len(found := list(self.find(whole))) == 1 and (found[0].start, found[0].end) == (0, len(whole)):
            return found[0].slugs
        wanted = fold(whole)
        return tuple(
            dict.fromkeys(
                slug
                for table in (self._slugs, self._codes)
                for name, slugs in table.items()
                if fold(name) == wanted
                for slug in slugs
            )
        )

    def containing(self, text: str) -> tuple[str, ...]:
        """The slugs of those whose name holds these words."""
        wanted = f" {fold(canonical(text)).strip()} "
        return tuple(
            dict.fromkeys(slug for name, slugs in self._slugs.items() if wanted in f" {fold(name)} " for slug in slugs)
        )

    def _of(self, match: re.Match[str]) -> tuple[str, ...]:
        if code := match["letters"]:
            return tuple(self._codes.get("B" + re.sub(r"[^\w]", "", code), ()))
        if code := match["code"]:
            return tuple(self._codes[code])
        return tuple(self._slugs[_key(match["name"])])


def _spellings(agency: Agency) -> Iterator[str]:
    for printed in (agency.name, *agency.abbreviations):
        spelling = canonical(printed)
        yield spelling
        if spelling.startswith("Bộ "):
            yield "Bộ trưởng " + spelling.removeprefix("Bộ ")
        elif spelling.endswith(_OF_THE_COUNTRY):
            yield spelling.removesuffix(_OF_THE_COUNTRY)
        elif " " not in spelling:
            yield spelling + _OF_THE_COUNTRY
        elif agency.level is AgencyLevel.PROVINCE:
            yield _TOWN.sub("TP. ", spelling)
            yield _TOWN.sub("TP", spelling)
            yield _PROVINCE.sub("", spelling)


_OF_THE_COUNTRY = " Việt Nam"
_TOWN = re.compile("(?i)thành phố ")
_PROVINCE = re.compile("(?i)^(?:(?:ủy ban nhân dân|ubnd) )?(?:tỉnh|thành phố|tp[. ]*) ")


def _key(spelling: str) -> str:
    return re.sub(r"\W+", " ", spelling.lower()).strip()


def _pattern(names: Iterable[str], codes: Iterable[str]) -> re.Pattern[str]:
    """Words of a name may stand apart by any signs: "Lao động – Thương binh và Xã hội", "TP.HCM"."""
    spelled = "|".join(r"[\s,.\-]+".join(map(re.escape, name.split())) for name in sorted(names, key=len, reverse=True))
    short = "|".join(map(re.escape, sorted(codes, key=len, reverse=True)))
    return re.compile(
        rf"(?<![\w/-])(?:(?P<name>(?i:{spelled}))|(?P<code>{short})|Bộ\s+(?P<letters>[A-ZĐ]+(?:\s?[&,-]\s?[A-ZĐ]+)*))(?![\w/-])"
    )


_HEAD = re.compile(
    r"(?i)^(?:(?:và|cùng|với|phối hợp|chủ trì|đồng chí|tập thể|lãnh đạo|bộ trưởng|thứ trưởng|chủ nhiệm|tổng|thống đốc|chủ tịch|"
    r"phó|chánh án|viện trưởng|thủ trưởng|người đứng đầu|thành ủy|tỉnh ủy|hđnd|hội đồng nhân dân|giám đốc|các|ông|bà|"
    r"ủy ban nhân dân|ubnd|tỉnh|thành phố|trực thuộc trung ương)[\s,:-]*)*$"
)
_NOT_THE_COMMITTEE = re.compile(r"(?i)thành ủy|tỉnh ủy|hđnd|hội đồng nhân dân|giám đốc")
_AFTER = re.compile(r"(?i)^\s*(?:$|[()\[:.–-]|chủ trì|phối hợp|làm|là|cũ|trước đây|và các đơn vị)")


def is_head_of(before: str, after: str, *, own_units: bool) -> bool:
    """Whether a name with these words around it stands for the agency: alone, under its head, or as a unit's own ministry."""
    if not _AFTER.match(after):
        return False
    if _HEAD.match(before.strip()):
        return not _NOT_THE_COMMITTEE.search(before)
    return own_units


_OPENS = (
    r"các|tất cả|toàn thể|bộ|ngành|cơ quan|đơn vị|địa phương|tỉnh|thành phố|tp|cấp|ubnd|ủy ban|hđnd|hội đồng|sở|ban|văn phòng|"
    r"viện|tổng|cục|vụ|trung tâm|ngân hàng|tập đoàn|bảo hiểm|tòa|công ty|công an|đài|thông tấn|học viện|trường|hội|hiệp hội|"
    r"doanh nghiệp|tổ chức|thủ trưởng|bộ trưởng|chủ tịch|chính phủ|thanh tra|kiểm toán|quận|huyện|thị xã|xã|phường|thị trấn|"
    r"đặc khu|mặt trận|liên đoàn|đoàn|thành ủy|tỉnh ủy|đảng ủy|thành viên|tổ công tác|bí thư|giám đốc|chánh văn phòng|"
    r"liên minh|đồng chí"
)
_SEPARATOR = re.compile(
    rf"\s*(?:[;\n\u2022+]|,(?=\s*(?:{_OPENS})\b)|\s(?:và|cùng|với)\s(?=\s*(?:{_OPENS})\b))\s*", re.IGNORECASE
)


def pieces(text: str, names: Iterable[Named]) -> list[tuple[int, int]]:
    """The (start, end) of the items of a list; no name of the register and nothing in brackets is cut."""
    kept = [(name.start, name.end) for name in names] + [match.span() for match in re.finditer(r"\([^()]*\)", text)]
    cuts = [match.span() for match in _SEPARATOR.finditer(text) if not _lies_in(match.start(), match.end(), kept)]
    cuts += [(sign.start(), start) for start, _ in kept if (sign := _LIST_SIGN.search(text[:start]))]
    edges = sorted({(0, 0), *cuts, (len(text), len(text))})
    found = [(before[1], after[0]) for before, after in pairwise(edges)]
    return [(start, end) for start, end in found if text[start:end].strip(" ,;.")]


def _lies_in(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in spans)


_LIST_SIGN = re.compile(
    r"(?i)(?:\s*[,/]|\s(?:và|cùng|với))\s*$"
)  # before a name it parts items, whatever the name opens with


_GROUP_HEAD = re.compile(
    r"^(?:(?:và|cùng|với|các|tất cả|toàn thể|từng|mỗi|những|thủ trưởng|người đứng đầu|chủ tịch|lãnh đạo|đồng chí|\d+)\s+)*"
)
_COMMITTEE = re.compile(r"^(?:ủy ban nhân dân|ubnd)\s+(?:các\s+(?!cấp)|\d+\s+)*")
_GROUPS = (
    (re.compile(r"bộ trưởng(?: các)? bộ|bộ trưởng|bộ"), Group.MINISTRIES),
    (re.compile(r"(?:cơ quan )?ngang bộ"), Group.MINISTERIAL),
    (re.compile(r"cơ quan (?:thuộc|trực thuộc) chính phủ|thuộc chính phủ"), Group.GOVERNMENTAL),
    (
        re.compile(r"(?:sở |ban )?ngành (?:tỉnh|thành phố|cấp tỉnh|cấp huyện)|(?:sở|ban) ngành|sở|ban(?! quản lý)"),
        Group.OTHER,
    ),
    (re.compile(r"ngành(?: trung ương)?"), Group.MINISTERIAL),
    (re.compile(r"địa phương|cấp tỉnh|tỉnh thành"), Group.PROVINCES),
    (re.compile(r"thành phố(?: trực thuộc trung ương)?"), Group.TOWNS),
    (re.compile(r"tỉnh(?: trực thuộc trung ương)?"), Group.RURAL_PROVINCES),
    (re.compile(r"cấp huyện|huyện|quận|thị xã"), Group.DISTRICTS),
    (re.compile(r"cấp xã|xã|phường|thị trấn|đặc khu"), Group.COMMUNES),
    (re.compile(r"cơ quan|đơn vị|doanh nghiệp|tổ chức"), Group.OTHER),
)
_NARROWS = re.compile(
    r"(?:khác|có|liên quan|trong|nêu|thuộc|được|theo|ở|tại|trọng điểm|ven|chưa|đã|còn|nói|trên|này|quản lý|chủ|\()\b|\("
)
_ONE_UNIT = frozenset({Group.DISTRICTS, Group.COMMUNES})


_OPENS_A_GROUP = re.compile(r"(?i)(?:các|tất cả|toàn thể|những)\s")


def opens_group(piece: str) -> bool:
    """Whether an item opens a group of its own ("các địa phương"), so that what narrows it narrows nothing before it."""
    return bool(_OPENS_A_GROUP.match(piece))


def group_of(piece: str) -> tuple[Group, str] | None:
    """The group that an item names and the words that narrow it ("khác có liên quan"); None where it names none.

    >>> group_of("Ủy ban nhân dân các tỉnh"), group_of("địa phương có đảo")
    ((<Group.RURAL_PROVINCES: 'rural_provinces'>, ''), (<Group.PROVINCES: 'provinces'>, 'có đảo'))
    """
    words = _GROUP_HEAD.sub("", " ".join(piece.lower().split()).strip(" .,:"))
    bare = _COMMITTEE.sub("", words)
    if bare == "các cấp":
        return Group.ALL_LEVELS, ""
    for pattern, group in _GROUPS:
        if (match := pattern.match(bare)) and not bare[match.end() :][:1].isalnum():
            rest = bare[match.end() :].strip(" .,:")
            if not rest or _NARROWS.match(rest):
                return group, rest
            return (group, "") if group in _ONE_UNIT and bare != words else None
    return None
