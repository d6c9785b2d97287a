"""The place of a provision within its document: its fields, its address and its wording."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace

from kb.model import ProvisionKind

# The levels from the widest to the narrowest: field of ``ProvisionPath`` and kind of provision.
LEVELS: dict[str, ProvisionKind] = {
    "annex": ProvisionKind.ANNEX,
    "part": ProvisionKind.PART,
    "chapter": ProvisionKind.CHAPTER,
    "section": ProvisionKind.SECTION,
    "subsection": ProvisionKind.SUBSECTION,
    "article": ProvisionKind.ARTICLE,
    "clause": ProvisionKind.CLAUSE,
    "point": ProvisionKind.POINT,
}
RANK = {level: rank for rank, level in enumerate(LEVELS)}
ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_GROUPING = ("part", "chapter", "section", "subsection")
_LEVEL_OF_SLUG = {kind.slug: level for level, kind in LEVELS.items()}
_ROMAN = re.compile(r"(?=[IVX])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass(frozen=True, slots=True)
class ProvisionPath:
    """A provision's place; each field holds the label as printed, empty where it is not said.

    ==========  ==========  ==================================
    annex       phụ lục     ``II``, ``01``
    part        phần        ``I``, ``thứ nhất``
    chapter     chương      ``III``
    section     mục         ``2``
    subsection  tiểu mục    ``1``
    article     điều        ``5``, ``5a``
    clause      khoản       ``1``, ``1a``
    point       điểm        ``c``, ``đ``
    ==========  ==========  ==================================

    >>> place = ProvisionPath(article="5a", clause="1", point="đ")
    >>> place.path, place.label
    ('dieu-5a.khoan-1.diem-dd', 'điểm đ khoản 1 Điều 5a')
    """

    annex: str = ""
    part: str = ""
    chapter: str = ""
    section: str = ""
    subsection: str = ""
    article: str = ""
    clause: str = ""
    point: str = ""

    @property
    def path(self) -> str:
        """The address within the document; an article needs no chapter, its number being the document's own."""
        steps = [(level, label) for level, label in self.steps if not (self.article and level in _GROUPING)]
        return ".".join(f"{LEVELS[level].slug}-{label_slug(label)}" for level, label in steps)

    @property
    def label(self) -> str:
        """As the law writes it, the narrowest first: "điểm c khoản 1 Điều 5a"."""
        return " ".join(f"{_WORDS[level]} {label}" for level, label in reversed(self.steps))

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """(level, label) of what is said, the widest first."""
        return tuple((level, label) for level in LEVELS if (label := getattr(self, level)))

    @property
    def is_rooted(self) -> bool:
        """Whether the place can be found in a document: a khoản or điểm alone cannot."""
        return any(getattr(self, level) for level in ("annex", "article", *_GROUPING))

    def up_to(self, level: str) -> ProvisionPath:
        """This place cut off below ``level``."""
        return replace(self, **{below: "" for below in LEVELS if RANK[below] > RANK[level]})

    def __str__(self) -> str:
        return self.label


assert tuple(field.name for field in fields(ProvisionPath)) == tuple(LEVELS)
_WORDS = {
    "annex": "Phụ lục",
    "part": "Phần",
    "chapter": "Chương",
    "section": "Mục",
    "subsection": "Tiểu mục",
    "article": "Điều",
    "clause": "khoản",
    "point": "điểm",
}


def label_slug(label: str) -> str:
    """A label as it stands in an address: Roman numbers and ordinals as figures, ``dd`` for đ, which is not d.

    >>> label_slug("5a"), label_slug("đ"), label_slug("III"), label_slug("thứ nhất"), label_slug("01")
    ('5a', 'dd', '3', '1', '1')
    """
    ordinal = label.removeprefix("thứ ")
    if ordinal in ORDINALS:
        return str(ORDINALS.index(ordinal) + 1)
    if label and _ROMAN.fullmatch(label):
        return str(_roman_value(label))
    figure = re.match(r"0*(?=\d)", label)
    return (label[figure.end() :] if figure else label).lower().replace("đ", "dd")


def parse_path(path: str) -> ProvisionPath | None:
    """Read an address (``dieu-5.khoan-1.diem-dd``); None where a step is of no kind that a citation can name."""
    labels: dict[str, str] = {}
    for step in path.split("."):
        slug, _, label = step.rpartition("-")
        level = _LEVEL_OF_SLUG.get(slug)
        if level is None or not label or level in labels:
            return None
        labels[level] = label.replace("dd", "đ")
    return ProvisionPath(**labels)


def _roman_value(roman: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in roman]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)
