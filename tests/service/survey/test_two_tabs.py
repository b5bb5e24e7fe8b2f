"""One person, two tabs: what one saves and the other sends meet at the database in either order."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
import time_machine

from app.database.session import Database
from app.main import Service
from app.survey.models import Ballot, Draft, SealedAnswers, SpentMark, Survey
from app.survey.respondent.access import COOKIE
from app.survey.services.ballots import make_ballots
from tests.service.browser import Browser, Page
from tests.service.conftest import ADDRESS
from tests.service.survey.interfering import interfering
from tests.service.survey.staff import NOON
from tests.service.survey.test_respondent import answer_all, rows


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOON):
        yield


@pytest.fixture
def token(database: Database, survey_id: UUID) -> str:
    with database.transaction() as session:
        return make_ballots(session, session.get_one(Survey, survey_id), 1)[0]


@pytest.fixture
def tabs(browser: Browser, service: Service, token: str) -> tuple[Browser, Page, Browser, Page]:
    """One tab with all answers before they are sent, another with the last page of questions."""
    check = answer_all(browser, token)
    other = Browser(service, ADDRESS)
    other.client.cookies.set(COOKIE, token, domain="diagnostic.test")
    return browser, check, other, other.get("/survey/questions/in-your-words")


class Meeting:
    """Holds one tab in the middle of its transaction, until the other waits for it or has passed by."""

    def __init__(self, other: Any) -> None:
        self.other = other
        self.pool = ThreadPoolExecutor(1)
        self.came: Future[Page] | None = None

    def meet(self, _driver: Any) -> None:
        """Let the other tab begin now. Nobody knows of a tab that waits, so it is given half a second."""
        if self.came is None:
            self.came = self.pool.submit(self.other)
            threading.Event().wait(0.5)

    def answer(self) -> Page:
        """Give what the other tab was told in the end."""
        assert self.came is not None
        return self.came.result(60)


def test_what_is_saved_while_another_tab_sends_leaves_no_draft(
    tabs: tuple[Browser, Page, Browser, Page], database: Database
) -> None:
    """The ballot is spent and not yet acknowledged when the other tab saves."""
    one, check, other, page = tabs
    meeting = Meeting(lambda: other.submit(page, {"COM1": "Too late"}))
    with interfering("INSERT INTO inbox", after=meeting.meet) as met:
        assert one.submit(check).heading == "We have your answers"
    assert met
    assert meeting.answer().heading == "We have your answers"
    assert rows(database, Ballot, Draft, SpentMark, SealedAnswers) == [0, 0, 1, 1]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_what_is_sent_while_another_tab_saves_takes_its_draft_along(
    tabs: tuple[Browser, Page, Browser, Page], database: Database, moment: str
) -> None:
    """The page is read, and kept or about to be, when the other tab sends."""
    one, check, other, page = tabs
    meeting = Meeting(lambda: one.submit(check))
    with interfering("INSERT INTO drafts", **{moment: meeting.meet}) as met:
        saved = other.submit(page, {"COM1": "Just in time"})
    assert met
    assert saved.heading in ("Check your answers", "We have your answers")
    assert meeting.answer().heading == "We have your answers"
    assert rows(database, Ballot, Draft, SpentMark, SealedAnswers) == [0, 0, 1, 1]
