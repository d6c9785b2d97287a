"""Shared fixtures: the real data, where it is at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
REAL_DATA = Path(os.environ.get("DEAN06_REAL_DATA", ROOT.parent / "shared" / "data"))


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real sources; tests that read it are skipped where it is absent, as on a user's machine."""
    if not REAL_DATA.is_dir():
        pytest.skip("the real data is not on this machine (set DEAN06_REAL_DATA to its folder)")
    return REAL_DATA
