"""A backup is one file that either engine can be restored from: all tables at one moment, row by row.

It holds what the database holds, the files that are attached to records, and nothing else. The keys of
surveys and the service's secret lie outside it, so that a backup opens no answers and no second factors. Rows
stand in the order of their keys, never of their arrival.
"""

import base64
import hashlib
import io
import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection
from sqlite3 import Error as SQLiteError
from sqlite3 import connect
from typing import Any
from uuid import UUID

from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, StaticPool, Table, create_engine, func, insert, select

from app.database.base import Base, Moment

FORMAT = "evidence-use-diagnostic backup 2"
_MANIFEST = "manifest.json"
# Attached files have such names and no others, so that no backup can write anywhere else.
_FILE = re.compile(r"[0-9a-f]{32}")
_ROWS_AT_ONCE = 500


class CannotRestore(RuntimeError):
    """A backup cannot be read, is damaged, or does not fit the database."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: the tables' revision, when it was made, the rows of each table, and files.

    ``files`` holds the SHA-256 of each attached file by its random name.
    """

    revision: str
    made_at: datetime
    rows: dict[str, int]
    files: dict[str, str] = field(default_factory=dict)


def _tables() -> list[Table]:
    """Give all tables, those that others point at first."""
    return list(Base.metadata.sorted_tables)


def make_backup(engine: Engine, path: Path, moment: datetime, files: Path | None = None) -> Backup:
    """Write a backup of one moment, while the service goes on. The file appears whole or not at all.

    ``files`` is the folder of attached files. They are added when the rows are written. One that is removed
    meanwhile is left out; one that comes meanwhile belongs to no row, and is removed after a restore.
    """
    partial = path.with_name(f"{path.name}.part")
    try:
        with os.fdopen(os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                with _one_moment(engine, path) as connection:
                    revision = MigrationContext.configure(connection).get_current_revision() or ""
                    counts, digests = _add_tables(archive, connection)
                kept = dict(_add_files(archive, files))
                manifest = {
                    "format": FORMAT,
                    "revision": revision,
                    "made_at": moment.astimezone(UTC).isoformat(),
                    "rows": counts,
                    "sha256": digests,
                    "files": kept,
                }
                archive.writestr(_MANIFEST, json.dumps(manifest, indent=2))
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return Backup(revision, moment, counts, kept)


@contextmanager
def _one_moment(engine: Engine, path: Path) -> Iterator[Connection]:
    """Give a connection that sees one moment of the database, and in which nobody else has to wait for it."""
    if engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with engine.execution_options(**options).connect() as connection:
            yield connection
        return
    with _copy_without_a_name(path) as copy:
        source = engine.raw_connection()
        try:
            # SQLite's own way: as long as it copies the pages, and no longer, nobody can commit.
            source.driver_connection.backup(copy)  # type: ignore[union-attr] # a connection of sqlite3
        except SQLiteError as error:
            raise OSError(str(error)) from error
        finally:
            source.close()
        copied = create_engine("sqlite://", creator=lambda: copy, poolclass=StaticPool, hide_parameters=True)
        with copied.connect() as connection:
            yield connection


@contextmanager
def _copy_without_a_name(path: Path) -> Iterator[SQLiteConnection]:
    """Give an empty database beside a backup that has no name before anything is in it.

    So however the command ends, no copy is left over.
    """
    unnamed = path.with_name(f"{path.name}.copy")
    unnamed.unlink(missing_ok=True)
    os.close(os.open(unnamed, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(connect(unnamed, isolation_level=None)) as copy:
        try:
            # Without a journal, which would have a name.
            for setting in ("journal_mode = off", "synchronous = off", "temp_store = memory"):
                copy.execute(f"PRAGMA {setting}").close()
            # Only now does SQLite open the file.
            copy.execute("SELECT 1 FROM sqlite_master").close()
        finally:
            unnamed.unlink()
        yield copy


def _add_tables(archive: zipfile.ZipFile, connection: Connection) -> tuple[dict[str, int], dict[str, str]]:
    """Write all tables; give how many rows each has, and its digest."""
    counts, digests = {}, {}
    for table in _tables():
        digest, number = hashlib.sha256(), 0
        with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as entry:
            for line in _lines(connection, table):
                entry.write(line)
                digest.update(line)
                number += 1
        counts[table.name], digests[table.name] = number, digest.hexdigest()
    return counts, digests


def _add_files(archive: zipfile.ZipFile, folder: Path | None) -> Iterator[tuple[str, str]]:
    if folder is None or not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        content = None
        with suppress(FileNotFoundError):
            content = path.read_bytes() if _FILE.fullmatch(path.name) else None
        if content is not None:
            # What is attached is packed already.
            archive.writestr(f"files/{path.name}", content, zipfile.ZIP_STORED)
            yield path.name, hashlib.sha256(content).hexdigest()


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    query = select(table).order_by(*table.primary_key.columns)
    for row in connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(query):
        values = {column.name: _plain(value) for column, value in zip(table.columns, row, strict=True)}
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, UUID):
        return value.hex
    return value.isoformat() if isinstance(value, date) else value


def _value(column_type: type[Any], value: Any) -> Any:
    if value is None:
        return None
    if column_type is bytes:
        return base64.b64decode(value, validate=True)
    if column_type is UUID:
        return UUID(value)
    if column_type in (datetime, date):
        return column_type.fromisoformat(value)
    return value


def read_backup(path: Path) -> Backup:
    """Check that a backup is whole, row by row.

    Raises
    ------
    CannotRestore
        Where it is not.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read(_MANIFEST))
            if manifest["format"] != FORMAT:
                raise CannotRestore(f"{path} is no backup that this version can read.")
            for name, digest in manifest["sha256"].items():
                found = hashlib.sha256()
                with archive.open(f"{name}.jsonl") as entry:
                    for line in entry:
                        found.update(line)
                if found.hexdigest() != digest:
                    raise CannotRestore(f"{path} is damaged: the table {name} is not as it was written.")
            for name, digest in manifest["files"].items():
                if (
                    not _FILE.fullmatch(name)
                    or hashlib.sha256(archive.read(f"files/{name}")).hexdigest() != digest
                ):
                    raise CannotRestore(f"{path} is damaged: a file is not as it was written.")
            return Backup(
                manifest["revision"],
                datetime.fromisoformat(manifest["made_at"]),
                dict(manifest["rows"]),
                dict(manifest["files"]),
            )
    except (OSError, zipfile.BadZipFile, ValueError, KeyError) as error:
        raise CannotRestore(f"{path} is no backup, or is damaged: {type(error).__name__}.") from error


def restore_backup(engine: Engine, path: Path, files: Path | None = None) -> Backup:
    """Fill an empty database, on which the same migrations have run, from a backup; all of it or nothing.

    ``files`` is the folder into which the attached files go.

    Raises
    ------
    CannotRestore
        Where the backup is damaged or of another revision, or the database or the folder holds anything.
    """
    backup = read_backup(path)
    if files is not None and files.is_dir() and any(files.iterdir()):
        raise CannotRestore(f"The folder of attached files is not empty: {files}.")
    with (
        _undone_if_broken_off(files),
        engine.begin() as connection,
        zipfile.ZipFile(path) as archive,
    ):
        revision = MigrationContext.configure(connection).get_current_revision() or ""
        if revision != backup.revision:
            raise CannotRestore(
                f"The backup is of revision {backup.revision}, and the database of {revision or 'none'}. Use "
                "the version of the service that made the backup, and upgrade afterwards."
            )
        filled = [
            table.name for table in _tables() if connection.scalar(select(func.count()).select_from(table))
        ]
        if filled:
            raise CannotRestore(f"The database is not empty: there are rows in {', '.join(filled[:3])}.")
        for table in _tables():
            _fill(connection, table, archive)
        if files is not None:
            _write_files(archive, backup, files)
    return backup


@contextmanager
def _undone_if_broken_off(folder: Path | None) -> Iterator[None]:
    """Take the files away again where the rows that name them cannot be kept; there was none before."""
    try:
        yield
    except BaseException:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _write_files(archive: zipfile.ZipFile, backup: Backup, folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in backup.files:
        descriptor = os.open(folder / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(archive.read(f"files/{name}"))
            file.flush()
            os.fsync(file.fileno())


def _fill(connection: Connection, table: Table, archive: zipfile.ZipFile) -> None:
    batch: list[dict[str, Any]] = []
    for row in _parents_first(table, _rows(table, archive)):
        batch.append(row)
        if len(batch) == _ROWS_AT_ONCE:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)


def _rows(table: Table, archive: zipfile.ZipFile) -> Iterator[dict[str, Any]]:
    kinds = {
        column.name: datetime if isinstance(column.type, Moment) else column.type.python_type
        for column in table.columns
    }
    with io.TextIOWrapper(archive.open(f"{table.name}.jsonl"), encoding="utf-8") as lines:
        for line in lines:
            yield {name: _value(kinds[name], value) for name, value in json.loads(line).items()}


def _parents_first(table: Table, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give the rows that others of their table point at before those, such as a wave before the next one."""
    own = [(key.parent.name, key.column.name) for key in table.foreign_keys if key.column.table is table]
    if not own:
        yield from rows
        return
    there: set[tuple[str, Any]] = set()
    waiting = list(rows)
    while waiting:
        ready: list[dict[str, Any]] = []
        later: list[dict[str, Any]] = []
        for row in waiting:
            known = all(row[name] is None or (to, row[name]) in there for name, to in own)
            (ready if known else later).append(row)
        # Where none is ready, the database says what is wrong.
        yield from ready or later
        there.update((to, row[to]) for row in ready for _, to in own)
        waiting = later if ready else []
