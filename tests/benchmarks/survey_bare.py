"""Bare handlers to compare with: they serve the bytes of the product's pages and write the rows it writes.

They render nothing, seal nothing, check nothing, and read nothing but the link's token. Their database is
set as the product's is, so that a commit waits for the disk as often.
"""

import json
import os
import secrets
import sqlite3
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from threading import Lock, local
from typing import Any
from uuid import UUID

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.database.engine import SQLITE_SETTINGS

COOKIE = "__Host-ballot"
_SETTINGS = json.loads(os.environ["BARE_HANDLERS"])
_PAGES = {
    (page["method"], page["path"]): (
        page["status"],
        [(name.encode(), value.encode()) for name, value in page["headers"]],
        page["body"].encode(),
    )
    for page in json.loads(Path(_SETTINGS["pages"]).read_text(encoding="utf-8"))
}
_SURVEY = UUID(_SETTINGS["survey"])
_SEVERAL = _SETTINGS["database"].startswith("postgresql")
_threads = local()
# One writer at a time, as SQLite wants it; waiting here costs less than asking it again and again.
_writing = Lock()
Statements = Sequence[tuple[str, tuple[Any, ...]]]


def _connection() -> Any:
    if not hasattr(_threads, "connection"):
        if _SEVERAL:
            import psycopg

            _threads.connection = psycopg.connect(_SETTINGS["database"])
        else:
            path = _SETTINGS["database"].removeprefix("sqlite:///")
            _threads.connection = sqlite3.connect(path, timeout=15, isolation_level=None)
            for name, value in SQLITE_SETTINGS.items():
                _threads.connection.execute(f"PRAGMA {name} = {value}")
    return _threads.connection


def _write(statements: Statements) -> None:
    if _SEVERAL:
        with _connection().transaction():
            for statement, values in statements:
                _connection().execute(statement.replace("?", "%s"), values)
        return
    with _writing:
        connection = _connection()
        connection.execute("BEGIN IMMEDIATE")
        for statement, values in statements:
            connection.execute(statement, values)
        connection.execute("COMMIT")


def _draft(token: bytes) -> Statements:
    return [
        (
            "INSERT INTO drafts (found_by, diagnostic_id, sealed) VALUES (?, ?, ?) "
            "ON CONFLICT (found_by) DO UPDATE SET sealed = excluded.sealed",
            (token, _survey(), secrets.token_bytes(_SETTINGS["draft"])),
        )
    ]


def _submission(token: bytes) -> Statements:
    return [
        ("DELETE FROM ballots WHERE token_hash = ?", (token,)),
        (
            "INSERT INTO spent_marks (token_hash, diagnostic_id, kind) VALUES (?, ?, ?)",
            (token, _survey(), "individual"),
        ),
        (
            "INSERT INTO inbox (id, diagnostic_id, sealed) VALUES (?, ?, ?)",
            (secrets.token_bytes(16), _survey(), secrets.token_bytes(_SETTINGS["inbox"])),
        ),
        ("DELETE FROM drafts WHERE found_by = ?", (token,)),
    ]


def _survey() -> Any:
    return _SURVEY if _SEVERAL else _SURVEY.hex


def _page(path: str, writes: Callable[[bytes], Statements] | None = None) -> Callable[[Request], Response]:
    """Make a handler that gives what the product gave."""

    def handler(request: Request) -> Response:
        if writes is not None and request.method == "POST":
            _write(writes(sha256(request.cookies[COOKIE].encode()).digest()))
        status, headers, body = _PAGES[request.method, path.format(page=request.path_params.get("page"))]
        answer = Response(body, status)
        answer.raw_headers = headers
        return answer

    return handler


app = Starlette(
    routes=[
        Route("/s/begin", _page("/s/begin"), methods=["POST"]),
        Route("/s/{token}", _page("/s/{{token}}")),
        Route("/survey/questions/{page}", _page("/survey/questions/{page}", _draft), methods=["GET", "POST"]),
        Route("/survey/check", _page("/survey/check")),
        Route("/survey/submit", _page("/survey/submit", _submission), methods=["POST"]),
    ]
)
