"""In the hour after the end, whoever has begun is told until when they can still send."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
import time_machine

from app.database.session import Database
from app.survey.models import Survey
from app.survey.windows import GRACE, closes_at
from tests.service.browser import Browser, Page
from tests.service.survey.staff import LAST_DAY
from tests.service.survey.test_respondent import about_you, questions_on, start

LATER = ("later", "yes")
CAN_STOP = "You can stop at any time"
SAID = (
    "This survey ended on 19 March 2027. You have started, so you can still send your answers until 1am on "
    "20 March 2027. Answers that are not sent by then are deleted unread."
)


@pytest.fixture(autouse=True)
def last_minutes() -> Iterator[time_machine.Traveller]:
    """Shortly before the end."""
    with time_machine.travel(closes_at(LAST_DAY) - timedelta(minutes=5), tick=False) as clock:
        yield clock


def the_rest(browser: Browser, token: str) -> Page:
    """Go on, and answer all pages after the first."""
    page = start(browser, token)
    while codes := questions_on(page):
        page = browser.submit(page, dict.fromkeys(codes, "4"))
    return browser.submit(page)


def test_before_the_end_nobody_is_hurried(browser: Browser, token: str) -> None:
    first = browser.get(f"/s/{token}")
    page = about_you(browser, browser.submit(first))
    saved = browser.submit(page, button=LATER)
    begun = browser.get(f"/s/{token}")
    check = the_rest(browser, token)
    for one in (first, begun):
        assert f"{CAN_STOP} and come back with the same link until 19 March 2027." in one.text
    for one in (first, page, saved, begun, check):
        assert "This survey ended" not in one.text
    assert "Answers that are not sent by the end of 19 March 2027 are deleted unread." in saved.text
    assert "until the survey closes on 19 March 2027; then" in browser.submit(check).text


def test_in_the_last_hour_every_page_says_until_when(
    browser: Browser, token: str, last_minutes: time_machine.Traveller
) -> None:
    about_you(browser, start(browser, token))
    last_minutes.shift(GRACE)
    first = browser.get(f"/s/{token}")
    page = browser.submit(first)
    wrong = browser.submit(page)
    saved = browser.submit(page, {questions_on(page)[0]: "3"}, button=LATER)
    check = the_rest(browser, token)
    for one in (first, page, wrong, saved, check):
        assert SAID in one.text, one.heading
        assert CAN_STOP not in one.text
    assert "by the end of 19 March" not in saved.text
    assert "until the survey closes; then" in browser.submit(check).text
    assert "until the survey closes; then" in browser.get(f"/s/{token}").text


def test_the_hour_is_that_of_london(
    browser: Browser, database: Database, survey_id: UUID, token: str, last_minutes: time_machine.Traveller
) -> None:
    """In the night in which the clocks go on, the hour after midnight ends at 2am."""
    last = date(2027, 3, 27)
    with database.transaction() as session:
        session.get_one(Survey, survey_id).closes_on = last
    about_you(browser, start(browser, token))
    last_minutes.move_to(closes_at(last) + timedelta(minutes=30))
    assert "until 2am on 28 March 2027." in browser.get(f"/s/{token}").text
