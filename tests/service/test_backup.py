"""A backup of one moment, restored into either engine."""

import json
import zipfile
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.database.backup import CannotRestore, make_backup, read_backup, restore_backup
from app.database.base import Base
from app.database.migrate import upgrade
from app.database.session import Database
from app.survey.keys import KeyStore
from app.survey.models import Survey
from app.survey.services.closing import Outcome, close
from app.survey.services.stored import stored_answers
from app.web.dates import now
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


@pytest.fixture
def empty(tmp_path: Path) -> Database:
    made = Database.at(f"sqlite:///{tmp_path / 'empty' / 'diagnostic.db'}")
    upgrade(made.engine)
    return made


def test_what_is_restored_is_what_was_there(
    database: Database, survey_id: UUID, empty: Database, tmp_path: Path
) -> None:
    let_answer(database, survey_id, STAFF)
    path = tmp_path / "backup.zip"
    made = make_backup(database.engine, path, now())
    assert made.rows["inbox"] == 12
    restore_backup(empty.engine, path)
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
