"""The public face of the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, select

from kb.model import (
    Agency,
    DocumentReference,
    Indicator,
    Procedure,
    Provision,
    RelationKind,
    Searchable,
    Simplification,
    Succession,
    Task,
    TaskLink,
    TaskReport,
)
from kb.numbers import PartialNumber
from kb.store import reading as documents
from kb.store import reading_records as records
from kb.store import reading_relations as relations
from kb.store import reading_texts as texts
from kb.store import tables
from kb.store.engine import connect, integrity_problems, reading, writing
from kb.store.history import history_of
from kb.store.reading_relations import Direction
from kb.store.records import (
    read_agency,
    read_indicator,
    read_link,
    read_procedure,
    read_report,
    read_simplification,
    read_succession,
    read_task,
)
from kb.store.schema import bring_up_to_date
from kb.store.searchables import all_searchables
from kb.store.views import (
    ArticleView,
    ContentsEntry,
    Counts,
    DocumentView,
    EditionView,
    Fact,
    HistoryEntry,
    ImportView,
    RecordVersion,
    RelationView,
    UnresolvedRelation,
)
from kb.store.writing import Batch


def open_store(url: str) -> Store:
    """Open the store at ``sqlite:///path`` or ``postgresql+psycopg://…``, made or migrated as needed.

    Raises ``StoreError`` where the address cannot be reached, holds something else, or the schema of a newer program.
    """
    engine = connect(url)
    try:
        bring_up_to_date(engine)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)


class Store:
    """All that is known, with the source of every fact. One may be shared by threads; each call reads one state.

    Calls that take a slug or another address raise ``NotFoundError`` where nothing is held under it.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def revision(self) -> int:
        """A counter that every committed change of content raises: two equal ones are the same content."""
        with reading(self._engine) as connection:
            counter: int = connection.execute(select(tables.revision.c.value)).scalar_one()
            return counter

    @contextmanager
    def importing(self, *, source: str, name: str, sha256: str, whole: bool = False) -> Iterator[Batch]:
        """Write one import: nothing is visible before the end, and any exception leaves the store as it was.

        ``source`` is the short name of the collection, ``name`` and ``sha256`` those of the file. With ``whole`` the file
        holds all that the source says: what it said before and says no more ends (see ``Batch``). An import that changes
        nothing raises no revision. Raises ``StoreError`` where another import does not finish.
        """
        with writing(self._engine) as connection:
            batch = Batch(connection, source, name, sha256, whole=whole)
            yield batch
            if not batch.finish():
                connection.rollback()

    def was_imported(self, source: str, sha256: str) -> bool:
        """Whether a file of exactly this content was taken in."""
        run = tables.import_run.c
        with reading(self._engine) as connection:
            same = select(run.id).where(run.sha256 == sha256, run.source == source).limit(1)
            return connection.execute(same).first() is not None

    def counts(self) -> Counts:
        """How much is held."""
        with reading(self._engine) as connection:
            return records.counts_of(connection)

    def document(self, slug: str) -> DocumentView:
        """One document. The view's own slug differs where an old slug was asked for."""
        with reading(self._engine) as connection:
            return documents.one_document(connection, slug)

    def documents(self, slugs: Iterable[str] | None = None) -> Iterator[DocumentView]:
        """Documents in the order of their slugs: all, or those named; a slug that none has is left out."""
        with reading(self._engine) as connection:
            yield from documents.all_documents(connection, slugs)

    def find(  # noqa: PLR0913  # the parts of an identity, each optional
        self,
        number: str = "",
        *,
        partial: PartialNumber | None = None,
        type: str = "",  # noqa: A002  # the field's word for it
        issuer: str = "",
        year: int | None = None,
        limit: int = 100,
    ) -> list[DocumentView]:
        """Documents by number in any spelling, by what was typed of one, by type, issuer and year; the newest first.

        ``year`` is that of the number, or of the date of issue where the number has none.
        """
        with reading(self._engine) as connection:
            wanted = documents.Wanted(number, partial, type, issuer, year)
            return documents.find_documents(connection, wanted, limit)

    def resolve(self, reference: DocumentReference) -> list[DocumentView]:
        """The documents that a reference may name: none, the one, or all that fit."""
        with reading(self._engine) as connection:
            return documents.resolved(connection, reference)

    def by_title(self, title: str, *, year: int | None = None, type: str = "") -> list[DocumentView]:  # noqa: A002  # see find
        """Documents with exactly this title ("Căn cước" or "Luật Căn cước", accents or not), the newest first."""
        with reading(self._engine) as connection:
            return documents.documents_by_title(connection, title, year, type)

    def facts(self, slug: str) -> tuple[Fact, ...]:
        """All that is stated of a document, every value with every place, conflicts side by side."""
        with reading(self._engine) as connection:
            return documents.facts_of(connection, slug)

    def editions(self, slug: str) -> tuple[EditionView, ...]:
        """The texts of a document, the one shown by default first."""
        with reading(self._engine) as connection:
            number = documents.document_id(connection, slug)
            return tuple(view for _, view in texts.editions_of(connection, number))

    def contents(self, slug: str, edition: str = "") -> tuple[ContentsEntry, ...]:
        """The table of contents of an edition (by its name, by default the first); empty where no text is held."""
        with reading(self._engine) as connection:
            return texts.contents_of(connection, slug, edition)

    def text(self, slug: str, edition: str = "") -> tuple[Provision, ...]:
        """The whole text of an edition as its roots in order; empty where no text is held."""
        with reading(self._engine) as connection:
            return texts.text_of(connection, slug, edition)

    def article(self, slug: str, path: str, edition: str = "") -> ArticleView:
        """A provision with all that is below it, from an edition or the first that holds it.

        For a khoản or điểm its điều with ``place`` set; for a chapter the chapter with its articles. ``path`` may name the
        edition itself (``dieu-5@original``).
        """
        with reading(self._engine) as connection:
            return texts.article_of(connection, slug, path, edition)

    def relations(self, slug: str, direction: Direction | str = Direction.BOTH) -> tuple[RelationView, ...]:
        """Relations of a document: ``out`` where it acts on others, ``in`` where others act on it, or ``both``."""
        with reading(self._engine) as connection:
            return relations.relations_of(connection, slug, Direction(direction))

    def relations_of_kinds(self, kinds: Iterable[RelationKind]) -> dict[str, list[RelationView]]:
        """All relations of some kinds, by the slug of the document acted on."""
        with reading(self._engine) as connection:
            return relations.relations_of_kinds(connection, kinds)

    def unresolved_relations(self) -> tuple[UnresolvedRelation, ...]:
        """Relations one end of which could not be told."""
        with reading(self._engine) as connection:
            return relations.unresolved(connection)

    def history(self, slug: str) -> tuple[HistoryEntry, ...]:
        """What changed of a document since it was first taken in, the newest first."""
        with reading(self._engine) as connection:
            return history_of(connection, slug)

    def agencies(self) -> tuple[Agency, ...]:
        """Agencies under each name they held, by slug."""
        with reading(self._engine) as connection:
            return records.all_records(connection, tables.agency, read_agency)

    def successions(self) -> tuple[Succession, ...]:
        """Who took over from whom."""
        with reading(self._engine) as connection:
            return records.all_records(connection, tables.succession, read_succession)

    def indicators(self) -> tuple[Indicator, ...]:
        """Figures of reports, by id."""
        with reading(self._engine) as connection:
            return records.all_records(connection, tables.indicator, read_indicator)

    def procedures(self) -> tuple[Procedure, ...]:
        """Administrative procedures, by code; where several sources give one, one with parts, then the most trusted."""
        with reading(self._engine) as connection:
            return records.all_records(connection, tables.procedure, read_procedure, fullest=tables.procedure.c.parts)

    def procedure(self, code: str) -> Procedure:
        """One procedure, as ``procedures`` gives it; raises ``NotFoundError``."""
        with reading(self._engine) as connection:
            return records.one_record(
                connection, tables.procedure, code, read_procedure, fullest=tables.procedure.c.parts
            )

    def procedures_of_all_sources(self) -> dict[str, tuple[Procedure, ...]]:
        """Every source's own word on each procedure, by code, in the order of ``procedures``."""
        with reading(self._engine) as connection:
            return records.grouped_records(
                connection, tables.procedure, read_procedure, fullest=tables.procedure.c.parts
            )

    def procedure_history(self, code: str) -> tuple[RecordVersion[Procedure], ...]:
        """All that was ever held of a procedure, each with the days between which its source said so, the newest first."""
        with reading(self._engine) as connection:
            return records.versions_of(connection, tables.procedure, code, read_procedure)

    def simplifications(self) -> tuple[Simplification, ...]:
        """Items of the plans to simplify procedures, by id."""
        with reading(self._engine) as connection:
            return records.all_records(connection, tables.simplification, read_simplification)

    def tasks(self) -> tuple[Task, ...]:
        """Tasks, by id."""
        with reading(self._engine) as connection:
            return records.all_records(connection, tables.task, read_task)

    def task(self, task_id: str) -> Task:
        """One task."""
        with reading(self._engine) as connection:
            return records.one_record(connection, tables.task, task_id, read_task)

    def task_history(self, task_id: str) -> tuple[RecordVersion[Task], ...]:
        """All that was ever held of a task, each with the days between which its source said so, the newest first."""
        with reading(self._engine) as connection:
            return records.versions_of(connection, tables.task, task_id, read_task)

    def task_reports(self) -> tuple[TaskReport, ...]:
        """What reports say of tasks, by task and day."""
        with reading(self._engine) as connection:
            return records.all_records(connection, tables.task_report, read_report)

    def task_links(self) -> tuple[TaskLink, ...]:
        """What people say governs tasks, by task."""
        with reading(self._engine) as connection:
            return records.all_records(connection, tables.task_link, read_link)

    def imports(self, limit: int | None = None) -> tuple[ImportView, ...]:
        """Imports that brought something, the newest first."""
        with reading(self._engine) as connection:
            return records.imports_of(connection, limit)

    def searchables(self) -> Iterator[Searchable]:
        """All that can be found, streamed from one state of the store, in an order that depends on content alone.

        One for each document, for each provision with words of its own in any edition (ids of a second wording of one path
        end in ``@original``, ``@codified`` …), for each procedure and each task.
        """
        with reading(self._engine) as connection:
            yield from all_searchables(connection)

    def problems(self) -> list[str]:
        """What the database itself finds wrong with its file; empty where it finds nothing, or checks elsewhere."""
        with reading(self._engine) as connection:
            return integrity_problems(connection)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
