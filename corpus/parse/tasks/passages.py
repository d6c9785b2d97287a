"""A document's prose as a tree of passages: provisions, and in them paragraphs, dashes and "(1) … (2) …"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.parse.lines import read_lines, wrap_width
from corpus.parse.tasks.columns import plain
from corpus.parse.tasks.names import begins_with_action
from corpus.parse.tasks.owners import is_agency
from corpus.parse.tasks.places import Spot, Spots
from kb.model import ProvisionKind

_MARK = re.compile(r"[\s*_]*(?P<mark>[-–•●▪](?=[\s*_]*[^\s\d*-])|\+|\((?:\d{1,2}|[ivx]{1,4})\)|[ivx]{1,4}\))[\s*_]*")
_LABEL = re.compile(
    r"[\s*_]*(?:(?:Điều|Chương|Mục|Phần)\s+[\dIVXLC]+[a-zđ]?\s*[.:]?|[IVXLC]{1,6}\s*[.)/-]"
    r"|\d{1,2}(?:\.\d{1,2})*\s*[.)/]|[a-zđ]{1,2}\s*[.)])[\s*_]*"
)
_ENDS = re.compile(r"[.;:!?…]\W*$")
_IN_MID_SENTENCE = re.compile(r"[^\W\d_]$|,$")
_HEAD_BROKEN_OFF = re.compile(r"(?:\b(?:Bộ|Sở|Cục|Vụ|Ủy ban|Ban|trưởng|các|và|của|với|về|cho|tại|theo|số)|[,-])$")
_LONGEST_OPEN_HEAD = 160  # characters of a paragraph without end that a dash may still stand under
_SHORT_LINE = 12  # characters that a wrapped line may fall short of the width beyond the word that did not fit
_UNNUMBERED = frozenset({ProvisionKind.PREAMBLE, ProvisionKind.SIGNATURE, ProvisionKind.ANNEX})
_SKIPPED = frozenset({ProvisionKind.SIGNATURE})


@dataclass(slots=True)
class Passage:
    """A paragraph or a part of one; ``text`` on one line without its mark, ``start`` to ``end`` with all below."""

    text: str
    spot: Spot
    start: int
    said_at: int
    end: int
    mark: str = ""
    ordinal: int = 0
    children: list[Passage] = field(default_factory=list)

    def walk(self) -> Iterator[Passage]:
        """This passage and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


class Prose:
    """The passages of a document, outside of its tables."""

    def __init__(self, spots: Spots, tables: Sequence[tuple[int, int]]) -> None:
        self.text = "".join(spot.provision.text for spot in spots.all)
        self._tables = tables
        self._width = wrap_width(read_lines(self.text))
        self.roots: list[Passage] = []
        self.preamble = ""
        self._build(spots)

    def said(self, start: int, end: int) -> str:
        """A stretch of the text on one line."""
        return plain(self.text[start:end])

    def _build(self, spots: Spots) -> None:
        heads: dict[str, Passage] = {}  # by path: the passage that the parts of a provision stand under
        # A short dispatch has no numbered parts: what it orders stands in running paragraphs.
        has_parts = any(spot.provision.kind not in _UNNUMBERED for spot in spots.all)
        for spot in spots.all:
            kind = spot.provision.kind
            if kind in _SKIPPED or _is_regulation(spot):
                continue
            if kind is ProvisionKind.PREAMBLE:
                self.preamble = self.preamble or spot.provision.text
                if has_parts:
                    continue
            parent = heads.get(spot.trail[-2].path) if len(spot.trail) > 1 else None
            head = self._of(spot)
            if head is None:
                continue
            heads[spot.provision.path] = _last_lead_in(head)
            (parent.children if parent else self.roots).append(head)
        for root in self.roots:
            _stretch(root)

    def _of(self, spot: Spot) -> Passage | None:
        """The passages of a provision's own text: its first paragraph, and the others below it."""
        head: Passage | None = None
        stack: list[Passage] = []
        ordinals: dict[int, int] = {}
        for start, end in self._paragraphs(spot):
            said_at, mark = self._past_mark(start, end, is_first=head is None)
            text = plain(self.text[said_at:end])
            if not text and head is not None:
                continue
            passage = Passage(text, spot, start, said_at, end, mark)
            if head is None:
                head = passage
                stack = [head]
            else:
                level = _depth(mark)
                while len(stack) > 1 and (_depth(stack[-1].mark) >= level or _is_aside(stack[-1], head, mark)):
                    stack.pop()
                ordinals[id(stack[-1])] = passage.ordinal = ordinals.get(id(stack[-1]), 0) + 1
                stack[-1].children.append(passage)
                stack.append(passage)
            self._enumerate(passage)
        return head

    def _past_mark(self, start: int, end: int, *, is_first: bool) -> tuple[int, str]:
        if is_first:
            label = _LABEL.match(self.text, start, end)
            return (label.end() if label else start), ""
        mark = _MARK.match(self.text, start, end)
        return (mark.end(), mark["mark"]) if mark else (start, "")

    def _paragraphs(self, spot: Spot) -> Iterator[tuple[int, int]]:
        """The spans of the paragraphs of a provision: wrapped lines belong together."""
        first: int | None = None
        last = position = spot.start
        for raw in _without_gaps(spot.provision.text.splitlines(keepends=True)):
            start, position = position, position + len(raw)
            said = plain(raw)
            in_table = any(begin <= start < end for begin, end in self._tables)
            if first is not None and (
                not said or in_table or raw.strip() == "|" or self._begins(raw, said, first, last)
            ):
                yield first, last
                first = None
            if said and not in_table:
                first = start if first is None else first
                last = position
        if first is not None:
            yield first, last

    def _begins(self, raw: str, said: str, first: int, last: int) -> bool:
        """Whether a line begins a paragraph and does not go on with the one from ``first`` to ``last``."""
        lines = self.text[first:last].rstrip("\n")
        before = plain(lines)
        if raw.strip() in {"-", "–", "+", "•"}:
            return True
        if mark := _MARK.match(raw):
            is_open_head = len(before) < _LONGEST_OPEN_HEAD and not mark["mark"].startswith("(")
            return is_open_head or _ENDS.search(before) is not None or mark["mark"] == "•"
        if said[:1].islower() or _HEAD_BROKEN_OFF.search(before):
            return False
        return not self._width or (said[:1].isupper() and self._is_full_stop(lines, said))

    def _is_full_stop(self, lines: str, said: str) -> bool:
        """Whether the wrapped ``lines`` end a paragraph before a line that says ``said``."""
        previous = plain(lines.rpartition("\n")[2])
        if _ENDS.search(previous):
            return self._width - len(previous) - 1 - len(said.split(" ", 1)[0]) > _SHORT_LINE
        before = plain(lines)
        heading = before[label.end() :] if (label := _LABEL.match(before)) else before
        is_bold = lines.strip().startswith("**") and lines.strip().endswith("**")
        return is_bold or (is_agency(heading) and begins_with_action(said))

    def _enumerate(self, passage: Passage) -> None:
        """Cut "Bộ Công an: (1) …; (2) …" into its parts, where each is something to do of its own."""
        if passage.mark.startswith("("):
            return
        for pattern, only_agencies in ((r"\((\d{1,2})\)", False), (r"\(([ivx]{1,4})\)", True)):
            marks = list(re.finditer(pattern, self.text[passage.said_at : passage.end]))
            marks = _in_order(marks)
            if len(marks) < 2:  # an enumeration has two parts
                continue
            before = plain(self.text[passage.said_at : passage.said_at + marks[0].start()])
            if (before and not before.endswith(":")) or (only_agencies and not is_agency(before)):
                continue
            edges = [passage.said_at + match.start() for match in marks] + [passage.end]
            for ordinal, (start, end) in enumerate(itertools.pairwise(edges), 1):
                said_at = start + len(marks[ordinal - 1][0])
                text = plain(self.text[said_at:end])
                passage.children.append(
                    Passage(text, passage.spot, start, said_at, end, marks[ordinal - 1][0], ordinal)
                )
            passage.text = before
            return


def _without_gaps(lines: list[str]) -> Iterator[str]:
    """The lines, each blank one within a sentence put to the line above it: a page ended there."""
    gap, before = "", ""
    for line in lines:
        said = plain(line)
        if not said:
            gap += line
            continue
        if (
            gap
            and before
            and not (said[:1].islower() and _IN_MID_SENTENCE.search(plain(before)) and not _LABEL.match(line))
        ):
            yield before
            yield from gap.splitlines(keepends=True)
            before = line
        elif gap and before:
            before += gap + line
        else:
            if before:
                yield before
            elif gap:
                yield from gap.splitlines(keepends=True)
            before = line
        gap = ""
    if before:
        yield before
    yield from gap.splitlines(keepends=True)


def _is_aside(above: Passage, head: Passage, mark: str) -> bool:
    """Whether a list of dashes goes on behind the paragraph ``above``, which belongs to the dash before it."""
    return not above.mark and above.text.endswith(".") and any(child.mark == mark for child in head.children)


def _last_lead_in(head: Passage) -> Passage:
    """The paragraph that introduces the parts of a provision: its last, where that ends in a colon."""
    last = head.children[-1] if head.children else head
    return last if not last.mark and not last.children and last.text.endswith(":") else head


def _in_order(marks: list[re.Match[str]]) -> list[re.Match[str]]:
    kept: list[re.Match[str]] = []
    romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
    for match in marks:
        order = int(match[1]) if match[1].isdecimal() else romans.index(match[1]) + 1 if match[1] in romans else 0
        if order == len(kept) + 1:
            kept.append(match)
    return kept


def _stretch(passage: Passage) -> int:
    passage.end = max([passage.end, *map(_stretch, passage.children)])
    return passage.end


def _depth(mark: str) -> int:
    if not mark:
        return 1
    if mark in "-–":
        return 2
    return 4 if mark.startswith("(") or mark.endswith(")") else 3


def _is_regulation(spot: Spot) -> bool:
    """Whether it stands in a regulation (quy chế, quy định) issued with it: duties there are rules, not tasks."""
    annex = spot.annex
    return annex is not None and any(node.kind is ProvisionKind.ARTICLE for node in annex.walk())
