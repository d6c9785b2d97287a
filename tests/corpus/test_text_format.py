"""Bytes as text: what Vietnamese files come in, and what must be refused."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.formats.text import decode_page, decode_text
from kb.errors import UnusableInputError

# Made up, with the words that every law has.
TEXT = (
    "Điều 1. Phạm vi điều chỉnh\nLuật này quy định về việc thử và trách nhiệm của các cơ quan, người có liên quan.\n"
    * 5
)


def in_windows_1258(text: str) -> bytes:
    """As an old editor wrote it: the letter with its hat, then the tone as a mark of its own."""
    pieces = []
    for letter in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
        pieces.append((base + tones).encode("cp1258"))
    return b"".join(pieces)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_and_without_its_mark(encoding: str) -> None:
    assert decode_text(TEXT.encode(encoding), "a.txt") == TEXT


def test_windows_1258_is_read_where_words_come_out() -> None:
    assert decode_text(in_windows_1258(TEXT), "a.txt") == TEXT


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (TEXT.encode().decode("cp1252", "replace").encode(), "wrong encoding"),
        (TEXT.encode().decode("latin-1").encode(), "wrong encoding"),
        (TEXT.encode("ascii", "replace"), "lost letters"),
        (TEXT.encode("utf-8") + b"\xff\xfe\xfd" * 40, "is in an encoding that is not known"),
        (b"\xff\xfe\x00", "is not the utf-16"),
        (b"text\0text\0\0\0", "NUL bytes"),
        ("chữ\0chữ".encode("utf-16"), "NUL"),
        (bytes(range(128, 256)) * 10, "is in an encoding that is not known"),
    ],
)
def test_letters_that_cannot_be_told_are_refused(data: bytes, problem: str) -> None:
    with pytest.raises(UnusableInputError, match=problem) as caught:
        decode_text(data, "a.txt")
    assert caught.value.problem.startswith("a.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_page_must_be_utf_8(encoding: str) -> None:
    assert decode_page(TEXT.encode(encoding), "p.html") == TEXT


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        in_windows_1258(TEXT),
        TEXT.encode().decode("cp1252", "replace").encode(),
        TEXT.encode("ascii", "replace"),
        b"<p>\0</p>",
    ],
)
def test_a_page_in_another_encoding_is_refused(data: bytes) -> None:
    with pytest.raises(UnusableInputError, match=r"^p\.html"):
        decode_page(data, "p.html")


def test_question_marks_in_addresses_are_no_lost_letters() -> None:
    page = "<p>Điều 1</p>" + "<a href='http://vbpl.vn/x.aspx?ItemID=1'>a</a>" * 100

    assert decode_page(page.encode(), "p.html") == page


def test_every_real_text_is_read_alike_in_all_encodings(real_data: Path) -> None:
    files = sorted((real_data / "fulltext").glob("*.txt"))
    for file in files:
        text = decode_text(file.read_bytes(), file.name)
        assert decode_text(text.encode("utf-16-be"), file.name) == text

    assert len(files) >= 70


@given(st.binary())
def test_no_bytes_do_worse_than_be_refused(data: bytes) -> None:
    with suppress(UnusableInputError):
        assert "\0" not in decode_text(data, "a.txt")
