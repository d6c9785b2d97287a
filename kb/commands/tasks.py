"""``dean06 tasks``: the list, one task on one screen, what a person says governs it, and progress from a filled-in table."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kb.commands.options import (
    Csv,
    On,
    Xlsx,
    parse_choice,
    parse_day,
    pass_on,
    print_lines,
    print_objects,
    write_files,
)
from kb.commands.updating import AsOf, DryRun, Partial, tell_update
from kb.console import Home, Json, err, guarded, load_register_of, opened, out, print_result, settings_of
from kb.export import export_table
from kb.export.files import Format
from kb.ledger.indicators import reconcile
from kb.ledger.tasks.governing import Suggest
from kb.ledger.tasks.ledger import TaskFilter, TaskLedger
from kb.ledger.tasks.links import link_task, unlink_task
from kb.ledger.tasks.tables import detail_values, task_table, task_values, template
from kb.ledger.tasks.texts import detail_lines, list_lines, reconciliation_lines
from kb.ledger.tasks.updates import Update, apply_update, read_update
from kb.model import Bottleneck, Status, TaskState
from kb.settings import Settings
from kb.store import Store
from kb.values import as_values

SuggestWith = Callable[[Settings], Suggest]
"""Makes the search that suggests what may govern a task; the command line gives it, since no ledger knows the index."""

TaskId = Annotated[str, typer.Argument(metavar="ID", help="Name of the task, as `dean06 tasks` lists it.")]


def tasks_app(suggest_with: SuggestWith | None = None) -> typer.Typer:
    """The commands; without ``suggest_with`` nothing is suggested."""
    app = typer.Typer(
        name="tasks", help="The task ledger: who owes what, until when, by which clause, and does it stand."
    )
    app.callback(invoke_without_command=True)(guarded(list_tasks))
    for name, command in _COMMANDS.items():
        app.command(name)(guarded(command))
    app.command("show")(guarded(_show(suggest_with)))
    return app


def list_tasks(  # noqa: PLR0913 - the filters that users type
    context: typer.Context,
    *,
    owner: Annotated[str, typer.Option(help="Agency that leads or coordinates, under any name it held.")] = "",
    state: Annotated[
        TaskState | None,
        typer.Option(
            parser=lambda text: parse_choice(TaskState, text),
            metavar="STATE",
            help="State: done, overdue, hoàn thành …",
        ),
    ] = None,
    deadline_from: Annotated[
        date | None, typer.Option(parser=parse_day, metavar="DATE", help="Deadline on or after this day.")
    ] = None,
    deadline_to: Annotated[
        date | None, typer.Option(parser=parse_day, metavar="DATE", help="Deadline on or before this day.")
    ] = None,
    overdue: Annotated[
        bool, typer.Option("--overdue", help="Only tasks reported open whose deadline has passed.")
    ] = False,
    bottleneck: Annotated[
        Bottleneck | None,
        typer.Option(
            parser=lambda text: parse_choice(Bottleneck, text), metavar="LABEL", help="Obstacle: law, data, pháp lý …"
        ),
    ] = None,
    source: Annotated[
        str, typer.Option(help="Number of the document that lists or assigns the task, in any spelling.")
    ] = "",
    standing: Annotated[
        Status | None,
        typer.Option(
            parser=lambda text: parse_choice(Status, text),
            metavar="STATUS",
            help="Standing of the assigning document: in_force, expired …",
        ),
    ] = None,
    fallen: Annotated[
        bool, typer.Option("--fallen", help="Only tasks whose assigning document stands no more.")
    ] = False,
    on: On = None,
    csv: Csv = None,
    xlsx: Xlsx = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """List the tasks: all that fit, nothing capped, the unknown counted."""
    if context.invoked_subcommand is not None:
        pass_on(context, home)
        return
    wanted = TaskFilter(owner, state, deadline_from, deadline_to, overdue, bottleneck, source, standing, fallen)
    with _ledger(context, home, on) as (store, ledger):
        entries = ledger.select(wanted)
        if as_json:
            print_objects(task_values(entry, ledger.on) for entry in entries)
        for path, kind in ((csv, Format.CSV), (xlsx, Format.XLSX)):
            write_files(task_table(entries, ledger.on), path, kind)
        if not (as_json or csv or xlsx):
            print_lines(list_lines(entries, ledger.on))
            print_lines(reconciliation_lines(reconcile(store.indicators(), ledger.entries)))


def _show(suggest_with: SuggestWith | None) -> Callable[..., None]:
    def show(  # noqa: PLR0913 - the options that users type
        context: typer.Context,
        task: TaskId,
        *,
        on: On = None,
        no_suggestions: Annotated[
            bool, typer.Option("--no-suggestions", help="Do not search for what may govern it.")
        ] = False,
        home: Home = None,
        as_json: Json = False,
    ) -> None:
        """Show a task on one screen: who assigned it, what it rests on, what governs it, and whether each still stands."""
        with _ledger(context, home, on) as (_, ledger):
            suggest = suggest_with(settings_of(context, home)) if suggest_with and not no_suggestions else None
            detail = ledger.detail(task, suggest)
            print_result(
                detail_values(detail, ledger.on), as_json, lambda: print_lines(detail_lines(detail, ledger.on))
            )

    return show


def link(  # noqa: PLR0913 - what a person confirms
    context: typer.Context,
    task: TaskId,
    document: Annotated[str, typer.Argument(help="Document that governs it: address, or number in any spelling.")],
    *,
    path: Annotated[str, typer.Option(help="Provision of it: dieu-5.khoan-1.")] = "",
    by: Annotated[str, typer.Option(help="Who says so; by default the user of this computer.")] = "",
    note: Annotated[str, typer.Option(help="Why.")] = "",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Confirm that a document governs the subject of a task; kept with who said so and when."""
    with _ledger(context, home, None) as (store, ledger):
        made = link_task(store, ledger.entry(task), document, path=path, by=by or getpass.getuser(), note=note)
    print_result(
        as_values(made),
        as_json,
        lambda: out.print(f"{made.task_id}: {made.document.identity.number} confirmed.", markup=False),
    )


def unlink(  # noqa: PLR0913 - what a person takes back
    context: typer.Context,
    task: TaskId,
    document: Annotated[str, typer.Argument(help="Document that does not govern it after all.")],
    *,
    path: Annotated[str, typer.Option(help="Provision of it, if one was confirmed.")] = "",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Take back what was confirmed of a task; it stays in the history."""
    with _ledger(context, home, None) as (store, ledger):
        taken = unlink_task(store, ledger.entry(task), document, path=path)
    print_result(as_values(taken), as_json, lambda: out.print(f"{len(taken)} taken back."))


def update(  # noqa: PLR0913 - how a report is taken in
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The filled-in table, XLSX or CSV.")],
    *,
    dry_run: DryRun = False,
    partial: Partial = False,
    as_of: AsOf = None,
    source: Annotated[str, typer.Option(help="Name of the report; by default the file's.")] = "",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Take in the progress of tasks from a filled-in table; nothing is written unless every row is understood."""
    with _ledger(context, home, None) as (store, ledger):
        found = read_update(file, ledger, as_of=as_of, source=source)
        refused = bool(found.refusals) and not partial
        written = 0 if dry_run or refused else apply_update(store, found, partial=partial)
    tell_update(found, written, list(_changes(found)), partial=partial, as_json=as_json)


def write_template(
    context: typer.Context,
    out_file: Annotated[Path, typer.Argument(metavar="OUT", help="File to write: .xlsx or .csv.")],
    *,
    owner: Annotated[str, typer.Option(help="Only the tasks of this agency.")] = "",
    on: On = None,
    home: Home = None,
) -> None:
    """Write the tasks with what is known of their state, to fill in and give to `tasks update`."""
    with _ledger(context, home, on) as (_, ledger):
        entries = ledger.select(TaskFilter(owner=owner))
        export_table(template(entries, ledger.on), out_file)
    err.print(f"Wrote {len(entries)} tasks to {out_file}.", markup=False)


def reconcile_tasks(context: typer.Context, *, home: Home = None, as_json: Json = False) -> None:
    """Set the tasks that are reported against those held by name: both lines, always together."""
    with _ledger(context, home, None) as (store, ledger):
        found = reconcile(store.indicators(), ledger.entries)
    print_result(found.as_json(), as_json, lambda: print_lines(reconciliation_lines(found)))


_COMMANDS: dict[str, Callable[..., None]] = {
    "link": link,
    "unlink": unlink,
    "update": update,
    "template": write_template,
    "reconcile": reconcile_tasks,
}


@contextmanager
def _ledger(context: typer.Context, home: Path | None, on: date | None) -> Iterator[tuple[Store, TaskLedger]]:
    with opened(settings_of(context, home)) as store:
        load_register_of(store)
        yield store, TaskLedger(store, on)


def _changes(found: Update) -> Iterator[dict[str, object]]:
    for change in found.changes:
        yield {
            "line": change.line,
            "task": change.entry.id,
            "before": change.entry.progress.state.value,
            "after": change.report.state.value,
            "as_of": change.report.as_of.isoformat(),
            "report": as_values(change.report),
        }
