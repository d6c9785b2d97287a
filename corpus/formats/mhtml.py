"""Pages saved as one file (MHTML), as Word writes them too, often under the name .doc."""

from __future__ import annotations

import email
import email.policy
from email.message import Message

from corpus.blocks import Content
from corpus.formats.html_blocks import read_html
from kb.errors import UnusableInputError


def read_mhtml(data: bytes, name: str) -> Content:
    """The page of such a file; its pictures are left out. Raises ``UnusableInputError`` where it holds no page."""
    message: Message = email.message_from_bytes(data, policy=email.policy.compat32)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    payload = page.get_payload(decode=True) if page is not None else None
    if not isinstance(payload, bytes) or not payload.strip():
        raise UnusableInputError(f"{name} is a saved page without a page in it.", "Save it again as .html or .docx.")
    return read_html(payload, name)
