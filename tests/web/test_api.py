from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT
from tests.web.conftest import Ask
from tests.web.made_up import LAW_SLUG

HIT = {
    "kind",
    "id",
    "title",
    "citation",
    "url",
    "status",
    "snippet",
    "score",
    "document_title",
    "number",
    "type",
    "issuer",
    "issued",
    "effective",
    "field",
    "place",
    "place_url",
}


def test_a_search_gives_the_fields_that_the_command_line_gives(ask: Ask) -> None:
    found = ask("/api/search", params={"q": '"dữ liệu gốc"', "limit": 3}).json()
    assert found.keys() == {
        *("query", "understood", "total", "hits", "facets", "suggestions", "took_ms"),
        *("choices", "missing", "nothing"),
    }
    assert len(found["hits"]) == 3
    assert all(hit.keys() == HIT for hit in found["hits"])
    assert found["facets"].keys() == {"kind", "type", "issuer", "year", "status", "field"}


def test_filters_sort_limit_and_offset_are_taken_from_the_address(ask: Ask) -> None:
    asked = {"q": "mẫu", "kind": "article", "sort": "number", "limit": 2}
    first, second = (ask("/api/search", params={**asked, "offset": start}).json()["hits"] for start in (0, 2))
    assert {hit["kind"] for hit in [*first, *second]} == {"article"}
    assert not {hit["id"] for hit in first} & {hit["id"] for hit in second}


def test_hits_deeper_than_the_setting_are_refused(ask: Ask) -> None:
    answer = ask("/api/search", params={"q": "mẫu", "offset": 10_000})
    assert answer.status_code == 400
    assert "DEAN06_DEEPEST_HIT" in answer.json()["error"]["remedy"]


def test_a_document_comes_with_standing_facts_relations_and_sources(ask: Ask) -> None:
    shown = ask(f"/api/show/{LAW_SLUG}").json()
    assert shown["document"]["number"] if "number" in shown["document"] else shown["document"]["identity"]["number"]
    assert shown["standing"]["status"] == "unknown"
    assert shown["facts"][0]["values"][0]["provenances"]
    assert len(shown["relations"]) == 65


def test_a_provision_a_procedure_and_a_task_can_be_shown(ask: Ask) -> None:
    assert ask(f"/api/show/{LAW_SLUG}/dieu-5.khoan-1").json()["place"] == "dieu-5.khoan-1"
    assert ask("/api/show/9.000001").json()["code"] == "9.000001"
    assert ask("/api/show/M1").json()["id"] == "M1"


def test_a_number_of_several_documents_gives_the_choices_with_status_300(ask: Ask) -> None:
    answer = ask("/api/show/06/QĐ-TTg")
    assert answer.status_code == 300
    assert len(answer.json()["documents"]) == 2


def test_tasks_come_as_the_command_line_prints_them(ask: Ask) -> None:
    tasks = ask("/api/tasks").json()
    assert [task["id"] for task in tasks] == ["luat-mau.dieu-10.1", "M1", "M2", "M3"]
    assert {"task", "lead", "coordinating", "deadline", "source_document", "place", "state", "standing"} <= tasks[
        0
    ].keys()
    (late,) = ask("/api/tasks", params={"owner": "Bộ Mẫu", "state": "overdue", "on": "2026-01-31"}).json()
    assert (late["id"], late["days_late"], late["concerns"]["tie"]) == ("M3", 5329, "predecessor")


def test_one_task_comes_with_all_that_it_stands_on(ask: Ask) -> None:
    shown = ask("/api/tasks/M3").json()
    assert shown["fallen"]
    assert {"assigned_by", "confirmed"} <= {foundation["role"] for foundation in shown["foundations"]}
    assert ask("/api/tasks/khong-co").status_code == 404


def test_procedures_and_the_analyst_s_list_come_as_the_command_line_prints_them(ask: Ask) -> None:
    assert [one["code"] for one in ask("/api/procedures", params={"signal": "household_book"}).json()] == ["9.000002"]
    shown = ask("/api/procedures/9.000002").json()
    assert {"completeness", "parts", "legal_bases", "reasons", "history"} <= shown.keys()
    unsimplified = ask("/api/unsimplified").json()
    assert unsimplified["sum"]["total"] == 102
    assert [one["code"] for one in unsimplified["procedures"]] == ["9.000002", "9.000003"]
    assert ask("/api/unsimplified/documents").json()["by_document"]["procedures"] == 2


def test_indicators_come_with_every_point(ask: Ask) -> None:
    figures = {one["id"]: one for one in ask("/api/indicators").json()}
    assert figures["tasks_total"]["numerator"] == 656
    assert len(figures["tasks_total"]["series"]) > 1


@pytest.mark.parametrize(
    "path", ["/api/tasks?on=x", "/api/tasks?owner=x", "/api/procedures?ministry=x", "/api/unsimplified?signal=x"]
)
def test_a_filter_that_cannot_be_meant_is_an_error_with_the_way_out(ask: Ask, path: str) -> None:
    answer = ask(path)
    assert answer.status_code == 400
    assert answer.json()["error"].keys() == {"status", "problem", "remedy"}


@pytest.mark.parametrize(
    "path",
    [
        "/api/tasks",
        "/api/tasks/M3",
        "/api/procedures",
        "/api/procedures/9.000002",
        "/api/unsimplified",
        "/api/unsimplified/documents",
        "/api/indicators",
    ],
)
def test_every_field_of_the_ledgers_is_documented(ask: Ask, path: str) -> None:
    answer = ask(path).json()
    given = answer[0] if isinstance(answer, list) else answer
    documented = set(re.findall(r"\w+", (ROOT / "docs" / "json.md").read_text(encoding="utf-8")))
    assert sorted(set(given) - documented) == []
