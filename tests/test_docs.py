"""The docs say what the program does: the reference is generated, the rest is held against it."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"
PAGES = runpy.run_path(str(DOCS / "build.py"))["PAGES"]


@pytest.mark.parametrize("page", PAGES)
def test_the_generated_reference_is_current(page: str) -> None:
    written = (DOCS / page).read_text(encoding="utf-8")
    assert written == PAGES[page](), f"run python docs/build.py: docs/{page} is not what the program says"


def test_every_command_is_shown_in_the_readme() -> None:
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    commands = [line.split("`")[1] for line in PAGES["commands.md"]().splitlines() if line.startswith("## `")]
    named = {command for command in commands if command in readme or command.removeprefix("dean06 ") in readme}
    assert [command for command in commands if command not in named] == []
