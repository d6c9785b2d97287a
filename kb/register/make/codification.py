"""The documents and amendments of the codification, from the collected ``phapdien/phapdien_*.csv``.

Those files were read by another parser, and from more pages than the package at hand holds: ``page`` names the page of the
package that links the document, and stays empty where none does. Where a date of issue contradicts the year in the
document's own number, that parser took it from the title; the date is then left out, for it is not the document's.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from kb.model import RelationKind
from kb.numbers import parse_number
from kb.register.make.issuers import issuer_of
from kb.register.tables import Row

_LONGEST_TITLE = 400
_ITEM = re.compile(rb"ItemID=(\d+)")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ARTICLE = re.compile(r"(?:điểm (?P<point>\w+) )?(?:khoản (?P<clause>\w+),? )?Điều (?P<article>\d+[a-zđ]?)")
_IN_TITLE = re.compile(r"^(?:số\s+'?|tư\s+)?'?(\d+/\d{4}/[\w-]+)\s+")
# What is left of a number or of the kind in front of a title: "tịch 75/2000/TTLT/…", "&ĐT", "- TC/TCT", "(C13)".
_LEFTOVER = re.compile(r"^(?:(?:tịch|số|tư|hành|này)\b\s*|[-&(\"]\s*[\w&/-]+\)?\s*|\d[\w/&-]*/[\w/&-]+\s*)+")
_WORDS_OF_A_TITLE = 2

# The codification's words for what happened to an article, by the word that tells the act.
_ACTS: tuple[tuple[str, RelationKind], ...] = (
    ("ngưng hiệu lực", RelationKind.SUSPENDS),
    ("bãi bỏ", RelationKind.REPEALS),
    ("hủy bỏ", RelationKind.REPEALS),
    ("hết hiệu lực", RelationKind.REPEALS),
    ("thay thế", RelationKind.REPLACES),
    ("sửa đổi", RelationKind.AMENDS),
    ("bổ sung", RelationKind.SUPPLEMENTS),
)


def document_rows(folder: Path) -> Iterator[Row]:
    """A row a document that the codification takes articles from, or names as amending."""
    pages = _pages(folder)
    for printed in _read(folder, "documents"):
        number, title = _number_and_title(printed["number"], printed["title"])
        yield {
            "source_id": printed["item_id"],
            "type": printed["type"],
            "number": number,
            "title": title[:_LONGEST_TITLE].strip(),
            "issuer": _issuer(printed["issuer"]),
            "issued": _issued(number, _iso(printed["issue_date"])),
            "effective": _iso(printed["effective_date"]),
            "articles": printed["articles_in_code"],
            "page": pages.get(printed["item_id"], ""),
        }


def relation_rows(folder: Path) -> Iterator[Row]:
    """A row an act on an article. What is done to one article is not done to the document: nothing is summed up."""
    rows = (row for printed in _read(folder, "amendments") for row in _article_rows(printed))
    yield from {tuple(row.values()): row for row in rows}.values()


def _read(folder: Path, name: str) -> Iterator[Row]:
    with (folder / "phapdien" / f"phapdien_{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _pages(folder: Path) -> dict[str, str]:
    """The first page of the package that links an ItemID."""
    pages: dict[str, str] = {}
    with zipfile.ZipFile(folder / "phapdien" / "BoPhapDienDienTu.zip") as package:
        for name in sorted(package.namelist()):
            if name.endswith(".html"):
                for item in _ITEM.findall(package.read(name)):
                    pages.setdefault(item.decode(), name)
    return pages


def _number_and_title(number: str, title: str) -> tuple[str, str]:
    """Where the number was left in the title, it is taken from there; without a number the title is not trusted."""
    in_title = _IN_TITLE.match(title)
    if not number and in_title:
        return _canonical(in_title[1]), ""
    rest = _LEFTOVER.sub("", " ".join(title.split())).strip(" .,")
    trusted = rest if len(rest.split()) >= _WORDS_OF_A_TITLE else ""
    return _canonical(number), trusted[:1].upper() + trusted[1:]


def _canonical(number: str) -> str:
    parsed = parse_number(number)
    return str(parsed) if parsed and parsed.suffix else number.strip()


def _issuer(printed: str) -> str:
    """The issuer, unless a sentence ran into it."""
    return "" if re.search(r"\bngày \d|\bban hành\b", printed) else issuer_of(printed)


def _issued(number: str, issued: str) -> str:
    year = (parsed := parse_number(number)) and parsed.year
    return "" if year and issued and not issued.startswith(str(year)) else issued


def _iso(printed: str) -> str:
    day = _DAY.fullmatch(printed.strip())
    return f"{day[3]}-{int(day[2]):02d}-{int(day[1]):02d}" if day else ""


def _article_rows(printed: Row) -> Iterator[Row]:
    if not printed["by_item_id"] and not printed["by_number"]:
        return
    article = printed["code"].rsplit(".", 1)[-1].lower()
    wording = " | ".join(dict.fromkeys(printed["action"].split(" | ")))
    for kind in dict.fromkeys(kind for act in printed["action"].split(" | ") for kind in _kinds(act)):
        yield {
            "kind": kind.value,
            "subject_source_id": printed["by_item_id"],
            "subject_type": printed["by_type"],
            "subject_number": _canonical(printed["by_number"]),
            "subject_path": _path(printed["by_article"]),
            "object_source_id": printed["src_item_id"],
            "object_type": printed["src_type"],
            "object_number": _canonical(printed["src_number"]),
            "object_path": f"dieu-{article}",
            "effective": _iso(printed["by_effective_date"]),
            "wording": wording,
            "place": f"Điều {printed['code']}",
        }


def _kinds(act: str) -> list[RelationKind]:
    """The one act the words tell; "sửa đổi, bổ sung" in one breath is an amendment."""
    return [kind for word, kind in _ACTS if word in act][:1]


def _path(article: str) -> str:
    """The provision's path where the words name exactly one."""
    found = list(_ARTICLE.finditer(article.replace(" của", "")))
    if len(found) != 1 or "," in article.replace(",", "", article.count(", Điều")):
        return ""
    parts = found[0].groupdict()
    steps = (("dieu", parts["article"]), ("khoan", parts["clause"]), ("diem", parts["point"]))
    return ".".join(f"{word}-{label.lower()}" for word, label in steps if label)
