"""Which pages of a PDF are images: those whose text layer is missing, a stamp or header only, or without meaning."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.formats.pdf.page import Page

_FEW_LETTERS = 300  # headers, stamps and a signer's block have fewer; a page of text has two thousand
_MUCH_IMAGE = 0.25  # of the page
_HARDLY_ANY = 40  # letters: a page number, a header
_SOME_IMAGE = 0.1
_MUCH_UNREADABLE = 0.3
_MOSTLY = 0.5


def letters(page: Page) -> int:
    """How many letters the page's text layer has."""
    return sum(len(word.text) for word in page.words)


def scanned_pages(pages: Sequence[Page]) -> list[int]:
    """The numbers of the pages that must be recognised.

    Where no page has any letter, all that show something: their letters are drawn.
    """
    if not any(letters(page) for page in pages):
        return [page.number for page in pages if page.pictured or page.drawn]
    return [page.number for page in pages if is_scanned(page)]


def is_scanned(page: Page) -> bool:
    """Whether the page is an image, or its letters have no meaning that could be read."""
    count = letters(page)
    if page.unreadable > _MUCH_UNREADABLE:
        return True
    return (count <= _FEW_LETTERS and page.pictured >= _MUCH_IMAGE) or (
        count <= _HARDLY_ANY and page.pictured >= _SOME_IMAGE
    )


def was_recognised(page: Page) -> bool:
    """Whether the page's letters lie invisibly under an image: another program recognised them."""
    return page.hidden > _MOSTLY and page.pictured > _MOSTLY
