"""Which of the lines that look like "Điều 5." are the articles of a text: those that make up its numbering.

A wrapped sentence can start with "Điều 5 …" and a quotation can have lost its marks, but neither goes on with the
numbering of the text around it. The reading is chosen that continues most often, and gaps are left as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.parse.headings import Heading

_NEXT, _GAP, _REPEAT = 8, 2, 1  # worth of a heading that is the next number, steps over some, or repeats the last
_NEXT_UNSURE = 5  # the next number on a line that may be the rest of a sentence
_WIDEST_GAP = 100  # a jump over more numbers than this leads to another text


def follow(headings: Sequence[Heading]) -> list[Heading]:
    """The headings, in order, that make the best-continued numbering; the first of equals."""
    worths: list[int] = []  # of the best reading that ends at each heading
    before: list[int] = []  # the heading before it in that reading, -1 for none
    last_of: dict[int, dict[str, int]] = {}  # by number: the heading that ends the best reading so far
    for index, heading in enumerate(headings):
        worth, previous = _first_worth(heading), -1
        for earlier in _earlier(last_of, heading):
            step = _step(headings[earlier], heading)
            if step and worths[earlier] + step > worth:
                worth, previous = worths[earlier] + step, earlier
        worths.append(worth)
        before.append(previous)
        ends = last_of.setdefault(heading.order, {})
        if heading.inserted not in ends or worths[ends[heading.inserted]] < worth:
            ends[heading.inserted] = index
    return _trace(headings, worths, before)


def _earlier(last_of: dict[int, dict[str, int]], heading: Heading) -> Iterator[int]:
    for order in range(max(0, heading.order - _WIDEST_GAP), heading.order + 1):
        if order in last_of:
            yield from last_of[order].values()


def continues(last: Heading, heading: Heading) -> bool:
    """Whether ``heading`` is the next number, or one inserted by amendment: 5a after 5, 5b after 5a, 6 after 5b."""
    if heading.inserted:
        return heading.order == last.order and ord(heading.inserted) - ord(last.inserted or "`") in (1, 2)
    return heading.order == last.order + 1


def _first_worth(heading: Heading) -> int:
    """Worth of a heading as the first of all: one that is not 1 and not sure cannot be."""
    if heading.key == (1, ""):
        return _NEXT if heading.sure else _NEXT_UNSURE
    return _GAP if heading.sure else -_NEXT


def _step(last: Heading, heading: Heading) -> int:
    if continues(last, heading):
        return _NEXT if heading.sure else _NEXT_UNSURE
    if not heading.sure:
        return 0
    if heading.key == last.key:
        return _REPEAT
    return _GAP if last.key < heading.key and heading.order - last.order <= _WIDEST_GAP else 0


def _trace(headings: Sequence[Heading], worths: list[int], before: list[int]) -> list[Heading]:
    if not worths or max(worths) <= 0:
        return []
    index = worths.index(max(worths))
    chain = []
    while index >= 0:
        chain.append(headings[index])
        index = before[index]
    return chain[::-1]
