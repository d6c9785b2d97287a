"""No source without a header that says what is known of it, and golden facts of its real answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.crawl.addresses import check_address, may_connect, origin_of
from corpus.crawl.spider import Wanted
from corpus.sources import headers, source_names, spider_of
from kb.errors import NotFoundError
from kb.store import Store, open_store

GOLDEN = Path(__file__).parent.parent / "sources"
COMPOSED = {"missing"}  # asks the others, and reads nothing of its own


@pytest.mark.parametrize("name", source_names())
def test_a_source_says_what_is_known_of_it(name: str) -> None:
    header = spider_of(name).header
    assert header.name == name
    for told in (
        header.title,
        header.address,
        header.owner,
        header.gives,
        header.robots,
        header.terms,
        header.confidence,
    ):
        assert told.strip()
    assert header.origins
    for origin in header.origins:
        assert origin_of(origin).startswith("https://")
        assert not may_connect(origin)
    assert header.lines()
    assert header.delay >= 1


@pytest.mark.parametrize("name", [name for name in source_names() if name not in COMPOSED])
def test_a_source_has_golden_facts(name: str) -> None:
    path = GOLDEN / name / "expected.json"
    assert path.is_file(), f"{name} needs {path}: what its real answers say, as facts"
    assert json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return open_store(f"sqlite:///{tmp_path_factory.mktemp('home') / 'store.sqlite'}")


@pytest.mark.parametrize("name", [name for name in source_names() if name not in COMPOSED])
def test_the_first_request_is_one_that_the_source_may_be_asked(name: str, store: Store) -> None:
    spider = spider_of(name)()
    fetches = list(spider.first(Wanted(), store))
    assert fetches
    for fetch in fetches:
        check_address(fetch.address, spider.header.origins)


def test_a_source_that_is_not_known_is_named_with_those_that_are() -> None:
    with pytest.raises(NotFoundError, match="phapdien"):
        spider_of("nowhere")


def test_every_source_is_listed() -> None:
    assert [header.name for header in headers()] == list(source_names())
