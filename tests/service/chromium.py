"""The service on a port, and a real browser that opens it."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from uuid import UUID

import uvicorn
from pydantic import SecretStr

from app.accounts.signed_in import COOKIE, start_session
from app.commands.running import server_config
from app.database.session import Database
from app.main import create_app
from app.settings import Settings
from tests.report.chromium import NEEDS_A_BROWSER, NEEDS_A_SOCKET, bring_axe, faults_of, started

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

__all__ = (
    "NEEDS_CHROMIUM",
    "SECRET_KEY",
    "bring_axe",
    "chromium",
    "faults_of",
    "leave_by",
    "new_page",
    "served",
    "session_of",
    "started",
)
NEEDS_CHROMIUM = [NEEDS_A_SOCKET, NEEDS_A_BROWSER]
# With which a served site signs and seals.
SECRET_KEY = "for tests only, and long enough to be taken"
_SECONDS_TO_START = 30


@contextmanager
def served(database: Database, folder: Path, **more: Any) -> Iterator[str]:
    """Serve a database on a free port, and give the address; ``more`` are other settings."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    address = f"http://localhost:{listener.getsockname()[1]}"
    settings = Settings(
        data_folder=folder,
        base_url=address,
        secret_key=SecretStr(SECRET_KEY),
        support_email="help@example.org",
        operator="Example Institute",
        **more,
    )
    server = uvicorn.Server(server_config(settings, create_app(settings, database), ws="none"))
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    until = time.monotonic() + _SECONDS_TO_START
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        assert time.monotonic() < until, "the server did not start in time"
        time.sleep(0.05)
    try:
        yield address
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


def new_page(browser: "Browser", width: int, *, scripts: bool = True, session: str = "") -> "Page":
    """Open a window; ``session`` is the token of whoever is signed in."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=scripts, locale="en-GB"
    )
    if session:
        cookie = {"name": COOKIE, "value": session, "domain": "localhost", "path": "/"}
        context.add_cookies([{**cookie, "secure": True, "httpOnly": True}])  # type: ignore[typeddict-item]
    return context.new_page()


@contextmanager
def chromium(width: int, *, scripts: bool = True, session: str = "") -> Iterator["Page"]:
    """Open a browser with one window."""
    with started() as browser:
        yield new_page(browser, width, scripts=scripts, session=session)


def session_of(database: Database, account_id: UUID) -> str:
    """Sign somebody in, and give the token."""
    with database.transaction() as session:
        return start_session(session, account_id)


def leave_by(target: "Locator") -> None:
    """Click what leads to another page, and wait until all of that is there.

    A click alone waits until the other page begins to come, which may be before there is anything of it.
    """
    with target.page.expect_navigation():
        target.click()
