"""What is found carries its standing. All documents here are made up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kb.catalogue import catalogue
from kb.model import (
    DocumentReference,
    Edition,
    EditionKind,
    Evidence,
    Identity,
    ObservedDocument,
    ObservedRelation,
    PartialDate,
    Provenance,
    Provision,
    ProvisionKind,
    RelationKind,
    SourcedProvision,
    Status,
)
from kb.store import Store, open_store

SEEN = Provenance("made-up", "made-up", Evidence.CODIFICATION)
OLD = Identity("Nghị định", "01/2001/NĐ-CP", "Chính phủ", PartialDate(2001, 1, 1))
NEW = Identity("Nghị định", "02/2011/NĐ-CP", "Chính phủ", PartialDate(2011, 1, 1))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as held:
        yield held


def write(store: Store, *, path: str, status: Status = Status.UNKNOWN) -> None:
    with store.importing(source="made-up", name="made-up", sha256="0") as batch:
        slug = batch.document(ObservedDocument(OLD, SEEN, title="Mẫu", status=status))
        assert slug is not None
        batch.document(ObservedDocument(NEW, SEEN, title="Mẫu mới"))
        articles = tuple(
            SourcedProvision(Provision(ProvisionKind.ARTICLE, str(n), f"dieu-{n}", "Mẫu", f"Lời mẫu thứ {n}."), SEEN)
            for n in (1, 2)
        )
        batch.edition(slug, Edition(EditionKind.ORIGINAL, SEEN, articles))
        batch.relation(
            ObservedRelation(
                RelationKind.REPEALS,
                DocumentReference(NEW),
                DocumentReference(OLD),
                SEEN,
                object_path=path,
                effective=date(2011, 2, 1),
                wording="bị bãi bỏ",
            )
        )


def statuses(store: Store, on: date) -> dict[str, Status]:
    return {thing.id: thing.status for thing in catalogue(store, on)}


def test_an_article_that_was_repealed_is_found_as_ended_and_its_document_as_ended_in_part(store: Store) -> None:
    write(store, path="dieu-2")
    assert statuses(store, date(2020, 1, 1)) == {
        "nghi-dinh-01-2001-nd-cp": Status.PARTLY_EXPIRED,
        "nghi-dinh-01-2001-nd-cp/dieu-1": Status.UNKNOWN,
        "nghi-dinh-01-2001-nd-cp/dieu-2": Status.EXPIRED,
        "nghi-dinh-02-2011-nd-cp": Status.UNKNOWN,
    }


def test_a_document_repealed_whole_takes_its_articles_along_from_its_day_on(store: Store) -> None:
    write(store, path="", status=Status.IN_FORCE)
    old = {f"nghi-dinh-01-2001-nd-cp{place}" for place in ("", "/dieu-1", "/dieu-2")}
    assert {statuses(store, date(2011, 1, 31))[name] for name in old} == {Status.IN_FORCE}
    assert {statuses(store, date(2011, 2, 1))[name] for name in old} == {Status.EXPIRED}


def test_what_is_found_is_not_yet_in_force_before_the_day_that_its_own_text_names(store: Store) -> None:
    with store.importing(source="made-up", name="made-up", sha256="0") as batch:
        slug = batch.document(ObservedDocument(OLD, SEEN, title="Mẫu", effective=date(2001, 3, 1)))
        assert slug is not None
        article = Provision(ProvisionKind.ARTICLE, "1", "dieu-1", "Mẫu", "Lời mẫu thứ nhất.")
        batch.edition(slug, Edition(EditionKind.ORIGINAL, SEEN, (SourcedProvision(article, SEEN),)))
    before, after = (
        {thing.status for thing in catalogue(store, on=day) if thing.number}
        for day in (date(2001, 2, 1), date(2001, 3, 1))
    )
    assert before == {Status.NOT_YET_IN_FORCE}
    assert after == {Status.UNKNOWN}
