"""Numbered headings of a document without điều, and of an article that approves a programme: I., 1., 1.1., a)."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.parse.clauses import split_article, unique_paths
from corpus.parse.headings import roman_value
from corpus.parse.lines import is_capitals
from corpus.parse.numbering import LINE_START, Mark, find_marks, letter_chain, number_chain
from corpus.parse.quotations import find_quotations
from kb.model import Provision, ProvisionKind
from kb.text import unwrap

_ROMAN = re.compile(
    LINE_START + r"(?P<label>[IVX]{1,6})[ ]?(?P<close>[.)/]|[-–](?= ))(?!\d)[*_]*[ \t\u00a0]*\S", re.MULTILINE
)
_DECIMAL = re.compile(
    LINE_START + r"(?P<whole>\d{1,2})\.(?P<part>\d{1,2})[.)]?[*_]*[ \t\u00a0]+[*_]*[^\W\d_]", re.MULTILINE
)
_CAPITALS = "ABCDEGH"
_CAPITAL = re.compile(LINE_START + r"(?P<label>[A-H])[.)/][ \t\u00a0*_]+(?P<title>\S.*)", re.MULTILINE)
_LONGEST_HEADING = 200

Splitter = Callable[[str, str], tuple[str, tuple[Provision, ...]]]


def split_items(text: str, path: str) -> tuple[str, tuple[Provision, ...]]:
    r"""Split a text into its lead and its numbered parts, with theirs; ``path`` is the address they stand under ("" at the top).

    Lead and children joined give ``text`` back; never raises.

    >>> lead, items = split_items("Yêu cầu:\nI. MỤC TIÊU\n1. Một.\n2. Hai.\nII. TỔ CHỨC\n", "")
    >>> [item.path for root in items for item in root.walk()]
    ['y-i', 'y-i.y-1', 'y-i.y-2', 'y-ii']
    """
    capitals = _capital_chain(text)
    if len(capitals) > 1:
        return _split(text, capitals, path, _split_romans)
    return _split_romans(text, path)


def _split_romans(text: str, path: str) -> tuple[str, tuple[Provision, ...]]:
    romans = _roman_chain(text)
    if romans:
        return _split(text, romans, path, _split_numbers)
    return _split_numbers(text, path)


def split_annex(text: str, path: str) -> tuple[str, tuple[Provision, ...]]:
    """Split an annex without điều into its parts I., II. …; one without these is most often a table and left whole."""
    romans = _roman_chain(text)
    return _split(text, romans, path, _split_numbers) if len(romans) > 1 else (text, ())


def split_programme(text: str, path: str) -> tuple[str, tuple[Provision, ...]]:
    """Split an article: into khoản and điểm, or first into the parts I., II. … where it approves a programme."""
    romans = _roman_chain(text)
    return _split(text, romans, path, split_article) if len(romans) > 1 else split_article(text, path)


def _split_numbers(text: str, path: str) -> tuple[str, tuple[Provision, ...]]:
    numbers = number_chain([mark for mark in find_marks(text) if not mark.is_letter], text)
    if numbers:
        return _split(text, numbers, path, _split_decimals)
    return _split_letters(text, path)


def _split_decimals(text: str, path: str) -> tuple[str, tuple[Provision, ...]]:
    decimals = _decimal_chain(text)
    return _split(text, decimals, path, _split_letters) if decimals else _split_letters(text, path)


def _split_letters(text: str, path: str) -> tuple[str, tuple[Provision, ...]]:
    letters = letter_chain([mark for mark in find_marks(text) if mark.is_letter], len(text), text)
    return _split(text, letters, path, lambda part, _: (part, ())) if letters else (text, ())


def _split(text: str, marks: list[Mark], path: str, inner: Splitter) -> tuple[str, tuple[Provision, ...]]:
    stem = f"{path}." if path else ""
    paths = unique_paths([f"{stem}{ProvisionKind.ITEM.slug}-{_slug(mark.label)}" for mark in marks])
    ends = [mark.start for mark in marks[1:]] + [len(text)]
    children = []
    for mark, end, item_path in zip(marks, ends, paths, strict=True):
        own, parts = inner(text[mark.start : end], item_path)
        children.append(Provision(ProvisionKind.ITEM, mark.label, item_path, _heading(own, mark.label), own, parts))
    return text[: marks[0].start], tuple(children)


def _slug(label: str) -> str:
    return label.lower().replace("đ", "dd").replace(".", "-")


def _heading(own: str, label: str) -> str:
    """The heading of an item: its first paragraph, if it is short and no sentence."""
    paragraph = re.split(r"\n[ \t\u00a0]*\n", own.strip(), maxsplit=1)[0]
    text = unwrap(paragraph.replace("**", "")).strip("*_| ").removeprefix(label).lstrip(" .)/-–").strip("*_| ")
    return text if len(text) <= _LONGEST_HEADING and not text.endswith((".", ";", ",", ":")) else ""


def _capital_chain(text: str) -> list[Mark]:
    """A., B., C. … before headings in capitals, in order."""
    chain: list[Mark] = []
    for match in _CAPITAL.finditer(text):
        if match["label"] == _CAPITALS[len(chain) : len(chain) + 1] and is_capitals(match["title"]):
            chain.append(Mark(match.start(), match["label"], len(chain) + 1, "", ".", is_letter=True))
    return chain


def _roman_chain(text: str) -> list[Mark]:
    """I., II., III. … outside quotations, in order; a single one counts if it is set in capitals."""
    quotations = find_quotations(text)
    chain: list[Mark] = []
    for match in _ROMAN.finditer(text):
        order = roman_value(match["label"])
        if order == len(chain) + 1 and not quotations.holds(match.start("label")):
            chain.append(Mark(match.start(), match["label"], order, "", match["close"], is_letter=False))
    if len(chain) == 1 and not is_capitals(text[chain[0].start :].split("\n", 1)[0]):
        return []
    return chain


def _decimal_chain(text: str) -> list[Mark]:
    """1.1., 1.2. … below the item 1., in order."""
    chain: list[Mark] = []
    for match in _DECIMAL.finditer(text):
        if int(match["part"]) == len(chain) + 1 and (not chain or match["whole"] == chain[0].label.split(".")[0]):
            label = f"{match['whole']}.{match['part']}"
            chain.append(Mark(match.start(), label, len(chain) + 1, "", ".", is_letter=False))
    return chain
