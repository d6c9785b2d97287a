"""Settings: every one may be given in the environment as ``DEAN06_<NAME>``."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where the data lives and within which limits the program works."""

    model_config = SettingsConfigDict(env_prefix="DEAN06_", extra="ignore")

    home: Path = Field(
        default_factory=lambda: user_data_path("dean06"),
        description="Folder that holds the store and the index.",
    )
    database: str = Field(
        default="",
        description="Address of the store; empty means SQLite in the home folder. PostgreSQL: postgresql+psycopg://…",
    )
    host: str = Field(default="127.0.0.1", description="Address the web UI listens on.")
    port: int = Field(default=8006, ge=0, le=65535, description="Port the web UI listens on.")
    allowed_hosts: list[str] = Field(
        default=["127.0.0.1", "localhost", "[::1]"],
        description="Names the web UI answers to, as a JSON list; a request for another host is refused.",
    )
    query_length: int = Field(default=1000, ge=1, description="Longest query accepted, in characters.")
    page_size: int = Field(default=20, ge=1, le=100, description="Hits on one page of results.")
    deepest_hit: int = Field(default=10_000, ge=1, description="Furthest hit that can be paged to.")

    @property
    def database_url(self) -> str:
        """The store's address as SQLAlchemy reads it."""
        return self.database or f"sqlite:///{self.home / 'store.sqlite'}"

    @property
    def index_home(self) -> Path:
        """The folder of the index generations."""
        return self.home / "index"
