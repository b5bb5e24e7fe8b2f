"""Links that lead to no survey, or no longer: nobody learns which, and everybody learns what to do."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from app.database.session import Database
from app.survey.keys import KeyStore
from app.survey.models import Survey
from app.survey.services.ballots import make_ballots
from app.survey.services.closing import Outcome, close, destroy_unopened
from app.survey.tokens import new_token
from tests.service.browser import Browser, Page
from tests.service.survey.staff import NOON, OVER, Person, let_answer
from tests.service.survey.test_respondent import about_you, start

STAFF = [Person("registered", "Early help", 3)] * 12
TITLE = "This link does not work"


@pytest.fixture
def tokens(database: Database, survey_id: UUID) -> dict[str, str]:
    """Everybody's tokens, by what became of them."""
    with time_machine.travel(NOON):
        spent = let_answer(database, survey_id, STAFF)[0]
    with database.transaction() as session:
        unspent, begun = make_ballots(session, session.get_one(Survey, survey_id), 2)
    return {"spent": spent, "unspent": unspent, "begun": begun, "invented": new_token(), "cut": unspent[:-1]}


def end(database: Database, keys: KeyStore, survey_id: UUID, how: str) -> None:
    if how == "closed":
        assert close(database, keys, survey_id, OVER) is Outcome.CLOSED
    else:
        with database.transaction() as session:
            destroy_unopened(session, session.get_one(Survey, survey_id))


def without_nonce(page: Page) -> str:
    return re.sub(r'nonce="[^"]*"', "", page.response.text)


@pytest.mark.parametrize("how", ["closed", "given up"])
def test_after_the_close_no_link_can_be_told_from_another(
    browser: Browser, database: Database, keys: KeyStore, survey_id: UUID, tokens: dict[str, str], how: str
) -> None:
    with time_machine.travel(OVER - timedelta(hours=3)):
        first = browser.get(f"/s/{tokens['unspent']}")
        tab = about_you(browser, start(browser, tokens["begun"]))
    with time_machine.travel(OVER):
        end(database, keys, survey_id, how)
        # What is open in a tab comes back to the same page, with the cookie and without.
        pages = [browser.submit(tab, status=404), browser.get("/survey/check", status=404)]
        pages.append(browser.submit(first, status=404))
        browser.client.cookies.clear()
        pages += [browser.get(f"/s/{token}", status=404) for token in tokens.values()]
    assert {page.heading for page in pages} == {TITLE}
    assert len({without_nonce(page) for page in pages}) == 1
    assert "If you read “We have your answers” after you sent yours, they arrived." in pages[0].text


def test_before_the_close_an_invented_link_is_told_the_same(
    browser: Browser, database: Database, survey_id: UUID, tokens: dict[str, str]
) -> None:
    with time_machine.travel(NOON):
        pages = [browser.get(f"/s/{tokens[kind]}", status=404) for kind in ("invented", "cut")]
        pages.append(browser.get("/o/none", status=404))
    assert {page.heading for page in pages} == {TITLE}
    assert len({without_nonce(page) for page in pages}) == 1


def test_the_open_link_of_a_closed_survey_says_when_it_closed(
    browser: Browser, database: Database, keys: KeyStore, survey_id: UUID, tokens: dict[str, str]
) -> None:
    with database.transaction() as session:
        session.get_one(Survey, survey_id).open_code = "wexbourne-7f3k"
    with time_machine.travel(OVER):
        end(database, keys, survey_id, "closed")
        page = browser.get("/o/wexbourne-7f3k")
    assert "This survey closed on 19 March 2027." in page.text
    assert page.own_forms == []
