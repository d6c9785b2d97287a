"""Records as JSON values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kb.model import Identity, PartialDate, Status
from kb.store import DocumentView
from kb.values import as_values


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (None, None),
        (True, True),
        (Status.UNKNOWN, "unknown"),
        (date(2024, 7, 1), "2024-07-01"),
        (datetime(2024, 7, 1, 8, 30, tzinfo=UTC), "2024-07-01T08:30:00+00:00"),
        (PartialDate(2023, 2), "2023-02"),
        (Decimal(656), 656),
        (Decimal("34.9"), 34.9),
        ((1, "hai"), [1, "hai"]),
        ({"một": PartialDate(2023)}, {"một": "2023"}),
    ],
)
def test_a_value_has_one_json_form(record: object, expected: object) -> None:
    assert as_values(record) == expected


def test_a_record_is_an_object_with_its_address() -> None:
    values = as_values(DocumentView("luat-26-2023-qh15", Identity("Luật", "26/2023/QH15", issued=PartialDate(2023))))
    assert values["url"] == "/van-ban/luat-26-2023-qh15"
    assert values["citation"] == "Luật số 26/2023/QH15"
    assert values["identity"]["issued"] == "2023"
    json.dumps(values)


def test_what_json_cannot_say_is_refused() -> None:
    @dataclass
    class Strange:
        thing: object

    with pytest.raises(TypeError, match="object"):
        as_values(Strange(object()))
