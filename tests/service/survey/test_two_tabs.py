"""One person, two tabs: what one saves and the other sends meet at the database in either order."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from app.database.session import Database
from app.main import Service
from app.survey.models import Ballot, Draft, SealedAnswers, SpentMark, Survey
from app.survey.questionnaire import NOT_SAID
from app.survey.respondent.access import COOKIE
from app.survey.sealing import Given, keep_draft
from app.survey.services.ballots import find_ballot
from app.survey.tokens import draft_box
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
def tabs(browser: Browser, other: Browser, token: str) -> tuple[Browser, Page, Browser, Page]:
    """One tab with all answers before they are sent, another with the last page of questions."""
    check = answer_all(browser, token)
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
    assert meeting.answer().heading in ("Check your answers", "We have your answers")
    assert rows(database, Ballot, Draft, SpentMark, SealedAnswers) == [0, 0, 1, 1]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_what_is_sent_while_another_tab_saves_takes_its_draft_along(
    tabs: tuple[Browser, Page, Browser, Page], database: Database, moment: str
) -> None:
    """The page is read, and kept or about to be, when the other tab sends."""
    one, check, other, page = tabs
    meeting = Meeting(lambda: one.submit(check))
    with interfering("UPDATE drafts", **{moment: meeting.meet}) as met:
        saved = other.submit(page, {"COM1": "Just in time"})
    assert met
    assert saved.heading in ("Check your answers", "We have your answers")
    assert meeting.answer().heading == "We have your answers"
    assert rows(database, Ballot, Draft, SpentMark, SealedAnswers) == [0, 0, 1, 1]


def test_neither_tab_undoes_what_the_other_has_saved_meanwhile(
    tabs: tuple[Browser, Page, Browser, Page], database: Database, token: str
) -> None:
    """The one has read the draft when the other keeps a page of its own."""
    one, _check, other, page = tabs
    mine = one.get("/survey/questions/about-you")
    meeting = Meeting(lambda: other.submit(page, {"COM1": "From the other tab"}))
    with interfering("UPDATE drafts", before=meeting.meet) as met:
        one.submit(mine, {"role-group": NOT_SAID})
    assert meeting.answer().heading == "Check your answers"
    assert len(met) == 3, "one of them had to begin again"
    with database.transaction(writes=False) as session:
        draft = find_ballot(session, token).draft
    assert draft is not None
    assert (draft.role_group, draft.comments) == ("", {"COM1": "From the other tab"})


def test_two_tabs_that_begin_at_once_make_one_draft_with_what_both_have_sent(
    browser: Browser, service: Service, database: Database, token: str
) -> None:
    other = Browser(service, ADDRESS)
    pages = []
    for one in (browser, other):
        one.client.cookies.set(COOKIE, token, domain="diagnostic.test")
        pages.append(one.get("/survey/questions/about-you"))
    meeting = Meeting(lambda: other.submit(pages[1], {"role-group": "registered"}))
    with interfering("INSERT INTO drafts", before=meeting.meet):
        browser.submit(pages[0], {"service-area": NOT_SAID})
    meeting.answer()
    with database.transaction(writes=False) as session:
        draft = find_ballot(session, token).draft
    assert draft is not None
    assert (draft.role_group, draft.service_area) == ("registered", "")


def test_whoever_is_never_the_first_is_told_so(browser: Browser, database: Database, token: str) -> None:
    browser.client.cookies.set(COOKIE, token, domain="diagnostic.test")
    page = browser.get("/survey/questions/about-you")

    def be_faster(driver: Any) -> None:
        driver.execute("UPDATE drafts SET sealed = sealed")

    browser.submit(page, {"role-group": "registered"})
    with interfering("UPDATE drafts", before=be_faster) as met:
        browser.submit(page, {"role-group": "registered"})
    assert len(met) == 1, "nothing was changed"
    with database.transaction() as session:
        survey = session.scalars(select(Survey)).one()
        again = Given(role_group="leaders")

    def change(driver: Any) -> None:
        sealed = keep_draft(again, draft_box(token, survey.diagnostic_id))
        mark = "?" if database.engine.dialect.name == "sqlite" else "%s"
        driver.execute(f"UPDATE drafts SET sealed = {mark}", (sealed,))

    with interfering("UPDATE drafts", before=change):
        told = browser.submit(page, {"role-group": "registered"}, status=409)
    assert "open more than once" in told.text
