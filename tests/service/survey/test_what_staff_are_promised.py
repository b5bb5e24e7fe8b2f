"""Promises to staff that no other test of the survey proves."""

from dataclasses import replace
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import Table, select

from app.database.base import Base
from app.database.session import Database
from app.survey.invitations.services import add_addresses
from app.survey.jobs import look_after_surveys
from app.survey.keys import KeyStore
from app.survey.models import Draft, Response, SealedAnswers, StaffAddress, Survey, SurveyComment
from app.survey.respondent.access import COOKIE
from app.survey.sealing import CannotUnseal, Given, take_draft
from app.survey.services.ballots import make_ballots, save_draft
from app.survey.tokens import draft_box
from app.web.protection import VISIT_COOKIE
from tests.service.access_table import OUTCOMES
from tests.service.browser import Browser, Page
from tests.service.people import People
from tests.service.survey.staff import NOON, Person, answers_of, let_answer
from tests.service.survey.test_respondent import about_you, answer_page, start

PATH = "/diagnostics/{diagnostic_id}/survey"
PERSON = Person("registered", "Early help", 4, "More time to read.")


def token_of(database: Database, survey_id: UUID) -> str:
    with database.transaction() as session:
        return make_ballots(session, session.get_one(Survey, survey_id), 1)[0]


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        (SealedAnswers, {"id", "diagnostic_id", "sealed"}),
        (Response, {"id", "diagnostic_id", "role_group", "service_area", "answers"}),
        (SurveyComment, {"id", "diagnostic_id", "question", "text"}),
    ],
)
def test_answers_stand_beside_no_name_no_address_no_device_and_no_time(
    table: type[Base], columns: set[str]
) -> None:
    assert {column.name for column in table.__table__.columns} == columns


def test_an_answer_changes_nothing_in_the_list_of_addresses(database: Database, survey_id: UUID) -> None:
    with database.transaction() as session:
        survey = session.get_one(Survey, survey_id)
        add_addresses(session, survey, [f"person{number}@example.org" for number in range(12)])

    def listed() -> list[Any]:
        table: Table = StaffAddress.__table__  # type: ignore[assignment] # a mapped class has a table
        with database.transaction(writes=False) as session:
            return [tuple(row) for row in session.execute(select(table).order_by(table.c.id))]

    before = listed()
    let_answer(database, survey_id, [PERSON] * 6)
    assert listed() == before


def test_only_the_link_opens_what_was_saved_and_its_size_tells_nothing(
    database: Database, survey_id: UUID
) -> None:
    mine, other = token_of(database, survey_id), token_of(database, survey_id)
    with database.transaction() as session:
        given = answers_of(PERSON, session.get_one(Survey, survey_id))
        longest = replace(given, comments={"COM1": "😀" * 1000, "COM2": '"' * 1000})
    sizes, before = set(), None
    for one in (Given(role_group="leaders"), given, longest):
        with database.transaction() as session:
            assert save_draft(session, mine, survey_id, one, instead_of=before)
        with database.transaction(writes=False) as session:
            [sealed] = session.scalars(select(Draft.sealed))
        sizes.add(len(sealed))
        before = sealed
        for shown in (b"leaders", b"registered", b"COM1", PERSON.comment.encode(), mine.encode()):
            assert shown not in sealed
        assert take_draft(sealed, draft_box(mine, survey_id)) == one
        with pytest.raises(CannotUnseal):
            take_draft(sealed, draft_box(other, survey_id))
    assert len(sizes) == 1


def elsewhere(page: Page) -> list[str]:
    """Give what a page would fetch that is not ours."""
    found = [one.get("src") for tag in ("script", "img", "iframe") for one in page.all(tag)]
    found += [one.get("href") for one in page.all("link")]
    return [one for one in found if one and not one.startswith(("/static/", "data:image/svg+xml"))]


def test_the_survey_sets_two_cookies_that_end_with_the_browser_and_fetches_nothing_from_elsewhere(
    browser: Browser, database: Database, survey_id: UUID
) -> None:
    token = token_of(database, survey_id)
    set_cookies: list[str] = []
    browser.client.event_hooks["response"].append(
        lambda answer: set_cookies.extend(answer.headers.get_list("set-cookie"))
    )
    with time_machine.travel(NOON):
        pages = [browser.get(f"/s/{token}"), about_you(browser, start(browser, token))]
        assert browser.client.cookies[COOKIE] == token
        for _ in range(6):
            pages.append(answer_page(browser, pages[-1]))
        pages.append(browser.submit(pages[-1], {"needs": ["works"]}))
        pages.append(browser.submit(pages[-1]))
        assert pages[-1].heading == "We have your answers"
    assert [found for page in pages for found in elsewhere(page)] == []
    assert {name for one in set_cookies for name in SimpleCookie(one)} == {COOKIE, VISIT_COOKIE}
    for one in set_cookies:
        for name, cookie in SimpleCookie(one).items():
            forgotten = name == COOKIE and cookie["max-age"] == "0"
            assert forgotten or not (cookie["max-age"] or cookie["expires"])
    assert COOKIE not in browser.client.cookies, "the last page has the browser forget the link"


def test_before_the_close_no_page_changes_with_the_group_of_those_who_answer(
    browser: Browser, database: Database, people: People, survey_id: UUID, keys: KeyStore
) -> None:
    with time_machine.travel(NOON):
        browser.sign_in(people.alice)
        address = f"/diagnostics/{survey_id}/survey"
        let_answer(database, survey_id, [PERSON] * 12)
        look_after_surveys(database, keys, NOON)
        before = browser.get(address).text, browser.get(f"{address}/invitations").text
        let_answer(database, survey_id, [Person("leaders", "Courts", 1)] * 7)
        with database.transaction() as session:
            # How many links were handed out is no secret; the scripted people brought theirs with them.
            session.get_one(Survey, survey_id).issued = 12
        look_after_surveys(database, keys, NOON)
        after = browser.get(address).text, browser.get(f"{address}/invitations").text
    assert "At least 10 of 139" in before[0]
    assert after == before


def seen_by(browser: Browser, account_id: UUID, survey_id: UUID) -> dict[str, tuple[int, bytes | str]]:
    """Give all that the pages of a survey, and those that lead there, show to somebody."""
    browser.sign_in(account_id)
    room = {path for method, path in OUTCOMES if method == "GET" and path.startswith(PATH)}
    assert {PATH, f"{PATH}/days", f"{PATH}/give-up", f"{PATH}/key/destroyed"} <= room
    around = {"/", "/diagnostics/{diagnostic_id}", "/diagnostics/{diagnostic_id}/retention"}
    found: dict[str, tuple[int, bytes | str]] = {}
    for path in sorted(room | around):
        filled = path.format(diagnostic_id=survey_id, account_id=account_id)
        answer = browser.client.get(filled, follow_redirects=False)
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        found[path] = answer.status_code, Page(answer).text if is_page else answer.content
    return found


def test_before_the_close_no_page_tells_when_enough_have_answered(
    browser: Browser, database: Database, people: People, survey_id: UUID, keys: KeyStore
) -> None:
    """That the tenth has answered is what nobody may learn before the count of the next day."""
    everybody = (people.alice, people.bob, people.charlie, people.dana, people.petra)
    with time_machine.travel(NOON, tick=False):
        with database.transaction() as session:
            session.get_one(Survey, survey_id).open_code = "an-open-code"
        let_answer(database, survey_id, [PERSON] * 9)
        look_after_surveys(database, keys, NOON)
        before = {one: seen_by(browser, one, survey_id) for one in everybody}
        let_answer(database, survey_id, [PERSON])
        with database.transaction() as session:
            session.get_one(Survey, survey_id).issued = 9
        look_after_surveys(database, keys, NOON)
        after = {one: seen_by(browser, one, survey_id) for one in everybody}
    assert "Too few to show" in str(before[people.alice][PATH])
    assert after == before
