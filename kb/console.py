"""What all commands share: the two consoles, settings and store, progress bars, known errors as text."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bars
from rich.text import Text

from kb.errors import Dean06Error
from kb.progress import Progress
from kb.settings import Settings
from kb.store import Store, open_store

out = Console(highlight=False, soft_wrap=True)
err = Console(highlight=False, soft_wrap=True, stderr=True)

Home = Annotated[
    Path | None,
    typer.Option("--home", help="Folder that holds the store and the index (or DEAN06_HOME).", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON value for programs.")]


def guarded(function: Callable[..., None]) -> Callable[..., None]:
    """The command with its known errors shown as text, not as a traceback; the exit status is then 1, or 130 on Ctrl-C."""

    @wraps(function)
    def shown(*args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - a command's own parameters, passed through
        try:
            function(*args, **kwargs)
        except Dean06Error as error:
            err.print(f"[bold red]Error:[/] {plain(error.problem)}")
            if error.remedy:
                err.print(plain(error.remedy))
            raise typer.Exit(1) from error
        except KeyboardInterrupt:
            err.print("Stopped; the store and the index are as they were before.")
            raise typer.Exit(130) from None

    return shown


def settings_of(context: typer.Context, home: Path | None, *, host: str = "", port: int = -1) -> Settings:
    """The settings with what the command line says on top."""
    given: dict[str, Any] = {}
    if (chosen := home or context.obj) is not None:
        given["home"] = chosen
    if host:
        given["host"] = host
    if port >= 0:
        given["port"] = port
    try:
        return Settings(**given)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise Dean06Error(f"A setting cannot be used: {wrong}.", "See docs/settings.md.") from error


@contextmanager
def opened(settings: Settings) -> Iterator[Store]:
    """The store of the settings, its folder made where needed; closed at the end."""
    _make_home(settings.home)
    with open_store(settings.database_url) as store:
        yield store


def _make_home(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Dean06Error(
            f"The folder {home} cannot be made: {error.strerror}.", "Choose another with --home."
        ) from error


def load_register_of(store: Store) -> None:
    """Take in the register that ships, where it is not there yet, and say so."""
    from kb.register import load_register

    with err.status("Loading the register that ships with the program…"):
        loaded = load_register(store)
    if loaded:
        err.print("Loaded the register: " + ", ".join(f"{count} {name}" for name, count in loaded.items()) + ".")


def print_result(values: object, as_json: bool, show: Callable[[], None]) -> None:  # noqa: FBT001 - the command's own option
    """One JSON value for programs, else what ``show`` prints for people."""
    if as_json:
        sys.stdout.write(json.dumps(values, ensure_ascii=False) + "\n")
    else:
        show()


@contextmanager
def progress_bars() -> Iterator[Progress]:
    """A bar a step on the terminal, with rate and remaining time; nothing where the output is not a terminal."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=err, disable=not err.is_terminal) as bars:
        tasks: dict[str, TaskID] = {}

        def report(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(_STEPS.get(step, step), total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield report


class _Rate(ProgressColumn):
    """Things a minute, lately."""

    def render(self, task: Task) -> Text:
        """The rate; nothing before there is one."""
        return Text(f"{task.speed * 60:,.0f}/min" if task.speed else "")


_STEPS = {
    "fetch": "Fetching",
    "download": "Downloading",
    "check": "Checking",
    "parse": "Parsing",
    "load": "Storing",
    "index": "Indexing",
    "verify": "Verifying",
}


def plain(text: str) -> str:
    """The text with nothing that the console would read as markup."""
    return escape(text)
