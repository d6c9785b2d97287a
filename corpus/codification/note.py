"""The note under a heading of the codification: which article of which document it is, since when, and who amended it.

Grammar, read from all 57,748 notes of the package of November 2025::

    note      = "(" provisions? reference effect? extent? ["," acts ("bởi" | "theo quy định tại") amender {";" amender}] ")"
    amender   = provisions? reference effect?
    reference = type "số"? number? title? ["ngày" day "của" issuer]
    effect    = "có hiệu lực thi hành kể từ ngày" day
    extent    = "có hiệu lực thi hành đến ngày" day

Title, day of issue and issuer stand only in the first note of a document. The acts are listed once for all amenders of a
note, so each amender carries all of them: the source does not say which did which.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kb.citation import find_citations
from kb.model import RelationKind

DOCUMENT_TYPES = (
    "Hiến pháp",
    "Bộ luật",
    "Luật",
    "Pháp lệnh",
    "Sắc lệnh",
    "Lệnh",
    "Nghị quyết liên tịch",
    "Nghị quyết",
    "Nghị định",
    "Thông tư liên tịch",
    "Thông tư",
    "Quyết định",
    "Chỉ thị",
)
_TYPE = "|".join(DOCUMENT_TYPES)
_DAY = r"(\d{1,2})\s?(?:/|tháng)\s?(\d{1,2})\s?(?:/|năm)\s?(\d{4})"
_FROM = re.compile(rf",?\s*có hiệu lực(?: thi hành)?(?: kể)?(?: từ)? ngày {_DAY}", re.IGNORECASE)
_UNTIL = re.compile(rf"có hiệ[uc] lực(?: thi hành)? đến(?: hết)? ngày {_DAY}", re.IGNORECASE)
_BY = re.compile(r"\b(?:bởi|theo quy định tại)\s", re.IGNORECASE)
_REFERENCE = re.compile(rf"(?P<provisions>.*?)\b(?P<type>{_TYPE})\b(?P<rest>.*)", re.IGNORECASE)
_JOINT = re.compile(r"\s*số liên tịch\b", re.IGNORECASE)  # "Thông tư số liên tịch 02/2002/TTLT/…"
_BEFORE_NUMBER = re.compile(rf"(?:\s|không số\b|số\b|TT\b|'|(?:{_TYPE})\b(?=.{{0,5}}\d))*", re.IGNORECASE)
_NUMBER = re.compile(r"\d+\w*(?:\.\d+)?(?:\s(?=[A-ZĐ]+/[A-ZĐ]))?[\w&]*(?:\s?[-\u2013/]\s?(?=[\w&])[\w&]+)*")
_NAME_FIRST = re.compile(
    r"(?P<title>.{1,200}?)\s+số\s+(?P<number>\d+/\d{4}/[\w-]+)"
)  # "Luật Phí và lệ phí số 97/2015/QH13"
_AFTER_NUMBER = re.compile(r"[\s.,;]*(?:\(\d+\))?[\s.,;]*")
_ISSUE_LAST = re.compile(r"(?P<title>.*)\sngày (\d{1,2})/(\d{1,2})/(\d{4}) của (?P<issuer>.*)")
_VERB = r"\s(?:quy định|hướng dẫn|về|ban hành|sửa đổi|bổ sung|bãi bỏ|phê duyệt|công bố|thay thế)\b"
_TITLE_VERB = re.compile(_VERB, re.IGNORECASE)
_ISSUE_FIRST = re.compile(rf"ngày {_DAY} của (?P<issuer>.*?)(?P<title>{_VERB}.*)", re.IGNORECASE)
_ISSUE_ALONE = re.compile(rf"ngày {_DAY} của (?P<issuer>.*)")

_ACTS = (
    ("sửa đổi", RelationKind.AMENDS),
    ("bổ sung", RelationKind.SUPPLEMENTS),
    ("thay thế", RelationKind.REPLACES),
    ("bãi bỏ", RelationKind.REPEALS),
    ("hủy bỏ", RelationKind.REPEALS),
    ("huỷ bỏ", RelationKind.REPEALS),
    ("hết hiệu lực", RelationKind.REPEALS),
    ("ngưng hiệu lực", RelationKind.SUSPENDS),
    ("đình chỉ", RelationKind.SUSPENDS),
    ("đính chính", RelationKind.CORRECTS),
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A document as a note names it, with the provisions meant; what the note does not say is empty or None.

    ``provisions`` are paths (``dieu-5``, ``dieu-1.khoan-2``); ``number`` is as printed, without blanks.
    """

    provisions: tuple[str, ...]
    type: str
    number: str
    title: str = ""
    issued: date | None = None
    issuer: str = ""
    effective: date | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """What an amending document did; ``kinds`` is empty where the note names the document and not the act."""

    kinds: tuple[RelationKind, ...]
    wording: str
    by: Reference


@dataclass(frozen=True, slots=True)
class Note:
    """A note understood; ``source`` is None and ``remainder`` the text where it could not be.

    ``expires`` is the last day the article holds, if stated. ``remainder`` holds the pieces that were not understood.
    """

    source: Reference | None
    expires: date | None = None
    amendments: tuple[Amendment, ...] = ()
    remainder: str = ""


def parse_note(text: str) -> Note:
    """Read a note; never raises, and what is not understood comes back in ``remainder``.

    >>> note = parse_note("(Điều 5a Thông tư số 34 /2019/TT-BGTVT, có hiệu lực thi hành kể từ ngày 01/11/2019)")
    >>> note.source.provisions, note.source.number, note.source.effective.isoformat()
    (('dieu-5a',), '34/2019/TT-BGTVT', '2019-11-01')
    """
    body = " ".join(unicodedata.normalize("NFC", text).split()).strip("() ")
    head, effective, tail = _split_effect(body)
    source = _parse_reference(head, effective)
    if source is None:
        return Note(None, remainder=body)
    expires, tail = _take_expiry(tail)
    amendments, remainder = _parse_amendments(tail)
    return Note(source, expires, amendments, remainder)


def _split_effect(text: str) -> tuple[str, date | None, str]:
    """What stands before the first effect, its day, and what stands after; before the acts where no effect is stated."""
    if match := _FROM.search(text):
        return text[: match.start()], _day(match), text[match.end() :]
    cut = text.find(", có nội dung ")
    return (text[:cut], None, text[cut:]) if cut > 0 else (text, None, "")


def _day(match: re.Match[str]) -> date | None:
    day, month, year = (int(part) for part in match.groups() if part and part.isdecimal())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _parse_reference(text: str, effective: date | None) -> Reference | None:
    match = _REFERENCE.match(text.strip(" .,;("))
    if match is None:
        return None
    kind, rest = match["type"].capitalize(), match["rest"]
    if joint := _JOINT.match(rest):
        kind, rest = f"{kind} liên tịch", rest[joint.end() :]
    number, rest = _take_number(rest)
    if not number and (named := _NAME_FIRST.fullmatch(rest)):
        number, rest = named["number"], named["title"]
    if not number and (not rest or rest.startswith("này")):
        return None
    title, issued, issuer = _parse_issue(rest)
    return Reference(provision_paths(match["provisions"]), kind, number, title, issued, issuer, effective)


def _take_number(text: str) -> tuple[str, str]:
    before = _BEFORE_NUMBER.match(text)
    start = before.end() if before else 0
    match = _NUMBER.match(text, start)
    if match is None:
        return "", text[start:].strip(" .,;")
    after = _AFTER_NUMBER.match(text, match.end())
    return re.sub(r"\s?([-/])\s?", r"\1", match[0]), text[after.end() if after else match.end() :].strip(" ,;")


def _parse_issue(text: str) -> tuple[str, date | None, str]:
    """Title, day of issue and issuer, whichever comes first.

    A day after which another title begins belongs to a document that the title itself names.
    """
    match = _ISSUE_FIRST.fullmatch(text) or _ISSUE_ALONE.fullmatch(text) or _ISSUE_LAST.fullmatch(text)
    if match is None or (match.re is _ISSUE_LAST and _TITLE_VERB.search(match["issuer"])):
        return text, None, ""
    return match.groupdict().get("title", "").strip(), _day(match), match["issuer"].strip(" ,.")


@lru_cache(maxsize=4096)  # a package has some 700 different ones in 57,000 notes
def provision_paths(text: str) -> tuple[str, ...]:
    """The paths of "khoản 1, khoản 2 Điều 6, Điều 7": ``dieu-6.khoan-1``, ``dieu-6.khoan-2``, ``dieu-7``."""
    paths = (place.path for citation in find_citations(text) for place in citation.provisions if place.is_rooted)
    return tuple(dict.fromkeys(paths))


def _take_expiry(text: str) -> tuple[date | None, str]:
    match = _UNTIL.search(text)
    return (_day(match), text[: match.start()] + text[match.end() :]) if match else (None, text)


def _parse_amendments(text: str) -> tuple[tuple[Amendment, ...], str]:
    amendments: list[Amendment] = []
    left: list[str] = []
    wording = ""
    for item in text.split(";"):
        acts, by, rest = _split_acts(item)
        wording = acts if by else wording
        head, effective, tail = _split_effect(rest)
        reference = _parse_reference(head, effective) if amendments or by else None
        if reference is None:
            left.append(item)
            continue
        amendments.append(Amendment(_kinds(wording), wording, reference))
        left.append(tail)
    return tuple(amendments), "; ".join(piece for piece in (part.strip(" .,;()") for part in left) if piece)


def _split_acts(item: str) -> tuple[str, bool, str]:
    match = _BY.search(item)
    return (item[: match.start()].strip(" ,.("), True, item[match.end() :]) if match else ("", False, item)


def _kinds(wording: str) -> tuple[RelationKind, ...]:
    """The acts in the order of the wording, each once."""
    lower = wording.lower()
    found = sorted((lower.find(word), kind) for word, kind in _ACTS if word in lower)
    return tuple(dict.fromkeys(kind for _, kind in found))
