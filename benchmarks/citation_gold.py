"""The citation grammar against the source notes of the official codification.

    python benchmarks/citation_gold.py PACKAGE.zip CSV_FOLDER

Every article of the package has a note that names the article and the document it comes from, and those that amended it,
with links that say independently which document (ItemID) and which article is meant. CSV_FOLDER holds facts read from the
same package by another parser (``phapdien_documents.csv``, ``phapdien_amendments.csv``). The report goes to the screen and
to ``docs/citation.md``.
"""

from __future__ import annotations

import csv
import html
import re
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus.codification.note import parse_note
from kb.citation import Citation, find_citations
from kb.numbers import number_key
from kb.text import canonical

REPORT = Path(__file__).parents[1] / "docs" / "citation.md"
_ARTICLE = re.compile(r"<p class='pDieu'>(.*?)</p>\s*<p class='pGhiChu'>(.*?)</p>", re.DOTALL)
_LINK = re.compile(r"<a [^>]*?ItemID=(?P<item>\d+)(?:#(?:\w*_)?Dieu_(?P<article>[^\W_]+))?[^>]*>")
_TAG = re.compile(r"<[^>]+>")
_CODE = re.compile(r"Điều ([\w.]+?)\.(?:\s|$)")
_ACTED = re.compile(r"\b(?:bởi|theo\s+quy\s+định\s+tại)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a note: where it stands in the note's text, and the document and article it points to."""

    start: int
    end: int
    item: str
    article: str


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A note with the code of its article."""

    code: str
    text: str
    links: tuple[Link, ...]


@dataclass(slots=True)
class Tally:
    """What was expected, found and right, and what was not, by kind."""

    name: str
    absent: int = 0
    expected: int = 0
    found: int = 0
    right: int = 0
    differences: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def differ(self, kind: str, case: str) -> None:
        """Keep a case that was not right, with why."""
        self.differences[kind].append(case)

    @property
    def at_fault(self) -> int:
        """How many cases the note itself shows to be wrong in the facts or in the link."""
        return sum(
            len(cases) for kind, cases in self.differences.items() if kind.startswith(("the facts ", "the link "))
        )

    @property
    def row(self) -> str:
        """The line of the table."""
        counts = (self.absent, self.expected, self.found, self.right, self.at_fault)
        shares = ((self.right, self.found), (self.right, self.expected), (self.right, self.expected - self.at_fault))
        cells = [self.name, *(f"{count:,}" for count in counts), *(_share(*share) for share in shares)]
        return f"| {' | '.join(cells)} |"


def main(package: str, facts: str) -> None:
    """Measure, print and write the report."""
    documents = {row["item_id"]: row for row in _rows(Path(facts) / "phapdien_documents.csv")}
    notes = list(read_notes(package))
    citations = [find_citations(note.text) for note in notes]
    source, amending = Tally("source: type, number, article"), Tally("amending: type, number, article")
    named = measure_links(notes, citations, documents, source, amending)
    tallies = [
        source,
        amending,
        measure_documents(named, documents),
        *measure_amendments(notes, citations, _rows(Path(facts) / "phapdien_amendments.csv")),
    ]
    report = write_report(len(notes), sum(map(len, citations)), tallies)
    print(report)
    REPORT.write_text(report, encoding="utf-8")


def read_notes(package: str) -> Iterator[SourceNote]:
    """Every note of the package, as text with its links."""
    with zipfile.ZipFile(package) as archive:
        for name in sorted(archive.namelist()):
            if name.startswith("demuc/"):
                page = archive.read(name).decode("utf-8-sig")
                yield from (read_note(*found) for found in _ARTICLE.findall(page))


def read_note(heading: str, note: str) -> SourceNote:
    """The note without its markup; links keep their place."""
    code = _CODE.search(html.unescape(_TAG.sub("", heading)) + " ")
    text, links, place, opened = "", [], 0, None
    for tag in _TAG.finditer(note):
        start, text = len(text), text + html.unescape(note[place : tag.start()])
        place = tag.end()
        if tag[0] == "</a>" and opened:
            links.append(Link(start, len(text), opened["item"], opened["article"] or ""))
        opened = _LINK.match(tag[0])
    return SourceNote(code[1] if code else "", text + html.unescape(note[place:]), tuple(links))


Documents = dict[str, dict[str, str]]
Named = dict[str, Counter[tuple[str, str, str]]]  # for an ItemID: (type, number, the words of the note at the link)


def measure_links(
    notes: list[SourceNote], citations: list[list[Citation]], documents: Documents, source: Tally, amending: Tally
) -> Named:
    """Compare what each link points to with the citation that stands there; give what was found for each ItemID."""
    named: Named = defaultdict(Counter)
    for note, found in zip(notes, citations, strict=True):
        for order, link in enumerate(note.links):
            is_source = order == 0 and not _ACTED.search(note.text[: link.start])
            tally = source if is_source else amending
            there = next((one for one in found if one.start < link.end and link.start < one.end), None)
            if there is not None and there.document is not None:
                identity = there.document.identity
                named[link.item][identity.type, identity.number, _clause(note, link)] += 1
            _compare_link(tally, note, link, there, documents.get(link.item))
    return named


def _compare_link(
    tally: Tally, note: SourceNote, link: Link, there: Citation | None, row: dict[str, str] | None
) -> None:
    tally.expected += 1
    if there is None or there.document is None:
        tally.differ("no document is named at the link", f"Điều {note.code}")
        return
    tally.found += 1
    identity = there.document.identity
    case = f"Điều {note.code}: {identity.type} {identity.number}"
    if row is None:
        tally.differ("the linked document is not in the facts", f"{case}, ItemID {link.item}")
    elif number_key(identity.number) != number_key(row["number"]):
        kind = _number_difference(_clause(note, link), identity.number, row["number"])
        tally.differ(kind, f"{case}, facts {row['number'] or 'without number'}")
    elif identity.type != row["type"]:
        tally.differ(_type_difference(_clause(note, link)), f"{case}, facts {row['type']}")
    elif link.article and link.article.lower() not in {provision.article for provision in there.provisions}:
        tally.differ(
            _article_difference(note.text[link.start : link.end], link.article), f"{case}, link Điều {link.article}"
        )
    else:
        tally.right += 1


def _clause(note: SourceNote, link: Link) -> str:
    """What the note says of the linked document: from the link to the semicolon that ends it."""
    return note.text[link.start :].partition(";")[0]


# Whether the facts are at fault is told from the printed words alone, not from what the grammar made of them.


def _prints(words: str, number: str) -> bool:
    """Whether a number stands whole in the words, whatever blanks and signs are between its parts."""
    parts = [re.escape(part.lstrip("0")) for part in re.findall(r"[^\W_]+", number)]
    return (
        re.search(rf"\b0*{'[^A-Za-z0-9;,]{0,4}'.join(parts)}(?![\w&]|\s?[-/]\s?\w)", words, re.IGNORECASE) is not None
    )


def _number_difference(words: str, found: str, other: str) -> str:
    words = canonical(words)
    if not found:
        return "the note prints no number"
    if not _prints(words, found):
        return "the grammar read another number than is printed"
    if not other.strip():
        return "the facts have no number where the note prints one"
    if _prints(words, other):
        return "the note prints both numbers"
    cut = number_key(found).startswith(number_key(other)) or not other[-1].isalnum()
    return "the facts cut the number short" if cut else "the link points to another document than the note names"


def _type_difference(words: str) -> str:
    joint = "liên tịch" in canonical(words).lower()
    return "the facts have a joint circular as Thông tư" if joint else "another type"


def _article_difference(linked: str, article: str) -> str:
    named = re.findall(r"điều\s+(\w+)", canonical(linked).lower())
    if not named:
        return "the note names no article"
    return "another article" if article.lower() in named else "the link points to another article than its words name"


def measure_documents(named: Named, documents: Documents) -> Tally:
    """Compare every row of the documents' table with what the notes say of its ItemID."""
    tally = Tally("phapdien_documents.csv: type, number")
    for item, row in documents.items():
        if item not in named:
            tally.absent += 1
            continue
        case = f"ItemID {item}: facts {row['type']} {row['number'] or 'without number'}"
        tally.expected += 1
        tally.found += 1
        (kind, number, words), _ = named[item].most_common(1)[0]
        if (row["type"], number_key(row["number"])) == (kind, number_key(number)):
            tally.right += 1
        elif number_key(row["number"]) != number_key(number):
            tally.differ(_number_difference(words, number, row["number"]), f"{case}, notes {kind} {number}")
        else:
            tally.differ(_type_difference(words), f"{case}, notes {kind}")
    return tally


def measure_amendments(
    notes: list[SourceNote], citations: list[list[Citation]], rows: Iterable[dict[str, str]]
) -> tuple[Tally, Tally]:
    """Look for every row of the amendments' table in its note: the amending provision, and its day of effect."""
    cited, dated = Tally("phapdien_amendments.csv: by_type, by_number, by_article"), Tally("… by_effective_date")
    by_code: dict[str, list[int]] = defaultdict(list)
    for index, note in enumerate(notes):
        by_code[note.code].append(index)
    for row in rows:
        if row["code"] not in by_code:
            cited.absent, dated.absent = cited.absent + 1, dated.absent + 1
            continue
        held = [(notes[index], citations[index]) for index in by_code[row["code"]]]
        mine = [pair for pair in held if pair[1] and _is_of(pair[1][0], row)]
        _compare_citation(cited, row, mine)
        _compare_day(dated, row, mine)
    return cited, dated


def _is_of(source: Citation, row: dict[str, str]) -> bool:
    """Codes are not unique within the package: the note must be that of the row's own document."""
    if source.document is None:
        return False
    mine, theirs = number_key(source.document.identity.number), number_key(row["src_number"])
    return mine == theirs or mine.startswith(theirs)


def _compare_citation(tally: Tally, row: dict[str, str], held: list[tuple[SourceNote, list[Citation]]]) -> None:
    tally.expected += 1
    acting = [
        citation
        for note, found in held
        for citation in found
        if citation.document is not None and (act := _ACTED.search(note.text)) and citation.start >= act.end()
    ]
    alike = [one for one in acting if one.document and _same_number(one.document.identity.number, row["by_number"])]
    case = f"Điều {row['code']}: facts {row['by_article']} {row['by_type']} {row['by_number']}"
    if not alike:
        words = "; ".join(note.text for note, _ in held)
        tally.differ(_missing_act(words, acting, row["by_number"]), f"{case}, note {_wordings(acting)}")
        return
    tally.found += 1
    if not any(one.document and one.document.identity.type == row["by_type"] for one in alike):
        tally.differ(_type_difference(alike[0].text), case)
    elif not any(_articles(one) == _stated(row) for one in alike):
        tally.differ("another article", f"{case}, note {_wordings(alike)}")
    else:
        tally.right += 1


def _missing_act(words: str, acting: list[Citation], number: str) -> str:
    if not acting and not _ACTED.search(words):
        return "the facts take a document named in the title of the source for one that amends it"
    return _cut_or_missing(words, acting, number)


def _cut_or_missing(words: str, acting: list[Citation], number: str) -> str:
    numbers = [citation.document.identity.number for citation in acting if citation.document]
    cut = [found for found in numbers if number.strip() and number_key(found).startswith(number_key(number))]
    return _number_difference(words, (cut or numbers or [""])[0], number)


def _same_number(mine: str, theirs: str) -> bool:
    return number_key(mine) == number_key(theirs)


def _articles(citation: Citation) -> set[str]:
    return {provision.path for provision in citation.provisions}


def _stated(row: dict[str, str]) -> set[str]:
    words = f"{row['by_article']} {row['by_type']} số {row['by_number']}"
    return {provision.path for citation in find_citations(words) for provision in citation.provisions}


def _wordings(citations: list[Citation]) -> str:
    return "; ".join(canonical(citation.text) for citation in citations)[:160] or "none"


def _compare_day(tally: Tally, row: dict[str, str], held: list[tuple[SourceNote, list[Citation]]]) -> None:
    tally.expected += 1
    amenders = [amendment.by for note, _ in held for amendment in parse_note(note.text).amendments]
    alike = [by for by in amenders if _same_number(by.number, row["by_number"])] or (
        amenders if len(amenders) == 1 else []
    )
    case = f"Điều {row['code']}: facts {row['by_number']} of {row['by_effective_date'] or 'no day'}"
    if not alike:
        fault = not row["by_number"].strip() or not row["by_number"][-1].isalnum()
        named = any(_ACTED.search(note.text) for note, _ in held)
        kinds = {True: "the facts have no whole number", False: "the amending document was not read from the note"}
        title = "the facts take a document named in the title of the source for one that amends it"
        tally.differ(kinds[fault] if named or fault else title, case)
        return
    tally.found += 1
    days = {by.effective.strftime("%d/%m/%Y") if by.effective else "" for by in alike}
    if _padded(row["by_effective_date"]) in days:
        tally.right += 1
    else:
        kind = "another day" if row["by_effective_date"] else "the facts have no day where the note prints one"
        tally.differ(kind, f"{case}, note {', '.join(sorted(days)) or 'no day'}")


def _padded(day: str) -> str:
    return "/".join(part.zfill(2) for part in day.split("/")) if day else ""


def write_report(notes: int, citations: int, tallies: list[Tally]) -> str:
    """The report in Markdown."""
    lines = [
        "# Citations measured",
        "",
        "Made by `python benchmarks/citation_gold.py PACKAGE.zip CSV_FOLDER` on the official offline codification:",
        f"{notes:,} source notes, {citations:,} citations found in them. A row is right only if everything it names agrees.",
        "",
        "| what | not in the package | expected | found | right | facts at fault | precision | recall | agreement without those |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
        *(tally.row for tally in tallies),
        "",
        "## Disagreements",
        "",
        "A case is the facts' fault where the note prints what they lack, cut short or misread, or where its link leads",
        "elsewhere than its words. Rows of the tables whose article or link is not in this package are not expected.",
        "All cases, by kind; what several places share stands once.",
    ]
    for tally in tallies:
        lines += ["", f"### {tally.name}", ""]
        for kind, cases in sorted(tally.differences.items(), key=lambda pair: -len(pair[1])):
            lines += [f"- {kind}: {len(cases):,}", *(f"  - {line}" for line in _grouped(cases))]
        if not tally.differences:
            lines.append("None.")
    return "\n".join(lines) + "\n"


def _grouped(cases: list[str]) -> list[str]:
    """The cases with those that say the same of several places on one line."""
    places: dict[str, list[str]] = defaultdict(list)
    for case in cases:
        place, _, what = " ".join(case.split()).partition(": ")
        places[what].append(place)
    return [
        f"{what} ({', '.join(dict.fromkeys(where))})" if what else ", ".join(where) for what, where in places.items()
    ]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}%" if whole else "-"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
