"""Signals are met by what a procedure asks for, never by what says that it is needed no more. Texts are made up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.ledger.procedures.catalogue import ProcedureEntry, merged
from kb.ledger.procedures.signal_rules import BY_ID, RULES, Rule
from kb.ledger.procedures.signals import Signals
from kb.model import (
    Agency,
    AgencyLevel,
    Channel,
    Component,
    DossierCase,
    Evidence,
    Fee,
    FeeState,
    Identity,
    LegalBasis,
    Method,
    ObservedDocument,
    ObservedRelation,
    PartialDate,
    Procedure,
    ProcedureParts,
    Provenance,
    RelationKind,
    TimeLimit,
    TimeUnit,
)
from kb.model.document import DocumentReference
from kb.store import Store, open_store

DAY = date(2026, 7, 20)
SEEN = Provenance("sample", "https://example.vn/1", Evidence.OFFICIAL_LIST)
ONLINE = Method(Channel.ONLINE, TimeLimit(None, TimeUnit.DAY, "1 ngày"), (Fee(FeeState.FREE),))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('signals') / 'store.sqlite'}") as opened:
        with opened.importing(source="sample", name="a", sha256="1") as batch:
            ended = date(2025, 2, 28)
            batch.agency(Agency("bo-gtvt", "Bộ Giao thông vận tải", AgencyLevel.CENTRAL, SEEN, held_to=ended))
            batch.agency(
                Agency(
                    "ubnd-tinh-x", "Ủy ban nhân dân tỉnh Xuân", AgencyLevel.PROVINCE, SEEN, held_to=date(2025, 6, 30)
                )
            )
            batch.agency(Agency("bo-cong-an", "Bộ Công an", AgencyLevel.CENTRAL, SEEN))
            for number, issued in (("01/2020/NĐ-CP", "2019-12-01"), ("05/2025/NĐ-CP", "2025-01-10")):
                identity = Identity("Nghị định", number, "Chính phủ", PartialDate.parse(issued))
                batch.document(ObservedDocument(identity, SEEN, effective=date(2020, 1, 1)))
            amended = DocumentReference(Identity("Nghị định", "02/2020/NĐ-CP"))
            by, ended_one = (
                DocumentReference(Identity("Nghị định", number)) for number in ("05/2025/NĐ-CP", "01/2020/NĐ-CP")
            )
            batch.relation(
                ObservedRelation(RelationKind.REPEALS, by, ended_one, SEEN, "dieu-9", "", date(2025, 3, 1), "bãi bỏ")
            )
            batch.relation(
                ObservedRelation(
                    RelationKind.AMENDS, by, amended, SEEN, "dieu-2", "dieu-5", date(2025, 3, 1), "sửa đổi"
                )
            )
        yield opened


def entry(parts: ProcedureParts | None = None, *bases: LegalBasis) -> ProcedureEntry:
    held = replace(parts or ProcedureParts(methods=(ONLINE,)), legal_bases=bases)
    return merged((Procedure("1.000001", "Thử", "", "", "", SEEN, parts=held),))


def paper(*names: str) -> ProcedureParts:
    return ProcedureParts(methods=(ONLINE,), dossier=(DossierCase("", tuple(Component(name, 1, 0) for name in names)),))


def ids(store: Store, parts: ProcedureParts, on: date = DAY) -> list[str]:
    return [hit.id for hit in Signals(store, on).of(entry(parts))]


PAPERS = [
    ("household_book", "Bản sao Sổ hộ khẩu của chủ hộ", "Không yêu cầu nộp sổ hộ khẩu"),
    ("household_book", "Nộp sổ hộ khẩu giấy", "Cơ quan khai thác dữ liệu thay thế việc nộp sổ hộ khẩu"),
    ("household_book", "Xuất trình sổ hộ khẩu", "Bãi bỏ việc xuất trình sổ hộ khẩu"),
    ("household_book", "Sổ hộ khẩu", "Sổ hộ khẩu, trừ trường hợp đã khai thác được từ Cơ sở dữ liệu quốc gia về dân cư"),
    ("household_book", "Sổ hộ khẩu", "Người có hộ khẩu thường trú tại tỉnh"),
    ("household_book", "Giấy chuyển hộ khẩu", "Nghị định sửa đổi, bổ sung một số điều liên quan đến việc nộp, xuất trình sổ hộ khẩu"),
    ("household_book", "Sổ hộ khẩu (bản photo)", "Bỏ yêu cầu nộp sổ hộ khẩu; dùng dữ liệu thay cho sổ hộ khẩu giấy"),
    ("household_book", "Sổ hộ khẩu gia đình", "Sổ hộ khẩu không còn giá trị sử dụng"),
    ("temporary_book", "Sổ tạm trú", "Không phải nộp sổ tạm trú"),
    ("old_id_card", "Giấy chứng minh nhân dân", "02 ảnh kiểu chứng minh nhân dân"),
    ("old_id_card", "Xuất trình CMND còn hạn", "Danh sách ghi họ tên, số chứng minh nhân dân"),
    ("old_id_card", "CMND hoặc căn cước", "Xác nhận chứng minh nhân dân 09 số"),
    ("old_id_card", "Chứng minh thư nhân dân", "Chứng minh thư ngoại giao"),
    ("id_copy", "Bản sao thẻ Căn cước công dân của người ủy quyền", "Không phải nộp bản sao thẻ căn cước"),
    ("id_copy", "Bản photocopy CCCD", "Xuất trình bản chính hoặc bản sao căn cước"),
    ("residence_proof", "Giấy xác nhận thông tin về cư trú", "Giấy xác nhận cư trú trong trường hợp không thể khai thác được thông tin"),
    ("residence_proof", "Giấy tờ chứng minh nơi cư trú", "Giấy xác nhận cư trú của Việt Nam theo hiệp định thuế"),
    ("residence_proof", "Giấy xác nhận cư trú theo mẫu CT07", "Thông tin cư trú đã có trên Cơ sở dữ liệu quốc gia, không nộp giấy xác nhận cư trú"),
    ("certified_copy", "Bản sao có chứng thực văn bằng", "Bản sao có chứng thực hoặc bản sao kèm bản chính để đối chiếu"),
    ("certified_copy", "Giấy phép (bản sao công chứng)", "Bản chính hoặc bản sao có chứng thực giấy phép"),
    ("certified_copy", "Bản sao hợp đồng có công chứng", "Văn bản ủy quyền không bắt buộc phải công chứng, chứng thực"),
    ("district_level", "Xác nhận của Ủy ban nhân dân cấp huyện", "Giấy phép do Ủy ban nhân dân cấp huyện đã cấp trước ngày 01/7/2025"),
    ("district_level", "Xác nhận của UBND quận", "Danh sách huyện nghèo"),
    ("district_level", "Phòng Tư pháp huyện xác nhận", "Nhiệm vụ được chuyển từ cấp huyện về cấp xã"),
    ("district_level", "Công an huyện xác nhận", "Xác nhận của Ủy ban nhân dân cấp xã"),
    ("ended_agency", "Văn bản của Bộ Giao thông vận tải", "Mẫu theo Thông tư số 12/2020/TT-BGTVT của Bộ trưởng Bộ Giao thông vận tải"),
    ("ended_agency", "Ý kiến Ủy ban nhân dân tỉnh Xuân", "Giấy phép do Bộ Giao thông vận tải cấp"),
    ("ended_agency", "Ý kiến Bộ Giao thông vận tải", "Ý kiến Bộ Công an"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "asks", "does_not"), PAPERS)
def test_a_rule_counts_what_is_asked_for_and_not_what_is_said_otherwise(
    store: Store, rule: str, asks: str, does_not: str
) -> None:
    assert rule in ids(store, paper(asks))
    assert rule not in ids(store, paper(does_not))


def test_blanks_capitals_and_the_form_of_accents_do_not_hide_a_word(store: Store) -> None:
    assert "household_book" in ids(store, paper("SỔ  HỘ\u00a0KHẨU"))
    assert "certified_copy" in ids(store, paper("Ba\u0309n sao co\u0301 ch\u01b0\u0301ng th\u01b0\u0323c"))


def test_a_hit_shows_the_words_and_the_part_and_the_law(store: Store) -> None:
    parts = ProcedureParts(
        methods=(ONLINE,), steps="Bước 1: chuẩn bị hồ sơ\nBước 2: nộp tại Công an cấp huyện nơi cư trú"
    )
    (hit,) = Signals(store, DAY).of(entry(parts))
    assert (hit.id, hit.part) == ("district_level", "trình tự thực hiện")
    assert "Công an cấp huyện" in hit.words
    assert hit.words in parts.steps
    assert hit.law.document.number == "72/2025/QH15"


def test_a_rule_holds_from_its_day(store: Store) -> None:
    parts = paper("Sổ hộ khẩu")
    assert "household_book" in ids(store, parts, date(2023, 1, 1))
    assert "household_book" not in ids(store, parts, date(2022, 12, 31))
    assert "old_id_card" not in ids(store, paper("Chứng minh nhân dân"), date(2024, 12, 31))


METHODS = [
    ((ONLINE,), "", set()),
    ((Method(Channel.POSTAL, TimeLimit(note="1 ngày"), (Fee(FeeState.FREE),)),), "", {"no_online"}),
    ((Method(Channel.DIRECT, TimeLimit(note="1 ngày"), (Fee(FeeState.FREE),)),), "", {"no_online", "paper_only"}),
    ((Method(Channel.DIRECT, TimeLimit(note="1 ngày"), (Fee(FeeState.FREE),)),), "Nộp qua Cổng dịch vụ công", set()),
    ((Method(Channel.DIRECT, TimeLimit(note="1 ngày"), (Fee(FeeState.FREE),)),), "Hoặc gửi qua đường bưu điện", {"no_online"}),
    ((Method(Channel.ONLINE, TimeLimit()),), "", {"missing_time", "missing_fee"}),
    ((Method(Channel.ONLINE, TimeLimit()),), "Giải quyết trong 03 ngày làm việc; lệ phí theo quy định", set()),
    ((Method(Channel.ONLINE, TimeLimit(note="1 ngày"), (Fee(FeeState.UNKNOWN, note="Chưa quy định"),)),), "", set()),
    ((), "", set()),
]  # fmt: skip


@pytest.mark.parametrize(("methods", "steps", "expected"), METHODS)
def test_what_a_procedure_lacks_is_told_only_where_nothing_says_it(
    store: Store, methods: tuple[Method, ...], steps: str, expected: set[str]
) -> None:
    assert set(ids(store, ProcedureParts(methods=methods, steps=steps))) == expected


def basis(number: str) -> LegalBasis:
    return LegalBasis("", number, DocumentReference(Identity("Nghị định", number)))


def test_a_repealed_basis_is_a_signal_from_the_day_of_its_repeal(store: Store) -> None:
    held = entry(None, basis("01/2020/NĐ-CP"), basis("05/2025/NĐ-CP"))
    (hit,) = Signals(store, DAY).of(held)
    assert (hit.id, hit.since) == ("repealed_basis", date(2025, 3, 1))
    assert hit.basis is not None
    assert hit.basis.ended is not None
    assert Signals(store, date(2025, 2, 28)).of(held) == ()


def test_a_decision_older_than_an_amendment_of_its_basis_is_a_signal(store: Store) -> None:
    for decided, expected in ((date(2024, 1, 1), ["stale_decision"]), (date(2025, 6, 1), []), (None, [])):
        parts = ProcedureParts(methods=(ONLINE,), decision="1/QĐ-BCA", decided=decided)
        assert [hit.id for hit in Signals(store, DAY).of(entry(parts, basis("02/2020/NĐ-CP")))] == expected


def test_a_procedure_whose_parts_no_source_gives_meets_no_rule_on_its_text(store: Store) -> None:
    told = Procedure("1.000001", "Đòi sổ hộ khẩu", "", "", "", SEEN)
    assert Signals(store, DAY).of(merged((told,))) == ()


def test_every_rule_names_a_law_with_a_day_and_a_label_of_its_own() -> None:
    assert len(BY_ID) == len(RULES)
    assert len({rule.label for rule in RULES}) == len(RULES)
    assert all(rule.law.document.number and rule.law.since <= DAY for rule in RULES)
    assert all(rule.law.clause for rule in RULES if rule.law.verified)
    assert all(rule.cues and rule.looks for rule in RULES if rule.pattern)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.pattern], ids=lambda rule: rule.id)
def test_cues_miss_nothing_that_the_pattern_finds(rule: Rule) -> None:
    """A cue is a word of every alternative: whatever the pattern matches holds one."""
    samples = [asks for name, asks, _ in PAPERS if name == rule.id]
    for text in samples:
        assert any(cue in text.lower() for cue in rule.cues)


WORDS = st.sampled_from(
    ["sổ hộ khẩu", "bản sao", "có chứng thực", "không phải nộp", "chứng minh nhân dân", "cấp huyện", ".", ";", "\n", "trừ trường hợp",
     "Bộ Giao thông vận tải", "(", "hoặc", "căn cước", "xác nhận cư trú", "số ", "  "]
) | st.text(max_size=6)  # fmt: skip


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_any_text_is_read_and_a_hit_shows_words_of_it(store: Store, text: str) -> None:
    for hit in Signals(store, DAY).of(entry(paper(text))):
        shown = hit.words.strip("…")
        assert shown in " ".join(text.split())


def test_the_verdicts_of_the_sample_hold_the_precision_that_is_claimed() -> None:
    lines = (Path(__file__).parents[2] / "benchmarks" / "signals_gold.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert all(re.fullmatch(r"[0-9a-f]{10}", line.split(",")[-3]) for line in lines)
    for rule in BY_ID:
        read = [line for line in lines if line.startswith(f"{rule},")]
        right = sum(line.split(",")[-2] == "right" for line in read)
        assert right >= 0.95 * len(read)
