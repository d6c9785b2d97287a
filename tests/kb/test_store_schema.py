from __future__ import annotations

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from kb.errors import StoreError
from kb.store import open_store, schema
from kb.store.engine import connect, writing
from kb.store.tables import metadata


def test_migrations_from_nothing_give_the_tables_that_the_program_knows(store_url: str) -> None:
    open_store(store_url).close()
    engine = create_engine(store_url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata) == []
    engine.dispose()


def test_the_newest_migration_is_the_one_named_as_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.HEAD


def test_the_last_step_can_be_taken_back(store_url: str) -> None:
    open_store(store_url).close()
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    engine = connect(store_url)
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
    engine.dispose()
    with open_store(store_url) as store:
        assert store.counts().documents == 0


def test_opening_again_keeps_what_is_stored(store_url: str) -> None:
    for _ in range(2):
        with open_store(store_url) as store:
            assert store.revision == 0


def test_a_store_of_a_newer_program_is_refused(store_url: str) -> None:
    open_store(store_url).close()
    engine = create_engine(store_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'future'"))
    engine.dispose()
    with pytest.raises(StoreError, match="unknown to this program"):
        open_store(store_url)
