"""Forgotten and changed passwords."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app.accounts.models import Account, AccountLink
from app.accounts.signed_in import COOKIE
from app.database.session import Database
from tests.service.accounts.visitor import (
    ANOTHER,
    PASSWORD,
    START,
    Keys,
    give_keys,
    is_signed_in,
    link_in,
    log_actions,
    mails,
    sign_in,
    type_password,
)
from tests.service.browser import Browser, Page
from tests.service.conftest import ADDRESS
from tests.service.people import People


def ask(browser: Browser, email: str, status: int = 200) -> Page:
    return browser.submit(browser.get("/reset"), {"email": email}, status=status)


def test_a_forgotten_password_is_chosen_anew(browser: Browser, people: People, database: Database) -> None:
    keys = give_keys(browser, people.alice)
    with time_machine.travel(START, tick=False):
        sign_in(browser, keys)
        signed_in = browser.client.cookies[COOKIE]
        browser.client.cookies.clear()
        assert ask(browser, "Alice@example.org").heading == "Check your email"
        message = mails(browser, keys.email)[-1]
        page = browser.get(link_in(message))
        page = browser.submit(page, {"password": ANOTHER})
        assert page.path == "/sign-in"
        assert "Your password is changed" in page.text
        # All sessions are over, the old password is void, and the second step is asked for as before.
        browser.client.cookies.set(COOKIE, signed_in, domain="diagnostic.test")
        assert not is_signed_in(browser)
        browser.client.cookies.clear()
        assert type_password(browser, keys).errors
        assert type_password(browser, Keys(keys.email, ANOTHER)).path == "/sign-in/code"
        assert not is_signed_in(browser)
    assert "password reset by link" in log_actions(database)
    assert mails(browser, keys.email)[-1].subject.startswith("Your password was changed")


def test_the_answer_is_the_same_whether_or_not_there_is_an_account(browser: Browser, people: People) -> None:
    give_keys(browser, people.alice)

    def shape(page: Page) -> str:
        return re.sub(r'nonce="[^"]*"', "", page.response.text)

    answers = {shape(ask(browser, one)) for one in ("alice@example.org", "nobody@example.org")}
    assert len(answers) == 1
    assert [one.to for one in mails(browser)] == ["alice@example.org"]


def test_opening_the_link_changes_nothing_and_it_works_once(
    browser: Browser, people: People, database: Database
) -> None:
    give_keys(browser, people.alice)
    ask(browser, "alice@example.org")
    link = link_in(mails(browser)[-1])
    opened = [browser.get(link) for _ in range(3)][-1]
    assert browser.submit(opened, {"password": ANOTHER}).path == "/sign-in"
    assert browser.get(link, 410).heading == "This link no longer works"
    browser.submit(opened, {"password": "eight lamps under water"}, status=410)
    assert type_password(browser, Keys("alice@example.org", "eight lamps under water")).errors
    with database.transaction(writes=False) as session:
        assert session.scalars(select(func.count()).select_from(AccountLink)).one() == 0


def test_the_link_works_for_an_hour_and_only_the_newest_does(browser: Browser, people: People) -> None:
    give_keys(browser, people.alice)
    with time_machine.travel(START, tick=False) as clock:
        ask(browser, "alice@example.org")
        first = link_in(mails(browser)[-1])
        clock.shift(timedelta(minutes=1))
        ask(browser, "alice@example.org")
        second = link_in(mails(browser)[-1])
        browser.get(first, 410)
        clock.shift(timedelta(minutes=59, seconds=59))
        opened = browser.get(second)
        clock.shift(timedelta(seconds=1))
        browser.get(second, 410)
        browser.submit(opened, {"password": ANOTHER}, status=410)


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-host": "evil.example"},
        {"forwarded": "host=evil.example"},
        {"x-forwarded-proto": "http"},
        {"x-original-url": "https://evil.example/"},
    ],
)
def test_no_header_changes_where_the_link_leads(
    browser: Browser, people: People, headers: dict[str, str]
) -> None:
    give_keys(browser, people.alice)
    page = browser.get("/reset")
    sent = {"form-token": page.fields()["form-token"][0], "email": "alice@example.org"}
    browser.client.post("/reset", data=sent, headers=headers)
    message = mails(browser)[-1]
    assert f"{ADDRESS}/reset/" in message.text
    assert "evil" not in message.text


def test_another_host_is_not_even_answered(browser: Browser, people: People) -> None:
    give_keys(browser, people.alice)
    page = browser.get("/reset")
    sent = {"form-token": page.fields()["form-token"][0], "email": "alice@example.org"}
    answer = browser.client.post("/reset", data=sent, headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert mails(browser) == []


def test_nobody_is_flooded_with_links(browser: Browser, people: People) -> None:
    give_keys(browser, people.alice)
    with time_machine.travel(START, tick=False):
        for email in ("alice@example.org", "nobody@example.org"):
            for _ in range(3):
                ask(browser, email)
            page = ask(browser, email, status=429)
            assert page.errors == ["There were too many attempts. Wait 1 minute, then try again"]
    assert len(mails(browser)) == 3


def test_a_weak_password_is_refused_and_the_link_stays(browser: Browser, people: People) -> None:
    give_keys(browser, people.alice)
    ask(browser, "alice@example.org")
    page = browser.get(link_in(mails(browser)[-1]))
    page = browser.submit(page, {"password": "Password2026!"})
    assert page.errors and page.errors[0].startswith("This password is one that")
    assert browser.submit(page, {"password": ANOTHER}).path == "/sign-in"


def test_a_used_link_lets_in_whoever_was_made_to_wait(browser: Browser, people: People) -> None:
    keys = give_keys(browser, people.alice)
    with time_machine.travel(START, tick=False):
        for _ in range(5):
            type_password(browser, keys, "not the password at all")
        type_password(browser, keys, status=429)
        ask(browser, keys.email)
        browser.submit(browser.get(link_in(mails(browser)[-1])), {"password": ANOTHER})
        assert type_password(browser, Keys(keys.email, ANOTHER)).path == "/sign-in/code"


def test_a_switched_off_account_gets_no_link_and_an_old_link_is_void(
    browser: Browser, people: People, database: Database
) -> None:
    give_keys(browser, people.bob)
    ask(browser, "bob@example.org")
    link = link_in(mails(browser)[-1])
    browser.sign_in(people.petra)
    browser.submit(browser.get(f"/people/{people.bob}/disable"))
    browser.client.cookies.clear()
    browser.get(link, 410)
    before = len(mails(browser))
    ask(browser, "bob@example.org")
    assert len(mails(browser)) == before


def test_whoever_has_not_joined_is_told_to_join(browser: Browser, people: People, database: Database) -> None:
    with database.transaction() as session:
        found = session.get(Account, people.bob)
        assert found is not None
        found.joined_at = None
    ask(browser, "bob@example.org")
    message = mails(browser)[-1]
    assert message.subject.startswith("You have not joined yet")
    assert "/reset/" not in message.text


def test_a_password_is_changed_and_other_browsers_are_signed_out(
    browser: Browser, people: People, service: object
) -> None:
    keys = give_keys(browser, people.alice)
    with Browser(browser.service, ADDRESS) as other:
        other.sign_in(people.alice)
        browser.sign_in(people.alice)
        page = browser.get(browser.get("/account").link("Change your password"))
        page = browser.submit(page, {"current": PASSWORD, "password": ANOTHER})
        assert page.path == "/account"
        assert "You are signed out everywhere else" in page.text
        assert is_signed_in(browser)
        assert not is_signed_in(other)
    assert mails(browser, keys.email)[-1].subject.startswith("Your password was changed")
    browser.client.cookies.clear()
    assert type_password(browser, keys).errors
    assert type_password(browser, Keys(keys.email, ANOTHER)).path == "/sign-in/code"


def test_changing_the_password_needs_the_old_one_and_is_limited(browser: Browser, people: People) -> None:
    give_keys(browser, people.alice)
    browser.sign_in(people.alice)
    with time_machine.travel(START, tick=False):
        browser.sign_in(people.alice)
        page = browser.get("/account/password")
        for _ in range(5):
            page = browser.submit(page, {"current": "not the password at all", "password": ANOTHER})
            assert page.errors == ["The password is wrong"]
        page = browser.submit(page, {"current": PASSWORD, "password": ANOTHER})
        assert page.errors == ["There were too many attempts. Wait 1 minute, then try again"]
    assert mails(browser) == []


def test_changing_the_password_voids_links_that_wait(browser: Browser, people: People) -> None:
    give_keys(browser, people.alice)
    ask(browser, "alice@example.org")
    link = link_in(mails(browser)[-1])
    browser.sign_in(people.alice)
    browser.submit(browser.get("/account/password"), {"current": PASSWORD, "password": ANOTHER})
    browser.get(link, 410)
