"""Keeping what the service holds: a backup, putting it back, and the drill that shows that it could be.

What is slow to import is imported inside the functions, so that ``diagnostic --help`` answers at once.
"""
# ruff: noqa: PLC0415

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.starting import opened, read_settings, writing
from app.console import FAULTY, NOT_READY, say, stop

if TYPE_CHECKING:
    from app.database.backup import Backup

_KEYS = (
    "It holds no key of any survey and not the service’s secret. Keep SECRET_KEY (or the file secret-key in "
    "DATA_FOLDER) apart from it: without it, nobody’s app for codes can be restored."
)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="The backup to write. It must not exist.")],
) -> None:
    """Write a backup of this moment, while the service goes on. It can be restored into either database.

    Ends with 0 when it is written, with 1 when the database cannot be used, and with 2 when the file exists
    or cannot be written.
    """
    from app.database.backup import make_backup
    from app.fieldwork.files.store import FileStore
    from app.web.dates import now

    settings = read_settings()
    if file.exists():
        stop(f"{file} exists. Give the backup another name.", FAULTY)
    try:
        with opened(settings) as database:
            made = make_backup(database.engine, file, now(), FileStore(settings.data_folder).folder)
    except OSError as error:
        stop(f"{file} cannot be written: {error.strerror or error}.", FAULTY)
    say(f"Written: {file}, {_counted(made)}.\n{_KEYS}")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="A backup that this service wrote.")],
    check: Annotated[
        bool,
        typer.Option("--check", help="A drill: restore into a database that is thrown away."),
    ] = False,
) -> None:
    """Put a backup into an empty database, all of it or nothing.

    Ends with 0 when it is restored, with 1 when the database cannot be used, and with 2 when the backup is
    damaged, or the database is not empty.
    """
    from app.database.backup import CannotRestore, restore_backup
    from app.database.migrate import upgrade
    from app.database.session import Database
    from app.fieldwork.files.store import FileStore

    try:
        if check:
            with TemporaryDirectory(prefix="diagnostic-drill-") as folder:
                drill = Database.at(f"sqlite:///{Path(folder) / 'diagnostic.db'}")
                try:
                    upgrade(drill.engine)
                    found = restore_backup(drill.engine, file, FileStore(Path(folder)).folder)
                finally:
                    drill.close()
            say(f"{file} can be restored: {_counted(found)}. Nothing else was changed.")
            return
        settings = read_settings()
        with writing(settings, "restore", "Stop it first."), opened(settings) as database:
            upgrade(database.engine)
            found = restore_backup(database.engine, file, FileStore(settings.data_folder).folder)
    except CannotRestore as error:
        stop(f"{error}\nNothing was changed.", FAULTY)
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror or error}.", NOT_READY)
    say(f"Restored: {_counted(found)}.")


def _counted(backup: "Backup") -> str:
    from app.console import count

    filled = {name: number for name, number in backup.rows.items() if number}
    rows = count(sum(filled.values()), "row", "rows")
    files = f" and {count(len(backup.files), 'attached file', 'attached files')}" if backup.files else ""
    return (
        f"{rows} in {count(len(filled), 'table', 'tables')}{files}, of {backup.made_at:%d %B %Y, %H:%M} UTC"
    )
