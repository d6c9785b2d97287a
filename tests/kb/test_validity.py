"""What a document's standing is said to be, and on what ground. All documents here are made up."""

from __future__ import annotations

from datetime import date

import pytest

from kb.model import Confidence, Evidence, Identity, Provenance, RelationKind, Status
from kb.store import DocumentView, Fact, FactValue, RelationView
from kb.validity import standing_of

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
