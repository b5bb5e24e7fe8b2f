"""The service on a port of this computer, for a real browser."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from pydantic import SecretStr

from app.database.session import Database
from app.main import create_app
from app.settings import Settings


@contextmanager
def served(database: Database, address: str, folder: Path) -> Iterator[str]:
    """Serve a migrated database, and give the address that people would type."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # Browsers take a localhost without HTTPS for safe enough to keep the cookies of the service.
    settings = Settings(
        data_folder=folder,
        database_url=address,
        base_url=f"http://localhost:{port}",
        secret_key=SecretStr("for tests only, and long enough to be taken"),
    )
    server = uvicorn.Server(
        uvicorn.Config(create_app(settings, database), port=port, log_level="error", lifespan="off")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            thread.join(0.02)
            assert thread.is_alive(), "the server did not start"
        yield settings.base_url
    finally:
        server.should_exit = True
        thread.join(10)
