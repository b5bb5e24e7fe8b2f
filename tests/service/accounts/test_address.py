"""Changing one's email address: only to one where mail arrives."""

from datetime import timedelta

import pytest
import time_machine

from app.database.session import Database
from tests.service.accounts.visitor import (
    PASSWORD,
    START,
    Keys,
    account,
    give_keys,
    link_in,
    log_actions,
    mails,
    type_password,
)
from tests.service.browser import Browser, Page
from tests.service.people import People

NEW = "alice.ashworth@example.org"


def ask(browser: Browser, email: str = NEW, password: str = PASSWORD, status: int = 200) -> Page:
    page = browser.get("/account/email")
    return browser.submit(page, {"email": email, "password": password}, status=status)


@pytest.fixture
def signed_in(browser: Browser, people: People) -> Browser:
    """Alice, who has a password."""
    give_keys(browser, people.alice)
    return browser.sign_in(people.alice)


def test_the_new_address_counts_once_its_link_was_used(
    signed_in: Browser, people: People, database: Database
) -> None:
    page = signed_in.get(signed_in.get("/account").link("Change your email address"))
    page = signed_in.submit(page, {"email": "Alice.Ashworth@Example.org", "password": PASSWORD})
    assert "We have sent a link to your new address" in page.text
    message = mails(signed_in)[-1]
    assert message.to == NEW
    assert account(database, people.alice).email == "alice@example.org"
    page = signed_in.get(link_in(message))
    assert account(database, people.alice).email == "alice@example.org"
    page = signed_in.submit(page)
    assert "Your email address is changed." in page.text and NEW in page.text
    assert {one.to for one in mails(signed_in) if "was changed" in one.subject} == {"alice@example.org", NEW}
    assert log_actions(database) == ["email address changed"]
    signed_in.client.cookies.clear()
    assert type_password(signed_in, Keys("alice@example.org")).errors
    assert type_password(signed_in, Keys(NEW)).path == "/sign-in/code"


def test_the_link_works_once_and_for_an_hour(signed_in: Browser, people: People) -> None:
    ask(signed_in)
    link = link_in(mails(signed_in)[-1])
    signed_in.submit(signed_in.get(link))
    signed_in.get(link, 410)
    with time_machine.travel(START + timedelta(days=365), tick=False) as clock:
        signed_in.sign_in(people.alice)
        ask(signed_in, "third@example.org")
        late = link_in(mails(signed_in, "third@example.org")[-1])
        for _ in range(4):
            clock.shift(timedelta(minutes=16))
            signed_in.get("/account")
        signed_in.get(late, 410)


def test_the_link_is_of_no_use_to_anybody_else(
    signed_in: Browser, people: People, database: Database
) -> None:
    ask(signed_in)
    link = link_in(mails(signed_in)[-1])
    page = signed_in.get(link)
    signed_in.sign_in(people.bob)
    signed_in.get(link, 410)
    signed_in.submit(page, status=410)
    assert account(database, people.bob).email == "bob@example.org"
    signed_in.client.cookies.clear()
    assert signed_in.get(link).path == "/sign-in"
    signed_in.sign_in(people.alice)
    signed_in.get(link[:-3] + "AAA", 410)


def test_another_persons_address_is_not_taken_and_asking_does_not_tell(
    signed_in: Browser, people: People, database: Database
) -> None:
    taken, free = ask(signed_in, "bob@example.org"), ask(signed_in)
    assert taken.path == free.path == "/account"
    page = signed_in.get(link_in(mails(signed_in, "bob@example.org")[-1]))
    refused = signed_in.submit(page, status=409)
    assert "There is another account for bob@example.org." in refused.text
    assert account(database, people.alice).email == "alice@example.org"


def test_it_needs_the_password_and_is_limited(signed_in: Browser) -> None:
    assert ask(signed_in, password="not the password at all").errors == ["The password is wrong"]
    assert ask(signed_in, "alice@example.org").errors == ["This is your address already"]
    assert (
        ask(signed_in, "alice at home").errors[0].startswith("Enter an email address in the correct format")
    )
    assert mails(signed_in) == []
    for _ in range(2):
        ask(signed_in)
    page = ask(signed_in, status=429)
    assert page.errors and page.errors[0].startswith("There were too many attempts.")
