"""How long somebody stays signed in, where, and what they are told before and after."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app.accounts.devices import UNKNOWN, device_name
from app.accounts.models import SignedInSession
from app.accounts.signed_in import COOKIE
from app.database.session import Database
from tests.service.accounts.visitor import START, give_keys, is_signed_in, log_actions, sign_in
from tests.service.browser import Browser, text_of
from tests.service.conftest import ADDRESS
from tests.service.people import HERE, People

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0"


def test_half_an_hour_without_a_page_ends_it(browser: Browser, people: People) -> None:
    with time_machine.travel(START, tick=False) as clock:
        browser.sign_in(people.alice)
        clock.shift(timedelta(minutes=30))
        assert is_signed_in(browser)
        clock.shift(timedelta(minutes=30))
        assert is_signed_in(browser)
        clock.shift(timedelta(minutes=30, seconds=1))
        assert not is_signed_in(browser)


def test_twelve_hours_end_it_whatever_was_opened(browser: Browser, people: People) -> None:
    with time_machine.travel(START, tick=False) as clock:
        browser.sign_in(people.alice)
        for _ in range(36):
            clock.shift(timedelta(minutes=20))
            assert is_signed_in(browser)
        clock.shift(timedelta(seconds=1))
        assert not is_signed_in(browser)


def test_a_page_says_until_when_and_warns_without_a_script(browser: Browser, people: People) -> None:
    with time_machine.travel(START, tick=False):
        browser.sign_in(people.alice)
        page = browser.get("/account")
    assert "If you open no other page, you will be signed out at 9:30am." in page.text
    warning = next(one for one in page.all("div", "app-session") if one.get("role") == "status")
    assert "You will be signed out at 9:30am" in text_of(warning)
    links = [one for one in warning.iter() if one.tag == "a"]
    assert [one.get("href") for one in links] == ["/account/stay", "/sign-in?next=/account/stay"]
    assert all(one.get("target") == "_blank" and "opens in a new tab" in text_of(one) for one in links)


def test_the_time_said_is_the_time_that_counts(browser: Browser, people: People) -> None:
    """A request within a minute of the last is not noted; the page must not promise more than is kept."""
    with time_machine.travel(START, tick=False) as clock:
        browser.sign_in(people.alice)
        clock.shift(timedelta(seconds=59))
        assert "you will be signed out at 9:30am." in browser.get("/account").text
        clock.shift(timedelta(minutes=29, seconds=2))
        assert not is_signed_in(browser)


def test_the_last_half_hour_of_twelve_is_announced_at_once(browser: Browser, people: People) -> None:
    with time_machine.travel(START, tick=False) as clock:
        browser.sign_in(people.alice)
        for _ in range(35):
            clock.shift(timedelta(minutes=20))
            browser.get("/account/stay")
        page = browser.get("/account")
    assert "You will be signed out at 9:00pm" in page.text
    assert "12 hours after you signed in" in page.text
    assert "If you open no other page" not in page.text
    assert page.all("p", "app-session__part--soon") == []


def test_staying_signed_in_takes_one_link(browser: Browser, people: People) -> None:
    with time_machine.travel(START, tick=False) as clock:
        browser.sign_in(people.alice)
        clock.shift(timedelta(minutes=27))
        page = browser.get("/account/stay")
        assert page.heading == "You are still signed in"
        assert "until 9:57am" in page.text
        clock.shift(timedelta(minutes=27))
        assert is_signed_in(browser)


def test_nobody_who_is_signed_out_is_warned(browser: Browser, people: People) -> None:
    assert browser.get("/sign-in").all("div", "app-session") == []


def test_what_was_typed_is_not_lost_when_the_session_ends(
    browser: Browser, people: People, database: Database
) -> None:
    keys = give_keys(browser, people.alice)
    with time_machine.travel(START, tick=False) as clock:
        browser.sign_in(people.alice)
        page = browser.get(f"/authorities/{HERE}/people/invite")
        clock.shift(timedelta(minutes=31))
        typed = {"name": "Erin “the” <Ellis>", "email": "erin@example.org", "role": "reader"}
        held = browser.submit(page, typed, status=401)
        assert held.heading == "You have been signed out"
        assert held.link("Sign in (opens in a new tab)") == "/sign-in?next=/account/stay"
        assert {name: values[0] for name, values in held.fields().items() if name != "form-token"} == typed
        # The new tab.
        assert sign_in(browser, keys).path == "/"
        done = browser.submit(held)
    assert "The invitation is on its way" in done.text
    assert "person invited" in log_actions(database)


def test_passwords_are_never_held_in_a_page(browser: Browser, people: People) -> None:
    give_keys(browser, people.alice)
    with time_machine.travel(START, tick=False) as clock:
        browser.sign_in(people.alice)
        page = browser.get("/account/password")
        clock.shift(timedelta(minutes=31))
        sent = {"current": "green kettles walk slowly", "password": "seven lamps under water"}
        answer = browser.submit(page, sent)
    assert answer.path == "/sign-in"
    assert "kettles" not in answer.response.text and "lamps" not in answer.response.text


def test_a_form_from_elsewhere_is_not_held_but_refused(browser: Browser, people: People) -> None:
    answer = browser.client.post(f"/authorities/{HERE}/people/invite", data={"name": "Mallory"})
    assert answer.status_code == 403
    assert "Mallory" not in answer.text


def test_the_table_keeps_no_token_and_one_row_a_browser(
    browser: Browser, people: People, database: Database
) -> None:
    browser.sign_in(people.alice)
    token = browser.client.cookies[COOKIE]
    with database.transaction(writes=False) as session:
        row = session.scalars(select(SignedInSession)).one()
    assert len(token) == 43
    assert token.encode() not in row.token_hash and len(row.token_hash) == 32


@pytest.mark.parametrize("cookie", ["", "x", "0" * 43, "'; DROP TABLE sessions; --"])
def test_a_made_up_token_opens_nothing(browser: Browser, people: People, cookie: str) -> None:
    browser.sign_in(people.alice)
    browser.client.cookies.clear()
    browser.client.cookies.set(COOKIE, cookie, domain="diagnostic.test")
    assert not is_signed_in(browser)


def test_somebody_sees_where_they_are_signed_in_and_signs_out_there(
    browser: Browser, people: People, database: Database
) -> None:
    keys = give_keys(browser, people.alice)
    with Browser(browser.service, ADDRESS) as other:
        other.client.headers["user-agent"] = FIREFOX
        sign_in(other, keys)
        browser.sign_in(people.alice)
        page = browser.get("/account")
        rows = [row for row in page.rows() if "2026" in " ".join(row) or "This one" in row[0]]
        names = sorted(row[0] for row in rows)
        assert names[1] == "Firefox on Windows"
        assert names[0].endswith("This one")
        end = next(one.get("action") for one in page.all("form") if "/end" in (one.get("action") or ""))
        assert end
        page = browser.submit(page, action=end)
        assert "You are signed out there." in page.text
        assert not is_signed_in(other)
        assert is_signed_in(browser)
    assert "signed out elsewhere" in log_actions(database)


def test_signing_out_everywhere_else_keeps_this_browser(browser: Browser, people: People) -> None:
    with Browser(browser.service, ADDRESS) as other:
        other.sign_in(people.alice)
        browser.sign_in(people.alice)
        browser.submit(browser.get("/account"), action="/account/browsers/end-others")
        assert is_signed_in(browser)
        assert not is_signed_in(other)


def test_nobody_signs_somebody_else_out(browser: Browser, people: People, database: Database) -> None:
    browser.sign_in(people.bob)
    with database.transaction(writes=False) as session:
        bobs = session.scalars(select(SignedInSession.id)).one()
    browser.sign_in(people.alice)
    token = browser.get("/account").fields("/sign-out")["form-token"][0]
    browser.client.post(f"/account/browsers/{bobs}/end", data={"form-token": token})
    with database.transaction(writes=False) as session:
        assert session.scalars(select(func.count()).select_from(SignedInSession)).one() == 2


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox on Windows"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605.1 Version/26 Safari/605.1",
            "Safari on a Mac",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) Version/26 Safari/604.1",
            "Safari on an iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        ("curl/8.0", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_a_browser_is_named_in_few_words(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name
