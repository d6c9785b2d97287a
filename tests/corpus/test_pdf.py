"""PDFs come out as a reader reads them. The small files are made up; facts of real ones are counts, numbers and first words."""

from __future__ import annotations

import importlib
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.blocks import Block, BlockKind, Content, TextLayer
from corpus.formats import ocr
from corpus.formats.ocr import missing_parts, read_image
from corpus.formats.pdf.paragraphs import join_lines
from corpus.formats.pdf.reading import DamagedPdfError, LockedPdfError, read_pdf
from corpus.formats.processes import lines_of_module, run
from corpus.parse.head import parse_head
from corpus.parse.structure import parse_structure
from kb.errors import UnusableInputError
from tests.corpus.tiny_pdf import TinyPage, tiny_pdf
from tests.left_out import left_out

FULL = "Mot dong chu day het be ngang cua trang giay nay cho den mep phai cuoi"  # a line that fills the measure


def texts(content: Content) -> list[str]:
    return [block.text for block in content.blocks if block.text]


def read(*pages: TinyPage) -> Content:
    return read_pdf(tiny_pdf(*pages), "made_up.pdf")


def test_letters_come_out_in_one_form_with_their_page_and_box() -> None:
    content = read(TinyPage().text(80, 100, "Điều 1. Phạm vi điều chỉnh"), TinyPage().text(80, 100, "Điều 2. Hiệu lực"))
    assert texts(content) == ["Điều 1. Phạm vi điều chỉnh", "Điều 2. Hiệu lực"]
    assert [block.page for block in content.blocks] == [1, 2]
    left, top, right, bottom = content.blocks[0].box or (0, 0, 0, 0)
    assert left == pytest.approx(80, abs=1)
    assert top < 100 < bottom
    assert right == pytest.approx(80 + 26 * 6, abs=2)
    assert (content.format, content.layer) == ("pdf", TextLayer.BORN)


def test_wrapped_lines_are_one_paragraph_and_units_begin_lines() -> None:
    page = (
        TinyPage()
        .lines(100, 100, "Điều 1. Tên")
        .lines(100, 130, "1. " + FULL[3:])
        .lines(80, 146, FULL + " dai", "và hết.")
    )
    page.lines(100, 178, "2. Hai.").lines(100, 194, "a) " + FULL[3:]).lines(
        80, 210, FULL + " tai", "Điều 5 của Luật này."
    )
    assert [text[:8] for text in texts(read(page))] == ["Điều 1. ", "1. dong ", "2. Hai.", "a) dong "]


def test_a_paragraph_goes_on_over_a_page() -> None:
    first = TinyPage().lines(100, 100, "1. " + FULL[3:]).lines(80, 116, FULL + " và")
    content = read(first, TinyPage().lines(80, 100, "tiếp theo đây.").lines(100, 116, "2. " + FULL[3:]))
    assert texts(content)[0].endswith(" và tiếp theo đây.")
    assert [block.page for block in content.blocks] == [1, 2]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["Nghị định 121/2026/NĐ-", "CP"], "Nghị định 121/2026/NĐ-CP"),
        (["Lao động -", "Thương binh"], "Lao động - Thương binh"),
        (["và/", "hoặc"], "và/hoặc"),
        (["regu\u00ad", "lation"], "regulation"),
        (["một", "hai"], "một hai"),
    ],
)
def test_lines_are_joined_without_gluing_or_splitting_words(lines: list[str], joined: str) -> None:
    assert join_lines(lines) == joined


def test_a_word_broken_in_the_file_is_one_and_words_without_a_drawn_blank_are_two() -> None:
    broken = TinyPage().text(80, 100, "Ng").text(92, 100, "hị định")
    apart = TinyPage().text(80, 100, "Căn cứ").text(80 + 36 + 2.5, 100, "Luật")
    assert texts(read(broken)) == ["Nghị định"]
    assert texts(read(apart)) == ["Căn cứ Luật"]


def test_ligatures_and_combining_marks_become_letters() -> None:
    assert texts(read(TinyPage().text(80, 100, "o\ufb03ce Đie\u0302\u0300u"))) == ["office Điều"]


HEADERS = [
    ("42    CÔNG BÁO/Số 469 + 470/Ngày 14-3-2025", ""),
    ("CÔNG BÁO/Số 301 + 302/Ngày 17-4-2022    43", ""),
    ("CÔNG BÁO / Số 5/Ngày 01-01-2024", "7"),
]


@pytest.mark.parametrize(("header", "foot"), HEADERS)
def test_the_header_of_the_gazette_and_page_numbers_are_left_out(header: str, foot: str) -> None:
    page = TinyPage().text(80, 50, header).text(80, 100, "Điều 1. Phạm vi").text(300, 810, foot or " ")
    second = TinyPage().text(80, 50, header).text(80, 100, "Điều 2. Hiệu lực").text(300, 810, "8" if foot else " ")
    assert texts(read(page, second)) == ["Điều 1. Phạm vi", "Điều 2. Hiệu lực"]


def test_a_header_along_the_side_of_a_page_is_left_out() -> None:
    page = TinyPage(size=(842, 595)).text(80, 100, "Bảng kê khai số một").text(80, 130, "Dòng hai")
    page.text(820, 100, "CÔNG BÁO/Số 12 + 13/Ngày 05-02-2021", angle=270)
    assert texts(read(page)) == ["Bảng kê khai số một", "Dòng hai"]


def test_a_running_header_is_known_by_being_repeated() -> None:
    pages = [TinyPage().text(200, 40, "Văn phòng điện tử ABC").text(80, 120, f"Đoạn {n} của văn bản.") for n in "1234"]
    assert texts(read(*pages)) == [f"Đoạn {n} của văn bản." for n in "1234"]


def test_forms_that_start_every_page_keep_their_titles() -> None:
    pages = [TinyPage().text(400, 50, f"Mẫu số 0{n}").text(80, 120, f"Đơn {n}") for n in "1234"]
    assert texts(read(*pages)) == [text for n in "1234" for text in (f"Mẫu số 0{n}", f"Đơn {n}")]


def test_the_stamp_of_a_signature_is_left_out_and_said() -> None:
    page = TinyPage().text(80, 100, "Điều 1. Phạm vi").text(400, 60, "Người ký: Văn phòng X", 8)
    page.text(400, 70, "Email: x@chinhphu.example", 8).text(400, 80, "Thời gian ký: 01.02.2024 10:00:00", 8)
    content = read(page)
    assert texts(content) == ["Điều 1. Phạm vi"]
    assert any("digital signature" in remark for remark in content.remarks)


def test_a_letterhead_in_two_columns_is_read_side_by_side() -> None:
    page = TinyPage().lines(60, 100, "BỘ LAO ĐỘNG - THƯƠNG BINH", "VÀ XÃ HỘI").text(60, 140, "Số: 05/2025/TT-BLĐTBXH")
    page.lines(300, 100, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    page.text(300, 140, "Hà Nội, ngày 26 tháng 02 năm 2025").text(280, 200, "THÔNG TƯ").text(
        150, 220, "Quy định về định mức"
    )
    page.text(100, 260, "Căn cứ Luật A;").text(100, 290, "Điều 1. Phạm vi")
    head = parse_head(read(page).text)
    assert (head.number, head.type, str(head.issued)) == ("05/2025/TT-BLĐTBXH", "Thông tư", "2025-02-26")
    assert (head.issuer, head.title) == ("Bộ Lao động - Thương binh và Xã hội", "Quy định về định mức")


def test_a_ruled_table_is_rows_with_merged_cells_in_the_first_and_goes_on_over_a_page() -> None:
    columns = (60.0, 120.0, 300.0, 500.0)
    page = TinyPage().text(60, 60, "Danh mục").grid(columns, (650, 680, 720))
    page.text(70, 670, "STT").text(130, 670, "Nhiệm vụ").text(310, 670, "Cơ quan")
    page.text(70, 700, "1").lines(130, 695, "Xây dựng", "cơ sở dữ liệu").text(310, 700, "Bộ A")
    more = (
        TinyPage().grid(columns, (60, 90, 120)).text(70, 80, "STT").text(130, 80, "Nhiệm vụ").text(310, 80, "Cơ quan")
    )
    more.text(70, 110, "2").text(130, 110, "Kết nối").text(310, 110, "Bộ B")
    table = next(iter(read(page, more).tables))
    header = ("STT", "Nhiệm vụ", "Cơ quan")
    assert table.rows == (header, ("1", "Xây dựng cơ sở dữ liệu", "Bộ A"), ("2", "Kết nối", "Bộ B"))
    assert table.text.split("\n")[1] == "1 | Xây dựng cơ sở dữ liệu | Bộ A"


def test_a_footnote_is_a_block_of_its_own_and_its_mark_stands_in_brackets() -> None:
    page = TinyPage().text(80, 100, "Điều 3. Thang lương").text(80 + 19 * 6, 95, "2", 8).text(100, 120, "Quỹ xây dựng.")
    page.text(100, 140, "Đo 5 m").text(100 + 6 * 6, 135, "3", 8)
    page.rule(80, 700, 220, 700).text(90, 712, "2", 6).text(96, 716, "Điều này được sửa đổi.", 9)
    content = read(page)
    assert texts(content) == ["Điều 3. Thang lương[2]", "Quỹ xây dựng.", "Đo 5 m³", "[2] Điều này được sửa đổi."]
    assert [block.kind for block in content.blocks if block.text][-1] is BlockKind.FOOTNOTE


@pytest.mark.parametrize("turn", [(90, 0), (270, 0), (180, 0), (90, 90)])
def test_text_is_read_whichever_way_it_runs_on_the_paper(turn: tuple[int, int]) -> None:
    angle, rotate = turn
    places = {90: ((200, 600), (220, 600)), 270: ((220, 200), (200, 200)), 180: ((500, 220), (500, 200))}[angle]
    page = TinyPage(rotate=rotate)
    for (x, y), words in zip(places, ("Dòng thứ nhất.", "Dòng thứ hai."), strict=True):
        page.text(x, y, words, angle=angle)
    assert texts(read(page)) == ["Dòng thứ nhất.", "Dòng thứ hai."]


def test_a_web_page_named_pdf_is_refused(real_data: Path) -> None:
    path = real_data / "sources" / "dichvucong" / "files" / "error_page_named.pdf"
    with pytest.raises(UnusableInputError, match="web page"):
        read_pdf(path.read_bytes(), path.name)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7\nnothing", b"%PDF-1.7\n" + b"\0" * 5000])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(UnusableInputError):
        read_pdf(data, "x.pdf")


def test_a_file_cut_off_is_read_as_far_as_it_goes_and_says_so() -> None:
    data = tiny_pdf(TinyPage().text(80, 100, "Điều 1. Phạm vi"))
    content = read_pdf(data[: data.index(b"xref")], "x.pdf")
    assert texts(content) == ["Điều 1. Phạm vi"]
    assert any("cut off" in remark for remark in content.remarks)


def test_a_password_is_asked_for_only_where_the_file_does_not_open_without(tmp_path: Path) -> None:
    pikepdf = _imported("pikepdf", "encrypts the file")
    source = tmp_path / "a.pdf"
    source.write_bytes(tiny_pdf(TinyPage().text(80, 100, "Điều 1. Phạm vi")))
    for user in ("", "secret"):
        with pikepdf.open(source) as document:
            document.save(tmp_path / "b.pdf", encryption=pikepdf.Encryption(user=user, owner="owner"))
        if user:
            with pytest.raises(LockedPdfError, match="password"):
                read_pdf((tmp_path / "b.pdf").read_bytes(), "b.pdf")
        else:
            assert texts(read_pdf((tmp_path / "b.pdf").read_bytes(), "b.pdf")) == ["Điều 1. Phạm vi"]


def _imported(module: str, what_for: str) -> Any:
    """A module that comes with the ocr extra."""
    try:
        return importlib.import_module(module)
    except ImportError:
        left_out(f"{module}, which comes with the ocr extra, {what_for}")


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "missing_parts", lambda: ("tesseract",))


@pytest.mark.usefixtures("without_ocr")
def test_a_scan_with_a_stamp_only_needs_ocr_and_says_what_to_install() -> None:
    page = TinyPage().image(40, 60, 500, 700).text(80, 40, "CÔNG BÁO/Số 271/Ngày 12-05-2026    86")
    content = read(page)
    assert (content.layer, content.blocks, content.confidence) == (TextLayer.NONE, (), None)
    assert any("tesseract-ocr-vie" in remark for remark in content.remarks)


@pytest.mark.usefixtures("without_ocr")
def test_a_file_with_some_scanned_pages_keeps_the_others_and_names_them() -> None:
    pages = [TinyPage().text(80, 100, "Điều 1. Phạm vi"), TinyPage().image(40, 60, 500, 700)]
    content = read(*pages)
    assert (content.layer, texts(content)) == (TextLayer.BORN, ["Điều 1. Phạm vi"])
    assert any(remark.startswith("page 2 ") for remark in content.remarks)


def test_a_tiff_of_several_pages_is_read_whole() -> None:
    image = _imported("PIL.Image", "draws the pages")
    if missing_parts():
        left_out(f"OCR is not installed: {missing_parts()}")
    pages, packed = [image.new("L", (600, 300), 255) for _ in range(2)], io.BytesIO()
    for page in pages:
        page.paste(0, (100, 100, 120, 200))
    pages[0].save(packed, "TIFF", save_all=True, append_images=pages[1:], dpi=(150, 150))

    assert ocr._frames(packed.getvalue()) == 2
    assert read_image(packed.getvalue(), "a.tif").format == "image"


@pytest.mark.usefixtures("without_ocr")
def test_an_image_without_ocr_is_kept_as_such() -> None:
    content = read_image(b"\x89PNG\r\n\x1a\n...", "x.png")
    assert (content.layer, content.blocks) == (TextLayer.NONE, ())
    with pytest.raises(UnusableInputError):
        read_image(b"GIF89a", "x.gif")


@pytest.mark.slow
def test_a_real_scan_is_recognised_with_its_confidence(real_data: Path) -> None:
    if missing_parts():
        left_out(f"OCR is not installed on this machine: {', '.join(missing_parts())}")
    path = real_data / "sources" / "congbao" / "empty_text" / "nghi-quyet-so-115-nq-cp-469452.pdf"
    content = read_pdf(path.read_bytes(), path.name)
    assert content.layer is TextLayer.OCR
    assert 0.85 < (content.confidence or 0) < 1
    head = parse_head(content.text)
    assert (head.type, head.issuer) == ("Nghị quyết", "Chính phủ")
    assert parse_structure(content.text).own_articles == 3


REAL = [  # file, blocks of tables, footnotes, own articles
    ("nghi-dinh-so-121-2026-nd-cp-469354", 0, 0, 25),
    ("thong-tu-so-05-2025-tt-bldtbxh-44360", 2, 0, 6),
    ("van-ban-hop-nhat-so-463-vbhn-bldtbxh-44173", 0, 14, 13),
    ("van-ban-hop-nhat-so-06-vbhn-byt-26324", None, 5, 9),
]


@pytest.mark.parametrize(("name", "tables", "notes", "articles"), REAL)
def test_real_gazette_files_have_the_parts_counted_by_hand(
    real_data: Path, name: str, tables: int | None, notes: int, articles: int
) -> None:
    content = read_pdf((real_data / "congbao" / "docs" / f"{name}.pdf").read_bytes(), name)
    kinds = [block.kind for block in content.blocks]
    assert tables is None or kinds.count(BlockKind.TABLE) == tables
    assert kinds.count(BlockKind.FOOTNOTE) == notes
    assert parse_structure(content.text).own_articles == articles
    assert not any("CÔNG BÁO/" in block.text for block in content.blocks)
    assert all(isinstance(block, Block) and (block.page or not block.text) for block in content.blocks)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_file_gives_typed_errors_only(data: st.DataObject) -> None:
    whole = bytearray(tiny_pdf(TinyPage().text(80, 100, "Điều 1. Phạm vi").grid((60, 200, 400), (300, 320, 340))))
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(9, len(whole) - 1), st.integers(0, 255)), max_size=30)
    ):
        whole[place] = value
    end = data.draw(st.integers(20, len(whole)))
    try:
        content = read_pdf(bytes(whole[:end]), "x.pdf")
    except UnusableInputError:
        return
    assert content.format == "pdf"


def test_a_reader_that_crashes_loses_the_page_in_work_only(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = {"0": [b'{"count": 3}', _page(1)], "2": [b'{"count": 3}', _page(3)]}
    monkeypatch.setattr(
        "corpus.formats.pdf.reading.lines_of_module", lambda _module, first, *_rest, **_limits: iter(lines[first[0]])
    )
    content = read_pdf(tiny_pdf(TinyPage()), "x.pdf")
    assert [block.page for block in content.blocks] == [1, 3]
    assert any("page 2 could not be read" in remark for remark in content.remarks)
    monkeypatch.setattr("corpus.formats.pdf.reading.lines_of_module", lambda *_all, **_limits: iter([]))
    with pytest.raises(DamagedPdfError):
        read_pdf(tiny_pdf(TinyPage()), "x.pdf")


def _page(number: int) -> bytes:
    words = f'[["Dong {number}.", 80, 90, 200, 104, 100, 12, false, false, false, null]]'
    return f'{{"number": {number}, "width": 595, "height": 842, "words": {words}, "rules": []}}'.encode()


def test_a_silent_program_and_a_slow_one_are_ended(tmp_path: Path) -> None:
    import sys

    with (tmp_path / "empty").open("w+b") as nothing, pytest.raises(TimeoutError):
        list(lines_of_module("tests.corpus.sleeper", [], nothing, silence=0.5))
    assert run([sys.executable, "-c", "import time; time.sleep(60)"], seconds=0.5).code is None
