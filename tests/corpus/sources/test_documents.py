"""A site's statement and the text of its files become one document; a text of another number never does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.blocks import Block, BlockKind, Content
from corpus.crawl.fetch import Expects, Fetch
from corpus.crawl.pages import Page
from corpus.crawl.refusals import WrongDocumentError
from corpus.documents import DocumentRecords, read_document
from corpus.site_documents import SiteDocument, check_number, joined, together, with_files
from kb.model import Confidence, Evidence, Identity, ObservedDocument, Provenance
from tests.corpus.sources import made_up
from tests.corpus.sources.samples import page

SEEN = Provenance("congbao", "https://congbao.chinhphu.vn/x.htm", Evidence.OFFICIAL_LIST)
NUMBER = "59/2022/NĐ-CP"


def stated(number: str, kind: str = "Nghị định") -> ObservedDocument:
    """A site's statement."""
    return ObservedDocument(Identity(kind, number, "Chính phủ"), SEEN, source_ids=(("congbao", "1"),))


def text_of(number: str, confidence: Confidence = Confidence.VERIFIED) -> DocumentRecords:
    """The records of a made-up text of a number."""
    lines = made_up.gateway_body(number).replace("</p>", "\n").split("\n")
    blocks = [Block(BlockKind.PARAGRAPH, line.rsplit(">", 1)[-1], n) for n, line in enumerate(lines) if line.strip()]
    records = read_document(Content("text", tuple(blocks)), SEEN)
    return replace(records, document=replace(records.document, provenance=replace(SEEN, confidence=confidence)))


def file(name: str, text: str) -> Page:
    """A file that a page names, as HTML so that no PDF has to be made."""
    return page("congbao", Fetch(f"https://congbaocdn.chinhphu.vn/{name}", "file", "1", Expects.ANY), text.encode())


def test_a_text_joins_the_document_under_the_site_s_id() -> None:
    records = joined(text_of(NUMBER), stated("nđ 59/2022"))
    assert records.document.source_ids == (("congbao", "1"),)
    assert records.document.identity.number == NUMBER


def test_a_text_of_another_number_is_refused() -> None:
    with pytest.raises(WrongDocumentError, match="58/2022/NĐ-CP"):
        joined(text_of("58/2022/NĐ-CP"), stated(NUMBER))


def test_of_an_issue_with_several_documents_the_one_that_is_meant_is_taken() -> None:
    issue = file("so-1.htm", "".join(made_up.gateway_body(number) for number in ("58/2022/NĐ-CP", NUMBER)))
    found = with_files(SiteDocument(stated(NUMBER)), [issue], Evidence.GAZETTE)

    assert [text.document.identity.number for text in found.texts] == [NUMBER]
    assert found.texts[0].structure.own_articles == 3


def test_figures_that_a_machine_misread_are_said_and_not_believed() -> None:
    records = joined(text_of("58/2022/NĐ-CP", Confidence.UNVERIFIED), stated(NUMBER))
    assert records.document.identity.number == NUMBER
    assert ("58/2022/NĐ-CP", f"read by a machine; the site says {NUMBER}") in records.remarks
    with pytest.raises(WrongDocumentError):
        joined(text_of("158/2022/NĐ-CP", Confidence.UNVERIFIED), stated(NUMBER))


def test_a_consolidated_text_is_called_as_the_site_calls_it() -> None:
    records = joined(text_of(NUMBER), stated("40/VBHN-BCT", "Văn bản hợp nhất"))
    assert (records.document.identity.number, records.document.identity.issued) == ("40/VBHN-BCT", None)


def test_a_second_file_of_the_same_text_is_listed_and_a_part_goes_on_with_the_first() -> None:
    whole, part = (
        made_up.gateway_body(NUMBER),
        f"<html><body><p>PHỤ LỤC I</p><p>DANH MỤC BỊA</p><p>{made_up.SENTENCE * 20}</p></body></html>",
    )
    found = with_files(
        SiteDocument(stated(NUMBER)),
        [file("1.htm", whole), file("2.htm", part), file("3.htm", whole)],
        Evidence.GAZETTE,
    )
    (text,) = found.texts
    assert [root.kind.value for root in text.structure.roots][-1] == "annex"
    assert [thing.why for thing in found.unused] == ["another file holds the text already"]


def test_a_file_that_cannot_be_read_leaves_the_statement_and_says_why() -> None:
    found = with_files(
        SiteDocument(stated(NUMBER)), [file("1.htm", "<html><body><p>ngắn</p></body></html>")], Evidence.GAZETTE
    )
    assert found.texts == ()
    assert len(found.unused) == 1


def test_two_parts_are_one_content_with_pages_counted_on() -> None:
    part = Content("pdf", (Block(BlockKind.PARAGRAPH, "a", 0, page=1), Block(BlockKind.PARAGRAPH, "b", 1, page=2)))
    assert [(block.position, block.page) for block in together(part, part).blocks] == [(0, 1), (1, 2), (2, 3), (3, 4)]


@pytest.mark.parametrize(("asked", "own"), [("", "1/2022/NĐ-CP"), ("nđ 59/2022", NUMBER), (NUMBER, "")])
def test_the_number_asked_for_in_any_spelling_is_the_right_one(asked: str, own: str) -> None:
    check_number(asked, stated(own), "address")


def test_another_number_than_the_one_asked_for_is_refused() -> None:
    with pytest.raises(WrongDocumentError, match="is of 159/2022/NĐ-CP, not of 59/2022/NĐ-CP"):
        check_number(NUMBER, stated("159/2022/NĐ-CP"), "address")


def test_a_real_scan_is_not_taken_for_a_document_without_ocr(real_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus.formats.ocr import NoRecogniserError

    def none_here(*_: object) -> None:
        raise NoRecogniserError("OCR is not installed here.")

    monkeypatch.setattr("corpus.formats.pdf.reading.recognise", none_here)
    data = (real_data / "sources/congbao/empty_text/nghi-quyet-so-115-nq-cp-469452.pdf").read_bytes()
    scan = page("congbao", Fetch("https://congbaocdn.chinhphu.vn/115.pdf", "file", "1", Expects.PDF), data)
    found = with_files(SiteDocument(stated("115/NQ-CP", "Nghị quyết")), [scan], Evidence.GAZETTE)
    assert found.texts == ()
    assert "OCR" in found.unused[0].why
