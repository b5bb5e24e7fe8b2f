"""Links and answers are counted by their kind, at the close and not before."""

from uuid import UUID

import pytest
import time_machine

from app.database.session import Database
from app.survey.keys import KeyStore
from app.survey.models import OPEN, Survey
from app.survey.questionnaire import questionnaire_of
from app.survey.services.ballots import BallotState, make_ballots, submit
from app.survey.services.closing import close
from tests.service.browser import Browser
from tests.service.people import People
from tests.service.survey.staff import NOON, OVER, Person, answers_of, let_answer

PERSON = Person("registered", "Early help", 3)


@pytest.fixture
def answered(database: Database, survey_id: UUID) -> UUID:
    """Of thirteen links sent eleven were used; a crash left two; of three visitors one sent."""
    let_answer(database, survey_id, [PERSON] * 11)
    with database.transaction() as session:
        survey = session.get_one(Survey, survey_id)
        make_ballots(session, survey, 4)
        survey.issued += 2
        survey.replaced = 1
        token, *_ = make_ballots(session, survey, 3, OPEN)
        given = answers_of(PERSON, survey)
        assert submit(session, token, survey, questionnaire_of(survey), given) is BallotState.READY
    return survey_id


def test_what_was_given_out_and_what_came_back_is_counted_for_each_kind(
    database: Database, keys: KeyStore, answered: UUID
) -> None:
    close(database, keys, answered, OVER)
    with database.transaction(writes=False) as session:
        survey = session.get_one(Survey, answered)
        assert (survey.issued, survey.issued_open) == (13, 3)
        assert survey.returned == {"individual": 11, "open": 1}
        assert survey.orphaned == 2


def test_a_link_that_was_used_was_given_out_though_the_process_ended_before_it_was_counted(
    database: Database, keys: KeyStore, answered: UUID
) -> None:
    with database.transaction() as session:
        session.get_one(Survey, answered).issued = 9
    close(database, keys, answered, OVER)
    with database.transaction(writes=False) as session:
        survey = session.get_one(Survey, answered)
        assert (survey.issued, survey.orphaned) == (11, 4)


def test_the_page_says_it_after_the_close_only(
    browser: Browser, database: Database, people: People, keys: KeyStore, answered: UUID
) -> None:
    browser.sign_in(people.alice)
    address = f"/diagnostics/{answered}/survey"
    with time_machine.travel(NOON):
        assert "Links and answers" not in browser.get(address).text
    close(database, keys, answered, OVER)
    page = browser.get(address)
    assert "Personal links sent by email 13 11" in page.text
    assert "Links made for visitors of the open link 3 1" in page.text
    assert "1 replacement link was sent, so up to 1 may have answered twice." in page.text


def test_what_nobody_counted_is_said_to_be_so(
    browser: Browser, database: Database, people: People, keys: KeyStore, answered: UUID
) -> None:
    close(database, keys, answered, OVER)
    with database.transaction() as session:
        session.get_one(Survey, answered).issued_open = None
    browser.sign_in(people.alice)
    assert "of the open link not counted 1" in browser.get(f"/diagnostics/{answered}/survey").text


def test_where_there_was_no_open_link_the_page_has_no_row_for_it(
    browser: Browser, database: Database, people: People, keys: KeyStore, survey_id: UUID
) -> None:
    let_answer(database, survey_id, [PERSON] * 12)
    close(database, keys, survey_id, OVER)
    browser.sign_in(people.alice)
    page = browser.get(f"/diagnostics/{survey_id}/survey")
    assert "Personal links sent by email 12 12" in page.text
    assert "visitors of the open link" not in page.text
