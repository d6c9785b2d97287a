"""One door for every kind of input; the texts are made up, except where real ones are named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import document_files
from corpus.document_files import import_documents
from corpus.ingest import KNOWN_KINDS, import_path
from corpus.reading import TIME_LIMIT
from corpus.reporting import ImportReport
from kb.errors import UnusableInputError
from kb.model import Confidence, EditionKind, Evidence, RelationKind
from kb.store import Store, open_store
from tests.corpus.codified import article, page, write_folder, write_zip
from tests.corpus.word_files import p, word_file

# A made-up circular of a made-up ministry, in the shape that real ones have.
CIRCULAR = """BỘ THỬ NGHIỆM
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 07/2021/TT-BTN
Hà Nội, ngày 05 tháng 6 năm 2021

THÔNG TƯ
Quy định về việc thử nghiệm

Căn cứ Nghị định số 12/2019/NĐ-CP ngày 05 tháng 3 năm 2019 của Chính phủ quy định về thử nghiệm;
Theo đề nghị của Vụ trưởng Vụ Thử nghiệm;
Bộ trưởng Bộ Thử nghiệm ban hành Thông tư quy định về việc thử nghiệm.

Điều 1. Phạm vi điều chỉnh
1. Thông tư này quy định về việc thử nghiệm.
2. Thông tư này không quy định về việc khác:
a) Việc một;
b) Việc hai.
Điều 2. Hiệu lực thi hành
Thông tư này có hiệu lực thi hành kể từ ngày 20 tháng 7 năm 2021.

Nơi nhận:
- Như trên;
- Lưu: VT.
BỘ TRƯỞNG
Nguyễn Văn Thử
"""
FILLER = "Đoạn này chỉ để cho đủ dài, không nói gì về việc của ai. " * 20


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as opened:
        yield opened


def run(path: Path, store: Store, tmp_path: Path) -> ImportReport:
    return import_path(path, store, home=tmp_path)


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_text_becomes_a_document_with_its_head_and_articles(tmp_path: Path, store: Store) -> None:
    report = run(write(tmp_path / "tt.txt", "https://example.test/tt-07\n" + CIRCULAR), store, tmp_path)
    found = next(view for view in store.documents() if view.has_text)
    (edition,) = store.editions(found.slug)

    assert (report.kind, report.counts["taken"]) == ("documents", 1)
    assert (found.type, found.number, str(found.issued)) == ("Thông tư", "07/2021/TT-BTN", "2021-06-05")
    assert (edition.kind, edition.provenance.evidence) == (EditionKind.ORIGINAL, Evidence.DOCUMENT)
    assert edition.provenance.address == "https://example.test/tt-07"
    assert store.article(found.slug, "dieu-1.khoan-2.diem-b").place == "dieu-1.khoan-2.diem-b"


def test_legal_bases_become_relations(tmp_path: Path, store: Store) -> None:
    run(write(tmp_path / "tt.txt", CIRCULAR), store, tmp_path)
    slug = next(view.slug for view in store.documents() if view.has_text)

    assert [(one.kind, one.object.number) for one in store.relations(slug)] == [
        (RelationKind.BASED_ON, "12/2019/NĐ-CP")
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_the_encoding_of_a_text_makes_no_difference(tmp_path: Path, store: Store, encoding: str) -> None:
    run(write(tmp_path / "tt.txt", CIRCULAR.encode(encoding)), store, tmp_path)

    assert any(view.number == "07/2021/TT-BTN" for view in store.documents())


def test_the_same_file_twice_changes_nothing(tmp_path: Path, store: Store) -> None:
    path = write(tmp_path / "tt.txt", CIRCULAR)
    run(path, store, tmp_path)
    revision = store.revision

    assert run(path, store, tmp_path).unchanged
    assert store.revision == revision


def test_a_document_that_two_files_give_is_one(tmp_path: Path, store: Store) -> None:
    folder = write_folder(tmp_path / "texts", {"a.txt": CIRCULAR, "deep/b.txt": CIRCULAR})
    run(folder, store, tmp_path)

    assert len([view for view in store.documents() if view.has_text]) == 1


def test_files_of_one_name_in_other_folders_do_not_restate_each_other(tmp_path: Path, store: Store) -> None:
    run(write(tmp_path / "one" / "tt.txt", CIRCULAR), store, tmp_path)
    run(write(tmp_path / "two" / "tt.txt", CIRCULAR.replace("07/2021", "08/2021")), store, tmp_path)

    assert {view.number for view in store.documents() if view.has_text} == {"07/2021/TT-BTN", "08/2021/TT-BTN"}


def test_a_file_by_itself_and_in_its_folder_is_one_source(tmp_path: Path, store: Store) -> None:
    path = write(tmp_path / "one" / "tt.txt", CIRCULAR)
    run(path, store, tmp_path)
    revision = store.revision
    run(path.parent, store, tmp_path)

    assert store.revision == revision


def test_a_scan_is_marked_as_not_verified(tmp_path: Path, store: Store) -> None:
    run(write(tmp_path / "tt__OCR.txt", CIRCULAR), store, tmp_path)
    slug = next(view.slug for view in store.documents() if view.has_text)
    (edition,) = store.editions(slug)

    assert edition.provenance.confidence is Confidence.UNVERIFIED
    assert "scan" in edition.provenance.note


REFUSED = [
    ("short.txt", "Điều 1. Ngắn", "too short"),
    ("rejected.txt", "Request Rejected\nThe requested URL was rejected. Your support ID is 1\n" + FILLER, "instead of a document"),
    ("login.txt", "Vui lòng đăng nhập để xem toàn văn\n" + FILLER, "instead of a document"),
    ("page.txt", "<!DOCTYPE html><html><body>" + FILLER + "</body></html>", "not a legal document"),
    ("menu.txt", "<html><body><nav>" + FILLER + "</nav></body></html>", "too short"),
    ("prose.txt", FILLER, "not a legal document"),
    ("mangled.txt", CIRCULAR.encode().decode("cp1252", "replace"), "wrong encoding"),
    ("zip.docx", b"PK\x03\x04 word/document.xml", "damaged"),
    ("old.doc", bytes.fromhex("d0cf11e0a1b11ae1") + b" x", "not a file of a known kind"),
    ("locked.docx", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le") + b"\0\0", "password"),
    ("a.pdf", b"%PDF-1.7", "PDF|pdf"),
    ("a.csv", b"a,b\n1,2\n", "too short"),
    ("page.html", b"<html><body>x</body></html>", "too short"),
    ("packed.rar", b"Rar!\x1a\x07\0 x", "archive of a kind not read here"),
    ("nul.txt", b"\0\0\0" + CIRCULAR.encode(), "NUL"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "problem"), REFUSED)
def test_what_is_no_document_is_refused_by_name(
    tmp_path: Path, store: Store, name: str, content: str | bytes, problem: str
) -> None:
    with pytest.raises(UnusableInputError, match=problem) as caught:
        run(write(tmp_path / name, content), store, tmp_path)
    assert caught.value.problem.startswith(name)
    assert (store.counts().documents, store.imports()) == (0, ())


def test_the_others_of_a_folder_go_on(tmp_path: Path, store: Store) -> None:
    folder = tmp_path / "texts"
    for name, content, _ in REFUSED:
        write(folder / name, content)
    write(folder / "tt.txt", CIRCULAR)
    report = run(folder, store, tmp_path)

    assert report.counts["taken"] == 1
    refused = {example for group in report.unused for example in group.examples}
    assert refused == {name for name, _, _ in REFUSED}


def test_a_folder_without_any_document_is_refused(tmp_path: Path, store: Store) -> None:
    folder = write_folder(tmp_path / "texts", {"a.txt": "ngắn", "b.txt": FILLER})

    with pytest.raises(UnusableInputError, match="texts holds no document"):
        run(folder, store, tmp_path)


def test_a_folder_of_nothing_known_names_the_kinds_that_are_known(tmp_path: Path, store: Store) -> None:
    folder = write(tmp_path / "folder" / "a.rar", b"Rar!\x1a\x07\0 x").parent

    with pytest.raises(UnusableInputError, match="a\\.rar") as caught:
        run(folder, store, tmp_path)
    assert all(known in caught.value.remedy for known in KNOWN_KINDS)


@pytest.mark.parametrize(("name", "content"), [("none.txt", None), ("empty.txt", b""), ("empty.zip", b"")])
def test_what_is_not_there_or_empty_is_refused(tmp_path: Path, store: Store, name: str, content: bytes | None) -> None:
    if content is not None:
        write(tmp_path / name, content)

    with pytest.raises(UnusableInputError, match=name):
        run(tmp_path / name, store, tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path, store: Store) -> None:
    (tmp_path / "nothing").mkdir()

    with pytest.raises(UnusableInputError, match="nothing holds no file of a known kind"):
        run(tmp_path / "nothing", store, tmp_path)


def test_a_folder_of_mixed_kinds_is_taken_whole(tmp_path: Path, store: Store) -> None:
    folder = tmp_path / "mixed"
    write(folder / "a.txt", CIRCULAR)
    write(folder / "sub" / "b.html", f"<html><body><pre>{CIRCULAR.replace('07/2021', '08/2021')}</pre></body></html>")
    write(folder / "sub" / "c.doc", word_file("".join(map(p, CIRCULAR.replace("07/2021", "09/2021").split("\n")))))
    write(folder / "list.csv", "STT;Việc\n1;Rà soát\n")
    report = run(folder, store, tmp_path)

    assert (report.counts["files"], report.counts["taken"]) == (4, 3)
    assert {view.number for view in store.documents() if view.has_text} == {
        "07/2021/TT-BTN", "08/2021/TT-BTN", "09/2021/TT-BTN",
    }  # fmt: skip


def test_hidden_and_system_files_are_not_looked_at_and_that_is_said(tmp_path: Path, store: Store) -> None:
    folder = tmp_path / "texts"
    for name in ("a.txt", ".git/b.txt", ".c.txt", "~$a.docx", "Thumbs.db", "__MACOSX/._a.txt"):
        write(folder / name, CIRCULAR)
    report = run(folder, store, tmp_path)
    (hidden,) = (group for group in report.unused if "hidden" in group.why)

    assert (report.counts["files"], hidden.count) == (1, 5)


def test_a_zip_of_files_is_read_like_a_folder(tmp_path: Path, store: Store) -> None:
    entries = {"a.txt": CIRCULAR, "deep/short.txt": "ngắn", "__MACOSX/a.txt": "x", ".b.txt": "x"}
    report = run(write_zip(tmp_path / "texts.zip", entries), store, tmp_path)
    (slug,) = (view.slug for view in store.documents() if view.has_text)
    (edition,) = store.editions(slug)

    assert (report.counts["files"], report.counts["taken"]) == (2, 1)
    assert edition.provenance.address == f"{tmp_path.name}/texts.zip/a.txt"
    assert any(group.examples == ("texts.zip/deep/short.txt",) for group in report.unused)


def test_a_file_that_takes_more_than_a_second_is_named_as_slow(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (document_files.SLOW, TIME_LIMIT) == (1.0, 15.0)
    monkeypatch.setattr(document_files, "SLOW", 0.0)
    report = run(write(tmp_path / "tt.txt", CIRCULAR), store, tmp_path)

    assert [group.examples for group in report.unused if group.why.startswith("slow")] == [("tt.txt",)]


def test_an_issue_of_the_gazette_gives_each_of_its_documents(tmp_path: Path, store: Store) -> None:
    issue = "\n".join(CIRCULAR.replace("07/2021", number) for number in ("07/2021", "08/2021", "09/2021"))
    report = run(write(tmp_path / "issue.txt", issue), store, tmp_path)
    found = [view for view in store.documents() if view.has_text]
    addresses = {edition.provenance.address for view in found for edition in store.editions(view.slug)}

    assert (report.counts["files"], report.counts["taken"], report.counts["documents"]) == (1, 1, 3)
    assert {view.number for view in found} == {"07/2021/TT-BTN", "08/2021/TT-BTN", "09/2021/TT-BTN"}
    assert addresses == {f"{tmp_path.name}/issue.txt#{number}" for number in (1, 2, 3)}


def test_a_document_of_an_issue_that_cannot_be_read_is_named_and_the_others_go_on(tmp_path: Path, store: Store) -> None:
    late = CIRCULAR.replace("07/2021", "08/2021").replace("năm 2021", "năm 2931")
    report = run(write(tmp_path / "issue.txt", f"{CIRCULAR}\n{late}"), store, tmp_path)

    assert [view.number for view in store.documents() if view.has_text] == ["07/2021/TT-BTN"]
    assert any("issue.txt#2" in group.why for group in report.unused)


def test_a_zip_that_is_cut_off_is_refused_and_in_a_folder_the_others_go_on(tmp_path: Path, store: Store) -> None:
    whole = write_zip(tmp_path / "whole.zip", {"a.txt": CIRCULAR}).read_bytes()
    cut = write(tmp_path / "texts" / "cut.zip", whole[:-30])

    with pytest.raises(UnusableInputError, match=r"^cut\.zip"):
        run(cut, store, tmp_path)
    write(tmp_path / "texts" / "a.txt", CIRCULAR)
    report = run(tmp_path / "texts", store, tmp_path)
    assert (report.counts["files"], report.counts["taken"]) == (2, 1)


def test_procedures_in_a_folder_of_documents_are_taken_as_procedures(tmp_path: Path, store: Store) -> None:
    folder = tmp_path / "mixed"
    write(folder / "a.txt", CIRCULAR)
    rows = "Mã số,Tên,Cơ quan ban hành,Cơ quan thực hiện,Lĩnh vực\n"
    write(folder / "list.csv", rows + "1.000001,Thủ tục thử nghiệm,Bộ Thử nghiệm,Cấp Bộ,Thử nghiệm\n")
    report = run(folder, store, tmp_path)

    assert {"procedures", "documents"} == set(report.kind.split(" and "))
    assert [procedure.code for procedure in store.procedures()] == ["1.000001"]
    assert any(view.has_text for view in store.documents())
    assert run(folder, store, tmp_path).unchanged


def test_a_file_that_is_no_document_any_more_leaves_what_was_held(tmp_path: Path, store: Store) -> None:
    folder = tmp_path / "texts"
    write(folder / "a.txt", CIRCULAR)
    write(folder / "b.txt", CIRCULAR.replace("07/2021", "08/2021"))
    run(folder, store, tmp_path)
    write(folder / "b.txt", "Request Rejected")
    run(folder, store, tmp_path)

    assert {view.number for view in store.documents() if view.has_text} == {"07/2021/TT-BTN", "08/2021/TT-BTN"}


def test_a_file_that_takes_too_long_is_stopped_and_fails_alone(tmp_path: Path, store: Store) -> None:
    folder = tmp_path / "texts"
    write(folder / "a.txt", CIRCULAR)
    write(folder / "b.txt", "\n".join(f"{n}. Điều {n} của Luật này" for n in range(200_000)) + CIRCULAR)
    report = import_documents(folder, store, time_limit=3)

    assert report.counts["taken"] == 1
    assert any("was stopped" in group.why for group in report.unused)


def test_the_codification_is_recognised_in_every_form(tmp_path: Path, store: Store) -> None:
    entries = {"demuc/1.html": page(article())}
    folder = write_folder(tmp_path / "unpacked", entries)
    for path in (write_zip(tmp_path / "p.zip", entries), folder, folder / "demuc", folder / "demuc" / "1.html"):
        assert run(path, store, tmp_path).kind == "codification"


def test_every_real_text_is_taken_or_refused_with_a_reason(tmp_path: Path, store: Store, real_data: Path) -> None:
    report = run(real_data / "fulltext", store, tmp_path)
    refused = sum(group.count for group in report.unused if "not a legal document" in group.why)

    index = 1  # INDEX.json, which is no document

    assert report.counts["files"] == report.counts["taken"] + refused + index
    assert report.counts["taken"] >= 70
    (law,) = store.find("26/2023/QH15")
    assert (law.type, law.articles) == ("Luật", 46)
