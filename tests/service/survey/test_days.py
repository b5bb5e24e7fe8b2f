"""The days of a launched survey: they move outward, never into the past, and never too far to come back."""

from datetime import date, timedelta
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import func, select

from app.audit.models import Entry
from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.survey.jobs import look_after_surveys
from app.survey.keys import KeyStore
from app.survey.models import Survey
from app.survey.services.launching import launch
from app.web.errors import Conflict
from tests.service.browser import Browser, Page
from tests.service.people import People
from tests.service.survey.staff import FIRST_DAY, LAST_DAY, NOON, OVER, described
from tests.service.survey.test_conduct import base, survey_of

OUTWARD = "After the launch the survey may open earlier or close later, never the other way round"


def parts(name: str, day: date) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def links(page: Page) -> list[str | None]:
    """Give where the error summary leads."""
    return [
        one.get("href")
        for summary in page.all("div", "govuk-error-summary")
        for one in summary.iter()
        if one.tag == "a"
    ]


def test_days_move_outward_only_and_each_error_leads_to_its_day(
    browser: Browser, database: Database, people: People, survey_id: UUID
) -> None:
    later = LAST_DAY + timedelta(days=7)
    with time_machine.travel(NOON):
        browser.sign_in(people.alice)
        page = browser.get(base(survey_id) + "/days")
        inward = parts("opens_on", FIRST_DAY + timedelta(days=1)) | parts(
            "closes_on", LAST_DAY - timedelta(days=1)
        )
        wrong = browser.submit(page, inward)
        assert wrong.errors == [OUTWARD, OUTWARD]
        assert links(wrong) == ["#opens_on", "#closes_on"]
        past = browser.submit(page, parts("opens_on", FIRST_DAY - timedelta(days=1)))
        assert (past.errors, links(past)) == (["The first day cannot lie in the past"], ["#opens_on"])
        assert survey_of(database, survey_id).closes_on == LAST_DAY
        assert "The days of the survey are changed." in browser.submit(page, parts("closes_on", later)).text
    assert survey_of(database, survey_id).closes_on == later


@pytest.mark.parametrize("last_day", [date(2028, 3, 19), date(2207, 3, 19), date.max], ids=str)
def test_a_year_that_was_mistyped_is_refused_and_the_page_says_what_is_possible(
    browser: Browser, database: Database, people: People, survey_id: UUID, last_day: date
) -> None:
    with time_machine.travel(NOON):
        browser.sign_in(people.alice)
        page = browser.get(base(survey_id) + "/days")
        assert "No later than 18 September 2027" in page.text
        wrong = browser.submit(page, parts("closes_on", last_day))
        assert wrong.errors == ["The last day must be 18 September 2027 or earlier. Check the year"]
        assert survey_of(database, survey_id).closes_on == LAST_DAY
        browser.submit(page, parts("closes_on", date(2027, 9, 18)))
    assert survey_of(database, survey_id).closes_on == date(2027, 9, 18)


def test_a_survey_cannot_be_made_longer_again_and_again_without_end(
    browser: Browser, database: Database, people: People, survey_id: UUID
) -> None:
    with database.transaction() as session:
        session.get_one(Survey, survey_id).closes_on = date(2030, 1, 1)
    with time_machine.travel(NOON):
        page = browser.sign_in(people.alice).get(base(survey_id) + "/days")
    assert "No later than 3 March 2030" in page.text


def test_a_last_day_that_an_earlier_version_took_can_be_put_right(
    browser: Browser, database: Database, people: People, survey_id: UUID
) -> None:
    with database.transaction() as session:
        session.get_one(Survey, survey_id).closes_on = date.max
    with time_machine.travel(NOON):
        page = browser.sign_in(people.alice).get(base(survey_id) + "/days")
        assert "or earlier" in browser.submit(page).errors[0], "as it is, it cannot stay"
        browser.submit(page, parts("closes_on", LAST_DAY))
    assert survey_of(database, survey_id).closes_on == LAST_DAY


def test_a_draft_whose_last_day_is_too_far_away_is_not_launched(
    database: Database, people: People, keys: KeyStore
) -> None:
    with pytest.raises(Conflict, match="within the next three years"), database.transaction() as session:
        diagnostic = described(session, people)
        diagnostic.survey_closes_on = date.max
        session.flush()
        launch(session, keys, diagnostic, FIRST_DAY)
    with database.transaction(writes=False) as session:
        assert session.get(Survey, people.here) is None


def test_a_survey_that_is_over_is_not_said_to_be_changed_where_it_stays_over(
    browser: Browser, database: Database, people: People, survey_id: UUID, keys: KeyStore
) -> None:
    look_after_surveys(database, keys, OVER)
    with time_machine.travel(OVER + timedelta(days=5)):
        browser.sign_in(people.alice)
        page = browser.get(browser.get(base(survey_id)).link("Let it run longer"))
        for day in (LAST_DAY, LAST_DAY + timedelta(days=4)):
            wrong = browser.submit(page, parts("closes_on", day))
            assert wrong.errors == ["The last day must be today or later"]
        assert survey_of(database, survey_id).closes_on == LAST_DAY
        today = OVER.date() + timedelta(days=5)
        assert "are changed" in browser.submit(page, parts("closes_on", today)).text
    assert survey_of(database, survey_id).closes_on == today


def test_saving_the_days_as_they_are_claims_and_logs_nothing(
    browser: Browser, database: Database, people: People, survey_id: UUID
) -> None:
    with time_machine.travel(NOON):
        browser.sign_in(people.alice)
        same = browser.submit(browser.get(base(survey_id) + "/days"))
        assert (same.path, "are changed" in same.text) == (base(survey_id), False)
    with database.transaction(writes=False) as session:
        noted = select(func.count()).select_from(Entry).where(Entry.action == "survey days moved")
        assert session.scalar(noted) == 0
        assert session.get_one(Diagnostic, survey_id).survey_closes_on == LAST_DAY
