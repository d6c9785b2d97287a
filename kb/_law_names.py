"""Where the name of a law ends in running text: "Luật Hôn nhân và gia đình quy định …".

With a gazetteer the longest known title wins. Without one the name goes on until punctuation, a figure or a word that
names do not hold; a comma, "và" or "của" belongs to it only between the words that titles of laws are known to join.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from kb._law_name_words import FIRST_PAIRS, JOINTS, NOT_FIRST, STOP_PAIRS, STOPS
from kb.text import canonical, fold, unwrap

LAW_TYPES = ("Bộ luật", "Luật", "Pháp lệnh")
_MOST_WORDS = 40

# What stands between two words of a name: blanks, at most one line break, a comma or a hyphen; bounded, so linear.
_STEP = re.compile(r"(?P<mark>,|\s-)?[ \t]{0,3}(?:\n[ \t]{0,12})?(?<=\s)(?P<word>[^\W\d_]+)(?![\d_/])")
_FIRST = re.compile(r"\s{1,12}(?P<word>[^\W\d_]+)(?![\d_/])")

_AMENDING = re.compile(
    r"\s{1,12}sửa đổi(?:,\s{1,12}bổ sung)?\s{1,12}(?:một\s{1,3}số\s{1,3}điều|(?:các\s)?điều\s\d{1,4}[a-zđ]?)?"
    r"(?:\s{1,12}của)?(?=\s)",
    re.IGNORECASE,
)


def name_after(text: str, place: int, titles: Collection[str] | None, *, plain: bool) -> tuple[str, int]:
    """The name that begins after ``place`` (the end of "Luật") and where it ends; ("", ``place``) if there is none.

    ``titles`` are known names, with or without the kind before them, and the name comes back as they write it; ``plain``
    for text typed without accents.
    """
    known = _known_name(text, place, titles, plain=plain) if titles else ("", place)
    end = _ruled_end(text, place, plain=plain)
    return known if known[0] else (unwrap(text[place:end]), end)


def amending_end(text: str, place: int) -> int:
    """Where "sửa đổi, bổ sung một số điều của" ends that begins after ``place``; ``place`` if there is none."""
    match = _AMENDING.match(text, place)
    return match.end() if match else place


def begins_in_lower_case(text: str, place: int) -> bool:
    """Whether the name that begins after ``place`` is written small ("luật căn cước"), as people type it."""
    word = _FIRST.match(text, place)
    return word is not None and word["word"][0].islower()


def _known_name(text: str, place: int, titles: Collection[str], *, plain: bool) -> tuple[str, int]:
    names, beginnings = _gazetteer(frozenset(titles), plain)
    words: list[str] = []
    found = ("", place)
    step = _FIRST.match(text, place)
    while step is not None and len(words) < _MOST_WORDS:
        mark = (step.groupdict().get("mark") or "").strip()
        words += [mark, step["word"].lower()] if mark else [step["word"].lower()]
        key = " ".join(words)
        if key not in beginnings:
            break
        found = (names[key], step.end()) if key in names else found
        step = _STEP.match(text, step.end())
    return found


@lru_cache(maxsize=4)
def _gazetteer(titles: frozenset[str], plain: bool) -> tuple[dict[str, str], frozenset[str]]:  # noqa: FBT001 - lru_cache
    """The names by their words in lower case, and everything that one of them begins with.

    Accents count unless the text has none: "Luật được" is not "Luật Dược".
    """
    names: dict[str, str] = {}
    for title in sorted(titles):
        words = _TITLE_WORDS.findall(fold(title) if plain else canonical(title).lower())
        kind_words = next((len(kind.split()) for kind in LAW_TYPES if fold(title).startswith(f"{fold(kind)} ")), 0)
        names[" ".join(words[kind_words:])] = " ".join(unwrap(title).split(" ")[kind_words:])
    cut = (name.split(" ") for name in names)
    return names, frozenset(" ".join(words[: length + 1]) for words in cut for length in range(len(words)))


_TITLE_WORDS = re.compile(r"[^\W\d_]+|[,-]")


def _ruled_end(text: str, place: int, *, plain: bool) -> int:
    first = _FIRST.match(text, place)
    if first is None or (not plain and not _may_begin(text, first)):
        return place
    end, before, stops = first.end(), first["word"].lower(), _PLAIN_STOPS if plain else STOPS
    for _ in range(_MOST_WORDS):
        step = _STEP.match(text, end)
        if step is None:
            break
        word = step["word"].lower()
        after = _word_after(text, step.end())
        mark = (step["mark"] or "").strip()
        if mark and (before, mark, word) not in JOINTS:
            break
        if not mark and (word in stops or f"{word} {after}" in STOP_PAIRS) and not _is_joint(before, word, after):
            break
        if _FIGURE_WORD.fullmatch(word) and _FIGURE.match(text, step.end()):
            break
        end, before = step.end(), word
    return end


def _is_joint(before: str, word: str, after: str) -> bool:
    return (before, word, after) in JOINTS or (before, word, "") in JOINTS


_PLAIN_STOPS = frozenset({"duoc", "thi", "hoac"})
_FIGURE_WORD = re.compile("số|so|nam|ngay|điều|dieu|khoản|khoan|điểm|diem|mục|muc|chương|chuong")  # "số 26", "Điều 5"
_FIGURE = re.compile(r"\s{0,3}:?\s{0,3}\d")


def _may_begin(text: str, first: re.Match[str]) -> bool:
    word = first["word"].lower()
    pair = f"{word} {_word_after(text, first.end())}"
    if word in {"này", "số"}:
        return False
    return first["word"][0].isupper() or pair in FIRST_PAIRS or (word not in NOT_FIRST and pair not in STOP_PAIRS)


def _word_after(text: str, place: int) -> str:
    step = _STEP.match(text, place)
    return step["word"].lower() if step is not None and not step["mark"] else ""
