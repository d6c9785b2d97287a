"""The command line: the only room that sees all the others."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from kb.catalogue import catalogue
from kb.commands.indicators import add_indicators
from kb.commands.procedures import procedures_app
from kb.commands.tasks import tasks_app
from kb.console import (
    Home,
    Json,
    err,
    guarded,
    load_register_of,
    opened,
    out,
    print_result,
    progress_bars,
    settings_of,
)
from kb.errors import DamagedIndexError, Dean06Error
from kb.ledger.tasks.governing import Suggest, Suggestion
from kb.lookup import lookup
from kb.settings import Settings
from kb.store import Store
from kb.values import as_values

Sort = Literal["relevance", "newest", "oldest", "number"]

if TYPE_CHECKING:
    from corpus.crawl.spider import SourceHeader
    from corpus.reporting import ImportReport
    from corpus.snapshot import Snapshots
    from indexer.nothing import Nothing
    from indexer.results import SearchResult

app = typer.Typer(
    name="dean06",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Knowledge base of Vietnamese law and administrative procedures, with search, for Đề án 06.",
)


def main() -> None:
    """Run the command line; a known error is printed with its way out, and the exit status is 1."""
    app()


def command(function: Callable[..., None]) -> Callable[..., None]:
    """Register a command under its own name."""
    shown = guarded(function)
    app.command(name=function.__name__.rstrip("_"))(shown)
    return shown


@app.callback()
def common(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option("--home", help="Folder that holds the store and the index (or DEAN06_HOME)."),
    ] = None,
) -> None:
    """Knowledge base of Vietnamese law and administrative procedures, with search, for Đề án 06."""
    context.obj = home


@command
def up(
    context: typer.Context,
    home: Home = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 picks a free one.")] = -1,
) -> None:
    """Make ready whatever is missing (store, register, index), then serve the web UI."""
    settings = settings_of(context, home, host=host, port=port)
    with opened(settings) as store:
        load_register_of(store)
        _build_index(store, settings)
    _serve(settings)


@command
def serve(
    context: typer.Context,
    home: Home = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 picks a free one.")] = -1,
) -> None:
    """Serve the web UI over the store and the index as they are."""
    from indexer.search import open_index

    settings = settings_of(context, home, host=host, port=port)
    open_index(settings.index_home)
    _serve(settings)


@command
def index(
    context: typer.Context,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build even if the index is of this very store.")] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Build the search index from the store and switch to it in one step."""
    settings = settings_of(context, home)
    with opened(settings) as store:
        built = _build_index(store, settings, rebuild=rebuild)
        facts = {"built": built, **_index_facts(settings, store.revision)}
    print_result(
        facts,
        as_json,
        lambda: out.print("The index is built." if built else "The index is of this very store; nothing to build."),
    )


@command
def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="Words, a phrase in quotation marks, a number, a provision.")],
    kind: Annotated[list[str] | None, typer.Option(help="article, document, task or procedure.")] = None,
    type: Annotated[list[str] | None, typer.Option(help="Type of document: nghị định.")] = None,
    issuer: Annotated[list[str] | None, typer.Option(help="Issuing agency: bộ công an.")] = None,
    year: Annotated[list[str] | None, typer.Option(help="Year of issue.")] = None,
    status: Annotated[list[str] | None, typer.Option(help="Status: in_force, expired, unknown …")] = None,
    field: Annotated[list[str] | None, typer.Option(help="Subject.")] = None,
    sort: Annotated[Sort, typer.Option(help="How hits are ordered.")] = "relevance",
    limit: Annotated[int, typer.Option(min=0, max=1000, help="How many hits.")] = 10,
    offset: Annotated[int, typer.Option(min=0, help="How many hits to pass over first.")] = 0,
    explain: Annotated[bool, typer.Option("--explain", help="Show how the query was understood.")] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Find articles, documents, tasks and procedures."""
    from indexer.query import explain as explain_plan
    from indexer.search import open_index

    settings = settings_of(context, home)
    filters = {"kind": kind, "type": type, "issuer": issuer, "year": year, "status": status, "field": field}
    chosen = {name: values for name, values in filters.items() if values}
    result = open_index(settings.index_home).search(query, filters=chosen, sort=sort, limit=limit, offset=offset)
    if explain and result.plan is not None and not as_json:
        out.print(explain_plan(result.plan), markup=False)
    print_result(result.as_json(), as_json, lambda: _show_hits(result))


@command
def show(
    context: typer.Context,
    id: Annotated[
        str, typer.Argument(help="Document, provision (luat-26-2023-qh15/dieu-5), procedure code, task, or a number.")
    ],
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Show one thing with its sources; a number that several documents carry gives the choices."""
    settings = settings_of(context, home)
    with opened(settings) as store:
        shown = lookup(store, id)
    print_result(as_values(shown), as_json, lambda: out.print_json(json.dumps(as_values(shown), ensure_ascii=False)))


@command
def status(context: typer.Context, home: Home = None, as_json: Json = False) -> None:
    """Say what is held, from when, and whether the index is of this very store."""
    settings = settings_of(context, home)
    with opened(settings) as store:
        facts = {
            "home": str(settings.home),
            "revision": store.revision,
            "counts": as_values(store.counts()),
            "index": _index_facts(settings, store.revision),
        }
    print_result(facts, as_json, lambda: out.print_json(json.dumps(facts, ensure_ascii=False)))


@command
def verify(context: typer.Context, home: Home = None, as_json: Json = False) -> None:
    """Check every file of the index against its checksum, and the store's own integrity; exit 1 if anything is wrong."""
    settings = settings_of(context, home)
    problems = [*_index_problems(settings), *_store_problems(settings)]
    print_result(
        {"problems": problems},
        as_json,
        lambda: out.print("\n".join(problems) or "Everything is as it was written.", markup=False),
    )
    if problems:
        raise typer.Exit(1)


@command
def cite(
    text: Annotated[str, typer.Argument(help="A text, or the path of a text file.")],
    as_json: Json = False,
) -> None:
    """Find the citations of documents and provisions in a text, with their offsets."""
    from corpus.formats.text import decode_text
    from kb.citation import as_json as citation_json
    from kb.citation import find_citations

    found = find_citations(decode_text(Path(text).read_bytes(), text) if _is_file(text) else text)
    values = [citation_json(citation) for citation in found]
    print_result(
        values, as_json, lambda: out.print("\n".join(f"{c.start}-{c.end}\t{c.text}" for c in found), markup=False)
    )


@command
def eval(
    folder: Annotated[Path, typer.Argument(metavar="BENCH_DIR", help="Folder in BEIR form.")],
    as_json: Json = False,
) -> None:
    """Measure the product's own search on a retrieval benchmark."""
    from indexer.evaluate import evaluate

    with progress_bars() as report:
        figures = evaluate(folder, progress=report)
    print_result(figures, as_json, lambda: out.print("\n".join(f"{name}\t{value}" for name, value in figures.items())))


@command
def import_(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(help="Files, folders or zips: the codification, documents, procedures.")
    ],
    no_index: Annotated[bool, typer.Option("--no-index", help="Leave the search index as it is.")] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Take in the codification, documents of any format or procedures: files, folders or zips; then bring the index up to date."""
    from corpus.ingest import import_path

    settings = settings_of(context, home)
    reports = []
    with opened(settings) as store:
        load_register_of(store)
        for path in paths:
            with progress_bars() as report:
                reports.append(import_path(path, store, progress=report, home=settings.home))
            if not as_json:
                _show_report(reports[-1])
        if not no_index:
            _build_index(store, settings)
    if as_json:
        print_result([report.as_json() for report in reports], as_json, lambda: None)


@command
def crawl(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="Name of a source, or `missing`; --list shows them.")] = "",
    number: Annotated[str, typer.Option(help="Only the document, or procedure, of this number.")] = "",
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d", "%d/%m/%Y"], help="Only what is new since.")
    ] = None,
    limit: Annotated[int, typer.Option(min=0, help="At most so many documents or procedures.")] = 0,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Ask for lists only, and say what would be fetched.")
    ] = False,
    list_: Annotated[bool, typer.Option("--list", help="Show the sources, with what is known of each.")] = False,
    no_index: Annotated[bool, typer.Option("--no-index", help="Leave the search index as it is.")] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Fetch from an official source what is new, politely, and take it in; a crawl that was stopped goes on."""
    from corpus.sources import headers

    if list_ or not source:
        shown = headers()
        print_result([as_values(header) for header in shown], as_json, lambda: _show_sources(shown))
        return
    from corpus.crawl.crawling import crawl as crawl_source
    from corpus.crawl.spider import Wanted

    settings = settings_of(context, home)
    wanted = Wanted(number, since.date() if since else None, limit)
    with opened(settings) as store:
        if not dry_run:
            load_register_of(store)
        with progress_bars() as report:
            done = crawl_source(source, wanted, store, settings, dry_run=dry_run, progress=report)
        if not dry_run and not no_index and done.stored:
            _build_index(store, settings)
    print_result(done.as_json(), as_json, lambda: out.print("\n".join(done.lines()), markup=False))
    if done.interrupted or done.failed:
        raise typer.Exit(130 if done.interrupted else 1)


@command
def snapshots(
    context: typer.Context,
    source: Annotated[str, typer.Option(help="Only those of this source.")] = "",
    verify: Annotated[bool, typer.Option("--verify", help="Check every byte; exit 1 if anything is damaged.")] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """List what sources answered, as it is kept, or check it."""
    from corpus.snapshot import Snapshots

    kept = Snapshots(settings_of(context, home).home)
    if not verify:
        _show_snapshots(kept, source, as_json=as_json)
        return
    with progress_bars() as report:
        problems = list(kept.verify(source, report))
    print_result(
        {"problems": problems},
        as_json,
        lambda: out.print("\n".join(problems) or "Every snapshot is as it was written.", markup=False),
    )
    if problems:
        raise typer.Exit(1)


@command
def reparse(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="Only the snapshots of this source.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report what would change; change nothing.")] = False,
    no_index: Annotated[bool, typer.Option("--no-index", help="Leave the search index as it is.")] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Read every newest snapshot again with today's parsers, and report what was gained and lost."""
    from corpus.reparse import reparse as reparse_snapshots

    settings = settings_of(context, home)
    with opened(settings) as store:
        with progress_bars() as report:
            done = reparse_snapshots(store, settings.home, source=source, dry_run=dry_run, progress=report)
        if not dry_run and not no_index:
            _build_index(store, settings)
    print_result(done.as_json(), as_json, lambda: out.print("\n".join(done.lines()), markup=False))


def _show_sources(shown: tuple[SourceHeader, ...]) -> None:
    for header in shown:
        out.print(f"{header.name}: {header.title}", markup=False, style="bold")
        for line in header.lines():
            out.print(f"  {line}", markup=False)


def _show_snapshots(kept: Snapshots, source: str, *, as_json: bool) -> None:
    found = kept.all(source)
    if as_json:
        print_result([snapshot.as_json() for snapshot in found], as_json, lambda: None)
        return
    for snapshot in found:
        out.print(
            f"{snapshot.name}  {snapshot.status}  {snapshot.size:,}  {snapshot.sha256}  {snapshot.address}",
            markup=False,
        )


def _suggest_with(settings: Settings) -> Suggest:
    """The search as the task ledger asks it: what may govern a subject, the best first; nothing where no index is."""

    def suggest(subject: str) -> Sequence[Suggestion]:
        from indexer.search import open_index
        from web.suggesting import suggest_with

        try:
            return suggest_with(open_index(settings.index_home))(subject)
        except DamagedIndexError:
            return []

    return suggest


app.add_typer(tasks_app(_suggest_with), name="tasks")
app.add_typer(procedures_app(), name="procedures")
add_indicators(app)


def _build_index(store: Store, settings: Settings, *, rebuild: bool = False) -> bool:
    """Build a generation unless the live one is of this very store; say whether one was built."""
    from indexer.build import build_index
    from indexer.generations import Generations
    from indexer.vietnamese import ANALYSIS_VERSION

    revision = str(store.revision)
    if not rebuild and Generations(settings.index_home).is_of(revision, ANALYSIS_VERSION):
        return False
    with progress_bars() as report:
        build_index(catalogue(store), settings.index_home, revision=revision, progress=report)
    return True


def _serve(settings: Settings) -> None:
    import uvicorn

    from web.app import create_app

    with closing(socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
        except OSError as error:
            problem = f"Cannot listen on {settings.host}:{settings.port}: {error.strerror}."
            raise Dean06Error(problem, "Choose another with --port; --port 0 picks a free one.") from error
        host, port = listener.getsockname()[:2]
        err.print(f"dean06 serves at http://{f'[{host}]' if ':' in host else host}:{port}/ (Ctrl-C stops it)")
        config = uvicorn.Config(create_app(settings), log_level="warning", server_header=False)
        uvicorn.Server(config).run(sockets=[listener])


def _index_facts(settings: Settings, revision: int) -> dict[str, Any]:
    from indexer.generations import Generations

    try:
        current = Generations(settings.index_home).current()
    except DamagedIndexError as error:
        return {"usable": False, "problem": error.problem}
    return {
        "usable": True,
        "number": int(current.name),
        "revision": current.revision,
        "made": current.made.isoformat(),
        "units": current.facts["units"],
        "bytes": current.size,
        "of_this_store": current.revision == str(revision),
    }


def _index_problems(settings: Settings) -> list[str]:
    from indexer.generations import Generations

    generations = Generations(settings.index_home)
    try:
        with progress_bars() as report:
            return [str(problem) for problem in generations.verify(generations.current(), progress=report)]
    except DamagedIndexError as error:
        return [error.problem]


def _store_problems(settings: Settings) -> list[str]:
    with opened(settings) as store:
        return store.problems()


def _show_report(report: ImportReport) -> None:
    """What the import did, and every kind of thing it could not use."""
    if report.unchanged:
        out.print(f"{report.name}: the store holds exactly this already; nothing changed.", markup=False)
        return
    counts = ", ".join(f"{count:,} {name}" for name, count in report.counts.items())
    out.print(f"{report.name}: {counts}; {report.seconds:.1f} s.", markup=False)
    for group in report.unused:
        out.print(f"  not used, or only in part ({group.count:,}): {group.why}", markup=False)
        out.print(f"    for example: {'; '.join(group.examples)}", markup=False)


def _show_hits(result: SearchResult) -> None:
    for step in result.understood:
        out.print(step.meaning, markup=False, style="dim")
    for sentence in result.missing:
        out.print(sentence, markup=False, style="dim")
    out.print(f"{result.total:,} hits")
    if result.nothing is not None:
        _show_nothing(result.nothing)
    for hit in result.hits:
        out.print(f"\n{hit.citation}. {hit.title}", markup=False, style="bold")
        out.print(f"[{hit.status.label}] {hit.document_title}  {hit.place_url or hit.url}", markup=False)
        out.print(hit.snippet.text, markup=False)


def _show_nothing(nothing: Nothing) -> None:
    for term in nothing.terms:
        out.print(f"  {term.text}: {term.count:,}", markup=False)
    for other in nothing.looser:
        beside = "" if other.filtered else ", without the filters"
        out.print(f"  try{beside}: {other.query}  ({other.count:,}; bỏ {other.gives_up})", markup=False)
    if nothing.day:
        out.print(f"  The collection is as of {nothing.day}.", markup=False)


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # longer than any path, or not one
        return False


if __name__ == "__main__":
    main()
