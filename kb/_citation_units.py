"""Provisions in running text: the words điểm, khoản, điều … with their labels, and how they hang together.

Text is canonical. Every pattern is tried at one known place (``match``), its parts exclude one another and repetitions of
blanks never touch, so that reading is linear in the text whatever it holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise, product

from kb._provision_path import LEVELS, ORDINALS, RANK, ProvisionPath
from kb.text import fold

_LONGEST_RANGE = 100
_LONGEST_LIST = 1000
_WIDEST_SPREAD = 100  # "các điểm … các khoản … các Điều …": a short text may not name a million places
_POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"  # the order of điểm: the Vietnamese letters without marks

_WORDS = {
    "tiểu mục": "subsection",
    "phụ lục": "annex",
    "điểm": "point",
    "khoản": "clause",
    "điều": "article",
    "mục": "section",
    "chương": "chapter",
    "phần": "part",
}
# The syllable before that makes another word of it: thời điểm, tài khoản, danh mục.
_OTHER_WORDS = {
    "point": {"thời", "địa", "quan", "đặc", "ưu", "nhược", "trọng", "thang", "tâm", "tượng", "cao", "đạt", "số"},
    "clause": {"tài", "điều"},
    "section": {"danh", "hạng", "chuyên", "khoản", "đề", "đầu", "tiết"},
    "chapter": {"huân", "huy", "văn", "hiến"},
    "part": {"thành", "học", "cổ", "hải", "một", "hai"},
}
_FIGURE = r"\d{1,4}[a-zđ]{0,2}\d{0,2}(?!\w)(?!\s?[/%]|\.\w)"
_ROMAN = r"(?:[IVXL]{1,7}[A-Za-zđ]?|\d{1,3}[A-Za-zđ]?)(?!\w)(?!\s?[/%]|\.\d)"
_LABELS = {
    "point": re.compile(r"(?P<label>(?P<letter>[a-zđ])(?P=letter)?\d{0,2}|\d{1,2}(?:\.\d{1,2}){0,3})\)?(?!\w)"),
    "clause": re.compile(rf"(?P<label>{_FIGURE})"),
    "article": re.compile(rf"(?P<label>{_FIGURE})"),
    "subsection": re.compile(rf"(?P<label>{_ROMAN})"),
    "section": re.compile(rf"(?P<label>{_ROMAN}|[A-Z](?!\w))"),
    "chapter": re.compile(rf"(?P<label>{_ROMAN}|[ivx]{{1,5}}(?!\w))"),
    "part": re.compile(rf"(?P<label>[IVXL]{{1,7}}(?!\w)|thứ\s(?:{'|'.join(ORDINALS)})(?!\w))", re.IGNORECASE),
    "annex": re.compile(rf"(?:số\s)?(?P<label>{_ROMAN}|[ivx]{{1,5}}(?!\w)|[A-Z](?!\w))", re.IGNORECASE),
}


def either(pattern: str, flags: re.RegexFlag = re.IGNORECASE) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The pattern for text with accents and for text typed without any."""
    bare = "".join(fold(letter) if letter.islower() else letter for letter in pattern)
    return re.compile(pattern, flags), re.compile(bare, flags)


_KEYWORDS = "|".join(_WORDS)
_UNIT = either(
    rf"(?:(?P<plural>các|những)\s+)?(?:từ\s+)?(?P<word>{_KEYWORDS})(?!\w)\s*(?:(?P<self>này)(?!\w)|(?P<from>từ)\s)?"
)
_SHORT_UNIT = re.compile(r"(?P<word>[ĐđKk])(?P<dot>\.?)\s?(?=\d)")
_SHORT_WORDS = {"đ": "article", "k": "clause"}
_BLANKS = re.compile(r"\s*")
_SEPARATOR = either(r"(?P<mark>[,;])?(?P<and>\s*(?:và|hoặc|hay|cùng)\s)?(?P<of>\s*(?:của|thuộc)\s)?")
_LIST_SIGN = either(r"(?:[,;]\s?(?:(?:và|hoặc|hay)\s)?|(?:và|hoặc|hay)\s|(?P<range>đến\s|tới\s|-(?=\d)))")
_FOLLOWS = either(
    r"\Z|[,;.:)\]\"”’]|(?:và|hoặc|hay|của|thuộc|này|đến|tới|nêu|quy định|ban hành|kèm|luật|bộ luật|nghị|pháp lệnh|thông tư"
    rf"|quyết định|hiến pháp|vào|tại|như sau|{_KEYWORDS})(?!\w)"
)
_OWNER = either(rf",?\s?(?:của\s+)?(?:luật|bộ luật|nghị|pháp lệnh|thông tư|quyết định|{_KEYWORDS})(?!\w)")
_SLUG_OF_FOLDED = {fold(word): level for word, level in _WORDS.items()}


@dataclass(frozen=True, slots=True)
class Item:
    """One unit word with its labels: "các khoản 1, 2 và 5".

    ``itself`` where "này" stands in place of a label; ``join`` is what stands before it: "" (a blank or "của"), "," or
    "and"; ``spread`` where the labels share what is below ("các Điều 5, 6"); ``weak`` for a short form without a dot.
    """

    level: str
    labels: tuple[str, ...]
    start: int
    end: int
    itself: bool = False
    spread: bool = False
    weak: bool = False
    join: str = ""

    @property
    def rank(self) -> int:
        """0 for the widest unit."""
        return RANK[self.level]


@dataclass(frozen=True, slots=True)
class UnitReader:
    """Reads units at given places of one text; ``plain`` for text typed without any accents."""

    text: str
    plain: bool

    def chain(self, place: int) -> tuple[Item, ...]:
        """The units that hang together from here on; empty if none begins here."""
        item = self.item(place)
        items: list[Item] = []
        while item is not None:
            items.append(item)
            if item.itself:
                break
            item = self._next(item.end)
        while items and items[-1].weak and len(items) == 1:
            items.pop()
        return tuple(items)

    def item(self, place: int) -> Item | None:
        """The unit that begins exactly here, None if there is none."""
        unit = _UNIT[self.plain].match(self.text, place)
        if unit is None:
            return self._short_item(place)
        level = _SLUG_OF_FOLDED[fold(unit["word"])]
        if self._makes_another_word(level, unit.start("word")):
            return None
        if unit["self"]:
            return Item(level, (), place, unit.end(), itself=True)
        labels, end = self._labels(level, unit.end(), lenient=unit["plural"] is not None)
        if not labels or unit.end("word") == unit.end():
            return None
        if level == "part" and unit["word"].islower() and not labels[0].startswith(("thứ", "I", "V", "X")):
            return None
        return Item(level, tuple(labels), place, end, spread=unit["plural"] is not None)

    def _short_item(self, place: int) -> Item | None:
        unit = _SHORT_UNIT.match(self.text, place)
        if unit is None:
            return None
        level = _SHORT_WORDS[unit["word"].lower()]
        labels, end = self._labels(level, unit.end(), lenient=False)
        return Item(level, tuple(labels), place, end, weak=not unit["dot"]) if labels else None

    def _makes_another_word(self, level: str, start: int) -> bool:
        before = self.text[max(0, start - 8) : start].split()
        others = _OTHER_WORDS.get(level, set())
        return bool(before) and self.text[start - 1] == " " and before[-1].lower() in others

    def _next(self, place: int) -> Item | None:
        start = self._skip(place)
        separator = _SEPARATOR[self.plain].match(self.text, start)
        assert separator is not None
        if start == place and not separator[0]:
            return None
        item = self.item(self._skip(separator.end()))
        if item is None:
            return None
        is_apart = separator["mark"] == ";" and item.level == "annex"
        join = "and" if separator["and"] or is_apart else ("," if separator["mark"] else "")
        return replace(item, join=join)

    def _skip(self, place: int) -> int:
        blanks = _BLANKS.match(self.text, place)
        assert blanks is not None
        return blanks.end()

    def _labels(self, level: str, place: int, *, lenient: bool) -> tuple[list[str], int]:
        """The labels of a list with its ranges spread out, and where it ends."""
        first = self._label(level, place)
        if first is None or not self._may_be_alone(level, first):
            return [], place
        labels, end = [first["label"]], first.end()
        while len(labels) < _LONGEST_LIST and (sign := self._list_sign(end)) is not None:
            following = self._label(level, self._skip_word(level, sign))
            if following is None or not (lenient or sign["range"] or self._follows(following.end())):
                break
            labels += _between(labels[-1], following["label"]) if sign["range"] else []
            labels.append(following["label"])
            end = following.end()
        if level == "point" and first["label"][0].isdigit() and not self._has_owner(end):
            return [], place
        return [_canonical_label(level, label) for label in labels], end

    def _list_sign(self, place: int) -> re.Match[str] | None:
        return _LIST_SIGN[self.plain].match(self.text, self._skip(place))

    def _label(self, level: str, place: int) -> re.Match[str] | None:
        return _LABELS[level].match(self.text, place)

    def _skip_word(self, level: str, sign: re.Match[str]) -> int:
        """Past the unit's own word said again within a range: "Điều 5 đến Điều 8"."""
        place = self._skip(sign.end())
        if not sign["range"]:
            return place
        unit = _UNIT[self.plain].match(self.text, place)
        same = unit is not None and not unit["plural"] and _SLUG_OF_FOLDED[fold(unit["word"])] == level
        return unit.end() if unit is not None and same else place

    def _may_be_alone(self, level: str, label: re.Match[str]) -> bool:
        """A điểm's letter may be a word ("điểm y tế"): then what follows decides."""
        if level != "point" or label["label"][0].isdigit():
            return True
        return (label["label"] != "y" and not self.plain) or self._follows(label.end())

    def _has_owner(self, place: int) -> bool:
        """Whether a figure is that of a điểm and no mark: "điểm 5 Mục I", not "đạt điểm 5"."""
        return _OWNER[self.plain].match(self.text, self._skip(place)) is not None

    def _follows(self, place: int) -> bool:
        return _FOLLOWS[self.plain].match(self.text, self._skip(place)) is not None


def _canonical_label(level: str, label: str) -> str:
    if level == "part":
        return label.lower() if label[:1] in "tT" else label.upper()
    if level in {"annex", "chapter"} and label.isalpha():
        return label.upper()
    return label


def _between(first: str, last: str) -> list[str]:
    """The labels between two figures, or two letters of điểm, that are not too far apart."""
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= _LONGEST_RANGE:
        return [str(figure) for figure in range(int(first) + 1, int(last))]
    if len(first) == len(last) == 1 and first in _POINT_LETTERS and last in _POINT_LETTERS:
        return list(_POINT_LETTERS[_POINT_LETTERS.index(first) + 1 : _POINT_LETTERS.index(last)])
    return []


def places(items: tuple[Item, ...], here: ProvisionPath | None) -> tuple[ProvisionPath, ...]:
    """The places that a chain of units names, in the order of the text.

    ``here`` is where the text stands, for "Điều này" and for a khoản without its điều; None where that says nothing. What
    rests on an unknown ``here`` is left out.
    """
    found = _descending(items) if _is_descending(items) else _ascending(items)
    return tuple(place for place in (_seen_from(here, labels, itself) for labels, itself in found) if place is not None)


_Labels = dict[str, str]
_Found = list[tuple[_Labels, str]]  # the labels of a place, and the level of "này" it hangs from, if any


def _is_descending(items: tuple[Item, ...]) -> bool:
    """Whether the wider unit comes first: "Điều 5 khoản 2"; with commas only if all do ("Điều 5, khoản 2, điểm a")."""
    pairs = list(pairwise(items))
    if any(narrow.rank > wide.rank and not narrow.join for wide, narrow in pairs):
        return True
    return bool(pairs) and all(narrow.rank > wide.rank and narrow.join != "and" for wide, narrow in pairs)


def _descending(items: tuple[Item, ...]) -> _Found:
    found: _Found = []
    above: _Labels = {}
    for index, item in enumerate(items):
        above = {level: label for level, label in above.items() if RANK[level] < item.rank}
        following = items[index + 1] if index + 1 < len(items) else None
        is_parent = following is not None and following.rank > item.rank and following.join != "and"
        found += [] if is_parent else [({**above, item.level: label}, "") for label in item.labels]
        above[item.level] = item.labels[-1] if item.labels else ""
    return found


def _ascending(items: tuple[Item, ...]) -> _Found:
    """From the last unit back: each hangs from the nearest wider one after it."""
    found: _Found = []
    above: dict[str, tuple[str, ...]] = {}
    itself = ""
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        above = {level: labels for level, labels in above.items() if RANK[level] < item.rank}
        is_parent = index > 0 and item.rank < items[index - 1].rank and item.join != "and"
        if item.itself:
            itself = item.level
            found += [] if is_parent else [({}, itself)]
            continue
        outers = [dict(zip(above, labels, strict=True)) for labels in product(*above.values())][::-1]
        spreads = item.spread and len(item.labels) * len(outers) <= _WIDEST_SPREAD
        carried = item.labels if spreads else item.labels[:1]
        leaves = item.labels[len(carried) :] if is_parent else item.labels
        found += [({**outer, item.level: label}, itself) for label in reversed(leaves) for outer in outers]
        if item.level == "annex" and item.join == "and":  # beside what stands before it: "Điều 15 và Phụ lục II"
            above = {}
        else:
            above[item.level] = carried
    return found[::-1]


def _seen_from(here: ProvisionPath | None, labels: _Labels, itself: str) -> ProvisionPath | None:
    said = ProvisionPath(**labels)
    if itself:
        base = here.up_to(itself) if here is not None and getattr(here, itself) else None
        return None if base is None else replace(base, **labels)
    if said.is_rooted or here is None:
        return said
    parent = "clause" if not said.clause else "article"
    return replace(here.up_to(parent), **labels)


assert set(_WORDS.values()) == set(LEVELS)
