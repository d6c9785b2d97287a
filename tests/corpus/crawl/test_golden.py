"""What the real answers of the portal and the codification say, as facts read by eye; the other sources' stand beside them."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from corpus.codification.page import parse_subject_page
from corpus.crawl.fetch import Expects, Fetch
from corpus.crawl.pages import Page
from corpus.crawl.refusals import RefusedError, RejectedError, WrongDocumentError, WrongKindError
from corpus.formats.text import decode_page
from corpus.snapshot import Snapshots
from corpus.sources.dichvucong import DETAIL, DichvucongSpider
from kb.errors import UnusableInputError
from kb.model import Procedure

GOLDEN = Path(__file__).parent.parent / "sources"
PORTAL = json.loads((GOLDEN / "dichvucong" / "expected.json").read_text(encoding="utf-8"))
CODIFICATION = json.loads((GOLDEN / "phapdien" / "expected.json").read_text(encoding="utf-8"))


def page_of(data: bytes, home: Path, item: str, number: str = "") -> Page:
    """An answer for a procedure's detail, as a crawl would keep it."""
    fetch = Fetch(DETAIL, "detail", item, Expects.JSON, "POST", json.dumps({"id": item}), number=number)
    told = {"source": "dichvucong", "address": DETAIL, "retrieved": datetime(2026, 1, 1, tzinfo=UTC), "status": 201}
    return Page(Snapshots(home).keep(data, **told, headers={}, fetch=fetch), data)  # type: ignore[arg-type]  # of several types


def facts_of(procedure: Procedure) -> dict[str, Any]:
    """The facts that the golden file states."""
    parts = procedure.parts
    assert parts is not None
    components = [component for case in parts.dossier for component in case.components]
    return {
        "code": procedure.code,
        "name_starts": " ".join(procedure.name.split()[:3]),
        "issuer": procedure.issuer,
        "methods": [
            [method.channel and method.channel.value, str(method.time.value), method.time.unit.value, len(method.fees)]
            for method in parts.methods
        ],
        "components": [sum(not one.is_note for one in case.components) for case in parts.dossier],
        "notes": sum(one.is_note for one in components),
        "legal_bases": [basis.code for basis in parts.legal_bases],
        "decision": parts.decision,
        "decided": str(parts.decided),
    }


@pytest.mark.parametrize("name", PORTAL)
def test_a_real_detail_of_the_portal_gives_its_facts(name: str, real_data: Path, tmp_path: Path) -> None:
    data = (real_data / "sources" / "dichvucong" / name).read_bytes()
    expected = PORTAL[name]
    page = page_of(data, tmp_path, Path(name).stem, expected["code"])
    procedure = DichvucongSpider().read([page]).procedure
    assert facts_of(procedure) == expected
    assert procedure.provenance.address == f"https://dichvucong.gov.vn/thu-tuc-hanh-chinh/{page.item}"
    assert procedure.provenance.sha256 == page.snapshot.sha256


@pytest.mark.parametrize("wrapped", [False, True])
def test_an_envelope_around_a_detail_changes_nothing(wrapped: bool, real_data: Path, tmp_path: Path) -> None:  # noqa: FBT001  # a table
    name = next(iter(PORTAL))
    detail = json.loads((real_data / "sources" / "dichvucong" / name).read_bytes())
    data = json.dumps({"code": "OK", "data": detail, "message": ""} if wrapped else detail).encode()
    assert facts_of(DichvucongSpider().read([page_of(data, tmp_path, Path(name).stem)]).procedure) == PORTAL[name]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b'{"code": "OK", "data": {"id": "other", "code": "1.000001", "name": "x"}}', WrongDocumentError),
        (b'{"code": "OK", "data": {"id": "asked", "code": "1.000002", "name": "x"}}', WrongDocumentError),
        (b'{"code": "OK", "data": {"id": "asked"}}', UnusableInputError),
        (b'{"code": "OK", "data": null}', RefusedError),
        (b'{"code": "FORBIDDEN", "message": "no"}', RefusedError),
        (b'{"statusCode": 404}', RefusedError),
        (b"[]", RefusedError),
        (b"", WrongKindError),
        (b"<html>Request Rejected</html>", WrongKindError),
    ],
)
def test_what_is_no_detail_is_refused(data: bytes, error: type[Exception], tmp_path: Path) -> None:
    with pytest.raises(error):
        DichvucongSpider().read([page_of(data, tmp_path, "asked", "1.000001")])


def test_a_refusal_tells_its_own_way_out() -> None:
    error = RejectedError("https://example.vn/", "It said Request Rejected.")
    assert (error.kind, error.stops, bool(error.remedy)) == ("request rejected", True, True)


@pytest.mark.parametrize("name", CODIFICATION["pages_of_subjects"])
def test_a_real_page_of_the_codification_gives_its_facts(name: str, real_data: Path) -> None:
    expected = CODIFICATION["pages_of_subjects"][name]
    with zipfile.ZipFile(real_data / "phapdien" / "BoPhapDienDienTu.zip") as package:
        names = package.namelist()
        page = parse_subject_page(decode_page(package.read(name), name), name)
    assert (len(names), sum(one.startswith("demuc/") for one in names)) == (
        CODIFICATION["pages"],
        CODIFICATION["subjects"],
    )
    assert page.number == expected["number"]
    assert len(page.articles) == expected["articles"]
    assert (page.articles[0].code, page.articles[-1].code) == (expected["first"], expected["last"])
