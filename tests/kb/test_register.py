"""The tables that ship, the records read from them, and their way into a store."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kb import register
from kb.errors import NotFoundError, UnusableInputError
from kb.ledger.indicators import reconcile
from kb.model import AgencyLevel, Confidence, Evidence, PartialDate, RelationKind
from kb.numbers import parse_number
from kb.register import tables
from kb.register.make.__main__ import MAKERS
from kb.register.make.issuers import issuer_of, with_capitals
from kb.register.make.landscape import canonical_number, is_partial_date
from kb.register.make.procedure_pages import numbers_of
from kb.register.tables import HOME, TABLES, natural, read_table, write_table
from kb.store import Store, open_store

CODIFIED = {"codified_documents", "codified_relations"}  # their source is one package, named in README.md
LONGEST = 400
LONGER = {
    ("procedures", "name"): 1100,  # official names that list every case they cover
    ("procedures", "executing"): 450,  # up to eight agencies by their full names
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_its_columns_and_unique_keys(name: str) -> None:
    rows = list(read_table(name))
    keys = Counter(tuple(row[column] for column in TABLES[name].key) for row in rows)
    assert rows
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("name", sorted(set(TABLES) - CODIFIED))
def test_every_row_says_where_it_was_seen_and_how_sure_it_is(name: str) -> None:
    for row in read_table(name):
        assert row["address"], row
        assert Evidence(row["evidence"])
        assert Confidence(row["confidence"])


@pytest.mark.parametrize("name", TABLES)
def test_cells_are_short_clean_and_no_formulas(name: str) -> None:
    for row in read_table(name):
        for column, cell in row.items():
            assert len(cell) <= LONGER.get((name, column), LONGEST), (column, cell)
            assert cell == cell.strip(), (column, cell)
            assert not re.match(r"[=+\-@\t\r]", cell), (column, cell)
            assert "\n" not in cell, (column, cell)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_written_back_to_the_letter(name: str, tmp_path: Path) -> None:
    rows = list(read_table(name))
    if name == "indicators":  # in the order of the report
        rows.sort(key=lambda row: natural(row["id"]))
        assert write_table(name, rows, tmp_path) == 28
        return
    write_table(name, rows, tmp_path)
    assert (tmp_path / f"{name}.csv").read_bytes() == (HOME / f"{name}.csv").read_bytes()


@pytest.mark.parametrize("path", sorted(HOME.glob("*.csv")), ids=lambda path: path.stem)
def test_a_file_beside_the_tables_is_one_of_them(path: Path) -> None:
    text = path.read_bytes()
    assert path.stem in TABLES
    assert b"\r" not in text
    assert not text.startswith(b"\xef\xbb\xbf")
    assert next(csv.reader(text.decode("utf-8").splitlines())) == list(TABLES[path.stem].columns)


def test_no_row_names_a_path_of_a_machine() -> None:
    telling = re.compile(r"(?:^|\s)/(?:home|root|tmp|usr|mnt)/|[A-Z]:\\", re.IGNORECASE)
    assert [path.name for path in HOME.glob("*.csv") if telling.search(path.read_text(encoding="utf-8"))] == []


def test_a_table_with_other_columns_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "tasks.csv").write_text("id,summary\n", encoding="utf-8")
    with pytest.raises(UnusableInputError, match=r"tasks\.csv has the columns"):
        list(read_table("tasks", tmp_path))


@pytest.mark.parametrize(
    ("name", "rows"),
    [("landscape_documents", 480), ("codified_documents", 4391), ("indicators", 28), ("procedures", 2642)],
)
def test_a_table_holds_all_its_source_holds(name: str, rows: int) -> None:
    assert len(list(read_table(name))) == rows


def test_numbers_of_the_landscape_are_in_their_canonical_spelling() -> None:
    numbers = [row["number"] for row in read_table("landscape_documents")]
    odd = [number for number in numbers if (parsed := parse_number(number)) and parsed.suffix and str(parsed) != number]
    assert odd == []


def test_what_rests_on_a_third_partys_note_alone_is_left_out() -> None:
    numbers = {row["number"] for row in read_table("landscape_documents")}
    assert not numbers & {"826/QĐ-TTg", "940/QĐ-TTg", "29/2026/QĐ-TTg", "206/QĐ-TTg"}


def test_press_reports_and_citations_are_labelled_as_such() -> None:
    kinds = Counter(row["evidence"] for row in read_table("landscape_documents"))
    assert (kinds["citation"], kinds["codification"], kinds["gazette"]) == (152, 186, 13)
    for row in read_table("landscape_documents"):
        site = row["address"].split("/")[2]
        assert (row["evidence"] == "news") == (site in PRESS), row


PRESS = {
    *("baonghean.vn", "www.sggpnews.org.vn", "www.vietnam.vn", "baohaiduong.vn", "vietnamnews.vn", "tothethao.com"),
    *("cafef.vn", "news.laodong.vn", "www.einpresswire.com", "ecovis.com.vn", "sblaw.vn", "bizlawyer.vn"),
}


@pytest.mark.parametrize("day", [date(2022, 1, 6), date(2025, 1, 2)])
def test_a_directive_on_the_scheme_points_at_the_decision_of_2022(day: date) -> None:
    decisions = {
        relation.object.identity.issued
        for relation in register.relations()
        if relation.kind is RelationKind.ASSIGNS and relation.object.identity.number == "06/QĐ-TTg"
    }
    assert (PartialDate.of(day) in decisions) is (day.year == 2022)


def test_records_are_read_from_every_row() -> None:
    assert len(list(register.relations())) == sum(
        len(list(read_table(name))) for name in ("landscape_relations", "codified_relations")
    )
    assert len(list(register.tasks())) == len(list(read_table("tasks"))) == 238
    assert len(list(register.conflicts())) == len(list(read_table("conflicts")))


def test_an_amendment_is_read_with_its_provisions_and_its_day() -> None:
    found = next(
        relation
        for relation in register.relations()
        if relation.subject.identity.number == "58/2026/NĐ-CP" and relation.object.identity.number == "154/2024/NĐ-CP"
    )
    assert (found.kind, found.subject_path, found.object_path) == (RelationKind.AMENDS, "dieu-4", "")


def test_a_date_of_effect_before_the_issue_is_marked_as_a_misprint() -> None:
    found = next(
        document
        for document in register.documents()
        if document.identity.number == "12/2020/TT-BLĐTBXH" and document.source_ids
    )
    assert found.provenance.confidence is Confidence.MISPRINT


def test_what_the_package_of_the_codification_does_not_hold_is_unverified() -> None:
    codified = [document for document in register.documents() if document.source_ids]
    unverified = [document for document in codified if not document.provenance.place]
    assert len(unverified) == 245
    assert Confidence.VERIFIED not in {document.provenance.confidence for document in unverified}


def _provinces(day: date) -> list[str]:
    return [
        agency.name
        for agency in register.agencies()
        if agency.level is AgencyLevel.PROVINCE
        and (agency.held_from is None or agency.held_from <= day)
        and (agency.held_to is None or day <= agency.held_to)
    ]


def test_there_were_63_provinces_before_and_34_after_the_first_of_july_2025() -> None:
    before, after = _provinces(date(2025, 6, 30)), _provinces(date(2025, 7, 1))
    assert (len(before), len(after)) == (63, 34)
    assert set(after) < set(before)
    assert len(_provinces(date(2024, 12, 31))) == 63


def test_every_name_that_ended_has_a_successor_but_those_whose_end_is_not_known() -> None:
    successions = list(register.successions())
    agencies = {agency.slug: agency for agency in register.agencies()}
    assert {succession.predecessor for succession in successions} <= set(agencies)
    assert {succession.successor for succession in successions} <= set(agencies)
    ended = {agency.slug for agency in agencies.values() if agency.held_to}
    assert ended <= {succession.predecessor for succession in successions}


def test_a_merged_ministry_is_found_under_its_successor() -> None:
    successors = {
        succession.predecessor: succession.successor
        for succession in register.successions()
        if succession.on == date(2025, 3, 1) and not succession.part
    }
    assert successors == {
        "bo-ke-hoach-va-dau-tu": "bo-tai-chinh",
        "bo-giao-thong-van-tai": "bo-xay-dung",
        "bo-tai-nguyen-va-moi-truong": "bo-nong-nghiep-va-moi-truong",
        "bo-nong-nghiep-va-phat-trien-nong-thon": "bo-nong-nghiep-va-moi-truong",
        "bo-thong-tin-va-truyen-thong": "bo-khoa-hoc-va-cong-nghe",
        "bo-lao-dong-thuong-binh-va-xa-hoi": "bo-noi-vu",
        "uy-ban-dan-toc": "bo-dan-toc-va-ton-giao",
    }


def test_what_no_source_proves_says_so() -> None:
    for succession in register.successions():
        source = succession.provenance
        assert source.confidence is Confidence.UNVERIFIED or source.note.startswith("căn cứ: ")


def test_the_reported_tasks_add_up_with_what_the_report_does_not_say() -> None:
    found = reconcile(register.indicators())
    assert found.line == "656 = 245 + 122 + 238 + 51 không nêu trong nguồn"
    assert found.documents_line == "43 = 8 + 7 + 28"
    assert found.tasks.unstated == 51
    assert found.tasks.share(found.tasks.unstated) == Decimal("7.8")


def test_reconciling_without_the_figures_names_the_missing_one() -> None:
    with pytest.raises(NotFoundError, match="tasks_total"):
        reconcile([])


def test_figures_keep_their_own_denominators_and_hedges() -> None:
    known = {indicator.id: indicator for indicator in register.indicators()}
    assert (known["ministries_upgraded"].numerator, known["ministries_upgraded"].denominator) == (13, 22)
    assert (known["ministries_warehouse"].numerator, known["ministries_warehouse"].denominator) == (15, 20)
    assert known["ministries_connected"].denominator is None
    assert (known["bhxh_verified"].numerator, known["bhxh_verified"].qualifier) == (97_600_000, "hơn")
    assert known["gplx_clean"].denominator == 36_200_000
    assert {indicator.as_of for indicator in known.values()} == {date(2024, 10, 9)}
    assert {indicator.provenance.evidence for indicator in known.values()} == {Evidence.NEWS}


def test_a_deadline_is_the_last_day_that_its_words_name() -> None:
    deadlines = {task.deadline_wording: task.deadline for task in register.tasks()}
    assert deadlines["Tháng 02/2026"] == date(2026, 2, 28)
    assert deadlines["Năm 2025-2030"] == date(2030, 12, 31)
    assert deadlines["Nhiệm vụ thường xuyên"] is None
    assert deadlines["31/10/2025"] == date(2025, 10, 31)


def test_tasks_are_restated_in_few_words() -> None:
    for task in register.tasks():
        assert 4 <= len(task.summary.split()) <= 30, task
        assert task.source.identity.number
        assert task.lead


def test_no_summary_of_a_task_is_the_sentence_of_its_source(real_data: Path) -> None:
    told = {
        task["id"]: _syllables(task["task"])
        for task in json.loads((real_data / "register" / "tasks.json").read_text(encoding="utf-8"))["tasks"]
    }
    shared = {task.id: _longest_common_run(_syllables(task.summary), told[task.id]) for task in register.tasks()}
    names_of_databases = {"T0034", "T0035", "T0037"}
    assert {task for task, run in shared.items() if run > 8} <= names_of_databases


def _syllables(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _longest_common_run(one: list[str], other: list[str]) -> int:
    longest, before = 0, [0] * (len(other) + 1)
    for mine in one:
        now = [0] * (len(other) + 1)
        for index, theirs in enumerate(other, start=1):
            now[index] = before[index - 1] + 1 if mine == theirs else 0
        longest, before = max(longest, *now), now
    return longest


@pytest.mark.parametrize("name", sorted(set(MAKERS) - CODIFIED))
def test_a_made_table_is_what_the_collected_facts_give(name: str, real_data: Path, tmp_path: Path) -> None:
    write_table(name, MAKERS[name](real_data), tmp_path)
    assert (tmp_path / f"{name}.csv").read_bytes() == (HOME / f"{name}.csv").read_bytes()


@pytest.mark.parametrize(
    ("collected", "number"),
    [
        ("2637/QĐ-UBND (Tỉnh Vĩnh Long)", "2637/QĐ-UBND"),
        ("92/2017/NĐCP", "92/2017/NĐ-CP"),
        ("06/QĐ-TTg", "06/QĐ-TTg"),
        ("57-NQ/TW", "57-NQ/TW"),
    ],
)
def test_a_collected_number_is_brought_to_its_canonical_spelling(collected: str, number: str) -> None:
    assert canonical_number(collected) == number


@pytest.mark.parametrize(
    ("printed", "number", "issuer"),
    [
        ("Tỉnh Bắc Ninh", "1521/QĐ-UBND", "Ủy ban nhân dân tỉnh Bắc Ninh"),
        ("Thành phố Hà Nội", "60/2025/NQ-HĐND", "Hội đồng nhân dân thành phố Hà Nội"),
        ("Tỉnh Cà Mau", "", "Tỉnh Cà Mau"),
        ("Bộ Văn hoá, Thể thao và du lịch", "", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("Uỷ ban Thường vụ Quốc hội", "", "Ủy ban Thường vụ Quốc hội"),
    ],
)
def test_an_issuer_gets_one_spelling(printed: str, number: str, issuer: str) -> None:
    assert issuer_of(printed, number) == issuer


def test_a_lowered_title_gets_known_capitals_back() -> None:
    assert with_capitals("của ubnd tỉnh hà tĩnh theo nghị quyết số 136/2024/qh15") == (
        "của UBND tỉnh Hà Tĩnh theo nghị quyết số 136/2024/QH15"
    )


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("Luật Bảo vệ môi trường số 72/2020/QH14 ngày 17 tháng 11 năm 202072/2020/QH14", ("72/2020/QH14",)),
        ("Luật Khiếu nại năm 201102/2011/QH13Quy định", ("02/2011/QH13",)),
        ("33/2023/TT-BTCNghị định 08/2015/NĐ-CP08/2015/NĐ-CP", ("33/2023/TT-BTC", "08/2015/NĐ-CP")),
        ("Không có thông tin", ()),
    ],
)
def test_glued_numbers_of_legal_bases_are_told_apart(cell: str, numbers: tuple[str, ...]) -> None:
    assert numbers_of(cell) == numbers


@pytest.mark.parametrize(
    ("text", "known"), [("", True), ("2023", True), ("2023-03", True), ("2023-03-31", True), ("31/03/2023", False)]
)
def test_dates_are_partial_iso(text: str, known: bool) -> None:  # noqa: FBT001  # a column of the table
    assert is_partial_date(text) is known


def test_a_list_of_digits_sorts_by_their_value() -> None:
    assert sorted(["10/QĐ-TTg", "9/QĐ-TTg", ""], key=natural) == ["", "9/QĐ-TTg", "10/QĐ-TTg"]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('register') / 'store.sqlite'}")
    counts = register.load_register(store)
    assert counts["documents"] > 4871
    assert counts["tasks"] == 238
    return store


def test_loading_again_changes_nothing(loaded: Store) -> None:
    before = loaded.revision
    assert register.load_register(loaded) == {}
    assert loaded.revision == before


def test_changed_tables_are_loaded_again(loaded: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.register.loader.digest", lambda: "another")
    before = loaded.revision
    assert register.load_register(loaded)["indicators"] == 28
    assert loaded.revision == before  # the tables say the same


def test_both_decisions_of_one_number_live_side_by_side(loaded: Store) -> None:
    found = loaded.find(number="06/QĐ-TTg")
    assert {document.issued for document in found} == {PartialDate(2022, 1, 6), PartialDate(2025, 1, 2)}


def test_a_date_on_which_sources_differ_is_kept_with_both(loaded: Store) -> None:
    (document,) = loaded.find(number="104/2022/NĐ-CP")
    issued = next(fact for fact in loaded.facts(document.slug) if fact.name == "issued")
    assert [value.value for value in issued.values] == ["2022-12-21", "2022-12-22"]


def test_the_codification_and_the_landscape_meet_in_one_document(loaded: Store) -> None:
    (document,) = loaded.find(number="61/2018/NĐ-CP")
    sources = {
        provenance.address
        for fact in loaded.facts(document.slug)
        for value in fact.values
        for provenance in value.provenances
    }
    assert len(sources) > 1


def test_the_digest_depends_on_every_table() -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", tables.digest())
