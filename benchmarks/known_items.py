"""Known items: ``python benchmarks/known_items.py HOME [--cases 2000] [--seed 6]`` over a home with a store and its index.

Names real documents, provisions, procedures and abbreviations the way people type them, and looks whether the item meant
comes first. Where a name fits several items, the answer counts as right when it offers all of them as a choice that holds the item.
Prints a table by kind of name and every failure.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.abbreviations import abbreviations
from indexer.results import Hit, SearchResult
from indexer.search import SearchIndex, open_index
from kb.citation import parse_path
from kb.model import HitKind, Searchable
from kb.numbers import DOCUMENT_TYPES, parse_number
from kb.store import open_store
from kb.text import canonical, fold

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.indexer.keyboards import telex, vni


@dataclass(frozen=True, slots=True)
class Case:
    """What is typed, how it was made, and whether a result is right."""

    kind: str
    query: str
    meant: str
    is_right: Callable[[SearchResult], bool]


Spelling = Callable[[str, Searchable], str]


def main() -> None:
    """Print the table and the failures."""
    parser = argparse.ArgumentParser(description="How often the item that is named comes first")
    parser.add_argument("home", type=Path)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=6)
    given = parser.parse_args()
    with open_store(f"sqlite:///{given.home / 'store.sqlite'}") as store:
        records = Records(list(store.searchables()))
    _report(open_index(given.home / "index"), list(records.cases(given.cases, random.Random(given.seed))))


def _report(index: SearchIndex, cases: list[Case]) -> None:
    asked, right = Counter(case.kind for case in cases), Counter[str]()
    for case in cases:
        result = index.search(case.query, limit=3)
        if case.is_right(result):
            right[case.kind] += 1
        else:
            print(
                f"{case.kind}: {case.query!r} means {case.meant}; first is {result.hits[0].id if result.hits else None}"
            )
    print("\n| kind of name | asked | right | share |\n|---|---|---|---|")
    for kind, count in sorted(asked.items()):
        print(f"| {kind} | {count} | {right[kind]} | {right[kind] / count:.1%} |")
    print(f"| all | {len(cases)} | {right.total()} | {right.total() / len(cases):.2%} |")


class Records:
    """The records by kind, and the names they share."""

    def __init__(self, records: list[Searchable]) -> None:
        self.documents = [one for one in records if one.kind is HitKind.DOCUMENT]
        self.procedures = [one for one in records if one.kind is HitKind.PROCEDURE]
        self.articles = [one for one in records if one.kind is HitKind.ARTICLE and one.clauses and _is_plain(one.id)]

    def cases(self, count: int, draw: random.Random) -> Iterator[Case]:
        """So many cases, of each kind about as many, in the same order for the same seed."""
        makers = (self._by_number, self._by_number, self._by_provision, self._by_code, self._by_title, self._typed_raw)
        shorts = self._abbreviations(draw)
        made = 0
        while made < count:
            case = next(shorts, None) if made % 8 == 0 else None
            case = case or draw.choice(makers)(draw)
            if case is not None:
                made += 1
                yield case

    def _by_number(self, draw: random.Random) -> Case | None:
        document = draw.choice(self.documents)
        if not document.number or parse_number(document.number) is None:
            return None
        name, spelled = draw.choice(tuple(NUMBERS.items()))
        return Case(f"number: {name}", spelled(document.number, document), document.id, _first(document))

    def _by_provision(self, draw: random.Random) -> Case | None:
        article = draw.choice(self.articles)
        path, _, _ = draw.choice(article.clauses)
        place = _place(article.id.partition("/")[2], path)
        name, spelled = draw.choice(tuple(PROVISIONS.items()))
        query = spelled(place, article) if place else ""
        address = f"{article.url}.{path}"
        return Case(f"provision: {name}", query, address, _leads_to(article, address)) if query else None

    def _by_code(self, draw: random.Random) -> Case | None:
        procedure = draw.choice(self.procedures)
        name, form = draw.choice(tuple(CODES.items()))
        return Case(f"procedure: {name}", form.format(procedure.id), procedure.id, _first(procedure))

    def _by_title(self, draw: random.Random) -> Case | None:
        record = draw.choice(draw.choice((self.documents, self.procedures)))
        name, spelled = draw.choice(tuple(TITLES.items()))
        title = " ".join(record.title.split())
        if len(title.split()) < _SHORTEST_TITLE or title == record.citation:
            return None
        return Case(f"title: {name}", spelled(title, record), record.id, _first(record))

    def _typed_raw(self, draw: random.Random) -> Case | None:
        record = draw.choice(self.documents)
        title = " ".join(record.title.split())
        if not _SHORTEST_TITLE <= len(title.split()) <= _LONGEST_RAW or title == record.citation:
            return None
        name, typed = draw.choice((("Telex", telex), ("VNI", vni)))
        return Case(f"raw {name}", typed(title), record.id, _first(record))

    def _abbreviations(self, draw: random.Random) -> Iterator[Case]:
        table = [(short, meant[0]) for short, meant in abbreviations().items() if len(meant) == 1]
        draw.shuffle(table)
        for short, meaning in table:
            spelled = short if draw.random() < _AS_PRINTED else short.lower()
            yield Case("abbreviation", spelled, meaning, _holds(short, meaning))


_SHORTEST_TITLE = 4
_LONGEST_RAW = 25
_AS_PRINTED = 0.5


def _is_plain(identifier: str) -> bool:
    """Not another edition, nor a provision numbered twice: those have no name that people type."""
    return "@" not in identifier and "~" not in identifier


def _first(record: Searchable) -> Callable[[SearchResult], bool]:
    def is_right(result: SearchResult) -> bool:
        if any(_same(hit, record) for hit in result.choices):
            return True
        return bool(result.hits) and _same(result.hits[0], record)

    return is_right


def _leads_to(record: Searchable, address: str) -> Callable[[SearchResult], bool]:
    """The article first, and the link of the hit leads to the very khoản or điểm."""

    def is_right(result: SearchResult) -> bool:
        offered = result.choices or result.hits[:1]
        return any(_same(hit, record) and hit.place_url.partition("@")[0] == address for hit in offered)

    return is_right


def _same(hit: Hit, record: Searchable) -> bool:
    """The record itself, or another edition of the article."""
    return hit.kind is record.kind and hit.id.partition("@")[0] == record.id


def _holds(short: str, meaning: str) -> Callable[[SearchResult], bool]:
    """An abbreviation is understood when the first hit holds what it stands for, or itself."""
    wanted = [_plain(meaning), _plain(short)]

    def is_right(result: SearchResult) -> bool:
        if not result.hits:
            return False
        hit = result.hits[0]
        shown = _plain(f"{hit.title} {hit.snippet.text} {hit.document_title} {hit.issuer}")
        return any(f" {each.strip()} " in shown for each in wanted)

    return is_right


def _plain(text: str) -> str:
    return f" {' '.join(_WORDS.findall(fold(text)))} "


_WORDS = re.compile(r"[^\W_]+")


def _short(kind: str) -> str:
    return next((shorts[0] for name, shorts in DOCUMENT_TYPES if name == kind and shorts), kind)


def _digits(number: str, width: int) -> str:
    return re.sub(r"^\d+", lambda digits: digits[0].lstrip("0").zfill(width), number)


NUMBERS: dict[str, Spelling] = {
    "as printed": lambda number, _: number,
    "lower case": lambda number, _: number.lower(),
    "upper case": lambda number, _: number.upper(),
    "without accents": lambda number, _: fold(number),
    "without accents, upper case": lambda number, _: fold(number).upper(),
    "with the type": lambda number, one: f"{one.type} {number}",
    "with the type and số": lambda number, one: f"{one.type} số {number}",
    "with the type, without accents": lambda number, one: fold(f"{one.type} so {number}"),
    "with the type shortened": lambda number, one: f"{_short(one.type)} {number}",
    "after số": lambda number, _: f"số {number}",
    "with số: and blanks": lambda number, _: f"Số:  {number} ",
    "blanks around signs": lambda number, _: number.replace("/", " / ").replace("-", " - "),
    "blanks for signs": lambda number, _: number.replace("/", " ").replace("-", " "),
    "en dash": lambda number, _: number.replace("-", "–"),
    "hyphen that does not break": lambda number, _: number.replace("-", "\u2011"),
    "Ð for Đ": lambda number, _: number.replace("Đ", "Ð"),
    "soft hyphen": lambda number, _: number.replace("-", "-\u00ad"),
    "leading zero": lambda number, _: _digits(number, 4),
    "no leading zero": lambda number, _: _digits(number, 1),
    "as a slug": lambda number, _: fold(number).replace("/", "-"),
    "with the year of issue": lambda number, one: f"{number} năm {one.issued.year}" if one.issued else number,
    "with a full stop": lambda number, one: f"{one.type} {number}.",
}


def _place(unit: str, path: str) -> str:
    return str(parse_path(f"{unit}.{path}") or "")


def _named(article: Searchable) -> str:
    """The law by its name, as people say it; empty where its title does not say its kind."""
    title = " ".join(article.document_title.split())
    if article.type not in ("Luật", "Bộ luật") or not title or len(title.split()) > _LONGEST_NAME:
        return ""
    return title if title.lower().startswith(article.type.lower()) else f"{article.type} {title}"


_LONGEST_NAME = 9


def _with(form: str) -> Spelling:
    """A way to write a provision: {place}, {number}, {kind}, {short}, {law}, {year}."""

    def spelled(place: str, article: Searchable) -> str:
        law, year = _named(article), article.issued.year if article.issued else ""
        if ("{law}" in form and not law) or ("{year}" in form and not year) or not article.number:
            return ""
        kind, short = article.type, _short(article.type)
        return form.format(place=place, number=article.number, kind=kind, short=short, law=law, year=year)

    return spelled


def _then(change: Callable[[str], str], spelling: Spelling) -> Spelling:
    return lambda place, article: change(spelling(place, article))


def _letters(text: str) -> str:
    """Khoản and Điều as people shorten them, "k2 đ10"; a điểm stays as it is."""
    return re.sub(r"khoản (\d)", r"k\1", re.sub(r"[Đđ]iều (\d)", r"đ\1", text))


def _turned(text: str) -> str:
    """The article first: "Điều 10 khoản 2"."""
    parts = re.findall(r"(?:điểm|khoản|Điều|điều) \S+", text)
    return text.replace(" ".join(parts), " ".join(reversed(parts))) if parts else text


PROVISIONS: dict[str, Spelling] = {
    "of a number": _with("{place} {kind} {number}"),
    "of a number, with signs": _with("{place} của {kind} số {number}"),
    "without accents": _then(fold, _with("{place} {kind} {number}")),
    "short": _then(_letters, _with("{place} {short} {number}")),
    "the article first": _then(_turned, _with("{place} {kind} {number}")),
    "after the number": _with("{kind} {number} {place}"),
    "after the number, with a comma": _with("{number}, {place}"),
    "of a law by name": _with("{place} {law}"),
    "of a law by name and year": _with("{place} {law} {year}"),
    "of a law by name, without accents": _then(fold, _with("{place} {law} {year}")),
    "of a law by name, after it": _with("{law} năm {year}, {place}"),
    "lower case": _then(str.lower, _with("{place} {law} năm {year}")),
}

CODES = {
    "code": "{}",
    "after thủ tục": "thủ tục {}",
    "after mã": "mã thủ tục {}",
    "without accents": "thu tuc hanh chinh {}",
    "after TTHC": "TTHC {}",
    "with blanks": "  {} ",
    "with a full stop": "Mã số {}.",
}


def _half(title: str) -> str:
    words = title.split()
    return " ".join(words[: max(_SHORTEST_TITLE, -(-len(words) // 2))])


TITLES: dict[str, Spelling] = {
    "as it is": lambda title, _: title,
    "without accents": lambda title, _: fold(title),
    "upper case": lambda title, _: title.upper(),
    "decomposed": lambda title, _: _decomposed(title),
    "with the type": lambda title, one: f"{one.type} {title}".strip(),
    "first half": lambda title, _: _half(title),
    "first half, without accents": lambda title, _: fold(_half(title)),
    "second half": lambda title, _: " ".join(title.split()[len(title.split()) // 2 :]),
}


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", canonical(text))


if __name__ == "__main__":
    main()
