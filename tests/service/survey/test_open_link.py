"""The link that is the same for everybody."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from app.database.session import Database
from app.main import Service
from app.survey.models import Ballot, Draft, SealedAnswers, SpentMark, Survey
from app.survey.respondent.access import COOKIE
from app.survey.services.ballots import make_ballots
from app.survey.windows import closes_at
from app.web.protection import TOKEN_HEADER, VISIT_COOKIE
from tests.service.browser import Browser, Page, text_of
from tests.service.conftest import ADDRESS
from tests.service.survey.staff import LAST_DAY, NOON
from tests.service.survey.test_respondent import about_you, answer_page, questions_on, rows, start

CODE = "wexbourne-7f3k"
STARTED = "Somebody has started the survey in this browser"
GO_ON = "Go on where I stopped"
ANEW = "Start with answers of my own"


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOON):
        yield


@pytest.fixture(autouse=True)
def open_link(database: Database, survey_id: UUID) -> None:
    """The survey has an open link."""
    with database.transaction() as session:
        session.get_one(Survey, survey_id).open_code = CODE


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("%00", id="nul"),
        pytest.param(f"{CODE}%00", id="nul at the end"),
        pytest.param("a%00b", id="nul in the middle"),
        pytest.param("%ff", id="no UTF-8"),
        pytest.param("%F0%9F%98%80", id="not ASCII"),
        pytest.param(f"{CODE}%20", id="a space at the end"),
        pytest.param("x" * 61, id="longer than any"),
        pytest.param("x" * 5000, id="very long"),
        pytest.param("none", id="invented"),
    ],
)
def test_a_code_that_is_none_leads_nowhere(browser: Browser, database: Database, code: str) -> None:
    browser.get(f"/o/{CODE}")
    visit = browser.client.cookies.get(VISIT_COOKIE) or ""
    signed = {TOKEN_HEADER: browser.service.state.secrets.sign("form", visit)}
    for method in ("GET", "HEAD", "POST"):
        assert browser.client.request(method, f"/o/{code}", headers=signed).status_code == 404, method
    assert rows(database, Ballot) == [0]


def begin(browser: Browser) -> Page:
    """Come by the open link and answer about oneself."""
    own = browser.submit(browser.get(f"/o/{CODE}"))
    return about_you(browser, browser.get(own.link("Go to the first question")))


def choices(page: Page) -> list[str]:
    """Give what the page's buttons say, where it tells that somebody has begun."""
    assert STARTED in page.text
    assert "checked" not in page.response.text
    return [text_of(one) for one in page.all("a", "govuk-button") + page.all("button", "govuk-button")]


def test_whoever_scans_the_code_again_goes_on_in_the_same_browser(
    browser: Browser, database: Database
) -> None:
    tab = answer_page(browser, begin(browser))
    again = browser.get(f"/o/{CODE}")
    assert choices(again) == [GO_ON, ANEW]
    assert browser.get(again.link(GO_ON)).path == tab.path
    assert answer_page(browser, tab).path != tab.path, "the first tab goes on too"
    assert rows(database, Ballot, Draft) == [1, 1]


def test_whoever_has_begun_and_answered_nothing_is_asked_too(browser: Browser, database: Database) -> None:
    browser.submit(browser.get(f"/o/{CODE}"))
    again = browser.get(f"/o/{CODE}")
    assert choices(again) == [GO_ON, ANEW]
    assert browser.get(again.link(GO_ON)).heading == "About you"
    assert rows(database, Ballot, Draft) == [1, 0]


def test_the_next_person_at_the_same_computer_starts_with_answers_of_their_own(
    browser: Browser, service: Service, database: Database
) -> None:
    first = browser.submit(browser.get(f"/o/{CODE}"))
    page = about_you(browser, browser.get(first.link("Go to the first question")))
    second = browser.submit(browser.get(f"/o/{CODE}"))
    assert second.heading == "Your own link"
    fresh = browser.get(second.link("Go to the first question"))
    assert fresh.all("input") != []
    assert fresh.fields().keys() == {"ballot"}
    # What the first person answered is there for whoever has their link.
    link = next(word for word in first.text.split() if "/s/" in word)
    assert start(Browser(service, ADDRESS), link.rsplit("/", 1)[1]).path == page.path
    assert rows(database, Ballot, Draft) == [2, 1]


@pytest.mark.parametrize("number", [1, 2], ids=["the first one", "the second one"])
def test_to_load_the_page_with_ones_own_link_anew_makes_no_other_ballot(
    browser: Browser, database: Database, number: int
) -> None:
    """The browser sends the same form once more."""
    forms = []
    for _ in range(number):
        forms.append(browser.get(f"/o/{CODE}"))
        browser.submit(forms[-1])
    token = browser.client.cookies.get(COOKIE)
    assert choices(browser.submit(forms[-1])) == [GO_ON, ANEW]
    assert browser.client.cookies.get(COOKIE) == token
    assert rows(database, Ballot) == [number]


def test_a_form_of_before_somebody_began_makes_no_other_ballot(browser: Browser, database: Database) -> None:
    """Two tabs with the open link: each is asked to start."""
    older = browser.get(f"/o/{CODE}")
    page = begin(browser)
    assert choices(browser.submit(older)) == [GO_ON, ANEW]
    assert answer_page(browser, page).errors == []
    assert rows(database, Ballot, Draft) == [1, 1]


def test_whoever_began_with_a_personal_link_is_asked_too(
    browser: Browser, database: Database, survey_id: UUID
) -> None:
    with database.transaction() as session:
        [token] = make_ballots(session, session.get_one(Survey, survey_id), 1)
    page = about_you(browser, start(browser, token))
    again = browser.get(f"/o/{CODE}")
    assert choices(again) == [GO_ON, ANEW]
    assert token not in again.response.text
    assert browser.get(again.link(GO_ON)).path == page.path


@pytest.mark.parametrize("left", ["sent", "later", "elsewhere"])
def test_whoever_left_nothing_in_the_browser_is_not_asked(
    browser: Browser, database: Database, left: str
) -> None:
    if left == "elsewhere":
        browser.client.cookies.set(COOKIE, "x" * 43, domain="diagnostic.test")
    elif left == "later":
        browser.submit(begin(browser), button=("later", "yes"))
    else:
        page = begin(browser)
        while questions_on(page):
            page = answer_page(browser, page)
        assert browser.submit(browser.submit(page)).heading == "We have your answers"
        assert rows(database, SpentMark, SealedAnswers) == [1, 1]
    first = browser.get(f"/o/{CODE}")
    assert STARTED not in first.text
    assert "When you start, you are shown a link of your own." in first.text
    assert browser.submit(first).heading == "Your own link"


def test_looking_at_the_open_link_changes_nothing_for_whoever_has_begun(
    browser: Browser, database: Database
) -> None:
    page = begin(browser)
    token = browser.client.cookies.get(COOKIE)
    for method in ("GET", "HEAD"):
        answer = browser.client.request(method, f"/o/{CODE}")
        assert answer.status_code == 200
        assert COOKIE not in answer.headers.get("set-cookie", "")
    assert browser.client.cookies.get(COOKIE) == token
    assert rows(database, Ballot, Draft, SpentMark) == [1, 1, 0]
    assert answer_page(browser, page).errors == []


def test_in_the_last_hour_one_can_go_on_and_not_start_anew(browser: Browser, database: Database) -> None:
    with time_machine.travel(closes_at(LAST_DAY) - timedelta(minutes=5)):
        older = browser.get(f"/o/{CODE}")
        tab = begin(browser)
        begun = browser.get(f"/o/{CODE}")
    with time_machine.travel(closes_at(LAST_DAY) + timedelta(minutes=5)):
        again = browser.get(f"/o/{CODE}")
        assert choices(again) == [GO_ON]
        assert "until 1am on 20 March 2027" in again.text
        assert browser.get(again.link(GO_ON)).path == tab.path
        assert choices(browser.submit(older)) == [GO_ON]
        assert browser.submit(begun, status=409).heading == "The survey is not open"
    assert rows(database, Ballot) == [1]
