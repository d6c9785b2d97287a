"""Pages of the sites of the State as trees: guarded reading, the words of an element, tables of labels and values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree, html

from corpus.formats.html import render
from corpus.formats.text import decode_page
from kb.errors import UnusableInputError
from kb.text import fold

LARGEST_PAGE = 8 * 1024 * 1024  # bytes; the largest page seen has a tenth of a million
_DEEPEST = 400  # elements in elements; real pages have some thirty
_REMEDY = "Fetch it again; if it stays the same, the source has changed. Nothing was stored."

Element = etree._Element  # noqa: SLF001  # the one name lxml has for an element


def read_page(data: bytes, name: str) -> Element:
    """The page as a tree. Raises ``UnusableInputError`` where it is too large, no UTF-8, empty or nested to do harm."""
    if len(data) > LARGEST_PAGE:
        raise UnusableInputError(f"{name} has {len(data):,} bytes: it is no page of this source.", _REMEDY)
    text = decode_page(data, name)
    if not text.strip():
        raise UnusableInputError(f"{name} is empty.", _REMEDY)
    try:
        # Bytes, not text: lxml refuses text that declares an encoding of its own.
        tree = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnusableInputError(f"{name} cannot be read as a page: {error}.", _REMEDY) from error
    if _depth(tree) > _DEEPEST:
        raise UnusableInputError(f"{name} nests deeper than any page.", _REMEDY)
    return tree


def read_feed(data: bytes, name: str) -> Element:
    """An XML feed as a tree; raises ``UnusableInputError`` also for one that declares entities or a document type."""
    if len(data) > LARGEST_PAGE:
        raise UnusableInputError(f"{name} has {len(data):,} bytes: it is no feed.", _REMEDY)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnusableInputError(f"{name} declares a document type, which no feed of this source does.", _REMEDY)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(data.strip(), parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnusableInputError(f"{name} is not XML, or was cut off: {error}.", _REMEDY) from error


def words(element: Element | None) -> str:
    """What a reader sees of an element, on one line; inline tags neither join nor split words."""
    if element is None:
        return ""
    if not len(element):
        return " ".join((element.text or "").split())
    return " ".join(render(html.tostring(element, encoding="unicode", with_tail=False)).lines)


def first(tree: Element, path: str) -> Element | None:
    """The first element of an XPath; None where there is none."""
    found = tree.xpath(path)
    return found[0] if isinstance(found, list) and found and isinstance(found[0], Element) else None


def every(tree: Element, path: str) -> Iterator[Element]:
    """The elements of an XPath, in order."""
    found = tree.xpath(path)
    if isinstance(found, list):
        yield from (one for one in found if isinstance(one, Element))


def has_class(name: str) -> str:
    """The XPath condition for an element of a class."""
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def labelled(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Values by label, folded and without punctuation; the first of a repeated label, empty values left out.

    >>> labelled([("Số, ký hiệu:", "59/2022/NĐ-CP"), ("Người ký", "")])
    {'so ky hieu': '59/2022/NĐ-CP'}
    """
    found: dict[str, str] = {}
    for label, value in pairs:
        key = " ".join("".join(sign if sign.isalnum() else " " for sign in fold(label)).split())
        if key and value.strip():
            found.setdefault(key, value.strip())
    return found


def _depth(tree: Element) -> int:
    """The depth of the deepest element, up to a little more than is allowed."""
    depth, level = 0, [tree]
    while level and depth <= _DEEPEST:
        depth += 1
        level = [child for element in level for child in element]
    return depth
