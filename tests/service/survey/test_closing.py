"""The close: what is kept, what goes, and when."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import numpy as np
import pytest
import time_machine
from sqlalchemy import func, select

from app.database.session import Database
from app.survey.jobs import look_after_surveys
from app.survey.keys import KeyMissing, KeyStore
from app.survey.models import (
    LAUNCHED,
    Ballot,
    Draft,
    Response,
    SealedAnswers,
    SpentMark,
    StaffAddress,
    Survey,
    SurveyComment,
)
from app.survey.questionnaire import questionnaire_of
from app.survey.sealing import Given
from app.survey.services.ballots import NotComplete, make_ballots, save_draft, submit
from app.survey.services.closing import Outcome, close
from app.survey.services.stored import stored_answers
from app.survey.windows import GRACE, closes_at, must_go_on
from tests.service.survey.staff import LAST_DAY, OVER, Person, answers_of, let_answer, noon

TWELVE = [Person("registered", "Early help", 1 + number % 5, f"Comment {number}") for number in range(12)]


def rows(database: Database, *tables: type[object]) -> list[int]:
    with database.transaction(writes=False) as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def test_nothing_is_opened_before_the_hour_after_the_last_day(
    database: Database, keys: KeyStore, survey_id: UUID
) -> None:
    let_answer(database, survey_id, TWELVE)
    end = closes_at(LAST_DAY)
    assert close(database, keys, survey_id, end + GRACE - timedelta(seconds=1)) is Outcome.NOT_YET
    assert close(database, keys, survey_id, end + GRACE) is Outcome.CLOSED


def test_nine_answers_are_not_opened_and_ten_are(database: Database, keys: KeyStore, survey_id: UUID) -> None:
    let_answer(database, survey_id, TWELVE[:9])
    assert close(database, keys, survey_id, OVER) is Outcome.TOO_FEW
    assert rows(database, SealedAnswers, Response) == [9, 0]
    assert keys.has(survey_id)
    let_answer(database, survey_id, TWELVE[9:10])
    assert close(database, keys, survey_id, OVER) is Outcome.CLOSED
    assert rows(database, SealedAnswers, Response) == [0, 10]


def test_after_the_close_nothing_is_left_that_ties_a_person_to_an_answer(
    database: Database, keys: KeyStore, survey_id: UUID
) -> None:
    tokens = let_answer(database, survey_id, TWELVE)
    with database.transaction() as session:
        survey = session.get_one(Survey, survey_id)
        [late] = make_ballots(session, survey, 1)
        save_draft(session, late, survey_id, Given(role_group="leaders"))
        session.add(StaffAddress(diagnostic_id=survey_id, email="siân@example.org"))
    assert close(database, keys, survey_id, OVER) is Outcome.CLOSED
    assert rows(database, Ballot, SpentMark, Draft, SealedAnswers, StaffAddress) == [0, 0, 0, 0, 0]
    assert not keys.has(survey_id)
    with database.transaction(writes=False) as session:
        survey = session.get_one(Survey, survey_id)
        assert survey.returned == {"individual": 12, "open": 0}
        assert survey.key_destroyed_at == OVER
    assert len(tokens) == 12


def test_the_stored_answers_are_those_that_were_given(
    database: Database, keys: KeyStore, survey_id: UUID
) -> None:
    let_answer(database, survey_id, TWELVE)
    close(database, keys, survey_id, OVER)
    with database.transaction(writes=False) as session:
        answers = stored_answers(session, session.get_one(Survey, survey_id))
    given = sorted(np.nanmean(answers.values, axis=1).tolist())
    assert given == sorted(float(person.value) for person in TWELVE)
    assert set(answers.role_group) == {"registered"}
    assert set(answers.service_area) == {"Early help"}
    assert set(answers.needs) == {frozenset({"works", "risk"})}
    assert sorted(answers.comments["COM1"]) == sorted(person.comment for person in TWELVE)


def test_role_groups_that_are_joined_lose_the_answers_that_would_tell_them_apart(
    database: Database, keys: KeyStore, survey_id: UUID
) -> None:
    few = [Person("leaders", "Early help", 5)] * 4
    let_answer(database, survey_id, [*few, *[Person("team_managers", "Early help", 2)] * 11])
    close(database, keys, survey_id, OVER)
    with database.transaction(writes=False) as session:
        survey = session.get_one(Survey, survey_id)
        questionnaire = questionnaire_of(survey)
        answers = stored_answers(session, survey)
    assert set(answers.role_group) == {"team_managers"}
    asked = [
        {question.code for question in questionnaire.all_shown(role)} for role in ("leaders", "team_managers")
    ]
    answered = {
        code for column, code in enumerate(answers.codes) if not np.isnan(answers.values[:, column]).all()
    }
    assert answered == asked[0] & asked[1] != asked[1]
    assert not np.isnan(answers.values[:, [code in answered for code in answers.codes]]).any()


def test_a_close_that_crashed_after_the_answers_were_moved_is_finished(
    database: Database, keys: KeyStore, survey_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_answer(database, survey_id, TWELVE)

    def crash(database: Database) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr("app.survey.services.closing.sweep", crash)
    with pytest.raises(RuntimeError):
        close(database, keys, survey_id, OVER)
    assert keys.has(survey_id)
    monkeypatch.undo()
    assert close(database, keys, survey_id, OVER) is Outcome.CLOSED
    assert not keys.has(survey_id)
    assert rows(database, Response) == [12]


def test_without_its_key_a_survey_stays_as_it_is(database: Database, keys: KeyStore, survey_id: UUID) -> None:
    let_answer(database, survey_id, TWELVE)
    keys.destroy(survey_id)
    assert close(database, keys, survey_id, OVER) is Outcome.NO_KEY
    assert rows(database, SealedAnswers, SpentMark) == [12, 12]
    with pytest.raises(KeyMissing, match="custodian"):
        keys.get(survey_id)


@pytest.mark.parametrize("readable", [0, 3, 9])
def test_what_cannot_be_read_does_not_count_among_the_ten(
    database: Database, keys: KeyStore, survey_id: UUID, readable: int
) -> None:
    let_answer(database, survey_id, TWELVE)
    damage(database, 12 - readable)
    before = rows(database, Ballot, SpentMark, SealedAnswers)
    assert close(database, keys, survey_id, OVER) is Outcome.UNREADABLE
    assert rows(database, Ballot, SpentMark, SealedAnswers) == before
    assert rows(database, Response, SurveyComment) == [0, 0]
    with database.transaction(writes=False) as session:
        survey = session.get_one(Survey, survey_id)
        assert keys.fits(survey_id, survey.public_key)
        assert (survey.state, survey.returned, survey.key_destroyed_at) == (LAUNCHED, {}, None)


def test_ten_that_can_be_read_are_opened_although_others_cannot(
    database: Database, keys: KeyStore, survey_id: UUID
) -> None:
    let_answer(database, survey_id, TWELVE)
    damage(database, 2)
    assert close(database, keys, survey_id, OVER) is Outcome.CLOSED
    assert rows(database, Response, SealedAnswers) == [10, 0]


def damage(database: Database, number: int) -> None:
    """Spoil some of the boxes, as a disk might."""
    with database.transaction() as session:
        for box in session.scalars(select(SealedAnswers).limit(number)):
            box.sealed = bytes(len(box.sealed))


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda given: replace(given, role_group="pilots"), id="role group"),
        pytest.param(lambda given: replace(given, service_area="nowhere"), id="area"),
        pytest.param(lambda given: replace(given, answers={}), id="empty"),
        pytest.param(lambda given: replace(given, answers={**given.answers, "CAP1": 9}), id="off the scale"),
        pytest.param(lambda given: replace(given, needs=None), id="page not reached"),
        pytest.param(lambda given: replace(given, needs=("works", "magic")), id="unknown need"),
        pytest.param(lambda given: replace(given, comments={"COM1": "x" * 1001}), id="long comment"),
    ],
)
def test_answers_that_no_page_could_send_are_refused_and_spend_nothing(
    database: Database, survey_id: UUID, spoil: object
) -> None:
    assert callable(spoil)
    with database.transaction() as session:
        survey = session.get_one(Survey, survey_id)
        [token] = make_ballots(session, survey, 1)
    with database.transaction(writes=False) as session:
        given = spoil(answers_of(TWELVE[0], session.get_one(Survey, survey_id)))
    with pytest.raises(NotComplete), database.transaction() as session:
        survey = session.get_one(Survey, survey_id)
        submit(session, token, survey, questionnaire_of(survey), given)
    assert rows(database, Ballot, SealedAnswers) == [1, 0]


def test_the_stored_answers_are_deleted_on_the_promised_day_and_not_before(
    database: Database, keys: KeyStore, survey_id: UUID
) -> None:
    let_answer(database, survey_id, TWELVE)
    with time_machine.travel(OVER):
        close(database, keys, survey_id, OVER)
    last_day = noon(date(2028, 3, 20))
    look_after_surveys(database, keys, last_day - timedelta(days=1))
    assert rows(database, Response, SurveyComment) == [12, 12]
    look_after_surveys(database, keys, last_day)
    assert rows(database, Response, SurveyComment) == [0, 0]
    with database.transaction(writes=False) as session:
        assert session.get_one(Survey, survey_id).purged_on == last_day.date()


@pytest.mark.parametrize(
    ("closed", "months", "gone"),
    [
        (date(2027, 3, 20), 12, date(2028, 3, 20)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 1, 15), 36, date(2030, 1, 15)),
    ],
)
def test_months_are_counted_as_people_do(closed: date, months: int, gone: date) -> None:
    assert must_go_on(Survey(closed_on=closed, raw_data_months=months)) == gone
