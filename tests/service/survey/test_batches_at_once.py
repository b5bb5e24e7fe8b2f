"""A batch of ballots is made while somebody submits: nothing is lost, nothing comes back to life.

For a batch, PostgreSQL writes all unspent ballots anew. SQLite writes nothing anew, and has one writer at a
time.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import TypeVar
from uuid import UUID

import pytest
from sqlalchemy import func, select, text

from app.database.session import Database
from app.survey.models import Ballot, SealedAnswers, SpentMark, Survey
from app.survey.questionnaire import questionnaire_of
from app.survey.sealing import Given
from app.survey.services.ballots import BallotState, make_ballots, submit
from app.survey.services.closing import returned
from tests.service.survey.staff import Person, answers_of

# SQLite has one writer at a time, so that nothing can meet there.
pytestmark = pytest.mark.parametrize("database_address", ["postgresql"], indirect=True)
T = TypeVar("T")


@pytest.fixture
def tokens(database: Database, survey_id: UUID) -> list[str]:
    return batch(database, survey_id, 12)


def batch(database: Database, survey_id: UUID, number: int) -> list[str]:
    with database.transaction() as session:
        return make_ballots(session, session.get_one(Survey, survey_id), number)


def given(database: Database, survey_id: UUID) -> Given:
    with database.transaction(writes=False) as session:
        return answers_of(Person("registered", "Early help", 3), session.get_one(Survey, survey_id))


def answer(database: Database, survey_id: UUID, token: str) -> BallotState:
    """Submit as the page does, on the short way."""
    with database.transaction(writes=False) as session:
        survey = session.get_one(Survey, survey_id)
        questionnaire = questionnaire_of(survey)
    answers = given(database, survey_id)
    with database.direct() as direct:
        return submit(direct, token, survey, questionnaire, answers)


def counts(database: Database) -> list[int]:
    with database.transaction(writes=False) as session:
        return [
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Ballot, SpentMark, SealedAnswers)
        ]


def wait_until_one_waits(database: Database) -> None:
    """Wait until a transaction waits for another one's lock."""
    waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    for _ in range(1000):
        with database.engine.connect() as connection:
            if connection.scalar(waits):
                return
        Event().wait(0.01)
    raise AssertionError("nobody waits")


def meanwhile(database: Database, do: Callable[[], T], pool: ThreadPoolExecutor) -> Future[T]:
    """Start something that has to wait for the transaction that is open here."""
    started = pool.submit(do)
    wait_until_one_waits(database)
    return started


def test_a_ballot_that_is_being_spent_stays_spent_when_a_batch_is_made(
    database: Database, survey_id: UUID, tokens: list[str]
) -> None:
    with ThreadPoolExecutor() as pool:
        with database.transaction() as session:
            survey = session.get_one(Survey, survey_id)
            state = submit(session, tokens[0], survey, questionnaire_of(survey), given(database, survey_id))
            assert state is BallotState.READY
            made = meanwhile(database, lambda: batch(database, survey_id, 1), pool)
        assert len(made.result(20)) == 1
    assert counts(database) == [12, 1, 1]
    assert answer(database, survey_id, tokens[0]) is BallotState.SPENT


def test_a_submission_that_is_undone_leaves_its_ballot_to_the_batch(
    database: Database, survey_id: UUID, tokens: list[str]
) -> None:
    with ThreadPoolExecutor() as pool:
        with pytest.raises(ZeroDivisionError), database.transaction() as session:
            survey = session.get_one(Survey, survey_id)
            submit(session, tokens[0], survey, questionnaire_of(survey), given(database, survey_id))
            made = meanwhile(database, lambda: batch(database, survey_id, 1), pool)
            raise ZeroDivisionError
        made.result(20)
    assert counts(database) == [13, 0, 0]
    assert answer(database, survey_id, tokens[0]) is BallotState.READY


def test_whoever_submits_while_a_batch_is_made_waits_and_is_counted(
    database: Database, survey_id: UUID, tokens: list[str]
) -> None:
    with ThreadPoolExecutor() as pool:
        with database.transaction() as session:
            make_ballots(session, session.get_one(Survey, survey_id), 1)
            sent = meanwhile(database, lambda: answer(database, survey_id, tokens[0]), pool)
        assert sent.result(20) is BallotState.READY
    assert counts(database) == [12, 1, 1]


def test_many_batches_and_many_submissions_get_in_nobodys_way(
    database: Database, survey_id: UUID, tokens: list[str]
) -> None:
    tokens += batch(database, survey_id, 60)
    with ThreadPoolExecutor(6) as pool:
        sent = [pool.submit(answer, database, survey_id, token) for token in tokens]
        made = [pool.submit(batch, database, survey_id, 2) for _ in range(20)]
        assert {one.result(60) for one in sent} == {BallotState.READY}
        late = [token for one in made for token in one.result(60)]
    assert counts(database) == [len(late), len(tokens), len(tokens)]
    assert answer(database, survey_id, late[0]) is BallotState.READY
    with database.transaction(writes=False) as session:
        assert returned(session, survey_id) == len(tokens) + 1
