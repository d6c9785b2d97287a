"""Write docs/amendments.md: which instructions of amending acts are found, and how many of them rightly.

    python benchmarks/amendments_table.py DATA_FOLDER [OUTPUT]

DATA_FOLDER holds ``fulltext/*.txt`` and ``congbao/docs/*.pdf``. ``amendments_gold.csv`` beside this program holds what was
read by eye in 420 paragraphs that were drawn by chance (seed 6) from all that hold a verb of change and a word for a provision or
document, whether the parser reads anything in them or not. The parser was improved on the first 300 of them ("seen"); the last 120 were
read after that ("held out"). A paragraph is known by a digest of its letters and those before it.
"""

from __future__ import annotations

import csv
import hashlib
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from corpus.documents import without_notes
from corpus.formats import read_content
from corpus.parse.amendments.instructions import Instruction, find_instructions
from corpus.parse.head import parse_head
from corpus.parse.structure import parse_structure
from kb.errors import UnusableInputError
from kb.model import DocumentReference, Identity
from kb.numbers import number_key
from kb.text import fold

GOLD = Path(__file__).parent / "amendments_gold.csv"
CODIFIED = Path(__file__).parent.parent / "kb" / "register" / "codified_relations.csv"
SEED = 6
_ACTS = frozenset({"amends", "supplements", "replaces", "repeals", "suspends", "corrects"})
_LABEL = 6  # characters of a number on a line of its own, which the parser reads with what it numbers
SAMPLE = 420
_VERB = re.compile(
    r"\b(?:sua doi|bo sung|bai bo|huy bo|thay the|het hieu luc|cham dut hieu luc|ngung hieu luc|dinh chinh|bo cum tu)\b"
)
_LAW = re.compile(
    r"\b(?:dieu|khoan|diem|muc|chuong|phu luc|mau)\s(?:so\s)?[\dA-Za-z]|\bcum tu\b"
    r"|\b(?:nghi dinh|thong tu|quyet dinh|luat|phap lenh|nghi quyet)\b[^.]{0,60}\bso\b"
)
_PARAGRAPH_END = re.compile(r"(?<=[.;:”\"])[ \t|]*\n|\n[ \t]*\n")
_NOTE = re.compile(r"\W*\((?:dieu|muc) ")
_FIRST_ARTICLE = re.compile(r"^\W*Điều\s+1\b", re.MULTILINE)

Fact = tuple[str, str, str]  # action, key of the target's number, path


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a file by its span; ``digest`` knows it again."""

    file: str
    start: int
    end: int
    digest: str


@dataclass(slots=True)
class Score:
    """Targets right, found wrongly and missed, and paragraphs wholly right of those that hold instructions."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    instructions: int = 0
    whole: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what is there that was found."""
        return self.right / max(1, self.right + self.missed)


def main() -> None:
    """Read the folder named on the command line and write the page."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    output = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent.parent / "docs" / "amendments.md"
    texts = dict(read_texts(Path(sys.argv[1])))
    found = {name: instructions(text) for name, text in texts.items()}
    output.write_text("\n".join(page(texts, found)) + "\n", encoding="utf-8")
    print(f"{output}: {sum(map(len, found.values()))} instructions in {len(texts)} files")


def read_texts(data: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every file that can be read without a recogniser."""
    for path in [*sorted((data / "fulltext").glob("*.txt")), *sorted((data / "congbao" / "docs").glob("*.pdf"))]:
        try:
            yield path.name, without_notes(read_content(path.read_bytes(), path.name)).text
        except UnusableInputError as error:
            print(f"{path.name}: {error}", file=sys.stderr)


def instructions(text: str) -> list[Instruction]:
    """What the parser reads in a text."""
    structure, head = parse_structure(text), parse_head(text)
    identity = Identity(head.type, head.number, head.issuer, head.issued)
    return find_instructions(structure, DocumentReference(identity, head.title))


def sample(texts: dict[str, str]) -> list[Paragraph]:
    """The paragraphs that were drawn, as the texts are read now."""
    candidates = [paragraph for name in sorted(texts) for paragraph in _candidates(name, texts[name])]
    random.Random(SEED).shuffle(candidates)
    return candidates[:SAMPLE]


def _candidates(name: str, text: str) -> Iterator[Paragraph]:
    if "van-ban-hop-nhat" in name or "VBHN" in name:
        return
    for paragraph in paragraphs(name, text):
        said = fold(" ".join(text[paragraph.start : paragraph.end].split()))
        if _VERB.search(said) and _LAW.search(said) and "phap dien:" not in said and not _NOTE.match(said):
            yield paragraph


def paragraphs(name: str, text: str) -> Iterator[Paragraph]:
    """All paragraphs from the first article on."""
    first = _FIRST_ARTICLE.search(text)
    edges = [first.start() if first else 0]
    edges += [match.end() for match in _PARAGRAPH_END.finditer(text, edges[0])] + [len(text)]
    for start, end in pairwise(edges):
        yield Paragraph(name, start, end, _digest(text, start, end))


def _digest(text: str, start: int, end: int) -> str:
    before, own = _letters(text[max(0, start - 3000) : start])[-1000:], _letters(text[start:end])[:80]
    return hashlib.sha256(f"{before}|{own}".encode()).hexdigest()[:12]


def _letters(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


def gold(part: str) -> dict[tuple[str, str], set[Fact]]:
    """What was read by eye in a part of the sample, by file and digest; an empty set where a paragraph orders nothing."""
    facts: defaultdict[tuple[str, str], set[Fact]] = defaultdict(set)
    with GOLD.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["part"] != part:
                continue
            key = row["file"], row["paragraph"]
            facts[key] |= {(row["action"], number_key(row["number"]), row["path"])} if row["action"] else set()
    return dict(facts)


def score(texts: dict[str, str], found: dict[str, list[Instruction]], part: str, *, scans: bool) -> Score:
    """Compare what was read in the judged paragraphs of a part, in scans or in the other files."""
    total = Score()
    for (name, digest), expected in gold(part).items():
        if ("OCR" in name) != scans or name not in texts:
            continue
        paragraph = next((one for one in paragraphs(name, texts[name]) if one.digest == digest), None)
        if paragraph is None:
            total.errors.append(f"`{name}` {digest}: the paragraph is not there any more")
            continue
        _add(total, paragraph, expected, read_in(paragraph, found[name]))
    return total


def _add(total: Score, paragraph: Paragraph, expected: set[Fact], read: set[Fact]) -> None:
    total.right += len(expected & read)
    total.wrong += len(read - expected)
    total.missed += len(expected - read)
    total.instructions += bool(expected)
    total.whole += bool(expected) and expected == read
    for sign, facts in (("missed", expected - read), ("wrong", read - expected)):
        total.errors += [f"`{paragraph.file}`: {sign} {' '.join(fact)}" for fact in sorted(facts)]


def read_in(paragraph: Paragraph, found: list[Instruction]) -> set[Fact]:
    """What the parser reads in a paragraph."""
    return {
        (one.action.value, _name(target.document), target.path)
        for one in found
        if paragraph.start - _LABEL <= one.span[0] < paragraph.end
        for target in one.targets
    }


def _name(document: DocumentReference | None) -> str:
    return number_key(document.identity.number) or fold(document.title) if document else ""


def codified(texts: dict[str, str], found: dict[str, list[Instruction]]) -> tuple[int, list[str]]:
    """How many acts of these documents that the codification states, article on article, were found; and those that were not."""
    stated: defaultdict[str, set[Fact]] = defaultdict(set)
    with CODIFIED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] in _ACTS:
                fact = _article(row["subject_path"]), number_key(row["object_number"]), _article(row["object_path"])
                stated[number_key(row["subject_number"])].add(fact)
    agreed, missed = 0, []
    for name, instructions_found in found.items():
        number = parse_head(texts[name]).number
        read = {
            (_article(one.path), _name(target.document), _article(target.path))
            for one in instructions_found
            for target in one.targets
        }
        for fact in sorted(stated.get(number_key(number), ()) if number else ()):
            is_read = fact in read or (fact[0], fact[1], "") in read
            agreed += is_read
            missed += [] if is_read else [f"`{name}`: {' '.join(fact)}"]
    return agreed, missed


def _article(path: str) -> str:
    return path.partition(".")[0]


def page(texts: dict[str, str], found: dict[str, list[Instruction]]) -> Iterator[str]:
    """The lines of the page."""
    yield "# Instructions of amending acts"
    yield ""
    yield "Written by `python benchmarks/amendments_table.py DATA_FOLDER`. A target is right if the act, the document and the exact"
    yield f"provision are. {SAMPLE} paragraphs were drawn by chance and read by eye (`benchmarks/amendments_gold.csv`)."
    yield ""
    yield "The parser was improved on the part called seen; of the part held out one form was mended after it was read, a list of"
    yield "documents under the heading of an article (one paragraph)."
    yield ""
    yield "| texts | paragraphs with instructions | wholly right | targets right | wrong | missed | precision | recall |"
    yield "|---|---|---|---|---|---|---|---|"
    scores = [
        (f"{part}, {kind}", score(texts, found, part, scans=kind == "scans"))
        for part in ("seen", "held out")
        for kind in ("born digital", "scans")
    ]
    for title, one in scores:
        cells = (one.instructions, one.whole, one.right, one.wrong, one.missed)
        yield f"| {title} | {' | '.join(map(str, cells))} | {one.precision:.1%} | {one.recall:.1%} |"
    yield ""
    for title, one in scores:
        yield f"## Differences: {title}"
        yield ""
        yield from (f"- {error}" for error in one.errors)
        yield ""
    agreed, missed = codified(texts, found)
    yield "## Against the codification"
    yield ""
    yield f"Of {agreed + len(missed)} acts that the codification states of these documents, article on article, {agreed} were found:"
    yield "most of the texts are newer than it, or stand in it as the documents acted upon."
    yield ""
    yield from (f"- not found: {one}" for one in missed)
    yield ""
    yield "## Instructions a file"
    yield ""
    yield "| file | instructions | targets | with a document | with an exact place |"
    yield "|---|---|---|---|---|"
    for name, here in sorted(found.items()):
        if here:
            targets = [target for one in here for target in one.targets]
            counts = Counter(
                document=sum(t.document is not None for t in targets), place=sum(bool(t.path) for t in targets)
            )
            yield f"| `{name}` | {len(here)} | {len(targets)} | {counts['document']} | {counts['place']} |"


if __name__ == "__main__":
    main()
