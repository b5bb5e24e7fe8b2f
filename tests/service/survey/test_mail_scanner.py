"""A robot that opens every link in a mail, as mail scanners do, and presses every button."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from sqlalchemy import select

from app.database.session import Database
from app.survey.models import INDIVIDUAL, OPEN, Ballot, Draft, SealedAnswers, SpentMark, Survey
from app.survey.respondent.access import COOKIE
from app.survey.services.ballots import make_ballots
from tests.service.browser import Browser
from tests.service.chromium import NEEDS_CHROMIUM, chromium, served
from tests.service.survey.staff import open_today
from tests.service.survey.test_respondent import answer_all, rows

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

CODE = "wexbourne-7f3k"
# A robot that came to more addresses than this would have found a way in circles.
_MOST_ADDRESSES = 60


@pytest.fixture
def token(database: Database, survey_id: UUID) -> str:
    """A personal link of a survey that is open today and also has an open link."""
    with database.transaction() as session:
        survey = session.get_one(Survey, survey_id)
        open_today(survey)
        survey.open_code = CODE
        return make_ballots(session, survey, 1)[0]


class Robot:
    """Opens every address that it finds, and presses every button on each, but answers nothing."""

    def __init__(self, page: "Page", address: str) -> None:
        self.page, self.address = page, address
        self.opened: set[str] = set()
        self.headings: set[str] = set()
        self.pressed: set[str] = set()

    def scan(self, first: str) -> None:
        waiting = [first]
        while waiting:
            path = waiting.pop()
            if path in self.opened:
                continue
            assert len(self.opened) < _MOST_ADDRESSES, sorted(self.opened)
            self.opened.add(path)
            waiting += self._look(path)

    def _look(self, path: str) -> list[str]:
        """Open an address, press each of its buttons, and give all addresses that came up."""
        self.page.goto(self.address + path)
        found = self._seen()
        for number in range(self._buttons().count()):
            self.page.goto(self.address + path)
            if number >= self._buttons().count():
                continue
            button = self._buttons().nth(number)
            self.pressed.add(button.inner_text())
            button.click()
            self.page.wait_for_load_state()
            found += self._seen()
        return found

    def _buttons(self) -> "Locator":
        return self.page.locator("main button, main [role=button]")

    def _seen(self) -> list[str]:
        self.headings.add(self.page.locator("h1").inner_text())
        links = self.page.locator("a").evaluate_all("links => links.map(link => link.href)")
        ours = [urlsplit(link) for link in [*links, self.page.url] if link.startswith(self.address)]
        return [f"{one.path}?{one.query}" if one.query else one.path for one in ours]


def ballots(database: Database) -> dict[str, int]:
    with database.transaction(writes=False) as session:
        return dict(Counter(session.scalars(select(Ballot.kind))))


@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_opening_a_link_leaves_nothing(browser: Browser, database: Database, token: str, method: str) -> None:
    for path in (f"/s/{token}", f"/o/{CODE}"):
        browser.client.request(method, path)
        assert COOKIE not in browser.client.cookies
    assert rows(database, Ballot, SpentMark, Draft, SealedAnswers) == [1, 0, 0, 0]


class TestARobotInARealBrowser:
    """It follows every link and presses every button, and the person can answer all the same."""

    pytestmark = NEEDS_CHROMIUM

    def test_a_personal_link_is_not_spent(
        self, browser: Browser, database: Database, token: str, tmp_path: Path
    ) -> None:
        with served(database, tmp_path / "data") as address, chromium(1280) as page:
            robot = Robot(page, address)
            robot.scan(f"/s/{token}")
        assert {"Start the survey", "Save and continue", "Save and come back later"} <= robot.pressed
        assert {"About you", "Your answers so far are saved"} <= robot.headings
        assert "We have your answers" not in robot.headings
        assert rows(database, Ballot, SpentMark, Draft, SealedAnswers) == [1, 0, 0, 0]
        assert browser.submit(answer_all(browser, token)).heading == "We have your answers"
        assert rows(database, Ballot, SpentMark, Draft, SealedAnswers) == [0, 1, 0, 1]

    def test_the_open_link_gives_ballots_and_none_is_spent(
        self, browser: Browser, database: Database, token: str, tmp_path: Path
    ) -> None:
        with served(database, tmp_path / "data") as address, chromium(1280) as page:
            robot = Robot(page, address)
            robot.scan(f"/o/{CODE}")
        assert {"Start the survey", "Save and continue"} <= robot.pressed
        assert {"Your own link", "About you"} <= robot.headings
        assert ballots(database)[OPEN] >= 1
        assert ballots(database)[INDIVIDUAL] == 1
        assert rows(database, SpentMark, Draft, SealedAnswers) == [0, 0, 0]
        own = browser.submit(browser.get(f"/o/{CODE}"))
        mine = next(word for word in own.text.split() if "/s/" in word).rsplit("/", 1)[1]
        for one in (mine, token):
            browser.client.cookies.clear()
            assert browser.submit(answer_all(browser, one)).heading == "We have your answers"
        assert rows(database, SpentMark, SealedAnswers) == [2, 2]
