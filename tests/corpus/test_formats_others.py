"""What a file is, by its content; lists, plain text, and what LibreOffice reads for us. All files are made up."""

from __future__ import annotations

import io
import json
import os
import zipfile
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.blocks import BlockKind
from corpus.formats import Format, detect, read_content
from corpus.formats import doc as office
from corpus.formats.counters import counter
from corpus.formats.mojibake import repair
from corpus.formats.plain import read_plain
from corpus.formats.sheets import read_separated, read_xlsx
from corpus.formats.tables import Cell, table_blocks
from kb.errors import UnusableInputError
from tests.corpus.word_files import p, word_file
from tests.left_out import NOTHING_MAY_BE

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
needs_office = pytest.mark.skipif(
    office.office_program() is None and not NOTHING_MAY_BE, reason="LibreOffice is not installed"
)


def workbook(*, hidden: bool = False) -> bytes:
    book = openpyxl.Workbook()
    first = book.active
    first.title = "Nhiệm vụ"
    first.append(["STT", "Nhiệm vụ", "Thời hạn", "Tỷ lệ"])
    first.append([1, "Rà soát,\nsửa đổi", date(2024, 6, 30), 0.25])
    first.append([2.0, None, datetime.fromisoformat("2024-07-01 08:30"), True])
    first.append([None, None, None, None])
    first.merge_cells("A5:B6")
    first["A5"] = "Tổng"
    second = book.create_sheet("Khác")
    second.append(["a"])
    second.sheet_state = "hidden" if hidden else "visible"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def zipped(**files: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


SAVED_PAGE = (
    b'MIME-Version: 1.0\nContent-Type: multipart/related;\n boundary="x"\n\n--x\nContent-Type: text/html; charset="utf-8"\n'
    b"Content-Transfer-Encoding: quoted-printable\n\n<html><body><p>=C4=90i=E1=BB=81u 1. M=E1=BB=99t =\nhai</p></body></html>\n--x--\n"
)
KINDS = [
    (word_file(p("x")), "a.doc", Format.DOCX),
    (word_file(p("x")), "a.zip", Format.DOCX),
    (workbook(), "a.docx", Format.XLSX),
    (OLE + bytes(100) + "WordDocument".encode("utf-16-le") + bytes(2), "a.docx", Format.DOC),
    (OLE + bytes(100) + "Workbook".encode("utf-16-le") + bytes(2), "a.docx", Format.XLS),
    (OLE + bytes(100) + "EncryptedPackage".encode("utf-16-le") + bytes(2), "a.docx", Format.ENCRYPTED),
    (OLE + bytes(100), "a.doc", Format.UNKNOWN),
    (b"{\\rtf1\\ansi x}", "a.doc", Format.RTF),
    (zipped(mimetype=b"application/vnd.oasis.opendocument.text"), "a.docx", Format.ODT),
    (zipped(**{"a.txt": b"x"}), "a.docx", Format.ZIP),
    (b"PK\x03\x04 cut off", "a.zip", Format.ZIP),
    (b"\xef\xbb\xbf  <!DOCTYPE html><html></html>", "a.pdf", Format.HTML),
    (b"<?xml version='1.0'?>\n<html xmlns='x'></html>", "a.txt", Format.HTML),
    ("<html><body>Điều</body></html>".encode("utf-16"), "a.doc", Format.HTML),
    (("x <b>y</b><br>" * 30).encode(), "a.txt", Format.HTML),
    (SAVED_PAGE, "a.doc", Format.MHTML),
    (b"<?xml version='1.0'?><rss/>", "a.html", Format.XML),
    (b"%PDF-1.7", "a.docx", Format.PDF),
    (b"\n\n%PDF-1.4", "a.txt", Format.PDF),
    (b"\x89PNG\r\n\x1a\n", "a.pdf", Format.IMAGE),
    (b"\xff\xd8\xff\xe0", "a", Format.IMAGE),
    (b"II*\0", "a.tif", Format.IMAGE),
    (b"Rar!\x1a\x07", "a.zip", Format.OTHER_ARCHIVE),
    (b"\x1f\x8b\x08", "a.jsonl", Format.GZIP),
    (json.dumps({"content": "<p>x</p>" * 30}).encode(), "a.html", Format.JSON),
    (b'{"a": 1}\n{"a": 2}\n', "a.txt", Format.JSON),
    ("[Ghi chú] Điều 1".encode(), "a.txt", Format.TEXT),
    ("STT;Việc\n1;Rà soát\n".encode(), "a.csv", Format.CSV),
    ("STT,Việc\n1,Rà soát\n".encode(), "a.txt", Format.TEXT),
    ("Điều 1. Phạm vi".encode(), "a.docx", Format.TEXT),
    (b"", "a.txt", Format.EMPTY),
    (b"\0\0\0 ", "a.txt", Format.EMPTY),
    (b"a\0\x01\x02b\0\0c", "a.txt", Format.UNKNOWN),
]


@pytest.mark.parametrize(("data", "name", "kind"), KINDS)
def test_a_file_is_what_it_holds_whatever_its_name(data: bytes, name: str, kind: Format) -> None:
    assert detect(data, name) is kind


UNREAD = [
    (b"", "empty"),
    (OLE + "EncryptedPackage".encode("utf-16-le") + bytes(2), "protected by a password"),
    (b"Rar!\x1a\x07", "an archive"),
    (b'{"a": 1}', "JSON"),
    (OLE, "not a file of a known kind"),
    (zipped(**{"a.txt": b"x"}), "a zip of files"),
]


@pytest.mark.parametrize(("data", "problem"), UNREAD)
def test_what_holds_no_text_is_refused_with_the_way_out(data: bytes, problem: str) -> None:
    with pytest.raises(UnusableInputError, match=problem) as caught:
        read_content(data, "a.docx")
    assert caught.value.problem.startswith("a.docx")
    assert caught.value.remedy


@settings(deadline=None)
@given(
    st.binary(max_size=300) | st.binary(max_size=100).map(lambda data: b"PK\x03\x04" + data),
    st.sampled_from(["a.txt", "a.csv"]),
)
def test_no_bytes_do_worse_than_be_refused(data: bytes, name: str) -> None:
    if detect(data, name) in {Format.DOC, Format.RTF, Format.XLS, Format.PDF, Format.IMAGE}:
        return
    with suppress(UnusableInputError):
        read_content(data, name)


def test_a_workbook_is_a_table_a_sheet_with_cells_as_they_read() -> None:
    content = read_xlsx(workbook(hidden=True), "a.xlsx")
    heading, table, second, other = content.blocks

    assert (heading.kind, heading.text, second.text) == (BlockKind.HEADING, "Nhiệm vụ", "Khác")
    assert table.rows == (
        ("STT", "Nhiệm vụ", "Thời hạn", "Tỷ lệ"),
        ("1", "Rà soát,\nsửa đổi", "30/6/2024", "0.25"),
        ("2", "", "1/7/2024 08:30", "TRUE"),
        ("Tổng", "", "", ""),
    )
    assert table.text.split("\n")[1] == "1 | Rà soát, sửa đổi | 30/6/2024 | 0.25"
    assert other.rows == (("a",),)
    assert content.remarks == ("Hidden sheets were read as well: Khác.",)


@pytest.mark.parametrize(
    "data", [workbook()[:-40], zipped(**{"xl/workbook.xml": b"<x"}), zipped(**{"xl/a.xml": b"<!DOCTYPE x>"})]
)
def test_a_damaged_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(UnusableInputError, match=r"^a\.xlsx"):
        read_xlsx(data, "a.xlsx")


SEPARATED = [
    ("STT,Việc\n1,Rà soát\n", (("STT", "Việc"), ("1", "Rà soát"))),
    ("STT;Việc, hạn\n1;Rà soát, sửa đổi\n", (("STT", "Việc, hạn"), ("1", "Rà soát, sửa đổi"))),
    ("STT\tViệc\r\n1\t\r\n", (("STT", "Việc"), ("1", ""))),
    ('STT,Việc\n1,"hai\ndòng, ""một"""\n', (("STT", "Việc"), ("1", 'hai\ndòng, "một"'))),
    ("\ufeffsep=|\na|b\n1|2\n", (("a", "b"), ("1", "2"))),
    ("a,b,,\n1,2,,\n,,,\n", (("a", "b"), ("1", "2"))),
]


@pytest.mark.parametrize(("text", "rows"), SEPARATED)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_separated_list_is_one_table(text: str, rows: tuple[tuple[str, ...], ...], encoding: str) -> None:
    (table,) = read_separated(text.removeprefix("\ufeff").encode(encoding), "a.csv").blocks

    assert table.rows == rows


def test_a_page_saved_as_one_file_is_a_page() -> None:
    assert read_content(SAVED_PAGE, "a.doc").text == "Điều 1. Một hai"


def test_a_sheet_set_in_a_font_to_its_end_is_as_long_as_its_words() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["a"])
    sheet.cell(row=1_048_576, column=3).value = None
    sheet.cell(row=1_048_576, column=3).font = openpyxl.styles.Font(bold=True)
    data = io.BytesIO()
    book.save(data)

    assert [block.rows for block in read_xlsx(data.getvalue(), "a.xlsx").blocks] == [(("a",),)]


def test_lines_of_a_text_are_blocks_that_give_it_back() -> None:
    text = "Điều 1.\n\n  Dòng gãy\nở giữa.\n"
    content = read_plain(text.encode(), "a.txt")

    assert content.text == text.removesuffix("\n")
    assert [block.position for block in content.blocks] == [0, 1, 2, 3]
    assert content.block_at(9).text == "  Dòng gãy"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=80))
def test_a_text_as_blocks_is_the_text(text: str) -> None:
    with suppress(UnusableInputError):
        assert read_plain(text.encode(), "a.txt").text == text.removesuffix("\n")


@pytest.mark.parametrize("line", ["THÔNG TƯ", "QUYẾT ĐỊNH", "Bà nói: “Ừ…”", "ƠI – ƠI"])
def test_a_short_line_is_read_back_like_a_long_one(line: str) -> None:
    mangled = "".join(
        chr(byte) if byte in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else bytes([byte]).decode("cp1252")
        for byte in line.encode()
    )
    assert repair(mangled) == (line, 1)
    assert repair(line) == (line, 0)


def test_mangled_text_is_repaired_with_a_remark() -> None:
    text = "Điều 1. Phạm vi của các quy định\n" * 5
    content = read_plain(text.encode().decode("latin-1").encode(), "a.txt")

    assert content.text == text.removesuffix("\n")
    assert len(content.remarks) == 1


@given(st.text("Điều đã được sửa đổi “khoản” – …", max_size=60))
def test_what_is_repaired_is_what_was_mangled(text: str) -> None:
    mangled = text.encode().decode("latin-1")
    fixed, pieces = repair(mangled)

    assert fixed == text or not pieces or "\n" in text
    assert repair(text) == (text, 0)


@pytest.mark.parametrize(
    ("number", "style", "printed"),
    [(1, "decimal", "1"), (9, "upperRoman", "IX"), (27, "lowerLetter", "aa"), (0, "lowerRoman", "0"), (11, "vietnameseCounting", "mười một"),
     (21, "vietnameseCounting", "hai mươi mốt"), (5, "unheardOf", "5"), (-2, "lowerLetter", "-2"), (99999, "upperLetter", "99999")],
)  # fmt: skip
def test_numbers_are_printed_in_the_style_of_their_list(number: int, style: str, printed: str) -> None:
    assert counter(number, style) == printed


def test_a_table_without_words_is_none() -> None:
    assert table_blocks([[Cell(()), Cell(())], [Cell(()), Cell(())]]) == []


@needs_office
@pytest.mark.parametrize("suffix", ["doc", "rtf", "odt"])
def test_old_formats_are_read_through_libreoffice(tmp_path: Path, suffix: str) -> None:
    from corpus.formats.processes import run

    source = tmp_path / "a.docx"
    word = docx.Document()
    word.add_paragraph("Điều 1. Phạm vi")
    word.add_paragraph("1. Một;")
    word.save(str(source))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    run(
        [
            str(office.office_program()),
            profile,
            "--headless",
            "--convert-to",
            suffix,
            "--outdir",
            str(tmp_path),
            str(source),
        ],
        seconds=120,
    )
    content = read_content((tmp_path / f"a.{suffix}").read_bytes(), "luat.docx")

    assert content.format == "doc"
    assert content.text.split("\n") == ["Điều 1. Phạm vi", "1. Một;"]


@needs_office
def test_a_damaged_old_file_is_refused() -> None:
    data = OLE + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(600)

    with pytest.raises(UnusableInputError, match=r"^a\.doc cannot be read") as caught:
        read_content(data, "a.doc")
    assert caught.value.remedy


def test_without_libreoffice_an_old_file_is_refused_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda _: None)

    with pytest.raises(UnusableInputError, match=r"^a\.docx is an old Word document \(\.doc\)") as caught:
        read_content(OLE + "WordDocument".encode("utf-16-le") + bytes(2), "a.docx")
    assert "LibreOffice" in caught.value.remedy


def test_what_takes_libreoffice_too_long_is_stopped_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = tmp_path / "started"
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {started}\nwait\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(office.shutil, "which", lambda _: str(program))

    with pytest.raises(UnusableInputError, match="longer than 1 s"):
        office.read_with_office(b"{\\rtf1 x}", "a.rtf", "rtf", time_limit=1)
    assert not _is_alive(int(started.read_text()))


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_libreoffice_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(office.tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(office.shutil, "which", lambda _: "/bin/true")

    with pytest.raises(UnusableInputError, match="cannot be read"):
        office.read_with_office(b"{\\rtf1 x}", "a.rtf", "rtf")
    assert list(tmp_path.iterdir()) == []
