"""The large parts of a text: the body, the signature with the recipients, and the annexes after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.parse.annexes import AnnexHeading, find_annex
from corpus.parse.headings import Heading
from corpus.parse.lines import Line
from corpus.parse.sequence import follow
from corpus.parse.signature import starts_signature
from kb.model import ProvisionKind

_TITLE_LINES = 12  # a title within so many lines of an annex's first line is that annex's own


@dataclass(frozen=True, slots=True)
class Region:
    """Lines ``first`` to ``end`` (excluded): PREAMBLE stands for the body as a whole, SIGNATURE, or ANNEX."""

    kind: ProvisionKind
    first: int
    end: int
    annex: AnnexHeading | None = None


def find_regions(lines: list[Line], articles: Sequence[Heading], quoted: Sequence[bool]) -> list[Region]:
    """Cut a text into its body, its signature and its annexes; ``quoted`` tells of each line whether it is quoted."""
    annexes = list(_annex_headings(lines, quoted))
    starts = _Starts(lines, articles, annexes, quoted)
    closing = starts.closing()
    if closing is None:
        return [Region(ProvisionKind.PREAMBLE, 0, len(lines))]
    after = starts.annexes_after(closing)
    regions = [Region(ProvisionKind.PREAMBLE, 0, closing)]
    first = after[0].line if after else len(lines)
    if first > closing:
        regions.append(Region(ProvisionKind.SIGNATURE, closing, first))
    ends = [*(annex.line for annex in after[1:]), len(lines)]
    for annex, end in zip(after, ends, strict=False):
        regions.append(Region(ProvisionKind.ANNEX, annex.line, end, annex))
    return regions


def _annex_headings(lines: list[Line], quoted: Sequence[bool]) -> Iterator[AnnexHeading]:
    last: AnnexHeading | None = None
    for index in range(len(lines)):
        heading = None if quoted[index] else find_annex(lines, index)
        if heading is None or (not heading.slug and last and index - last.line <= _TITLE_LINES):
            continue
        last = heading
        yield heading


class _Starts:
    """Decides at which line the body closes and where the annexes start."""

    def __init__(
        self, lines: list[Line], articles: Sequence[Heading], annexes: list[AnnexHeading], quoted: Sequence[bool]
    ) -> None:
        self._lines = lines
        self._articles = [article for article in articles if article.sure]
        self._annexes = annexes
        self._quoted = quoted
        self._restarts = [article.line for article in self._articles if article.key == (1, "")]
        self._body = follow(self._until_second_start(articles))

    def closing(self) -> int | None:
        """The line on which the body ends, None if it runs to the end of the text."""
        annex_lines = {annex.line for annex in self._annexes}
        for index in range(len(self._lines)):
            if self._quoted[index] or not (index in annex_lines or starts_signature(self._lines, index)):
                continue
            if self._body_is_over(index):
                return index
        return None

    def annexes_after(self, closing: int) -> list[AnnexHeading]:
        """The annexes from line ``closing`` on, with those whose only sign is that their articles start at 1 again."""
        named = [annex for annex in self._annexes if annex.line >= closing]
        edges = [closing, *(annex.line for annex in named), len(self._lines)]
        unnamed = []
        for first, end in pairwise(edges):
            own = first if first != closing or (named and named[0].line == closing) else -1
            starts = [line for line in self._restarts if first <= line < end]
            unnamed += starts[1:] if own >= 0 else starts
        return sorted(
            named + [AnnexHeading(line, "", "", is_form=False) for line in unnamed], key=lambda annex: annex.line
        )

    def _until_second_start(self, articles: Sequence[Heading]) -> list[Heading]:
        second = self._restarts[1] if len(self._restarts) > 1 else len(self._lines)
        return [article for article in articles if article.line < second]

    def _body_is_over(self, index: int) -> bool:
        """Whether no article of the body follows line ``index``."""
        limit = min(
            [annex.line for annex in self._annexes if annex.line > index]
            + [line for line in self._restarts if line > index]
            + [len(self._lines)]
        )
        before = [article for article in self._body if article.line < index]
        if not before and self._articles:
            return limit not in self._restarts and bool(self._said_before(index))
        last = before[-1].key if before else (0, "")
        return bool(self._said_before(index)) and not any(
            article.key > last for article in self._articles if index < article.line < limit
        )

    def _said_before(self, index: int) -> bool:
        return any(line.text for line in self._lines[:index])
