"""Runs migrations on the connection that the store hands over, or (for developers) on the address in ``-x url=…``."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from kb.store.engine import connect, writing
from kb.store.tables import metadata


def run(connection: Connection) -> None:
    """Apply what was asked for, inside the transaction that is open."""
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True)
    context.run_migrations()


if __name__ == "env_py":  # the name Alembic loads it under; any other import only defines
    handed_over = context.config.attributes.get("connection")
    if handed_over is not None:
        run(handed_over)
    else:
        with writing(connect(context.get_x_argument(as_dictionary=True)["url"])) as own:
            run(own)
