"""When two descriptions are of one document.

Identity is (type, number, issuer, date of issue), and sources leave parts out or print them wrong. The rules, in order:

* The numbers must be the same number (``kb.numbers.number_key``), the types must not contradict each other (a Bộ luật
  may be called Luật: both count in one series). 24/2008/QH12 is a Luật and a Nghị quyết: two documents.
* Dates must not contradict each other. Only where the number is *settled* (it holds the year or the term, and its suffix
  names a central agency: ``59/2022/NĐ-CP``, ``1187/NQ-UBTVQH14``) may they differ within one year: such a number is given
  out once, so that another day is a misprint, to be kept beside the first.
* Issuers must not contradict each other, unless the suffix of the number already names a central agency: then another
  wording is only another name. The two 01/2026/NQ-HĐND, of Huế and of Đồng Nai, stay two.
* Without a number ("Không số") the titles must be the same; where one is unknown, and for a Hiến pháp, the dates must be.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from kb.model import Identity, PartialDate
from kb.numbers import AGENCIES, DOCUMENT_TYPES, number_key, parse_number
from kb.text import fold, unwrap

CONSTITUTION = "Hiến pháp"
_TITLE_KEY_LENGTH = 200
_CENTRAL_NAMES = (
    "Bộ ",
    "Chính phủ",
    "Chủ tịch nước",
    "Hội đồng Bộ trưởng",
    "Hội đồng Chính phủ",
    "Hội đồng Thẩm phán",
    "Kiểm toán nhà nước",
    "Ngân hàng Nhà nước",
    "Quốc hội",
    "Thanh tra Chính phủ",
    "Thủ tướng Chính phủ",
    "Tòa án nhân dân tối cao",
    "Viện kiểm sát nhân dân tối cao",
    "Văn phòng Chính phủ",
    "Văn phòng Chủ tịch nước",
    "Văn phòng Quốc hội",
    "Ủy ban Dân tộc",
    "Ủy ban Thường vụ Quốc hội",
)
_CENTRAL = frozenset(fold(short) for short, name in AGENCIES.items() if name.startswith(_CENTRAL_NAMES))
_MINISTRY = re.compile(r"b(?!ch|cd|dv|hxh|ql|tg$|tv)[a-z&]{2,}")  # not ban chấp hành, chỉ đạo, dân vận, quản lý …
_LOCAL = frozenset({"hdnd", "ubnd"})
_TYPES = {fold(name): name for name, _ in DOCUMENT_TYPES}
_TERM = re.compile(r"qh\d+$")
_KEY = re.compile(r"(?P<serial>[^/]+)(?:/(?P<year>\d{4}))?(?:/(?P<suffix>.+))?")


@lru_cache(maxsize=65_536)
def lookup_key(number: str) -> str:
    """The key a number is looked up by; empty for a document without one ("Không số")."""
    key = number_key(number)
    return "" if key in {"khong-so", "khongso"} else key


def serial_and_year(key: str) -> tuple[str, int | None]:
    """The serial and the year of a lookup key.

    >>> serial_and_year("59/2022/nd-cp"), serial_and_year("6/qd-ttg")
    (('59', 2022), ('6', None))
    """
    match = _KEY.fullmatch(key)
    return (match["serial"], int(match["year"]) if match["year"] else None) if match else (key, None)


@lru_cache(maxsize=65_536)
def is_local(key: str) -> bool:
    """Whether people's councils or committees give the number out: every province has one of its own.

    >>> is_local("1/2026/nq-hdnd"), is_local("6/qd-ttg")
    (True, False)
    """
    return not _LOCAL.isdisjoint(_agencies(key))


@lru_cache(maxsize=65_536)
def is_central(key: str) -> bool:
    """Whether the suffix names an agency of which there is only one."""
    agencies = _agencies(key)
    return _LOCAL.isdisjoint(agencies) and any(part in _CENTRAL or _MINISTRY.fullmatch(part) for part in agencies)


@lru_cache(maxsize=65_536)
def is_settled(key: str) -> bool:
    """Whether the number is given out once: it holds the year or the term, and names a central agency.

    >>> is_settled("59/2022/nd-cp"), is_settled("1187/nq-ubtvqh14"), is_settled("6/qd-ttg")
    (True, True, False)
    """
    return is_central(key) and (serial_and_year(key)[1] is not None or _TERM.search(key) is not None)


@lru_cache(maxsize=8192)
def title_key(title: str, type_name: str = "") -> str:
    """What titles are compared by: folded, without punctuation and without the type in front.

    >>> title_key("Luật Căn cước", "Luật") == title_key("Căn cước.")
    True
    """
    words = re.findall(r"\w+", fold(unwrap(title)))
    kind = fold(type_name).split()
    if kind and words[: len(kind)] == kind and len(words) > len(kind):
        words = words[len(kind) :]
    return " ".join(words)[:_TITLE_KEY_LENGTH]


@lru_cache(maxsize=65_536)
def canonical_identity(identity: Identity) -> Identity:
    """The identity with its type and number as the law writes them; "Không số" is no number."""
    parsed = parse_number(identity.number)
    number = str(parsed) if parsed else unwrap(identity.number)
    kind = unwrap(identity.type)
    return Identity(
        type=_TYPES.get(fold(kind), kind),
        number=number if lookup_key(number) else "",
        issuer=unwrap(identity.issuer).rstrip(" .,;"),
        issued=identity.issued,
    )


def cited_identity(identity: Identity) -> Identity:
    """The canonical identity of a citation, without a date that its own number refutes.

    A settled number holds the year of issue; another year beside it in running text is that of something else, such as an
    amendment named in the same breath.
    """
    canonical = canonical_identity(identity)
    key = lookup_key(canonical.number)
    year = serial_and_year(key)[1]
    if canonical.issued and year and is_settled(key) and canonical.issued.year != year:
        return replace(canonical, issued=None)
    return canonical


def is_complete(identity: Identity) -> bool:
    """Whether all four parts are known, the date to the day."""
    return bool(identity.type and identity.number and identity.issuer and identity.issued and identity.issued.day)


def agree(one: Identity, other: Identity, one_title: str = "", other_title: str = "") -> bool:
    """Whether both may be of one document, by the rules above; titles are keys (``title_key``)."""
    key = lookup_key(one.number)
    if key != lookup_key(other.number) or not _same(_type_key(one.type), _type_key(other.type)):
        return False
    if not key:
        return _agree_without_number(one, other, one_title, other_title)
    if not _dates_agree(one.issued, other.issued, settled=is_settled(key)):
        return False
    return is_central(key) or _issuers_agree(one.issuer, other.issuer)


def may_be_called(identity: Identity, named: Identity) -> bool:
    """Whether a document may be the one that a text calls by title, with the type and the year stated beside it."""
    same_type = _same(_type_key(identity.type), _type_key(named.type))
    return same_type and _dates_agree(identity.issued, named.issued, settled=False)


def equal(one: Identity, other: Identity) -> bool:
    """Whether both state all parts, and the same."""
    return is_complete(one) and is_complete(other) and one.issued == other.issued and agree(one, other)


def _agencies(key: str) -> set[str]:
    match = _KEY.fullmatch(key)
    suffix = (match["suffix"] or "") if match else ""
    return {part.rstrip("0123456789") for part in re.split(r"[-/]", suffix)}


def _agree_without_number(one: Identity, other: Identity, one_title: str, other_title: str) -> bool:
    if one_title and other_title and not one.type == other.type == CONSTITUTION:
        return one_title == other_title and _dates_agree(one.issued, other.issued, settled=False)
    known = bool(one.type and one.type == other.type and one.issued and other.issued)
    return known and _dates_agree(one.issued, other.issued, settled=False)


def _type_key(name: str) -> str:
    folded = fold(name)
    return "luat" if folded == "bo luat" else folded


def _same(one: str, other: str) -> bool:
    return not one or not other or one == other


def _dates_agree(one: PartialDate | None, other: PartialDate | None, *, settled: bool) -> bool:
    if one is None or other is None:
        return True
    return one.year == other.year if settled else one.agrees_with(other)


def _issuers_agree(one: str, other: str) -> bool:
    """Whether one name begins like the other: "Ngân hàng Nhà nước" and "Ngân hàng Nhà nước Việt Nam"."""
    mine, theirs = _issuer_key(one), _issuer_key(other)
    return not mine or not theirs or mine.startswith(theirs) or theirs.startswith(mine)


@lru_cache(maxsize=4096)
def _issuer_key(name: str) -> str:
    return "".join(re.findall(r"\w+", fold(name)))
