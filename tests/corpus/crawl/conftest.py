"""A home whose store is made once, and copied for every crawl."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kb.register import load_register
from kb.store import open_store


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the register loaded."""
    home = tmp_path_factory.mktemp("prepared")
    with open_store(f"sqlite:///{home / 'store.sqlite'}") as store:
        load_register(store)
    return home


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    """A home of one's own."""
    return Path(shutil.copytree(prepared, tmp_path / "home"))
