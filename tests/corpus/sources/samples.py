"""Pages as the steps of a source read them, made from bytes without a crawl."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from corpus.crawl.fetch import Fetch
from corpus.crawl.pages import Page
from corpus.snapshot import Snapshot

MADE_UP = Path(__file__).parents[1] / "pages"


def page(source: str, fetch: Fetch, data: bytes, *, status: int = 200, cut: bool = False) -> Page:
    """An answer to a fetch."""
    sha256 = hashlib.sha256(data).hexdigest()
    came = datetime(2026, 11, 24, 5, tzinfo=UTC)
    return Page(Snapshot(source, fetch.address, came, status, sha256, len(data), fetch, {}, cut), data)


def made_up(name: str) -> bytes:
    """A made-up page of failure."""
    return (MADE_UP / name).read_bytes()
