"""``dean06 procedures``: the catalogue, the analyst's list with its sums, one procedure on one screen, and ministries' lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kb.commands.options import Csv, On, Xlsx, parse_choice, pass_on, print_lines, write_files
from kb.commands.procedure_views import CatalogueView, DocumentView, UnsimplifiedView, View
from kb.commands.updating import AsOf, DryRun, Partial, tell_update
from kb.console import Home, Json, err, guarded, load_register_of, opened, plain, print_result, settings_of
from kb.export import export_table, export_workbook
from kb.export.files import Format
from kb.ledger.procedures.plan_tables import plan_template
from kb.ledger.procedures.plan_updates import PlanUpdate, apply_plan_update, read_plan_update
from kb.ledger.procedures.rule_table import Laws, rule_lines, rule_values
from kb.ledger.procedures.signal_rules import RULES
from kb.ledger.procedures.tables import detail_values
from kb.ledger.procedures.texts import detail_lines
from kb.ledger.procedures.unsimplified import ProcedureFilter, ProcedureLedger
from kb.ledger.procedures.unsimplified_answer import Answer
from kb.ledger.procedures.unsimplified_values import reconciled_values
from kb.model import PlanState
from kb.store import Store
from kb.text import fold
from kb.values import as_values

Code = Annotated[str, typer.Argument(metavar="CODE", help="Code of the procedure: 1.004222.")]
Ministry = Annotated[str, typer.Option(help="Ministry that issued it, under any name it held.")]


def parse_signal(text: str) -> str:
    """The name of a rule, by itself or by its Vietnamese label, accents or not."""
    wanted = _bare(text)
    for rule in RULES:
        if wanted in {_bare(rule.id), _bare(rule.label)}:
            return rule.id
    raise typer.BadParameter(f"{text!r} is none of: {', '.join(f'{rule.id} ({rule.label})' for rule in RULES)}.")


def procedures_app() -> typer.Typer:
    """The commands."""
    app = typer.Typer(
        name="procedures", help="The procedure ledger: every procedure, and what still keeps it complicated."
    )
    app.callback(invoke_without_command=True)(guarded(list_procedures))
    for name, command in _COMMANDS.items():
        app.command(name)(guarded(command))
    return app


def list_procedures(  # noqa: PLR0913 - the filters that users type
    context: typer.Context,
    *,
    unsimplified: Annotated[
        bool, typer.Option("--unsimplified", help="Only those with a reason, each with its reasons, and the sums.")
    ] = False,
    by_document: Annotated[
        bool, typer.Option("--by-document", help="The documents that must be amended, and what waits for each.")
    ] = False,
    ministry: Ministry = "",
    field: Annotated[str, typer.Option(help="Field (lĩnh vực), or words of it.")] = "",
    document: Annotated[
        str, typer.Option(help="A document it rests on, waits for or is planned by: number in any spelling, or title.")
    ] = "",
    signal: Annotated[
        list[str] | None,
        typer.Option(parser=parse_signal, metavar="SIGNAL", help="Reason that counts: a rule; may be repeated."),
    ] = None,
    plan_state: Annotated[
        PlanState | None,
        typer.Option(
            parser=lambda text: parse_choice(PlanState, text),
            metavar="STATE",
            help="How far its plan is: approved, đã thực thi …",
        ),
    ] = None,
    on: On = None,
    csv: Csv = None,
    xlsx: Xlsx = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """List the procedures: all that fit, nothing capped, the unknown counted."""
    if context.invoked_subcommand is not None:
        pass_on(context, home)
        return
    wanted = ProcedureFilter(ministry, field, document, tuple(signal or ()), plan_state)
    with _ledger(context, home, on) as (store, ledger):
        kind = DocumentView if by_document else UnsimplifiedView if unsimplified else CatalogueView
        view: View = kind(Answer.of(ledger, wanted), Laws(store))
        if as_json:
            view.print_json()
        if csv:
            write_files(view.tables()[0], csv, Format.CSV)
        if xlsx:
            export_workbook(view.tables(), xlsx)
            err.print(f"Wrote {plain(str(xlsx))}.")
        if not (as_json or csv or xlsx):
            print_lines(view.lines())
            if view.answer.sum.not_judged:
                err.print("Parts that are not held come with `dean06 import FILE` or `dean06 crawl dichvucong`.")


def show(context: typer.Context, code: Code, *, on: On = None, home: Home = None, as_json: Json = False) -> None:
    """Show a procedure on one screen: its parts, what its legal bases have become, its signals, plans, names and changes."""
    with _ledger(context, home, on) as (store, ledger):
        row, laws = ledger.row(code.strip().removeprefix("/thu-tuc/")), Laws(store)
        history = ledger.procedures.history(row.code)
        print_result(
            detail_values(row, ledger.on, laws.of, history),
            as_json,
            lambda: print_lines(detail_lines(row, laws, history)),
        )


def rules(context: typer.Context, *, home: Home = None, as_json: Json = False) -> None:
    """Show the rules that find the signals: what each says, where it looks and the law it rests on."""
    with opened(settings_of(context, home)) as store:
        load_register_of(store)
        print_result(rule_values(Laws(store)), as_json, lambda: print_lines(rule_lines()))


def update(  # noqa: PLR0913 - how a list is taken in
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A ministry's list, XLSX or CSV.")],
    *,
    dry_run: DryRun = False,
    partial: Partial = False,
    as_of: AsOf = None,
    source: Annotated[str, typer.Option(help="Name of the list; by default the file's.")] = "",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Take in a ministry's list of plans to simplify; nothing is written unless every row is understood."""
    with _ledger(context, home, None) as (store, ledger):
        found = read_plan_update(file, ledger, as_of=as_of, source=source)
        refused = bool(found.refusals) and not partial
        written = 0 if dry_run or refused else apply_plan_update(store, found, partial=partial)
    tell_update(found, written, list(_changes(found)), unread=found.unread, partial=partial, as_json=as_json)


def write_template(
    context: typer.Context,
    out_file: Annotated[Path, typer.Argument(metavar="OUT", help="File to write: .xlsx or .csv.")],
    *,
    ministry: Ministry = "",
    on: On = None,
    home: Home = None,
) -> None:
    """Write the plans held and the procedures without one, to fill in and give to `procedures update`."""
    with _ledger(context, home, on) as (_, ledger):
        wanted = ProcedureFilter(ministry)
        rows, items = ledger.select(wanted), ledger.items_without_procedure(wanted)
        export_table(plan_template(rows, items, ledger.on), out_file)
    err.print(f"Wrote {len(rows)} procedures and {len(items)} items without one to {out_file}.", markup=False)


def reconcile_procedures(context: typer.Context, *, home: Home = None, as_json: Json = False) -> None:
    """Set the procedures that are reported against those known by name: both lines, always together."""
    with _ledger(context, home, None) as (_, ledger):
        found = reconciled_values(ledger.plans.reconciled())
    lines = found["lines"]
    assert isinstance(lines, list)
    print_result(found, as_json, lambda: print_lines(lines))


_COMMANDS: dict[str, Callable[..., None]] = {
    "show": show,
    "rules": rules,
    "update": update,
    "template": write_template,
    "reconcile": reconcile_procedures,
}


@contextmanager
def _ledger(context: typer.Context, home: Path | None, on: date | None) -> Iterator[tuple[Store, ProcedureLedger]]:
    with opened(settings_of(context, home)) as store:
        load_register_of(store)
        yield store, ProcedureLedger(store, on)


def _changes(found: PlanUpdate) -> Iterator[dict[str, object]]:
    for change in found.changes:
        yield {
            "line": change.line,
            "item": change.after.id,
            "new": change.before is None,
            "differences": [as_values(one) for one in change.differences],
            "notes": list(change.notes),
            "plan_item": as_values(change.after),
        }


def _bare(words: str) -> str:
    return " ".join(fold(words).replace("_", " ").split())
