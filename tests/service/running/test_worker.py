"""What happens by itself: each job in its turn, none in the way of another, and an end when asked for."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import time_machine
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.accounts.models import AccountLink, FailedAttempt, SignedInSession
from app.accounts.signed_in import IDLE, LONGEST
from app.commissioning.models import Authority
from app.database.session import Database
from app.mail.carriers import FileCarrier
from app.mail.messages import Message
from app.mail.services import post
from app.settings import Settings
from app.web.dates import now
from app.web.logs import set_up_logs
from app.web.secrets import Secrets, load_secrets
from app.worker import JOBS, Job, Worker
from tests.service.people import People

START = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


@pytest.fixture
def secrets(settings: Settings) -> Secrets:
    return load_secrets(settings)


@pytest.fixture
def worker(database: Database, settings: Settings, secrets: Secrets) -> Iterator[Worker]:
    made = Worker(database, secrets, FileCarrier(settings))
    yield made
    made.end()


def count(database: Database, table: type[Any]) -> int:
    with database.transaction(writes=False) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_sessions_links_and_attempts_go_when_they_open_nothing_any_more(
    database: Database, worker: Worker, people: People
) -> None:
    with time_machine.travel(START, tick=False) as clock:
        with database.transaction() as session:
            session.add(SignedInSession(account_id=people.alice, token_hash=b"1" * 32))
            session.add(
                SignedInSession(
                    account_id=people.bob,
                    token_hash=b"2" * 32,
                    started_at=START - LONGEST + timedelta(minutes=1),
                )
            )
            link = {"account_id": people.bob, "purpose": "join", "expires_at": START + timedelta(hours=1)}
            session.add(AccountLink(token_hash=b"3" * 32, **link))
            session.add(FailedAttempt(subject=b"4" * 32))
        assert worker.work_once()
        assert (count(database, SignedInSession), count(database, AccountLink)) == (2, 1)
        for after, left in (
            (timedelta(minutes=2), (1, 1, 1)),
            (IDLE + timedelta(minutes=1), (0, 1, 1)),
            (timedelta(hours=1, minutes=1), (0, 0, 1)),
            (timedelta(days=1, minutes=1), (0, 0, 0)),
        ):
            clock.move_to(START + after)
            again = Worker(database, worker.postman.secrets, worker.postman.carrier)
            assert again.work_once()
            tables = (SignedInSession, AccountLink, FailedAttempt)
            assert tuple(count(database, table) for table in tables) == left, after


def test_mail_leaves_while_the_worker_runs(
    database: Database, worker: Worker, secrets: Secrets, settings: Settings
) -> None:
    worker.start()
    with database.transaction() as session:
        post(session, secrets, Message(to="alice@example.org", subject="s", text="t", kind="invitation"))
    wait_for(settings.data_folder / "mail", "*.eml")


def wait_for(folder: Path, pattern: str) -> None:
    for _ in range(400):
        if list(folder.glob(pattern)):
            return
        Event().wait(0.05)
    raise AssertionError(f"{pattern} did not come")


def test_a_job_that_fails_stops_no_other_and_is_undone_and_said(
    database: Database, settings: Settings, secrets: Secrets, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(session: Session, _moment: datetime) -> int:
        session.add(Authority(code="XHALF", name="Half", kind="invented", region="None"))
        session.flush()
        raise RuntimeError("alice@example.org")

    def works(session: Session, _moment: datetime) -> int:
        session.add(Authority(code="XDONE", name="Done", kind="invented", region="None"))
        return 1

    worker = Worker(
        database, secrets, FileCarrier(settings), (Job("fails", fails, 60), Job("works", works, 60))
    )
    with database.transaction() as session:
        session.execute(delete(Authority))
        post(session, secrets, Message(to="bob@example.org", subject="s", text="t"))
    set_up_logs("plain")
    assert not worker.work_once()
    with database.transaction(writes=False) as session:
        assert session.scalars(select(Authority.code)).all() == ["XDONE"]
    wait_for(settings.data_folder / "mail", "*.eml")
    lines = capsys.readouterr().err
    assert "a job failed job=fails" in lines
    assert "alice" not in lines
    worker.end()


def test_a_job_waits_its_time_and_one_that_failed_is_tried_at_once(
    database: Database, settings: Settings, secrets: Secrets
) -> None:
    done: list[str] = []

    def often(_session: Session, _moment: datetime) -> int:
        done.append("often")
        return 0

    def first_fails(_session: Session, _moment: datetime) -> int:
        done.append("fails")
        if done.count("fails") == 1:
            raise RuntimeError
        return 0

    jobs = (Job("often", often, 3600), Job("fails", first_fails, 3600))
    worker = Worker(database, secrets, FileCarrier(settings), jobs)
    assert [worker.work_once() for _ in range(3)] == [False, True, True]
    assert done == ["often", "fails", "fails"]
    worker.end()


def test_a_lost_database_is_borne_until_it_is_back(
    database: Database, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Session, "commit", lost)
    assert not worker.work_once()
    monkeypatch.undo()
    assert worker.work_once()


def test_the_worker_ends_when_it_is_told_to(worker: Worker) -> None:
    worker.start()
    worker.end()
    assert not worker._thread.is_alive()


def test_every_job_can_be_done_twice(database: Database, people: People) -> None:
    for job in (*JOBS, *JOBS):
        with database.transaction() as session:
            job.do(session, now())
