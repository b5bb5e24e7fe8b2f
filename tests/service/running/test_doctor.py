"""What the doctor says of the service: its settings, its database and its mail."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text

from app import doctor
from app.database.session import Database
from app.mail.messages import Message
from app.mail.models import MOST_ATTEMPTS, OutgoingMail
from app.mail.services import post
from app.settings import Settings
from app.web.dates import now
from app.web.secrets import load_secrets

LETTER = Message(to="alice@example.org", subject="s", text="t", kind="invitation")


@pytest.fixture(autouse=True)
def environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_FOLDER", str(settings.data_folder))
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("BASE_URL", "http://localhost:8000")


def looked() -> dict[str, doctor.Check]:
    return {check.name: check for check in doctor.service()}


def write(database: Database, settings: Settings) -> None:
    with database.transaction() as session:
        post(session, load_secrets(settings), LETTER)


def test_a_service_in_order_is_well(database: Database) -> None:
    assert {check.state for check in looked().values()} == {"ok"}


def test_wrong_settings_are_named_without_their_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "swordfish")
    check = looked()["Settings"]
    assert check.state == "missing"
    assert "SECRET_KEY" in check.message
    assert "swordfish" not in check.message


def test_a_database_that_must_be_migrated(database: Database, settings: Settings) -> None:
    with database.engine.begin() as connection:
        before = connection.scalar(text("SELECT version_num FROM alembic_version"))
        connection.execute(text("DELETE FROM alembic_version"))
    check = looked()["Database"]
    with database.engine.begin() as connection:
        connection.execute(text("INSERT INTO alembic_version VALUES (:v)"), {"v": before})
    if settings.embedded:
        assert (check.state, check.mend) == ("ok", "")
    else:
        assert (check.state, check.mend) == ("missing", "diagnostic migrate")


def test_a_database_that_cannot_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:swordfish@/x?host=/nowhere")
    check = looked()["Database"]
    assert check.state == "missing"
    assert "swordfish" not in check.message


def test_mail_that_nobody_sends(database: Database, settings: Settings) -> None:
    write(database, settings)
    assert looked()["Mail"].state == "ok"
    with time_machine.travel(now() + timedelta(hours=1)):
        check = looked()["Mail"]
    assert check.state == "warn"
    assert "messages that wait: 1. Nothing sends them." in check.message
    assert check.mend == ("diagnostic serve" if settings.embedded else "diagnostic work")


def test_mail_that_was_given_up(database: Database, settings: Settings) -> None:
    write(database, settings)
    with database.transaction() as session:
        row = session.query(OutgoingMail).one()
        row.attempts, row.problem = MOST_ATTEMPTS, "The mail server refused the recipient (550)."
    check = looked()["Mail"]
    assert check.state == "warn"
    assert "given up: 1. The last problem: The mail server refused the recipient (550)." in check.message
    assert check.mend == "diagnostic work --once --again"
    assert "alice" not in check.message


def test_mail_into_files_is_said_where_people_reach_the_service(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BASE_URL", "https://diagnostic.example")
    message = looked()["Mail"].message
    assert message.startswith("it reaches nobody while MAIL is not smtp.")
    assert "each file in DATA_FOLDER/mail has an address beside its link" in message
    monkeypatch.setenv("MAIL", "console")
    assert looked()["Mail"].message == "it reaches nobody while MAIL is not smtp."


def test_mail_into_files_is_said_to_be_for_trying_out(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "MAIL=file is for trying the service out" in looked()["Mail"].message
    monkeypatch.setenv("MAIL", "smtp")
    assert "trying" not in looked()["Mail"].message
