"""Attached files in a backup: whole, with the rows that name them, or not at all."""

import hashlib
import zipfile
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from app.cli import app
from app.database.backup import CannotRestore, make_backup, read_backup, restore_backup
from app.database.migrate import upgrade
from app.database.session import Database
from app.fieldwork.files.store import FileStore
from app.fieldwork.models import Attachment, FieldworkRecord
from app.settings import Settings
from app.web.dates import now
from tests.service.people import People

CONTENT = b"%PDF-1.7 what was attached"


@pytest.fixture
def store(settings: Settings) -> FileStore:
    return FileStore(settings.data_folder)


@pytest.fixture
def attached(database: Database, people: People, here: UUID, store: FileStore) -> str:
    """The random name of a file that belongs to a record."""
    stored = store.put(CONTENT)
    with database.transaction() as session:
        record = FieldworkRecord(
            diagnostic_id=here, code="D01", source="document", kind="strategy", created_by=people.dana
        )
        session.add(record)
        session.flush()
        session.add(
            Attachment(
                record_id=record.id,
                name="strategy.pdf",
                media_type="application/pdf",
                size=len(CONTENT),
                sha256=hashlib.sha256(CONTENT).hexdigest(),
                stored=stored,
                added_by=people.dana,
            )
        )
    return stored


@pytest.fixture
def empty(tmp_path: Path) -> Database:
    made = Database.at(f"sqlite:///{tmp_path / 'empty' / 'diagnostic.db'}")
    upgrade(made.engine)
    return made


def test_a_file_is_restored_with_its_row(
    database: Database, store: FileStore, attached: str, empty: Database, tmp_path: Path
) -> None:
    (store.folder / "notes.txt").write_text("nobody attached this")
    made = make_backup(database.engine, tmp_path / "backup.zip", now(), store.folder)
    assert list(made.files) == [attached]
    other = FileStore(tmp_path / "empty")
    assert restore_backup(empty.engine, tmp_path / "backup.zip", other.folder).files == made.files
    with empty.transaction(writes=False) as session:
        file = session.scalars(select(Attachment)).one()
    assert other.get(file.stored, file.sha256) == CONTENT
    assert (other.folder / attached).stat().st_mode & 0o777 == 0o600
    assert list(other.folder.iterdir()) == [other.folder / attached]


def test_a_file_that_was_damaged_in_the_backup_is_refused_and_nothing_is_written(
    database: Database, store: FileStore, attached: str, empty: Database, tmp_path: Path
) -> None:
    path, damaged = tmp_path / "backup.zip", tmp_path / "damaged.zip"
    make_backup(database.engine, path, now(), store.folder)
    for changed in ("content", "name"):
        with zipfile.ZipFile(path) as archive, zipfile.ZipFile(damaged, "w") as other:
            for name in archive.namelist():
                content = archive.read(name)
                if changed == "content" and name.startswith("files/"):
                    content = content.replace(b"what", b"that")
                if changed == "name" and name == "manifest.json":
                    content = content.replace(attached.encode(), b"../../../../../../../evil")
                other.writestr(name, content)
        folder = FileStore(tmp_path / "empty").folder
        with pytest.raises(CannotRestore, match="damaged"):
            restore_backup(empty.engine, damaged, folder)
        assert not folder.exists()
        assert not (tmp_path / "evil").exists()
    with empty.transaction(writes=False) as session:
        assert session.scalars(select(Attachment)).all() == []


def test_files_that_are_there_are_not_mixed_with_those_of_a_backup(
    database: Database, store: FileStore, attached: str, empty: Database, tmp_path: Path
) -> None:
    make_backup(database.engine, tmp_path / "backup.zip", now(), store.folder)
    other = FileStore(tmp_path / "empty")
    other.put(b"somebody else's")
    with pytest.raises(CannotRestore, match="not empty"):
        restore_backup(empty.engine, tmp_path / "backup.zip", other.folder)


def test_a_restore_that_fails_takes_its_files_away_again(
    database: Database, store: FileStore, attached: str, empty: Database, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    make_backup(database.engine, tmp_path / "backup.zip", now(), store.folder)

    def broken_off(*_: object) -> None:
        (tmp_path / "empty" / "fieldwork-files").mkdir()
        (tmp_path / "empty" / "fieldwork-files" / attached).write_bytes(b"half")
        raise OSError("no space left")

    monkeypatch.setattr("app.database.backup._write_files", broken_off)
    folder = FileStore(tmp_path / "empty").folder
    with pytest.raises(OSError, match="no space"):
        restore_backup(empty.engine, tmp_path / "backup.zip", folder)
    assert not folder.exists()
    with empty.transaction(writes=False) as session:
        assert session.scalars(select(Attachment)).all() == []


def test_the_commands_carry_files_too(tmp_path: Path) -> None:
    database = Database.at(f"sqlite:///{tmp_path / 'data' / 'diagnostic.db'}")
    upgrade(database.engine)
    database.close()
    stored = FileStore(tmp_path / "data").put(CONTENT)

    def run(folder: str, *arguments: object) -> str:
        environment = {"DATA_FOLDER": str(tmp_path / folder)}
        result = CliRunner().invoke(app, [str(one) for one in arguments], env=environment)
        assert result.exit_code == 0, result.output
        return result.output

    file = tmp_path / "backup.zip"
    assert "1 attached file" in run("data", "backup", file)
    assert "1 attached file" in run("data", "restore", file, "--check")
    assert "1 attached file" in run("elsewhere", "restore", file)
    assert (FileStore(tmp_path / "elsewhere").folder / stored).read_bytes() == CONTENT
    assert read_backup(file).files == {stored: hashlib.sha256(CONTENT).hexdigest()}
