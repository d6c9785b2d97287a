"""The ledgers of tasks and indicators on the command line, over the register that ships."""

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
from kb.model import TaskState

FIELDS = {"id", "task", "lead", "coordinating", "deadline", "source_document", "place", "state", "standing"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A home that the first command fills with the register."""
    return str(tmp_path_factory.mktemp("ledgers"))


def run(*arguments: str, status: int = 0) -> str:
    result = CliRunner().invoke(dean06.app, list(arguments))
    assert result.exit_code == status, f"{result.output}\n{result.exception!r}"
    return result.output if status else result.stdout


def values(*arguments: str) -> Any:
    return json.loads(run(*arguments, "--json"))


def test_tasks_are_a_list_of_objects_nothing_capped(home: str) -> None:
    tasks = values("--home", home, "tasks")
    assert len(tasks) == 238
    assert all(set(task) >= FIELDS for task in tasks)
    assert {task["state"] for task in tasks} <= {state.value for state in TaskState}
    assert [task["id"] for task in tasks[:2]] == ["T0001", "T0002"]
    assert values("tasks", "--home", home, "--on", "01/01/2025")[0]["as_of"] == "2025-01-01"


def test_the_120_tasks_of_the_notice_add_up_by_state(home: str) -> None:
    tasks = values("tasks", "--source", "624/tb-vpcp", "--home", home)
    assert len(tasks) == 120
    counts = {state: sum(task["state"] == state for task in tasks) for state in {task["state"] for task in tasks}}
    assert counts == {"overdue": 80, "under_way": 18, "done": 11, "done_late": 2, "unknown": 9}


def test_filters_are_given_in_any_words(home: str) -> None:
    late = values("tasks", "--state", "qua han chua hoan thanh", "--home", home)
    assert late == values("tasks", "--state", "overdue", "--home", home)
    assert {task["state"] for task in late} == {"overdue"}
    some = values("tasks", "--deadline-from", "01/10/2025", "--deadline-to", "2025-10-31", "--home", home)
    assert some
    assert all("2025-10-01" <= task["deadline"] <= "2025-10-31" for task in some)
    assert "none of" in run("tasks", "--state", "xong", "--home", home, status=2)
    assert "no day" in run("tasks", "--on", "31/02/2025", "--home", home, status=2)


def test_who_asks_under_todays_name_is_told_why_a_task_concerns_it(home: str) -> None:
    found = values("tasks", "--owner", "Bộ Khoa học và Công nghệ", "--home", home)
    old = [task for task in found if task["concerns"]["tie"] == "predecessor"]
    assert old
    assert {task["concerns"]["agency"] for task in old} == {"Bộ Thông tin và Truyền thông"}
    assert all(task["concerns"]["successions"][0]["provenance"]["address"] for task in old)
    assert "no agency" in run("tasks", "--owner", "Bộ Phép thuật", "--home", home, status=1)


def test_a_task_is_shown_on_one_screen(home: str) -> None:
    shown = values("tasks", "show", "T0002", "--home", home)
    roles = [each["role"] for each in shown["foundations"]]
    assert roles[:2] == ["assigned_by", "listed_in"]
    assert shown["history"][0]["wording"].startswith("quá hạn")
    text = run("tasks", "show", "T0002", "--home", home)
    assert "Nghị quyết số 71/NQ-CP" in text
    assert "No task" in run("tasks", "show", "T9999", "--home", home, status=1)


def test_people_see_the_sums_with_the_unknown_and_both_lines(home: str) -> None:
    lines = run("tasks", "--home", home).splitlines()
    assert lines[-4].startswith("238 = 11 hoàn thành + 2 hoàn thành quá hạn + 18 đang triển khai + 80")
    assert lines[-2] == "reported 656 = 245 + 122 + 238 + 51 not stated, from 8 + 7 + 28 documents"
    assert lines[-1] == "held in the register by name: 238 from 10 documents, proven among the 656: none"
    assert run("tasks", "reconcile", "--home", home).splitlines() == lines[-2:]
    assert values("tasks", "reconcile", "--home", home)["held"] == 238


def test_the_list_is_exported_whole(home: str, tmp_path: Path) -> None:
    table, book = tmp_path / "nhiem-vu.csv", tmp_path / "nhiem-vu.xlsx"
    run("tasks", "--home", home, "--csv", str(table), "--xlsx", str(book))
    assert len(list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"))))) == 239
    assert load_workbook(book).worksheets[0].max_row == 239


def test_the_template_goes_out_and_comes_back(home: str, tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    run("tasks", "template", str(path), "--home", home)
    assert values("tasks", "update", str(path), "--dry-run", "--home", home)["changes"] == []
    report = tmp_path / "bao-cao.csv"
    report.write_text("Mã nhiệm vụ;Trạng thái\nT0150;Đang triển khai\nT0150x;Xong\n", encoding="utf-8")
    refused = run("tasks", "update", str(report), "--as-of", "01/11/2025", "--home", home, status=1)
    assert "line 3 REFUSED" in refused
    assert "Nothing was written" in refused
    shown = values("tasks", "update", str(report), "--as-of", "01/11/2025", "--partial", "--dry-run", "--home", home)
    assert (shown["written"], [change["task"] for change in shown["changes"]]) == (0, ["T0150"])
    assert values("tasks", "update", str(report), "--as-of", "01/11/2025", "--partial", "--home", home)["written"] == 1
    (after,) = [task for task in values("tasks", "--home", home) if task["id"] == "T0150"]
    assert (after["state"], after["state_as_of"], after["state_source"]) == ("under_way", "2025-11-01", "bao-cao.csv")


def test_what_governs_a_task_is_confirmed_and_taken_back(home: str) -> None:
    made = values("tasks", "link", "T0003", "26/2023/QH15", "--by", "Cán bộ A", "--home", home)
    assert (made["task_id"], made["confirmed_by"]) == ("T0003", "Cán bộ A")
    shown = values("tasks", "show", "T0003", "--home", home)
    assert [each["confirmed_by"] for each in shown["foundations"] if each["role"] == "confirmed"] == ["Cán bộ A"]
    assert len(values("tasks", "unlink", "T0003", "26/2023/QH15", "--home", home)) == 1


def test_an_option_before_a_subcommand_is_not_lost_silently(home: str) -> None:
    assert "belongs after show" in run("tasks", "--on", "01/01/2025", "show", "T0002", "--home", home, status=2)
    assert values("tasks", "--home", home, "reconcile")["reported"] == 656


def test_indicators_are_listed_with_their_series(home: str, tmp_path: Path) -> None:
    found = values("indicators", "--home", home)
    assert len(found) == 28
    assert {"numerator", "denominator", "unit", "as_of", "place", "series"} <= set(found[0])
    assert "63/63 địa phương" in run("indicators", "--home", home)
    table, book = tmp_path / "chi-tieu.csv", tmp_path / "chi-tieu.xlsx"
    run("indicators", "--home", home, "--csv", str(table), "--xlsx", str(book))
    assert len(list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"))))) == 34
    assert load_workbook(book).worksheets[0].max_row == 34
