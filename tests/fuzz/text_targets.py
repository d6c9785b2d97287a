"""The parsers of texts and files as functions of bytes; the seeds are made up."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

from openpyxl import Workbook

from corpus.blocks import Content
from corpus.codification.note import parse_note
from corpus.codification.page import parse_subject_page
from corpus.documents import without_notes
from corpus.formats.docx.reading import read_docx
from corpus.formats.hocr import read_hocr
from corpus.formats.html_blocks import read_html
from corpus.formats.mhtml import read_mhtml
from corpus.formats.pdf.reading import read_pdf
from corpus.formats.plain import read_plain
from corpus.formats.sheets import read_separated, read_xlsx
from corpus.parse.amendments.instructions import find_amendments
from corpus.parse.effects import find_effects
from corpus.parse.gazette_issue import split_issue
from corpus.parse.head import parse_head
from corpus.parse.procedures import is_list, read_list
from corpus.parse.sanity import check_document
from corpus.parse.structure import Structure, parse_structure
from corpus.parse.tasks import find_tasks
from kb.citation import find_citations
from kb.model import DocumentReference, Evidence, Identity, ObservedDocument, Provenance
from tests.corpus.codified import article, page
from tests.corpus.tasks_made_up import DIRECTIVE, END, HEAD
from tests.corpus.tiny_pdf import TinyPage, tiny_pdf
from tests.corpus.word_files import p, table, word_file

Target = Callable[[bytes], object]
_SEEN = Provenance("fuzz", "van-ban.txt", Evidence.DOCUMENT)
_LATE = date(2099, 1, 1)
_LAW = f"""{HEAD}
Căn cứ Luật Bịa số 1/2020/QH14;
Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 2/2021/NĐ-CP
1. Sửa đổi, bổ sung khoản 1 Điều 5 như sau:
“1. Một.”
2. Bãi bỏ điểm a và điểm b khoản 2 Điều 6.
3. Thay thế cụm từ “một” bằng cụm từ “hai” tại Điều 7; bổ sung Điều 12a vào sau Điều 12.
Điều 2. Hiệu lực thi hành
Văn bản này có hiệu lực từ ngày 01 tháng 7 năm 2024; Nghị định số 3/2019/NĐ-CP hết hiệu lực kể từ ngày đó.
Điều 3. Bộ Công an chủ trì, phối hợp với Bộ Tư pháp rà soát, hoàn thành trong quý II năm 2025.
{END}"""
_HOCR = (
    "<html><body><div class='ocr_page' title='bbox 0 0 100 100'><span class='ocr_line' title='bbox 1 1 90 9; x_size 9'>"
)
_WORD = "<span class='ocrx_word' title='bbox 1 1 9 9; x_wconf 90'>Điều</span>"


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _structure(data: bytes) -> Structure:
    text = _text(data)
    structure = parse_structure(text)
    assert "".join(root.whole for root in structure.roots) == text, "the provisions do not give the text back"
    return structure


def _sane(data: bytes) -> None:
    structure = _structure(data)
    check_document(parse_head(_text(data), structure), structure, _text(data), asked="1/2020/NĐ-CP", today=_LATE)


def _content(data: bytes) -> Content:
    return read_plain(_text(data).encode(), "van-ban.txt")


def _tasks(data: bytes) -> None:
    content = without_notes(_content(data))
    document = ObservedDocument(DIRECTIVE, _SEEN)
    for task in find_tasks(content, parse_structure(content.text), document, _SEEN):
        assert task.wording.strip(), "a task without words"


def _list(data: bytes) -> None:
    rows = [row for block in read_separated(data, "a.csv").tables for row in block.rows]
    if is_list(rows):
        tuple(read_list(rows, "a.csv"))


def _workbook() -> bytes:
    book, packed = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực"])
    sheet.append(["1.000001", "Bịa", "Bộ Bịa", "Cấp Bộ", 3.5])
    book.save(packed)
    return packed.getvalue()


TARGETS: dict[str, Target] = {
    "structure": _structure,
    "head": lambda data: parse_head(_text(data)),
    "citations": lambda data: find_citations(_text(data)),
    "amendments": lambda data: find_amendments(
        parse_structure(_text(data)), DocumentReference(Identity("Nghị định", "9/2024/NĐ-CP")), _SEEN
    ),
    "effects": lambda data: find_effects(parse_structure(_text(data))),
    "sanity": _sane,
    "tasks": _tasks,
    "gazette_issue": lambda data: split_issue(_content(data)),
    "codification_page": lambda data: parse_subject_page(_text(data), "page.html"),
    "codification_note": lambda data: parse_note(_text(data)),
    "procedure_list": _list,
    "html": lambda data: read_html(data, "a.html"),
    "mhtml": lambda data: read_mhtml(data, "a.mht"),
    "plain": lambda data: read_plain(data, "a.txt"),
    "docx": lambda data: read_docx(data, "a.docx"),
    "docx_body": lambda data: read_docx(word_file(_text(data)), "a.docx"),
    "xlsx": lambda data: read_xlsx(data, "a.xlsx"),
    "csv": lambda data: read_separated(data, "a.csv"),
    "hocr": lambda data: read_hocr(data, 1, 300),
    "pdf": lambda data: read_pdf(data, "a.pdf"),
}
_PARTS = p("Điều 1. Bịa") + table(("a", "b"), ("c", "d"))
SEEDS: dict[str, bytes] = {
    **dict.fromkeys(
        ("structure", "head", "citations", "amendments", "effects", "sanity", "tasks", "gazette_issue", "plain"),
        _LAW.encode(),
    ),
    "codification_page": page(article()).encode(),
    "codification_note": "(Điều 1 Luật số 01/2020/QH14, có hiệu lực thi hành kể từ ngày 01/07/2020)".encode(),
    "procedure_list": "Mã số,Tên,Cơ quan ban hành,Cơ quan thực hiện,Lĩnh vực\n1.000001,Bịa,Bộ,Bộ,Bịa\n".encode(),
    "html": f"<html><body><div><p>{_LAW}</p><table><tr><td>a</td></tr></table></div></body></html>".encode(),
    "mhtml": b"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>B</p>\n--b--\n",
    "docx": word_file(_PARTS),
    "docx_body": _PARTS.encode(),
    "xlsx": _workbook(),
    "csv": b"a;b\n1;hai\n",
    "hocr": f"{_HOCR}{_WORD}</span></div></body></html>".encode(),
    "pdf": tiny_pdf(TinyPage().lines(60, 60, "Dieu 1. Bia", "1. Mot")),
}
