from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kb.model import Confidence, Evidence, Identity, Provenance, RelationKind, Status
from kb.store import DocumentView, Fact, FactValue, RelationView
from kb.validity import Standing, provision_standing_of, standing_of

READ = Provenance("sample", "page", Evidence.CODIFICATION)
HEARD = Provenance("sample", "page", Evidence.CITATION, Confidence.UNVERIFIED)
ON = date(2026, 1, 1)
PAST, FUTURE = date(2025, 1, 1), date(2027, 1, 1)
LAW = DocumentView("luat-26-2023-qh15", Identity("Luật", "26/2023/QH15"))
OTHER = DocumentView("luat-99-2025-qh15", Identity("Luật", "99/2025/QH15"))
KIND = RelationKind


def act(  # the parts of a relation
    kind: RelationKind,
    path: str = "",
    effective: date | None = PAST,
    wording: str = "bị bãi bỏ",
    places: tuple[Provenance, ...] = (READ,),
    by: DocumentView = OTHER,
) -> RelationView:
    """A made-up act on the law."""
    return RelationView(kind, by, "", LAW, path, effective, wording, places)


def standing(acts: list[RelationView], stated: Status, path: str = "", place: Provenance = READ) -> Standing:
    facts = [Fact("status", (FactValue(stated.value, (place,), shown=True),))] if stated is not Status.UNKNOWN else []
    law = replace(LAW, status=stated)
    return provision_standing_of(law, path, facts, acts, ON) if path else standing_of(law, facts, acts, ON)


@pytest.mark.parametrize(
    ("acts", "stated", "status"),
    [
        ([], Status.UNKNOWN, Status.UNKNOWN),
        ([], Status.IN_FORCE, Status.IN_FORCE),
        ([act(KIND.REPEALS)], Status.UNKNOWN, Status.EXPIRED),
        ([act(KIND.REPLACES)], Status.IN_FORCE, Status.EXPIRED),
        ([act(KIND.REPLACES, wording="có nội dung được thay thế")], Status.UNKNOWN, Status.UNKNOWN),
        ([act(KIND.REPLACES, effective=FUTURE)], Status.IN_FORCE, Status.IN_FORCE),
        ([act(KIND.REPEALS, effective=None)], Status.UNKNOWN, Status.UNKNOWN),
        ([act(KIND.REPEALS, wording="")], Status.UNKNOWN, Status.PARTLY_EXPIRED),
        ([act(KIND.REPEALS, places=(HEARD,))], Status.UNKNOWN, Status.UNKNOWN),
        ([act(KIND.REPEALS, places=(HEARD, READ))], Status.UNKNOWN, Status.EXPIRED),
        ([act(KIND.REPEALS, "dieu-5")], Status.UNKNOWN, Status.PARTLY_EXPIRED),
        ([act(KIND.REPEALS, wording="có nội dung bị bãi bỏ")], Status.IN_FORCE, Status.PARTLY_EXPIRED),
        ([act(KIND.SUSPENDS)], Status.UNKNOWN, Status.SUSPENDED),
        ([act(KIND.SUSPENDS, "dieu-5")], Status.UNKNOWN, Status.UNKNOWN),
        ([act(KIND.AMENDS), act(KIND.SUPPLEMENTS)], Status.UNKNOWN, Status.UNKNOWN),
        ([act(KIND.REPEALS, "dieu-5")], Status.EXPIRED, Status.EXPIRED),
        ([act(KIND.CITES), act(KIND.GUIDES)], Status.UNKNOWN, Status.UNKNOWN),
    ],
)
def test_a_document_stands_as_acts_and_sources_say(acts: list[RelationView], stated: Status, status: Status) -> None:
    assert standing(acts, stated).status is status


@pytest.mark.parametrize(
    ("acts", "path", "stated", "status"),
    [
        ([], "dieu-5", Status.UNKNOWN, Status.UNKNOWN),
        ([], "dieu-5", Status.IN_FORCE, Status.IN_FORCE),
        ([], "dieu-5", Status.PARTLY_EXPIRED, Status.UNKNOWN),
        ([act(KIND.REPEALS, "dieu-5")], "dieu-5", Status.IN_FORCE, Status.EXPIRED),
        ([act(KIND.REPEALS, "dieu-5")], "dieu-5.khoan-1", Status.IN_FORCE, Status.EXPIRED),
        ([act(KIND.REPEALS, "dieu-5.khoan-1")], "dieu-5", Status.UNKNOWN, Status.PARTLY_EXPIRED),
        (
            [act(KIND.REPEALS, "dieu-5", wording="có nội dung bị bãi bỏ")],
            "dieu-5",
            Status.UNKNOWN,
            Status.PARTLY_EXPIRED,
        ),
        ([act(KIND.REPEALS, "dieu-5")], "dieu-50", Status.UNKNOWN, Status.UNKNOWN),
        ([act(KIND.REPLACES, "dieu-5")], "dieu-5", Status.IN_FORCE, Status.IN_FORCE),
        ([act(KIND.SUSPENDS, "dieu-5")], "dieu-5", Status.UNKNOWN, Status.SUSPENDED),
        ([act(KIND.SUSPENDS)], "dieu-5", Status.UNKNOWN, Status.SUSPENDED),
        ([act(KIND.REPEALS)], "dieu-5", Status.IN_FORCE, Status.EXPIRED),
        ([act(KIND.REPEALS, effective=None)], "dieu-5", Status.UNKNOWN, Status.UNKNOWN),
    ],
)
def test_a_provision_stands_as_acts_on_it_and_on_its_document_say(
    acts: list[RelationView], path: str, stated: Status, status: Status
) -> None:
    assert standing(acts, stated, path).status is status


def test_every_bearing_act_is_a_reason_the_latest_first() -> None:
    acts = [
        act(KIND.SUPPLEMENTS, "dieu-3", None),
        act(KIND.AMENDS, "dieu-2", date(2020, 1, 1)),
        act(KIND.REPEALS),
        act(KIND.CITES),
    ]
    found = standing(acts, Status.UNKNOWN)
    assert [(reason.since, reason.by) for reason in found.reasons] == [
        (PAST, OTHER),
        (date(2020, 1, 1), OTHER),
        (None, OTHER),
    ]
    assert found.sure
    assert found.reasons[0].text == "Bị bãi bỏ bởi Luật số 99/2025/QH15 từ 01/01/2025."


def test_acts_of_the_document_on_others_are_not_reasons() -> None:
    assert standing([replace(act(KIND.REPEALS), subject=LAW, object=OTHER)], Status.UNKNOWN).reasons == ()


def test_a_stated_status_is_as_sure_as_the_place_that_states_it() -> None:
    assert not standing([], Status.IN_FORCE, place=HEARD).sure
    assert standing([], Status.IN_FORCE).sure
    assert not standing([], Status.UNKNOWN).sure
    assert standing([], Status.IN_FORCE, "dieu-5").sure
    assert not standing([], Status.PARTLY_EXPIRED, "dieu-5").sure


@pytest.mark.parametrize("day", [date(1990, 1, 1), ON, date(2100, 1, 1)])
def test_no_date_alone_gives_a_status(day: date) -> None:
    acts = [act(KIND.AMENDS, "dieu-5"), act(KIND.BASED_ON)]
    law = replace(LAW, effective=date(2024, 7, 1), expires=date(2025, 7, 1))
    assert standing_of(law, [], acts, day).status is Status.UNKNOWN
    assert provision_standing_of(law, "dieu-5", [], acts, day).status is Status.UNKNOWN


def test_today_is_meant_where_no_day_is_given() -> None:
    assert standing_of(LAW, [], []).on == provision_standing_of(LAW, "dieu-1", [], []).on
