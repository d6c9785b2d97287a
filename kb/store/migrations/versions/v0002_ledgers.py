"""The parts of procedures, the plans to simplify them, and the progress of tasks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TASK_TEXTS = {
    "deadline_kind": "unknown",
    "path": "",
    "number": "",
    "product": "",
    "result": "",
    "wording": "restated",
}


def upgrade() -> None:
    """Add columns, with what older rows say of them, and tables."""
    op.add_column("procedure", sa.Column("other_names", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("procedure", sa.Column("legal_bases", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("procedure", sa.Column("parts", sa.JSON(), nullable=True))
    for name, value in _TASK_TEXTS.items():
        op.add_column("task", sa.Column(name, sa.Text(), nullable=False, server_default=value))
    _create("simplification")
    _create("task_report", of_task=True)
    _create("task_link", of_task=True)


def downgrade() -> None:
    """Give up what was added."""
    for name in ("task_link", "task_report", "simplification"):
        op.drop_table(name)
    for name in _TASK_TEXTS:
        op.drop_column("task", name)
    for name in ("parts", "legal_bases", "other_names"):
        op.drop_column("procedure", name)


def _create(name: str, *, of_task: bool = False) -> None:
    sorted_text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    big_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sorted_text, nullable=False),
        sa.Column("digest", big_id, nullable=False),
        *([sa.Column("task_id", sorted_text, nullable=False)] if of_task else []),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("provenance_id", big_id, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("since_import", sa.Integer(), nullable=False),
        sa.Column("until_import", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["provenance_id"], ["provenance.id"], name=op.f(f"fk_{name}_provenance_id")),
        sa.ForeignKeyConstraint(["since_import"], ["import_run.id"], name=op.f(f"fk_{name}_since_import")),
        sa.ForeignKeyConstraint(["until_import"], ["import_run.id"], name=op.f(f"fk_{name}_until_import")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    if of_task:
        op.create_index(op.f(f"ix_{name}_task_id"), name, ["task_id"], unique=False)
    current = sa.text("until_import IS NULL")
    op.create_index(
        f"uq_{name}_current", name, ["source", "key"], unique=True, sqlite_where=current, postgresql_where=current
    )
