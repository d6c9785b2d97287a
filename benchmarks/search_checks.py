"""Whether search loses anything: ``python benchmarks/search_checks.py HOME [--spans 10000] [--titles 0]`` over a home with an index.

Literal recall: spans of 2 to 6 syllables cut at random from real articles, and the titles of articles (all of them, or so many);
every article whose canonical text holds the span, found by plain string search over all texts, must be among the hits,
unquoted and quoted; and every hit of the quoted span must hold its syllables side by side, by an analysis of its text alone.
Variants: the same hits for both spellings, and for the spans with soft hyphens, other hyphens, other blanks and decomposed
letters. Numbers: real documents in ten spellings each, the document first.
"""

from __future__ import annotations

import argparse
import random
import re
import time
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from indexer.search import SearchIndex, open_index
from indexer.vietnamese import syllables_of
from kb.model import HitKind, Searchable
from kb.store import open_store
from kb.text import canonical, fold

NUMBERS = 200
TONES = (
    ("hoà giải", "hòa giải"),
    ("uỷ ban nhân dân", "ủy ban nhân dân"),
    ("số hoá", "số hóa"),
    ("thuỷ lợi", "thủy lợi"),
    ("khoá học", "khóa học"),
    ("kĩ thuật", "kỹ thuật"),
    ("tỉ lệ", "tỷ lệ"),
    ("tỉ đồng", "tỷ đồng"),
    ("sĩ quan", "sỹ quan"),
    ("bác sĩ", "bác sỹ"),
    ("lí lịch", "lý lịch"),
    ("quản lí", "quản lý"),
    ("đại lí", "đại lý"),
    ("mĩ thuật", "mỹ thuật"),
    ("hi vọng", "hy vọng"),
    ("quí I", "quý I"),
    ("chữ kí số", "chữ ký số"),
    ("NÐ-CP", "NĐ-CP"),
    ("Ðiều 5", "Điều 5"),
    ("59/2022/NĐ\u2011CP", "59/2022/NĐ-CP"),
    ("59/2022/NĐ\u2013CP", "59/2022/NĐ-CP"),
    ("căn\u00adcước", "căncước"),
    ("cước\u00a0công\u00a0dân", "cước công dân"),
)
DISGUISES: dict[str, Callable[[str], str]] = {
    "decomposed": lambda span: unicodedata.normalize("NFD", span),
    "upper case": str.upper,
    "soft hyphens": lambda span: re.sub(r"([^\W\d_])([^\W\d_])", "\\1\u00ad\\2", span),
    "hyphens that do not break": lambda span: span.replace("-", "\u2011"),
    "blanks that do not break": lambda span: span.replace(" ", "\u00a0"),
    "Ð for Đ": lambda span: span.replace("Đ", "Ð").replace("đ", "ð"),
}
"""Ways to write a span that must make no difference."""


class Texts:
    """All article texts as one canonical lower-case string, to search without the product."""

    def __init__(self, articles: list[Searchable]) -> None:
        self.ids = [article.id for article in articles]
        self._by_id = {article.id: (article.title, article.text) for article in articles}
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

    def has_in_order(self, name: str, span: str) -> bool:
        """Whether the heading or the text of an article has the syllables side by side; what is no article may."""
        wanted = _syllables(span)
        return any(wanted in _syllables(text) for text in self._by_id.get(name, (span,)))


@lru_cache(maxsize=4096)
def _syllables(text: str) -> str:
    """All syllables of a text, in the forms that match, with a blank around each."""
    return f" {' '.join(syllables_of(text))} "


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="Whether search loses anything")
    parser.add_argument("home", type=Path)
    parser.add_argument("--spans", type=int, default=10_000)
    parser.add_argument("--titles", type=int, default=0, help="so many titles; 0 for all")
    parser.add_argument("--seed", type=int, default=2022)
    given = parser.parse_args()
    with open_store(f"sqlite:///{given.home / 'store.sqlite'}") as store:
        articles = [one for one in store.searchables() if one.kind is HitKind.ARTICLE]
        documents = [one for one in store.documents() if one.number and one.identity.issued]
    index = open_index(given.home / "index")
    draw = random.Random(given.seed)
    spans = [span for span in (_span(draw.choice(articles).text, draw) for _ in range(2 * given.spans)) if span]
    titles = sorted({span for one in articles if (span := _whole(one.title))})
    drawn = draw.sample(titles, given.titles) if given.titles else titles
    texts = Texts(articles)
    _literal_recall("spans", index, texts, spans[: given.spans])
    _literal_recall("titles", index, texts, drawn)
    _tones(index)
    _numbers(index, draw.sample(documents, min(NUMBERS, len(documents))))


def _literal_recall(name: str, index: SearchIndex, texts: Texts, spans: list[str]) -> None:
    started = time.perf_counter()
    counts: Counter[str] = Counter()
    for number, span in enumerate(spans):
        holding = texts.holding(span)
        counts["held"] += len(holding)
        words = {found for found, _ in index.rank(span, len(index))}
        phrase = {found for found, _ in index.rank(f'"{span}"', len(index))}
        counts["unquoted"] += _lost("words", span, holding - words)
        counts["quoted"] += _lost("phrase", span, holding - phrase)
        if not span.isascii():  # a phrase without any accent finds all
            counts["besides"] += sum(not texts.has_in_order(found, span) for found in phrase - holding)
        disguise = list(DISGUISES)[number % len(DISGUISES)]
        other = {found for found, _ in index.rank(f'"{DISGUISES[disguise](span)}"', len(index))}
        counts["disguised"] += _lost(f"phrase, {disguise}", span, phrase ^ other)
    print(
        f"{name}: {len(spans)}, {counts['held']} articles hold them; missed unquoted {counts['unquoted']}, quoted "
        f"{counts['quoted']}; found quoted without holding them {counts['besides']}; other hits when written otherwise "
        f"{counts['disguised']} ({time.perf_counter() - started:.0f} s)"
    )


def _lost(how: str, span: str, lost: set[str]) -> int:
    if lost:
        print(f"missed by {how}: {span!r}: {len(lost)}, {sorted(lost)[:2]}")
    return len(lost)


def _whole(title: str) -> str:
    """A title that can be quoted, without marks at its ends."""
    return " ".join(canonical(title).replace('"', " ").split()).strip(" .,;:()“”*~-–")


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
    main()
