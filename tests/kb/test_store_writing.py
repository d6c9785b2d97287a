from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
from datetime import date
from decimal import Decimal

import pytest

from kb.errors import NotFoundError, StoreError
from kb.model import (
    Agency,
    AgencyLevel,
    Confidence,
    EditionKind,
    Evidence,
    Identity,
    Indicator,
    PartialDate,
    Procedure,
    RelationKind,
    Status,
    Succession,
    Task,
)
from kb.store import Batch, Fact, FactValue, Store, open_store
from tests.kb.store_samples import (
    DECISION_2022,
    LAW,
    article,
    described,
    edition,
    importing,
    reference,
    relation,
    seen,
    take_in,
)

AMENDING = reference("99/2025/QH15", "Luật")
AMENDED = reference("26/2023/QH15", "Luật")


def everything(batch: Batch) -> None:
    """One of each thing that can be taken in; made up."""
    slug = batch.document(described(LAW, title="Căn cước", fields=("Căn cước",), source_ids=(("vbpl", "1"),)))
    assert slug
    batch.edition(slug, edition([article("10"), article("2")], note="(Điều 2 …)"))
    batch.relation(relation(AMENDING, AMENDED, object_path="dieu-2", wording="sửa đổi"))
    batch.relation(relation(reference("06/QĐ-TTg"), AMENDED))
    batch.agency(Agency("bo-cong-an", "Bộ Công an", AgencyLevel.CENTRAL, seen(), ("BCA",)))
    batch.succession(Succession("a", "b", date(2025, 3, 1), seen()))
    batch.indicator(
        Indicator("done", "tasks", "Hoàn thành", Decimal(245), Decimal(656), "nhiệm vụ", date(2024, 10, 9), seen())
    )
    batch.procedure(Procedure("1.004222", "Đăng ký", "Bộ Công an", "Công an cấp xã", "Cư trú", seen()))
    batch.task(Task("T1", "Rà soát", reference("06/QĐ-TTg", issued=PartialDate(2022)), "Phụ lục", seen()))
    batch.unused("page 1", "holds a title only")


def dump(store: Store) -> list[object]:
    """All that is read from a store."""
    slugs = [view.slug for view in store.documents()]
    return [
        list(store.documents()),
        [(store.facts(slug), store.contents(slug), store.relations(slug), store.history(slug)) for slug in slugs],
        (store.agencies(), store.successions(), store.indicators(), store.procedures(), store.tasks()),
        (store.unresolved_relations(), store.imports(), store.counts(), store.revision),
        list(store.searchables()),
    ]


def test_the_same_file_twice_changes_nothing(store: Store) -> None:
    with importing(store, whole=True) as batch:
        everything(batch)
    before = dump(store)
    with importing(store, whole=True) as again:
        everything(again)
    assert again.counts == batch.counts
    assert dump(store) == before
    assert store.revision == 1


def test_another_file_of_the_same_content_is_recorded_and_changes_nothing(store: Store) -> None:
    for name in ("first", "second"):
        with importing(store, name) as batch:
            everything(batch)
    assert [run.name for run in store.imports()] == ["second", "first"]
    assert store.revision == 1


def test_an_error_or_an_interrupt_leaves_the_store_as_it_was(store: Store) -> None:
    take_in(store, described(DECISION_2022))
    before = dump(store)
    for error in (ValueError, KeyboardInterrupt):
        with pytest.raises(error):
            _break_off(store, error)
    assert dump(store) == before


def _break_off(store: Store, error: type[BaseException]) -> None:
    with importing(store, "broken") as batch:
        everything(batch)
        raise error


def test_a_document_of_which_its_source_falls_silent_stays_as_it_was_known(store: Store) -> None:
    take_in(store, described(LAW, title="Căn cước"), name="1")
    before = store.document("luat-26-2023-qh15")
    with importing(store, "2", whole=True) as batch:
        batch.document(described(DECISION_2022))
    assert store.document(before.slug) == before
    assert store.facts(before.slug) == ()


def test_nothing_is_visible_before_the_end(store: Store) -> None:
    take_in(store, described(DECISION_2022))
    with importing(store, "long") as batch:
        everything(batch)
        assert store.counts().documents == 1
        assert store.revision == 1
    assert store.revision == 2


def test_a_process_killed_in_the_middle_leaves_the_old_store(store_url: str) -> None:
    with open_store(store_url) as store:
        take_in(store, described(DECISION_2022))
        before = dump(store)
    script = textwrap.dedent("""
        import sys
        from kb.store import open_store
        from tests.kb.store_samples import LAW, article, described, edition, importing
        with importing(open_store(sys.argv[1]), "killed") as batch:
            slug = batch.document(described(LAW))
            batch.edition(slug, edition(article(str(number), "x" * 500) for number in range(1, 9000)))
            batch._rows.flush()
            print("halfway", flush=True)
            sys.stdin.read()
    """)
    with subprocess.Popen(
        [sys.executable, "-c", script, store_url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "halfway\n"
        os.kill(process.pid, signal.SIGKILL)
    with open_store(store_url) as store:
        assert dump(store) == before
        take_in(store, described(LAW), name="next")
        assert store.counts().documents == 2


def test_conflicting_values_stay_side_by_side_the_most_trusted_shown(store: Store) -> None:
    number = "104/2022/NĐ-CP"
    take_in(
        store,
        described(Identity("Nghị định", number, "", PartialDate(2022, 12, 22)), seen("lawnet", evidence=Evidence.PAGE)),
        described(
            Identity("Nghị định", number, "", PartialDate(2022, 12, 21)), seen("cong-bao", evidence=Evidence.GAZETTE)
        ),
    )
    view = store.document("nghi-dinh-104-2022-nd-cp")
    assert view.issued == PartialDate(2022, 12, 21)
    [issued] = [fact for fact in store.facts(view.slug) if fact.name == "issued"]
    assert issued.conflicting
    assert [(value.value, value.shown, value.provenances[0].address) for value in issued.values] == [
        ("2022-12-21", True, "cong-bao"),
        ("2022-12-22", False, "lawnet"),
    ]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (seen("1", evidence=Evidence.GAZETTE), seen("2", evidence=Evidence.CODIFICATION)),
        (seen("1"), seen("2", confidence=Confidence.UNVERIFIED)),
        (seen("1", retrieved=date(2026, 2, 1)), seen("2", retrieved=date(2026, 1, 1))),
        (seen("1", retrieved=date(2026, 2, 1)), seen("2")),
    ],
)
def test_the_shown_value_is_the_most_trusted_then_the_verified_then_the_newest(
    store: Store, better: object, worse: object
) -> None:
    for order, places in enumerate([(better, worse), (worse, better)]):
        identity = Identity("Luật", f"{order + 1}/2023/QH15")
        titles = {better: "better", worse: "worse"}
        take_in(store, *(described(identity, place, title=titles[place]) for place in places), name=str(order))  # type: ignore[arg-type]  # rows of the table
        assert store.document(f"luat-0{order + 1}-2023-qh15").title == "better"


def test_a_status_is_shown_with_the_wording_of_its_own_source(store: Store) -> None:
    take_in(
        store,
        described(LAW, seen("a", evidence=Evidence.GAZETTE), status_wording="Chưa rõ"),
        described(LAW, seen("b"), status=Status.IN_FORCE, status_wording="Còn hiệu lực"),
    )
    view = store.document("luat-26-2023-qh15")
    assert (view.status, view.status_wording) == (Status.IN_FORCE, "Còn hiệu lực")


def test_a_newer_file_ends_what_it_no_longer_says_and_history_keeps_it(store: Store) -> None:
    with importing(store, "v1") as batch:
        slug = batch.document(described(LAW, title="Căn cước", signer="A"))
        assert slug
        batch.edition(slug, edition([article("1"), article("2"), article("3")]))
        batch.relation(relation(AMENDING, AMENDED))
    with importing(store, "v2") as batch:
        batch.document(described(LAW, title="Căn cước", signer="B"))
        batch.edition(slug, edition([article("1"), article("2", "changed"), article("4")]))
    assert store.document(slug).signer == "B"
    assert [entry.path for entry in store.contents(slug)] == ["dieu-1", "dieu-2", "dieu-4"]
    assert store.relations(slug) == ()
    history = {entry.what: (entry.before[:10], entry.after[:10]) for entry in store.history(slug)}
    assert history["signer"] == ("A", "B")
    assert set(history) == {"signer", "codified/dieu-2", "codified/dieu-3", "codified/dieu-4"}
    assert history["codified/dieu-3"][1] == ""
    assert history["codified/dieu-4"][0] == ""
    assert store.document(slug).articles == 3


def test_an_import_leaves_what_other_addresses_and_other_sources_say(store: Store) -> None:
    take_in(store, described(LAW, seen("page-1"), signer="A"), name="1")
    take_in(store, described(LAW, seen("page-1"), signer="C"), name="1", source="other")
    take_in(store, described(LAW, seen("page-2"), signer="B"), name="2")
    assert _signers(store) == {"A", "B", "C"}
    with importing(store, "3", whole=True) as batch:
        batch.document(described(LAW, seen("page-2"), signer="B"))
    assert _signers(store) == {"B", "C"}


def _signers(store: Store) -> set[str]:
    return {value.value for fact in store.facts("luat-26-2023-qh15") if fact.name == "signer" for value in fact.values}


def test_a_value_that_stays_is_no_history_though_it_was_seen_again_elsewhere(store: Store) -> None:
    for day in (1, 2):
        take_in(store, described(LAW, seen(retrieved=date(2026, 1, day)), title="Căn cước"), name=str(day))
    assert store.history("luat-26-2023-qh15") == ()
    [fact] = [fact for fact in store.facts("luat-26-2023-qh15") if fact.name == "title"]
    assert [place.retrieved for place in fact.values[0].provenances] == [date(2026, 1, 2)]


def test_parts_of_a_codified_text_add_up_whatever_their_order(store: Store) -> None:
    with importing(store) as batch:
        slug = batch.document(described(LAW))
        assert slug
        for number in ("10", "5a", "2", "5"):
            batch.edition(slug, edition([article(number)], at=seen(f"page-{number}")))
    assert [entry.label for entry in store.contents(slug)] == ["2", "5", "5a", "10"]


def test_the_same_article_given_twice_stands_once_and_another_text_beside_it(store: Store) -> None:
    with importing(store) as batch:
        slug = batch.document(described(LAW))
        assert slug
        for words in ("abc", "abc", "other"):
            batch.edition(slug, edition([article("1", words)]))
    assert batch.counts["provisions repeated"] == 1
    assert [entry.path for entry in store.contents(slug)] == ["dieu-1", "dieu-1~2"]
    assert store.article(slug, "dieu-1~2.khoan-1").place == "dieu-1~2.khoan-1"


def test_two_files_of_one_document_are_two_editions_and_the_same_file_moved_is_one(store: Store) -> None:
    slug = take_in(store, described(LAW))[0]
    assert slug
    for name, address, sha in (("1", "a.txt", "x"), ("2", "b.txt", "y"), ("3", "moved/a.txt", "x")):
        with importing(store, name) as batch:
            at = seen(address, sha256=sha)
            batch.edition(slug, edition([article("1", sha)], EditionKind.ORIGINAL, at=at))
    assert [view.name for view in store.editions(slug)] == ["original", "original-2"]


def test_copies_of_a_file_in_one_import_are_one_edition_also_the_second_time(store: Store) -> None:
    for name in ("1", "2"):
        with importing(store, name) as batch:
            slug = batch.document(described(LAW))
            assert slug
            for address in ("a.txt", "copy.txt"):
                at = seen(address, sha256="x")
                batch.edition(slug, edition([article("1")], EditionKind.ORIGINAL, at=at))
    assert [view.name for view in store.editions("luat-26-2023-qh15")] == ["original"]
    assert store.revision == 1


def test_a_newer_file_of_an_edition_gives_it_its_place_and_order(store: Store) -> None:
    for name, numbers in (("1", "12"), ("2", "21")):
        with importing(store, name) as batch:
            slug = batch.document(described(LAW))
            assert slug
            parts = [article(number) for number in numbers]
            batch.edition(slug, edition(parts, EditionKind.ORIGINAL, at=seen(sha256=name)))
    assert [entry.label for entry in store.contents("luat-26-2023-qh15")] == ["2", "1"]
    assert store.editions("luat-26-2023-qh15")[0].provenance.sha256 == "2"
    assert [entry.what for entry in store.history("luat-26-2023-qh15")] == []


def test_a_cited_document_keeps_the_id_it_was_cited_with(store: Store) -> None:
    cited = reference("73-CP", "Nghị định", source_id=("vbpl", "43110"), title="Thuế sử dụng đất")
    with importing(store) as batch:
        batch.relation(relation(cited, AMENDED))
    [found] = store.resolve(reference("", source_id=("vbpl", "43110")))
    assert (found.number, found.title, found.cited_only) == ("73-CP", "Thuế sử dụng đất", True)


def test_a_cited_document_learns_what_a_later_citation_adds(store: Store) -> None:
    for name, kind in (("1", ""), ("2", "Luật")):
        with importing(store, name) as batch:
            batch.relation(relation(reference("99/2025/QH15", kind), AMENDED, provenance=seen(name)))
    assert store.document("luat-99-2025-qh15").type == "Luật"
    assert store.document("van-ban-99-2025-qh15").slug == "luat-99-2025-qh15"


def test_an_import_gives_up_on_another_that_does_not_finish(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.store.engine._WRITER_WAITS_MS", 50)
    with open_store(store_url) as store, importing(store, "first"), pytest.raises(StoreError, match="Another import"):
        take_in(store, described(LAW), name="second")


def test_a_relation_makes_the_document_that_only_it_names(store: Store) -> None:
    with importing(store) as batch:
        batch.relation(relation(AMENDING, AMENDED, effective=date(2026, 1, 1)))
        batch.document(described(LAW))
    view = store.document("luat-99-2025-qh15")
    assert view.cited_only
    assert store.counts().cited_only == 1
    [held] = store.relations("luat-26-2023-qh15", "in")
    assert (held.subject.slug, held.effective) == (view.slug, date(2026, 1, 1))
    assert store.relations("luat-26-2023-qh15", "out") == ()
    take_in(store, described(Identity("Luật", "99/2025/QH15", "Quốc hội"), seen("own")), name="own")
    assert not store.document(view.slug).cited_only


def test_lesser_references_find_the_document_that_a_fuller_one_makes(store: Store) -> None:
    fuller = reference("06/QĐ-TTg", "Quyết định", issued=PartialDate(2022, 1, 6))
    with importing(store) as batch:
        batch.relation(relation(reference("06/QĐ-TTg"), AMENDED))
        batch.relation(relation(fuller, AMENDED, object_path="dieu-2"))
    assert len(store.find("06/QĐ-TTg")) == 1
    assert store.unresolved_relations() == ()


def test_a_date_that_the_number_refutes_makes_no_other_document(store: Store) -> None:
    take_in(store, described(Identity("Nghị định", "127/2007/NĐ-CP", "Chính phủ", PartialDate(2007, 8, 1))))
    with importing(store, "relations") as batch:
        batch.relation(relation(reference("127/2007/NĐ-CP", "Nghị định", issued=PartialDate(2018, 5, 16)), AMENDED))
    assert len(store.find("127/2007/NĐ-CP")) == 1
    assert store.unresolved_relations() == ()


def test_a_relation_that_names_several_or_none_is_kept_with_its_wording(store: Store) -> None:
    take_in(store, described(Identity("Luật", "24/2008/QH12")), described(Identity("Nghị quyết", "24/2008/QH12")))
    with importing(store, "relations") as batch:
        batch.relation(relation(reference("24/2008/QH12", wording="số 24/2008/QH12"), AMENDED))
        batch.relation(relation(reference("07/CT-TTg", "Chỉ thị", wording="Chỉ thị số 07"), AMENDED))
    assert batch.counts["unresolved relations"] == 2
    several, none = store.unresolved_relations()
    assert (several.subject, several.candidates) == (
        "số 24/2008/QH12",
        ("luat-24-2008-qh12", "nghi-quyet-24-2008-qh12"),
    )
    assert (none.subject, none.candidates) == ("Chỉ thị số 07", ())
    assert store.counts().relations == 0


def test_one_relation_seen_in_two_places_is_one_with_both(store: Store) -> None:
    with importing(store) as batch:
        for place in ("1", "2"):
            batch.relation(relation(AMENDING, AMENDED, provenance=seen(place=place), wording="sửa đổi"))
    [held] = store.relations("luat-26-2023-qh15")
    assert {place.place for place in held.provenances} == {"1", "2"}
    assert (held.kind, held.wording) == (RelationKind.AMENDS, "sửa đổi")


def test_records_come_back_as_they_went_in_and_another_version_ends_the_first(store: Store) -> None:
    with importing(store) as batch:
        everything(batch)
    assert store.indicators()[0].denominator == Decimal(656)
    assert store.agencies()[0].abbreviations == ("BCA",)
    assert store.successions()[0].on == date(2025, 3, 1)
    assert store.procedure("1.004222").executing == "Công an cấp xã"
    assert store.task("T1").source.identity.issued == PartialDate(2022)
    with importing(store, "newer") as batch:
        batch.procedure(Procedure("1.004222", "Khác", "Bộ Công an", "", "", seen()))
        batch.procedure(Procedure("1.004222", "Nữa", "Bộ Công an", "", "", seen()))
    assert [held.name for held in store.procedures()] == ["Khác"]
    assert [thing.what for thing in store.imports()[0].unused] == ["procedure 1.004222"]


def test_of_two_sources_of_a_record_the_more_trusted_is_shown(store: Store) -> None:
    for source, evidence in (("news", Evidence.NEWS), ("portal", Evidence.OFFICIAL_LIST)):
        with importing(store, source, source=source) as batch:
            batch.procedure(Procedure("1", source, "", "", "", seen(source, evidence=evidence)))
    assert store.procedure("1").name == "portal"
    assert store.counts().procedures == 1


def test_what_could_not_be_used_is_listed(store: Store) -> None:
    with importing(store) as batch:
        batch.unused("demuc/1.html", "holds a title only")
    [run] = store.imports()
    assert [(thing.what, thing.why) for thing in run.unused] == [("demuc/1.html", "holds a title only")]
    assert store.was_imported("sample", run.sha256)
    assert not store.was_imported("sample", "other")


def test_a_text_needs_its_document(store: Store) -> None:
    with pytest.raises(NotFoundError, match="khong-co"), importing(store) as batch:
        batch.edition("khong-co", edition([article("1")]))


def test_a_second_import_waits_for_the_first(store: Store) -> None:
    started, done = threading.Event(), []

    def second() -> None:
        started.set()
        take_in(store, described(DECISION_2022), name="second")
        done.append(store.revision)

    with importing(store, "first") as batch:
        thread = threading.Thread(target=second)
        thread.start()
        started.wait()
        batch.document(described(LAW))
    thread.join()
    assert done == [2]
    assert store.counts().documents == 2


@pytest.mark.parametrize(
    ("name", "values", "conflicting"),
    [
        ("issuer", ["Bộ Công Thương", "Bộ công thương."], False),
        ("issuer", ["Ngân hàng Nhà nước", "Ngân hàng Nhà nước Việt Nam"], False),
        ("issued", ["2013", "2013-11-28"], False),
        ("issued", ["2013-11-27", "2013-11-28"], True),
        ("status", ["in_force", "expired"], True),
        ("field", ["Giá", "Cư trú"], False),
    ],
)
def test_only_values_that_contradict_each_other_are_a_conflict(name: str, values: list[str], conflicting: bool) -> None:  # noqa: FBT001  # a table's column
    held = tuple(FactValue(value, (), shown=False) for value in values)
    assert Fact(name, held).conflicting is conflicting
