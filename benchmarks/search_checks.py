"""Whether search loses anything: ``python benchmarks/search_checks.py HOME`` over a home with the codification imported.

Literal recall: spans of 2 to 6 syllables cut at random from real articles; every article whose canonical text holds the span,
found by plain string search over all texts, must be among the hits, unquoted and quoted. Tone variants: the same set of hits
for both spellings. Numbers: real documents in ten spellings each, the document first.
"""

from __future__ import annotations

import random
import re
import sys
import time
from bisect import bisect_right
from itertools import accumulate
from pathlib import Path

from indexer.search import SearchIndex, open_index
from kb.model import HitKind, Searchable
from kb.store import open_store
from kb.text import canonical, fold

SPANS = 1000
NUMBERS = 200
TONES = (
    ("hoà giải", "hòa giải"),
    ("uỷ ban nhân dân", "ủy ban nhân dân"),
    ("số hoá", "số hóa"),
    ("thuỷ lợi", "thủy lợi"),
    ("khoá học", "khóa học"),
    ("kĩ thuật", "kỹ thuật"),
    ("tỉ lệ", "tỷ lệ"),
    ("NÐ-CP", "NĐ-CP"),
)


class Texts:
    """All article texts as one canonical lower-case string, to search without the product."""

    def __init__(self, articles: list[Searchable]) -> None:
        self.ids = [article.id for article in articles]
        plain = [f"{_plain(article.title)} \x01 {_plain(article.text)}" for article in articles]
        self.whole = "\x00".join(plain)
        self._ends = list(accumulate(len(text) + 1 for text in plain))

    def holding(self, span: str) -> set[str]:
        """The ids of the articles that hold the span as it stands, between two non-letters."""
        wanted, found = _plain(span), set()
        place = self.whole.find(wanted)
        while place >= 0:
            end = place + len(wanted)
            if not self.whole[place - 1 : place].isalnum() and not self.whole[end : end + 1].isalnum():
                number = bisect_right(self._ends, place)
                found.add(self.ids[number])
                end = self._ends[number]
            place = self.whole.find(wanted, end)
        return found


def main(home: Path) -> None:
    """Print the three tables."""
    with open_store(f"sqlite:///{home / 'store.sqlite'}") as store:
        articles = [one for one in store.searchables() if one.kind is HitKind.ARTICLE]
        documents = [one for one in store.documents() if one.number and one.identity.issued]
    index = open_index(home / "index")
    draw = random.Random(2022)
    _literal_recall(index, articles, draw)
    _tones(index)
    _numbers(index, draw.sample(documents, NUMBERS))


def _literal_recall(index: SearchIndex, articles: list[Searchable], draw: random.Random) -> None:
    texts = Texts(articles)
    started = time.perf_counter()
    missed = {"words": 0, "phrase": 0}
    pairs = 0
    for _ in range(SPANS):
        span = _span(draw.choice(articles).text, draw) or _span(draw.choice(articles).text, draw)
        holding = texts.holding(span)
        pairs += len(holding)
        for kind, query in (("words", span), ("phrase", f'"{span}"')):
            found = {name for name, _ in index.rank(query, len(index))}
            if lost := holding - found:
                missed[kind] += len(lost)
                print(f"missed by {kind}: {span!r}: {len(lost)} of {len(holding)}, {sorted(lost)[:2]}")
    took = time.perf_counter() - started
    print(
        f"literal recall: {SPANS} spans, {pairs} articles hold them; missed unquoted {missed['words']}, quoted {missed['phrase']}"
    )
    print(f"({took:.0f} s, most of it the plain string search)")


def _span(text: str, draw: random.Random) -> str:
    syllables = list(re.finditer(r"[^\W_]+", canonical(text).replace('"', " ")))
    length = draw.randint(2, 6)
    if len(syllables) < length:
        return ""
    first = draw.randrange(len(syllables) - length + 1)
    start, end = syllables[first].start(), syllables[first + length - 1].end()
    return canonical(text).replace('"', " ")[start:end]


def _tones(index: SearchIndex) -> None:
    print("\n| typed | typed otherwise | hits | the same |\n|---|---|---|---|")
    for one, other in TONES:
        first, second = (index.rank(query, len(index)) for query in (one, other))
        print(f"| {one} | {other} | {len(first)} | {'yes' if first == second else 'NO'} |")


def _numbers(index: SearchIndex, documents: list) -> None:  # type: ignore[type-arg]
    right = dict.fromkeys(_spellings("1/2020/NĐ-CP", "Nghị định"), 0)
    for document in documents:
        for name, query in _spellings(document.number, document.type).items():
            hits = index.search(query, limit=20).hits
            named = [hit.id for hit in hits if hit.kind is HitKind.DOCUMENT]
            right[name] += document.slug in named and named.index(document.slug) < max(
                1, _same_number(named, hits, document)
            )
    print(f"\n| spelling | right first, or among the choices, of {len(documents)} |\n|---|---|")
    for name, count in right.items():
        print(f"| {name} | {count} |")


def _same_number(named: list[str], hits: tuple, document: object) -> int:  # type: ignore[type-arg]
    """How many of the first hits carry the same number: those are a choice."""
    numbers = {hit.id: hit.number for hit in hits}
    count = 0
    for name in named:
        if fold(numbers[name]) != fold(document.number):  # type: ignore[attr-defined]
            break
        count += 1
    return count


def _spellings(number: str, kind: str) -> dict[str, str]:
    return {
        "as printed": number,
        "lower case": number.lower(),
        "without accents": fold(number),
        "with the type": f"{kind} {number}",
        "with the type and số": f"{kind} số {number}",
        "blanks around signs": number.replace("/", " / "),
        "en dash": number.replace("-", "–"),
        "Ð for Đ": number.replace("Đ", "Ð"),
        "leading zero": f"0{number}",
        "as a slug": fold(number).replace("/", "-"),
    }


def _plain(text: str) -> str:
    return " ".join(canonical(text).lower().split())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
