"""Many at once: one token is spent once, whoever is faster; and nothing that was acknowledged is lost."""

import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from app.database.session import Database
from app.survey.models import Ballot, SealedAnswers, SpentMark, Survey
from app.survey.respondent.access import COOKIE
from app.survey.services.ballots import make_ballots
from tests.service.browser import Browser
from tests.service.conftest import ADDRESS
from tests.service.survey.staff import NOON
from tests.service.survey.test_respondent import answer_all


def rows(database: Database, *tables: type[object]) -> list[int]:
    with database.transaction(writes=False) as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def test_two_hundred_submissions_of_one_token_at_once_store_one(
    browser: Browser, service: FastAPI, database: Database, survey_id: UUID
) -> None:
    with database.transaction() as session:
        [token] = make_ballots(session, session.get_one(Survey, survey_id), 1)
    with time_machine.travel(NOON):
        check = answer_all(browser, token)
        sealed = check.fields()["ballot"][0]

        def send(_: int) -> tuple[int, bool]:
            client = TestClient(service, base_url=ADDRESS, raise_server_exceptions=False)
            client.cookies.set(COOKIE, token, domain="diagnostic.test")
            answer = client.post(
                "/survey/submit", data={"ballot": sealed}, headers={"sec-fetch-site": "same-origin"}
            )
            return answer.status_code, "We have your answers" in answer.text

        with ThreadPoolExecutor(16) as pool:
            answers = Counter(pool.map(send, range(200)))
    assert answers == {(200, True): 200}
    assert rows(database, Ballot, SpentMark, SealedAnswers) == [0, 1, 1]


_SUBMIT = """
import sys
from uuid import UUID
from app.database.session import Database
import app.rooms
from app.survey.models import Survey
from app.survey.questionnaire import questionnaire_of
from app.survey.services.ballots import make_ballots, submit
from tests.service.survey.staff import Person, answers_of
database, number = Database.at(sys.argv[1]), int(sys.argv[3])
with database.transaction() as session:
    survey = session.get_one(Survey, UUID(sys.argv[2]))
    tokens = make_ballots(session, survey, number)
    given = answers_of(Person("registered", "Early help", 3), survey)
print("ready", flush=True)
for token in tokens:
    with database.transaction() as session:
        survey = session.get_one(Survey, UUID(sys.argv[2]))
        submit(session, token, survey, questionnaire_of(survey), given)
    print("kept", flush=True)
"""


@pytest.mark.parametrize("number", [20])
def test_every_submission_waits_for_the_disk(
    database: Database,
    survey_id: UUID,
    database_address: str,
    project_root: Path,
    tmp_path: Path,
    number: int,
) -> None:
    """Counting what the kernel is asked to write down proves what killing a process cannot."""
    if not database_address.startswith("sqlite"):
        pytest.skip("PostgreSQL is asked for its settings when the service starts")
    if subprocess.run(["which", "strace"], capture_output=True, check=False).returncode:
        pytest.skip("strace is not on this machine, so nobody can count")
    database.close()
    trace = tmp_path / "trace"
    subprocess.run(
        [
            *("strace", "-f", "-e", "trace=fsync,fdatasync", "-o", str(trace)),
            *(sys.executable, "-c", _SUBMIT, database_address, str(survey_id), str(number)),
        ],
        cwd=project_root,
        env={**os.environ, "PYTHONPATH": str(project_root)},
        check=True,
        capture_output=True,
    )
    waits = sum("sync(" in line for line in trace.read_text().splitlines())
    assert waits >= number


_KILL = """
import os, random, signal, sys, time
from uuid import UUID
from app.database.session import Database
import app.rooms
from app.survey.models import Survey
from app.survey.questionnaire import questionnaire_of
from app.survey.services.ballots import make_ballots, submit
from tests.service.survey.staff import Person, answers_of
address, survey_id, rounds = sys.argv[1], UUID(sys.argv[2]), int(sys.argv[3])
chance = random.Random(7)

database = Database.at(address)
with database.transaction(writes=False) as session:
    survey = session.get_one(Survey, survey_id)
    questionnaire = questionnaire_of(survey)
    given = answers_of(Person("registered", "Early help", 3), survey)
database.close()

def answer_until_killed(out):
    database = Database.at(address)
    with database.transaction() as session:
        tokens = make_ballots(session, session.get_one(Survey, survey_id), 30)
    os.write(out, b"r")
    for token in tokens:
        with database.transaction() as session:
            submit(session, token, session.get_one(Survey, survey_id), questionnaire, given)
        os.write(out, b"k")
    os._exit(0)

acknowledged = 0
for _ in range(rounds):
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        answer_until_killed(writes)
    os.close(writes)
    for _ in range(1 + chance.randrange(4)):
        acknowledged += os.read(reads, 1) == b"k"
    time.sleep(chance.uniform(0, 0.02))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while kept := os.read(reads, 4096):
        acknowledged += kept.count(b"k")
    os.close(reads)
print(acknowledged)
"""
ROUNDS = 200


def test_killing_the_process_loses_and_halves_nothing_that_was_acknowledged(
    database: Database, survey_id: UUID, database_address: str, project_root: Path
) -> None:
    """Two hundred processes are killed at some moment of their work; what they said they kept is there."""
    database.close()
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _KILL, database_address, str(survey_id), str(ROUNDS)],
        cwd=project_root,
        env={**os.environ, "PYTHONPATH": str(project_root)},
        check=True,
        capture_output=True,
        text=True,
    )
    acknowledged = int(run.stdout)
    spent, sealed = rows(database, SpentMark, SealedAnswers)
    assert acknowledged >= ROUNDS, "the processes were killed before they did anything"
    assert spent == sealed, "a ballot is spent with its answers or not at all"
    assert acknowledged <= spent <= acknowledged + ROUNDS
