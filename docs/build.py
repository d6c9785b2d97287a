"""Writes the reference of commands and settings from the program itself; ``python docs/build.py`` after a change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

import dean06
from kb.settings import Settings

FOLDER = Path(__file__).parent


def commands_page() -> str:
    """docs/commands.md: every command with its arguments and options."""
    group = typer.main.get_command(dean06.app)
    assert isinstance(group, TyperGroup)
    parts = [
        "# Commands",
        "",
        "Made by `python docs/build.py` from the program itself. What each `--json` prints: [json.md](json.md).",
        "",
        "`dean06 --home FOLDER COMMAND …` and `dean06 COMMAND … --home FOLDER` mean the same.",
    ]
    for path, command in _commands("dean06", group):
        usage = " ".join([path, *(_usage(parameter) for parameter in command.params)])
        parts += ["", f"## `{path}`", "", command.help or "", "", f"    {usage}", ""]
        parts += [
            f"- `{_names(parameter)}`: {parameter.help}" for parameter in command.params if parameter.name != "help"
        ]
    return "\n".join(parts) + "\n"


def settings_page() -> str:
    """docs/settings.md: every setting with its default."""
    rows = ["# Settings", "", "Made by `python docs/build.py`. Each is read from the environment.", ""]
    rows += ["| setting | default | meaning |", "|---|---|---|"]
    for name, setting in Settings.model_fields.items():
        default = "the user's data folder" if setting.default_factory else setting.default
        rows.append(f"| `DEAN06_{name.upper()}` | `{default}` | {setting.description} |")
    return "\n".join(rows) + "\n"


PAGES = {"commands.md": commands_page, "settings.md": settings_page}


def _commands(path: str, group: TyperGroup) -> Iterator[tuple[str, TyperCommand | TyperGroup]]:
    """Every command below a group, in the order of names; one that has commands of its own stands before them."""
    for name, command in sorted(group.commands.items()):
        yield f"{path} {name}", command
        if isinstance(command, TyperGroup):
            yield from _commands(f"{path} {name}", command)


def _usage(parameter: TyperArgument | TyperOption) -> str:
    if isinstance(parameter, TyperArgument):
        return f"{_names(parameter)} …" if parameter.nargs == -1 else _names(parameter)
    return f"[{parameter.opts[0]}]"


def _names(parameter: TyperArgument | TyperOption) -> str:
    if isinstance(parameter, TyperArgument):
        return parameter.metavar or str(parameter.name).upper()
    return ", ".join(parameter.opts)


if __name__ == "__main__":
    for page, make in PAGES.items():
        (FOLDER / page).write_text(make(), encoding="utf-8")
