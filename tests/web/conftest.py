"""The pages over a made-up home: asked in process, served on a free port, opened in a browser."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import httpx
import pytest
import uvicorn
from anyio.from_thread import start_blocking_portal
from fastapi import FastAPI
from playwright.sync_api import Browser, sync_playwright

from kb.settings import Settings
from tests.left_out import left_out
from tests.web.made_up import make_home
from web.app import create_app

Ask = Callable[..., httpx.Response]


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a home with the made-up knowledge base."""
    return make_home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def app(settings: Settings) -> FastAPI:
    return create_app(settings)


@pytest.fixture(scope="session")
def ask(app: FastAPI) -> Iterator[Ask]:
    """Ask the application in process: ``ask(path, method="GET", …)``; redirects are not followed."""
    with ExitStack() as stack:
        portal = stack.enter_context(start_blocking_portal())
        stack.enter_context(portal.wrap_async_context_manager(app.router.lifespan_context(app)))
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        client = stack.enter_context(
            portal.wrap_async_context_manager(httpx.AsyncClient(transport=transport, base_url="http://localhost"))
        )

        def send(path: str, method: str = "GET", **more: object) -> httpx.Response:
            return portal.call(lambda: client.request(method, path, **more))  # type: ignore[arg-type]  # a test's own mixture

        yield send


@pytest.fixture(scope="session")
def site(settings: Settings) -> Iterator[str]:
    """The address of the application, served on a free port of the loopback."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(create_app(settings), log_level="critical", ws="none", server_header=False)
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; without it the tests that need one are skipped, unless CI says that nothing may be."""
    path = shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(path).exists():
        reason = "no Chromium to open the pages with (Debian: apt-get install chromium)"
        left_out(reason)
    quiet = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=quiet)
        yield opened
        opened.close()
