"""The real samples of the national portal are read to the facts that they state."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from corpus.parse.procedures import read_record, read_rendered
from kb.model import FeeState, Procedure, ProcedureParts, TimeUnit

SAMPLES = Path("sources") / "dichvucong"

# file, code, [(channel, time, unit, fees)], papers a case, levels, decision, day of it, numbers of legal bases
GOLDEN = [
    ("api_detail/019d2bf7-7efc-770c-b60b-dcb21433cea1", "1.010039", [("online", "3", "working_day", ["free"])], [3],
     ["Cấp xã"], "5548/QĐ-BCA-C06", "2021-07-06", ["53/2025/TT-BCA", "68/2020/QH14", "54/2025/TT-BCA", "66/2023/TT-BCA",
     "75/2022/TT-BTC", "55/2021/TT-BCA", "56/2021/TT-BCA", "57/2021/TT-BCA"]),
    ("api_detail/019d2bf7-86d7-7661-825b-ac185d610609", "1.011410", [("online", "1", "working_day", [])], [1],
     ["Cấp bộ"], "9039/QĐ-BCA-C06", "2022-11-30", ["69/2024/NĐ-CP"]),
    ("api_detail/019d2bf7-cd62-75ce-b319-7b31d19fb35f", "1.000358", [("online", "5", "working_day", ["free"]),
     ("postal", "5", "working_day", ["free"]), ("direct", "5", "working_day", ["free"])], [4], ["Cấp tỉnh"], "01/QĐ-BCT",
     "2019-08-11", ["11/2016/TT-BCT", "07/2016/NĐ-CP", "38/2025/TT-BCT", "146/2025/NĐ-CP"]),
    ("rendered/1.011410", "1.011410", [("online", "1", "working_day", [])], [1], ["Cấp bộ"], "5349/QĐ-BCA-C06", "None",
     ["69/2024/NĐ-CP"]),
    ("rendered/1.001193", "1.001193", [("online", "1", "unknown", ["free"]), ("postal", "1", "unknown", ["free"]),
     ("direct", "1", "unknown", ["free"])], [5, 6, 19, 3], ["Cấp xã"], "163/QĐ-BTP", "None", ["85/2019/TT-BTC",
     "104/2022/NĐ-CP", "123/2015/NĐ-CP", "08/2025/TT-BTP", "18/2026/NĐ-CP", "87/2020/NĐ-CP", "04/2024/TT-BTP",
     "03/2023/TT-BTP", "106/2021/TT-BTC", "04/2020/TT-BTP", "07/2025/NĐ-CP", "120/2025/NĐ-CP", "66.7/2025/NQ-CP",
     "60/2014/QH13", "01/2022/TT-BTP"]),
    ("rendered/2.000815", "2.000815", [("direct", "None", "unknown", ["amount 2000 Việt Nam Đồng"]),
     ("direct", "None", "unknown", ["amount 10 USD"])], [1], ["Cấp xã", "Cơ quan khác"], "3152/QĐ-BTP", "None",
     ["264/2016/TT-BTC", "23/2015/NĐ-CP", "257/2016/TT-BTC", "280/2025/NĐ-CP", "01/2020/TT-BTP", "226/2016/TT-BTC"]),
    ("rendered/3.000346", "3.000346", [("online", "7", "day", ["by_note"]), ("postal", "3", "day", ["by_note"]),
     ("direct", "3", "day", ["by_note"])], [6, 4, 3], ["Cấp bộ"], "1025/QĐ-BCA", "None",
     ["06/2025/TT-BTC", "12/2025/TT-BCA", "63/2023/TT-BTC", "37/2023/TT-BTC"]),
    ("word_export/2.002767", "2.002767", [("direct", "1", "day", ["free"]), ("online", "1", "day", ["free"]),
     ("postal", "1", "day", ["free"])], [2], ["Cấp tỉnh"], "5132/QĐ-BQP", "None",
     ["33/2003/QĐ-BQP", "139/2011/TT-BQP", "103/2025/TT-BQP"]),
]  # fmt: skip


def sample(real_data: Path, name: str) -> Procedure:
    path = real_data / SAMPLES / f"{name}.json"
    return read_record(json.loads(path.read_text(encoding="utf-8")), address=path.name)


def parts_of(procedure: Procedure) -> ProcedureParts:
    assert procedure.parts is not None
    return procedure.parts


def methods(parts: ProcedureParts) -> list[tuple[str, str, str, list[str]]]:
    return [
        (
            method.channel.value if method.channel else "",
            str(method.time.value),
            method.time.unit.value,
            [
                f"{fee.state.value} {fee.amount} {fee.currency}" if fee.amount is not None else fee.state.value
                for fee in method.fees
            ],
        )
        for method in parts.methods
    ]


@pytest.mark.parametrize("golden", GOLDEN, ids=[f"{golden[0]}" for golden in GOLDEN])
def test_real_samples_give_their_facts(real_data: Path, golden: tuple[object, ...]) -> None:
    name, code, said, papers, levels, decision, day, numbers = golden
    procedure = sample(real_data, str(name))
    parts = parts_of(procedure)
    assert procedure.code == code
    assert methods(parts) == said
    assert [len(case.components) for case in parts.dossier] == papers
    assert list(parts.levels) == levels
    assert (parts.decision, str(parts.decided)) == (decision, day)
    assert list(procedure.legal_bases) == numbers


def test_both_forms_of_one_procedure_say_the_same(real_data: Path) -> None:
    """The page was rendered from the data: all but the decision, which differs at the source, and the ids of files."""
    data = sample(real_data, "api_detail/019d2bf7-7efc-770c-b60b-dcb21433cea1")
    page = sample(real_data, "rendered/1.010039")
    mine, theirs = parts_of(data), parts_of(page)
    assert (data.name, data.executing, data.field) == (page.name, page.executing, page.field)
    for part in ("steps", "methods", "subjects", "authority", "conditions", "levels", "kind"):
        assert getattr(mine, part).__repr__().replace("phí'", "'") == getattr(theirs, part).__repr__(), part
    assert sorted(mine.results) == sorted(theirs.results)
    assert sorted(data.legal_bases) == sorted(page.legal_bases)
    papers = [(paper.name, paper.originals, paper.copies, paper.is_note) for paper in mine.dossier[0].components]
    assert papers == [(p.name, p.originals, p.copies, p.is_note) for p in theirs.dossier[0].components]
    assert mine.dossier[0].components[0].forms[0].name == theirs.dossier[0].components[0].forms[0].name


def test_a_note_among_the_papers_is_not_a_paper(real_data: Path) -> None:
    parts = parts_of(sample(real_data, "api_detail/019d2bf7-7efc-770c-b60b-dcb21433cea1"))
    assert [paper.is_note for paper in parts.dossier[0].components] == [False, False, True]


@pytest.fixture(scope="module")
def rendered(real_data: Path) -> list[Procedure]:
    with gzip.open(real_data / "procedures" / "procedures.jsonl.gz", "rt", encoding="utf-8") as file:
        return [read_rendered(json.loads(line)) for line in file]


def test_all_the_pages_are_read_and_none_keeps_the_buttons_of_the_page(rendered: list[Procedure]) -> None:
    parts = [parts_of(procedure) for procedure in rendered]
    assert len(parts) == 2246
    assert all(part.methods and part.steps and part.levels for part in parts)
    assert sum(bool(part.dossier) for part in parts) == 2229
    assert not [
        result for part in parts for result in part.results if "Mã: KQ" in result or "Nộp hồ sơ" in result[-12:]
    ]


def test_no_fee_is_free_beside_an_amount(rendered: list[Procedure]) -> None:
    fees = [fee for procedure in rendered for method in parts_of(procedure).methods for fee in method.fees]
    assert sum(fee.state is FeeState.FREE for fee in fees) == 3283
    assert not [fee for fee in fees if fee.state is FeeState.FREE and any(sign.isdigit() for sign in fee.note.split("/")[0])
                and "đồng" in fee.note]  # fmt: skip


def test_a_time_without_a_unit_has_an_unknown_one(rendered: list[Procedure]) -> None:
    times = [method.time for procedure in rendered for method in parts_of(procedure).methods if method.time.value]
    assert sum(time.unit is TimeUnit.UNKNOWN for time in times) == 721


def test_nearly_all_legal_bases_are_told_apart_and_name_a_number(rendered: list[Procedure]) -> None:
    bases = [basis for procedure in rendered for basis in parts_of(procedure).legal_bases]
    numbered = [basis for basis in bases if basis.reference and basis.reference.identity.number]
    assert len(bases) > 9000
    assert len(numbered) / len(bases) > 0.99
