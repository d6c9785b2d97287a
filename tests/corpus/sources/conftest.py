"""A home whose store holds the register already, so that each crawl starts at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kb.register import load_register
from kb.store import open_store


@pytest.fixture(scope="session")
def _registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("registered")
    with open_store(f"sqlite:///{home / 'store.sqlite'}") as store:
        load_register(store)
    return home


@pytest.fixture
def home(_registered: Path, tmp_path: Path) -> Path:
    """A home of the test's own, with the register in its store."""
    return Path(shutil.copytree(_registered, tmp_path / "home"))
