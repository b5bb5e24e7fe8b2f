"""Killed again and again while it invites staff: nobody is written to twice unless a person decides so."""

import random
import re
import signal
from collections import Counter
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest
from sqlalchemy import select, update

from app.database.session import Database
from app.settings import Settings
from app.survey.invitations.sending import SENDING, SENT, WAITING
from app.survey.invitations.services import add_addresses
from app.survey.models import Ballot, StaffAddress, Survey
from app.survey.tokens import hash_of
from tests.service.running.process import Running, running
from tests.service.running.sink import LOCAL, Sink, mail_server
from tests.service.running.test_killed import environment
from tests.service.survey.staff import NOON

pytestmark = pytest.mark.allow_hosts([LOCAL])
STAFF = [f"person{number}@example.org" for number in range(60)]
MOST_KILLS = 20
# No clock stands at midday when tests run, and nobody is invited at night.
_MOVED_CLOCK = """
import time_machine
time_machine.travel({moment!r}).start()
"""


@pytest.fixture
def moved(tmp_path: Path) -> Path:
    """A folder from which every Python process that looks into it takes its time."""
    folder = tmp_path / "clock"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_MOVED_CLOCK.format(moment=NOON.isoformat()), encoding="utf-8")
    return folder


@pytest.fixture
def listed(database: Database, survey_id: UUID) -> None:
    with database.transaction() as session:
        assert add_addresses(session, session.get_one(Survey, survey_id), STAFF) == len(STAFF)


def states(database: Database) -> dict[str, str]:
    with database.transaction(writes=False) as session:
        return {one.email: one.state for one in session.scalars(select(StaffAddress))}


def received(sink: Sink) -> dict[str, list[str]]:
    """Give the links that came to each address."""
    found: dict[str, list[str]] = {}
    for mail, recipients in zip(sink.mails, sink.recipients, strict=True):
        body = mail.get_body(("plain",))
        assert body is not None
        [token] = re.findall(r"/s/(\S+)", body.get_content())
        [address] = recipients
        found.setdefault(address, []).append(token)
    return found


def wait_until_sent(worker: Running, sink: Sink, database: Database, number: int) -> None:
    """Wait until so many messages have come, or nobody waits for one."""
    while len(sink.mails) < number and WAITING in states(database).values():
        assert worker.process.poll() is None, worker.output
        Event().wait(0.02)


def test_kill_9_again_and_again_while_staff_are_invited(
    database: Database, settings: Settings, listed: None, moved: Path
) -> None:
    chance = random.Random(60)
    kills = 0
    with mail_server() as sink:
        by_smtp = {"mail": "smtp", "smtp_host": LOCAL, "smtp_port": sink.port, "smtp_security": "none"}
        more = {"INVITATIONS_A_MINUTE": "6000", "PYTHONPATH": str(moved)}
        process = {**environment(settings.model_copy(update=by_smtp)), **more}

        def work_until_sent(number: int, how: signal.Signals) -> None:
            with running("work", folder=settings.data_folder, settings=process, ready="Working.") as worker:
                wait_until_sent(worker, sink, database, number)
                Event().wait(chance.uniform(0, 0.03))
                worker.end(how)

        while kills < MOST_KILLS and WAITING in states(database).values():
            work_until_sent(len(sink.mails) + chance.randint(0, 8), signal.SIGKILL)
            kills += 1
        work_until_sent(len(STAFF) + 1, signal.SIGTERM)

        found, links = states(database), received(sink)
        assert kills > 5
        assert set(found.values()) <= {SENT, SENDING}, "everybody is written to, or a person decides"
        assert Counter(found.values())[SENDING] <= kills, "a process writes to one person at a time"
        assert max(len(tokens) for tokens in links.values()) == 1, "nobody is written to twice"
        assert {email for email, state in found.items() if state == SENT} <= links.keys()

        # What a person decides for whom nobody knows whether the message left.
        with database.transaction() as session:
            session.execute(update(StaffAddress).where(StaffAddress.state == SENDING).values(state=WAITING))
        work_until_sent(2 * len(STAFF), signal.SIGTERM)
        twice = {email for email, tokens in received(sink).items() if len(tokens) > 1}
        assert set(states(database).values()) == {SENT}
        assert received(sink).keys() == set(STAFF)
        assert twice <= {email for email, state in found.items() if state == SENDING}
        tokens = [token for mine in received(sink).values() for token in mine]
    assert len(tokens) == len(set(tokens)), "no two people have the same link"
    with database.transaction(writes=False) as session:
        hashes = set(session.scalars(select(Ballot.token_hash)))
    assert {hash_of(token) for token in tokens} <= hashes, "every link that came works"
