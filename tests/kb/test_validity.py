"""What a document's standing is said to be, and on what ground. All documents here are made up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kb.model import (
    Confidence,
    DocumentReference,
    Evidence,
    Identity,
    ObservedRelation,
    PartialDate,
    Provenance,
    RelationKind,
    Status,
)
from kb.store import DocumentView, Fact, FactValue, RelationView, Store
from kb.validity import current_form, standing_chain, standing_of
from tests.kb.store_samples import described, importing, relation, seen

SEEN = Provenance("test", "made-up", Evidence.CODIFICATION)
OLD = DocumentView("nghi-dinh-1-2001-nd-cp", Identity("Nghị định", "1/2001/NĐ-CP"), effective=date(2001, 1, 1))
NEW = DocumentView("nghi-dinh-2-2011-nd-cp", Identity("Nghị định", "2/2011/NĐ-CP"))
DAY = date(2020, 1, 1)


def act(
    kind: RelationKind,
    *,
    path: str = "",
    effective: date | None = date(2011, 1, 1),
    wording: str = "",
    seen: Provenance = SEEN,
) -> RelationView:
    return RelationView(kind, NEW, "dieu-1", OLD, path, effective, wording, (seen,))


def stated(name: str, value: str) -> Fact:
    return Fact(name, (FactValue(value, (SEEN,), shown=True),))


def test_what_nobody_states_is_unknown_however_old_the_document() -> None:
    standing = standing_of(OLD, [], [], DAY)
    assert (standing.status, standing.reasons, standing.sure) == (Status.UNKNOWN, (), False)


@pytest.mark.parametrize(
    ("relation", "status"),
    [
        (act(RelationKind.REPLACES), Status.EXPIRED),
        (act(RelationKind.REPEALS, wording="bị bãi bỏ"), Status.EXPIRED),
        (act(RelationKind.REPEALS, wording="có nội dung bị bãi bỏ"), Status.PARTLY_EXPIRED),
        (act(RelationKind.REPEALS), Status.PARTLY_EXPIRED),
        (act(RelationKind.REPEALS, path="dieu-3", wording="bị bãi bỏ"), Status.PARTLY_EXPIRED),
        (act(RelationKind.REPLACES, path="dieu-3"), Status.UNKNOWN),
        (act(RelationKind.AMENDS), Status.UNKNOWN),
        (act(RelationKind.CITES), Status.UNKNOWN),
        (act(RelationKind.REPLACES, effective=None), Status.UNKNOWN),
        (act(RelationKind.REPLACES, effective=date(2021, 1, 1)), Status.UNKNOWN),
    ],
)
def test_only_an_act_on_the_whole_that_has_taken_effect_ends_a_document(relation: RelationView, status: Status) -> None:
    assert standing_of(OLD, [], [relation], DAY).status is status


def test_the_day_asked_for_decides() -> None:
    relation = act(RelationKind.REPLACES)
    assert standing_of(OLD, [], [relation], date(2010, 12, 31)).status is Status.UNKNOWN
    assert standing_of(OLD, [], [relation], date(2011, 1, 1)).status is Status.EXPIRED


def test_a_document_is_not_ended_by_what_it_does_to_others() -> None:
    relation = act(RelationKind.REPLACES)
    assert standing_of(NEW, [], [relation], DAY).status is Status.UNKNOWN


def test_what_a_source_states_is_told_with_its_source() -> None:
    document = DocumentView(OLD.slug, OLD.identity, status=Status.IN_FORCE)
    standing = standing_of(document, [stated("status", "in_force")], [], DAY)
    assert standing.status is Status.IN_FORCE
    assert standing.sure
    assert "còn hiệu lực" in standing.reasons[0].text
    assert standing.reasons[0].provenance is SEEN


def test_an_end_that_is_proven_outweighs_what_an_older_source_stated() -> None:
    document = DocumentView(OLD.slug, OLD.identity, status=Status.IN_FORCE)
    standing = standing_of(document, [stated("status", "in_force")], [act(RelationKind.REPLACES)], DAY)
    assert standing.status is Status.EXPIRED
    assert [reason.by for reason in standing.reasons] == [None, NEW]


def test_an_unverified_act_is_told_but_proves_nothing() -> None:
    seen = Provenance("test", "made-up", Evidence.NEWS, Confidence.UNVERIFIED)
    standing = standing_of(OLD, [], [act(RelationKind.REPLACES, seen=seen)], DAY)
    assert standing.status is Status.UNKNOWN
    assert not standing.sure
    assert [reason.by for reason in standing.reasons] == [NEW]


def test_acts_of_one_document_are_told_once_and_the_latest_first() -> None:
    acts = [
        act(RelationKind.AMENDS, path="dieu-1"),
        act(RelationKind.AMENDS, path="dieu-2"),
        act(RelationKind.REPEALS, path="dieu-3", effective=date(2012, 1, 1)),
    ]
    reasons = standing_of(OLD, [], acts, DAY).reasons
    assert [reason.since for reason in reasons] == [date(2012, 1, 1), date(2011, 1, 1)]
    assert "01/01/2012" in reasons[0].text


def test_a_document_is_not_in_force_before_the_day_it_names_and_that_alone_proves_nothing_after() -> None:
    document = DocumentView("nghi-dinh-5-2020-nd-cp", Identity("Nghị định", "5/2020/NĐ-CP"), effective=date(2020, 7, 1))
    facts = [stated("effective", "2020-07-01")]
    before = standing_of(document, facts, [], date(2020, 6, 30))
    assert (before.status, before.sure) == (Status.NOT_YET_IN_FORCE, True)
    assert "01/07/2020" in before.reasons[0].text
    assert standing_of(document, facts, [], date(2020, 7, 1)).status is Status.UNKNOWN


def test_a_document_is_over_after_the_term_that_it_sets_itself() -> None:
    document = DocumentView("nghi-quyet-5-nq-cp", Identity("Nghị quyết", "5/NQ-CP"), expires=date(2020, 7, 31))
    facts = [stated("expires", "2020-07-31")]
    assert standing_of(document, facts, [], date(2020, 7, 31)).status is Status.UNKNOWN
    after = standing_of(document, facts, [], date(2020, 8, 1))
    assert (after.status, after.reasons[0].since) == (Status.EXPIRED, date(2020, 7, 31))


def test_a_status_that_a_source_states_gives_way_to_what_is_known_of_the_day() -> None:
    ended = DocumentView(OLD.slug, OLD.identity, status=Status.EXPIRED)
    assert (
        standing_of(ended, [stated("status", "expired")], [act(RelationKind.REPLACES)], date(2010, 1, 1)).status
        is Status.UNKNOWN
    )
    waiting = DocumentView(OLD.slug, OLD.identity, status=Status.NOT_YET_IN_FORCE, effective=date(2001, 1, 1))
    assert standing_of(waiting, [stated("status", "not_yet_in_force")], [], DAY).status is Status.UNKNOWN


@pytest.mark.parametrize(
    "wording", ["hết hiệu lực, trừ các quy định về một việc", "hết hiệu lực; riêng quy định tại Điều 8 còn đến hết năm"]
)
def test_an_end_that_leaves_provisions_out_ends_a_part(wording: str) -> None:
    assert standing_of(OLD, [], [act(RelationKind.REPEALS, wording=wording)], DAY).status is Status.PARTLY_EXPIRED


def test_an_end_with_a_transition_ends_the_whole() -> None:
    wording = "hết hiệu lực, trừ trường hợp quy định tại khoản 7 Điều 89 của Luật này"
    assert standing_of(OLD, [], [act(RelationKind.REPEALS, wording=wording)], DAY).status is Status.EXPIRED


def decree(serial: int, year: int) -> DocumentReference:
    return DocumentReference(Identity("Nghị định", f"{serial:02d}/{year}/NĐ-CP", "Chính phủ", PartialDate(year, 1, 1)))


FIRST, SECOND, THIRD = decree(1, 2001), decree(2, 2011), decree(3, 2019)


def chained(store: Store, *relations: ObservedRelation) -> None:
    with importing(store) as batch:
        for reference in (FIRST, SECOND, THIRD):
            batch.document(described(reference.identity))
        for one in relations:
            batch.relation(one)


def upon(by: DocumentReference, on: DocumentReference, day: date, **more: Any) -> ObservedRelation:
    return relation(by, on, effective=day, **more)


def test_a_chain_follows_replacements_to_what_stands_on_the_day(store: Store) -> None:
    chained(
        store,
        upon(SECOND, FIRST, date(2011, 3, 1), kind=RelationKind.REPLACES, subject_path="dieu-9.khoan-2"),
        upon(
            THIRD,
            SECOND,
            date(2019, 3, 1),
            kind=RelationKind.REPEALS,
            wording="hết hiệu lực kể từ ngày Nghị định này có hiệu lực",
        ),
    )
    first = store.resolve(FIRST)[0].slug
    chain = standing_chain(store, first, on=date(2026, 1, 1))
    assert [step.document.number for step in chain.steps] == ["01/2001/NĐ-CP", "02/2011/NĐ-CP", "03/2019/NĐ-CP"]
    assert [step.ended_by.subject_path if step.ended_by else None for step in chain.steps] == [
        "dieu-9.khoan-2",
        "",
        None,
    ]
    assert chain.today == current_form(store, first, date(2026, 1, 1))
    assert chain.today is not None
    assert chain.today.number == "03/2019/NĐ-CP"
    earlier = current_form(store, first, date(2015, 1, 1))
    assert earlier is not None
    assert earlier.number == "02/2011/NĐ-CP"
    oldest = current_form(store, first, date(2005, 1, 1))
    assert oldest is not None
    assert oldest.slug == first


def test_what_is_repealed_goes_on_in_nothing(store: Store) -> None:
    chained(store, upon(SECOND, FIRST, date(2011, 3, 1), kind=RelationKind.REPEALS, wording="Bãi bỏ"))
    chain = standing_chain(store, store.resolve(FIRST)[0].slug, on=date(2026, 1, 1))
    assert (len(chain.steps), chain.today) == (1, None)
    assert chain.steps[0].ended_by is not None


def test_a_circle_of_replacements_ends(store: Store) -> None:
    chained(
        store,
        upon(SECOND, FIRST, date(2011, 3, 1), kind=RelationKind.REPLACES),
        upon(FIRST, SECOND, date(2012, 3, 1), kind=RelationKind.REPLACES),
    )
    chain = standing_chain(store, store.resolve(FIRST)[0].slug, on=date(2026, 1, 1))
    assert (len(chain.steps), chain.today) == (2, None)


def test_a_provision_goes_on_while_it_is_changed_and_ends_when_it_is_repealed(store: Store) -> None:
    chained(
        store,
        upon(SECOND, FIRST, date(2011, 3, 1), subject_path="dieu-1.khoan-1", object_path="dieu-5.khoan-2"),
        upon(
            SECOND,
            FIRST,
            date(2011, 3, 1),
            kind=RelationKind.REPEALS,
            subject_path="dieu-2",
            object_path="dieu-6",
            wording="Bãi bỏ",
        ),
        upon(THIRD, FIRST, date(2030, 1, 1), object_path="dieu-5"),
    )
    first = store.resolve(FIRST)[0].slug
    changed = standing_chain(store, first, "dieu-5", date(2026, 1, 1))
    assert [(one.subject_path, one.effective) for one in changed.steps[0].changes] == [
        ("dieu-1.khoan-1", date(2011, 3, 1))
    ]
    assert changed.today is not None
    assert changed.today.slug == first
    repealed = standing_chain(store, first, "dieu-6.khoan-1", date(2026, 1, 1))
    assert (repealed.today, repealed.steps[0].standing.status) == (None, Status.EXPIRED)
    assert standing_chain(store, first, "dieu-7", date(2026, 1, 1)).today is not None


def test_a_provision_ends_with_its_document_and_the_document_is_followed(store: Store) -> None:
    chained(store, upon(SECOND, FIRST, date(2011, 3, 1), kind=RelationKind.REPLACES))
    chain = standing_chain(store, store.resolve(FIRST)[0].slug, "dieu-5", date(2026, 1, 1))
    assert [step.path for step in chain.steps] == ["dieu-5", ""]
    assert chain.today is not None
    assert chain.today.number == "02/2011/NĐ-CP"


def test_two_sources_that_differ_keep_both_values_the_more_trusted_shown(store: Store) -> None:
    for evidence, day in (
        (Evidence.PAGE, date(2001, 2, 1)),
        (Evidence.GAZETTE, date(2001, 3, 1)),
        (Evidence.OFFICIAL_LIST, date(2001, 2, 1)),
    ):
        with importing(store, evidence.value) as batch:
            batch.document(described(FIRST.identity, seen(evidence.value, evidence=evidence), effective=day))
    document = store.resolve(FIRST)[0]
    fact = next(fact for fact in store.facts(document.slug) if fact.name == "effective")
    assert document.effective == date(2001, 3, 1)
    assert fact.conflicting
    assert [(value.value, value.shown, len(value.provenances)) for value in fact.values] == [
        ("2001-03-01", True, 1),
        ("2001-02-01", False, 2),
    ]
