"""What an instruction acts on: provisions, forms and documents named in one sentence of an amending act.

A sentence names its targets right behind the verb, and other documents after them: in the title of the target, as what amended
it before, as what its new wording refers to. Which mention is a target is told by the words in between.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpus.parse.amendments.statements import QUOTE, Statement
from kb.citation import ProvisionPath, find_citations, label_slug
from kb.model import DocumentReference, ProvisionKind

_LEVELS = ("annex", "part", "chapter", "section", "subsection", "article", "clause", "point")


@dataclass(frozen=True, slots=True)
class Target:
    """One thing acted on: ``place`` in ``document``, empty for the document as a whole.

    ``form`` is the label of a biểu mẫu, in the annex of ``place`` if one is named; ``part`` is what of it alone is meant: its
    name ("tên"), or something without an address of its own ("một phần").
    """

    document: DocumentReference | None
    place: ProvisionPath = field(default_factory=ProvisionPath)
    form: str = ""
    part: str = ""

    @property
    def path(self) -> str:
        """Its address in the document, as the structure parser gives it: ``dieu-5.khoan-1``, ``phu-luc-1.mau-5``."""
        form = f"mau-{re.sub('[^0-9a-z]+', '-', label_slug(self.form)).strip('-')}" if self.form else ""
        return ".".join(step for step in (self.place.path, form) if step)

    @property
    def is_whole(self) -> bool:
        """Whether all of the document is meant."""
        return not (self.path or self.part)


@dataclass(frozen=True, slots=True)
class Mention:
    """Something named at ``start`` to ``end`` of a statement: places or forms, or a document alone, or both."""

    start: int
    end: int
    document: DocumentReference | None
    places: tuple[ProvisionPath, ...] = ()
    forms: tuple[str, ...] = ()
    itself: bool = False
    name_only: bool = False

    @property
    def is_document(self) -> bool:
        """Whether it names a document and nothing in it."""
        return self.document is not None and not self.places and not self.forms


@dataclass(frozen=True, slots=True)
class Home:
    """What the text around has said already: the document that is amended, and the place in it."""

    document: DocumentReference | None = None
    place: ProvisionPath = field(default_factory=ProvisionPath)


@dataclass(frozen=True, slots=True)
class Mentions:
    """All that one statement names, in order."""

    statement: Statement
    all: tuple[Mention, ...]

    @classmethod
    def of(cls, statement: Statement) -> Mentions:
        """Find them; never raises."""
        forms = list(_forms(statement))
        cited = [one for one in _cited(statement) if not (one.is_document and _meets(one, forms))]
        forms = [one for one in forms if not _meets(one, cited)]
        names = [one for one in _names(statement) if not _meets(one, cited)]
        return cls(statement, tuple(sorted((*cited, *forms, *names), key=lambda mention: mention.start)))

    def between(self, start: int, end: int) -> list[Mention]:
        """Those that begin in ``start`` to ``end``."""
        starts = [mention.start for mention in self.all]
        return list(self.all[bisect_left(starts, start) : bisect_left(starts, end)])


def chosen(mentions: Mentions, start: int, end: int, *, loose: bool = False) -> list[Mention]:
    """The mentions in ``start`` to ``end`` that are targets, with the document they belong to as far as the span tells.

    ``loose`` lets other words stand before the first, where it is clear that the sentence is an instruction: "Bãi bỏ số thứ tự 15 tại …".
    """
    choice = _Choice(mentions.statement.folded, start, loose)
    for mention in mentions.between(start, end):
        if choice.is_short_name(mention):
            choice.place = mention.end
        elif mention.itself or not choice.goes_past(mention):
            break
    return choice.kept


@dataclass(slots=True)
class _Choice:
    """The mentions kept so far; ``place`` is where the last one read ends.

    ``history`` tells that the last one read amended the target before; ``title`` that it stands in the title of the target:
    "law" where all read of the title are laws by their names, else "number".
    """

    folded: str
    place: int
    loose: bool
    kept: list[Mention] = field(default_factory=list)
    history: bool = False
    title: str = ""

    def is_short_name(self, mention: Mention) -> bool:
        """Whether a mention only names the target again: "(sau đây gọi là Nghị định số …)", "(Nghị định số …)"."""
        return bool(self.kept) and _IN_BRACKETS.search(self.folded, self.place, mention.start) is not None

    def goes_past(self, mention: Mention) -> bool:
        """Keep a mention or leave it out; False where no target can follow."""
        gap, self.place = self.folded[self.place : mention.start], mention.end
        self.history = _HISTORY.search(gap) is not None or (self.history and _AFTER_HISTORY.search(gap) is None)
        if self.history:
            return True
        if owned := _owned(self.kept, mention, gap):
            self.kept, self.title = owned, ""
            return True
        if self._is_next(mention, gap):
            self.kept.append(mention)
            self.title = ""
            return True
        self.title = "law" if self.title != "number" and _is_law(mention) else "number"
        return bool(self.kept) and self.kept[-1].document is not None

    def _is_next(self, mention: Mention, gap: str) -> bool:
        if not self.kept:
            return _is_filler(gap) or (self.loose and len(gap) <= _LONGEST_LEAD and _PART_OF.search(gap) is not None)
        if self.kept[-1].document is None:
            return _is_filler(gap)
        is_numbered = mention.document is not None and not _is_law(mention)
        if self.title:  # which ends with it if it is of laws by their names: "sửa đổi Luật … và Nghị định số …"
            return self.title == "law" and is_numbered and _LIST_END.search(gap) is not None
        return _is_list(gap) or (is_numbered and _LIST_END.search(gap) is not None)


def _is_law(mention: Mention) -> bool:
    return mention.document is None or not mention.document.identity.number


def targets_of(mentions: list[Mention], home: Home) -> list[Target]:
    """The targets that chosen mentions name; what they leave unsaid comes from each other and from ``home``."""
    root = next((place for mention in mentions for place in mention.places if place.is_rooted), home.place)
    base = home.place if home.place.is_rooted else root
    found = [target for mention in mentions for target in _targets(mention, base, home)]
    return list(dict.fromkeys(found))


def completed(place: ProvisionPath, base: ProvisionPath) -> ProvisionPath:
    """``place`` with the wider levels that it leaves unsaid taken from ``base``: "khoản 3a" in "Điều 9", "Mục 2a" in "Chương III"."""
    if place.article or place.annex or not place.steps:
        return place
    widest = _LEVELS.index(place.steps[0][0])
    return replace(place, **{level: getattr(base, level) for level in _LEVELS[:widest]})


def _meets(mention: Mention, others: list[Mention]) -> bool:
    return any(mention.start < other.end and other.start < mention.end for other in others)


def _targets(mention: Mention, base: ProvisionPath, home: Home) -> Iterator[Target]:
    document = mention.document or home.document
    part = "tên" if mention.name_only else ""
    if mention.forms:
        for form in mention.forms:
            yield Target(document, mention.places[0] if mention.places else ProvisionPath(), form, part)
    elif mention.places:
        for index, place in enumerate(mention.places):
            yield Target(document, completed(place, base), "", "" if index else part)
    else:
        yield Target(document, ProvisionPath(), "", part)


def shared_place(places: list[ProvisionPath]) -> ProvisionPath:
    """The narrowest place that holds all of them."""
    labels: dict[str, str] = {}
    for level in _LEVELS:
        found = {getattr(place, level) for place in places}
        if len(found) > 1:
            break
        labels[level] = found.pop() if found else ""
    return ProvisionPath(**labels)


def _owned(kept: list[Mention], mention: Mention, gap: str) -> list[Mention]:
    """The kept mentions with the document or annex that this mention gives them, empty where it gives none.

    "Mẫu số 05 Phụ lục I", "Chương II và Mẫu số 01 của Thông tư số …", "Biểu mức thu … ban hành kèm theo Thông tư số …".
    """
    if not kept or kept[-1].is_document:
        return []
    linked = _OWNER.fullmatch(gap) is not None or _ISSUED_WITH.search(gap) is not None
    if not linked:
        return []
    is_annex = len(mention.places) == 1 and mention.places[0].path.startswith(f"{ProvisionKind.ANNEX.slug}-")
    if is_annex and kept[-1].forms and not kept[-1].places:
        return [*kept[:-1], replace(kept[-1], places=mention.places, document=mention.document)]
    if mention.is_document and kept[-1].document is None:
        return [one if one.document else replace(one, document=mention.document) for one in kept]
    return []


def _cited(statement: Statement) -> Iterator[Mention]:
    for citation in find_citations(statement.text):
        itself = citation.kind == "self" or citation.text.endswith("này")
        name = _NAME_OF.search(statement.folded, max(0, citation.start - 12), citation.start) is not None
        yield Mention(citation.start, citation.end, citation.document, citation.provisions, (), itself, name)


_FORM_LABEL = r"(?=[0-9A-ZĐa-zđ./-]{0,8}\d)[0-9A-ZĐ][0-9A-Za-zđĐ]{0,5}(?:[-./](?!\s)[0-9A-Za-zđĐ]{1,8}){0,3}"
_FORM = re.compile(
    rf"(?<!\w)(?:[Bb]iểu\s)?[Mm]ẫu\s(?:(?:số|biểu|đơn)\s)?(?P<labels>{_FORM_LABEL}(?:(?:\s?[,;]\s?|\s(?:và|hoặc)\s|\s?[,;]\s(?:và|hoặc)\s)"
    rf"(?:(?:[Bb]iểu\s)?[Mm]ẫu\s)?(?:số\s)?{_FORM_LABEL})*)(?!\w)"
)
_ONE_LABEL = re.compile(rf"(?<![\w/.-]){_FORM_LABEL}")
_KINDS = r"(?:luat|bo luat|phap lenh|nghi quyet|nghi dinh|quyet dinh|thong tu|chi thi)"
_NAME = re.compile(rf"\bten\s(?:goi\s)?(?:cua\s)?{_KINDS}(?:\slien tich)?\b(?!\sso\b)(?!\s\d)")
_NAME_OF = re.compile(r"\b(?:ten|tieu de|ten goi)\s(?:cua\s)?\Z")


def _forms(statement: Statement) -> Iterator[Mention]:
    for match in _FORM.finditer(statement.text):
        labels = tuple(label.rstrip("./-") for label in _ONE_LABEL.findall(match["labels"]))
        yield Mention(match.start(), match.end(), None, (), labels)


def _names(statement: Statement) -> Iterator[Mention]:
    for match in _NAME.finditer(statement.folded):
        yield Mention(match.start(), match.end(), None, name_only=True)


# Words that may stand between a verb and its target, or between two targets.
_FILLER = frozenset(
    re.findall(
        r"\w+",
        "cac nhung mot so toan bo phan noi dung quy dinh dieu khoan diem chuong muc tieu tai cua thuoc ten goi de doan mo cau"
        " dau cuoi thu nhat hai ba tu nam sau bay tam chin muoi gach dong cum ca vao van ban phap luat quy pham day nhu va hoac"
        " doi voi cung trong tren mau bieu phu luc kem theo ban hanh hieu luc thi hanh bang thanh danh cot hang o truoc lien ngay"
        " tiep giua lai stt tt ke gom thong lien tich lich nghi quyet",
    )
)
_WORDS = re.compile(rf"[^\W_]+|{QUOTE}")
_LIST = re.compile(r"[\s,;]*(?:(?:va|hoac|cung)\s)?[\s,;]*(?:(?:tai|cua|cac|so|ten|noi dung|quy dinh tai)\s)*")
_LIST_END = re.compile(r"(?:[,;]|\bva|\bcung)\s*(?:(?:tai|cac|so)\s)*\Z")
_OWNER = re.compile(
    r"[\s,]*(?:(?:cua|thuoc|tai|trong|o)\s)?(?:(?:cac|phan|noi dung)\s)*(?:(?:thong tu|nghi dinh|quyet dinh|nghi quyet|luat)(?:\slien\s\w+)?\s)?(?:so\s)?"
)
_ISSUED_WITH = re.compile(r"\bkem\stheo\s*\Z")
_HISTORY = re.compile(
    r"\b(?:duoc|bi|da)\s(?:sua doi|bo sung|thay the|bai bo|dinh chinh|hop nhat)\b[^;:.]{0,80}?\b(?:tai|boi|theo|bang|cua)\s*(?:cac\s)?\Z"
)
_AFTER_HISTORY = re.compile(rf"(?:{QUOTE}|;)")
_LONGEST_LEAD = 160
_IN_BRACKETS = re.compile(r"\((?:sau day[^()]{0,40})?\Z")
_PART_OF = re.compile(  # something within the target, named before it: "danh mục … ban hành kèm theo", "số thứ tự 15 tại"
    rf"\b(?:noi dung|quy dinh|danh muc|bieu|bang|phu luc|mau|so thu tu|thu tuc|quy trinh|cum tu|{QUOTE}|doan|diem|tiet|cot|dong|muc|ten)"
    r"\b.*\b(?:tai|theo|cua|thuoc|trong)\s(?:cac\s|so\s)*\Z"
)


def _is_filler(gap: str) -> bool:
    return all(word in _FILLER or word == QUOTE or word.isdigit() for word in _WORDS.findall(gap))


def _is_list(gap: str) -> bool:
    return _LIST.fullmatch(gap) is not None
