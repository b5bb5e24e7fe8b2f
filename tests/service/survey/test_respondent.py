"""A member of staff answers through the real pages."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import func, select

from app.database.session import Database
from app.survey.keys import KeyStore
from app.survey.models import OPEN, Ballot, Draft, SealedAnswers, SpentMark, Survey
from app.survey.respondent.access import COOKIE
from app.survey.sealing import unseal
from app.survey.windows import GRACE, closes_at, opens_at
from app.web.protection import TOKEN_HEADER, VISIT_COOKIE
from tests.service.browser import Browser, Page, text_of
from tests.service.conftest import ADDRESS
from tests.service.survey.interfering import interfering
from tests.service.survey.staff import FIRST_DAY, LAST_DAY, NOON


def rows(database: Database, *tables: type[object]) -> list[int]:
    with database.transaction(writes=False) as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def start(browser: Browser, token: str) -> Page:
    return browser.submit(browser.get(f"/s/{token}"))


def about_you(browser: Browser, page: Page, role: str = "registered") -> Page:
    areas = [one.get("value") for one in page.all("input") if one.get("name") == "service-area"]
    return browser.submit(page, {"role-group": role, "service-area": areas[0] or ""})


def questions_on(page: Page) -> list[str]:
    names = [one.get("name") or "" for one in page.all("input") if one.get("type") == "radio"]
    return list(dict.fromkeys(names))


def answer_page(browser: Browser, page: Page, value: str = "4") -> Page:
    return browser.submit(page, dict.fromkeys(questions_on(page), value))


def answer_all(browser: Browser, token: str, role: str = "registered", comment: str = "") -> Page:
    page = about_you(browser, start(browser, token), role)
    for _ in range(6):
        page = answer_page(browser, page)
    return browser.submit(page, {"needs": ["works"], "COM1": comment})


def test_the_whole_way_from_the_link_to_the_receipt(
    browser: Browser, database: Database, survey_id: UUID, keys: KeyStore, token: str
) -> None:
    with time_machine.travel(NOON):
        page = start(browser, token)
        assert page.heading == "About you"
        assert "Page 1 of 8" in page.text
        check = answer_all(browser, token, comment="More time to read.")
        assert check.heading == "Check your answers"
        assert "More time to read." in check.text
        receipt = browser.submit(check)
        assert receipt.heading == "We have your answers"
    assert rows(database, Ballot, SpentMark, Draft, SealedAnswers) == [0, 1, 0, 1]
    with database.transaction(writes=False) as session:
        sealed = session.scalars(select(SealedAnswers.sealed)).one()
    given = unseal(sealed, keys.get(survey_id))
    assert given.comments == {"COM1": "More time to read."}
    assert set(given.answers.values()) == {4}


def test_each_page_says_what_is_not_answered_and_keeps_what_is(
    browser: Browser, database: Database, token: str
) -> None:
    with time_machine.travel(NOON):
        page = about_you(browser, start(browser, token))
        codes = questions_on(page)
        wrong = browser.submit(page, {codes[0]: "2"})
        assert len(wrong.errors) == len(codes) - 1
        assert wrong.title.startswith("Error: ")
        assert wrong.fields()[codes[0]] == ["2"]
        again = browser.get(page.path)
        assert again.fields()[codes[0]] == ["2"], "what was answered is kept although the page was not whole"


def test_another_device_goes_on_where_the_first_stopped(
    service: object, browser: Browser, token: str
) -> None:
    with time_machine.travel(NOON):
        page = answer_page(browser, about_you(browser, start(browser, token)))
        stopped = page.path
        other = Browser(browser.service, ADDRESS)
        assert start(other, token).path == stopped


def test_stopping_in_the_middle_of_a_page_keeps_what_was_answered(browser: Browser, token: str) -> None:
    with time_machine.travel(NOON):
        page = about_you(browser, start(browser, token))
        code = questions_on(page)[2]
        saved = browser.submit(page, {code: "3"}, button=("later", "yes"))
        assert saved.heading == "Your answers so far are saved"
        assert start(browser, token).fields()[code] == ["3"]


def test_whoever_stops_leaves_nothing_to_the_next_person_at_the_same_computer(
    browser: Browser, database: Database, token: str
) -> None:
    with time_machine.travel(NOON):
        page = about_you(browser, start(browser, token))
        saved = browser.submit(page, {questions_on(page)[2]: "3"}, button=("later", "yes"))
        assert "open the link in your invitation again" in saved.text
        assert token not in saved.response.text
        assert COOKIE not in browser.client.cookies
        for path in ("/survey/check", "/survey/saved", page.path):
            assert browser.get(path, status=404).heading == "Open your link again"
    assert rows(database, Ballot, Draft) == [1, 1]


def test_whoever_came_by_the_open_link_and_stops_is_shown_their_own_link_once_more(
    browser: Browser, database: Database, survey_id: UUID
) -> None:
    with database.transaction() as session:
        session.get_one(Survey, survey_id).open_code = "wexbourne-7f3k"
    with time_machine.travel(NOON):
        own = browser.submit(browser.get("/o/wexbourne-7f3k"))
        page = about_you(browser, browser.get(own.link("Go to the first question")))
        code = questions_on(page)[0]
        saved = browser.submit(page, {code: "3"}, button=("later", "yes"))
        addresses = [[word for word in one.text.split() if "/s/" in word] for one in (own, saved)]
        assert addresses[0] == addresses[1]
        assert [one.get("src") for one in saved.all("img")] == [one.get("src") for one in own.all("img")]
        assert COOKIE not in browser.client.cookies
        assert start(browser, addresses[1][0].rsplit("/", 1)[1]).fields()[code] == ["3"]


@pytest.mark.parametrize("button", [None, ("later", "yes")], ids=["go on", "later"])
def test_too_long_a_comment_comes_back_whole_and_its_beginning_is_kept(
    browser: Browser, token: str, button: tuple[str, str] | None
) -> None:
    """Nothing but JavaScript limits what is pasted; four bytes a letter are the most that there are."""
    typed = {code: "🙂🧒" * 6500 for code in ("COM1", "COM2")}
    cut = {code: text[:1000] for code, text in typed.items()}
    said = "Shorten what you wrote by 12,000 characters. Only the first 1,000 are saved"
    with time_machine.travel(NOON):
        answer_all(browser, token)
        page = browser.get("/survey/questions/in-your-words")
        wrong = browser.submit(page, {**typed, "needs": ["risk"]}, button=button)
        assert wrong.errors == [said, said]
        assert {code: wrong.fields()[code][0] for code in typed} == typed
        again = browser.get(page.path).fields()
        assert again["needs"] == ["risk"]
        assert {code: again[code][0] for code in typed} == cut
        right = browser.submit(wrong, cut)
        assert browser.submit(right).heading == "We have your answers"


def test_whoever_chose_too_many_needs_is_led_back_to_them(browser: Browser, token: str) -> None:
    with time_machine.travel(NOON):
        answer_all(browser, token)
        page = browser.get("/survey/questions/in-your-words")
        needs = [one.get("value") or "" for one in page.all("input") if one.get("name") == "needs"]
        assert "Choose up to" in browser.submit(page, {"needs": needs}).errors[0]
        led = start(browser, token)
        assert (led.path, led.fields()["needs"]) == (page.path, needs)


def test_sending_twice_is_told_that_the_answers_are_here(
    browser: Browser, database: Database, token: str
) -> None:
    with time_machine.travel(NOON):
        check = answer_all(browser, token)
        browser.submit(check)
        again = browser.submit(check)
        assert again.heading == "We have your answers"
        assert "counted once" in again.text
        assert browser.get(f"/s/{token}").heading == "We have your answers"
    assert rows(database, SealedAnswers) == [1]


def test_a_form_whose_cookie_is_gone_still_arrives(browser: Browser, database: Database, token: str) -> None:
    with time_machine.travel(NOON):
        page = about_you(browser, start(browser, token))
        browser.client.cookies.delete(COOKIE)
        following = answer_page(browser, page)
        assert following.path != page.path
        assert "Page 3 of 8" in following.text


def test_opening_and_pressing_every_button_without_answering_leaves_nothing(
    browser: Browser, database: Database, token: str
) -> None:
    with time_machine.travel(NOON):
        browser.client.head(f"/s/{token}")
        page = start(browser, token)
        browser.submit(page)
        browser.get("/survey/check")
        browser.submit(page, button=("later", "yes"))
    assert rows(database, Ballot, SpentMark, Draft, SealedAnswers) == [1, 0, 0, 0]


OPENS = "This survey opens on 1 March 2027. Your link will work then."
WAITS = "This survey is not open yet. Try your link again later. It closes on 19 March 2027."
CLOSED = "This survey closed on 19 March 2027."


@pytest.mark.parametrize(
    ("when", "ready", "said"),
    [
        pytest.param(opens_at(FIRST_DAY) - timedelta(minutes=1), True, OPENS, id="before"),
        pytest.param(opens_at(FIRST_DAY) - timedelta(minutes=1), False, OPENS, id="before, without keys"),
        pytest.param(NOON, False, WAITS, id="without keys"),
        pytest.param(closes_at(LAST_DAY), True, CLOSED, id="grace"),
        pytest.param(closes_at(LAST_DAY) + GRACE, True, CLOSED, id="after"),
        pytest.param(closes_at(LAST_DAY) + timedelta(days=20), True, CLOSED, id="long after"),
    ],
)
def test_outside_its_days_a_survey_cannot_be_started(
    browser: Browser, database: Database, survey_id: UUID, token: str, when: datetime, ready: bool, said: str
) -> None:
    with database.transaction() as session:
        session.get_one(Survey, survey_id).open_code = "wexbourne-7f3k"
    with time_machine.travel(NOON):
        personal, by_open_link = browser.get(f"/s/{token}"), browser.get("/o/wexbourne-7f3k")
    with database.transaction() as session:
        session.get_one(Survey, survey_id).keys_fetched = ready
    with time_machine.travel(when):
        for first in (personal, by_open_link):
            page = browser.get(first.path)
            assert [form for form in page.all("form") if form.get("method") == "post"] == []
            assert [text_of(one) for one in page.all("div", "govuk-inset-text")] == [said]
            signed = browser.service.state.secrets.sign(
                "form", browser.client.cookies.get(VISIT_COOKIE) or ""
            )
            target = first.form().get("action") or ""
            sent = {name: value for name, value in first.fields().items() if name == "ballot"}
            refused = Page(browser.client.post(target, data=sent, headers={TOKEN_HEADER: signed}))
            assert refused.status == 409
            assert refused.heading == "The survey is not open"
            assert said in refused.text
            assert ("are deleted unread" in refused.text) == (said == CLOSED)
            assert COOKIE not in refused.response.headers.get("set-cookie", "")
    assert rows(database, Ballot, Draft) == [1, 0]


def test_whoever_has_begun_may_send_in_the_hour_after_the_end(
    browser: Browser, database: Database, token: str
) -> None:
    end = closes_at(LAST_DAY)
    with time_machine.travel(end - timedelta(minutes=5)):
        check = answer_all(browser, token)
    with time_machine.travel(end + GRACE - timedelta(seconds=2)):
        assert browser.submit(check).heading == "We have your answers"
    assert rows(database, SealedAnswers) == [1]


def test_after_that_hour_nothing_is_taken(browser: Browser, database: Database, token: str) -> None:
    end = closes_at(LAST_DAY)
    with time_machine.travel(end - timedelta(minutes=5)):
        check = answer_all(browser, token)
    with time_machine.travel(end + GRACE):
        assert browser.submit(check, status=409).heading == "The survey is not open"
    assert rows(database, SealedAnswers, Ballot) == [0, 1]


def test_a_visitor_of_the_open_link_gets_a_link_of_their_own_once(
    browser: Browser, database: Database, survey_id: UUID
) -> None:
    with database.transaction() as session:
        session.get_one(Survey, survey_id).open_code = "wexbourne-7f3k"
    with time_machine.travel(NOON):
        own = browser.submit(browser.get("/o/wexbourne-7f3k"))
        assert own.heading == "Your own link"
        address = next(text for text in own.text.split() if "/s/" in text)
        other = Browser(browser.service, ADDRESS)
        assert start(other, address.rsplit("/", 1)[1]).heading == "About you"
    with database.transaction(writes=False) as session:
        assert session.scalars(select(Ballot.kind)).all() == [OPEN]


def test_another_site_can_neither_send_nor_swap_a_ballot(
    browser: Browser, database: Database, token: str
) -> None:
    with time_machine.travel(NOON):
        check = answer_all(browser, token)
        sealed = check.fields()["ballot"][0]
        for site in ("cross-site", "same-site"):
            answer = browser.client.post(
                "/survey/submit", data={"ballot": sealed}, headers={"sec-fetch-site": site}
            )
            assert answer.status_code == 403
            assert "what you typed on this page was not saved" in answer.text
    assert rows(database, SealedAnswers) == [0]


def test_whoever_sends_while_the_survey_is_closed_is_not_thanked(
    browser: Browser, database: Database, token: str
) -> None:
    """The ballot is there when the page is asked for, and gone when it would be spent."""

    def close_first(driver: Any) -> None:
        driver.execute("DELETE FROM ballots")

    with time_machine.travel(NOON):
        check = answer_all(browser, token)
        with interfering("DELETE FROM ballots WHERE", before=close_first) as met:
            refused = browser.submit(check, status=409)
        assert refused.heading == "The survey is not open"
        assert "This survey has just closed." in refused.text
    assert met
    assert rows(database, SealedAnswers, SpentMark) == [0, 0]
