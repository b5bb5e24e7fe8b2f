"""The link that is the same for everybody."""

from collections.abc import Iterator
from uuid import UUID

import pytest
import time_machine

from app.database.session import Database
from app.survey.models import Ballot, Survey
from app.web.protection import TOKEN_HEADER, VISIT_COOKIE
from tests.service.browser import Browser
from tests.service.survey.staff import NOON
from tests.service.survey.test_respondent import rows

CODE = "wexbourne-7f3k"


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
