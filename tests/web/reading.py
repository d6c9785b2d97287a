"""What a test reads off a page."""

from __future__ import annotations

import httpx
from bs4 import BeautifulSoup


def page(answer: httpx.Response) -> BeautifulSoup:
    """The page as a tree."""
    return BeautifulSoup(answer.text, "lxml")


def words(answer: httpx.Response) -> str:
    """All that a reader sees in the main part, blanks made one."""
    main = page(answer).find("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())


def facts(answer: httpx.Response) -> dict[str, str]:
    """Every term of the page's lists of facts with what it is said to be."""
    tree = page(answer)
    return {
        " ".join(term.get_text(" ").split()): " ".join(term.find_next_sibling("dd").get_text(" ").split())  # type: ignore[union-attr]
        for term in tree.select("dl.facts dt")
    }


def links(answer: httpx.Response, within: str = "main") -> dict[str, str]:
    """The links of a part of the page: what they say, and where they lead."""
    return {
        " ".join(link.get_text(" ").split()): str(link["href"]) for link in page(answer).select(f"{within} a[href]")
    }
