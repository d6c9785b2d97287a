"""The parts of a Word file, opened with care: a zip within limits, XML without DOCTYPE or entities."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from corpus.archive import ArchiveReader, PackedBytes, check_archive, read_archive
from kb.errors import UnusableInputError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = W[1:-1].encode()
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OFFICE_DOCUMENT = "/officeDocument"
_MOST_PARTS = 5_000  # a report with a thousand pictures has fewer
_SAVE_AGAIN = "Open it in a word processor, save it as .docx and import it again; nothing was changed."


@dataclass(frozen=True, slots=True)
class WordParts:
    """The XML of the parts that hold text or say how it is set; None where the file lacks one."""

    document: etree._Element
    styles: etree._Element | None
    numbering: etree._Element | None
    footnotes: etree._Element | None
    endnotes: etree._Element | None
    has_macros: bool
    has_foreign_chunks: bool  # parts in other formats (altChunk), which are not read


def open_word(data: bytes, name: str) -> WordParts:
    """The parts of a .docx or .docm; raises ``UnusableInputError`` where it is damaged, made to harm or not Word."""
    packed = PackedBytes(name, data)
    entries = [entry.name for entry in check_archive(packed)]
    if len(entries) > _MOST_PARTS:
        raise UnusableInputError(f"{name} holds {len(entries):,} parts, more than {_MOST_PARTS:,}.", _SAVE_AGAIN)
    with read_archive(packed) as archive:
        return _Package(name, archive, {entry.lower(): entry for entry in entries}).parts()


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root of an XML part; raises ``UnusableInputError`` for what is not well-formed or has a DOCTYPE."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data.replace(_STRICT, _TRANSITIONAL), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnusableInputError(f"{name} is damaged: {error}.", _SAVE_AGAIN) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnusableInputError(
            f"{name} declares a DOCTYPE, which no word processor writes: it was not read.", _SAVE_AGAIN
        )
    return root


@dataclass(frozen=True, slots=True)
class _Package:
    name: str
    archive: ArchiveReader
    entries: dict[str, str]  # names as looked up, without regard to case, to names as written

    def parts(self) -> WordParts:
        main = self._main_part()
        targets = dict(self._relationships(main))
        return WordParts(
            document=self._required(main),
            styles=self._part(targets.get("styles", "")),
            numbering=self._part(targets.get("numbering", "")),
            footnotes=self._part(targets.get("footnotes", "")),
            endnotes=self._part(targets.get("endnotes", "")),
            has_macros=any(entry.endswith("vbaproject.bin") for entry in self.entries),
            has_foreign_chunks="aFChunk" in targets,
        )

    def _main_part(self) -> str:
        """The part that holds the text, as the package says; ``word/document.xml`` where it does not."""
        found = self._part("_rels/.rels")
        for one in found.iter(_RELATIONSHIP) if found is not None else ():
            if one.get("Type", "").endswith(_OFFICE_DOCUMENT):
                return posixpath.normpath(one.get("Target", "").lstrip("/"))
        return "word/document.xml"

    def _relationships(self, part: str) -> Iterator[tuple[str, str]]:
        folder, file = posixpath.split(part)
        found = self._part(f"{folder}/_rels/{file}.rels")
        for one in found.iter(_RELATIONSHIP) if found is not None else ():
            if one.get("TargetMode") != "External":
                target = one.get("Target", "")
                whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                yield one.get("Type", "").rpartition("/")[2], posixpath.normpath(whole)

    def _required(self, part: str) -> etree._Element:
        root = self._part(part)
        if root is None or root.find(f"{W}body") is None:
            raise UnusableInputError(f"{self.name} is not a Word document: it has no text part.", _SAVE_AGAIN)
        return root

    def _part(self, part: str) -> etree._Element | None:
        entry = self.entries.get(part.lower())
        return parse_xml(self.archive.read(entry), f"{self.name} ({entry})") if entry else None
