"""Citations: found in running text, written out, and read back; one grammar both ways.

``find_citations`` reads canonical text from left to right: at each word that may begin a citation the units (điểm, khoản,
điều …) are read as one chain, then the document they belong to. What a citation leaves unsaid comes from the context, the
place where the text itself stands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from kb._citation_units import Item, UnitReader, either, places
from kb._document_grammar import TYPE_WORD, DocumentReader, Named
from kb._provision_path import ProvisionPath, label_slug, parse_path
from kb.model import DocumentReference
from kb.numbers import DOCUMENT_TYPES, numbers_in_canonical
from kb.text import canonical_mapped

__all__ = [
    "Citation",
    "Context",
    "ProvisionPath",
    "as_json",
    "find_citations",
    "format_citation",
    "format_reference",
    "label_slug",
    "parse_citation",
    "parse_path",
    "parse_provision",
]


@dataclass(frozen=True, slots=True)
class Context:
    """Where a text stands: its document and, if known, its place in it; "Điều này" and "Luật này" point there."""

    document: DocumentReference | None = None
    path: ProvisionPath = field(default_factory=ProvisionPath)


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation: ``text == source[start:end]``.

    ``kind`` is ``provision`` where provisions are named, ``document`` where only a document is, ``self`` for what says
    "này". ``document`` is None and ``resolved`` False where neither text nor context tells; ``resolved`` also asks that
    every provision has its whole place, from the điều (or phụ lục, chương …) down.
    """

    text: str
    start: int
    end: int
    kind: str
    document: DocumentReference | None
    provisions: tuple[ProvisionPath, ...] = ()
    resolved: bool = False


def find_citations(text: str, context: Context | None = None, titles: Collection[str] | None = None) -> list[Citation]:
    """Every citation in a text, in order, without overlap.

    ``titles`` is a gazetteer of names of laws, longest match first; a frozenset is prepared only once. Never raises.

    >>> [found] = find_citations("theo điểm c khoản 1 Điều 15 Luật Căn cước năm 2023.")
    >>> found.text, found.provisions[0].path, found.document.title
    ('điểm c khoản 1 Điều 15 Luật Căn cước năm 2023', 'dieu-15.khoan-1.diem-c', 'Luật Căn cước')
    """
    mapped = canonical_mapped(text)
    finder = _Finder.of(mapped.text, context or Context(), titles)
    found = []
    for citation in finder.citations():
        start, end = mapped.span(citation.start, citation.end)
        found.append(replace(citation, text=text[start:end], start=start, end=end))
    return found


def parse_citation(text: str, context: Context | None = None, titles: Collection[str] | None = None) -> Citation | None:
    """The one citation that the whole text is, None if it is anything else."""
    found = find_citations(text.strip(), context, titles)
    return found[0] if len(found) == 1 and found[0].text == text.strip() else None


def parse_provision(text: str) -> ProvisionPath | None:
    """Read one provision, as wording ("điểm c khoản 1 Điều 5a") or as address (``dieu-5a.khoan-1.diem-c``).

    >>> parse_provision("khoản 1 Điều 5a").path, parse_provision("dieu-5.khoan-1.diem-dd").label
    ('dieu-5a.khoan-1', 'điểm đ khoản 1 Điều 5')
    """
    address = parse_path(text.strip())
    if address is not None:
        return address
    citation = parse_citation(text)
    if citation is None or citation.document is not None or len(citation.provisions) != 1:
        return None
    return citation.provisions[0]


def format_citation(provisions: Iterable[ProvisionPath], document: DocumentReference | None = None) -> str:
    """The wording of a citation that reads back to the same: "khoản 1 Điều 5 và Điều 6 Luật Căn cước năm 2023".

    The provisions must all begin at the same level, as a citation's do.
    """
    places_said = " và ".join(provision.label for provision in provisions)
    return " ".join(part for part in (places_said, format_reference(document) if document else "") if part)


def format_reference(document: DocumentReference) -> str:
    """The wording that names a document: by number with day and issuer, or by title and year; '' if it has neither."""
    identity = document.identity
    if not identity.number:
        when = f" {_when(document)}" if identity.issued else ""
        return f"{document.title}{when}" if document.title else ""
    named = document.title if document.title.startswith(f"{identity.type} ") else identity.type
    numbered = f"{named} số {identity.number}" if named else identity.number
    dated = f" {_when(document)}" if identity.issued and identity.issued.day else ""
    return f"{numbered}{dated}{f' của {identity.issuer}' if identity.issuer else ''}"


def _when(document: DocumentReference) -> str:
    issued = document.identity.issued
    assert issued is not None
    if not issued.day:
        return f"năm {issued.year}"
    return f"ngày {issued.day:02d} tháng {issued.month:02d} năm {issued.year}"


def as_json(citation: Citation) -> dict[str, object]:
    """The citation as the command line prints it; ``provision`` is a list of addresses, None where none is named."""
    return {
        "text": citation.text,
        "start": citation.start,
        "end": citation.end,
        "kind": citation.kind,
        "document": _document_json(citation.document),
        "provision": [provision.path for provision in citation.provisions] or None,
        "resolved": citation.resolved,
    }


def _document_json(document: DocumentReference | None) -> dict[str, object] | None:
    if document is None:
        return None
    identity = document.identity
    return {
        "type": identity.type,
        "number": identity.number,
        "title": document.title,
        "issuer": identity.issuer,
        "issued": str(identity.issued) if identity.issued else None,
    }


# What may begin a citation, in lower case; beginning with plain letters, so that the search leaps from one to the next.
_UNITS = "tiểu mục|phụ lục|điểm|khoản|điều|mục|chương|phần"
_NAMED_TYPES = "bộ luật|luật|pháp lệnh|hiến pháp|blhs|blds|bllđ|bltths|blttds"
_NUMBERED_TYPES = "|".join(name.lower() for name, _ in DOCUMENT_TYPES) + "|quy chế|điều lệ|nội quy|quy trình"
_SHORT_TYPES = "|".join(short.lower() for _, shorts in DOCUMENT_TYPES for short in shorts)
_ANCHOR = either(
    rf"(?:{_UNITS})\s+(?=này|từ\s|số\s|thứ\s|\d|[a-zđ](?!\w)|[ivxl]+[a-z]?(?!\w)|[a-zđ]{{1,2}}\d)"
    rf"|(?:từ|các|những)\s+(?=(?:{_UNITS})\s)"
    rf"|(?:{_NAMED_TYPES})(?!\w)|(?:{_NUMBERED_TYPES})\s+(?=này|số|của|\d|['’])"
    rf"|(?:{_SHORT_TYPES})\s?(?=\d|số\s)|[đk]\.?\s?(?=\d)",
    re.NOFLAG,
)
_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_TO_DOCUMENT = either(
    r"\s{0,12}(?:,\s{1,12})?(?:(?:của|thuộc)\s{1,12}|(?:được\s{1,3})?(?:ban\s{1,3}hành\s{1,12})?kèm\s{1,3}theo\s{1,12})?"
)
_FOREIGN = re.compile(
    r"(?:Quy chế|Quy định|Điều lệ|Nội quy|Quy trình|Hiệp định|Công ước|Hiệp ước|Nghị định thư)(?!\s+này)\s"
)
_NEXT_NUMBER = either(r"\s{0,12}(?:[,;]\s{0,12})?(?:(?:và|hoặc)\s{1,12})?(?:số\s{1,12})?")
_HEADING = re.compile(r"[ \t]{0,12}[.:](?=[ \t]{0,12}\S)|[ \t]{0,12}[.:]?[ \t]{0,12}\n")
_LINE_START = re.compile(r"(?:\A|\n)[ \t“\"']{0,12}\Z")


@dataclass(frozen=True, slots=True)
class _Finder:
    text: str
    plain: bool
    context: Context
    units: UnitReader
    documents: DocumentReader

    @classmethod
    def of(cls, text: str, context: Context, titles: Collection[str] | None) -> _Finder:
        plain = _ACCENTED.search(text) is None
        numbers = {match.start: match for match in numbers_in_canonical(text)}
        return cls(text, plain, context, UnitReader(text, plain), DocumentReader(text, plain, numbers, titles))

    def citations(self) -> Iterator[Citation]:
        """Each place that may begin a citation is tried once, and those within a citation not at all."""
        place = 0
        for start in self._beginnings():
            if start < place:
                continue
            for citation in self._at(start):
                yield citation
                place = citation.end

    def _beginnings(self) -> list[int]:
        lower = self.text.lower()
        if len(lower) != len(self.text):  # "İ" becomes two letters
            lower = "".join(letter.lower()[0] for letter in self.text)
        anchors = {match.start() for match in _ANCHOR[self.plain].finditer(lower)}
        words = {start for start in anchors if not start or not (lower[start - 1].isalnum() or lower[start - 1] == "_")}
        return sorted(words.union(self.documents.numbers))

    def _at(self, place: int) -> Iterable[Citation]:
        items = self.units.chain(place)
        if items:
            return [] if self._is_heading(items) else [self._provisions(place, items)]
        named = self.documents.at(place) or self.documents.bare_number(place)
        return [] if named is None else self._list_of_documents(named)

    def _is_heading(self, items: tuple[Item, ...]) -> bool:
        """Whether this is no citation but the heading itself: "Điều 5. Phạm vi" at the beginning of a line."""
        first, last = items[0], items[-1]
        if len(items) > 1 or first.itself or len(first.labels) > 1 or first.level in {"clause", "point"}:
            return False
        opens = _LINE_START.search(self.text, max(0, first.start - 14), first.start) is not None
        return opens and _HEADING.match(self.text, last.end) is not None

    def _provisions(self, start: int, items: tuple[Item, ...]) -> Citation:
        end = items[-1].end
        named = None if items[-1].itself else self._document_after(end)
        said_itself = any(item.itself for item in items)
        belongs_here = named is None or named.itself
        here = self.context.path if belongs_here else None
        found = places(items, here)
        document = self._document(named) if named else (None if self._is_foreign(end) else self.context.document)
        whole = bool(found) and all(place.is_rooted for place in found)
        stop = named.end if named else end
        return Citation(
            self.text[start:stop],
            start,
            stop,
            "self" if said_itself else "provision",
            document,
            found,
            bool(document) and whole,
        )

    def _document_after(self, place: int) -> Named | None:
        link = _TO_DOCUMENT[self.plain].match(self.text, place)
        if link is None or link.end() == place:
            return None
        return self.documents.at(link.end(), after_provision=True) or self.documents.bare_number(link.end())

    def _is_foreign(self, place: int) -> bool:
        """Whether the provision belongs to something that is named here without being a document by itself."""
        link = _TO_DOCUMENT[self.plain].match(self.text, place)
        after = link.end() if link else place
        return _FOREIGN.match(self.text, after) is not None or TYPE_WORD[self.plain].match(self.text, after) is not None

    def _document(self, named: Named) -> DocumentReference | None:
        """What a name stands for; "Nghị định này" only where the context is of that kind, in full or in short."""
        if not named.itself:
            return named.reference
        here, kind = self.context.document, named.reference.identity.type
        known = here.identity.type if here else ""
        is_its_kind = kind in _ATTACHED or known.startswith(kind) or known.endswith(kind.lower())
        return here if not known or is_its_kind else None

    def _list_of_documents(self, named: Named) -> Iterator[Citation]:
        """A document and the bare numbers listed after it, which are of its kind."""
        current: Named | None = named
        while current is not None:
            document = self._document(current)
            kind = "self" if current.itself else "document"
            text = self.text[current.start : current.end]
            yield Citation(text, current.start, current.end, kind, document, (), document is not None)
            link = _NEXT_NUMBER[self.plain].match(self.text, current.end)
            kind_said = current.reference.identity.type
            current = self.documents.bare_number(link.end(), kind_said) if link and link[0].strip() else None


_ATTACHED = frozenset({"Quy chế", "Quy định", "Điều lệ", "Nội quy", "Quy trình"})
