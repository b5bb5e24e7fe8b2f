"""The commands that back up, restore and drill; and invented staff of a demonstration."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.database.migrate import upgrade
from app.database.session import Database
from tests.service.people import fill


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder whose database holds something."""
    database = Database.at(f"sqlite:///{tmp_path / 'data' / 'diagnostic.db'}")
    upgrade(database.engine)
    with database.transaction() as session:
        fill(session)
    database.close()
    return tmp_path / "data"


def run(folder: Path, *arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(one) for one in arguments], env={"DATA_FOLDER": str(folder)})
    return result.exit_code, result.output


def test_a_backup_is_written_drilled_and_restored(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    code, said = run(folder, "backup", file)
    assert code == 0, said
    assert "It holds no key of any survey" in said
    code, said = run(folder, "restore", file, "--check")
    assert (code, "can be restored" in said) == (0, True), said
    code, said = run(tmp_path / "elsewhere", "restore", file)
    assert (code, "Restored:" in said) == (0, True), said


def test_nothing_is_overwritten(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    run(folder, "backup", file)
    before = file.read_bytes()
    assert run(folder, "backup", file)[0] == 2
    assert file.read_bytes() == before
    code, said = run(folder, "restore", file)
    assert (code, "not empty" in said) == (2, True), said


def test_a_file_that_is_no_backup_is_refused_in_words(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "photo.zip").write_bytes(b"not a backup")
    code, said = run(tmp_path / "elsewhere", "restore", tmp_path / "photo.zip")
    assert (code, "is no backup, or is damaged" in said) == (2, True), said


def test_invented_staff_answer_on_this_machine_only() -> None:
    result = CliRunner().invoke(app, ["demo-respondents", "https://diagnostic.example.org/o/code"])
    assert result.exit_code == 2
    assert "on this machine" in result.output
