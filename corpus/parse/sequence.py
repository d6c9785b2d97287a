"""Which of the lines that look like "Điều 5." are the articles of a text: those that make up its numbering.

A wrapped sentence can start with "Điều 5 …" and a quotation can have lost its marks, but neither goes on with the
numbering of the text around it. The reading is chosen that continues most often, and gaps are left as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.parse.headings import Heading

_NEXT, _GAP, _REPEAT = 8, 2, 1  # worth of a heading that is the next number, steps over some, or repeats the last
_NEXT_UNSURE = 5  # the next number on a line that may be the rest of a sentence
_WIDEST_GAP = 100  # a jump over more numbers than this leads to another text
_LOOKED_BACK = 400  # headings before one that it may follow: bounds the work on texts that hold thousands


def follow(headings: Sequence[Heading]) -> list[Heading]:
    """The headings, in order, that make the best-continued numbering; the first of equals."""
    best: list[tuple[int, int]] = []  # worth of the best reading that ends at a heading, and the one before in it
    for index, heading in enumerate(headings):
        worth, before = _first_worth(heading), -1
        for earlier in range(max(0, index - _LOOKED_BACK), index):
            step = _step(headings[earlier], heading)
            if step and best[earlier][0] + step > worth:
                worth, before = best[earlier][0] + step, earlier
        best.append((worth, before))
    return _trace(headings, best)


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


def _trace(headings: Sequence[Heading], best: list[tuple[int, int]]) -> list[Heading]:
    if not best or max(best)[0] <= 0:
        return []
    index = max(range(len(best)), key=lambda i: best[i][0])
    chain = []
    while index >= 0:
        chain.append(headings[index])
        index = best[index][1]
    return chain[::-1]
