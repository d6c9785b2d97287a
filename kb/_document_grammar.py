"""Documents named in running text: by number, by name, or as "Luật này"."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kb._citation_units import either
from kb._issuers import issuer_at
from kb._law_names import LAW_TYPES, amending_end, begins_in_lower_case, name_after
from kb.model import DocumentReference, Identity, PartialDate
from kb.numbers import DOCUMENT_TYPES, DocumentNumber, NumberMatch, type_of_number
from kb.text import fold, unwrap

_REGULATIONS = ("Quy chế", "Quy định", "Điều lệ", "Nội quy", "Quy trình")  # issued with a decision, never by themselves
_NAMES = {fold(name): name for name, _ in DOCUMENT_TYPES} | {fold(name): name for name in _REGULATIONS}
_SHORT = {short: name for name, shorts in DOCUMENT_TYPES for short in shorts if name not in {"Công văn", "Dự án"}}
_CODES = {
    "BLHS": "Hình sự",
    "BLDS": "Dân sự",
    "BLLĐ": "Lao động",
    "BLTTHS": "Tố tụng hình sự",
    "BLTTDS": "Tố tụng dân sự",
}
_LONGEST_FIRST = sorted({name for name, _ in DOCUMENT_TYPES} | set(_REGULATIONS), key=lambda name: (-len(name), name))
TYPE_WORD = either(rf"(?P<type>{'|'.join(name.replace(' ', chr(92) + 's{1,3}') for name in _LONGEST_FIRST)})(?!\w)")
_SHORT_TYPE = re.compile(
    rf"(?P<short>{'|'.join(sorted(_SHORT, key=len, reverse=True))})(?=\s?(?:số\s)?\d)", re.IGNORECASE
)
_CODE_NAME = re.compile(rf"(?P<code>{'|'.join(_CODES)})(?!\w)")
_ITSELF = either(r"\s{1,12}này(?!\w)")
_BEFORE_NUMBER = either(  # sources print "Thông tư số liên tịch 02/…" and "Thông tư số Thông tư 01/…" too
    r"[\s,]{0,12}(?:số\s?:?\s{0,12}(?:(?P<joint>liên\s{1,3}tịch)\s{1,3}|(?:thông tư|nghị định|quyết định|tt)\s{1,3}(?:số\s{1,3})?)?)?"
    r"['’]?(?=\d)"
)
_UNNUMBERED = either(r"\s{1,12}(?:số\s{1,3})?không\s{1,3}số(?!\w)")
_DAY = either(
    r"\s{0,12},?\s{0,3}ngày\s{1,12}(?P<day>\d{1,2})(?:\s{1,3}tháng\s{1,12}|[/.-])(?P<month>\d{1,2})"
    r"(?:\s{1,3}năm\s{1,12}|[/.-])(?P<year>\d{4})(?!\d)"
)
_YEAR = either(r"\s{1,12}(?:năm\s{1,12})?(?P<year>(?:19[4-9]|20\d)\d)(?![\w/]|\s?[/%])")
_OF = either(r"\s{1,12}của\s{1,12}")
_CONSTITUTION = either(
    r"\s{1,12}nước\s{1,3}Cộng\s{1,3}hòa\s{1,3}xã\s{1,3}hội\s{1,3}chủ\s{1,3}nghĩa\s{1,3}Việt\s{1,3}Nam"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A document named from ``start`` to ``end``; ``itself`` for "Luật này", whose ``reference`` holds only the kind."""

    start: int
    end: int
    reference: DocumentReference
    itself: bool = False


@dataclass(frozen=True, slots=True)
class DocumentReader:
    """Reads documents at given places of one canonical text; ``numbers`` are those found in it, by where they start."""

    text: str
    plain: bool
    numbers: Mapping[int, NumberMatch]
    titles: Collection[str] | None = None

    def at(self, place: int, *, after_provision: bool = False) -> Named | None:
        """The document named exactly here, None if there is none.

        After a provision a name may be written small ("điều 5 luật căn cước"); elsewhere it then needs a year, a number
        or to be all of the text, since "luật" is also a plain word.
        """
        word = TYPE_WORD[self.plain].match(self.text, place)
        if word is None:
            return self._short_form(place)
        kind = _NAMES[fold(" ".join(word["type"].split()))]
        itself = _ITSELF[self.plain].match(self.text, word.end())
        if itself is not None:
            return Named(place, itself.end(), self._reference(place, itself.end(), kind), itself=True)
        if kind in _REGULATIONS:
            return None
        if kind == "Hiến pháp":
            return self._constitution(place, word)
        by_number = self._by_number(place, self._past_issuer(word.end())[1], kind, "")
        return by_number or self._by_name(place, word.end(), kind, after_provision=after_provision)

    def bare_number(self, place: int, kind: str = "") -> Named | None:
        """The number that starts exactly here, with what follows it; ``kind`` where the text before says it."""
        return self._numbered(place, self.numbers[place], kind, "") if place in self.numbers else None

    def _by_number(self, start: int, place: int, kind: str, title: str) -> Named | None:
        unnumbered = _UNNUMBERED[self.plain].match(self.text, place)
        if unnumbered is not None:
            identity = Identity(kind, str(DocumentNumber("")))
            reference = DocumentReference(identity, title, self._wording(start, unnumbered.end()))
            return Named(start, unnumbered.end(), reference)
        before = _BEFORE_NUMBER[self.plain].match(self.text, place)
        number = self.numbers.get(before.end()) if before else None
        if before is None or number is None:
            return None
        is_joint = before["joint"] and kind in {"Thông tư", "Nghị quyết"}
        return self._numbered(start, number, f"{kind} liên tịch" if is_joint else kind, title)

    def _numbered(self, start: int, match: NumberMatch, kind: str, title: str) -> Named:
        issued, issuer, end = self._issue(match.end)
        identity = Identity(kind or type_of_number(match.number), str(match.number), issuer, issued)
        return Named(start, end, DocumentReference(identity, title, self._wording(start, end)))

    def _issue(self, place: int) -> tuple[PartialDate | None, str, int]:
        """Day of issue and issuer, in either order, each at most once."""
        issued: PartialDate | None = None
        issuer = ""
        for _ in range(2):
            if issued is None:
                issued, place = self._day(place)
            if not issuer:
                issuer, place = self._past_issuer(place)
        return issued, issuer, place

    def _past_issuer(self, place: int) -> tuple[str, int]:
        of = _OF[self.plain].match(self.text, place)
        issuer, end = issuer_at(self.text, of.end()) if of else ("", place)
        return (issuer, end) if issuer else ("", place)

    def _day(self, place: int) -> tuple[PartialDate | None, int]:
        match = _DAY[self.plain].match(self.text, place)
        if match is None:
            return None, place
        try:
            return PartialDate(int(match["year"]), int(match["month"]), int(match["day"])), match.end()
        except ValueError:
            return None, place

    def _constitution(self, start: int, word: re.Match[str]) -> Named | None:
        if word["type"][0].islower() and not self.plain and word["type"] != self.text.strip():
            return None
        country = _CONSTITUTION[self.plain].match(self.text, word.end())
        place = country.end() if country else word.end()
        issued, end = self._year_or_day(place)
        return Named(start, end, self._reference(start, end, "Hiến pháp", issued, "Hiến pháp"))

    def _by_name(self, start: int, place: int, kind: str, *, after_provision: bool) -> Named | None:
        is_law = kind in LAW_TYPES and not self._makes_another_word(start, kind)
        name, end = self._name(place) if is_law else ("", place)
        if not name:
            return None
        title = f"{kind} {name}"
        numbered = self._by_number(start, end, kind, title)
        if numbered is not None:
            return numbered
        issued, stop = self._year_or_day(end)
        typed_small = self.text[start].islower() and begins_in_lower_case(self.text, place)
        is_whole = not self.text[:start].strip() and not self.text[stop:].strip(" .?!")
        if typed_small and not (after_provision or issued or is_whole):
            return None
        return Named(start, stop, self._reference(start, stop, kind, issued, title))

    def _name(self, place: int) -> tuple[str, int]:
        """The name and where it ends; that of an amending law holds the name of the law it amends."""
        amending = amending_end(self.text, place)
        if amending == place:
            return name_after(self.text, place, self.titles, plain=self.plain)
        inner = TYPE_WORD[self.plain].match(self.text, amending + 1)
        name, end = name_after(self.text, inner.end(), self.titles, plain=self.plain) if inner else ("", place)
        return (unwrap(self.text[place:end]), end) if name else ("", place)

    def _year_or_day(self, place: int) -> tuple[PartialDate | None, int]:
        year = _YEAR[self.plain].match(self.text, place)
        return (PartialDate(int(year["year"])), year.end()) if year else self._day(place)

    def _short_form(self, place: int) -> Named | None:
        """A kind or a law in short: "NĐ 59/2022", "BLHS 2015"."""
        short = _SHORT_TYPE.match(self.text, place)
        if short is not None:
            kind = _SHORT_OF_FOLDED[fold(short["short"])]
            return self._by_number(place, short.end(), kind, "")
        code = _CODE_NAME.match(self.text, place)
        if code is None:
            return None
        issued, end = self._year_or_day(code.end())
        return Named(place, end, self._reference(place, end, "Bộ luật", issued, f"Bộ luật {_CODES[code['code']]}"))

    def _makes_another_word(self, place: int, kind: str) -> bool:
        before = self.text[max(0, place - 8) : place].split()
        return kind == "Luật" and bool(before) and before[-1].lower() in _OTHER_LAWS

    def _reference(
        self, start: int, end: int, kind: str, issued: PartialDate | None = None, title: str = ""
    ) -> DocumentReference:
        return DocumentReference(Identity(kind, "", issued=issued), title, self._wording(start, end))

    def _wording(self, start: int, end: int) -> str:
        return unwrap(self.text[start:end])


_SHORT_OF_FOLDED = {fold(short): name for short, name in reversed(_SHORT.items())}
_OTHER_LAWS = frozenset({"pháp", "quy", "kỷ", "định", "án", "phap", "trọng", "chủ", "thảo"})
