"""Killed in the middle of sending: nothing is lost, and what comes twice says that it is the same."""

import signal
from threading import Event

import pytest
import time_machine
from sqlalchemy import select

from app.database.session import Database
from app.mail.carriers import SmtpCarrier
from app.mail.messages import Message
from app.mail.models import OutgoingMail
from app.mail.sending import CLAIMED, Postman
from app.mail.services import post
from app.settings import Settings
from app.web.dates import now
from app.web.secrets import load_secrets
from tests.service.running.process import running
from tests.service.running.sink import LOCAL, Sink, mail_server

LETTER = Message(to="alice@example.org", subject="Join", text="Hello", kind="invitation")


def environment(settings: Settings) -> dict[str, str]:
    """Give a process the settings of this one."""
    return {
        "MAIL": "smtp",
        "SMTP_HOST": settings.smtp_host,
        "SMTP_PORT": str(settings.smtp_port),
        "SMTP_SECURITY": settings.smtp_security,
        "SECRET_KEY": settings.secret_key.get_secret_value(),
        "DATABASE_URL": settings.database_url,
        "BASE_URL": settings.base_url,
    }


def waiting(database: Database) -> list[OutgoingMail]:
    with database.transaction(writes=False) as session:
        return list(session.scalars(select(OutgoingMail)))


def hold(sink: Sink) -> tuple[Event, Event]:
    """Have the server take the message and not answer until told to."""
    given, go_on = Event(), Event()

    def wait(_content: str) -> str:
        given.set()
        go_on.wait(60)
        return ""

    sink.to_message = wait
    return given, go_on


@pytest.mark.allow_hosts([LOCAL])
def test_kill_9_while_the_server_has_the_message_and_has_not_answered(
    settings: Settings, database: Database
) -> None:
    with mail_server() as sink:
        by_smtp = {"mail": "smtp", "smtp_host": LOCAL, "smtp_port": sink.port, "smtp_security": "none"}
        settings = settings.model_copy(update=by_smtp)
        secrets = load_secrets(settings)
        with database.transaction() as session:
            post(session, secrets, LETTER)
        given, go_on = hold(sink)
        with running(
            "work", folder=settings.data_folder, settings=environment(settings), ready="Working."
        ) as worker:
            assert given.wait(60)
            worker.end(signal.SIGKILL)
            go_on.set()
        (row,) = waiting(database)
        assert row.attempts == 1
        assert row.due_at > now()
        postman = Postman(database, secrets, SmtpCarrier(settings))
        assert postman.deliver(Event()) == 0, "it might still be under way"
        with time_machine.travel(now() + CLAIMED):
            assert postman.deliver(Event()) == 1
        assert waiting(database) == []
        assert {mail["Message-ID"] for mail in sink.mails} == {f"<{row.id}@localhost>"}


@pytest.mark.allow_hosts([LOCAL])
def test_a_worker_that_is_asked_to_end_lets_the_message_arrive_first(
    settings: Settings, database: Database
) -> None:
    with mail_server() as sink:
        by_smtp = {"mail": "smtp", "smtp_host": LOCAL, "smtp_port": sink.port, "smtp_security": "none"}
        settings = settings.model_copy(update=by_smtp)
        with database.transaction() as session:
            post(session, load_secrets(settings), LETTER)
        given, go_on = hold(sink)
        with running(
            "work", folder=settings.data_folder, settings=environment(settings), ready="Working."
        ) as worker:
            assert given.wait(60)
            worker.process.send_signal(signal.SIGTERM)
            go_on.set()
            assert worker.process.wait(60) == 0
        assert len(sink.mails) == 1
        assert waiting(database) == []
