"""Issues of the Công báo: several documents in one file, and one document over several files.

An issue prints its documents one below the other; what is too long goes on in the next: "(Xem tiếp Công báo số 979 + 980)"
at its end, "(Tiếp theo Công báo số 977 + 978)" under its title where it goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import fmean

from corpus.blocks import Block, Content, TextLayer
from corpus.parse.head import parse_head
from corpus.parse.lines import is_capitals
from corpus.parse.sanity import SHORTEST_DOCUMENT
from kb.errors import UnusableInputError
from kb.text import fold

_HEAD_WITHIN = 24  # blocks from a letterhead's first to the end of its title
_LETTERHEAD_ABOVE = 12  # blocks of a letterhead above the national title, rubrics included
_CONSOLIDATED = re.compile(r"được sửa đổi,? bổ sung (?:một số điều )?(?:bởi|theo|bằng)", re.IGNORECASE)
_CONTENTS = ("muc luc", "noi dung trang")
_ARTICLE = re.compile(r"^\W{0,3}Điều\s+\d", re.MULTILINE)
_NUMBER_LINE = re.compile(r"(?:Luật|Pháp lệnh|Nghị quyết)?\s*số\s*:", re.IGNORECASE)
_ISSUE = r"(?:Công\s+báo\s+)?số\s+(?P<first>\d+)(?:\s*\+\s*(?P<last>\d+))?"
_GOES_ON = re.compile(rf"\(\s*Xem tiếp\s+{_ISSUE}", re.IGNORECASE)
_CONTINUES = re.compile(rf"\(\s*Tiếp theo\s+{_ISSUE}", re.IGNORECASE)


def split_issue(content: Content) -> tuple[Content, ...]:
    """The documents of an issue, in order; a content with one document comes back as it is.

    A document starts at a letterhead that states its kind, and its number with its date or, of a consolidation, what was
    amended by what: forms in annexes leave these blank. A table of contents before the first is left out and said.
    """
    blocks = content.blocks
    starts = [_first_block(blocks, at) for at in range(len(blocks)) if _starts_document(blocks, at)]
    starts = [start for before, start in pairwise([-1, *starts]) if start != before]
    if not starts:
        return (content,)
    lead = blocks[: starts[0]]
    if not _is_contents(lead):
        starts = [0, *(starts if _is_text(lead) else starts[1:])]
        if len(starts) == 1:
            return (content,)
    parts = [blocks[first:end] for first, end in pairwise([*starts, len(blocks)])]
    return tuple(_part(content, part, has_contents=_is_contents(lead)) for part in parts)


def join_parts(parts: Sequence[Content]) -> Content:
    """One document from the parts that issues printed, put in the order that their own references to each other state.

    Raises ``UnusableInputError`` if there are none, or if they do not follow each other without a gap.
    """
    ordered = _in_order(list(parts))
    blocks = [block for part in ordered for block in part.blocks]
    known = [part.confidence for part in ordered if part.confidence is not None]
    layers = {part.layer for part in ordered}
    layer = TextLayer.OCR if TextLayer.OCR in layers else ordered[0].layer
    remarks = tuple(f"part {number}: {remark}" for number, part in enumerate(ordered, 1) for remark in part.remarks)
    return Content(ordered[0].format, _placed(blocks), layer, round(fmean(known), 3) if known else None, remarks)


def _starts_document(blocks: Sequence[Block], at: int) -> bool:
    """Whether the national title at block ``at`` heads a document of its own."""
    if _CONTINUES.match(blocks[at].text):
        return True
    if not any(map(_is_national_title, blocks[at].text.split("\n"))):
        return False
    first = _first_block(blocks, at)
    text = "\n".join(block.text for block in blocks[first : at + _HEAD_WITHIN])
    head = parse_head(text)
    if not head.type:
        return False
    is_dated = head.issued is not None and head.issued.day > 0
    is_law = "QH" in head.number  # laws and resolutions of the National Assembly state their day at the end
    return bool(head.number and (is_dated or is_law)) or _CONSOLIDATED.search(text) is not None


def _is_national_title(line: str) -> bool:
    return is_capitals(line) and " ".join(fold(line).split()).endswith("cong hoa xa hoi chu nghia viet nam")


def _first_block(blocks: Sequence[Block], at: int) -> int:
    """The first block of the letterhead and rubrics at or above the national title, or of the title of what goes on."""
    first = at
    if _CONTINUES.match(blocks[at].text):
        first = next((index for index in range(at - 1, -1, -1) if blocks[index].text.strip()), at)
    for index in range(first - 1, max(-1, at - 1 - _LETTERHEAD_ABOVE), -1):
        text = blocks[index].text.strip()
        if not any(map(str.isalpha, text)):
            continue
        if not (is_capitals(text) or _NUMBER_LINE.match(text)):
            break
        first = index
    return first


def _is_contents(lead: Sequence[Block]) -> bool:
    words = [" ".join(fold(block.text).split()) for block in lead]
    return any(text.startswith(_CONTENTS) for text in words)


def _is_text(lead: Sequence[Block]) -> bool:
    """Whether what stands above the first letterhead is a document: a page number or a copyist's note is none."""
    text = "\n".join(block.text for block in lead)
    return len(text.strip()) >= SHORTEST_DOCUMENT or _ARTICLE.search(text) is not None


def _part(content: Content, blocks: Sequence[Block], *, has_contents: bool) -> Content:
    remarks = (*content.remarks, "one of the documents of an issue of the Công báo")
    if has_contents:
        remarks = (*remarks, "the issue's table of contents is left out")
    return replace(content, blocks=_placed(blocks), remarks=remarks)


def _placed(blocks: Sequence[Block]) -> tuple[Block, ...]:
    return tuple(replace(block, position=position) for position, block in enumerate(blocks))


def _in_order(parts: list[Content]) -> list[Content]:
    if not parts:
        raise UnusableInputError("There are no parts to join.", "Name the files of one document.")
    firsts = [part for part in parts if _reference(_CONTINUES, part) is None]
    if len(parts) > 1 and len(firsts) != 1:
        raise UnusableInputError(
            f"{len(firsts)} of {len(parts)} parts say that they are the first.", "Join the parts of one document only."
        )
    rest = sorted((part for part in parts if part not in firsts), key=lambda part: _reference(_CONTINUES, part) or 0)
    ordered = [*firsts, *rest]
    for before, after in pairwise(ordered):
        _check_follows(before, after)
    return ordered


def _check_follows(before: Content, after: Content) -> None:
    """Raise if the part before does not say that it goes on, or the parts name issues the wrong way round."""
    goes_on, continues = _reference(_GOES_ON, before), _reference(_CONTINUES, after)
    if goes_on is None or continues is None or goes_on <= continues:
        raise UnusableInputError(
            f"A part that goes on in issue {goes_on or 'unknown'} is followed by one that continues issue {continues}.",
            "A part is missing, or they are not of one document.",
        )


def _reference(pattern: re.Pattern[str], content: Content) -> int | None:
    """The number of the issue that a part points to."""
    for match in _matches(pattern, content):
        return int(match["last"] or match["first"])
    return None


def _matches(pattern: re.Pattern[str], content: Content) -> Iterator[re.Match[str]]:
    for block in content.blocks:
        if (match := pattern.match(block.text.strip())) is not None:
            yield match
