"""Running the service: serve its pages, migrate its database, do what happens by itself.

What is slow to import is imported inside the functions, so that ``diagnostic --help`` answers at once.
"""
# ruff: noqa: PLC0415

import socket
import threading
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer

from app.commands.starting import (
    bring_up_to_date,
    ending_cleanly,
    opened,
    read_settings,
    refuse_demonstration,
    writing,
)
from app.console import NOT_READY, complain, count, say, stop

if TYPE_CHECKING:
    from uvicorn import Config

    from app.settings import Settings
    from app.worker import Worker

HOST, PORT = "127.0.0.1", 8000
_SECONDS_TO_BEGIN, _SECONDS_TO_FINISH = 60, 10
_WAITING = 2048
_SELF = "“diagnostic serve” does this by itself"


def serve(
    host: Annotated[
        str, typer.Option(help="The address to listen on. 0.0.0.0 listens on all of this machine’s.")
    ] = HOST,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port to listen on. 0 takes a free one.")
    ] = PORT,
    workers: Annotated[
        int, typer.Option(min=1, help="How many processes answer. More than one needs PostgreSQL.")
    ] = 1,
) -> None:
    """Serve the pages. With the embedded database it also migrates, sends mail and tidies up.

    Ends with 0 after Ctrl-C or SIGTERM, with 1 when the port, the database or its lock cannot be had,
    and with 2 when settings are wrong.
    """
    settings = read_settings()
    if workers > 1 and settings.embedded:
        stop("The embedded database takes one process. Set DATABASE_URL, or leave --workers out.", NOT_READY)
    with ending_cleanly() as asked:
        serve_pages(settings, host, port, asked, workers=workers)


def serve_pages(
    settings: "Settings",
    host: str,
    port: int,
    asked: threading.Event,
    *,
    workers: int = 1,
    also: Callable[[], None] | None = None,
) -> None:
    """Serve until interrupted, or ``asked`` to end. ``also`` is called when the pages can be opened."""
    refuse_demonstration(settings)
    instead = "Stop it first, or give this one another DATA_FOLDER."
    with writing(settings, "serve", instead), closing(_listen(host, port)) as listener:
        port = listener.getsockname()[1]
        settings = _reached_at(settings, port)
        with opened(settings) as database:
            bring_up_to_date(database, migrating=settings.embedded)
        _warn_of(settings, host)

        def tell() -> None:
            say(_where(settings, host, port))
            if also is not None:
                also()

        if workers > 1:
            _several(settings, listener, workers, tell, asked)
        else:
            _one(settings, listener, tell, asked)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except socket.gaierror:
        stop(f"“{host}” is not an address of this machine. Give --host another one.", NOT_READY)
    except OSError as error:
        stop(f"Port {port} cannot be had ({error.strerror}). Give --port another one.", NOT_READY)
    listener.set_inheritable(True)
    return listener


def _reached_at(settings: "Settings", port: int) -> "Settings":
    """Where nobody said under which address people come, it is this machine's, with the port."""
    if "base_url" in settings.model_fields_set:
        return settings
    return settings.model_copy(update={"base_url": f"http://localhost:{port}"})


def _warn_of(settings: "Settings", host: str) -> None:
    reached = urlsplit(settings.base_url)
    local = reached.hostname in ("localhost", HOST)
    if reached.scheme == "http" and not local:
        complain("BASE_URL begins with http. Browsers keep people signed in over https only: see README.")
    if local and host not in ("localhost", HOST, "::1"):
        complain(f"Only {settings.base_url} is answered. Set BASE_URL to the address that people type.")
    if not settings.embedded:
        complain("Mail is sent by “diagnostic work”. Run it beside this.")


def _where(settings: "Settings", host: str, port: int) -> str:
    at = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    reached = urlsplit(settings.base_url)
    behind = "" if reached.port == port else f" It listens on {at}."
    return f"The service is at {settings.base_url}.{behind} Ctrl-C ends it."


def server_config(settings: "Settings", app: Any, **more: Any) -> "Config":
    """Give uvicorn's configuration: without its own log, which would hold addresses."""
    from uvicorn import Config

    return Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
        backlog=_WAITING,
        **more,
    )


def _one(
    settings: "Settings", listener: socket.socket, tell: Callable[[], None], asked: threading.Event
) -> None:
    from uvicorn import Server

    from app.main import create_app

    worker: list[Worker] = []

    class Telling(Server):
        """Begins what happens beside the pages once they can be opened, and says that they can."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            tell()
            if settings.embedded:
                worker.append(_start_worker(settings))
            self.should_exit |= asked.is_set()

    try:
        Telling(server_config(settings, create_app(settings), workers=1)).run(sockets=[listener])
    finally:
        for one in worker:
            one.end()


def _start_worker(settings: "Settings") -> "Worker":
    from app.worker import Worker

    worker = Worker.of(settings)
    worker.start()
    return worker


def _several(
    settings: "Settings",
    listener: socket.socket,
    workers: int,
    tell: Callable[[], None],
    asked: threading.Event,
) -> None:
    import os

    from uvicorn.config import STARTUP_FAILURE
    from uvicorn.supervisors import Multiprocess

    from app.web.logs import set_up_logs

    set_up_logs(settings.log_format)
    os.environ["BASE_URL"] = settings.base_url
    config = server_config(settings, "app.main:from_environment", factory=True, workers=workers)

    class Telling(Multiprocess):
        """Says when one of the processes answers."""

        def init_processes(self) -> None:
            super().init_processes()
            if self.processes[0].wait_until_ready(_SECONDS_TO_BEGIN):
                tell()
            if asked.is_set():
                self.should_exit.set()

    processes = Telling(config, sockets=[listener])
    processes.run()
    if any(one.exitcode == STARTUP_FAILURE for one in processes.processes):
        stop("The processes could not start; the lines above say why.", NOT_READY)


def migrate() -> None:
    """Bring the database’s tables up to date.

    Ends with 0 when they are, with 1 when the database or its lock cannot be had, and with 2 when
    settings are wrong.
    """
    settings = read_settings()
    instead = f"{_SELF} when it starts."
    with writing(settings, "migrate", instead), opened(settings) as database:
        changed = bring_up_to_date(database, migrating=True)
    say("The database is up to date now." if changed else "The database was up to date already.")


def work(
    once: Annotated[bool, typer.Option("--once", help="Do what is due now, and end.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Also try mail once more that was given up.")
    ] = False,
) -> None:
    """Send mail and tidy up until stopped. Needed beside “serve” with PostgreSQL only.

    Ends with 0, with 1 when the database or its lock cannot be had, and with 2 when settings are wrong.
    """
    from app.web.logs import set_up_logs

    settings = read_settings()
    set_up_logs(settings.log_format)
    instead = f"{_SELF}. Stop it first if you need this command."
    with ending_cleanly() as asked, writing(settings, "work", instead):
        with opened(settings) as database:
            bring_up_to_date(database, migrating=settings.embedded)
            if again:
                _try_again(database)
        from app.worker import Worker

        worker = Worker.of(settings)
        if once:
            went_well = worker.work_once()
            worker.end()
            if not went_well:
                stop("Not all could be done; the lines above say what stood in the way.", NOT_READY)
            return
        say("Working. Ctrl-C ends it.")
        worker.start()
        try:
            asked.wait()
        finally:
            worker.end()


def _try_again(database: Any) -> None:
    from app.mail.services import try_again

    with database.transaction() as session:
        found = try_again(session)
    say(f"{count(found, 'message is', 'messages are')} tried again.")
