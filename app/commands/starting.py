"""What the commands of the service do first: read the settings, take the lock, look at the database.

What is slow to import is imported inside the functions, so that ``diagnostic --help`` answers at once.
"""
# ruff: noqa: PLC0415

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, NoReturn

from app.console import FAULTY, NOT_READY, say, stop

if TYPE_CHECKING:
    from app.database.session import Database
    from app.settings import Settings

MIGRATE = "diagnostic migrate"
# A file of this name marks a data folder that `diagnostic demo` filled.
DEMONSTRATION = "demonstration"


def read_settings(**given: Any) -> "Settings":
    """Read the settings from the environment; ``given`` ones count more. A wrong one ends the command."""
    from pydantic import ValidationError

    from app.settings import Settings

    try:
        return Settings(**given)
    except ValidationError as error:
        # Without the values: one of them may be a password.
        lines = [f"  {_name_of(one['loc'])}{_reason(one)}" for one in error.errors(include_input=False)]
        stop("\n".join(["These settings are wrong:", *lines]), FAULTY)


def _name_of(place: tuple[int | str, ...]) -> str:
    return f"{str(place[0]).upper()}: " if place else ""


def _reason(error: Any) -> str:
    cause = error.get("ctx", {}).get("error")
    return f"{cause or error['msg']}."


@contextmanager
def ending_cleanly() -> Iterator[Event]:
    """Let Ctrl-C and SIGTERM end the block, and the command with it, as if its work were done.

    Gives what SIGTERM sets. The exception that it raises may come where Python drops every exception, such as
    while an object is deleted; whatever waits for long has to look at this too.
    """
    asked = Event()

    def interrupt(_signal: int, _frame: object) -> NoReturn:
        asked.set()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield asked
    except KeyboardInterrupt:
        asked.set()
    finally:
        signal.signal(signal.SIGTERM, before)
    if asked.is_set():
        say("Stopped.")


@contextmanager
def writing(settings: "Settings", command: str, instead: str) -> Iterator[None]:
    """Be the only command that writes to the embedded database; PostgreSQL takes many.

    ``instead`` tells what to do where another command is writing, such as which page does the same.
    """
    if not settings.embedded:
        yield
        return
    from app.database.lock import InUse, only_writer

    try:
        with only_writer(Path(settings.address.removeprefix("sqlite:///")), command):
            yield
    except InUse as error:
        stop(f"{error} {instead}", NOT_READY)
    except PermissionError as error:
        stop(f"{error.filename} cannot be written. Set DATA_FOLDER to a folder that can.", NOT_READY)


def refuse_demonstration(settings: "Settings") -> None:
    """Serve what `diagnostic demo` filled as what it is: the passwords in it were printed."""
    if not settings.demo and (settings.data_folder / DEMONSTRATION).exists():
        stop(f"{settings.data_folder} holds a demonstration. To serve it as one, set DEMO=1.", FAULTY)


@contextmanager
def opened(settings: "Settings") -> Iterator["Database"]:
    """Open the database, and say in plain words where it cannot be used."""
    from sqlalchemy.exc import DBAPIError

    from app.database.engine import UnsafeDatabase, check_engine
    from app.database.session import Database
    from app.web.logs import describe_error

    database = Database.at(settings.address)
    try:
        check_engine(database.engine)
        yield database
    except UnsafeDatabase as error:
        stop(str(error), NOT_READY)
    except DBAPIError as error:
        where = "the file in DATA_FOLDER" if settings.embedded else "DATABASE_URL, and that PostgreSQL runs"
        stop(f"The database cannot be used. Check {where}. {describe_error(error)}", NOT_READY)
    finally:
        database.close()


def bring_up_to_date(database: "Database", *, migrating: bool) -> bool:
    """Have the tables as the code needs them, and the list of authorities; say whether tables were changed.

    Without ``migrating`` a database that needs it ends the command, with the one to run.
    """
    from app.database.revision import State, state_of

    state = state_of(database.engine)
    if state is State.AHEAD:
        stop("This database belongs to a later version of the service. Install that version.", NOT_READY)
    changed = state is not State.CURRENT
    if changed and not migrating:
        stop(f"The database is not up to date. Run: {MIGRATE}", NOT_READY)
    if changed:
        from app.database.migrate import upgrade

        upgrade(database.engine)
    from sqlalchemy.exc import IntegrityError

    import app.rooms  # noqa: F401 - tables that point at each other must all be known
    from app.commissioning.services.authorities import sync_authorities

    try:
        with database.transaction() as session:
            sync_authorities(session)
    except IntegrityError:
        # Another machine that started at the same time has just done it.
        return changed
    return changed
