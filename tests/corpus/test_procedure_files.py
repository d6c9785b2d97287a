"""Procedures of the portal come into the store whatever form they are in; what changes is kept as history. Data is made up."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from corpus.procedure_files import import_procedures, is_procedures
from kb.errors import UnusableInputError
from kb.model import Identity
from kb.store import Store, open_store

CODE = "1.000001"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as opened:
        yield opened


def detail(name: str = "Cấp giấy thử", code: str = CODE, **more: object) -> dict[str, object]:
    basis = {"name": "Nghị định thử", "code": "59/2022/NĐ-CP"}
    return {"id": code, "code": code, "name": name, "executionMethods": [], "legalBasisesDetails": [basis]} | more


def rendered(name: str = "Cấp giấy thử", code: str = CODE) -> dict[str, str]:
    return {
        "ma_thu_tuc": code,
        "ten_thu_tuc": name,
        "detail_url": f"https://dichvucong.gov.vn/thu-tuc-hanh-chinh/{code}",
    }


def written(path: Path, value: object) -> Path:
    path.write_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


def list_file(path: Path, *rows: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("DANH SÁCH THỦ TỤC HÀNH CHÍNH", None, None, None, None))
    sheet.merge_cells("A1:E1")
    sheet.append(("Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực"))
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def test_one_detail_an_array_and_a_folder_are_taken_in(tmp_path: Path, store: Store) -> None:
    folder = tmp_path / "details"
    folder.mkdir()
    written(folder / "a.json", detail())
    written(folder / "b.json", [detail(code="1.000002"), detail(code="1.000003")])
    written(folder / "report.json", {"total": 3})
    report = import_procedures(folder, store)
    assert report.counts["procedure records"] == 3
    assert {procedure.code for procedure in store.procedures()} == {"1.000001", "1.000002", "1.000003"}


def test_lines_of_pages_are_taken_in_packed_or_not(tmp_path: Path, store: Store) -> None:
    lines = "\n".join(json.dumps(rendered(code=f"1.00000{number}")) for number in range(3))
    packed = tmp_path / "pages.jsonl.gz"
    packed.write_bytes(gzip.compress(lines.encode()))
    assert is_procedures(packed)
    assert import_procedures(packed, store).counts["procedure records"] == 3
    assert import_procedures(written(tmp_path / "again.jsonl", lines), store).counts["procedure records"] == 3


def test_an_official_list_is_taken_in_and_does_not_end_what_the_portal_says(tmp_path: Path, store: Store) -> None:
    import_procedures(written(tmp_path / "a.json", detail()), store)
    path = list_file(tmp_path / "list.xlsx", (CODE, "Tên trong danh mục", "Bộ Công an", "Công an\nỦy ban", "Cư trú"))
    assert is_procedures(path)
    import_procedures(path, store)
    of_sources = store.procedures_of_all_sources()[CODE]
    assert [procedure.provenance.source for procedure in of_sources] == ["dichvucong", "dichvucong-list"]
    assert of_sources[1].executing == "Công an; Ủy ban"


def test_several_names_under_one_code_are_all_kept(tmp_path: Path, store: Store) -> None:
    path = list_file(
        tmp_path / "list.xlsx",
        (CODE, "Tên thứ nhất", "Bộ", "", ""), (CODE, "Tên thứ hai", "Bộ", "", ""), (CODE, "tên thứ nhất.", "Bộ", "", ""),
    )  # fmt: skip
    report = import_procedures(path, store)
    assert report.unused == ()
    (procedure,) = store.procedures()
    assert (procedure.name, procedure.other_names) == ("Tên thứ nhất", ("Tên thứ hai",))


def test_a_code_that_a_sheet_holds_as_a_number_is_whole(tmp_path: Path, store: Store) -> None:
    import_procedures(list_file(tmp_path / "l.xlsx", (1.00042, "Thủ tục"), (2.0, "Không có mã")), store)
    assert [procedure.code for procedure in store.procedures()] == ["1.000420"]


def test_a_change_is_history_and_the_same_again_changes_nothing(tmp_path: Path, store: Store) -> None:
    import_procedures(written(tmp_path / "a.json", detail("Tên cũ")), store)
    before = store.revision
    assert import_procedures(tmp_path / "a.json", store).unchanged
    assert store.revision == before
    import_procedures(written(tmp_path / "a.json", detail("Tên mới")), store)
    assert [version.record.name for version in store.procedure_history(CODE)] == ["Tên mới", "Tên cũ"]
    assert [version.until is None for version in store.procedure_history(CODE)] == [True, False]


def test_what_a_whole_input_has_no_more_ends(tmp_path: Path, store: Store) -> None:
    import_procedures(written(tmp_path / "a.json", [detail(), detail(code="1.000002")]), store)
    import_procedures(written(tmp_path / "b.json", [detail()]), store, whole=True)
    assert [procedure.code for procedure in store.procedures()] == [CODE]
    assert store.procedure_history("1.000002")[0].until is not None


def test_a_legal_basis_becomes_a_document_known_by_citation(tmp_path: Path, store: Store) -> None:
    import_procedures(written(tmp_path / "a.json", detail()), store)
    (found,) = store.find("59/2022/NĐ-CP")
    assert found.cited_only
    assert found.identity == Identity("Nghị định", "59/2022/NĐ-CP", found.issuer)


def test_a_record_that_is_none_is_named_and_the_others_go_on(tmp_path: Path, store: Store) -> None:
    path = written(tmp_path / "a.json", [detail(), detail(code="x"), {"a": 1}])
    report = import_procedures(path, store)
    assert report.counts["procedure records"] == 1
    assert sum(group.count for group in report.unused) == 2


def test_a_row_without_a_code_is_named_by_its_number(tmp_path: Path, store: Store) -> None:
    report = import_procedures(list_file(tmp_path / "l.xlsx", (CODE, "A"), ("", "B"), ("1.x", "C")), store)
    assert [group.examples for group in report.unused] == [("l.xlsx row 4", "l.xlsx row 5")]


def test_an_old_record_is_told_by_its_name(tmp_path: Path, store: Store) -> None:
    import_procedures(
        list_file(tmp_path / "l.xlsx", (CODE, "Đăng ký thử"), ("1.000002", "Trùng"), ("1.000003", "Trùng")), store
    )
    old = [{"title": title, "Trình tự thực hiện": "Bước 1"} for title in ("Đăng ký thử", "Trùng", "Không ai biết")]
    report = import_procedures(written(tmp_path / "old.json", old), store)
    assert report.counts["procedure records"] == 1
    assert report.unused[0].count == 2


@pytest.mark.parametrize("content", ["", "[]", "{}", "not json", '{"a": 1}', '[{"number": "1"}]', "null", "[[[[]]]]"])
def test_other_json_is_not_taken_for_procedures(tmp_path: Path, store: Store, content: str) -> None:
    path = written(tmp_path / "x.json", content)
    assert not is_procedures(path)
    with pytest.raises(UnusableInputError, match=r"x\.json"):
        import_procedures(path, store)
    assert store.counts().procedures == 0


def test_a_damaged_archive_is_refused(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "x.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(rendered()).encode() * 100)[:-10])
    with pytest.raises(UnusableInputError, match="damaged"):
        import_procedures(path, store)


def test_other_sheets_are_not_taken_for_lists(tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", "a,b\n1,2\n")
    assert not is_procedures(path)


def test_the_real_forms_are_all_taken_in(store: Store, real_data: Path) -> None:
    folder = real_data / "sources" / "dichvucong"
    for name, count in (("api_detail", 3), ("xlsx", 532), ("word_export", 1), ("rendered", 6)):
        assert is_procedures(folder / name)
        assert import_procedures(folder / name, store).counts["procedure records"] == count
    assert not is_procedures(folder / "files" / "error_page_named.pdf")
