"""The tables of the store.

=====================  ==============================================================================================
revision               one row: a counter that every committed change of content raises; the index says which it saw
import_run             one import that brought something: source, file, sha256, times (UTC), counts by kind
import_unused          what an import could not use, and why
provenance             where something was seen; its id is made from its content, so that each place stands once
document               a document with the one value of each fact that is shown, its permanent slug and lookup keys
slug_alias             slugs a document had before its type was corrected
source_id              the id of a document in a source (an ItemID of vbpl.vn)
document_fact          every value of every fact of a document with where it was seen: conflicts stand side by side
edition                one text of a document from one source
provision              what holds a text of its own: điều, preamble, annex, signature, item; and the headings above them
clause                 khoản, điểm and items below a provision, as spans of its text: no second copy is kept
relation               one document acting on another (sửa đổi, thay thế …); its id is made from its content
relation_evidence      where a relation was seen, with the source's own wording
unresolved_relation    a relation one end of which could not be told
agency, succession     agencies under each name they held, and who took over from whom
indicator, procedure   figures of reports; administrative procedures
simplification         items of the plans to simplify procedures
task                   tasks as documents assign them
task_report, task_link what reports say of a task's progress; what people say governs it
=====================  ==============================================================================================

History: rows that say something (document_fact, provision, relation_evidence and the records from unresolved_relation
down) are never rewritten. ``source`` says which importing source states them, ``since_import`` the import that brought
them, ``until_import`` the one in which that source no longer said so, NULL while it does.

Dates known in part are ISO text (``2022``, ``2022-01``); whole days are DATE. Text that is not known is empty.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_SORTED = Text().with_variant(Text(collation="C"), "postgresql")  # sorts by code point on both databases
_BIG_ID = BigInteger().with_variant(Integer(), "sqlite")


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=False)


def _content_id() -> Column[int]:
    return Column("id", _BIG_ID, primary_key=True, autoincrement=False)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _refers(name: str, to: str, *, index: bool = False) -> Column[int]:
    return Column(name, ForeignKey(to), nullable=False, index=index)


def _history() -> tuple[Column[str], Column[int], Column[int | None]]:
    return (
        Column("source", Text, nullable=False),
        _refers("since_import", "import_run.id"),
        Column("until_import", ForeignKey("import_run.id"), nullable=True),
    )


def _equality(table: str, column: str) -> Index:
    """An index to find equal values by; hashed on PostgreSQL, whose trees refuse long ones."""
    return Index(f"ix_{table}_{column}", column, postgresql_using="hash")


def _only_current(name: str, *columns: str, unique: bool = False) -> Index:
    """An index of the rows that still hold."""
    current = text("until_import IS NULL")
    return Index(name, *columns, unique=unique, sqlite_where=current, postgresql_where=current)


revision = Table("revision", metadata, _id(), Column("value", Integer, nullable=False))

import_run = Table(
    "import_run",
    metadata,
    _id(),
    Column("source", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False, index=True),
    Column("started", DateTime, nullable=False),
    Column("finished", DateTime, nullable=True),
    Column("counts", JSON, nullable=False),
)

import_unused = Table(
    "import_unused",
    metadata,
    Column("import_id", ForeignKey("import_run.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("what", Text, nullable=False),
    Column("why", Text, nullable=False),
)

provenance = Table(
    "provenance",
    metadata,
    _content_id(),
    Column("source", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("confidence", Text, nullable=False),
    Column("retrieved", Date, nullable=True),
    Column("sha256", Text, nullable=True),
    _text("place"),
    _text("note"),
    _equality("provenance", "address"),
)

document = Table(
    "document",
    metadata,
    _id(),
    Column("slug", _SORTED, nullable=False, unique=True),
    _text("type"),
    _text("number"),
    _text("number_key"),
    _text("serial"),
    Column("year", SmallInteger, nullable=True),  # of the number, or of the date of issue where the number has none
    _text("issuer"),
    _text("issued"),
    _text("title"),
    _text("title_key"),
    Column("effective", Date, nullable=True),
    Column("expires", Date, nullable=True),
    _text("signer"),
    _text("place"),
    _text("status"),
    _text("status_wording"),
    _text("relevance"),
    Column("fields", JSON, nullable=False),
    Column("cited_only", Boolean, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("has_text", Boolean, nullable=False),
    _equality("document", "number_key"),
    _equality("document", "title_key"),
    _equality("document", "serial"),
)

slug_alias = Table(
    "slug_alias",
    metadata,
    Column("slug", _SORTED, primary_key=True),
    _refers("document_id", "document.id", index=True),
)

source_id = Table(
    "source_id",
    metadata,
    Column("source", Text, primary_key=True),
    Column("source_id", Text, primary_key=True),
    _refers("document_id", "document.id", index=True),
)

document_fact = Table(
    "document_fact",
    metadata,
    _id(),
    _refers("document_id", "document.id", index=True),
    Column("name", Text, nullable=False),
    Column("value", Text, nullable=False),
    _refers("provenance_id", "provenance.id", index=True),
    # Stated by a citation of the document, not by a description of it: no later import takes it back.
    Column("by_reference", Boolean, nullable=False),
    *_history(),
    _only_current("ix_document_fact_current", "source"),
)

edition = Table(
    "edition",
    metadata,
    _id(),
    _refers("document_id", "document.id"),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("source", Text, nullable=False),
    _refers("provenance_id", "provenance.id"),  # the newest: of the last import that gave it
    Column("complete", Boolean, nullable=True),
    _refers("since_import", "import_run.id"),
    UniqueConstraint("document_id", "name"),
)

provision = Table(
    "provision",
    metadata,
    _id(),
    _refers("edition_id", "edition.id"),
    Column("path", Text, nullable=False),
    _text("parent_path"),
    Column("kind", Text, nullable=False),
    _text("label"),
    _text("heading"),
    _text("text"),
    Column("ordering", _SORTED, nullable=False),
    Column("effective", Date, nullable=True),
    _text("source_code"),
    _text("subject"),
    _text("note"),
    _refers("provenance_id", "provenance.id", index=True),
    Column("digest", _BIG_ID, nullable=False),
    *_history(),
    Index("ix_provision_edition_id_path", "edition_id", "path"),
    _only_current("ix_provision_current", "edition_id", "ordering"),
    _only_current("uq_provision_current_path", "edition_id", "path", unique=True),
)

clause = Table(
    "clause",
    metadata,
    Column("provision_id", ForeignKey("provision.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("depth", SmallInteger, nullable=False),
    Column("kind", Text, nullable=False),
    _text("label"),
    Column("path", Text, nullable=False),
    _text("heading"),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    sqlite_with_rowid=False,
)

relation = Table(
    "relation",
    metadata,
    _content_id(),
    Column("kind", Text, nullable=False),
    _refers("subject_id", "document.id", index=True),
    _text("subject_path"),
    _refers("object_id", "document.id", index=True),
    _text("object_path"),
    Column("effective", Date, nullable=True),
)

relation_evidence = Table(
    "relation_evidence",
    metadata,
    _id(),
    _refers("relation_id", "relation.id", index=True),
    _refers("provenance_id", "provenance.id", index=True),
    _text("wording"),
    *_history(),
    _only_current("ix_relation_evidence_current", "source"),
)

unresolved_relation = Table(
    "unresolved_relation",
    metadata,
    _id(),
    Column("key", Text, nullable=False),
    Column("digest", _BIG_ID, nullable=False),
    Column("kind", Text, nullable=False),
    _text("subject"),
    _text("subject_path"),
    _text("object"),
    _text("object_path"),
    Column("effective", Date, nullable=True),
    _text("wording"),
    Column("reason", Text, nullable=False),
    Column("candidates", JSON, nullable=False),
    _refers("provenance_id", "provenance.id"),
    *_history(),
)

agency = Table(
    "agency",
    metadata,
    _id(),
    Column("key", _SORTED, nullable=False),
    Column("digest", _BIG_ID, nullable=False),
    Column("slug", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("abbreviations", JSON, nullable=False),
    Column("held_from", Date, nullable=True),
    Column("held_to", Date, nullable=True),
    _refers("provenance_id", "provenance.id"),
    *_history(),
)

succession = Table(
    "succession",
    metadata,
    _id(),
    Column("key", _SORTED, nullable=False),
    Column("digest", _BIG_ID, nullable=False),
    Column("predecessor", Text, nullable=False, index=True),
    Column("successor", Text, nullable=False, index=True),
    Column("on", Date, nullable=True),
    _text("part"),
    _refers("provenance_id", "provenance.id"),
    *_history(),
)

indicator = Table(
    "indicator",
    metadata,
    _id(),
    Column("key", _SORTED, nullable=False),
    Column("digest", _BIG_ID, nullable=False),
    Column("group", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("numerator", Text, nullable=False),  # decimal text: the figure exactly as reported
    Column("denominator", Text, nullable=True),
    Column("unit", Text, nullable=False),
    Column("as_of", Date, nullable=False),
    _text("qualifier"),
    _refers("provenance_id", "provenance.id"),
    *_history(),
)

procedure = Table(
    "procedure",
    metadata,
    _id(),
    Column("key", _SORTED, nullable=False, index=True),
    Column("digest", _BIG_ID, nullable=False),
    Column("name", Text, nullable=False),
    _text("issuer"),
    _text("executing"),
    _text("field"),
    Column("other_names", JSON, nullable=False),
    Column("legal_bases", JSON, nullable=False),
    Column("parts", JSON(none_as_null=True), nullable=True),
    _refers("provenance_id", "provenance.id"),
    *_history(),
)

simplification = Table(
    "simplification",
    metadata,
    _id(),
    Column("key", _SORTED, nullable=False),
    Column("digest", _BIG_ID, nullable=False),
    Column("content", JSON, nullable=False),
    _refers("provenance_id", "provenance.id"),
    *_history(),
)

task = Table(
    "task",
    metadata,
    _id(),
    Column("key", _SORTED, nullable=False, index=True),
    Column("digest", _BIG_ID, nullable=False),
    Column("summary", Text, nullable=False),
    _text("document_type"),
    _text("document_number"),
    _text("document_issuer"),
    _text("document_issued"),
    _text("document_title"),
    _text("document_wording"),
    Column("document_source_id", JSON, nullable=True),
    _text("place"),
    _text("lead"),
    _text("coordinating"),
    Column("deadline", Date, nullable=True),
    _text("deadline_wording"),
    _text("assigned_in"),
    _text("state_wording"),
    _text("deadline_kind"),
    _text("path"),
    _text("number"),
    _text("product"),
    _text("result"),
    _text("wording"),
    _refers("provenance_id", "provenance.id"),
    *_history(),
)


def _of_task(name: str) -> Table:
    return Table(
        name,
        metadata,
        _id(),
        Column("key", _SORTED, nullable=False),
        Column("digest", _BIG_ID, nullable=False),
        Column("task_id", _SORTED, nullable=False, index=True),
        Column("content", JSON, nullable=False),
        _refers("provenance_id", "provenance.id"),
        *_history(),
    )


task_report = _of_task("task_report")
task_link = _of_task("task_link")

RECORDS = (
    unresolved_relation,
    agency,
    succession,
    indicator,
    procedure,
    simplification,
    task,
    task_report,
    task_link,
)
for _table in RECORDS:
    _table.append_constraint(_only_current(f"uq_{_table.name}_current", "source", "key", unique=True))
