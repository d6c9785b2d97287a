"""From a content to the records of one document; the texts are made up, except where real ones are named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings

from corpus.blocks import Block, BlockKind, Content, TextLayer
from corpus.documents import NOTES_PATH, NeedsRecognitionError, read_document, store_document
from corpus.formats import read_content
from corpus.formats.notices import NoticePageError
from corpus.formats.plain import read_plain
from kb.errors import UnusableInputError
from kb.model import Confidence, EditionKind, Evidence, Provenance, RelationKind
from kb.store import Store, open_store
from tests.corpus.test_ingest import CIRCULAR, FILLER
from tests.corpus.texts import LAW_LIKE
from tests.corpus.word_files import p, table, word_file
from tests.left_out import left_out

SEEN = Provenance("test", "https://example.test/1", Evidence.PAGE)
AMENDING = CIRCULAR.replace(
    "Điều 2. Hiệu lực thi hành",
    "Điều 2. Bãi bỏ\nBãi bỏ Điều 3 Thông tư số 05/2019/TT-BTN ngày 01 tháng 2 năm 2019 của Bộ trưởng Bộ Thử nghiệm.\n"
    "Điều 3. Hiệu lực thi hành",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as opened:
        yield opened


def content_of(text: str, *, lines_a_page: int = 0) -> Content:
    content = read_plain(text.encode(), "a.txt")
    if not lines_a_page:
        return content
    blocks = (replace(block, page=1 + block.position // lines_a_page) for block in content.blocks)
    return replace(content, format="pdf", blocks=tuple(blocks))


def test_a_document_says_when_it_takes_effect() -> None:
    records = read_document(content_of(CIRCULAR), SEEN)

    assert records.document.effective == date(2021, 7, 20)
    assert records.document.expires is None


def test_a_provision_says_on_which_page_it_starts() -> None:
    records = read_document(content_of(CIRCULAR, lines_a_page=10), SEEN)
    places = {one.provision.path: one.provenance.place for one in records.edition.provisions}

    assert places["mo-dau"] == "trang 1"
    assert (places["dieu-1"], places["dieu-2"]) == ("trang 2", "trang 3")
    assert [one.provenance.place for one in records.relations if one.kind is RelationKind.BASED_ON] == [
        "căn cứ, trang 2"
    ]


def test_where_there_are_no_pages_the_paragraph_is_the_place() -> None:
    records = read_document(content_of(CIRCULAR), SEEN)

    assert records.edition.provisions[0].provenance.place == "đoạn 1"


def test_what_a_document_does_to_others_has_its_place_and_day() -> None:
    records = read_document(content_of(AMENDING, lines_a_page=10), SEEN)
    (act,) = (one for one in records.relations if one.kind is RelationKind.REPEALS)

    assert (act.object.identity.number, act.object_path, act.subject_path) == ("05/2019/TT-BTN", "dieu-3", "dieu-2")
    assert act.effective == date(2021, 7, 20)
    assert act.provenance.place.endswith("trang 3")


def test_recognised_letters_make_all_facts_unverified_with_the_confidence() -> None:
    content = replace(content_of(CIRCULAR), layer=TextLayer.OCR, confidence=0.873)
    records = read_document(content, SEEN)

    for provenance in (records.document.provenance, records.edition.provenance, records.relations[0].provenance):
        assert provenance.confidence is Confidence.UNVERIFIED
        assert "87%" in provenance.note


def test_notes_stand_beside_the_law_and_break_no_sentence() -> None:
    content = content_of(CIRCULAR)
    note = Block(BlockKind.FOOTNOTE, "[1] Điều 9 được sửa đổi theo Điều 1 của văn bản khác.", 20)
    records = read_document(replace(content, blocks=(*content.blocks[:20], note, *content.blocks[20:])), SEEN)
    last = records.edition.provisions[-1].provision

    assert records.structure == read_document(content, SEEN).structure
    assert (last.path, last.whole) == (NOTES_PATH, note.text)


@pytest.mark.parametrize(
    ("number", "kind"),
    [("07/2021/TT-BTN", EditionKind.ORIGINAL), ("07/VBHN-BTN", EditionKind.CONSOLIDATED)],
)
def test_the_kind_of_an_edition_is_told_by_its_number(number: str, kind: EditionKind) -> None:
    records = read_document(content_of(CIRCULAR.replace("07/2021/TT-BTN", number)), SEEN)

    assert records.edition.kind is kind


REFUSED = [
    ("Điều 1. Ngắn", UnusableInputError, "too short"),
    (FILLER, UnusableInputError, "not a legal document"),
    ("Request Rejected\n" + FILLER, NoticePageError, "instead of a document"),
    (CIRCULAR.replace("năm 2021", "năm 1821"), UnusableInputError, "no such year"),
]


@pytest.mark.parametrize(("text", "error", "problem"), REFUSED)
def test_what_cannot_be_a_document_is_refused_by_name(text: str, error: type[UnusableInputError], problem: str) -> None:
    with pytest.raises(error, match=problem) as caught:
        read_document(content_of(text), SEEN, name="a.txt")
    assert caught.value.problem.startswith("a.txt")


def test_another_document_than_the_one_asked_for_is_refused() -> None:
    with pytest.raises(UnusableInputError, match="08/2021/TT-BTN"):
        read_document(content_of(CIRCULAR), SEEN, asked="08/2021/TT-BTN")


def test_a_scan_that_nothing_could_read_needs_ocr() -> None:
    with pytest.raises(NeedsRecognitionError, match="needs OCR"):
        read_document(Content("pdf", (), TextLayer.NONE), SEEN, name="scan.pdf")


def test_gaps_and_what_looks_wrong_are_listed() -> None:
    text = CIRCULAR.replace("Điều 2. Hiệu lực", "Trang chủ\nĐiều 4. Hiệu lực")
    remarks = read_document(content_of(text), SEEN).remarks

    assert any("break in the numbering" in why for _, why in remarks)
    assert any("navigation" in why for _, why in remarks)


def test_one_document_from_two_sources_is_one_record_whose_facts_keep_both(store: Store) -> None:
    other = Provenance("other", "other.txt", Evidence.GAZETTE)
    for source in (SEEN, other):
        with store.importing(source=source.source, name="x", sha256="x") as batch:
            store_document(read_document(content_of(CIRCULAR), source), batch)
    (found,) = (view for view in store.documents() if view.has_text)

    (title,) = (fact for fact in store.facts(found.slug) if fact.name == "title")
    (value,) = title.values
    assert [seen.source for seen in value.provenances] == ["other", "test"]
    assert len(store.editions(found.slug)) == 2


def test_a_word_file_gives_the_records_that_its_text_gives() -> None:
    first, *rest = CIRCULAR.strip().split("\n")
    body = table((p(first), p(rest[1]) + p(rest[2]))) + "".join(map(p, rest[4:]))
    from_word = read_document(read_content(word_file(body), "a.docx"), SEEN)
    from_text = read_document(content_of(CIRCULAR), SEEN)

    assert from_word.document.identity == from_text.document.identity
    assert from_word.structure.own_articles == from_text.structure.own_articles
    assert [one.object for one in from_word.relations] == [one.object for one in from_text.relations]


def test_a_real_old_word_file_gives_its_articles(real_data: Path) -> None:
    from corpus.formats.doc import office_program

    if office_program() is None:
        left_out("LibreOffice is not installed")
    (path,) = (real_data / "sources" / "dichvucong" / "files").glob("07*.DOC")
    records = read_document(read_content(path.read_bytes(), path.name), SEEN)

    assert (records.document.identity.number, records.structure.own_articles) == ("27/2001/QH10", 65)
    assert records.document.effective == date(2001, 10, 4)


@settings(deadline=None, max_examples=40)
@given(LAW_LIKE)
def test_no_text_does_worse_than_be_refused(text: str) -> None:
    law = CIRCULAR[:600] + text
    with suppress(UnusableInputError):
        records = read_document(content_of(law), SEEN)
        assert "".join(one.provision.whole for one in records.edition.provisions) == law.removesuffix("\n")
