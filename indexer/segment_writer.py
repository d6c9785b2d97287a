"""Writes a segment: takes records one by one, then inverts and saves (see indexer.segment for the layout)."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from indexer.inversion import Arrays, ZonedTerms, invert_headings, invert_stream, invert_words
from indexer.segment import FORMAT, TITLE_SYLLABLES
from indexer.segment_collectors import BlobWriter, Clauses, Codes, Titles, WordZone, frozen
from indexer.vietnamese import ANALYSIS_VERSION, SyllableVocabulary
from kb.model import HitKind, Searchable
from kb.numbers import number_key, parse_number

Array = npt.NDArray[Any]

_PIECE = 1 << 20
CODED_COLUMNS = ("kind", "type", "issuer", "status", "field", "number", "document", "path")


class SegmentWriter:
    """Collects records in the order they come; ``finish`` writes what is derived from all of them.

    Texts go to disk at once; in memory stay the syllables, four bytes each.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.units = 0
        self._syllables = SyllableVocabulary(("",))
        self._stream, self._zones = array("I"), array("I", [0])
        self._texts, self._cards = BlobWriter(folder, "texts"), BlobWriter(folder, "cards")
        self._lines, self._line_characters, self._line_places = array("I", [0]), array("I"), array("I")
        self._clauses = Clauses()
        self._coded = {name: Codes() for name in CODED_COLUMNS}
        self._plain = {"year": array("H"), "issued": array("I")}
        self._contexts = Titles(self._syllables)
        self._titles: dict[int, array[int]] = {}
        self._words = (WordZone(), WordZone())
        self._word_numbers: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._texts.close()
        self._cards.close()

    def add(self, record: Searchable) -> None:
        """Take one record; its number is the count of those before it."""
        self._texts.add(record.text.encode("utf-8", "surrogatepass"))
        self._cards.add(
            json.dumps(_card(record), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        )
        self._add_zone(self._syllables.encode(record.title))
        self._add_lines(record.text)
        self._add_clauses(record)
        self._add_columns(record)
        self.units += 1

    def add_words(self, heading: Sequence[str], body: Sequence[str]) -> None:
        """The words of two and more syllables of the next record, in the order of ``add``."""
        for zone, words in zip(self._words, (heading, body), strict=True):
            zone.add([self._word_numbers.setdefault(word, len(self._word_numbers)) for word in words])

    def finish(self) -> None:
        """Invert and save."""
        self._texts.close()
        self._cards.close()
        order = _lexicographic(self._syllables.forms)
        self._save_columns(order)
        self._save(self._line_arrays())
        self._save(self._clauses.arrays())
        _save_terms(self.folder, "syllables", self._syllables.forms)
        stream = _renumbered(frozen(self._stream), order)
        zones = frozen(self._zones)
        self._save([("stream", stream), ("zones", zones)])
        context = self._contexts.zoned(order)
        self._save(invert_stream(stream, zones, context, len(self._syllables)))
        documents = np.array(self._coded["document"].codes, np.int64)
        self._save(invert_headings(stream, zones, documents, len(self._syllables)))
        self._save_words()
        self._save_about()

    def _add_zone(self, syllables: array[int]) -> None:
        self._stream.extend(syllables)
        self._stream.append(0)
        self._zones.append(len(self._stream))

    def _add_lines(self, text: str) -> None:
        place = 0
        for line in text.split("\n"):
            syllables = self._syllables.encode(line)
            if syllables:
                self._line_characters.append(place)
                self._line_places.append(len(self._stream))
                self._stream.extend(syllables)
            place += len(line) + 1
        self._lines.append(len(self._line_places))
        self._add_zone(array("I"))

    def _add_clauses(self, record: Searchable) -> None:
        first = self._lines[-2]
        ends = array("I", [len(record.text)]), array("I", [len(self._stream) - 1])
        self._clauses.add(record.clauses, self._line_characters[first:] + ends[0], self._line_places[first:] + ends[1])

    def _add_columns(self, record: Searchable) -> None:
        document, _, path = record.id.partition("/")
        values = {
            "kind": record.kind.value,
            "type": record.type,
            "issuer": record.issuer,
            "status": record.status.value,
            "field": record.field,
            "number": number_key(record.number) if record.number else "",
            "document": document,
            "path": path.partition("@")[0],  # another edition's wording of the same provision
        }
        codes = {name: self._coded[name].add(value) for name, value in values.items()}
        issued = record.issued
        self._plain["year"].append(issued.year if issued else 0)
        self._plain["issued"].append(issued.year * 10_000 + issued.month * 100 + issued.day if issued else 0)
        self._contexts.add(_named(record))
        self._titles.setdefault(codes["document"], self._bare_title(_title_to_find(record), record.type))

    def _bare_title(self, title: str, kind: str) -> array[int]:
        """The title without the kind before it: laws are named with it and without."""
        whole, lead = self._syllables.encode(title), self._syllables.encode(kind)
        return whole[len(lead) :] if lead and whole[: len(lead)] == lead and len(whole) > len(lead) else whole

    def _save(self, arrays: Arrays | Iterable[tuple[str, Array]]) -> None:
        for name, values in arrays:
            np.save(self.folder / f"{name}.npy", values, allow_pickle=False)

    def _line_arrays(self) -> list[tuple[str, Array]]:
        return [
            ("lines", frozen(self._lines)),
            ("line_characters", frozen(self._line_characters)),
            ("line_places", frozen(self._line_places)),
        ]

    def _save_columns(self, order: Array) -> None:
        numbers = self._coded["number"]
        rank = _ranks([_number_order(key) for key in numbers.values])
        titles = np.zeros((len(self._titles), TITLE_SYLLABLES), np.uint32)
        for document, title in self._titles.items():
            known = order[np.array(title[:TITLE_SYLLABLES], np.int64)]
            titles[document, : len(known)] = known
        self._save((f"column_{name}", np.array(codes.codes, np.uint32)) for name, codes in self._coded.items())
        self._save((f"column_{name}", np.array(values)) for name, values in self._plain.items())
        self._save([("column_number_rank", rank[np.array(numbers.codes, np.int64)]), ("titles", titles)])

    def _save_words(self) -> None:
        order = _lexicographic(list(self._word_numbers))
        for zone in self._words:
            zone.lengths.extend([0] * (self.units - len(zone.lengths)))
        _save_terms(self.folder, "words", list(self._word_numbers))
        headings, bodies = (ZonedTerms(order[frozen(zone.words)], zone.counts) for zone in self._words)
        self._save(invert_words(headings, bodies, len(self._word_numbers)))

    def _save_about(self) -> None:
        about = {
            "format": FORMAT,
            "analysis": ANALYSIS_VERSION,
            "units": self.units,
            "columns": [*self._coded, *self._plain, "number_rank"],
            "values": {name: codes.values for name, codes in self._coded.items()} | {"clause": self._clauses.paths},
        }
        (self.folder / "segment.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")


def _card(record: Searchable) -> dict[str, Any]:
    return {
        "kind": record.kind.value,
        "id": record.id,
        "citation": record.citation,
        "title": record.title,
        "url": record.url,
        "document_title": record.document_title,
        "number": record.number,
        "type": record.type,
        "issuer": record.issuer,
        "issued": str(record.issued or ""),
        "effective": str(record.effective or ""),
        "status": record.status.value,
        "field": record.field,
    }


def _named(record: Searchable) -> str:
    """The title of the document, with the kind before it, as people name it."""
    title = record.document_title
    return title if title.lower().startswith(record.type.lower()) else f"{record.type} {title}"


def _title_to_find(record: Searchable) -> str:
    """The title of the document; where no source states it, the subject it is filed under, which bears a law's name."""
    if record.kind is HitKind.DOCUMENT and record.title == record.citation and record.field:
        return record.field
    return record.document_title or record.title


def _number_order(key: str) -> tuple[int, int, str]:
    """Numbers by year, then serial, then the rest; what is no number comes last."""
    number = parse_number(key)
    if number is None:
        return (10_000, 0, key)
    digits = "".join(character for character in number.serial.partition(".")[0] if character.isdigit())
    return (number.year or 0, int(digits or 0), key)


def _lexicographic(terms: list[str]) -> npt.NDArray[np.uint32]:
    """From the number of first sight to the number in lexicographic order."""
    return _ranks(terms)


def _renumbered(numbers: Array, order: Array) -> Array:
    """The numbers replaced in place, a piece at a time: numpy widens what it indexes with."""
    for start in range(0, len(numbers), _PIECE):
        numbers[start : start + _PIECE] = order[numbers[start : start + _PIECE]]
    return numbers


def _ranks(values: Sequence[Any]) -> npt.NDArray[np.uint32]:
    ranks = np.empty(len(values), np.uint32)
    ranks[np.array(sorted(range(len(values)), key=values.__getitem__), np.int64)] = np.arange(
        len(values), dtype=np.uint32
    )
    return ranks


def _save_terms(folder: Path, name: str, terms: list[str]) -> None:
    (folder / f"{name}.txt").write_text("".join(f"{term}\n" for term in sorted(terms)), encoding="utf-8")
