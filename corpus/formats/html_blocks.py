"""A whole HTML page as blocks: the document on it, without what the site puts around it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from corpus.blocks import Block, Content
from corpus.formats.html import cut, tag_pattern
from corpus.formats.html_main import without_surroundings
from corpus.formats.html_scan import Scan
from corpus.formats.notices import refuse_notice
from corpus.formats.tables import numbered
from corpus.formats.text import decode_html

_QUOTED = r"""(?:"[^"<]*"|'[^'<]*'|[^<>"'])*+"""
_TAG = tag_pattern(rf"{_QUOTED}(?=>)|[^<>]*")
_OTHER_MARKUP = re.compile(r"<!\[[^<>]*>|<\?[^<>]*>")
# Up to the first "=" and from there: a tag that never ends is looked at once, however many of its attributes there are.
_OTHER_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-z][a-z0-9-]*+)(?P<attributes>\s[^<>=]*+=[^<>]*+|\s*+/?)>", re.IGNORECASE
)
_NOT_TEXT = tuple(
    (re.compile(rf"<{name}(?=[\s>/])", re.IGNORECASE), re.compile(rf"</{name}\s*>", re.IGNORECASE))
    for name in (
        "script",
        "style",
        "xml",
        "noscript",
        "template",
        "svg",
        "select",
        "button",
        "textarea",
        "iframe",
        "head",
    )
)
_COMMENT = (re.compile("<!--"), re.compile("--!?>"))
_TITLE = re.compile(r"<title\b[^<>]*>([^<]{0,500})", re.IGNORECASE)
_NOTE_FOR_ALL = re.compile(r"<noscript\b[^<>]*>(.{0,500}?)</noscript", re.IGNORECASE | re.DOTALL)
_END = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)


def read_html(data: bytes, name: str) -> Content:
    """The document of an HTML page.

    Scripts, hidden elements, menus and what else a site puts around a text are left out. Raises ``UnusableInputError``
    for letters that cannot be told, ``NoticePageError`` for what a site shows instead of a document.
    """
    page, remarks = decode_html(data, name)
    blocks, found = read_page(page)
    _refuse_notice(page, blocks, name)
    if "<html" in page[:5000].lower() and not _END.search(page[-5000:]):
        found = (*found, "The page ends without its closing tag: it may be cut off.")
    return Content("html", blocks, remarks=(*remarks, *found))


def read_page(page: str) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks of a decoded page, and remarks on what was left out; never raises, in time linear in its length."""
    scan = Scan()
    position = 0
    text = _visible(page)
    for match in _TAG.finditer(text):
        scan.text(text[position : match.start()])
        position = match.end()
        name = (match["name"] or ("p" if match[0] == "<p" else _unnamed(match[0]))).lower()
        if match["close"] or match[0].startswith("</"):
            scan.close(name)
        elif name:
            scan.open(name, match["attributes"] or "")
    scan.text(text[position:])
    placed, outside = without_surroundings(scan.finish(), scan.parents)
    return numbered(one.plain for one in placed), tuple(_remarks(scan, outside))


def _remarks(scan: Scan, outside: int) -> Iterator[str]:
    if scan.images:
        yield f"{scan.images} images are not text and are not kept."
    if left_out := scan.left_out + outside:
        yield f"{left_out} blocks of the page around the document (menus, links, footers) were left out."
    if scan.unclosed:
        yield "An element that is hidden never ends; its text was kept."


def _visible(page: str) -> str:
    page = cut(page, *_COMMENT)
    for start, end in _NOT_TEXT:
        page = cut(page, start, end)
    page = _OTHER_MARKUP.sub("", page)
    closed = {match["name"].lower() for match in _OTHER_TAG.finditer(page) if match["close"]}
    return _OTHER_TAG.sub(lambda match: _known_only(match, closed), page)


def _known_only(tag: re.Match[str], closed: set[str]) -> str:
    """The tag, unless it is one of no name that HTML has; "<abc>" is text where nothing closes it."""
    if _TAG.match(tag[0]) or not (tag["close"] or tag["attributes"] or tag["name"].lower() in closed):
        return tag[0]
    return ""


def _unnamed(tag: str) -> str:
    return re.sub(r"\W", "", tag) if tag.startswith("</") else ""


def _refuse_notice(page: str, blocks: tuple[Block, ...], name: str) -> None:
    shown = "\n".join(block.text for block in blocks)
    title = _TITLE.search(page)
    notes = [note[1] for note in _NOTE_FOR_ALL.finditer(page)] if len(shown) < 500 else []
    refuse_notice(html.unescape("\n".join([title[1] if title else "", *notes, shown])), name)
