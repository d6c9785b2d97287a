"""The manual of the query language says what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from indexer.plan import FILTERS
from indexer.query import LONGEST_QUERY, understand
from indexer.query.filters import LABELS, field_named
from indexer.query.repair import DEEPEST_BRACKETS
from indexer.query.tokens import LARGEST_SLOP
from indexer.query.wording import explain

MANUAL = Path(__file__).parents[2] / "docs" / "search.md"
TEXT = MANUAL.read_text("utf-8")
EXAMPLES = re.findall(r"^```\n> (.*)\n((?:.*\n)*?)```$", TEXT, re.MULTILINE)


@pytest.mark.parametrize(("query", "shown"), EXAMPLES)
def test_an_example_is_understood_as_shown(query: str, shown: str) -> None:
    assert explain(understand(query)) == shown.rstrip("\n")


def test_every_block_is_an_example() -> None:
    assert len(EXAMPLES) == TEXT.count("```") // 2 > 15


def test_every_filter_stands_in_the_table_under_each_name_that_works() -> None:
    rows = re.findall(r"^\| `([^`]+):` \| ([^|]+) \|", TEXT, re.MULTILINE)
    assert [field_named(name) for name, _ in rows] == [
        next(f for f in FILTERS if LABELS[f] == name) for name, _ in rows
    ]
    assert {field_named(name) for name, _ in rows} == set(FILTERS)
    for name, others in rows:
        assert {field_named(other) for other in re.findall(r"`([^`]+):`", others)} == {field_named(name)}


@pytest.mark.parametrize(
    "limit", [f"{LONGEST_QUERY:,} characters", f"deeper than {DEEPEST_BRACKETS}", f"at most {LARGEST_SLOP}"]
)
def test_every_limit_is_told(limit: str) -> None:
    assert limit in TEXT
