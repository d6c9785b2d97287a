"""The large parts of a text: the body, the signature with the recipients, and the annexes after it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.parse.annexes import AnnexHeading, find_annexes
from corpus.parse.headings import Heading
from corpus.parse.lines import Line
from corpus.parse.sequence import continues, follow
from corpus.parse.signature import starts_signature
from kb.model import ProvisionKind


@dataclass(frozen=True, slots=True)
class Region:
    """Lines ``first`` to ``end`` (excluded): PREAMBLE stands for the body as a whole, SIGNATURE, or ANNEX."""

    kind: ProvisionKind
    first: int
    end: int
    annex: AnnexHeading | None = None


def find_regions(lines: list[Line], articles: Sequence[Heading], quoted: Sequence[bool]) -> list[Region]:
    """Cut a text into its body, its signature and its annexes; ``quoted`` tells of each line whether it is quoted."""
    starts = _Starts(lines, articles, find_annexes(lines, quoted), quoted)
    closing = starts.closing()
    if closing is None:
        return [Region(ProvisionKind.PREAMBLE, 0, len(lines))]
    after = starts.annexes_after(closing)
    regions = [Region(ProvisionKind.PREAMBLE, 0, closing)]
    first = after[0].line if after else len(lines)
    if first > closing:
        regions.append(Region(ProvisionKind.SIGNATURE, closing, first))
    edges = [*(annex.line for annex in after), len(lines)]
    for annex, end in zip(after, edges[1:], strict=True):
        regions.append(Region(ProvisionKind.ANNEX, annex.line, end, annex))
    return regions


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
        self._body_lines = [article.line for article in self._body]
        self._first_said = next((index for index, line in enumerate(lines) if line.text), len(lines))

    def closing(self) -> int | None:
        """The line on which the body ends, None if it runs to the end of the text."""
        annex_lines = {annex.line for annex in self._annexes}
        for index in range(len(self._lines)):
            if self._quoted[index]:
                continue
            if starts_signature(self._lines, index) and self._body_is_over(index, signed=True):
                return index
            if index in annex_lines and self._body_is_over(index, signed=False):
                return index
        return None

    def annexes_after(self, closing: int) -> list[AnnexHeading]:
        """The annexes from line ``closing`` on; the first may show only by its articles, which start at 1 again."""
        named = [annex for annex in self._annexes if annex.line >= closing]
        until = named[0].line if named else len(self._lines)
        unnamed = next((line for line in self._restarts if closing <= line < until), None)
        return named if unnamed is None else [AnnexHeading(unnamed, unnamed - 1, "", "", is_form=False), *named]

    def _until_second_start(self, articles: Sequence[Heading]) -> list[Heading]:
        second = self._restarts[1] if len(self._restarts) > 1 else len(self._lines)
        return [article for article in articles if article.line < second]

    def _body_is_over(self, index: int, *, signed: bool) -> bool:
        """Whether no article of the body follows line ``index``; after a signature, none with the very next number."""
        if index <= self._first_said:
            return False
        after = bisect_left(self._body_lines, index)
        if after == len(self._body):
            return True
        if after == 0:  # articles follow, but none stands before: those of an annex that starts here?
            return any(index <= annex.line < self._body_lines[0] for annex in self._annexes)
        return signed and not continues(self._body[after - 1], self._body[after])
