"""The address that a saved text may bear on its first line."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.blocks import Content

_ADDRESS = re.compile(r"\s*(https?://\S+)\s*")


def split_address(content: Content) -> tuple[Content, str]:
    """A plain text without the address on its first line, and that address; empty where there is none."""
    first = content.blocks[0] if content.format == "text" and content.blocks else None
    match = _ADDRESS.fullmatch(first.text) if first else None
    if match is None:
        return content, ""
    return replace(content, blocks=content.blocks[1:]), match[1]
