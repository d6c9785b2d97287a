"""The schema of an opened store: made, brought up to date, or refused."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from kb.errors import StoreError
from kb.store.engine import reading, writing

HEAD = "0002"  # the newest migration, named here so that an up-to-date store opens without Alembic
MIGRATIONS = Path(__file__).parent / "migrations"


def bring_up_to_date(engine: Engine) -> None:
    """Migrate to the newest schema.

    Raises ``StoreError`` where the address cannot be reached, is no store, or holds the schema of a newer program.
    """
    try:
        with reading(engine) as connection:
            if _version(connection) == HEAD:
                return
        with writing(engine) as connection:
            if _version(connection) != HEAD:  # another process may have been quicker
                _migrate(connection)
    except SQLAlchemyError as error:
        address = engine.url.render_as_string()
        raise StoreError(f"The store at {address} cannot be opened: {error}.", "Check the address.") from error


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return version


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError(
            f"The schema of the store is unknown to this program: {error}.", "Use the newer program that wrote it."
        ) from error
