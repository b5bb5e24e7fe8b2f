"""Killed again and again while it invites staff: nobody is written to twice unless a person decides so."""

import os
import random
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest
from sqlalchemy import select

from app.database.session import Database
from app.settings import Settings
from app.survey.invitations.sending import AGAIN, SENDING, SENT, WAITING
from app.survey.invitations.services import add_addresses, send_again
from app.survey.models import Ballot, StaffAddress, Survey
from app.survey.tokens import hash_of
from tests.service.running.process import ROOT
from tests.service.running.process import environment as environment_of
from tests.service.running.sink import LOCAL, Sink, mail_server
from tests.service.running.test_killed import environment
from tests.service.survey.staff import NOON

pytestmark = pytest.mark.allow_hosts([LOCAL])
STAFF = [f"person{number}@example.org" for number in range(60)]
MOST_KILLS = 20
# `diagnostic work`, as often as a line asks for it; what it needs is loaded once. Its clock stands at midday,
# since nobody is invited at night.
_WORK = """
import os, sys, time_machine
import app.worker
from app.cli import main
time_machine.travel(sys.argv[1]).start()
sys.argv = ["diagnostic", "work"]
for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        os.dup2(2, 1)
        main()
    print(child, flush=True)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""


@dataclass
class Works:
    """Starts one process after the other that works."""

    nursery: "subprocess.Popen[str]"
    said: Path

    @contextmanager
    def working(self, how: signal.Signals) -> Iterator[int]:
        """Let a process work meanwhile, and end it so."""
        assert self.nursery.stdin is not None
        assert self.nursery.stdout is not None
        self.nursery.stdin.write("work\n")
        self.nursery.stdin.flush()
        process, before = int(self.nursery.stdout.readline()), self._said("Working.")
        try:
            yield process
            # Whoever is asked to end must have begun. Whoever is killed is killed at any moment.
            while how is not signal.SIGKILL and self._said("Working.") == before:
                self.check(process)
                Event().wait(0.05)
        finally:
            os.kill(process, how)
            assert self.nursery.stdout.readline() == "ended\n"

    def _said(self, words: str) -> int:
        return self.said.read_text(encoding="utf-8").count(words)

    def check(self, process: int) -> None:
        """See that a process still works."""
        try:
            os.kill(process, 0)
        except ProcessLookupError as error:
            raise AssertionError(self.said.read_text(encoding="utf-8")) from error


@contextmanager
def works(folder: Path, settings: dict[str, str]) -> Iterator[Works]:
    """Load what working needs."""
    said = folder / "said"
    with (
        said.open("w", encoding="utf-8") as file,
        subprocess.Popen(
            [sys.executable, "-c", _WORK, NOON.isoformat()],
            cwd=ROOT,
            env=environment_of(folder, **settings),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=file,
            text=True,
        ) as nursery,
    ):
        try:
            yield Works(nursery, said)
        finally:
            nursery.kill()


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


def test_kill_9_again_and_again_while_staff_are_invited(
    database: Database, settings: Settings, listed: None
) -> None:
    chance = random.Random(60)
    kills = 0
    with ExitStack() as stack:
        sink = stack.enter_context(mail_server())
        by_smtp = {"mail": "smtp", "smtp_host": LOCAL, "smtp_port": sink.port, "smtp_security": "none"}
        given = {**environment(settings.model_copy(update=by_smtp)), "INVITATIONS_A_MINUTE": "6000"}
        workers = stack.enter_context(works(settings.data_folder, given))

        def work_until_sent(number: int, how: signal.Signals) -> None:
            """Work until so many messages have come, or nobody waits for one."""
            with workers.working(how) as process:
                while len(sink.mails) < number and {WAITING, AGAIN} & set(states(database).values()):
                    workers.check(process)
                    Event().wait(0.02)
                Event().wait(chance.uniform(0, 0.03))

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
            for survey in session.scalars(select(Survey)).all():
                send_again(session, survey)
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
