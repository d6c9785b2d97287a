"""The tables of the store."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = (
    "document",
    "import_run",
    "provenance",
    "revision",
    "agency",
    "document_fact",
    "edition",
    "import_unused",
    "indicator",
    "procedure",
    "relation",
    "slug_alias",
    "source_id",
    "succession",
    "task",
    "unresolved_relation",
    "provision",
    "relation_evidence",
    "clause",
)


def upgrade() -> None:
    """Take the step."""
    _create_documents_and_imports()
    _create_what_is_said_of_them()
    _create_texts_and_evidence()
    op.execute("INSERT INTO revision (id, value) VALUES (1, 0)")


def downgrade() -> None:
    """Take it back."""
    for table in reversed(_TABLES):
        op.drop_table(table)


def _create_documents_and_imports() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slug", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("number_key", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("issued", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("effective", sa.Date(), nullable=True),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_wording", sa.Text(), nullable=False),
        sa.Column("relevance", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("cited_only", sa.Boolean(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("has_text", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("slug", name=op.f("uq_document_slug")),
    )
    op.create_index("ix_document_number_key", "document", ["number_key"], unique=False, postgresql_using="hash")
    op.create_index("ix_document_serial", "document", ["serial"], unique=False, postgresql_using="hash")
    op.create_index("ix_document_title_key", "document", ["title_key"], unique=False, postgresql_using="hash")

    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("started", sa.DateTime(), nullable=False),
        sa.Column("finished", sa.DateTime(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_index(op.f("ix_import_run_sha256"), "import_run", ["sha256"], unique=False)

    op.create_table(
        "provenance",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.Column("retrieved", sa.Date(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provenance")),
    )
    op.create_index("ix_provenance_address", "provenance", ["address"], unique=False, postgresql_using="hash")

    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
    )


def _create_what_is_said_of_them() -> None:
    op.create_table(
        "agency",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("digest", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("abbreviations", sa.JSON(), nullable=False),
        sa.Column("held_from", sa.Date(), nullable=True),
        sa.Column("held_to", sa.Date(), nullable=True),
        sa.Column("provenance_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("since_import", sa.Integer(), nullable=False),
        sa.Column("until_import", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["provenance_id"], ["provenance.id"], name=op.f("fk_agency_provenance_id")),
        sa.ForeignKeyConstraint(["since_import"], ["import_run.id"], name=op.f("fk_agency_since_import")),
        sa.ForeignKeyConstraint(["until_import"], ["import_run.id"], name=op.f("fk_agency_until_import")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
    )
    op.create_index(op.f("ix_agency_slug"), "agency", ["slug"], unique=False)
    op.create_index(
        "uq_agency_current",
        "agency",
        ["source", "key"],
        unique=True,
        sqlite_where=sa.text("until_import IS NULL"),
        postgresql_where=sa.text("until_import IS NULL"),
    )

    op.create_table(
        "document_fact",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("provenance_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("by_reference", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("since_import", sa.Integer(), nullable=False),
        sa.Column("until_import", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_fact_document_id")),
        sa.ForeignKeyConstraint(["provenance_id"], ["provenance.id"], name=op.f("fk_document_fact_provenance_id")),
        sa.ForeignKeyConstraint(["since_import"], ["import_run.id"], name=op.f("fk_document_fact_since_import")),
        sa.ForeignKeyConstraint(["until_import"], ["import_run.id"], name=op.f("fk_document_fact_until_import")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_fact")),
    )
    op.create_index(
        "ix_document_fact_current",
        "document_fact",
        ["source"],
        unique=False,
        sqlite_where=sa.text("until_import IS NULL"),
        postgresql_where=sa.text("until_import IS NULL"),
    )
    op.create_index(op.f("ix_document_fact_document_id"), "document_fact", ["document_id"], unique=False)
    op.create_index(op.f("ix_document_fact_provenance_id"), "document_fact", ["provenance_id"], unique=False)

    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("provenance_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=True),
        sa.Column("since_import", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_edition_document_id")),
        sa.ForeignKeyConstraint(["provenance_id"], ["provenance.id"], name=op.f("fk_edition_provenance_id")),
        sa.ForeignKeyConstraint(["since_import"], ["import_run.id"], name=op.f("fk_edition_since_import")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("document_id", "name", name=op.f("uq_edition_document_id_name")),
    )
    op.create_table(
        "import_unused",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["import_run.id"], name=op.f("fk_import_unused_import_id")),
        sa.PrimaryKeyConstraint("import_id", "position", name=op.f("pk_import_unused")),
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("digest", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("numerator", sa.Text(), nullable=False),
        sa.Column("denominator", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("qualifier", sa.Text(), nullable=False),
        sa.Column("provenance_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("since_import", sa.Integer(), nullable=False),
        sa.Column("until_import", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["provenance_id"], ["provenance.id"], name=op.f("fk_indicator_provenance_id")),
        sa.ForeignKeyConstraint(["since_import"], ["import_run.id"], name=op.f("fk_indicator_since_import")),
        sa.ForeignKeyConstraint(["until_import"], ["import_run.id"], name=op.f("fk_indicator_until_import")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
    )
    op.create_index(
        "uq_indicator_current",
        "indicator",
        ["source", "key"],
        unique=True,
        sqlite_where=sa.text("until_import IS NULL"),
        postgresql_where=sa.text("until_import IS NULL"),
    )

    op.create_table(
        "procedure",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("digest", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("executing", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("provenance_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("since_import", sa.Integer(), nullable=False),
        sa.Column("until_import", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["provenance_id"], ["provenance.id"], name=op.f("fk_procedure_provenance_id")),
        sa.ForeignKeyConstraint(["since_import"], ["import_run.id"], name=op.f("fk_procedure_since_import")),
        sa.ForeignKeyConstraint(["until_import"], ["import_run.id"], name=op.f("fk_procedure_until_import")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure")),
    )
    op.create_index(op.f("ix_procedure_key"), "procedure", ["key"], unique=False)
    op.create_index(
        "uq_procedure_current",
        "procedure",
        ["source", "key"],
        unique=True,
        sqlite_where=sa.text("until_import IS NULL"),
        postgresql_where=sa.text("until_import IS NULL"),
    )

    op.create_table(
        "relation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("subject_path", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("object_path", sa.Text(), nullable=False),
        sa.Column("effective", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["object_id"], ["document.id"], name=op.f("fk_relation_object_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["document.id"], name=op.f("fk_relation_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation")),
    )
    op.create_index(op.f("ix_relation_object_id"), "relation", ["object_id"], unique=False)
    op.create_index(op.f("ix_relation_subject_id"), "relation", ["subject_id"], unique=False)

    op.create_table(
        "slug_alias",
        sa.Column("slug", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_slug_alias_document_id")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_slug_alias")),
    )
    op.create_index(op.f("ix_slug_alias_document_id"), "slug_alias", ["document_id"], unique=False)

    op.create_table(
        "source_id",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_source_id_document_id")),
        sa.PrimaryKeyConstraint("source", "source_id", name=op.f("pk_source_id")),
    )
    op.create_index(op.f("ix_source_id_document_id"), "source_id", ["document_id"], unique=False)

    op.create_table(
        "succession",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("digest", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("predecessor", sa.Text(), nullable=False),
        sa.Column("successor", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("provenance_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("since_import", sa.Integer(), nullable=False),
        sa.Column("until_import", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["provenance_id"], ["provenance.id"], name=op.f("fk_succession_provenance_id")),
        sa.ForeignKeyConstraint(["since_import"], ["import_run.id"], name=op.f("fk_succession_since_import")),
        sa.ForeignKeyConstraint(["until_import"], ["import_run.id"], name=op.f("fk_succession_until_import")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_succession")),
    )
    op.create_index(op.f("ix_succession_predecessor"), "succession", ["predecessor"], unique=False)
    op.create_index(op.f("ix_succession_successor"), "succession", ["successor"], unique=False)
    op.create_index(
        "uq_succession_current",
        "succession",
        ["source", "key"],
        unique=True,
        sqlite_where=sa.text("until_import IS NULL"),
        postgresql_where=sa.text("until_import IS NULL"),
    )

    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("digest", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("document_type", sa.Text(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("document_issuer", sa.Text(), nullable=False),
        sa.Column("document_issued", sa.Text(), nullable=False),
        sa.Column("document_title", sa.Text(), nullable=False),
        sa.Column("document_wording", sa.Text(), nullable=False),
        sa.Column("document_source_id", sa.JSON(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("coordinating", sa.Text(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("deadline_wording", sa.Text(), nullable=False),
        sa.Column("assigned_in", sa.Text(), nullable=False),
        sa.Column("state_wording", sa.Text(), nullable=False),
        sa.Column("provenance_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("since_import", sa.Integer(), nullable=False),
        sa.Column("until_import", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["provenance_id"], ["provenance.id"], name=op.f("fk_task_provenance_id")),
        sa.ForeignKeyConstraint(["since_import"], ["import_run.id"], name=op.f("fk_task_since_import")),
        sa.ForeignKeyConstraint(["until_import"], ["import_run.id"], name=op.f("fk_task_until_import")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    op.create_index(op.f("ix_task_key"), "task", ["key"], unique=False)
    op.create_index(
        "uq_task_current",
        "task",
        ["source", "key"],
        unique=True,
        sqlite_where=sa.text("until_import IS NULL"),
        postgresql_where=sa.text("until_import IS NULL"),
    )

    op.create_table(
        "unresolved_relation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("digest", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_path", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("object_path", sa.Text(), nullable=False),
        sa.Column("effective", sa.Date(), nullable=True),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("provenance_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("since_import", sa.Integer(), nullable=False),
        sa.Column("until_import", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["provenance_id"], ["provenance.id"], name=op.f("fk_unresolved_relation_provenance_id")
        ),
        sa.ForeignKeyConstraint(["since_import"], ["import_run.id"], name=op.f("fk_unresolved_relation_since_import")),
        sa.ForeignKeyConstraint(["until_import"], ["import_run.id"], name=op.f("fk_unresolved_relation_until_import")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unresolved_relation")),
    )
    op.create_index(
        "uq_unresolved_relation_current",
        "unresolved_relation",
        ["source", "key"],
        unique=True,
        sqlite_where=sa.text("until_import IS NULL"),
        postgresql_where=sa.text("until_import IS NULL"),
    )


def _create_texts_and_evidence() -> None:
    op.create_table(
        "provision",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("parent_path", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ordering", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("effective", sa.Date(), nullable=True),
        sa.Column("source_code", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("provenance_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("since_import", sa.Integer(), nullable=False),
        sa.Column("until_import", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_provision_edition_id")),
        sa.ForeignKeyConstraint(["provenance_id"], ["provenance.id"], name=op.f("fk_provision_provenance_id")),
        sa.ForeignKeyConstraint(["since_import"], ["import_run.id"], name=op.f("fk_provision_since_import")),
        sa.ForeignKeyConstraint(["until_import"], ["import_run.id"], name=op.f("fk_provision_until_import")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provision")),
    )
    op.create_index(
        "ix_provision_current",
        "provision",
        ["edition_id", "ordering"],
        unique=False,
        sqlite_where=sa.text("until_import IS NULL"),
        postgresql_where=sa.text("until_import IS NULL"),
    )
    op.create_index("ix_provision_edition_id_path", "provision", ["edition_id", "path"], unique=False)
    op.create_index(op.f("ix_provision_provenance_id"), "provision", ["provenance_id"], unique=False)
    op.create_index(
        "uq_provision_current_path",
        "provision",
        ["edition_id", "path"],
        unique=True,
        sqlite_where=sa.text("until_import IS NULL"),
        postgresql_where=sa.text("until_import IS NULL"),
    )

    op.create_table(
        "relation_evidence",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("relation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("provenance_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("since_import", sa.Integer(), nullable=False),
        sa.Column("until_import", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["provenance_id"], ["provenance.id"], name=op.f("fk_relation_evidence_provenance_id")),
        sa.ForeignKeyConstraint(["relation_id"], ["relation.id"], name=op.f("fk_relation_evidence_relation_id")),
        sa.ForeignKeyConstraint(["since_import"], ["import_run.id"], name=op.f("fk_relation_evidence_since_import")),
        sa.ForeignKeyConstraint(["until_import"], ["import_run.id"], name=op.f("fk_relation_evidence_until_import")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation_evidence")),
    )
    op.create_index(
        "ix_relation_evidence_current",
        "relation_evidence",
        ["source"],
        unique=False,
        sqlite_where=sa.text("until_import IS NULL"),
        postgresql_where=sa.text("until_import IS NULL"),
    )
    op.create_index(op.f("ix_relation_evidence_provenance_id"), "relation_evidence", ["provenance_id"], unique=False)
    op.create_index(op.f("ix_relation_evidence_relation_id"), "relation_evidence", ["relation_id"], unique=False)

    op.create_table(
        "clause",
        sa.Column("provision_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("depth", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["provision_id"], ["provision.id"], name=op.f("fk_clause_provision_id")),
        sa.PrimaryKeyConstraint("provision_id", "position", name=op.f("pk_clause")),
        sqlite_with_rowid=False,
    )
