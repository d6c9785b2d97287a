"""The spellings of a number taken apart: kind, serial, year and suffix, and the suffix put in its canonical letters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb._abbreviations import AGENCIES, DOCUMENT_TYPES
from kb.text import canonical, fold


@dataclass(frozen=True, slots=True)
class Parts:
    """What a spelling gives; ``type`` is the kind named before the number, ``named`` whether a kind or "số" stands there."""

    serial: str
    year: int | None = None
    joint: str = ""
    suffix: str = ""
    type: str = ""
    named: bool = False


def read(text: str) -> Parts | None:
    """The parts of a number in any spelling, None if the text is something else."""
    if len(text) > _LONGEST:
        return None
    clean = _NOTE.sub("", canonical(text)).strip(_WRAPPING)
    if fold(clean).replace("-", " ") == "khong so":
        return Parts("")
    kind, named, rest = type_word(clean)
    tight = _TERM_BLANK.sub("", _BLANK_SIGN.sub(r"\1", _YEAR_WORD.sub("/", _MISSING_SIGN.sub("-", rest))))
    match = _NUMBER.fullmatch(tight) or _NUMBER.fullmatch(_join_known_words(tight))
    if match is None:
        return None
    year = int(match["year"]) if match["year"] else None
    suffix = (match["suffix"] or "").replace("_", "-")
    return Parts(match["serial"].lower(), year, _joint(match), suffix, kind, named)


# Repetitions below are bounded or of classes that exclude what follows them: matching is linear in the text.
_WRAPPING = " \t\r\n'\"`´‘’“”«».,;:()[]"
_LONGEST = 200  # no number is, and the patterns below try every blank
_NOTE = re.compile(r"\s*\([^()]*\)\s*\Z")
_YEAR_WORD = re.compile(r"\s*,?\s?\b(?:năm|nam)\s+(?=\d{4}\b)", re.IGNORECASE)
_TERM_BLANK = re.compile(r"(?<=QH)\s+(?=\d{1,2}\Z)", re.IGNORECASE)
_MISSING_SIGN = re.compile(r"(?<=\d)\s(?=[A-ZĐ]{1,6}/)")
_BLANK_SIGN = re.compile(r"\s*([/\-_])\s*")
_NUMBER = re.compile(
    r"""
    (?P<serial>\d{1,6}(?:\.\d{1,4})?(?:[a-hA-H](?![^\W_]))?)   # 59, 66.7, 522b
    (?:[/\-_](?P<year>(?:19[4-9]|20\d)\d)(?!\d))?           # /2022
    (?P<joint>[/\-_]?)
    (?P<suffix>(?:(?<=[/\-_])|(?=(?:L|SL|LCT|CP|TTg|HĐBT)\b))  # after a sign, or glued as in 33L/CTN
        [^\W\d_][\w.&]{0,24}(?:[/\-_][\w.&]{1,25}){0,12}[/\-_]?)?
    """,
    re.VERBOSE,
)


def _join_known_words(tight: str) -> str:
    """``59/2022/nd cp`` with its hyphen, where all the words are abbreviations."""
    head, sign, suffix = tight.rpartition("/")
    words = suffix.split()
    return f"{head}{sign}{'-'.join(words)}" if all(map(is_known_token, words)) else tight


def _joint(match: re.Match[str]) -> str:
    """The sign before the suffix; a slug, all hyphens and no capitals, stands for the modern form with a slash."""
    suffix = match["suffix"] or ""
    if match["year"] or not suffix or match["joint"] == "/":
        return "/"
    is_slug = suffix.islower() and re.search("[-_]", suffix) and "/" not in suffix
    return "/" if is_slug else "-"


def type_word(text: str) -> tuple[str, bool, str]:
    """(kind, whether a kind or "số" was named, what follows) of a text that begins a number."""
    folded = fold(text)
    match = _TYPE_WORD.match(folded)
    if match is None or len(folded) != len(text):
        return "", False, text
    kind = _TYPE_OF_WORDS.get(re.sub(r"[\s_-]+", " ", match["kind"] or "").strip(), "")
    return kind, bool(match[0]), text[match.end() :]


_TYPE_OF_WORDS = {fold(name): name for name, _ in DOCUMENT_TYPES} | {
    fold(abbreviation): name for name, abbreviations in DOCUMENT_TYPES for abbreviation in abbreviations
}
_WORDS = "|".join(word.replace(" ", r"[\s_-]+") for word in sorted(_TYPE_OF_WORDS, key=len, reverse=True))
_TYPE_WORD = re.compile(
    rf"(?:(?P<kind>{_WORDS})[\s_.:-]{{0,3}})?(?:so(?:\s+hieu)?\b[\s_.:-]{{0,3}}|no\.\s?)?['’]?(?=\d)"
)


def canonical_suffix(suffix: str) -> str:
    """The suffix in the letters of the law: ``nd-cp`` gives ``NĐ-CP``, ``QD-TTG`` gives ``QĐ-TTg``."""
    pieces = re.split(r"([/-])", _DOTTED.sub(_hyphen_between_known, suffix.strip("/-")))
    shout = suffix.islower()
    return "".join(
        piece if place % 2 else _canonical_token(piece, first=place == 0, shout=shout)
        for place, piece in enumerate(pieces)
    )


_DOTTED = re.compile(r"[^/.-]+\.[^/.-]+")


def _hyphen_between_known(match: re.Match[str]) -> str:
    """``NQ.HĐTP`` as ``NQ-HĐTP``; ``UBND.HC`` stays."""
    tokens = match[0].split(".")
    return "-".join(tokens) if all(map(is_known_token, tokens)) else match[0]


def fold_suffix(suffix: str) -> str:
    """The suffix as it stands in a key: folded, every sign a hyphen."""
    return re.sub(r"[/_]", "-", fold(suffix))


def _canonical_token(token: str, *, first: bool, shout: bool) -> str:
    word = re.match(r"(?P<letters>.*?)(?P<digits>\d*)\Z", token, re.DOTALL)
    assert word is not None
    letters, digits = word["letters"], word["digits"]
    known = _known_letters(letters, first=first)
    if known:
        return known + digits
    glued = _glued(letters) if first else ""
    return (glued or (letters.upper() if shout else letters)) + digits


def _known_letters(letters: str, *, first: bool) -> str:
    folded = fold(letters)
    tables = (_TYPE_TOKENS, _AGENCY_TOKENS) if first else (_AGENCY_TOKENS,)
    for table in tables:
        choices = table.get(folded, ())
        if choices:
            return letters if letters in choices else choices[0]
    return ""


def is_known_token(token: str) -> bool:
    """Whether a part of a suffix is a kind or an agency, in any letters: ``NĐ``, ``nd``, ``QH15``."""
    folded = fold(token).rstrip("0123456789")
    return folded in _TYPE_TOKENS or folded in _AGENCY_TOKENS or token in _LAW_TOKENS


_LAW_TOKENS = frozenset({"L", "LCT"})  # lệnh của Chủ tịch nước that promulgates a law: 31-L/CTN, 21-LCT/HDNN8


def _glued(letters: str) -> str:
    """``NĐCP`` as ``NĐ-CP``: a kind and an agency printed without the sign between them."""
    for cut in range(len(letters) - 2, 1, -1):
        kind = _TYPE_TOKENS.get(fold(letters[:cut]), ())
        agency = _AGENCY_TOKENS.get(fold(letters[cut:]), ())
        if kind and agency:
            return f"{kind[0]}-{agency[0]}"
    return ""


def _by_fold(abbreviations: list[str]) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for abbreviation in abbreviations:
        table.setdefault(fold(abbreviation), []).append(abbreviation)
    return table


_TYPE_TOKENS = _by_fold([abbreviation for _, abbreviations in DOCUMENT_TYPES for abbreviation in abbreviations])
_AGENCY_TOKENS = _by_fold(list(AGENCIES))
