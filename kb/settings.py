"""Settings: every one may be given in the environment as ``DEAN06_<NAME>``."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, field_validator
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

    crawl_contact: str = Field(
        default="",
        description="Mail address or page by which the owner of a source can reach you; without it nothing is crawled.",
    )
    crawl_delay: float = Field(
        default=1.0,
        ge=0,
        description="Shortest pause between two requests to one host, in seconds; what a source asks for is kept besides.",
    )
    crawl_concurrency: int = Field(default=1, ge=1, le=3, description="Requests to one host at a time.")
    crawl_timeout: float = Field(
        default=60.0, gt=0, description="Longest wait for an answer, in seconds; of a package, the longest silence."
    )
    crawl_largest: int = Field(default=100_000_000, ge=1, description="Largest answer taken, in bytes.")
    crawl_largest_package: int = Field(default=1_000_000_000, ge=1, description="Largest package taken, in bytes.")
    crawl_retries: int = Field(
        default=3, ge=0, le=10, description="Further tries for what may pass (timeouts, 429, 5xx)."
    )
    crawl_backoff: float = Field(
        default=5.0, ge=0, description="Pause before the first further try, in seconds; doubled for each one after it."
    )
    crawl_longest_wait: float = Field(
        default=900.0, ge=0, description="Longest pause that is waited for when a server asks for one, in seconds."
    )
    crawl_extra_certificate: Path | None = Field(
        default=None,
        description="PEM file with one more certificate to trust, for a site that leaves out its intermediate one.",
    )
    crawl_vbpl: bool = Field(
        default=False, description="Turns on the crawl of vbpl, after its note was read (`dean06 crawl vbpl` shows it)."
    )
    crawl_allow_loopback: bool = Field(
        default=False, description="For tests: lets crawls connect to this very machine."
    )
    crawl_replay: str = Field(
        default="",
        description="For tests: a loopback server (http://127.0.0.1:PORT) that answers for all sources, told by Host.",
    )

    @field_validator("crawl_contact")
    @classmethod
    def _reachable(cls, value: str) -> str:
        if value and (not value.isprintable() or not value.isascii() or ("@" not in value and "://" not in value)):
            raise ValueError("neither a mail address nor the address of a page")
        return value

    @field_validator("crawl_replay")
    @classmethod
    def _loopback(cls, value: str) -> str:
        if value and (
            urlsplit(value).hostname not in {"127.0.0.1", "::1"} or urlsplit(value).scheme not in {"http", "https"}
        ):
            raise ValueError("not a server on this machine (http://127.0.0.1:PORT)")
        return value

    @property
    def database_url(self) -> str:
        """The store's address as SQLAlchemy reads it."""
        return self.database or f"sqlite:///{self.home / 'store.sqlite'}"

    @property
    def index_home(self) -> Path:
        """The folder of the index generations."""
        return self.home / "index"
