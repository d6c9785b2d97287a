"""The procedure ledger on the command line, over the register that ships and two made-up procedures with parts."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

import dean06
from kb.ledger.procedures.signal_rules import RULES
from kb.register import load_register
from kb.store import open_store
from tests.kb.procedure_samples import fill, parts, procedure

REGISTER = 2642
FIELD = "Lĩnh vực dựng lên"
OURS = ("--field", FIELD)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A home with the register, and two procedures whose parts are made up."""
    folder = tmp_path_factory.mktemp("procedures")
    with open_store(f"sqlite:///{folder / 'store.sqlite'}") as store:
        load_register(store)
        fill(
            store,
            [
                procedure(
                    "9.000001",
                    "Thủ tục dựng lên để thử",
                    held=parts(("Bản sao sổ hộ khẩu",), ("154/2024/NĐ-CP",)),
                    field=FIELD,
                ),
                procedure("9.000002", "Thủ tục khác dựng lên để thử", held=parts(), field=FIELD),
            ],
        )
    return str(folder)


def run(*arguments: str, status: int = 0) -> str:
    result = CliRunner().invoke(dean06.app, list(arguments))
    assert result.exit_code == status, f"{result.output}\n{result.exception!r}"
    return result.output if status else result.stdout


def values(*arguments: str) -> Any:
    return json.loads(run("procedures", *arguments, "--json"))


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_the_catalogue_is_a_list_of_objects_nothing_capped(home: str) -> None:
    found = values("--home", home)
    assert len(found) == REGISTER + 2
    assert {
        "code",
        "name",
        "ministry",
        "fields",
        "verdict",
        "signals",
        "plan_state",
        "legal_bases",
        "url",
        "address",
    } <= set(found[0])
    assert {row["verdict"] for row in found} == {"reasons", "none_seen", "not_judged"}


def test_the_analysts_list_adds_up_with_the_unknown(home: str) -> None:
    found = values("--unsimplified", "--home", home, "--on", "20/07/2026")
    total = found["sum"]
    assert total["total"] == total["reasons"] + total["none_seen"] + total["not_judged"] == REGISTER + 2
    assert len(found["procedures"]) == total["reasons"]
    assert total["none_seen"] == 1
    for part in ("total", "reasons", "none_seen", "not_judged"):
        assert sum(one[part] for one in found["by_ministry"]) == total[part]
    assert sum(one["procedures"] for one in found["by_plan_state"]) == total["total"]
    assert [one["id"] for one in found["by_signal"]] == [rule.id for rule in RULES]
    assert found["by_document"]["procedures"] == total["reasons"]
    assert found["reported"]["reported_procedures"] == 317
    assert len(found["reported"]["lines"]) == 2
    assert found["as_of"] == "2026-07-20"


def test_both_reported_lines_close_every_list(home: str) -> None:
    for options in ((), ("--unsimplified",), ("--by-document",)):
        lines = run("procedures", *options, *OURS, "--home", home).splitlines()
        assert "317 thủ tục trong 65 văn bản" in lines[-2]
        assert "14 mục phương án" in lines[-1]
        assert "chưa có nội dung để xét" in lines[-3]
    assert values("reconcile", "--home", home)["items_by_name"] == 14


def test_filters_are_given_in_any_words(home: str) -> None:
    asked = values("--unsimplified", "--signal", "doi so ho khau", *OURS, "--home", home)
    assert [row["code"] for row in asked["procedures"]] == ["9.000001"]
    assert (
        asked["procedures"]
        == values("--unsimplified", "--signal", "household_book", *OURS, "--home", home)["procedures"]
    )
    new, old = (values("--ministry", name, "--home", home) for name in ("Bộ Tài chính", "bo ke hoach va dau tu"))
    assert [row["code"] for row in new] == [row["code"] for row in old]
    assert {row["concerns"]["tie"] for row in old} == {"successor"}
    planned = values("--plan-state", "đã thực thi", "--field", "cu tru", "--home", home)
    assert {row["plan_state"] for row in planned} == {"carried_out"}
    assert values("--document", "nđ 154/2024", "--field", "linh vuc dung", "--home", home)[0]["code"] == "9.000001"
    assert "none of" in run("procedures", "--signal", "phép thuật", "--home", home, status=2)
    assert "no agency" in run("procedures", "--ministry", "Bộ Phép thuật", "--home", home, status=1)


def test_the_list_is_exported_with_its_sums(home: str, tmp_path: Path) -> None:
    table, book = tmp_path / "ds.csv", tmp_path / "ds.xlsx"
    run("procedures", "--unsimplified", *OURS, "--home", home, "--csv", str(table), "--xlsx", str(book))
    count = values("--unsimplified", *OURS, "--home", home)["sum"]["reasons"]
    assert len(rows_of(table)) == count + 1
    assert rows_of(table)[0][-4:] == ["Tính đến ngày", "Nguồn", "Địa chỉ nguồn", "Vị trí trong nguồn"]
    sheets = load_workbook(book).worksheets
    assert (len(sheets), sheets[0].max_row) == (5, count + 1)


def test_what_waits_for_a_document_is_exported(home: str, tmp_path: Path) -> None:
    table = tmp_path / "vb.csv"
    run("procedures", "--by-document", *OURS, "--home", home, "--csv", str(table))
    found = values("--by-document", *OURS, "--home", home)["by_document"]
    assert len(rows_of(table)) == len(found["documents"]) + 2
    (computed,) = [one for one in found["documents"] if one["document"] == "Nghị định số 154/2024/NĐ-CP"]
    assert computed["grounds"] == {"only_basis": 1}
    assert sum(one["count"] for one in found["documents"]) == found["entries"]


def test_a_procedure_is_shown_on_one_screen(home: str) -> None:
    shown = values("show", "1.004222", "--home", home)
    assert shown["plans"][0]["state"] == "approved"
    assert len(shown["completeness"]) == 11
    assert shown["history"] == []
    text = run("procedures", "show", "9.000001", "--home", home)
    assert "đòi sổ hộ khẩu" in text
    assert "khoản 3 Điều 38 Luật Cư trú" in text
    assert "No procedure" in run("procedures", "show", "9.9", "--home", home, status=1)


def test_the_rules_are_a_table_people_can_read(home: str) -> None:
    assert len(run("procedures", "rules", "--home", home).splitlines()) == len(RULES)
    assert {"id", "label", "law", "law_url", "since", "clause_read", "looks_into"} <= set(
        values("rules", "--home", home)[0]
    )


def test_a_ministrys_list_goes_out_and_comes_back(home: str, tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    run("procedures", "template", str(path), "--ministry", "Bộ Tư pháp", "--home", home)
    assert values("update", str(path), "--dry-run", "--home", home)["changes"] == []
    listed = tmp_path / "bo.csv"
    listed.write_text(
        "Mã thủ tục;Biện pháp;Văn bản phê duyệt;Trạng thái\n9.000002;bỏ giấy tờ;12/QĐ-TTg;đang sửa văn bản\n9.999999;;;x\n",
        encoding="utf-8",
    )
    refused = run("procedures", "update", str(listed), "--home", home, status=1)
    assert "line 3 REFUSED" in refused
    assert "Nothing was written" in refused
    dry = values("update", str(listed), "--partial", "--dry-run", "--home", home)
    assert (dry["written"], [change["new"] for change in dry["changes"]]) == (0, [True])
    assert values("show", "9.000002", "--home", home)["verdict"] == "none_seen"
    assert values("update", str(listed), "--partial", "--as-of", "01/07/2026", "--home", home)["written"] == 1
    after = values("show", "9.000002", "--home", home)
    assert (after["verdict"], after["plan_state"], after["plans"][0]["address"]) == ("reasons", "amending", "bo.csv")


def test_an_option_before_a_subcommand_is_not_lost_silently(home: str) -> None:
    assert "belongs after show" in run("procedures", "--unsimplified", "show", "1.004222", "--home", home, status=2)
